/**
 * The peer's properties of low-rank factorisation. `separation` and `figure-2b` are drawn in the bases of the singular vectors
 * of Y, in which Y is diagonal: Gaussian Z, W and C have the same law in any orthonormal bases, and the dynamics do not depend on
 * them. The peer draws the bases for `figure-2b` and not for `separation`.
 */
import { normals, take, uniformStream } from '../generators/streams';
import { orthonormalize } from '../src/numerics/orthonormal';
import { symmetricLeast } from '../src/numerics/symmetric-least';
import { cholesky, solveCholesky, transposedProduct } from '../src/solvers/factorization-kernel';
import { referenceSolvers } from '../src/solvers/reference';
import type { Rows } from '../src/solvers/interfaces';
import type { Workload } from './workload';

const { factorFA, factorFAStar } = referenceSolvers;

function workload(name: string, cases: number, holds: (seed: number) => boolean): Workload {
  const run = (count: number, seed: number): void => {
    for (let k = 0; k < count; k++) {
      if (!holds(1000 * seed + k)) throw new Error(`${name} fails at seed ${1000 * seed + k}`);
    }
  };
  return { name, cases, run };
}

const rowsOf = (entries: Float64Array, columns: number): Rows =>
  Array.from({ length: entries.length / columns }, (_, i) =>
    Array.from(entries.subarray(i * columns, (i + 1) * columns)),
  );

/** Lemma 5: along FA* for 20×20 matrices and four factors the alignment only grows. */
const starAlignment = workload('fa-star-alignment', 40, (seed) => {
  const [n, m, r, points] = [20, 20, 4, 20];
  const normal = normals(uniformStream(seed, 'fa-star-alignment'));
  const Y = rowsOf(take(normal, n * m, 1 / Math.sqrt(n)), m);
  const C = rowsOf(take(normal, r * m), m);
  const Z = take(normal, n * r);
  orthonormalize(Z, n, r);
  const times = Float64Array.from({ length: points + 1 }, (_, k) => (5 * k) / points);
  const { W } = factorFAStar.flow({ Y, C, Z: rowsOf(Z, r), times });
  let before: Float64Array | undefined;
  for (let t = 0; t <= points; t++) {
    const A = alignmentOf(C, W, t, r, m);
    if (before && !(symmetricLeast(A.map((a, k) => a - before![k]!), r) > -1e-5 * Math.hypot(...A))) return false; // prettier-ignore
    before = A;
  }
  return true;
});

/** CWᵀ + WCᵀ at point t. */
function alignmentOf(C: Rows, W: ArrayLike<number>, t: number, r: number, m: number): Float64Array {
  const A = new Float64Array(r * r);
  for (let i = 0; i < r; i++) {
    for (let j = 0; j < r; j++) {
      let total = 0;
      for (let k = 0; k < m; k++) total += C[i]![k]! * W[(t * r + j) * m + k]!;
      A[i * r + j]! += total;
      A[j * r + i]! += total;
    }
  }
  return A;
}

/** The singular values of Theorem 3. */
const singularValues = (n: number, r: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => 1 / Math.sqrt(2 * (i < r ? r : n - r)));

/** Theorem 3's error at the stationary point for n = 400, r = 20. */
const separation = workload('separation', 200, (seed) => {
  const [n, r] = [400, 20];
  const sigma = singularValues(n, r);
  const A = take(normals(uniformStream(seed, 'separation')), n * r);
  // ‖QᵀY‖_F² for an orthonormal basis Q of the columns of ΣA is tr((AᵀΣ²A)⁻¹AᵀΣ⁴A), and Σ has two values.
  const [top, rest] = [new Float64Array(r * r), new Float64Array(r * r)];
  transposedProduct(top, A.subarray(0, r * r), A.subarray(0, r * r), r, r, r);
  transposedProduct(rest, A.subarray(r * r), A.subarray(r * r), r, n - r, r);
  const [first, last] = [sigma[0]! ** 2, sigma[n - 1]! ** 2];
  const gram = top.map((x, k) => first * x + last * rest[k]!);
  const weighted = top.map((x, k) => first ** 2 * x + last ** 2 * rest[k]!);
  if (!cholesky(gram, r, n)) return false;
  solveCholesky(gram, weighted, r, r);
  let explained = 0;
  for (let j = 0; j < r; j++) explained += weighted[j * r + j]!;
  return 1 - explained > 0.6;
});

/** Figure 2b: 200 steps of feedback alignment at n = m = 500, r = 50. */
const figure2b = workload('figure-2b', 3, (seed) => {
  const [n, r] = [500, 50];
  const sigma = singularValues(n, r);
  const normal = normals(uniformStream(seed, 'figure 2b'));
  const Y = Array.from({ length: n }, (_, i) => {
    const row = new Array<number>(n).fill(0);
    row[i] = sigma[i]!;
    return row;
  });
  const Z = rowsOf(take(normal, n * r, 1e-3), r);
  const W = rowsOf(take(normal, r * n, 1e-3), n);
  const C = rowsOf(take(normal, r * n), n);
  const path = factorFA.euler({ Y, Z, W, C, eta: 0.1, marks: [0, 200] });
  return Array.from(path.W).every(Number.isFinite);
});

export const FACTORIZATION: readonly Workload[] = [starAlignment, separation, figure2b];
