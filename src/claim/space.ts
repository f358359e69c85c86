import type { Arithmetic, Real } from '../numerics/arithmetic';
import { doubles } from '../numerics/doubles';
import { isReal } from '../numerics/real';
import { complexity, simplerCounts, simplerReals } from './simpler';

/** What a coordinate holds: a real number, or a count (a whole number ≥ 0). */
export type Kind = 'real' | 'count';
export type Fields = Readonly<Record<string, Kind>>;

/** An instance as plain JSON: what a counterexample file holds. */
export type Json<F extends Fields> = { readonly [K in keyof F]: JsonValue<F[K]> };
type JsonValue<K extends Kind> = K extends 'real' ? Real : number;

/** An instance over a kind of number: what definitions and conclusions are handed. */
export type Over<N, F extends Fields> = { readonly [K in keyof F]: OverValue<N, F[K]> };
type OverValue<N, K extends Kind> = K extends 'real' ? N : number;

/** One named parameter: how a point of the unit interval becomes its value. */
export interface Coordinate<K extends Kind> {
  readonly kind: K;
  /** How it is drawn, in words, for the report. */
  readonly describe: string;
  /** From `u` in [0, 1], both ends included, to a value; deterministic. */
  decode(u: number): number;
}

/** The file that holds an instance, or the numbers typed in, are not an instance of the space. */
export class MalformedInstance extends Error {
  override readonly name = 'MalformedInstance';
}

/**
 * A space of instances: sampling, attack, simplification and the parser of counterexample files share this one
 * description. A point of the unit cube (one number a coordinate) decodes to plain JSON, and JSON parses back.
 */
export interface Space<F extends Fields> {
  readonly names: readonly (keyof F & string)[];
  /** How each parameter is drawn, in words. */
  readonly describe: Readonly<Record<string, string>>;
  decode(cube: ArrayLike<number>): Json<F>;
  /** Throws {@link MalformedInstance} that says what was given, what was expected and what to do. */
  parse(value: unknown): Json<F>;
  over<N>(R: Arithmetic<N>, instance: Json<F>): Over<N, F>;
  /** Instances that differ in one parameter, which is simpler; the simplest first. */
  simpler(instance: Json<F>): Iterable<Json<F>>;
  /** The instance with every real number in it (counts are none) replaced by what `change` makes of it, in their order. */
  mapReals(instance: Json<F>, change: (value: Real, index: number) => Real): Json<F>;
  /** How hard the instance is to write down: the sum over its parameters, in bits or so. */
  complexity(instance: Json<F>): number;
  /** The space with one more parameter, whose range may depend on the earlier ones. */
  with<Name extends string, K extends Kind>(
    name: Name,
    coordinate: Coordinate<K> | ((earlier: Over<number, F>) => Coordinate<K>),
  ): Space<F & Readonly<Record<Name, K>>>;
}

type AnyInstance = Readonly<Record<string, Real>>;
type Axis = {
  readonly name: string;
  readonly at: (earlier: Readonly<Record<string, number>>) => Coordinate<Kind>;
};

/** The space without parameters; `.with(name, coordinate)` adds one after the other. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export function space(): Space<{}> {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  return build([]) as Space<{}>;
}

function build(axes: readonly Axis[]): Space<Fields> {
  const names = axes.map((axis) => axis.name);
  const kinds = new Map<string, Kind>();
  const describe: Record<string, string> = {};
  const middle: Record<string, number> = {};
  for (const axis of axes) {
    const coordinate = axis.at(middle);
    kinds.set(axis.name, coordinate.kind);
    describe[axis.name] = coordinate.describe;
    middle[axis.name] = coordinate.decode(0.5);
  }
  return {
    names,
    describe,
    decode: (cube) => decode(axes, cube) as never,
    parse: (value) => parse(kinds, value) as never,
    over: (R, instance) => over(kinds, R, instance),
    simpler: (instance) => simpler(kinds, instance) as never,
    mapReals: (instance, change) => mapReals(kinds, instance, change) as never,
    complexity: (instance) => names.reduce((sum, name) => sum + complexity(instance[name]!), 0),
    with: (name, coordinate) => {
      if (kinds.has(name))
        throw new Error(`the parameter ${name} is in this space already: give the new one a name of its own`);
      const at = typeof coordinate === 'function' ? coordinate : () => coordinate;
      return build([...axes, { name, at: at as Axis['at'] }]) as never;
    },
  };
}

function decode(axes: readonly Axis[], cube: ArrayLike<number>): AnyInstance {
  if (cube.length !== axes.length) {
    throw new RangeError(`a point of this cube has ${axes.length} coordinates, got ${cube.length}`);
  }
  const values: Record<string, number> = {};
  axes.forEach(({ name, at }, k) => {
    values[name] = at(values).decode(Math.min(1, Math.max(0, cube[k]!)));
  });
  return values;
}

function parse(kinds: ReadonlyMap<string, Kind>, value: unknown): AnyInstance {
  const expected = `an object with ${[...kinds].map(([name, kind]) => `${name} (${wording[kind]})`).join(', ')}`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new MalformedInstance(`the instance is ${shown(value)}; expected ${expected}`);
  }
  const given = value as Record<string, unknown>;
  const unknown = Object.keys(given).filter((name) => !kinds.has(name));
  const missing = [...kinds.keys()].filter((name) => !(name in given));
  if (unknown.length > 0 || missing.length > 0) {
    const faults = [
      ...missing.map((name) => `${name} is missing`),
      ...unknown.map((name) => `${name} is not one of its parameters`),
    ];
    throw new MalformedInstance(`${faults.join('; ')}; expected ${expected}`);
  }
  const instance: Record<string, Real> = {};
  for (const [name, kind] of kinds) {
    const x = given[name];
    const fits = kind === 'real' ? isReal(x) : typeof x === 'number' && Number.isSafeInteger(x) && x >= 0;
    if (!fits) throw new MalformedInstance(`${name} is ${shown(x)}; expected ${wording[kind]}`);
    instance[name] = x as Real;
  }
  return instance;
}

/** As JSON, but for the numbers that JSON has no word for. */
function shown(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}

const wording: Readonly<Record<Kind, string>> = {
  real: 'a finite number, or a fraction as "p/q"',
  count: 'a whole number ≥ 0',
};

function over<N>(
  kinds: ReadonlyMap<string, Kind>,
  R: Arithmetic<N>,
  instance: AnyInstance,
): Readonly<Record<string, never>> {
  const result: Record<string, unknown> = {};
  for (const [name, kind] of kinds) {
    const value = instance[name]!;
    result[name] = kind === 'count' ? value : R.of(value);
  }
  return result as Readonly<Record<string, never>>;
}

function mapReals(
  kinds: ReadonlyMap<string, Kind>,
  instance: AnyInstance,
  change: (value: Real, index: number) => Real,
): AnyInstance {
  let index = 0;
  const changed = [...kinds].map(([name, kind]) => [
    name,
    kind === 'real' ? change(instance[name]!, index++) : instance[name]!,
  ]);
  return Object.fromEntries(changed) as AnyInstance;
}

function* simpler(kinds: ReadonlyMap<string, Kind>, instance: AnyInstance): Iterable<AnyInstance> {
  for (const [name, kind] of kinds) {
    const value = instance[name]!;
    const candidates = kind === 'count' ? simplerCounts(value as number) : simplerReals(value);
    for (const candidate of candidates) yield { ...instance, [name]: candidate };
  }
}

/** The instance in doubles, each parameter rounded to nearest: what a solver is handed. */
export function inDoubles<F extends Fields>(space: Space<F>, instance: Json<F>): Over<number, F> {
  return space.over(doubles, instance);
}
