/** Orthogonal projections onto spans of columns, over any arithmetic. */
import type { Arithmetic } from './arithmetic';
import { matMul, solve, transpose, type Matrix } from './matrix';

/**
 * A(AᵀA)⁻¹Aᵀ, the orthogonal projection onto the span of the columns of A. Over exact numbers exact. Errors: as `solve` on
 * AᵀA: OutOfDomain for columns that depend on each other, Undetermined where balls do not tell.
 */
export function projectionOnto<N>(R: Arithmetic<N>, A: Matrix<N>): Matrix<N> {
  const At = transpose(A);
  return matMul(R, A, solve(R, matMul(R, At, A), At));
}
