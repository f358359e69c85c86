/** What the words along a path must see: one wrong number among many right ones, however small the wrong is. */
import type { Series } from '../../src/claim/exam';
import type { Finding, Reading } from '../../src/claim/finding';
import { along, atLeast, decreasing, eachStep, identical, increasing, tail } from '../../oracles/along';
import { distance, exponential, geometric, map, scaled } from '../../oracles/series';
import { anyOf, B, D, seriesOf, strainedReadings } from '../support/readings';

const LENGTH = 40;
const TIMES = Array.from({ length: LENGTH }, (_, t) => t / 8);

/** 3·e^{−t/8}·(1 + ε at one index): the series that meets its bound with equality, or misses it there. */
const touched = <N>(R: Reading<N>, epsilon: number, index: number): Series<N> => {
  const exact = exponential(R, 3, 1, seriesOf(R, TIMES))(LENGTH);
  const values = Array.from(exact, (x, t) => (t === index ? R.mul(x, 1 + epsilon) : x));
  return { values };
};

const bound = <N>(R: Reading<N>) => exponential(R, 3, 1, seriesOf(R, TIMES));

const words: readonly (readonly [string, <N>(R: Reading<N>, epsilon: number, index: number) => Finding])[] = [
  ['along', (R, epsilon, index) => along(R, touched(R, epsilon, index), bound(R))],
  ['atLeast', (R, epsilon, index) => atLeast(R, touched(R, -epsilon, index), bound(R))],
  ['identical', (R, epsilon, index) => identical(R, touched(R, epsilon, index), bound(R))],
];

describe.each(words)('%s', (name, found) => {
  test.each([0, 1, 17, LENGTH - 1])(`sees a violation of one part in a thousand at index %i alone`, (index) => {
    for (const finding of [found(D, 1e-3, index), found(B, 1e-3, index)]) {
      expect(finding).toMatchObject({ breaks: 1, firstBreak: { at: index }, worst: { at: index } });
    }
  });

  test('leaves what attains the bound undecided in doubles and finds it equal in balls', () => {
    expect(found(D, 0, 0)).toMatchObject({ holds: 0, breaks: 0, equal: 0, unresolved: LENGTH });
    expect(found(D, 0, 0)).toMatchObject({ worst: undefined, unresolvedAt: [0, LENGTH - 1] });
    expect(found(B, 0, 0)).toMatchObject({ holds: 0, breaks: 0, equal: LENGTH, unresolved: 0 });
  });

  test('sees a violation of one part in a thousand million in balls, where doubles do not judge', () => {
    expect(found(D, 1e-9, 17)).toMatchObject({ breaks: 0, unresolved: LENGTH });
    expect(found(B, 1e-9, 17)).toMatchObject({ breaks: 1, equal: LENGTH - 1, firstBreak: { at: 17 } });
  });

  test('does not take a slack of one part in a thousand for a violation', () => {
    if (name === 'identical') return;
    expect(found(D, -1e-3, 17)).toMatchObject({ breaks: 0, holds: 1, unresolved: LENGTH - 1 });
    expect(found(B, -1e-3, 17)).toMatchObject({ breaks: 0, holds: 1, equal: LENGTH - 1 });
  });
});

test('an identity off by one part in a million everywhere is seen in doubles and in balls', () => {
  const off = <N>(R: Reading<N>): Finding =>
    identical(
      R,
      map(touched(R, 0, 0), (x) => R.mul(x, 1 + 1e-6)),
      bound(R),
    );
  expect(off(D).breaks).toBe(LENGTH);
  expect(off(B).breaks).toBe(LENGTH);
});

test('the numbers subtracted on the way decide what doubles can tell', () => {
  // |a − 1000| is 1e-4 known to some 1e-13: clear by itself, but the screen looks at 1000.
  const near = <N>(R: Reading<N>): Finding =>
    along(R, distance(R, seriesOf(R, [1000 + 2 ** -13]), 1000), geometric(R, 2 ** -14, 1));
  expect(near(D)).toMatchObject({ breaks: 0, unresolved: 1 });
  expect(near(B)).toMatchObject({ breaks: 1, unresolved: 0 });
});

test('multiples remember the size of what was subtracted, in their own size', () => {
  const gap = distance(D, seriesOf(D, [3, 5]), 4);
  expect(Array.from(scaled(D, -10, gap).scale!)).toEqual([40, 50]);
  expect(Array.from(scaled(B, -10, distance(B, seriesOf(B, [3, 5]), 4)).scale!)).toEqual([40, 50]);
});

describe.each([
  ['increasing', 1, increasing],
  ['decreasing', -1, decreasing],
] as const)('%s', (_name, direction, word) => {
  const path = (bump: number): number[] => TIMES.map((time, t) => direction * (t === 20 ? TIMES[19]! - bump : time));

  test('sees one step the other way, where it happens', () => {
    for (const finding of [word(D, seriesOf(D, path(1e-3))), word(B, seriesOf(B, path(1e-3)))]) {
      expect(finding).toMatchObject({ breaks: 1, holds: LENGTH - 2, firstBreak: { at: 20 } });
    }
    expect(word(D, seriesOf(D, path(1e-9)))).toMatchObject({ breaks: 0, unresolved: 1, unresolvedAt: [20, 20] });
    expect(word(B, seriesOf(B, path(1e-9)))).toMatchObject({ breaks: 1, firstBreak: { at: 20 } });
  });

  test('takes standing still for keeping on', () => {
    expect(word(B, seriesOf(B, path(0)))).toMatchObject({ breaks: 0, equal: 1, unresolved: 0 });
    expect(word(D, seriesOf(D, path(0)))).toMatchObject({ breaks: 0, unresolved: 1 });
  });
});

test('a contraction that fails at one step is seen at the point after it', () => {
  const halving = <N>(R: Reading<N>, epsilon: number): Finding => {
    const values = Array.from({ length: LENGTH }, (_, t) => 2 ** -t * (t >= 9 ? 1 + epsilon : 1));
    return eachStep(R, seriesOf(R, values), (before) => scaled(R, '1/2', before));
  };
  for (const R of anyOf(D, B)) {
    expect(halving(R, 1e-3)).toMatchObject({ breaks: 1, firstBreak: { at: 9 } });
  }
  expect(halving(B, 2 ** -30)).toMatchObject({ breaks: 1, equal: LENGTH - 2 });
});

describe('distortion', () => {
  const attained = <N>(R: Reading<N>): Finding => along(R, touched(R, 0, 0), bound(R));
  const same = <N>(R: Reading<N>): Finding => identical(R, touched(R, 0, 0), bound(R));

  test('turns an attained bound red when the bound moves by a twentieth or by a thousandth', () => {
    for (const bounds of [0.05, 0.001]) {
      const [SD, , SB] = strainedReadings({ bounds, identities: 0 });
      expect([attained(SD).breaks, attained(SB).breaks, same(SD).breaks, same(SB).breaks]).toEqual([
        LENGTH,
        LENGTH,
        0,
        0,
      ]);
    }
  });

  test('turns an identity red when it is off by one part in a million, and no bound', () => {
    const [SD, , SB] = strainedReadings({ bounds: 0, identities: 1e-6 });
    expect([attained(SD).breaks, attained(SB).breaks, same(SD).breaks, same(SB).breaks]).toEqual([
      0,
      0,
      LENGTH,
      LENGTH,
    ]);
  });

  test('moves a negative bound against the claim as well', () => {
    const [SD, SQ, SB] = strainedReadings({ bounds: 0.05, identities: 0 });
    for (const R of anyOf(SD, SQ, SB)) {
      expect(along(R, seriesOf(R, [-2, -2]), geometric(R, -2, 1)).breaks).toBe(2);
      expect(atLeast(R, seriesOf(R, [-2, -2]), geometric(R, -2, 1)).breaks).toBe(2);
    }
  });
});

test('what is not a number is never taken for one that keeps the bound', () => {
  const [NaNs, infinities] = [seriesOf(D, []), seriesOf(D, [])].map(() => new Float64Array(2));
  NaNs!.fill(NaN);
  infinities!.fill(Infinity);
  for (const values of [NaNs!, infinities!]) {
    expect(along(D, { values }, geometric(D, 1, 1)).holds).toBe(0);
    expect(identical(D, { values }, geometric(D, 1, 1)).holds).toBe(0);
    expect(decreasing(D, { values }).holds).toBe(0);
  }
});

test('series of different lengths are not compared', () => {
  const [long, short] = [seriesOf(D, [1, 2, 3]), seriesOf(D, [1, 2])];
  expect(() => along(D, long, short)).toThrow('a series of 3 points is compared with one of 2');
  expect(() => identical(B, seriesOf(B, [1, 2]), seriesOf(B, [1]))).toThrow(RangeError);
});

test('a bound on a tail starts where the tail does', () => {
  const halving = [8, 4, 2, 1];
  for (const R of anyOf(D, B)) {
    const found = along(R, tail(seriesOf(R, halving)), geometric(R, 8.01, 0.5));
    expect(found).toMatchObject({ breaks: 0, holds: 3 });
    expect(along(R, tail(seriesOf(R, halving)), geometric(R, 7.9, 0.5)).firstBreak?.at).toBe(1);
  }
});
