/**
 * Dense linear algebra over any arithmetic: what definitions of matrix dynamics are written in. Literal on purpose, and
 * for small matrices. A matrix is its rows; it has at least one row and one column.
 *
 * Sums go to {@link Arithmetic.add} with all their terms at once. What is computed from entries that balls hold too
 * loosely throws {@link Undetermined}; over doubles nothing throws but RangeError for shapes that do not fit.
 */
import { OutOfDomain, Undetermined, type Arithmetic, type Real } from './arithmetic';

/** The rows of a matrix, all of one length. */
export type Matrix<N> = readonly (readonly N[])[];

/** The `rows`×`columns` matrix with these entries. */
export function matrixOf<T>(rows: number, columns: number, entry: (i: number, j: number) => T): Matrix<T> {
  // Loops, not Array.from, which takes several times as long: small matrices are made at every step of every path.
  const made: T[][] = [];
  for (let i = 0; i < rows; i++) {
    const row: T[] = [];
    for (let j = 0; j < columns; j++) row.push(entry(i, j));
    made.push(row);
  }
  return made;
}

/** Rows and columns. */
export function shapeOf(A: Matrix<unknown>): readonly [rows: number, columns: number] {
  return [A.length, A[0]?.length ?? 0];
}

/** The n×n identity, or the `rows`×`columns` matrix with ones on its diagonal. */
export function identity<N>(R: Arithmetic<N>, rows: number, columns = rows): Matrix<N> {
  return matrixOf(rows, columns, (i, j) => R.of(i === j ? 1 : 0));
}

/** The `rows`×`columns` matrix of zeros. */
export function zeros<N>(R: Arithmetic<N>, rows: number, columns = rows): Matrix<N> {
  return matrixOf(rows, columns, () => R.of(0));
}

/** The square matrix, or the `rows`×`columns` one, with these numbers on its diagonal and zeros elsewhere. */
export function diagonal<N>(
  R: Arithmetic<N>,
  entries: readonly (N | Real)[],
  rows = entries.length,
  columns = rows,
): Matrix<N> {
  return matrixOf(rows, columns, (i, j) => R.of(i === j ? (entries[i] ?? 0) : 0));
}

/** The numbers on the diagonal. */
export function diagonalOf<N>(A: Matrix<N>): readonly N[] {
  return A.slice(0, shapeOf(A)[1]).map((row, i) => row[i]!);
}

export function transpose<N>(A: Matrix<N>): Matrix<N> {
  const [rows, columns] = shapeOf(A);
  return matrixOf(columns, rows, (i, j) => A[j]![i]!);
}

/** The product of two or more matrices, from the left. RangeError unless their shapes fit. */
export function matMul<N>(R: Arithmetic<N>, first: Matrix<N>, ...others: readonly Matrix<N>[]): Matrix<N> {
  return others.reduce((A, B) => times(R, A, B), first);
}

function times<N>(R: Arithmetic<N>, A: Matrix<N>, B: Matrix<N>): Matrix<N> {
  const [rows, inner] = shapeOf(A);
  const [height, columns] = shapeOf(B);
  if (inner !== height) throw unfit('product', A, B);
  if (R.kind === 'doubles')
    return timesInDoubles(A as Matrix<never>, B as Matrix<never>) as Matrix<unknown> as Matrix<N>;
  return matrixOf(rows, columns, (i, j) => R.add(...A[i]!.map((a, k) => R.mul(a, B[k]![j]!))));
}

/** The same sums and products in the same order, without an array an entry: what screens and integrators spend their time on. */
function timesInDoubles(A: Matrix<number>, B: Matrix<number>): Matrix<number> {
  return matrixOf(A.length, B[0]!.length, (i, j) => {
    const row = A[i]!;
    let total = row[0]! * B[0]![j]!;
    for (let k = 1; k < row.length; k++) total += row[k]! * B[k]![j]!;
    return total;
  });
}

/** The matrix times a column. RangeError unless it has as many columns as there are entries. */
export function matVec<N>(R: Arithmetic<N>, A: Matrix<N>, x: readonly N[]): readonly N[] {
  if (shapeOf(A)[1] !== x.length) throw unfit('product', A, transpose([x]));
  return A.map((row) => R.add(...row.map((a, k) => R.mul(a, x[k]!))));
}

/** The sum of two or more matrices of one shape. RangeError for other shapes. */
export function plus<N>(R: Arithmetic<N>, first: Matrix<N>, ...others: readonly Matrix<N>[]): Matrix<N> {
  for (const other of others) sameShape('sum', first, other);
  return first.map((row, i) => row.map((a, j) => R.add(a, ...others.map((B) => B[i]![j]!))));
}

/** A − B. RangeError unless they have one shape. */
export function minus<N>(R: Arithmetic<N>, A: Matrix<N>, B: Matrix<N>): Matrix<N> {
  sameShape('difference', A, B);
  return A.map((row, i) => row.map((a, j) => R.sub(a, B[i]![j]!)));
}

/** c·A. */
export function scale<N>(R: Arithmetic<N>, c: N | Real, A: Matrix<N>): Matrix<N> {
  return A.map((row) => row.map((a) => R.mul(c, a)));
}

/** x yᵀ. */
export function outer<N>(R: Arithmetic<N>, x: readonly N[], y: readonly N[]): Matrix<N> {
  return x.map((a) => y.map((b) => R.mul(a, b)));
}

/** Σ xᵢyᵢ. RangeError unless both have one length. */
export function dot<N>(R: Arithmetic<N>, x: readonly N[], y: readonly N[]): N {
  if (x.length !== y.length) throw new RangeError(`the inner product of ${x.length} and ${y.length} entries`);
  return R.add(...x.map((a, k) => R.mul(a, y[k]!)));
}

/** The sum of the diagonal of a square matrix. RangeError for others. */
export function trace<N>(R: Arithmetic<N>, A: Matrix<N>): N {
  square('trace', A);
  return R.add(...diagonalOf(A));
}

/** ‖A‖_F², the sum of the squares of all entries. */
export function frobeniusSquared<N>(R: Arithmetic<N>, A: Matrix<N>): N {
  // Row by row: a large matrix has more entries than a call can have arguments.
  return R.add(...A.map((row) => R.add(...row.map((a) => R.power(a, 2)))));
}

/** A ⊗ B: for p×q and r×s matrices the pr×qs matrix of blocks a_ij·B. */
export function kronecker<N>(R: Arithmetic<N>, A: Matrix<N>, B: Matrix<N>): Matrix<N> {
  return A.flatMap((row) => B.map((other) => row.flatMap((a) => other.map((b) => R.mul(a, b)))));
}

/** The columns, one below the other, so that vec(AXB) = (Bᵀ ⊗ A) vec(X). */
export function vec<N>(A: Matrix<N>): readonly N[] {
  return transpose(A).flat();
}

/**
 * The determinant of a square matrix, without a division, so that it exists in every arithmetic and of singular
 * matrices too: R. S. Bird, A simple division-free algorithm for computing determinants, Inf. Process. Lett. 111 (2011)
 * 1072–1074. RangeError for others.
 */
export function determinant<N>(R: Arithmetic<N>, A: Matrix<N>): N {
  const n = square('determinant', A);
  let F = A;
  for (let k = 1; k < n; k++) F = times(R, upper(R, F), A);
  return n % 2 === 0 ? R.neg(F[0]![0]!) : F[0]![0]!;
}

/** What is above the diagonal; on it, minus the sum of the diagonal below. */
function upper<N>(R: Arithmetic<N>, F: Matrix<N>): Matrix<N> {
  const below = (i: number): readonly N[] => diagonalOf(F).slice(i + 1);
  return matrixOf(F.length, F.length, (i, j) => (j > i ? F[i]![j]! : j < i ? R.of(0) : R.neg(R.add(...below(i)))));
}

/**
 * X with AX = B for a square A: Gaussian elimination, each pivot the largest of its column. Over exact numbers exact.
 * Errors: RangeError for shapes that do not fit; OutOfDomain for a singular A, Undetermined where balls do not tell
 * whether it is, NotRepresentable where an arithmetic has no such quotients (dyadic numbers). Over doubles a singular A
 * gives what IEEE gives.
 */
export function solve<N>(R: Arithmetic<N>, A: Matrix<N>, B: Matrix<N>): Matrix<N> {
  const n = square('inverse', A);
  if (B.length !== n) throw unfit('system', A, B);
  if (R.kind === 'doubles') {
    return solveInDoubles(A as Matrix<never>, B as Matrix<never>) as Matrix<unknown> as Matrix<N>;
  }
  const rows = A.map((row, i) => [...row, ...B[i]!]);
  for (let k = 0; k < n; k++) {
    const pivot = pivotOf(R, rows, k);
    [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
    const head = rows[k]!.map((x) => R.div(x, rows[k]![k]!));
    for (let i = 0; i < n; i++) {
      const factor = rows[i]![k]!;
      rows[i] = i === k ? head : rows[i]!.map((x, j) => R.sub(x, R.mul(factor, head[j]!)));
    }
  }
  return rows.map((row) => row.slice(n));
}

/** The same operations in the same order, without the calls. */
function solveInDoubles(A: Matrix<number>, B: Matrix<number>): Matrix<number> {
  const n = A.length;
  const rows = A.map((row, i) => [...row, ...B[i]!]);
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(rows[i]![k]!) > Math.abs(rows[pivot]![k]!)) pivot = i;
    const head = rows[pivot]!;
    rows[pivot] = rows[k]!;
    rows[k] = head;
    const divisor = head[k]!;
    for (let j = 0; j < head.length; j++) head[j]! /= divisor;
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const row = rows[i]!;
      const factor = row[k]!;
      for (let j = 0; j < row.length; j++) row[j]! -= factor * head[j]!;
    }
  }
  return rows.map((row) => row.slice(n));
}

/** The inverse of a square matrix; errors as {@link solve}. */
export function inverse<N>(R: Arithmetic<N>, A: Matrix<N>): Matrix<N> {
  return solve(R, A, identity(R, square('inverse', A)));
}

/** The row from k on whose k-th entry is the furthest from 0 for certain. */
function pivotOf<N>(R: Arithmetic<N>, rows: Matrix<N>, k: number): number {
  const distance = (i: number): number => {
    const { lower, upper } = R.enclosure(rows[i]![k]!);
    return R.sign(rows[i]![k]!) === 0 ? -1 : Math.max(lower, -upper);
  };
  const candidates = rows.map((_, i) => i).slice(k);
  const best = candidates.reduce((known, i) => (distance(i) > distance(known) ? i : known));
  if (R.kind === 'doubles' || R.kind === 'jets of doubles' || R.sign(rows[best]![k]!)) return best;
  if (candidates.every((i) => R.sign(rows[i]![k]!) === 0)) throw new OutOfDomain('a singular matrix has no inverse');
  throw new Undetermined('the inverse of a matrix that is known too loosely to tell whether it is singular');
}

function square(what: string, A: Matrix<unknown>): number {
  const [rows, columns] = shapeOf(A);
  if (rows === columns) return rows;
  throw new RangeError(`the ${what} of a ${rows}×${columns} matrix: expected a square one`);
}

function sameShape(what: string, A: Matrix<unknown>, B: Matrix<unknown>): void {
  if (shapeOf(A).join() !== shapeOf(B).join()) throw unfit(what, A, B);
}

function unfit(what: string, A: Matrix<unknown>, B: Matrix<unknown>): RangeError {
  return new RangeError(`the ${what} of a ${shapeOf(A).join('×')} and a ${shapeOf(B).join('×')} matrix`);
}
