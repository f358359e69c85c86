import { atMost, equals, lessThan } from '../../src/claim/compare';
import { all, NOTHING, part, type Finding, type Reading } from '../../src/claim/finding';
import { reading } from '../../src/claim/judge';
import { NotRepresentable, type Real } from '../../src/numerics/arithmetic';
import { balls } from '../../src/numerics/ball';
import { anyOf, B, D, outline, Q, strainedReadings } from '../support/readings';

type Word = 'atMost' | 'lessThan' | 'equals';
const WORDS = { atMost, lessThan, equals };

/** What one comparison comes to. */
const outcome = ({ holds, equal, breaks, unresolved }: Finding): string =>
  `${'holds '.repeat(holds)}${'equal '.repeat(equal)}${'breaks '.repeat(breaks)}${'unresolved '.repeat(unresolved)}`.trim();

const compared = <N>(R: Reading<N>, word: Word, left: Real, right: Real): string =>
  outcome(WORDS[word](R, left, right));

describe('one comparison', () => {
  test.each<[Word, Real, Real, string, string, string]>([
    // word, left, right, in doubles, in rationals, in balls
    ['atMost', 1, 2, 'holds', 'holds', 'holds'],
    ['atMost', 2, 1, 'breaks', 'breaks', 'breaks'],
    ['atMost', 1, 1, 'unresolved', 'equal', 'equal'],
    ['atMost', '1/3', '1/3', 'unresolved', 'equal', 'equal'],
    ['atMost', 0, 0, 'unresolved', 'equal', 'equal'],
    ['atMost', -1, 0, 'holds', 'holds', 'holds'],
    ['atMost', 1 + 2 ** -40, 1, 'unresolved', 'breaks', 'breaks'],
    ['atMost', 1, 1 + 2 ** -40, 'unresolved', 'holds', 'holds'],
    ['lessThan', 1, 2, 'holds', 'holds', 'holds'],
    ['lessThan', 2, 1, 'breaks', 'breaks', 'breaks'],
    ['lessThan', 1, 1, 'unresolved', 'breaks', 'breaks'],
    ['lessThan', '1/3', '1/3', 'unresolved', 'breaks', 'unresolved'],
    ['lessThan', 0, 0, 'unresolved', 'breaks', 'breaks'],
    ['lessThan', 1, 1 + 2 ** -40, 'unresolved', 'holds', 'holds'],
    ['equals', 1, 1, 'unresolved', 'equal', 'equal'],
    ['equals', '1/3', '1/3', 'unresolved', 'equal', 'equal'],
    ['equals', 1, 2, 'breaks', 'breaks', 'breaks'],
    ['equals', 2, 1, 'breaks', 'breaks', 'breaks'],
    ['equals', 1, 1 + 1e-6, 'breaks', 'breaks', 'breaks'],
    ['equals', 1, 1 + 2 ** -40, 'unresolved', 'breaks', 'breaks'],
    ['equals', -1, 1, 'breaks', 'breaks', 'breaks'],
  ])('%s(%p, %p): doubles %s, rationals %s, balls %s', (word, left, right, inDoubles, inRationals, inBalls) => {
    expect(compared(D, word, left, right)).toBe(inDoubles);
    expect(compared(Q, word, left, right)).toBe(inRationals);
    expect(compared(B, word, left, right)).toBe(inBalls);
  });

  test('numbers that are not finite decide nothing in doubles', () => {
    for (const word of ['atMost', 'lessThan', 'equals'] as const) {
      expect(compared(D, word, NaN, 1)).toBe('unresolved');
      expect(compared(D, word, 1, NaN)).toBe('unresolved');
      expect(compared(D, word, Infinity, Infinity)).toBe('unresolved');
    }
  });

  test('says what the sides are, exactly where they are known, and where along the path', () => {
    expect(lessThan(Q, '2/3', '1/2', 7).firstBreak).toMatchObject({
      relation: '<',
      at: 7,
      left: { exact: '2/3' },
      right: { exact: '1/2', lower: 0.5, upper: 0.5 },
      violation: expect.closeTo(1 / 7, 12),
    });
    expect(lessThan(D, 1, 1, 7).unresolvedAt).toEqual([7, 7]);
  });

  test('the violation is (left − right)/(|left| + |right|), its modulus for identities, within [−1, 1]', () => {
    const violation = (found: Finding): number => found.worst!.violation;
    expect(violation(atMost(D, 1, 3))).toBe(-0.5);
    expect(violation(atMost(Q, 3, 1))).toBe(0.5);
    expect(violation(equals(B, 1, 3))).toBe(0.5);
    expect(violation(atMost(Q, 2, 2))).toBe(0);
    expect(violation(atMost(D, 5, 0))).toBe(1);
    expect(violation(atMost(D, -5, 3))).toBe(-1);
    expect(violation(atMost(D, 1e308, -1e308))).toBe(1);
  });
});

describe('a ball around zero', () => {
  const wide = (R: Reading<never>, radius: number): never => R.around(1, radius) as never;
  const at = (radius: number, tiesByScale = false, scale = 0, word: Word = 'atMost'): string => {
    const R = { ...B, tiesByScale, resolution: 2 ** -20 } as unknown as Reading<never>;
    return outcome(
      word === 'lessThan'
        ? lessThan(R, wide(R, radius), 1)
        : word === 'equals'
          ? equals(R, wide(R, radius), 1, 0, scale)
          : atMost(R, wide(R, radius), 1),
    );
  };

  test('is equality where it is narrower than the resolution, and unresolved where it is not', () => {
    expect([at(2 ** -22), at(2 ** -18)]).toEqual(['equal', 'unresolved']);
    expect([at(2 ** -22, false, 0, 'equals'), at(2 ** -18, false, 0, 'equals')]).toEqual(['equal', 'unresolved']);
  });

  test('is measured against what was subtracted on the way, where an identity says so', () => {
    expect(at(2 ** -18, false, 16, 'equals')).toBe('equal');
  });

  test('never counts as strictly less', () => {
    expect(at(2 ** -40, false, 0, 'lessThan')).toBe('unresolved');
  });

  test('is decided by more bits where the numbers are irrational', () => {
    const sides = (bits: number): string => {
      const R = reading(balls(bits), { name: '', inside: undefined as never, assuming: {}, cases: [] });
      return outcome(
        lessThan(R, R.sqrt(2), '141421356237309504880168872420969807857/100000000000000000000000000000000000000'),
      );
    };
    expect([sides(64), sides(256)]).toEqual(['unresolved', 'holds']);
  });
});

describe('a strained comparison', () => {
  test.each<[Word, Real, Real]>([
    ['atMost', 100, 100],
    ['atMost', -100, -100],
    ['atMost', 96, 100],
    ['atMost', -100, -96],
  ])('%s(%p, %p) breaks when its bound moves a twentieth against it', (word, left, right) => {
    for (const R of anyOf(...strainedReadings({ bounds: 0.05, identities: 0 }))) {
      expect(compared(R, word, left, right)).toBe('breaks');
    }
  });

  test('that had more room than a twentieth still holds', () => {
    for (const R of anyOf(...strainedReadings({ bounds: 0.05, identities: 0 }))) {
      expect(compared(R, 'atMost', 90, 100)).toBe('holds');
    }
  });

  test('identities are off by what is told, bounds then untouched', () => {
    const [SD, SQ, SB] = strainedReadings({ bounds: 0, identities: 1e-6 });
    expect(anyOf(SD, SQ, SB).map((R) => compared(R, 'equals', 7, 7))).toEqual(['breaks', 'breaks', 'breaks']);
    expect(anyOf(SQ, SB).map((R) => compared(R, 'atMost', 7, 7))).toEqual(['equal', 'equal']);
  });
});

describe('findings', () => {
  const holds = atMost(Q, 1, 2, 3);
  const breaks = atMost(Q, 2, 1, 5);
  const earlier = atMost(Q, 3, 2, 4);

  test('join to the sum of their counts, the worst, and the earliest break', () => {
    expect(outline(all(holds, breaks, earlier, atMost(D, 1, 1, 9), atMost(D, 1, 1, 2)))).toMatchObject({
      holds: 1,
      breaks: 2,
      unresolved: 2,
      firstBreak: 4,
      worst: 1 / 3,
      unresolvedAt: [2, 9],
    });
    expect(all()).toEqual(NOTHING);
  });

  test('of parts carry the part they belong to', () => {
    const found = all(part('upper', part('first', breaks)), part('lower', holds));
    expect(found.worst?.part).toBe('upper: first');
    expect(found.firstBreak?.part).toBe('upper: first');
  });

  test('that an arithmetic has no numbers for stay unresolved, and let other parts break', () => {
    const irrational = (): Finding => atMost(Q, Q.sqrt(2), 2);
    expect(outline(all(breaks, irrational))).toMatchObject({ breaks: 1, unresolved: 1 });
    expect(irrational).toThrow(NotRepresentable);
    expect(() =>
      all(() => {
        throw new TypeError('a mistake in the oracle');
      }),
    ).toThrow('a mistake in the oracle');
  });
});
