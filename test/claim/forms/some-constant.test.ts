import { assess } from '../../../src/claim/assess';
import { atMost } from '../../../src/claim/compare';
import { exam, type Family } from '../../../src/claim/exam';
import { order, someConstant } from '../../../src/claim/forms/constructors';
import { space } from '../../../src/claim/space';
import { counts } from '../../../generators/coordinates';
import { examinerOf, kinds, over, twoNumbers } from '../../support/toys';

const two = exam({ name: 'two numbers', inside: twoNumbers, assuming: {}, cases: [{ x: 1, y: 1 }] });

/** x/y with x fixed at 1: needs a constant above 2^k at y = 2^−(k+1). */
const small: Family<{ x: 'real'; y: 'real' }> = {
  says: 'y = 2^{-k-1} at x = 1: the quotient is 2^{k+1}',
  members: 6,
  at: (k) => ({ x: 1, y: 2 ** -(k + 1) }),
  exceeds: (k) => 2 ** k,
};

const card = { id: 'toy/constant', where: 'nowhere', says: String.raw`\exists C: x \le C y` } as const;

describe('a claim that some constant does', () => {
  test('is upheld with a constant written down, made of the parameters that it may depend on', () => {
    const claim = someConstant(two, {
      ...card,
      recorded: 'upheld',
      within: (R, _, { x, y }, C) => atMost(R, R.mul(x, x), R.mul(C, R.add(x, y))),
      constant: { of: ['x'], is: (_R, { x }) => x },
      mutants: { 'half the constant': (R, _, { x, y }) => atMost(R, R.mul(x, x), R.div(R.mul(x, R.add(x, y)), 4)) },
    });
    const record = assess(claim, examinerOf());
    expect(kinds(record)).toEqual([]);
    expect(record).toMatchObject({ verdict: 'upheld', formRecord: { constantOf: ['x'] } });
  });

  test('hands the constant no other parameter', () => {
    const claim = someConstant(two, {
      ...card,
      recorded: 'upheld',
      within: (R, _, { x }, C) => atMost(R, x, C),
      constant: { of: ['x'], is: (R, parameters) => R.of(Object.keys(parameters).length === 1 ? 4 : 0) },
      toothless: 'only the constant is looked at',
    });
    expect(assess(claim, examinerOf()).verdict).toBe('upheld');
  });

  test('is undecided, not refuted, where the constant written down does not do', () => {
    const claim = someConstant(two, {
      ...card,
      recorded: 'upheld',
      within: (R, _, { x, y }, C) => atMost(R, x, R.mul(C, y)),
      constant: { of: [], is: (R) => R.of(2) },
    });
    const record = assess(claim, examinerOf());
    expect(record).toMatchObject({ verdict: 'undecided', problems: [{ kind: 'not sufficient' }] });
    expect(record.problems[0]!.message).toContain('another might');
  });

  test('is refuted by a family of which every member needs a larger constant', () => {
    const claim = someConstant(two, {
      ...card,
      recorded: 'refuted',
      corrected: [],
      within: (R, _, { x, y }, C) => atMost(R, x, R.mul(C, y)),
      family: small,
    });
    const record = assess(claim, examinerOf());
    expect(kinds(record)).toEqual([]);
    expect(record).toMatchObject({
      verdict: 'refuted',
      simplest: { grade: 'exact', constant: 1, instance: { x: 1, y: 0.5 } },
      worst: { grade: 'exact', constant: 32, sample: { left: { exact: '1' }, right: { exact: '1/2' } } },
      formRecord: { family: { members: 6, from: 1, to: 32 } },
    });
  });

  test.each([
    ['a member that needs no such constant', { ...small, exceeds: (k: number) => 4 * 3 ** k }, 'member 0'],
    ['constants that do not grow', { ...small, exceeds: () => 1 }, 'do not grow'],
  ])('is undecided for a family with %s', (_what, family, message) => {
    const claim = someConstant(two, {
      ...card,
      recorded: 'refuted',
      corrected: [],
      within: (R, _, { x, y }, C) => atMost(R, x, R.mul(C, y)),
      family,
    });
    const record = assess(claim, examinerOf());
    expect(record).toMatchObject({ verdict: 'undecided', problems: [{ kind: 'not sufficient' }] });
    expect(record.problems[0]!.message).toContain(message);
  });
});

/** 1 + 2 + … + n against powers of n. */
const sums = exam({
  name: 'the sum of the first numbers',
  inside: space().with('n', counts(1, 4000)).with('c', over(1, 2)),
  assuming: {},
  cases: [{ n: 1, c: 1 }],
});

const sumOf = <N>(R: { div(a: N | number, b: number): N }, n: number): N => R.div(n * (n + 1), 2);

describe('a claim of order', () => {
  test('is upheld with a constant, and says what exponent the draws show', () => {
    const claim = order(sums, {
      id: 'toy/quadratic',
      where: 'nowhere',
      says: 'c(1 + … + n) = O(n^2)',
      recorded: 'upheld',
      tight: true,
      grows: 'n',
      sides: (R, _, { n, c }) => ({ left: R.mul(c, sumOf(R, n)), right: R.of(n * n) }),
      constant: { of: ['c'], is: (_R, { c }) => c },
    });
    const record = assess(claim, examinerOf());
    expect(kinds(record)).toEqual([]);
    expect(record.verdict).toBe('upheld');
    const { slope, error, points } = record.formRecord!.fit!;
    expect(points).toBe(40);
    expect(Math.abs(slope)).toBeLessThan(0.1);
    expect(error).toBeLessThan(0.1);
  });

  test('is refuted along a family, whose exponent shows in the draws', () => {
    const claim = order(sums, {
      id: 'toy/linear',
      where: 'nowhere',
      says: '1 + … + n = O(n)',
      recorded: 'refuted',
      corrected: [],
      grows: 'n',
      sides: (R, _, { n, c }) => ({ left: R.mul(c, sumOf(R, n)), right: R.mul(c, n) }),
      family: {
        says: 'n = 2^k needs a constant above 2^{k-1}',
        members: 8,
        at: (k) => ({ n: 2 ** k, c: 1 }),
        exceeds: (k) => 2 ** (k - 1),
      },
    });
    const record = assess(claim, examinerOf());
    expect(record).toMatchObject({ verdict: 'refuted', problems: [], worst: { grade: 'exact', constant: 64 } });
    expect(record.formRecord!.fit!.slope).toBeGreaterThan(0.8);
  });

  test('refuses a constant that depends on the parameter that grows', () => {
    expect(() =>
      order(sums, {
        id: 'toy/cheat',
        where: 'nowhere',
        says: '',
        recorded: 'upheld',
        grows: 'n',
        sides: (R, _, { n }) => ({ left: R.of(n * n), right: R.of(n) }),
        constant: { of: ['n'], is: (R, { n }) => R.of(n) },
      }),
    ).toThrow('toy/cheat: the constant of an order claim may not depend on n, the parameter that grows');
  });
});
