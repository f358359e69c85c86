import fs from 'node:fs';
import { digits, digitSamples, PIXELS, TEACHER_INPUTS, teacherSamples, type Samples } from '../../generators/digits';
import {
  digitSettings,
  implicitStart,
  samplesOf,
  trainingRun,
  trainingSettings,
} from '../../generators/implicit-training';

const norms = ({ X }: Samples): readonly number[] => X.map((row) => Math.hypot(...row));
const key = (row: readonly number[]): string => row.map((x) => x.toPrecision(12)).join();

describe('images of digits', () => {
  test('are 1001 of the digit 0 and 1127 of the digit 1, of 784 numbers from 0 to 1', () => {
    expect([digits(0).length, digits(1).length]).toEqual([1001, 1127]);
    for (const image of [...digits(0), ...digits(1)]) {
      expect(image.length).toBe(PIXELS);
      expect(Math.min(...image)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...image)).toBeLessThanOrEqual(1);
    }
  });

  test('are what they are said to be: a 0 is black in the middle, a 1 is not', () => {
    // The four pixels around the centre of 28 by 28.
    const middle = (image: readonly number[]): number => image[377]! + image[378]! + image[405]! + image[406]!;
    const mean = (images: readonly (readonly number[])[]): number =>
      images.reduce((sum, image) => sum + middle(image), 0) / images.length;
    expect(mean(digits(1))).toBeGreaterThan(4 * mean(digits(0)));
  });

  test('are drawn half from each class, scaled to norm 1, with the digit as the target', () => {
    const { unseen, ...trained } = digitSamples(1, 40);
    for (const part of [trained, unseen]) {
      expect(part.y.filter((y) => y === 0)).toHaveLength(20);
      expect(part.y.filter((y) => y === 1)).toHaveLength(20);
      for (const norm of norms(part)) expect(norm).toBeCloseTo(1, 12);
    }
  });

  test('are unseen where they are said to be, up to images that the data set holds twice', () => {
    const { X, unseen } = digitSamples(2, 1000);
    expect([X.length, unseen.X.length]).toEqual([1000, 1000]);
    const twice = 2128 - new Set([...digits(0), ...digits(1)].map(key)).size;
    const seen = new Set(X.map(key));
    expect(unseen.X.filter((row) => seen.has(key(row))).length).toBeLessThanOrEqual(twice);
  });

  test('are the same for one seed, and others for another', () => {
    expect(digitSamples(3, 20)).toEqual(digitSamples(3, 20));
    expect(digitSamples(4, 20).X).not.toEqual(digitSamples(3, 20).X);
  });

  test('are each drawn about as often: first and last of the file over 400 seeds', () => {
    // Ten of 1001 or 1127 images a seed and class: an image is drawn with probability near 1/106 on average over both.
    const first = key(digitSamples(1, 2).X[0]!);
    const draws = Array.from({ length: 400 }, (_, seed) => key(digitSamples(seed, 2).X[0]!));
    expect(new Set(draws).size).toBeGreaterThan(300);
    expect(draws.filter((draw) => draw === first).length).toBeLessThan(10);
  });

  test.each([0, 3, 1002, 2.5])('%p of them are refused', (n) => {
    expect(() => digitSamples(1, n)).toThrow('expected an even number from 2 to 1000');
  });
});

test('a file of another length is refused, with what to do', () => {
  // Read once, and kept: by a module of its own here.
  const module = require.resolve('../../generators/digits');
  Reflect.deleteProperty(require.cache, module);
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { digits: broken } = require(module) as { digits: typeof digits };
  const read = jest.spyOn(fs, 'readFileSync').mockReturnValue('{"data": [0, 1]}');
  try {
    expect(() => broken(1)).toThrow('the images of 1 are 2 numbers: expected some times 784, run npm ci');
  } finally {
    read.mockRestore();
  }
});

describe('synthetic samples', () => {
  const { X, y, unseen } = teacherSamples(1, 400);

  test('are of norm 1, with targets 0 and 1', () => {
    for (const norm of norms({ X, y })) expect(norm).toBeCloseTo(1, 12);
    expect(new Set(y)).toEqual(new Set([0, 1]));
  });

  test('point everywhere: mean 0 and second moments I/20, to five standard errors', () => {
    for (let i = 0; i < TEACHER_INPUTS; i++) {
      const mean = X.reduce((sum, row) => sum + row[i]!, 0) / X.length;
      expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(TEACHER_INPUTS * X.length));
      const square = X.reduce((sum, row) => sum + row[i]! ** 2, 0) / X.length;
      // The fourth moment on the sphere is 3/(d(d + 2)).
      const deviation = Math.sqrt(3 / (TEACHER_INPUTS * (TEACHER_INPUTS + 2)) - 1 / TEACHER_INPUTS ** 2);
      expect(Math.abs(square - 1 / TEACHER_INPUTS)).toBeLessThan((5 * deviation) / Math.sqrt(X.length));
    }
  });

  test('are labelled by one teacher, about half and half, seen and unseen', () => {
    for (const targets of [y, unseen.y]) {
      expect(Math.abs(targets.reduce((sum, t) => sum + t, 0) / 400 - 0.5)).toBeLessThan(5 / (2 * Math.sqrt(400)));
    }
    // The mean of the inputs of class 1, learnt on one part, tells the classes of the other.
    const mean = X[0]!.map((_, j) => X.reduce((sum, row, i) => sum + (2 * y[i]! - 1) * row[j]!, 0));
    const right = unseen.X.filter((row, i) => row.reduce((s, x, j) => s + x * mean[j]!, 0) > 0 === (unseen.y[i] === 1));
    expect(right.length / 400).toBeGreaterThan(0.8);
  });
});

describe('what training starts from', () => {
  test('is A = I, b = 0 and W of variance 1/m, to five standard errors', () => {
    const { W, A, b } = implicitStart(1, 100, 50);
    expect([W.length, W[0]!.length]).toEqual([100, 50]);
    const entries = W.flat();
    const variance = entries.reduce((sum, x) => sum + x * x, 0) / entries.length;
    expect(Math.abs(50 * variance - 1)).toBeLessThan(5 * Math.sqrt(2 / entries.length));
    expect(A.every((row, i) => row.every((x, j) => x === Number(i === j)))).toBe(true);
    expect(b).toEqual(Array.from({ length: 50 }, () => 0));
  });

  test('is another draw for another width or seed', () => {
    expect(implicitStart(1, 3, 4).W[0]![0]).not.toBe(implicitStart(2, 3, 4).W[0]![0]);
    expect(implicitStart(1, 3, 4).W[0]![0]! * 2).not.toBe(implicitStart(1, 3, 1).W[0]![0]);
  });

  test('has the samples and the printed rule for the forward iteration', () => {
    const settings = { data: 'teacher', samples: 16, width: 8, epochs: 5, seed: 2 };
    const run = trainingRun(settings, { gamma: 0.3, eta: 0.5, width: 8 });
    expect(run).toMatchObject({ ...samplesOf(settings), tolerance: 0.01, mostIterations: 100, epochs: 5, gamma: 0.3 });
    expect(run.W).toHaveLength(TEACHER_INPUTS);
  });
});

test('the settings of a figure are three draws of one size and a fourth at the printed one, all in the space', () => {
  const settings = digitSettings({ samples: 60, width: 24, epochs: 40 }, { epochs: 25 });
  expect(settings.map(({ samples, width, epochs }) => [samples, width, epochs])).toEqual([
    [60, 24, 40],
    [60, 24, 40],
    [60, 24, 40],
    [1000, 1000, 25],
  ]);
  expect(new Set(settings.map(({ seed }) => seed)).size).toBe(4);
  for (const setting of settings) expect(trainingSettings.parse(setting)).toEqual(setting);
});
