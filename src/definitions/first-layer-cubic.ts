import type { Arithmetic } from '../numerics/arithmetic';
import { integrate } from '../numerics/dop853';
import type { VectorField } from '../numerics/ode';
import { nearest, timesUpTo } from './flow';
import { feedbackAlignmentField, feedbackAlignmentFlow, type FeedbackStart, type WeightPath } from './scalar-two-layer';

/**
 * The feedback-alignment flow of the scalar two-layer linear network along a parabola θ2 = θ1²/(2d) + K: there the first
 * layer obeys (54), θ1' = −P(θ1)/2 with the cubic P(x) = x³ + 2dKx − 2dλ. Cubics are made from roots, which stay rational,
 * and not from K and λ.
 */

/** Feedback weight d ≠ 0, signal λ, and the constant K of the parabola. */
export interface Cubic<N> {
  readonly d: N;
  readonly lambda: N;
  readonly K: N;
}

/** Where a path starts, on which cubic, and the root it tends to. */
export interface Course<N> {
  readonly cubic: Cubic<N>;
  readonly theta0: N;
  readonly limit: N;
}

/** The cubic (x − r)(x² + rx + c): λ = rc/(2d), K = (c − r²)/(2d). Every cubic (54) has a real root r, so it is such a one. */
export function cubicWithFactor<N>(R: Arithmetic<N>, d: N, r: N, c: N): Cubic<N> {
  const twice = R.mul(2, d);
  return { d, lambda: R.div(R.mul(r, c), twice), K: R.div(R.sub(c, R.power(r, 2)), twice) };
}

/** The parabola at θ1 = x: θ2 = x²/(2d) + K. */
export function secondLayerAt<N>(R: Arithmetic<N>, { d, K }: Omit<Cubic<N>, 'lambda'>, x: N): N {
  return R.add(R.div(R.power(x, 2), R.mul(2, d)), K);
}

/** The start θ1(0) = theta0 on the parabola. */
export function startOnParabola<N>(R: Arithmetic<N>, cubic: Cubic<N>, theta0: N): FeedbackStart<N> {
  return { lambda: cubic.lambda, d: cubic.d, w1: theta0, w2: secondLayerAt(R, cubic, theta0) };
}

/** θ1' at θ1 = x on the parabola, by the field (35) of both layers. */
export function firstLayerSpeed<N>(R: Arithmetic<N>, cubic: Cubic<N>, x: N): N {
  return feedbackAlignmentField(R, cubic, [x, secondLayerAt(R, cubic, x)])[0];
}

/** A path is followed until the first layer has come nearer to its limit by the factor e^{−5}. */
const FOLDS = 5;

/**
 * `points + 1` equally spaced times up to when the distance of the first layer to its limit has shrunk by e^{−5}: doubles,
 * good to a part in a thousand. With y = θ1 − limit, y' = −Q(θ1)y/2 where Q(x) = P(x)/(x − limit), so that this time is the
 * integral of 2/Q(limit + y₀e^{−τ}) over τ from 0 to 5. A course that starts at its limit is followed as long as it takes
 * near it; for a unit of time where that is for ever, and where it starts at another root than its limit, up to rounding.
 */
export function timesOn<N>(R: Arithmetic<N>, { cubic, ...ends }: Course<N>, points: number): Float64Array {
  const [d, K] = [nearest(R, cubic.d), nearest(R, cubic.K)];
  const [theta0, limit] = [nearest(R, ends.theta0), nearest(R, ends.limit)];
  const slowness = (tau: number): number => {
    const x = limit + (theta0 - limit) * Math.exp(-tau);
    return 2 / Math.abs(x * x + x * limit + limit * limit + 2 * d * K);
  };
  if (points === 0 || ![0, FOLDS].map(slowness).every(Number.isFinite)) return timesUpTo(1, points);
  const field: VectorField = (tau, _time, derivative) => {
    derivative[0] = slowness(tau);
  };
  const options = { relativeTolerance: 1e-3, absoluteTolerance: 1e-6 * slowness(FOLDS) };
  const { states } = integrate(field, [0], [0, FOLDS], options);
  return timesUpTo(states[0]![1]!, points);
}

/** The weights of both layers on a course, at {@link timesOn} it, confirmed by two integrators. */
export function flowOn<N>(R: Arithmetic<N>, course: Course<N>, points: number): WeightPath<N> {
  return feedbackAlignmentFlow(R, startOnParabola(R, course.cubic, course.theta0), timesOn(R, course, points));
}
