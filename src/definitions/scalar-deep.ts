import type { Arithmetic } from '../numerics/arithmetic';
import { flowPath, nearest } from './flow';

/**
 * The scalar linear network of L layers as the paper on deep linear networks defines it, over any kind of number. Layers
 * are counted from the input; lists of weights and of layers hold the first layer first. Short and literal on purpose.
 */

/** The signal λ and the feedback weights d_1, …, d_{L−1}; the last layer's is 1. */
export interface DeepSystem<N> {
  readonly lambda: N;
  readonly d: readonly N[];
}

/** λ − θ_L⋯θ_1. */
export function deepError<N>(R: Arithmetic<N>, lambda: N, weights: readonly N[]): N {
  return R.sub(lambda, R.mul(...weights));
}

/** The feedback-alignment flow, (10) or (77)–(81): the derivatives d_l(λ − θ_L⋯θ_1)θ_{l−1}⋯θ_1 of all layers. */
export function deepField<N>(R: Arithmetic<N>, { lambda, d }: DeepSystem<N>, weights: readonly N[]): readonly N[] {
  const error = deepError(R, lambda, weights);
  return weights.map((_weight, l) => R.mul(d[l] ?? 1, error, ...weights.slice(0, l)));
}

/** The flow from `start` at `times`, an array a layer, confirmed by two integrators (see {@link flowPath}). */
export function deepFlow<N>(
  R: Arithmetic<N>,
  { lambda, d }: DeepSystem<N>,
  start: readonly N[],
  times: ArrayLike<number>,
): readonly (readonly N[])[] {
  const system = { lambda: nearest(R, lambda), d: d.map((x) => nearest(R, x)) };
  return flowPath(R, (D, weights) => deepField(D, system, weights), start, times);
}

/**
 * One step of the midpoint scheme, (128)–(132): θ_l^{t+1} = θ_l^t + ηd_l θ_{l−1}^{t+1/2}⋯θ_1^{t+1/2}(λ − θ_L^t⋯θ_1^t) with
 * θ_j^{t+1/2} = (θ_j^{t+1} + θ_j^t)/2, from the first layer up.
 */
export function deepMidpointStep<N>(
  R: Arithmetic<N>,
  { lambda, d }: DeepSystem<N>,
  eta: N,
  weights: readonly N[],
): readonly N[] {
  const error = deepError(R, lambda, weights);
  const next: N[] = [];
  const halves: N[] = [];
  weights.forEach((weight, l) => {
    next.push(R.add(weight, R.mul(eta, d[l] ?? 1, error, ...halves)));
    halves.push(R.div(R.add(next[l]!, weight), 2));
  });
  return next;
}

/** The midpoint scheme from `start`: `steps` steps, an array of `steps` + 1 weights a layer. */
export function deepMidpoint<N>(
  R: Arithmetic<N>,
  system: DeepSystem<N>,
  eta: N,
  start: readonly N[],
  steps: number,
): readonly (readonly N[])[] {
  const path: (readonly N[])[] = [start];
  for (let t = 0; t < steps; t++) path.push(deepMidpointStep(R, system, eta, path[t]!));
  return start.map((_weight, l) => path.map((weights) => weights[l]!));
}

/** Paths by the names w1, w2, … of their layers, as an exam wants them. */
export function byLayer<T>(layers: readonly T[]): Readonly<Record<`w${number}`, T>> {
  return Object.fromEntries(layers.map((path, l) => [`w${l + 1}`, path]));
}
