import { space } from '../src/claim/space';
import { choice, counts } from './coordinates';
import { digitSamples, teacherSamples, type SplitSamples } from './digits';
import { normals, take, uniformStream } from './streams';

/**
 * What the experiments on implicit networks are run with (Section 7): how many samples are trained on, which, for how many
 * epochs, and the seed of samples and weights.
 */
export const trainingSettings = space()
  .with('data', choice('digits', 'teacher'))
  .with('samples', counts(16, 1000))
  .with('width', counts(8, 1000))
  .with('epochs', counts(4, 500))
  .with('seed', counts(1, 1000));

/** One setting of {@link trainingSettings}. */
export interface TrainingSettings {
  readonly data: string;
  readonly samples: number;
  readonly width: number;
  readonly epochs: number;
  readonly seed: number;
}

/** Three seeds of one size, and the printed N = m = 1000 for as many epochs as a deep run has time for. */
export function digitSettings(
  size: Pick<TrainingSettings, 'samples' | 'width' | 'epochs'>,
  printed: Pick<TrainingSettings, 'epochs'>,
): readonly TrainingSettings[] {
  return [
    ...[1, 2, 3].map((seed) => ({ data: 'digits', ...size, seed })),
    { data: 'digits', samples: 1000, width: 1000, ...printed, seed: 4 },
  ];
}

/** The samples of a setting. */
export function samplesOf({ data, samples, seed }: TrainingSettings): SplitSamples {
  return data === 'digits' ? digitSamples(seed, samples) : teacherSamples(seed, samples);
}

/** Weights at the start: W of inputs×width with entries N(0, 1/width), A = I, b = 0. */
export interface StartingWeights {
  readonly W: readonly (readonly number[])[];
  readonly A: readonly (readonly number[])[];
  readonly b: readonly number[];
}

/** The printed start. W is from a stream of its own for each width. */
export function implicitStart(seed: number, inputs: number, width: number): StartingWeights {
  const normal = normals(uniformStream(seed, 'implicit', 'W', String(width)));
  return {
    W: Array.from({ length: inputs }, () => Array.from(take(normal, width, 1 / Math.sqrt(width)))),
    A: Array.from({ length: width }, (_, i) => Array.from({ length: width }, (_x, j) => Number(i === j))),
    b: Array.from({ length: width }, () => 0),
  };
}

/** What differs between the curves of a figure: the scalar γ, the step size, the width. */
export interface Training {
  readonly gamma: number;
  readonly eta: number;
  readonly width: number;
}

/** A loss from which no training comes back: it starts at a quarter of the number of samples. */
export const DIVERGED = 1e12;

/**
 * A training run with the printed rule for the forward iteration: it ends at ‖Z^{l+1} − Z^l‖_F ≤ 1/100, or after 100
 * iterations. What is wanted now and then is wanted every `every` epochs.
 */
export function trainingRun(settings: TrainingSettings, { gamma, eta, width }: Training, every = 1) {
  const samples = samplesOf(settings);
  const start = implicitStart(settings.seed, samples.X[0]!.length, width);
  const rule = { tolerance: 1e-2, mostIterations: 100, stopAbove: DIVERGED };
  return { ...samples, ...start, ...rule, gamma, eta, epochs: settings.epochs, every };
}
