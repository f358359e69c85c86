import type { Rows } from './interfaces';
import { multiply } from './sparse-product';

/** The forward iteration of implicit ReLU networks at the sizes of experiments. */

/** The entries of a matrix that are not zero: those of row i are from `starts[i]` to before `starts[i + 1]`. */
export interface SparseRows {
  readonly starts: Uint32Array;
  readonly columns: Uint32Array;
  readonly values: Float64Array;
}

/** The entries that are not zero: images are black for the most part. */
export function sparseRows(rows: Rows): SparseRows {
  const starts = new Uint32Array(rows.length + 1);
  rows.forEach((row, i) => (starts[i + 1] = starts[i]! + row.filter((x) => x !== 0).length));
  const columns = new Uint32Array(starts[rows.length]!);
  const values = new Float64Array(starts[rows.length]!);
  let at = 0;
  for (const row of rows) {
    row.forEach((x, j) => {
      if (x === 0) return;
      columns[at] = j;
      values[at++] = x;
    });
  }
  return { starts, columns, values };
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
  inputs: SparseRows,
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
function featuresOf({ starts, columns, values }: SparseRows, W: Float64Array, m: number): Float64Array {
  const Phi = new Float64Array((starts.length - 1) * m);
  for (let i = 0; i + 1 < starts.length; i++) {
    const end = starts[i + 1]!;
    let at = starts[i]!;
    for (; at + 3 < end; at += 4) addFour(Phi, i * m, W, columns, values, at, m);
    for (; at < end; at++) {
      const row = columns[at]! * m;
      const x = values[at]!;
      for (let j = 0; j < m; j++) Phi[i * m + j] = Phi[i * m + j]! + x * W[row + j]!;
    }
  }
  for (let k = 0; k < Phi.length; k++) if (Phi[k]! < 0) Phi[k] = 0;
  return Phi;
}

/** Adds four rows of W, each times its value, to the m numbers of Phi from `to` on: they are loaded and stored once. */
function addFour(
  Phi: Float64Array,
  to: number,
  W: Float64Array,
  columns: Uint32Array,
  values: Float64Array,
  at: number,
  m: number,
): void {
  const p = columns[at]! * m;
  const q = columns[at + 1]! * m;
  const r = columns[at + 2]! * m;
  const s = columns[at + 3]! * m;
  const x = values[at]!;
  const y = values[at + 1]!;
  const z = values[at + 2]!;
  const w = values[at + 3]!;
  for (let j = 0; j < m; j++) {
    Phi[to + j] = Phi[to + j]! + x * W[p + j]! + y * W[q + j]! + z * W[r + j]! + w * W[s + j]!;
  }
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
