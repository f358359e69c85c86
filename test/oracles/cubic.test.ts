import type { Real } from '../../src/numerics/arithmetic';
import type { Reading } from '../../src/claim/finding';
import { noneOf, threeDistinctRealRoots } from '../../oracles/cubic';
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
