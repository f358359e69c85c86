import { assess } from '../../../src/claim/assess';
import { lessThan, atMost } from '../../../src/claim/compare';
import { exam } from '../../../src/claim/exam';
import { chance } from '../../../src/claim/forms/constructors';
import { space } from '../../../src/claim/space';
import { counts } from '../../../generators/coordinates';
import { examinerOf, kinds, over, timeless } from '../../support/toys';

/** n independent numbers, uniform on [0, 1). */
const uniforms = (count: number, random: () => number): Float64Array => Float64Array.from({ length: count }, random);
const largest = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => Math.max(a, b), -Infinity);
const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0) / values.length;

/** Between two and nine uniform numbers. */
const severalNumbers = exam({
  name: 'chance: several uniform numbers',
  inside: space().with('n', counts(2, 9)),
  assuming: {},
  cases: [{ n: 2 }],
});

/** Chebyshev: their mean is within √(5/(6n)) of 1/2 with probability 0.9, and, as it happens, nearly always. */
const meanIsNear = chance(severalNumbers, {
  id: 'toy/mean-is-near',
  where: 'Theorem 1',
  says: String.raw`P(|\bar x - 1/2| \le \sqrt{5/(6n)}) \ge 0.9`,
  recorded: 'upheld',
  probability: '0.9',
  draw: ({ n }, random) => ({ mean: mean(uniforms(n, random)) }),
  then: (R, { mean: m }, { n }) => atMost(R, Math.abs(m - 0.5), Math.sqrt(5 / (6 * n))),
  mutants: {
    'a fifth of the distance': (R, { mean: m }, { n }) => atMost(R, Math.abs(m - 0.5), Math.sqrt(5 / (6 * n)) / 5),
    'on one side': (R, { mean: m }) => atMost(R, m, 0.5),
  },
  samplers: { 'of numbers on [0, 2)': ({ n }, random) => ({ mean: 2 * mean(uniforms(n, random)) }) },
});

/** P(largest ≤ x) = xⁿ: for x² = 0.9 it is 0.9 for n = 2 and less for every larger n. */
const largestIsBelow = (x: number, inside = severalNumbers) =>
  chance(inside, {
    id: 'toy/largest-is-below',
    where: 'Theorem 2',
    says: String.raw`P(\max x_i \le x) \ge 0.9`,
    recorded: 'refuted',
    corrected: ['toy/mean-is-near'],
    probability: '0.9',
    draw: ({ n }, random) => ({ largest: largest(uniforms(n, random)) }),
    then: (R, { largest: m }) => lessThan(R, m, x),
  });

const oneNumber = exam({
  name: 'chance: one uniform number',
  inside: space().with('x', over(0, 1)),
  assuming: {},
  cases: [{ x: 0.75 }],
});

describe('a claim of chance', () => {
  test('is upheld where every test ends with at least p, and its mutants are seen red', () => {
    const record = assess(meanIsNear, examinerOf());
    expect(record).toMatchObject({ verdict: 'upheld', problems: [], instances: 4 });
    expect(record.teeth).toEqual({
      caught: ['statement: a fifth of the distance', 'statement: on one side', 'statement: of numbers on [0, 2)'],
      missed: [],
    });
    console.log(JSON.stringify(record.formRecord, undefined, 1));
  });
  test('is refuted', () => {
    const record = assess(largestIsBelow(0.9), examinerOf());
    console.log(JSON.stringify(record, undefined, 1));
    expect(record).toMatchObject({ verdict: 'refuted', problems: [] });
    expect(kinds(record)).toEqual([]);
    expect(timeless(record)).toEqual(timeless(assess(largestIsBelow(0.9), examinerOf())));
    expect(oneNumber).toBeDefined();
  });
});
