/** What a comparison looked at, kept for pictures, and what the engine tells a watcher. */
import { assess } from '../../src/claim/assess';
import { atMost, lessThan } from '../../src/claim/compare';
import { exam } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { space } from '../../src/claim/space';
import { traceByDefinition, traceBySolver, traceOfWitness } from '../../src/claim/trace';
import type { Seen } from '../../src/claim/watch';
import { limit } from '../../src/claim/forms/constructors';
import { along, identical, increasing, tail } from '../../oracles/along';
import { constant, geometric } from '../../oracles/series';
import { anyOf, B, D, outline, Q, seriesOf, strainedReadings } from '../support/readings';
import { claimOn, claimOver, examinerOf, oneNumber, over, timeless } from '../support/toys';

const conclusion = <N>(R: Reading<N>): Finding => {
  const series = seriesOf(R, [1, 3, '5/2', 4], 2);
  return all(
    part('bounded', along(R, series, constant(R, '5/2'))),
    part('increasing', increasing(R, series)),
    part('once', lessThan(R, 1, 2, 7)),
  );
};

describe.each([
  ['doubles', D],
  ['rationals', Q],
  ['balls', B],
])('a reading in %s', (_name, reading) => {
  const [R] = anyOf(reading) as [Reading<never>];
  const asked: Reading<never> = { ...R, sides: true };

  test('keeps no sides unless it is asked to', () => {
    expect(conclusion(R)).not.toHaveProperty('sides');
  });

  test('keeps both sides of every comparison, under its part, from its index on, with where it breaks', () => {
    const { sides } = conclusion(asked);
    const middles = sides!.map(({ left, right, ...rest }) => ({
      ...rest,
      left: left.map(({ lower, upper }) => (lower + upper) / 2),
      right: right.map(({ lower, upper }) => (lower + upper) / 2),
    }));
    expect(middles).toEqual([
      { part: 'bounded', relation: '≤', from: 2, left: [1, 3, 2.5, 4], right: [2.5, 2.5, 2.5, 2.5], breaks: [3, 5] },
      { part: 'increasing', relation: '≤', from: 3, left: [1, 3, 2.5], right: [3, 2.5, 4], breaks: [4] },
      { part: 'once', relation: '<', from: 7, left: [1], right: [2], breaks: [] },
    ]);
  });

  test('finds the same, asked or not', () => {
    expect(outline(conclusion(asked))).toEqual(outline(conclusion(R)));
  });
});

test('what doubles cannot tell apart is not shown as broken, measured by the numbers subtracted on the way', () => {
  const asked = { ...D, sides: true };
  expect(atMost(asked, 1 + 1e-9, 1).sides![0]!.breaks).toEqual([]);
  const tail9 = { values: [1e-9], scale: [1] };
  expect(along(asked, tail9, { values: [0] }).sides![0]!.breaks).toEqual([]);
  expect(along(asked, { values: [1e-9] }, { values: [0] }).sides![0]!.breaks).toEqual([0]);
});

test('the sides of a distorted comparison are the distorted ones', () => {
  for (const R of anyOf(...strainedReadings({ bounds: 0.5, identities: 0 }))) {
    const [sides] = along({ ...R, sides: true }, seriesOf(R, [1]), constant(R, 2)).sides!;
    expect(sides!.right[0]!.lower).toBeCloseTo(1, 12);
  }
});

/** x ← x/2. */
const halving = exam({
  name: 'halving',
  inside: oneNumber,
  assuming: { H1: { says: 'x > 1', holds: (R, { x }) => lessThan(R, 1, x) } },
  cases: [{ x: 2 }],
  horizon: 3,
  run: ({ scalarFA }, { x }, steps) => scalarFA.midpoint({ lambda: x, steps } as never),
  defined: (R, { x }, steps) => {
    const w = [x];
    for (let t = 0; t < steps; t++) w.push(R.div(w[t]!, 2));
    return { w1: w, w2: w };
  },
  measure: (_R, { w1 }) => ({ w1: { values: w1 } }),
});

const halves = (x: number, steps: number): number[] => Array.from({ length: steps + 1 }, (_, t) => x / 2 ** t);
const solversWith = (path: (x: number, steps: number) => number[]) =>
  ({
    scalarFA: { midpoint: (p: { lambda: number; steps: number }) => ({ w1: path(p.lambda, p.steps), w2: [] }) },
  }) as never;

describe('a claim followed along its path', () => {
  const claim = claimOn(halving, { then: (R, { w1 }, { x }) => along(R, w1, geometric(R, x, '1/2')) });
  const numbers = (values: readonly { lower: number }[]): readonly number[] => values.map(({ lower }) => lower);

  test('shows what the definition gives, and what was measured', () => {
    const { finding, sides, measures } = traceByDefinition(claim, { x: 2 });
    expect(finding).toMatchObject({ equal: 4, breaks: 0 });
    expect(finding).not.toHaveProperty('sides');
    expect(sides.map(({ left }) => left.map(({ lower, upper }) => (lower + upper) / 2))).toEqual([[2, 1, 0.5, 0.25]]);
    expect(numbers(measures['w1']!.values)).toHaveLength(4);
  });

  test("shows the solver's path where that is asked for", () => {
    const { sides } = traceBySolver(
      claim,
      solversWith((x, n) => halves(x, n).map((w) => w + 1)),
      { x: 2 },
    );
    expect(numbers(sides[0]!.left)).toEqual([3, 2, 1.5, 1.25]);
    expect(sides[0]!.breaks).toEqual([0, 1, 2, 3]);
  });
});

test('a witness against a limit shows what rules the limit out, and not what would imply it', () => {
  const still = exam({
    name: 'standing still',
    inside: space().with('x', over(1, 2)),
    assuming: {},
    cases: [{ x: 1 }],
    horizon: 2,
    defined: (_R, { x }, steps) => ({ w: Array.from({ length: steps + 1 }, () => x) }),
    measure: (_R, { w }) => ({ w: { values: w } }),
  });
  const claim = limit(still, {
    id: 'toy/limit',
    where: 'nowhere',
    says: '',
    recorded: 'refuted',
    corrected: [],
    then: (R, { w }, { x }) => part('vanishes', along(R, w, geometric(R, x, '1/2'))),
    excluded: (R, { w }, { x }) => part('rests', identical(R, tail(w), constant(R, x))),
  });
  const { worst } = assess(claim, examinerOf());
  expect(traceOfWitness(claim, worst!).sides.map((sides) => sides.part)).toEqual(['rests']);
});

describe('a watcher', () => {
  const atMostThree = claimOver(oneNumber, { then: (R, _none, { x }) => atMost(R, x, 3), recorded: 'refuted' });
  const watched = (claim: typeof atMostThree, examiner = examinerOf()) => {
    const seen: Seen[] = [];
    const record = assess(claim, examiner, (one) => void seen.push(one));
    return { seen, record };
  };

  test('is told of every instance looked at, draws and others, and of what came out', () => {
    const { seen, record } = watched(atMostThree);
    expect(seen).toHaveLength(record.instances);
    expect(seen.filter(({ drawn }) => drawn)).toHaveLength(record.drawn);
    for (const { instance, outcome, worst } of seen) {
      const x = instance['x'] as number;
      expect(outcome).toBe(x > 3 ? 'breaks' : 'holds');
      expect(worst).toEqual({ relation: '≤', violation: expect.closeTo((x - 3) / (x + 3), 9) });
    }
    expect(new Set(seen.map(({ outcome }) => outcome)).size).toBe(2);
  });

  test('is not told of what does not meet the hypotheses', () => {
    const claim = claimOn(halving, { then: (R, { w1 }) => along(R, w1, constant(R, 4)) });
    const { seen, record } = watched(claim, examinerOf({ solvers: solversWith(halves) }));
    expect(record.hypotheses['H1']!.met).toBeLessThan(record.drawn);
    expect(seen).toHaveLength(record.instances);
    expect(seen.every(({ instance }) => (instance['x'] as number) > 1)).toBe(true);
    expect(seen[0]).toMatchObject({ instance: { x: 2 }, drawn: false });
  });

  test('is told where the solver is wrong', () => {
    const claim = claimOn(halving, { then: (R, { w1 }, { x }) => along(R, w1, geometric(R, x, '1/2')) });
    const wrong = solversWith((x, n) => (x > 3 ? halves(x, n).map((w) => 2 * w) : halves(x, n)));
    const { seen } = watched(claim, examinerOf({ solvers: wrong }));
    for (const { instance, outcome } of seen) {
      expect(outcome).toBe((instance['x'] as number) > 3 ? 'solver wrong' : 'holds');
    }
    expect(new Set(seen.map(({ outcome }) => outcome)).size).toBe(2);
  });

  test('changes nothing about the record', () => {
    expect(timeless(watched(atMostThree).record)).toBe(timeless(assess(atMostThree, examinerOf())));
  });
});
