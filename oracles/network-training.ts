/** What Theorems 4.2 and 4.4 say of an implicit ReLU network along its training. */
import { atMost, compare, magnitude } from '../src/claim/compare';
import type { Measures, Series } from '../src/claim/exam';
import { all, part, type Finding, type Reading } from '../src/claim/finding';
import { frobenius, operatorNorm, rootOfSquare, symmetricEigenvalues } from '../src/numerics/eigenvalues';
import type { Real } from '../src/numerics/arithmetic';
import { dot, matMul, matVec, transpose, type Matrix } from '../src/numerics/matrix';
import { matricesAlong } from './matrix-path';

/** The weights at the start, inputs X, targets y, and by how much the norms of W, A and b may grow. */
interface Start<N> {
  readonly X: Matrix<N>;
  readonly y: readonly N[];
  readonly W: Matrix<N>;
  readonly A: Matrix<N>;
  readonly b: readonly N[];
  readonly C1: N;
  readonly C2: N;
  readonly C3: N;
}

/** Weights, b as a row of them, and fixed points along a path. */
export type TrainingPath<N> = Measures<N, 'W' | 'A' | 'b' | 'Z'>;

/** What a path of weights and fixed points is measured by: all that is in it. */
export function measuredTraining<N>(
  _R: unknown,
  { W, A, b, Z }: Readonly<Record<'W' | 'A' | 'b' | 'Z', ArrayLike<N>>>,
): TrainingPath<N> {
  return { W: { values: W }, A: { values: A }, b: { values: b }, Z: { values: Z } };
}

/** A condition on a start: a number that has to reach each of the bounds. */
interface Condition<N> {
  readonly name: string;
  readonly bounds: readonly N[];
  readonly reached: N;
}

/** All of these conditions, each bound, or so many times it, a comparison with the name of its condition. */
export function meets<N>(R: Reading<N>, conditions: readonly Condition<N>[], times?: N | Real): Finding {
  const found = conditions.flatMap(({ name, bounds, reached }) =>
    bounds.map((bound) => part(name, atMost(R, times === undefined ? bound : R.mul(times, bound), reached))),
  );
  return all(...found);
}

/** ‖W‖ ≤ ‖W(0)‖ + C1, ‖A‖ ≤ ‖A(0)‖ + C2 and ‖b‖ ≤ ‖b(0)‖ + C3 after the start, or with so much of each C. */
export function staysWithin<N>(R: Reading<N>, path: TrainingPath<N>, p: Start<N>, share: 0 | 1 = 1): Finding {
  const [d, m] = [p.W.length, p.A.length];
  const bounded = (name: string, series: Series<N>, rows: number, from: Matrix<N>, C: N): Finding => {
    const most = R.add(operatorNorm(R, from), R.mul(share, C));
    const size = magnitude(R, most);
    const found = matricesAlong(series, rows, m).map((A, t) => compare(R, '≤', operatorNorm(R, A), most, t, size));
    return part(name, all(...found.slice(1)));
  };
  return all(
    bounded('W', path.W, d, p.W, p.C1),
    bounded('A', path.A, m, p.A, p.C2),
    bounded('b', path.b, 1, [p.b], p.C3),
  );
}

/** The least eigenvalue of ZZᵀ after the start has a root of at least so many times what it was at the start. */
export function staysRegular<N>(R: Reading<N>, { Z }: TrainingPath<N>, p: Start<N>, factor: N | string): Finding {
  const [first, ...later] = matricesAlong(Z, p.X.length, p.A.length);
  const least = (Zt: Matrix<N>): N => rootOfSquare(R, symmetricEigenvalues(R, matMul(R, Zt, transpose(Zt))).least);
  const bound = R.mul(factor, least(first!));
  const size = magnitude(R, frobenius(R, first!));
  return all(...later.map((Zt, t) => compare(R, '≤', bound, least(Zt), t + 1, size)));
}

/** ½‖Zb − y‖² along a path, remembering the sizes of what was subtracted. */
export function lossesAlong<N>(R: Reading<N>, { Z, b }: TrainingPath<N>, { X, A, y }: Start<N>): Series<N> {
  const outputs = matricesAlong(b, 1, A.length);
  const most = (x: readonly N[]): number => Math.max(...x.map((entry) => magnitude(R, entry)));
  const points = matricesAlong(Z, X.length, A.length).map((Zt, t) => {
    const predicted = matVec(R, Zt, outputs[t]![0]!);
    const r = predicted.map((x, i) => R.sub(x, y[i]!));
    return { value: R.div(dot(R, r, r), 2), size: Math.max(most(y), most(predicted)) * most(r) };
  });
  return { values: points.map(({ value }) => value), scale: points.map(({ size }) => size) };
}
