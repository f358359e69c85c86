import seedrandom from 'seedrandom';
import type { PRNG } from 'seedrandom';
import { type Arithmetic, NotRepresentable, OutOfDomain, TooLarge } from '../../src/numerics/arithmetic';
import { dyadics } from '../../src/numerics/dyadic';
import { rationals } from '../../src/numerics/rational';
import { parseReal, ratioText, roundDown, roundUp } from '../../src/numerics/real';
import { anyDouble, anySize, ensureSame, pick, randomBits } from './samples';

type Pair = readonly [bigint, bigint];
const EXACT: readonly [string, Arithmetic<unknown>][] = [
  ['dyadics', dyadics as Arithmetic<unknown>],
  ['rationals', rationals as Arithmetic<unknown>],
];

function text([p, q]: Pair): string {
  return ratioText(parseReal(`${p}/${q}`));
}

/** Doubles of all sizes, small integers, halves, and long dyadic fractions. */
function dyadicPair(random: PRNG): Pair {
  const kind = random();
  if (kind < 0.3) return [BigInt(Math.floor(random() * 21) - 10), 1n << BigInt(Math.floor(random() * 4))];
  if (kind < 0.5) {
    const { numerator, denominator } = parseReal(anyDouble(random));
    return [numerator, denominator];
  }
  return [anySize(random, 300), 1n << BigInt(Math.floor(random() * 300))];
}

function rationalPair(random: PRNG): Pair {
  if (random() < 0.3) return dyadicPair(random);
  const bits = pick(random, [4, 40, 300]);
  return [anySize(random, bits), 1n + randomBits(random, Math.floor(random() * bits))];
}

/** The four operations on pairs of big integers, and what the arithmetic says. */
function checkField<N>(arithmetic: Arithmetic<N>, [a, b]: Pair, [c, d]: Pair): void {
  const [x, y] = [arithmetic.of(text([a, b])), arithmetic.of(text([c, d]))];
  ensureSame(arithmetic.exactText(arithmetic.add(x, y)), text([a * d + c * b, b * d]));
  ensureSame(arithmetic.exactText(arithmetic.sub(x, y)), text([a * d - c * b, b * d]));
  ensureSame(arithmetic.exactText(arithmetic.mul(x, y)), text([a * c, b * d]));
  ensureSame(arithmetic.exactText(arithmetic.neg(x)), text([-a, b]));
  ensureSame(arithmetic.exactText(arithmetic.abs(x)), text([a < 0n ? -a : a, b]));
  ensureSame(arithmetic.exactText(arithmetic.power(x, 3)), text([a ** 3n, b ** 3n]));
  ensureSame(arithmetic.sign(x), a > 0n ? 1 : a < 0n ? -1 : 0);
  const { lower, upper } = arithmetic.enclosure(x);
  ensureSame(lower, roundDown(a, b));
  ensureSame(upper, roundUp(a, b));
  if (c !== 0n) ensureSame(arithmetic.exactText(arithmetic.div(arithmetic.mul(x, y), y)), text([a, b]));
}

describe('exact arithmetic', () => {
  test('dyadic results equal those of big integers', () => {
    const random = seedrandom('dyadic');
    for (let k = 0; k < 1000; k += 1) checkField(dyadics, dyadicPair(random), dyadicPair(random));
  });

  test('rational results equal those of big integers', () => {
    const random = seedrandom('rational');
    for (let k = 0; k < 1000; k += 1) checkField(rationals, rationalPair(random), rationalPair(random));
  });

  test('rational quotients and negative powers equal those of big integers', () => {
    const random = seedrandom('quotient');
    for (let k = 0; k < 1000; k += 1) {
      const [a, b] = rationalPair(random);
      const [c, d] = rationalPair(random);
      if (c === 0n) continue;
      ensureSame(rationals.exactText(rationals.div(text([a, b]), text([c, d]))), text([a * d, b * c]));
      ensureSame(rationals.exactText(rationals.power(text([c, d]), -2)), text([d * d, c * c]));
    }
  });

  test('dyadic and rational arithmetic agree on longer expressions of doubles', () => {
    const random = seedrandom('agree');
    for (let k = 0; k < 500; k += 1) {
      const [x, y, z] = [anyDouble(random), random() - 0.5, Math.round(random() * 100)];
      const [left, right] = EXACT.map(([, f]) =>
        f.exactText(f.sub(f.mul(x, f.add(y, z, 0.1), y), f.power(f.add(y, 1), 5))),
      );
      ensureSame(left, right);
    }
  });

  test('a dyadic quotient exists just when the reduced denominator is a power of two', () => {
    const random = seedrandom('dyadic quotient');
    for (let k = 0; k < 1000; k += 1) {
      const [a, b] = [anySize(random, 12), 1n + randomBits(random, 6)];
      const quotient = parseReal(`${a}/${b}`);
      const isDyadic = (quotient.denominator & (quotient.denominator - 1n)) === 0n;
      if (isDyadic) expect(dyadics.exactText(dyadics.div(`${a}`, `${b}`))).toBe(ratioText(quotient));
      else expect(() => dyadics.div(`${a}`, `${b}`)).toThrow(NotRepresentable);
    }
  });

  test('equal dyadic numbers have equal fields', () => {
    expect(dyadics.of(12)).toEqual({ mantissa: 3n, exponent: 2 });
    expect(dyadics.sub(dyadics.of(0.5), '1/2')).toEqual({ mantissa: 0n, exponent: 0 });
    expect(dyadics.mul(0.75, 4)).toEqual(dyadics.add(1, 2));
  });

  test('a double is itself and not a nearby short fraction', () => {
    for (const [, f] of EXACT) {
      expect(f.exactText(0.1)).toBe('3602879701896397/36028797018963968');
      expect(f.exactText(1 / 3)).toBe('6004799503160661/18014398509481984');
      expect(f.enclosure(5e-324)).toEqual({ lower: 5e-324, upper: 5e-324 });
    }
    expect(rationals.exactText('-2/6')).toBe('-1/3');
    expect(() => dyadics.of('1/3')).toThrow(NotRepresentable);
  });
});

describe.each(EXACT)('%s', (_, f) => {
  test('roots are exact where they exist and refused elsewhere', () => {
    const random = seedrandom('roots');
    for (let k = 0; k < 600; k += 1) {
      const order = 1 + Math.floor(random() * 6);
      const base = f.div(`${anySize(random, 90)}`, `${1n << BigInt(Math.floor(random() * 90))}`);
      const root = order % 2 === 0 ? f.abs(base) : base;
      const power = f.power(base, order);
      expect(f.exactText(f.rationalPower(power, 1, order))).toBe(f.exactText(root));
      expect(f.exactText(f.rationalPower(power, 2, order))).toBe(f.exactText(f.power(root, 2)));
      const size = f.add(f.abs(power), 1);
      if (order > 1 && f.sign(base) !== 0 && f.exactText(base)!.indexOf('/') < 0) {
        expect(() => f.rationalPower(size, 1, order)).toThrow(NotRepresentable);
      }
    }
    expect(f.exactText(f.sqrt('9/4'))).toBe('3/2');
    expect(f.exactText(f.cbrt('-27/8'))).toBe('-3/2');
    expect(f.exactText(f.rationalPower(-8, 2, 3))).toBe('4');
    expect(f.exactText(f.rationalPower('1/4', -3, 2))).toBe('8');
    expect(f.exactText(f.rationalPower(3, 4, 2))).toBe('9');
    for (const x of [2, '1/2', 8, 3]) expect(() => f.sqrt(x)).toThrow(NotRepresentable);
  });

  test('operations without a real value are out of domain', () => {
    for (const impossible of [
      () => f.div(1, 0),
      () => f.div(0, 0),
      () => f.sqrt(-4),
      () => f.rationalPower(-4, 2, 4),
      () => f.power(0, -1),
      () => f.rationalPower(0, -1, 3),
      () => f.log(0),
      () => f.log(-1),
    ]) {
      expect(impossible).toThrow(OutOfDomain);
    }
  });

  test('elementary functions are given at their rational points only', () => {
    expect([f.exp(0), f.log(1), f.atan(0), f.power(0, 0), f.sqrt(0)].map((x) => f.exactText(x))).toEqual([
      '1',
      '0',
      '0',
      '1',
      '0',
    ]);
    for (const irrational of [() => f.exp(1), () => f.log(2), () => f.atan('-1/2'), () => f.pi(), () => f.log('1/2')]) {
      expect(irrational).toThrow(NotRepresentable);
    }
    expect(f.exactText(f.around(0.5, 0))).toBe('1/2');
    expect(() => f.around(0.5, 0.1)).toThrow(NotRepresentable);
    expect(() => f.around(0.5, -1)).toThrow(RangeError);
    expect(() => f.power(2, 0.5)).toThrow(RangeError);
  });

  test('results past the size limit are refused before they take long', () => {
    const squareRepeatedly = (): void => {
      for (let [k, x] = [0, f.of(3)]; k < 40; k += 1) x = f.mul(x, x);
    };
    expect(squareRepeatedly).toThrow(TooLarge);
    for (const huge of [
      () => f.power(3, 1e12),
      () => f.power('1/2', 1e15),
      () => f.add(f.power(2, 130000), f.power('1/2', 130000)),
    ]) {
      expect(huge).toThrow(TooLarge);
    }
    expect(f.exactText(f.power(-1, 1e15 + 1))).toBe('-1');
  });
});
