/** Charts that several claims show. */
import type { Chart } from '../src/claim/chart';

export interface StepSizes {
  /** The step size in the unit that the chart counts in. */
  readonly unit: string;
  /** The largest that is shown. */
  readonly upTo: number;
  /** Where the claimed range ends. */
  readonly claimed: number;
  /** How many steps were taken. */
  readonly steps: number;
  /** The error after the last step, relative to the one before the first. */
  errorAt(step: number): number;
}

const POINTS = 300;
/** Errors outside are drawn at the ends: below is rounding, beyond has run away. */
const [LEAST, MOST] = [1e-16, 1e4];
/** An error that has not come down to this has not converged. */
const CONVERGED = 1e-3;

/**
 * What is left of the error by the step size, within the range that is claimed and beyond it: with marks where the claimed
 * range ends and where the true one does: at the first step size beyond from which the error does not come down to a
 * thousandth.
 */
export function byStepSize({ unit, upTo, claimed, steps, errorAt }: StepSizes): Chart {
  const x = Array.from({ length: POINTS }, (_, k) => (upTo * (k + 1)) / POINTS);
  const errors = x.map(errorAt);
  // Too small a step size has not come there in so many steps either.
  const enough = errors.findIndex((error) => error <= CONVERGED);
  const first = errors.findIndex((error, k) => k > enough && x[k]! > claimed && !(error <= CONVERGED));
  const marks = [{ at: claimed, label: 'claimed' }];
  if (enough >= 0 && first >= 0) marks.push({ at: x[first]!, label: 'true' });
  const clipped = (error: number): number => (error >= LEAST ? Math.min(MOST, error) : error < LEAST ? LEAST : MOST);
  return {
    title: `the error after ${steps} steps, by the step size`,
    x: unit,
    y: 'error/first error',
    log: true,
    curves: [{ name: '', x, y: errors.map(clipped) }],
    marks,
  };
}
