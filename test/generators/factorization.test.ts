/** What the spaces of factorisation promise of their draws; that they parse and reach their corners is in spaces.test.ts. */
import { normalMatrix, orthonormalMatrix } from '../../generators/factorization-figures';
import * as paths from '../../generators/factorization-paths';
import type { Real } from '../../src/numerics/arithmetic';
import { doubles } from '../../src/numerics/doubles';
import { determinant, identity, matMul, transpose, type Matrix } from '../../src/numerics/matrix';
import { rationals } from '../../src/numerics/rational';
import { BAND, drawn as numbersDrawn, shareOf } from '../support/spaces';

interface Drawn {
  readonly r: number;
  readonly n: number;
  readonly Z: Matrix<Real>;
}

const drawn = (inside: unknown, name: string, count: number): readonly Drawn[] =>
  numbersDrawn(inside as never, name, count) as unknown as readonly Drawn[];

const R = rationals;
const over = (A: Matrix<Real>) => A.map((row) => row.map((x) => R.of(x)));
const gramOf = (A: Matrix<Real>) => matMul(R, transpose(over(A)), over(A));

test('first factors of FA* have full column rank, and no more columns than rows', () => {
  for (const p of drawn(paths.starFlowSpace, 'full rank', 200)) {
    expect(p.n).toBeGreaterThanOrEqual(p.r);
    expect(R.sign(determinant(R, gramOf(p.Z)))).toBe(1);
  }
});

test('orthonormal first factors are so exactly', () => {
  for (const p of drawn(paths.orthonormalStarFlow, 'orthonormal', 100)) {
    expect(gramOf(p.Z).map((row) => row.map((x) => R.exactText(x)))).toEqual(identity(R, p.r).map((row) => row.map((x) => R.exactText(x)))); // prettier-ignore
  }
});

test('one factor and two occur as often as log-uniform counts say', () => {
  const probability = Math.log(3 / 2) / Math.log(2);
  expect(Math.abs(shareOf(paths.starFlowSpace, 'one factor', (p) => p['r'] === 1) - probability)).toBeLessThan(BAND);
  expect(shareOf(paths.starFlowSpace, 'fewer columns than factors', (p) => p['m']! < p['r']!)).toBeGreaterThan(0.1);
});

test('normal matrices have the mean, the deviation and the seed that they are asked for', () => {
  const entries = normalMatrix(1, 'test', 100, 100, 3).flat();
  const mean = entries.reduce((sum, x) => sum + x, 0) / entries.length;
  const variance = entries.reduce((sum, x) => sum + x * x, 0) / entries.length;
  // Five standard errors: of the mean 3/100, of the variance 9√2/100.
  expect(Math.abs(mean)).toBeLessThan(0.15);
  expect(Math.abs(variance - 9)).toBeLessThan(0.65);
  expect(normalMatrix(1, 'test', 2, 2)).toEqual(normalMatrix(1, 'test', 2, 2));
  expect(normalMatrix(1, 'test', 2, 2)).not.toEqual(normalMatrix(2, 'test', 2, 2));
});

test('orthonormal matrices are orthonormal to rounding, nearly square ones as well', () => {
  const Q = orthonormalMatrix(1, 'test', 40, 39);
  const gram = matMul(doubles, transpose(Q), Q);
  gram.forEach((row, i) => row.forEach((x, j) => expect(Math.abs(x - (i === j ? 1 : 0))).toBeLessThan(1e-14)));
});
