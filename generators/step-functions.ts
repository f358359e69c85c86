import { space, type Coordinate } from '../src/claim/space';
import { coarse, counts, logUniform, orZero, signedLogUniform } from './coordinates';
import { matrix, vector } from './matrices';

/**
 * Two functions of time with values in ℝʳ, constant on up to three stretches of lengths τ: rows of A and B. And c, by how
 * much a value may overlap with all values up to the end of its stretch.
 */

const entry = orZero(coarse(signedLogUniform(1 / 8, 8)));

type Rows = readonly (readonly number[])[];

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

/** The least c with Σ_{p≤q} τ_p(⟨v, a_p⟩² + ⟨v, b_p⟩²) ≤ c‖v‖² for v = a_q, b_q and every q. */
export function leastOverlap(A: Rows, B: Rows, tau: readonly number[]): number {
  const overlap = (v: readonly number[], q: number): number =>
    tau.slice(0, q + 1).reduce((sum, t, p) => sum + t * (dot(v, A[p]!) ** 2 + dot(v, B[p]!) ** 2), 0);
  const ratio = (v: readonly number[], q: number): number => (dot(v, v) > 0 ? overlap(v, q) / dot(v, v) : 0);
  return Math.max(...tau.map((_, q) => Math.max(ratio(A[q]!, q), ratio(B[q]!, q))));
}

/** The least number of 12 significant binary digits that is at least x, half of the time that; else up to twice it. */
function from(x: number): Coordinate<'real'> {
  const unit = x > 0 ? 2 ** (Math.floor(Math.log2(x)) - 11) : 1;
  const least = Math.ceil(x / unit) * unit;
  return {
    kind: 'real',
    describe: 'the least overlap allowed, rounded up by at most 2⁻¹¹ of itself, half of the time; else up to twice it',
    decode: (u) => (u < 1 / 2 ? least : least * (2 * u)),
  };
}

/** Two step functions, and an overlap that they keep. */
export const twoStepFunctions = space()
  .with('r', counts(1, 3))
  .with('p', counts(1, 3))
  .with('A', matrix('p', 'r', { entry, most: [3, 3] }))
  .with('B', matrix('p', 'r', { entry, most: [3, 3] }))
  .with('tau', vector('p', { entry: coarse(logUniform(1 / 64, 8)), most: 3 }))
  .with('c', ({ A, B, tau }) => from(leastOverlap(A, B, tau)));
