/**
 * Theorem 3: the feedback-alignment flow of the scalar two-layer linear network from any start of both layers. Along it
 * θ1' = −P(θ1)/2 with P(x) = x³ + 2dKx − 2dλ, K = θ2(0) − θ1(0)²/(2d), so the first layer tends to the next root of P.
 * Instances are drawn by the roots of P, which can be any that add up to 0, and θ1(0); λ, K and θ2(0) follow. For each
 * kind of root there is an envelope that holds at every time; paths are followed until the distance to the root has
 * shrunk by e^{−5}.
 */
import { lessThan } from '../../src/claim/compare';
import { exam } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { almostSurely, limit } from '../../src/claim/forms/constructors';
import {
  cubicWithFactor,
  flowOn,
  startOnParabola,
  timesOn,
  type Course,
} from '../../src/definitions/first-layer-cubic';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { doubles } from '../../src/numerics/doubles';
import { along, tail } from '../../oracles/along';
import { constant, distance, exponential, larger, map, product, timesOf } from '../../oracles/series';
import { anyCubicAndPoint } from '../../generators/first-layer-cubic';

interface Start<N> {
  readonly d: N;
  readonly r: N;
  readonly spread: N;
  readonly theta: N;
}

/** The real roots: r, and −r/2 ± spread unless the spread is negative, when it is the imaginary part of a complex pair. */
const realRoots = <N>(R: Arithmetic<N>, { r, spread }: Start<N>): readonly N[] => {
  const middle = R.div(r, -2);
  return R.sign(spread) === -1 ? [r] : [r, R.sub(middle, spread), R.add(middle, spread)];
};

/** The course: to the next real root in the direction of −P(θ1(0)), or at rest where that is 0. */
const courseOf = <N>(R: Arithmetic<N>, p: Start<N>): Course<N> => {
  const { d, r, spread, theta } = p;
  const c = R.sub(R.power(R.div(r, 2), 2), R.mul(spread, R.abs(spread)));
  const cubic = cubicWithFactor(R, d, r, c);
  const value = R.mul(R.sub(theta, r), R.add(R.power(theta, 2), R.mul(r, theta), c));
  const direction = R.sign(R.neg(value));
  const ahead = realRoots(R, p).filter((root) => R.sign(R.sub(root, theta)) === direction);
  const nearer = (a: N, b: N): N => (R.sign(R.sub(R.abs(R.sub(a, theta)), R.abs(R.sub(b, theta)))) === -1 ? a : b);
  return { cubic, theta0: theta, limit: direction === 0 ? theta : ahead.reduce(nearer, ahead[0] ?? r) };
};

/** Any start of both layers, any signal, d ≠ 0. */
const fromAnywhere = exam({
  name: 'feedback-alignment flow from any start, by the roots',
  inside: anyCubicAndPoint,
  assuming: { H1: { says: String.raw`d \ne 0`, holds: (R, { d }) => lessThan(R, 0, R.abs(d)) } },
  cases: [
    { d: '1/2', r: 3, spread: '1/2', theta: -5 },
    { d: '1/2', r: 3, spread: '1/2', theta: 0 },
    { d: 2, r: 1, spread: -2, theta: 7 },
    { d: -2, r: 1, spread: 4, theta: '1/2' },
    { d: '1/2', r: 2, spread: 0, theta: -3 },
    { d: '1/2', r: 2, spread: 0, theta: '-1/2' },
    { d: '1/2', r: 1, spread: '3/2', theta: 3 },
    { d: '1/2', r: 0, spread: 0, theta: 1 },
    { d: '1/2', r: 1, spread: '5/2', theta: 1 },
  ],
  horizon: 20,
  flow: true,
  run: ({ scalarFA }, p, points) => {
    const course = courseOf(doubles, p);
    return scalarFA.flow({
      ...startOnParabola(doubles, course.cubic, course.theta0),
      times: timesOn(doubles, course, points),
    });
  },
  defined: (R, p, points) => flowOn(R, courseOf(R, p), points),
  measure: (R, { w1, w2 }, p) => {
    const course = courseOf(R, p);
    return {
      w1: { values: w1 },
      w2: { values: w2 },
      gap: distance(R, { values: w1 }, course.limit),
      error: distance(R, product(R, { values: w1 }, { values: w2 }), course.cubic.lambda),
      times: timesOf(R, timesOn(R, course, w1.length - 1)),
    };
  },
});

/**
 * What bounds the way to the limit s: y = |θ1 − s| obeys y' = −Qy/2 with Q(x) = P(x)/(x − s) = x² + sx + s² + 2dK, which
 * between start and limit lies between `slowest` and `fastest`: at the ends, or at its turning point −s/2.
 */
const approach = <N>(R: Reading<N>, p: Start<N>) => {
  const { cubic, theta0, limit: s } = courseOf(R, p);
  const Q = (x: N): N => R.add(R.power(x, 2), R.mul(s, x), R.power(s, 2), R.mul(2, cubic.d, cubic.K));
  const [atStart, atLimit, turn] = [Q(theta0), Q(s), R.div(s, -2)];
  const fastest = larger(R, atStart, atLimit);
  const passes = R.sign(R.mul(R.sub(turn, s), R.sub(turn, theta0))) === -1;
  return {
    s,
    first: R.abs(R.sub(theta0, s)),
    fastest,
    slowest: passes ? Q(turn) : R.sub(R.add(atStart, atLimit), fastest),
    /** Q(s) = 0: the limit is a double root. */
    double: R.sign(atLimit) === 0,
    error: R.div(fastest, R.mul(2, R.abs(cubic.d))),
    K: cubic.K,
  };
};

/** The envelope of |θ1 − s| that belongs to the kind of root that s is, at the times after the first. */
const envelope = <N>(R: Reading<N>, p: Start<N>, { values }: { readonly values: ArrayLike<N> }): readonly N[] => {
  const { s, first, slowest, double } = approach(R, p);
  const at = (time: N): N => {
    if (!double) return R.mul(first, R.exp(R.mul('-1/2', slowest, time)));
    if (R.sign(s) === 0) return R.div(first, R.sqrt(R.add(1, R.mul(R.power(first, 2), time))));
    return R.div(first, R.add(1, R.mul('3/2', R.abs(s), first, time)));
  };
  return Array.from(values, at).slice(1);
};

/** Starts at a rest point stay; the others are inside their envelope. */
const converges = <N>(
  R: Reading<N>,
  measures: Readonly<Record<'gap' | 'error' | 'times', { readonly values: ArrayLike<N> }>>,
  p: Start<N>,
): Finding => {
  const { first, error } = approach(R, p);
  if (R.sign(first) === 0) return part('at rest', along(R, measures.error, constant(R, 0)));
  const bound = envelope(R, p, measures.times);
  return all(
    part('first layer', along(R, tail(measures.gap), { values: bound })),
    part(
      'product',
      along(
        R,
        tail(measures.error),
        map({ values: bound }, (y) => R.mul(error, y)),
      ),
    ),
  );
};

/** From any start the weights stay bounded and the product converges to the signal. */
export const convergence = limit(fromAnywhere, {
  id: 'fa-deep-linear/thm-3-convergence',
  where: 'Theorem 3, first sentence',
  recorded: 'upheld',
  says: String.raw`\forall\,\theta_1(0),\theta_2(0):\ (\theta_1,\theta_2) \text{ bounded},\ \theta_2\theta_1\to\lambda`,
  note: String.raw`Stated for $d>0$; $d<0$ is drawn as well, and $\lambda$ has any sign. With $s$ the next root of $P$ in the direction
of $\dot\theta_1$, $y=|\theta_1-s|$ and $y_0$ its first value: at a simple root $y\le y_0e^{-qt/2}$, $q$ the least
of $P(x)/(x-s)$ between start and root; at a double one $y\le y_0/(1+\frac32|s|y_0t)$, at the triple one $y\le y_0/\sqrt{1+y_0^2t}$.
All tend to 0, and the error is at most $q'y/(2|d|)$, $q'$ the largest of $P(x)/(x-s)$.`,
  then: (R, measures, p) => {
    const { s, K } = approach(R, p);
    const farthest = larger(R, R.abs(p.theta), R.abs(s));
    const highest = R.add(R.div(R.power(farthest, 2), R.mul(2, R.abs(p.d))), R.abs(K));
    return all(
      part('first layer, bounded', along(R, tail(distance(R, measures.w1, 0)), constant(R, farthest))),
      part('second layer, bounded', along(R, tail(distance(R, measures.w2, 0)), constant(R, highest))),
      converges(R, measures, p),
    );
  },
  mutants: {
    'envelope with the largest of P(x)/(x − s)': (R, { gap, times }, p) => {
      const { first, fastest } = approach(R, p);
      return along(R, tail(gap), exponential(R, first, R.div(fastest, 2), times));
    },
  },
});

/** The convergence is exponential, but for the starts of a null set. */
export const exponentialAlmostSurely = almostSurely(fromAnywhere, {
  id: 'fa-deep-linear/thm-3-exp-ae',
  where: 'Theorem 3, last sentence, and Remark 15',
  recorded: 'upheld',
  says: String.raw`|\theta_2\theta_1-\lambda|\le Ce^{-ct},\ c>0,\ \text{for all } (\theta_1(0),\theta_2(0)) \text{ but a null set}`,
  note: String.raw`With the notation of thm-3-convergence: $c=\frac q2>0$ and $C=q'y_0/(2|d|)$, or at rest. The exceptions
are the starts from which $\theta_1$ tends to a double root: there $c=0$, and by lemma-16-subexp and rate-72 no rate is
exponential. Roots and $\theta_1(0)$ are smooth coordinates of $(\lambda,\theta_1(0),\theta_2(0))$ off the double roots, so null sets
correspond.`,
  then: (R, measures, p) => {
    const { first, slowest } = approach(R, p);
    if (R.sign(first) === 0) return part('at rest', along(R, measures.error, constant(R, 0)));
    return all(part('c > 0', lessThan(R, 0, slowest)), () => converges(R, measures, p));
  },
  mutants: {
    'twice the constant c': (R, { error: measured, times }, p) => {
      const { first, slowest, error } = approach(R, p);
      return along(R, measured, exponential(R, R.mul(error, first), slowest, times));
    },
  },
});
