import { createRequire } from 'node:module';
import { checkProblem, DEFAULT_MAX_EVALUATIONS, IntegrationFailed } from './ode';
import type { IntegrationOptions, Trajectory, VectorField } from './ode';

/** Looking a global up is slow inside jest's sandbox. */
const { isFinite } = Number;

/** The part of odex 2.0.4 in use. */
interface OdexSolver {
  relativeTolerance: number;
  absoluteTolerance: number;
  denseOutput: boolean;
  maxSteps: number;
  /** 0 means the whole span. */
  maxStepSize: number;
  /**
   * Calls `output` at the start (without `dense`) and after every step taken, which `dense` gives component `c` of at
   * any time; returning false from it ends the integration.
   */
  solve(
    derivative: (x: number, y: number[]) => ArrayLike<number>,
    x: number,
    y: number[],
    xEnd: number,
    output: (
      step: number,
      xOld: number,
      x: number,
      y: number[],
      dense?: (c: number, x: number) => number,
    ) => boolean | undefined,
  ): unknown;
}

// Not an import: beside its JavaScript the package ships TypeScript source, which the compiler would then check by our
// stricter rules and refuse.
const { Solver } = createRequire(__filename)('odex') as { readonly Solver: new (dimension: number) => OdexSolver };

/** odex passes over a remainder this small, relative to the time covered (it stops at 10 · 2.3e-16). */
const REMAINDER_NOT_TAKEN = 3e-15;
/** After this many steps shortened because the field left the doubles, longer ones are tried again. */
const STEPS_KEPT_SHORT = 8;
const CUT_WHEN_NOT_FINITE = 4;

/** A stage of a step left the doubles; caught within this file, where the step is then shortened. */
class NotFinite extends Error {
  constructor(readonly time: number) {
    super(`not finite at ${time}`);
  }
}

/** An integration under way; its times count from the first time asked for. */
interface Run {
  readonly field: VectorField;
  readonly origin: number;
  readonly span: number;
  readonly times: ArrayLike<number>;
  readonly states: readonly Float64Array[];
  readonly options: IntegrationOptions;
  readonly scratch: Float64Array;
  readonly derivative: Float64Array;
  evaluations: number;
  /** How far the solution is known, and the state there. */
  reached: number;
  state: number[];
  /** The first output not yet written. */
  next: number;
  /** The longest step allowed; Infinity for any. */
  longestStep: number;
}

/**
 * The solution of `state' = field(time, state)` with `start` at `times[0]`, at all `times`, by extrapolation of the
 * explicit midpoint rule (Gragg, Bulirsch, Stoer) of variable order with dense output: the npm package odex, a port of
 * ODEX (Hairer, Nørsett, Wanner, Solving Ordinary Differential Equations I, second edition, sections II.9 and II.10).
 * It shares neither method nor code with DOP853, which is its use: a second opinion.
 *
 * Guarantees and errors are those of `integrate` in dop853.ts: tolerances bound the estimated local error, nothing
 * about the error at a time is proved; {@link IntegrationFailed} with the time reached on a blow-up, a derivative that
 * is not finite, or a budget run out; a RangeError on a problem that {@link checkProblem} refuses.
 */
export function integrateByExtrapolation(
  field: VectorField,
  start: ArrayLike<number>,
  times: ArrayLike<number>,
  options: IntegrationOptions,
): Trajectory {
  checkProblem(start, times, options);
  const states = Array.from({ length: start.length }, (_, k) => {
    const component = new Float64Array(times.length);
    component[0] = start[k]!;
    return component;
  });
  const run: Run = {
    field,
    origin: times[0]!,
    span: times[times.length - 1]! - times[0]!,
    times,
    states,
    options,
    scratch: new Float64Array(start.length),
    derivative: new Float64Array(start.length),
    evaluations: 0,
    reached: 0,
    state: Array.from(start),
    next: 1,
    longestStep: Infinity,
  };
  while (run.next < times.length) integrateOn(run);
  return { times: Float64Array.from(times), states, evaluations: run.evaluations };
}

/** Integrates on, to the end or until the longest step allowed is changed: shortened after a {@link NotFinite}. */
function integrateOn(run: Run): void {
  const limited = run.longestStep < run.span;
  const solver = new Solver(run.state.length);
  solver.relativeTolerance = run.options.relativeTolerance;
  // odex divides by absolute + relative tolerance · |state|, which must not be 0.
  solver.absoluteTolerance = Math.max(run.options.absoluteTolerance, 1e-300);
  solver.denseOutput = true;
  solver.maxSteps = Number.MAX_SAFE_INTEGER; // the budget of evaluations ends the integration instead
  solver.maxStepSize = limited ? run.longestStep : 0;
  let steps = 0;
  try {
    solver.solve(
      (time, state) => derivativeAt(run, time, state),
      run.reached,
      run.state,
      run.span,
      (_, __, time, state, dense) => {
        if (dense === undefined) return true;
        takeOver(run, time, state, dense);
        steps += 1;
        return !(limited && steps === STEPS_KEPT_SHORT);
      },
    );
  } catch (error) {
    if (!(error instanceof NotFinite)) throw error;
    shorten(run, error.time);
    return;
  }
  if (limited) run.longestStep *= CUT_WHEN_NOT_FINITE;
  else if (run.next < run.times.length) throw failure(run, 'odex stopped');
}

/** The derivative for odex; books the evaluation. */
function derivativeAt(run: Run, time: number, state: number[]): Float64Array {
  const { maxEvaluations = DEFAULT_MAX_EVALUATIONS } = run.options;
  run.evaluations += 1;
  if (run.evaluations > maxEvaluations) throw failure(run, `the budget of ${maxEvaluations} evaluations ran out`);
  for (const component of state) if (!isFinite(component)) throw new NotFinite(time);
  run.scratch.set(state);
  run.field(run.origin + time, run.scratch, run.derivative);
  for (const component of run.derivative) if (!isFinite(component)) throw new NotFinite(time);
  return run.derivative;
}

/** Notes the end of a step and writes the outputs that lie in it. */
function takeOver(run: Run, time: number, state: number[], dense: (c: number, x: number) => number): void {
  for (const component of state) if (!isFinite(component)) throw new NotFinite(time);
  if (!(time > run.reached)) throw failure(run, 'no step within tolerance');
  const limit = time >= run.span * (1 - REMAINDER_NOT_TAKEN) ? run.span : time;
  for (; run.next < run.times.length; run.next += 1) {
    const wanted = run.times[run.next]! - run.origin;
    if (wanted > limit) break;
    for (let k = 0; k < state.length; k += 1) {
      run.states[k]![run.next] = wanted === time ? state[k]! : dense(k, wanted);
    }
  }
  run.reached = time;
  run.state = state;
}

/** Allows only steps well short of the time at which the field left the doubles; throws where none is left. */
function shorten(run: Run, timeOfFailure: number): void {
  const longest = (timeOfFailure - run.reached) / CUT_WHEN_NOT_FINITE;
  if (!(longest > 10 * Number.EPSILON * run.reached)) {
    throw failure(run, 'blow-up, or a derivative that is not finite');
  }
  run.longestStep = longest;
}

function failure(run: Run, reason: string): IntegrationFailed {
  return new IntegrationFailed(`${reason} after time ${run.origin + run.reached}`);
}
