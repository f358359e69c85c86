import { integrate } from '../numerics/dop853';
import type { VectorField } from '../numerics/ode';
import type { FeedbackProblem, ScalarPath, ScalarStart, Times } from './interfaces';

/** Factors on the right-hand sides of the scalar flows, all 1 in the correct solver: the places of seeded faults. */
export interface FlowCoefficients {
  readonly firstLayer: number;
  readonly secondLayer: number;
  /** Factor on the product inside the error. */
  readonly product: number;
}

export const FLOW: FlowCoefficients = { firstLayer: 1, secondLayer: 1, product: 1 };

/** Local tolerance of the integrator; the global error of these flows stays below 1e-9 of the largest weight. */
const TOLERANCE = 1e-12;

/** The feedback-alignment flow (35)–(36) by DOP853, at the times asked for. */
export function feedbackAlignmentFlow(c: FlowCoefficients): (problem: FeedbackProblem & Times) => ScalarPath {
  return ({ lambda, d, w1, w2, times }) => {
    const slope = c.firstLayer * d;
    const field: VectorField = (_time, state, derivative) => {
      const x = state[0]!;
      const error = lambda - c.product * state[1]! * x;
      derivative[0] = slope * error;
      derivative[1] = c.secondLayer * error * x;
    };
    return solve(w1, w2, times, field, Math.cbrt(2 * Math.abs(d * lambda)));
  };
}

/** The gradient flow of (λ − w2w1)²/2 by DOP853, at the times asked for. */
export function gradientFlow(c: FlowCoefficients): (problem: ScalarStart & Times) => ScalarPath {
  return ({ lambda, w1, w2, times }) =>
    solve(w1, w2, times, (_time, state, derivative) => {
      const x = state[0]!;
      const y = state[1]!;
      const error = lambda - c.product * y * x;
      derivative[0] = c.firstLayer * error * y;
      derivative[1] = c.secondLayer * error * x;
    });
}

/** `reach`: how large the weights get from a start at zero, where the start itself says nothing about their size. */
function solve(w1: number, w2: number, times: ArrayLike<number>, field: VectorField, reach = 0): ScalarPath {
  const size = Math.max(Math.abs(w1), Math.abs(w2)) || reach || 1;
  const options = { relativeTolerance: TOLERANCE, absoluteTolerance: TOLERANCE * size };
  const { states } = integrate(field, [w1, w2], times, options);
  return { w1: states[0]!, w2: states[1]! };
}
