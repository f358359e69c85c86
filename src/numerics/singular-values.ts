import { Matrix, SingularValueDecomposition } from 'ml-matrix';

/**
 * The singular values of a matrix of doubles, the largest first, by ml-matrix: for pictures and experiments, which are
 * observed in doubles. Nothing is proved of their error; entries below 1e-150 of the largest may be wrong.
 */
export function singularValues(rows: readonly (readonly number[])[]): readonly number[] {
  const matrix = new Matrix(rows.map((row) => [...row]));
  return new SingularValueDecomposition(matrix, {
    computeLeftSingularVectors: false,
    computeRightSingularVectors: false,
    autoTranspose: true,
  }).diagonal;
}

/** The trace norm: the sum of the singular values. */
export function traceNorm(rows: readonly (readonly number[])[]): number {
  return singularValues(rows).reduce((sum, value) => sum + value, 0);
}
