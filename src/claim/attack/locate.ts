import { isReal, toDouble } from '../../numerics/real';
import type { Point } from '../draw';
import type { Fields, Json, Space } from '../space';

/** Places on an axis that are looked at before it is halved: few, and where that does not do more than a choice has options. */
const CELLS = [16, 64] as const;
/** A stretch of an axis this short is not halved: what changes within it jumps. */
const SHORT = 2 ** -44;
/** Numbers agree when they differ by less than this fraction of their size: rounding on the way through the cube. */
const CLOSE = 2 ** -30;
/** The values of a grid are nearer to each other than this fraction of its range; what is not is a gap. */
const FINE = 2 ** -15;

/** A number or a word of an instance. */
type Value = number | string;

interface Entry {
  readonly value: Value;
  readonly parameter: string;
  /** Whether it may be a grid's step away: real numbers may, counts and words may not. */
  readonly rounded: boolean;
}

/**
 * The point of the unit cube that stands for the instance: its counts and words exactly, its real numbers to within
 * rounding or the step of the grid that they are drawn from. `undefined` where there is none, or none is found: each
 * number of the cube in turn is fitted, over all of its axis, to the first entry of the instance that depends on it, and
 * no two numbers together. Never a point that stands for another instance.
 */
export function locate<F extends Fields>(space: Space<F>, instance: Json<F>): Point | undefined {
  const wanted = entriesOf(space, instance);
  const slack = new Map(wanted.map(({ parameter }) => [parameter, 0]));
  let point: Point = new Array<number>(space.dimension).fill(1 / 2);
  for (let k = 0; k < space.dimension; k++) {
    const onAxis = point.slice();
    const at = (u: number): readonly Value[] => {
      onAxis[k] = u;
      return valuesOf(space, space.decode(onAxis));
    };
    const place = placeOn(at, wanted, CELLS[0]) ?? placeOn(at, wanted, CELLS[1]);
    if (!place) return undefined;
    point = point.map((x, j) => (j === k ? place.u : x));
    if (place.parameter !== undefined)
      slack.set(place.parameter, Math.max(slack.get(place.parameter) ?? 0, place.step));
  }
  const reached = valuesOf(space, space.decode(point));
  const fits = ({ value, parameter }: Entry, k: number): boolean => agree(reached[k]!, value, slack.get(parameter)!);
  return reached.length === wanted.length && wanted.every(fits) ? point : undefined;
}

interface Place {
  readonly u: number;
  /** Which parameter was fitted, if the axis has anything to say on any; and between what values its entry lies. */
  readonly parameter?: string;
  readonly step: number;
}

/** Where on an axis the first entry that depends on it is the one wanted. */
function placeOn(at: (u: number) => readonly Value[], wanted: readonly Entry[], cells: number): Place | undefined {
  const line = Array.from({ length: cells + 1 }, (_, j) => ({ u: j / cells, reached: at(j / cells) }));
  const k = wanted.findIndex((_, j) => line.some(({ reached }) => reached[j] !== line[0]!.reached[j]));
  if (k < 0) return { u: 1 / 2, step: 0 };
  const { value: target, parameter, rounded } = wanted[k]!;
  const values = line.map(({ reached }) => reached[k]);
  const known = values.indexOf(target);
  if (known >= 0) return { u: line[known]!.u, parameter, step: 0 };
  if (typeof target === 'string' || !values.every((value) => typeof value === 'number')) return undefined;
  const valueAt = (u: number): number => at(u)[k] as number;
  const places = line.slice(1).flatMap(({ u }, j) => {
    const [before, after] = [values[j]!, values[j + 1]!];
    if (before < target === after < target) return [];
    return [crossing(valueAt, target, before < target ? [line[j]!.u, u] : [u, line[j]!.u])];
  });
  // A number just outside the range, by rounding, is at one of its ends.
  places.push(...line.map(({ u }, j) => ({ u, value: values[j]!, step: 0 })));
  const range = Math.max(...values) - Math.min(...values);
  const good = places.filter(({ value, step }) => {
    const onGrid = Math.sign(value) === Math.sign(target) && step > 0 && step <= FINE * range;
    return value === target || (rounded && (agree(value, target, 0) || onGrid));
  });
  const [best] = good.sort((a, b) => Math.abs(a.value - target) - Math.abs(b.value - target));
  return best && { u: best.u, parameter, step: best.step };
}

/** Between a place where the value is less than the target and one where it is not: the nearest, by halves and chords. */
function crossing(
  valueAt: (u: number) => number,
  target: number,
  [less, more]: readonly [number, number],
): { readonly u: number; readonly value: number; readonly step: number } {
  let [low, high] = [less, more];
  let [below, above] = [valueAt(low), valueAt(high)];
  for (let turn = 0; Math.abs(high - low) > SHORT; turn++) {
    const share = turn % 2 === 0 ? (target - below) / (above - below) : 1 / 2;
    const u = low + share * (high - low);
    const value = valueAt(u);
    if (value === target) return { u, value, step: 0 };
    if (value < target) [low, below] = [u, value];
    else [high, above] = [u, value];
  }
  const step = above - below;
  return target - below < above - target ? { u: low, value: below, step } : { u: high, value: above, step };
}

function agree(value: Value, target: Value, slack: number): boolean {
  if (typeof value === 'string' || typeof target === 'string') return value === target;
  return Math.abs(value - target) <= Math.max(slack, CLOSE * Math.abs(target));
}

/** All numbers and words in the order of the parameters, of their rows and columns. */
function entriesOf<F extends Fields>({ parameters }: Space<F>, instance: Json<F>): readonly Entry[] {
  return parameters.flatMap(({ name, kind }) => {
    const rounded = kind !== 'count' && kind !== 'choice';
    return collect(instance[name as keyof F], []).map((value) => ({ value, parameter: name, rounded }));
  });
}

/** The values of these entries alone: a search looks at them hundreds of times. */
function valuesOf<F extends Fields>({ parameters }: Space<F>, instance: Json<F>): readonly Value[] {
  const values: Value[] = [];
  for (const { name } of parameters) collect(instance[name as keyof F], values);
  return values;
}

/** Puts the numbers and words of a parameter, of its rows and columns in turn, at the end of `values`, which it returns. */
function collect(value: unknown, values: Value[]): readonly Value[] {
  if (Array.isArray(value)) for (const entry of value) collect(entry, values);
  else values.push(isReal(value) ? toDouble(value) : String(value));
  return values;
}
