import { leftOut, placement, type Placement } from '../../../src/report/plot/scale';
import type { Scale } from '../../../src/report/plot/figure';
import { randomFrom, type Random } from '../../support/random';

/** The number that a label writes: `−0.25`, `3·10⁶`, `10⁻³⁰`. */
function numberOf(label: string): number {
  const digits = [...label].map((sign) => {
    const power = '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(sign);
    return power >= 0 ? String(power) : sign.replace('⁻', '-').replace('−', '-');
  });
  const plain = digits.join('');
  const raised = /^(-?)(?:([\d.]+)·)?10(-?\d+)$/.exec(plain);
  const isPower = raised && /[⁰¹²³⁴⁵⁶⁷⁸⁹]/.test(label);
  return isPower ? Number(`${raised[1]}${raised[2] ?? '1'}e${raised[3]}`) : Number(plain);
}

const labels = ({ ticks }: Placement): string[] => ticks.map(({ label }) => label);

test('labels read back', () => {
  expect(['−0.25', '3·10⁶', '10⁻³⁰', '100', '−10⁵', '1.5·10⁻⁷', '0'].map(numberOf)).toEqual([
    -0.25, 3e6, 1e-30, 100, -1e5, 1.5e-7, 0,
  ]);
});

/** Numbers for an axis of each scale, of every size. */
const SPANS: Readonly<Record<Scale, (random: Random) => readonly number[]>> = {
  linear: (random) => {
    const middle = random.signed(1e-6, 1e6);
    const reach = Math.abs(middle) * random.sized(1e-6, 1e6);
    return [middle - reach, middle + random.between(0, reach), middle + reach];
  },
  log: (random) => {
    const low = random.sized(1e-200, 1e100);
    return [low, low * random.sized(1.2, 1e150)];
  },
  symmetric: (random) => [random.signed(1e-5, 1e5), random.signed(1e-5, 1e5), random.signed(1e-5, 1e5)],
};

describe.each(['linear', 'log', 'symmetric'] as const)('a %s axis', (scale) => {
  const random = randomFrom(`axis ${scale}`);
  const cases = Array.from({ length: 300 }, () => SPANS[scale](random));

  test('has room for all its numbers, in their order', () => {
    for (const values of cases) {
      const { at } = placement(scale, values);
      const places = [...values].sort((a, b) => a - b).map(at);
      expect(places).toEqual([...places].sort((a, b) => a - b));
      expect(places[0]).toBeGreaterThan(0);
      expect(places.at(-1)).toBeLessThan(1);
      expect(places.at(-1)! - places[0]!).toBeGreaterThan(0.05);
    }
  });

  test('has every tick where its label says, and a few of them', () => {
    for (const values of cases) {
      const { at, ticks } = placement(scale, values);
      expect(ticks.length).toBeGreaterThanOrEqual(scale === 'symmetric' ? 1 : 2);
      expect(ticks.length).toBeLessThanOrEqual(12);
      expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
      for (const tick of ticks) {
        expect(tick.at).toBeGreaterThanOrEqual(-1e-9);
        expect(tick.at).toBeLessThanOrEqual(1 + 1e-9);
        expect(at(numberOf(tick.label))).toBeCloseTo(tick.at, 6);
      }
    }
  });

  test('is there without any number, and for one number', () => {
    for (const values of [[], [1], [0].filter((x) => leftOut(scale, x) === undefined)]) {
      const { at, ticks } = placement(scale, values);
      expect(ticks.length).toBeGreaterThan(0);
      expect(ticks.every((tick) => Number.isFinite(tick.at) && !/NaN|Infinity/.test(tick.label))).toBe(true);
      for (const x of values) expect(at(x)).toBeCloseTo(0.5, 1);
    }
  });
});

test('a log axis of many decades marks whole powers of ten, one of a few decades 1, 2 and 5', () => {
  expect(labels(placement('log', [1e-200, 1]))).toEqual(['10⁻²⁰⁰', '10⁻¹⁵⁰', '10⁻¹⁰⁰', '10⁻⁵⁰', '1']);
  expect(labels(placement('log', [1, 1000]))).toEqual(['1', '10', '100', '1000']);
  expect(labels(placement('log', [1, 20]))).toEqual(['1', '2', '5', '10', '20']);
});

test('a symmetric axis marks both sides alike, with 0 between, and leaves out what would run into it', () => {
  const both = labels(placement('symmetric', [-1000, -0.001, 0.001, 1000]));
  expect(both).toContain('0');
  expect(
    both
      .filter((label) => label.startsWith('−'))
      .map((label) => label.slice(1))
      .reverse(),
  ).toEqual(both.filter((label) => label !== '0' && !label.startsWith('−')));
  const { ticks } = placement('symmetric', [-1e4, 1e-4, 1e4]);
  const places = ticks.map(({ at }) => at);
  expect(Math.min(...places.slice(1).map((at, k) => at - places[k]!))).toBeGreaterThan(0.05);
});

test('a symmetric axis goes through 0 without a jump', () => {
  const { at } = placement('symmetric', [-1000, -0.001, 0.001, 1000]);
  expect(at(0)).toBeCloseTo(0.5, 9);
  expect(at(1e-9) - at(-1e-9)).toBeLessThan(1e-6);
});

test('a whole axis has no tick between whole numbers', () => {
  expect(labels(placement('linear', [0, 1], true))).toEqual(['0', '1']);
  expect(labels(placement('linear', [0, 1]))).not.toEqual(['0', '1']);
});

test('an axis says why it leaves a number out', () => {
  expect([NaN, Infinity, -Infinity].map((x) => leftOut('linear', x))).toEqual(Array(3).fill('not finite'));
  expect([0, -1, 5e-324].map((x) => leftOut('log', x))).toEqual(['not positive', 'not positive', undefined]);
  expect([0, -1, 1e301].map((x) => leftOut('symmetric', x))).toEqual([undefined, undefined, 'too large']);
});
