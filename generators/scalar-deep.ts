import { space, type Coordinate } from '../src/claim/space';
import type { Arithmetic } from '../src/numerics/arithmetic';
import { doubles } from '../src/numerics/doubles';
import { below, beyond, counts, logUniform, signedLogUniform, uniform, upTo } from './coordinates';

/**
 * Spaces of instances for the scalar linear network of L layers. The signal λ is not drawn itself but through r, the
 * first layer's weight at the solution on the curve θ_l = c_l θ_1^{2^{l−1}}: λ = K r^γ with γ = 2^L − 1 stays rational.
 * Feedback weights are drawn of moderate size: rescaling weights and time takes all of them to 1, so their size is free.
 */

/** The number of layers L, from 2 to 5, and feedback weights for as many; those from d_L on are not used. */
export interface DeepFeedback<N> {
  readonly layers: number;
  readonly d1: N;
  readonly d2: N;
  readonly d3: N;
  readonly d4: N;
}

/** As {@link DeepFeedback}, with the first layer's weight at the solution. */
export interface DeepSignal<N> extends DeepFeedback<N> {
  readonly r: N;
}

/** d_1, …, d_{L−1}. */
export const feedback = <N>({ layers, d1, d2, d3, d4 }: DeepFeedback<N>): readonly N[] =>
  [d1, d2, d3, d4].slice(0, layers - 1);

/** γ = 2^L − 1: the degree of the product of all layers in the first. */
export const degree = ({ layers }: { readonly layers: number }): number => 2 ** layers - 1;

/** The power 2^{l−1} of the first layer that layer l is, counted from 1. */
export const powerOf = (layer: number): number => 2 ** (layer - 1);

/** c_1 = 1, …, c_L with θ_l = c_l θ_1^{2^{l−1}}: c_l = d_l c_{l−1}⋯c_1/(2^{l−1}d_1), the last layer's d being 1. */
export function layerConstants<N>(R: Arithmetic<N>, p: DeepFeedback<N>): readonly N[] {
  const constants = [R.of(1)];
  const d = [...feedback(p), R.of(1)];
  for (let l = 2; l <= p.layers; l++) {
    constants.push(R.div(R.mul(d[l - 1]!, ...constants), R.mul(powerOf(l), p.d1)));
  }
  return constants;
}

/** K = c_1⋯c_L: on the curve the network computes K θ_1^γ. */
export const productConstant = <N>(R: Arithmetic<N>, p: DeepFeedback<N>): N => R.mul(...layerConstants(R, p));

/** The signal of an instance drawn by r: λ = K r^γ. */
export const signal = <N>(R: Arithmetic<N>, p: DeepSignal<N>): N =>
  R.mul(productConstant(R, p), R.power(p.r, degree(p)));

/** d_1 K r^{γ−1}: with u = θ_1/r the flow on the curve is u' = d_1 K r^{γ−1}(1 − u^γ). */
export const speed = <N>(R: Arithmetic<N>, p: DeepSignal<N>): N =>
  R.mul(p.d1, productConstant(R, p), R.power(p.r, degree(p) - 1));

/** 1/(d_1 γ K r^{γ−1}) = 1/(d_1 γ (K λ^{γ−1})^{1/γ}): the step-size bound of Theorem 10. */
const stepBound = (p: DeepSignal<number>): number => 1 / (degree(p) * speed(doubles, p));

const network = (layers: Coordinate<'count'>, r: Coordinate<'real'>, d: Coordinate<'real'>) =>
  space().with('layers', layers).with('r', r).with('d1', d).with('d2', d).with('d3', d).with('d4', d);

const size = logUniform(1 / 4, 4);
const sizeAnySign = signedLogUniform(1 / 4, 4);

/** Two to five layers, r and all feedback weights positive. */
export const deepNetwork = network(counts(2, 5), size, size);

/** As {@link deepNetwork}, r and so λ of either sign. */
export const deepNetworkAnySignal = network(counts(2, 5), sizeAnySign, size);

/** A step size below the bound of Theorem 10, the boundary approached. */
export const deepMidpointBelowBound = deepNetwork.with('eta', (p) => below(stepBound(p)));

/** A step size below twice the bound of Theorem 10, the boundary approached. */
export const deepMidpointBelowTwice = deepNetwork.with('eta', (p) => below(2 * stepBound(p)));

/** A step size beyond twice the bound of Theorem 10. */
export const deepMidpointBeyondTwice = deepNetwork.with('eta', (p) => beyond(2 * stepBound(p)));

/** Feedback weights and step size of either sign, the step up to 8 times the bound: both sides of every hypothesis. */
export const deepMidpointAnyStep = network(counts(2, 5), size, sizeAnySign).with('eta', (p) => {
  const bound = Math.abs(stepBound(p));
  return signedLogUniform(bound / 256, 8 * bound);
});

/** Two to five layers, λ of either sign, a point x of the first layer of either sign, and a step size about the bound. */
export const deepPointOfCurve = deepNetworkAnySignal
  .with('x', ({ r }) => signedLogUniform(Math.abs(r) / 4, 4 * Math.abs(r)))
  .with('eta', (p) => logUniform(stepBound(p) / 64, 4 * stepBound(p)));

/** As {@link deepMidpointBelowTwice}, and a point x of [0, r], ends included. */
export const deepPointBelowTwice = deepMidpointBelowTwice.with('x', ({ r }) => upTo(r));

/** As {@link deepMidpointBeyondTwice}, and a point x from where the step expands, to as far beyond r. */
export const deepPointBeyondTwice = deepMidpointBeyondTwice.with('x', (p) => {
  const least = (2 * stepBound(p)) / p.eta;
  const from = p.r * least ** (2 / (degree(p) - 1));
  return logUniform(from * (1 + 2 ** -20), (p.r * p.r) / from);
});

const moderate = logUniform(1 / 2, 2);

/** Two to four layers of moderate size for flows, λ of either sign, and a start of the first layer up to twice r. */
export const deepAlignedStart = network(counts(2, 4), signedLogUniform(1 / 2, 2), moderate).with('theta0', ({ r }) =>
  uniform(-2 * Math.abs(r), 2 * Math.abs(r)),
);

/** No signal: two to four layers and a start θ_0 ≠ 0 of either sign. */
export const deepNoSignal = network(counts(2, 4), moderate, moderate).with('theta0', signedLogUniform(1 / 2, 2));
