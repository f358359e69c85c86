/** Balls against exact integer arithmetic: sums to powers, at points inside the operands and at their corners. */
import seedrandom from 'seedrandom';
import { OutOfDomain, Undetermined } from '../../src/numerics/arithmetic';
import { type Ball, balls } from '../../src/numerics/ball';
import { lowestExponent, parseReal } from '../../src/numerics/real';
import { anyDouble, ballSample, contains, ensure, insideSample, middleSample, pick } from './samples';

/** Inside points lie on a grid 2^FINE times finer than the balls. */
const FINE = 12;
const PRECISIONS = [16, 64, 128, 256, 700];

function cases(
  seed: string,
  count: number,
  check: (bits: number, a: Ball, b: Ball, x: bigint, y: bigint) => void,
): void {
  const random = seedrandom(seed);
  for (const bits of PRECISIONS) {
    for (let k = 0; k < count; k += 1) {
      const [a, b] = [ballSample(random, bits), ballSample(random, bits)];
      check(bits, a, b, insideSample(random, a, FINE), insideSample(random, b, FINE));
    }
  }
}

function size(x: bigint): bigint {
  return x < 0n ? -x : x;
}

function thrown(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

/** Whether some [low, high] ⊆ ball has low^q ≤ x^p ≤ high^q, that is x^(p/q) in the ball, for x > 0 in fine units. */
function containsPower(ball: Ball, x: bigint, p: number, q: number, bits: number): boolean {
  const [low, high] = [ball.middle - ball.radius, ball.middle + ball.radius];
  const unit = 1n << BigInt(bits);
  const fineUnit = unit << BigInt(FINE);
  const n = BigInt(Math.abs(p));
  const [top, bottom] = p >= 0 ? [x ** n, fineUnit ** n] : [fineUnit ** n, x ** n];
  const scale = unit ** BigInt(q) * top;
  const under = low <= 0n || low ** BigInt(q) * bottom <= scale;
  return under && high >= 0n && high ** BigInt(q) * bottom >= scale;
}

describe('ball arithmetic contains the truth', () => {
  test('sums, differences and products of points inside are inside the result', () => {
    cases('field', 4000, (bits, a, b, x, y) => {
      const f = balls(bits);
      const unit = 1n << BigInt(FINE);
      ensure('sum', contains(f.add(a, b), x + y, unit), bits, a, b, x, y);
      ensure('difference', contains(f.sub(a, b), x - y, unit), bits, a, b, x, y);
      ensure('product', contains(f.mul(a, b), x * y, unit << BigInt(FINE + bits)), bits, a, b, x, y);
      ensure('negative', contains(f.neg(a), -x, unit), bits, a);
      ensure('size', contains(f.abs(a), size(x), unit), bits, a, x);
    });
  });

  test('products and quotients hold at the corners of the operands, where the bounds are attained', () => {
    cases('corners', 2000, (bits, a, b) => {
      const f = balls(bits);
      for (const x of [a.middle - a.radius, a.middle + a.radius]) {
        for (const y of [b.middle - b.radius, b.middle + b.radius]) {
          ensure('product', contains(f.mul(a, b), x * y, 1n << BigInt(bits)), bits, a, b);
          if (size(b.middle) > b.radius) ensure('quotient', contains(f.div(a, b), x << BigInt(bits), y), bits, a, b);
        }
      }
    });
  });

  test('quotients of points inside are inside the result, and a divisor around 0 is refused', () => {
    cases('quotients', 3000, (bits, a, b, x, y) => {
      const f = balls(bits);
      if (size(b.middle) > b.radius) ensure('quotient', contains(f.div(a, b), x << BigInt(bits), y), bits, a, b, x, y);
      else if (b.radius === 0n) expect(thrown(() => f.div(a, b))).toBeInstanceOf(OutOfDomain);
      else expect(thrown(() => f.div(a, b))).toBeInstanceOf(Undetermined);
    });
  });

  test('integer operands mean exactly themselves in every place', () => {
    const random = seedrandom('integers');
    cases('literals', 1000, (bits, a, _, x) => {
      const f = balls(bits);
      const n = pick(random, [-7, -3, -1, 1, 2, 3, 10, 2 ** 40 + 1]);
      const unit = 1n << BigInt(FINE);
      ensure('sum', contains(f.add(n, a), (BigInt(n) << BigInt(bits + FINE)) + x, unit), bits, a, n);
      ensure('product', contains(f.mul(n, a), BigInt(n) * x, unit), bits, a, n);
      ensure('exact product', f.mul(a, n).radius === a.radius * size(BigInt(n)), bits, a, n);
      ensure('quotient', contains(f.div(a, n), x, unit * BigInt(n)), bits, a, n);
      ensure('three factors', contains(f.mul(n, a, -2), BigInt(-2 * n) * x, unit), bits, a, n);
    });
  });

  test('fractions, long strings and doubles are inside their conversions', () => {
    const random = seedrandom('conversions');
    for (const bits of PRECISIONS) {
      const f = balls(bits);
      for (let k = 0; k < 500; k += 1) {
        const text = `${middleSample(random, 90)}/${1n + size(middleSample(random, 90))}`;
        for (const x of [text, anyDouble(random), random(), k]) {
          const { numerator, denominator } = parseReal(x);
          const ball = f.of(x);
          ensure('conversion', contains(ball, numerator << BigInt(bits), denominator) && ball.radius <= 1n, bits, x);
        }
        const [middle, radius] = [anyDouble(random) % 1e9, Math.abs(anyDouble(random)) % 1e9];
        const { numerator, denominator } = parseReal(k % 2 === 0 ? `${BigInt(Math.round(middle))}` : middle);
        const spread = parseReal(radius);
        const end = [numerator * spread.denominator + spread.numerator * denominator, denominator * spread.denominator];
        const ball = f.around(k % 2 === 0 ? Math.round(middle) : middle, radius);
        ensure('around', contains(ball, end[0]! << BigInt(bits), end[1]), bits, middle, radius);
      }
    }
  });

  test('powers and roots of points inside are inside the result, or the error is the right one', () => {
    const random = seedrandom('powers');
    cases('powers', 2500, (bits, a, _, x) => {
      const f = balls(bits);
      const [p, q] = pick(random, [
        [1, 2],
        [1, 3],
        [2, 1],
        [3, 1],
        [2, 3],
        [-1, 1],
        [-1, 2],
        [-4, 3],
        [7, 5],
        [2, 4],
        [6, 3],
      ] as const);
      const error = thrown(() => f.rationalPower(a, p, q));
      const [low, high] = [a.middle - a.radius, a.middle + a.radius];
      if (q % 2 === 0 && high < 0n) return void expect(error).toBeInstanceOf(OutOfDomain);
      if (q % 2 === 0 && low < 0n) return void expect(error).toBeInstanceOf(Undetermined);
      if (p < 0 && low === 0n && high === 0n) return void expect(error).toBeInstanceOf(OutOfDomain);
      if (p < 0 && low <= 0n && high >= 0n) return void expect(error).toBeInstanceOf(Undetermined);
      const result = f.rationalPower(a, p, q);
      if (x === 0n) return ensure('power of 0', contains(result, 0n), bits, a, p, q);
      const mirrored = x < 0n && lowestExponent(p, q)[0] % 2 !== 0;
      ensure('power', containsPower(mirrored ? f.neg(result) : result, size(x), p, q, bits), bits, a, x, p, q);
      if (q === 1) ensure('same', String(Object.values(f.power(a, p))) === String(Object.values(result)), bits, a, p);
    });
  });

  test('long powers through exp and log contain the truth, too', () => {
    const random = seedrandom('long powers');
    for (const bits of [64, 256]) {
      const f = balls(bits);
      for (let k = 0; k < 40; k += 1) {
        const [p, q] = pick(random, [
          [513, 64],
          [3, 320],
          [-700, 333],
          [1200, 1],
          [-301, 1],
        ] as const);
        const a = f.around(0.2 + random() * 1.5, pick(random, [0, 1e-12, 0.1]));
        const x = insideSample(random, a, FINE);
        ensure('power', containsPower(f.rationalPower(a, p, q), x, p, q, bits), bits, a, x, p, q);
      }
    }
  });

  test('functions at low precision meet those at high precision, up to 2200 bits', () => {
    const random = seedrandom('nested');
    for (const [bits, more] of [
      [64, 96],
      [256, 1024],
      [1024, 2200],
      [2200, 3000],
    ] as const) {
      const [f, g] = [balls(bits), balls(more)];
      for (let k = 0; k < 25; k += 1) {
        const x = `${middleSample(random, 60) % (40n << 60n)}/${1n << 60n}`;
        const positive = f.sign(x) === 1 ? x : '3/7';
        for (const [low, high] of [
          [f.exp(x), g.exp(x)],
          [f.log(positive), g.log(positive)],
          [f.atan(x), g.atan(x)],
          [f.pi(), g.pi()],
        ] as const) {
          const overlap = {
            middle: low.middle << BigInt(more - bits),
            radius: (low.radius << BigInt(more - bits)) + high.radius,
          };
          ensure('overlap', contains(overlap, high.middle), bits, x, low, high);
        }
      }
    }
  });
});
