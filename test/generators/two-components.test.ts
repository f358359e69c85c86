import { toDouble } from '../../src/numerics/real';
import { rationals } from '../../src/numerics/rational';
import {
  between,
  nextToMiddleRoot,
  turned,
  twoCubicsSameK,
  twoSignalsAndSquare,
  upToShare,
} from '../../generators/two-components';
import * as spaces from '../../generators/two-components';
import { BAND, shareOf, type Numbers } from '../support/spaces';

const share = (name: keyof typeof spaces, test: (instance: Numbers) => boolean): number =>
  shareOf(spaces[name], name, test);

describe('gaps moved along their curve', () => {
  test('keep low² + low·high + high² exactly, and make a smaller lower gap', () => {
    const R = rationals;
    const [low, high] = turned(R, R.of(3), R.of('7/2'), R.of('1/9'));
    const norm = (a: typeof low, b: typeof low) => R.exactText(R.add(R.mul(a, a), R.mul(a, b), R.mul(b, b)));
    expect(norm(low, high)).toBe(norm(R.of(3), R.of('7/2')));
    expect(R.sign(R.sub(low, 3))).toBe(-1);
    expect(R.sign(low)).toBe(1);
  });

  test('stay where they are at turn 0', () => {
    expect(
      turned(rationals, rationals.of(3), rationals.of(5), rationals.of(0)).map((x) => rationals.exactText(x)),
    ).toEqual(['3', '5']);
  });

  test('keep a positive lower gap up to the largest turn, which is approached', () => {
    const inside = twoCubicsSameK.decode(new Array(twoCubicsSameK.dimension).fill(1));
    const R = rationals;
    const low = R.of(inside.low);
    const [a] = turned(R, low, R.mul(low, R.add(1, inside.more)), R.of(inside.turn));
    expect(R.sign(a)).toBe(1);
    expect(R.enclosure(R.div(a, low)).upper).toBeLessThan(1e-4);
  });
});

describe('the start next to the middle root', () => {
  test('is within a twentieth of its limit as often as its law says, and down to 2⁻¹² of it', () => {
    const relative = ({ near, low, high }: Numbers): number => near! / Math.min(1, low!, high!);
    const close = share('nextToMiddleRoot', (p) => relative(p) > 0.95);
    expect(Math.abs(close - Math.sqrt(Math.log2(1 / 0.95) / 12))).toBeLessThan(BAND);
    const far = share('nextToMiddleRoot', (p) => relative(p) < 2 ** -6);
    expect(Math.abs(far - (1 - Math.sqrt(1 / 2)))).toBeLessThan(BAND);
    expect(share('nextToMiddleRoot', (p) => relative(p) < 1)).toBe(1);
    expect(nextToMiddleRoot.names).toEqual(['d', 'low', 'high', 'near']);
  });

  test.each([0, 0.25, 0.5, 1])('never touches its limit at u = %p', (u) => {
    expect(upToShare(3, 12).decode(u)).toBeLessThan(3);
    expect(upToShare(3, 12).decode(u)).toBeGreaterThan(0);
  });
});

test('a number between two others is log-uniform and touches neither', () => {
  expect(between(2, 32).decode(0.5)).toBeCloseTo(8, 10);
  expect(between(2, 32).decode(0)).toBeGreaterThan(2);
  expect(between(2, 32).decode(1)).toBeLessThan(32);
});

test('two signals come close to each other, and squares are small and large beside the threshold', () => {
  expect(Math.abs(share('twoSignalsAndSquare', ({ more }) => more! < 1 / 32) - 5 / 14)).toBeLessThan(BAND);
  const reach = ({ d, lambda, half }: Numbers): number =>
    half! + half! ** 2 / (2 * d!) - 1.5 * Math.cbrt(lambda! ** 2 / d!);
  const positive = share('twoSignalsAndSquare', (p) => reach(p) > 0);
  expect(positive).toBeGreaterThan(0.3);
  expect(positive).toBeLessThan(0.95);
  expect(toDouble(twoSignalsAndSquare.decode([0, 0, 0, 0]).d)).toBe(1 / 16);
});

test.each([
  ['limitAndDepth', 1 / 64, 64],
  ['limitAndFarDepth', 1, 256],
] as const)('%s starts from %p to %p limits below 0, log-uniformly', (name, from, to) => {
  const middle = Math.sqrt(from * to);
  expect(Math.abs(share(name, ({ r, depth }) => depth! < middle * r!) - 0.5)).toBeLessThan(BAND);
});
