import { space, type Coordinate } from '../src/claim/space';
import type { Arithmetic } from '../src/numerics/arithmetic';
import { doubles } from '../src/numerics/doubles';
import {
  below,
  beyond,
  coarse,
  counts,
  logUniform,
  negativeAtTimes,
  orZero,
  signedLogUniform,
  uniform,
  upTo,
} from './coordinates';
import { vector } from './matrices';

/**
 * Spaces of instances for the scalar linear network of L layers: `hidden` = L − 1 of them are followed by another, and have
 * the feedback weights d = (d_1, …, d_{L−1}); the last layer's is 1. The signal λ is as a rule not drawn itself but through
 * r, the first layer's weight at the solution on the curve θ_l = c_l θ_1^{2^{l−1}}: λ = K r^γ with γ = 2^L − 1 stays rational.
 * Feedback weights are drawn of moderate size: rescaling weights and time takes all of them to 1, so their size is free.
 */

/** The feedback weights d_1, …, d_{L−1}. */
export interface DeepFeedback<N> {
  readonly d: readonly N[];
}

/** As {@link DeepFeedback}, with the first layer's weight at the solution. */
export interface DeepSignal<N> extends DeepFeedback<N> {
  readonly r: N;
}

/** γ = 2^L − 1: the degree of the product of all layers in the first. */
export const degree = ({ d }: DeepFeedback<unknown>): number => 2 ** (d.length + 1) - 1;

/** The power 2^{l−1} of the first layer that layer l is, counted from 1. */
export const powerOf = (layer: number): number => 2 ** (layer - 1);

/** 1, 2, 4, …, 2^{L−1}: the powers of the first layer that the layers are. */
export const powersOf = ({ d }: DeepFeedback<unknown>): readonly number[] =>
  Array.from({ length: d.length + 1 }, (_, l) => powerOf(l + 1));

/** c_1 = 1, …, c_L with θ_l = c_l θ_1^{2^{l−1}}: c_l = d_l c_{l−1}⋯c_1/(2^{l−1}d_1), the last layer's d being 1. */
export function layerConstants<N>(R: Arithmetic<N>, { d }: DeepFeedback<N>): readonly N[] {
  const constants = [R.of(1)];
  for (let l = 2; l <= d.length + 1; l++) {
    constants.push(R.div(R.mul(d[l - 1] ?? 1, ...constants), R.mul(powerOf(l), d[0]!)));
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
  R.mul(p.d[0]!, productConstant(R, p), R.power(p.r, degree(p) - 1));

/** 1/(d_1 γ K r^{γ−1}) = 1/(d_1 γ (K λ^{γ−1})^{1/γ}): the step-size bound of Theorem 10. */
const stepBound = (p: DeepSignal<number>): number => 1 / (degree(p) * speed(doubles, p));

const size = logUniform(1 / 4, 4);
const sizeAnySign = signedLogUniform(1 / 4, 4);
const upToFour = (entry: Coordinate<'real'>): Coordinate<'vector'> => vector('hidden', { entry, most: 4 });

/** Two to five layers, r and all feedback weights positive. */
export const deepNetwork = space().with('hidden', counts(1, 4)).with('r', size).with('d', upToFour(size));

/** As {@link deepNetwork}, r and so λ of either sign. */
const deepNetworkAnySignal = space().with('hidden', counts(1, 4)).with('r', sizeAnySign).with('d', upToFour(size));

/** As {@link deepNetwork} with λ of either sign, in numbers of few digits, for what only exact fractions can tell. */
export const deepSolution = space()
  .with('hidden', counts(1, 4))
  .with('r', coarse(sizeAnySign))
  .with('d', upToFour(coarse(size)));

/** A step size below the bound of Theorem 10, the boundary approached. */
export const deepMidpointBelowBound = deepNetwork.with('eta', (p) => below(stepBound(p)));

/** A step size beyond the bound of Theorem 10. */
export const deepMidpointBeyondBound = deepNetwork.with('eta', (p) => beyond(stepBound(p)));

/** r, feedback weights and step size at times negative, the step up to 8 times the bound: both sides of every hypothesis. */
export const deepMidpointAnyStep = space()
  .with('hidden', counts(1, 4))
  .with('r', negativeAtTimes(size))
  .with('d', upToFour(negativeAtTimes(size)))
  .with('eta', (p) => {
    const bound = Math.abs(stepBound(p));
    return negativeAtTimes(logUniform(bound / 64, 8 * bound));
  });

/** λ of either sign, and a point x of the first layer of either sign. */
export const deepPointOfSignal = deepNetworkAnySignal.with('x', ({ r }) =>
  signedLogUniform(Math.abs(r) / 4, 4 * Math.abs(r)),
);

/** As {@link deepPointOfSignal}, with a step size about the bound. */
export const deepPointOfCurve = deepPointOfSignal.with('eta', (p) => logUniform(stepBound(p) / 64, 4 * stepBound(p)));

/** λ > 0 and a point x of the first layer from 0, often 0 itself, to twice r. */
export const deepPositivePoint = deepNetwork.with('x', ({ r }) => orZero(upTo(2 * r)));

/** No signal: a start θ_0 ≠ 0 of either sign and a time up to a hundred times that in which the first layer loses some of it. */
export const deepNoSignal = space()
  .with('hidden', counts(1, 4))
  .with('d', upToFour(size))
  .with('theta0', sizeAnySign)
  .with('t', ({ d, theta0 }) => {
    const own = 1 / speed(doubles, { d, r: theta0 });
    return logUniform(own / 100, 100 * own);
  });

/** A step size below twice the bound of Theorem 10, and a point x of (0, r), all ends approached. */
export const deepPointBelowTwice = deepNetwork
  .with('eta', (p) => below(2 * stepBound(p)))
  .with('x', ({ r }) => below(r));

/** A step size beyond twice the bound of Theorem 10, and a point x from where the step expands, to as far beyond r. */
export const deepPointBeyondTwice = deepNetwork
  .with('eta', (p) => beyond(2 * stepBound(p)))
  .with('x', (p) => {
    const edge = ((2 * stepBound(p)) / p.eta) ** (2 / (degree(p) - 1));
    const inside = edge ** (1 - 2 ** -10);
    return logUniform(p.r * inside, p.r / inside);
  });

/**
 * Up to three feedback weights, the l-th about 2^{l−L}: with r about 1 all layers are then about as large as the first at
 * the solution, which integrators like, since their error is that of the largest.
 */
const balanced = (entry: Coordinate<'real'>): Coordinate<'vector'> => ({
  kind: 'vector',
  describe: `hidden entries, each ${entry.describe}, times 2^(−hidden), …, 1/2`,
  shape: ['hidden'],
  size: 3,
  decode: (cube, [hidden]) => cube.slice(0, hidden).map((u, l) => entry.decode(u) * 2 ** (l - hidden!)),
});

const aboutOne = logUniform(2 / 3, 3 / 2);
const aboutOneAnySign = signedLogUniform(2 / 3, 3 / 2);
/** Two to four layers for flows, λ of either sign, and a start of the first layer up to twice r. */
export const deepAlignedStart = space()
  .with('hidden', counts(1, 3))
  .with('r', aboutOneAnySign)
  .with('d', balanced(aboutOne))
  .with('theta0', ({ r }) => uniform(-2 * Math.abs(r), 2 * Math.abs(r)));

/** The weights of all layers but the last, and the last one's. */
export interface DeepWeights<N> {
  readonly weights: readonly N[];
  readonly last: N;
}

/** θ_1, …, θ_L. */
export const weightsOf = <N>({ weights, last }: DeepWeights<N>): readonly N[] => [...weights, last];

/**
 * Two to five layers at any point, signs free, and an error λ − θ_L⋯θ_1 ≠ 0. d_1 is not 0; the weights and the other feedback
 * weights are one time in four.
 */
export const deepAnyPoint = space()
  .with('hidden', counts(1, 4))
  .with('d', {
    ...upToFour(orZero(sizeAnySign)),
    describe: `hidden entries, the first ${sizeAnySign.describe}, the others ${orZero(sizeAnySign).describe}`,
    decode: (cube, [hidden]) =>
      cube.slice(0, hidden).map((u, l) => (l === 0 ? sizeAnySign : orZero(sizeAnySign)).decode(u)),
  })
  .with('weights', upToFour(orZero(sizeAnySign)))
  .with('last', orZero(sizeAnySign))
  .with('error', sizeAnySign);

/** Two to four layers for flows: any signal, any feedback weights ≠ 0, any start of all layers, signs free. */
export const deepAnyStart = space()
  .with('hidden', counts(1, 3))
  .with('lambda', signedLogUniform(1 / 2, 2))
  .with('d', balanced(aboutOneAnySign))
  .with('weights', vector('hidden', { entry: aboutOneAnySign, most: 3 }))
  .with('last', aboutOneAnySign);

/** A double rest point ξ of three layers, and a point of the first layer beyond it, up to 2ξ, both ends approached. */
export const deepDoubleRestPoint = space()
  .with('xi', logUniform(1 / 2, 2))
  .with('x', ({ xi }) => uniform(xi * (1 + 2 ** -10), 2 * xi));
