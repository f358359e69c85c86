/**
 * Every word over doubles, rationals and balls against comparisons counted one by one on plain numbers. The data are
 * small multiples of 1/8, so that doubles are exact and every comparison is a clear one or an exact tie.
 */
import type { Series } from '../../src/claim/exam';
import type { Finding, Reading, Relation } from '../../src/claim/finding';
import { along, atLeast, decreasing, eachStep, head, identical, increasing, tail } from '../../oracles/along';
import { constant, distance, geometric, map, product, scaled } from '../../oracles/series';
import { randomFrom, type Random } from '../support/random';
import { B, D, outline, Q, seriesOf } from '../support/readings';

interface Data {
  readonly a: readonly number[];
  readonly b: readonly number[];
  /** The index of the first value of a. */
  readonly from: number;
  readonly c: number;
}

/** One comparison: left, right, index. */
type Pair = readonly [number, number, number];

interface Word {
  readonly relation: Relation;
  readonly found: <N>(R: Reading<N>, a: Series<N>, b: Series<N>, data: Data) => Finding;
  readonly pairs: (data: Data) => readonly Pair[];
}

const at = ({ a, from }: Data, right: (t: number) => number): readonly Pair[] =>
  a.map((x, t) => [x, right(t), t + from]);

const steps = ({ a, from }: Data, pair: (before: number, after: number) => readonly [number, number]) =>
  a.slice(1).map((x, t): Pair => [...pair(a[t]!, x), t + from + 1]);

const words: Readonly<Record<string, Word>> = {
  'along a series': {
    relation: '≤',
    found: (R, a, b) => along(R, a, b),
    pairs: (data) => at(data, (t) => data.b[t]!),
  },
  'along a constant': {
    relation: '≤',
    found: (R, a, _b, { c }) => along(R, a, constant(R, c)),
    pairs: (data) => at(data, () => data.c),
  },
  'along a geometric bound': {
    relation: '≤',
    found: (R, a, _b, { c }) => along(R, a, geometric(R, c, 0.5)),
    pairs: (data) => at(data, (t) => data.c / 2 ** (t + data.from)),
  },
  'at least a geometric bound': {
    relation: '≤',
    found: (R, a, _b, { c }) => atLeast(R, a, geometric(R, c, -0.5)),
    pairs: (data) => data.a.map((x, t): Pair => [data.c * (-0.5) ** (t + data.from), x, t + data.from]),
  },
  'identical to a series': {
    relation: '=',
    found: (R, a, b) => identical(R, a, b),
    pairs: (data) => at(data, (t) => data.b[t]!),
  },
  'identical to a constant': {
    relation: '=',
    found: (R, a, _b, { c }) => identical(R, a, constant(R, c)),
    pairs: (data) => at(data, () => data.c),
  },
  increasing: {
    relation: '≤',
    found: (R, a) => increasing(R, a),
    pairs: (data) => steps(data, (before, after) => [before, after]),
  },
  decreasing: {
    relation: '≤',
    found: (R, a) => decreasing(R, a),
    pairs: (data) => steps(data, (before, after) => [after, before]),
  },
  'each step bounded by a multiple': {
    relation: '≤',
    found: (R, a, _b, { c }) => eachStep(R, a, (before) => scaled(R, c, before)),
    pairs: (data) => steps(data, (before, after) => [after, data.c * before]),
  },
  'a head': {
    relation: '≤',
    found: (R, a, b) => along(R, head(a), head(b)),
    pairs: (data) => at(data, (t) => data.b[t]!).slice(0, -1),
  },
  'a tail': {
    relation: '≤',
    found: (R, a, b) => along(R, tail(a), tail(b)),
    pairs: (data) => at(data, (t) => data.b[t]!).slice(1),
  },
  'a tail that increases': {
    relation: '≤',
    found: (R, a) => increasing(R, tail(a)),
    pairs: (data) => steps(data, (before, after) => [before, after]).slice(1),
  },
  'a mapped tail': {
    relation: '=',
    found: (R, a) =>
      identical(
        R,
        map(tail(a), (x) => R.mul(x, x)),
        map(tail(a), (x) => R.mul(2, x)),
      ),
    pairs: ({ a, from }) => a.map((x, t): Pair => [x * x, 2 * x, t + from]).slice(1),
  },
  'a product': {
    relation: '≤',
    found: (R, a, b) => along(R, product(R, tail(a), tail(b)), tail(a)),
    pairs: ({ a, b, from }) => a.map((x, t): Pair => [x * b[t]!, x, t + from]).slice(1),
  },
  'a distance': {
    relation: '≤',
    found: (R, a, b, { c }) => along(R, distance(R, a, c), b),
    pairs: ({ a, b, c, from }) => a.map((x, t): Pair => [Math.abs(x - c), b[t]!, t + from]),
  },
  'a multiple': {
    relation: '≤',
    found: (R, a, b, { c }) => along(R, scaled(R, c, a), b),
    pairs: ({ a, b, c, from }) => a.map((x, t): Pair => [c * x, b[t]!, t + from]),
  },
};

function expected(relation: Relation, pairs: readonly Pair[]) {
  const gap = ([l, r]: Pair): number => (relation === '=' ? Math.abs(l - r) : l - r);
  const breaks = pairs.filter((pair) => gap(pair) > 0);
  const ties = pairs.filter((pair) => gap(pair) === 0);
  const violation = (pair: Pair): number => (gap(pair) === 0 ? 0 : gap(pair) / (Math.abs(pair[0]) + Math.abs(pair[1])));
  const worst = (some: readonly Pair[]): number | undefined =>
    some.length === 0 ? undefined : Math.max(...some.map(violation));
  const decided = pairs.filter((pair) => gap(pair) !== 0);
  const counts = { holds: decided.length - breaks.length, breaks: breaks.length, firstBreak: breaks[0]?.[2] };
  return {
    exact: { ...counts, equal: ties.length, unresolved: 0, worst: worst(pairs), unresolvedAt: undefined },
    screened: {
      ...counts,
      equal: 0,
      unresolved: ties.length,
      worst: worst(decided),
      unresolvedAt: ties.length === 0 ? undefined : [ties[0]![2], ties[ties.length - 1]![2]],
    },
  };
}

function anyData(random: Random): Data {
  const length = random.whole(1, 9);
  const eighths = (): number => random.whole(-12, 12) / 8;
  const a = Array.from({ length }, eighths);
  const b = a.map((x) => (random.whole(0, 3) === 0 ? x : eighths()));
  return { a, b, from: random.whole(0, 3), c: random.pick([-1, 0, 0.5, 1, 1.5]) };
}

describe.each(Object.entries(words))('%s', (name, { relation, found, pairs }) => {
  const cases = (): readonly Data[] => {
    const random = randomFrom(`agreement of ${name}`);
    return Array.from({ length: 200 }, () => anyData(random));
  };
  const outlineIn = <N>(R: Reading<N>, data: Data) =>
    outline(found(R, seriesOf(R, data.a, data.from), seriesOf(R, data.b, data.from), data));

  test('over rationals is what comes of comparing the numbers one by one', () => {
    for (const data of cases()) expect(outlineIn(Q, data)).toEqual(expected(relation, pairs(data)).exact);
  });

  test('over balls is the same', () => {
    for (const data of cases()) expect(outlineIn(B, data)).toEqual(expected(relation, pairs(data)).exact);
  });

  test('over doubles is the same but for ties, which it leaves unresolved', () => {
    for (const data of cases()) expect(outlineIn(D, data)).toEqual(expected(relation, pairs(data)).screened);
  });

  test('is tried on data that break it, data that keep it, and ties', () => {
    const all = cases().map((data) => expected(relation, pairs(data)).exact);
    expect(all.some(({ breaks }) => breaks > 0)).toBe(true);
    expect(all.some(({ equal }) => equal > 0)).toBe(true);
    if (relation === '≤') expect(all.some(({ holds }) => holds > 0)).toBe(true);
  });
});
