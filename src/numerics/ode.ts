/** What the integrators share. Times increase; states are vectors of doubles. */

/** Writes the derivative of `state` at `time` into `derivative`; all of one length. Must not keep the arrays. */
export type VectorField = (time: number, state: Float64Array, derivative: Float64Array) => void;

export interface IntegrationOptions {
  /** Local error allowed relative to the state, > 0. */
  readonly relativeTolerance: number;
  /** Local error allowed in absolute terms, ≥ 0. */
  readonly absoluteTolerance: number;
  /** Budget of evaluations of the vector field; passing it throws {@link IntegrationFailed}. Default 1 000 000. */
  readonly maxEvaluations?: number;
}

/** The states at the times asked for: `states[k]` is the k-th component along all times. */
export interface Trajectory {
  readonly times: Float64Array;
  readonly states: readonly Float64Array[];
  readonly evaluations: number;
}

/** An initial value problem left the doubles, or its budget ran out before the end. */
export class IntegrationFailed extends Error {
  override readonly name = 'IntegrationFailed';
}

/** The budget of evaluations where none is given. */
export const DEFAULT_MAX_EVALUATIONS = 1_000_000;

/**
 * Refuses an initial value problem no integrator can take. Throws a RangeError that names what is wrong: an empty or
 * non-finite start; no times, or times that are not finite and strictly increasing; tolerances that are not finite,
 * a relative one that is not > 0, an absolute one < 0; a budget that is not > 0.
 */
export function checkProblem(start: ArrayLike<number>, times: ArrayLike<number>, options: IntegrationOptions): void {
  if (start.length === 0) throw new RangeError('the start has no components');
  for (let k = 0; k < start.length; k += 1) {
    if (!Number.isFinite(start[k])) throw new RangeError(`component ${k} of the start is ${start[k]}`);
  }
  if (times.length === 0) throw new RangeError('no times were given');
  for (let j = 0; j < times.length; j += 1) {
    if (!Number.isFinite(times[j])) throw new RangeError(`time ${j} is ${times[j]}`);
    if (j > 0 && !(times[j]! > times[j - 1]!)) {
      throw new RangeError(`times must increase: time ${j} is ${times[j]} after ${times[j - 1]}`);
    }
  }
  const span = times[times.length - 1]! - times[0]!;
  if (!Number.isFinite(span)) throw new RangeError(`the times span ${span}`);
  const { relativeTolerance, absoluteTolerance, maxEvaluations = DEFAULT_MAX_EVALUATIONS } = options;
  if (!(relativeTolerance > 0 && relativeTolerance < Infinity)) {
    throw new RangeError(`the relative tolerance is ${relativeTolerance}, it must be finite and > 0`);
  }
  if (!(absoluteTolerance >= 0 && absoluteTolerance < Infinity)) {
    throw new RangeError(`the absolute tolerance is ${absoluteTolerance}, it must be finite and ≥ 0`);
  }
  if (!(maxEvaluations > 0)) throw new RangeError(`the budget of evaluations is ${maxEvaluations}, it must be > 0`);
}
