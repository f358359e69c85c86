import seedrandom from 'seedrandom';
import { OutOfDomain, TooLarge, Undetermined } from '../../src/numerics/arithmetic';
import { type Ball, balls } from '../../src/numerics/ball';
import { roundDown, roundUp } from '../../src/numerics/real';
import { ballSample, ensure, ensureSame, middleSample } from './samples';

const PRECISIONS = [16, 64, 128, 256, 700];

function size(x: bigint): bigint {
  return x < 0n ? -x : x;
}

describe('ball radii', () => {
  test('stay within two units for the operations on points', () => {
    const random = seedrandom('tight');
    for (const bits of [64, 256, 1024]) {
      const f = balls(bits);
      for (let k = 0; k < 300; k += 1) {
        const [x, y] = [0, 0].map(() => ({ middle: middleSample(random, bits), radius: 0n })) as [Ball, Ball];
        const small = { middle: x.middle % (20n << BigInt(bits)), radius: 0n };
        const positive = { middle: size(x.middle) + 1n, radius: 0n };
        const results = [
          f.add(x, y),
          f.mul(x, y),
          f.abs(x),
          f.power(x, 2),
          f.sqrt(positive),
          f.cbrt(x),
          f.log(positive),
        ];
        results.push(
          f.exp(small),
          f.atan(x),
          f.pi(),
          f.rationalPower(positive, 3, 2),
          f.div(x, positive),
          f.of('22/7'),
        );
        for (const result of results) ensure('tight', result.radius <= 2n, bits, x, y, result);
      }
    }
  });

  test('grow with the radii of the operands as the derivative says', () => {
    const f = balls(256);
    const a = f.around(2, 1e-6);
    const spread = (b: Ball): number => Number(b.radius) / 2 ** 256 / 1e-6;
    expect(spread(f.mul(a, 3))).toBeCloseTo(3, 4);
    expect(spread(f.mul(a, a))).toBeCloseTo(4, 4);
    expect(spread(f.div(1, a))).toBeCloseTo(1 / 4, 4);
    expect(spread(f.exp(a))).toBeCloseTo(Math.exp(2), 4);
    expect(spread(f.log(a))).toBeCloseTo(1 / 2, 4);
    expect(spread(f.atan(a))).toBeCloseTo(1 / 5, 4);
    expect(spread(f.sqrt(a))).toBeCloseTo(1 / Math.sqrt(8), 4);
    expect(spread(f.power(a, -2))).toBeCloseTo(1 / 4, 4);
  });

  test('are positive wherever the result is no multiple of the unit', () => {
    for (const bits of PRECISIONS) {
      const f = balls(bits);
      for (const ball of [f.of('1/3'), f.div(1, 3), f.div(1, '3/1'), f.mul('1/1024', f.power(2, -bits + 5))]) {
        expect(ball.radius).toBeGreaterThan(0n);
      }
      for (const ball of [f.sqrt(2), f.cbrt(2), f.exp(1), f.log(2), f.atan(1), f.pi(), f.power(3, -2)]) {
        expect(ball.radius).toBeGreaterThan(0n);
      }
    }
  });

  test('are 0 where the result is exact', () => {
    const f = balls(128);
    const exact = {
      '8': f.power(2, 3),
      '1/8': f.power(2, -3),
      '3/2': f.sqrt('9/4'),
      '-3/2': f.cbrt('-27/8'),
      '0': f.log(1),
    };
    for (const [text, ball] of Object.entries(exact)) expect(f.exactText(ball)).toBe(text);
    const more = {
      '1': f.exp(0),
      '0': f.atan(0),
      '5/4': f.add(1, 0.25),
      '1/64': f.mul(0.125, 0.125),
      '-1/4': f.div(1, -4),
    };
    for (const [text, ball] of Object.entries(more)) expect(f.exactText(ball)).toBe(text);
    expect(f.exactText(f.mul(f.of('1/3'), f.sqrt(0)))).toBe('0');
    expect(f.exactText(f.rationalPower(8, -2, 3))).toBe('1/4');
    expect(f.exactText('1/3')).toBeUndefined();
  });
});

describe('balls', () => {
  const f = balls(64);
  const around0 = f.around(0, 1e-9);

  test('are made once per number of bits', () => {
    expect(balls(64)).toBe(f);
    for (const bits of [0, 15, 64.5, NaN, 2 ** 30]) expect(() => balls(bits)).toThrow(RangeError);
  });

  test('have a sign unless 0 may lie inside', () => {
    const wide = (middle: bigint, radius: bigint): Ball => ({ middle, radius });
    expect([wide(5n, 4n), wide(-5n, 4n), wide(0n, 0n)].map((x) => f.sign(x))).toEqual([1, -1, 0]);
    for (const x of [wide(5n, 5n), wide(-5n, 5n), wide(0n, 1n), wide(1n, 7n)]) expect(f.sign(x)).toBeUndefined();
  });

  test('have enclosures rounded outwards', () => {
    const random = seedrandom('enclosures');
    for (let k = 0; k < 1500; k += 1) {
      const bits = PRECISIONS[k % PRECISIONS.length]!;
      const a = ballSample(random, bits);
      const enclosure = balls(bits).enclosure(a);
      ensureSame(enclosure.lower, roundDown(a.middle - a.radius, 1n << BigInt(bits)), bits, a);
      ensureSame(enclosure.upper, roundUp(a.middle + a.radius, 1n << BigInt(bits)), bits, a);
    }
    const { lower, upper } = f.enclosure('1/3');
    expect(lower < 1 / 3 + 1e-16 && upper > 1 / 3 && upper - lower < 1e-15).toBe(true);
  });

  test('keep sizes, squares and even roots from falling below 0', () => {
    const random = seedrandom('nonnegative');
    for (let k = 0; k < 500; k += 1) {
      const a = ballSample(random, 64);
      for (const b of [f.abs(a), f.power(a, 2), f.rationalPower(a, 2, 3), f.exp(f.neg(f.abs(a)))]) {
        ensure('not negative', b.middle >= b.radius, a, b);
        f.sqrt(b);
      }
    }
  });

  test('refuse what their width leaves open as Undetermined', () => {
    for (const open of [
      () => f.div(1, around0),
      () => f.sqrt(around0),
      () => f.log(around0),
      () => f.power(around0, -1),
      () => f.rationalPower(around0, -1, 3),
      () => f.rationalPower(around0, 1, 4),
    ]) {
      expect(open).toThrow(Undetermined);
    }
  });

  test('refuse what has no real value as OutOfDomain', () => {
    for (const impossible of [
      () => f.div(1, 0),
      () => f.sqrt(-1),
      () => f.log(0),
      () => f.log(f.around(-1, 0.5)),
      () => f.power(0, -1),
      () => f.rationalPower(-1, 2, 4),
    ]) {
      expect(impossible).toThrow(OutOfDomain);
    }
  });

  test('refuse sizes beyond memory and malformed operands', () => {
    expect(() => f.exp(1e7)).toThrow(TooLarge);
    expect(() => f.power(2, 1e9)).toThrow(TooLarge);
    let x = f.of(3);
    const squareRepeatedly = (): void => {
      for (let k = 0; k < 60; k += 1) x = f.mul(x, x);
    };
    expect(squareRepeatedly).toThrow(TooLarge);
    for (const bad of [() => f.of(NaN), () => f.add(1, '0.5'), () => f.around(0, -1), () => f.around(0, Infinity)]) {
      expect(bad).toThrow(RangeError);
    }
    for (const bad of [() => f.power(2, 0.5), () => f.rationalPower(2, 1, 0), () => f.rationalPower(2, 1, -3)]) {
      expect(bad).toThrow(RangeError);
    }
  });

  test('take far negative exponents to numbers between 0 and two units', () => {
    for (const x of [-50, -1000, -1e6, -1e300]) {
      const { middle, radius } = f.exp(x);
      expect(middle - radius >= 0n && middle + radius <= 2n).toBe(true);
    }
    expect(f.enclosure(f.exp(f.around(-1e6, 1e6 + 1))).upper).toBeCloseTo(Math.E, 12);
  });

  test('add nothing to 0, multiply nothing to 1', () => {
    expect(
      [f.add(), f.mul(), f.add(3), f.mul('1/2'), f.add(1, 2, 3), f.mul(2, 3, 4)].map((x) => f.exactText(x)),
    ).toEqual(['0', '1', '3', '1/2', '6', '24']);
  });
});
