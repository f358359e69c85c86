import {
  ALL_STAGES,
  DENSE_WEIGHTS,
  ERROR_WEIGHTS_3,
  ERROR_WEIGHTS_5,
  NODES,
  STAGE_WEIGHTS,
  STEP_STAGES,
} from './dop853-coefficients';
import { DEFAULT_MAX_EVALUATIONS, IntegrationFailed } from './ode';
import type { IntegrationOptions, VectorField } from './ode';

/** Looking a global up is slow inside jest's sandbox, and these are called at every step. */
const { abs, max, min, sqrt } = Math;
const { isFinite } = Number;

/**
 * Steps of DOP853: explicit Runge–Kutta of order 8 with error control by embedded orders 5 and 3 and dense output of order 7.
 * Source: Hairer, Nørsett, Wanner, Solving Ordinary Differential Equations I, second edition, sections II.4 (start and
 * control of the step), II.5 (the method) and II.6 (dense output).
 */

const DENSE_DEGREE = 7;
const SAFETY = 0.9;
const LARGEST_GROWTH = 6;
const LARGEST_CUT = 3;
/** How far a step is cut when a stage leaves the doubles. */
const CUT_WHEN_NOT_FINITE = 4;
/** A step no longer than this many ulps of the time is not worth taking: dop853.f gives up there as well. */
const SHORTEST_STEP_IN_ULPS = 10;

/** The non-zero entries of a row of weights. */
interface SparseRow {
  readonly columns: Int32Array;
  readonly weights: Float64Array;
}

function sparse(row: readonly number[]): SparseRow {
  const columns = row.flatMap((weight, column) => (weight === 0 ? [] : [column]));
  return { columns: Int32Array.from(columns), weights: Float64Array.from(columns, (column) => row[column]!) };
}

const STAGE_ROWS = STAGE_WEIGHTS.map(sparse);
const ERROR_ROW_5 = sparse(ERROR_WEIGHTS_5);
const ERROR_ROW_3 = sparse(ERROR_WEIGHTS_3);
const DENSE_ROWS = DENSE_WEIGHTS.map(sparse);
const NODE_TIMES = Float64Array.from(NODES);
/** Imported constants may be behind a getter, which is slow in a loop: these are not. */
const RIGHT_END = STEP_STAGES;
const STAGES = ALL_STAGES;

/** An integration under way. After {@link advance}, `[before, time]` is the last step taken. */
export interface Run {
  readonly field: VectorField;
  readonly dimension: number;
  readonly relativeTolerance: number;
  readonly absoluteTolerance: number;
  readonly maxEvaluations: number;
  readonly end: number;
  evaluations: number;
  before: number;
  time: number;
  /** Length of the step to try next. */
  proposal: number;
  denseIsReady: boolean;
  /** The states at `before` and `time`. */
  readonly stateBefore: Float64Array;
  readonly state: Float64Array;
  readonly scratch: Float64Array;
  readonly derivative: Float64Array;
  /** The derivatives of all sixteen stages of component 0, then of component 1, and so on. */
  readonly stages: Float64Array;
  readonly dense: Float64Array;
}

/** An integration at its start, with the first derivative in the stage that {@link advance} takes it from. */
export function begin(
  field: VectorField,
  start: ArrayLike<number>,
  from: number,
  end: number,
  options: IntegrationOptions,
): Run {
  const dimension = start.length;
  const run: Run = {
    field,
    dimension,
    relativeTolerance: options.relativeTolerance,
    absoluteTolerance: options.absoluteTolerance,
    maxEvaluations: options.maxEvaluations ?? DEFAULT_MAX_EVALUATIONS,
    end,
    evaluations: 0,
    before: from,
    time: from,
    proposal: 0,
    denseIsReady: false,
    stateBefore: Float64Array.from(start),
    state: Float64Array.from(start),
    scratch: Float64Array.from(start),
    derivative: new Float64Array(dimension),
    stages: new Float64Array(STAGES * dimension),
    dense: new Float64Array(DENSE_DEGREE * dimension),
  };
  spend(run, 2);
  if (!evaluate(run, RIGHT_END, from)) {
    throw new IntegrationFailed(`the derivative is not finite at the start, time ${from}`);
  }
  // A start near zero asks for a first step that the clock may be too coarse for.
  run.proposal = max(firstStep(run), 4 * SHORTEST_STEP_IN_ULPS * Number.EPSILON * abs(from));
  return run;
}

/**
 * A first step from the sizes of the state and of its first two derivatives (Hairer, Nørsett, Wanner, section II.4);
 * > 0 and at most the span. Expects the derivative at the start in stage 12, overwrites stage 1.
 */
function firstStep(run: Run): number {
  const { dimension, state, scratch, stages } = run;
  const slope = (k: number) => stages[k * STAGES + RIGHT_END]!;
  const span = run.end - run.time;
  let sizeOfState = 0;
  let sizeOfFirst = 0;
  for (let k = 0; k < dimension; k += 1) {
    const scale = scaleOf(run, abs(state[k]!));
    sizeOfState += (state[k]! / scale) ** 2;
    sizeOfFirst += (slope(k) / scale) ** 2;
  }
  const guess = 0.01 * sqrt(sizeOfState / sizeOfFirst);
  const tiny = sizeOfState <= 1e-10 || sizeOfFirst <= 1e-10 || !(guess > 0 && guess < Infinity);
  const euler = min(tiny ? 1e-6 : guess, span);
  for (let k = 0; k < dimension; k += 1) scratch[k] = state[k]! + euler * slope(k);
  if (!evaluate(run, 1, run.time + euler)) return euler * 1e-3;
  let sizeOfSecond = 0;
  for (let k = 0; k < dimension; k += 1) {
    sizeOfSecond += ((stages[k * STAGES + 1]! - slope(k)) / scaleOf(run, abs(state[k]!))) ** 2;
  }
  const largest = max(sqrt(sizeOfFirst), sqrt(sizeOfSecond) / euler);
  const refined = largest <= 1e-15 ? max(1e-6, euler * 1e-3) : (0.01 / largest) ** (1 / 8);
  const step = min(100 * euler, refined, span);
  return step > 0 ? step : euler;
}

/** Takes one step within tolerance, shortened as often as needed; throws {@link IntegrationFailed} if there is none. */
export function advance(run: Run): void {
  for (let k = 0; k < run.dimension; k += 1) {
    run.stages[k * STAGES] = run.stages[k * STAGES + RIGHT_END]!;
    run.stateBefore[k] = run.state[k]!;
  }
  run.before = run.time;
  run.denseIsReady = false;
  let step = run.proposal;
  let refused = false;
  for (;;) {
    const remaining = run.end - run.before;
    // The step is what the clock shows of it, so that the rounding of the times does not add up.
    const target = 1.01 * step >= remaining ? run.end : run.before + step;
    step = target - run.before;
    const shortest = SHORTEST_STEP_IN_ULPS * Number.EPSILON * abs(run.before);
    if (!(step > 0) || (target !== run.end && step <= shortest)) {
      throw new IntegrationFailed(
        `no step within tolerance after time ${run.before}: blow-up, or a derivative that is not finite`,
      );
    }
    const error = attempt(run, target, step);
    if (error <= 1) {
      run.time = target;
      run.proposal = step * min(refused ? 1 : LARGEST_GROWTH, max(1 / LARGEST_CUT, SAFETY * error ** -0.125));
      return;
    }
    refused = true;
    step /= error === Infinity ? CUT_WHEN_NOT_FINITE : min(LARGEST_CUT, error ** 0.125 / SAFETY);
  }
}

/**
 * Tries the step to `target`: writes the new state into `run.state`, its derivative into stage 12, and returns the
 * local error in units of the tolerance; Infinity when a stage, the state or the derivative is not finite.
 */
function attempt(run: Run, target: number, step: number): number {
  const { dimension, state, scratch } = run;
  spend(run, RIGHT_END - 1);
  for (let s = 1; s < RIGHT_END; s += 1) {
    combine(run, s, step);
    if (!evaluate(run, s, run.before + NODE_TIMES[s]! * step)) return Infinity;
  }
  combine(run, RIGHT_END, step);
  for (let k = 0; k < dimension; k += 1) state[k] = scratch[k]!;
  const error = errorOf(run, step);
  if (!(error <= 1)) return isFinite(error) ? error : Infinity;
  spend(run, 1);
  return evaluate(run, RIGHT_END, target) ? error : Infinity;
}

/** Writes `stateBefore + step · Σ weights · stages` into `scratch`, by the weights of stage `s`. */
function combine(run: Run, s: number, step: number): void {
  const { dimension, stages, stateBefore, scratch } = run;
  const row = STAGE_ROWS[s]!;
  for (let k = 0; k < dimension; k += 1) scratch[k] = stateBefore[k]! + step * weigh(row, stages, k);
}

/** Writes the derivative of `scratch` into stage `s`; whether it is finite throughout. */
function evaluate(run: Run, s: number, time: number): boolean {
  const { dimension, stages, derivative } = run;
  run.field(time, run.scratch, derivative);
  let zero = 0;
  for (let k = 0; k < dimension; k += 1) {
    const component = derivative[k]!;
    stages[k * STAGES + s] = component;
    zero += 0 * component;
  }
  return zero === 0;
}

/** Books evaluations; throws {@link IntegrationFailed} if they pass the budget. */
function spend(run: Run, evaluations: number): void {
  run.evaluations += evaluations;
  if (run.evaluations > run.maxEvaluations) {
    throw new IntegrationFailed(`the budget of ${run.maxEvaluations} evaluations ran out at time ${run.before}`);
  }
}

/** What error counts as 1 where the state is that large; never 0. */
function scaleOf(run: Run, size: number): number {
  return run.absoluteTolerance + run.relativeTolerance * size + 2 ** -1074;
}

/** The estimate of the local error in units of the tolerance (Hairer, Nørsett, Wanner, equation II.10.17). */
function errorOf(run: Run, step: number): number {
  const { dimension, stages, stateBefore, state } = run;
  let squares5 = 0;
  let squares3 = 0;
  for (let k = 0; k < dimension; k += 1) {
    const scale = scaleOf(run, max(abs(stateBefore[k]!), abs(state[k]!)));
    squares5 += (weigh(ERROR_ROW_5, stages, k) / scale) ** 2;
    squares3 += (weigh(ERROR_ROW_3, stages, k) / scale) ** 2;
  }
  if (squares5 === 0) return 0;
  return (step * squares5) / sqrt((squares5 + 0.01 * squares3) * dimension);
}

/** Component `k` of the sum of the stages by the weights of a row. */
function weigh({ columns, weights }: SparseRow, stages: Float64Array, k: number): number {
  const at = k * STAGES;
  let sum = 0;
  for (let j = 0; j < columns.length; j += 1) sum += weights[j]! * stages[at + columns[j]!]!;
  return sum;
}

/** Evaluates the three extra stages and lays out the polynomial of the last step, component after component. */
export function prepareDense(run: Run): void {
  const { dimension, stages, stateBefore, state, dense } = run;
  const step = run.time - run.before;
  spend(run, STAGES - RIGHT_END - 1);
  for (let s = RIGHT_END + 1; s < STAGES; s += 1) {
    combine(run, s, step);
    const time = run.before + NODE_TIMES[s]! * step;
    if (!evaluate(run, s, time)) throw new IntegrationFailed(`the derivative is not finite near time ${time}`);
  }
  for (let k = 0; k < dimension; k += 1) {
    const at = k * DENSE_DEGREE;
    const change = state[k]! - stateBefore[k]!;
    const slope = step * stages[k * STAGES]!;
    dense[at] = change;
    dense[at + 1] = slope - change;
    dense[at + 2] = 2 * change - step * stages[k * STAGES + RIGHT_END]! - slope;
    for (let j = 0; j < DENSE_ROWS.length; j += 1) {
      dense[at + 3 + j] = step * weigh(DENSE_ROWS[j]!, stages, k);
    }
  }
  run.denseIsReady = true;
}

/** Component `k` of the dense output at a time of the last step (Hairer, Nørsett, Wanner, section II.6). */
export function denseComponent(run: Run, k: number, time: number): number {
  const { dense } = run;
  const at = k * DENSE_DEGREE;
  const x = (time - run.before) / (run.time - run.before);
  const y = 1 - x;
  const inner = dense[at + 3]! + x * (dense[at + 4]! + y * (dense[at + 5]! + x * dense[at + 6]!));
  return run.stateBefore[k]! + x * (dense[at]! + y * (dense[at + 1]! + x * (dense[at + 2]! + y * inner)));
}
