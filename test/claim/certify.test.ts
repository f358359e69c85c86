import { assess } from '../../src/claim/assess';
import { certify, horizonFor } from '../../src/claim/certify';
import { atMost, lessThan } from '../../src/claim/compare';
import { exam, exists, type Claim, type Instance } from '../../src/claim/exam';
import { all, part } from '../../src/claim/finding';
import { evidenceOf, shows } from '../../src/claim/judge';
import { complexity } from '../../src/claim/simpler';
import { violationToKeep } from '../../src/claim/simplify';
import { space } from '../../src/claim/space';
import type { Real } from '../../src/numerics/arithmetic';
import { flowPath, timesUpTo } from '../../src/definitions/flow';
import { along, identical } from '../../oracles/along';
import { exponential } from '../../oracles/series';
import { logUniform } from '../../generators/coordinates';
import { claimOn, claimOver, examinerOf, kinds, oneNumber, over, twoNumbers } from '../support/toys';

/** x' = −x from x₀: claims about e^{−rate·t}. */
const decay = exam({
  name: 'exponential decay',
  inside: oneNumber,
  assuming: {},
  cases: [{ x: 1 }],
  horizon: 10,
  flow: true,
  defined: (R, { x }, points) => {
    const times = timesUpTo(4, points);
    const [w] = flowPath(R, (D, [y]) => [D.neg(y!)], [x], times);
    return { w: w!, times: Array.from(times, (time) => R.of(time)) };
  },
  measure: (_R, { w, times }) => ({ w: { values: w }, times: { values: times } }),
});

const decays = (rate: string): Claim =>
  claimOn(decay, { then: (R, { w, times }, { x }) => along(R, w, exponential(R, x, rate, times)) });

describe('a certificate', () => {
  const sum: Claim = claimOver(twoNumbers, { then: (R, _, { x, y }) => atMost(R, R.add(x, y), 5) });
  const root: Claim = claimOver(oneNumber, { then: (R, _, { x }) => atMost(R, R.mul(R.sqrt(2), x), 5) });

  test('of rational numbers is exact, with both sides as fractions', () => {
    const witness = certify(sum, { x: '7/2', y: '11/6' }, 0);
    expect(witness).toMatchObject({ grade: 'exact', sample: { left: { exact: '16/3' }, right: { exact: '5' } } });
  });

  test('of √2 is an enclosure', () => {
    const witness = certify(root, { x: 4 }, 0)!;
    expect(witness.grade).toBe('enclosed');
    expect(witness.sample.left.lower).toBeGreaterThan(witness.sample.right.upper);
    expect(witness.sample.left.upper - witness.sample.left.lower).toBeLessThan(1e-14);
  });

  test('is exact where one part breaks in fractions and another needs √2', () => {
    const both = claimOver(oneNumber, {
      then: (R, _, { x }) => all(part('plain', atMost(R, x, 3)), () => part('root', atMost(R, R.sqrt(2), x))),
    });
    expect(certify(both, { x: 4 }, 0)).toMatchObject({ grade: 'exact', sample: { part: 'plain' } });
  });

  test('of a flow is confirmed, at the start exact', () => {
    expect(certify(decays('21/20'), { x: 1 }, 10)?.grade).toBe('confirmed');
    const atStart = claimOn(decay, { then: (R, { w }) => atMost(R, w.values[0]!, '1/2') });
    expect(certify(atStart, { x: 1 }, 0)?.grade).toBe('exact');
  });

  test('is not given for a claim that the instance keeps', () => {
    expect(certify(sum, { x: 2, y: 3 }, 0)).toBeUndefined();
    expect(certify(root, { x: 3 }, 0)).toBeUndefined();
    expect(certify(decays('1'), { x: 1 }, 10)).toBeUndefined();
  });

  test('is not given where a hypothesis fails', () => {
    const bounded = claimOn(
      exam({
        name: 'a bounded number',
        inside: oneNumber,
        assuming: { H1: { says: 'x < 2', holds: (R, { x }) => lessThan(R, x, 2) } },
        cases: [],
      }),
      { then: (R, _, { x }) => atMost(R, x, 1) },
    );
    expect(certify(bounded, { x: 3 }, 0)).toBeUndefined();
    expect(certify(bounded, { x: 2 }, 0)).toBeUndefined();
    expect(certify(bounded, { x: '3/2' }, 0)).toMatchObject({
      grade: 'exact',
      hypotheses: { H1: { violation: -1 / 7 } },
    });
  });

  test('of existence shows that the conclusion holds', () => {
    const on = exam({ name: 'any number', inside: oneNumber, assuming: {}, cases: [] });
    const some = exists(on, {
      id: 'toy/exists',
      where: 'nowhere',
      says: '',
      recorded: 'upheld',
      then: (R, _, { x }) => lessThan(R, R.sqrt(x), x),
    });
    expect(certify(some, { x: 4 }, 0)?.grade).toBe('exact');
    expect(certify(some, { x: 2 }, 0)?.grade).toBe('enclosed');
    expect(certify(some, { x: '1/2' }, 0)).toBeUndefined();
    expect(shows(evidenceOf(some), { holds: 0, equal: 0, breaks: 0, unresolved: 0 } as never)).toBe(false);
  });
});

test('a path is followed as far as it takes to see the break, a flow as far as its times go', () => {
  const path = { ...decay, flow: false } as never;
  expect([0, 3, 99].map((at) => horizonFor(path, at))).toEqual([0, 3, 10]);
  expect([0, 3, 99].map((at) => horizonFor(decay as never, at))).toEqual([0, 10, 10]);
});

describe('a claim about a flow', () => {
  const verdict = (claim: Claim) => {
    const record = assess(claim, examinerOf());
    return { verdict: record.verdict, problems: kinds(record), grade: record.simplest?.grade };
  };

  test('that decays a twentieth faster than it does is refuted, confirmed', () => {
    expect(verdict(decays('21/20'))).toEqual({ verdict: 'refuted', problems: [], grade: 'confirmed' });
  });

  test('that decays a thousandth faster than it does is refuted, confirmed', () => {
    expect(verdict(decays('1001/1000'))).toEqual({ verdict: 'refuted', problems: [], grade: 'confirmed' });
  });

  test('that decays as it does is upheld, as a bound and as an identity', () => {
    expect(verdict(decays('1'))).toMatchObject({ verdict: 'upheld', problems: [] });
    const same = claimOn(decay, { then: (R, { w, times }, { x }) => identical(R, w, exponential(R, x, 1, times)) });
    expect(verdict(same)).toMatchObject({ verdict: 'upheld', problems: [] });
  });

  test('that is an identity off by one part in a million is refuted, confirmed', () => {
    const off = claimOn(decay, {
      then: (R, { w, times }, { x }) => identical(R, w, exponential(R, R.mul(x, 1.000001), 1, times)),
    });
    // At time 0 the numbers are exact, and so is the break.
    expect(verdict(off)).toMatchObject({ verdict: 'refuted', problems: [] });
    const later = claimOn(decay, {
      then: (R, { w, times }, { x }) => identical(R, w, exponential(R, x, '1000001/1000000', times)),
    });
    expect(verdict(later)).toEqual({ verdict: 'refuted', problems: [], grade: 'confirmed' });
  });
});

describe('a simplified witness', () => {
  const largest = (claim: Claim) => assess(claim, examinerOf());

  test('is made of numbers that a person can check', () => {
    const inside = space()
      .with('r', logUniform(1 / 64, 64))
      .with('d', logUniform(1 / 64, 64));
    const claim = claimOver(inside, {
      recorded: 'refuted',
      then: (R, _, { r, d }) => atMost(R, R.mul(r, d), R.add(r, d)),
    });
    const { simplest, worst } = largest(claim);
    expect(simplest!.grade).toBe('exact');
    const numbers = (instance: Instance): readonly Real[] => Object.values(instance) as Real[];
    for (const x of numbers(simplest!.instance)) expect(complexity(x)).toBeLessThan(10);
    const bits = (instance: Instance): number => numbers(instance).reduce<number>((sum, x) => sum + complexity(x), 0);
    expect(bits(simplest!.instance)).toBeLessThan(bits(worst!.instance) / 4);
  });

  test('keeps half the worst violation, or a left side twice the right', () => {
    const small = claimOver(twoNumbers, { then: (R, _, { x, y }) => atMost(R, R.add(x, y), '15/2') });
    const { simplest, worst } = largest(small);
    expect(worst!.sample.violation).toBeLessThan(0.05);
    expect(simplest!.sample.violation).toBeGreaterThanOrEqual(worst!.sample.violation / 2);
    const gross = claimOver(oneNumber, { then: (R, _, { x }) => atMost(R, R.power(x, 6), 1) });
    expect(largest(gross).simplest!.sample.violation).toBeGreaterThanOrEqual(1 / 3);
    expect([violationToKeep(0.1), violationToKeep(1)]).toEqual([0.05, 1 / 3]);
  });

  test('is found though simpler numbers leave the domain of the statement', () => {
    const claim = claimOver(twoNumbers, {
      then: (R, _, { x, y }) => atMost(R, R.div(R.sqrt(R.mul(x, y)), x), 2),
    });
    const record = largest(claim);
    expect(record.problems).toEqual([]);
    expect(record).toMatchObject({ verdict: 'refuted', simplest: { sample: { relation: '≤' } } });
  });

  test('follows the path only as far as it takes', () => {
    const doubling = claimOn(
      exam({
        name: 'doubling',
        inside: space().with('x', over(0.25, 4)),
        assuming: {},
        cases: [],
        horizon: 12,
        defined: (R, { x }, steps) => {
          const w = [x];
          for (let t = 0; t < steps; t++) w.push(R.mul(2, w[t]!));
          return { w };
        },
        measure: (_R, { w }) => ({ w: { values: w } }),
      }),
      { then: (R, { w }) => along(R, w, (length) => Array.from({ length }, () => R.of(8))) },
    );
    const { simplest, worst } = largest(doubling);
    expect(worst!.horizon).toBe(12);
    expect(simplest!.horizon).toBeLessThan(8);
    expect(simplest!.sample.at).toBe(simplest!.horizon);
  });
});
