import { logFactorial, probabilityFor, upperTail } from '../../src/numerics/binomial';

/** P(at least `hits` of `draws`) for the probability top/bottom, in whole numbers until the last division. */
function exactTail(hits: number, draws: number, top: bigint, bottom: bigint): number {
  let [ways, sum] = [1n, 0n];
  for (let k = 0; k <= draws; k++) {
    if (k >= hits) sum += ways * top ** BigInt(k) * (bottom - top) ** BigInt(draws - k);
    ways = (ways * BigInt(draws - k)) / BigInt(k + 1);
  }
  return Number((sum * 10n ** 120n) / bottom ** BigInt(draws)) / 1e120;
}

test('the tail of the binomial law is what whole numbers give', () => {
  for (const draws of [1, 2, 7, 31, 32, 33, 60, 150]) {
    for (const top of [1n, 30n, 50n, 99n]) {
      for (let hits = 0; hits <= draws + 1; hits += Math.ceil(draws / 9)) {
        const expected = exactTail(hits, draws, top, 100n);
        expect(Math.abs(upperTail(hits, draws, Number(top) / 100) - expected)).toBeLessThan(1e-12 + 1e-11 * expected);
      }
    }
  }
});

test('small tails keep their digits, which a difference from 1 would lose', () => {
  expect(upperTail(60, 60, 0.5) * 2 ** 60).toBeCloseTo(1, 11);
  expect(upperTail(50, 60, 0.01) / exactTail(50, 60, 1n, 100n)).toBeCloseTo(1, 8);
});

test('hits and misses are each other’s complement, for a hundred thousand draws too', () => {
  for (const hits of [98_000, 98_900, 99_000, 99_050, 99_500]) {
    const both = upperTail(hits, 100_000, 0.99) + upperTail(100_001 - hits, 100_000, 0.01);
    expect(both).toBeCloseTo(1, 9);
  }
});

test('the ends of the law are certain', () => {
  expect([upperTail(0, 5, 0.3), upperTail(6, 5, 0.3), upperTail(5, 5, 1), upperTail(6, 5, 1)]).toEqual([1, 0, 1, 0]);
  expect([upperTail(1, 5, 0), upperTail(0, 5, 0)]).toEqual([0, 1]);
});

test('the logarithm of a factorial is a sum of logarithms, on both sides of where the series begins', () => {
  let sum = 0;
  for (let n = 1; n <= 300; n++) {
    sum += Math.log(n);
    expect(Math.abs(logFactorial(n) / sum - 1) < 1e-14 || n === 1).toBe(true);
  }
});

test('the probability for a tail has that tail', () => {
  for (const [hits, draws] of [
    [1, 1],
    [3, 10],
    [10, 10],
    [7900, 8000],
  ] as const) {
    expect(upperTail(hits, draws, probabilityFor(hits, draws, 0.9))).toBeCloseTo(0.9, 8);
  }
});
