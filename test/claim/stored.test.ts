import { assess } from '../../src/claim/assess';
import { atMost, lessThan } from '../../src/claim/compare';
import { exam, exists, type Claim, type Instance } from '../../src/claim/exam';
import { claimOn, examinerOf, kinds, oneNumber, SMALL } from '../support/toys';

/** True but for a stretch so short that no draw comes upon it. */
const needle = (recorded: 'upheld' | 'refuted'): Claim =>
  claimOn(
    exam({
      name: 'a number with a needle',
      inside: oneNumber,
      assuming: { H1: { says: 'x < 3', holds: (R, { x }) => lessThan(R, x, 3) } },
      cases: [{ x: 1 }],
    }),
    {
      recorded,
      // False within a millionth of 0.51234 alone.
      then: (R, _, { x }) => atMost(R, R.div(1, 10 ** 12), R.power(R.sub(x, 0.51234), 2)),
      mutants: { 'one tenth': (R, _, { x }) => atMost(R, R.div(1, 10), R.power(R.sub(x, 0.51234), 2)) },
    },
  );

const storing = (...instances: readonly Instance[]) => examinerOf({ stored: () => instances });

test('what is stored is looked at: it refutes what a search of this size does not', () => {
  expect(assess(needle('upheld'), examinerOf({ budget: { ...SMALL, attack: 0 } })).verdict).toBe('upheld');
  const record = assess(needle('refuted'), storing({ x: 0.51234 }));
  expect(record.verdict).toBe('refuted');
  expect(record.problems).toEqual([]);
});

test('the attack begins at what is stored: next to a narrow peak it climbs the peak', () => {
  // A cone of width 1/10 000 at 0.777, on level ground that shows no way to it.
  const cone = claimOn(exam({ name: 'a narrow cone', inside: oneNumber, assuming: {}, cases: [] }), {
    then: (R, _, { x }) => {
      const away = R.mul(10_000, R.abs(R.sub(x, 0.777)));
      return atMost(R, 1, R.sign(R.sub(1, away)) === 1 ? R.add(1.5, R.mul(1.5, away)) : 3);
    },
  });
  const tightest = (stored: readonly Instance[]): number =>
    assess(cone, examinerOf({ budget: { ...SMALL, attack: 1500 }, stored: () => stored })).tightest!.sample.violation;
  // The last step of the search is 2⁻²⁴ of the range.
  const rest = 1.5 * 10_000 * (3.75 * 2 ** -24);
  expect(tightest([])).toBe(-0.5);
  expect(tightest([{ x: 0.77705 }])).toBeGreaterThanOrEqual(-(0.5 + rest) / (2.5 + rest));
});

test('what is stored and no longer meets the hypotheses is an error that names its file and what to do', () => {
  const record = assess(needle('upheld'), storing({ x: 1 }, { x: 3.5 }));
  expect(record.verdict).toBe('undecided');
  expect(kinds(record)).toEqual(['error']);
  expect(record.problems[0]!.message).toContain(
    'the stored case {"x":3.5} of cases/toy/claim.json no longer meets the hypotheses of "a number with a needle": ' +
      'drop it by "npm run keep -- toy/claim"',
  );
});

test("the exam's own cases are looked at before what is stored", () => {
  const looked: number[] = [];
  const claim = claimOn(exam({ name: 'an order', inside: oneNumber, assuming: {}, cases: [{ x: 1 }, { x: 2 }] }), {
    then: (R, _, { x }) => {
      if (typeof x === 'number') looked.push(x);
      return atMost(R, x, 5);
    },
  });
  assess(claim, storing({ x: 3 }));
  expect([...new Set(looked)].slice(0, 3)).toEqual([1, 2, 3]);
});

test('a claim of existence is shown by what is stored', () => {
  const rare = exists(exam({ name: 'a rare number', inside: oneNumber, assuming: {}, cases: [] }), {
    id: 'toy/rare',
    where: 'nowhere',
    says: '',
    recorded: 'upheld',
    toothless: 'a toy',
    then: (R, _, { x }) => atMost(R, R.abs(R.sub(x, 0.7)), R.div(1, 10 ** 9)),
  });
  expect(assess(rare, examinerOf()).verdict).toBe('undecided');
  expect(assess(rare, storing({ x: '7/10' }))).toMatchObject({
    verdict: 'upheld',
    simplest: { instance: { x: '7/10' } },
  });
});
