/** The picture of a claim: both sides along the path, and where in its space it breaks. */
import { assess } from '../../src/claim/assess';
import { atMost, equals } from '../../src/claim/compare';
import { exam, exists, type Claim, type Conclusion } from '../../src/claim/exam';
import { all, part } from '../../src/claim/finding';
import type { VerdictRecord } from '../../src/claim/record';
import { space } from '../../src/claim/space';
import type { Seen } from '../../src/claim/watch';
import type { Solvers } from '../../src/solvers/interfaces';
import { pathFigures } from '../../src/report/path-figures';
import { claimPicture } from '../../src/report/picture';
import type { Figure, Panel, Series } from '../../src/report/plot/figure';
import { spaceFigures } from '../../src/report/space-figures';
import { matrix } from '../../generators/matrices';
import { along, fallsAndRises, identical } from '../../oracles/along';
import { constant, geometric } from '../../oracles/series';
import { elements, parseXml } from '../support/xml';
import { claimOn, claimOver, examinerOf, oneNumber, over, twoNumbers } from '../support/toys';

interface Looked {
  readonly record: VerdictRecord;
  readonly seen: readonly Seen[];
  readonly path: readonly Panel[];
  readonly space: readonly Panel[];
  readonly text: string | undefined;
}

const panelsOf = (figures: readonly Figure[]): readonly Panel[] => figures.flatMap(({ panels }) => panels);

function lookAt(claim: Claim, examiner = examinerOf()): Looked {
  const seen: Seen[] = [];
  const record = assess(claim, examiner, (one) => void seen.push(one));
  const path = panelsOf(pathFigures(claim, record, seen, examiner));
  return {
    record,
    seen,
    path,
    space: panelsOf(spaceFigures(claim, record, seen)),
    text: claimPicture(claim, record, seen, examiner),
  };
}

const named = ({ series }: Panel, name: RegExp): Series | undefined => series.find((one) => name.test(one.name));
const xOf = (series: Series | undefined): readonly number[] => Array.from(series?.x ?? []);

const HORIZON = 40;

/** x ← x/4, from any x of [1/4, 4]. */
const quartering = exam({
  name: 'quartering',
  inside: oneNumber,
  assuming: {},
  cases: [{ x: 1 }],
  horizon: HORIZON,
  run: ({ scalarFA }, { x }, steps) => scalarFA.midpoint({ lambda: x, steps } as never),
  defined: (R, { x }, steps) => {
    const w1 = [x];
    for (let t = 0; t < steps; t++) w1.push(R.div(w1[t]!, 4));
    return { w1, w2: w1 };
  },
  measure: (_R, { w1 }) => ({ w1: { values: w1 } }),
});

const solversWith = (path: (x: number, steps: number) => number[]): Solvers =>
  ({
    scalarFA: { midpoint: (p: { lambda: number; steps: number }) => ({ w1: path(p.lambda, p.steps), w2: [] }) },
  }) as unknown as Solvers;
const quarters = (x: number, steps: number): number[] => Array.from({ length: steps + 1 }, (_, t) => x / 4 ** t);
const right = examinerOf({ solvers: solversWith(quarters) });

const byRatio =
  (ratio: string): Conclusion<{ x: 'real' }, 'w1'> =>
  (R, { w1 }, { x }) =>
    along(R, w1, geometric(R, x, ratio));

describe('the picture of a refuted claim with a path', () => {
  const { record, path, text } = lookAt(claimOn(quartering, { then: byRatio('1/5'), recorded: 'refuted' }), right);
  const [worst] = path;

  test('shows both sides on a log axis, and the points at which left is above right', () => {
    expect(record.verdict).toBe('refuted');
    expect(worst!.y).toEqual({ label: 'left ≤ right', scale: 'log' });
    const [left, bound, breaks] = ['left side', 'right side', 'breaks'].map((name) =>
      named(worst!, RegExp(`^${name}$`))!,
    );
    for (const [t, x] of Array.from(left!.y).entries()) {
      expect(x).toBeCloseTo(left!.y[0]! / 4 ** t, 12);
      expect(bound!.y[t]).toBeCloseTo(left!.y[0]! / 5 ** t, 12);
    }
    expect(xOf(breaks)).toEqual(xOf(left).slice(1));
    expect(Array.from(breaks!.y)).toEqual(Array.from(left!.y).slice(1));
  });

  test('marks where it first breaks', () => {
    expect(worst!.marks).toEqual([{ on: 'x', at: 1, label: 'first breaks' }]);
    const words = elements(parseXml(text!), 'text').map((element) => element.text);
    expect(words).toContain('first breaks');
    expect(words).toContain('breaks');
  });

  test('shows the worst and the simplest witness', () => {
    expect(path.map(({ title }) => title!.split(' (')[0])).toEqual(['at the worst witness', 'at the simplest witness']);
    expect(path[1]!.title).toContain('(x = 1)');
  });

  test('leaves out what is far below the largest, and says so', () => {
    const last = xOf(named(worst!, /left/)).at(-1)!;
    expect(4 ** -last).toBeGreaterThan(1e-12);
    expect(4 ** -(last + 1)).toBeLessThan(1e-12);
    expect(worst!.note).toContain(`up to ${HORIZON}, both sides are below 10⁻¹²`);
  });

  test('is the same text every time', () => {
    const again = lookAt(claimOn(quartering, { then: byRatio('1/5'), recorded: 'refuted' }), right);
    expect(again.text).toBe(text);
  });
});

test('a break far along the path is shown, however small the sides are there', () => {
  const late: Conclusion<{ x: 'real' }, 'w1'> = (R, { w1 }, { x }) => {
    const bound = geometric(R, R.mul(2, x), '1/4')(w1.values.length);
    const values = Array.from(bound, (b, t) => (t === 35 ? R.div(b, 4) : b));
    return along(R, w1, { values });
  };
  const [worst] = lookAt(claimOn(quartering, { then: late, recorded: 'refuted' }), right).path;
  expect(xOf(named(worst!, /^breaks$/))).toEqual([35]);
  expect(worst!.marks).toEqual([{ on: 'x', at: 35, label: 'first breaks' }]);
});

describe('the picture of an upheld claim with a path', () => {
  const { record, seen, path } = lookAt(claimOn(quartering, { then: byRatio('1/3') }), right);

  test('shows no break, at the tightest instance and at the median draw', () => {
    expect(record.comparisons.breaks).toBe(0);
    expect(path.map(({ title }) => title!.split(' (')[0])).toEqual(['at the tightest instance', 'at the median draw']);
    expect(path.flatMap(({ series }) => series.map(({ name }) => name))).not.toContain('breaks');
  });

  test('takes as the median the draw that half of the others are no tighter than', () => {
    const claim = claimOn(quartering, { then: (R, { w1 }) => along(R, w1, constant(R, 5)) });
    const looked = lookAt(claim, right);
    const x = Number(/x = ([\d.]+)/.exec(looked.path[1]!.title!)![1]);
    const draws = looked.seen.filter(({ drawn }) => drawn).map(({ instance }) => instance['x'] as number);
    const below = draws.filter((other) => other < x - 1e-3).length;
    expect(Math.abs(below - draws.length / 2)).toBeLessThanOrEqual(1);
    expect(seen.length).toBe(record.instances);
  });
});

test('each named part of a conclusion has a panel of its own', () => {
  const then: Conclusion<{ x: 'real' }, 'w1'> = (R, { w1 }, { x }) =>
    all(part('above', along(R, w1, geometric(R, x, '1/3'))), part('same', identical(R, w1, geometric(R, x, '1/4'))));
  const { path } = lookAt(claimOn(quartering, { then }), right);
  expect(path.map(({ title, y }) => [title, y.label])).toEqual(
    [0, 1].flatMap(() => [
      ['above', 'left ≤ right'],
      ['same', 'left = right'],
    ]),
  );
});

describe('the picture of a claim that a solver gets wrong', () => {
  const claim = claimOn(quartering, { then: byRatio('1/3') });

  test('shows its path beside the one of the definition', () => {
    const off = examinerOf({ solvers: solversWith((x, n) => quarters(x, n).map((w, t) => (t === 5 ? 1000 * w : w))) });
    const { record, path } = lookAt(claim, off);
    expect(record.solverFailure).toBeDefined();
    expect(path.map(({ title }) => title!.split(' (')[0])).toEqual(['by the solver', 'by the definition']);
    expect(path.map((panel) => xOf(named(panel, /^breaks$/)))).toEqual([[5], []]);
  });

  test('does not ask a solver again that gave no answer', () => {
    const thrown = Object.assign(new Error('no idea'), { name: 'SolverError' });
    let calls = 0;
    const solvers = solversWith(() => {
      calls++;
      throw thrown;
    });
    const seen: Seen[] = [];
    const examiner = examinerOf({ solvers });
    const record = assess(claim, examiner, (one) => void seen.push(one));
    const before = calls;
    const figures = pathFigures(claim, record, seen, examiner);
    expect(calls).toBe(before);
    expect(panelsOf(figures).map(({ title }) => title!.split(' (')[0])).toEqual(['by the definition']);
  });
});

test('a claim that compares at single points only shows what was measured, with these points marked', () => {
  const bouncing = exam({
    ...quartering,
    name: 'bouncing',
    defined: (R, { x }) => ({ w1: [3, 1, 2, 4].map((k) => R.mul(k, x)), w2: [] as never[] }),
    run: undefined as never,
  });
  const card = { id: 'toy/bounces', where: 'nowhere', says: '', recorded: 'upheld' } as const;
  const { path } = lookAt(exists(bouncing, { ...card, then: (R, { w1 }) => fallsAndRises(R, w1) }));
  expect(path).toHaveLength(1);
  expect(Array.from(named(path[0]!, /measured/)!.y)).toEqual([3, 1, 2, 4]);
  expect(path[0]!.marks).toEqual([
    { on: 'x', at: 1, label: 'falls' },
    { on: 'x', at: 3, label: 'rises' },
  ]);
});

test('comparisons at one place of the path share a mark, those that have no place have none', () => {
  const then: Conclusion<{ x: 'real' }, 'w1'> = (R, { w1 }) =>
    all(
      part('once', atMost(R, w1.values[3]!, 10, 3)),
      part('twice', atMost(R, w1.values[3]!, 11, 3)),
      part('at all', atMost(R, w1.values[3]!, 12)),
    );
  const claim = claimOn(quartering, { then });
  const { record, seen, path } = lookAt(claim, right);
  expect(path.map(({ marks }) => marks)).toEqual([0, 1].map(() => [{ on: 'x', at: 3, label: 'once, twice' }]));
  expect(pathFigures(claim, record, seen, right)[0]!.title).toContain('what is measured along the path');
});

test('a path that cannot be followed again is said to be so, and the picture is made all the same', () => {
  const claim = claimOn(
    exam({
      ...quartering,
      name: 'moody',
      defined: (R, p, steps) => {
        if (R.enclosure(p.x).lower > 100) throw new Error('not today');
        return quartering.defined!(R, p, steps);
      },
    }),
    { then: byRatio('1/3') },
  );
  const { record, seen } = lookAt(claim, right);
  const spoiled = { ...record, tightest: { ...record.tightest!, instance: { x: 101 } } };
  const [first, second] = panelsOf(pathFigures(claim, spoiled, seen, right));
  expect(first!.note).toBe('its path could not be followed: not today');
  expect(named(second!, /left/)).toBeDefined();
});

test('a claim that ended in an error is not followed again', () => {
  const claim = claimOn(quartering, {
    then: () => {
      throw new Error('wrong from the start');
    },
  });
  const { record, path } = lookAt(claim, right);
  expect(record.problems[0]!.kind).toBe('error');
  expect(path).toEqual([]);
});

describe('the picture of where a claim breaks', () => {
  const circle = claimOver(twoNumbers, {
    then: (R, _none, { x, y }) => atMost(R, R.add(R.mul(x, x), R.mul(y, y)), 9),
    recorded: 'refuted',
  });

  test('has a cross for every instance that breaks it, and only there', () => {
    const { seen, space: panels, path, record } = lookAt(circle);
    expect(path).toEqual([]);
    expect(panels).toHaveLength(1);
    const breaks = named(panels[0]!, /^breaks \(/)!;
    expect(breaks).toMatchObject({ colour: 'vermillion', shape: 'cross' });
    const places = xOf(breaks).map((x, k) => ({ x, y: breaks.y[k]! }));
    expect(places).toEqual(seen.filter(({ outcome }) => outcome === 'breaks').map(({ instance }) => instance));
    expect(places.length).toBeGreaterThan(10);
    for (const { x, y } of places) expect(x * x + y * y).toBeGreaterThan(9);
    const counted = panels[0]!.series.flatMap(({ name }) => /\((\d+)\)$/.exec(name)?.[1] ?? []);
    expect(counted.map(Number).reduce((a, b) => a + b)).toBe(record.instances);
  });

  test('finds the witnesses again', () => {
    const { space: panels, record } = lookAt(circle);
    for (const which of ['worst', 'simplest'] as const) {
      const mark = named(panels[0]!, RegExp(`^${which} witness$`))!;
      const { x, y } = record[which]!.instance;
      expect([mark.x[0], mark.y[0]].map(Number)).toEqual([x, y].map(Number));
    }
  });

  test('tells what is within a twentieth of its bound from what is further', () => {
    const claim = claimOver(oneNumber, { then: (R, _none, { x }) => atMost(R, x, 4.1) });
    const { space: panels } = lookAt(claim);
    const [near, holds] = [/twentieth/, /^holds \(/].map((name) => xOf(named(panels[0]!, name)));
    expect(near!.length).toBeGreaterThan(0);
    for (const x of near!) expect((4.1 - x) / (4.1 + x)).toBeLessThan(1 / 20);
    for (const x of holds!) expect((4.1 - x) / (4.1 + x)).toBeGreaterThanOrEqual(1 / 20);
  });

  test('calls no identity near: one that holds is always at its bound', () => {
    const { space: panels } = lookAt(claimOver(oneNumber, { then: (R, _none, { x }) => equals(R, x, x) }));
    expect(panels[0]!.series.map(({ name }) => name.replace(/\d+/, 'n'))).toEqual(['holds (n)', 'tightest']);
  });

  test('shows all pairs of three parameters, the violation over a single one', () => {
    const three = twoNumbers.with('z', over(0, 1));
    const pairs = lookAt(claimOver(three, { then: (R) => atMost(R, 0, 1) })).space;
    expect(pairs.map(({ x, y }) => [x.label, y.label])).toEqual([
      ['x', 'y'],
      ['x', 'z'],
      ['y', 'z'],
    ]);
    const [one] = lookAt(claimOver(oneNumber, { then: (R, _none, { x }) => atMost(R, x, 5) })).space;
    const holds = named(one!, /^holds/)!;
    for (const [k, x] of xOf(holds).entries()) expect(holds.y[k]).toBeCloseTo((x - 5) / (x + 5), 9);
  });

  test('of more parameters, shows the two that matter most', () => {
    const four = twoNumbers.with('z', over(0.25, 4)).with('v', over(0.25, 4));
    const { space: panels } = lookAt(
      claimOver(four, { then: (R, _none, { y, v }) => atMost(R, R.mul(y, y, v), 100) }),
      examinerOf({ budget: { ...examinerOf().budget, draws: 200 } }),
    );
    expect(panels.map(({ x, y }) => [x.label, y.label])).toEqual([['y', 'v']]);
  });

  test('has no axis for what is no number', () => {
    const inside = oneNumber.with('W', matrix(2, 2, { entry: over(-1, 1), most: [2, 2] })).with('y', over(0, 1));
    const { space: panels } = lookAt(claimOver(inside, { then: (R) => atMost(R, 0, 1) }));
    expect(panels.map(({ x, y }) => [x.label, y.label])).toEqual([['x', 'y']]);
    const none = space().with('W', matrix(1, 1, { entry: over(-1, 1), most: [1, 1] }));
    expect(lookAt(claimOver(none, { then: (R) => atMost(R, 0, 1) })).text).toBeUndefined();
  });

  test('takes some of very many, evenly, and says how many there are', () => {
    const { record } = lookAt(circle);
    const seen = Array.from({ length: 1000 }, (_, k): Seen => ({
      instance: { x: k, y: 1 },
      drawn: true,
      outcome: 'holds',
    }));
    const holds = named(panelsOf(spaceFigures(circle, record, seen))[0]!, /^holds/)!;
    expect(holds.name).toBe('holds (1000, 334 shown)');
    expect(xOf(holds)).toEqual(Array.from({ length: 334 }, (_, k) => 3 * k));
  });

  test('is all there is of a claim without a path', () => {
    const { text } = lookAt(circle);
    expect(elements(parseXml(text!), 'title')[0]!.text).toMatch(
      /^toy\/claim: \d+ instances looked at, 40 of them drawn$/,
    );
  });
});
