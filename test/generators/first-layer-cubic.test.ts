import { rationals } from '../../src/numerics/rational';
import { rootsByGaps } from '../../generators/first-layer-cubic';
import * as spaces from '../../generators/first-layer-cubic';
import { BAND, shareOf, type Numbers } from '../support/spaces';

const share = (name: keyof typeof spaces, test: (instance: Numbers) => boolean): number =>
  shareOf(spaces[name], name, test);

test('roots by gaps add up to 0 and have these gaps', () => {
  const R = rationals;
  const roots = rootsByGaps(R, { low: R.of('5/2'), high: R.of(4) });
  const [r1, r2, r3] = roots;
  expect([R.sub(r2, r1), R.sub(r3, r2), R.add(...roots)].map((x) => R.exactText(x))).toEqual(['5/2', '4', '0']);
});

describe('three roots', () => {
  test('have gaps of which each is the larger half the time, and neither more than 16 times the other', () => {
    expect(Math.abs(share('threeRoots', ({ low, high }) => high! > low!) - 0.5)).toBeLessThan(BAND);
    expect(share('threeRoots', ({ low, high }) => high! <= 16 * low! && low! <= 16 * high!)).toBe(1);
  });

  test('are seen from either side of the middle root, and from outside as well as from inside', () => {
    expect(Math.abs(share('threeRootsAndPoint', ({ from }) => from! < 0) - 0.5)).toBeLessThan(BAND);
    const outside = share('threeRootsAndPoint', ({ low, high, from }) => from! > high! || from! < -low!);
    // Beyond low + high are 4 of 12 octaves; nearer by up to 4 octaves still is outside, if the gap is that small.
    expect(outside).toBeGreaterThan(1 / 3 - BAND);
    expect(outside).toBeLessThan(2 / 3);
  });

  test('have a start above the middle root that comes near the next one a time in twenty', () => {
    const limit = ({ high }: Numbers): number => Math.min(1, high!);
    expect(share('threeRootsAndStart', (p) => p['near']! > 0 && p['near']! < limit(p))).toBe(1);
    expect(Math.abs(share('threeRootsAndStart', (p) => p['near']! > 0.95 * limit(p)) - 0.05)).toBeLessThan(BAND);
  });
});

describe('one real root', () => {
  test.each(['oneRoot', 'oneRootAnySign', 'oneRootAndPoint'] as const)(
    'in %s is the only one, and nearly two half the time and more',
    (name) => {
      const beyond = ({ r, c }: Numbers): number => (4 * c!) / r! ** 2;
      expect(share(name, (p) => beyond(p) > 1)).toBe(1);
      const near = share(name, (p) => beyond(p) < 1.05);
      expect(Math.abs(near - (Math.log2(0.05) + 20) / 26)).toBeLessThan(BAND);
    },
  );

  test('for a path is at least a 64th away from a second one', () => {
    expect(share('oneRootAndStart', ({ r, c }) => (4 * c!) / r! ** 2 > 65 / 64 - 1e-9)).toBe(1);
    const near = share('oneRootAndStart', ({ r, c }) => (4 * c!) / r! ** 2 < 1.25);
    expect(Math.abs(near - Math.log(1.25 / (65 / 64)) / Math.log(64 / (65 / 64)))).toBeLessThan(BAND);
  });

  test('has either sign where it may', () => {
    expect(share('oneRoot', ({ r }) => r! > 0)).toBe(1);
    expect(Math.abs(share('oneRootAnySign', ({ r }) => r! < 0) - 0.5)).toBeLessThan(BAND);
  });
});

test('a double root has either sign, and is seen from either side of it and of the simple one', () => {
  expect(Math.abs(share('doubleRoot', ({ double }) => double! < 0) - 0.5)).toBeLessThan(BAND);
  const towardsSimple = ({ double, from }: Numbers): boolean => from! * double! < 0;
  expect(Math.abs(share('doubleRootAndPoint', towardsSimple) - 0.5)).toBeLessThan(BAND);
  // |from| is log-uniform between 1/16 and 64 times the root; the simple root is 3 times as far away.
  const beyondSimple = share(
    'doubleRootAndPoint',
    (p) => towardsSimple(p) && Math.abs(p['from']!) > 3 * Math.abs(p['double']!),
  );
  expect(Math.abs(beyondSimple - Math.log2(64 / 3) / 20)).toBeLessThan(BAND);
});

describe('any cubic', () => {
  test('has three real roots or one, and d of either sign, half the time each', () => {
    expect(Math.abs(share('anyCubicAndPoint', ({ spread }) => spread! > 0) - 0.5)).toBeLessThan(BAND);
    for (const name of ['anyCubic', 'anyCubicAndPoint'] as const) {
      expect(Math.abs(share(name, ({ d }) => d! < 0) - 0.5)).toBeLessThan(BAND);
      expect(Math.abs(share(name, ({ r }) => r! < 0) - 0.5)).toBeLessThan(BAND);
    }
  });

  test('by a factor has three real roots often, and one often', () => {
    const three = share('anyCubic', ({ r, c }) => 4 * c! < r! ** 2);
    expect(three).toBeGreaterThan(0.5);
    expect(three).toBeLessThan(0.9);
  });
});
