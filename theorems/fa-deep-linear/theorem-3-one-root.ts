/**
 * Theorem 3 with one real root (Appendix A.3, case Δ < 0): the cubic P(x) = x³ + 2dKx − 2dλ, by which θ1' = −P(θ1)/2, has
 * the factors x − r and x² + rx + c, the second without real roots. The implicit solution (63) is checked without
 * integrating: the derivative of its left side times θ1' has to be −1/2. Instances are drawn by r and c; λ and K follow.
 */
import { equals, lessThan } from '../../src/claim/compare';
import { exam, forAll, type Series } from '../../src/claim/exam';
import { rate } from '../../src/claim/forms/constructors';
import { all, type Finding, type Reading } from '../../src/claim/finding';
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
import { along, tail } from '../../oracles/along';
import {
  arctangent,
  arctangentByRoot,
  changesBy,
  doubledPlus,
  logarithm,
  minus,
  quadratic,
  sumOf,
  type ClosedForm,
} from '../../oracles/closed-form';
import { distance, exponential, larger, lateRate, product, timesOf } from '../../oracles/series';
import { oneRootAndPoint, oneRootAndStart, oneRootAnySign } from '../../generators/first-layer-cubic';

const positive = { says: 'd > 0', holds: <N>(R: Reading<N>, { d }: { readonly d: N }): Finding => lessThan(R, 0, d) };

/** The two sides of Δ > 0 by (55): 27λ² < −8dK³. */
const sidesOfDiscriminant = <N>(R: Reading<N>, { d, lambda, K }: Cubic<N>): readonly [N, N] => [
  R.mul(27, lambda, lambda),
  R.mul(-8, d, R.power(K, 3)),
];

/** One real root r ≠ 0, the other factor x² + rx + c without any. */
const oneReal = exam({
  name: 'cubic with one real root',
  inside: oneRootAnySign,
  assuming: {
    H1: positive,
    H2: {
      says: String.raw`\Delta < 0`,
      holds: (R, { d, r, c }) => {
        const [left, right] = sidesOfDiscriminant(R, cubicWithFactor(R, d, r, c));
        return lessThan(R, right, left);
      },
    },
    H3: { says: String.raw`\lambda \ne 0`, holds: (R, { r, c }) => lessThan(R, 0, R.abs(R.mul(r, c))) },
  },
  cases: [
    { d: '1/2', r: 1, c: 1 },
    { d: '1/2', r: -2, c: 3 },
    { d: 3, r: 1, c: '1/3' },
  ],
});

/** The sum of the real cube roots of dλ ± √(d²λ² + factor·d³K³). */
const cardano = <N>(R: Reading<N>, { d, lambda, K }: Cubic<N>, factor: string): N => {
  const half = R.mul(d, lambda);
  const radicand = R.add(R.power(half, 2), R.mul(factor, R.power(R.mul(d, K), 3)));
  const root = R.sqrt(radicand);
  return R.add(R.cbrt(R.add(half, root)), R.cbrt(R.sub(half, root)));
};

/** The real root in radicals. For all, an identity. */
export const cardano62 = forAll(oneReal, {
  id: 'fa-deep-linear/cardano-62',
  where: '(62)',
  recorded: 'upheld',
  says: String.raw`r=\sqrt[3]{d\lambda+\sqrt{d^2\lambda^2+\tfrac{8}{27}d^3K^3}}+\sqrt[3]{d\lambda-\sqrt{d^2\lambda^2+\tfrac{8}{27}d^3K^3}}`,
  note: String.raw`With real cube roots. The paper assumes $\lambda>0$ here; $\lambda<0$ is drawn as well.`,
  then: (R, _none, { d, r, c }) => equals(R, cardano(R, cubicWithFactor(R, d, r, c), '8/27'), r),
  mutants: {
    '10/27 for 8/27': (R, _none, { d, r, c }) => {
      const cubic = cubicWithFactor(R, d, r, c);
      return R.sign(cubic.K) === 1 ? equals(R, cardano(R, cubic, '10/27'), r) : all();
    },
  },
});

/** One real root r > 0, the other factor x² + rx + c without any, and a point θ1 = `theta`. */
const withOne = exam({
  name: 'cubic with one real root, and a point',
  inside: oneRootAndPoint,
  assuming: {
    H1: positive,
    H2: { says: String.raw`\Delta < 0`, holds: (R, { r, c }) => lessThan(R, R.power(r, 2), R.mul(4, c)) },
    H3: { says: String.raw`\lambda > 0`, holds: (R, { r, c }) => lessThan(R, 0, R.mul(r, c)) },
    H4: { says: String.raw`\theta_1 \ne r`, holds: (R, { r, theta }) => lessThan(R, 0, R.abs(R.sub(theta, r))) },
    H5: {
      says: String.raw`d\lambda \ne r^3`,
      holds: (R, { r, c }) => lessThan(R, 0, R.abs(R.sub(c, R.mul(2, r, r)))),
    },
  },
  cases: [
    { d: '1/2', r: 1, c: 1, theta: 0 },
    { d: 2, r: 2, c: 3, theta: -5 },
    { d: 2, r: 2, c: 3, theta: 7 },
  ],
  python: [
    'assert d > 0 and r > 0 and r**2 < 4*c and theta != r and c != 2*r**2  # H1, H2, H3, H4, H5',
    'lam, K = r*c/(2*d), (c - r**2)/(2*d)',
    'dl, x = d*lam, theta',
    'speed = -(x**3 + 2*d*K*x - 2*d*lam)/2',
    'slope = r/(2*(r**3 + dl))/(x - r) - r/(4*(r**3 + dl))*(2*x + r)/(x**2 + r*x + 2*dl/r)',
  ],
});

interface One<N> {
  readonly d: N;
  readonly r: N;
  readonly c: N;
  readonly theta: N;
}

/** The two logarithms of (63), dλ written out. */
const logarithms63 = <N>(R: Reading<N>, r: N, dLambda: N, x: N): ClosedForm<N> => {
  const sum = R.add(R.power(r, 3), dLambda);
  return sumOf(
    R,
    logarithm(R, R.div(r, R.mul(2, sum)), minus(R, x, r)),
    logarithm(R, R.neg(R.div(r, R.mul(4, sum))), quadratic(R, x, r, R.div(R.mul(2, dLambda), r))),
  );
};

/** The arctangent of (63) as printed. */
const arctangent63 = <N>(R: Reading<N>, r: N, dLambda: N, x: N): ClosedForm<N> => {
  const cube = R.power(r, 3);
  const difference = R.sub(dLambda, cube);
  const factor = R.div(R.mul(-3, cube), R.mul(8, R.add(cube, dLambda), difference));
  const inside = R.div(R.mul(r, R.add(x, x, r)), R.mul(4, difference));
  return arctangent(R, factor, { value: inside, slope: R.div(R.mul(2, r), R.mul(4, difference)) });
};

/** The arctangent that belongs there: s = (8dλ − r³)/r. */
const arctangent63Root = <N>(R: Reading<N>, r: N, dLambda: N, x: N): ClosedForm<N> => {
  const cube = R.power(r, 3);
  const factor = R.div(R.mul(-3, r, r), R.mul(2, R.add(cube, dLambda)));
  return arctangentByRoot(R, factor, doubledPlus(R, x, r, 1), R.div(R.sub(R.mul(8, dLambda), cube), r));
};

type Part63 = <N>(R: Reading<N>, r: N, dLambda: N, x: N) => ClosedForm<N>;

/** The two logarithms and the arctangent given solve the equation. */
const solves63 = <N>(R: Reading<N>, { d, r, c, theta }: One<N>, angle: Part63): Finding => {
  const cubic = cubicWithFactor(R, d, r, c);
  const dLambda = R.mul(d, cubic.lambda);
  const form = sumOf(R, logarithms63(R, r, dLambda, theta), angle(R, r, dLambda, theta));
  return changesBy(R, form, firstLayerSpeed(R, cubic, theta), '-1/2');
};

/** One real root, as printed. For all, an identity. */
export const implicitOnePrinted = forAll(withOne, {
  id: 'fa-deep-linear/eq-63',
  where: '(63)',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/eq-63-root'],
  says: String.raw`\tfrac{r\ln|\theta_1-r|}{2(r^3+d\lambda)}-\tfrac{r\ln(\theta_1^2+r\theta_1+2d\lambda/r)}{4(r^3+d\lambda)}-\tfrac{3r^3}{8(r^3+d\lambda)(d\lambda-r^3)}\arctan\tfrac{r(2\theta_1+r)}{4(d\lambda-r^3)}+C_0=-\tfrac t2`,
  note: String.raw`The logarithms are right, the arctangent is not: completing the square in
$\theta_1^2+r\theta_1+2d\lambda/r$ leaves $\frac14 s$ with $s=(8d\lambda-r^3)/r$, and its root belongs under the bar. What is
printed does not even scale as the other terms do, and has no value at $d\lambda=r^3$ (H5), where nothing special happens.`,
  then: (R, _none, p) => solves63(R, p, arctangent63),
  python: [
    'D = dl - r**3',
    'slope -= 3*r**3/(8*(r**3 + dl)*D) * (2*r/(4*D))/(1 + (r*(2*x + r)/(4*D))**2)',
    'left, right = slope*speed, F(-1, 2)',
  ],
});

/** One real root, with the root of what completing the square leaves. For all, an identity. */
export const implicitOne = forAll(withOne, {
  id: 'fa-deep-linear/eq-63-root',
  where: 'corrects (63)',
  recorded: 'upheld',
  says: String.raw`\ldots-\tfrac{3r^2}{2(r^3+d\lambda)\sqrt s}\arctan\tfrac{2\theta_1+r}{\sqrt s}+C_0=-\tfrac t2,\quad s=\tfrac{8d\lambda-r^3}{r}`,
  note: String.raw`The two logarithms of (63) are unchanged. $\Delta<0$ makes $s>0$. With $K=0$, $s=3r^2$ and this is $-\frac12$ times
(42).`,
  then: (R, _none, p) => solves63(R, p, arctangent63Root),
  mutants: {
    'as printed': implicitOnePrinted.then,
    'wrong sign of the arctangent': (R, _none, p) =>
      solves63(R, p, (S, r, dLambda, x) => {
        const form = arctangent63Root(S, r, dLambda, x);
        return { ...form, slope: S.neg(form.slope) };
      }),
  },
});

const towards = <N>(R: Arithmetic<N>, { d, r, c, theta }: One<N>): Course<N> => ({
  cubic: cubicWithFactor(R, d, r, c),
  theta0: theta,
  limit: r,
});

/** One real root r > 0: d, λ > 0. */
const towardsOnlyRoot = exam({
  name: 'feedback-alignment flow with one rest point',
  inside: oneRootAndStart,
  assuming: {
    H1: positive,
    H2: { says: String.raw`\lambda > 0`, holds: (R, { r, c }) => lessThan(R, 0, R.mul(r, c)) },
    H3: { says: String.raw`\Delta < 0`, holds: (R, { r, c }) => lessThan(R, R.power(r, 2), R.mul(4, c)) },
  },
  cases: [
    { d: '1/2', r: 1, c: 1, theta: 0 },
    { d: 2, r: 2, c: 3, theta: -5 },
    { d: 2, r: 2, c: 3, theta: 7 },
  ],
  horizon: 20,
  flow: true,
  run: ({ scalarFA }, p, points) => {
    const course = towards(doubles, p);
    return scalarFA.flow({
      ...startOnParabola(doubles, course.cubic, course.theta0),
      times: timesOn(doubles, course, points),
    });
  },
  defined: (R, p, points) => flowOn(R, towards(R, p), points),
  measure: (R, { w1, w2 }, p) => {
    const course = towards(R, p);
    return {
      gap: distance(R, { values: w1 }, course.limit),
      error: distance(R, product(R, { values: w1 }, { values: w2 }), course.cubic.lambda),
      times: timesOf(R, timesOn(R, course, w1.length - 1)),
    };
  },
});

/** (64) with an explicit constant, the rate times `factor`. */
const onlyRate = <N>(
  R: Reading<N>,
  { error, times }: Readonly<Record<'error' | 'times', Series<N>>>,
  p: One<N>,
  factor: Real,
) => {
  const { d, r, c, theta } = p;
  const { lambda } = cubicWithFactor(R, d, r, c);
  const root = R.sqrt(R.sub(R.mul(4, c), R.power(r, 2)));
  const q = (x: N): N => R.add(R.power(x, 2), R.mul(r, x), c);
  const h = (x: N): N =>
    R.add(R.mul('3/2', R.log(q(x))), R.mul(3, R.div(r, root), R.atan(R.div(R.add(x, x, r), root))));
  const first = R.div(R.mul(R.abs(R.sub(theta, r)), q(theta)), R.mul(2, d));
  const C = larger(R, first, R.mul(first, R.exp(R.sub(h(r), h(theta)))));
  const speed = R.div(R.mul(factor, R.add(R.power(r, 3), R.mul(d, lambda))), r);
  return along(R, tail(error), exponential(R, C, speed, times));
};

/** One root: the product converges at this rate. */
export const rate64 = rate(towardsOnlyRoot, {
  id: 'fa-deep-linear/rate-64',
  where: '(64)',
  recorded: 'upheld',
  says: String.raw`|\theta_2\theta_1-\lambda|\le C\exp\Bigl(-\frac{r^3+d\lambda}{r}t\Bigr)`,
  note: String.raw`With $P=(x-r)q$, the error is $|\theta_1-r|\,q(\theta_1)/(2d)$, and by (63), corrected, its product with
$e^{\rho t}$ is its first value times $e^{h(\theta_1)-h(\theta_1(0))}$, $h=\frac32\ln q+\frac{3r}{\sqrt s}\arctan\frac{2x+r}{\sqrt s}$,
$s=(8d\lambda-r^3)/r$. As $h'=3(x+r)/q$, it is largest at the start or at $r$: that is $C$.`,
  then: (R, measures, p) => onlyRate(R, measures, p, 1),
  sharpness: ({ error, times }, { r, c }) => {
    const measured = lateRate(error, times);
    return measured === undefined ? undefined : { measured, claimed: r * r + c / 2 };
  },
  mutants: { 'rate 11/10 times as large': (R, measures, p) => onlyRate(R, measures, p, '11/10') },
});
