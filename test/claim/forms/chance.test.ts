import { assess } from '../../../src/claim/assess';
import { BUDGETS } from '../../../src/claim/budget';
import { drawsAt, FALSE_ALARMS, tossOf } from '../../../src/claim/chance';
import { atMost, equals, lessThan } from '../../../src/claim/compare';
import { exam, type Claim } from '../../../src/claim/exam';
import { chance } from '../../../src/claim/forms/constructors';
import { space } from '../../../src/claim/space';
import { counts } from '../../../generators/coordinates';
import { examinerOf, kinds, over, SMALL, timeless } from '../../support/toys';

/** n independent numbers, uniform on [0, 1). */
const uniforms = (n: number, random: () => number): Float64Array => Float64Array.from({ length: n }, random);
const mean = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / values.length;

/** Between two and nine uniform numbers. */
const severalNumbers = exam({
  name: 'chance: several uniform numbers',
  inside: space().with('n', counts(2, 9)),
  assuming: {},
  cases: [{ n: 2 }],
});

/** Chebyshev: their mean is within √(5/(6n)) of 1/2 with probability 0.9, and, as it happens, nearly always. */
const distance = (n: number): number => Math.sqrt(5 / (6 * n));
const meanIsNear = chance(severalNumbers, {
  id: 'toy/mean-is-near',
  where: 'Theorem 1',
  says: String.raw`P(|\bar x - 1/2| \le \sqrt{5/(6n)}) \ge 0.9`,
  recorded: 'upheld',
  probability: '0.9',
  draw: ({ n }, random) => ({ mean: mean(uniforms(n, random)) }),
  then: (R, drawn, { n }) => atMost(R, Math.abs(drawn.mean - 0.5), distance(n)),
  mutants: {
    'a fifth of the distance': (R, drawn, { n }) => atMost(R, Math.abs(drawn.mean - 0.5), distance(n) / 5),
    'on one side': (R, drawn) => atMost(R, drawn.mean, 0.5),
  },
  samplers: { 'of numbers on [0, 2)': ({ n }, random) => ({ mean: 2 * mean(uniforms(n, random)) }) },
});

/** The largest of n is below 0.9 with probability 0.9ⁿ: 0.81 at most. */
const largestIsBelow = chance(severalNumbers, {
  id: 'toy/largest-is-below',
  where: 'Theorem 2',
  says: String.raw`P(\max_i x_i < 0.9) \ge 0.9`,
  recorded: 'refuted',
  corrected: ['toy/mean-is-near'],
  probability: '9/10',
  draw: ({ n }, random) => ({ x: uniforms(n, random) }),
  then: (R, { x }) => lessThan(R, Math.max(...x), 0.9),
});

/** A claim about one uniform number u, at parameters x on [0, 1]. */
const oneNumber = exam({
  name: 'chance: one uniform number',
  inside: space().with('x', over(0, 1)),
  assuming: { H1: { says: String.raw`x \le 1`, holds: (R, { x }) => atMost(R, x, 1) } },
  cases: [],
});

type Then = Parameters<typeof chance<{ readonly x: 'real' }, never, never, { readonly u: number }>>[1]['then'];
const aboutU = (then: Then, changes: object = {}): Claim =>
  chance(oneNumber, {
    id: 'toy/about-u',
    where: 'Theorem 3',
    says: '',
    recorded: 'undecided',
    probability: 0.9,
    draw: (_, random) => ({ u: random() }),
    then,
    ...changes,
  });

describe('a claim of chance that is true', () => {
  const record = assess(meanIsNear, examinerOf());

  test('is upheld where every test ends with "at least p", on a case, draws and a find of the attack', () => {
    expect(record).toMatchObject({ verdict: 'upheld', problems: [], instances: 4, solver: 'none' });
    const tests = record.formRecord!.chance!.tests.filter(({ variation }) => variation === undefined);
    expect(tests.map(({ on, outcome }) => [on, outcome])).toEqual([
      ['case', 'at least'],
      ['draw', 'at least'],
      ['draw', 'at least'],
      ['attack', 'at least'],
    ]);
    expect(new Set(tests.map(({ instance }) => instance['n'])).size).toBe(4);
    for (const { draws, successes, logEvidence, alpha, smallestDeviation } of tests) {
      expect(logEvidence.atLeast).toBeGreaterThanOrEqual(-Math.log(alpha));
      expect(draws).toBeGreaterThanOrEqual(successes);
      expect(smallestDeviation.less).toBeGreaterThan(0);
    }
  });

  test('has teeth: mutants and other laws of the draw end with "less than p"', () => {
    expect(record.teeth).toEqual({
      caught: ['statement: a fifth of the distance', 'statement: on one side', 'statement: of numbers on [0, 2)'],
      missed: [],
    });
  });

  test('says how likely any of its tests, those of mutants too, raised a false alarm', () => {
    const { tests, falseAlarm } = record.formRecord!.chance!;
    expect(tests).toHaveLength(7);
    expect(falseAlarm).toBeCloseTo(
      tests.reduce((sum, { alpha }) => sum + 2 * alpha, 0),
      20,
    );
    expect(falseAlarm).toBeLessThan(FALSE_ALARMS / 50);
  });

  test('has the same record again, and other draws under another seed', () => {
    expect(timeless(assess(meanIsNear, examinerOf()))).toBe(timeless(record));
    const other = assess(meanIsNear, examinerOf({ seed: 2 })).formRecord!.chance!.tests;
    expect(other.map(({ successes, draws }) => [successes, draws])).not.toEqual(
      record.formRecord!.chance!.tests.map(({ successes, draws }) => [successes, draws]),
    );
  });

  test('is toothless where a mutant of it is true as well', () => {
    const mutants = { 'twice the distance': (R: never, drawn: { mean: number }) => atMost(R, drawn.mean, 2) };
    const { chance: said } = meanIsNear.more!;
    const blunt = { ...meanIsNear, more: { chance: { ...said!, mutants } } } as unknown as Claim;
    const { verdict, problems } = assess(blunt, examinerOf());
    expect({ verdict, problems }).toEqual({
      verdict: 'upheld',
      problems: [{ kind: 'toothless', message: 'not seen red: statement: twice the distance' }],
    });
  });
});

describe('a claim of chance that is false', () => {
  const record = assess(largestIsBelow, examinerOf());

  test('is refuted by draws that are used for nothing else, at the simplest instance and at the worst', () => {
    expect(record).toMatchObject({ verdict: 'refuted', problems: [] });
    const { simplest, worst } = record;
    expect(simplest).toMatchObject({ instance: { n: 2 }, grade: 'chance', chance: { outcome: 'less', seed: 1 } });
    expect(simplest!.sample).toMatchObject({ relation: '≤', left: { exact: '9/10' } });
    expect(simplest!.chance!.logEvidence.less).toBeGreaterThanOrEqual(Math.log(1e9));
    expect(simplest!.chance!.stream.slice(0, 3)).toEqual(['chance', 'test', 'toy/largest-is-below']);
    expect(worst!.sample.violation).toBeGreaterThan(simplest!.sample.violation);
  });

  test('is found at parameters that only the attack looks at, and refuted there on fresh draws', () => {
    const rare = aboutU((R, { u }, { x }) => lessThan(R, Math.abs(x - 0.7) < 0.01 ? u - 0.5 : u - 0.92, 0), {
      recorded: 'refuted',
      corrected: [],
    });
    // A slope to climb: the violation grows towards 0.7, but nothing fails more often than claimed until there.
    const climbed = aboutU((R, { u }, { x }) => atMost(R, u, Math.min(1, 0.5 + 40 * Math.abs(x - 0.7))), {
      recorded: 'refuted',
      corrected: [],
    });
    for (const claim of [rare, climbed]) {
      const found = assess(claim, examinerOf({ budget: { ...SMALL, attack: 4000 } }));
      const tests = found.formRecord!.chance!.tests;
      expect(tests.filter(({ on, outcome }) => on !== 'attack' && outcome === 'less')).toEqual([]);
      expect(tests.at(-1)).toMatchObject({ on: 'attack', outcome: 'less' });
      expect(found).toMatchObject({ verdict: 'refuted', simplest: { grade: 'chance' } });
      expect(Math.abs((found.simplest!.instance['x'] as number) - 0.7)).toBeLessThan(0.011);
    }
  });

  test('is not refuted by draws that instances were chosen by: what broke by bad luck is upheld on fresh draws', () => {
    const lucky = aboutU((R, { u }, { x }) => lessThan(R, (u + 1000 * x) % 1, 0.98), {
      recorded: 'upheld',
      probability: '0.95',
      mostDraws: 8000,
      mutants: { half: ((R, { u }) => lessThan(R, u, 0.5)) satisfies Then },
    });
    const record = assess(lucky, examinerOf({ budget: { ...SMALL, attack: 4000 } }));
    expect(record).toMatchObject({ verdict: 'upheld', problems: [] });
    const { instance } = record.formRecord!.chance!.tests.find(({ on }) => on === 'attack')!;
    const next = drawsAt(lucky, instance, 1, ['chance', 'attack with 32', lucky.id]);
    const failures = Array.from({ length: 32 }, next).filter((found) => tossOf(found) === 'failure').length;
    expect(failures).toBeGreaterThan(0.05 * 32);
  });
});

describe('a claim of chance that cannot be told', () => {
  test('is undecided where the probability is the one claimed, and says what would have been seen', () => {
    const exactly = aboutU((R, { u }) => lessThan(R, u, 0.9));
    const record = assess(exactly, examinerOf());
    expect({ verdict: record.verdict, kinds: kinds(record) }).toEqual({ verdict: 'undecided', kinds: ['unresolved'] });
    expect(record.problems[0]!.message).toMatch(
      /^2000 draws at .* do not decide it: it holds on 1\d{3}, 0 are too close to tell; more likely by 0\.0\d+ would be seen, less likely by 0\.0\d+ would be seen nine times in ten$/,
    );
  });

  test('is undecided where its comparisons are too close to tell: they speak for neither side', () => {
    const record = assess(
      aboutU((R, { u }) => equals(R, u, u)),
      examinerOf(),
    );
    expect(record).toMatchObject({ verdict: 'undecided', comparisons: { holds: 0, breaks: 0, unresolved: 6000 } });
  });

  test('is undecided where what is drawn is no number', () => {
    const record = assess(
      aboutU((R) => atMost(R, NaN, 1)),
      examinerOf(),
    );
    expect(record).toMatchObject({ verdict: 'undecided', comparisons: { holds: 0, breaks: 0 } });
  });
});

describe('a claim of chance that goes wrong', () => {
  test('ends as its own error, which names the draw, where a word throws inside it', () => {
    let draws = 0;
    const record = assess(
      aboutU((R, { u }) => {
        if (++draws === 17) throw new RangeError('no such root');
        return lessThan(R, u, 2);
      }),
      examinerOf(),
    );
    expect(record).toMatchObject({ verdict: 'undecided', problems: [{ kind: 'error' }] });
    expect(record.problems[0]!.message).toMatch(
      /^DrawFailed: draw 17 at \{"x":0\.\d+\} \(seed 1, stream test\) ended in RangeError: no such root$/,
    );
  });

  test('ends as its own error where a draw never ends', () => {
    const endless = aboutU((R, { u }) => lessThan(R, u, 2), {
      draw: () => {
        for (;;);
      },
    });
    const record = assess(endless, examinerOf({ budget: { ...SMALL, seconds: 0.2 } }));
    expect(record).toMatchObject({ verdict: 'undecided', problems: [{ kind: 'endless' }] });
    expect(record.problems[0]!.message).toContain('at {"x":');
  });

  test('ends as its own error where the probability at an instance is none', () => {
    const nothing = aboutU((R, { u }) => lessThan(R, u, 2), { probability: ({ x }: { x: number }) => -x });
    expect(assess(nothing, examinerOf()).problems[0]!.message).toMatch(
      /^DrawFailed: the probability claimed at \{"x":0\.\d+\} is -0\.\d+: expected a number between 0 and 1, so draw only/,
    );
  });

  test('is refused with a probability outside (0, 1), and where nothing could be seen red', () => {
    const keeps: Then = (R, { u }) => lessThan(R, u, 2);
    for (const probability of ['1', '1.0', 0, '3/2', '-1/2']) {
      expect(() => aboutU(keeps, { probability })).toThrow(RangeError);
    }
    expect(() => aboutU(keeps, { recorded: 'upheld' })).toThrow('a claim of chance needs mutants or samplers');
  });
});

test('a probability may depend on the instance', () => {
  const below = aboutU((R, { u }, { x }) => lessThan(R, u, 0.5 + x / 2), {
    recorded: 'upheld',
    probability: ({ x }: { x: number }) => 0.2 + x / 2,
    mutants: { 'above it': ((R, { u }, { x }) => lessThan(R, 0.9 + x / 10, u)) satisfies Then },
  });
  const record = assess(below, examinerOf());
  expect(record).toMatchObject({ verdict: 'upheld', problems: [] });
  for (const { instance, probability } of record.formRecord!.chance!.tests) {
    expect(probability).toBe(0.2 + (instance['x'] as number) / 2);
  }
});

test('a larger budget tests more instances with more draws and smaller errors', () => {
  const [quick, standard] = (['quick', 'standard'] as const).map(
    (name) => assess(meanIsNear, examinerOf({ budget: BUDGETS[name] })).formRecord!.chance!.tests,
  );
  const own = (tests: typeof quick) => tests!.filter(({ variation }) => variation === undefined);
  expect(own(standard).length).toBeGreaterThan(own(quick).length);
  expect(standard![0]!.most).toBeGreaterThan(quick![0]!.most);
});

test('a card can limit the draws of a test where they are costly', () => {
  const record = assess(
    aboutU((R, { u }) => lessThan(R, u, 0.9), { mostDraws: 50 }),
    examinerOf(),
  );
  expect(record.formRecord!.chance!.tests[0]).toMatchObject({ draws: 50, most: 50, outcome: 'undecided' });
});
