/** What a claim that comes out upheld has to show for it: hypotheses that are met and approached, and teeth. */
import { assess } from '../../src/claim/assess';
import { atMost, lessThan } from '../../src/claim/compare';
import { exam, type Claim } from '../../src/claim/exam';
import { passes } from '../../src/claim/record';
import { space } from '../../src/claim/space';
import { claimOn, claimOver, examinerOf, kinds, oneNumber, over } from '../support/toys';

const verdictOf = (claim: Claim) => assess(claim, examinerOf());
const summary = (claim: Claim) => {
  const record = verdictOf(claim);
  return { verdict: record.verdict, problems: kinds(record) };
};

describe('hypotheses', () => {
  const under = (limit: number): Claim =>
    claimOn(
      exam({
        name: `a number below ${limit}`,
        inside: space().with('x', over(0, 4)),
        assuming: { H1: { says: `x < ${limit}`, holds: (R, { x }) => lessThan(R, x, limit) } },
        cases: [],
      }),
      { then: (R, _, { x }) => atMost(R, x, limit) },
    );

  test('that half the draws meet are counted, met and near', () => {
    const record = verdictOf(under(2));
    expect(record).toMatchObject({ verdict: 'upheld', drawn: 40 });
    const { H1 } = record.hypotheses;
    expect(H1!.met).toBeGreaterThan(8);
    expect(H1!.met).toBeLessThan(32);
    expect(H1!.near).toBeGreaterThan(0);
    expect(H1!.near).toBeLessThan(H1!.met);
  });

  test('that almost no draw meets make a claim vacuous', () => {
    const record = verdictOf(under(0.01));
    expect(record).toMatchObject({ verdict: 'undecided', recorded: 'upheld' });
    expect(record.problems).toEqual([{ kind: 'vacuous', message: expect.stringMatching(/met by \d of 40 draws/) }]);
    expect(passes(record)).toBe(false);
  });

  test('that no draw comes near make a claim vacuous', () => {
    const record = verdictOf(under(400));
    expect(record.verdict).toBe('undecided');
    expect(record.problems).toEqual([
      {
        kind: 'vacuous',
        message: 'no draw of 2040 comes within a twentieth of the boundary of H1: widen the space towards it',
      },
    ]);
  });

  test('that have no value where another one fails are not met there, and the claim goes on', () => {
    const claim = claimOn(
      exam({
        name: 'a number and its root',
        inside: space().with('x', over(-2, 4)),
        assuming: {
          H1: { says: 'x > 0', holds: (R, { x }) => lessThan(R, 0, x) },
          H2: { says: '√x < 2', holds: (R, { x }) => lessThan(R, R.sqrt(x), 2) },
        },
        cases: [],
      }),
      { then: (R, _, { x }) => atMost(R, x, 3) },
    );
    expect(verdictOf({ ...claim, recorded: 'refuted' })).toMatchObject({ verdict: 'refuted' });
  });

  test('that contradict one another make a claim vacuous, though each is met often', () => {
    const claim = claimOn(
      exam({
        name: 'below one and above three',
        inside: space().with('x', over(0, 4)),
        assuming: {
          H1: { says: 'x < 1', holds: (R, { x }) => lessThan(R, x, 1) },
          H2: { says: 'x > 3', holds: (R, { x }) => lessThan(R, 3, x) },
        },
        cases: [],
      }),
      { then: (R, _, { x }) => atMost(R, x, -1) },
    );
    expect(summary(claim)).toMatchObject({ verdict: 'undecided', problems: ['vacuous'] });
  });

  test('that compare with zero have no near', () => {
    const claim = claimOn(
      exam({
        name: 'a positive number',
        inside: oneNumber,
        assuming: { H1: { says: 'x > 0', holds: (R, { x }) => lessThan(R, 0, x) } },
        cases: [],
      }),
      { then: (R, _, { x }) => atMost(R, x, 4) },
    );
    expect(verdictOf(claim).hypotheses).toEqual({ H1: { says: 'x > 0', met: 40 } });
  });

  test('have to be met by stored cases', () => {
    const claim = claimOn(
      exam({
        name: 'a stored case outside',
        inside: oneNumber,
        assuming: { H1: { says: 'x < 2', holds: (R, { x }) => lessThan(R, x, 2) } },
        cases: [{ x: 3 }],
      }),
      { then: (R, _, { x }) => atMost(R, x, 2) },
    );
    const record = verdictOf(claim);
    expect(record.problems[0]).toMatchObject({
      kind: 'error',
      message: expect.stringContaining('{"x":3} does not meet'),
    });
  });

  test('are met by every witness', () => {
    const claim = claimOn(
      exam({
        name: 'a number below two that is said to be below one',
        inside: space().with('x', over(0, 4)),
        assuming: { H1: { says: 'x < 2', holds: (R, { x }) => lessThan(R, x, 2) } },
        cases: [],
      }),
      { recorded: 'refuted', then: (R, _, { x }) => atMost(R, x, 1) },
    );
    const { simplest, worst } = verdictOf(claim);
    for (const witness of [simplest!, worst!]) {
      expect(witness.hypotheses['H1']!.violation).toBeLessThan(0);
      expect(Number(witness.instance['x'])).toBeLessThan(2);
    }
  });
});

describe('teeth', () => {
  test('are missing from a claim that nothing turns red', () => {
    const claim = claimOver(oneNumber, { then: (R, _, { x }) => lessThan(R, x, 100) });
    const record = verdictOf(claim);
    expect(record).toMatchObject({ verdict: 'upheld', teeth: { caught: [] } });
    expect(kinds(record)).toEqual(['toothless']);
    expect(passes(record)).toBe(false);
  });

  test('show in a mutant that is seen red, by its name', () => {
    const claim = claimOver(oneNumber, {
      then: (R, _, { x }) => lessThan(R, x, 100),
      mutants: { 'below 1': (R, _, { x }) => lessThan(R, x, 1), 'below 50': (R, _, { x }) => lessThan(R, x, 50) },
    });
    const record = verdictOf(claim);
    expect(passes(record)).toBe(true);
    expect(record.teeth.caught).toEqual(['statement: below 1']);
    expect(record.teeth.missed).toContain('statement: below 50');
  });
});
