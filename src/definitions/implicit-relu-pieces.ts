import type { Pieces } from '../numerics/confirmed-pieces';
import type { Network } from './implicit-relu';

/**
 * The gradient flow of an implicit ReLU network with the pattern of its units kept, in doubles. State: the entries of W, A and b by
 * rows. Switches: one for every unit of the features on every sample, then one for every unit of the layer. Outputs: Z.
 * Integrators ask for the field some thousand times a path, so matrices are flat arrays, by rows, that are written anew.
 */
export function piecesOf(start: Network<number>): Pieces {
  const room = roomFor(start);
  return {
    field: (on) => (_time, state, derivative) => writeField(room, on, state, derivative),
    margins: (on, state) => marginsOf(room, on, state),
    outputs: (on, state) => {
      writeFixedPoint(room, on, state);
      return Array.from(room.Z, (z) => Math.max(0, z));
    },
  };
}

type Switches = readonly boolean[];

interface Room {
  readonly N: number;
  readonly d: number;
  readonly m: number;
  readonly gamma: number;
  readonly X: Float64Array;
  readonly y: Float64Array;
  /** N×m: XW, the features E∘XW, the fixed point, the adjoint. */
  readonly XW: Float64Array;
  readonly Phi: Float64Array;
  readonly Z: Float64Array;
  readonly G: Float64Array;
  /** The equations of one sample's active units, m×(m + 1) at the most, and which units these are. */
  readonly system: Float64Array;
  readonly active: Int32Array;
}

function roomFor({ X, W, b, y, gamma }: Network<number>): Room {
  const [N, d, m] = [X.length, W.length, b.length];
  const samplesByUnits = () => new Float64Array(N * m);
  return {
    ...{ N, d, m, gamma, X: Float64Array.from(X.flat()), y: Float64Array.from(y) },
    ...{ XW: samplesByUnits(), Phi: samplesByUnits(), Z: samplesByUnits(), G: samplesByUnits() },
    ...{ system: new Float64Array(m * (m + 1)), active: new Int32Array(m) },
  };
}

/** Z = D∘(γZA + E∘XW), with XW and E∘XW: row by row, z_S(I − γA_SS) = φ_S. */
function writeFixedPoint(room: Room, on: Switches, state: Float64Array): void {
  const { N, d, m, X, XW, Phi, Z } = room;
  for (let i = 0; i < N; i++) {
    for (let j = 0; j < m; j++) {
      let sum = 0;
      for (let k = 0; k < d; k++) sum += X[i * d + k]! * state[k * m + j]!;
      XW[i * m + j] = sum;
      Phi[i * m + j] = on[i * m + j]! ? sum : 0;
    }
    solveOnActive(room, on, state, i, Phi, 'A', Z);
  }
}

/** Minus the gradient: G = D∘(rbᵀ + γGAᵀ), and −Xᵀ(E∘G), −γZᵀG, −Zᵀr. */
function writeField(room: Room, on: Switches, state: Float64Array, derivative: Float64Array): void {
  const { N, d, m, gamma, X, y, Z, G } = room;
  const [ofA, ofB] = [d * m, d * m + m * m];
  writeFixedPoint(room, on, state);
  derivative.fill(0);
  for (let i = 0; i < N; i++) {
    let residual = -y[i]!;
    for (let j = 0; j < m; j++) residual += Z[i * m + j]! * state[ofB + j]!;
    for (let j = 0; j < m; j++) G[i * m + j] = residual * state[ofB + j]!;
    solveOnActive(room, on, state, i, G, 'Aᵀ', G);
    for (let j = 0; j < m; j++) {
      const g = G[i * m + j]!;
      if (on[i * m + j]!) for (let k = 0; k < d; k++) derivative[k * m + j]! -= X[i * d + k]! * g;
      for (let k = 0; k < m; k++) derivative[ofA + k * m + j]! -= gamma * Z[i * m + k]! * g;
      derivative[ofB + j]! -= Z[i * m + j]! * residual;
    }
  }
}

/**
 * Writes row i of the solution z of z_S(I − γB_SS) = r_S, 0 outside of S: B is A or Aᵀ, S the units that are on for the
 * sample, r row i of `right`. Elimination, each pivot the largest of its column; NaN or Infinity where there is no solution.
 */
function solveOnActive(
  { N, d, m, gamma, system, active }: Room,
  on: Switches,
  state: Float64Array,
  i: number,
  right: Float64Array,
  B: 'A' | 'Aᵀ',
  solution: Float64Array,
): void {
  let n = 0;
  for (let j = 0; j < m; j++) if (on[N * m + i * m + j]!) active[n++] = j;
  const width = n + 1;
  for (let p = 0; p < n; p++) {
    for (let q = 0; q < n; q++) {
      const [from, to] = B === 'A' ? [active[q]!, active[p]!] : [active[p]!, active[q]!];
      system[p * width + q] = (p === q ? 1 : 0) - gamma * state[d * m + from * m + to]!;
    }
    system[p * width + n] = right[i * m + active[p]!]!;
  }
  eliminate(system, n);
  for (let j = 0; j < m; j++) solution[i * m + j] = 0;
  for (let p = 0; p < n; p++) solution[i * m + active[p]!] = system[p * width + n]!;
}

/** Gauss and Jordan's elimination of n equations, the right-hand side in the last of n + 1 columns. */
function eliminate(system: Float64Array, n: number): void {
  const width = n + 1;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let p = k + 1; p < n; p++) {
      if (Math.abs(system[p * width + k]!) > Math.abs(system[pivot * width + k]!)) pivot = p;
    }
    for (let q = k; q < width; q++) {
      const head = system[pivot * width + q]!;
      system[pivot * width + q] = system[k * width + q]!;
      system[k * width + q] = head;
    }
    for (let q = n; q >= k; q--) system[k * width + q]! /= system[k * width + k]!;
    for (let p = 0; p < n; p++) {
      if (p === k) continue;
      const factor = system[p * width + k]!;
      for (let q = k; q < width; q++) system[p * width + q]! -= factor * system[k * width + q]!;
    }
  }
}

/** How far every unit is on the side where the pattern has it, as a share of the largest terms of what it sums. */
function marginsOf(room: Room, on: Switches, state: Float64Array): readonly number[] {
  const { N, d, m, gamma, X, XW, Phi, Z } = room;
  writeFixedPoint(room, on, state);
  const [W, A] = [largest(state, 0, d * m), largest(state, d * m, d * m + m * m)];
  const ofFeatures = d * largest(X, 0, X.length) * W || 1;
  const ofLayer = gamma * m * largest(Z, 0, N * m) * A + largest(Phi, 0, N * m) || 1;
  const margins = new Array<number>(2 * N * m);
  for (let k = 0; k < N * m; k++) margins[k] = (on[k]! ? XW[k]! : -XW[k]!) / ofFeatures;
  for (let i = 0; i < N; i++) {
    for (let j = 0; j < m; j++) {
      let sum = 0;
      for (let k = 0; k < m; k++) sum += Z[i * m + k]! * state[d * m + k * m + j]!;
      const into = gamma * sum + Phi[i * m + j]!;
      const at = N * m + i * m + j;
      margins[at] = (on[at]! ? into : -into) / ofLayer;
    }
  }
  return margins;
}

/** The largest modulus from one index to before another. */
function largest(values: Float64Array, from: number, to: number): number {
  let most = 0;
  for (let k = from; k < to; k++) most = Math.max(most, Math.abs(values[k]!));
  return most;
}
