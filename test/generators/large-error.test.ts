import * as approximation from '../../generators/best-approximation';
import * as spaces from '../../generators/large-error';
import * as orthogonality from '../../generators/nearly-orthogonal';
import { rationals, type Fraction } from '../../src/numerics/rational';
import { identity, matMul, transpose, type Matrix } from '../../src/numerics/matrix';
import type { Real } from '../../src/numerics/arithmetic';
import { drawn, BAND, shareOf, type Numbers } from '../support/spaces';

const share = (name: keyof typeof spaces, test: (instance: Numbers) => boolean): number =>
  shareOf(spaces[name] as never, name, test);

test('whole numbers from a bound on reach it, and are log-uniform beyond it', () => {
  const { decode } = spaces.countsAbove(2000, 1022);
  expect([decode(0), decode(0.5), decode(1)]).toEqual([2000, 2031, 3022]);
});

describe('ranks and sizes', () => {
  const least = { manyColumns: 2, severalRanks: 2, severalRanksFarApart: 40_001, columnsFarApart: 197 } as const;

  test.each(Object.entries(least))('of %s are at least 2000, and %i times that', (name, times) => {
    const of = name as keyof typeof least;
    expect(share(of, ({ r, n }) => r! >= 2000 && n! >= times * r!)).toBe(1);
    expect(share(of, ({ r }) => r! < 2100)).toBeGreaterThan(0.2);
  });

  test('come near both boundaries, and far from them', () => {
    expect(share('manyColumns', ({ r, n }) => n! < 2.1 * r!)).toBeGreaterThan(0.1);
    expect(share('manyColumns', ({ r, n }) => n! > 1000 * r!)).toBeGreaterThan(0.1);
  });

  test('for small n stop where (76) ends, and come within a twentieth of it', () => {
    const edge = ({ r }: Numbers): number => r! + r! ** 2 / (64 * Math.log(r!));
    expect(share('lowerThanProof', (p) => p['n']! <= edge(p) && p['n']! >= 2 * p['r']!)).toBe(1);
    expect(share('lowerThanProof', (p) => p['n']! > 0.95 * edge(p))).toBeGreaterThan(0.2);
  });

  test('with columns have them from 2 to n, the last ones often', () => {
    expect(share('columnsOfA', ({ n, j }) => j! >= 2 && j! <= n!)).toBe(1);
    expect(share('columnsOfA', ({ n, j }) => j! > 0.95 * n!)).toBeGreaterThan(0.3);
  });

  test('for draws are small', () => {
    expect(share('fewRanks', ({ r, n }) => r! >= 20 && r! <= 60 && n! >= 20 * r!)).toBe(1);
    expect(share('severalRows', ({ n }) => n! >= 3 && n! <= 5003)).toBe(1);
  });
});

describe('relative deviations', () => {
  test('are uniform inside (0, 1), and a quarter of the wider ones is', () => {
    expect(share('chiSquareDeviations', ({ t }) => t! > 0 && t! < 1)).toBe(1);
    expect(Math.abs(share('chiSquareDeviations', ({ t }) => t! < 0.3) - 0.3)).toBeLessThan(BAND);
    expect(Math.abs(share('chiSquareDeviationsFurther', ({ t }) => t! < 1) - 0.25)).toBeLessThan(BAND);
  });
});

describe('small instances of the large-error theorems', () => {
  const exactly = (A: unknown): Matrix<Fraction> => (A as Matrix<Real>).map((row) => row.map((x) => rationals.of(x)));
  const isOrthogonal = (Q: unknown): boolean => {
    const product = matMul(rationals, transpose(exactly(Q)), exactly(Q));
    const unit = identity(rationals, product.length);
    return product.every((row, i) => row.every((x, j) => rationals.sign(rationals.sub(x, unit[i]![j]!)) === 0));
  };

  test('have singular vectors that are exactly orthonormal', () => {
    for (const name of ['matrixAndSpan', 'stationaryPoints', 'feedbackAndVectors', 'squareFeedback'] as const) {
      for (const { U, V } of drawn(approximation[name] as never, name, 30) as never as Record<string, unknown>[]) {
        expect(isOrthogonal(U) && isOrthogonal(V)).toBe(true);
      }
    }
  });

  test('have fewer columns than rows, and no more earlier columns than the second space has dimensions', () => {
    const all = (name: keyof typeof approximation, holds: (p: Numbers) => boolean): boolean =>
      drawn(approximation[name] as never, name, 200).every((p) => holds(p as never));
    expect(all('stationaryPoints', ({ r, n, m }) => r! < n! && n! <= m!)).toBe(true);
    expect(all('basisAndColumns', ({ r, n }) => r! < n!)).toBe(true);
    expect(all('columnAndEarlier', ({ c, e }) => c! <= e!)).toBe(true);
    expect(all('columnAndSize', ({ c, e, r, n }) => c! <= e! && n! >= 2 * r!)).toBe(true);
    expect(all('matrixAndSpan', ({ n, k, r }) => k! <= n! && k! <= r!)).toBe(true);
  });
});

describe('instances of Theorem 4', () => {
  test('have ε on either side of 1/2 as often, within a twentieth of 1 too', () => {
    const eps = drawn(orthogonality.rankOneStationary as never, 'eps', 2000).map((p) => Number((p as never)['eps']));
    const part = (test: (x: number) => boolean): number => eps.filter(test).length / eps.length;
    expect(part((x) => x > 0 && x < 1)).toBe(1);
    expect(Math.abs(part((x) => x > 0.5) + part((x) => x === 0.5) / 2 - 0.5)).toBeLessThan(0.05);
    expect(part((x) => x > 0.95)).toBeGreaterThan(0.05);
  });

  test('have rows from 2 and from 10 000 on', () => {
    const rows = (name: 'rowsAndEpsilon' | 'rowsFromTenThousand'): readonly number[] =>
      drawn(orthogonality[name] as never, name, 500).map((p) => Number((p as never)['n']));
    expect(Math.min(...rows('rowsAndEpsilon'))).toBe(2);
    expect(Math.min(...rows('rowsFromTenThousand'))).toBe(10_000);
    expect(Math.max(...rows('rowsFromTenThousand'))).toBeGreaterThan(50_000);
  });
});
