/**
 * The interfaces a solver can fill, one a family. Another implementation of any of these functions can be put in the
 * place of ours (see the README, "check your own solver"). Everything here is in doubles; a path of `steps` steps
 * holds `steps + 1` points, the start first.
 */

/** The weights of a scalar two-layer linear network along a path: the product `w2[t]·w1[t]` is what the network computes. */
export interface ScalarPath {
  readonly w1: ArrayLike<number>;
  readonly w2: ArrayLike<number>;
}

/** The scalar problem: a signal λ (any sign) and where the weights start. */
export interface ScalarStart {
  readonly lambda: number;
  readonly w1: number;
  readonly w2: number;
}

/** Feedback alignment trains against a fixed feedback weight d ≠ 0. */
export interface FeedbackProblem extends ScalarStart {
  readonly d: number;
}

/** A discrete scheme: step size η > 0, number of steps ≥ 0. */
export interface Steps {
  readonly eta: number;
  readonly steps: number;
}

/** A flow: the times at which its path is wanted, increasing, the first one 0. */
export interface Times {
  readonly times: ArrayLike<number>;
}

/** Feedback alignment on the scalar two-layer linear network, with feedback weight d. */
export interface ScalarFeedbackAlignment {
  /** w1' = d(λ − w2w1), w2' = (λ − w2w1)w1. Accuracy wanted: 1e-9 of the largest weight. */
  flow(problem: FeedbackProblem & Times): ScalarPath;
  /** Forward Euler: both layers move by η times the flow's right-hand side at the old weights. */
  euler(problem: FeedbackProblem & Steps): ScalarPath;
  /** As Euler, but the second layer's right-hand side uses the mean of the old and the new first layer. */
  midpoint(problem: FeedbackProblem & Steps): ScalarPath;
}

/** Gradient descent on the scalar two-layer linear network. */
export interface ScalarGradientDescent {
  /** w1' = (λ − w2w1)w2, w2' = (λ − w2w1)w1. Accuracy wanted: 1e-9 of the largest weight. */
  flow(problem: ScalarStart & Times): ScalarPath;
}

/** The weights of a deep scalar linear network along a path: `layers[l][t]`, the layer next to the input first. */
export interface LayersPath {
  readonly layers: readonly ArrayLike<number>[];
}

/**
 * Feedback alignment on a scalar linear network of L ≥ 2 layers: the signal λ (any sign), the L weights at the start, and
 * the feedback weights d_1, …, d_{L−1} ≠ 0 of all layers but the last, whose feedback weight is 1.
 */
export interface DeepFeedbackProblem {
  readonly lambda: number;
  readonly d: readonly number[];
  readonly start: readonly number[];
}

/** Feedback alignment on the deep scalar linear network. */
export interface DeepScalarFeedbackAlignment {
  /** θ_l' = d_l(λ − θ_L⋯θ_1)θ_{l−1}⋯θ_1. Accuracy wanted: 1e-9 of the largest size each weight has had so far. */
  flow(problem: DeepFeedbackProblem & Times): LayersPath;
  /**
   * As the flow's Euler step, but the layers below a layer enter its update by the means of their old and new weights,
   * one mean a layer; the error is that of the old weights.
   */
  midpoint(problem: DeepFeedbackProblem & Steps): LayersPath;
}

/** Every solver there is, by family. */
export interface Solvers {
  readonly scalarFA: ScalarFeedbackAlignment;
  readonly scalarGD: ScalarGradientDescent;
  readonly deepScalarFA: DeepScalarFeedbackAlignment;
}

/** One function of one family, as `family.function`. */
export type SolverName =
  | 'scalarFA.flow'
  | 'scalarFA.euler'
  | 'scalarFA.midpoint'
  | 'scalarGD.flow'
  | 'deepScalarFA.flow'
  | 'deepScalarFA.midpoint';

/** A solver returned something that is no path, or threw. */
export class SolverError extends Error {
  override readonly name = 'SolverError';
}
