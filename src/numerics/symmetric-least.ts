import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** The smallest eigenvalue of a symmetric n×n matrix, by rows, in doubles: for experiments and benchmarks; nothing is proved of it. */
export function symmetricLeast(A: ArrayLike<number>, n: number): number {
  const rows = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_x, j) => A[i * n + j]!));
  return Math.min(...new EigenvalueDecomposition(new Matrix(rows), { assumeSymmetric: true }).realEigenvalues);
}
