import type { Real } from '../numerics/arithmetic';

/**
 * What a parameter is, and how points of the unit cube become its values. A real number and a count (a whole number
 * ≥ 0) use one number of the cube, as does a choice (one of some words). Vectors and matrices use one an entry or more.
 */
export type Kind = keyof Coordinates;

interface Coordinates {
  readonly real: Scalar<'real'>;
  readonly count: Scalar<'count'>;
  readonly choice: Choice;
  readonly vector: Shaped<'vector', readonly Real[]>;
  readonly matrix: Shaped<'matrix', readonly (readonly Real[])[]>;
}

/** One named parameter: how numbers of the unit cube become its value. */
export type Coordinate<K extends Kind> = Coordinates[K];

interface Scalar<K extends 'real' | 'count'> {
  readonly kind: K;
  /** How it is drawn, in words, for the report. */
  readonly describe: string;
  /** From `u` in [0, 1], both ends included, to a value; deterministic. */
  decode(u: number): number;
}

interface Choice {
  readonly kind: 'choice';
  readonly describe: string;
  /** The words to choose from, the simplest first: letters, digits and hyphens, a letter first. */
  readonly options: readonly string[];
  decode(u: number): string;
}

/** The length of a side of a vector or matrix: a number ≥ 1, or the name of a count that stands earlier in the space. */
export type Extent = number | string;

interface Shaped<K extends 'vector' | 'matrix', Value> {
  readonly kind: K;
  readonly describe: string;
  /** The length of a vector; rows and columns of a matrix. */
  readonly shape: readonly Extent[];
  /** How many numbers of the unit cube it uses, whatever its shape. */
  readonly size: number;
  /**
   * From `size` numbers in [0, 1] to a value of the shape given, its extents as numbers ≥ 1; deterministic. Throws
   * RangeError for a shape larger than its cube has numbers for.
   */
  decode(cube: readonly number[], shape: readonly number[]): Value;
}

/** What a space knows of a parameter without drawing it. */
export interface Parameter {
  readonly name: string;
  readonly kind: Kind;
  /** How many numbers of the unit cube it uses. */
  readonly size: number;
  /** The words of a choice, the simplest first; empty for other kinds. */
  readonly options: readonly string[];
  /** The extents of a vector or a matrix; empty for other kinds. */
  readonly shape: readonly Extent[];
}

/** A value as plain JSON: entries of vectors and matrices (rows of entries) are numbers or "p/q". */
export interface JsonValues {
  readonly real: Real;
  readonly count: number;
  readonly choice: string;
  readonly vector: readonly Real[];
  readonly matrix: readonly (readonly Real[])[];
}

export type JsonValue = JsonValues[Kind];

/** A value over a kind of number; counts and choices stay as they are. */
export interface OverValues<N> {
  readonly real: N;
  readonly count: number;
  readonly choice: string;
  readonly vector: readonly N[];
  readonly matrix: readonly (readonly N[])[];
}

/** What a space knows of its parameter `name`. */
export function parameterOf(name: string, coordinate: Coordinate<Kind>): Parameter {
  const { kind } = coordinate;
  const shaped = kind === 'vector' || kind === 'matrix';
  return {
    name,
    kind,
    size: shaped ? coordinate.size : 1,
    options: kind === 'choice' ? coordinate.options : [],
    shape: shaped ? coordinate.shape : [],
  };
}

/** The extents of a parameter at an instance, its counts read from there. */
export function extentsAt({ shape }: Parameter, instance: Readonly<Record<string, unknown>>): readonly number[] {
  return shape.map((extent) => (typeof extent === 'number' ? extent : (instance[extent] as number)));
}

/** The parameters that a count is an extent of. */
export function linkedTo(count: string, parameters: readonly Parameter[]): readonly Parameter[] {
  return parameters.filter(({ shape }) => shape.includes(count));
}
