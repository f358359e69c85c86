import type { Coordinate, Extent } from '../src/claim/space';
import type { Real } from '../src/numerics/arithmetic';

/** Rows of numbers or fractions "p/q". */
export type Rows = readonly (readonly Real[])[];

/** What a vector's or matrix's entries are drawn from, independently. */
export interface EntryLaw<Most> {
  readonly entry: Coordinate<'real'>;
  /** The largest shape that the cube has numbers for: what the counts that it names reach at most. */
  readonly most: Most;
}

/** The most rows and columns of a matrix. */
export type MostOf = readonly [rows: number, columns: number];

/** A vector of independent entries. Entries beyond its length leave their numbers of the cube unused. */
export function vector(length: Extent, { entry, most }: EntryLaw<number>): Coordinate<'vector'> {
  return {
    kind: 'vector',
    describe: `${length} entries, each ${entry.describe}`,
    shape: [length],
    size: most,
    decode: (cube, [n]) => {
      refuseLarger([n!], [most]);
      return cube.slice(0, n).map((u) => entry.decode(u));
    },
  };
}

/** A matrix of independent entries. Entries outside its shape leave their numbers of the cube unused. */
export function matrix(rows: Extent, columns: Extent, { entry, most }: EntryLaw<MostOf>): Coordinate<'matrix'> {
  return {
    kind: 'matrix',
    describe: `${rows} × ${columns} entries, each ${entry.describe}`,
    shape: [rows, columns],
    size: most[0] * most[1],
    decode: (cube, [r, c]) => {
      refuseLarger([r!, c!], most);
      return table(r!, c!, (i, j) => entry.decode(cube[i * most[1] + j]!));
    },
  };
}

/** The matrix with these entries. */
export function table<T>(rows: number, columns: number, entry: (i: number, j: number) => T): readonly (readonly T[])[] {
  return Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (__, j) => entry(i, j)));
}

/** Throws RangeError unless every extent is within what the cube has numbers for. */
export function refuseLarger(extents: readonly number[], most: readonly number[]): void {
  if (extents.every((extent, k) => extent <= most[k]!)) return;
  throw new RangeError(
    `a shape of ${extents.join(' × ')}, but most: ${most.join(' × ')}: raise most, or lower the counts that it names`,
  );
}
