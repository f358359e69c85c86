import type { Arithmetic } from '../numerics/arithmetic';
import { inverse, matMul, minus, plus, trace, transpose, type Matrix } from '../numerics/matrix';

/**
 * Matrix factorisation Y ≈ ZW with a fixed feedback matrix C, at a point: Y is n×m, Z n×r, W r×m and C r×m, over any kind
 * of number, jets included. From S. Garg and S. Vempala, How and when random feedback works (2022), (1)–(6) and Appendix A.
 * Short and literal on purpose: these lines are what a theorem is judged by.
 */

/** What is given: the target and the feedback matrix. */
export interface Target<N> {
  readonly Y: Matrix<N>;
  readonly C: Matrix<N>;
}

/** Y − ZW, n×m. */
export function errorOf<N>(R: Arithmetic<N>, Y: Matrix<N>, Z: Matrix<N>, W: Matrix<N>): Matrix<N> {
  return minus(R, Y, matMul(R, Z, W));
}

/** ZᵀZ, r×r. */
export function gram<N>(R: Arithmetic<N>, Z: Matrix<N>): Matrix<N> {
  return matMul(R, transpose(Z), Z);
}

/** Where FA* (4) stands at a factor Z of full column rank. */
export interface StarPoint<N> {
  /** (ZᵀZ)⁻¹, r×r. */
  readonly inverted: Matrix<N>;
  /** (ZᵀZ)⁻¹ZᵀY, the best W for Z. */
  readonly W: Matrix<N>;
  /** Y − ZW: what is left of Y when its projection on the columns of Z is taken away. */
  readonly error: Matrix<N>;
  /** (Y − ZW)Cᵀ, n×r: the residual, which is Z'. */
  readonly residual: Matrix<N>;
}

/** FA* at Z. Errors as `inverse`, where Z has not full column rank. */
export function starPoint<N>(R: Arithmetic<N>, { Y, C }: Target<N>, Z: Matrix<N>): StarPoint<N> {
  const inverted = inverse(R, gram(R, Z));
  const W = matMul(R, inverted, transpose(Z), Y);
  const error = errorOf(R, Y, Z, W);
  return { inverted, W, error, residual: matMul(R, error, transpose(C)) };
}

/** Feedback alignment (3): Z' = (Y − ZW)Cᵀ, W' = Zᵀ(Y − ZW). */
export function alignmentField<N>(
  R: Arithmetic<N>,
  { Y, C }: Target<N>,
  Z: Matrix<N>,
  W: Matrix<N>,
): readonly [Matrix<N>, Matrix<N>] {
  const E = errorOf(R, Y, Z, W);
  return [matMul(R, E, transpose(C)), matMul(R, transpose(Z), E)];
}

/** CWᵀ + WCᵀ: the alignment of Section 3. */
export function alignment<N>(R: Arithmetic<N>, C: Matrix<N>, W: Matrix<N>): Matrix<N> {
  return withTranspose(R, matMul(R, C, transpose(W)));
}

/** (ZᵀZ)⁻¹CWᵀ + WCᵀ(ZᵀZ)⁻¹: the alignment of Appendix A. */
export function weightedAlignment<N>(R: Arithmetic<N>, C: Matrix<N>, { inverted, W }: StarPoint<N>): Matrix<N> {
  return withTranspose(R, matMul(R, inverted, C, transpose(W)));
}

/** ‖(Y − ZW)Cᵀ(ZᵀZ)^{−1/2}‖_F²: the loss of Appendix A, as tr(R(ZᵀZ)⁻¹Rᵀ). */
export function weightedLoss<N>(R: Arithmetic<N>, { residual, inverted }: StarPoint<N>): N {
  return trace(R, matMul(R, residual, inverted, transpose(residual)));
}

/** −tr(R A Rᵀ) for the residual R and an alignment A. */
export function minusForms<N>(R: Arithmetic<N>, residual: Matrix<N>, A: Matrix<N>): N {
  return R.neg(trace(R, matMul(R, residual, A, transpose(residual))));
}

const withTranspose = <N>(R: Arithmetic<N>, half: Matrix<N>): Matrix<N> => plus(R, half, transpose(half));
