import type { Arithmetic } from '../numerics/arithmetic';
import { matMul, matVec, matrixOf, outer, plus, scale, shapeOf, transpose, type Matrix } from '../numerics/matrix';
import type { Layers, Moments } from './matrix-linear';

/**
 * A linear network on a finite data set, sample by sample: the loss, and one step of backpropagation, of feedback
 * alignment and of direct feedback alignment as Section 1 of the paper on deep linear networks states them. Samples are
 * the columns of two matrices.
 */
export interface DataSet<N> {
  /** d×n. */
  readonly X: Matrix<N>;
  /** o×n. */
  readonly Y: Matrix<N>;
}

/** The second moments of the data set as a distribution: Σxx = XXᵀ/n and Σxy = YXᵀ/n. */
export function momentsOf<N>(R: Arithmetic<N>, { X, Y }: DataSet<N>): Moments<N> {
  const share = R.div(1, X[0]!.length);
  const Xt = transpose(X);
  return { xx: scale(R, share, matMul(R, X, Xt)), xy: scale(R, share, matMul(R, Y, Xt)) };
}

/** The mean over the samples of ½‖y − ŷ‖², ŷ = W_L⋯W_1x. */
export function lossOn<N>(R: Arithmetic<N>, { X, Y }: DataSet<N>, weights: Layers<N>): N {
  const errors = transpose(X).flatMap((x, sample) => {
    const output = weights.reduce((h, W) => matVec(R, W, h), x);
    return output.map((value, i) => R.power(R.sub(Y[i]![sample]!, value), 2));
  });
  return R.div(R.add(...errors), 2 * X[0]!.length);
}

/**
 * The derivative of the loss by every entry of layer `l`, counted from 0: (loss with the entry one more − loss with it one
 * less)/2, which is exact, as the loss is a polynomial of degree 2 in each entry.
 */
export function lossDerivative<N>(R: Arithmetic<N>, data: DataSet<N>, weights: Layers<N>, l: number): Matrix<N> {
  const [rows, columns] = shapeOf(weights[l]!);
  return matrixOf(rows, columns, (i, j) => {
    const moved = (by: number): N =>
      lossOn(
        R,
        data,
        weights.map((W, k) =>
          k === l ? W.map((row, a) => row.map((w, b) => (a === i && b === j ? R.add(w, by) : w))) : W,
        ),
      );
    return R.div(R.sub(moved(1), moved(-1)), 2);
  });
}

/** How the errors δa_1, …, δa_L of all layers follow from e = ŷ − y. */
type Backward<N> = (error: readonly N[]) => readonly (readonly N[])[];

/** Errors that pass from layer to layer, δa_L = e and δa_l = B_lδa_{l+1}: B_l = W_{l+1}ᵀ in (1), the feedback matrix in (2). */
export function throughLayers<N>(R: Arithmetic<N>, matrices: Layers<N>): Backward<N> {
  return (error) =>
    [...matrices]
      .reverse()
      .reduce<readonly (readonly N[])[]>((above, B) => [matVec(R, B, above[0]!), ...above], [error]);
}

/** Errors handed to every layer directly: δa_l = M_le, δa_L = e. */
export function direct<N>(R: Arithmetic<N>, matrices: Layers<N>): Backward<N> {
  return (error) => [...matrices.map((M) => matVec(R, M, error)), error];
}

/** The step of every layer for step size 1, the mean over the samples of −δa_l h_{l−1}ᵀ. */
export function meanStep<N>(
  R: Arithmetic<N>,
  { X, Y }: DataSet<N>,
  weights: Layers<N>,
  backward: Backward<N>,
): Layers<N> {
  const samples = transpose(X).map((x, sample) => {
    const states = [x];
    for (const W of weights) states.push(matVec(R, W, states.at(-1)!));
    const error = states.at(-1)!.map((output, i) => R.sub(output, Y[i]![sample]!));
    return backward(error).map((delta, l) => outer(R, delta, states[l]!));
  });
  return weights.map((_W, l) => {
    const [first, ...others] = samples.map((steps) => steps[l]!);
    return scale(R, R.div(-1, samples.length), others.length > 0 ? plus(R, first!, ...others) : first!);
  });
}

/** The feedback matrices of backpropagation: W_2ᵀ, …, W_Lᵀ. */
export function transposesAbove<N>(weights: Layers<N>): Layers<N> {
  return weights.slice(1).map((W) => transpose(W));
}
