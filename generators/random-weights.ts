/** Random weights of Section 5.2 of the paper on implicit networks, in doubles, and the spaces of their sizes. */
import { space } from '../src/claim/space';
import type { Source } from '../src/numerics/uniform-stream';
import { beyond, coarse, counts, logUniform, signedLogUniform } from './coordinates';
import { countsAbove } from './large-error';
import { matrix } from './matrices';
import { normals } from './streams';
import { unitRows } from './unit-rows';

type Rows = readonly (readonly number[])[];

/** A rows×columns matrix of independent normal numbers of that standard deviation. */
export function normalMatrix(random: Source, rows: number, columns: number, deviation = 1): Rows {
  const next = normals(random);
  return matrixOf(rows, columns, () => deviation * next());
}

/** A of m×m half-normal numbers: the moduli of standard normal ones. */
export function halfNormalMatrix(random: Source, m: number): Rows {
  const next = normals(random);
  return matrixOf(m, m, () => Math.abs(next()));
}

function matrixOf(rows: number, columns: number, entry: () => number): Rows {
  const A: number[][] = [];
  for (let i = 0; i < rows; i++) {
    const row = new Array<number>(columns);
    for (let j = 0; j < columns; j++) row[j] = entry();
    A.push(row);
  }
  return A;
}

/** ΦΦᵀ for the features Φ = σ(XW) of `units` independent columns of W, normal numbers of that standard deviation. */
export function gramOfRandomFeatures(random: Source, X: Rows, units: number, deviation = 1): Rows {
  const next = normals(random);
  const gram = X.map(() => new Array<number>(X.length).fill(0));
  const w = new Float64Array(X[0]!.length);
  const phi = new Float64Array(X.length);
  for (let unit = 0; unit < units; unit++) {
    for (let k = 0; k < w.length; k++) w[k] = deviation * next();
    writeImage(phi, X, w);
    for (let i = 0; i < phi.length; i++) if (phi[i]! < 0) phi[i] = 0;
    for (let i = 0; i < phi.length; i++) for (let j = 0; j < phi.length; j++) gram[i]![j]! += phi[i]! * phi[j]!;
  }
  return gram;
}

/** Writes A x. */
function writeImage(out: Float64Array, A: Rows, x: Float64Array): void {
  for (let i = 0; i < A.length; i++) {
    const row = A[i]!;
    let sum = 0;
    for (let j = 0; j < row.length; j++) sum += row[j]! * x[j]!;
    out[i] = sum;
  }
}

/** Writes Aᵀy. */
function writeImageOfTranspose(out: Float64Array, A: Rows, y: Float64Array): void {
  out.fill(0);
  for (let i = 0; i < A.length; i++) {
    const row = A[i]!;
    for (let j = 0; j < row.length; j++) out[j]! += row[j]! * y[i]!;
  }
}

/** An iteration that at least halves its error ends at a step that changes less than this share. */
const SETTLED = 2 ** -48;

/** ‖A‖₂ of a square matrix of positive entries by the power method, which gains a factor (σ₂/σ₁)⁴ in each of at most 12 rounds. */
export function normOfPositive(A: Rows): number {
  const x = new Float64Array(A.length).fill(1 / Math.sqrt(A.length));
  const forth = new Float64Array(A.length);
  const back = new Float64Array(A.length);
  let norm = 0;
  for (let k = 0; k < 12; k++) {
    writeImage(forth, A, x);
    writeImageOfTranspose(back, A, forth);
    let square = 0;
    for (const y of back) square += y * y;
    const length = Math.sqrt(square);
    const last = norm;
    norm = Math.sqrt(length);
    if (Math.abs(norm - last) <= SETTLED * norm) break;
    for (let j = 0; j < x.length; j++) x[j] = back[j]! / length;
  }
  return norm;
}

/** (I − γA)⁻¹b by its series, where γ‖A‖ < 1/2. */
export function resolved(A: Rows, gamma: number, b: readonly number[]): readonly number[] {
  const u = Float64Array.from(b);
  const image = new Float64Array(u.length);
  for (let k = 0; k < 54; k++) {
    writeImage(image, A, u);
    let [changed, size] = [0, 0];
    for (let i = 0; i < u.length; i++) {
      const next = b[i]! + gamma * image[i]!;
      changed = Math.max(changed, Math.abs(next - u[i]!));
      size = Math.max(size, Math.abs(next));
      u[i] = next;
    }
    if (changed <= SETTLED * size) break;
  }
  return [...u];
}

/** A width. */
export const widths = space().with('m', counts(3, 1_000_000));

/** A width for which matrices are drawn. */
export const smallWidths = space().with('m', countsAbove(8, 16));

/** Inputs and a width for which matrices are drawn. */
export const smallShapes = space().with('d', counts(1, 8)).with('m', counts(1, 8));

/** Samples of length 1 and a width of 24 to 32. */
export const samplesAndWidth = space()
  .with('d', counts(1, 3))
  .with('N', counts(1, 3))
  .with('m', countsAbove(24, 8))
  .with('X', unitRows('N', 'd', [3, 3]));

/** Samples and first weights, at least as many units as samples. */
export const samplesAndWeights = space()
  .with('d', counts(1, 2))
  .with('N', counts(1, 2))
  .with('m', ({ N }) => counts(N, 3))
  .with('X', matrix('N', 'd', { entry: coarse(signedLogUniform(1 / 8, 8), 3), most: [2, 2] }))
  .with('W', matrix('d', 'm', { entry: coarse(signedLogUniform(1 / 8, 8), 3), most: [2, 3] }));

/** No more samples than inputs, and three to five times as many units as samples. */
export const samplesAndManyUnits = space()
  .with('d', counts(1, 3))
  .with('N', ({ d }) => counts(1, d))
  .with('m', ({ N }) => countsAbove(3 * N, 2))
  .with('X', matrix('N', 'd', { entry: coarse(signedLogUniform(1 / 8, 8), 3), most: [3, 3] }));

/** λ1 = c1√m, λ2 = λ1/ρ, λ3 = c3, ‖ŷ(0) − y‖ = cr√N, and how far α1² is beyond its bound. */
export const orderedNorms = space()
  .with('N', counts(1, 100_000))
  .with('m', counts(1, 100_000_000))
  .with('c1', coarse(logUniform(1 / 8, 8)))
  .with('rho', coarse(logUniform(1 / 8, 8)))
  .with('c3', coarse(logUniform(1, 8)))
  .with('cr', coarse(logUniform(1 / 8, 8)))
  .with('excess', beyond(1));

/** One or two samples of length 1 at an angle from 53° to 127°. */
export const oneOrTwoSamples = space()
  .with('N', counts(1, 2))
  .with('t', coarse(logUniform(1 / 2, 2), 3));

/** N, λ_* up to 1/2, d = cd·m at most, |y_i| ≤ cy, and how far m is beyond its bound. */
export const quadraticWidths = space()
  .with('N', counts(1, 1_000_000))
  .with('lambda', coarse(logUniform(2 ** -20, 1 / 2)))
  .with('cd', coarse(logUniform(1 / 64, 64)))
  .with('cy', coarse(logUniform(1 / 8, 8)))
  .with('excess', beyond(1));
