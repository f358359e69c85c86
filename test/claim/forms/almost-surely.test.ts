import { assess } from '../../../src/claim/assess';
import { atMost, lessThan } from '../../../src/claim/compare';
import { exam } from '../../../src/claim/exam';
import { almostSurely } from '../../../src/claim/forms/constructors';
import { brokenBox } from '../../../src/claim/forms/open-set';
import { space } from '../../../src/claim/space';
import { flowPath, timesUpTo } from '../../../src/definitions/flow';
import { along, tail } from '../../../oracles/along';
import { constant } from '../../../oracles/series';
import { examinerOf, kinds, over } from '../../support/toys';

/** A number of [−2, 2] whose middle, 0, is a corner of the attack's lattice and a stored case. */
const around0 = exam({
  name: 'a number around 0',
  inside: space().with('x', over(-2, 2)),
  assuming: {},
  cases: [{ x: 0 }, { x: 1 }],
});

describe('a claim that holds almost surely', () => {
  test('is upheld where it breaks only at points that stand alone, which are counted', () => {
    const claim = almostSurely(around0, {
      id: 'toy/positive-square',
      where: 'nowhere',
      says: String.raw`x^2 > 0 \text{ for almost every } x`,
      recorded: 'upheld',
      then: (R, _, { x }) => lessThan(R, 0, R.power(x, 2)),
      mutants: { 'above 1': (R, _, { x }) => lessThan(R, 1, R.power(x, 2)) },
    });
    const record = assess(claim, examinerOf());
    expect(kinds(record)).toEqual([]);
    expect(record.verdict).toBe('upheld');
    expect(record.formRecord?.exceptions).toMatchObject({ example: { x: 0 } });
    expect(record.teeth.caught).toContain('statement: above 1');
  });

  test('is refuted by a box on all of which it breaks, hypotheses included', () => {
    const positive = exam({
      ...around0,
      name: 'a positive number',
      inside: space().with('x', over(0.25, 2)),
      assuming: { H1: { says: 'x > 0', holds: (R, { x }) => lessThan(R, 0, x) } },
      cases: [],
    });
    const claim = almostSurely(positive, {
      id: 'toy/at-most-one',
      where: 'nowhere',
      says: String.raw`x \le 1 \text{ for almost every } x > 0`,
      recorded: 'refuted',
      corrected: [],
      then: (R, _, { x }) => atMost(R, x, 1),
    });
    const record = assess(claim, examinerOf());
    expect(record).toMatchObject({ verdict: 'refuted', problems: [], simplest: { grade: 'exact' } });
    expect(record.simplest!.box).toBeGreaterThan(0);
    expect(record.worst!.box).toBeGreaterThan(0);
  });

  test('has no box around a point that stands alone, nor around one on the boundary of the break', () => {
    const claim = almostSurely(around0, {
      id: 'toy/boundary',
      where: 'nowhere',
      says: '',
      recorded: 'undecided',
      then: (R, _, { x }) => lessThan(R, R.mul(x, x), R.mul(x, 1)),
    });
    expect(brokenBox(claim, { x: 0 }, 0)).toBeUndefined();
    expect(brokenBox(claim, { x: 1 }, 0)).toBeUndefined();
    expect(brokenBox(claim, { x: 1.5 }, 0)).toBeGreaterThan(0);
    expect(brokenBox(claim, { x: 0.5 }, 0)).toBeUndefined();
  });

  test('about a flow is refuted where every corner of a box breaks it', () => {
    const growth = exam({
      name: 'exponential growth',
      inside: space().with('x', over(-1, 1)),
      assuming: {},
      cases: [{ x: 0 }],
      horizon: 4,
      flow: true,
      defined: (R, { x }, points) => ({ w: flowPath(R, (_D, [y]) => [y!], [x], timesUpTo(2, points))[0]! }),
      measure: (R, { w }) => ({ sizes: { values: Array.from(w, (y) => R.abs(y)) } }),
    });
    const claim = almostSurely(growth, {
      id: 'toy/stays-small',
      where: 'nowhere',
      says: '',
      recorded: 'refuted',
      corrected: [],
      then: (R, { sizes }) => along(R, tail(sizes), constant(R, 1)),
    });
    const record = assess(claim, examinerOf());
    expect(record.problems).toEqual([]);
    expect(record).toMatchObject({ verdict: 'refuted', simplest: { grade: 'confirmed' } });
    expect(record.simplest!.box).toBeGreaterThan(0);
  });
});
