/**
 * The implicit solution in the proof of Theorem 2 (Appendix A.2, repeated in C.2), of θ1' = (r³ − θ1³)/2 with
 * r = (2dλ)^{1/3} on the aligned parabola θ2 = θ1²/(2d), what is read off it, and Remark 13. The start θ₀ is any point of the
 * parabola, so the formulas are checked at a point and need no path, but for Remark 13. Instances are drawn by r:
 * λ = r³/(2d).
 */
import { atMost, equals, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { firstLayerSpeed } from '../../src/definitions/first-layer-cubic';
import { nearest, timesUpTo } from '../../src/definitions/flow';
import { feedbackAlignmentFlow, startAligned } from '../../src/definitions/scalar-two-layer';
import type { Arithmetic, Real } from '../../src/numerics/arithmetic';
import { doubles } from '../../src/numerics/doubles';
import { along, identical, tail } from '../../oracles/along';
import {
  arctangentByRoot,
  changesBy,
  doubledPlus,
  growth,
  logarithm,
  minus,
  quadratic,
  sumOf,
  type ClosedForm,
} from '../../oracles/closed-form';
import { distance, exponential, larger, product, timesOf } from '../../oracles/series';
import { alignedStartAnyFeedback, signal } from '../../generators/scalar-two-layer';

interface Point<N> {
  readonly r: N;
  readonly d: N;
  readonly theta0: N;
}

/** The first layer's cubic on the aligned parabola: K = 0. */
const cubic = <N>(R: Arithmetic<N>, p: Omit<Point<N>, 'theta0'>) => ({ d: p.d, lambda: signal(R, p), K: R.of(0) });

/** θ1' at the point, by (35). */
const speed = <N>(R: Reading<N>, p: Point<N>): N => firstLayerSpeed(R, cubic(R, p), p.theta0);

const sign = <N>(R: Arithmetic<N>, x: N): N => R.div(x, R.abs(x));

/** Any point of the aligned parabola but the solution; d and λ of either sign (Remark 13). */
const anyPoint = exam({
  name: 'a point of the aligned parabola',
  inside: alignedStartAnyFeedback,
  assuming: {
    H1: { says: String.raw`d \ne 0,\ \lambda \ne 0`, holds: (R, { r, d }) => lessThan(R, 0, R.abs(R.mul(r, d))) },
    H2: { says: String.raw`\theta_0 \ne r`, holds: (R, { r, theta0 }) => lessThan(R, 0, R.abs(R.sub(theta0, r))) },
  },
  cases: [
    { r: 1, d: '1/2', theta0: 0 },
    { r: -1, d: '1/2', theta0: 2 },
    { r: 2, d: -1, theta0: 3 },
    { r: -3, d: -2, theta0: -4 },
  ],
});

/** The arctangent of (42) and, `signed` as in Remark 13, of (48). */
const angle = <N>(R: Reading<N>, r: N, x: N, signed: boolean): ClosedForm<N> =>
  signed
    ? arctangentByRoot(R, R.div(R.mul(2, sign(R, r)), R.power(r, 2)), doubledPlus(R, x, r, R.abs(r)), 3)
    : arctangentByRoot(R, R.div(2, R.power(r, 2)), doubledPlus(R, x, r, r), 3);

/** The left side of (42), and `signed` of (48), without its constant. */
const solution = <N>(R: Reading<N>, r: N, x: N, signed: boolean): ClosedForm<N> => {
  const threeSquares = R.mul(3, R.power(r, 2));
  return sumOf(
    R,
    logarithm(R, R.div(-2, threeSquares), minus(R, x, r)),
    logarithm(R, R.div(1, threeSquares), quadratic(R, x, r, R.power(r, 2))),
    angle(R, r, x, signed),
  );
};

/** The constant (43), and `signed` (49), written out. */
const constantOf = <N>(R: Reading<N>, r: N, theta0: N, signed: boolean): N => {
  const square = R.power(r, 2);
  const rest = R.add(R.power(theta0, 2), R.mul(r, theta0), square);
  const argument = R.div(R.add(theta0, theta0, r), R.mul(signed ? R.abs(r) : r, R.sqrt(3)));
  const turned = R.mul(signed ? sign(R, r) : 1, R.atan(argument));
  return R.sub(
    R.sub(
      R.mul(R.div(2, R.mul(3, square)), R.log(R.abs(R.sub(theta0, r)))),
      R.mul(R.div(1, R.mul(3, square)), R.log(R.abs(rest))),
    ),
    R.mul(R.div(2, R.mul(square, R.sqrt(3))), turned),
  );
};

/** The solution solves: its derivative along the flow is 1, and it vanishes at the start. */
const solves = <N>(R: Reading<N>, p: Point<N>, form: ClosedForm<N>, constant: () => N): Finding =>
  all(part('derivative along the flow', changesBy(R, form, speed(R, p), 1)), () =>
    part('0 at the start', equals(R, form.value(), R.neg(constant()))),
  );

/** The implicit solution with K = 0. For all, an identity. */
export const implicitSolution = forAll(anyPoint, {
  id: 'fa-deep-linear/implicit-42-43-48',
  where: '(42)-(43), (48)-(49), (110)-(111)',
  recorded: 'upheld',
  says: String.raw`-\tfrac{2}{3r^2}\ln|\theta_1-r|+\tfrac{1}{3r^2}\ln(\theta_1^2+r\theta_1+r^2)+\tfrac{2\,\mathrm{sign}(r)}{r^2\sqrt3}\arctan\tfrac{2\theta_1+r}{|r|\sqrt3}+C_0=t\ \text{ solves }\ \dot\theta_1=\tfrac12(r^3-\theta_1^3)`,
  note: String.raw`Checked without integrating: the derivative of the left side times $\dot\theta_1$ is 1. Equation (42) is printed
for $r>0$, but as the arctangent is odd it is the same function as (48) for $r<0$, too. Along paths: see remark-13.`,
  then: (R, _none, p) =>
    all(
      ...[false, true].map((signed) =>
        part(
          signed ? '(48)–(49)' : '(42)–(43)',
          solves(R, p, solution(R, p.r, p.theta0, signed), () => constantOf(R, p.r, p.theta0, signed)),
        ),
      ),
    ),
  mutants: {
    'without the sign of r': (R, _none, p) => changesBy(R, solution(R, R.abs(p.r), p.theta0, true), speed(R, p), 1),
    'half the logarithm of the quadratic': (R, _none, p) => {
      const half = logarithm(R, R.div(-1, R.mul(6, p.r, p.r)), quadratic(R, p.theta0, p.r, R.mul(p.r, p.r)));
      return changesBy(R, sumOf(R, solution(R, p.r, p.theta0, true), half), speed(R, p), 1);
    },
  },
});

/** c·ln(x² + rx + r²) + √3 sign(r) arctan((2x + r)/(|r|√3)): what (45) adds to its constant is this with c = 1/2. */
const remainder = <N>(R: Reading<N>, c: Real, r: N, x: N): ClosedForm<N> =>
  sumOf(
    R,
    logarithm(R, c, quadratic(R, x, r, R.mul(r, r))),
    arctangentByRoot(R, R.mul(3, sign(R, r)), doubledPlus(R, x, r, R.abs(r)), 3),
  );

/** The distance to the solution, solved for. For all. */
export const distance45 = forAll(anyPoint, {
  id: 'fa-deep-linear/eq-45',
  where: '(45) and the line after it',
  recorded: 'upheld',
  says: String.raw`|\theta_1-r| = e^{-\frac32r^2t+g},\quad g = \tfrac32r^2C_0+h(\theta_1)\to\tfrac32r^2C_0+\tfrac12\ln(3r^2)+\tfrac{\pi}{\sqrt3}`,
  note: String.raw`Here $h(x)=\frac12\ln(x^2+rx+r^2)+\sqrt3\,\mathrm{sign}(r)\arctan\frac{2x+r}{|r|\sqrt3}$. The exponent is right if
$h-\ln|\theta_1-r|$ grows by $\frac32r^2$ a time unit and the equation holds at the start. For the limit, $h(r)$ is what is
printed, also for $r<0$, and $|h(x)-h(r)|\le(1+\frac{2}{\sqrt3})\,|x-r|/|r|$, because $h'=(x+2r)/(x^2+rx+r^2)$.`,
  then: (R, _none, p) => {
    const { r, theta0 } = p;
    const exponent = sumOf(R, remainder(R, '1/2', r, theta0), logarithm(R, -1, minus(R, theta0, r)));
    return all(
      part('rate', changesBy(R, exponent, speed(R, p), R.mul('3/2', r, r))),
      () => {
        const constant = R.mul('3/2', r, r, constantOf(R, r, theta0, true));
        const g = R.add(constant, remainder(R, '1/2', r, theta0).value());
        return part('at the start', equals(R, R.abs(R.sub(theta0, r)), R.exp(g)));
      },
      () => {
        const printed = R.add(R.div(R.log(R.mul(3, r, r)), 2), R.div(R.pi(), R.sqrt(3)));
        return part('limit', equals(R, remainder(R, '1/2', r, r).value(), printed));
      },
      () => {
        const left = R.sub(remainder(R, '1/2', r, theta0).value(), remainder(R, '1/2', r, r).value());
        const slope = R.div(R.add(1, R.div(2, R.sqrt(3))), R.abs(r));
        return part('remainder', atMost(R, R.abs(left), R.mul(slope, R.abs(R.sub(theta0, r)))));
      },
    );
  },
  mutants: {
    'limit π/3 for π/√3': (R, _none, { r }) =>
      equals(R, remainder(R, '1/2', r, r).value(), R.add(R.div(R.log(R.mul(3, r, r)), 2), R.div(R.pi(), 3))),
  },
});

/** Four time constants of the linearised flow, 1/(3r²/2), and a half: enough to converge, too short to lose the distance. */
const someConstants = (r: number, points: number): Float64Array => timesUpTo(3 / (r * r), points);

/** The flow from the aligned start, d and λ of either sign, off the solution. */
const alignedAnySigns = exam({
  name: 'feedback-alignment flow from the aligned start, signal and feedback weight of either sign',
  inside: alignedStartAnyFeedback,
  assuming: anyPoint.assuming,
  cases: anyPoint.cases,
  horizon: 10,
  flow: true,
  run: ({ scalarFA }, p, points) => {
    const start = startAligned(doubles, signal(doubles, p), p.d, p.theta0);
    return scalarFA.flow({ ...start, times: someConstants(p.r, points) });
  },
  defined: (R, p, points) =>
    feedbackAlignmentFlow(R, startAligned(R, signal(R, p), p.d, p.theta0), someConstants(nearest(R, p.r), points)),
  measure: (R, { w1, w2 }, p) => ({
    w1: { values: w1 },
    gap: distance(R, { values: w1 }, p.r),
    error: distance(R, product(R, { values: w1 }, { values: w2 }), signal(R, p)),
    times: timesOf(R, someConstants(nearest(R, p.r), w1.length - 1)),
  }),
});

/** The largest that first·e^{h(x) − h(θ₀)} gets between start and solution; h as in (45), c its logarithm's coefficient. */
const largestConstant = <N>(R: Reading<N>, c: Real, first: N, { r, theta0 }: Point<N>): N => {
  const at = (x: N): N => remainder(R, c, r, x).value();
  return larger(R, first, R.mul(first, R.exp(R.sub(at(r), at(theta0)))));
};

/** Signs do not matter: limit, rate and implicit solution for d and λ of either sign. For all. */
export const remark13 = forAll(alignedAnySigns, {
  id: 'fa-deep-linear/remark-13',
  where: 'Remark 13',
  recorded: 'upheld',
  says: String.raw`r\ne0:\ \theta_1\to r,\quad |\theta_1-r|\le Ce^{-\frac32r^2t},\ |\theta_2\theta_1-\lambda|\le C'e^{-\frac32r^2t},\quad (48)-(49)`,
  note: String.raw`"All the calculations" are read as limit, rate and implicit solution, with the signs of $d$ and $\lambda$ free. The
constants are those of thm-2-rate-46. What comes after the remark, that the product rises from $\theta_0<r$, needs $d>0$.`,
  then: (R, { w1, gap, error, times }, p) => {
    const speedOf = R.mul('3/2', p.r, p.r);
    const largest = largestConstant(R, '1/2', R.abs(R.sub(p.theta0, p.r)), p);
    const first = R.div(R.abs(R.sub(R.power(p.theta0, 3), R.power(p.r, 3))), R.mul(2, R.abs(p.d)));
    return all(
      part('first layer', along(R, tail(gap), exponential(R, largest, speedOf, times))),
      part('product', along(R, tail(error), exponential(R, largestConstant(R, '3/2', first, p), speedOf, times))),
      part(
        '(48)–(49)',
        identical(
          R,
          growth(R, w1, (x) => solution(R, p.r, x, true)),
          times,
        ),
      ),
    );
  },
  mutants: {
    'r of the wrong sign in the arctangent': (R, { w1, times }, p) =>
      identical(
        R,
        growth(R, w1, (x) => solution(R, R.neg(p.r), x, true)),
        times,
      ),
  },
});
