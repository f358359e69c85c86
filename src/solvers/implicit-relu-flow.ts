/**
 * The gradient flow of an implicit ReLU network. Between kinks every unit stays on or off, and the flow is that of the smooth
 * network with these units, which goes on beyond the kink: so that a kink is a zero of a smooth function along the path.
 */
import { integrateWhile, type Stop } from '../numerics/dop853';
import { IntegrationFailed, type VectorField } from '../numerics/ode';
import { note, roomForPath, type WritablePath } from './implicit-relu';
import { settle } from './implicit-relu-equilibrium';
import { findMargins, largest, settleOn } from './implicit-relu-pattern';
import {
  findFeatures,
  findGradients,
  IMPLICIT,
  markUnits,
  networkFor,
  type ImplicitCoefficients,
  type Network,
} from './implicit-relu-kernel';
import {
  NoPath,
  SolverError,
  type ImplicitOutputs,
  type ImplicitProblem,
  type ImplicitWeights,
  type Times,
} from './interfaces';

/** A unit that is switched along a path: of the features σ(XW) or of the layer, for one sample. */
export interface Kink {
  readonly time: number;
  readonly of: 'features' | 'layer';
  readonly sample: number;
  readonly unit: number;
  /** Whether it is on from then on. */
  readonly on: boolean;
}

/** Local tolerance of the integrator; the global error stays below 1e-9 of the largest entry. */
const TOLERANCE = 1e-12;
/** A unit has left its side once it is this far beyond its kink, in units of the largest terms of what it sums. */
const BEYOND = 1e-13;
/** A unit may be switched so often without getting clear of its kink: more often, and the path slides along it. */
const MOST_SWITCHES = 2;
/** More kinks than this are a path that is driven to and fro between several. */
const MOST_KINKS = 500;
/** Kinks that are less of a step apart are one place. */
const TIE = 1e-9;

/** The gradient flow, at the times asked for. {@link NoPath} where it slides along a kink, {@link SolverError} where it leaves
 * the doubles. */
export const implicitFlow =
  (c: ImplicitCoefficients) =>
  (problem: ImplicitProblem & Times): ImplicitWeights & ImplicitOutputs =>
    follow(problem, c).path;

/**
 * The kinks of the gradient flow up to the last time asked for, in their order: where units are switched. A unit that starts on
 * its kink is off, by σ'(0) = 0, and has a kink at the first time where it leaves to the other side. Errors as the flow.
 */
export function locateKinks(problem: ImplicitProblem & Times): readonly Kink[] {
  return follow(problem, IMPLICIT).kinks;
}

/** A path under way. */
interface Walk {
  readonly net: Network;
  readonly c: ImplicitCoefficients;
  readonly kinks: Kink[];
  /** For every unit, those of the features first, how often it was switched without getting clear of its kink. */
  readonly switched: Uint8Array;
  /** For every unit how far it is on its own side, where it was last looked at. */
  readonly margins: Float64Array;
}

function follow(problem: ImplicitProblem & Times, c: ImplicitCoefficients) {
  const net = networkFor(problem);
  const path = roomForPath(net, problem.times.length);
  findFeatures(net, c);
  settle(net, c);
  markUnits(net);
  note(path, net, 0);
  const units = 2 * net.D.length;
  const walk: Walk = { net, c, kinks: [], switched: new Uint8Array(units), margins: new Float64Array(units) };
  try {
    followFrom(walk, path, problem.times);
  } catch (error) {
    if (!(error instanceof IntegrationFailed)) throw error;
    throw new SolverError(`the gradient flow cannot be followed: ${error.message}; ask for earlier times`);
  }
  return { path, kinks: walk.kinks };
}

/** Writes the path from its second point on, from kink to kink. */
function followFrom(walk: Walk, path: WritablePath, times: ArrayLike<number>): void {
  const { net, c } = walk;
  const field = fieldOf(walk);
  const put = (state: Float64Array, t: number): void => {
    scatter(state, net);
    settleOn(net, c);
    for (let k = 0; k < net.Z.length; k++) net.Z[k] = Math.max(0, net.Z[k]!);
    note(path, net, t);
  };
  let state = gather(net);
  const options = tolerances(field, net, state, times[times.length - 1]! - times[0]!);
  let [from, next] = [times[0]!, 1];
  while (next < times.length) {
    if (times[next]! <= from) {
      put(state, next++);
      continue;
    }
    const wanted = [from, ...Array.from(times).slice(next)];
    const { states, reached, stop } = integrateWhile(field, state, wanted, (_time, at) => holds(walk, at), options);
    for (let k = 1; k < reached; k++) {
      put(
        Float64Array.from(states, (component) => component[k]!),
        next++,
      );
    }
    if (!stop) return;
    const kink = locate(walk, stop);
    for (; next < times.length && times[next]! <= kink.time; next++) put(stop.stateAt(times[next]!), next);
    state = stop.stateAt(kink.time);
    from = kink.time;
    for (const index of kink.indices) switchUnit(walk, index, from);
  }
}

/** Minus the gradients of the network whose units are on or off as they are marked. */
const fieldOf =
  ({ net, c }: Walk): VectorField =>
  (_time, state, derivative) => {
    scatter(state, net);
    if (!settleOn(net, c) || !findGradients(net, c)) {
      derivative.fill(NaN);
      return;
    }
    let next = 0;
    for (const gradient of [net.gW, net.gA, net.gb]) {
      for (let k = 0; k < gradient.length; k++) derivative[next++] = -gradient[k]!;
    }
  };

/** Whether every unit is on its own side still; notes those that have got clear of their kinks. */
function holds(walk: Walk, state: Float64Array): boolean {
  const { margins, switched } = walk;
  lookAt(walk, state);
  let all = true;
  for (let k = 0; k < margins.length; k++) {
    if (!(margins[k]! >= -BEYOND)) all = false;
    if (margins[k]! > BEYOND) switched[k] = 0;
  }
  return all;
}

function lookAt({ net, c, margins }: Walk, state: Float64Array): void {
  scatter(state, net);
  if (settleOn(net, c)) findMargins(net, margins);
  else margins.fill(NaN);
}

/** When the first of the units that have left their sides where the path was stopped was on its kink, and which were then. */
function locate(walk: Walk, stop: Stop): { readonly time: number; readonly indices: readonly number[] } {
  lookAt(walk, stop.stateAt(stop.time));
  const left = Array.from(walk.margins.keys()).filter((k) => !(walk.margins[k]! >= -BEYOND));
  const times = left.map((index) => {
    const beyond = (time: number): boolean => {
      lookAt(walk, stop.stateAt(time));
      return !(walk.margins[index]! > 0);
    };
    return beyond(stop.earliest) ? stop.earliest : firstTime(beyond, stop.earliest, stop.time);
  });
  const first = Math.min(...times);
  const room = TIE * (stop.time - stop.earliest);
  return { time: first, indices: left.filter((_, k) => times[k]! <= first + room) };
}

/** The right one of two neighbouring doubles between which the statement becomes true. */
function firstTime(holds: (time: number) => boolean, left: number, right: number): number {
  let [low, high] = [left, right];
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return high;
    if (holds(middle)) high = middle;
    else low = middle;
  }
}

/** Switches a unit. {@link NoPath} where it has just been switched, and comes back, or after too many kinks. */
function switchUnit({ net, kinks, switched }: Walk, index: number, time: number): void {
  const layer = index >= net.D.length;
  const at = layer ? index - net.D.length : index;
  const marks = layer ? net.D : net.E;
  const [sample, unit] = [Math.floor(at / net.m), at % net.m];
  const name = `unit ${unit} of the ${layer ? 'layer' : 'features'} on sample ${sample}`;
  if (++switched[index]! > MOST_SWITCHES) {
    throw new NoPath(
      `the gradient flow slides along a kink from time ${time} on: ${name} is driven back to it from both sides, and the flow is not defined there`,
    );
  }
  if (kinks.length === MOST_KINKS) throw new NoPath(`more than ${MOST_KINKS} kinks up to time ${time}`);
  marks[at] = 1 - marks[at]!;
  kinks.push({ time, of: layer ? 'layer' : 'features', sample, unit, on: marks[at] === 1 });
}

/**
 * Errors are allowed as shares of the entry, or, for those near 0, of the largest of W, of A or of b, whichever is smallest:
 * as they are at the start, or, for zeros, as far as they get at the speed that they start with.
 */
function tolerances(field: VectorField, { W, A, b }: Network, state: Float64Array, span: number) {
  const slope = new Float64Array(state.length);
  field(0, state, slope);
  const sizes = [W, A, b].map((weights, k) => {
    const from = [0, W.length, W.length + A.length][k]!;
    return largest(weights) || largest(slope.subarray(from, from + weights.length)) * span;
  });
  const size = Math.min(...sizes.filter((x) => x > 0 && x < Infinity));
  return { relativeTolerance: TOLERANCE, absoluteTolerance: TOLERANCE * (size < Infinity ? size : 1) };
}

/** From one array to the weights, and back. */
function scatter(state: Float64Array, { W, A, b }: Network): void {
  let next = 0;
  for (let k = 0; k < W.length; k++) W[k] = state[next++]!;
  for (let k = 0; k < A.length; k++) A[k] = state[next++]!;
  for (let k = 0; k < b.length; k++) b[k] = state[next++]!;
}

const gather = ({ W, A, b }: Network): Float64Array => Float64Array.from([...W, ...A, ...b]);
