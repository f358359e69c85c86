import { doubles } from '../src/numerics/doubles';
import { matMul, transpose } from '../src/numerics/matrix';
import { singularValues } from '../src/numerics/singular-values';
import { diagonalRows, normalMatrix, orthonormalMatrix } from './factorization-figures';

/**
 * The factorisation problem of Figures 3b to 6 of the paper on random feedback (Appendix F): Y, n×n, of rank r = n − 1, Z(0)
 * of orthonormal columns.
 */

type Rows = readonly (readonly number[])[];

export interface NearlySquare {
  /**
   * ABᵀ/‖ABᵀ‖_F for A and B, n×r, of independent standard normal entries, in the bases of its singular vectors: diagonal. The
   * laws of the others are the same in all bases.
   */
  readonly Y: Rows;
  /** n×r, Haar distributed: ZᵀZ = I to rounding. */
  readonly Z: Rows;
  /** r×n, independent standard normal entries. */
  readonly C: Rows;
  /** W(0) that is best for Z: ZᵀY. */
  readonly best: Rows;
  /** W(0) of independent normal entries of standard deviation 0.001. */
  readonly random: Rows;
}

/** The problem of one seed; n ≥ 2. */
export function nearlySquare(seed: number, n: number): NearlySquare {
  const r = n - 1;
  const product = matMul(doubles, normalMatrix(seed, 'A', n, r), transpose(normalMatrix(seed, 'B', n, r)));
  const values = singularValues(product).slice(0, r);
  const norm = Math.hypot(...values);
  const Y = diagonalRows([...values.map((value) => value / norm), 0]);
  const Z = orthonormalMatrix(seed, 'Z', n, r);
  return {
    ...{ Y, Z, C: normalMatrix(seed, 'C', r, n) },
    ...{ best: matMul(doubles, transpose(Z), Y), random: normalMatrix(seed, 'W', r, n, 1e-3) },
  };
}
