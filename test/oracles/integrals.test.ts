import { atEnds, between, lowerSum, timeWhere, totalIncrease } from '../../oracles/integrals';
import { balls } from '../../src/numerics/ball';
import { doubles } from '../../src/numerics/doubles';
import type { Reading } from '../../src/claim/finding';

const R: Reading<number> = { ...doubles, resolution: 2 ** -64, tiesByScale: false };

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
