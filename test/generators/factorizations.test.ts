/** What the spaces of matrix factorisation promise of their draws; that they parse and reach their corners is in spaces.test.ts. */
import * as factorizations from '../../generators/factorizations';
import * as stationary from '../../generators/stationary-points';
import { leastOverlap, twoStepFunctions } from '../../generators/step-functions';
import { alignment, starPoint, minusForms } from '../../src/definitions/factor-alignment';
import type { Real } from '../../src/numerics/arithmetic';
import { doubles as D } from '../../src/numerics/doubles';
import { identity, matMul, transpose, type Matrix } from '../../src/numerics/matrix';
import { rationals as R } from '../../src/numerics/rational';
import { BAND, drawn, shareOf, type AnySpace } from '../support/spaces';

const spaces = { ...factorizations, ...stationary, twoStepFunctions };
type Drawn = Readonly<Record<string, never>>;
const draws = (name: keyof typeof spaces, count: number): readonly Drawn[] =>
  drawn(spaces[name] as unknown as AnySpace, name, count) as unknown as readonly Drawn[];
const share = (name: keyof typeof spaces, test: (p: Drawn) => boolean): number =>
  shareOf(spaces[name], name, test as never);
const count = (p: Drawn, name: string): number => p[name] as unknown as number;
const rows = (p: Drawn, name: string) => p[name] as unknown as Matrix<number>;
const numbers = (p: Drawn, name: string) => p[name] as unknown as readonly number[];

describe('shapes', () => {
  test('let Z have full column rank where FA* is looked at, and rows to spare where the loss is to increase', () => {
    for (const name of ['targetAndFactor', 'columnAndFactor', 'orthonormalFactor', 'bySingularValues'] as const) {
      for (const p of draws(name, 200)) expect(count(p, 'n')).toBeGreaterThanOrEqual(count(p, 'r'));
    }
    for (const name of ['increasingColumn', 'increasingOrthonormal', 'moreRows'] as const) {
      for (const p of draws(name, 200)) expect(count(p, 'n')).toBeGreaterThan(count(p, 'r'));
    }
  });

  test('are tall, square and wide where any will do', () => {
    // r is 1 or 2 with probability log(3/2)/log 2 and log(4/3)/log 2.
    expect(Math.abs(share('targetAndFactors', (p) => count(p, 'r') === 1) - Math.log2(3 / 2))).toBeLessThan(BAND);
    for (const sign of [-1, 0, 1]) {
      expect(share('targetAndFactors', (p) => Math.sign(count(p, 'n') - count(p, 'm')) === sign)).toBeGreaterThan(0.1);
      expect(share('stationaryPoints', (p) => Math.sign(count(p, 'r') - count(p, 'k')) === sign)).toBeGreaterThan(0.1);
    }
  });

  test('of stationary points: the rank of Z is from min(k, r) to min(n, r), both often', () => {
    for (const name of ['stationaryPoints', 'stationaryPointsWide'] as const) {
      for (const p of draws(name, 300)) {
        const [q, k, r, n] = ['q', 'k', 'r', 'n'].map((key) => count(p, key));
        expect(q).toBeGreaterThanOrEqual(Math.min(k!, r!));
        expect(q).toBeLessThanOrEqual(Math.min(n!, r!));
      }
    }
    for (const p of draws('stationaryPointsWide', 300)) expect(count(p, 'r')).toBeGreaterThanOrEqual(count(p, 'k'));
    expect(share('stationaryPointsWide', (p) => count(p, 'q') < count(p, 'r'))).toBeGreaterThan(0.05);
    expect(share('stationaryPointsWide', (p) => count(p, 'q') > count(p, 'k'))).toBeGreaterThan(0.05);
  });
});

describe('values', () => {
  test('of singular values descend, sometimes all one, and stay positive', () => {
    for (const p of draws('bySingularValues', 300)) {
      for (const name of ['z', 'c', 'w', 'y']) {
        const values = numbers(p, name);
        values.slice(1).forEach((x, k) => expect(x).toBeLessThanOrEqual(values[k]!));
        expect(values.at(-1)).toBeGreaterThan(0);
      }
    }
    // A gap is 0 one time in four, and above 2 half of the others.
    const wide = share(
      'bySingularValues',
      (p) => numbers(p, 'y').length > 1 && numbers(p, 'y')[0]! - numbers(p, 'y')[1]! > 2,
    );
    const long = share('bySingularValues', (p) => numbers(p, 'y').length > 1);
    expect(Math.abs(wide - (3 / 8) * long)).toBeLessThan(2 * BAND);
  });

  test('of orthogonal matrices are exactly so', () => {
    for (const p of draws('isotropicInputs', 50)) {
      const Q = (rows(p, 'Q') as Matrix<Real>).map((row) => row.map((x) => R.of(x)));
      const texts = (A: Matrix<(typeof Q)[0][0]>) => A.map((row) => row.map((x) => R.exactText(x)));
      expect(texts(matMul(R, transpose(Q), Q))).toEqual(texts(identity(R, Q.length)));
    }
  });
});

test('where the loss is to increase, it does', () => {
  const slope = (Y: Matrix<number>, C: Matrix<number>, Z: Matrix<number>): number => {
    const { residual, W } = starPoint(D, { Y, C }, Z);
    return minusForms(D, residual, alignment(D, C, W));
  };
  for (const p of draws('increasingColumn', 200)) {
    expect(slope(rows(p, 'Y'), rows(p, 'C'), rows(p, 'Z'))).toBeGreaterThan(0);
  }
  const signs = draws('increasingColumn', 400).map((p) => Math.sign(rows(p, 'C')[0]![0]!));
  for (const sign of [-1, 1]) expect(signs.filter((x) => x === sign).length).toBeGreaterThan(100);
});

test('first factors come near to losing their column rank, one in four of those with two columns', () => {
  const ratio = (p: Drawn): number => {
    const [a, b] = [0, 1].map((j) => rows(p, 'Z').map((row) => row[j]!));
    const dot = (x: readonly number[], y: readonly number[]) => x.reduce((sum, z, i) => sum + z * y[i]!, 0);
    return dot(a!, b!) ** 2 / (dot(a!, a!) * dot(b!, b!));
  };
  const two = share('targetAndFactor', (p) => count(p, 'r') === 2);
  const near = share('targetAndFactor', (p) => count(p, 'r') === 2 && ratio(p) > 0.9);
  expect(near).toBeGreaterThan(two / 8);
  expect(near).toBeLessThan(two / 2);
});

describe('step functions', () => {
  const half = (p: Drawn): number => {
    const least = leastOverlap(rows(p, 'A'), rows(p, 'B'), numbers(p, 'tau'));
    return (p['c'] as unknown as number) / least;
  };

  test('keep their overlap, half of them barely', () => {
    for (const p of draws('twoStepFunctions', 400)) {
      const ratio = half(p);
      if (Number.isNaN(ratio)) continue;
      expect(ratio).toBeGreaterThanOrEqual(1 - 2 ** -50);
      expect(ratio).toBeLessThanOrEqual(2 * (1 + 2 ** -11));
    }
    const barely = share('twoStepFunctions', (p) => !(half(p) > 1 + 2 ** -11));
    expect(Math.abs(barely - 1 / 2)).toBeLessThan(2 * BAND);
  });

  test('overlap by hand: a second step along the first has met both', () => {
    // v = (1, 0) for a time 1, then (1, 1) for a time 2: at the end (1² · 1 + 2² · 2)/2 = 9/2.
    expect(leastOverlap([[1, 0], [1, 1]], [[0, 0], [0, 0]], [1, 2])).toBe(9 / 2); // prettier-ignore
    expect(leastOverlap([[3]], [[0]], [2])).toBe(18);
    expect(leastOverlap([[0]], [[0]], [1])).toBe(0);
  });
});
