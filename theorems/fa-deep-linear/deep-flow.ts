/**
 * Theorem 5 and its extensive form, Theorem 17 (Section 3 and Appendix B.2): the feedback-alignment flow of the scalar
 * linear network of L layers, θ_l' = d_l(λ − θ_L⋯θ_1)θ_{l−1}⋯θ_1 with d_L = 1, from the start θ_l(0) = c_lθ_0^{2^{l−1}}. There
 * θ_1' = d_1(λ − Kθ_1^γ), γ = 2^L − 1, K = c_L⋯c_1. With u = θ_1/r, r = (λ/K)^{1/γ}, and time in units of 1/(d_1Kr^{γ−1})
 * that is u' = 1 − u^γ. Instances are drawn by r, so λ = Kr^γ.
 */
import { atMost, equals, lessThan } from '../../src/claim/compare';
import { exam, forAll, type Measures, type Path } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { rate } from '../../src/claim/forms/constructors';
import { nearest, timesUpTo } from '../../src/definitions/flow';
import { byLayer, deepField, deepFlow, type DeepSystem } from '../../src/definitions/scalar-deep';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { doubles } from '../../src/numerics/doubles';
import { along, decreasing, identical, increasing } from '../../oracles/along';
import {
  allNonzero,
  allPositive,
  firstLayers,
  layersOf,
  powersOfFirst,
  productOfLayers,
  type LayerName,
  type Layers,
} from '../../oracles/layers';
import { cancelling, distance, exponential, larger, map, timesOf } from '../../oracles/series';
import {
  curveAt,
  deepAlignedStart,
  deepNoSignal,
  deepPointOfSignal,
  degree,
  layerConstants,
  powerOf,
  powersOf,
  productConstant,
  signal,
  speed,
  type DeepFeedback,
  type DeepSignal,
} from '../../generators/scalar-deep';

interface Start<N> extends DeepSignal<N> {
  readonly theta0: N;
}

type Measured = LayerName | 'output' | 'error' | 'times';

const system = <N>(R: Arithmetic<N>, p: DeepSignal<N>): DeepSystem<N> => ({ lambda: signal(R, p), d: p.d });

/** Four of the times 1/(d_1Kr^{γ−1}). */
const fourTimes = <N>(R: Arithmetic<N>, p: DeepSignal<N>, points: number): Float64Array =>
  timesUpTo(4 / nearest(R, speed(R, p)), points);

/** Every layer is c_l times its power of the first. */
const onCurve = <N>(R: Reading<N>, measures: Layers<N>, p: DeepFeedback<N>): Finding => {
  const layers = firstLayers(measures, p.d.length + 1);
  return part('power of the first', powersOfFirst(R, layers, layerConstants(R, p), powersOf(p)));
};

/** The layers, what the network computes, how far that is from λ, and the times. */
function measure<N>(R: Reading<N>, path: Path<N, LayerName>, p: Start<N>): Measures<N, Measured> {
  const layers = layersOf(path);
  const lambda = signal(R, p);
  const output = productOfLayers(R, layers);
  return {
    ...layers,
    output: cancelling(
      R,
      output,
      map(output, () => lambda),
    ),
    error: distance(R, output, lambda),
    times: timesOf(R, fourTimes(R, p, output.values.length - 1)),
  };
}

/** The start (11) with d_l > 0 and λ ≠ 0 of either sign: the setting of Theorems 5 and 17. */
const fromCurve = exam({
  name: 'deep scalar flow from its curve',
  inside: deepAlignedStart,
  assuming: {
    H1: { says: 'd_l > 0', holds: (R, p) => allPositive(R, p.d) },
    H2: { says: String.raw`\lambda \ne 0`, holds: (R, { r }) => allNonzero(R, [r]) },
  },
  cases: [
    { hidden: 1, r: 1, d: ['1/2'], theta0: 0 },
    { hidden: 2, r: 1, d: [1, 1], theta0: '-3/2' },
    { hidden: 2, r: -1, d: [2, '1/2'], theta0: 1 },
    { hidden: 3, r: 1, d: [1, 2, 1], theta0: 2 },
    { hidden: 3, r: 2, d: [1, 1, 1], theta0: 2 },
  ],
  horizon: 24,
  flow: true,
  run: ({ deepScalarFA }, p, points) => {
    const [start, times] = [curveAt(doubles, p, p.theta0), fourTimes(doubles, p, points)];
    return byLayer(deepScalarFA.flow({ ...system(doubles, p), start, times }).layers);
  },
  defined: (R, p, points) => byLayer(deepFlow(R, system(R, p), curveAt(R, p, p.theta0), fourTimes(R, p, points))),
  measure,
});

/** Half of 1/(time unit): Σ_{j<γ} u^j ≥ 1/2 for every real u, as γ is odd. */
const half = <N>(R: Arithmetic<N>, p: DeepSignal<N>): N => R.div(speed(R, p), 2);

/** Theorems 5 and 17: on the curve all layers are powers of the first, and the product converges. For all. */
export const theorem5 = rate(fromCurve, {
  id: 'fa-deep-linear/thm-5',
  where: 'Theorem 5 (11), Theorem 17 (82)-(84), (91)',
  recorded: 'upheld',
  says: String.raw`\theta_l(0)=c_l\theta_0^{2^{l-1}} \implies \theta_l=c_l\theta_1^{2^{l-1}},\ \theta_L\cdots\theta_1\to\lambda \text{ monotonically and exponentially}`,
  note: String.raw`With $c_l=\frac{d_l}{2^{l-1}d_1}c_{l-1}\cdots c_1$. The envelope is
$\max(|\mathfrak K\theta_0^\gamma-\lambda|,\,\gamma|\lambda||\theta_0/r-1|)\,e^{-s/2}$, $s=d_1\mathfrak Kr^{\gamma-1}t$:
$|u-1|'=-|u-1|S(u)$ and $|u^\gamma-1|=|u-1|S(u)$ with $S=\sum_{j<\gamma}u^j$, which is convex and at least $\frac12$. The true rate is $\gamma s$ near the
solution. The statement names no condition on $\lambda$; "exponentially" needs $\lambda\ne0$, which the paper says for two layers
(after (53)) and not here: see thm-5-no-signal.`,
  then: (R, measures, p) => {
    const { output, error, times } = measures;
    const first = R.div(p.theta0, p.r);
    const moves = R.sign(R.sub(p.r, p.theta0));
    const C = larger(R, error.values[0]!, R.mul(degree(p), R.abs(signal(R, p)), R.abs(R.sub(first, 1))));
    return all(
      onCurve(R, measures, p),
      part('monotone product', moves === 1 ? increasing(R, output) : decreasing(R, output)),
      part('monotone error', decreasing(R, error)),
      part('envelope', along(R, error, exponential(R, C, half(R, p), times))),
    );
  },
  mutants: {
    'increases from every start': (R, { output }) => increasing(R, output),
    'twice the constants': (R, { w1, w2 }, p) =>
      identical(
        R,
        w2!,
        map(w1!, (x) => R.mul(2, layerConstants(R, p)[1]!, x, x)),
      ),
  },
});

/** A point of the curve, λ of either sign. */
const onCurveAt = exam({
  name: 'deep scalar flow at a point of its curve',
  inside: deepPointOfSignal,
  assuming: {
    H1: { says: 'd_l > 0', holds: (R, p) => allPositive(R, p.d) },
    H2: { says: String.raw`\lambda \ne 0`, holds: (R, { r }) => allNonzero(R, [r]) },
  },
  cases: [
    { hidden: 1, r: 1, d: [1], x: 0 },
    { hidden: 2, r: -1, d: [1, '1/2'], x: 2 },
    { hidden: 4, r: 1, d: [1, 1, 1, 1], x: '-7/8' },
  ],
});

/** The first layer moves towards r from either side, and fast enough to get there. For all. */
export const lemma18 = forAll(onCurveAt, {
  id: 'fa-deep-linear/lemma-18',
  where: 'Lemma 18 (89)-(90) and the line after it',
  recorded: 'upheld',
  says: String.raw`\dot\theta_1>0 \text{ if } \theta_1<r,\ <0 \text{ if } >r;\quad (r-\theta_1)\dot\theta_1 \ge \tfrac12d_1\mathfrak Kr^{\gamma-1}(r-\theta_1)^2`,
  note: String.raw`At any point of the curve, so at the start and ever after. The second part implies $|\theta_1-r|\le|\theta_0-r|e^{-s/2}$ and with it
boundedness and the limit. Upheld for $\lambda$ of either sign.`,
  then: (R, _none, p) => {
    const gap = R.sub(p.r, p.x);
    const slope = deepField(R, system(R, p), curveAt(R, p, p.x))[0]!;
    const side = R.sign(gap);
    const sign = side === 1 ? lessThan(R, 0, slope) : lessThan(R, slope, 0);
    return all(
      ...(side === 1 || side === -1 ? [part('sign', sign)] : []),
      part('restoring', atMost(R, R.mul(half(R, p), R.power(gap, 2)), R.mul(gap, slope))),
    );
  },
  mutants: {
    'rate s for s/2': (R, _none, p) => {
      const gap = R.sub(p.r, p.x);
      const slope = deepField(R, system(R, p), curveAt(R, p, p.x))[0]!;
      return atMost(R, R.mul(speed(R, p), R.power(gap, 2)), R.mul(gap, slope));
    },
  },
});

/** λ = 0, a start θ_0 ≠ 0 on the curve, and a time t. */
const noSignal = exam({
  name: 'deep scalar flow from its curve without signal',
  inside: deepNoSignal,
  assuming: {
    H1: { says: 'd_l > 0', holds: (R, p) => allPositive(R, p.d) },
    H2: { says: String.raw`\theta_0 \ne 0,\ t > 0`, holds: (R, { theta0, t }) => allPositive(R, [R.abs(theta0), t]) },
  },
  cases: [
    { hidden: 1, d: ['1/2'], theta0: 1, t: 1 },
    { hidden: 2, d: [1, 2], theta0: -1, t: 100 },
  ],
});

interface Decay<N> extends DeepFeedback<N> {
  readonly theta0: N;
  readonly t: N;
}

/** θ_1 = ±s^{−1/e} with s = θ_0^{−e} + (γ − 1)d_1Kt is claimed; its slope is −(s'/es)θ_1. True for e = γ − 1. */
const decays = <N>(R: Reading<N>, p: Decay<N>, e: number): Finding => {
  const pace = R.mul(degree(p) - 1, p.d[0]!, productConstant(R, p));
  const s = R.add(R.power(p.theta0, -e), R.mul(pace, p.t));
  const first = R.mul(R.div(p.theta0, R.abs(p.theta0)), R.rationalPower(s, -1, e));
  const layers = curveAt(R, p, first);
  const field = deepField(R, { lambda: R.of(0), d: p.d }, layers);
  const relative = R.neg(R.div(pace, R.mul(e, s)));
  return all(
    ...field.map((slope, l) => part(`layer ${l + 1}`, equals(R, slope, R.mul(powerOf(l + 1), relative, layers[l]!)))),
  );
};

/** Without signal the convergence is polynomial, in each layer with a power of its own. For all. */
export const theorem5NoSignal = forAll(noSignal, {
  id: 'fa-deep-linear/thm-5-no-signal',
  where: 'around Theorem 5, Theorem 17 and Section 7',
  recorded: 'upheld',
  says: String.raw`\lambda=0,\ \theta_0\ne0:\ \theta_1=\pm s^{-1/(\gamma-1)},\ \theta_l=c_ls^{-2^{l-1}/(\gamma-1)},\quad s=\theta_0^{1-\gamma}+(\gamma-1)d_1\mathfrak Kt`,
  note: String.raw`The closed form, $\theta_0$ at $t=0$, solves the flow: its derivative, by hand, is the right-hand side. It rules an exponential rate out, as
(52)-(53) do for two layers: Theorem 5 needs $\lambda\ne0$, which it does not say. Here the layers do converge at different speeds.`,
  then: (R, _none, p) => decays(R, p, degree(p) - 1),
  mutants: { 'one power more': (R, _none, p) => decays(R, p, degree(p)) },
});
