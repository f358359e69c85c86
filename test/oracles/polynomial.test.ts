import { derivativeOfQuartic } from '../../oracles/polynomial';
import { anyOf, B, D, Q } from '../support/readings';

test('the derivative of a quartic is exact, whatever the spacing', () => {
  // 3x⁴ − 2x³ + x − 5 has the derivative 12x³ − 6x² + 1, which is −17 at −1 and 73 at 2.
  const f = (x: ReturnType<typeof Q.of>) => Q.add(Q.mul(3, Q.power(x, 4)), Q.mul(-2, Q.power(x, 3)), x, -5);
  for (const h of ['1', '-1/3', '7/2']) {
    expect(Q.exactText(derivativeOfQuartic(Q, f, Q.of(-1), Q.of(h)))).toBe('-17');
    expect(Q.exactText(derivativeOfQuartic(Q, f, Q.of(2), Q.of(h)))).toBe('73');
  }
});

test('it is not that of a quintic, which it misses by 4h⁴', () => {
  const slope = derivativeOfQuartic(Q, (x) => Q.power(x, 5), Q.of(0), Q.of('1/2'));
  expect(Q.exactText(slope)).toBe('-1/4');
});

test('doubles and balls agree with it', () => {
  for (const R of anyOf(D, B)) {
    const slope = derivativeOfQuartic(R, (x) => R.power(x, 3), R.of(3), R.of(1));
    const { lower, upper } = R.enclosure(slope);
    expect(lower).toBeLessThanOrEqual(27);
    expect(upper).toBeGreaterThanOrEqual(27);
    expect(upper - lower).toBeLessThan(1e-12);
  }
});
