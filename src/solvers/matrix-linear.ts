import { integrate } from '../numerics/dop853';
import type { VectorField } from '../numerics/ode';
import type { LayersPath, MatrixFeedbackProblem, MatrixProblem, Steps, Times } from './interfaces';
import {
  extendProduct,
  findDerivative,
  findError,
  handByFeedback,
  handByWeights,
  workspaceFor,
  type MatrixCoefficients,
  type Workspace,
} from './matrix-kernel';

/** Writes what each layer is handed of the error. */
type HandDown = (w: Workspace) => void;

/** Local tolerance of the integrator; the global error stays below 1e-9 of the largest weight. */
const TOLERANCE = 1e-12;

/** Weight of the new weights in the means by which lower layers enter the midpoint scheme. */
export const HALF = 0.5;

/** The feedback-alignment flow (8) by DOP853, at the times asked for. */
export function matrixFeedbackFlow(c: MatrixCoefficients): (problem: MatrixFeedbackProblem & Times) => LayersPath {
  return (problem) => flow(c, problem, byFeedback(c, problem));
}

/** The gradient flow by DOP853, at the times asked for. */
export function matrixGradientFlow(c: MatrixCoefficients): (problem: MatrixProblem & Times) => LayersPath {
  return (problem) => flow(c, problem, (w) => handByWeights(w, c));
}

/** Forward Euler for feedback alignment, (18)–(19). */
export function matrixFeedbackEuler(c: MatrixCoefficients): (problem: MatrixFeedbackProblem & Steps) => LayersPath {
  return (problem) => walk(c, problem, byFeedback(c, problem), 0);
}

/** Gradient descent: forward Euler for the gradient flow. */
export function gradientDescent(c: MatrixCoefficients): (problem: MatrixProblem & Steps) => LayersPath {
  return (problem) => walk(c, problem, (w) => handByWeights(w, c), 0);
}

/** The midpoint scheme (24)–(25), with `newWeight` 1/2; another weight is a fault. */
export function matrixMidpoint(
  c: MatrixCoefficients,
  newWeight: number,
): (problem: MatrixFeedbackProblem & Steps) => LayersPath {
  return (problem) => walk(c, problem, byFeedback(c, problem), newWeight);
}

function byFeedback(c: MatrixCoefficients, { feedback }: MatrixFeedbackProblem): HandDown {
  const matrices = feedback.map((M, l) => {
    const own = Float64Array.from(M.flat());
    const shifted = feedback[(l + c.feedbackShift) % feedback.length]!.flat();
    return own.map((_entry, k) => shifted[k % shifted.length]!);
  });
  return (w) => handByFeedback(w, c, matrices);
}

function flow(c: MatrixCoefficients, problem: MatrixProblem & Times, handDown: HandDown): LayersPath {
  const w = workspaceFor(problem);
  const field: VectorField = (_time, state, derivative) => {
    scatter(state, w.weights);
    findError(w, c);
    handDown(w);
    for (let l = 0; l < w.weights.length; l++) findDerivative(w, c, l);
    gather(w.derivatives, derivative);
  };
  const { times } = problem;
  const start = Float64Array.from(problem.start.flat(2));
  const size = largest(start) || reachOf(field, start, times) || 1;
  const options = { relativeTolerance: TOLERANCE, absoluteTolerance: TOLERANCE * size };
  const { states } = integrate(field, start, times, options);
  let next = 0;
  const layers = w.weights.map(({ length }) => {
    const entries = states.slice(next, (next += length));
    return Float64Array.from(
      { length: times.length * length },
      (_, k) => entries[k % length]![Math.floor(k / length)]!,
    );
  });
  return { layers };
}

/** How far the weights get from zero in the time given, at the speed that they start with. */
function reachOf(field: VectorField, start: Float64Array, times: ArrayLike<number>): number {
  const slope = new Float64Array(start.length);
  field(0, start, slope);
  return largest(slope) * (times[times.length - 1]! - times[0]!);
}

const largest = (numbers: Float64Array): number => numbers.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

/** From one array to the matrices that it holds one behind the other, and back. */
function scatter(state: Float64Array, matrices: readonly Float64Array[]): void {
  let next = 0;
  for (const matrix of matrices) for (let k = 0; k < matrix.length; k++) matrix[k] = state[next++]!;
}

function gather(matrices: readonly Float64Array[], state: Float64Array): void {
  let next = 0;
  for (const matrix of matrices) for (let k = 0; k < matrix.length; k++) state[next++] = matrix[k]!;
}

/**
 * Both discrete schemes: the layers below a layer enter its update by the means (1 − a)·old + a·new, one a layer; for
 * a = 0 they are the old weights. Diverging step sizes give infinities and NaN, not errors.
 */
function walk(
  c: MatrixCoefficients,
  problem: MatrixProblem & Steps,
  handDown: HandDown,
  newWeight: number,
): LayersPath {
  const w = workspaceFor(problem);
  const means = w.weights.map(({ length }) => new Float64Array(length));
  const layers = w.weights.map(({ length }) => new Float64Array((problem.steps + 1) * length));
  w.weights.forEach((weights, l) => layers[l]!.set(weights));
  for (let t = 1; t <= problem.steps; t++) {
    findError(w, c);
    handDown(w);
    for (let l = 0; l < w.weights.length; l++) {
      findDerivative(w, c, l);
      move(w.weights[l]!, w.derivatives[l]!, problem.eta, means[l]!, newWeight);
      // The products of the means take the place of those of the old weights, which the error has used already.
      if (newWeight !== 0) extendProduct(w, l, means[l]!);
      layers[l]!.set(w.weights[l]!, t * w.weights[l]!.length);
    }
  }
  return { layers };
}

/** Moves the weights by η times their derivative, and writes the means of old and new. */
function move(
  weights: Float64Array,
  derivative: Float64Array,
  eta: number,
  mean: Float64Array,
  newWeight: number,
): void {
  for (let k = 0; k < weights.length; k++) {
    const step = eta * derivative[k]!;
    mean[k] = weights[k]! + newWeight * step;
    weights[k]! += step;
  }
}
