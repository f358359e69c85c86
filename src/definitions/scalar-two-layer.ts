import type { Arithmetic } from '../numerics/arithmetic';

/**
 * The scalar two-layer linear network as the paper on deep linear networks defines it, over any kind of number.
 * Short and literal on purpose: these lines are what a theorem is judged by.
 */

/** The weights of both layers along a path, the start first. */
export interface WeightPath<N> {
  readonly w1: readonly N[];
  readonly w2: readonly N[];
}

/** The feedback-alignment flow, (35)–(36): the derivative of (w1, w2). */
export function feedbackAlignmentField<N>(
  R: Arithmetic<N>,
  { lambda, d }: { readonly lambda: N; readonly d: N },
  [w1, w2]: readonly [N, N],
): readonly [N, N] {
  const error = R.sub(lambda, R.mul(w2, w1));
  return [R.mul(d, error), R.mul(error, w1)];
}

/** The gradient flow of (λ − w2w1)²/2: feedback alignment with w2 in the place of the feedback weight. */
export function gradientField<N>(
  R: Arithmetic<N>,
  { lambda }: { readonly lambda: N },
  [w1, w2]: readonly [N, N],
): readonly [N, N] {
  const error = R.sub(lambda, R.mul(w2, w1));
  return [R.mul(error, w2), R.mul(error, w1)];
}

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
