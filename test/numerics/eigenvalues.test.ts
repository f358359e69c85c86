import { extremeSingularValues, frobenius, operatorNorm, symmetricEigenvalues } from '../../src/numerics/eigenvalues';
import { balls } from '../../src/numerics/ball';
import { doubles } from '../../src/numerics/doubles';
import { matMul, transpose } from '../../src/numerics/matrix';
import { rationals } from '../../src/numerics/rational';
import { withSingularValues } from '../../generators/spectra';
import { randomFrom } from '../support/random';

const B = balls(200);

test('the eigenvalues of a symmetric matrix of one or two rows', () => {
  expect(symmetricEigenvalues(doubles, [[3]])).toEqual({ least: 3, greatest: 3 });
  expect(symmetricEigenvalues(doubles, [[2, 1], [1, 2]])).toEqual({ least: 1, greatest: 3 }); // prettier-ignore
  expect(symmetricEigenvalues(doubles, [[0, 2], [2, -3]])).toEqual({ least: -4, greatest: 1 }); // prettier-ignore
  expect(() => symmetricEigenvalues(doubles, [[1, 0, 0]])).toThrow('of a 1×3 matrix: expected a square one');
});

test('a double eigenvalue needs no root', () => {
  const one = rationals.of(1);
  const { least } = symmetricEigenvalues(rationals, [[one, rationals.of(0)], [rationals.of(0), one]]); // prettier-ignore
  expect(rationals.exactText(least)).toBe('1');
});

test('singular values of either orientation, and the Frobenius norm', () => {
  const tall = [[3, 0], [0, 4], [0, 0]]; // prettier-ignore
  expect(extremeSingularValues(doubles, tall)).toEqual({ least: 3, greatest: 4 });
  expect(extremeSingularValues(doubles, [[3, 0, 0], [0, 4, 0]])).toEqual({ least: 3, greatest: 4 }); // prettier-ignore
  expect(frobenius(doubles, tall)).toBe(5);
  expect(frobenius(doubles, [[0]])).toBe(0);
});

/** U diag(values) Vᵀ in balls, exactly. */
const withValues = (values: readonly number[], seed: number, rows = values.length, columns = values.length) => {
  const random = randomFrom(`seed ${seed}`);
  const coordinate = withSingularValues(rows, columns, { values, most: [rows, columns] });
  const drawn = coordinate.decode(
    Array.from({ length: coordinate.size }, () => random.between(0, 1)),
    [rows, columns],
  );
  return drawn.map((row) => row.map((x) => B.of(x)));
};

test.each([[[5, 2, 1]], [[1, 1, 1]], [[1, 1, 0.5]], [[4, 1e-3, 0]], [[1000, 999.5, 3, 1]]])(
  'the eigenvalues %p are enclosed, closely',
  (values) => {
    for (let seed = 1; seed <= 20; seed++) {
      const root = withValues(values, seed);
      const { least, greatest } = symmetricEigenvalues(B, matMul(B, root, transpose(root)));
      for (const [found, value] of [
        [least, Math.min(...values) ** 2],
        [greatest, Math.max(...values) ** 2],
      ] as const) {
        // prettier-ignore
        const { lower, upper } = B.enclosure(found);
        expect(lower).toBeLessThanOrEqual(value);
        expect(upper).toBeGreaterThanOrEqual(value);
        expect(upper - lower).toBeLessThan(1e-13 * Math.max(...values) ** 2);
      }
    }
  },
);

test('the smallest singular value of a singular matrix is enclosed from 0 on', () => {
  const { least } = extremeSingularValues(B, withValues([3, 2, 0], 1));
  expect(B.enclosure(least).lower).toBeCloseTo(0, 50);
  expect(B.enclosure(least).upper).toBeLessThan(1e-6);
});

test('the norm of a wide matrix of three rows, over balls and over doubles', () => {
  const A = withValues([7, 2, 1], 3, 3, 4);
  const { lower, upper } = B.enclosure(operatorNorm(B, A));
  expect(lower).toBeLessThanOrEqual(7);
  expect(upper).toBeGreaterThanOrEqual(7);
  expect(operatorNorm(doubles, A.map((row) => row.map((x) => B.approximate(x))))).toBeCloseTo(7, 12); // prettier-ignore
});

test('exact arithmetics refuse roots of cubics', () => {
  const three = [[1, 0, 0], [0, 1, 0], [0, 0, 1]].map((row) => row.map((x) => rationals.of(x))); // prettier-ignore
  expect(() => symmetricEigenvalues(rationals, three)).toThrow('the eigenvalues of a matrix of 3 rows over');
});
