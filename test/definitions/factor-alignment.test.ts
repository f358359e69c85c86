/** Matrix factorisation with fixed feedback at a point, against numbers worked out by hand. */
import {
  alignment,
  minusForms,
  starPoint,
  weightedAlignment,
  weightedLoss,
} from '../../src/definitions/factor-alignment';
import { starState } from '../../src/definitions/factorization-path';
import { OutOfDomain, type Real } from '../../src/numerics/arithmetic';
import type { Matrix } from '../../src/numerics/matrix';
import { rationals as R, type Fraction } from '../../src/numerics/rational';

const over = (A: Matrix<Real>): Matrix<Fraction> => A.map((row) => row.map((x) => R.of(x)));
const texts = (A: Matrix<Fraction>) => A.map((row) => row.map((x) => R.exactText(x)));

// Two rows, one hidden unit, two outputs: Z = (2, 0)ᵀ sees the first row of Y, which W = (1, 1/2) then fits.
const [Y, C, Z] = [over([[2, 1], [3, -1]]), over([[1, 2]]), over([[2], [0]])]; // prettier-ignore

describe('FA* at a point', () => {
  const point = starPoint(R, { Y, C }, Z);

  test('has the best second factor, and leaves of Y what Z does not reach', () => {
    expect(texts(point.inverted)).toEqual([['1/4']]);
    expect(texts(point.W)).toEqual([['1', '1/2']]);
    expect(texts(point.error)).toEqual([['0', '0'], ['3', '-1']]); // prettier-ignore
    expect(texts(point.residual)).toEqual([['0'], ['1']]);
  });

  test('has an alignment and a loss weighted by the inverse of ZᵀZ', () => {
    // CWᵀ = 2; 2·(1/4 · 2) = 1; the loss is 1/4, and −tr(R A Rᵀ) = −1.
    expect(texts(alignment(R, C, point.W))).toEqual([['4']]);
    expect(texts(weightedAlignment(R, C, point))).toEqual([['1']]);
    expect(R.exactText(weightedLoss(R, point))).toBe('1/4');
    expect(R.exactText(minusForms(R, point.residual, weightedAlignment(R, C, point)))).toBe('-1');
  });

  test('is not defined where Z has dependent columns', () => {
    expect(() => starPoint(R, { Y, C }, over([[0], [0]]))).toThrow(OutOfDomain);
  });
});

test('an alignment that is no number: C Wᵀ and its transpose', () => {
  // (1 0)ᵀ(2 3) for C = e₁ and W = (2, 3)ᵀ, one output.
  expect(texts(alignment(R, over([[1], [0]]), over([[2], [3]])))).toEqual([['4', '3'], ['3', '0']]); // prettier-ignore
  // S⁻¹ = diag(1, 1/4) from Z = diag(1, 2); W = (2, 3)ᵀ from Y = (2, 6)ᵀ: S⁻¹CWᵀ = (1 0)ᵀ(2 3).
  const point = starPoint(R, { Y: over([[2], [6]]), C: over([[1], [0]]) }, over([[1, 0], [0, 2]])); // prettier-ignore
  expect(texts(point.W)).toEqual([['2'], ['3']]);
  expect(texts(weightedAlignment(R, over([[1], [0]]), point))).toEqual([['4', '3'], ['3', '0']]); // prettier-ignore
  expect(texts(weightedAlignment(R, over([[0], [1]]), point))).toEqual([['0', '1/2'], ['1/2', '3/2']]); // prettier-ignore
});

test('by hand, for two columns of Z: the alignment, the loss, and the same along a path', () => {
  // ZᵀZ = diag(1, 4) and W = [[3, 1], [1, 2]]: S⁻¹CWᵀ = diag(1, 1/4)·[[3, 1], [7, 4]]; R has one row, (5, 16).
  const target = { Y: over([[3, 1], [2, 4], [5, 6]]), C: over([[1, 0], [2, 1]]) }; // prettier-ignore
  const left = over([
    [1, 0],
    [0, 2],
    [0, 0],
  ]);
  const point = starPoint(R, target, left);
  const A = [['6', '11/4'], ['11/4', '2']]; // prettier-ignore
  expect(texts(weightedAlignment(R, target.C, point))).toEqual(A);
  expect(R.exactText(weightedLoss(R, point))).toBe('89');
  const state = starState(R, target, { Z: left, W: point.W });
  expect(texts(state.A)).toEqual(A);
  expect(R.exactText(state.loss)).toBe('89');
  // (5, 16) A (5, 16)ᵀ = 25·6 + 2·80·11/4 + 256·2.
  expect(R.exactText(state.slope)).toBe('-1102');
});
