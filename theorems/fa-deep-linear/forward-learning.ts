/**
 * Section 4.2 and the end of Appendix C: the aligned start with θ0 < 0, so K = 0. The first layer obeys
 * θ1' = (r³ − θ1³)/2 with r = (2dλ)^{1/3} and comes from θ0 = −depth past 0, where the product θ2θ1 = θ1³/(2d) changes its
 * sign: the time of that is T0. Instances are drawn by r; a larger r is a larger signal.
 */
import { atMost, equals, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Reading } from '../../src/claim/finding';
import { order } from '../../src/claim/forms/constructors';
import { nearest, timesUpTo } from '../../src/definitions/flow';
import { feedbackAlignmentFlow, startAligned, type FeedbackStart } from '../../src/definitions/scalar-two-layer';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { doubles } from '../../src/numerics/doubles';
import { along, atLeast, increasing } from '../../oracles/along';
import { constant, product } from '../../oracles/series';
import { signal } from '../../generators/scalar-two-layer';
import { limitAndDepth, limitAndFarDepth, twoLimitsFromBelow } from '../../generators/two-components';

/** (16): the time at which the first layer passes 0 on its way from θ0 < 0 to r. */
const crossingTime = <N>(R: Arithmetic<N>, r: N, theta0: N): N => {
  const [square, root3] = [R.power(r, 2), R.sqrt(3)];
  const quadratic = R.add(R.power(theta0, 2), R.mul(r, theta0), square);
  const logarithm = R.log(R.div(R.power(R.sub(r, theta0), 2), quadratic));
  const angle = R.atan(R.div(R.add(theta0, theta0, r), R.mul(r, root3)));
  return R.add(
    R.div(R.pi(), R.mul(square, 3, root3)),
    R.div(logarithm, R.mul(3, square)),
    R.neg(R.div(R.mul(2, angle), R.mul(square, root3))),
  );
};

/** (42): the time from θ0 to x, both below r. */
const timeTo = <N>(R: Arithmetic<N>, r: N, theta0: N, x: N): N =>
  R.sub(crossingTime(R, r, theta0), crossingTime(R, r, x));

const startOf = <N>(
  R: Arithmetic<N>,
  { r, d, depth }: { readonly r: N; readonly d: N; readonly depth: N },
): FeedbackStart<N> => startAligned(R, signal(R, { r, d }), d, R.neg(depth));

/** Twice T0, so that T0 is the middle of the path. */
const twiceCrossing = (r: number, depth: number, points: number): Float64Array =>
  timesUpTo(2 * crossingTime(doubles, r, -depth), points);

const positive = String.raw`d > 0,\ \lambda > 0`;

const fromBelow = exam({
  name: 'feedback-alignment flow from the aligned start below 0',
  inside: limitAndDepth,
  assuming: {
    H1: { says: positive, holds: (R, { r, d }) => all(lessThan(R, 0, d), lessThan(R, 0, r)) },
    H2: { says: String.raw`\theta_0 < 0`, holds: (R, { depth }) => lessThan(R, 0, depth) },
  },
  cases: [
    { d: '1/2', r: 1, depth: 1 },
    { d: 2, r: 1, depth: 20 },
  ],
  horizon: 40,
  flow: true,
  run: ({ scalarFA }, p, points) =>
    scalarFA.flow({ ...startOf(doubles, p), times: twiceCrossing(p.r, p.depth, points) }),
  defined: (R, p, points) =>
    feedbackAlignmentFlow(R, startOf(R, p), twiceCrossing(nearest(R, p.r), nearest(R, p.depth), points)),
  measure: (R, { w1, w2 }) => {
    const middle = (w1.length - 1) / 2;
    const signs = product(R, { values: w1 }, { values: w2 }).values;
    return {
      w1: { values: w1 },
      before: { values: Array.from(signs).slice(0, Math.floor(middle)) },
      after: { values: Array.from(signs).slice(Math.floor(middle) + 1), from: Math.floor(middle) + 1 },
    };
  },
});

/** The time at which the product vanishes. For all. */
export const vanishingTime = forAll(fromBelow, {
  id: 'fa-deep-linear/T0-formula',
  where: '(16), (112)',
  recorded: 'upheld',
  says: String.raw`\theta_0<0 \implies \theta_1\theta_2(T_0)=0 \text{ at one } T_0 \text{ only, given by (16)};\ \theta_1\theta_2\le0 \text{ before},\ \ge0 \text{ after}`,
  note: 'One time only, because the first layer increases.',
  then: (R, { w1, before, after }, { depth }) => {
    const middle = Math.floor(w1.values.length / 2);
    return all(
      part('θ1(T0) = 0', equals(R, w1.values[middle]!, 0, middle, nearest(R, depth))),
      part('before', along(R, before, constant(R, 0))),
      part('after', atLeast(R, after, constant(R, 0))),
      part('one time only', increasing(R, w1)),
    );
  },
  mutants: {
    'at T0/2': (R, { w1 }, { depth }) => {
      const quarter = Math.floor(w1.values.length / 4);
      return equals(R, w1.values[quarter]!, 0, quarter, nearest(R, depth));
    },
  },
});

const farBelow = exam({
  name: 'the vanishing time from far below 0',
  inside: limitAndFarDepth,
  assuming: {
    H1: { says: String.raw`r > 0`, holds: (R, { r }) => lessThan(R, 0, r) },
    H2: { says: String.raw`\theta_0 \le -r`, holds: (R, { r, depth }) => atMost(R, r, depth) },
  },
  cases: [{ r: 1, depth: 8 }],
});

/** |T0 − 4π/(3√3 r²) + share/θ0²|. */
const expansionError = <N>(R: Reading<N>, { r, depth }: { readonly r: N; readonly depth: N }, share: number): N => {
  const limit = R.div(R.mul(4, R.pi()), R.mul(3, R.sqrt(3), r, r));
  return R.abs(R.add(R.sub(crossingTime(R, r, R.neg(depth)), limit), R.div(share, R.power(depth, 2))));
};

/** The expansion of the vanishing time for starts far below. Order. */
export const vanishingTimeFarBelow = order(farBelow, {
  id: 'fa-deep-linear/T0-asymptotics',
  where: '(17), (113)',
  recorded: 'upheld',
  says: String.raw`T_0=\frac{4\pi}{3\sqrt3r^2}-\frac1{\theta_0^2}+O(|\theta_0|^{-3}) \text{ as } \theta_0\to-\infty`,
  note: String.raw`$T_0=\int_{\theta_0}^0\frac{2\,dx}{r^3-x^3}$, so the remainder is $\int_{|\theta_0|}^\infty\frac{2r^3\,dy}{y^3(y^3+r^3)}$,
at most $\frac25r^3|\theta_0|^{-5}$: two orders better than claimed. (17), with $O(\theta_0^{-2})$ in the place of the second
term, follows.`,
  grows: 'depth',
  sides: (R, _none, p) => ({ left: expansionError(R, p, 1), right: R.power(p.depth, -3) }),
  constant: { of: ['r'], is: (R, { r }) => R.mul('2/5', r) },
  mutants: {
    'without the second term': (R, _none, p) =>
      atMost(R, expansionError(R, p, 0), R.mul('2/5', p.r, R.power(p.depth, -3))),
    'remainder two orders and a half smaller': (R, _none, p) =>
      atMost(R, expansionError(R, p, 1), R.mul('3/10', R.power(p.r, 3), R.power(p.depth, -5))),
  },
});

/** Two components with one feedback weight and one start below 0. */
const twoFromBelow = exam({
  name: 'two components from one start below 0',
  inside: twoLimitsFromBelow,
  assuming: {
    H1: {
      says: String.raw`\lambda^1 > \lambda^2 > 0`,
      holds: (R, { r, share }) => all(lessThan(R, 0, r), lessThan(R, 0, share), lessThan(R, share, 1)),
    },
    H2: { says: String.raw`\theta_0 < 0`, holds: (R, { depth }) => lessThan(R, 0, depth) },
    H3: {
      says: String.raw`0 < c < 1`,
      holds: (R, { level }) => all(lessThan(R, 0, level), lessThan(R, level, 1)),
    },
  },
  cases: [
    { r: 2, share: '1/2', depth: 1, level: '1/2' },
    { r: 1, share: '15/16', depth: 4, level: '7/8' },
  ],
});

/** The larger signal's product vanishes sooner. For all. */
export const vanishingTimeOrder = forAll(twoFromBelow, {
  id: 'fa-deep-linear/T0-ordering',
  where: 'Section 4.2, (114)',
  recorded: 'upheld',
  tight: true,
  says: String.raw`\lambda^1>\lambda^2 \implies T_0^1<T_0^2 \text{ from one } \theta_0<0`,
  note: 'Tight: starts near 0 cross it almost at once, however large the signal.',
  then: (R, _none, { r, share, depth }) =>
    lessThan(R, crossingTime(R, r, R.neg(depth)), crossingTime(R, R.mul(r, share), R.neg(depth))),
});

/** 2^{−1/3}: where the first layer is when the product is half the signal. */
const halfLearned = <N>(R: Arithmetic<N>): N => R.rationalPower('1/2', 1, 3);

/** One component is learned before the next one starts, as said. For all. */
export const sequential = forAll(twoFromBelow, {
  id: 'fa-deep-linear/regularization-separation',
  where: 'Section 4, introduction; Theorem 6; Section 4.2',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/regularization-order', 'fa-deep-linear/T0-ordering'],
  says: String.raw`\theta_2^1\theta_1^1 \text{ has come to } \tfrac12\lambda^1 \text{ before } T_0^2,\quad \lambda^1>\lambda^2`,
  note: String.raw`Sequential learning is: one feature is fully learned before the next one starts. "Fully" is checked as half, "starts"
as $T_0$, which the paper calls the first milestone, and still it fails for signals less than two or three times apart: both
times scale with $1/r^2$ and nothing separates them. What is true is the order.`,
  then: (R, _none, { r, share, depth }) => {
    const theta0 = R.neg(depth);
    const learned = timeTo(R, r, theta0, R.mul(r, halfLearned(R)));
    return atMost(R, learned, crossingTime(R, R.mul(r, share), theta0));
  },
});

/** Every share of its limit is reached sooner by the larger component. For all. */
export const regularizationOrder = forAll(twoFromBelow, {
  id: 'fa-deep-linear/regularization-order',
  where: 'corrects Section 4.2 and Theorem 6',
  recorded: 'upheld',
  says: String.raw`\lambda^1>\lambda^2,\ \theta_0<0 \implies \theta_1^1 \text{ comes to } c\,r^1 \text{ sooner than } \theta_1^2 \text{ to } c\,r^2,\quad 0<c<1`,
  note: String.raw`The time is $r^{-2}\int_{\theta_0/r}^c\frac{2\,dz}{1-z^3}$: both factors fall in $r$ as long as $\theta_0\le0$. From a
start above 0 a small component can be ahead: it may start where it ends.`,
  then: (R, _none, { r, share, depth, level }) => {
    const [theta0, other] = [R.neg(depth), R.mul(r, share)];
    return lessThan(R, timeTo(R, r, theta0, R.mul(level, r)), timeTo(R, other, theta0, R.mul(level, other)));
  },
  charts: (_measures, { r, depth }) => [
    {
      title: 'the larger signal is learned first',
      x: 't',
      y: 'θ2θ1/λ',
      curves: [1, 0.8, 0.6].map((share) => {
        const start = startOf(doubles, { r: share * r, d: 1 / 2, depth });
        const times = timesUpTo(12 * crossingTime(doubles, r, -depth), 200);
        const { w1, w2 } = feedbackAlignmentFlow(doubles, start, times);
        return { name: `r = ${share * r}`, x: times, y: w1.map((x, t) => (x * w2[t]!) / start.lambda) };
      }),
    },
  ],
  mutants: {
    'in less than the square of the share': (R, _none, { r, share, depth, level }) => {
      const [theta0, other] = [R.neg(depth), R.mul(r, share)];
      const later = R.mul(share, share, timeTo(R, other, theta0, R.mul(level, other)));
      return lessThan(R, timeTo(R, r, theta0, R.mul(level, r)), later);
    },
  },
});
