/** The definitions against steps worked out by hand in fractions. */
import type { Arithmetic, Real } from '../../src/numerics/arithmetic';
import { balls } from '../../src/numerics/ball';
import { doubles } from '../../src/numerics/doubles';
import { rationals } from '../../src/numerics/rational';
import { flowPath, nearest, timesUpTo } from '../../src/definitions/flow';
import {
  eulerFromZero,
  feedbackAlignmentField,
  gradientField,
  midpointFromZero,
  type WeightPath,
} from '../../src/definitions/scalar-two-layer';

const R = rationals;
const texts = (values: ArrayLike<never>): (string | undefined)[] => Array.from(values, (x) => R.exactText(x));
const scheme = <N>(A: Arithmetic<N>, lambda: Real, d: Real, eta: Real) => ({
  lambda: A.of(lambda),
  d: A.of(d),
  eta: A.of(eta),
});
const exact = ({ w1, w2 }: WeightPath<unknown>) => ({ w1: texts(w1 as never), w2: texts(w2 as never) });

describe('the midpoint scheme from zero', () => {
  test('λ = 1, d = 1, η = 1/2', () => {
    // Step 1: error 1, w1 = 1/2, w2 = 1/4 · 1 · (1/2 + 0) = 1/8.
    // Step 2: error 1 − 1/16 = 15/16, w1 = 1/2 + 15/32 = 31/32, w2 = 1/8 + 1/4 · 15/16 · 47/32 = 961/2048.
    expect(exact(midpointFromZero(R, scheme(R, 1, 1, '1/2'), 2))).toEqual({
      w1: ['0', '1/2', '31/32'],
      w2: ['0', '1/8', '961/2048'],
    });
  });

  test('λ = 1/2, d = 1, η = 3/5: the witness against Theorem 9', () => {
    // w1 = 3/10, w2 = 3/10 · 1/2 · 3/10 = 9/200; the error after the step is 1/2 − 27/2000 = 973/2000.
    const { w1, w2 } = midpointFromZero(R, scheme(R, '1/2', 1, '3/5'), 1);
    expect(exact({ w1, w2 })).toEqual({ w1: ['0', '3/10'], w2: ['0', '9/200'] });
    expect(R.exactText(R.sub('1/2', R.mul(w1[1]!, w2[1]!)))).toBe('973/2000');
  });

  test('with η = 2/r² the first step lands on the solution', () => {
    // r = 2, d = 3: λ = 8/6 = 4/3, η = 1/2; w1 = 1/2 · 3 · 4/3 = 2, w2 = 1/4 · 4/3 · 2 = 2/3, product 4/3.
    expect(exact(midpointFromZero(R, scheme(R, '4/3', 3, '1/2'), 2))).toEqual({
      w1: ['0', '2', '2'],
      w2: ['0', '2/3', '2/3'],
    });
  });

  test('a negative feedback weight turns the first layer around', () => {
    // λ = 2, d = −1, η = 1/2: w1 = −1, w2 = 1/4 · 2 · (−1) = −1/2; then error 2 − 1/2 = 3/2,
    // w1 = −1 − 3/4 = −7/4, w2 = −1/2 + 1/4 · 3/2 · (−11/4) = −1/2 − 33/32 = −49/32.
    expect(exact(midpointFromZero(R, scheme(R, 2, -1, '1/2'), 2))).toEqual({
      w1: ['0', '-1', '-7/4'],
      w2: ['0', '-1/2', '-49/32'],
    });
  });
});

describe('forward Euler from zero', () => {
  test('λ = 1, d = 1, η = 1/2', () => {
    // Step 1: w1 = 1/2, w2 = 0 (the old first layer is 0). Step 2: error 1, w1 = 1, w2 = 1/2 · 1 · 1/2 = 1/4.
    // Step 3: error 3/4, w1 = 11/8, w2 = 1/4 + 1/2 · 3/4 · 1 = 5/8.
    expect(exact(eulerFromZero(R, scheme(R, 1, 1, '1/2'), 3))).toEqual({
      w1: ['0', '1/2', '1', '11/8'],
      w2: ['0', '0', '1/4', '5/8'],
    });
  });

  test('λ = −3, d = 2/3, η = 1/4', () => {
    // Step 1: w1 = 1/4 · 2/3 · (−3) = −1/2, w2 = 0. Step 2: error −3, w1 = −1, w2 = 1/4 · (−3) · (−1/2) = 3/8.
    expect(exact(eulerFromZero(R, scheme(R, -3, '2/3', '1/4'), 2))).toEqual({
      w1: ['0', '-1/2', '-1'],
      w2: ['0', '0', '3/8'],
    });
  });
});

test('no steps are the start alone', () => {
  expect(exact(midpointFromZero(R, scheme(R, 1, 1, 1), 0))).toEqual({ w1: ['0'], w2: ['0'] });
  expect(exact(eulerFromZero(R, scheme(R, 1, 1, 1), 0))).toEqual({ w1: ['0'], w2: ['0'] });
});

test('over doubles and balls the schemes contain the same numbers', () => {
  const B = balls(128);
  const enclosed = midpointFromZero(B, scheme(B, 1, 1, '1/2'), 2);
  expect(enclosed.w2.map((x) => nearest(B, x))).toEqual([0, 1 / 8, 961 / 2048]);
  expect(midpointFromZero(doubles, scheme(doubles, 1, 1, '1/2'), 2).w2).toEqual([0, 1 / 8, 961 / 2048]);
});

describe('the fields', () => {
  // λ = 2, (w1, w2) = (3, 1/2): error 2 − 3/2 = 1/2.
  const state = [R.of(3), R.of('1/2')] as const;

  test('of feedback alignment: (d · error, error · w1)', () => {
    expect(texts(feedbackAlignmentField(R, { lambda: 2, d: -4 }, state) as never)).toEqual(['-2', '3/2']);
  });

  test('of gradient descent: (error · w2, error · w1)', () => {
    expect(texts(gradientField(R, { lambda: 2 }, state) as never)).toEqual(['1/4', '3/2']);
  });

  test('vanish at a solution', () => {
    const solution = [R.of(4), R.of('1/2')] as const;
    expect(texts(feedbackAlignmentField(R, { lambda: 2, d: 5 }, solution) as never)).toEqual(['0', '0']);
    expect(texts(gradientField(R, { lambda: 2 }, solution) as never)).toEqual(['0', '0']);
  });
});

describe('the path of a flow', () => {
  const B = balls(128);
  const shrink = (A: Arithmetic<number>, [x]: readonly number[]) => [A.neg(x!)];

  test('starts at the start exactly, also where later points are only enclosed', () => {
    const [path] = flowPath(B, shrink, [B.of('1/2')], timesUpTo(1, 2));
    expect(B.exactText(path![0]!)).toBe('1/2');
    const { lower, upper } = B.enclosure(path![2]!);
    expect(lower).toBeLessThanOrEqual(Math.exp(-1) / 2);
    expect(upper).toBeGreaterThanOrEqual(Math.exp(-1) / 2);
    expect(upper - lower).toBeLessThan(1e-10);
  });

  test('of one point is the start in any arithmetic; a longer one is refused by exact numbers', () => {
    expect(texts(flowPath(R, shrink, [R.of('1/3')], timesUpTo(1, 0))[0] as never)).toEqual(['1/3']);
    expect(() => flowPath(R, shrink, [R.of('1/3')], timesUpTo(1, 1))).toThrow('no rational number');
  });

  test('has times that are equally spaced, both ends included', () => {
    expect(Array.from(timesUpTo(3, 4))).toEqual([0, 0.75, 1.5, 2.25, 3]);
    expect(Array.from(timesUpTo(3, 0))).toEqual([0]);
  });
});
