import { integrate } from './dop853';
import { checkProblem, DEFAULT_MAX_EVALUATIONS } from './ode';
import type { IntegrationOptions, Trajectory, VectorField } from './ode';
import { integrateByExtrapolation } from './odex-integrator';

const FINE_TOLERANCE = 1e-13;
const COARSE_TOLERANCE = 1e-11;
/** The absolute tolerance is this much of the relative one, times the size of the start. */
const ABSOLUTE_SHARE = 1e-3;
const DISAGREEMENT_FACTOR = 4;
const FLOOR_IN_TOLERANCES = 4;
const FLOOR_IN_ULPS = 4;
const EVALUATIONS_PER_STEP = 12;
/** The disagreement is watched at so many times at least, and at so many up to the first time asked for. */
const TIMES_WATCHED = 100;
const TIMES_WATCHED_FIRST = 16;

/** `values[k]` and `radii[k]` are the k-th component and how far from it the true one is held to be, at all times. */
export interface ConfirmedFlow {
  readonly values: Float64Array[];
  readonly radii: Float64Array[];
  /** Of all three integrations together. */
  readonly evaluations: number;
}

/**
 * The solution of `state' = field(time, state)` with `start` at `times[0]`, at all `times`, with a radius for each
 * value that is meant to contain the true one. CONFIRMED, NOT PROVED: the radius is a heuristic from how far three
 * computations disagree; no theorem stands behind it, and a field that is not smooth, or has a feature all three step
 * over, can defeat it.
 *
 * The three are DOP853 at relative tolerances 1e-13 and 1e-11 and, as an independent method with independent code,
 * extrapolation (odex) at 1e-13. The absolute tolerance is 1e-3 of the relative one times the largest component of the
 * start (of the derivative there times the span, if the start is 0). The values are those of DOP853 at 1e-13. The
 * radius of component k at a time after the first is
 *
 *   4 · (largest difference between two of the three in component k, at that time or an earlier one)
 *   + (4 · 1e-13 + 4 · 2⁻⁵² · √(1 + steps)) · (largest |component|, of any, seen by then);
 *
 * at the first time it is 0. The differences are watched at the times asked for and at more in between.
 *
 * The first term follows truncation: as a rule the coarse path, with steps about 1.8 times as long, is off by about
 * 100 times what the fine one is; where it is not (a single step cut off at the end, first steps that both take alike)
 * it is for the extrapolation to see the error. The term also follows rounding that an unstable problem magnifies,
 * since the three round independently. The running maximum is there because a difference passes through 0 by
 * accident, which says nothing about the error; its price is that the radius never shrinks where the flow contracts.
 * The second term is what the agreement cannot tell apart: none of the three is asked for more than 1e-13 in a step,
 * so that errors below it have been seen to agree by chance, and the rounding of the steps adds up like a random walk.
 *
 * If the three disagree wildly the radius is just that large. Throws what `integrate` and `integrateByExtrapolation`
 * throw; `maxEvaluations` is the budget of each of the three.
 */
export function confirmedFlow(
  field: VectorField,
  start: ArrayLike<number>,
  times: ArrayLike<number>,
  maxEvaluations: number = DEFAULT_MAX_EVALUATIONS,
): ConfirmedFlow {
  checkProblem(start, times, { relativeTolerance: FINE_TOLERANCE, absoluteTolerance: 0, maxEvaluations });
  return confirmed(field, start, times, maxEvaluations, (integrator, watched, options) =>
    integrator(field, start, watched, options),
  );
}

/** DOP853 or extrapolation. */
export type Integrator = typeof integrate;

/**
 * As {@link confirmedFlow}, for paths that are made of several integrations: `follow` is handed an integrator, the times to
 * watch and the tolerances, three times over. `field` is the one at the start. The paths may have more components than it.
 */
export function confirmed(
  field: VectorField,
  start: ArrayLike<number>,
  times: ArrayLike<number>,
  maxEvaluations: number,
  follow: (integrator: Integrator, watched: readonly number[], options: IntegrationOptions) => Trajectory,
): ConfirmedFlow {
  const size = sizeOf(field, start, times);
  const options = (relativeTolerance: number) => ({
    relativeTolerance,
    absoluteTolerance: relativeTolerance * ABSOLUTE_SHARE * size,
    maxEvaluations,
  });
  const { watched, asked } = timesToWatch(times);
  const fine = follow(integrate, watched, options(FINE_TOLERANCE));
  const coarse = follow(integrate, watched, options(COARSE_TOLERANCE));
  const other = follow(integrateByExtrapolation, watched, options(FINE_TOLERANCE));
  const thin = (component: Float64Array) => Float64Array.from(asked, (index) => component[index]!);
  return {
    values: fine.states.map(thin),
    radii: radiiOf(fine, coarse, other).map(thin),
    evaluations: fine.evaluations + coarse.evaluations + other.evaluations,
  };
}

/** The times, with more in between, all strictly increasing; `asked[j]` is where among them the j-th time is. */
function timesToWatch(times: ArrayLike<number>): { watched: number[]; asked: number[] } {
  const watched = [times[0]!];
  const asked = [0];
  const usual = Math.ceil(TIMES_WATCHED / (times.length - 1));
  for (let j = 1; j < times.length; j += 1) {
    const [left, right] = [times[j - 1]!, times[j]!];
    const pieces = j === 1 ? Math.max(usual, TIMES_WATCHED_FIRST) : usual;
    for (let piece = 1; piece < pieces; piece += 1) {
      const time = left + (right - left) * (piece / pieces);
      if (time > watched[watched.length - 1]! && time < right) watched.push(time);
    }
    asked.push(watched.push(right) - 1);
  }
  return { watched, asked };
}

/** The radii in the docstring of {@link confirmedFlow}, at all times watched. */
function radiiOf(fine: Trajectory, coarse: Trajectory, other: Trajectory): Float64Array[] {
  const count = fine.times.length;
  const ulps = FLOOR_IN_ULPS * Number.EPSILON * Math.sqrt(1 + fine.evaluations / EVALUATIONS_PER_STEP);
  const floors = new Float64Array(count);
  let largest = 0;
  for (let j = 0; j < count; j += 1) {
    for (const component of fine.states) largest = Math.max(largest, Math.abs(component[j]!));
    floors[j] = (FLOOR_IN_TOLERANCES * FINE_TOLERANCE + ulps) * largest;
  }
  return fine.states.map((component, k) => {
    const [second, third] = [coarse.states[k]!, other.states[k]!];
    const radii = new Float64Array(count);
    let disagreement = 0;
    for (let j = 1; j < count; j += 1) {
      const [a, b, c] = [component[j]!, second[j]!, third[j]!];
      disagreement = Math.max(disagreement, Math.abs(a - b), Math.abs(a - c), Math.abs(b - c));
      radii[j] = DISAGREEMENT_FACTOR * disagreement + floors[j]!;
    }
    return radii;
  });
}

/** The size of the problem that the absolute tolerance is measured by: finite, and > 0 where there is time to pass. */
function sizeOf(field: VectorField, start: ArrayLike<number>, times: ArrayLike<number>): number {
  const size = largestOf(start);
  if (size > 0 || times.length === 1) return size;
  const slope = new Float64Array(start.length);
  field(times[0]!, Float64Array.from(start), slope);
  const reach = largestOf(slope) * (times[times.length - 1]! - times[0]!);
  return reach > 0 && reach < Infinity ? reach : 1;
}

function largestOf(vector: ArrayLike<number>): number {
  let largest = 0;
  for (let k = 0; k < vector.length; k += 1) largest = Math.max(largest, Math.abs(vector[k]!));
  return largest;
}
