/**
 * The layer of infinite depth in flat arrays, by rows: one iteration of it, its features, and the adjoint equation that its
 * gradients come from. No matrix of Nm rows is ever made. For training too large for a path of all weights, use these
 * functions directly: `networkFor`, `findFeatures`, `settle`
 * (implicit-relu-equilibrium.ts), `markUnits`, `findGradients`, `moveWeights`.
 */
import { SolverError, type ImplicitLayer, type ImplicitProblem, type Rows } from './interfaces';
import { multiply } from './sparse-product';

/** The places of seeded faults in the solvers of implicit ReLU networks. */
export interface ImplicitCoefficients {
  /** Factors on the gradients by W, A and b. */
  readonly W: number;
  readonly A: number;
  readonly b: number;
  /** Factor on γ inside the layer. */
  readonly gamma: number;
  /** What is added to γZA: the features, or what they are before their ReLU. */
  readonly features: 'σ(XW)' | 'XW';
  /** The matrix that Z is multiplied by inside the layer. */
  readonly layer: 'A' | 'Aᵀ';
  /** Where the iteration starts: at zero, or one iteration later. */
  readonly start: 'zero' | 'Φ';
  /** At most so many iterations for a fixed point. */
  readonly iterations: number;
  /** The matrix in the adjoint equation. */
  readonly adjoint: 'A' | 'Aᵀ';
  /** Whether the derivatives of the two ReLUs, of the layer (D) and of the features (E), are in the gradients. */
  readonly D: 'kept' | 'left out';
  readonly E: 'kept' | 'left out';
  /** The gradient by A, or what it is without its γ. */
  readonly ofA: 'γZᵀG' | 'ZᵀG';
}

export const IMPLICIT: ImplicitCoefficients = {
  ...{ W: 1, A: 1, b: 1, gamma: 1, features: 'σ(XW)', layer: 'A', start: 'zero', iterations: Infinity },
  ...{ adjoint: 'Aᵀ', D: 'kept', E: 'kept', ofA: 'γZᵀG' },
};

/** A network under way: what is mutable are the arrays, and which of two holds Z. */
export interface Network {
  readonly N: number;
  readonly d: number;
  readonly m: number;
  readonly gamma: number;
  readonly X: Float64Array;
  /** d×N. */
  readonly transposedX: Float64Array;
  readonly W: Float64Array;
  readonly A: Float64Array;
  readonly b: Float64Array;
  readonly y: Float64Array;
  /** XW and σ(XW), N×m. */
  readonly XW: Float64Array;
  readonly Phi: Float64Array;
  Z: Float64Array;
  /** What Z is next, or, between iterations, what it was. */
  other: Float64Array;
  /** The solution of the adjoint equation, N×m. */
  G: Float64Array;
  /** The derivatives of the two ReLUs, 0 or 1, N×m: where γZA + Φ and where XW is positive. */
  readonly D: Uint8Array;
  readonly E: Uint8Array;
  /** Zb − y. */
  readonly residual: Float64Array;
  /** The gradients. */
  readonly gW: Float64Array;
  readonly gA: Float64Array;
  readonly gb: Float64Array;
  /** Room for a transposed matrix, N×m or m×m; for a system of m equations and its right-hand side; for indices. */
  readonly transposed: Float64Array;
  readonly system: Float64Array;
  readonly right: Float64Array;
  readonly active: Int32Array;
}

/** Looking a global up is slow inside jest's sandbox. */
const { max } = Math;

/** Up to this width equations are solved row by row, by elimination; above it, by iteration. */
export const NARROW = 24;

/** A network that holds the weights given; Z is zero, b and y are where the problem has none. {@link SolverError} for shapes that do not fit. */
export function networkFor({ X, W, A, gamma, b, y }: ImplicitLayer & Partial<ImplicitProblem>): Network {
  const N = X.length;
  const d = X[0]?.length ?? 0;
  const m = A.length;
  return networkOf({
    ...{ N, d, m, gamma, X: flat('X', X, N, d), W: flat('W', W, d, m), A: flat('A', A, m, m) },
    b: b ? vector('b', b, m) : new Float64Array(m),
    y: y ? vector('y', y, N) : new Float64Array(N),
  });
}

/** The network of weights in flat arrays, which it takes over; shapes are not looked at. {@link SolverError} for a γ that is not above 0. */
export function networkOf(given: Pick<Network, 'N' | 'd' | 'm' | 'gamma' | 'X' | 'W' | 'A' | 'b' | 'y'>): Network {
  const { N, d, m, gamma, X, W, A, b, y } = given;
  if (!(gamma > 0 && gamma < Infinity)) throw new SolverError(`gamma is ${gamma}; expected a number above 0`);
  const transposedX = new Float64Array(N * d);
  transpose(transposedX, X, N, d);
  return {
    N,
    d,
    m,
    gamma,
    X,
    transposedX,
    W,
    A,
    b,
    y,
    XW: new Float64Array(N * m),
    Phi: new Float64Array(N * m),
    Z: new Float64Array(N * m),
    other: new Float64Array(N * m),
    G: new Float64Array(N * m),
    D: new Uint8Array(N * m),
    E: new Uint8Array(N * m),
    residual: new Float64Array(N),
    gW: new Float64Array(d * m),
    gA: new Float64Array(m * m),
    gb: new Float64Array(m),
    transposed: new Float64Array(Math.max(N, m) * m),
    system: new Float64Array(Math.min(m, NARROW) ** 2),
    right: new Float64Array(m),
    active: new Int32Array(Math.max(N, m, d)),
  };
}

function flat(name: string, A: Rows, rows: number, columns: number): Float64Array {
  const entries = new Float64Array(rows * columns);
  for (let i = 0; i < A.length; i++) {
    const row = A[i]!;
    if (row.length !== columns || A.length !== rows) throw misshapen(name, A, rows, columns);
    for (let j = 0; j < columns; j++) {
      if (!(Math.abs(row[j]!) < Infinity)) throw notFinite(`${name}[${i}]`, j, row[j]);
      entries[i * columns + j] = row[j]!;
    }
  }
  if (entries.length === 0 || A.length !== rows) throw misshapen(name, A, rows, columns);
  return entries;
}

function vector(name: string, x: readonly number[], length: number): Float64Array {
  if (x.length !== length) {
    throw new SolverError(`${name} has ${x.length} entries; expected ${length}: b has m, as A, and y has N, as X`);
  }
  for (let j = 0; j < length; j++) if (!(Math.abs(x[j]!) < Infinity)) throw notFinite(name, j, x[j]);
  return Float64Array.from(x);
}

const notFinite = (name: string, j: number, got: unknown): SolverError =>
  new SolverError(`${name}[${j}] is ${got}; expected a finite number`);

const misshapen = (name: string, A: Rows, rows: number, columns: number): SolverError =>
  new SolverError(
    `${name} is ${A.length}×${[...new Set(A.map((row) => row.length))].join(' or ')}; ` +
      `expected ${rows}×${columns}: X of N×d, W of d×m, A of m×m`,
  );

/** Writes XW. */
export function findInputs({ N, d, m, X, W, XW, active }: Network): void {
  multiply(XW, X, W, N, d, m, active);
}

/** Writes XW and the features. */
export function findFeatures(net: Network, c: ImplicitCoefficients): void {
  const { XW, Phi } = net;
  findInputs(net);
  for (let k = 0; k < XW.length; k++) Phi[k] = c.features === 'XW' || XW[k]! > 0 ? XW[k]! : 0;
}

/** What one iteration did: ‖Z⁺ − Z‖_F² and ‖Z⁺‖_F². */
export interface Change {
  moved: number;
  size: number;
}

/** One iteration Z⁺ = σ(γZA + Φ); Z is left in `other`. What it did is written into `change`. */
export function iterateLayer(net: Network, c: ImplicitCoefficients, change: Change): void {
  const { N, m, A, Phi, Z, other: next } = net;
  const gamma = c.gamma * net.gamma;
  if (c.layer === 'Aᵀ') transpose(net.transposed, A, m, m);
  multiply(next, Z, c.layer === 'Aᵀ' ? net.transposed : A, N, m, m, net.active);
  let [moved, size] = [0, 0];
  for (let k = 0; k < next.length; k++) {
    const after = max(0, gamma * next[k]! + Phi[k]!);
    const step = after - Z[k]!;
    moved += step * step;
    size += after * after;
    next[k] = after;
  }
  net.other = Z;
  net.Z = next;
  change.moved = moved;
  change.size = size;
}

/** Writes Zb − y. */
export function findResidual({ N, m, Z, b, y, residual }: Network): void {
  for (let i = 0; i < N; i++) {
    let total = -y[i]!;
    for (let j = 0; j < m; j++) total += Z[i * m + j]! * b[j]!;
    residual[i] = total;
  }
}

/** Reads D and E off the fixed point Z, which is positive where γZA + Φ is, and off XW. */
export function markUnits({ Z, XW, D, E }: Network): void {
  for (let k = 0; k < Z.length; k++) {
    D[k] = Z[k]! > 0 ? 1 : 0;
    E[k] = XW[k]! > 0 ? 1 : 0;
  }
}

/**
 * Writes the gradients at the fixed point Z with the D and E that are marked: the residual r, the solution G of
 * G = D∘(rbᵀ + γGAᵀ), and from it γZᵀG, Xᵀ(E∘G) and Zᵀr. Whether the adjoint equation could be solved.
 */
export function findGradients(net: Network, c: ImplicitCoefficients): boolean {
  findResidual(net);
  if (!(net.m <= NARROW ? solveAdjoint(net, c) : iterateAdjoint(net, c))) return false;
  const { N, d, m, Z, G, E, residual, gW, gA, gb, transposed } = net;
  transpose(transposed, Z, N, m);
  multiply(gA, transposed, G, m, N, m, net.active);
  const ofA = c.A * (c.ofA === 'ZᵀG' ? 1 : net.gamma);
  for (let k = 0; k < gA.length; k++) gA[k]! *= ofA;
  gb.fill(0);
  for (let i = 0; i < N; i++) for (let j = 0; j < m; j++) gb[j]! += c.b * Z[i * m + j]! * residual[i]!;
  if (c.E === 'kept') for (let k = 0; k < G.length; k++) if (E[k] === 0) G[k] = 0;
  multiply(gW, net.transposedX, G, d, N, m, net.active);
  if (c.W !== 1) for (let k = 0; k < gW.length; k++) gW[k]! *= c.W;
  return true;
}

/** Moves all weights by −η times the gradients. */
export function moveWeights({ W, A, b, gW, gA, gb }: Network, eta: number): void {
  for (let k = 0; k < W.length; k++) W[k]! -= eta * gW[k]!;
  for (let k = 0; k < A.length; k++) A[k]! -= eta * gA[k]!;
  for (let k = 0; k < b.length; k++) b[k]! -= eta * gb[k]!;
}

/** Row by row, (I − γA_SS)g = r_i b_S on the units S that are on. */
function solveAdjoint(net: Network, c: ImplicitCoefficients): boolean {
  const { N, m, D, G, b, residual, right, active } = net;
  G.fill(0);
  for (let i = 0; i < N; i++) {
    let on = 0;
    for (let j = 0; j < m; j++) {
      if (c.D === 'kept' && D[i * m + j] === 0) continue;
      right[on] = residual[i]! * b[j]!;
      active[on++] = j;
    }
    if (!solveActive(net, on, c.adjoint === 'Aᵀ' ? 'A' : 'Aᵀ')) return false;
    for (let k = 0; k < on; k++) G[i * m + active[k]!] = right[k]!;
  }
  return true;
}

/** Iterations of a contraction stop when they move by less than this share of the size. */
const SETTLED = 2 ** -50;
const MOST_ADJOINT = 4000;

/** The adjoint equation by iteration, which contracts wherever the layer does. */
function iterateAdjoint(net: Network, c: ImplicitCoefficients): boolean {
  const { N, m, A, D, b, residual, gamma, transposed } = net;
  if (c.adjoint === 'Aᵀ') transpose(transposed, A, m, m);
  const matrix = c.adjoint === 'Aᵀ' ? transposed : A;
  let next = net.other;
  net.G.fill(0);
  for (let l = 0; l < MOST_ADJOINT; l++) {
    const G = net.G;
    multiply(next, G, matrix, N, m, m, net.active);
    let [moved, size] = [0, 0];
    for (let i = 0; i < N; i++) {
      for (let j = 0; j < m; j++) {
        const k = i * m + j;
        const after = c.D === 'kept' && D[k] === 0 ? 0 : residual[i]! * b[j]! + gamma * next[k]!;
        moved += (after - G[k]!) ** 2;
        size += after * after;
        next[k] = after;
      }
    }
    net.G = next;
    next = G;
    net.other = next;
    if (moved <= SETTLED ** 2 * size) return true;
    if (!(size < Infinity)) return false;
  }
  return false;
}

/**
 * Solves (I − γB)x = right on the first `on` entries of `active`, where B is A or Aᵀ cut to these units, and leaves x in `right`.
 * Whether there was a pivot for every unit.
 */
export function solveActive(net: Network, on: number, of: 'A' | 'Aᵀ', factor = 1): boolean {
  const { A, m, active, system, right } = net;
  const gamma = factor * net.gamma;
  for (let p = 0; p < on; p++) {
    for (let q = 0; q < on; q++) {
      const a = of === 'A' ? A[active[p]! * m + active[q]!]! : A[active[q]! * m + active[p]!]!;
      system[p * on + q] = (p === q ? 1 : 0) - gamma * a;
    }
  }
  for (let k = 0; k < on; k++) {
    let best = k;
    for (let p = k + 1; p < on; p++) if (Math.abs(system[p * on + k]!) > Math.abs(system[best * on + k]!)) best = p;
    const pivot = system[best * on + k]!;
    if (!(Math.abs(pivot) > 0)) return false;
    if (best !== k) swapRows(system, right, on, k, best);
    for (let p = k + 1; p < on; p++) {
      const share = system[p * on + k]! / pivot;
      if (share === 0) continue;
      for (let q = k + 1; q < on; q++) system[p * on + q]! -= share * system[k * on + q]!;
      right[p]! -= share * right[k]!;
    }
  }
  for (let k = on - 1; k >= 0; k--) {
    let rest = right[k]!;
    for (let q = k + 1; q < on; q++) rest -= system[k * on + q]! * right[q]!;
    right[k] = rest / system[k * on + k]!;
  }
  return true;
}

function swapRows(system: Float64Array, right: Float64Array, on: number, k: number, l: number): void {
  for (let q = k; q < on; q++) {
    const kept = system[k * on + q]!;
    system[k * on + q] = system[l * on + q]!;
    system[l * on + q] = kept;
  }
  const kept = right[k]!;
  right[k] = right[l]!;
  right[l] = kept;
}

/** Writes the Z that solves Z = D∘(γZA + Φ) with the D marked, by iteration from where it is; whether that settles. */
export function iterateMasked(net: Network, c: ImplicitCoefficients): boolean {
  const { N, m, A, Phi, D, transposed } = net;
  if (c.layer === 'Aᵀ') transpose(transposed, A, m, m);
  for (let l = 0; l < MOST_ADJOINT; l++) {
    const { Z, other: next } = net;
    multiply(next, Z, c.layer === 'Aᵀ' ? transposed : A, N, m, m, net.active);
    let [moved, size] = [0, 0];
    for (let k = 0; k < next.length; k++) {
      const after = D[k] === 1 ? c.gamma * net.gamma * next[k]! + Phi[k]! : 0;
      moved += (after - Z[k]!) ** 2;
      size += after * after;
      next[k] = after;
    }
    net.Z = next;
    net.other = Z;
    if (moved <= SETTLED ** 2 * size) return true;
    if (!(size < Infinity)) return false;
  }
  return false;
}

/** Writes Aᵀ, columns×rows. */
export function transpose(out: Float64Array, A: Float64Array, rows: number, columns: number): void {
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[j * rows + i] = A[i * columns + j]!;
}
