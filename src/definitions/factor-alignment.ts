import type { Arithmetic } from '../numerics/arithmetic';
import { constantMatrix, jets, onFlow, type Jet, type Jets } from '../numerics/jet';
import { inverse, matMul, plus, trace, transpose, type Matrix } from '../numerics/matrix';
import { gram, remainder, type Target } from './factorization';

/**
 * What the proofs about factorisation Y ≈ ZW with a fixed feedback matrix C look at, at a point: Y is n×m, Z n×r, W r×m and C r×m, over any kind
 * of number, jets included. From S. Garg and S. Vempala, How and when random feedback works (2022), (1)–(6) and Appendix A.
 * Short and literal on purpose: these lines are what a theorem is judged by.
 */

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
  const error = remainder(R, Y, { Z, W });
  return { inverted, W, error, residual: matMul(R, error, transpose(C)) };
}

/** Where FA* stands while Z moves along it: in jets of first order, whose arithmetic comes with it. */
export function starInMotion<N>(
  R: Arithmetic<N>,
  { Y, C }: Target<N>,
  Z: Matrix<N>,
): readonly [Jets<N>, StarPoint<Jet<N>>] {
  const J = jets(R, 1);
  const target = { Y: constantMatrix(Y), C: constantMatrix(C) };
  const [path] = onFlow(J, [Z], ([X]) => [starPoint(J, target, X!).residual]);
  return [J, starPoint(J, target, path!)];
}

/** CWᵀ + WCᵀ: the alignment of Section 3. */
export function alignment<N>(R: Arithmetic<N>, C: Matrix<N>, W: Matrix<N>): Matrix<N> {
  return withTranspose(R, matMul(R, C, transpose(W)));
}

/** (ZᵀZ)⁻¹CWᵀ + WCᵀ(ZᵀZ)⁻¹: the alignment of Appendix A. */
export function weightedAlignment<N>(
  R: Arithmetic<N>,
  C: Matrix<N>,
  { inverted, W }: Pick<StarPoint<N>, 'inverted' | 'W'>,
): Matrix<N> {
  return withTranspose(R, matMul(R, inverted, C, transpose(W)));
}

/** ‖(Y − ZW)Cᵀ(ZᵀZ)^{−1/2}‖_F²: the loss of Appendix A, as tr(R(ZᵀZ)⁻¹Rᵀ). */
export function weightedLoss<N>(
  R: Arithmetic<N>,
  { residual, inverted }: Pick<StarPoint<N>, 'residual' | 'inverted'>,
): N {
  return trace(R, matMul(R, residual, inverted, transpose(residual)));
}

/** −tr(R A Rᵀ) for the residual R and an alignment A. */
export function minusForms<N>(R: Arithmetic<N>, residual: Matrix<N>, A: Matrix<N>): N {
  return R.neg(trace(R, matMul(R, residual, A, transpose(residual))));
}

const withTranspose = <N>(R: Arithmetic<N>, half: Matrix<N>): Matrix<N> => plus(R, half, transpose(half));
