import {
  below,
  beyond,
  coarse,
  counts,
  logUniform,
  negativeAtTimes,
  orZero,
  signedLogUniform,
  uniform,
  uniformBetween,
  upTo,
} from '../../generators/coordinates';
import { drawPoints, seedFor } from '../../src/claim/draw';
import type { Coordinate } from '../../src/claim/space';

type Scalar = Coordinate<'real' | 'count'>;

/** Points of [0, 1]: both ends, their neighbours, the middle, and a grid. */
const UNITS: readonly number[] = [
  ...[0, Number.MIN_VALUE, 2 ** -60, 2 ** -30, 0.5 - 2 ** -54, 0.5, 0.5 + 2 ** -53, 1 - 2 ** -30, 1 - 2 ** -53, 1],
  ...Array.from({ length: 4001 }, (_, k) => k / 4000),
].sort((a, b) => a - b);

interface Law {
  readonly coordinate: Scalar;
  /** The least and the greatest value, reached at the ends or only approached. */
  readonly range: readonly [number, number];
  readonly ends: 'reached' | 'approached';
  /** Values that some u gives exactly. */
  readonly reaches?: readonly number[];
  readonly direction?: -1;
}

const laws: Readonly<Record<string, Law>> = {
  'logUniform(1/64, 64)': { coordinate: logUniform(1 / 64, 64), range: [1 / 64, 64], ends: 'reached', reaches: [1] },
  'logUniform(0.1, 10)': { coordinate: logUniform(0.1, 10), range: [0.1, 10], ends: 'reached' },
  'logUniform(1e-300, 1e300)': { coordinate: logUniform(1e-300, 1e300), range: [1e-300, 1e300], ends: 'reached' },
  'signedLogUniform(1/16, 16)': {
    coordinate: signedLogUniform(1 / 16, 16),
    range: [-16, 16],
    ends: 'reached',
    reaches: [1 / 16],
  },
  'signedLogUniform(0.3, 7)': { coordinate: signedLogUniform(0.3, 7), range: [-7, 7], ends: 'reached', reaches: [0.3] },
  'uniform(-1, 1)': { coordinate: uniform(-1, 1), range: [-1, 1], ends: 'reached', reaches: [0] },
  'uniform(-1, 2)': { coordinate: uniform(-1, 2), range: [-1, 2], ends: 'reached', reaches: [0] },
  'uniform(0.1, 0.7)': { coordinate: uniform(0.1, 0.7), range: [0.1, 0.7], ends: 'reached' },
  'uniform(-0.7, 0.1)': { coordinate: uniform(-0.7, 0.1), range: [-0.7, 0.1], ends: 'reached', reaches: [0] },
  'below(2/3)': { coordinate: below(2 / 3), range: [0, 2 / 3], ends: 'approached', reaches: [1 / 3] },
  'below(1e-9)': { coordinate: below(1e-9), range: [0, 1e-9], ends: 'approached' },
  'beyond(5)': { coordinate: beyond(5), range: [5, 5 * 65], ends: 'approached' },
  'beyond(-5)': { coordinate: beyond(-5), range: [-5 * 65, -5], ends: 'approached', direction: -1 },
  'uniformBetween(2, 6)': { coordinate: uniformBetween(2, 6), range: [2, 6], ends: 'approached', reaches: [4] },
  'uniformBetween(0, 1e-9)': { coordinate: uniformBetween(0, 1e-9), range: [0, 1e-9], ends: 'approached' },
  'upTo(7)': { coordinate: upTo(7), range: [0, 7], ends: 'reached', reaches: [3.5] },
  'coarse(logUniform(1/16, 16))': {
    coordinate: coarse(logUniform(1 / 16, 16)),
    range: [1 / 16, 16],
    ends: 'reached',
    reaches: [1, 13 / 8, 0.75],
  },
  'coarse(uniform(-1, 2), 2)': { coordinate: coarse(uniform(-1, 2), 2), range: [-1, 2], ends: 'reached', reaches: [0] },
  'orZero(logUniform(1/4, 4))': {
    coordinate: orZero(logUniform(1 / 4, 4)),
    range: [0, 4],
    ends: 'reached',
    reaches: [0, 1 / 4, 1],
  },
  'negativeAtTimes(logUniform(1/4, 4))': {
    coordinate: negativeAtTimes(logUniform(1 / 4, 4)),
    range: [-4, 4],
    ends: 'reached',
    reaches: [-1, 1 / 4, 1],
  },
  'counts(0, 9)': { coordinate: counts(0, 9), range: [0, 9], ends: 'reached', reaches: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] },
  'counts(1, 2000)': { coordinate: counts(1, 2000), range: [1, 2000], ends: 'reached', reaches: [1, 2, 3, 10, 2000] },
};

describe.each(Object.entries(laws))(
  '%s',
  (_name, { coordinate, range: [least, greatest], ends, reaches = [], direction = 1 }) => {
    const values = UNITS.map((u) => coordinate.decode(u));

    test('stays in its range', () => {
      expect(values.filter((value) => !(value >= least && value <= greatest))).toEqual([]);
    });

    test('reaches, or approaches without touching, the ends that it promises', () => {
      const extremes = [Math.min(...values), Math.max(...values)];
      const [first, last] = [coordinate.decode(0), coordinate.decode(1)];
      expect([Math.min(first, last), Math.max(first, last)]).toEqual(extremes);
      if (ends === 'reached') expect(extremes).toEqual([least, greatest]);
    });

    test('reaches the values that it promises', () => {
      for (const value of reaches) {
        const found = binarySearch(coordinate, value, direction);
        expect(coordinate.decode(found)).toBe(value);
      }
    });

    test('is monotone', () => {
      expect(values.filter((value, k) => k > 0 && direction * (value - values[k - 1]!) < 0)).toEqual([]);
    });

    test('gives numbers that survive JSON, whole ones for counts', () => {
      // Object.is: −0 would come back as 0.
      expect(values.filter((value) => !Object.is(JSON.parse(JSON.stringify(value)), value))).toEqual([]);
      if (coordinate.kind === 'count') expect(values.every(Number.isSafeInteger)).toBe(true);
    });

    test('is described in words', () => {
      expect(coordinate.describe.length).toBeGreaterThan(10);
    });
  },
);

/** Some u with the value, or the nearest below it, for a monotone coordinate. */
function binarySearch({ decode }: Scalar, value: number, direction: number): number {
  let [low, high] = [0, 1];
  if (decode(1) === value) return 1;
  for (let k = 0; k < 80; k++) {
    const middle = (low + high) / 2;
    if (direction * (decode(middle) - value) <= 0) low = middle;
    else high = middle;
  }
  return low;
}

describe('boundaries', () => {
  test('are approached by `below` to a millionth of the limit, and never touched', () => {
    const { decode } = below(8);
    expect([decode(0), decode(1)]).toEqual([8 * 2 ** -20, 8 * (1 - 2 ** -20)]);
  });

  test('are approached by `beyond` to a millionth of the limit, and never touched', () => {
    const { decode } = beyond(-8);
    expect([decode(0), decode(1)]).toEqual([-8 * (1 + 2 ** -20), -8 * 65]);
  });

  test('are approached by `uniformBetween` to a millionth of the distance, and never touched unless they are one', () => {
    const { decode } = uniformBetween(8, 16);
    expect([decode(0), decode(1)]).toEqual([8 + 8 * 2 ** -20, 16 - 8 * 2 ** -20]);
    for (const u of [0, 0.3, 1]) expect(uniformBetween(0.1, 0.1).decode(u)).toBe(0.1);
  });
});

test('a coarse number has as few significant digits as asked for, and is as near as they allow', () => {
  const fine = signedLogUniform(1 / 100, 100);
  for (const digits of [1, 2, 4, 9]) {
    const { decode } = coarse(fine, digits);
    for (const u of UNITS) {
      const x = decode(u);
      const significand = Math.abs(x) / 2 ** Math.floor(Math.log2(Math.abs(x)));
      expect(Number.isInteger(significand * 2 ** (digits - 1))).toBe(true);
      expect(Math.abs(x - fine.decode(u))).toBeLessThanOrEqual(Math.abs(fine.decode(u)) * 2 ** -digits);
    }
  }
});

/** Draws as the engine makes them. */
const COUNT = 20_000;
const drawn = (coordinate: Scalar, name: string): readonly number[] =>
  drawPoints(1, COUNT, seedFor(1, 'distribution', name)).map(([u]) => coordinate.decode(u!));

/**
 * How far a share of `COUNT` draws may lie from its probability: by Hoeffding's inequality further off only once in
 * 1e9 times, 2·exp(−2·COUNT·band²) = 1e-9.
 */
const BAND = Math.sqrt(Math.log(2e9) / (2 * COUNT));

const share = (values: readonly number[], test: (x: number) => boolean): number => values.filter(test).length / COUNT;

describe('distributions (each share: false alarm once in 1e9 seeds)', () => {
  test('a log-uniform number lies in every octave equally often', () => {
    const values = drawn(logUniform(1 / 64, 64), 'octaves');
    for (let octave = -6; octave < 6; octave++) {
      const inside = share(values, (x) => x >= 2 ** octave && x < 2 ** (octave + 1));
      expect(Math.abs(inside - 1 / 12)).toBeLessThan(BAND);
    }
  });

  test('a coarse log-uniform number lies in every octave equally often, up to what it was moved', () => {
    const values = drawn(coarse(logUniform(1 / 64, 64)), 'coarse octaves');
    for (let octave = -6; octave < 6; octave++) {
      const inside = share(values, (x) => x >= 2 ** octave && x < 2 ** (octave + 1));
      expect(Math.abs(inside - 1 / 12)).toBeLessThan(BAND + Math.log2(1 + 1 / 16) / 12);
    }
  });

  test('a number between two limits is as often in one tenth of the way as in another', () => {
    const values = drawn(uniformBetween(3, 5), 'tenths');
    for (let tenth = 0; tenth < 10; tenth++) {
      const inside = share(values, (x) => x >= 3 + tenth / 5 && x < 3 + (tenth + 1) / 5);
      expect(Math.abs(inside - 1 / 10)).toBeLessThan(BAND + 2 ** -19);
    }
  });

  test('a signed log-uniform number has either sign equally often, and every octave in size', () => {
    const values = drawn(signedLogUniform(1 / 16, 16), 'signed octaves');
    for (const sign of [-1, 1]) {
      for (let octave = -4; octave < 4; octave++) {
        const inside = share(values, (x) => sign * x >= 2 ** octave && sign * x < 2 ** (octave + 1));
        expect(Math.abs(inside - 1 / 16)).toBeLessThan(BAND);
      }
    }
  });

  test('a number that may be 0 is so one time in four, and else as it was', () => {
    const values = drawn(orZero(logUniform(1 / 4, 4)), 'zeros');
    expect(Math.abs(share(values, (x) => x === 0) - 1 / 4)).toBeLessThan(BAND);
    for (let octave = -2; octave < 2; octave++) {
      const inside = share(values, (x) => x >= 2 ** octave && x < 2 ** (octave + 1));
      expect(Math.abs(inside - 3 / 16)).toBeLessThan(BAND);
    }
  });

  test('a number that is negative at times is so one time in four, and has every size with either sign', () => {
    const values = drawn(negativeAtTimes(logUniform(1 / 4, 4)), 'negatives');
    for (let octave = -2; octave < 2; octave++) {
      for (const [sign, probability] of [
        [-1, 1 / 16],
        [1, 3 / 16],
      ] as const) {
        const inside = share(values, (x) => sign * x >= 2 ** octave && sign * x < 2 ** (octave + 1));
        expect(Math.abs(inside - probability)).toBeLessThan(BAND);
      }
    }
  });

  test.each([
    ['uniform', uniform(-1, 3), -1, 3],
    ['upTo', upTo(5), 0, 5],
    ['below', below(0.3), 0, 0.3],
  ] as const)('%s lies in every tenth of its range equally often', (name, coordinate, from, to) => {
    const values = drawn(coordinate, name);
    for (let tenth = 0; tenth < 10; tenth++) {
      const cell = (x: number): number => Math.min(9, Math.floor((10 * (x - from)) / (to - from)));
      // A cell of the dyadic grid more or less at either end of the tenth.
      expect(Math.abs(share(values, (x) => cell(x) === tenth) - 0.1)).toBeLessThan(BAND + 2 ** -16);
    }
  });

  test('`below` comes within a twentieth of its limit one time in twenty', () => {
    const near = share(drawn(below(7), 'near'), (x) => x > 7 * 0.95);
    expect(Math.abs(near - 0.05)).toBeLessThan(BAND);
  });

  test('`beyond` comes as near as any power of two equally often, and within a twentieth most times', () => {
    const values = drawn(beyond(-3), 'beyond');
    for (let e = -20; e < 6; e++) {
      const inside = share(values, (x) => x / -3 - 1 >= 2 ** e && x / -3 - 1 < 2 ** (e + 1));
      expect(Math.abs(inside - 1 / 26)).toBeLessThan(BAND);
    }
    const near = share(values, (x) => x / -3 < 1.05);
    expect(Math.abs(near - (Math.log2(0.05) + 20) / 26)).toBeLessThan(BAND);
  });

  test('a count n is drawn in proportion to the logarithm of (n + 2)/(n + 1)', () => {
    const values = drawn(counts(1, 20), 'counts');
    for (let n = 1; n <= 20; n++) {
      const probability = Math.log((n + 2) / (n + 1)) / Math.log(22 / 2);
      expect(Math.abs(share(values, (x) => x === n) - probability)).toBeLessThan(BAND);
    }
  });
});
