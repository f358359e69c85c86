/** Vectors and matrices of independent entries, and what is made of them. */
import type { Coordinate, Extent } from '../src/claim/space';
import type { Real } from '../src/numerics/arithmetic';
import { identity, matMul, matrixOf, plus, scale, transpose, type Matrix } from '../src/numerics/matrix';
import { rationals, type Fraction } from '../src/numerics/rational';
import { shortestReal } from '../src/numerics/real';

/** What entries are drawn from, independently, and the largest shape that the cube has numbers for. */
export interface EntryLaw<Most> {
  readonly entry: Coordinate<'real'>;
  /** What the counts that the shape names reach at most. */
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
      return entries(entry, r!, c!, most[1], cube);
    },
  };
}

/** Independent entries on the diagonal (of a matrix that need not be square), zeros elsewhere. */
export function diagonalMatrix(rows: Extent, columns: Extent, { entry, most }: EntryLaw<MostOf>): Coordinate<'matrix'> {
  return {
    kind: 'matrix',
    describe: `${rows} × ${columns} and diagonal, each entry there ${entry.describe}`,
    shape: [rows, columns],
    size: Math.min(...most),
    decode: (cube, [r, c]) => {
      refuseLarger([r!, c!], most);
      return matrixOf(r!, c!, (i, j) => (i === j ? entry.decode(cube[i]!) : 0));
    },
  };
}

/**
 * BᵀB + floor·I for a square B of independent entries, exactly: symmetric, and its eigenvalues are `floor` > 0 or more.
 * With Gaussian entries this would be a Wishart matrix, shifted.
 */
export function symmetricPositiveDefinite(
  n: Extent,
  { entry, floor, most }: EntryLaw<number> & { readonly floor: Real },
): Coordinate<'matrix'> {
  return {
    kind: 'matrix',
    describe: `${n} × ${n}, BᵀB + ${floor}·I with entries of B each ${entry.describe}`,
    shape: [n, n],
    size: most * most,
    decode: (cube, [size]) => {
      refuseLarger([size!], [most]);
      const B = exactly(entries(entry, size!, size!, most, cube));
      const gram = matMul(rationals, transpose(B), B);
      return asJson(plus(rationals, gram, scale(rationals, floor, identity(rationals, size!))));
    },
  };
}

/**
 * The product, exactly, of a rows×rank and a rank×columns matrix of independent entries: of that rank or less. `most`:
 * rows, columns and rank.
 */
export function lowRank(
  rows: Extent,
  columns: Extent,
  rank: number,
  { entry, most }: EntryLaw<readonly [rows: number, columns: number, rank: number]>,
): Coordinate<'matrix'> {
  const [mostRows, mostColumns, mostRank] = most;
  return {
    kind: 'matrix',
    describe: `${rows} × ${columns}, a product of two factors of low rank with entries each ${entry.describe}`,
    shape: [rows, columns],
    size: mostRank * (mostRows + mostColumns),
    decode: (cube, [r, c]) => {
      refuseLarger([r!, c!, rank], most);
      const left = entries(entry, r!, rank, mostRank, cube);
      const right = entries(entry, rank, c!, mostColumns, cube.slice(mostRows * mostRank));
      return asJson(matMul(rationals, exactly(left), exactly(right)));
    },
  };
}

/**
 * Small starts: zero one time in four, otherwise independent entries, all times one power of two, 1, 1/2, …,
 * 2^−halvings, each as likely.
 */
export function zeroOrSmall(
  rows: Extent,
  columns: Extent,
  { entry, halvings, most }: EntryLaw<MostOf> & { readonly halvings: number },
): Coordinate<'matrix'> {
  return {
    kind: 'matrix',
    describe: `${rows} × ${columns}, zero one time in four, otherwise 2^−k, k uniform on {0, …, ${halvings}}, times entries each ${entry.describe}`,
    shape: [rows, columns],
    size: 1 + most[0] * most[1],
    decode: ([u, ...cube], [r, c]) => {
      refuseLarger([r!, c!], most);
      if (u! < 1 / 4) return matrixOf(r!, c!, () => 0);
      const halved = Math.min(halvings, Math.floor(((u! - 1 / 4) / (3 / 4)) * (halvings + 1)));
      return entries(entry, r!, c!, most[1], cube).map((row) => row.map((x) => x * 2 ** -halved));
    },
  };
}

/** Throws RangeError unless every extent is within what the cube has numbers for. */
export function refuseLarger(extents: readonly number[], most: readonly number[]): void {
  if (extents.every((extent, k) => extent <= most[k]!)) return;
  throw new RangeError(
    `a shape of ${extents.join(' × ')}, but most: ${most.join(' × ')}: raise most, or lower the counts that it names`,
  );
}

/** As JSON: a double where the number is one, "p/q" otherwise. */
export function asJson(A: Matrix<Fraction>): Matrix<Real> {
  return A.map((row) => row.map((x) => shortestReal(rationals.exactText(x)!)));
}

/** Entries from a cube that has `stride` numbers a row. */
function entries(
  entry: Coordinate<'real'>,
  rows: number,
  columns: number,
  stride: number,
  cube: readonly number[],
): Matrix<number> {
  return matrixOf(rows, columns, (i, j) => entry.decode(cube[i * stride + j]!));
}

function exactly(A: Matrix<Real>): Matrix<Fraction> {
  return A.map((row) => row.map((x) => rationals.of(x)));
}
