/** How instances with vectors and matrices are led towards ones that a person can check by hand. */
import { choice, counts, uniform } from '../../generators/coordinates';
import { matrix, vector } from '../../generators/matrices';
import { assess } from '../../src/claim/assess';
import { BUDGETS } from '../../src/claim/budget';
import { equals, atMost, lessThan } from '../../src/claim/compare';
import { drawPoints } from '../../src/claim/draw';
import { exam, type Instance } from '../../src/claim/exam';
import { all, type Finding, type Reading } from '../../src/claim/finding';
import { simpleInstances } from '../../src/claim/simple-instances';
import { space } from '../../src/claim/space';
import { claimOn, examinerOf } from '../support/toys';

const entry = uniform(-2, 2);
const inside = space()
  .with('h', counts(1, 3))
  .with('d', counts(1, 3))
  .with('n', counts(1, 9))
  .with('W', matrix('h', 'd', { entry, most: [3, 3] }))
  .with('S', matrix('d', 'd', { entry, most: [3, 3] }))
  .with('s', vector('d', { entry, most: 3 }))
  .with('rule', choice('first', 'second', 'third'));

const instance = {
  h: 2,
  d: 3,
  n: 5,
  W: [
    [1.5, -0.3, '7/9'],
    [0.1, 2, 0.7],
  ],
  S: [
    [0.11, 0.12, 0.13],
    [0.12, 0.22, 0.23],
    [0.13, 0.23, 0.33],
  ],
  s: [0.9, -0.8, 0.7],
  rule: 'third',
};
const candidates = [...inside.simpler(instance)];

/** 4 is simpler than 5, but no shorter to write down. */
function expectSimpler(candidate: typeof instance | Instance, before: typeof instance | Instance): void {
  const [less, more] = [candidate, before].map((x) => inside.complexity(x as never)) as [number, number];
  if (candidate['n'] === before['n']) expect(less).toBeLessThan(more);
  else expect([candidate['n']! < before['n']!, less <= more]).toEqual([true, true]);
}

describe('simpler instances with matrices', () => {
  test('are instances, and simpler', () => {
    expect(candidates.length).toBeGreaterThan(100);
    for (const candidate of candidates) {
      expect(inside.parse(candidate)).toEqual(candidate);
      expectSimpler(candidate, instance);
    }
  });

  test('of random instances are instances and simpler, to the last', () => {
    for (const point of drawPoints(inside.dimension, 60, 1)) {
      const drawn = inside.decode(point);
      for (const candidate of inside.simpler(drawn)) {
        expect(inside.parse(candidate)).toEqual(candidate);
        expectSimpler(candidate, drawn);
      }
    }
  });

  test('first drop dimensions, of everything that the count links at once', () => {
    const smaller = candidates.filter(({ h, d }) => h < 2 || d < 3);
    expect(candidates.slice(0, smaller.length)).toEqual(smaller);
    expect(smaller.map(({ h, d }) => [h, d])).toEqual([
      ...[[1, 3], [1, 3]], // prettier-ignore
      ...[[2, 1], [2, 2], [2, 2], [2, 2]], // prettier-ignore
    ]);
    expect(smaller[1]).toEqual({ ...instance, h: 1, W: [instance.W[1]] });
    const last = smaller[3]!;
    expect([last.W, last.S, last.s]).toEqual([
      [[1.5, -0.3], [0.1, 2]],
      [[0.11, 0.12], [0.12, 0.22]],
      [0.9, -0.8],
    ]); // prettier-ignore
    const middle = smaller[5]!;
    expect([middle.W, middle.S, middle.s]).toEqual([
      [[1.5, '7/9'], [0.1, 0.7]],
      [[0.11, 0.13], [0.13, 0.33]],
      [0.9, 0.7],
    ]); // prettier-ignore
  });

  test('never have a linked count without the matrices that go with it, and leave other counts free', () => {
    expect(candidates.filter(({ n }) => n !== 5).map(({ n }) => n)).toEqual([0, 1, 2, 3, 4]);
  });

  test('then make one matrix simpler as a whole: zero, the identity, ones, its diagonal, lines of zeros', () => {
    const whole = candidates.slice(6).filter(({ W }) => W !== instance.W);
    expect(whole.slice(0, 9).map(({ W }) => W)).toEqual([
      [[0, 0, 0], [0, 0, 0]],
      [[1, 0, 0], [0, 1, 0]],
      [[1, 1, 1], [1, 1, 1]],
      [[1.5, 0, 0], [0, 2, 0]],
      [[0, 0, 0], [0.1, 2, 0.7]],
      [[1.5, -0.3, '7/9'], [0, 0, 0]],
      [[0, -0.3, '7/9'], [0, 2, 0.7]],
      [[1.5, 0, '7/9'], [0.1, 0, 0.7]],
      [[1.5, -0.3, 0], [0.1, 2, 0]],
    ]); // prettier-ignore
    expect(whole[9]!.W).toEqual([[2, 0, 1], [0, 2, 1]]); // prettier-ignore
  });

  test('keep a symmetric matrix symmetric, but for single zeros off the diagonal in the end', () => {
    const changed = candidates.map(({ S }) => S).filter((S) => S !== instance.S);
    expect(changed.length).toBeGreaterThan(20);
    for (const S of changed.slice(0, -6)) expect(S).toEqual(S.map((_, i) => S.map((row) => row[i])));
    for (const S of changed.slice(-6)) {
      const moved = S.flatMap((row, i) => row.filter((x, j) => x !== instance.S[i]![j]));
      expect(moved).toEqual([0]);
    }
    expect(changed).toContainEqual([[0, 0, 0], [0, 0.22, 0.23], [0, 0.23, 0.33]]); // prettier-ignore
  });

  test('last make single numbers and choices simpler, the options listed first the simplest', () => {
    expect(candidates).toContainEqual({ ...instance, W: [[1.5, -0.3, 1], [0.1, 2, 0.7]] }); // prettier-ignore
    expect(candidates).toContainEqual({ ...instance, W: [[1.5, '-1/3', '7/9'], [0.1, 2, 0.7]] }); // prettier-ignore
    expect(candidates).toContainEqual({ ...instance, s: [0.9, -1, 0.7] });
    expect(candidates.filter(({ rule }) => rule !== 'third').map(({ rule }) => rule)).toEqual(['first', 'second']);
  });

  test('are no more than some hundreds, however large the matrix', () => {
    const large = space()
      .with('d', counts(30, 30))
      .with('A', matrix('d', 'd', { entry, most: [30, 30] }));
    const [point] = drawPoints(large.dimension, 1, 1);
    const all = [...large.simpler(large.decode(point!))];
    expect(all.length).toBeGreaterThan(100);
    expect(all.length).toBeLessThan(330);
  });

  test('of what is as simple as can be there are none', () => {
    const least = { h: 1, d: 1, n: 0, W: [[0]], S: [[0]], s: [0], rule: 'first' };
    expect([...inside.simpler(least)]).toEqual([]);
  });
});

type Square<N> = readonly (readonly N[])[];
const times = <N>(R: Reading<N>, A: Square<N>, B: Square<N>): Square<N> =>
  A.map((row) => B.map((_, j) => R.add(...row.map((a, k) => R.mul(a, B[k]![j]!)))));

const squares = space()
  .with('d', counts(1, 3))
  .with('A', matrix('d', 'd', { entry, most: [3, 3] }))
  .with('B', matrix('d', 'd', { entry, most: [3, 3] }));

const pairs = exam({ name: 'toy: pairs of square matrices', inside: squares, assuming: {}, cases: [] });

describe('a simplified witness with matrices', () => {
  const examiner = examinerOf({ budget: BUDGETS.quick });

  test('that matrices do not commute is two by two and made of a few ones', () => {
    const commute = claimOn(pairs, {
      recorded: 'refuted',
      then: <N>(R: Reading<N>, _: unknown, { A, B }: { readonly A: Square<N>; readonly B: Square<N> }): Finding => {
        const [AB, BA] = [times(R, A, B), times(R, B, A)];
        return all(...AB.flatMap((row, i) => row.map((x, j) => equals(R, x, BA[i]![j]!, 0, 16))));
      },
    });
    const { verdict, problems, simplest, worst } = assess(commute, examiner);
    expect({ verdict, problems, grade: simplest?.grade }).toEqual({ verdict: 'refuted', problems: [], grade: 'exact' });
    expect(simplest!.instance['d']).toBe(2);
    const entries = [simplest!.instance['A'], simplest!.instance['B']].flat(2) as number[];
    expect(entries.every((x) => [0, 1, -1, 2].includes(x))).toBe(true);
    expect(entries.filter((x) => x !== 0).length).toBeLessThanOrEqual(4);
    expect(squares.complexity(simplest!.instance as never)).toBeLessThan(
      squares.complexity(worst!.instance as never) / 4,
    );
  });

  test('that needs one dimension has one', () => {
    const small = claimOn(pairs, {
      recorded: 'refuted',
      then: (R, _, { A }) =>
        atMost(
          R,
          R.add(...A.flatMap((row) => row.map((x) => R.mul(x, x)))),
          R.add(...A.map((row, i) => R.abs(row[i]!))),
        ),
    });
    const { verdict, simplest } = assess(small, examiner);
    expect(verdict).toBe('refuted');
    expect(simplest!.instance).toMatchObject({ d: 1, A: [[expect.anything()]] });
  });
});

describe('simple instances', () => {
  test('have the identity, zero and ones at small dimension, and meet the hypotheses', () => {
    const found = simpleInstances({
      ...(pairs as never as Parameters<typeof simpleInstances>[0]),
      name: 'toy: pairs with a corner above a quarter',
      assuming: { H: { says: '', holds: (R, p) => lessThan(R, 0.25, (p as never as { A: Square<never> }).A[0]![0]!) } },
    });
    const A = found.map((x) => x['A']);
    expect(A).toContainEqual([[1, 0], [0, 1]]); // prettier-ignore
    expect(A).toContainEqual([[1, 0], [0, 2]]); // prettier-ignore
    expect(A).toContainEqual([[1, 1, 1], [1, 1, 1], [1, 1, 1]]); // prettier-ignore
    expect(A).not.toContainEqual([[0, 0], [0, 0]]); // prettier-ignore
    expect(found.map((x) => x['B'])).toContainEqual([[0, 0], [0, 0]]); // prettier-ignore
    expect(found[0]).toEqual({ d: 1, A: [[1]], B: [[0]] });
    const sizes = found.map((x) => squares.complexity(x as never));
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
  });

  test('are some thousands at most, whatever the parameters', () => {
    const wide = exam({ name: 'toy: many kinds', inside, assuming: {}, cases: [] });
    const found = simpleInstances(wide as never);
    expect(found.length).toBeGreaterThan(200);
    expect(found.length).toBeLessThan(4100);
    expect(found.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['first', 'second', 'third']));
  });
});
