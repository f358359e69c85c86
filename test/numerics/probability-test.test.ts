import { upperTail } from '../../src/numerics/binomial';
import {
  logMixture,
  mixtureAbove,
  smallestDeviation,
  testProbability,
  type ProbabilityResult,
  type Toss,
} from '../../src/numerics/probability-test';
import { uniformStream } from '../../src/numerics/uniform-stream';

type Outcome = ProbabilityResult['outcome'];
type Tester = (p: number, alpha: number, most: number, toss: () => Toss) => { readonly outcome: Outcome };

const ALPHA = 0.05;
const MOST = 300;
const RUNS = 600;

/** How many of RUNS tests of coins with the probability q end in each way; every coin has a stream of its own. */
function ends(tester: Tester, p: number, q: number, alpha = ALPHA, most = MOST, runs = RUNS): Record<Outcome, number> {
  const count = { 'at least': 0, less: 0, undecided: 0 };
  for (let run = 0; run < runs; run++) {
    const random = uniformStream(1, 'coin', String(p), String(q), String(run));
    count[tester(p, alpha, most, () => (random() < q ? 'success' : 'failure')).outcome]++;
  }
  return count;
}

/** More than so many of so many runs come with probability below 1e-9 where each comes with probability at most `rate`. */
function bound(rate: number, runs: number): number {
  let most = Math.ceil(rate * runs);
  while (upperTail(most + 1, runs, rate) > 1e-9) most++;
  return most;
}

/** Whether a tester's false alarms on coins at, just beside and far from p stay within what alpha allows. */
function keepsItsWord(tester: Tester): boolean {
  const allowed = bound(ALPHA, RUNS);
  return [0.1, 0.5, 0.9].every((p) => {
    const low = [0, p / 2, p - 0.01, p].map((q) => ends(tester, p, q)['at least']);
    const high = [p, p + 0.01, (1 + p) / 2, 1].map((q) => ends(tester, p, q).less);
    return [...low, ...high].every((alarms) => alarms <= allowed);
  });
}

describe('a sequential test of a probability', () => {
  test('raises no more false alarms than it says, at p, beside it and at the ends', () => {
    expect(keepsItsWord(testProbability)).toBe(true);
  });

  test('ends as it should on coins far from p', () => {
    for (const p of [0.1, 0.5, 0.9]) {
      expect(ends(testProbability, p, Math.min(1, p + 0.35))['at least']).toBeGreaterThan(0.9 * RUNS);
      expect(ends(testProbability, p, Math.max(0, p - 0.35)).less).toBeGreaterThan(p === 0.1 ? 0 : 0.9 * RUNS);
      expect(ends(testProbability, p, 1)['at least']).toBe(RUNS);
      expect(ends(testProbability, p, 0).less).toBe(RUNS);
    }
  });

  test('would be caught with its evidence the wrong way round', () => {
    const swapped: Tester = (p, alpha, most, toss) =>
      testProbability(p, alpha, most, () => (toss() === 'success' ? 'failure' : 'success'));
    expect(keepsItsWord(swapped)).toBe(false);
  });

  test('would be caught if it looked at a p-value for a fixed number of draws after every draw', () => {
    const peeking: Tester = (p, alpha, most, toss) => {
      let successes = 0;
      for (let draws = 1; draws <= most; draws++) {
        if (toss() === 'success') successes++;
        if (upperTail(successes, draws, p) <= alpha) return { outcome: 'at least' };
        if (upperTail(draws - successes, draws, 1 - p) <= alpha) return { outcome: 'less' };
      }
      return { outcome: 'undecided' };
    };
    expect(keepsItsWord(peeking)).toBe(false);
  });

  test('would be caught if ties spoke for what is to be shown', () => {
    const lenient: Tester = (p, alpha, most, toss) =>
      testProbability(p, alpha, most, () => (toss() === 'tie' ? 'success' : 'failure'));
    expect(lenient(0.5, 1e-9, 500, () => 'tie').outcome).toBe('at least');
    expect(testProbability(0.5, 1e-9, 500, () => 'tie')).toMatchObject({ outcome: 'undecided', draws: 500, ties: 500 });
  });

  test('is a fair bet at p and an unfair one on the other side: its mean over the binomial law is at most 1', () => {
    const meanOf = (p: number, q: number, draws: number): number => {
      const mixture = mixtureAbove(p, 1e-9, 1000);
      let sum = 0;
      for (let hits = 0; hits <= draws; hits++) {
        const weight = upperTail(hits, draws, q) - upperTail(hits + 1, draws, q);
        sum += weight * Math.exp(logMixture(mixture, hits, draws));
      }
      return sum;
    };
    for (const p of [0.02, 0.3, 0.5, 0.9]) {
      for (const draws of [1, 2, 5, 20]) {
        expect(meanOf(p, p, draws)).toBeCloseTo(1, 5);
        expect(meanOf(p, p / 2, draws)).toBeLessThan(1);
        expect(meanOf(p, (1 + p) / 2, draws)).toBeGreaterThan(1);
      }
    }
  });

  test('ends with the same draw as one that looks after every draw', () => {
    const everyDraw: Tester = (p, alpha, most, toss) => {
      const [above, below] = [mixtureAbove(p, alpha, most), mixtureAbove(1 - p, alpha, most)];
      for (let [draws, successes] = [1, 0]; draws <= most; draws++) {
        if (toss() === 'success') successes++;
        if (logMixture(above, successes, draws) >= -Math.log(alpha)) return { outcome: 'at least', draws };
        if (logMixture(below, draws - successes, draws) >= -Math.log(alpha)) return { outcome: 'less', draws };
      }
      return { outcome: 'undecided', draws: most };
    };
    for (const p of [0.02, 0.5, 0.97]) {
      for (const q of [0, p / 2, p, (1 + p) / 2, 1]) {
        for (let run = 0; run < 20; run++) {
          const coin = (): (() => Toss) => {
            const random = uniformStream(2, String(q), String(run));
            return () => (random() < q ? 'success' : 'failure');
          };
          expect(testProbability(p, 1e-4, 400, coin())).toMatchObject(everyDraw(p, 1e-4, 400, coin()));
        }
      }
    }
  });

  test('needs hardly more draws than any test must where all succeed, or all fail', () => {
    for (const p of [0.5, 0.9, 0.99, 0.999]) {
      const least = Math.log(1e9) / -Math.log(p);
      const { outcome, draws } = testProbability(p, 1e-9, 100_000, () => 'success');
      expect(outcome).toBe('at least');
      expect(testProbability(1 - p, 1e-9, 100_000, () => 'failure')).toMatchObject({ outcome: 'less', draws });
      expect(draws).toBeGreaterThanOrEqual(least);
      expect(draws).toBeLessThanOrEqual(1.05 * least + 1);
    }
  });

  test('sees the smallest deviation that it names nine times in ten, and half of it less often', () => {
    const [alpha, most, runs] = [1e-9, 2000, 200];
    for (const p of [0.5, 0.9]) {
      const { atLeast, less } = smallestDeviation(p, alpha, most);
      const missed = bound(0.1, runs);
      expect(ends(testProbability, p, p + atLeast!, alpha, most, runs)['at least']).toBeGreaterThanOrEqual(
        runs - missed,
      );
      expect(ends(testProbability, p, p - less!, alpha, most, runs).less).toBeGreaterThanOrEqual(runs - missed);
      expect(ends(testProbability, p, p + atLeast! / 2, alpha, most, runs)['at least']).toBeLessThan(0.5 * runs);
      expect(ends(testProbability, p, p - less! / 2, alpha, most, runs).less).toBeLessThan(0.5 * runs);
    }
  });

  test('names no deviation where not even certainty could be told from p', () => {
    expect(smallestDeviation(0.99, 1e-9, 2000)).toMatchObject({ atLeast: undefined });
    expect(smallestDeviation(0.99, 1e-9, 2000).less).toBeGreaterThan(0);
    expect(smallestDeviation(0.01, 1e-9, 2000)).toMatchObject({ less: undefined });
  });

  test('refuses numbers that mean nothing, in one sentence', () => {
    const toss = (): Toss => 'success';
    expect(() => testProbability(1, 0.1, 5, toss)).toThrow('the probability claimed is 1: expected a number between');
    expect(() => testProbability(0.5, 0, 5, toss)).toThrow('the error allowed is 0: expected a number between');
    expect(() => testProbability(0.5, 0.1, 2.5, toss)).toThrow('the largest number of draws is 2.5: expected a whole');
  });
});
