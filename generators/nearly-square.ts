import { doubles } from '../src/numerics/doubles';
import { matMul, transpose } from '../src/numerics/matrix';
import { singularValues } from '../src/numerics/singular-values';
import { normals, take, uniformStream } from './streams';

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
  const product = matMul(doubles, normalRows(seed, 'A', n, r), transpose(normalRows(seed, 'B', n, r)));
  const values = singularValues(product).slice(0, r);
  const norm = Math.hypot(...values);
  const Y = product.map((row, i) => row.map((_x, j) => (i === j && i < r ? values[i]! / norm : 0)));
  const columns = orthonormalRows(normalRows(seed, 'Z', r, n));
  return {
    ...{ Y, Z: transpose(columns), C: normalRows(seed, 'C', r, n) },
    ...{ best: matMul(doubles, columns, Y), random: normalRows(seed, 'W', r, n, 1e-3) },
  };
}

function normalRows(seed: number, name: string, rows: number, columns: number, deviation = 1): Rows {
  const normal = normals(uniformStream(seed, 'nearly square', name));
  return Array.from({ length: rows }, () => Array.from(take(normal, columns, deviation)));
}

/** Gram–Schmidt on the rows, twice each: the second time takes away the rounding of the first. */
function orthonormalRows(rows: Rows): Rows {
  const units: Rows[number][] = [];
  for (const row of rows) {
    let rest = row;
    for (let pass = 0; pass < 2; pass++) {
      for (const unit of units) {
        const share = inner(rest, unit);
        rest = rest.map((x, k) => x - share * unit[k]!);
      }
    }
    const length = Math.hypot(...rest);
    units.push(rest.map((x) => x / length));
  }
  return units;
}

const inner = (a: Rows[number], b: Rows[number]): number => a.reduce((sum, x, k) => sum + x * b[k]!, 0);
