import type { Rows } from './interfaces';
import { multiply } from './sparse-product';

/** The forward iteration of implicit ReLU networks at the sizes of experiments. */

/** Inputs n×d by rows, as `multiply` takes them: it passes over the zeros, and images are black for the most part. */
export interface Inputs {
  readonly n: number;
  readonly d: number;
  readonly X: Float64Array;
}

/** Rows of one length in a flat array; there may be none. */
export function inputsOf(rows: Rows): Inputs {
  const [n, d] = [rows.length, rows[0]?.length ?? 0];
  const X = new Float64Array(n * d);
  rows.forEach((row, i) => X.set(row, i * d));
  return { n, d, X };
}

/** When the iteration ends: at a step of Frobenius norm up to `tolerance`, or after `mostIterations`. */
export interface ForwardRule {
  readonly gamma: number;
  readonly tolerance: number;
  readonly mostIterations: number;
}

/** Features Φ = σ(XW), outputs Z, both n×m, and how many times the layer was applied. */
export interface Forward {
  readonly Phi: Float64Array;
  readonly Z: Float64Array;
  readonly iterations: number;
}

/**
 * Z⁰ = 0 and Z^{l+1} = σ(γZ^lA + Φ), Φ = σ(XW), until the rule says to end. The first iterate is Φ and takes no product,
 * but is counted. Entries that overflow end it too.
 */
export function implicitForward(
  inputs: Inputs,
  { W, A, b }: { readonly W: Float64Array; readonly A: Float64Array; readonly b: Float64Array },
  { gamma, tolerance, mostIterations }: ForwardRule,
): Forward {
  const m = b.length;
  const Phi = featuresOf(inputs, W, m);
  const n = Phi.length / m;
  const Z = Phi.slice();
  const product = new Float64Array(n * m);
  const room = new Int32Array(m);
  let iterations = 1;
  let change = squaredNorm(Z);
  while (Math.sqrt(change) > tolerance && iterations < mostIterations && Number.isFinite(change)) {
    multiply(product, Z, A, n, m, m, room);
    change = 0;
    for (let k = 0; k < n * m; k++) {
      const before = gamma * product[k]! + Phi[k]!;
      const next = before > 0 ? before : 0;
      const step = next - Z[k]!;
      change += step * step;
      Z[k] = next;
    }
    iterations++;
  }
  return { Phi, Z, iterations };
}

/** σ(XW). */
function featuresOf({ n, d, X }: Inputs, W: Float64Array, m: number): Float64Array {
  const Phi = new Float64Array(n * m);
  multiply(Phi, X, W, n, d, m, new Int32Array(d));
  for (let k = 0; k < Phi.length; k++) if (Phi[k]! < 0) Phi[k] = 0;
  return Phi;
}

/** ‖A‖ from below: ‖Av‖ after so many iterations of the power method on AᵀA; `v`, of norm 1 afterwards, is moved. */
export function operatorNorm(A: Float64Array, v: Float64Array, iterations: number): number {
  const m = v.length;
  const image = new Float64Array(m);
  for (let iteration = 0; iteration < iterations; iteration++) {
    apply(A, v, image);
    v.fill(0);
    for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) v[j] = v[j]! + A[i * m + j]! * image[i]!;
    const size = Math.sqrt(squaredNorm(v));
    if (size === 0) return 0;
    for (let j = 0; j < m; j++) v[j] = v[j]! / size;
  }
  apply(A, v, image);
  return Math.sqrt(squaredNorm(image));
}

/** Av into `image`. */
function apply(A: Float64Array, v: Float64Array, image: Float64Array): void {
  const m = v.length;
  for (let i = 0; i < m; i++) {
    let sum = 0;
    for (let j = 0; j < m; j++) sum += A[i * m + j]! * v[j]!;
    image[i] = sum;
  }
}

/** The sum of the squares. */
export function squaredNorm(values: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k]! * values[k]!;
  return sum;
}
