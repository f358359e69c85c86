/**
 * What the size of the feedback weight does (Section 2.1, text below Figure 1): two components of the scalar two-layer
 * linear network with one signal λ, feedback weights d and d' = factor³·d, both from the aligned start (7) with one θ₀. The
 * first layers end at r = (2dλ)^{1/3} and r' = factor·r; instances are drawn by r, so λ = r³/(2d).
 */
import { lessThan } from '../../src/claim/compare';
import { exam, forAll, type Series } from '../../src/claim/exam';
import { all, type Reading } from '../../src/claim/finding';
import { rate } from '../../src/claim/forms/constructors';
import { nearest, timesUpTo } from '../../src/definitions/flow';
import { feedbackAlignmentFlow, startAligned, type FeedbackStart } from '../../src/definitions/scalar-two-layer';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { doubles } from '../../src/numerics/doubles';
import { along, tail } from '../../oracles/along';
import { cancelling, distance, exponential, larger, lateRate, map, product, timesOf, zip } from '../../oracles/series';
import { signal, twoFeedbackWeights, twoFeedbackWeightsAndStart } from '../../generators/scalar-two-layer';

interface Pair<N> {
  readonly r: N;
  readonly d: N;
  readonly factor: N;
  readonly theta0: N;
}

/** The starts of both components: the one with the smaller feedback weight first. */
const starts = <N>(R: Arithmetic<N>, p: Pair<N>): readonly [FeedbackStart<N>, FeedbackStart<N>] => {
  const start = (d: N): FeedbackStart<N> => startAligned(R, signal(R, p), d, p.theta0);
  return [start(p.d), start(R.mul(R.power(p.factor, 3), p.d))];
};

/** Six times the time in which the distance of the faster one shrinks by e. */
const sixConstants = (r: number, factor: number, points: number): Float64Array =>
  timesUpTo(4 / (r * factor) ** 2, points);

const positive = {
  says: String.raw`d > 0,\ \lambda > 0,\ d' > d`,
  holds: <N>(R: Reading<N>, { r, d, factor }: Omit<Pair<N>, 'theta0'>) =>
    all(lessThan(R, 0, d), lessThan(R, 0, r), lessThan(R, 1, factor)),
};

/** Two feedback weights, one signal, one start. */
const fromOneStart = exam({
  name: 'feedback-alignment flows with two feedback weights from one aligned start',
  inside: twoFeedbackWeightsAndStart,
  assuming: { H1: positive },
  cases: [
    { r: 1, d: '1/2', factor: 2, theta0: 1 },
    { r: 1, d: '1/2', factor: 2, theta0: -3 },
    { r: 2, d: 1, factor: '3/2', theta0: 9 },
  ],
  horizon: 20,
  flow: true,
  run: ({ scalarFA }, p, points) => {
    const times = sixConstants(p.r, p.factor, points);
    const [smaller, greater] = starts(doubles, p).map((start) => scalarFA.flow({ ...start, times }));
    return { w1: smaller!.w1, w2: smaller!.w2, v1: greater!.w1, v2: greater!.w2 };
  },
  defined: (R, p, points) => {
    const times = sixConstants(nearest(R, p.r), nearest(R, p.factor), points);
    const [smaller, greater] = starts(R, p).map((start) => feedbackAlignmentFlow(R, start, times));
    return { w1: smaller!.w1, w2: smaller!.w2, v1: greater!.w1, v2: greater!.w2 };
  },
  measure: (R, { w1, w2, v1, v2 }, p) => ({
    /** With the smaller and with the greater feedback weight. */
    slower: distance(R, product(R, { values: w1 }, { values: w2 }), signal(R, p)),
    faster: distance(R, product(R, { values: v1 }, { values: v2 }), signal(R, p)),
    times: timesOf(R, sixConstants(nearest(R, p.r), nearest(R, p.factor), w1.length - 1)),
  }),
});

/** The same off the rest point of the first component. */
const offSolution = exam({
  ...fromOneStart,
  name: 'feedback-alignment flows with two feedback weights from one aligned start off the solution',
  assuming: {
    H1: positive,
    H2: { says: String.raw`\theta_0 \ne r`, holds: (R, { r, theta0 }) => lessThan(R, 0, R.abs(R.sub(theta0, r))) },
  },
  cases: fromOneStart.cases.slice(1),
});

/** h(x) = (3/2)ln(x² + rx + r²) + √3 arctan((2x + r)/(r√3)): by (45), |θ2θ1 − λ| = first·e^{h(θ1) − h(θ₀) − (3/2)r²t}. */
const h = <N>(R: Reading<N>, r: N, x: N): N => {
  const logarithm = R.log(R.add(R.power(x, 2), R.mul(r, x), R.power(r, 2)));
  return R.add(R.mul('3/2', logarithm), R.mul(R.sqrt(3), R.atan(R.div(R.add(x, x, r), R.mul(r, R.sqrt(3))))));
};

/** The extremes of first·e^{h(x) − h(θ₀)} between start and solution: h falls up to −r and rises from there. */
const constants = <N>(R: Reading<N>, r: N, d: N, theta0: N): { readonly least: N; readonly most: N } => {
  const first = R.div(R.abs(R.sub(R.power(theta0, 3), R.power(r, 3))), R.mul(2, d));
  const at = (x: N): N => R.mul(first, R.exp(R.sub(h(R, r, x), h(R, r, theta0))));
  const most = larger(R, first, at(r));
  const least = R.sign(R.add(theta0, r)) === 1 ? R.sub(R.add(first, at(r)), most) : at(R.neg(r));
  return { least, most };
};

/** error' ≤ (most'/least)·error·e^{−(3/2)(r'² − r²)t}, the exponent times `multiple`. */
const fasterByRates = <N>(
  R: Reading<N>,
  { slower, faster, times }: Readonly<Record<'slower' | 'faster' | 'times', Series<N>>>,
  { r, d, factor, theta0 }: Pair<N>,
  multiple: string,
) => {
  const [second, weight] = [R.mul(factor, r), R.mul(R.power(factor, 3), d)];
  const C = R.div(constants(R, second, weight, theta0).most, constants(R, r, d, theta0).least);
  const difference = R.mul('3/2', multiple, R.sub(R.power(second, 2), R.power(r, 2)));
  const ratio: Series<N> = { values: exponential(R, C, difference, times)(slower.values.length) };
  const bound = zip(slower, ratio, (x, y) => R.mul(x, y));
  const size = R.add(signal(R, { r, d }), R.abs(R.div(R.power(theta0, 3), R.mul(2, d))));
  const sizes = map(ratio, (y) => R.mul(size, y));
  return along(R, tail(faster), tail(cancelling(R, bound, sizes)));
};

/** A larger feedback weight means a larger rate: the error is smaller by a factor that tends to 0. */
export const largerFaster = rate(offSolution, {
  id: 'fa-deep-linear/larger-d-faster',
  where: 'Section 2.1, below Figure 1',
  recorded: 'upheld',
  says: String.raw`d'>d:\ |\theta_2'\theta_1'-\lambda| \le C\,|\theta_2\theta_1-\lambda|\,e^{-\frac32(r'^2-r^2)t},\quad r=(2d\lambda)^{1/3},\ r'=(2d'\lambda)^{1/3}`,
  note: String.raw`"Learned faster" is read as what the section is about, the rate of convergence, everything else ($\lambda$, $\theta_0$) being
equal. $C$ is made of the extremes of $h(\theta_1)-h(\theta_0)$ in (45) for either component. That the error is smaller
at all times is another claim, and false: see larger-d-faster-at-all-times.`,
  then: (R, measures, p) => fasterByRates(R, measures, p, '1'),
  sharpness: ({ slower, faster, times }, { r, factor }) => {
    const [one, other] = [lateRate(slower, times), lateRate(faster, times)];
    if (one === undefined || other === undefined) return undefined;
    return { measured: other - one, claimed: 1.5 * r * r * (factor * factor - 1) };
  },
  mutants: { 'twice the difference of the rates': (R, measures, p) => fasterByRates(R, measures, p, '2') },
});

/** The error with the larger feedback weight is the smaller one at all times. For all. */
export const largerFasterAlways = forAll(fromOneStart, {
  id: 'fa-deep-linear/larger-d-faster-at-all-times',
  where: 'Section 2.1, below Figure 1, read strongly',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/larger-d-faster', 'fa-deep-linear/larger-d-faster-from-zero'],
  says: String.raw`d'>d:\ |\theta_2'\theta_1'-\lambda| \le |\theta_2\theta_1-\lambda| \text{ at all times, from any common } \theta_0`,
  note: String.raw`A start at the first layer's rest point $r$ for $d$ has learned everything; for $d'$ it has not. Starts near $r$ do
so as well, for some time.`,
  then: (R, { slower, faster }) => along(R, faster, slower),
  python: [
    'assert d > 0 and r > 0 and factor > 1 and at == 0  # H1',
    'lam = r**3 / (2*d)',
    'left = abs(theta0**3 / (2*factor**3*d) - lam)',
    'right = abs(theta0**3 / (2*d) - lam)',
  ],
});

/** At zero both products start at zero. */
const fromZero = exam({
  name: 'feedback-alignment flows with two feedback weights from zero',
  inside: twoFeedbackWeights,
  assuming: { H1: positive },
  cases: [
    { r: 1, d: '1/2', factor: 2 },
    { r: 2, d: 3, factor: '5/4' },
  ],
  horizon: 20,
  flow: true,
  run: (solvers, p, points) => fromOneStart.run!(solvers, { ...p, theta0: 0 }, points),
  defined: (R, p, points) => fromOneStart.defined!(R, { ...p, theta0: R.of(0) }, points),
  measure: (R, path, p) => fromOneStart.measure!(R, path, { ...p, theta0: R.of(0) }),
});

/** From zero weights the larger feedback weight is ahead at all times. For all. */
export const largerFasterFromZero = forAll(fromZero, {
  id: 'fa-deep-linear/larger-d-faster-from-zero',
  where: 'corrects larger-d-faster-at-all-times',
  recorded: 'upheld',
  says: String.raw`d'>d,\ \theta(0)=0:\ |\theta_2'\theta_1'-\lambda| < |\theta_2\theta_1-\lambda| \text{ for } t>0`,
  note: String.raw`From zero, $\theta_2\theta_1=\lambda\,u(r^2t)^3$ with $u'=\frac12(1-u^3)$, $u(0)=0$: the larger $r$, the larger.`,
  then: (R, { slower, faster }) =>
    all(...Array.from(slower.values, (right, t) => (t === 0 ? all() : lessThan(R, faster.values[t]!, right, t)))),
  mutants: { behind: (R, { slower, faster }) => along(R, tail(slower), tail(faster)) },
});
