import { rationals } from '../../src/numerics/rational';
import { doubles } from '../../src/numerics/doubles';
import * as spaces from '../../generators/scalar-deep';
import { randomFrom } from '../support/random';
import { BAND, shareOf } from '../support/spaces';

const R = rationals;

/** An instance of any of these spaces. */
interface Deep {
  readonly hidden: number;
  readonly r: number;
  readonly d: readonly number[];
  readonly eta: number;
  readonly x: number;
  readonly theta0: number;
  readonly weights: readonly number[];
  readonly last: number;
  readonly error: number;
}

const share = (name: keyof typeof spaces, test: (instance: Deep) => boolean): number =>
  shareOf(spaces[name], name, test as never);

/** The step size in units of the bound of Theorem 10. */
const relative = (p: Deep): number => p.eta * spaces.degree(p) * spaces.speed(doubles, p);

describe('the constants of the curve', () => {
  const random = randomFrom('constants of the deep curve');
  const instances = Array.from({ length: 40 }, () => {
    const d = Array.from({ length: random.whole(1, 4) }, () => R.of(`${random.whole(1, 9)}/${random.whole(1, 9)}`));
    return { d, r: R.of(`${random.whole(1, 5)}/${random.whole(1, 5)}`) };
  });

  test('are d_l ∏ d_j^{2^{l−1−j}} / (2^{2^{l−1}−1} d_1^{2^{l−2}}), the product over 1 < j < l', () => {
    for (const p of instances) {
      const constants = spaces.layerConstants(R, p);
      expect(constants.length).toBe(p.d.length + 1);
      for (let l = 2; l <= constants.length; l++) {
        const between = p.d.slice(1, l - 1).map((d, k) => R.power(d, 2 ** (l - 3 - k)));
        const below = R.mul(2 ** (2 ** (l - 1) - 1), R.power(p.d[0]!, 2 ** (l - 2)));
        const closed = R.div(R.mul(p.d[l - 1] ?? 1, ...between), below);
        expect(R.exactText(constants[l - 1]!)).toBe(R.exactText(closed));
      }
    }
  });

  test('put the solution on the curve at r', () => {
    for (const p of instances) {
      const product = R.mul(...spaces.curveAt(R, p, p.r));
      expect(R.exactText(product)).toBe(R.exactText(spaces.signal(R, p)));
    }
  });

  test('have degrees and powers that add up', () => {
    for (const p of instances) {
      expect(spaces.powersOf(p).reduce((a, b) => a + b, 0)).toBe(spaces.degree(p));
    }
    expect([1, 2, 3, 4, 5].map(spaces.powerOf)).toEqual([1, 2, 4, 8, 16]);
  });
});

describe('the spaces of the deep scalar network', () => {
  test('reach every depth, from two layers to five', () => {
    for (const hidden of [1, 2, 3, 4]) {
      const probability = Math.log2((hidden + 2) / (hidden + 1)) / Math.log2(6 / 2);
      expect(Math.abs(share('deepNetwork', (p) => p.hidden === hidden) - probability)).toBeLessThan(BAND);
    }
    expect(share('deepNetwork', ({ hidden, d }) => d.length === hidden)).toBe(1);
  });

  test('take solutions of either sign in numbers of four binary digits', () => {
    const short = (x: number): boolean => Number.isInteger(x * 2 ** 5);
    expect(share('deepSolution', ({ r, d }) => [r, ...d].every(short))).toBe(1);
    expect(Math.abs(share('deepSolution', ({ r }) => r < 0) - 1 / 2)).toBeLessThan(BAND);
  });

  test('come with step sizes within a twentieth of their bound one time in twenty, and never on it', () => {
    const near = share('deepMidpointBelowBound', (p) => relative(p) > 0.95);
    const nearTwice = share('deepPointBelowTwice', (p) => relative(p) > 1.9);
    for (const found of [near, nearTwice]) expect(Math.abs(found - 0.05)).toBeLessThan(BAND);
    expect(share('deepMidpointBelowBound', (p) => relative(p) < 1)).toBe(1);
    expect(share('deepPointBelowTwice', (p) => relative(p) < 2)).toBe(1);
  });

  test('come with step sizes beyond a bound at every scale', () => {
    const near = (Math.log2(0.05) + 20) / 26;
    expect(Math.abs(share('deepMidpointBeyondBound', (p) => relative(p) < 1.05) - near)).toBeLessThan(BAND);
    expect(Math.abs(share('deepPointBeyondTwice', (p) => relative(p) < 2.1) - near)).toBeLessThan(BAND);
    expect(share('deepMidpointBeyondBound', (p) => relative(p) > 1)).toBe(1);
    expect(share('deepPointBeyondTwice', (p) => relative(p) > 2)).toBe(1);
  });

  test('put points on both sides of the solution, as far as a step expands', () => {
    expect(Math.abs(share('deepPointBeyondTwice', ({ r, x }) => x < r) - 1 / 2)).toBeLessThan(BAND);
    const expands = (p: Deep): boolean => relative(p) * (p.x / p.r) ** ((spaces.degree(p) - 1) / 2) >= 2;
    expect(share('deepPointBeyondTwice', expands)).toBe(1);
    expect(share('deepPointBelowTwice', ({ r, x }) => x > 0 && x < r)).toBe(1);
    expect(Math.abs(share('deepPointOfCurve', ({ x }) => x < 0) - 1 / 2)).toBeLessThan(BAND);
  });

  test('violate each hypothesis alone often enough to ask whether it is needed', () => {
    const positive = (p: Deep): boolean => p.d.every((d) => d > 0);
    const beyond = share('deepMidpointAnyStep', (p) => p.r > 0 && p.eta > 0 && positive(p) && relative(p) >= 1);
    const negative = share('deepMidpointAnyStep', (p) => p.r > 0 && p.eta < 0 && positive(p));
    for (const found of [beyond, negative]) expect(found).toBeGreaterThan(0.05);
    expect(Math.abs(share('deepMidpointAnyStep', ({ r }) => r < 0) - 1 / 4)).toBeLessThan(BAND);
    expect(Math.abs(share('deepMidpointAnyStep', ({ eta }) => eta < 0) - 1 / 4)).toBeLessThan(BAND);
  });

  test('balance the layers of flows: none is a thousand times as large as the first at the solution', () => {
    const balanced = (p: Deep): boolean => {
      const sizes = spaces.curveAt(doubles, p, p.r).map((weight) => Math.abs(Math.log2(Math.abs(weight / p.r))));
      return Math.max(...sizes) < 10;
    };
    expect(share('deepAlignedStart', balanced)).toBe(1);
  });

  test('start flows from both sides of 0 and of the solution, also from 0 itself', () => {
    expect(Math.abs(share('deepAlignedStart', ({ r }) => r < 0) - 1 / 2)).toBeLessThan(BAND);
    expect(Math.abs(share('deepAlignedStart', ({ r, theta0 }) => theta0 / r < 0) - 1 / 2)).toBeLessThan(
      BAND + 2 ** -16,
    );
    expect(Math.abs(share('deepAlignedStart', ({ r, theta0 }) => theta0 / r > 1) - 1 / 4)).toBeLessThan(
      BAND + 2 ** -16,
    );
    expect(Math.abs(share('deepPositivePoint', ({ x }) => x === 0) - 1 / 4)).toBeLessThan(BAND + 2 ** -16);
    expect(Math.abs(share('deepNoSignal', ({ theta0 }) => theta0 < 0) - 1 / 2)).toBeLessThan(BAND);
    expect(share('deepDoubleRestPoint', (p) => p.x > (p as never as { xi: number }).xi)).toBe(1);
  });

  test('take points and starts of any signs', () => {
    const zero = (x: number): boolean => x === 0;
    expect(Math.abs(share('deepAnyPoint', ({ last }) => zero(last)) - 1 / 4)).toBeLessThan(BAND);
    expect(Math.abs(share('deepAnyPoint', ({ weights }) => zero(weights[0]!)) - 1 / 4)).toBeLessThan(BAND);
    expect(share('deepAnyPoint', ({ d, error }) => !zero(d[0]!) && !zero(error))).toBe(1);
    expect(share('deepAnyPoint', ({ d }) => d.slice(1).some(zero))).toBeGreaterThan(0.1);
    for (const first of [(p: Deep) => p.d[0]!, (p: Deep) => p.weights[0]!, (p: Deep) => p.last]) {
      expect(Math.abs(share('deepAnyStart', (p) => first(p) < 0) - 1 / 2)).toBeLessThan(BAND);
    }
    expect(spaces.weightsOf({ weights: [1, 2], last: 3 })).toEqual([1, 2, 3]);
  });
});
