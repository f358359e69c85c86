import { OutOfDomain } from '../../src/numerics/arithmetic';
import { rationals } from '../../src/numerics/rational';
import { matMul, transpose, type Matrix } from '../../src/numerics/matrix';
import { projectionOnto } from '../../src/numerics/projection';

const R = rationals;
const of = (A: readonly (readonly (number | string)[])[]) => A.map((row) => row.map((x) => R.of(x)));
const text = (A: Matrix<ReturnType<typeof R.of>>) => A.map((row) => row.map((x) => R.exactText(x)));

test('the projection onto the diagonal of the plane is one half everywhere', () => {
  expect(text(projectionOnto(R, of([[3], [3]])))).toEqual([['1/2', '1/2'], ['1/2', '1/2']]); // prettier-ignore
});

test('a projection is symmetric, its own square, and keeps its columns', () => {
  const A = of([[1, 2], [0, '1/3'], [-1, 5], [2, 0]]); // prettier-ignore
  const P = projectionOnto(R, A);
  expect(text(transpose(P))).toEqual(text(P));
  expect(text(matMul(R, P, P))).toEqual(text(P));
  expect(text(matMul(R, P, A))).toEqual(text(A));
});

test('columns that depend on each other are refused', () => {
  expect(() => projectionOnto(R, of([[1, 2], [2, 4]]))).toThrow(OutOfDomain); // prettier-ignore
});
