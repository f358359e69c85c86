import { assess } from '../../src/claim/assess';
import { atMost, equals, lessThan } from '../../src/claim/compare';
import { exam, exists, forAll, type Claim } from '../../src/claim/exam';
import { all, part } from '../../src/claim/finding';
import { space } from '../../src/claim/space';
import { claimOn, claimOver, examinerOf, kinds, oneNumber, timeless, twoNumbers } from '../support/toys';

const verdictOf = (claim: Claim) => assess(claim, examinerOf());
const summary = (claim: Claim) => {
  const record = verdictOf(claim);
  return { verdict: record.verdict, problems: kinds(record), grade: record.worst?.grade };
};
const UPHELD = { verdict: 'upheld', problems: [], grade: undefined };

describe('identities', () => {
  test('of rational functions are upheld, and refuted exactly when a term is off by one part in a million', () => {
    const square = (c: number): Claim =>
      claimOver(twoNumbers, {
        then: (R, _, { x, y }) =>
          equals(R, R.power(R.sub(x, y), 2), R.add(R.mul(x, x), R.mul(-2 * c, x, y), R.mul(y, y)), 0, 16),
      });
    expect(summary(square(1))).toEqual(UPHELD);
    expect(summary(square(1 + 1e-6))).toEqual({ verdict: 'refuted', problems: [], grade: 'exact' });
  });

  test('of exp and sqrt are upheld, and refuted by an enclosure when a term is off by one part in a million', () => {
    const product = (c: number): Claim =>
      claimOver(twoNumbers, {
        then: (R, _, { x, y }) => equals(R, R.mul(R.exp(R.mul(c, x)), R.exp(y)), R.exp(R.add(x, y))),
      });
    const root = (c: number): Claim =>
      claimOver(twoNumbers, {
        then: (R, _, { x, y }) => equals(R, R.mul(c, R.sqrt(x), R.sqrt(y)), R.sqrt(R.mul(x, y))),
      });
    for (const claim of [product, root]) {
      expect(summary(claim(1))).toEqual(UPHELD);
      expect(summary(claim(1 + 1e-6))).toMatchObject({ verdict: 'refuted', problems: [] });
    }
    expect(summary(product(1 + 1e-6)).grade).toBe('enclosed');
  });

  test('along a discrete path are upheld, and refuted when the path is off by one part in a million', () => {
    // x_{t+1} = (x_t + 2/x_t)/2 is ((x_t² − 2)/(2x_t))² above √2 in squares.
    const newton = (c: number): Claim =>
      claimOn(
        exam({
          name: `Newton's method for the root of two, ${c}`,
          inside: oneNumber,
          assuming: {},
          cases: [{ x: 1 }],
          horizon: 6,
          defined: (R, { x }, steps) => {
            const path = [x];
            for (let t = 0; t < steps; t++) path.push(R.mul(c / 2, R.add(path[t]!, R.div(2, path[t]!))));
            return { path };
          },
          measure: (_R, { path }) => ({ path: { values: path } }),
        }),
        {
          then: (R, { path }) =>
            all(
              ...Array.from(path.values)
                .slice(1)
                .map((next, t) => {
                  const before = path.values[t]!;
                  const off = R.div(R.sub(R.mul(before, before), 2), R.mul(2, before));
                  return equals(R, R.mul(next, next), R.add(2, R.mul(off, off)), t + 1);
                }),
            ),
        },
      );
    expect(summary(newton(1))).toEqual(UPHELD);
    expect(summary(newton(1 + 1e-6))).toMatchObject({ verdict: 'refuted', grade: 'exact', problems: [] });
  });
});

describe('bounds', () => {
  const mean = (c: number): Claim =>
    claimOver(twoNumbers, { then: (R, _, { x, y }) => atMost(R, R.mul(2 * c, x, y), R.add(R.mul(x, x), R.mul(y, y))) });

  test('that are attained are upheld, and the tightest is where they are', () => {
    const record = verdictOf(mean(1));
    expect(record).toMatchObject({ verdict: 'upheld', problems: [] });
    expect(record.tightest!.sample.violation).toBe(0);
  });

  test.each([1.05, 1.001])('that are attained and made %p times as strong are refuted', (c) => {
    expect(summary(mean(c))).toEqual({ verdict: 'refuted', problems: [], grade: 'exact' });
  });

  test('that are attained only at a corner are refuted when made a thousandth stronger', () => {
    const sum = (c: number): Claim =>
      claimOver(twoNumbers, { then: (R, _, { x, y }) => atMost(R, R.mul(c, R.add(x, R.mul(3, y))), 16) });
    expect(summary(sum(1)).verdict).toBe('upheld');
    expect(summary(sum(1.001))).toMatchObject({ verdict: 'refuted', grade: 'exact' });
  });

  test('that are called tight must be approached', () => {
    const loose = claimOver(oneNumber, { tight: true, then: (R, _, { x }) => atMost(R, x, 5) });
    expect(summary(loose)).toMatchObject({ verdict: 'undecided', problems: ['not approached'] });
    const tight = claimOver(oneNumber, { tight: true, then: (R, _, { x }) => atMost(R, x, 4) });
    expect(summary(tight)).toEqual(UPHELD);
  });
});

describe('strict inequalities', () => {
  const fewNumbers = space().with('x', { kind: 'real', describe: 'halves', decode: (u) => Math.round(u * 8) / 2 });

  test('that only a tie breaks are refuted exactly', () => {
    const claim = claimOver(fewNumbers, { then: (R, _, { x }) => lessThan(R, R.mul(x, R.sub(4, x)), 4) });
    const record = verdictOf(claim);
    expect(record).toMatchObject({ verdict: 'refuted', simplest: { grade: 'exact', instance: { x: 2 } } });
    expect(record.simplest!.sample).toMatchObject({ violation: 0, left: { exact: '4' }, right: { exact: '4' } });
  });

  test('that only a tie of fractions breaks are refuted exactly', () => {
    const claim = claimOver(fewNumbers, {
      then: (R, _, { x }) => lessThan(R, R.div(R.mul(x, R.sub(4, x)), 3), '4/3'),
    });
    expect(verdictOf(claim)).toMatchObject({ verdict: 'refuted', simplest: { grade: 'exact', instance: { x: 2 } } });
  });

  test('with wide room are upheld', () => {
    const claim = claimOver(fewNumbers, {
      then: (R, _, { x }) => lessThan(R, R.mul(x, R.sub(4, x)), 5),
      mutants: { 'less than 4': (R, _, { x }) => lessThan(R, R.mul(x, R.sub(4, x)), 4) },
    });
    expect(summary(claim)).toEqual(UPHELD);
  });
});

describe('claims of existence', () => {
  const root = exam({ name: 'a number of the sixteenths', inside: oneNumber, assuming: {}, cases: [{ x: '3/2' }] });
  const witnessOf = (square: string): Claim =>
    exists(root, {
      id: 'toy/exists',
      where: 'nowhere',
      says: '',
      recorded: 'upheld',
      then: (R, _, { x }) => equals(R, R.mul(x, x), square),
    });

  test('with a witness are upheld by it', () => {
    const record = verdictOf(witnessOf('9/4'));
    expect(record).toMatchObject({ verdict: 'upheld', simplest: { grade: 'exact', instance: { x: '3/2' } } });
    expect(record.problems).toEqual([]);
  });

  test('without one are undecided: a search refutes nothing', () => {
    expect(summary(witnessOf('-1'))).toMatchObject({ verdict: 'undecided', problems: ['not found'] });
  });
});

describe('mistakes', () => {
  test('of an oracle are an error of the claim, and no refutation', () => {
    const claim = claimOver(oneNumber, {
      then: (R, _, { x }) => {
        if (R.kind === 'doubles' && R.enclosure(x).lower > 3)
          throw new TypeError('cannot read properties of undefined');
        return atMost(R, x, 4);
      },
    });
    const record = verdictOf(claim);
    expect(record.verdict).toBe('undecided');
    expect(record.problems).toEqual([{ kind: 'error', message: 'TypeError: cannot read properties of undefined' }]);
    expect(record.worst).toBeUndefined();
  });

  test('of a hypothesis are as well', () => {
    const claim = claimOn(
      exam({
        name: 'a hypothesis that throws',
        inside: oneNumber,
        assuming: {
          H1: {
            says: '',
            holds: () => {
              throw new RangeError('no such hypothesis');
            },
          },
        },
        cases: [],
      }),
      { then: (R, _, { x }) => atMost(R, x, 4) },
    );
    expect(summary(claim)).toMatchObject({ verdict: 'undecided', problems: ['error'] });
  });

  test('in an id are refused when the claim is made', () => {
    const on = exam({ name: 'any', inside: oneNumber, assuming: {}, cases: [] });
    const spec = { where: '', says: '', recorded: 'upheld', then: () => all() } as const;
    for (const id of ['no-paper', 'Paper/x', 'a/b/c', 'a/b c', '/x', 'a/.x', 'a/x.', 'a/x..y', 'a.b/x']) {
      expect(() => forAll(on, { id, ...spec })).toThrow(`the claim id "${id}" is not of the form <paper>/<name>`);
    }
    for (const id of ['a/lem-3.1-exist', 'a/x']) expect(forAll(on, { id, ...spec }).id).toBe(id);
  });
});

describe('the record', () => {
  const claims = (): Claim[] => [
    claimOver(twoNumbers, { then: (R, _, { x, y }) => atMost(R, R.mul(2, x, y), R.add(R.mul(x, x), R.mul(y, y))) }),
    claimOver(oneNumber, { then: (R, _, { x }) => atMost(R, R.exp(x), R.add(1, R.mul(13, x))) }),
    claimOver(oneNumber, { then: (R, _, { x }) => part('order', lessThan(R, R.sqrt(x), 1)) }),
  ];

  test('is the same twice, and in either order of claims', () => {
    const [a, b, c] = claims();
    const forward = [a!, b!, c!].map((claim) => timeless(verdictOf(claim)));
    const again = [c!, b!, a!].map((claim) => timeless(verdictOf(claim))).reverse();
    expect(again).toEqual(forward);
  });

  test('is the same for another object of the same exam and claim', () => {
    const make = (): Claim =>
      claimOn(exam({ name: 'one name', inside: oneNumber, assuming: {}, cases: [] }), {
        then: (R, _, { x }) => atMost(R, R.mul(x, x), 15),
      });
    expect(timeless(verdictOf(make()))).toBe(timeless(verdictOf(make())));
  });

  test('of another seed has other draws and the same verdict', () => {
    const [a] = claims();
    const one = assess(a!, examinerOf({ seed: 1 }));
    const two = assess(a!, examinerOf({ seed: 2 }));
    expect(two.verdict).toBe(one.verdict);
    expect(timeless(two)).not.toBe(timeless(one));
  });

  test('counts what was looked at', () => {
    const { drawn, instances, comparisons, defined, budget, seed } = verdictOf(claims()[0]!);
    expect({ drawn, budget, seed }).toEqual({ drawn: 40, budget: 'quick', seed: 1 });
    expect(instances).toBeGreaterThan(40);
    expect(defined).toBeLessThanOrEqual(instances);
    expect(comparisons.holds + comparisons.equal + comparisons.breaks + comparisons.unresolved).toBe(instances);
  });
});
