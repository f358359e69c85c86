/** What the spaces of linear networks promise of their draws; that they parse and reach their corners is in spaces.test.ts. */
import * as points from '../../generators/linear-networks';
import * as paths from '../../generators/linear-network-paths';
import { rationals } from '../../src/numerics/rational';
import { determinant, identity, matMul, transpose, type Matrix } from '../../src/numerics/matrix';
import type { Real } from '../../src/numerics/arithmetic';
import { toDouble } from '../../src/numerics/real';
import { BAND, drawn, shareOf, type AnySpace } from '../support/spaces';

const R = rationals;
const spaces = { ...points, ...paths };
const over = (A: Matrix<Real>) => A.map((row) => row.map((x) => R.of(x)));

type Drawn = Readonly<Record<string, unknown>>;
const draws = (name: keyof typeof spaces, count: number): readonly Drawn[] =>
  drawn(spaces[name] as unknown as AnySpace, name, count) as unknown as readonly Drawn[];
const share = (name: keyof typeof spaces, test: (p: Drawn) => boolean): number =>
  shareOf(spaces[name], name, test as never);
const count = (p: Drawn, name: string): number => p[name] as number;

describe('widths', () => {
  test('of one to three, each often', () => {
    // Log-uniform on {1, 2, 3}: from log2 2 to log2 5, so 1 with probability log(3/2)/log(5/2), and so on.
    const probability = (n: number) => Math.log((n + 2) / (n + 1)) / Math.log(5 / 2);
    for (const n of [1, 2, 3]) {
      expect(Math.abs(share('dataForTwoLayers', (p) => p['h'] === n) - probability(n))).toBeLessThan(BAND);
      expect(Math.abs(share('dataForThreeLayers', (p) => p['h2'] === n) - probability(n))).toBeLessThan(BAND);
    }
  });

  test('are ordered where a space says so', () => {
    for (const p of draws('feedbackNarrowing', 200)) {
      expect(count(p, 'h1')).toBeGreaterThanOrEqual(count(p, 'h2'));
      expect(count(p, 'h2')).toBeGreaterThanOrEqual(count(p, 'o'));
    }
    for (const name of ['narrowTwoLayers', 'narrowThreeLayers'] as const) {
      for (const p of draws(name, 200)) {
        expect(count(p, 'h')).toBeLessThan(count(p, 'o'));
        expect(count(p, 'h')).toBeLessThanOrEqual(count(p, 'd'));
      }
    }
    for (const p of draws('wideTwoLayers', 200)) expect(count(p, 'h')).toBeGreaterThanOrEqual(count(p, 'o'));
    for (const p of draws('wideThreeLayers', 200)) expect(count(p, 'h1')).toBeGreaterThanOrEqual(count(p, 'o'));
    for (const p of draws('directWithoutBottleneck', 200)) {
      expect(count(p, 'h2')).toBeGreaterThanOrEqual(count(p, 'o'));
    }
    for (const p of draws('twoLayersByVectors', 200)) expect(count(p, 'k')).toBeLessThanOrEqual(count(p, 'h'));
  });

  test('of rectangular and of square layers both occur', () => {
    const square = share('twoLayersDiagonalMoments', (p) => p['d'] === p['o']);
    expect(square).toBeGreaterThan(0.2);
    expect(square).toBeLessThan(0.6);
  });
});

describe('entries', () => {
  test('are of either sign, of sizes 1/8 to 8, and short fractions', () => {
    const entries = draws('dataForTwoLayers', 300).flatMap((p) => (p['W1'] as Matrix<number>).flat());
    expect(Math.min(...entries.map(Math.abs))).toBeGreaterThanOrEqual(1 / 8);
    expect(Math.max(...entries.map(Math.abs))).toBeLessThanOrEqual(8);
    // One sixteenth of the last binary digit kept of the smallest: 2⁻³⁻³.
    for (const x of entries) expect(Number.isInteger(x * 2 ** 6)).toBe(true);
    expect(Math.abs(share('dataForTwoLayers', (p) => (p['M'] as Matrix<number>)[0]![0]! < 0) - 1 / 2)).toBeLessThan(
      BAND,
    );
  });

  test('of positive vectors are positive', () => {
    for (const p of draws('twoDiagonalLayers', 200)) {
      for (const x of [...(p['s'] as number[]), ...(p['lxy'] as number[]), ...(p['D'] as number[])])
        expect(x).toBeGreaterThan(0);
    }
  });
});

describe('what is built', () => {
  test('singular values in decreasing order, all positive, near one another now and then', () => {
    for (const p of draws('diagonalAtRest', 300)) {
      const values = p['lxy'] as number[];
      expect(values).toEqual([...values].sort((a, b) => b - a));
      expect(Math.min(...values)).toBeGreaterThan(0);
    }
    const near = share('diagonalAtRest', (p) => {
      const [first, second] = p['lxy'] as number[];
      return second !== undefined && first! - second < first! / 10;
    });
    expect(near).toBeGreaterThan(0.02);
  });

  test('second moments are symmetric and positive definite, exactly', () => {
    for (const name of [
      'wideTwoLayers',
      'wideThreeLayers',
      'twoLayersFromZero',
      'flowOfTwoLayers',
      'flowAtMinimum',
    ] as const) {
      for (const p of draws(name, 40)) {
        const S = over(p['Sxx'] as Matrix<Real>);
        expect(transpose(S).map((row) => row.map((x) => R.exactText(x)))).toEqual(
          S.map((row) => row.map((x) => R.exactText(x))),
        );
        S.forEach((_, k) => {
          const minor = determinant(R, S.slice(0, k + 1).map((row) => row.slice(0, k + 1))); // prettier-ignore
          expect(R.sign(minor)).toBe(1);
        });
      }
    }
  });

  test('singular vectors are orthogonal, exactly', () => {
    for (const p of draws('threeLayersByVectors', 30)) {
      for (const name of ['U', 'V', 'Q1', 'Q2']) {
        const Q = over(p[name] as Matrix<Real>);
        const text = (A: Matrix<ReturnType<typeof R.of>>) => A.map((row) => row.map((x) => R.exactText(x)));
        expect(text(matMul(R, transpose(Q), Q))).toEqual(text(identity(R, Q.length)));
      }
    }
  });

  test('step sizes and starts keep three steps within a few units', () => {
    for (const p of draws('schemeForTwoLayers', 200)) {
      expect(toDouble(p['eta'] as Real)).toBeGreaterThanOrEqual(1 / 64);
      expect(toDouble(p['eta'] as Real)).toBeLessThanOrEqual(1 / 4);
    }
  });
});
