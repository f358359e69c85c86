import type { Arithmetic, Real } from '../numerics/arithmetic';
import { doubles } from '../numerics/doubles';
import {
  extentsAt,
  parameterOf,
  type Coordinate,
  type JsonValue,
  type JsonValues,
  type Kind,
  type OverValues,
  type Parameter,
} from './coordinate';
import { parseInstance } from './parse-instance';
import { complexityOf, simplerInstances } from './simpler-instances';

export type { Coordinate, Extent, JsonValue, Kind, Parameter } from './coordinate';
export { MalformedInstance } from './parse-instance';

export type Fields = Readonly<Record<string, Kind>>;

/** An instance as plain JSON: what a counterexample file holds. */
export type Json<F extends Fields> = { readonly [K in keyof F]: JsonValues[F[K]] };

/** An instance over a kind of number: what definitions and conclusions are handed. */
export type Over<N, F extends Fields> = { readonly [K in keyof F]: OverValues<N>[F[K]] };

/**
 * A space of instances: sampling, attack, simplification and the parser of counterexample files share this one
 * description. A point of the unit cube decodes to plain JSON, and JSON parses back. A vector or matrix names the counts
 * that are its extents, so that its shape is checked against them, and a dimension can be dropped from all it links.
 */
export interface Space<F extends Fields> {
  readonly names: readonly (keyof F & string)[];
  readonly parameters: readonly Parameter[];
  /** Numbers in a point of the unit cube: the sum over the parameters of how many each uses. */
  readonly dimension: number;
  /** How each parameter is drawn, in words. */
  readonly describe: Readonly<Record<string, string>>;
  /** Each parameter takes its numbers of the cube in turn. Throws RangeError for a point of another dimension. */
  decode(cube: ArrayLike<number>): Json<F>;
  /** The first so many parameters of the instance at a point of the cube: no law of the others is asked. */
  decodeFirst(cube: ArrayLike<number>, count: number): Readonly<Record<string, JsonValue>>;
  /** Throws {@link MalformedInstance} that says what was given, what was expected and what to do. */
  parse(value: unknown): Json<F>;
  over<N>(R: Arithmetic<N>, instance: Json<F>): Over<N, F>;
  /**
   * Simpler instances: first with a dimension less in all that a count links, then with a vector or matrix of simpler
   * structure, then with one number simpler; of each the simplest first. A bounded number, however large the matrices.
   */
  simpler(instance: Json<F>): Iterable<Json<F>>;
  /** The instance with every real number in it (counts are none) replaced by what `change` makes of it, in their order. */
  mapReals(instance: Json<F>, change: (value: Real, index: number) => Real): Json<F>;
  /** How hard the instance is to write down: the sum over its parameters, in bits or so. */
  complexity(instance: Json<F>): number;
  /**
   * The space with one more parameter, whose law may depend on the earlier ones: on their values in doubles, or, exactly,
   * on the instance so far. Its kind, shape and size may not. Throws an Error for a name twice, or a shape that names no
   * earlier count.
   */
  with<Name extends string, C extends Coordinate<Kind>>(
    name: Name,
    coordinate: C | ((earlier: Over<number, F>, exactly: Json<F>) => C),
  ): Space<F & Readonly<Record<Name, C['kind']>>>;
}

type AnyInstance = Readonly<Record<string, JsonValue>>;
type AnyValues = Readonly<Record<string, unknown>>;
type Axis = {
  readonly parameter: Parameter;
  readonly describe: string;
  readonly at: (earlier: AnyValues, exactly: AnyInstance) => Coordinate<Kind>;
};

/** The space without parameters; `.with(name, coordinate)` adds one after the other. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export function space(): Space<{}> {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  return build([]) as Space<{}>;
}

function build(axes: readonly Axis[]): Space<Fields> {
  const parameters = axes.map(({ parameter }) => parameter);
  const names = parameters.map(({ name }) => name);
  const dimension = parameters.reduce((sum, { size }) => sum + size, 0);
  return {
    names,
    parameters,
    dimension,
    describe: Object.fromEntries(axes.map(({ parameter, describe }) => [parameter.name, describe])),
    decode: (cube) => {
      if (cube.length !== dimension) {
        throw new RangeError(`a point of this cube has ${dimension} coordinates, got ${cube.length}`);
      }
      return decode(axes, cube).exactly as never;
    },
    decodeFirst: (cube, count) => decode(axes.slice(0, count), cube).exactly,
    parse: (value) => parseInstance(parameters, value) as never,
    over: (R, instance) => over(parameters, R, instance),
    simpler: (instance) => simplerInstances(parameters, instance) as never,
    mapReals: (instance, change) => mapReals(parameters, instance, change) as never,
    complexity: (instance) => complexityOf(parameters, instance),
    with: (name, coordinate) => {
      if (names.includes(name))
        throw new Error(`the parameter ${name} is in this space already: give the new one a name of its own`);
      const at = typeof coordinate === 'function' ? coordinate : () => coordinate;
      return build([...axes, axisOf(axes, name, at as Axis['at'])]) as never;
    },
  };
}

/** What is fixed about a parameter is what it is at the middle of the space before it. */
function axisOf(axes: readonly Axis[], name: string, at: Axis['at']): Axis {
  const dimension = axes.reduce((sum, { parameter }) => sum + parameter.size, 0);
  const { values, exactly } = decode(axes, new Array<number>(dimension).fill(0.5));
  const coordinate = at(values, exactly);
  const parameter = parameterOf(name, coordinate);
  const counts = axes.flatMap((axis) => (axis.parameter.kind === 'count' ? [axis.parameter.name] : []));
  for (const extent of parameter.shape) {
    if (typeof extent === 'string' ? counts.includes(extent) : Number.isSafeInteger(extent) && extent >= 1) continue;
    throw new Error(
      `an extent of ${name} is ${JSON.stringify(extent)}: expected a whole number ≥ 1, or the name of an earlier count` +
        (counts.length > 0 ? ` (${counts.join(', ')})` : ', of which there is none'),
    );
  }
  const odd = parameter.options.find((word) => !/^[A-Za-z][A-Za-z0-9-]*$/.test(word));
  if (odd !== undefined)
    throw new Error(`an option of ${name} is "${odd}": expected letters, digits and hyphens, a letter first`);
  return { parameter, describe: described(axes, at), at };
}

/** In words, at the middle of the space before it; where the words change with earlier parameters, it says with which. */
function described(axes: readonly Axis[], at: Axis['at']): string {
  const dimension = axes.reduce((sum, { parameter }) => sum + parameter.size, 0);
  const middle = new Array<number>(dimension).fill(0.5);
  const describe = (cube: readonly number[]): string => {
    const { values, exactly } = decode(axes, cube);
    return at(values, exactly).describe;
  };
  const words = describe(middle);
  let next = 0;
  const telling = axes.flatMap(({ parameter: { name, size } }) => {
    const first = next;
    next += size;
    const moved = middle.map((u, k) => (k >= first && k < next ? 0.25 : u));
    return describe(moved) === words ? [] : [name];
  });
  if (telling.length === 0) return words;
  const { values } = decode(axes, middle);
  const there = telling.flatMap((name) => {
    const value = values[name];
    return typeof value === 'number' ? [`${name} = ${Number(value.toPrecision(4))}`] : [];
  });
  return `${words}${there.length === 0 ? '' : ` at ${there.join(', ')}`}; the range depends on ${telling.join(', ')}`;
}

interface Decoded {
  readonly exactly: AnyInstance;
  /** The same in doubles: what laws look at. */
  readonly values: AnyValues;
}

/** Every draw and every look of the attack comes through here: plain numbers take the short way. */
function decode(axes: readonly Axis[], cube: ArrayLike<number>): Decoded {
  const exactly: Record<string, JsonValue> = {};
  const values: Record<string, unknown> = axes.some(({ parameter }) => parameter.shape.length > 0) ? {} : exactly;
  let next = 0;
  for (const { parameter, at } of axes) {
    const { name, size } = parameter;
    const coordinate = at(values, exactly);
    if (coordinate.kind === 'vector' || coordinate.kind === 'matrix') {
      exactly[name] = decodeShaped(parameter, coordinate, numbers(cube, next, size), values);
      values[name] = entriesOver(doubles, exactly[name]);
    } else {
      exactly[name] = coordinate.decode(inUnit(cube[next]!));
      values[name] = exactly[name];
    }
    next += size;
  }
  return { exactly, values };
}

const inUnit = (u: number): number => Math.min(1, Math.max(0, u));

function numbers(cube: ArrayLike<number>, first: number, size: number): readonly number[] {
  const own = new Array<number>(size);
  for (let k = 0; k < size; k++) own[k] = inUnit(cube[first + k]!);
  return own;
}

function decodeShaped(
  parameter: Parameter,
  coordinate: Coordinate<'vector' | 'matrix'>,
  cube: readonly number[],
  values: AnyValues,
): Entries {
  const { name, size, shape } = parameter;
  if (coordinate.size !== size || coordinate.shape.join() !== shape.join()) {
    throw new Error(`${name} changes its shape or size with the earlier parameters: name counts as its shape`);
  }
  const extents = extentsAt(parameter, values);
  if (extents.includes(0)) {
    throw new RangeError(`${name} is ${extents.join(' × ')}: draw the counts of its shape from 1`);
  }
  return coordinate.decode(cube, extents);
}

type Entries = readonly Real[] | readonly (readonly Real[])[];

function over<N>(
  parameters: readonly Parameter[],
  R: Arithmetic<N>,
  instance: AnyInstance,
): Readonly<Record<string, never>> {
  const result: Record<string, unknown> = {};
  for (const { name, kind } of parameters) {
    const value = instance[name]!;
    result[name] = typeof value === 'object' ? entriesOver(R, value) : kind === 'real' ? R.of(value) : value;
  }
  return result as Readonly<Record<string, never>>;
}

function entriesOver<N>(R: Arithmetic<N>, entries: Entries): readonly unknown[] {
  return entries.map((entry) => (typeof entry === 'object' ? entriesOver(R, entry) : R.of(entry)));
}

function mapReals(
  parameters: readonly Parameter[],
  instance: AnyInstance,
  change: (value: Real, index: number) => Real,
): AnyInstance {
  let index = 0;
  const mapped = (value: JsonValue): JsonValue =>
    typeof value === 'object'
      ? (value.map((entry) => mapped(entry as JsonValue)) as JsonValue)
      : change(value, index++);
  const changed = parameters.map(({ name, kind }) => {
    const value = instance[name]!;
    return [name, kind === 'count' || kind === 'choice' ? value : mapped(value)];
  });
  return Object.fromEntries(changed) as AnyInstance;
}

/** The instance in doubles, each parameter rounded to nearest: what a solver is handed. */
export function inDoubles<F extends Fields>(space: Space<F>, instance: Json<F>): Over<number, F> {
  return space.over(doubles, instance);
}
