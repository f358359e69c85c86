import { nearlySquare } from '../../generators/nearly-square';
import { doubles } from '../../src/numerics/doubles';
import { frobeniusSquared, matMul, transpose } from '../../src/numerics/matrix';
import { singularValues } from '../../src/numerics/singular-values';

describe('the factorisation problem of Figures 3b to 6', () => {
  const n = 20;
  const { Y, Z, C, best, random } = nearlySquare(1, n);

  test('is the same for one seed and another for others', () => {
    expect(nearlySquare(1, n)).toEqual({ Y, Z, C, best, random });
    expect(nearlySquare(2, n).Y).not.toEqual(Y);
  });

  test('has a Y of Frobenius norm 1 and rank n − 1', () => {
    expect(frobeniusSquared(doubles, Y)).toBeCloseTo(1, 12);
    const values = singularValues(Y);
    expect(values[n - 1]! / values[0]!).toBeLessThan(1e-14);
    expect(values[n - 2]! / values[0]!).toBeGreaterThan(1e-6);
  });

  test('has a Z of n − 1 orthonormal columns, of which ZᵀY is the best W', () => {
    const gram = matMul(doubles, transpose(Z), Z);
    gram.forEach((row, i) => row.forEach((x, j) => expect(x).toBeCloseTo(i === j ? 1 : 0, 12)));
    const left = Y.map((row, i) => row.map((y, j) => y - Z[i]!.reduce((sum, z, k) => sum + z * best[k]![j]!, 0)));
    const normal = matMul(doubles, transpose(Z), left);
    for (const x of normal.flat()) expect(Math.abs(x)).toBeLessThan(1e-13);
  });

  test('has normal entries in C, and in the random W a thousandth of them', () => {
    for (const [rows, deviation] of [
      [C, 1],
      [random, 1e-3],
    ] as const) {
      const entries = rows.flat().map((x) => x / deviation);
      expect(entries).toHaveLength((n - 1) * n);
      const mean = entries.reduce((sum, x) => sum + x, 0) / entries.length;
      const square = entries.reduce((sum, x) => sum + x * x, 0) / entries.length;
      // Five standard deviations of a mean of 1 and of squares of variance 2.
      expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(entries.length));
      expect(Math.abs(square - 1)).toBeLessThan(5 * Math.sqrt(2 / entries.length));
    }
  });

  test('turns Z to every side: over many seeds the mean of an entry is 0 and its mean square 1/n', () => {
    const entries = Array.from({ length: 400 }, (_, k) => nearlySquare(k + 1, 5).Z[4]![3]!);
    const mean = entries.reduce((sum, x) => sum + x, 0) / 400;
    const square = entries.reduce((sum, x) => sum + x * x, 0) / 400;
    // The square of an entry of a uniform unit vector in ℝ⁵ has variance 2(n − 1)/(n²(n + 2)) = 8/175.
    expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(1 / 5 / 400));
    expect(Math.abs(square - 1 / 5)).toBeLessThan(5 * Math.sqrt(8 / 175 / 400));
  });
});
