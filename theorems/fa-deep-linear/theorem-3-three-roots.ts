/**
 * Theorem 3 with three real roots (Appendix A.3, case Δ > 0): the cubic P(x) = x³ + 2dKx − 2dλ, by which θ1' = −P(θ1)/2, has
 * roots r1 < r2 < r3, and the first layer goes from r2 to r3 or to r1. Its implicit solution (56) is checked without
 * integrating: the derivative of the left side times θ1' has to be −1/2. Instances are drawn by the gaps between the
 * roots and a place relative to r2; λ, K and θ2(0) follow.
 */
import { equals, lessThan } from '../../src/claim/compare';
import { exam, forAll, type Series } from '../../src/claim/exam';
import { rate } from '../../src/claim/forms/constructors';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import {
  cubicWithFactor,
  firstLayerSpeed,
  flowOn,
  startOnParabola,
  timesOn,
  type Course,
  type Cubic,
} from '../../src/definitions/first-layer-cubic';
import type { Arithmetic, Real } from '../../src/numerics/arithmetic';
import { doubles } from '../../src/numerics/doubles';
import { along, atLeast, tail } from '../../oracles/along';
import { changesBy, logarithm, minus, sumOf, type ClosedForm } from '../../oracles/closed-form';
import { noneOf } from '../../oracles/cubic';
import { distance, exponential, larger, lateRate, product, timesOf } from '../../oracles/series';
import { rootsByGaps, threeRootsAndPoint, threeRootsAndStart } from '../../generators/first-layer-cubic';

interface Gaps<N> {
  readonly d: N;
  readonly low: N;
  readonly high: N;
}

/** r21, r32 and r31, with r_ij = r_i − r_j. */
const differences = <N>(R: Reading<N>, { low, high }: Gaps<N>): readonly [N, N, N] => [low, high, R.add(low, high)];

const cubicByGaps = <N>(R: Reading<N>, p: Gaps<N>): Cubic<N> => {
  const [r1, r2, r3] = rootsByGaps(R, p);
  return cubicWithFactor(R, p.d, r1, R.mul(r2, r3));
};

const positive = { says: 'd > 0', holds: <N>(R: Reading<N>, { d }: { readonly d: N }): Finding => lessThan(R, 0, d) };

/**
 * Three distinct roots, a point θ1 = r2 + `from` that is none of them, and a start near the middle one, θ0 = r2 + e^{−δ},
 * where e^{−δ} is drawn as `near`.
 */
const aroundMiddleRoot = exam({
  name: 'cubic with three distinct roots, a point, and a start near the middle root',
  inside: threeRootsAndStart,
  assuming: {
    H1: positive,
    H2: { says: String.raw`r_1<r_2<r_3`, holds: (R, { low, high }) => all(lessThan(R, 0, low), lessThan(R, 0, high)) },
    H3: {
      says: String.raw`\theta_1 \notin \{r_1,r_2,r_3\}`,
      holds: (R, { low, high, from }) => noneOf(R, from, [R.neg(low), 0, high]),
    },
    H4: {
      says: String.raw`\delta > 0,\ r_2+e^{-\delta} < r_3`,
      holds: (R, { near, high }) => all(lessThan(R, 0, near), lessThan(R, near, 1), lessThan(R, near, high)),
    },
  },
  cases: [
    { d: '1/2', low: 3, high: 3, from: 1, near: '1/2' },
    { d: '1/2', low: 3, high: 1, from: -1, near: '1/1024' },
    { d: 2, low: 3, high: 6, from: 9, near: '1/3' },
    { d: 2, low: 1, high: 2, from: -4, near: '1/4' },
  ],
});

/** The left side of (56) and (95) at θ1 = x, without its constant. */
const solutionThree = <N>(R: Reading<N>, p: Gaps<N>, x: N): ClosedForm<N> => {
  const [r1, r2, r3] = rootsByGaps(R, p);
  const [r21, r32, r31] = differences(R, p);
  return sumOf(
    R,
    logarithm(R, R.div(1, R.mul(r32, r31)), minus(R, x, r3)),
    logarithm(R, R.div(-1, R.mul(r32, r21)), minus(R, x, r2)),
    logarithm(R, R.div(1, R.mul(r31, r21)), minus(R, x, r1)),
  );
};

/** The constant (57) for a start anywhere. */
const constant57 = <N>(R: Reading<N>, p: Gaps<N>, theta0: N): N => {
  const [l1, l2, l3] = rootsByGaps(R, p).map((root) => R.log(R.abs(R.sub(theta0, root)))) as unknown as [N, N, N];
  const [r21, r32, r31] = differences(R, p);
  return R.add(R.neg(R.div(l3, R.mul(r32, r31))), R.div(l2, R.mul(r32, r21)), R.neg(R.div(l1, R.mul(r31, r21))));
};

/** The constant (97) for the start θ0 = r2 + e^{−δ}. */
const constant97 = <N>(R: Reading<N>, p: Gaps<N>, near: N): N => {
  const [r21, r32, r31] = differences(R, p);
  const delta = R.neg(R.log(near));
  return R.sub(
    R.neg(R.add(R.div(delta, R.mul(r32, r21)), R.div(R.log(R.sub(r32, near)), R.mul(r32, r31)))),
    R.div(R.log(R.add(r21, near)), R.mul(r31, r21)),
  );
};

/** Three real roots. For all, identities. */
export const implicitThree = forAll(aroundMiddleRoot, {
  id: 'fa-deep-linear/implicit-56-57',
  where: '(56)-(57), (95)-(97)',
  recorded: 'upheld',
  says: String.raw`\tfrac{\ln|\theta_1-r_3|}{r_{32}r_{31}}-\tfrac{\ln|\theta_1-r_2|}{r_{32}r_{21}}+\tfrac{\ln|\theta_1-r_1|}{r_{31}r_{21}}+C_0=-\tfrac t2 \text{ solves (54)};\ C_0 \text{ by (57), by (97) from } \theta_0=r_2+e^{-\delta}`,
  note: String.raw`Here $r_{ij}=r_i-r_j$. (97) has $\ln(r_{32}-e^{-\delta})$ without a modulus, so it needs $e^{-\delta}<r_{32}$: the
paper does not say so, but it holds in the limit $\delta\to\infty$ that (97) is for, and is a hypothesis here.`,
  then: (R, _none, p) => {
    const [, r2] = rootsByGaps(R, p);
    const [point, start] = [R.add(r2, p.from), R.add(r2, p.near)];
    return all(
      part(
        'derivative along the flow',
        changesBy(R, solutionThree(R, p, point), firstLayerSpeed(R, cubicByGaps(R, p), point), '-1/2'),
      ),
      () => part('(57)', equals(R, solutionThree(R, p, point).value(), R.neg(constant57(R, p, point)))),
      () => part('(97)', equals(R, constant97(R, p, p.near), constant57(R, p, start))),
    );
  },
  mutants: {
    'plus before the middle logarithm': (R, _none, p) => {
      const [, r2] = rootsByGaps(R, p);
      const point = R.add(r2, p.from);
      const twice = logarithm(R, R.div(2, R.mul(p.high, p.low)), minus(R, point, r2));
      return changesBy(
        R,
        sumOf(R, solutionThree(R, p, point), twice),
        firstLayerSpeed(R, cubicByGaps(R, p), point),
        '-1/2',
      );
    },
    '(97) without its last logarithm': (R, _none, p) => {
      const [r21, , r31] = differences(R, p);
      const last = R.div(R.log(R.add(r21, p.near)), R.mul(r31, r21));
      const start = R.add(rootsByGaps(R, p)[1], p.near);
      return equals(R, R.add(constant97(R, p, p.near), last), constant57(R, p, start));
    },
  },
});

/** What paths are measured by: the first layer's distance to its limit, the product's error, and the times. */
type Measured<N> = Readonly<Record<'gap' | 'error' | 'times', Series<N>>>;

interface Three<N> extends Gaps<N> {
  readonly from: N;
}

/** The course among three roots, with the middle root and the other outer one: to r3 from above r2, to r1 from below. */
const amongThree = <N>(R: Arithmetic<N>, p: Three<N>): Course<N> & { readonly middle: N; readonly other: N } => {
  const [r1, middle, r3] = rootsByGaps(R, p);
  const cubic = cubicWithFactor(R, p.d, middle, R.mul(r1, r3));
  const [limit, other] = R.sign(p.from) === -1 ? [r1, r3] : [r3, r1];
  return { cubic, theta0: R.add(middle, p.from), limit, middle, other };
};

/** Three distinct roots, a start that is none of them. */
const towardsOuterRoot = exam({
  name: 'feedback-alignment flow with three distinct rest points',
  inside: threeRootsAndPoint,
  assuming: {
    H1: positive,
    H2: { says: String.raw`r_1<r_2<r_3`, holds: (R, { low, high }) => all(lessThan(R, 0, low), lessThan(R, 0, high)) },
    H3: {
      says: String.raw`\theta_1(0) \notin \{r_1,r_2,r_3\}`,
      holds: (R, { low, high, from }) => noneOf(R, from, [R.neg(low), 0, high]),
    },
  },
  cases: [
    { d: '1/2', low: 3, high: 3, from: 1 },
    { d: '1/2', low: 3, high: 3, from: -1 },
    { d: 2, low: 3, high: 6, from: 9 },
    { d: 2, low: 1, high: 2, from: -4 },
  ],
  horizon: 20,
  flow: true,
  run: ({ scalarFA }, p, points) => {
    const course = amongThree(doubles, p);
    return scalarFA.flow({
      ...startOnParabola(doubles, course.cubic, course.theta0),
      times: timesOn(doubles, course, points),
    });
  },
  defined: (R, p, points) => flowOn(R, amongThree(R, p), points),
  measure: (R, { w1, w2 }, p) => {
    const course = amongThree(R, p);
    return {
      gap: distance(R, { values: w1 }, course.limit),
      error: distance(R, product(R, { values: w1 }, { values: w2 }), course.cubic.lambda),
      times: timesOf(R, timesOn(R, course, w1.length - 1)),
    };
  },
});

/** (60)–(61) with explicit constants, the rate times `factor`. */
const outerRate = <N>(R: Reading<N>, { gap, error, times }: Measured<N>, p: Three<N>, factor: Real) => {
  const { cubic, theta0, limit, middle, other } = amongThree(R, p);
  const size = (a: N, b: N): N => R.abs(R.sub(a, b));
  const speed = R.div(R.mul(factor, size(limit, middle), size(limit, other)), 2);
  const far = R.div(size(limit, other), size(middle, other));
  const near = R.div(size(limit, middle), size(middle, other));
  const logG = (x: N): N => R.sub(R.mul(far, R.log(size(x, middle))), R.mul(near, R.log(size(x, other))));
  const first = size(theta0, limit);
  const last = R.mul(first, R.exp(R.sub(logG(limit), logG(theta0))));
  const rest = (x: N): N => R.div(R.mul(size(x, middle), size(x, other)), R.mul(2, cubic.d));
  const highest = larger(R, first, last);
  return all(
    part('from above', along(R, tail(gap), exponential(R, highest, speed, times))),
    part('from below', atLeast(R, tail(gap), exponential(R, R.sub(R.add(first, last), highest), speed, times))),
    part(
      'product',
      along(R, tail(error), exponential(R, R.mul(highest, larger(R, rest(theta0), rest(limit))), speed, times)),
    ),
  );
};

/** Three roots: the outer ones are approached exponentially, at exactly this rate. */
export const rate60 = rate(towardsOuterRoot, {
  id: 'fa-deep-linear/rate-60',
  where: '(60)-(61), and the line after (60)',
  recorded: 'upheld',
  tight: true,
  says: String.raw`|\theta_1-r_3|=e^{-\frac12(r_3-r_2)(r_3-r_1)t+O(1)},\ |\theta_2\theta_1-\lambda|\le Ce^{-\frac12(r_3-r_2)(r_3-r_1)t} \text{ from } \theta_1(0)>r_2;\ \text{with } r_1 \text{ for } r_3 \text{ from below}`,
  note: String.raw`By (56), $|\theta_1-r_3|\,e^{\rho t}$ is $|\theta_1(0)-r_3|\,G(\theta_1)/G(\theta_1(0))$ with
$G=|x-r_2|^{r_{31}/r_{21}}|x-r_1|^{-r_{32}/r_{21}}$, which increases for $x>r_2$, so it lies between its values at the start
and at $r_3$; the product's error is $|\theta_1-r_3|\,(\theta_1-r_2)(\theta_1-r_1)/(2d)$. The constants are unbounded as
$\theta_1(0)\to r_2$, as they must be.`,
  then: (R, measures, p) => outerRate(R, measures, p, 1),
  sharpness: ({ gap, times }, p) => {
    const { limit, middle, other } = amongThree(doubles, p);
    const measured = lateRate(gap, times);
    return measured === undefined ? undefined : { measured, claimed: ((limit - middle) * (limit - other)) / 2 };
  },
  mutants: {
    'rate 11/10 times as large': (R, measures, p) => outerRate(R, measures, p, '11/10'),
    'rate 10/11 times as large': (R, measures, p) => outerRate(R, measures, p, '10/11'),
  },
});
