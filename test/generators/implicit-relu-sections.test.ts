/** What the spaces of Section 5 of the paper on implicit networks promise; that they parse and reach their corners is in spaces.test.ts. */
import * as conditions from '../../generators/implicit-relu-conditions';
import * as nonnegative from '../../generators/implicit-relu-nonnegative';
import * as random from '../../generators/random-weights';
import { extremes, fixedPoint, lengthOf, rectified } from '../../generators/small-layers';
import { uniformStream } from '../../generators/streams';
import * as units from '../../generators/unit-rows';
import { extremeSingularValues, operatorNorm } from '../../src/numerics/eigenvalues';
import { equilibrium } from '../../src/definitions/implicit-relu';
import { expectedGram } from '../../src/definitions/relu-gram';
import { doubles as D } from '../../src/numerics/doubles';
import type { Matrix } from '../../src/numerics/matrix';
import { rationals } from '../../src/numerics/rational';
import { toDouble } from '../../src/numerics/real';
import { BAND, drawn, shareOf, type AnySpace, type Numbers } from '../support/spaces';

type Rows = Matrix<number>;
const all = { ...nonnegative, ...conditions, ...random, ...units };
type Name = { [K in keyof typeof all]: (typeof all)[K] extends { readonly dimension: number } ? K : never }[keyof typeof all]; // prettier-ignore
const draws = (name: Name, count = 300): readonly Numbers[] => drawn(all[name] as unknown as AnySpace, name, count);
const share = (name: Name, test: (p: Numbers) => boolean): number => shareOf(all[name], name, test);
const rows = (p: Numbers, name: string): Rows => p[name] as unknown as Rows;

describe('layers in doubles', () => {
  test('have the fixed points and singular values of the definitions', () => {
    for (const p of draws('signedLayer', 300)) {
      const layer = { X: rows(p, 'X'), W: rows(p, 'W'), A: rows(p, 'A'), gamma: p['gamma']! };
      const [found, defined] = [fixedPoint(layer), equilibrium(D, layer)];
      const size = Math.max(1, ...defined.flat());
      found.flat().forEach((z, k) => expect(Math.abs(z - defined.flat()[k]!)).toBeLessThan(1e-9 * size));
      const { least, greatest } = extremes(layer.X);
      const expected = extremeSingularValues(D, layer.X);
      expect(Math.abs(greatest - expected.greatest)).toBeLessThan(1e-6 * Math.max(1, expected.greatest));
      if (layer.X.length <= layer.X[0]!.length)
        expect(Math.abs(least ** 2 - expected.least ** 2)).toBeLessThan(1e-7 * Math.max(1, expected.greatest ** 2));
      else expect(least).toBe(0);
    }
  });

  test('of zero weights stay where the features are', () => {
    expect(fixedPoint({ X: [[1]], W: [[2, -1]], A: [[0, 0], [0, 0]], gamma: 1 })).toEqual([[2, 0]]); // prettier-ignore
    expect(rectified([[1, 2]], [[1], [-1]])).toEqual([[0]]);
    expect(extremes([[3, 0], [0, -4]])).toEqual({ least: 3, greatest: 4 }); // prettier-ignore
    expect(lengthOf([3, 4])).toBe(5);
  });
});

describe('nonnegative weights', () => {
  test('have no negative entry, and γ‖A‖ comes near 1 one time in twenty', () => {
    for (const name of ['nonnegativeLayer', 'nonnegativeBelow', 'nonnegativeTransitions'] as const)
      for (const p of draws(name)) for (const a of rows(p, 'A').flat()) expect(a).toBeGreaterThanOrEqual(0);
    const near = share('nonnegativeLayer', (p) => p['gamma']! * operatorNorm(D, rows(p, 'A')) > 0.95);
    // A is 0 one time in about nine, where γ goes up to 1.
    expect(Math.abs(near - 0.05)).toBeLessThan(BAND);
    expect(
      share('signedLayer', (p) =>
        rows(p, 'A')
          .flat()
          .some((a) => a < 0),
      ),
    ).toBeGreaterThan(0.5);
    for (const p of draws('positiveLayers')) for (const a of rows(p, 'A').flat()) expect(a).toBeGreaterThan(0);
  });

  test('of scaled starts make (24) to (26) hold, and nearly fail most times', () => {
    const slack = (p: Numbers): number => {
      const [X, W] = [rows(p, 'X'), rows(p, 'W')];
      const alpha = ((2 / 3) * p['beta']! * extremes(rectified(X, W)).least) as number;
      const [x, y] = [lengthOf(X.flat()), lengthOf(p['y'] as unknown as readonly number[])];
      const lambda1 = p['beta']! * extremes(W).greatest + 1;
      return Math.max(
        (16 * lambda1 * x * y) / alpha ** 2,
        (128 * x ** 2 * y) / alpha ** 3,
        (128 * x ** 2) / alpha ** 2,
      );
    };
    const near = share('scaledStarts', (p) => slack(p) > 0.9 && slack(p) <= 1 + 1e-4);
    expect(near).toBeGreaterThan(0.5);
    expect(share('scaledStarts', (p) => slack(p) <= 1 + 1e-4)).toBeGreaterThan(0.99);
  });

  test('leave fewer units than samples where that is asked', () => {
    for (const p of draws('fewUnits')) expect(p['m']!).toBeLessThan(p['N']!);
  });
});

describe('numbers that conditions compare', () => {
  test('lie beyond their bounds and near them most times', () => {
    // beyond: within a twentieth with probability (log2 0.05 + 20)/26.
    const near = (Math.log2(0.05) + 20) / 26;
    const excess = share('orderedNorms', (p) => p['excess']! < 1.05);
    expect(Math.abs(excess - near)).toBeLessThan(BAND);
    expect(Math.abs(share('quadraticWidths', (p) => p['excess']! < 1.05) - near)).toBeLessThan(BAND);
    for (const p of draws('orderedNorms')) expect(p['excess']!).toBeGreaterThan(1);
  });

  test('count samples log-uniformly, from one to a million', () => {
    const numbers = draws('numbersOfSamples', 4000).map((p) => p['N']!);
    for (const N of numbers) expect(Number.isInteger(N) && N >= 1 && N <= 1e6).toBe(true);
    expect(Math.min(...numbers)).toBe(1);
    expect(Math.max(...numbers)).toBeGreaterThan(9e5);
    // N + 1 is a number that is log-uniform on [2, 10⁶ + 2], rounded down.
    const few = Math.log(1001 / 2) / Math.log((1e6 + 2) / 2);
    expect(Math.abs(share('numbersOfSamples', (p) => p['N']! < 1000) - few)).toBeLessThan(BAND);
  });

  test('keep β below 10 and γ0 below 1 where γ is 1/10', () => {
    for (const p of draws('tenthStarts')) expect(p['beta']! + p['C2']!).toBeLessThan(10);
    expect(share('tenthStarts', (p) => p['beta']! > 9)).toBeGreaterThan(0.05);
  });
});

describe('samples of length 1', () => {
  test('are exactly so, and point in all directions', () => {
    const R = rationals;
    for (const p of draws('onlyUnitRows', 200))
      for (const row of rows(p, 'X')) {
        const square = R.add(...row.map((x) => R.power(R.of(x), 2)));
        expect(R.exactText(square)).toBe('1');
      }
    const first = share('onlyUnitRows', (p) => toDouble(rows(p, 'X')[0]![0]!) > 0);
    expect(Math.abs(first - 1 / 2)).toBeLessThan(0.15);
  });

  test('are few where few are asked, of any length elsewhere', () => {
    for (const p of draws('apartUnitRows')) expect(p['d']!).toBeGreaterThan(1);
    for (const p of draws('fewUnitRows')) expect(p['N']!).toBeLessThanOrEqual(p['d']!);
    for (const p of draws('anyRows')) if (p['d'] === 1) expect(p['N']).toBe(1);
    for (const p of draws('rademacherRows'))
      for (const sign of p['signs'] as unknown as readonly number[]) expect(Math.abs(sign)).toBe(1);
  });
});

describe('random weights', () => {
  test('have the moments of their laws', () => {
    const [m, source] = [200, uniformStream(1, 'half-normal moments')];
    const entries = random.halfNormalMatrix(source, m).flat();
    const mean = entries.reduce((sum, a) => sum + a, 0) / m ** 2;
    // Six standard deviations of a mean of m² numbers.
    expect(Math.abs(mean - Math.sqrt(2 / Math.PI))).toBeLessThan((6 * Math.sqrt(1 - 2 / Math.PI)) / m);
    const squares = random.normalMatrix(source, m, m, 3).flat().reduce((sum, w) => sum + w * w, 0); // prettier-ignore
    expect(Math.abs(squares / m ** 2 - 9)).toBeLessThan((6 * 9 * Math.SQRT2) / m);
  });

  test('the Gram matrix of random features has the expected one as its mean', () => {
    const [X, units, deviation] = [[[1, 0], [-0.5, 2], [1, 1]], 20_000, 2]; // prettier-ignore
    const gram = random.gramOfRandomFeatures(uniformStream(1, 'random features'), X, units, deviation);
    expectedGram(D, X).forEach((row, i) =>
      row.forEach((mean, j) => {
        // Six standard deviations, from E σ(u)²σ(v)² ≤ 3/2 for standard normal numbers u and v.
        const room = 6 * Math.sqrt(1.5 * units) * lengthOf(X[i]!) * lengthOf(X[j]!);
        expect(Math.abs(gram[i]![j]! / deviation ** 2 - units * mean)).toBeLessThan(room);
      }),
    );
  });

  test('the norm of a positive matrix and the resolvent are those of the definitions', () => {
    const A = random.halfNormalMatrix(uniformStream(1, 'a positive matrix'), 12);
    const norm = random.normOfPositive(A);
    expect(Math.abs(norm - operatorNorm(D, A))).toBeLessThan(1e-9 * norm);
    const [gamma, b] = [1 / (2 * (norm + 1)), A.map((_, i) => i - 5)];
    const u = random.resolved(A, gamma, b);
    u.forEach((x, i) => {
      const image = A[i]!.reduce((sum, a, j) => sum + a * u[j]!, 0);
      expect(Math.abs(x - gamma * image - b[i]!)).toBeLessThan(1e-12);
    });
  });

  test('give every sample three units or more where probabilities are claimed', () => {
    for (const p of draws('samplesAndManyUnits')) expect(p['m']!).toBeGreaterThanOrEqual(3 * p['N']!);
    for (const p of draws('samplesAndWeights')) expect(p['m']!).toBeGreaterThanOrEqual(p['N']!);
    for (const p of draws('samplesAndWidth')) expect(p['m']!).toBeGreaterThanOrEqual(24);
  });
});
