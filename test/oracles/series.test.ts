import { NotRepresentable } from '../../src/numerics/arithmetic';
import { fallsAndRises } from '../../oracles/along';
import { cancelling, constant, distance, exponential, geometric, larger } from '../../oracles/series';
import { lateRate, map, product, scaled, squaredVariation, timesOf, zip } from '../../oracles/series';
import type { Reading } from '../../src/claim/finding';
import { randomFrom } from '../support/random';
import { anyOf, B, D, Q, seriesOf } from '../support/readings';

const READINGS = anyOf(D, Q, B);

/** What a reading's numbers come to, exactly where they are exact in all three. */
const numbers = <N>(R: Reading<N>, values: ArrayLike<N>): number[] =>
  Array.from(values, (x) => {
    const { lower, upper } = R.enclosure(x);
    expect(upper).toBe(lower);
    return lower;
  });

describe.each(READINGS.map((R) => [R.name, R] as const))('over %s', (_name, R) => {
  const a = seriesOf(R, [1, -2, '5/2', 0]);
  const b = seriesOf(R, [4, 0.5, -1, 3]);

  test('every word makes of small numbers what it says', () => {
    expect(numbers(R, distance(R, a, '1/2').values)).toEqual([0.5, 2.5, 2, 0.5]);
    expect(numbers(R, product(R, a, b).values).map((x) => x + 0)).toEqual([4, -1, -2.5, 0]);
    expect(numbers(R, map(a, (x) => R.add(x, 1)).values)).toEqual([2, -1, 3.5, 1]);
    expect(numbers(R, zip(a, b, (x, y) => R.sub(x, y)).values)).toEqual([-3, -2.5, 3.5, -3]);
    expect(numbers(R, scaled(R, -2, a).values).map((x) => x + 0)).toEqual([-2, 4, -5, 0]);
    expect(numbers(R, squaredVariation(R, a).values)).toEqual([0, 9, 29.25, 35.5]);
    expect(numbers(R, geometric(R, 3, '-1/2')(4))).toEqual([3, -1.5, 0.75, -0.375]);
    expect(numbers(R, constant(R, '7/4')(3))).toEqual([1.75, 1.75, 1.75]);
    expect(numbers(R, timesOf(R, [0, 0.25]).values)).toEqual([0, 0.25]);
    expect(numbers(R, [larger(R, R.of(3), R.of(-5)), larger(R, R.of(-3), R.of('-5/2'))])).toEqual([3, -2.5]);
  });

  test('a distance remembers the largest number subtracted', () => {
    expect(Array.from(distance(R, a, 2).scale!)).toEqual([2, 2, 2.5, 2]);
    const twice = distance(R, distance(R, a, 10), 1);
    expect(Array.from(twice.scale!)).toEqual([10, 12, 10, 10]);
    expect(Array.from(cancelling(R, a, b).scale!)).toEqual([4, 0.5, 1, 3]);
  });

  test('an index carries over from the series that something is made of', () => {
    const later = seriesOf(R, [1, 2], 5);
    const made = [distance(R, later, 1), product(R, later, later), map(later, (x) => x), scaled(R, 2, later)];
    expect(made.map(({ from }) => from)).toEqual([5, 5, 5, 5]);
  });

  test('falling and rising is seen at its largest steps', () => {
    const found = fallsAndRises(R, seriesOf(R, [5, 4, 1, 2, 4, 5]));
    expect(found).toMatchObject({ holds: 2, breaks: 0, unresolved: 0 });
    expect(found.worst?.part).toMatch(/falls|rises/);
  });

  test('a path that only falls does not rise, and the other way round', () => {
    expect(fallsAndRises(R, seriesOf(R, [5, 4, 1]))).toMatchObject({ breaks: 1, firstBreak: { part: 'rises' } });
    expect(fallsAndRises(R, seriesOf(R, [1, 4, 5], 3))).toMatchObject({
      breaks: 1,
      firstBreak: { part: 'falls', at: 5 },
    });
  });

  test('standing still is neither falling nor rising', () => {
    const { holds, breaks, unresolved } = fallsAndRises(R, seriesOf(R, [2, 2, 2]));
    expect({ holds, broken: R.kind === 'doubles' ? unresolved : breaks }).toEqual({ holds: 0, broken: 2 });
  });
});

describe('exponential bounds', () => {
  test('over doubles lie within a few ulps of what balls enclose', () => {
    const random = randomFrom('exponential bounds');
    for (let k = 0; k < 50; k++) {
      const [first, rate] = [random.signed(1e-3, 1e3), random.signed(1e-2, 10)];
      const times = Array.from({ length: 8 }, () => random.between(0, 3));
      const screened = exponential(D, first, rate, seriesOf(D, times))(8);
      const enclosed = exponential(B, first, rate, seriesOf(B, times))(8);
      for (let t = 0; t < 8; t++) {
        const { lower, upper } = B.enclosure(enclosed[t]!);
        // The argument, up to 30 in size, is rounded once; exp and the product once more each.
        const room = 2 ** -52 * (2 + Math.abs(rate * times[t]!)) * Math.abs(upper);
        expect(screened[t]).toBeGreaterThanOrEqual(lower - room);
        expect(screened[t]).toBeLessThanOrEqual(upper + room);
      }
    }
  });

  test('are refused by rationals unless they are constant', () => {
    expect(() => exponential(Q, 1, 1, seriesOf(Q, [0, 1]))(2)).toThrow(NotRepresentable);
    expect(numbers(Q, exponential(Q, 3, 0, seriesOf(Q, [0, 1]))(2))).toEqual([3, 3]);
  });
});

test('geometric bounds over doubles drift from the exact ones by a rounding a step', () => {
  const random = randomFrom('geometric bounds');
  for (let k = 0; k < 20; k++) {
    const [first, ratio] = [random.signed(1e-3, 1e3), random.between(0.2, 1.1)];
    const [screened, exact] = [geometric(D, first, ratio)(30), geometric(Q, first, ratio)(30)];
    for (let t = 0; t < 30; t++) {
      const off = Q.enclosure(Q.abs(Q.sub(exact[t]!, screened[t]!))).upper;
      expect(off).toBeLessThanOrEqual(1.01 * t * 2 ** -53 * Math.abs(screened[t]!));
    }
  }
});

describe('the rate at which a series falls late', () => {
  const times = seriesOf(D, [0, 1, 2, 3, 4]);
  const late = (values: readonly number[]) => lateRate(seriesOf(D, values), times);

  test('is that of an exponential, whatever came before the middle', () => {
    expect(late([7, 9, Math.exp(-6), 2, Math.exp(-12)])).toBeCloseTo(3, 12);
    expect(late([1, 1, 1, 1, 2])).toBeCloseTo(-Math.log(2) / 2, 12);
  });

  test('is none where the series is 0, and on a path of one point', () => {
    expect(late([1, 1, 1, 1, 0])).toBeUndefined();
    expect(late([1, 1, 0, 0, 0])).toBeUndefined();
    expect(lateRate(seriesOf(D, [1]), seriesOf(D, [0]))).toBeUndefined();
  });
});
