import type { Arithmetic } from '../numerics/arithmetic';
import { confirmedFlow } from '../numerics/confirmed-flow';
import { doubles } from '../numerics/doubles';

/** The double nearest the middle of what is known of `x`. */
export function nearest<N>(R: Arithmetic<N>, x: N): number {
  const { lower, upper } = R.enclosure(x);
  return lower === upper ? lower : lower / 2 + upper / 2;
}

/** `points + 1` times from 0 to `end`, equally spaced: doubles, the same for a solver and for the definition. */
export function timesUpTo(end: number, points: number): Float64Array {
  return Float64Array.from({ length: points + 1 }, (_, k) => (points === 0 ? 0 : (end * k) / points));
}

/**
 * The solution of an autonomous flow from `start` at `times`, one array a component. It is computed by two independent
 * integrators and two tolerances; over balls each value carries what they disagree by, so that a conclusion read from
 * it is `confirmed`, not proved. The start is exact, so a path of one
 * point is; further on exact arithmetics refuse (`NotRepresentable`).
 */
export function flowPath<N>(
  R: Arithmetic<N>,
  field: (R: Arithmetic<number>, state: readonly number[]) => readonly number[],
  start: readonly N[],
  times: ArrayLike<number>,
): readonly (readonly N[])[] {
  if (times.length === 1) return start.map((x) => [x]);
  const point = start.map(() => 0);
  const { values, radii } = confirmedFlow(
    (_time, state, derivative) => {
      for (let k = 0; k < point.length; k++) point[k] = state[k]!;
      const slope = field(doubles, point);
      for (let k = 0; k < point.length; k++) derivative[k] = slope[k]!;
    },
    start.map((x) => nearest(R, x)),
    times,
  );
  return values.map((component, k) =>
    Array.from(component, (value, t) => (t === 0 ? start[k]! : R.around(value, radii[k]![t]!))),
  );
}
