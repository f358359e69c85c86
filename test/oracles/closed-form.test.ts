import { NotRepresentable } from '../../src/numerics/arithmetic';
import type { Reading } from '../../src/claim/finding';
import {
  arctangent,
  arctangentByRoot,
  changesBy,
  doubledPlus,
  growth,
  logarithm,
  minus,
  quadratic,
  reciprocal,
  slopeAtZero,
  sumOf,
  type ClosedForm,
} from '../../oracles/closed-form';
import { anyOf, B, D, Q, seriesOf } from '../support/readings';

type Form = <N>(R: Reading<N>, x: N) => ClosedForm<N>;

/** Every word, alone and as others use it. */
const forms: Readonly<Record<string, Form>> = {
  'a logarithm of a difference': (R, x) => logarithm(R, '-2/3', minus(R, x, 5)),
  'a logarithm of a quadratic': (R, x) => logarithm(R, 3, quadratic(R, x, '1/2', 7)),
  'a reciprocal': (R, x) => reciprocal(R, '5/4', minus(R, x, -3)),
  'an arctangent': (R, x) => arctangent(R, -2, doubledPlus(R, x, 1, 3)),
  'an arctangent by root': (R, x) => arctangentByRoot(R, '7/5', doubledPlus(R, x, -1, 2), 3),
  'a sum': (R, x) =>
    sumOf(R, logarithm(R, 1, minus(R, x, 5)), reciprocal(R, 2, minus(R, x, 6)), arctangent(R, 3, minus(R, x, 1))),
};

describe.each(Object.entries(forms))('%s', (_name, form) => {
  test('has the derivative that its values have', () => {
    for (const x of [-7.25, -0.5, 0, 1.5, 40]) {
      const h = 2 ** -12;
      const rise = form(D, x + h).value() - form(D, x - h).value();
      // A central difference is off by h²/6 times the third derivative, which is below 30 here.
      expect(Math.abs(rise / (2 * h) - form(D, x).slope)).toBeLessThan(1e-5);
    }
  });

  test('has a rational derivative at rational points', () => {
    expect(Q.exactText(form(Q, Q.of('3/2')).slope)).toBeDefined();
  });

  test('is the same over balls', () => {
    const x = B.of('3/2');
    const { lower, upper } = B.enclosure(form(B, x).value());
    expect(form(D, 1.5).value()).toBeGreaterThan(lower - 1e-14);
    expect(form(D, 1.5).value()).toBeLessThan(upper + 1e-14);
  });
});

test('the value is worked out only when it is asked for, as exact numbers refuse it', () => {
  const form = forms['an arctangent by root']!(Q, Q.of(2));
  // (7/5)·(2/2)/(3 + ((2·2 − 1)/2)²) = (7/5)/(21/4).
  expect(Q.exactText(form.slope)).toBe('4/15');
  expect(() => form.value()).toThrow(NotRepresentable);
});

test('a closed form that changes by the rate given holds, one part in a thousand off breaks', () => {
  // d/dt ln|x − 5| = x'/(x − 5): at x = 7 with speed 3 it is 3/2.
  const check = <N>(R: Reading<N>, rate: string) => changesBy(R, logarithm(R, 1, minus(R, R.of(7), 5)), R.of(3), rate);
  for (const R of anyOf(Q, B)) {
    expect(check(R, '3/2')).toMatchObject({ equal: 1, breaks: 0 });
    expect(check(R, '1501/1000')).toMatchObject({ breaks: 1 });
    expect(check(R, '-3/2')).toMatchObject({ breaks: 1 });
  }
});

test('the growth of a closed form along a path begins at 0 and is the difference of its values', () => {
  const { values, scale } = growth(D, seriesOf(D, [2, 4, 16]), (x) => logarithm(D, 3, minus(D, x, 0)));
  const [one, unit] = [Array.from(values), 3 * Math.log(2)];
  [0, unit, 3 * unit].forEach((expected, t) => expect(one[t]).toBeCloseTo(expected, 12));
  [2 * unit, 3 * unit, 5 * unit].forEach((expected, t) => expect(scale![t]).toBeCloseTo(expected, 12));
});

describe('the slope at zero by differences', () => {
  const power =
    <N>(R: Reading<N>, n: number) =>
    (h: number): N =>
      R.add(R.mul('2/7', h), R.mul(3, R.power(h, n)), 11);

  test('is exact for polynomials up to degree 4', () => {
    for (const n of [0, 2, 3, 4]) expect(Q.exactText(slopeAtZero(Q, power(Q, n)))).toBe('2/7');
    expect(slopeAtZero(D, (h) => 5 * h - h ** 4)).toBe(5);
  });

  test('is not for degree 5', () => {
    expect(Q.exactText(slopeAtZero(Q, power(Q, 5)))).not.toBe('2/7');
  });
});
