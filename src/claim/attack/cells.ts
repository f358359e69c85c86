import type { Point } from '../draw';
import { spread } from './spread';

/** From a point of the cube to the instance it stands for: named parameters. */
export type Decode = (point: Point) => Readonly<Record<string, unknown>>;

/** Points looked at to tell which parameters jump. */
const PROBES = 64;
/** Halvings of a stretch in which a parameter jumps: to the nearest double, from anywhere in the cube. */
const HALVINGS = 60;

/**
 * The cell that a point lies in: the counts and words of its instance, as a text. Two points of one cell differ in real
 * parameters only. Which parameters are counts or words is found out by probing: those that are a whole number, or a
 * word, at 64 points spread over the cube. The empty text where there are none.
 */
export function cellsOf(decode: Decode, dimension: number): (point: Point) => string {
  const pointAt = spread(new Array<number>(dimension).fill(1 / 2));
  const probes = Array.from({ length: PROBES }, (_, k) => decode(pointAt(k)));
  const jumping = Object.keys(probes[0]!).filter((name) => probes.every((instance) => jumps(instance[name])));
  if (jumping.length === 0) return () => '';
  return (point) => {
    const instance = decode(point);
    return jumping.map((name) => instance[name]).join(' ');
  };
}

/** Whole numbers jump, and words; "1/3" is no word. */
const jumps = (value: unknown): boolean => Number.isInteger(value) || (typeof value === 'string' && !/\d/.test(value));

/**
 * The places on the k-th axis nearest to the point, downwards and upwards, where the cell is another one: the next whole
 * number, not the next double. None in a direction in which the cell at the end of the axis is the same.
 */
export function nextCells(cell: (point: Point) => string, point: Point, k: number): readonly number[] {
  const own = cell(point);
  const same = (u: number): boolean => cell(movedTo(point, k, u)) === own;
  return [0, 1].flatMap((end) => {
    if (same(end)) return [];
    let [inside, outside] = [point[k]!, end];
    for (let j = 0; j < HALVINGS; j++) {
      const middle = (inside + outside) / 2;
      if (same(middle)) inside = middle;
      else outside = middle;
    }
    return [outside];
  });
}

/** The point with its k-th coordinate moved to `u`. */
export const movedTo = (point: Point, k: number, u: number): Point => point.map((x, j) => (j === k ? u : x));
