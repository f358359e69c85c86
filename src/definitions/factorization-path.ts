import type { Arithmetic } from '../numerics/arithmetic';
import { inverse, matMul, transpose, type Matrix } from '../numerics/matrix';
import { minusForms, weightedAlignment, weightedLoss } from './factor-alignment';
import { timesUpTo } from './flow';
import { gram, matrixFrom, nearestMatrix, remainder, type Factors, type Target } from './factorization';

/** What the proofs about FA* look at along a path: S = ZᵀZ, the residual R, the alignment A, the loss ℓ and its slope. */
export interface StarState<N> {
  readonly S: Matrix<N>;
  readonly residual: Matrix<N>;
  readonly A: Matrix<N>;
  readonly loss: N;
  /** dℓ/dt = −tr(RARᵀ), Lemma 4. */
  readonly slope: N;
}

/** All of it from both factors, W that of the path: for FA* the best for Z. */
export function starState<N>(R: Arithmetic<N>, { Y, C }: Target<N>, factors: Factors<N>): StarState<N> {
  const S = gram(R, factors.Z);
  const inverted = inverse(R, S);
  const residual = matMul(R, remainder(R, Y, factors), transpose(C));
  const A = weightedAlignment(R, C, { inverted, W: factors.W });
  return { S, residual, A, loss: weightedLoss(R, { residual, inverted }), slope: minusForms(R, residual, A) };
}

/** Paths are kept by the engine for all claims; so is what they all look at, by the array that holds a path's Z. */
const known = new WeakMap<object, readonly StarState<unknown>[]>();

/** All of it along a path, point by point, from the entries of both factors; made once for each array `Z`. */
export function starPath<N>(
  R: Arithmetic<N>,
  target: Target<N>,
  path: Readonly<Record<'Z' | 'W', { readonly values: ArrayLike<N> }>>,
): readonly StarState<N>[] {
  const [Z, W] = [path.Z.values, path.W.values];
  const before = known.get(Z) as readonly StarState<N>[] | undefined;
  if (before) return before;
  const [n, m, r] = [target.Y.length, target.Y[0]!.length, target.C.length];
  const cut = (entries: ArrayLike<N>, t: number, rows: number, columns: number): Matrix<N> =>
    matrixFrom(Array.from(entries).slice(t * rows * columns, (t + 1) * rows * columns), rows, columns);
  const points = Array.from({ length: Z.length / (n * r) }, (_, t) =>
    starState(R, target, { Z: cut(Z, t, n, r), W: cut(W, t, r, m) }),
  );
  known.set(Z, points);
  return points;
}

/**
 * About how fast FA* turns Z at most, ‖YCᵀ‖_F√r/‖Z‖_F in doubles, 1 where that is 0: for times that are the same for a solver
 * and for the definition.
 */
export function starRate<N>(R: Arithmetic<N>, { Y, C }: Target<N>, Z: Matrix<N>): number {
  const [Yd, Cd, Zd] = [nearestMatrix(R, Y), nearestMatrix(R, C), nearestMatrix(R, Z)];
  const size = (A: Matrix<number>): number => Math.hypot(...A.flat());
  const signal = Yd.map((row) => Cd.map((c) => row.reduce((sum, y, j) => sum + y * c[j]!, 0)));
  return (size(signal) * Math.sqrt(C.length)) / size(Zd) || 1;
}

/** Times from 0 to three times the time in which FA* turns Z at its fastest. */
export const starTimes = <N>(
  R: Arithmetic<N>,
  { Y, C, Z }: Target<N> & { readonly Z: Matrix<N> },
  points: number,
): Float64Array => timesUpTo(3 / starRate(R, { Y, C }, Z), points);
