/**
 * Theorem 3 with a double root (Appendix A.3, case Δ = 0, λ ≠ 0): the cubic P(x) = x³ + 2dKx − 2dλ, by which
 * θ1' = −P(θ1)/2, is (x − r_d)²(x − r_s) with r_s = −2r_d. The implicit solution (66) is checked without integrating: the
 * derivative of its left side times θ1' has to be −1/2. Instances are drawn by r_d ≠ 0; λ and K follow.
 */
import { equals, lessThan } from '../../src/claim/compare';
import { exam, forAll, type Series } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import {
  cubicWithFactor,
  firstLayerSpeed,
  flowOn,
  secondLayerAt,
  startOnParabola,
  timesOn,
  type Course,
} from '../../src/definitions/first-layer-cubic';
import type { Arithmetic, Real } from '../../src/numerics/arithmetic';
import { doubles } from '../../src/numerics/doubles';
import { along, tail } from '../../oracles/along';
import { changesBy, logarithm, minus, reciprocal, sumOf } from '../../oracles/closed-form';
import { noneOf } from '../../oracles/cubic';
import { distance, exponential, larger, product, timesOf, zip } from '../../oracles/series';
import { doubleRoot, doubleRootAndPoint } from '../../generators/first-layer-cubic';

const positive = { says: 'd > 0', holds: <N>(R: Reading<N>, { d }: { readonly d: N }): Finding => lessThan(R, 0, d) };

/** A double root r_d ≠ 0, and so the simple root −2r_d. */
const oneDouble = exam({
  name: 'cubic with a double root',
  inside: doubleRoot,
  assuming: {
    H1: positive,
    H2: { says: String.raw`\lambda \ne 0`, holds: (R, { double }) => lessThan(R, 0, R.abs(double)) },
  },
  cases: [
    { d: '1/2', double: 1 },
    { d: 2, double: -3 },
  ],
});

/** The constant and the roots where the discriminant vanishes. For all, identities. */
export const rootsWithDouble = forAll(oneDouble, {
  id: 'fa-deep-linear/delta0-roots-65',
  where: 'the line before Remark 15, (65) and (71)',
  recorded: 'upheld',
  says: String.raw`\Delta=0 \implies K=-\tfrac32\sqrt[3]{\lambda^2/d},\ r_s=-3\lambda/K=2\sqrt[3]{d\lambda},\ r_d=3\lambda/(2K)=-\sqrt[3]{d\lambda},\ \tfrac{1}{2d}r^3+Kr=\lambda \text{ at both}`,
  note: String.raw`The cubic is $(x-r_d)^2(x+2r_d)$; $\lambda$ is drawn with either sign.`,
  then: (R, _none, { d, double }) => {
    const simple = R.mul(-2, double);
    const { lambda, K } = cubicWithFactor(R, d, double, R.mul(double, simple));
    const root = R.cbrt(R.mul(d, lambda));
    return all(
      part('K', equals(R, K, R.mul('-3/2', R.cbrt(R.div(R.power(lambda, 2), d))))),
      part('simple root', equals(R, simple, R.div(R.mul(-3, lambda), K))),
      part('simple root, in radicals', equals(R, simple, R.mul(2, root))),
      part('double root', equals(R, double, R.div(R.mul(3, lambda), R.mul(2, K)))),
      part('double root, in radicals', equals(R, double, R.neg(root))),
      part('signal at the simple root', equals(R, R.mul(simple, secondLayerAt(R, { d, K }, simple)), lambda)),
      part('signal at the double root', equals(R, R.mul(double, secondLayerAt(R, { d, K }, double)), lambda)),
    );
  },
  mutants: {
    'roots exchanged': (R, _none, { d, double }) => {
      const { lambda, K } = cubicWithFactor(R, d, double, R.mul(-2, double, double));
      return equals(R, double, R.div(R.mul(-3, lambda), K));
    },
  },
});
/** A double root r_d ≠ 0, the simple root r_s = −2r_d, and a point θ1 = r_d + `from`. */
const withDouble = exam({
  name: 'cubic with a double root, and a point',
  inside: doubleRootAndPoint,
  assuming: {
    H1: positive,
    H2: { says: String.raw`\lambda \ne 0`, holds: (R, { double }) => lessThan(R, 0, R.abs(double)) },
    H3: {
      says: String.raw`\theta_1 \notin \{r_s,r_d\}`,
      holds: (R, { double, from }) => noneOf(R, from, [0, R.mul(-3, double)]),
    },
  },
  cases: [
    { d: '1/2', double: -1, from: 1 },
    { d: '1/2', double: -1, from: -1 },
    { d: 2, double: 3, from: -10 },
  ],
});

interface Double<N> {
  readonly d: N;
  readonly double: N;
  readonly from: N;
}

/** The left side of (66) at θ1 = r_d + from, the reciprocal times `factor`. */
const solves66 = <N>(R: Reading<N>, { d, double, from }: Double<N>, factor: number): Finding => {
  const simple = R.mul(-2, double);
  const gap = R.sub(simple, double);
  const theta = R.add(double, from);
  const square = R.power(gap, 2);
  const form = sumOf(
    R,
    logarithm(R, R.div(1, square), minus(R, theta, simple)),
    logarithm(R, R.div(-1, square), minus(R, theta, double)),
    reciprocal(R, R.div(factor, gap), minus(R, theta, double)),
  );
  const cubic = cubicWithFactor(R, d, double, R.mul(double, simple));
  return changesBy(R, form, firstLayerSpeed(R, cubic, theta), '-1/2');
};

/** A double root. For all, an identity. */
export const implicitDouble = forAll(withDouble, {
  id: 'fa-deep-linear/implicit-66',
  where: '(66)',
  recorded: 'upheld',
  says: String.raw`\tfrac{\ln|\theta_1-r_s|-\ln|\theta_1-r_d|}{(r_s-r_d)^2}+\tfrac{1}{(r_s-r_d)(\theta_1-r_d)}+C_0=-\tfrac t2 \text{ solves (54)}`,
  then: (R, _none, p) => solves66(R, p, 1),
  mutants: { 'minus before the reciprocal': (R, _none, p) => solves66(R, p, -1) },
});
/** What paths are measured by: the first layer's distance to its limit, the product's error, and the times. */
type Measured<N> = Readonly<Record<'gap' | 'error' | 'times', Series<N>>>;

/** From the side of the simple root to it, from the other side to the double root. */
const bySide = <N>(R: Arithmetic<N>, { d, double, from }: Double<N>): Course<N> & { readonly toSimple: boolean } => {
  const simple = R.mul(-2, double);
  const toSimple = R.sign(R.mul(from, double)) === -1;
  const cubic = cubicWithFactor(R, d, double, R.mul(double, simple));
  return { cubic, theta0: R.add(double, from), limit: toSimple ? simple : double, toSimple };
};

/** A double root r_d ≠ 0 and the simple root r_s = −2r_d; a start that is neither. */
const aroundDoubleRoot = exam({
  name: 'feedback-alignment flow with a double rest point',
  inside: doubleRootAndPoint,
  assuming: {
    H1: positive,
    H2: { says: String.raw`\lambda \ne 0`, holds: (R, { double }) => lessThan(R, 0, R.abs(double)) },
    H3: {
      says: String.raw`\theta_1(0) \notin \{r_s,r_d\}`,
      holds: (R, { double, from }) => noneOf(R, from, [0, R.mul(-3, double)]),
    },
  },
  cases: [
    { d: '1/2', double: -1, from: 1 },
    { d: '1/2', double: -1, from: 9 },
    { d: '1/2', double: -1, from: -1 },
    { d: 2, double: 3, from: -10 },
    { d: 2, double: 3, from: '1/2' },
  ],
  horizon: 20,
  flow: true,
  run: ({ scalarFA }, p, points) => {
    const course = bySide(doubles, p);
    return scalarFA.flow({
      ...startOnParabola(doubles, course.cubic, course.theta0),
      times: timesOn(doubles, course, points),
    });
  },
  defined: (R, p, points) => flowOn(R, bySide(R, p), points),
  measure: (R, { w1, w2 }, p) => {
    const course = bySide(R, p);
    return {
      gap: distance(R, { values: w1 }, course.limit),
      error: distance(R, product(R, { values: w1 }, { values: w2 }), course.cubic.lambda),
      times: timesOf(R, timesOn(R, course, w1.length - 1)),
    };
  },
});

/** 1/(1/first + slope·t): the solution of y' = −slope·y². */
const hyperbola = <N>(R: Reading<N>, first: N, slope: N, times: { readonly values: ArrayLike<N> }) => ({
  values: Array.from(times.values, (time) => R.div(1, R.add(R.div(1, first), R.mul(slope, time)))),
});

/** Lemma 16 and what follows from it, the rate to the simple root times `factor`. */
const doubleRates = <N>(R: Reading<N>, { gap, error, times }: Measured<N>, p: Double<N>, factor: Real) => {
  const { cubic, theta0, limit, toSimple } = bySide(R, p);
  const simple = R.mul(-2, p.double);
  const speed = part(
    'sign of the speed',
    lessThan(R, 0, R.mul(R.sub(simple, theta0), firstLayerSpeed(R, cubic, theta0))),
  );
  const [apart, first] = [R.mul(3, R.abs(p.double)), R.abs(R.sub(theta0, limit))];
  if (toSimple) {
    const z = R.div(R.abs(p.from), apart);
    const last = R.div(R.mul(first, R.exp(R.sub(R.div(1, z), 1))), z);
    const rate = R.div(R.mul(factor, R.power(apart, 2)), 2);
    return all(
      speed,
      part('to the simple root', along(R, tail(gap), exponential(R, larger(R, first, last), rate, times))),
    );
  }
  const slowest = hyperbola(R, first, R.div(R.add(first, apart), 2), times);
  const scale = R.div(apart, R.mul(2, p.d));
  return all(
    speed,
    part('to the double root', along(R, tail(gap), tail(hyperbola(R, first, R.div(apart, 2), times)))),
    part(
      'no faster',
      along(
        R,
        zip(slowest, times, (y) => R.mul(scale, R.power(y, 2))),
        error,
      ),
    ),
  );
};

/** A double root: which side goes where, and how fast. For all. */
export const lemma16 = forAll(aroundDoubleRoot, {
  id: 'fa-deep-linear/lemma-16-subexp',
  where: 'Lemma 16 (67)-(70), and after it',
  recorded: 'upheld',
  says: String.raw`\Delta=0,\ \lambda\ne0:\ \dot\theta_1 \text{ points to } r_s;\ \text{exponential convergence to } r_s,\ \text{sub-exponential from the far side to } r_d`,
  note: String.raw`Of (67)-(70) only (69) can be read in our copy; all four say that $\dot\theta_1$ has the sign of $r_s-\theta_1$ off $r_d$.
With $\sigma=|r_s-r_d|$: to $r_s$ with the constant of (66), $|\theta_1-r_s|\le\max(1,\frac{e^{1/z-1}}{z})\,|\theta_1(0)-r_s|\,e^{-\sigma^2t/2}$,
$z=|\theta_1(0)-r_d|/\sigma$. To $r_d$, $y=|\theta_1-r_d|$ obeys $y'=-\frac12y^2(y+\sigma)$, which lies between $-\frac12(y_0+\sigma)y^2$
and $-\frac12\sigma y^2$: so $y\le1/(1/y_0+\frac12\sigma t)$, and the error $y^2(y+\sigma)/(2d)$ stays above a multiple of $t^{-2}$.`,
  then: (R, measures, p) => doubleRates(R, measures, p, 1),
  mutants: {
    'rate 11/10 times as large': (R, measures, p) => doubleRates(R, measures, p, '11/10'),
    'exponential to the double root': (R, { gap, times }, p) =>
      along(R, gap, exponential(R, R.mul(2, R.abs(p.from)), R.div(R.power(p.double, 2), 2), times)),
  },
});
