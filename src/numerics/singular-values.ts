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

/** Unit roundoff. */
const U = 2 ** -53;

/**
 * The singular values, the largest first, and how far from them the true ones are at most: the residual ‖A − UΣVᵀ‖_F, what U and V
 * lack of orthonormal columns times the largest, and the rounding of finding both. So the algorithm need not be trusted; where
 * it went wrong, the error is that large.
 */
export function singularValueBounds(rows: readonly (readonly number[])[]): {
  readonly values: readonly number[];
  readonly error: number;
} {
  const A = new Matrix(rows.map((row) => [...row]));
  const svd = new SingularValueDecomposition(A, { autoTranspose: true });
  const values = svd.diagonal;
  const k = values.length;
  const [left, right] = [svd.leftSingularVectors, svd.rightSingularVectors].map((vectors) =>
    vectors.subMatrix(0, vectors.rows - 1, 0, k - 1),
  ) as [Matrix, Matrix];
  const residual = Matrix.sub(A, left.mmul(Matrix.diag(values)).mmul(right.transpose())).norm('frobenius');
  const defect = (vectors: Matrix): number =>
    Matrix.sub(vectors.transpose().mmul(vectors), Matrix.eye(k)).norm('frobenius');
  const [ofLeft, ofRight] = [defect(left), defect(right)];
  const long = Math.max(A.rows, A.columns);
  const rounding = 8 * (long + 3) * k * U * (A.norm('frobenius') + values[0]! * k);
  return { values, error: residual + values[0]! * (ofLeft + ofRight + ofLeft * ofRight) + rounding };
}
