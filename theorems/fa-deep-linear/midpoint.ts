/**
 * The midpoint scheme for the scalar two-layer linear network (Section 5.2 and Appendix D.1): the second layer moves
 * along the mean of the old and the new first layer. Weights w1, w2 (the paper's θ1, θ2, later x, y) start at zero;
 * r = (2dλ)^{1/3} is where the first layer ends, and instances are drawn by r, so λ = r³/(2d).
 */
import { atMost, lessThan } from '../../src/claim/compare';
import { exam, exists, forAll } from '../../src/claim/exam';
import { all, part, type Reading } from '../../src/claim/finding';
import { midpointFromZero, startAtZero } from '../../src/definitions/scalar-two-layer';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { doubles } from '../../src/numerics/doubles';
import { byStepSize } from '../../oracles/charts';
import { along, atLeast, eachStep, identical, increasing, tail } from '../../oracles/along';
import { constant, distance, geometric, map, product, scaled, type Bound } from '../../oracles/series';
import {
  midpointAnyStep,
  midpointBelowBound,
  midpointBeyondBound,
  pointOfInterval,
  signal,
  signalAndFeedback,
} from '../../generators/scalar-two-layer';

interface Scheme<N> {
  readonly r: N;
  readonly d: N;
  readonly eta: N;
}

/** 1 − c·η·r²: the ratio of a geometric bound. */
const ratio = <N>(R: Arithmetic<N>, c: number, { r, eta }: Omit<Scheme<N>, 'd'>): N => R.sub(1, R.mul(c, eta, r, r));

/** first · (1 − c·η·r²)^t. */
const rate = <N>(R: Reading<N>, first: N, c: number, scheme: Omit<Scheme<N>, 'd'>): Bound<N> =>
  geometric(R, first, ratio(R, c, scheme));

const positive = String.raw`d > 0,\ \lambda > 0`;
const python = [
  'assert d > 0 and r > 0 and eta > 0 and 3*eta*r**2 < 2  # H1, H2, H3',
  'lam = r**3 / (2*d)',
  'x, y = [F(0)], [F(0)]',
  'for t in range(horizon):',
  '    e = lam - x[t]*y[t]',
  '    x.append(x[t] + eta*d*e)',
  '    y.append(y[t] + eta/2*e*(x[t+1] + x[t]))',
];

/** |w1w2 − 1| after the last step, of a network whose signal is 1. */
const relativeErrorAt = ({ w1, w2 }: { readonly w1: ArrayLike<number>; readonly w2: ArrayLike<number> }): number =>
  Math.abs(w1[w1.length - 1]! * w2[w2.length - 1]! - 1);

/** Zero weights, step size below 2/(3r²): the hypotheses of Theorems 9 and 22. */
const fromZero = exam({
  name: 'midpoint from zero below the step-size bound',
  inside: midpointBelowBound,
  around: midpointAnyStep,
  assuming: {
    H1: { says: positive, holds: (R, { r, d }) => all(lessThan(R, 0, d), lessThan(R, 0, r)) },
    H2: { says: String.raw`\eta > 0`, holds: (R, { eta }) => lessThan(R, 0, eta) },
    H3: { says: String.raw`\eta < 2/(3r^2)`, holds: (R, { r, eta }) => lessThan(R, R.mul(3, eta, r, r), 2) },
  },
  cases: [
    { r: 1, d: '1/2', eta: '1/2' },
    { r: 1, d: 1, eta: '1/1500' },
    { r: 2, d: 3, eta: '1/8' },
    { r: '1/64', d: 64, eta: 2048 },
  ],
  horizon: 200,
  run: ({ scalarFA }, { r, d, eta }, steps) =>
    scalarFA.midpoint({ ...startAtZero(doubles, signal(doubles, { r, d }), d), eta, steps }),
  defined: (R, { r, d, eta }, steps) => midpointFromZero(R, { lambda: signal(R, { r, d }), d, eta }, steps),
  measure: (R, { w1, w2 }, { r, d }) => ({
    w1: { values: w1 },
    w2: { values: w2 },
    error: distance(R, product(R, { values: w1 }, { values: w2 }), signal(R, { r, d })),
    gap: distance(R, { values: w1 }, r),
  }),
  python,
});

/** Theorem 9 as printed in the main text: rate 3/2. For all. */
export const theorem9 = forAll(fromZero, {
  id: 'fa-deep-linear/thm-9',
  where: 'Theorem 9, and the last line of (127)',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/thm-22'],
  says: String.raw`|\theta_2^{(t)}\theta_1^{(t)}-\lambda| \le 3\lambda\,(1-\tfrac{3\eta}{2}r^2)^t`,
  note: String.raw`The main text and the end of the proof print the rate $\tfrac{3\eta}{2}r^2$, which is the rate near the
solution; from zero the first steps only contract by $1-\tfrac{\eta}{2}r^2$. The appendix states the theorem with the rate
that holds. The false step is the second line of (126).`,
  then: (R, { error }, scheme) => along(R, error, rate(R, R.mul(3, signal(R, scheme)), 1.5, scheme)),
  python: ['left, right = abs(x[at]*y[at] - lam), 3*lam*(1 - 3*eta*r**2/2)**at'],
});

/** Theorem 22, the appendix's version of Theorem 9: rate 1/2. For all. */
export const theorem22 = forAll(fromZero, {
  id: 'fa-deep-linear/thm-22',
  where: 'Theorem 22 (124)',
  recorded: 'upheld',
  says: String.raw`|x_ty_t-\lambda| \le 3\lambda\,(1-\tfrac{\eta}{2}r^2)^t`,
  note: String.raw`Conservative: the smallest constant that does is about 1.62, reached in the second step as
$\eta r^2\to\frac23$.`,
  then: (R, { error }, scheme) => along(R, error, rate(R, R.mul(3, signal(R, scheme)), 0.5, scheme)),
  charts: () => [
    byStepSize({
      unit: 'η r²',
      upTo: 3,
      claimed: 2 / 3,
      steps: 500,
      errorAt: (eta) => relativeErrorAt(midpointFromZero(doubles, { lambda: 1, d: 1 / 2, eta }, 500)),
    }),
  ],
  mutants: {
    'rate 3/2 for 1/2 (Theorem 9)': theorem9.then,
    'constant 8/5 for 3': (R, { error }, scheme) =>
      along(R, error, rate(R, R.mul('8/5', signal(R, scheme)), 0.5, scheme)),
  },
});

/** The contraction step of the proof as printed. For all. */
export const inequality126 = forAll(fromZero, {
  id: 'fa-deep-linear/ineq-126',
  where: '(126), second line',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/ineq-126-half'],
  says: String.raw`|x_t-r| \le |x_{t-1}-r|\,(1-\tfrac{3\eta}{2}r^2)`,
  note: String.raw`The exact factor is $1-\tfrac{\eta}{2}(x^2+rx+r^2)$ with $0\le x\le r$. The proof bounds the bracket by
$3r^2$ from above where it needs the bound from below, which is $r^2$.`,
  then: (R, { gap }, scheme) => eachStep(R, gap, (before) => scaled(R, ratio(R, 1.5, scheme), before)),
  python: ['left, right = abs(x[at] - r), abs(x[at-1] - r)*(1 - 3*eta*r**2/2)'],
});

/** The contraction step with the bracket bounded from the right side. For all, attained at x = 0. */
export const inequality126Half = forAll(fromZero, {
  id: 'fa-deep-linear/ineq-126-half',
  where: 'corrects (126)',
  recorded: 'upheld',
  tight: true,
  says: String.raw`|x_t-r| \le |x_{t-1}-r|\,(1-\tfrac{\eta}{2}r^2)`,
  note: 'Attained in the first step, from x = 0.',
  then: (R, { gap }, scheme) => eachStep(R, gap, (before) => scaled(R, ratio(R, 0.5, scheme), before)),
});

/** The second layer is a function of the first. For all, an identity. */
export const lemma19 = forAll(fromZero, {
  id: 'fa-deep-linear/lemma-19',
  where: 'Lemma 19 (117)-(118)',
  recorded: 'upheld',
  says: String.raw`y_t = x_t^2/(2d)\quad\text{for all } t`,
  then: (R, { w1, w2 }, { d }) =>
    identical(
      R,
      w2,
      map(w1, (x) => R.div(R.mul(x, x), R.mul(2, d))),
    ),
});

/** The first layer climbs to r and stays below it. For all. */
export const lemma21 = forAll(fromZero, {
  id: 'fa-deep-linear/lemma-21',
  where: 'Lemma 21 (121)',
  recorded: 'upheld',
  says: String.raw`0 \le x_t \le r,\quad x_t \le x_{t+1}`,
  then: (R, { w1 }, { r }) =>
    all(
      part('nonnegative', atLeast(R, w1, constant(R, 0))),
      part('at most r', along(R, w1, constant(R, r))),
      part('increasing', increasing(R, w1)),
    ),
});

/** The step-size condition, read as what it is used for: below it the scheme converges. For all. */
export const stepSizeSuffices = forAll(fromZero, {
  id: 'fa-deep-linear/midpoint-threshold',
  where: 'Theorem 9, step-size condition',
  recorded: 'upheld',
  says: String.raw`\eta < 2/(3r^2) \implies x_ty_t\to\lambda\text{: } |x_ty_t-\lambda|\le\tfrac{3r^2}{2d}\,r\,q^t,\ q=1-\tfrac{\eta}{2}r^2\in(0,1)`,
  note: String.raw`A limit is upheld by an envelope that tends to 0 and holds at every step. The condition is sufficient
only: see midpoint-beyond-threshold. At the solution the scheme contracts as long as $\eta<4/(3r^2)$.`,
  then: (R, { error }, { r, d, eta }) =>
    along(R, error, rate(R, R.div(R.mul(3, R.power(r, 3)), R.mul(2, d)), 0.5, { r, eta })),
  mutants: { 'envelope with rate 3/2': theorem9.then },
});

/** Any positive step size at or beyond the bound. */
const fromZeroBeyond = exam({
  ...fromZero,
  name: 'midpoint from zero at or beyond the step-size bound',
  inside: midpointBeyondBound,
  assuming: {
    H1: fromZero.assuming['H1']!,
    H3: { says: String.raw`\eta \ge 2/(3r^2)`, holds: (R, { r, eta }) => atMost(R, 2, R.mul(3, eta, r, r)) },
  },
  cases: [{ r: 1, d: '1/2', eta: 2 }],
  horizon: 2,
});

/** The step-size condition is not necessary. Exists. */
export const convergesBeyond = exists(fromZeroBeyond, {
  id: 'fa-deep-linear/midpoint-beyond-threshold',
  where: 'around Theorem 9 and Remark 23',
  recorded: 'upheld',
  says: String.raw`\exists\,\eta \ge 2/(3r^2):\ x_ty_t=\lambda\text{ from some } t \text{ on}`,
  note: 'A point with zero error is stationary, so one exact hit is convergence. The witness is Remark 23 at r = 1.',
  then: (R, { w1, w2 }, scheme) => part('hit', identical(R, tail(product(R, w1, w2)), constant(R, signal(R, scheme)))),
  mutants: {
    'hits half the signal': (R, { w1, w2 }, scheme) =>
      identical(R, tail(product(R, w1, w2)), constant(R, R.div(signal(R, scheme), 2))),
  },
});

/** The step size 2/r², far beyond the bound. */
const fromZeroOneStep = exam({
  name: 'midpoint from zero with step size 2/r²',
  inside: signalAndFeedback,
  assuming: { H1: { says: positive, holds: (R, { r, d }) => all(lessThan(R, 0, d), lessThan(R, 0, r)) } },
  cases: [
    { r: 1, d: '1/2' },
    { r: '4/3', d: 7 },
  ],
  horizon: 60,
  run: ({ scalarFA }, { r, d }, steps) =>
    scalarFA.midpoint({ ...startAtZero(doubles, signal(doubles, { r, d }), d), eta: 2 / (r * r), steps }),
  defined: (R, { r, d }, steps) =>
    midpointFromZero(R, { lambda: signal(R, { r, d }), d, eta: R.div(2, R.mul(r, r)) }, steps),
  measure: (_R, { w1 }) => ({ w1: { values: w1 } }),
});

/** With step size 2/r² the first step lands on the solution. For all, an identity. */
export const remark23 = forAll(fromZeroOneStep, {
  id: 'fa-deep-linear/remark-23',
  where: 'Remark 23',
  recorded: 'upheld',
  says: String.raw`\eta = 2/r^2 \implies x_t = r\quad\text{for all } t>0`,
  note: String.raw`True in exact arithmetic only: the solution repels at this step size (the scheme's derivative there is
$-2$), so rounding doubles every step and a computer leaves it after some fifty steps.`,
  then: (R, { w1 }, { r }) => identical(R, tail(w1), constant(R, r)),
});

/** One step of the first layer, from any x of [0, r]. */
const oneStep = exam({
  name: 'one midpoint step from a point of [0, r]',
  inside: pointOfInterval,
  assuming: {
    ...fromZero.assuming,
    H4: { says: String.raw`x \in [0, r]`, holds: (R, { r, x }) => all(atMost(R, 0, x), atMost(R, x, r)) },
  },
  cases: [
    { r: 1, d: '1/2', eta: '1/2', x: 0 },
    { r: 1, d: '1/2', eta: '1/2', x: 1 },
    { r: 2, d: 1, eta: '1/7', x: '5/3' },
  ],
});

/** x + ηdλ(1 − x³/r³), where ηdλ = factor · ηr³/2. */
const step = <N>(R: Reading<N>, { r, eta, x }: { readonly r: N; readonly eta: N; readonly x: N }, factor: number): N =>
  R.add(x, R.mul(factor / 2, eta, R.sub(R.power(r, 3), R.power(x, 3))));

/** The step maps [0, r] into itself. For all, attained at x = r. */
export const lemma20 = forAll(oneStep, {
  id: 'fa-deep-linear/lemma-20',
  where: 'Lemma 20',
  recorded: 'upheld',
  tight: true,
  says: String.raw`f(x) = x+\eta d\lambda\,(1-x^3/r^3) \in [0,r]\quad\text{for } x\in[0,r]`,
  then: (R, _none, p) => all(part('f ≥ 0', atMost(R, 0, step(R, p, 1))), part('f ≤ r', atMost(R, step(R, p, 1), p.r))),
  mutants: {
    'step size three times as large': (R, _none, p) => atMost(R, step(R, p, 3), p.r),
    'into [0, 19r/20]': (R, _none, p) => atMost(R, step(R, p, 1), R.mul('19/20', p.r)),
  },
});
