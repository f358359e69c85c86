import { NotRepresentable, OutOfDomain, type Real } from '../../src/numerics/arithmetic';
import type { Reading } from '../../src/claim/finding';
import { noneOf, positiveRoot, threeDistinctRealRoots } from '../../oracles/cubic';
import { randomFrom } from '../support/random';
import { anyOf, B, D, Q } from '../support/readings';

/** x³ + px + q with roots a, b and −(a + b). */
const withRoots = (a: number, b: number): readonly [number, number] => [a * b - (a + b) ** 2, a * b * (a + b)];

const found = <N>(R: Reading<N>, [p, q]: readonly [Real, Real]) => threeDistinctRealRoots(R, R.of(p), R.of(q));

const roots = (): readonly (readonly [number, number])[] => {
  const random = randomFrom('roots of cubics');
  return Array.from({ length: 100 }, () => [random.whole(-40, 40) / 4, random.whole(-40, 40) / 4] as const);
};

test('cubics made from three distinct roots have them, in doubles and in balls', () => {
  for (const [a, b] of roots().filter(([a, b]) => new Set([a, b, -(a + b)]).size === 3)) {
    for (const R of anyOf(D, B)) {
      const { breaks, unresolved } = found(R, withRoots(a, b));
      expect({ breaks, unresolved }).toEqual({ breaks: 0, unresolved: 0 });
    }
    expect(found(Q, withRoots(a, b)).breaks).toBe(0);
  }
});

test('a double root breaks it exactly, and is left open by doubles', () => {
  for (const a of [1, -3, 2.5]) {
    const cubic = withRoots(a, a);
    // The discriminant is 0, and so is the value at one turning point.
    expect(found(Q, cubic)).toMatchObject({ breaks: 2, firstBreak: { part: '27q² < −4p³', violation: 0 } });
    expect(found(B, cubic).breaks).toBeGreaterThan(0);
    const { breaks, holds } = found(D, cubic);
    expect({ breaks, clear: holds < 3 }).toEqual({ breaks: 0, clear: true });
  }
});

test('cubics with one real root do not have three', () => {
  const random = randomFrom('cubics with one real root');
  for (let k = 0; k < 100; k++) {
    // (x − a)(x² + ax + c) with a² < 4c.
    const a = random.whole(-40, 40) / 4;
    const c = (a * a) / 4 + random.whole(1, 40) / 4;
    for (const R of anyOf(D, Q, B)) {
      expect(found(R, [c - a * a, -a * c]).breaks).toBeGreaterThan(0);
    }
  }
});

test('roots one part in a thousand apart are told from one another, and from a pair that is complex', () => {
  const near = withRoots(1, 1 + 2 ** -10);
  expect(found(B, near)).toMatchObject({ breaks: 0, unresolved: 0 });
  const complex: readonly [number, number] = [near[0], near[1] + 2 ** -18];
  expect(found(B, complex).breaks).toBeGreaterThan(0);
  expect(found(Q, complex).breaks).toBe(1);
});

test('where the turning points are irrational, exact numbers decide by the discriminant alone', () => {
  expect(found(Q, [-2, 0])).toMatchObject({ holds: 1, unresolved: 1, breaks: 0 });
  expect(found(Q, [2, 0])).toMatchObject({ breaks: 1 });
  expect(found(Q, [-3, 1])).toMatchObject({ holds: 3, unresolved: 0 });
});

test('a point that is none of the roots is told from one that is', () => {
  for (const R of anyOf(Q, B)) {
    expect(noneOf(R, R.of('1/4'), [0, R.of('1/2'), '-1/4'])).toMatchObject({ holds: 3, breaks: 0 });
    expect(noneOf(R, R.of('1/4'), [0, R.of('1/4')])).toMatchObject({ holds: 1, breaks: 1 });
  }
});

describe('the positive root of x³ − Sx − c', () => {
  /** By bisection: the root of an increasing function between √S and √S + ∛c. */
  const bisected = (S: number, c: number): number => {
    let [low, high] = [Math.sqrt(S), Math.sqrt(S) + Math.cbrt(c)];
    for (let k = 0; k < 200; k++) {
      const middle = (low + high) / 2;
      if (middle ** 3 - S * middle - c < 0) low = middle;
      else high = middle;
    }
    return high;
  };

  const instances = (): readonly (readonly [number, number])[] => {
    const random = randomFrom('roots by Cardano');
    return Array.from({ length: 200 }, () => {
      const c = random.sized(1e-6, 1e6);
      return [random.between(0, 0.999) * Math.cbrt((27 * c * c) / 4), c] as const;
    });
  };

  test('agrees with bisection in doubles', () => {
    for (const [S, c] of instances()) {
      const expected = bisected(S, c);
      expect(Math.abs(positiveRoot(D, S, c) - expected)).toBeLessThan(1e-12 * expected);
    }
  });

  test('is enclosed by balls: the cubic changes sign across an enclosure that is as narrow as the balls are', () => {
    for (const [S, c] of instances()) {
      const root = positiveRoot(B, B.of(S), B.of(c));
      const cubic = (x: typeof root) => B.sub(B.power(x, 3), B.add(B.mul(S, x), c));
      const { middle, radius } = root;
      expect(radius < 2n ** 60n).toBe(true);
      expect(B.sign(cubic({ middle: middle - radius - 2n ** 70n, radius: 0n }))).toBe(-1);
      expect(B.sign(cubic({ middle: middle + radius + 2n ** 70n, radius: 0n }))).toBe(1);
      expect(B.sign(cubic(root))).toBeUndefined();
    }
  });

  test('is exact where it is rational and S = 0, and refused where the roots on the way are irrational', () => {
    expect(Q.exactText(positiveRoot(Q, Q.of(0), Q.of('64/343')))).toBe('4/7');
    expect(() => positiveRoot(Q, Q.of('1/2'), Q.of(1))).toThrow(NotRepresentable);
  });

  test('is exact in Cardano’s rational case', () => {
    // x³ − 6x − 9 = (x − 3)(x² + 3x + 3): 81/4 − 8 = 49/4, and 9/2 + 7/2 = 8 is a cube.
    expect(Q.exactText(positiveRoot(Q, Q.of(6), Q.of(9)))).toBe('3');
  });

  test('is refused where there are three real roots', () => {
    expect(positiveRoot(D, 3, 1)).toBeNaN();
    expect(() => positiveRoot(B, B.of(3), B.of(1))).toThrow(OutOfDomain);
  });
});
