import { EigenvalueDecomposition, Matrix as DenseMatrix } from 'ml-matrix';
import type { Finding } from '../../src/claim/finding';
import { reading } from '../../src/claim/judge';
import { exam } from '../../src/claim/exam';
import { space } from '../../src/claim/space';
import { rationals } from '../../src/numerics/rational';
import { eigenvaluesFrom } from '../../oracles/root-locations';
import { positiveSemidefinite } from '../../oracles/matrices';
import { randomFrom } from '../support/random';

const R = reading(rationals, exam({ name: 'none', inside: space(), assuming: {}, cases: [] }) as never);
const over = (rows: readonly (readonly (number | string)[])[]) => rows.map((row) => row.map((x) => R.of(x)));
const kept = ({ breaks, unresolved }: Finding): boolean => breaks === 0 && unresolved === 0;

test('real parts from c on: by hand, the boundary included unless strictly', () => {
  const rotation = over([[1, -5], [5, 1]]); // prettier-ignore
  for (const [A, c] of [
    [over([[2]]), 2],
    [rotation, 1],
    [
      over([
        [1, 7, 0],
        [0, 2, 0],
        [0, 0, 3],
      ]),
      1,
    ],
  ] as const) {
    // prettier-ignore
    expect(kept(eigenvaluesFrom(R, A, c))).toBe(true);
    expect(kept(eigenvaluesFrom(R, A, c, { strictly: true }))).toBe(false);
    expect(kept(eigenvaluesFrom(R, A, `${c * 100 - 1}/100`, { strictly: true }))).toBe(true);
    expect(kept(eigenvaluesFrom(R, A, `${c * 100 + 1}/100`))).toBe(false);
  }
});

test('real parts from c on: as eigenvalues found in doubles say', () => {
  const random = randomFrom('root locations');
  const seen = new Set<string>();
  for (let k = 0; k < 600; k++) {
    const n = 1 + (k % 3);
    const A = Array.from({ length: n }, () => Array.from({ length: n }, () => random.whole(-8, 8) / 4));
    const least = Math.min(...new EigenvalueDecomposition(new DenseMatrix(A)).realEigenvalues);
    if (Math.abs(least) < 1e-6) continue;
    expect(kept(eigenvaluesFrom(R, over(A), 0))).toBe(least > 0);
    seen.add(`${n} ${least > 0}`);
  }
  expect(seen.size).toBe(6);
});

test('of more than three rows, or not square, a matrix is refused', () => {
  const four = over([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]); // prettier-ignore
  expect(() => eigenvaluesFrom(R, four, 0)).toThrow(RangeError);
  expect(() => eigenvaluesFrom(R, over([[1, 2]]), 0)).toThrow(RangeError);
});

test('positive semidefinite: the boundary and singular matrices included, the rest not', () => {
  for (const A of [
    [[0]],
    [
      [1, 1],
      [1, 1],
    ],
    [
      [2, 1],
      [1, 1],
    ],
    [
      [0, 0],
      [0, 1],
    ],
    [
      [1, 1, 0],
      [1, 1, 0],
      [0, 0, 0],
    ],
  ])
    // prettier-ignore
    expect(kept(positiveSemidefinite(R, over(A)))).toBe(true);
  for (const A of [
    [['-1/1000']],
    [
      [1, 2],
      [2, 1],
    ],
    [
      [0, 1],
      [1, 0],
    ],
    [
      [0, 1],
      [1, 5],
    ],
    [
      [1, 1, 0],
      [1, 1, 1],
      [0, 1, 0],
    ],
  ])
    // prettier-ignore
    expect(kept(positiveSemidefinite(R, over(A)))).toBe(false);
  expect(() => positiveSemidefinite(R, over([[1, 2]]))).toThrow(RangeError);
});
