/**
 * Theorem 5 and its extensive form, Theorem 17 (Section 3 and Appendix B.2): the feedback-alignment flow of the scalar
 * linear network of L layers, θ_l' = d_l(λ − θ_L⋯θ_1)θ_{l−1}⋯θ_1 with d_L = 1, from the start θ_l(0) = c_lθ_0^{2^{l−1}}. There
 * θ_1' = d_1(λ − Kθ_1^γ), γ = 2^L − 1, K = c_L⋯c_1. With u = θ_1/r, r = (λ/K)^{1/γ}, and time in units of 1/(d_1Kr^{γ−1})
 * that is u' = 1 − u^γ. Instances are drawn by r, so λ = Kr^γ.
 */
import { lessThan } from '../../src/claim/compare';
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
  degree,
  layerConstants,
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

type Measured = LayerName | 'output' | 'error' | 'gap' | 'times';

const system = <N>(R: Arithmetic<N>, p: DeepSignal<N>): DeepSystem<N> => ({ lambda: signal(R, p), d: p.d });

/** Four of the times 1/(d_1Kr^{γ−1}). */
const fourTimes = <N>(R: Arithmetic<N>, p: DeepSignal<N>, points: number): Float64Array =>
  timesUpTo(4 / nearest(R, speed(R, p)), points);

/** Every layer is c_l times its power of the first. */
const onCurve = <N>(R: Reading<N>, measures: Layers<N>, p: DeepFeedback<N>): Finding => {
  const layers = firstLayers(measures, p.d.length + 1);
  return part('power of the first', powersOfFirst(R, layers, layerConstants(R, p), powersOf(p)));
};

/** The layers, what the network computes, how far it and the first layer are from their limits, and the times. */
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
    gap: distance(R, layers.w1!, p.r),
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
  horizon: 40,
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

/** The first layer moves towards r from either side. For all. */
export const lemma18 = forAll(fromCurve, {
  id: 'fa-deep-linear/lemma-18',
  where: 'Lemma 18 (89)-(90) and the line after it',
  recorded: 'upheld',
  says: String.raw`\dot\theta_1>0 \text{ if } \theta_1(0)<r,\ <0 \text{ if } >r;\quad \theta_1\to r \text{ monotonically}`,
  note: String.raw`The sign is that of the definition's right-hand side at the start; the limit is upheld by
$|\theta_1-r|\le|\theta_0-r|e^{-s/2}$ (see thm-5). Upheld for $\lambda$ of either sign.`,
  then: (R, { w1, gap, times }, p) => {
    const [slope] = deepField(R, system(R, p), curveAt(R, p, p.theta0));
    const side = R.sign(R.sub(p.r, p.theta0));
    const towards = side === 1 ? lessThan(R, 0, slope!) : lessThan(R, slope!, 0);
    return all(
      ...(side === 0 ? [] : [part('sign', towards)]),
      part('monotone', side === 1 ? increasing(R, w1!) : decreasing(R, w1!)),
      part('limit', along(R, gap, exponential(R, R.abs(R.sub(p.theta0, p.r)), half(R, p), times))),
    );
  },
  mutants: {
    'rate s for s/2': (R, { gap, times }, p) =>
      along(R, gap, exponential(R, R.abs(R.sub(p.theta0, p.r)), speed(R, p), times)),
  },
});

interface Decay<N> extends DeepFeedback<N> {
  readonly theta0: N;
}

/** λ = 0, from the curve. */
const noSignal = exam({
  name: 'deep scalar flow from its curve without signal',
  inside: deepNoSignal,
  assuming: {
    H1: { says: 'd_l > 0', holds: (R, p) => allPositive(R, p.d) },
    H2: { says: String.raw`\theta_0 \ne 0`, holds: (R, { theta0 }) => allNonzero(R, [theta0]) },
  },
  cases: [
    { hidden: 1, d: ['1/2'], theta0: 1 },
    { hidden: 2, d: [1, 2], theta0: -1 },
  ],
  horizon: 20,
  flow: true,
  run: ({ deepScalarFA }, p, points) => {
    const [start, times] = [curveAt(doubles, p, p.theta0), longAfter(doubles, p, points)];
    return byLayer(deepScalarFA.flow({ lambda: 0, d: p.d, start, times }).layers);
  },
  defined: (R, p, points) => {
    const system = { lambda: R.of(0), d: p.d };
    return byLayer(deepFlow(R, system, curveAt(R, p, p.theta0), longAfter(R, p, points)));
  },
  measure: <N>(R: Reading<N>, path: Path<N, LayerName>, p: Decay<N>): Measures<N, LayerName | 'times'> => ({
    ...layersOf(path),
    times: timesOf(R, longAfter(R, p, path.w1!.length - 1)),
  }),
});

/** A hundred times the time in which the first layer loses some of its size. */
function longAfter<N>(R: Arithmetic<N>, p: Decay<N>, points: number): Float64Array {
  return timesUpTo(100 / nearest(R, speed(R, { ...p, r: p.theta0 })), points);
}

/** Without signal the convergence is polynomial, in each layer with a power of its own. For all. */
export const theorem5NoSignal = forAll(noSignal, {
  id: 'fa-deep-linear/thm-5-no-signal',
  where: 'around Theorem 5, Theorem 17 and Section 7',
  recorded: 'upheld',
  says: String.raw`\lambda=0,\ \theta_0\ne0:\ \theta_1=\pm s^{-1/(\gamma-1)},\ \theta_l=c_ls^{-2^{l-1}/(\gamma-1)},\quad s=\theta_0^{1-\gamma}+(\gamma-1)d_1\mathfrak Kt`,
  note: String.raw`The closed form itself rules an exponential rate out, as (52)-(53) do for two layers: Theorem 5 needs $\lambda\ne0$,
which it does not say. Here the layers do converge at different speeds.`,
  then: (R, measures, p) => {
    const { times, w1 } = measures;
    const exponent = degree(p) - 1;
    const speedUp = R.mul(exponent, p.d[0]!, productConstant(R, p));
    const s = map(times, (time) => R.add(R.power(p.theta0, -exponent), R.mul(speedUp, time)));
    const sign = R.div(p.theta0, R.abs(p.theta0));
    const expected = map(s, (base) => R.mul(sign, R.rationalPower(base, -1, exponent)));
    return all(onCurve(R, measures, p), part('first layer', identical(R, w1!, expected)));
  },
});
