import { doubles } from '../../src/numerics/doubles';
import { matMul, matrixOf, transpose, type Matrix } from '../../src/numerics/matrix';
import { singularValueBounds } from '../../src/numerics/singular-values';
import { randomFrom } from '../support/random';

test('singular values are within their bound of those that a matrix is made of, whatever its shape', () => {
  const random = randomFrom('bounds of singular values');
  for (let k = 0; k < 40; k++) {
    const [rows, columns] = [random.whole(1, 12), random.whole(1, 12)];
    const reflection = (n: number): Matrix<number> => {
      const v = Array.from({ length: n }, () => random.between(-1, 1));
      const square = v.reduce((sum, x) => sum + x * x, 0);
      return matrixOf(n, n, (i, j) => (i === j ? 1 : 0) - (2 * v[i]! * v[j]!) / square);
    };
    const sigma = Array.from({ length: Math.min(rows, columns) }, () => random.sized(1e-6, 1)).sort((a, b) => b - a);
    const middle = matrixOf(rows, columns, (i, j) => (i === j ? sigma[i]! : 0));
    const A = matMul(doubles, reflection(rows), middle, reflection(columns));
    const { values, error } = singularValueBounds(A);
    expect(error).toBeLessThan(1e-11);
    values.forEach((value, i) => expect(Math.abs(value - sigma[i]!)).toBeLessThanOrEqual(error));
    expect(singularValueBounds(transpose(A)).values[0]).toBeCloseTo(sigma[0]!, 12);
  }
});

test('where the decomposition is known to go wrong, the bound says so', () => {
  // ml-matrix is 41 % off here: the largest singular value is 2.414e-12.
  const { values, error } = singularValueBounds([[0, 0, 0], [5e-324, 0, 0], [5e-324, 0, 2.414e-12]]); // prettier-ignore
  expect(Math.abs(values[0]! - 2.414e-12)).toBeLessThanOrEqual(error);
  expect(singularValueBounds([[0, 0], [0, 0]])).toMatchObject({ values: [0, 0], error: 0 }); // prettier-ignore
});
