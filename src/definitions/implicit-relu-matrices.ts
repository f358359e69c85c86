import type { Arithmetic } from '../numerics/arithmetic';
import {
  identity,
  inverse,
  kronecker,
  matMul,
  matrixOf,
  matVec,
  minus,
  plus,
  scale,
  shapeOf,
  transpose,
  vec,
  type Matrix,
} from '../numerics/matrix';
import { equilibrium, preactivation, residual, slopes, type Layer, type Network, type Weights } from './implicit-relu';

/**
 * The matrices of Lemmas 3.2 and 4.1, of Nm rows and columns, as they are printed: vec takes a matrix column by column. The
 * gradients made of them are independent of those in implicit-relu.ts.
 */

/** At the fixed point Z of N×m: D, E and Q are Nm×Nm. */
export interface Linearization<N> {
  readonly Z: Matrix<N>;
  readonly D: Matrix<N>;
  readonly E: Matrix<N>;
  /** I − γD(Aᵀ ⊗ I). */
  readonly Q: Matrix<N>;
  readonly Qinverse: Matrix<N>;
}

/** At the fixed point; errors as {@link equilibrium} and {@link slopes}, OutOfDomain for a singular Q. */
export function linearization<N>(R: Arithmetic<N>, layer: Layer<N>): Linearization<N> {
  const Z = equilibrium(R, layer);
  const D = diagonalOfVec(R, slopes(R, preactivation(R, layer, Z)));
  const E = diagonalOfVec(R, slopes(R, matMul(R, layer.X, layer.W)));
  const Q = qOf(R, layer, D);
  return { Z, D, E, Q, Qinverse: inverse(R, Q) };
}

/** Q = I − γD(Aᵀ ⊗ I) for any diagonal D of Nm×Nm. */
export function qOf<N>(R: Arithmetic<N>, { X, A, gamma }: Layer<N>, D: Matrix<N>): Matrix<N> {
  const wide = kronecker(R, transpose(A), identity(R, X.length));
  return minus(R, identity(R, D.length), scale(R, gamma, matMul(R, D, wide)));
}

/** diag(vec(A)). */
export function diagonalOfVec<N>(R: Arithmetic<N>, A: Matrix<N>): Matrix<N> {
  const entries = vec(A);
  return matrixOf(entries.length, entries.length, (i, j) => (i === j ? entries[i]! : R.of(0)));
}

/** The matrices (12) and (13), which take changes of vec(A) and of vec(W) to changes of ŷ, and the Gram matrix (11). */
export function gramMatrices<N>(R: Arithmetic<N>, network: Network<N>, at = linearization(R, network)) {
  const { Z, D, E, Qinverse } = at;
  const { X, A, b, gamma } = network;
  const [m] = shapeOf(A);
  const out = matMul(R, kronecker(R, [b], identity(R, X.length)), Qinverse, D);
  const M = scale(R, gamma, matMul(R, out, kronecker(R, identity(R, m), Z)));
  const Pi = matMul(R, out, E, kronecker(R, identity(R, m), X));
  const H = plus(R, ...[Z, M, Pi].map((B) => matMul(R, B, transpose(B))) as [Matrix<N>, Matrix<N>, Matrix<N>]); // prettier-ignore
  return { M, Pi, H };
}

/** The gradient (7)–(9) of the loss, by the formulas as they are printed. */
export function printedGradients<N>(R: Arithmetic<N>, network: Network<N>, at = linearization(R, network)): Weights<N> {
  const { M, Pi } = gramMatrices(R, network, at);
  const r = residual(R, network, at.Z);
  const [d, m] = shapeOf(network.W);
  return {
    W: unvec(matVec(R, transpose(Pi), r), d, m),
    A: unvec(matVec(R, transpose(M), r), m, m),
    b: matVec(R, transpose(at.Z), r),
  };
}

/** The matrix of so many rows and columns whose columns are one below the other in `entries`. */
export function unvec<T>(entries: readonly T[], rows: number, columns: number): Matrix<T> {
  return matrixOf(rows, columns, (i, j) => entries[j * rows + i]!);
}
