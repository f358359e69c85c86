import { doubles } from '../../src/numerics/doubles';

describe('doubles', () => {
  test('operations are those of Math on doubles', () => {
    expect(doubles.add(0.1, 0.2)).toBe(0.1 + 0.2);
    expect(doubles.add(1, 2, 3, 4)).toBe(10);
    expect(doubles.mul(2, 3, 4)).toBe(24);
    expect([doubles.add(), doubles.mul(), doubles.add(5), doubles.mul(5)]).toEqual([0, 1, 5, 5]);
    expect([doubles.sub(1, 3), doubles.div(1, 4), doubles.neg(2), doubles.abs(-2)]).toEqual([-2, 0.25, -2, 2]);
    expect([doubles.sqrt(9), doubles.cbrt(-27), doubles.power(2, -3)]).toEqual([3, -3, 0.125]);
    expect([doubles.exp(1), doubles.log(2), doubles.atan(1)]).toEqual([Math.E, Math.LN2, Math.PI / 4]);
    expect(doubles.pi()).toBe(Math.PI);
  });

  test('a string operand is the double nearest to it', () => {
    expect(doubles.of('1/3')).toBe(1 / 3);
    expect(doubles.mul('1/10', 3)).toBe(0.1 * 3);
    expect(() => doubles.of('0.1')).toThrow(RangeError);
  });

  test('a fractional power takes a negative base for odd roots only', () => {
    expect(doubles.rationalPower(-8, 1, 3)).toBe(-2);
    expect(doubles.rationalPower(-8, 2, 3)).toBeCloseTo(4, 14);
    expect(doubles.rationalPower(-8, -1, 3)).toBeCloseTo(-0.5, 14);
    expect(doubles.rationalPower(4, 3, 2)).toBeCloseTo(8, 14);
    expect(doubles.rationalPower(-4, 1, 2)).toBeNaN();
    expect(() => doubles.rationalPower(4, 1.5, 2)).toThrow(RangeError);
    expect(() => doubles.power(4, 0.5)).toThrow('exponent 0.5/1: expected integers');
  });

  test('values without a real result are what IEEE 754 gives, and nothing throws', () => {
    expect([doubles.div(1, 0), doubles.div(-1, 0), doubles.exp(1e9), doubles.log(0)]).toEqual([
      Infinity,
      -Infinity,
      Infinity,
      -Infinity,
    ]);
    for (const x of [doubles.div(0, 0), doubles.sqrt(-1), doubles.log(-1), doubles.add(NaN, 1)]) expect(x).toBeNaN();
  });

  test('the sign of NaN is undefined, that of any other double is plain', () => {
    expect([3, -3, 0, -0, Infinity, NaN].map((x) => doubles.sign(x))).toEqual([1, -1, 0, 0, 1, undefined]);
  });

  test('the enclosure is the number itself and no exact text is claimed', () => {
    expect(doubles.enclosure(0.1)).toEqual({ lower: 0.1, upper: 0.1 });
    expect(doubles.exactText(1)).toBeUndefined();
    expect(doubles.around(2, 0.5)).toBe(2);
    expect(() => doubles.around(2, -1)).toThrow(RangeError);
  });
});
