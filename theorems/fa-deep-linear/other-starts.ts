/**
 * The feedback-alignment flow of the scalar two-layer linear network, θ1' = d(λ − θ2θ1), θ2' = (λ − θ2θ1)θ1, from other
 * starts than Theorem 2's: without signal, from anywhere, and from zero, beside gradient descent (Sections 2.1 and A.2).
 */
import { lessThan } from '../../src/claim/compare';
import { exam, exists, forAll, type Series } from '../../src/claim/exam';
import { someConstant } from '../../src/claim/forms/constructors';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { nearest, timesUpTo } from '../../src/definitions/flow';
import {
  feedbackAlignmentFlow,
  gradientFlow,
  startAligned,
  startAtZero,
  type FeedbackStart,
} from '../../src/definitions/scalar-two-layer';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { doubles } from '../../src/numerics/doubles';
import { along, fallsAndRises, identical, tail } from '../../oracles/along';
import { cancelling, constant, distance, exponential, map, product, timesOf } from '../../oracles/series';
import {
  anyStart,
  noSignal,
  signal,
  signalAndFeedbackAnySign,
  signalAndStart,
} from '../../generators/scalar-two-layer';

/** A hundred times the time in which the first layer halves. */
const longAfter = (theta0: number, points: number): Float64Array => timesUpTo(300 / theta0 ** 2, points);

/** No signal: λ = 0, from the aligned start. */
const alignedNoSignal = exam({
  name: 'feedback-alignment flow from the aligned start without signal',
  inside: noSignal,
  assuming: {
    H1: { says: 'd > 0', holds: (R, { d }) => lessThan(R, 0, d) },
    H2: { says: String.raw`\theta_0 \ne 0`, holds: (R, { theta0 }) => lessThan(R, 0, R.abs(theta0)) },
  },
  cases: [
    { d: '1/2', theta0: 1 },
    { d: 2, theta0: -3 },
  ],
  horizon: 40,
  flow: true,
  run: ({ scalarFA }, p, points) =>
    scalarFA.flow({ ...startAligned(doubles, 0, p.d, p.theta0), times: longAfter(p.theta0, points) }),
  defined: (R, p, points) =>
    feedbackAlignmentFlow(R, startAligned(R, 0, p.d, p.theta0), longAfter(nearest(R, p.theta0), points)),
  measure: (R, { w1, w2 }, { theta0 }) => ({
    w1: { values: w1 },
    w2: { values: w2 },
    size: distance(R, product(R, { values: w1 }, { values: w2 }), 0),
    times: timesOf(R, longAfter(nearest(R, theta0), w1.length - 1)),
  }),
});

/** Without signal the decay is polynomial. For all. */
export const lambdaZero = forAll(alignedNoSignal, {
  id: 'fa-deep-linear/lambda-zero-52',
  where: '(52)-(53)',
  recorded: 'upheld',
  says: String.raw`\theta_1=\pm(t+\theta_0^{-2})^{-1/2},\ \theta_2=\tfrac{1}{2d(t+\theta_0^{-2})},\ |\theta_2\theta_1|\le\tfrac{1}{2d}t^{-3/2}`,
  note: 'The closed form itself rules an exponential rate out.',
  then: (R, { w1, w2, size, times }, { d, theta0 }) => {
    const shifted = map(times, (time) => R.add(time, R.power(theta0, -2)));
    const sign = R.div(theta0, R.abs(theta0));
    const bound = map(tail(times), (time) => R.div(1, R.mul(2, d, time, R.sqrt(time))));
    return all(
      part(
        'first layer',
        identical(
          R,
          w1,
          map(shifted, (s) => R.div(sign, R.sqrt(s))),
        ),
      ),
      part(
        'second layer',
        identical(
          R,
          w2,
          map(shifted, (s) => R.div(1, R.mul(2, d, s))),
        ),
      ),
      part('order', along(R, tail(size), bound)),
    );
  },
});

/** The order of the decay, with a constant that does not depend on the start. */
export const rate72 = someConstant(alignedNoSignal, {
  id: 'fa-deep-linear/rate-72',
  where: '(72)',
  recorded: 'upheld',
  tight: true,
  says: String.raw`\lambda=K=0:\ |\theta_2\theta_1| \le Ct^{-3/2},\quad C=\tfrac{1}{2d}`,
  note: String.raw`$\Delta=0$ and $\lambda=0$ leave $K=0$ alone, so the start is (7). By (52) no smaller constant will do as
$t\to\infty$, whatever $\theta_0\ne0$.`,
  constant: { of: ['d'], is: (R, { d }) => R.div(1, R.mul(2, d)) },
  within: (R, { size, times }, _start, C) =>
    along(
      R,
      tail(size),
      map(tail(times), (time) => R.div(C, R.mul(time, R.sqrt(time)))),
    ),
  mutants: {
    'power 2 for 3/2, in units of θ₀': (R, { size, times }, { d, theta0 }) =>
      along(
        R,
        tail(size),
        map(tail(times), (time) => R.div(1, R.mul(2, d, R.abs(theta0), R.power(time, 2)))),
      ),
  },
});

/** Any d ≠ 0, any signal, any start of both layers. */
const fromAnywhere = exam({
  name: 'feedback-alignment flow from any start',
  inside: anyStart,
  assuming: { H1: { says: String.raw`d \ne 0`, holds: (R, { d }) => lessThan(R, 0, R.abs(d)) } },
  cases: [
    { lambda: 3, d: '1/2', w1: -2, w2: 1 },
    { lambda: -1, d: -2, w1: 0, w2: 5 },
    { lambda: 0, d: 1, w1: 1, w2: 0 },
  ],
  horizon: 40,
  flow: true,
  run: ({ scalarFA }, p, points) => scalarFA.flow({ ...p, times: untilSettled(doubles, p, points) }),
  defined: (R, p, points) => feedbackAlignmentFlow(R, p, untilSettled(R, p, points)),
  measure: (R, { w1, w2 }, { lambda }) => ({
    w1: { values: w1 },
    w2: { values: w2 },
    error: distance(R, product(R, { values: w1 }, { values: w2 }), lambda),
  }),
});

/** Twenty times the shortest time scale of the flow along its parabola, K = w2 − w1²/(2d). */
function untilSettled<N>(R: Arithmetic<N>, start: FeedbackStart<N>, points: number): Float64Array {
  const lambda = nearest(R, start.lambda);
  const d = nearest(R, start.d);
  const w1 = nearest(R, start.w1);
  const K = nearest(R, start.w2) - (w1 * w1) / (2 * d);
  return timesUpTo(20 / (Math.cbrt((d * lambda) ** 2) + Math.abs(d * K) + w1 * w1), points);
}

/** θ2(t) = θ2(0) + (θ1(t)² − θ1(0)²)/(cd): two squares that may cancel. */
const onParabola = <N>(
  R: Reading<N>,
  { w1, w2 }: { readonly w1: Series<N>; readonly w2: Series<N> },
  { d, ...start }: FeedbackStart<N>,
  c: number,
): Finding => {
  const parabola = (x: N): N => R.div(R.mul(x, x), R.mul(c, d));
  const expected = map(w1, (x) => R.add(start.w2, R.sub(parabola(x), parabola(start.w1))));
  return identical(R, w2, cancelling(R, expected, map(w1, parabola)));
};

/** What the flow conserves. For all, an identity. */
export const invariantK = forAll(fromAnywhere, {
  id: 'fa-deep-linear/invariant-K',
  where: '(37)',
  recorded: 'upheld',
  says: String.raw`\theta_2(t) = \theta_2(0) + \tfrac{1}{2d}\bigl(\theta_1(t)^2-\theta_1(0)^2\bigr)`,
  then: (R, path, start) => onParabola(R, path, start, 2),
  mutants: { 'd for 2d': (R, path, start) => onParabola(R, path, start, 1) },
});

/** The error need not be monotone from a general start. Exists. */
export const nonmonotoneError = exists(fromAnywhere, {
  id: 'fa-deep-linear/nonmonotone-error',
  where: 'Section 2.1 and after Theorem 3',
  recorded: 'upheld',
  says: String.raw`\exists\,\theta_1(0),\theta_2(0):\ |\theta_2\theta_1-\lambda| \text{ falls and rises along the path}`,
  note: String.raw`At $\lambda=3$, $d=\frac12$ from $(-2,1)$ the path runs along $\theta_2=\theta_1^2-3$, where the product is
$\theta_1^3-3\theta_1$: the error is 5 at $\theta_1=-2$, 1 at $-1$ and 5 again at $1$.`,
  then: (R, { error }) => fallsAndRises(R, error),
  mutants: { 'the first layer falls and rises': (R, { w1 }) => fallsAndRises(R, w1) },
});

/** Both flows from zero weights, d and λ of either sign. */
const bothFromZero = exam({
  name: 'feedback alignment and gradient descent flows from zero',
  inside: signalAndFeedbackAnySign,
  assuming: {
    H1: { says: String.raw`d \ne 0,\ \lambda \ne 0`, holds: (R, { r, d }) => lessThan(R, 0, R.abs(R.mul(r, d))) },
  },
  cases: [
    { r: 1, d: '1/2' },
    { r: -2, d: 1 },
    { r: 1, d: -1 },
  ],
  horizon: 40,
  flow: true,
  run: ({ scalarFA, scalarGD }, p, points) => {
    const problem = { ...startAtZero(doubles, signal(doubles, p), p.d), times: timesUpTo(8 / (p.r * p.r), points) };
    const [fa, gd] = [scalarFA.flow(problem), scalarGD.flow(problem)];
    return { w1: fa.w1, gd1: gd.w1, gd2: gd.w2 };
  },
  defined: (R, p, points) => {
    const [start, times] = [startAtZero(R, signal(R, p), p.d), timesUpTo(8 / nearest(R, p.r) ** 2, points)];
    const [fa, gd] = [feedbackAlignmentFlow(R, start, times), gradientFlow(R, start, times)];
    return { w1: fa.w1, gd1: gd.w1, gd2: gd.w2 };
  },
  measure: (R, { w1, gd1, gd2 }, { r }) => ({
    gap: distance(R, { values: w1 }, r),
    gd1: { values: gd1 },
    gd2: { values: gd2 },
    times: timesOf(R, timesUpTo(8 / nearest(R, r) ** 2, w1.length - 1)),
  }),
});

/** Zero weights train under feedback alignment and are stuck under gradient descent. For all. */
export const trainsFromZero = forAll(bothFromZero, {
  id: 'fa-deep-linear/zero-init-fa-vs-gd',
  where: 'Section 2.1',
  recorded: 'upheld',
  says: String.raw`\theta(0)=0:\ |\theta_1-r|\le|r|e^{-\frac38r^2t} \text{ under FA},\quad \theta(t)=0 \text{ under GD}`,
  then: (R, { gap, gd1, gd2, times }, { r }) =>
    all(
      part('feedback alignment converges', along(R, gap, exponential(R, R.abs(r), R.mul('3/8', r, r), times))),
      part('gradient descent, first layer', identical(R, gd1, constant(R, 0))),
      part('gradient descent, second layer', identical(R, gd2, constant(R, 0))),
    ),
});

/** Gradient descent from anywhere, for as long as its fastest time scale five times over. */
const gradientFromAnywhere = exam({
  name: 'gradient flow from any start',
  inside: signalAndStart,
  assuming: {},
  cases: [
    { lambda: 1, w1: 1, w2: 2 },
    { lambda: -3, w1: 0, w2: '1/2' },
  ],
  horizon: 40,
  flow: true,
  run: ({ scalarGD }, p, points) => scalarGD.flow({ ...p, times: fewTimeScales(doubles, p, points) }),
  defined: (R, p, points) => gradientFlow(R, p, fewTimeScales(R, p, points)),
  measure: (_R, { w1, w2 }) => ({ w1: { values: w1 }, w2: { values: w2 } }),
});

/** 5/(|λ| + w1² + w2²). */
function fewTimeScales<N>(
  R: Arithmetic<N>,
  { lambda, w1, w2 }: Omit<FeedbackStart<N>, 'd'>,
  points: number,
): Float64Array {
  return timesUpTo(5 / (Math.abs(nearest(R, lambda)) + nearest(R, w1) ** 2 + nearest(R, w2) ** 2), points);
}

/** What the gradient flow conserves, beside invariant-K. For all, an identity. */
export const gradientInvariant = forAll(gradientFromAnywhere, {
  id: 'fa-deep-linear/gd-invariant',
  where: 'not in the paper; gradient descent of Section 2.1',
  recorded: 'upheld',
  says: String.raw`\theta_2(t)^2-\theta_1(t)^2 = \theta_2(0)^2-\theta_1(0)^2 \text{ under GD}`,
  note: 'Textbook, and stated here so that the gradient-descent solver, too, has a claim to answer to.',
  then: (R, { w1, w2 }, start) => {
    const expected = map(w1, (x) => R.add(R.sub(R.power(start.w2, 2), R.power(start.w1, 2)), R.power(x, 2)));
    return identical(
      R,
      map(w2, (y) => R.power(y, 2)),
      cancelling(
        R,
        expected,
        map(w1, () => R.power(start.w1, 2)),
      ),
    );
  },
});
