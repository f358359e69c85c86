import { readFileSync } from 'node:fs';
import { take, normals, uniformStream } from './streams';

/** The rows of a matrix. */
type Rows = readonly (readonly number[])[];

/** Inputs of norm 1, and a target for each. */
export interface Samples {
  readonly X: Rows;
  readonly y: readonly number[];
}

/** What is trained on, and as many samples of the same kind that are not. */
export interface SplitSamples extends Samples {
  readonly unseen: Samples;
}

/** Pixels of an image: 28 times 28, grey from 0 to 1. */
export const PIXELS = 784;

/** The package that holds the images is not installed, or not the version that is pinned. */
export class MissingDigits extends Error {
  override readonly name = 'MissingDigits';
}

const read = new Map<number, Rows>();

/**
 * All images of the handwritten digit 0 (1001 of them) or 1 (1127) in the package `mnist`, which holds ten thousand of the
 * data set of that name (LeCun, Cortes and Burges): rows of {@link PIXELS} numbers from 0 to 1. The file is read once.
 * Throws {@link MissingDigits} where it is not there.
 */
export function digits(label: 0 | 1): Rows {
  const known = read.get(label);
  if (known) return known;
  const { data } = JSON.parse(readFileSync(fileOf(label), 'utf8')) as { readonly data: readonly number[] };
  if (data.length === 0 || data.length % PIXELS !== 0) {
    throw new MissingDigits(
      `the images of ${label} are ${data.length} numbers: expected some times ${PIXELS}, run npm ci`,
    );
  }
  const images = Array.from({ length: data.length / PIXELS }, (_, k) => data.slice(k * PIXELS, (k + 1) * PIXELS));
  read.set(label, images);
  return images;
}

function fileOf(label: number): string {
  try {
    return require.resolve(`mnist/src/digits/${label}.json`);
  } catch {
    throw new MissingDigits(
      `the images of ${label} are not there: expected the package mnist among the development dependencies, run npm ci`,
    );
  }
}

/** How many images of the smaller class there are, made even: one half is trained on, the other is not. */
const MOST_OF_A_CLASS = 500;

/**
 * n/2 images of each of the digits 0 and 1, drawn without replacement, and as many others unseen; rows scaled to norm 1,
 * the digit as the target. Throws RangeError unless n is even, from 2 to 1000.
 */
export function digitSamples(seed: number, n: number): SplitSamples {
  const half = n / 2;
  if (!Number.isInteger(half) || half < 1 || half > MOST_OF_A_CLASS) {
    throw new RangeError(`${n} images to train on: expected an even number from 2 to ${2 * MOST_OF_A_CLASS}`);
  }
  const drawn = ([0, 1] as const).map((label) => shuffled(digits(label), seed, label));
  const part = (from: number): Samples => ({
    X: drawn.flatMap((images) => images.slice(from, from + half).map(unit)),
    y: drawn.flatMap((_images, label) => Array.from({ length: half }, () => label)),
  });
  return { ...part(0), unseen: part(half) };
}

/** Components of the synthetic inputs. */
export const TEACHER_INPUTS = 20;

/**
 * The synthetic counterpart: n inputs uniform on the sphere in ℝ²⁰ and as many unseen, with target 1 where a random linear
 * teacher is positive, else 0.
 */
export function teacherSamples(seed: number, n: number): SplitSamples {
  const normal = normals(uniformStream(seed, 'implicit teacher'));
  const teacher = take(normal, TEACHER_INPUTS);
  const draw = (): Samples => {
    const X = Array.from({ length: n }, () => unit(Array.from(take(normal, TEACHER_INPUTS))));
    return { X, y: X.map((x) => Number(x.reduce((sum, value, j) => sum + value * teacher[j]!, 0) > 0)) };
  };
  const trained = draw();
  return { ...trained, unseen: draw() };
}

/** Scaled to norm 1. */
function unit(row: readonly number[]): readonly number[] {
  const norm = Math.hypot(...row);
  return row.map((x) => x / norm);
}

/** The rows in random order (Fisher and Yates). */
function shuffled(rows: Rows, seed: number, label: number): Rows {
  const uniform = uniformStream(seed, 'digits', String(label));
  const order = [...rows];
  for (let k = order.length - 1; k > 0; k--) {
    const other = Math.floor(uniform() * (k + 1));
    [order[k], order[other]] = [order[other]!, order[k]!];
  }
  return order;
}
