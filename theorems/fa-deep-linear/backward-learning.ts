/**
 * Theorem 7 and its proof (Section 4.1, Appendix C.1): a start next to the middle root of the cubic. Along a parabola
 * θ2 = θ1²/(2d) + K the first layer obeys (93), θ1' = −(θ1 − r1)(θ1 − r2)(θ1 − r3)/2. Instances are drawn by the gaps
 * a = r2 − r1 (`low`) and b = r3 − r2 (`high`) and by ε = e^{−δ} (`near`); `side` says on which side of r2 the start lies.
 * With u = |θ1 − r2| and from below with a and b exchanged, u' = u(u + a)(b − u)/2. T = 2/(ab).
 */
import type { Chart } from '../../src/claim/chart';
import { atMost, lessThan } from '../../src/claim/compare';
import { exam, forAll, type Series } from '../../src/claim/exam';
import { all, part, type Reading } from '../../src/claim/finding';
import { experiment, limit } from '../../src/claim/forms/constructors';
import { space } from '../../src/claim/space';
import { cubicWithFactor, startOnParabola } from '../../src/definitions/first-layer-cubic';
import { nearest, timesUpTo } from '../../src/definitions/flow';
import { feedbackAlignmentFlow, type FeedbackStart } from '../../src/definitions/scalar-two-layer';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { doubles } from '../../src/numerics/doubles';
import { along } from '../../oracles/along';
import { distance, exponential, product, timesOf, type Bound } from '../../oracles/series';
import { choice, logUniform, uniform } from '../../generators/coordinates';
import { rootsByGaps } from '../../generators/first-layer-cubic';
import { nextToMiddleRoot } from '../../generators/two-components';

interface Gaps<N> {
  readonly low: N;
  readonly high: N;
}
interface Start<N> extends Gaps<N> {
  readonly d: N;
  readonly near: N;
  readonly side: string;
}

/** θ1(0) = r2 ± ε on the parabola whose cubic has the roots r1, r2, r3. */
const startOf = <N>(R: Arithmetic<N>, p: Start<N>): FeedbackStart<N> => {
  const [r1, r2, r3] = rootsByGaps(R, p);
  const cubic = cubicWithFactor(R, p.d, r1, R.mul(r2, r3));
  return startOnParabola(R, cubic, p.side === 'above' ? R.add(r2, p.near) : R.sub(r2, p.near));
};

/** The gap on the start's own side (b above, a below) and the other one. */
const gapsOf = <N>({ low, high, side }: Omit<Start<N>, 'd' | 'near'>): readonly [own: N, other: N] =>
  side === 'above' ? [high, low] : [low, high];

/** Up to δT = −2 ln ε/(ab), and as long again or fourteen time constants 2/(b(a + b)) of the approach to the root beyond. */
const pastTheStep = (p: Omit<Start<number>, 'd'>, points: number): Float64Array => {
  const [own, other] = gapsOf(p);
  const step = (-2 * Math.log(p.near)) / (own * other);
  return timesUpTo(step + Math.min(step, 28 / (own * (own + other))), points);
};

const inDoubles = <N>(R: Arithmetic<N>, { low, high, near, side }: Omit<Start<N>, 'd'>): Omit<Start<number>, 'd'> => ({
  low: nearest(R, low),
  high: nearest(R, high),
  near: nearest(R, near),
  side,
});

const besideMiddleRoot = exam({
  name: 'feedback-alignment flow from next to the middle root',
  inside: nextToMiddleRoot.with('side', choice('above', 'below')),
  assuming: {
    H1: { says: 'd > 0', holds: (R, { d }) => lessThan(R, 0, d) },
    H2: { says: String.raw`\Delta > 0`, holds: (R, { low, high }) => all(lessThan(R, 0, low), lessThan(R, 0, high)) },
    H3: {
      says: String.raw`\delta > 0, \text{ and } e^{-\delta} \text{ is less than the gap}`,
      holds: (R, p) => all(lessThan(R, 0, p.near), lessThan(R, p.near, 1), lessThan(R, p.near, gapsOf(p)[0])),
    },
  },
  cases: [
    { d: '1/2', low: 1, high: 2, near: '1/4096', side: 'above' },
    { d: '1/2', low: 1, high: 2, near: '1/4096', side: 'below' },
    { d: 4, low: 3, high: '1/2', near: '1/256', side: 'above' },
  ],
  horizon: 40,
  flow: true,
  run: ({ scalarFA }, p, points) => scalarFA.flow({ ...startOf(doubles, p), times: pastTheStep(p, points) }),
  defined: (R, p, points) => feedbackAlignmentFlow(R, startOf(R, p), pastTheStep(inDoubles(R, p), points)),
  measure: (R, { w1, w2 }, p) => {
    const [r1, r2, r3] = rootsByGaps(R, p);
    const start = startOf(R, p);
    return {
      u: distance(R, { values: w1 }, r2),
      v: distance(R, { values: w1 }, p.side === 'above' ? r3 : r1),
      error: distance(R, product(R, { values: w1 }, { values: w2 }), start.lambda),
      times: timesOf(R, pastTheStep(inDoubles(R, p), w1.length - 1)),
    };
  },
});

/** x^{p/q} for positive x and real p, q. */
const powered = <N>(R: Arithmetic<N>, x: N, p: N, q: N): N => R.exp(R.mul(R.div(p, q), R.log(x)));

/** ((a + b)/a)^{b/(a+b)} ε e^{s/T}: what (99) comes to with u between ε and b on its right side. Times `factor`. */
const staysBelow = <N>(R: Reading<N>, p: Start<N>, times: Series<N>, factor: N, epsilon = p.near): Bound<N> => {
  const [own, other] = gapsOf(p);
  const sum = R.add(own, other);
  const first = R.mul(factor, powered(R, R.div(sum, other), own, sum), epsilon);
  return exponential(R, first, R.neg(R.div(R.mul(own, other), 2)), times);
};

/** b·b^{(a+b)/a} ε^{−(a+b)/a} e^{−b(a+b)s/2}: what (98) comes to in the same way. Times `factor`. */
const arrivesBelow = <N>(R: Reading<N>, p: Start<N>, times: Series<N>, factor: N, epsilon = p.near): Bound<N> => {
  const [own, other] = gapsOf(p);
  const sum = R.add(own, other);
  const first = R.mul(factor, own, powered(R, R.div(own, epsilon), sum, other));
  return exponential(R, first, R.div(R.mul(own, sum), 2), times);
};

/** θ1(δt) up to twice T, on both sides of the middle root, for growing δ. */
const sharpening = (_measures: unknown, p: Start<number>): readonly Chart[] =>
  ['above', 'below'].map((side) => {
    const step = 2 / (p.low * p.high);
    const curves = [5, 10, 20].map((delta) => {
      const start = startOf(doubles, { ...p, side, near: Math.exp(-delta) });
      const times = timesUpTo(2 * delta * step, 200);
      const { w1 } = feedbackAlignmentFlow(doubles, start, times);
      return { name: `δ = ${delta}`, x: times.map((time) => time / delta), y: w1 };
    });
    const marks = [{ at: step, label: 'T' }];
    return { title: `started ${side} the middle root by exp(−δ)`, x: 't', y: 'θ1(δt)', curves, marks };
  });

/** The step from r2 to r3, or to r1 from below, at T. Limit. */
export const theorem7Step = limit(besideMiddleRoot, {
  id: 'fa-deep-linear/thm-7-step',
  where: 'Theorem 7 (14), (100), (102)-(103), (105)',
  recorded: 'upheld',
  says: String.raw`\theta_1(0) = r_2\pm e^{-\delta} \implies \theta_1(\delta t)\to r_2\ (t<T),\quad \theta_1(\delta t)\to r_3 \text{ or } r_1\ (t>T),\quad T=\frac2{(r_3-r_2)(r_2-r_1)}`,
  note: String.raw`Two envelopes at time $s=\delta t$, with $a=r_2-r_1$ and $b=r_3-r_2$, exchanged from below:
$|\theta_1-r_2|\le(\frac{a+b}a)^{b/(a+b)}e^{-\delta(1-t/T)}$ vanishes for $t<T$, and
$|\theta_1-r_3|\le b^{1+(a+b)/a}e^{-\frac{b(a+b)}2\delta(t-T)}$ for $t>T$. The time $T$ is the one of (106): see eq-15-T for the
print of (15).`,
  then: (R, { u, v, times }, p) =>
    all(
      part('before T', along(R, u, staysBelow(R, p, times, R.of(1)))),
      part('after T', along(R, v, arrivesBelow(R, p, times, R.of(1)))),
    ),
  charts: sharpening,
  mutants: {
    'the step at 2T': (R, { u, times }, p) => along(R, u, staysBelow(R, p, times, R.of(1), R.power(p.near, 2))),
    'the step at T/2': (R, { v, times }, p) => along(R, v, arrivesBelow(R, p, times, R.of(1), R.sqrt(p.near))),
  },
});

/** The error of the product at the start: ε(a + ε)(b − ε)/(2d). */
const startError = <N>(R: Reading<N>, p: Start<N>): N => {
  const { w1, w2, lambda } = startOf(R, p);
  return R.abs(R.sub(R.mul(w1, w2), lambda));
};

const besideMiddleRootAtStart = exam({
  name: 'a start next to the middle root, signal positive',
  inside: nextToMiddleRoot.with('side', choice('above', 'below')),
  assuming: {
    ...besideMiddleRoot.assuming,
    H4: { says: String.raw`\lambda \ne 0`, holds: (R, p) => lessThan(R, 0, R.abs(startOf(R, p).lambda)) },
  },
  cases: [{ d: '1/2', low: 1, high: 2, near: '1/16', side: 'above' }],
});

/** Not learned before T. For all. */
export const theorem6Anti = forAll(besideMiddleRootAtStart, {
  id: 'fa-deep-linear/thm-6-anti-regularization',
  where: 'Theorem 6 (12), Section 4.1',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/thm-6-learned-throughout', 'fa-deep-linear/thm-7-T-increasing-common-K'],
  says: String.raw`\text{a component is learned at } T\text{, not before: } |\theta_2\theta_1-\lambda| \ge \tfrac12|\lambda| \text{ at } t=0`,
  note: String.raw`Theorem 6 takes the step of the first layer for the time at which the signal is learned. But every root of the
cubic is a rest point with $\theta_2\theta_1=\lambda$, the middle one too: started at $r_2\pm e^{-\delta}$ the product has the error
$e^{-\delta}(a+e^{-\delta})(b-e^{-\delta})/(2d)$, as small as one likes for large $\delta$. What jumps at $T$ is the pair of weights, from
one factorisation of $\lambda$ to another. Any other share of $|\lambda|$ in the place of one half fails the same way.`,
  then: (R, _none, p) => atMost(R, R.div(R.abs(startOf(R, p).lambda), 2), startError(R, p)),
  python: [
    'assert d > 0 and low > 0 and high > 0 and 0 < near < min(1, high if side == "above" else low)  # H1, H2, H3',
    'r1, r2, r3 = -(2*low + high)/3, (low - high)/3, (low + 2*high)/3',
    'lam, K = r1*r2*r3/(2*d), (r1*r2 + r1*r3 + r2*r3)/(2*d)',
    'x = r2 + near if side == "above" else r2 - near',
    'left, right = abs(lam)/2, abs(x*(x**2/(2*d) + K) - lam)',
  ],
});

/** The product is learned before T as well as after. Limit. */
export const theorem6LearnedThroughout = limit(besideMiddleRoot, {
  id: 'fa-deep-linear/thm-6-learned-throughout',
  where: 'corrects Theorem 6, anti-regularization',
  recorded: 'upheld',
  says: String.raw`\theta_1(0)=r_2\pm e^{-\delta} \implies \theta_2\theta_1(\delta t)\to\lambda \text{ for every } t\ne T`,
  note: String.raw`$|\theta_2\theta_1-\lambda| = u(u+a)(b-u)/(2d)$ with $u=|\theta_1-r_2|$; both envelopes of thm-7-step bound it.`,
  then: (R, { error, times }, p) => {
    const [own, other] = gapsOf(p);
    const factor = R.div(R.mul(own, R.add(own, other)), R.mul(2, p.d));
    return all(
      part('before T', along(R, error, staysBelow(R, p, times, factor))),
      part('after T', along(R, error, arrivesBelow(R, p, times, factor))),
    );
  },
  mutants: {
    'smaller by the square of the start': (R, { error, times }, p) =>
      along(R, error, staysBelow(R, p, times, R.div(1, p.d), R.power(p.near, 2))),
  },
});

/** The settings of Figure 5b with three signals that have three real roots. */
const figure5b = exam({
  name: 'Figure 5b',
  inside: space()
    .with('d', logUniform(1 / 4, 1))
    .with('K', uniform(-8, -2))
    .with('delta', uniform(10, 30)),
  assuming: {},
  cases: [{ d: '1/2', K: -4, delta: 20 }],
  horizon: 400,
  run: ({ scalarFA }, { d, K, delta }, points) => {
    const times = timesUpTo(1.5 * delta, points);
    const path = (lambda: number): ArrayLike<number> => {
      const w1 = middleRoot(d, K, lambda) + Math.exp(-delta);
      return scalarFA.flow({ lambda, d, w1, w2: (w1 * w1) / (2 * d) + K, times }).w1;
    };
    return { small: path(0.5), medium: path(1.5), large: path(2.5) };
  },
  measure: (R, { small, medium, large }) => ({
    small: { values: small },
    medium: { values: medium },
    large: { values: large },
    steps: { values: [small, medium, large].map((w1) => R.of(stepIndex(Array.from(w1, (x) => nearest(R, x))))) },
  }),
});

/** The root of x³ + 2dKx − 2dλ next to 0, by Newton's method. */
function middleRoot(d: number, K: number, lambda: number): number {
  let x = 0;
  for (let k = 0; k < 60; k++) x -= (x ** 3 + 2 * d * K * x - 2 * d * lambda) / (3 * x * x + 2 * d * K);
  return x;
}

/** The first index at which a path is past the middle between its first and its last value. */
function stepIndex(path: readonly number[]): number {
  const middle = (path[0]! + path[path.length - 1]!) / 2;
  return path.findIndex((x) => x > middle);
}

/** The step comes sooner for smaller signals. Experiment. */
export const figure5bSteps = experiment(figure5b, {
  id: 'fa-deep-linear/fig-5b',
  where: 'Figure 5b',
  recorded: 'reproduced',
  says: String.raw`d=\tfrac12,\ K=-4,\ \delta=20:\ \text{the step of } \theta_1(\delta t) \text{ comes sooner for smaller } \lambda`,
  note: String.raw`The legend's signals are not printed in the text; $\lambda=\frac12,\frac32,\frac52$ have three real roots with this $K$.
One $K$ for all signals, as in the proof: see thm-7-T-increasing.`,
  then: (R, { steps }) =>
    all(lessThan(R, steps.values[0]!, steps.values[1]!), lessThan(R, steps.values[1]!, steps.values[2]!)),
  charts: ({ small, medium, large }, { delta }) => [
    {
      title: 'the step at T, for three signals',
      x: 't',
      y: 'θ1(δt)',
      curves: Object.entries({ 'λ = 1/2': small, 'λ = 3/2': medium, 'λ = 5/2': large }).map(([name, { values }]) => ({
        name,
        x: timesUpTo(1.5 * delta, values.length - 1).map((time) => time / delta),
        y: values,
      })),
    },
  ],
  mutants: { later: (R, { steps }) => lessThan(R, steps.values[2]!, steps.values[0]!) },
});
