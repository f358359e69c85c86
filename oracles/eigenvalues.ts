import { frobeniusSquared, matMul, shapeOf, transpose, type Matrix } from '../src/numerics/matrix';
import type { Arithmetic } from '../src/numerics/arithmetic';

/** The smallest and the largest eigenvalue. */
export interface Extremes<N> {
  readonly least: N;
  readonly greatest: N;
}

/**
 * Both eigenvalues of a symmetric matrix of one or two rows, in closed form; its upper triangle is looked at. RangeError for
 * others. NotRepresentable where an arithmetic has no such roots.
 */
export function symmetricEigenvalues<N>(R: Arithmetic<N>, A: Matrix<N>): Extremes<N> {
  const [rows, columns] = shapeOf(A);
  if (rows !== columns || rows > 2) {
    throw new RangeError(`the eigenvalues of a ${rows}×${columns} matrix: expected one of 1×1 or 2×2`);
  }
  const [a, b, d] = [A[0]![0]!, A[0]![1]!, A[1]?.[1]];
  if (d === undefined) return { least: a, greatest: a };
  const middle = R.div(R.add(a, d), 2);
  const squares = R.add(R.power(R.div(R.sub(a, d), 2), 2), R.power(b, 2));
  const radius = R.sign(squares) === 0 ? R.of(0) : R.sqrt(squares);
  return { least: R.sub(middle, radius), greatest: R.add(middle, radius) };
}

/** The largest and the smallest singular value of a matrix whose shorter side is one or two long. Errors as above. */
export function extremeSingularValues<N>(R: Arithmetic<N>, A: Matrix<N>): Extremes<N> {
  const [rows, columns] = shapeOf(A);
  const short = rows <= columns ? A : transpose(A);
  const { least, greatest } = symmetricEigenvalues(R, matMul(R, short, transpose(short)));
  return { least: R.sqrt(least), greatest: R.sqrt(greatest) };
}

/** ‖A‖_F. */
export function frobenius<N>(R: Arithmetic<N>, A: Matrix<N>): N {
  const squares = frobeniusSquared(R, A);
  return R.sign(squares) === 0 ? R.of(0) : R.sqrt(squares);
}
