import { Undetermined } from './arithmetic';
import { confirmed, type ConfirmedFlow, type Integrator } from './confirmed-flow';
import { DEFAULT_MAX_EVALUATIONS, IntegrationFailed } from './ode';
import type { IntegrationOptions, Trajectory, VectorField } from './ode';

/**
 * A flow whose field is smooth for as long as certain switches stay as they are. With switches set, field and margins make sense,
 * and are smooth, on the other side too, a little way.
 */
export interface Pieces {
  /** The field with the switches set; writes NaN where it has no value. */
  readonly field: (on: readonly boolean[]) => VectorField;
  /** How far the state is, for every switch, on the side where it is set as it is; near 1 far away, below 0 on the other side. */
  readonly margins: (on: readonly boolean[], state: Float64Array) => readonly number[];
  /** More numbers that the state determines: components of the path behind its own. */
  readonly outputs: (on: readonly boolean[], state: Float64Array) => readonly number[];
}

/** A path in pieces: which switch was changed, and when; the nearest doubles. */
export interface ConfirmedPieces extends ConfirmedFlow {
  readonly kinks: readonly { readonly time: number; readonly index: number }[];
}

/** A switch is to be changed once the state is this far on its other side. */
const BEYOND = 1e-13;
/** Times a switch may be changed in one place before the path is held to slide. */
const MOST_SWITCHES = 2;
/** By how much, of the times they are watched for, the three may differ in when a switch is changed. */
const KINK_TOLERANCE = 1e-8;
const MOST_KINKS = 500;
/** Kinks that are less of the span apart are one place. */
const TIE = 1e-12;

/**
 * As `confirmedFlow`, from a start where the switches are set as given: each of the three integrations is stopped where
 * a switch is on its kink, by itself, and goes on with the switch changed, or with all that are on
 * theirs in one place. A switch that starts on its kink is changed where the path leaves to its other side. Radii as there, from how far the three disagree.
 *
 * Throws {@link Undetermined} where the three disagree on the order of the kinks, where the path slides along a kink (it is driven
 * back to it from both sides), and where it comes so near one between the times watched that it may have touched it.
 */
export function confirmedPieces(
  pieces: Pieces,
  on: readonly boolean[],
  start: ArrayLike<number>,
  times: ArrayLike<number>,
): ConfirmedPieces {
  const found: ConfirmedPieces['kinks'][] = [];
  const flow = confirmed(pieces.field(on), start, times, DEFAULT_MAX_EVALUATIONS, (integrator, watched, options) => {
    const walk = newWalk(pieces, on, start, watched, integrator, options);
    while (walk.next < watched.length) goOn(walk);
    found.push(walk.kinks);
    return trajectoryOf(walk);
  });
  const kinks = found[0]!;
  const room = KINK_TOLERANCE * (times[times.length - 1]! - times[0]!);
  for (const other of found) {
    const near = (k: number): boolean =>
      other[k]!.index === kinks[k]!.index && Math.abs(other[k]!.time - kinks[k]!.time) <= room;
    if (other.length !== kinks.length || !kinks.every((_, k) => near(k))) {
      throw new Undetermined('integrations of a flow with kinks disagree on their order');
    }
  }
  return { ...flow, kinks };
}

/** An integration under way, the state at `time` being where the last kink left it; `next` is the first watched time to come. */
interface Walk {
  readonly pieces: Pieces;
  readonly integrator: Integrator;
  readonly options: IntegrationOptions;
  readonly watched: readonly number[];
  readonly kinks: { time: number; index: number }[];
  /** How often each switch was changed without getting clear of its kink since. */
  readonly switched: number[];
  /** States and outputs at the times watched. */
  readonly points: (readonly number[])[];
  on: readonly boolean[];
  time: number;
  state: Float64Array;
  next: number;
  evaluations: number;
}

function newWalk(
  pieces: Pieces,
  on: readonly boolean[],
  start: ArrayLike<number>,
  watched: readonly number[],
  integrator: Integrator,
  options: IntegrationOptions,
): Walk {
  const state = Float64Array.from(start);
  return {
    ...{ pieces, integrator, options, watched, kinks: [], switched: on.map(() => 0), on, state },
    ...{ points: [[...state, ...pieces.outputs(on, state)]], time: watched[0]!, next: 1, evaluations: 0 },
  };
}

/** Integrates to the end, or to the next kink and changes the switch, or as far as the field reaches. */
function goOn(walk: Walk): void {
  const { pieces, watched, on } = walk;
  const { times, states } = reach(walk, [walk.time, ...watched.slice(walk.next)]);
  const margins = states.map((state) => pieces.margins(on, state));
  const left = margins.findIndex((at) => at.some((margin) => !(margin >= -BEYOND)));
  refuseGrazing(left < 0 ? margins : margins.slice(0, left + 1), times);
  const kink = left < 0 ? undefined : earliest(walk, times, states, margins, left);
  for (let j = 1; j < states.length && !(kink && times[j]! > kink.time); j++) {
    margins[j]!.forEach((margin, k) => void (margin > BEYOND && (walk.switched[k] = 0)));
    if (times[j] !== watched[walk.next]) continue;
    walk.points.push([...states[j]!, ...pieces.outputs(on, states[j]!)]);
    walk.next++;
  }
  if (kink) {
    change(walk, kink);
    return;
  }
  walk.time = times[times.length - 1]!;
  walk.state = states[states.length - 1]!;
}

/** So often a time is halved towards the last one known, where the field has no value as far as that. */
const MOST_HALVINGS = 40;

/** The states at the times; where the field has no value that far, at the first half of them, a quarter, …, or before the first. */
function reach(walk: Walk, wanted: readonly number[]) {
  let times = wanted;
  for (let halved = 0; ; halved++) {
    try {
      const { states, evaluations } = walk.integrator(walk.pieces.field(walk.on), walk.state, times, walk.options);
      walk.evaluations += evaluations;
      return { times, states: times.map((_, j) => Float64Array.from(states, (component) => component[j]!)) };
    } catch (error) {
      if (!(error instanceof IntegrationFailed) || halved === MOST_HALVINGS) throw error;
      const half = wanted[0]! + (times[1]! - wanted[0]!) / 2;
      if (!(half > wanted[0]!)) throw error;
      times = times.length > 2 ? times.slice(0, Math.ceil(times.length / 2)) : [wanted[0]!, half];
    }
  }
}

/** Where the path is stopped: the switches that are on their kinks there. */
interface Kink {
  readonly time: number;
  readonly indices: readonly number[];
  readonly state: Float64Array;
}

/** The first place where switches are on their kinks, of those that the path is beyond at the time of index `left`. */
function earliest(
  walk: Walk,
  times: readonly number[],
  states: readonly Float64Array[],
  margins: readonly (readonly number[])[],
  left: number,
): Kink {
  const beyond = margins[left]!.flatMap((margin, index) => (margin >= -BEYOND ? [] : [index]));
  const kinks = beyond.map((index) => {
    let before = Math.max(0, left - 1);
    while (before > 0 && !(margins[before]![index]! > 0)) before--;
    const [time, state] = [times[before]!, states[before]!];
    if (!(margins[before]![index]! > 0)) return { index, time, state };
    return { index, ...zeroAfter(walk, index, time, state, times[before + 1]!) };
  });
  const first = kinks.reduce((known, kink) => (kink.time < known.time ? kink : known));
  const room = TIE * (times[times.length - 1]! - walk.watched[0]!);
  const indices = kinks.filter(({ time }) => time <= first.time + room).map(({ index }) => index);
  return { time: first.time, state: first.state, indices };
}

/** Steps of the search for a zero: it ends much earlier, at neighbouring doubles or at a zero. */
const MOST_STEPS = 100;

/**
 * The zero of a margin between a time where it is positive and one where it is not, and the state there: by false position
 * (the Illinois variant), every value by an integration of its own from the earlier time.
 */
function zeroAfter(walk: Walk, index: number, from: number, start: Float64Array, to: number) {
  const at = (time: number) => {
    const { states, evaluations } = walk.integrator(walk.pieces.field(walk.on), start, [from, time], walk.options);
    walk.evaluations += evaluations;
    const state = Float64Array.from(states, (component) => component[1]!);
    return { time, state, margin: walk.pieces.margins(walk.on, state)[index]! };
  };
  let low = { time: from, margin: walk.pieces.margins(walk.on, start)[index]! };
  let high = at(to);
  let [atHigh, atLow] = [high.margin, low.margin];
  for (let step = 0; step < MOST_STEPS; step++) {
    const falsePosition = low.time + ((high.time - low.time) * atLow) / (atLow - atHigh);
    const inside = falsePosition > low.time && falsePosition < high.time;
    const time = inside && step < MOST_STEPS / 2 ? falsePosition : low.time + (high.time - low.time) / 2;
    if (!(time > low.time && time < high.time)) break;
    const middle = at(time);
    if (Math.abs(middle.margin) <= BEYOND / 100) return { time: middle.time, state: middle.state };
    if (middle.margin > 0) {
      low = middle;
      [atLow, atHigh] = [middle.margin, atHigh / 2];
    } else {
      high = middle;
      [atHigh, atLow] = [middle.margin, atLow / 2];
    }
  }
  return { time: high.time, state: high.state };
}

function change(walk: Walk, { time, indices, state }: Kink): void {
  for (const index of indices) {
    walk.switched[index]!++;
    if (walk.switched[index]! > MOST_SWITCHES) {
      throw new Undetermined(
        `a flow slides along a kink from time ${time} on: it is driven back to it from both sides`,
      );
    }
    walk.kinks.push({ time, index });
  }
  if (walk.kinks.length > MOST_KINKS) throw new Undetermined(`a flow has more than ${MOST_KINKS} kinks`);
  walk.on = walk.on.map((value, k) => (indices.includes(k) ? !value : value));
  walk.time = time;
  walk.state = state;
}

/**
 * Throws where a margin has a minimum at a time watched that is so low that the parabola through it and its neighbours goes
 * below a quarter of it: the kink may have been passed, and passed again, in between.
 */
function refuseGrazing(margins: readonly (readonly number[])[], times: readonly number[]): void {
  for (let j = 1; j + 1 < margins.length; j++) {
    for (let k = 0; k < margins[j]!.length; k++) {
      const [before, here, after] = [margins[j - 1]![k]!, margins[j]![k]!, margins[j + 1]![k]!];
      if (!(here > BEYOND && here < before && here < after)) continue;
      const least = here - (after - before) ** 2 / (8 * (after - 2 * here + before));
      if (least < here / 4) throw new Undetermined(`a flow may have touched a kink near time ${times[j]!}`);
    }
  }
}

function trajectoryOf({ points, watched, evaluations }: Walk): Trajectory {
  const states = points[0]!.map((_, k) => Float64Array.from(points, (point) => point[k]!));
  return { times: Float64Array.from(watched), states, evaluations };
}
