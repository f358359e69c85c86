import { space, type Coordinate } from '../src/claim/space';
import type { Arithmetic } from '../src/numerics/arithmetic';
import { doubles } from '../src/numerics/doubles';
import {
  below,
  beyond,
  counts,
  logUniform,
  negativeAtTimes,
  orZero,
  signedLogUniform,
  uniform,
  upTo,
} from './coordinates';

/**
 * Spaces of instances for the scalar linear network of L layers. The signal λ is not drawn itself but through r, the
 * first layer's weight at the solution on the curve θ_l = c_l θ_1^{2^{l−1}}: λ = K r^γ with γ = 2^L − 1 stays rational.
 * Feedback weights are drawn of moderate size: rescaling weights and time takes all of them to 1, so their size is free.
 */

/** The number of layers L, and feedback weights for at least as many; those from d_L on are not used. */
export interface DeepFeedback<N> {
  readonly layers: number;
  readonly d1: N;
  readonly d2: N;
  readonly d3?: N;
  readonly d4?: N;
}

/** As {@link DeepFeedback}, with the first layer's weight at the solution. */
export interface DeepSignal<N> extends DeepFeedback<N> {
  readonly r: N;
}

/** d_1, …, d_{L−1}. */
export const feedback = <N>({ layers, d1, d2, d3, d4 }: DeepFeedback<N>): readonly N[] =>
  [d1, d2, d3, d4].filter((d) => d !== undefined).slice(0, layers - 1);

/** γ = 2^L − 1: the degree of the product of all layers in the first. */
export const degree = ({ layers }: { readonly layers: number }): number => 2 ** layers - 1;

/** The power 2^{l−1} of the first layer that layer l is, counted from 1. */
export const powerOf = (layer: number): number => 2 ** (layer - 1);

/** 1, 2, 4, …, 2^{L−1}: the powers of the first layer that the layers are. */
export const powersOf = ({ layers }: { readonly layers: number }): readonly number[] =>
  Array.from({ length: layers }, (_, l) => powerOf(l + 1));

/** c_1 = 1, …, c_L with θ_l = c_l θ_1^{2^{l−1}}: c_l = d_l c_{l−1}⋯c_1/(2^{l−1}d_1), the last layer's d being 1. */
export function layerConstants<N>(R: Arithmetic<N>, p: DeepFeedback<N>): readonly N[] {
  const constants = [R.of(1)];
  const d = [...feedback(p), R.of(1)];
  for (let l = 2; l <= p.layers; l++) {
    constants.push(R.div(R.mul(d[l - 1]!, ...constants), R.mul(powerOf(l), p.d1)));
  }
  return constants;
}

/** (c_1x, c_2x², c_3x⁴, …): all layers where the first is x, and, at x = θ_0, the start (11). */
export const curveAt = <N>(R: Arithmetic<N>, p: DeepFeedback<N>, x: N): readonly N[] =>
  layerConstants(R, p).map((c, l) => R.mul(c, R.power(x, powerOf(l + 1))));

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

/** As {@link deepMidpointBelowBound} with two or three layers: all that a counterexample for any L needs. */
export const deepMidpointFewLayers = space()
  .with('layers', counts(2, 3))
  .with('r', size)
  .with('d1', size)
  .with('d2', size)
  .with('eta', (p) => below(stepBound(p)));

/** r, d_1 and the step size at times negative, the step up to 8 times the bound: both sides of every hypothesis. */
export const deepMidpointAnyStep = space()
  .with('layers', counts(2, 5))
  .with('r', negativeAtTimes(size))
  .with('d1', negativeAtTimes(size))
  .with('d2', size)
  .with('d3', size)
  .with('d4', size)
  .with('eta', (p) => {
    const bound = Math.abs(stepBound(p));
    return negativeAtTimes(logUniform(bound / 64, 8 * bound));
  });

/** Two to five layers, λ of either sign, a point x of the first layer of either sign, and a step size about the bound. */
export const deepPointOfCurve = deepNetworkAnySignal
  .with('x', ({ r }) => signedLogUniform(Math.abs(r) / 4, 4 * Math.abs(r)))
  .with('eta', (p) => logUniform(stepBound(p) / 64, 4 * stepBound(p)));

/** A step size at or beyond the bound of Theorem 10. */
export const deepMidpointBeyondBound = deepNetwork.with('eta', (p) => beyond(stepBound(p)));

/** As {@link deepMidpointBelowTwice}, and a point x of (0, r), its ends approached. */
export const deepPointBelowTwice = deepMidpointBelowTwice.with('x', ({ r }) => below(r));

/** As {@link deepMidpointBeyondTwice}, and a point x from where the step expands, to as far beyond r. */
export const deepPointBeyondTwice = deepMidpointBeyondTwice.with('x', (p) => {
  const least = (2 * stepBound(p)) / p.eta;
  const from = p.r * least ** (2 / (degree(p) - 1));
  return logUniform(from * (1 + 2 ** -20), (p.r * p.r) / from);
});

/**
 * About 1, and feedback weights about 2^{l−L}: then all layers are about as large as the first at the solution, which
 * integrators like, since their error is that of the largest.
 */
const aboutOne = logUniform(2 / 3, 3 / 2);
const aboutOneAnySign = signedLogUniform(2 / 3, 3 / 2);
const balancedBy =
  (law: typeof logUniform, layer: number) =>
  ({ layers }: { readonly layers: number }): Coordinate<'real'> => {
    const middle = 2 ** Math.min(0, layer - layers);
    return law((2 / 3) * middle, (3 / 2) * middle);
  };
const balanced = (layer: number) => balancedBy(logUniform, layer);
const balancedAnySign = (layer: number) => balancedBy(signedLogUniform, layer);

const flowNetwork = (r: Coordinate<'real'>) =>
  space()
    .with('layers', counts(2, 4))
    .with('r', r)
    .with('d1', balanced(1))
    .with('d2', balanced(2))
    .with('d3', balanced(3));

/** Two to four layers for flows, λ of either sign, and a start of the first layer up to twice r. */
export const deepAlignedStart = flowNetwork(aboutOneAnySign).with('theta0', ({ r }) =>
  uniform(-2 * Math.abs(r), 2 * Math.abs(r)),
);

/** As {@link deepAlignedStart}, with λ > 0 and a start of the first layer from 0, often 0 itself, to twice r. */
export const deepPositiveStart = flowNetwork(aboutOne).with('theta0', ({ r }) => orZero(upTo(2 * r)));

/** No signal: two to four layers and a start θ_0 ≠ 0 of either sign. */
export const deepNoSignal = space()
  .with('layers', counts(2, 4))
  .with('d1', balanced(1))
  .with('d2', balanced(2))
  .with('d3', balanced(3))
  .with('theta0', signedLogUniform(1 / 2, 2));

const sizeOrZero = orZero(sizeAnySign);

/**
 * Two to five layers at any point, signs free: d_1 and the error λ − θ_L⋯θ_1 are not 0, the weights and the other feedback
 * weights are one time in four.
 */
export const deepAnyPoint = space()
  .with('layers', counts(2, 5))
  .with('d1', sizeAnySign)
  .with('d2', sizeOrZero)
  .with('d3', sizeOrZero)
  .with('d4', sizeOrZero)
  .with('w1', sizeOrZero)
  .with('w2', sizeOrZero)
  .with('w3', sizeOrZero)
  .with('w4', sizeOrZero)
  .with('w5', sizeOrZero)
  .with('error', sizeAnySign);

/** The weights of an instance, the first layer's first; those beyond L are not used. */
export const weightsOf = <N>(p: {
  readonly layers: number;
  readonly w1: N;
  readonly w2: N;
  readonly w3: N;
  readonly w4: N;
  readonly w5?: N;
}): readonly N[] => {
  const all = [p.w1, p.w2, p.w3, p.w4];
  return (p.w5 === undefined ? all : [...all, p.w5]).slice(0, p.layers);
};

/** Two to four layers for flows: any signal, any feedback weights ≠ 0, any start of all layers, signs free. */
export const deepAnyStart = space()
  .with('layers', counts(2, 4))
  .with('lambda', signedLogUniform(1 / 2, 2))
  .with('d1', balancedAnySign(1))
  .with('d2', balancedAnySign(2))
  .with('d3', balancedAnySign(3))
  .with('w1', aboutOneAnySign)
  .with('w2', aboutOneAnySign)
  .with('w3', aboutOneAnySign)
  .with('w4', aboutOneAnySign);

/** A double rest point ξ of three layers, and a start of the first layer beyond it, up to 2ξ. */
export const deepDoubleRestPoint = space()
  .with('xi', logUniform(1 / 2, 2))
  .with('theta0', ({ xi }) => logUniform((9 / 8) * xi, 2 * xi));
