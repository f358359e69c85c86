import { lessThan } from '../src/claim/compare';
import type { Series } from '../src/claim/exam';
import type { Finding, Reading } from '../src/claim/finding';

/** What some runs of an experiment came to, each run one number. */
export interface Sample {
  readonly mean: number;
  /** The standard deviation of one run, with n − 1; 0 for a single run. */
  readonly deviation: number;
  /** How many runs. */
  readonly size: number;
}

/** Mean and standard deviation of numbers, one a run. Throws RangeError for none. */
export function sampleOf(values: ArrayLike<number>): Sample {
  const size = values.length;
  if (size === 0) throw new RangeError('a sample of no runs: expected at least one');
  const numbers = Array.from(values);
  const mean = numbers.reduce((sum, x) => sum + x, 0) / size;
  const squares = numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return { mean, deviation: size === 1 ? 0 : Math.sqrt(squares / (size - 1)), size };
}

/**
 * Standard errors that two means have to lie apart for one to be called smaller: normal means that are equal differ by
 * more once in two million times.
 */
const STANDARD_ERRORS = 5;

/**
 * The mean of one sample is below that of another, by more than chance explains: unresolved where the means are closer
 * than five standard errors of their difference. In doubles, for experiments.
 */
export function clearlyBelow<N>(R: Reading<N>, small: Sample, large: Sample, at = 0): Finding {
  const error = Math.sqrt(small.deviation ** 2 / small.size + large.deviation ** 2 / large.size);
  const apart = Math.abs(large.mean - small.mean) > STANDARD_ERRORS * error;
  // Equal sides are what doubles leave unresolved.
  return lessThan(R, small.mean, apart ? large.mean : small.mean, at);
}

/** Every run shows it: how many do not is less than one half, so that doubles can tell. */
export function everyRun<N>(R: Reading<N>, runs: readonly boolean[]): Finding {
  return lessThan(R, runs.filter((shown) => !shown).length, 0.5);
}

/** Some run shows it. */
export function someRun<N>(R: Reading<N>, runs: readonly boolean[]): Finding {
  return lessThan(R, 0.5, runs.filter(Boolean).length);
}

/** A series as doubles: what experiments calculate with. */
export function numbersOf<N>(R: Reading<N>, { values }: Series<N>): readonly number[] {
  return Array.from(values, (x) => R.enclosure(x).lower);
}

/** A path that holds several runs one after the other, cut into them. */
export function runsOf<N>(R: Reading<N>, series: Series<N>, count: number): readonly (readonly number[])[] {
  return cut(numbersOf(R, series), count);
}

/** Numbers cut into `count` pieces of one length. */
export function cut(values: ArrayLike<number>, count: number): readonly (readonly number[])[] {
  const length = values.length / count;
  return Array.from({ length: count }, (_, k) => Array.from(values).slice(k * length, (k + 1) * length));
}
