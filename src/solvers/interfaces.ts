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

/** The weights of a deep linear network along a path, the layer next to the input first: scalar, `layers[l][t]`. */
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

/** The rows of a matrix. */
export type Rows = readonly (readonly number[])[];

/**
 * A linear network ŷ = W_L⋯W_1x of L ≥ 2 layers of any widths: second moments xx = E[xxᵀ], d×d, and xy = E[yxᵀ], o×d,
 * and the weights at the start, the layer next to the input first, W_l of h_l×h_{l−1} with h_0 = d and h_L = o.
 */
export interface MatrixProblem {
  readonly xx: Rows;
  readonly xy: Rows;
  readonly start: readonly Rows[];
}

/** Feedback alignment trains against fixed feedback matrices M_1, …, M_{L−1}, M_l of h_l×o. */
export interface MatrixFeedbackProblem extends MatrixProblem {
  readonly feedback: readonly Rows[];
}

/**
 * Feedback alignment on the linear network with matrix weights. A path holds all entries of each layer, point by point:
 * the entry in row i and column j of W_l at point t is `layers[l − 1][t·h_l·h_{l−1} + i·h_{l−1} + j]`, i and j from 0.
 */
export interface MatrixFeedbackAlignment {
  /** W_l' = M_lE(W_{l−1}⋯W_1)ᵀ with E = Σxy − W_L⋯W_1Σxx and M_L = I. Accuracy wanted: 1e-9 of the largest weight. */
  flow(problem: MatrixFeedbackProblem & Times): LayersPath;
  /** Forward Euler: every layer moves by η times the flow's right-hand side at the old weights. */
  euler(problem: MatrixFeedbackProblem & Steps): LayersPath;
  /**
   * As Euler, but the layers below a layer enter its update by the means of their old and new weights, one mean a layer;
   * the error is that of the old weights.
   */
  midpoint(problem: MatrixFeedbackProblem & Steps): LayersPath;
}

/** Gradient descent on the linear network with matrix weights; paths as for {@link MatrixFeedbackAlignment}. */
export interface MatrixGradientDescent {
  /** W_l' = (W_L⋯W_{l+1})ᵀE(W_{l−1}⋯W_1)ᵀ with E = Σxy − W_L⋯W_1Σxx. Accuracy wanted: 1e-9 of the largest weight. */
  flow(problem: MatrixProblem & Times): LayersPath;
  /** Every layer moves by η times the flow's right-hand side at the old weights. */
  euler(problem: MatrixProblem & Steps): LayersPath;
}

/** Low-rank factorisation Y ≈ ZW of an n×m matrix: both factors at the start, Z of n×r and W of r×m. */
export interface FactorProblem {
  readonly Y: Rows;
  readonly Z: Rows;
  readonly W: Rows;
}

/** Feedback alignment moves Z against a fixed feedback matrix C of r×m. */
export interface FeedbackFactorProblem extends FactorProblem {
  readonly C: Rows;
}

/** FA* has the W that is best for Z, (ZᵀZ)⁻¹ZᵀY, at all times: Z(0) has full column rank, so that r ≤ n. */
export type BestFactorProblem = Omit<FeedbackFactorProblem, 'W'>;

/** Steps of size `eta`, of W of size `etaW` where that is given, and after how many the factors are wanted: from 0 on. */
export interface FactorSteps {
  readonly eta: number;
  readonly etaW?: number;
  /** Whole numbers, increasing, the first one 0. */
  readonly marks: ArrayLike<number>;
}

/** Both factors along a path, row by row, point by point: the entry of Z in row i and column j at point t is `Z[(t·n + i)·r + j]`. */
export interface FactorPath {
  readonly Z: ArrayLike<number>;
  readonly W: ArrayLike<number>;
}

/** Feedback alignment on low-rank factorisation. */
export interface FactorFeedbackAlignment {
  /** Z' = (Y − ZW)Cᵀ, W' = Zᵀ(Y − ZW). Accuracy wanted: 1e-9 of the largest entry. */
  flow(problem: FeedbackFactorProblem & Times): FactorPath;
  /** Both factors move by their step size times the flow's right-hand side at the old factors. */
  euler(problem: FeedbackFactorProblem & FactorSteps): FactorPath;
}

/** FA*: feedback alignment with the W that is best for Z. Both throw {@link SolverError} for a Z(0) of lower rank. */
export interface FactorBestFeedbackAlignment {
  /** Z' = (Y − ZW)Cᵀ, W = (ZᵀZ)⁻¹ZᵀY. Accuracy wanted: 1e-9 of the largest entry. */
  flow(problem: BestFactorProblem & Times): FactorPath;
  /** Z moves by η times the flow's right-hand side at the old Z; W follows it. */
  euler(problem: BestFactorProblem & Omit<FactorSteps, 'etaW'>): FactorPath;
}

/** Gradient descent on ½‖Y − ZW‖_F². */
export interface FactorGradientDescent {
  /** Z' = (Y − ZW)Wᵀ, W' = Zᵀ(Y − ZW). Accuracy wanted: 1e-9 of the largest entry. */
  flow(problem: FactorProblem & Times): FactorPath;
  /** Both factors move by their step size times the flow's right-hand side at the old factors. */
  euler(problem: FactorProblem & FactorSteps): FactorPath;
}

/**
 * The layer of infinite depth Z = σ(γZA + σ(XW)), σ the ReLU, at its fixed point: inputs X of N×d, weights W of d×m and A of
 * m×m, a scalar γ > 0.
 */
export interface ImplicitLayer {
  readonly X: Rows;
  readonly W: Rows;
  readonly A: Rows;
  readonly gamma: number;
}

/** The layer, m weights b of the output ŷ = Zb, and N targets y: the loss is ½‖Zb − y‖². */
export interface ImplicitProblem extends ImplicitLayer {
  readonly b: readonly number[];
  readonly y: readonly number[];
}

/** Outputs of the layer, N×m, row by row, point by point: the entry in row i and column j at point t is `Z[(t·N + i)·m + j]`. */
export interface ImplicitOutputs {
  readonly Z: ArrayLike<number>;
}

/** Derivatives by the weights, or the weights, row by row: W of d×m, A of m×m, b of m. */
export interface ImplicitWeights {
  readonly W: ArrayLike<number>;
  readonly A: ArrayLike<number>;
  readonly b: ArrayLike<number>;
}

/** The implicit ReLU network and its training; σ'(0) = 0. All but `iterates` throw {@link SolverError} without a fixed point. */
export interface ImplicitReLU {
  /** Z⁰ = 0 and Z^{l+1} = σ(γZ^lA + σ(XW)), at `steps + 1` points. */
  iterates(problem: ImplicitLayer & Pick<Steps, 'steps'>): ImplicitOutputs;
  /** The fixed point. Accuracy wanted: 1e-9 of its largest entry. */
  equilibrium(problem: ImplicitLayer): ImplicitOutputs;
  /** The gradient of the loss at one point. Accuracy wanted: 1e-9 of the largest entry of each. */
  gradients(problem: ImplicitProblem): ImplicitWeights;
  /** Gradient descent: all weights move by −η times the gradient. Weights and fixed points at `steps + 1` points. */
  descend(problem: ImplicitProblem & Steps): ImplicitWeights & ImplicitOutputs;
  /**
   * Gradient flow, restarted where a unit is switched. Accuracy wanted: 1e-9 of the largest entry of each. Throws
   * {@link NoPath} where a unit is driven back to its kink from both sides.
   */
  flow(problem: ImplicitProblem & Times): ImplicitWeights & ImplicitOutputs;
}

/** Full-batch training of the implicit network, with data that it is not trained on. */
export interface ImplicitTrainingProblem extends ImplicitProblem {
  readonly unseen: { readonly X: Rows; readonly y: readonly number[] };
  /** The step size, and how many steps are made. */
  readonly eta: number;
  readonly epochs: number;
  /** The layer is applied until ‖Z^{l+1} − Z^l‖_F is at most `tolerance`, or `mostIterations` times. */
  readonly tolerance: number;
  readonly mostIterations: number;
  /** Every so many epochs, from the start on, the loss on unseen data and ‖A‖ are wanted. */
  readonly every: number;
  /**
   * Training ends at a loss above this, or one that is no number: from there on this is given for both losses, `mostIterations`
   * for the iterations, and the last norm for ‖A‖.
   */
  readonly stopAbove: number;
}

/** What is seen in training; `loss` and `iterations` at `epochs + 1` points, the others at every `every`-th of these. */
export interface ImplicitTrainingRecord {
  readonly loss: ArrayLike<number>;
  /** How many times the layer was applied, from Z⁰ = 0 on. */
  readonly iterations: ArrayLike<number>;
  readonly unseenLoss: ArrayLike<number>;
  /** ‖A‖, from below. */
  readonly operatorNorm: ArrayLike<number>;
}

/** Training of the implicit ReLU network at the sizes of experiments; σ'(0) = 0. */
export interface ImplicitTraining {
  /** All weights move by −η times the gradient (7)–(9) at the outputs that the forward iteration ended with. */
  descend(problem: ImplicitTrainingProblem): ImplicitTrainingRecord;
}

/** Every solver there is, by family. */
export interface Solvers {
  readonly scalarFA: ScalarFeedbackAlignment;
  readonly scalarGD: ScalarGradientDescent;
  readonly deepScalarFA: DeepScalarFeedbackAlignment;
  readonly matrixFA: MatrixFeedbackAlignment;
  readonly matrixGD: MatrixGradientDescent;
  readonly factorFA: FactorFeedbackAlignment;
  readonly factorFAStar: FactorBestFeedbackAlignment;
  readonly factorGD: FactorGradientDescent;
  readonly implicitReLU: ImplicitReLU;
  readonly implicitTraining: ImplicitTraining;
}

/** One function of one family, as `family.function`. */
export type SolverName =
  | 'scalarFA.flow'
  | 'scalarFA.euler'
  | 'scalarFA.midpoint'
  | 'scalarGD.flow'
  | 'deepScalarFA.flow'
  | 'deepScalarFA.midpoint'
  | 'matrixFA.flow'
  | 'matrixFA.euler'
  | 'matrixFA.midpoint'
  | 'matrixGD.flow'
  | 'matrixGD.euler'
  | 'factorFA.flow'
  | 'factorFA.euler'
  | 'factorFAStar.flow'
  | 'factorFAStar.euler'
  | 'factorGD.flow'
  | 'factorGD.euler'
  | 'implicitReLU.iterates'
  | 'implicitReLU.equilibrium'
  | 'implicitReLU.gradients'
  | 'implicitReLU.descend'
  | 'implicitReLU.flow'
  | 'implicitTraining.descend';

/** There is no path to return: a flow that is not defined, say. No failure where the definition has none either. */
export class NoPath extends Error {
  override readonly name = 'NoPath';
}

/** A solver returned something that is no path, or threw. */
export class SolverError extends Error {
  override readonly name = 'SolverError';
}
