import { extremeSingularValues, frobenius, symmetricEigenvalues } from '../../oracles/eigenvalues';
import { atEnds, between, lowerSum, timeWhere, totalIncrease } from '../../oracles/integrals';
import { balls } from '../../src/numerics/ball';
import { doubles } from '../../src/numerics/doubles';
import { rationals } from '../../src/numerics/rational';
import type { Reading } from '../../src/claim/finding';

const R: Reading<number> = { ...doubles, resolution: 2 ** -64, tiesByScale: false };

test('the eigenvalues of a symmetric matrix of one or two rows', () => {
  expect(symmetricEigenvalues(doubles, [[3]])).toEqual({ least: 3, greatest: 3 });
  expect(symmetricEigenvalues(doubles, [[2, 1], [1, 2]])).toEqual({ least: 1, greatest: 3 }); // prettier-ignore
  expect(symmetricEigenvalues(doubles, [[0, 2], [2, -3]])).toEqual({ least: -4, greatest: 1 }); // prettier-ignore
  expect(() => symmetricEigenvalues(doubles, [[1, 0, 0], [0, 1, 0], [0, 0, 1]])).toThrow('expected one of 1×1 or 2×2'); // prettier-ignore
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

test('the total increase counts gains alone', () => {
  expect(totalIncrease(R, [1, 3, 2, 2, 5])).toBe(5);
  expect(totalIncrease(R, [3, 2, 1])).toBe(0);
});

test('an interval counts where it is so at both ends, and half where it is so at one', () => {
  expect(timeWhere(R, [true, true, false, false], [0, 1, 3, 7])).toBe(2);
  expect(atEnds(true, undefined)).toEqual({ surely: false, maybe: true });
  expect(atEnds(false, false)).toEqual({ surely: false, maybe: false });
});

test('between holds both ends in balls, and is their middle in doubles', () => {
  const B = balls(64);
  const { lower, upper } = B.enclosure(between(B, B.of(1), B.of(3)));
  expect(lower).toBeLessThanOrEqual(1);
  expect(upper).toBeGreaterThanOrEqual(3);
  expect(between(doubles, 1, 3)).toBe(2);
});

test('the lower sum is below the integral of a monotone function', () => {
  expect(lowerSum(R, [0, 1, 4], [0, 1, 3])).toBe(2);
});
