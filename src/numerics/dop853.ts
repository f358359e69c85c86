import { advance, begin, denseComponent, prepareDense } from './dop853-step';
import { checkProblem, IntegrationFailed } from './ode';
import type { IntegrationOptions, Trajectory, VectorField } from './ode';

/** Looking a global up is slow inside jest's sandbox. */
const { sign: signOf } = Math;

const EVENT_SAMPLES_PER_STEP = 8;

/**
 * The solution of `state' = field(time, state)` with `start` at `times[0]`, at all `times`, by DOP853. The steps are
 * chosen by the tolerances alone; states in between come from the dense output, the one at the last time from the last
 * step itself.
 *
 * The tolerances bound the estimated local error (root mean square over the components of error / (absolute + relative
 * · |state|)); the error at a time is about that times the number of steps and the sensitivity of the problem, and
 * nothing about it is proved. Throws {@link IntegrationFailed}, with the time reached, when no step of a length above
 * the resolution of the time stays in the doubles and within tolerance (a blow-up, an undefined derivative) or the
 * budget of evaluations runs out; a RangeError on a problem that {@link checkProblem} refuses.
 */
export function integrate(
  field: VectorField,
  start: ArrayLike<number>,
  times: ArrayLike<number>,
  options: IntegrationOptions,
): Trajectory {
  checkProblem(start, times, options);
  const count = times.length;
  const states = Array.from({ length: start.length }, (_, k) => {
    const component = new Float64Array(count);
    component[0] = start[k]!;
    return component;
  });
  if (count === 1) return { times: Float64Array.from(times), states, evaluations: 0 };
  const run = begin(field, start, times[0]!, times[count - 1]!, options);
  let next = 1;
  while (next < count) {
    advance(run);
    for (; next < count && times[next]! <= run.time; next += 1) {
      const atEnd = times[next]! === run.time;
      if (!atEnd && !run.denseIsReady) prepareDense(run);
      for (let k = 0; k < run.dimension; k += 1) {
        states[k]![next] = atEnd ? run.state[k]! : denseComponent(run, k, times[next]!);
      }
    }
  }
  return { times: Float64Array.from(times), states, evaluations: run.evaluations };
}

/**
 * The first time in `(from, to]` at which `event` has left the sign it had (reaching 0 counts), with the state there;
 * `undefined` if it keeps its sign up to `to`. An event that starts at 0 has the first other sign it takes. The array
 * given to `event` must not be kept.
 *
 * The event is watched at eight times a step along the dense output, so two changes of sign closer than that are
 * missed. The change found is bisected down to neighbouring doubles: the time is as sharp as the states of DOP853 are,
 * and on the far side of the change. Errors as {@link integrate}, and {@link IntegrationFailed} when the event is NaN.
 */
export function integrateUntil(
  field: VectorField,
  start: ArrayLike<number>,
  from: number,
  to: number,
  event: (time: number, state: Float64Array) => number,
  options: IntegrationOptions,
): { time: number; state: Float64Array } | undefined {
  checkProblem(start, [from, to], options);
  const run = begin(field, start, from, to, options);
  const sample = new Float64Array(run.dimension);
  const signAt = (time: number): number => {
    if (time === run.time) sample.set(run.state);
    else for (let k = 0; k < sample.length; k += 1) sample[k] = denseComponent(run, k, time);
    const sign = signOf(event(time, sample));
    if (Number.isNaN(sign)) throw new IntegrationFailed(`the event is not a number at time ${time}`);
    return sign;
  };
  let sign = signAt(from);
  while (run.time < to) {
    advance(run);
    prepareDense(run);
    let unchanged = run.before;
    for (let j = 1; j <= EVENT_SAMPLES_PER_STEP; j += 1) {
      const fraction = j / EVENT_SAMPLES_PER_STEP;
      const time = j === EVENT_SAMPLES_PER_STEP ? run.time : run.before + fraction * (run.time - run.before);
      const signNow = signAt(time);
      if (sign !== 0 && signNow !== sign) {
        const change = bisect(signAt, sign, unchanged, time);
        signAt(change);
        return { time: change, state: sample };
      }
      sign = signNow;
      unchanged = time;
    }
  }
  return undefined;
}

/** Where a path was watched and left: what held at `before`, and did not at `time`, both within the last step taken. */
export interface Stop {
  readonly before: number;
  readonly time: number;
  /** The state at any time of the last step, which begins at `earliest`. */
  readonly earliest: number;
  readonly stateAt: (time: number) => Float64Array;
}

/**
 * As {@link integrate}, for as long as `holds`, which is asked at eight times a step along the dense output and must not keep
 * the array given to it. `reached` of the times were written before it stopped holding; the rest of the states is zero.
 */
export function integrateWhile(
  field: VectorField,
  start: ArrayLike<number>,
  times: ArrayLike<number>,
  holds: (time: number, state: Float64Array) => boolean,
  options: IntegrationOptions,
): { readonly states: readonly Float64Array[]; readonly reached: number; readonly stop?: Stop } {
  checkProblem(start, times, options);
  const states = Array.from(start, (x) => new Float64Array(times.length).fill(x, 0, 1));
  if (times.length === 1) return { states, reached: 1 };
  const run = begin(field, start, times[0]!, times[times.length - 1]!, options);
  const sample = new Float64Array(run.dimension);
  const look = (time: number): Float64Array => {
    for (let k = 0; k < sample.length; k += 1)
      sample[k] = time === run.time ? run.state[k]! : denseComponent(run, k, time);
    return sample;
  };
  let reached = 1;
  while (reached < times.length) {
    advance(run);
    prepareDense(run);
    let before = run.before;
    for (let j = 1; j <= EVENT_SAMPLES_PER_STEP; j += 1) {
      const time =
        j === EVENT_SAMPLES_PER_STEP ? run.time : run.before + (j / EVENT_SAMPLES_PER_STEP) * (run.time - run.before);
      if (!holds(time, look(time))) {
        return { states, reached, stop: { before, time, earliest: run.before, stateAt: (t) => look(t).slice() } };
      }
      before = time;
    }
    for (; reached < times.length && times[reached]! <= run.time; reached += 1) {
      look(times[reached]!);
      for (let k = 0; k < sample.length; k += 1) states[k]![reached] = sample[k]!;
    }
  }
  return { states, reached };
}

/** The right one of two neighbouring doubles in `[left, right]` between which the sign stops being `sign`. */
function bisect(signAt: (time: number) => number, sign: number, left: number, right: number): number {
  for (;;) {
    const middle = left + (right - left) / 2;
    if (middle <= left || middle >= right) return right;
    if (signAt(middle) === sign) left = middle;
    else right = middle;
  }
}
