import type { Arithmetic } from '../numerics/arithmetic';
import { inverse, matMul, plus, trace, transpose, type Matrix } from '../numerics/matrix';
import { gram, matrixFrom, nearestMatrix, remainder, type Factors, type Target } from './factorization';

/** What the proofs about FA* look at where Z stands: S = ZᵀZ, the residual R, the alignment A, the loss ℓ and its slope. */
export interface StarPoint<N> {
  readonly S: Matrix<N>;
  readonly residual: Matrix<N>;
  readonly A: Matrix<N>;
  readonly loss: N;
  /** dℓ/dt = −tr(RARᵀ), Lemma 4. */
  readonly slope: N;
}

/** All of it from both factors: for FA*, W is the best for Z. */
export function starPoint<N>(R: Arithmetic<N>, { Y, C }: Target<N>, factors: Factors<N>): StarPoint<N> {
  const S = gram(R, factors.Z);
  const inverted = inverse(R, S);
  const residual = matMul(R, remainder(R, Y, factors), transpose(C));
  const half = matMul(R, inverted, C, transpose(factors.W));
  const A = plus(R, half, transpose(half));
  const form = (B: Matrix<N>): N => trace(R, matMul(R, residual, B, transpose(residual)));
  return { S, residual, A, loss: form(inverted), slope: R.neg(form(A)) };
}

/** Paths are kept by the engine for all claims; so is what they all look at, by the array that holds a path's Z. */
const known = new WeakMap<object, readonly StarPoint<unknown>[]>();

/** All of it along a path, point by point, from the entries of both factors; made once for each array `Z`. */
export function starPath<N>(
  R: Arithmetic<N>,
  target: Target<N>,
  path: { readonly Z: ArrayLike<N>; readonly W: ArrayLike<N> },
): readonly StarPoint<N>[] {
  const before = known.get(path.Z) as readonly StarPoint<N>[] | undefined;
  if (before) return before;
  const [n, m, r] = [target.Y.length, target.Y[0]!.length, target.C.length];
  const cut = (entries: ArrayLike<N>, t: number, rows: number, columns: number): Matrix<N> =>
    matrixFrom(Array.from(entries).slice(t * rows * columns, (t + 1) * rows * columns), rows, columns);
  const points = Array.from({ length: path.Z.length / (n * r) }, (_, t) =>
    starPoint(R, target, { Z: cut(path.Z, t, n, r), W: cut(path.W, t, r, m) }),
  );
  known.set(path.Z, points);
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
