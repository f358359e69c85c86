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
