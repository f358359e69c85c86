import type { Arithmetic, Real } from '../numerics/arithmetic';
import { flowPath, nearest } from './flow';

/**
 * The scalar two-layer linear network as the paper on deep linear networks defines it, over any kind of number.
 * Short and literal on purpose: these lines are what a theorem is judged by.
 */

/** The weights of both layers along a path, the start first. */
export interface WeightPath<N> {
  readonly w1: readonly N[];
  readonly w2: readonly N[];
}

/** What a flow is given: the signal λ and the weights at time 0. */
export interface Start<N> {
  readonly lambda: N;
  readonly w1: N;
  readonly w2: N;
}

/** Feedback alignment: also the feedback weight d. */
export interface FeedbackStart<N> extends Start<N> {
  readonly d: N;
}

/** The aligned start (7): θ1(0) = θ₀ and θ2(0) = θ₀²/(2d), on the parabola that ends at θ1 = (2dλ)^{1/3}. */
export function startAligned<N>(R: Arithmetic<N>, lambda: N | Real, d: N, theta0: N): FeedbackStart<N> {
  return { lambda: R.of(lambda), d, w1: theta0, w2: R.div(R.power(theta0, 2), R.mul(2, d)) };
}

/** Zero weights. */
export function startAtZero<N>(R: Arithmetic<N>, lambda: N, d: N): FeedbackStart<N> {
  return { lambda, d, w1: R.of(0), w2: R.of(0) };
}

/** The feedback-alignment flow, (35)–(36): the derivative of (w1, w2). */
export function feedbackAlignmentField<N>(
  R: Arithmetic<N>,
  { lambda, d }: { readonly lambda: N | Real; readonly d: N | Real },
  [w1, w2]: readonly [N, N],
): readonly [N, N] {
  const error = R.sub(lambda, R.mul(w2, w1));
  return [R.mul(d, error), R.mul(error, w1)];
}

/** The gradient flow of (λ − w2w1)²/2: feedback alignment with w2 in the place of the feedback weight. */
export function gradientField<N>(
  R: Arithmetic<N>,
  { lambda }: { readonly lambda: N | Real },
  [w1, w2]: readonly [N, N],
): readonly [N, N] {
  const error = R.sub(lambda, R.mul(w2, w1));
  return [R.mul(error, w2), R.mul(error, w1)];
}

/** The feedback-alignment flow from its start at `times`, confirmed by two integrators (see {@link flowPath}). */
export function feedbackAlignmentFlow<N>(
  R: Arithmetic<N>,
  { lambda, d, w1, w2 }: FeedbackStart<N>,
  times: ArrayLike<number>,
): WeightPath<N> {
  const problem = { lambda: nearest(R, lambda), d: nearest(R, d) };
  return weights(flowPath(R, (D, [x, y]) => feedbackAlignmentField(D, problem, [x!, y!]), [w1, w2], times));
}

/** The gradient flow from its start at `times`, confirmed by two integrators. */
export function gradientFlow<N>(
  R: Arithmetic<N>,
  { lambda, w1, w2 }: Start<N>,
  times: ArrayLike<number>,
): WeightPath<N> {
  const problem = { lambda: nearest(R, lambda) };
  return weights(flowPath(R, (D, [x, y]) => gradientField(D, problem, [x!, y!]), [w1, w2], times));
}

const weights = <N>([w1, w2]: readonly (readonly N[])[]): WeightPath<N> => ({ w1: w1!, w2: w2! });

/** What a discrete scheme is given: signal, feedback weight, step size. */
export interface Scheme<N> {
  readonly lambda: N;
  readonly d: N;
  readonly eta: N;
}

/** The midpoint scheme, (26)–(27) or (115)–(116), from zero weights: `steps` steps. */
export function midpointFromZero<N>(R: Arithmetic<N>, { lambda, d, eta }: Scheme<N>, steps: number): WeightPath<N> {
  const w1 = [R.of(0)];
  const w2 = [R.of(0)];
  const half = R.div(eta, 2);
  for (let t = 0; t < steps; t++) {
    const error = R.sub(lambda, R.mul(w1[t]!, w2[t]!));
    w1.push(R.add(w1[t]!, R.mul(eta, d, error)));
    w2.push(R.add(w2[t]!, R.mul(half, error, R.add(w1[t + 1]!, w1[t]!))));
  }
  return { w1, w2 };
}

/** Forward Euler, (22)–(23), from zero weights: `steps` steps. */
export function eulerFromZero<N>(R: Arithmetic<N>, { lambda, d, eta }: Scheme<N>, steps: number): WeightPath<N> {
  const w1 = [R.of(0)];
  const w2 = [R.of(0)];
  for (let t = 0; t < steps; t++) {
    const error = R.sub(lambda, R.mul(w2[t]!, w1[t]!));
    w1.push(R.add(w1[t]!, R.mul(eta, d, error)));
    w2.push(R.add(w2[t]!, R.mul(eta, error, w1[t]!)));
  }
  return { w1, w2 };
}
