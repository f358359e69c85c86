/**
 * The time T of the step of Theorem 7 (Section 4.1, (15), (106)–(107)) and how it depends on the signal, and how likely
 * the start that it needs is. Cubics x³ + 2dKx − 2dλ with three real roots by the gaps a = r2 − r1 (`low`) and
 * b = r3 − r2 (`high`): T = 2/(ab), 2dλ = (2a + b)(b − a)(a + 2b)/27, 2dK = −(a² + ab + b²)/3.
 */
import { atMost, equals, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { space } from '../../src/claim/space';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { threeDistinctRealRoots } from '../../oracles/cubic';
import { beyond, logUniform } from '../../generators/coordinates';
import { rootsByGaps, threeRoots } from '../../generators/first-layer-cubic';
import { turned, twoCubics, twoCubicsSameK, twoSignalsAndSquare } from '../../generators/two-components';

interface Gaps<N> {
  readonly low: N;
  readonly high: N;
}

const stepTime = <N>(R: Arithmetic<N>, { low, high }: Gaps<N>): N => R.div(2, R.mul(low, high));

/** λ = r1 r2 r3/(2d). */
const signalOf = <N>(R: Arithmetic<N>, d: N, gaps: Gaps<N>): N => R.div(R.mul(...rootsByGaps(R, gaps)), R.mul(2, d));

/** K = (r1 r2 + r1 r3 + r2 r3)/(2d). */
const constantOf = <N>(R: Arithmetic<N>, d: N, gaps: Gaps<N>): N => {
  const [r1, r2, r3] = rootsByGaps(R, gaps);
  return R.div(R.add(R.mul(r1, r2), R.mul(r1, r3), R.mul(r2, r3)), R.mul(2, d));
};

const distinct = {
  says: String.raw`\Delta > 0`,
  holds: <N>(R: Reading<N>, { low, high }: Gaps<N>) => all(lessThan(R, 0, low), lessThan(R, 0, high)),
};
const positive = <N>(R: Reading<N>, { d }: { readonly d: N }): Finding => lessThan(R, 0, d);

const oneCubic = exam({
  name: 'one cubic with three real roots',
  inside: threeRoots,
  assuming: { H1: { says: 'd > 0', holds: positive }, H2: distinct },
  cases: [{ d: '1/2', low: 1, high: 2 }],
});

/** The time of the step as printed in the theorem. For all. */
export const equation15 = forAll(oneCubic, {
  id: 'fa-deep-linear/eq-15-T',
  where: '(15)',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/thm-7-step'],
  says: String.raw`T=\frac2{(r_2-r_2)(r_2-r_1)}\text{, for the } T=\frac2{(r_3-r_2)(r_2-r_1)} \text{ of (106)}`,
  note: String.raw`A slip of an index: the printed denominator is 0. Compared after multiplying it out.`,
  then: (R, _none, p) => {
    const [r1, r2] = rootsByGaps(R, p);
    return equals(R, R.mul(stepTime(R, p), R.sub(r2, r2), R.sub(r2, r1)), 2);
  },
  python: [
    'T = 2/(low*high)',
    'r1, r2 = -(2*low + high)/3, (low - high)/3',
    'left, right = T*(r2 - r2)*(r2 - r1), F(2)',
  ],
});

/** The product of the gaps as printed, with 2d = 1. For all. */
export const equation107 = forAll(oneCubic, {
  id: 'fa-deep-linear/eq-107',
  where: 'before (107)',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/eq-107-derivative'],
  says: String.raw`(r_3-r_2)(r_2-r_1) = -r_2^2-2dK`,
  note: String.raw`The print sets $2d=1$. Two lines earlier the same quantity is $-P'(r_2)=-3r_2^2-K$, which is right; the factor 3 is
then lost. The inequality (107) that is drawn from it does not depend on the factor.`,
  then: (R, _none, p) => {
    const [, r2] = rootsByGaps(R, p);
    const twice = R.mul(2, p.d, constantOf(R, p.d, p));
    return equals(R, R.mul(p.high, p.low), R.neg(R.add(R.power(r2, 2), twice)));
  },
  python: [
    'r1, r2, r3 = -(2*low + high)/3, (low - high)/3, (low + 2*high)/3',
    'left, right = low*high, -r2**2 - (r1*r2 + r1*r3 + r2*r3)',
  ],
});

/** The product of the gaps by the derivative of the cubic. For all, an identity. */
export const equation107Derivative = forAll(oneCubic, {
  id: 'fa-deep-linear/eq-107-derivative',
  where: 'before (107), first form',
  recorded: 'upheld',
  says: String.raw`(r_3-r_2)(r_2-r_1) = -P'(r_2) = -3r_2^2-2dK`,
  then: (R, _none, p) => {
    const [, r2] = rootsByGaps(R, p);
    const twice = R.mul(2, p.d, constantOf(R, p.d, p));
    return equals(R, R.mul(p.high, p.low), R.neg(R.add(R.mul(3, R.power(r2, 2)), twice)));
  },
});

/** Two components, each on a curve θ2 = θ1²/(2d) + K of its own. */
const curvesApart = exam({
  name: 'two components with constants K of their own',
  inside: twoCubics,
  assuming: {
    H1: { says: 'd > 0', holds: positive },
    H2: {
      says: String.raw`\Delta^1, \Delta^2 > 0,\ \lambda^1,\lambda^2 > 0`,
      holds: (R, { low, more, low2, more2 }) => all(...[low, more, low2, more2].map((x) => lessThan(R, 0, x))),
    },
  },
  cases: [{ d: '1/2', low: 1, more: 1, low2: 2, more2: '1/2' }],
});

/** Gaps low and high = low·(1 + more). */
const widened = <N>(R: Arithmetic<N>, low: N, more: N): Gaps<N> => ({ low, high: R.mul(low, R.add(1, more)) });

/** The larger signal has the later step, as printed. For all. */
export const theorem7Increasing = forAll(curvesApart, {
  id: 'fa-deep-linear/thm-7-T-increasing',
  where: 'Theorem 7, last sentence',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/thm-7-T-increasing-common-K'],
  says: String.raw`\lambda^1 > \lambda^2 \implies T^1 > T^2 \text{ for one } d`,
  note: String.raw`$T$ depends on $\lambda$ and on $K$, which is each component's own: $K^i=\theta_2^i(0)-\theta_1^i(0)^2/(2d)$. The theorem
fixes $d$ alone; its proof compares two signals with one $K$.`,
  then: (R, _none, { d, low, more, low2, more2 }) => {
    const [first, second] = [widened(R, low, more), widened(R, low2, more2)];
    const difference = R.sub(signalOf(R, d, first), signalOf(R, d, second));
    const [larger, smaller] = R.sign(difference) === -1 ? [second, first] : [first, second];
    return R.sign(difference) === 0 ? all(atMost(R, 0, 0)) : lessThan(R, stepTime(R, smaller), stepTime(R, larger));
  },
  python: [
    'def signal(a, b): return (2*a + b)*(b - a)*(a + 2*b)/27/(2*d)',
    'first, second = (low, low*(1 + more)), (low2, low2*(1 + more2))',
    'if signal(*first) < signal(*second): first, second = second, first',
    "# the smaller signal's step first, the larger's second: claimed left < right",
    'left, right = 2/(second[0]*second[1]), 2/(first[0]*first[1])',
  ],
});

/** Two components on one curve. */
const oneCurve = exam({
  name: 'two components with one constant K',
  inside: twoCubicsSameK,
  assuming: {
    H1: { says: 'd > 0', holds: positive },
    H2: {
      says: String.raw`\Delta^1, \Delta^2 > 0`,
      holds: (R, { low, more, turn }) =>
        all(
          ...Object.values(pairOf(R, low, more, turn)).flatMap((g) => [lessThan(R, 0, g.low), lessThan(R, 0, g.high)]),
        ),
    },
    H3: {
      says: String.raw`\lambda^1 > \lambda^2 > 0`,
      holds: (R, { d, low, more, turn }) => {
        const { larger, smaller } = pairOf(R, low, more, turn);
        const [big, small] = [signalOf(R, d, larger), signalOf(R, d, smaller)];
        return all(lessThan(R, 0, small), lessThan(R, small, big));
      },
    },
    H4: {
      says: String.raw`K^1 = K^2`,
      holds: (R, { d, low, more, turn }) => {
        const { larger, smaller } = pairOf(R, low, more, turn);
        return equals(R, constantOf(R, d, larger), constantOf(R, d, smaller));
      },
    },
  },
  cases: [{ d: '1/2', low: 1, more: 1, turn: '1/8' }],
});

/** The gaps of the component with the smaller signal, and of the other on the same curve. */
const pairOf = <N>(
  R: Arithmetic<N>,
  low: N,
  more: N,
  turn: N,
): { readonly larger: Gaps<N>; readonly smaller: Gaps<N> } => {
  const smaller = widened(R, low, more);
  const [a, b] = turned(R, smaller.low, smaller.high, turn);
  return { smaller, larger: { low: a, high: b } };
};

/** The larger signal has the later step where both have one K. For all. */
export const theorem7IncreasingCommonK = forAll(oneCurve, {
  id: 'fa-deep-linear/thm-7-T-increasing-common-K',
  where: 'corrects Theorem 7, last sentence; (107)',
  recorded: 'upheld',
  tight: true,
  says: String.raw`\lambda^1 > \lambda^2 > 0,\ K^1 = K^2 \implies T^1 > T^2`,
  note: String.raw`Tight: the two steps come together as the signals do. Draws lie on the curve $a^2+ab+b^2=-6dK$ exactly.`,
  then: (R, _none, { low, more, turn }) => {
    const { larger, smaller } = pairOf(R, low, more, turn);
    return lessThan(R, stepTime(R, smaller), stepTime(R, larger));
  },
});

/** The threshold of Appendix C.1 with 2d = 1: λ = m³, so that λ^{2/3} = m². */
const belowAppendix = exam({
  name: 'cubic with K below the threshold of Appendix C.1',
  inside: space()
    .with('m', logUniform(1 / 16, 16))
    .with('K', ({ m }) => beyond(-1.5 * m * m)),
  assuming: {
    H1: { says: String.raw`\lambda > 0`, holds: (R, { m }) => lessThan(R, 0, m) },
    H2: {
      says: String.raw`K < -\tfrac32\lambda^{2/3}`,
      holds: (R, { m, K }) => lessThan(R, R.mul(2, K), R.mul(-3, m, m)),
    },
  },
  cases: [{ m: 1, K: '-8/5' }],
});

/** Three real roots below the threshold of the appendix, as printed. For all. */
export const thresholdAppendix = forAll(belowAppendix, {
  id: 'fa-deep-linear/threshold-appendix',
  where: 'Appendix C.1, after (106)',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/threshold-sec4-scaled'],
  says: String.raw`2d = 1,\ K < -\tfrac32\lambda^{2/3} \implies x^3+Kx-\lambda \text{ has three distinct real roots}`,
  note: String.raw`The exponent is right, the factor is that of $d=1$: with $2d=1$ the threshold
$-\frac32(\lambda^2/d)^{1/3}$ is $-\frac32\sqrt[3]2\,\lambda^{2/3}$.`,
  then: (R, _none, { m, K }) => threeDistinctRealRoots(R, K, R.neg(R.power(m, 3))),
  python: ['left, right = 27*m**6, -4*K**3  # part 27q² < −4p³'],
});

/** The roots that Figure 5a prints. */
const figure5a = exam({
  name: 'the roots of Figure 5a',
  inside: space().with('d', logUniform(1 / 64, 64)),
  assuming: { H1: { says: 'd > 0', holds: positive } },
  cases: [{ d: 1 }],
});

/** The roots of Figure 5a are those of a cubic (93). For all. */
export const figure5aRoots = forAll(figure5a, {
  id: 'fa-deep-linear/fig-5a',
  where: 'Figure 5a',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/thm-7-step'],
  says: String.raw`r_1=-2,\ r_2=1,\ r_3=2 \text{ are the roots of } x^3+2dKx-2d\lambda`,
  note: String.raw`A cubic without a square term has roots that sum to 0; these sum to 1. The figure shows another equation's
step. (With $\lambda>0$ the middle root is negative besides.)`,
  then: (R) => equals(R, R.add(-2, 1, 2), 0),
  python: ['left, right = F(-2 + 1 + 2), F(0)'],
});

/** Both layers' starts uniform on the square [−R, R]², two signals. */
const square = exam({
  name: 'starts uniform on a square, two signals',
  inside: twoSignalsAndSquare,
  assuming: {
    H1: {
      says: String.raw`d,\lambda,R > 0`,
      holds: (R, p) => all(...[p.d, p.lambda, p.half].map((x) => lessThan(R, 0, x))),
    },
    H2: { says: String.raw`\lambda^1 > \lambda^2`, holds: (R, { more }) => lessThan(R, 0, more) },
  },
  cases: [{ d: 1, lambda: 1, more: 1, half: 4 }],
});

/** The probability that K = θ2 − θ1²/(2d) is below −κ: an area over 4R², in closed form. */
const probabilityBelow = <N>(R: Reading<N>, kappa: N, d: N, half: N): N => {
  const reach = (height: N): N => {
    if (R.sign(height) !== 1) return R.of(0);
    const x = R.sqrt(R.mul(2, d, height));
    return R.sign(R.sub(x, half)) === 1 ? half : x;
  };
  const [from, full] = [reach(R.sub(kappa, half)), reach(R.add(kappa, half))];
  const cubes = R.div(R.sub(R.power(full, 3), R.power(from, 3)), R.mul(6, d));
  const slab = R.mul(R.sub(half, kappa), R.sub(full, from));
  const rest = R.mul(2, half, R.sub(half, full));
  return R.div(R.add(cubes, slab, rest), R.mul(2, half, half));
};

/** (3/2)(λ²/d)^{1/3}: three real roots are those of K below minus this. */
const threshold = <N>(R: Reading<N>, lambda: N, d: N): N =>
  R.mul('3/2', R.rationalPower(R.div(R.power(lambda, 2), d), 1, 3));

/** A larger signal makes the start that Theorem 7 needs no likelier. For all. */
export const antiRegularizationProbability = forAll(square, {
  id: 'fa-deep-linear/anti-reg-probability',
  where: 'Section 4.1 and footnote 2',
  recorded: 'upheld',
  says: String.raw`\lambda^1>\lambda^2 \implies P(K<-\tfrac32(\tfrac{(\lambda^1)^2}d)^{1/3}) \le P(K<-\tfrac32(\tfrac{(\lambda^2)^2}d)^{1/3}),\quad \theta(0)\sim\mathcal U([-R,R]^2)`,
  note: String.raw`With the threshold that holds (threshold-sec4-scaled) and the area of $\theta_2<\theta_1^2/(2d)-\kappa$ in the square
in closed form. "Smaller" is read as not larger: where the square has no such point at all, both are 0.`,
  then: (R, _none, { d, lambda, more, half }) => {
    const larger = R.mul(lambda, R.add(1, more));
    const [one, two] = [threshold(R, larger, d), threshold(R, lambda, d)];
    const [left, right] = [probabilityBelow(R, one, d, half), probabilityBelow(R, two, d, half)];
    return all(part('a probability', atMost(R, 0, left)), part('no larger', atMost(R, left, right)));
  },
  mutants: {
    larger: (R, _none, { d, lambda, more, half }) => {
      const [one, two] = [threshold(R, R.mul(lambda, R.add(1, more)), d), threshold(R, lambda, d)];
      return atMost(R, probabilityBelow(R, two, d, half), probabilityBelow(R, one, d, half));
    },
  },
});
