import { integrate } from '../numerics/dop853';
import type { VectorField } from '../numerics/ode';
import {
  addScaled,
  cholesky,
  multiply,
  productTransposed,
  solveCholesky,
  sparseRows,
  timesTransposed,
  transposedProduct,
  transposedTimes,
} from './factorization-kernel';
import {
  SolverError,
  type BestFactorProblem,
  type FactorPath,
  type FactorProblem,
  type FactorSteps,
  type FeedbackFactorProblem,
  type Rows,
  type Times,
} from './interfaces';
import { feedbackStretch, optimalStretch, type Stretch } from './factorization-stretch';

/** The places of seeded faults in the solvers of low-rank factorisation. */
export interface FactorCoefficients {
  /** Factor on the update of Z. */
  readonly Z: number;
  /** Factor on the update of W; for FA*, on W itself. */
  readonly W: number;
  /** Factor on the product ZW inside the residual. */
  readonly product: number;
  /** Row k of the feedback matrix in its own place, or in that of the row before. */
  readonly feedbackShift: 0 | 1;
  /** Whether W moves with the Z before the step, as it should, or with the one after it. */
  readonly ofW: 'old Z' | 'new Z';
  /** W of FA*: the best for Z; without the inverse of ZᵀZ; or for ever what is best at the start. */
  readonly best: 'best' | 'ZᵀY' | 'start';
}

export const FACTORS: FactorCoefficients = {
  Z: 1,
  W: 1,
  product: 1,
  feedbackShift: 0,
  ofW: 'old Z',
  best: 'best',
};

/** Local tolerance of the integrator; the global error stays below 1e-9 of the largest entry. */
const TOLERANCE = 1e-12;

/** Between marks so many steps apart or more, small matrices stand for long ones, where these are this much longer. */
const LONG = 8;

/** What one algorithm needs to move both factors: the derivatives of both at (Z, W), written into dZ and dW. */
interface Algorithm {
  readonly n: number;
  readonly m: number;
  readonly r: number;
  readonly Z: Float64Array;
  readonly W: Float64Array;
  readonly dZ: Float64Array;
  readonly dW: Float64Array;
  findZ(): void;
  findW(): void;
  /** Several steps at once from (Z, W), where there is a shorter way. */
  readonly stretch?: Stretch;
}

const flat = (A: Rows): Float64Array => Float64Array.from(A.flat());

/** Row k + shift in the place of row k. */
const shifted = (C: Rows, shift: number): Float64Array => flat(C.map((_row, k) => C[(k + shift) % C.length]!));

function roomFor({ Y, Z, W }: FactorProblem) {
  const [n, m, r] = [Y.length, Y[0]!.length, W.length];
  const square = (): Float64Array => new Float64Array(r * r);
  return {
    ...{ n, m, r, Y: sparseRows(Y), Z: flat(Z), W: flat(W), P: square(), G: square() },
    ...{ dZ: new Float64Array(n * r), dW: new Float64Array(r * m), ZP: new Float64Array(n * r) },
    ...{ GW: new Float64Array(r * m) },
  };
}

type Room = ReturnType<typeof roomFor>;

/** dW = ZᵀY − (ZᵀZ)W: both algorithms that move W by its gradient. */
function gradientOfW({ Y, Z, W, G, GW, dW, n, m, r }: Room, c: FactorCoefficients): void {
  transposedTimes(dW, Z, Y, r);
  transposedProduct(G, Z, Z, r, n, r);
  multiply(GW, G, W, r, r, m);
  for (let k = 0; k < dW.length; k++) dW[k] = c.W * (dW[k]! - c.product * GW[k]!);
}

/** dZ = signal − ZP, where P is WCᵀ or what stands in its place. */
function moveOfZ({ Z, P, ZP, dZ, n, r }: Room, signal: Float64Array, c: FactorCoefficients): void {
  multiply(ZP, Z, P, n, r, r);
  for (let k = 0; k < dZ.length; k++) dZ[k] = c.Z * (signal[k]! - c.product * ZP[k]!);
}

/** Gradient descent: dZ = (Y − ZW)Wᵀ. */
function byGradient(c: FactorCoefficients, problem: FactorProblem): Algorithm {
  const room = roomFor(problem);
  const { Y, W, P, m, r } = room;
  const signal = new Float64Array(room.n * r);
  const findZ = (): void => {
    timesTransposed(signal, Y, W, r);
    productTransposed(P, W, W, r, m, r);
    moveOfZ(room, signal, c);
  };
  return { ...room, findZ, findW: () => gradientOfW(room, c) };
}

/** Feedback alignment: dZ = (Y − ZW)Cᵀ = YCᵀ − Z(WCᵀ). */
function byFeedback(c: FactorCoefficients, problem: FeedbackFactorProblem): Algorithm {
  const room = roomFor(problem);
  const { Y, W, P, n, m, r } = room;
  const C = shifted(problem.C, c.feedbackShift);
  const signal = new Float64Array(n * r);
  timesTransposed(signal, Y, C, r);
  const findZ = (): void => {
    productTransposed(P, W, C, r, m, r);
    moveOfZ(room, signal, c);
  };
  const algorithm = { ...room, findZ, findW: () => gradientOfW(room, c) };
  return c === FACTORS ? { ...algorithm, stretch: feedbackStretch({ Y, C, signal, n, m, r }) } : algorithm;
}

/** FA*: dZ = (Y − ZW)Cᵀ with the W that is best for Z, which `findW` writes; dW is not used. */
function byBest(c: FactorCoefficients, { Y: rows, Z: start, C: feedback }: BestFactorProblem): Algorithm {
  const room = roomFor({ Y: rows, Z: start, W: feedback });
  const { Y, Z, W, G, P, n, m, r } = room;
  const C = shifted(feedback, c.feedbackShift);
  const signal = new Float64Array(n * r);
  timesTransposed(signal, Y, C, r);
  const solveGram = (right: Float64Array, columns: number): boolean => {
    if (c.best === 'ZᵀY') return true;
    transposedProduct(G, Z, Z, r, n, r);
    const definite = cholesky(G, r, n);
    solveCholesky(G, right, r, columns);
    return definite;
  };
  const writeW = (): boolean => {
    transposedTimes(W, Z, Y, r);
    const definite = solveGram(W, m);
    if (c.W !== 1) addScaled(W, c.W - 1, W);
    return definite;
  };
  if (!writeW()) throw rankDeficient(start);
  const frozen = c.best === 'start';
  if (frozen) productTransposed(P, W, C, r, m, r);
  const findZ = (): void => {
    if (!frozen) {
      transposedProduct(P, Z, signal, r, n, r);
      solveGram(P, r);
      if (c.W !== 1) addScaled(P, c.W - 1, P);
    }
    moveOfZ(room, signal, c);
  };
  const algorithm = { ...room, findZ, findW: () => void (frozen || writeW()) };
  return c === FACTORS ? { ...algorithm, stretch: optimalStretch({ Y, C, signal, n, m, r }) } : algorithm;
}

function rankDeficient(Z: Rows): SolverError {
  return new SolverError(
    `Z(0) is ${Z.length}×${Z[0]!.length} and not of full column rank in doubles: FA* needs the inverse of ZᵀZ; ` +
      'start from columns that are linearly independent, at most as many as there are rows',
  );
}

/** The flow of gradient descent by DOP853, at the times asked for. */
export const factorGradientFlow =
  (c: FactorCoefficients) =>
  (problem: FactorProblem & Times): FactorPath =>
    flow(byGradient(c, problem), problem.times, 'both');

/** The flow of feedback alignment. */
export const factorFeedbackFlow =
  (c: FactorCoefficients) =>
  (problem: FeedbackFactorProblem & Times): FactorPath =>
    flow(byFeedback(c, problem), problem.times, 'both');

/** The flow of FA*. */
export const bestFactorFlow =
  (c: FactorCoefficients) =>
  (problem: BestFactorProblem & Times): FactorPath =>
    flow(byBest(c, problem), problem.times, 'Z');

/** Gradient descent. */
export const factorGradientDescent =
  (c: FactorCoefficients) =>
  (problem: FactorProblem & FactorSteps): FactorPath =>
    walk(byGradient(c, problem), problem, c, 'both');

/** Feedback alignment in steps. */
export const factorFeedbackEuler =
  (c: FactorCoefficients) =>
  (problem: FeedbackFactorProblem & FactorSteps): FactorPath =>
    walk(byFeedback(c, problem), problem, c, 'both');

/** FA* in steps. */
export const bestFactorEuler =
  (c: FactorCoefficients) =>
  (problem: BestFactorProblem & Omit<FactorSteps, 'etaW'>): FactorPath =>
    walk(byBest(c, problem), problem, c, 'Z');

/** Which factors are integrated: W of FA* follows from Z. */
type Moving = 'both' | 'Z';

function flow(algorithm: Algorithm, times: ArrayLike<number>, moving: Moving): FactorPath {
  const { Z, W, dZ, dW } = algorithm;
  const size = Z.length + (moving === 'both' ? W.length : 0);
  const field: VectorField = (_time, state, derivative) => {
    for (let k = 0; k < Z.length; k++) Z[k] = state[k]!;
    for (let k = Z.length; k < size; k++) W[k - Z.length] = state[k]!;
    algorithm.findZ();
    for (let k = 0; k < Z.length; k++) derivative[k] = dZ[k]!;
    if (moving === 'Z') return;
    algorithm.findW();
    for (let k = Z.length; k < size; k++) derivative[k] = dW[k - Z.length]!;
  };
  const start = new Float64Array(size);
  start.set(Z);
  if (moving === 'both') start.set(W, Z.length);
  const scale = largest(start) || reachOf(field, start, times) || 1;
  const options = { relativeTolerance: TOLERANCE, absoluteTolerance: TOLERANCE * scale };
  const { states } = integrate(field, start, times, options);
  const path = roomForPath(algorithm, times.length);
  for (let t = 0; t < times.length; t++) {
    for (let k = 0; k < Z.length; k++) Z[k] = states[k]![t]!;
    for (let k = Z.length; k < size; k++) W[k - Z.length] = states[k]![t]!;
    if (moving === 'Z') algorithm.findW();
    note(path, algorithm, t);
  }
  return path;
}

/** How far the factors get from zero in the time given, at the speed that they start with. */
function reachOf(field: VectorField, start: Float64Array, times: ArrayLike<number>): number {
  const slope = new Float64Array(start.length);
  field(0, start, slope);
  return largest(slope) * (times[times.length - 1]! - times[0]!);
}

const largest = (numbers: Float64Array): number => numbers.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

/** Steps of both factors from the same residual. Diverging step sizes give infinities and NaN, not errors. */
function walk(
  algorithm: Algorithm,
  { eta, etaW = eta, marks }: FactorSteps,
  c: FactorCoefficients,
  moving: Moving,
): FactorPath {
  const { Z, W, dZ, dW, n, m, r, stretch } = algorithm;
  const path = roomForPath(algorithm, marks.length);
  note(path, algorithm, 0);
  for (let t = 1; t < marks.length; t++) {
    const steps = marks[t]! - marks[t - 1]!;
    if (stretch && steps >= LONG && n + m >= LONG * r) {
      stretch(Z, W, eta, etaW, steps);
      if (moving === 'Z') algorithm.findW();
    } else {
      for (let k = 0; k < steps; k++) {
        algorithm.findZ();
        if (moving === 'both' && c.ofW === 'old Z') algorithm.findW();
        addScaled(Z, eta, dZ);
        if (moving === 'Z' || c.ofW === 'new Z') algorithm.findW();
        if (moving === 'both') addScaled(W, etaW, dW);
      }
    }
    note(path, algorithm, t);
  }
  return path;
}

interface WritablePath {
  readonly Z: Float64Array;
  readonly W: Float64Array;
}

const roomForPath = ({ Z, W }: Algorithm, points: number): WritablePath => ({
  Z: new Float64Array(points * Z.length),
  W: new Float64Array(points * W.length),
});

function note(path: WritablePath, { Z, W }: Algorithm, t: number): void {
  path.Z.set(Z, t * Z.length);
  path.W.set(W, t * W.length);
}
