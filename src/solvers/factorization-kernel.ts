/**
 * Flat matrices, by rows, for the low-rank factorisation of Y (n×m) by Z (n×r) times W (r×m). Nothing of size n×m is made:
 * products with Y go through its entries that are not zero.
 */
import type { Rows } from './interfaces';

/** The entries of a matrix that are not zero, row by row: those of row i are at `starts[i]` to `starts[i + 1]`. */
export interface SparseRows {
  readonly rows: number;
  readonly columns: number;
  readonly starts: Int32Array;
  readonly at: Int32Array;
  readonly values: Float64Array;
}

export function sparseRows(A: Rows): SparseRows {
  const starts = new Int32Array(A.length + 1);
  const at: number[] = [];
  const values: number[] = [];
  A.forEach((row, i) => {
    for (let j = 0; j < row.length; j++) {
      if (row[j] === 0) continue;
      at.push(j);
      values.push(row[j]!);
    }
    starts[i + 1] = values.length;
  });
  return { rows: A.length, columns: A[0]!.length, starts, at: Int32Array.from(at), values: Float64Array.from(values) };
}

/** Writes YXᵀ, n×r, for X of r×m. */
export function timesTransposed(out: Float64Array, Y: SparseRows, X: Float64Array, r: number): void {
  const { rows, columns, starts, at, values } = Y;
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < r; k++) {
      let total = 0;
      for (let p = starts[i]!; p < starts[i + 1]!; p++) total += values[p]! * X[k * columns + at[p]!]!;
      out[i * r + k] = total;
    }
  }
}

/** Writes ZᵀY, r×m, for Z of n×r. */
export function transposedTimes(out: Float64Array, Z: Float64Array, Y: SparseRows, r: number): void {
  const { rows, columns, starts, at, values } = Y;
  out.fill(0);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < r; k++) {
      const z = Z[i * r + k]!;
      for (let p = starts[i]!; p < starts[i + 1]!; p++) out[k * columns + at[p]!]! += z * values[p]!;
    }
  }
}

/** Writes AB, p×q, for A of p×k and B of k×q. */
export function multiply(out: Float64Array, A: Float64Array, B: Float64Array, p: number, k: number, q: number): void {
  out.fill(0);
  for (let i = 0; i < p; i++) addRows(out, i * q, A, i * k, 1, B, k, q);
}

/** Writes AᵀB, p×q, for A of k×p and B of k×q. */
export function transposedProduct(
  out: Float64Array,
  A: Float64Array,
  B: Float64Array,
  p: number,
  k: number,
  q: number,
): void {
  out.fill(0);
  for (let i = 0; i < p; i++) addRows(out, i * q, A, i, p, B, k, q);
}

/**
 * Adds the k rows of B, of q numbers, times the numbers of A at `from`, `from` + `stride`, … to the row of `out` at `to`. Four
 * rows at a time: the row written is then read and written a quarter as often, which is what takes the time.
 */
function addRows(
  out: Float64Array,
  to: number,
  A: Float64Array,
  from: number,
  stride: number,
  B: Float64Array,
  k: number,
  q: number,
): void {
  let s = 0;
  let at = from;
  for (; s + 3 < k; s += 4, at += 4 * stride) {
    const [a, b, c, d] = [A[at]!, A[at + stride]!, A[at + 2 * stride]!, A[at + 3 * stride]!];
    const [y, z, v, w] = [s * q, (s + 1) * q, (s + 2) * q, (s + 3) * q];
    for (let j = 0; j < q; j++) {
      out[to + j] = out[to + j]! + a * B[y + j]! + b * B[z + j]! + c * B[v + j]! + d * B[w + j]!;
    }
  }
  for (; s < k; s++, at += stride) {
    const a = A[at]!;
    for (let j = 0, y = s * q; j < q; j++) out[to + j] = out[to + j]! + a * B[y + j]!;
  }
}

/** Writes ABᵀ, p×q, for A of p×k and B of q×k. */
export function productTransposed(
  out: Float64Array,
  A: Float64Array,
  B: Float64Array,
  p: number,
  k: number,
  q: number,
): void {
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < q; j++) {
      let total = 0;
      for (let s = 0, x = i * k, y = j * k; s < k; s++) total += A[x++]! * B[y++]!;
      out[i * q + j] = total;
    }
  }
}

/** Adds c·B to A, of one length. */
export function addScaled(A: Float64Array, c: number, B: Float64Array): void {
  for (let k = 0; k < A.length; k++) A[k]! += c * B[k]!;
}

/** Pivots below this share of their diagonal entry, a sum of n products, are what rounding leaves of zero. */
const ROUNDING = 2 ** -50;

/**
 * The Cholesky factor of the r×r matrix G, in its lower triangle, in place. Whether G is positive definite beyond the
 * rounding of entries that are sums of n products; NaN where it is not.
 */
export function cholesky(G: Float64Array, r: number, n: number): boolean {
  let definite = true;
  for (let j = 0; j < r; j++) {
    const own = G[j * r + j]!;
    let pivot = own;
    for (let s = 0; s < j; s++) pivot -= G[j * r + s]! ** 2;
    if (!(pivot > (n + r) * ROUNDING * own)) definite = false;
    const root = Math.sqrt(pivot);
    G[j * r + j] = root;
    for (let i = j + 1; i < r; i++) {
      let entry = G[i * r + j]!;
      for (let s = 0; s < j; s++) entry -= G[i * r + s]! * G[j * r + s]!;
      G[i * r + j] = entry / root;
    }
  }
  return definite;
}

/** Solves LLᵀX = B in place, for the Cholesky factor L of r×r and B of r×q. */
export function solveCholesky(L: Float64Array, B: Float64Array, r: number, q: number): void {
  for (let i = 0; i < r; i++) {
    for (let s = 0; s < i; s++) eliminate(B, i, s, L[i * r + s]!, q);
    divide(B, i, L[i * r + i]!, q);
  }
  for (let i = r - 1; i >= 0; i--) {
    for (let s = i + 1; s < r; s++) eliminate(B, i, s, L[s * r + i]!, q);
    divide(B, i, L[i * r + i]!, q);
  }
}

/** Row i less c times row s. */
function eliminate(B: Float64Array, i: number, s: number, c: number, q: number): void {
  for (let j = 0, x = i * q, y = s * q; j < q; j++) B[x++]! -= c * B[y++]!;
}

function divide(B: Float64Array, i: number, c: number, q: number): void {
  for (let j = 0, x = i * q; j < q; j++) B[x++]! /= c;
}
