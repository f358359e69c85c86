import { EigenvalueDecomposition, Matrix as DenseMatrix } from 'ml-matrix';
import { NotRepresentable, type Arithmetic } from './arithmetic';
import { dot, frobeniusSquared, inverse, matMul, matVec, shapeOf, transpose, type Matrix } from './matrix';

/** The smallest and the largest eigenvalue. */
export interface Extremes<N> {
  readonly least: N;
  readonly greatest: N;
}

/**
 * The extreme eigenvalues of a symmetric matrix; its upper triangle is looked at. Of one or two rows in closed form: errors as
 * its roots have, NotRepresentable among them. Of more rows, over balls, an enclosure a few units of the fifteenth digit of the
 * largest entry wide: from below by Rayleigh's quotient of vectors V found in doubles, from above by Gershgorin's discs of
 * V⁻¹AV. Doubles give the values as they are found; exact arithmetics refuse with NotRepresentable. RangeError unless A is square.
 */
export function symmetricEigenvalues<N>(R: Arithmetic<N>, A: Matrix<N>): Extremes<N> {
  const [rows, columns] = shapeOf(A);
  if (rows !== columns) throw new RangeError(`the eigenvalues of a ${rows}×${columns} matrix: expected a square one`);
  if (rows > 2) return enclosedEigenvalues(R, A);
  const [a, b, d] = [A[0]![0]!, A[0]![1]!, A[1]?.[1]];
  if (d === undefined) return { least: a, greatest: a };
  const middle = R.div(R.add(a, d), 2);
  const squares = R.add(R.power(R.div(R.sub(a, d), 2), 2), R.power(b, 2));
  const radius = R.sign(squares) === 0 ? R.of(0) : R.sqrt(squares);
  return { least: R.sub(middle, radius), greatest: R.add(middle, radius) };
}

function enclosedEigenvalues<N>(R: Arithmetic<N>, upper: Matrix<N>): Extremes<N> {
  if (R.kind !== 'balls' && R.kind !== 'doubles') {
    throw new NotRepresentable(`the eigenvalues of a matrix of ${upper.length} rows over ${R.name}`);
  }
  const A = upper.map((row, i) => row.map((x, j) => (i <= j ? x : upper[j]![i]!)));
  const near = A.map((row) => row.map((x) => R.approximate(x)));
  const found = new EigenvalueDecomposition(new DenseMatrix(near), { assumeSymmetric: true });
  if (R.kind === 'doubles') {
    const values = found.realEigenvalues;
    return { least: R.of(Math.min(...values)), greatest: R.of(Math.max(...values)) };
  }
  const V = found.eigenvectorMatrix.to2DArray().map((row) => row.map((x) => R.of(x)));
  const discs = matMul(R, inverse(R, V), A, V).map((row, i) => {
    const radius = R.add(...row.map((x, j) => (i === j ? R.of(0) : R.abs(x))));
    return [R.enclosure(R.sub(row[i]!, radius)).lower, R.enclosure(R.add(row[i]!, radius)).upper] as const;
  });
  const quotients = transpose(V).map((v) => R.enclosure(R.div(dot(R, v, matVec(R, A, v)), dot(R, v, v))));
  return {
    least: hull(R, Math.min(...discs.map(([low]) => low)), Math.min(...quotients.map(({ upper: high }) => high))),
    greatest: hull(R, Math.max(...quotients.map(({ lower }) => lower)), Math.max(...discs.map(([, high]) => high))),
  };
}

/** All numbers between two doubles. */
function hull<N>(R: Arithmetic<N>, low: number, high: number): N {
  return R.add(R.of(low), R.mul(R.sub(high, low), R.around(0.5, 0.5)));
}

/**
 * The largest and the smallest singular value: of as many as the shorter side is long, so that the smallest of a wide matrix
 * is the root of the smallest eigenvalue of AAᵀ. Errors as above.
 */
export function extremeSingularValues<N>(R: Arithmetic<N>, A: Matrix<N>): Extremes<N> {
  const [rows, columns] = shapeOf(A);
  const short = rows <= columns ? A : transpose(A);
  const { least, greatest } = symmetricEigenvalues(R, matMul(R, short, transpose(short)));
  return { least: rootOfSquare(R, least), greatest: rootOfSquare(R, greatest) };
}

/** ‖A‖₂. */
export function operatorNorm<N>(R: Arithmetic<N>, A: Matrix<N>): N {
  return extremeSingularValues(R, A).greatest;
}

/** The root of a number that is no less than 0, whatever an enclosure of it says. */
export function rootOfSquare<N>(R: Arithmetic<N>, x: N): N {
  if (R.sign(x) === 0) return R.of(0);
  const { lower, upper } = R.enclosure(x);
  return lower >= 0 ? R.sqrt(x) : hull(R, 0, Math.sqrt(Math.max(0, upper)) * (1 + 2 ** -50));
}

/** ‖A‖_F. */
export function frobenius<N>(R: Arithmetic<N>, A: Matrix<N>): N {
  const squares = frobeniusSquared(R, A);
  return R.sign(squares) === 0 ? R.of(0) : R.sqrt(squares);
}
