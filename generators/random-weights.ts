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
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => deviation * next()));
}

/** A of m×m half-normal numbers: the moduli of standard normal ones. */
export function halfNormalMatrix(random: Source, m: number): Rows {
  return normalMatrix(random, m, m).map((row) => row.map(Math.abs));
}

/** A x. */
function image(A: Rows, x: readonly number[]): readonly number[] {
  return A.map((row) => {
    let sum = 0;
    for (let j = 0; j < row.length; j++) sum += row[j]! * x[j]!;
    return sum;
  });
}

/** Aᵀy. */
function imageOfTranspose(A: Rows, y: readonly number[]): readonly number[] {
  const sums = A[0]!.map(() => 0);
  A.forEach((row, i) => {
    for (let j = 0; j < row.length; j++) sums[j] = sums[j]! + row[j]! * y[i]!;
  });
  return sums;
}

/** ‖A‖₂ of a matrix of positive entries by the power method, which gains a factor (σ₂/σ₁)² in each of 12 rounds. */
export function normOfPositive(A: Rows): number {
  let x: readonly number[] = A.map(() => 1);
  let norm = 0;
  for (let k = 0; k < 12; k++) {
    const back = imageOfTranspose(A, image(A, x));
    const length = Math.hypot(...back);
    norm = Math.sqrt(length / Math.hypot(...x));
    x = back.map((y) => y / length);
  }
  return norm;
}

/** (I − γA)⁻¹b by its series, where γ‖A‖ < 1/2: to the last digit. */
export function resolved(A: Rows, gamma: number, b: readonly number[]): readonly number[] {
  let u = b;
  for (let k = 0; k < 54; k++) {
    const next = image(A, u).map((x, i) => b[i]! + gamma * x);
    if (next.every((x, i) => x === u[i])) break;
    u = next;
  }
  return u;
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
