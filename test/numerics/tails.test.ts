/** Tails against closed forms, tables, mathjs, a recursion between degrees of freedom, and each other. */
import { createRequire } from 'node:module';
import { NotRepresentable, type Arithmetic } from '../../src/numerics/arithmetic';
import { balls, type Ball } from '../../src/numerics/ball';
import { doubles } from '../../src/numerics/doubles';
import { logGammaOfHalf, unitOf } from '../../src/numerics/log-gamma';
import { rationals } from '../../src/numerics/rational';
import { chiSquareAtLeast, chiSquareAtMost, normalOutside, studentInside } from '../../src/numerics/tails';

type MathJs = typeof import('mathjs', { with: { 'resolution-mode': 'import' } });
const math = createRequire(__filename)('mathjs') as MathJs;

const B = balls(128);
const FINE = balls(512);

/** Both contain one number: they overlap. */
function meet(R: Arithmetic<Ball>, a: Ball, b: Ball): boolean {
  return R.sign(R.sub(a, b)) === undefined || R.sign(R.sub(a, b)) === 0;
}

/** How wide a ball is, in doubles. */
function width(R: Arithmetic<Ball>, a: Ball): number {
  const { lower, upper } = R.enclosure(R.sub(a, a));
  return upper - lower;
}

/** e^{-x/2} Σ_{k<d/2} (x/2)^k/k!, the upper tail for even d. */
function evenTail<N>(R: Arithmetic<N>, d: number, x: N): N {
  const y = R.div(x, 2);
  let [sum, term] = [R.of(0), R.of(1)];
  for (let k = 1; k <= d / 2; k++) {
    sum = R.add(sum, term);
    term = R.div(R.mul(term, y), k);
  }
  return R.mul(R.exp(R.neg(y)), sum);
}

const DEGREES = [1, 2, 3, 4, 5, 7, 10, 31, 100, 101, 1000, 2001];

/** Points from far below the mean to far above it. */
const pointsOf = (d: number): readonly number[] =>
  [0.01, 0.3, 0.8, 1, 1 + 2 / d, 1.1, 1.5, 3].map((share) => share * d);

describe('log Γ at halves', () => {
  test('is log Γ at 1/2, 1, 5/2, 5 and 171', () => {
    const root = FINE.sqrt(FINE.pi());
    const factorial = (n: number): bigint => (n < 2 ? 1n : BigInt(n) * factorial(n - 1));
    const known: readonly [number, Ball][] = [
      [1, root],
      [2, FINE.of(1)],
      [5, FINE.div(FINE.mul(3, root), 4)],
      [10, FINE.of(24)],
      [342, FINE.of(String(factorial(170)))],
    ];
    for (const [h, gamma] of known) {
      const found = logGammaOfHalf(FINE, h);
      expect(meet(FINE, found, FINE.log(gamma))).toBe(true);
      expect(width(FINE, found)).toBeLessThan(2 ** -480);
    }
  });

  test('in doubles is within a few units of what balls enclose, for large arguments too', () => {
    for (const h of [1, 3, 8, 33, 2000, 80_001, 80_000_000]) {
      const sharp = B.approximate(logGammaOfHalf(B, h));
      expect(Math.abs(logGammaOfHalf(doubles, h) - sharp)).toBeLessThanOrEqual(1e-15 * Math.max(10, Math.abs(sharp)));
    }
  });

  test('refuses what is no whole number over two, and exact arithmetics', () => {
    expect(() => logGammaOfHalf(doubles, 0)).toThrow(RangeError);
    expect(() => logGammaOfHalf(doubles, 1.5)).toThrow('expected a whole number');
    expect(() => logGammaOfHalf(rationals, 3)).toThrow(NotRepresentable);
    expect(unitOf(balls(64))).toBe(2 ** -63);
  });
});

describe('chi-square tails', () => {
  test('for even degrees are the finite sums, enclosed to all but a few bits', () => {
    for (const d of DEGREES.filter((degrees) => degrees % 2 === 0)) {
      for (const x of pointsOf(d)) {
        const above = chiSquareAtLeast(FINE, d, x);
        const sum = evenTail(FINE, d, FINE.of(x));
        expect([d, x, meet(FINE, above, sum)]).toEqual([d, x, true]);
        expect(meet(FINE, chiSquareAtMost(FINE, d, x), FINE.sub(1, sum))).toBe(true);
        expect(width(FINE, above)).toBeLessThan(2 ** -460);
      }
    }
  });

  test('of all degrees obey Q_{d+2}(x) = Q_d(x) + (x/2)^{d/2} e^{-x/2}/Γ(d/2 + 1)', () => {
    for (const d of DEGREES) {
      for (const x of pointsOf(d)) {
        const half = B.div(x, 2);
        const log = B.sub(B.sub(B.mul(B.div(d, 2), B.log(half)), half), logGammaOfHalf(B, d + 2));
        const step = B.sub(chiSquareAtLeast(B, d + 2, x), chiSquareAtLeast(B, d, x));
        expect([d, x, meet(B, step, B.exp(log))]).toEqual([d, x, true]);
        expect(width(B, step)).toBeLessThan(2 ** -85);
      }
    }
  });

  test('above and below add up to 1', () => {
    for (const d of DEGREES) {
      for (const x of pointsOf(d)) {
        const whole = B.add(chiSquareAtLeast(B, d, x), chiSquareAtMost(B, d, x));
        expect(meet(B, whole, B.of(1))).toBe(true);
      }
    }
  });

  test('for one degree are the error function of mathjs', () => {
    for (const x of [0.01, 0.5, 1, 2.9, 3.1, 5, 12, 30]) {
      const truth = 1 - math.erf(Math.sqrt(x / 2));
      expect(Math.abs(B.approximate(chiSquareAtLeast(B, 1, x)) - truth)).toBeLessThan(1e-14);
    }
  });

  test('are those of the tables', () => {
    const table: readonly [number, number, number][] = [
      [1, 3.841459, 0.05],
      [5, 11.0705, 0.05],
      [10, 18.30704, 0.05],
      [30, 50.89218, 0.01],
      [100, 124.3421, 0.05],
    ];
    for (const [d, x, p] of table) expect(chiSquareAtLeast(doubles, d, x)).toBeCloseTo(p, 6);
    expect(chiSquareAtMost(doubles, 10, 3.940299)).toBeCloseTo(0.05, 6);
  });

  test('in doubles agree with balls', () => {
    for (const d of [...DEGREES, 40_000]) {
      for (const x of pointsOf(d)) {
        const sharp = B.approximate(chiSquareAtLeast(B, d, x));
        expect(Math.abs(chiSquareAtLeast(doubles, d, x) - sharp)).toBeLessThan(1e-9);
      }
    }
  });

  test('can be asked for in units that keep them from vanishing', () => {
    const d = 2000;
    const x = 2 * d;
    const scaled = chiSquareAtLeast(B, d, x, 307);
    // Unscaled it is some 2^-443, which 1024 bits still hold.
    const finer = balls(1024);
    const sharp = finer.approximate(finer.mul(chiSquareAtLeast(finer, d, x), finer.exp(307)));
    expect(Math.abs(B.approximate(scaled) / sharp - 1)).toBeLessThan(1e-14);
    expect(Math.abs(chiSquareAtLeast(doubles, d, x, 307) / sharp - 1)).toBeLessThan(1e-9);
    expect(B.approximate(scaled)).toBeGreaterThan(0.001);
  });

  test('take a moment for ninety thousand degrees and more', () => {
    for (const d of [90_000, 80_000_001]) {
      const sd = Math.sqrt(2 * d);
      const [inside, outside] = [chiSquareAtLeast(B, d, d + 0.5 * sd), chiSquareAtMost(B, d, d - 6 * sd)];
      expect(B.approximate(inside)).toBeCloseTo(0.3085, 2);
      expect(B.approximate(outside) / 9.866e-10).toBeCloseTo(1, 0);
    }
  });

  test('at 0 and below are everything and nothing; degrees that are none are refused', () => {
    expect(chiSquareAtLeast(doubles, 3, -1)).toBe(1);
    expect(chiSquareAtMost(doubles, 3, 0)).toBe(0);
    expect(() => chiSquareAtLeast(doubles, 0, 1)).toThrow(RangeError);
    expect(() => chiSquareAtMost(doubles, 2.5, 1)).toThrow('degrees of freedom');
  });
});

describe('normal and Student tails', () => {
  test('are those of the tables', () => {
    expect(normalOutside(doubles, 1.959963985)).toBeCloseTo(0.05, 9);
    expect(normalOutside(doubles, 3)).toBeCloseTo(0.002699796, 9);
    expect(studentInside(doubles, 9, 2.262157)).toBeCloseTo(0.95, 6);
    expect(studentInside(doubles, 30, 2.749996)).toBeCloseTo(0.99, 6);
  });

  test('of a Student number with 1, 2 and 3 degrees are arctangent and roots', () => {
    for (const x of [0.1, 1, 2.5, 40]) {
      expect(studentInside(doubles, 1, x)).toBeCloseTo((2 / Math.PI) * Math.atan(x), 14);
      expect(studentInside(doubles, 2, x)).toBeCloseTo(x / Math.sqrt(2 + x * x), 14);
      const angle = Math.atan(x / Math.sqrt(3));
      expect(studentInside(doubles, 3, x)).toBeCloseTo((2 / Math.PI) * (angle + Math.sin(angle) * Math.cos(angle)), 14);
    }
  });

  test('of Student numbers grow towards the normal ones with the degrees', () => {
    const inside = [1, 2, 3, 4, 5, 8, 9, 50, 51, 5000].map((d) => B.approximate(studentInside(B, d, 1)));
    expect(inside).toEqual([...inside].sort((a, b) => a - b));
    // The first term of the expansion in 1/d (Abramowitz and Stegun 26.7.8): −(x³ + x)φ(x)/(2d) for both sides at x = 1.
    const density = Math.exp(-1 / 2) / Math.sqrt(2 * Math.PI);
    expect(inside.at(-1)! - (1 - normalOutside(doubles, 1))).toBeCloseTo(-density / 5000, 8);
  });
});
