/**
 * The feedback-alignment flow of the scalar two-layer linear network (Section 2.1 and Appendix A.2):
 * θ1' = d(λ − θ2θ1), θ2' = (λ − θ2θ1)θ1, mostly from the aligned start (7), θ2(0) = θ1(0)²/(2d). On it
 * θ1' = (r³ − θ1³)/2 with r = (2dλ)^{1/3}; instances are drawn by r, so λ = r³/(2d), and followed for twelve time
 * constants 1/(3r²/2).
 */
import { equals, lessThan } from '../../src/claim/compare';
import { exam, exists, forAll } from '../../src/claim/exam';
import { all, part, type Reading } from '../../src/claim/finding';
import { flowPath, nearest, timesUpTo } from '../../src/definitions/flow';
import { feedbackAlignmentField, gradientField } from '../../src/definitions/scalar-two-layer';
import type { Arithmetic, Real } from '../../src/numerics/arithmetic';
import { along, atLeast, decreasing, fallsAndRises, identical, increasing, tail } from '../../oracles/along';
import { constant, distance, exponential, larger, map, product } from '../../oracles/series';
import {
  alignedStart,
  alignedStartAnySign,
  anyStart,
  noSignal,
  signalAndFeedbackAnySign,
} from '../../generators/scalar-two-layer';

interface Start<N> {
  readonly r: N;
  readonly d: N;
  readonly theta0: N;
}

/** λ = r³/(2d). */
const signal = <N>(R: Arithmetic<N>, { r, d }: { readonly r: N; readonly d: N }): N =>
  R.div(R.power(r, 3), R.mul(2, d));

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
  horizon: 100,
  flow: true,
  run: ({ scalarFA }, { r, d, theta0 }, points) => {
    const times = twelveConstants(r, points);
    const start = { w1: theta0, w2: theta0 ** 2 / (2 * d) };
    return { ...scalarFA.flow({ lambda: r ** 3 / (2 * d), d, ...start, times }), times };
  },
  defined: (R, { r, d, theta0 }, points) => {
    const times = twelveConstants(nearest(R, r), points);
    const lambda = nearest(R, signal(R, { r, d }));
    const start = [theta0, R.div(R.mul(theta0, theta0), R.mul(2, d))];
    const [w1, w2] = flowPath(
      R,
      (D, [x, y]) => feedbackAlignmentField(D, { lambda, d: nearest(R, d) }, [x!, y!]),
      start,
      times,
    );
    return { w1: w1!, w2: w2!, times: Array.from(times, (time) => R.of(time)) };
  },
  measure: (R, { w1, w2, times }, { r, d }) => ({
    w1: { values: w1 },
    product: product(R, { values: w1 }, { values: w2 }),
    error: distance(R, product(R, { values: w1 }, { values: w2 }), signal(R, { r, d })),
    gap: distance(R, { values: w1 }, r),
    times: { values: times },
  }),
});

/** |θ2θ1 − λ| at the start: |θ₀³ − r³|/(2d). */
const firstError = <N>(R: Arithmetic<N>, { r, d, theta0 }: Start<N>): N =>
  R.div(R.abs(R.sub(R.power(theta0, 3), R.power(r, 3))), R.mul(2, d));

/** (dλ)^{2/3} = (r³/2)^{2/3}. */
const printedRate = <N>(R: Arithmetic<N>, r: N): N => R.rationalPower(R.div(R.power(r, 3), 2), 2, 3);

/** Theorem 2 with an explicit constant, e³|θ2θ1(0) − λ| + λ. For all. */
export const theorem2Convergence = forAll(aligned, {
  id: 'fa-deep-linear/thm-2-convergence',
  where: 'Theorem 2 / 11 (41)',
  recorded: 'upheld',
  says: String.raw`|\theta_2\theta_1-\lambda| < C e^{-\frac32(d\lambda)^{2/3}t},\quad C = e^3|\theta_2\theta_1(0)-\lambda|+\lambda`,
  note: String.raw`"There is C" is checked with a constant that does it: along the path
$\frac{d}{d\theta_1}\ln(|\theta_2\theta_1-\lambda|e^{\rho t})$ is positive only for $\theta_1^2<(d\lambda)^{2/3}$ and integrates to at
most 8/3 there. The true rate is $\frac32(2d\lambda)^{2/3}$, larger by $2^{2/3}$: see thm-2-rate-46.`,
  then: (R, { error, times }, p) => {
    const C = R.add(R.mul(R.exp(3), firstError(R, p)), signal(R, p));
    return along(R, error, exponential(R, C, R.mul('3/2', printedRate(R, p.r)), times));
  },
  mutants: {
    'rate 4 for 3/2': (R, { error, times }, p) => {
      const C = R.add(R.mul(R.exp(3), firstError(R, p)), signal(R, p));
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
  { w1, times }: { readonly w1: { readonly values: ArrayLike<N> }; readonly times: { readonly values: ArrayLike<N> } },
  { r, theta0 }: Omit<Start<N>, 'd'>,
) =>
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
const constantAt = <N>(R: Arithmetic<N>, c: Real, first: N, { r, theta0 }: Omit<Start<N>, 'd'>, x: N): N =>
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
  horizon: 60,
  flow: true,
  run: ({ scalarFA }, { d, theta0 }, points) => {
    const times = timesUpTo(100 / theta0 ** 2, points);
    return { ...scalarFA.flow({ lambda: 0, d, w1: theta0, w2: theta0 ** 2 / (2 * d), times }), times };
  },
  defined: (R, { d, theta0 }, points) => {
    const times = timesUpTo(100 / nearest(R, theta0) ** 2, points);
    const start = [theta0, R.div(R.mul(theta0, theta0), R.mul(2, d))];
    const [w1, w2] = flowPath(
      R,
      (D, [x, y]) => feedbackAlignmentField(D, { lambda: 0, d: nearest(R, d) }, [x!, y!]),
      start,
      times,
    );
    return { w1: w1!, w2: w2!, times: Array.from(times, (time) => R.of(time)) };
  },
  measure: (R, { w1, w2, times }) => ({
    w1: { values: w1 },
    w2: { values: w2 },
    size: distance(R, product(R, { values: w1 }, { values: w2 }), 0),
    times: { values: times },
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
    const cubeRootSquared = map(tail(times), (time) => R.div(1, R.mul(2, d, time, R.sqrt(time))));
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
      part('order', along(R, tail(size), cubeRootSquared)),
    );
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
  horizon: 60,
  flow: true,
  run: ({ scalarFA }, { lambda, d, w1, w2 }, points) =>
    scalarFA.flow({ lambda, d, w1, w2, times: timesUpTo(untilSettled(lambda, d, w1, w2), points) }),
  defined: (R, { lambda, d, w1: start1, w2: start2 }, points) => {
    const [l, c, x0, y0] = [lambda, d, start1, start2].map((x) => nearest(R, x)) as [number, number, number, number];
    const times = timesUpTo(untilSettled(l, c, x0, y0), points);
    const [w1, w2] = flowPath(
      R,
      (D, [x, y]) => feedbackAlignmentField(D, { lambda: l, d: c }, [x!, y!]),
      [start1, start2],
      times,
    );
    return { w1: w1!, w2: w2! };
  },
  measure: (R, { w1, w2 }, { lambda }) => ({
    w1: { values: w1 },
    w2: { values: w2 },
    error: distance(R, product(R, { values: w1 }, { values: w2 }), lambda),
  }),
});

/** Twenty times the shortest time scale of the flow along its parabola, K = w2 − w1²/(2d). */
function untilSettled(lambda: number, d: number, w1: number, w2: number): number {
  const K = w2 - (w1 * w1) / (2 * d);
  return 20 / (Math.cbrt((d * lambda) ** 2) + Math.abs(d * K) + w1 * w1);
}

/** What the flow conserves. For all, an identity. */
export const invariantK = forAll(fromAnywhere, {
  id: 'fa-deep-linear/invariant-K',
  where: '(37)',
  recorded: 'upheld',
  says: String.raw`\theta_2(t) = \theta_2(0) + \tfrac{1}{2d}\bigl(\theta_1(t)^2-\theta_1(0)^2\bigr)`,
  then: (R, { w1, w2 }, { d, w1: start1, w2: start2 }) =>
    identical(
      R,
      w2,
      map(w1, (x) => R.add(start2, R.div(R.sub(R.mul(x, x), R.mul(start1, start1)), R.mul(2, d)))),
    ),
  mutants: {
    'd for 2d': (R, { w1, w2 }, { d, w1: start1, w2: start2 }) =>
      identical(
        R,
        w2,
        map(w1, (x) => R.add(start2, R.div(R.sub(R.mul(x, x), R.mul(start1, start1)), d))),
      ),
  },
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
  run: ({ scalarFA, scalarGD }, { r, d }, points) => {
    const problem = { lambda: r ** 3 / (2 * d), d, w1: 0, w2: 0, times: twelveConstants(r, points) };
    const [fa, gd] = [scalarFA.flow(problem), scalarGD.flow(problem)];
    return { w1: fa.w1, gd1: gd.w1, gd2: gd.w2, times: problem.times };
  },
  defined: (R, { r, d }, points) => {
    const times = twelveConstants(nearest(R, r), points);
    const [lambda, zero] = [nearest(R, signal(R, { r, d })), R.of(0)];
    const [w1] = flowPath(
      R,
      (D, [x, y]) => feedbackAlignmentField(D, { lambda, d: nearest(R, d) }, [x!, y!]),
      [zero, zero],
      times,
    );
    const [gd1, gd2] = flowPath(R, (D, [x, y]) => gradientField(D, { lambda }, [x!, y!]), [zero, zero], times);
    return { w1: w1!, gd1: gd1!, gd2: gd2!, times: Array.from(times, (time) => R.of(time)) };
  },
  measure: (R, { w1, gd1, gd2, times }, { r }) => ({
    gap: distance(R, { values: w1 }, r),
    gd1: { values: gd1 },
    gd2: { values: gd2 },
    times: { values: times },
  }),
});

/** Zero weights train under feedback alignment and are stuck under gradient descent. For all. */
export const zeroStart = forAll(bothFromZero, {
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
