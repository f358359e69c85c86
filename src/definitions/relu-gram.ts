import type { Arithmetic } from '../numerics/arithmetic';
import { dot, matrixOf, type Matrix } from '../numerics/matrix';

/**
 * E σ(Xw)σ(Xw)ᵀ for a standard normal w, σ(u) = max(0, u), over any arithmetic that has π: for rows x and x' at the angle θ the
 * entry is (‖x‖‖x'‖sin θ + (π − θ)⟨x, x'⟩)/(2π) (Y. Cho, L. K. Saul, Kernel methods for deep learning, NIPS 2009, of order 1).
 * X is N×d, the result N×N. Undetermined for rows that may be parallel or not.
 */
export function expectedGram<N>(R: Arithmetic<N>, X: Matrix<N>): Matrix<N> {
  const squares = X.map((row) => R.add(...row.map((x) => R.power(x, 2))));
  const entries = X.map((row, i) =>
    X.slice(0, i + 1).map((other, j) => (i === j ? R.div(squares[i]!, 2) : between(R, row, other))),
  );
  return matrixOf(X.length, X.length, (i, j) => entries[Math.max(i, j)]![Math.min(i, j)]!);
}

/** The entry for two rows; half of their product, or 0, where they are parallel. */
function between<N>(R: Arithmetic<N>, x: readonly N[], y: readonly N[]): N {
  const product = dot(R, x, y);
  const area = areaSquared(R, x, y);
  if (R.sign(area) === 0) return R.sign(product) === 1 ? R.div(product, 2) : R.of(0);
  const sine = R.sqrt(area);
  // π − θ, the angle of (−cos θ, sin θ), is π/2 + atan(cot θ).
  const rest = R.add(R.div(R.pi(), 2), R.atan(R.div(product, sine)));
  return R.div(R.add(sine, R.mul(rest, product)), R.mul(2, R.pi()));
}

/** ‖x‖²‖y‖² − ⟨x, y⟩², as the sum of the squares of all minors (Lagrange): 0 exactly for parallel rows. */
export function areaSquared<N>(R: Arithmetic<N>, x: readonly N[], y: readonly N[]): N {
  const minors = x.flatMap((a, i) => x.slice(0, i).map((b, j) => R.sub(R.mul(a, y[j]!), R.mul(b, y[i]!))));
  return minors.length === 0 ? R.of(0) : R.add(...minors.map((minor) => R.power(minor, 2)));
}
