/** Experiments that train a network several times: their paths hold the runs one after the other. */
import type { Chart } from '../src/claim/chart';
import type { Measures, Series } from '../src/claim/exam';
import type { Reading } from '../src/claim/finding';
import { cut, runsOf } from './samples';

type Name = 'loss' | 'unseen' | 'norm' | 'iterations';

/** Training loss and forward iterations, a number an epoch, and loss on unseen data and ‖A‖, which may be rarer. */
export type TrainingCurves<N> = Measures<N, Name>;

interface TrainingRecord {
  readonly loss: ArrayLike<number>;
  readonly unseenLoss: ArrayLike<number>;
  readonly operatorNorm: ArrayLike<number>;
  readonly iterations: ArrayLike<number>;
}

/** The path of several runs, one after the other. */
export function joinedRuns(records: readonly TrainingRecord[]): Readonly<Record<Name, readonly number[]>> {
  const joined = (name: keyof TrainingRecord): readonly number[] =>
    records.flatMap((record) => Array.from(record[name]));
  return {
    loss: joined('loss'),
    unseen: joined('unseenLoss'),
    norm: joined('operatorNorm'),
    iterations: joined('iterations'),
  };
}

/** What such a path is measured by: all that is in it. */
export function curvesOf<N>(
  _R: unknown,
  { loss, unseen, norm, iterations }: Readonly<Record<Name, ArrayLike<N>>>,
): TrainingCurves<N> {
  return {
    loss: { values: loss },
    unseen: { values: unseen },
    norm: { values: norm },
    iterations: { values: iterations },
  };
}

/** The last number of each of so many runs. */
export function endsOf<N>(R: Reading<N>, series: Series<N>, count: number): readonly number[] {
  return runsOf(R, series, count).map((run) => run[run.length - 1]!);
}

/** Whether each number is below the one before: one answer less than there are numbers. */
export function falling(values: readonly number[]): readonly boolean[] {
  return fallingTo(1, values);
}

/** Whether each number is below so much of the one before: one answer less than there are numbers. */
export function fallingTo(share: number, values: readonly number[]): readonly boolean[] {
  return values.slice(1).map((x, t) => x < share * values[t]!);
}

/** A chart of runs, one after the other in `values`, a curve for each name; `every` epochs from number to number, 1 unless told. */
export function chartOfRuns(
  y: string,
  values: ArrayLike<number>,
  names: readonly string[],
  { every = 1, log }: { readonly every?: number; readonly log: boolean },
): Chart {
  const curves = cut(values, names.length).map((run, k) => ({
    name: names[k]!,
    x: run.map((_, t) => every * t),
    y: run,
  }));
  return { x: 'epoch', y, log, curves };
}
