/**
 * The bidiagonal model against what it stands for. Means are compared within five standard errors, which a right one misses
 * once in two million times; samples by Kolmogorov and Smirnov at a level of one in a million.
 */
import {
  errorOfShare,
  gammaNumber,
  gammaSource,
  jacobiModel,
  shareInTop,
  weightedShare,
} from '../../generators/matrix-beta';
import { normals, uniformStream, type Source } from '../../generators/streams';
import { doubles } from '../../src/numerics/doubles';
import { inverse, matMul, matrixOf, plus, scale, trace, transpose, type Matrix } from '../../src/numerics/matrix';
import { chiSquareAtMost } from '../../src/numerics/tails';

const sorted = (values: readonly number[]): readonly number[] => [...values].sort((a, b) => a - b);

const draws = (count: number, draw: () => number): readonly number[] => Array.from({ length: count }, draw);

/** How many standard errors the mean of a sample is away from `mean`. */
function errorsFrom(mean: number, values: readonly number[]): number {
  const average = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((sum, x) => sum + (x - average) ** 2, 0) / (values.length - 1);
  return Math.abs(average - mean) / Math.sqrt(variance / values.length);
}

/** The largest difference of the shares below a number, of two samples. */
function kolmogorov(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [sorted(a), sorted(b)];
  let [i, j, largest] = [0, 0, 0];
  while (i < x.length && j < y.length) {
    if (x[i]! <= y[j]!) i++;
    else j++;
    largest = Math.max(largest, Math.abs(i / x.length - j / y.length));
  }
  return largest;
}

/** Exceeded by equal laws once in a million times. */
const level = (count: number): number => Math.sqrt(-Math.log(0.5e-6) / 2) * Math.sqrt(2 / count);

/** (Σ diagonal of G1ᵀG1)(G1ᵀG1 + τG2ᵀG2)⁻¹, straight from two Gaussian matrices. */
function directShare(r: number, n: number, normal: Source): number {
  const gram = (rows: number): Matrix<number> => {
    const G = matrixOf(rows, r, () => normal());
    return matMul(doubles, transpose(G), G);
  };
  const [W1, W2] = [gram(r), gram(n - r)];
  const whole = plus(doubles, W1, scale(doubles, r / (n - r), W2));
  return trace(doubles, matMul(doubles, W1, inverse(doubles, whole)));
}

describe('gamma numbers', () => {
  test('have the law of half a chi-square number, below and above 1', () => {
    for (const degrees of [1, 2, 3, 9, 400]) {
      const source = gammaSource(uniformStream(3, 'gamma', String(degrees)));
      const count = 20_000;
      const values = sorted(draws(count, () => gammaNumber(degrees / 2, source)));
      const away = values.map((x, k) => Math.abs(chiSquareAtMost(doubles, degrees, 2 * x) - (k + 0.5) / count));
      expect(Math.max(...away)).toBeLessThan(level(count));
    }
  });
});

describe('the Jacobi model', () => {
  test('has the mean trace and the mean determinant of the matrix-beta law', () => {
    for (const [n1, n2, p] of [
      [1, 1, 1],
      [2, 2, 2],
      [3, 5, 2],
      [4, 6, 4],
    ] as const) {
      const source = gammaSource(uniformStream(5, 'jacobi', `${n1},${n2},${p}`));
      const models = Array.from({ length: 20_000 }, () => jacobiModel(n1, n2, p, source));
      const traces = models.map(({ diagonal, beside }) => [...diagonal, ...beside].reduce((a, b) => a + b, 0));
      expect(errorsFrom((p * n1) / (n1 + n2), traces)).toBeLessThan(5);
      const products = models.map(({ diagonal }) => diagonal.reduce((a, b) => a * b, 1));
      const expected = Array.from({ length: p }, (_, i) => (n1 - i) / (n1 + n2 - i)).reduce((a, b) => a * b, 1);
      expect(errorsFrom(expected, products)).toBeLessThan(5);
    }
  });

  test('gives the share as a trace of small matrices does', () => {
    const source = gammaSource(uniformStream(6, 'trace'));
    for (const tau of [1, 0.5, 1 / 40_000]) {
      const model = jacobiModel(4, 9, 4, source);
      const roots = (values: Float64Array): readonly number[] => Array.from(values, Math.sqrt);
      const [diagonal, beside] = [roots(model.diagonal), roots(model.beside)];
      const B = matrixOf(4, 4, (i, j) => (i === j ? diagonal[i]! : j === i + 1 ? -beside[i]! : 0));
      const gram = matMul(doubles, B, transpose(B));
      const whole = matrixOf(4, 4, (i, j) => (1 - tau) * gram[i]![j]! + (i === j ? tau : 0));
      const expected = trace(doubles, matMul(doubles, gram, inverse(doubles, whole)));
      expect(weightedShare(model, tau)).toBeCloseTo(expected, 10);
    }
  });
});

describe('the share of the columns of A in the top singular vectors', () => {
  test('has the law of what it is, from matrices of Gaussian entries', () => {
    for (const [r, n] of [
      [1, 2],
      [1, 5],
      [2, 4],
      [2, 7],
      [3, 6],
      [4, 30],
    ] as const) {
      const count = 12_000;
      const uniform = uniformStream(11, 'share', `${r},${n}`);
      const normal = normals(uniformStream(12, 'direct', `${r},${n}`));
      const model = draws(count, () => shareInTop(r, n, uniform));
      const direct = draws(count, () => directShare(r, n, normal));
      expect([r, n, kolmogorov(model, direct) < level(count)]).toEqual([r, n, true]);
    }
  });

  test('would be told from that of one row less', () => {
    const count = 12_000;
    const uniform = uniformStream(13, 'share');
    const normal = normals(uniformStream(14, 'direct'));
    const model = draws(count, () => shareInTop(2, 6, uniform));
    const direct = draws(count, () => directShare(2, 7, normal));
    expect(kolmogorov(model, direct)).toBeGreaterThan(level(count));
  });

  test('is half of the rank on average for n = 2r, and (3 − √5)/2 of it for large r and n', () => {
    const uniform = uniformStream(16, 'half');
    expect(
      errorsFrom(
        2.5,
        draws(20_000, () => shareInTop(5, 10, uniform)),
      ),
    ).toBeLessThan(5);
    expect(shareInTop(2000, 80_002_000, uniform) / 2000).toBeCloseTo((3 - Math.sqrt(5)) / 2, 2);
  });

  test('makes the error of the best approximation where it is all of the rank', () => {
    expect(errorOfShare(3, 12, 3)).toBe(0.5);
    expect(errorOfShare(1, 2, 0.5)).toBe(0.5);
    expect(errorOfShare(2, 6, 0)).toBe(0.75);
  });
});
