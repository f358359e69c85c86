import type { Arithmetic } from '../numerics/arithmetic';
import { inverse, matMul, minus, plus, scale, shapeOf, transpose, type Matrix } from '../numerics/matrix';
import { flowPath, nearest } from './flow';

/**
 * Low-rank factorisation Y ≈ ZW, Z of n×r and W of r×m, as the paper on random feedback defines its dynamics, over any kind
 * of number. C is the feedback matrix, r×m. Short and literal on purpose: these lines are what a theorem is judged by.
 */

export interface Factors<N> {
  readonly Z: Matrix<N>;
  readonly W: Matrix<N>;
}

/** What feedback alignment is given: the matrix to factor and the feedback matrix. */
export interface Target<N> {
  readonly Y: Matrix<N>;
  readonly C: Matrix<N>;
}

/** Y − ZW. */
export function remainder<N>(R: Arithmetic<N>, Y: Matrix<N>, { Z, W }: Factors<N>): Matrix<N> {
  return minus(R, Y, matMul(R, Z, W));
}

/** The gradient flow (2): Z' = (Y − ZW)Wᵀ, W' = Zᵀ(Y − ZW). */
export function gradientFactorField<N>(R: Arithmetic<N>, Y: Matrix<N>, factors: Factors<N>): Factors<N> {
  return feedbackFactorField(R, { Y, C: factors.W }, factors);
}

/** Feedback alignment (3): Z' = (Y − ZW)Cᵀ, W' = Zᵀ(Y − ZW). */
export function feedbackFactorField<N>(R: Arithmetic<N>, { Y, C }: Target<N>, factors: Factors<N>): Factors<N> {
  const rest = remainder(R, Y, factors);
  return { Z: matMul(R, rest, transpose(C)), W: matMul(R, transpose(factors.Z), rest) };
}

/** ZᵀZ, r×r. */
export function gram<N>(R: Arithmetic<N>, Z: Matrix<N>): Matrix<N> {
  return matMul(R, transpose(Z), Z);
}

/** W = (ZᵀZ)⁻¹ZᵀY. Errors as `solve`: OutOfDomain for a Z that is not of full column rank. */
export function bestRight<N>(R: Arithmetic<N>, Y: Matrix<N>, Z: Matrix<N>): Matrix<N> {
  return matMul(R, inverse(R, gram(R, Z)), transpose(Z), Y);
}

/** FA* (4): Z' = (Y − ZW)Cᵀ with W = (ZᵀZ)⁻¹ZᵀY. This is also the residual R = (Y − Ŷ)Cᵀ, n×r. */
export function bestFactorField<N>(R: Arithmetic<N>, { Y, C }: Target<N>, Z: Matrix<N>): Matrix<N> {
  return matMul(R, remainder(R, Y, { Z, W: bestRight(R, Y, Z) }), transpose(C));
}

/** Both factors after a step: Z by `eta` and W by `etaW` times the field at the old factors. */
export function factorStep<N>(
  R: Arithmetic<N>,
  { Z, W }: Factors<N>,
  field: Factors<N>,
  eta: N,
  etaW: N = eta,
): Factors<N> {
  return { Z: plus(R, Z, scale(R, eta, field.Z)), W: plus(R, W, scale(R, etaW, field.W)) };
}

/** A step of FA*: Z moves by `eta` times its field, and W is what is best for the new Z. */
export function bestFactorStep<N>(R: Arithmetic<N>, target: Target<N>, Z: Matrix<N>, eta: N): Factors<N> {
  const next = plus(R, Z, scale(R, eta, bestFactorField(R, target, Z)));
  return { Z: next, W: bestRight(R, target.Y, next) };
}

/** A path by the names of its factors: every entry row by row, one time after the other. */
export type FactorPaths<N> = Readonly<Record<'Z' | 'W', readonly N[]>>;

/** The factors along a path as an exam wants them: entry k of Z after t steps is at t·n·r + k. */
export function factorPaths<N>(path: readonly Factors<N>[]): FactorPaths<N> {
  return { Z: path.flatMap(({ Z }) => Z.flat()), W: path.flatMap(({ W }) => W.flat()) };
}

/** The gradient flow from `start` at `times`, confirmed by two integrators (see {@link flowPath}). */
export function gradientFactorFlow<N>(
  R: Arithmetic<N>,
  Y: Matrix<N>,
  start: Factors<N>,
  times: ArrayLike<number>,
): FactorPaths<N> {
  const near = nearestMatrix(R, Y);
  return factorFlow(R, (D, factors) => gradientFactorField(D, near, factors), start, times);
}

/** The flow of feedback alignment from `start` at `times`, confirmed by two integrators. */
export function feedbackFactorFlow<N>(
  R: Arithmetic<N>,
  target: Target<N>,
  start: Factors<N>,
  times: ArrayLike<number>,
): FactorPaths<N> {
  const near = nearestTarget(R, target);
  return factorFlow(R, (D, factors) => feedbackFactorField(D, near, factors), start, times);
}

/** The flow of FA* from `Z` at `times`, an equation for Z alone, confirmed by two integrators; W from Z at each time. */
export function bestFactorFlow<N>(
  R: Arithmetic<N>,
  target: Target<N>,
  Z: Matrix<N>,
  times: ArrayLike<number>,
): FactorPaths<N> {
  const near = nearestTarget(R, target);
  const [rows, columns] = shapeOf(Z);
  const components = flowPath(
    R,
    (D, state) => bestFactorField(D, near, matrixFrom(state, rows, columns)).flat(),
    Z.flat(),
    times,
  );
  const path = Array.from(times, (_time, t) => matrixFrom(components.map((entry) => entry[t]!), rows, columns)); // prettier-ignore
  return factorPaths(path.map((Zt) => ({ Z: Zt, W: bestRight(R, target.Y, Zt) })));
}

type Field = (R: Arithmetic<number>, factors: Factors<number>) => Factors<number>;

function factorFlow<N>(R: Arithmetic<N>, field: Field, start: Factors<N>, times: ArrayLike<number>): FactorPaths<N> {
  const [n, r] = shapeOf(start.Z);
  const [, m] = shapeOf(start.W);
  const factorsOf = <T>(state: readonly T[]): Factors<T> => ({
    Z: matrixFrom(state.slice(0, n * r), n, r),
    W: matrixFrom(state.slice(n * r), r, m),
  });
  const entriesOf = <T>({ Z, W }: Factors<T>): readonly T[] => [...Z.flat(), ...W.flat()];
  const components = flowPath(R, (D, state) => entriesOf(field(D, factorsOf(state))), entriesOf(start), times);
  return factorPaths(Array.from(times, (_time, t) => factorsOf(components.map((entry) => entry[t]!))));
}

/** The matrix of so many rows and columns that a list of its entries holds, row by row. */
export const matrixFrom = <T>(entries: readonly T[], rows: number, columns: number): Matrix<T> =>
  Array.from({ length: rows }, (_, i) => entries.slice(i * columns, (i + 1) * columns));

const nearestTarget = <N>(R: Arithmetic<N>, { Y, C }: Target<N>): Target<number> => ({
  Y: nearestMatrix(R, Y),
  C: nearestMatrix(R, C),
});

/** The doubles nearest the entries: what an integrator is handed. */
export const nearestMatrix = <N>(R: Arithmetic<N>, A: Matrix<N>): Matrix<number> =>
  A.map((row) => row.map((x) => nearest(R, x)));
