import { normals, uniformStream, type Source } from './streams';

/**
 * What the linear autoencoder of the paper on deep linear networks is trained on (Section 6 and Appendix E.2): inputs
 * x = Az + 10⁻³·N(0, I) in ℝ²⁰, A of 20×5 with entries U(0, 1), five factors z.
 */

/** The rows of a matrix. */
export type Rows = readonly (readonly number[])[];

export const INPUTS = 20;
export const FACTORS = 5;
export const SAMPLES = 1000;

/** Variances of the factors: diag(4, 2, 1, 1/2, 1/4) in Section 6, the identity in (196). */
export const VARIANCES = { signal: [4, 2, 1, 1 / 2, 1 / 4], identity: [1, 1, 1, 1, 1] } as const;

/** Second moments of the sample, Σ = (1/1000)∑xxᵀ, and the matrix AΛAᵀ that reconstructions are compared with. */
export interface AutoencoderData {
  readonly moments: Rows;
  readonly target: Rows;
}

/** The data of one seed under one of the two laws of the factors. */
export function autoencoderData(seed: number, law: keyof typeof VARIANCES): AutoencoderData {
  const mixing = matrixOf(INPUTS, FACTORS, uniformStream(seed, 'autoencoder', 'A'));
  const variances = VARIANCES[law];
  const normal = normals(uniformStream(seed, 'autoencoder', 'samples'));
  const sums = matrixOf(INPUTS, INPUTS, () => 0) as number[][];
  for (let n = 0; n < SAMPLES; n++) {
    const factors = variances.map((variance) => Math.sqrt(variance) * normal());
    const x = mixing.map((row) => row.reduce((sum, a, j) => sum + a * factors[j]!, 1e-3 * normal()));
    for (let i = 0; i < INPUTS; i++) for (let j = 0; j < INPUTS; j++) sums[i]![j]! += (x[i]! * x[j]!) / SAMPLES;
  }
  const target = mixing.map((a) => mixing.map((b) => a.reduce((sum, x, k) => sum + x * variances[k]! * b[k]!, 0)));
  return { moments: sums, target };
}

/** The weights at the start, 10⁻⁵·U(0, 1): the same for every draw of feedback matrices and for gradient descent. */
export function startingWeights(seed: number, layers: number): readonly Rows[] {
  const uniform = uniformStream(seed, 'autoencoder', 'weights');
  return Array.from({ length: layers }, () => matrixOf(INPUTS, INPUTS, () => 1e-5 * uniform()));
}

/** One draw of the feedback matrices of all layers but the last, entries U(0, 1). */
export function feedbackMatrices(seed: number, layers: number, draw: number): readonly Rows[] {
  const uniform = uniformStream(seed, 'autoencoder', 'feedback', String(draw));
  return Array.from({ length: layers - 1 }, () => matrixOf(INPUTS, INPUTS, uniform));
}

function matrixOf(rows: number, columns: number, source: Source): Rows {
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => source()));
}
