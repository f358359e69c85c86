/** The first layer's cubic and its courses, against roots and times worked out by hand. */
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { balls } from '../../src/numerics/ball';
import { doubles } from '../../src/numerics/doubles';
import { rationals, type Fraction } from '../../src/numerics/rational';
import {
  cubicWithFactor,
  firstLayerSpeed,
  flowOn,
  secondLayerAt,
  startOnParabola,
  timesOn,
  type Course,
  type Cubic,
} from '../../src/definitions/first-layer-cubic';
import { nearest } from '../../src/definitions/flow';

const Q = rationals;
const text = (x: Fraction): string | undefined => Q.exactText(x);

/** (x − 1)(x − 2)(x + 3) = x³ − 7x + 6, with d = 1/2: K = −7 and λ = −6. */
const byRoots = <N>(R: Arithmetic<N>): Cubic<N> => cubicWithFactor(R, R.of('1/2'), R.of(1), R.of(-6));

test('(x − 1)(x² + x − 6) with d = 1/2 has K = −7 and λ = −6', () => {
  const { lambda, K } = byRoots(Q);
  expect([text(lambda), text(K)]).toEqual(['-6', '-7']);
});

test('the first layer stands still at the roots, whichever of them the cubic was made from', () => {
  for (const root of [1, 2, -3]) expect(text(firstLayerSpeed(Q, byRoots(Q), Q.of(root)))).toBe('0');
});

test('its speed is −P/2 elsewhere, with d of either sign', () => {
  // P(0) = 6, P(3) = 27 − 21 + 6 = 12.
  expect(text(firstLayerSpeed(Q, byRoots(Q), Q.of(0)))).toBe('-3');
  expect(text(firstLayerSpeed(Q, byRoots(Q), Q.of(3)))).toBe('-6');
  const turned = cubicWithFactor(Q, Q.of(-5), Q.of(1), Q.of(-6));
  expect(text(firstLayerSpeed(Q, turned, Q.of(3)))).toBe('-6');
});

test('the start lies on the parabola θ2 = θ1²/(2d) + K', () => {
  const { w1, w2, d, lambda } = startOnParabola(Q, byRoots(Q), Q.of(3));
  expect([w1, w2, d, lambda].map(text)).toEqual(['3', '2', '1/2', '-6']);
  expect(text(secondLayerAt(Q, { d: Q.of(2), K: Q.of(1) }, Q.of(6)))).toBe('10');
});

const course = <N>(R: Arithmetic<N>, cubic: Cubic<N>, theta0: number, limit: number): Course<N> => ({
  cubic,
  theta0: R.of(theta0),
  limit: R.of(limit),
});

const end = (cubic: Cubic<number>, theta0: number, limit: number): number =>
  Number(timesOn(doubles, course(doubles, cubic, theta0, limit), 4)[4]);

describe('the times of a course', () => {
  test('end when the distance has shrunk by e⁻⁵: at a triple root, where θ1^{−2} = t + θ₀^{−2}, at e¹⁰ − 1', () => {
    const triple = cubicWithFactor(doubles, 0.5, 0, 0);
    expect(end(triple, 1, 0) / (Math.exp(10) - 1)).toBeCloseTo(1, 2);
  });

  test('end when the distance has shrunk by e⁻⁵: among simple roots, by their logarithms', () => {
    // −t/2 is the growth of ln|x − 1|/(−4)·… by partial fractions of 1/P: weights −1/4, 1/5 and 1/20 at 1, 2 and −3.
    const primitive = (x: number): number =>
      -Math.log(Math.abs(x - 1)) / 4 + Math.log(Math.abs(x - 2)) / 5 + Math.log(x + 3) / 20;
    for (const theta0 of [1.01, 1.5, 9]) {
      const last = 2 + (theta0 - 2) * Math.exp(-5);
      const expected = -2 * (primitive(last) - primitive(theta0));
      expect(end(byRoots(doubles), theta0, 2) / expected).toBeCloseTo(1, 2);
    }
  });

  test('are finite for a course at rest, also on a multiple root', () => {
    expect(end(byRoots(doubles), 1, 1)).toBeGreaterThan(0);
    expect(end(cubicWithFactor(doubles, 0.5, 0, 0), 0, 0)).toBe(1);
  });

  test('are finite for a course that starts at a root which is not its limit, as a start next to one does in doubles', () => {
    expect(end(byRoots(doubles), 1, 2)).toBe(1);
  });

  test('are the start alone where no more points are asked for', () => {
    expect(Array.from(timesOn(doubles, course(doubles, byRoots(doubles), 9, 2), 0))).toEqual([0]);
  });
});

test('the flow on a course comes as near to its limit as the times say, and stays on the parabola', () => {
  const R = balls(128);
  const cubic = byRoots(R);
  for (const [theta0, limit] of [
    [1.5, 2],
    [0.5, -3],
    [-8, -3],
  ] as const) {
    const { w1, w2 } = flowOn(R, course(R, cubic, theta0, limit), 6);
    const shrunk = (nearest(R, w1[6]!) - limit) / (theta0 - limit);
    expect(shrunk * Math.exp(5)).toBeCloseTo(1, 2);
    for (const [k, x] of w1.entries()) {
      expect(nearest(R, w2[k]!)).toBeCloseTo(nearest(R, x) ** 2 - 7, 9);
    }
  }
});
