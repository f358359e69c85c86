import { implicitForward, inputsOf, operatorNorm, squaredNorm, type Inputs } from './implicit-relu-forward';
import { transpose } from './implicit-relu-kernel';
import type { ImplicitTrainingProblem, ImplicitTrainingRecord } from './interfaces';
import { multiply } from './sparse-product';

/**
 * Full-batch gradient descent on the implicit ReLU network at the sizes of experiments. The adjoint U = rbᵀ + γ(D∘U)Aᵀ,
 * r = Zb − y, is found by iterating it from that of the epoch before; the gradients are XᵀE∘D∘U by W, γZᵀ(D∘U) by A and
 * Zᵀr by b.
 */

/** What is in the updates: faults change it. */
export interface TrainingCoefficients {
  readonly W: number;
  readonly A: number;
  readonly b: number;
  /** Whether the update of A is times γ. */
  readonly gammaInA: boolean;
  /** Whether the adjoint is the fixed point, or its first iterate rbᵀ. */
  readonly adjoint: 'fixed point' | 'first iterate';
}

/** Gradient descent as it should be. */
export const TRAINING: TrainingCoefficients = { W: 1, A: 1, b: 1, gammaInA: true, adjoint: 'fixed point' };

/** The adjoint ends with a relative step of so many times the (absolute) tolerance of the forward iteration. */
const ADJOINT_TOLERANCE = 1e-2;

/** Iterations of the power method each time that an operator norm is wanted, from the vector of the time before. */
const POWER_ITERATIONS = 20;

interface Weights {
  readonly W: Float64Array;
  readonly A: Float64Array;
  readonly transposedA: Float64Array;
  readonly b: Float64Array;
}

/** Training with these coefficients: see {@link ImplicitTraining.descend}. */
export function trainingDescent(
  coefficients: TrainingCoefficients,
): (problem: ImplicitTrainingProblem) => ImplicitTrainingRecord {
  return (problem) => train(problem, coefficients);
}

function train(problem: ImplicitTrainingProblem, coefficients: TrainingCoefficients): ImplicitTrainingRecord {
  const { X, y, unseen, epochs, every, stopAbove } = problem;
  const weights = startOf(problem);
  const [inputs, others] = [inputsOf(X), inputsOf(unseen.X)];
  const step = stepper(problem, inputs, weights, coefficients);
  const direction = weights.b.map((_, j) => Math.cos(j + 1));
  const [loss, iterations]: [number[], number[]] = [[], []];
  const marked: Marked = { unseenLoss: [], operatorNorm: [] };
  for (let epoch = 0; epoch <= epochs; epoch++) {
    const { Z, Phi, iterations: applied } = implicitForward(inputs, weights, problem);
    const residual = residualOf(Z, weights.b, y);
    const now = squaredNorm(residual) / 2;
    // Written so that a loss that is no number ends it as well.
    if (!(now <= stopAbove)) break;
    loss.push(now);
    iterations.push(applied);
    if (epoch % every === 0) mark(problem, weights, others, direction, marked);
    if (epoch < epochs) step(Z, Phi, residual);
  }
  const marks = Math.floor(epochs / every) + 1;
  return {
    loss: filled(loss, epochs + 1, stopAbove),
    iterations: filled(iterations, epochs + 1, problem.mostIterations),
    unseenLoss: filled(marked.unseenLoss, marks, stopAbove),
    operatorNorm: filled(marked.operatorNorm, marks, last(marked.operatorNorm) ?? 0),
  };
}

interface Marked {
  readonly unseenLoss: number[];
  readonly operatorNorm: number[];
}

/** The values, and one in the place of those that training did not come to. */
function filled(values: readonly number[], length: number, rest: number): Float64Array {
  return Float64Array.from({ length }, (_, t) => values[t] ?? rest);
}

/** What is wanted only now and then: the loss on unseen data, and ‖A‖. */
function mark(
  { unseen, gamma, tolerance, mostIterations, stopAbove }: ImplicitTrainingProblem,
  weights: Weights,
  others: Inputs,
  direction: Float64Array,
  marked: Marked,
): void {
  const { Z } = implicitForward(others, weights, { gamma, tolerance, mostIterations });
  const loss = squaredNorm(residualOf(Z, weights.b, unseen.y)) / 2;
  marked.unseenLoss.push(loss <= stopAbove ? loss : stopAbove);
  marked.operatorNorm.push(operatorNorm(weights.A, direction, POWER_ITERATIONS));
}

function startOf({ W, A, b }: ImplicitTrainingProblem): Weights {
  const flat = Float64Array.from(A.flat());
  const transposedA = new Float64Array(flat.length);
  transpose(transposedA, flat, b.length, b.length);
  return { W: Float64Array.from(W.flat()), A: flat, transposedA, b: Float64Array.from(b) };
}

/** The step of one epoch, on weights that it changes: buffers are made once. */
function stepper(
  problem: ImplicitTrainingProblem,
  inputs: Inputs,
  weights: Weights,
  coefficients: TrainingCoefficients,
): (Z: Float64Array, Phi: Float64Array, residual: Float64Array) => void {
  const { eta, gamma } = problem;
  const { n, d, X } = inputs;
  const m = weights.b.length;
  const transposedX = new Float64Array(d * n);
  transpose(transposedX, X, n, d);
  const gradientW = new Float64Array(d * m);
  const ofFeatures = new Float64Array(n * m);
  const masked = new Float64Array(n * m);
  const transposedZ = new Float64Array(n * m);
  const gradientA = new Float64Array(m * m);
  const room = new Int32Array(n);
  const adjoint = adjointOf(problem, weights, masked, coefficients);
  return (Z, Phi, residual) => {
    adjoint(Z, residual);
    transpose(transposedZ, Z, n, m);
    multiply(gradientA, transposedZ, masked, m, n, m, room);
    const rate = eta * coefficients.A * (coefficients.gammaInA ? gamma : 1);
    for (let k = 0; k < m * m; k++) weights.A[k] = weights.A[k]! - rate * gradientA[k]!;
    transpose(weights.transposedA, weights.A, m, m);
    for (let k = 0; k < n * m; k++) ofFeatures[k] = Phi[k]! > 0 ? masked[k]! : 0;
    multiply(gradientW, transposedX, ofFeatures, d, n, m, room);
    for (let k = 0; k < d * m; k++) weights.W[k] = weights.W[k]! - eta * coefficients.W * gradientW[k]!;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < m; j++) weights.b[j] = weights.b[j]! - eta * coefficients.b * Z[i * m + j]! * residual[i]!;
  };
}

/** Iterates the adjoint until it rests, from what it was last; leaves D∘U in `masked`. */
function adjointOf(
  { gamma, tolerance, mostIterations }: ImplicitTrainingProblem,
  { transposedA, b }: Weights,
  masked: Float64Array,
  coefficients: TrainingCoefficients,
): (Z: Float64Array, residual: Float64Array) => void {
  const m = b.length;
  const n = masked.length / m;
  const product = new Float64Array(n * m);
  const room = new Int32Array(m);
  const most = coefficients.adjoint === 'first iterate' ? 1 : mostIterations;
  return (Z, residual) => {
    if (most === 1) masked.fill(0);
    for (let iteration = 0; iteration < most; iteration++) {
      multiply(product, masked, transposedA, n, m, m, room);
      let change = 0;
      let size = 0;
      for (let i = 0; i < n; i++) {
        const error = residual[i]!;
        for (let j = 0; j < m; j++) {
          const k = i * m + j;
          const next = Z[k]! > 0 ? error * b[j]! + gamma * product[k]! : 0;
          const moved = next - masked[k]!;
          change += moved * moved;
          size += next * next;
          masked[k] = next;
        }
      }
      if (Math.sqrt(change) <= ADJOINT_TOLERANCE * tolerance * Math.sqrt(size)) return;
    }
  };
}

/** Zb − y. */
function residualOf(Z: Float64Array, b: Float64Array, y: readonly number[]): Float64Array {
  const m = b.length;
  return Float64Array.from(y, (target, i) => {
    let sum = -target;
    for (let j = 0; j < m; j++) sum += Z[i * m + j]! * b[j]!;
    return sum;
  });
}

const last = (values: readonly number[]): number | undefined => values[values.length - 1];
