/**
 * Theorem 2 and its proof (Section 2.1 and Appendix A.2): the feedback-alignment flow of the scalar two-layer linear
 * network, θ1' = d(λ − θ2θ1), θ2' = (λ − θ2θ1)θ1, from the aligned start (7), θ2(0) = θ1(0)²/(2d). On it
 * θ1' = (r³ − θ1³)/2 with r = (2dλ)^{1/3}; instances are drawn by r, so λ = r³/(2d), and followed for twelve time
 * constants 1/(3r²/2).
 */
import { equals, lessThan } from '../../src/claim/compare';
import { exam, forAll, type Series } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { nearest, timesUpTo } from '../../src/definitions/flow';
import { feedbackAlignmentFlow, startAligned, type FeedbackStart } from '../../src/definitions/scalar-two-layer';
import type { Arithmetic, Real } from '../../src/numerics/arithmetic';
import { doubles } from '../../src/numerics/doubles';
import { along, atLeast, decreasing, identical, increasing } from '../../oracles/along';
import { constant, distance, exponential, larger, product, timesOf } from '../../oracles/series';
import { alignedStart, alignedStartAnySign, signal } from '../../generators/scalar-two-layer';

interface Aligned<N> {
  readonly r: N;
  readonly d: N;
  readonly theta0: N;
}

/** The start (7). */
const startOf = <N>(R: Arithmetic<N>, p: Aligned<N>): FeedbackStart<N> => startAligned(R, signal(R, p), p.d, p.theta0);

/** Twelve time constants of the linearised flow: 8/r². */
const twelveConstants = (r: number, points: number): Float64Array => timesUpTo(8 / (r * r), points);

const positive = String.raw`d > 0,\ \lambda > 0`;

/** The aligned start with d, λ > 0: the setting of Theorem 2. */
const aligned = exam({
  name: 'feedback-alignment flow from the aligned start',
  inside: alignedStart,
  around: alignedStartAnySign,
  assuming: { H1: { says: positive, holds: (R, { r, d }) => all(lessThan(R, 0, d), lessThan(R, 0, r)) } },
  cases: [
    { r: 1, d: '1/2', theta0: 0 },
    { r: 2, d: '1/2', theta0: 2 },
    { r: 1, d: 3, theta0: -1 },
    { r: 2, d: 1, theta0: -20 },
    { r: '1/8', d: 32, theta0: 8 },
  ],
  horizon: 40,
  flow: true,
  run: ({ scalarFA }, p, points) => scalarFA.flow({ ...startOf(doubles, p), times: twelveConstants(p.r, points) }),
  defined: (R, p, points) => feedbackAlignmentFlow(R, startOf(R, p), twelveConstants(nearest(R, p.r), points)),
  measure: (R, { w1, w2 }, { r, d }) => ({
    w1: { values: w1 },
    product: product(R, { values: w1 }, { values: w2 }),
    error: distance(R, product(R, { values: w1 }, { values: w2 }), signal(R, { r, d })),
    gap: distance(R, { values: w1 }, r),
    times: timesOf(R, twelveConstants(nearest(R, r), w1.length - 1)),
  }),
});

/** |θ2θ1 − λ| at the start: |θ₀³ − r³|/(2d). */
const firstError = <N>(R: Arithmetic<N>, { r, d, theta0 }: Aligned<N>): N =>
  R.div(R.abs(R.sub(R.power(theta0, 3), R.power(r, 3))), R.mul(2, d));

/** (dλ)^{2/3} = (r³/2)^{2/3}. */
const printedRate = <N>(R: Arithmetic<N>, r: N): N => R.rationalPower(R.div(R.power(r, 3), 2), 2, 3);

/** Theorem 2 with an explicit constant, e³|θ2θ1(0) − λ| + |λ|. For all. */
export const theorem2Convergence = forAll(aligned, {
  id: 'fa-deep-linear/thm-2-convergence',
  where: 'Theorem 2 / 11 (41)',
  recorded: 'upheld',
  says: String.raw`|\theta_2\theta_1-\lambda| < C e^{-\frac32(d\lambda)^{2/3}t},\quad C = e^3|\theta_2\theta_1(0)-\lambda|+|\lambda|`,
  note: String.raw`"There is C" is checked with a constant that does it: along the path
$\frac{d}{d\theta_1}\ln(|\theta_2\theta_1-\lambda|e^{\rho t})$ is positive only for $\theta_1^2<(d\lambda)^{2/3}$ and integrates to at
most 8/3 there. The true rate is $\frac32(2d\lambda)^{2/3}$, larger by $2^{2/3}$: see thm-2-rate-46.`,
  then: (R, { error, times }, p) => {
    const C = R.add(R.mul(R.exp(3), firstError(R, p)), R.abs(signal(R, p)));
    return along(R, error, exponential(R, C, R.mul('3/2', printedRate(R, p.r)), times));
  },
  mutants: {
    'rate 4 for 3/2': (R, { error, times }, p) => {
      const C = R.add(R.mul(R.exp(3), firstError(R, p)), R.abs(signal(R, p)));
      return along(R, error, exponential(R, C, R.mul(4, printedRate(R, p.r)), times));
    },
    'C = |θ2θ1(0) − λ|': (R, { error, times }, p) =>
      along(R, error, exponential(R, firstError(R, p), R.mul('3/2', printedRate(R, p.r)), times)),
  },
});

/** The product moves one way and the error shrinks, whatever the start. For all. */
export const theorem2Monotone = forAll(aligned, {
  id: 'fa-deep-linear/thm-2-monotone',
  where: 'Theorem 2 / 11 and the end of its proof',
  recorded: 'upheld',
  says: String.raw`\theta_2\theta_1 \text{ increases if } \theta_0<r,\text{ decreases if } \theta_0>r;\quad |\theta_2\theta_1-\lambda| \text{ decreases}`,
  note: String.raw`Monotone in the wide sense: the product stands still for a moment as $\theta_1$ passes 0.`,
  then: (R, { product: p, error }, { r, theta0 }) => {
    const direction = R.sign(R.sub(r, theta0));
    const moves =
      direction === 0
        ? identical(R, p, constant(R, p.values[0]!))
        : direction === 1
          ? increasing(R, p)
          : decreasing(R, p);
    return all(part('product', moves), part('error', decreasing(R, error)));
  },
  mutants: {
    'increases from every start': (R, { product: p }) => increasing(R, p),
    'the first layer shrinks the error as well as the product grows': (R, { error }) => increasing(R, error),
  },
});

/**
 * A limit of the first layer claimed at the number with the given cube: a limit of the flow is a rest point, and
 * |θ1 − r| ≤ |θ₀ − r|e^{−3r²t/8} from every start, because (x² + xr + r²)/2 ≥ 3r²/8.
 */
const settlesAt = <N>(
  R: Reading<N>,
  cube: N,
  { w1, times }: { readonly w1: Series<N>; readonly times: Series<N> },
  { r, theta0 }: Omit<Aligned<N>, 'd'>,
): Finding =>
  all(part('rest point: cube of the limit', equals(R, cube, R.power(r, 3))), () => {
    const limit = R.cbrt(cube);
    const envelope = exponential(R, R.abs(R.sub(theta0, limit)), R.mul('3/8', r, r), times);
    return part('envelope', along(R, distance(R, w1, limit), envelope));
  });

/** The limit of the first layer as printed. For all. */
export const theorem2AlignmentLimit = forAll(aligned, {
  id: 'fa-deep-linear/thm-2-alignment-limit',
  where: 'Theorem 2, last sentence',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/thm-2-alignment-limit-lambda'],
  says: String.raw`\theta_1(t)\to\sqrt[3]{2rd}`,
  note: String.raw`The statement does not define $r$; in the proof it is $(2d\lambda)^{1/3}$, and (44) says $\theta_1\to r$. The
printed limit has another cube, $2rd$ instead of $2d\lambda$, so it is not a rest point. Read with $\lambda$ for $r$ it is the
corrected claim; the two agree only where $r=\lambda$.`,
  then: (R, path, p) => settlesAt(R, R.mul(2, p.r, p.d), path, p),
  python: [
    'assert d > 0 and r > 0  # H1',
    'lam = r**3 / (2*d)',
    "# a limit of theta1' = (2*d*lam - theta1**3)/2 is a rest point",
    'left, right = 2*r*d, 2*d*lam',
  ],
});

/** The limit of the first layer, with λ under the root. For all. */
export const theorem2AlignmentLimitLambda = forAll(aligned, {
  id: 'fa-deep-linear/thm-2-alignment-limit-lambda',
  where: 'corrects Theorem 2, last sentence; (44)',
  recorded: 'upheld',
  says: String.raw`\theta_1(t)\to\sqrt[3]{2\lambda d}=r,\quad |\theta_1-r|\le|\theta_0-r|e^{-\frac38r^2t}`,
  then: (R, path, p) => settlesAt(R, R.mul(2, signal(R, p), p.d), path, p),
});

/** The aligned start with d > 0 and λ of either sign, off the solution: the setting of (45)–(47) and Remark 13. */
const alignedAnySign = exam({
  ...aligned,
  name: 'feedback-alignment flow from the aligned start, signal of either sign',
  inside: alignedStartAnySign,
  assuming: {
    H1: { says: 'd > 0', holds: (R, { d }) => lessThan(R, 0, d) },
    H2: { says: String.raw`\lambda \ne 0`, holds: (R, { r }) => lessThan(R, 0, R.abs(r)) },
    H3: { says: String.raw`\theta_0 \ne r`, holds: (R, { r, theta0 }) => lessThan(R, 0, R.abs(R.sub(theta0, r))) },
  },
  cases: [
    { r: 1, d: '1/2', theta0: 0 },
    { r: -2, d: '1/2', theta0: 3 },
    { r: 2, d: 1, theta0: -4 },
    { r: 1, d: 1, theta0: -20 },
  ],
});

/** c·ln(x² + rx + r²) + √3 sign(r) arctan((2x + r)/(|r|√3)): the antiderivative that (45) is made of. */
const antiderivative = <N>(R: Arithmetic<N>, c: Real, r: N, x: N): N => {
  const angle = R.atan(R.div(R.add(x, x, r), R.mul(R.abs(r), R.sqrt(3))));
  const logarithm = R.log(R.add(R.mul(x, x), R.mul(r, x), R.mul(r, r)));
  return R.add(R.mul(c, logarithm), R.mul(R.div(r, R.abs(r)), R.sqrt(3), angle));
};

/** What first·e^{A(x) − A(θ₀)} comes to at x, A the antiderivative. */
const constantAt = <N>(R: Arithmetic<N>, c: Real, first: N, { r, theta0 }: Omit<Aligned<N>, 'd'>, x: N): N =>
  R.mul(first, R.exp(R.sub(antiderivative(R, c, r, x), antiderivative(R, c, r, theta0))));

/** Both layers converge at the rate 3r²/2 exactly, with sharp constants. For all. */
export const theorem2Rate = forAll(alignedAnySign, {
  id: 'fa-deep-linear/thm-2-rate-46',
  where: '(46)-(47)',
  recorded: 'upheld',
  tight: true,
  says: String.raw`|\theta_1-r| = e^{-\frac32r^2t+O(1)},\quad |\theta_2\theta_1-\lambda|\le Ce^{-\frac32r^2t}`,
  note: String.raw`"O(1)" and "some C" are checked with the constants that (45) gives: $|\theta_1-r|e^{\frac32r^2t}$ equals
$|\theta_0-r|e^{H(\theta_1)-H(\theta_0)}$ with $H=\frac12\ln(x^2+rx+r^2)+\sqrt3\,\mathrm{sign}(r)\arctan\frac{2x+r}{|r|\sqrt3}$, so it lies
between its values at $-2r$ and at the larger of start and limit; for the product the logarithm counts three times. The
proof treats $\theta_0=r$ apart.`,
  then: (R, { gap, error, times }, p) => {
    const rate = R.mul('3/2', p.r, p.r);
    const [gap0, error0] = [R.abs(R.sub(p.theta0, p.r)), firstError(R, p)];
    const upper = larger(R, gap0, constantAt(R, '1/2', gap0, p, p.r));
    const lower = constantAt(R, '1/2', gap0, p, R.mul(-2, p.r));
    const C = larger(R, error0, constantAt(R, '3/2', error0, p, p.r));
    return all(
      part('first layer from above', along(R, gap, exponential(R, upper, rate, times))),
      part('first layer from below', atLeast(R, gap, exponential(R, lower, rate, times))),
      part('product', along(R, error, exponential(R, C, rate, times))),
    );
  },
});
