import { assess } from '../../../src/claim/assess';
import { lessThan } from '../../../src/claim/compare';
import { exam, type Conclusion } from '../../../src/claim/exam';
import { all, part } from '../../../src/claim/finding';
import { limit, rate } from '../../../src/claim/forms/constructors';
import { space } from '../../../src/claim/space';
import { along, identical, tail } from '../../../oracles/along';
import { constant, geometric } from '../../../oracles/series';
import { examinerOf, kinds, over } from '../../support/toys';

/** x ← x²: tends to 0 from below 1, stays at 1, and grows from above. */
const squaring = (from: number, to: number, cases: readonly { x: number }[]) =>
  exam({
    name: `squaring from [${from}, ${to}]`,
    inside: space().with('x', over(from, to)),
    assuming: { H1: { says: 'x > 0', holds: (R, { x }) => lessThan(R, 0, x) } },
    cases,
    horizon: 5,
    defined: (R, { x }, steps) => {
      const w = [x];
      for (let t = 0; t < steps; t++) w.push(R.power(w[t]!, 2));
      return { w };
    },
    measure: (_R, { w }) => ({ w: { values: w } }),
  });

const below = squaring(0.125, 0.875, [{ x: 0.5 }]);
const upTo2 = squaring(0.125, 2, [{ x: 0.5 }, { x: 1 }]);

/** |w| ≤ x^{t+1} with x < 1. */
const envelope: Conclusion<{ x: 'real' }, 'w'> = (R, { w }, { x }) =>
  all(part('the envelope vanishes', lessThan(R, x, 1)), part('envelope', along(R, w, geometric(R, x, x))));

/** A rest point other than 0 is never left. */
const restsElsewhere: Conclusion<{ x: 'real' }, 'w'> = (R, { w }, { x }) =>
  all(part('rests', identical(R, tail(w), constant(R, x))), part('elsewhere', lessThan(R, 0, x)));

const card = { id: 'toy/limit', where: 'nowhere', says: String.raw`x_t\to0` } as const;

describe('a claim of a limit', () => {
  test('is upheld by an envelope that vanishes', () => {
    const claim = limit(below, {
      ...card,
      recorded: 'upheld',
      then: envelope,
      excluded: restsElsewhere,
      mutants: { 'twice as fast': (R, { w }, { x }) => along(R, w, geometric(R, R.div(x, 2), x)) },
    });
    const record = assess(claim, examinerOf());
    expect(kinds(record)).toEqual([]);
    expect(record.verdict).toBe('upheld');
  });

  test('is refuted by a rest point elsewhere, exactly, and not by a path that has only not arrived', () => {
    const claim = limit(upTo2, {
      ...card,
      recorded: 'refuted',
      corrected: [],
      then: envelope,
      excluded: restsElsewhere,
    });
    const record = assess(claim, examinerOf());
    expect(kinds(record)).toEqual([]);
    expect(record).toMatchObject({ verdict: 'refuted', simplest: { grade: 'exact', instance: { x: 1 } } });
  });

  test('is undecided where the envelope fails and nothing rules the limit out', () => {
    const claim = limit(upTo2, { ...card, recorded: 'upheld', then: envelope });
    const record = assess(claim, examinerOf());
    expect(record).toMatchObject({ verdict: 'undecided', problems: [{ kind: 'not sufficient' }] });
  });
});

describe('a claim of a rate', () => {
  /** The ratio of the last two distances, as a rate a step. */
  const measuredRate = (w: ArrayLike<number>): number => -Math.log(w[w.length - 1]! / w[w.length - 2]!);

  test('says how the measured rate compares with the claimed one', () => {
    const claim = rate(below, {
      ...card,
      id: 'toy/rate',
      recorded: 'upheld',
      then: envelope,
      sharpness: ({ w }, { x }) => ({ measured: measuredRate(w.values), claimed: -Math.log(x) }),
      mutants: { 'twice as fast': (R, { w }, { x }) => along(R, w, geometric(R, R.div(x, 2), x)) },
    });
    const record = assess(claim, examinerOf());
    expect(record.verdict).toBe('upheld');
    // x^{16} follows x^{8} … the last step gains 16 times the claimed rate.
    expect(record.formRecord?.sharpness).toMatchObject({ points: 40 });
    expect(record.formRecord!.sharpness!.least).toBeCloseTo(16, 6);
  });

  test('is refuted where something slower than claimed is certified', () => {
    const slow = exam({
      ...below,
      name: 'halving',
      defined: (R, { x }, steps) => ({ w: Array.from({ length: steps + 1 }, (_, t) => R.mul(x, R.power('1/2', t))) }),
    });
    const claim = rate(slow, {
      ...card,
      id: 'toy/third',
      recorded: 'refuted',
      corrected: [],
      then: (R, { w }, { x }) => along(R, w, geometric(R, x, '1/3')),
      excluded: (R, { w }, { x }) => part('exactly 2^{-t}', identical(R, w, geometric(R, x, '1/2'))),
    });
    const record = assess(claim, examinerOf());
    expect(record).toMatchObject({ verdict: 'refuted', problems: [] });
  });
});
