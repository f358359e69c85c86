import { operatorNormBounds } from '../numerics/operator-norm';
import { SolverError, type ImplicitLayer } from './interfaces';
import {
  findFeatures,
  IMPLICIT,
  iterateLayer,
  NARROW,
  networkFor,
  solveActive,
  type Change,
  type ImplicitCoefficients,
  type Network,
} from './implicit-relu-kernel';

/** How a fixed point was found, and what is known of it. */
export interface Settled {
  /** Iterations of the layer. */
  readonly iterations: number;
  /** q = γ‖A‖₂, rounded up. */
  readonly q: number;
  /** By how much the last iteration moved less than the one before it: the contraction seen; 0 where it moved nothing. */
  readonly contraction: number;
  /** ‖Z − Z*‖_F ≤ q/(1 − q)·(last move) plus what rounding adds, a bound; Infinity where q ≥ 1. */
  readonly error: number;
}

/** The share of ‖Z‖_F that the bound of the error is to come below. */
const ACCURACY = 1e-14;
const ROUNDING = 2 ** -53;
/** More iterations are not made: from q = 0.99 on, narrow layers are handed to Newton's method. */
const MOST = 4000;
/** Where an iteration moves less than rounding, so many in a row, the iteration has settled. */
const STILL = 2;

/** γ‖A‖₂ rounded up: by norms that are cheap where they show that it is well below 1. */
export function contractionBound({ A, m, gamma }: Network, factor: number): number {
  let [most, entries] = [0, 0];
  const columns = new Float64Array(m);
  for (let i = 0; i < m; i++) {
    let row = 0;
    for (let j = 0; j < m; j++) {
      const a = Math.abs(A[i * m + j]!);
      row += a;
      columns[j]! += a;
      entries += a * a;
    }
    most = Math.max(most, row);
  }
  const cheap = Math.min(Math.sqrt(most * columns.reduce((x, y) => Math.max(x, y), 0)), Math.sqrt(entries));
  const norm = factor * gamma * cheap * (1 + 4 * m * ROUNDING);
  return norm <= 0.75 ? norm : factor * gamma * operatorNormBounds(A, m, m).upper * (1 + 4 * ROUNDING);
}

/**
 * Takes Z of the network, from where it is, to the fixed point by Picard iteration, until ‖Z⁺ − Z‖_F·q/(1 − q) is below 1e-14 of
 * ‖Z‖_F or as small as rounding lets it be. From Z = 0 it is the limit of the Z^l, and a unit that nothing comes to stays
 * exactly off; from elsewhere such a unit fades, and may end just above zero. The features are those that `findFeatures` has written. A narrow layer with q < 1
 * that takes too long is finished by {@link newton}. {@link SolverError} where the iteration does not settle; with q ≥ 1 that
 * is what is to be expected.
 */
export function settle(net: Network, c: ImplicitCoefficients): Settled {
  const q = contractionBound(net, c.gamma);
  const change: Change = { moved: 0, size: 0 };
  const noise = 8 * ROUNDING * Math.sqrt(net.m);
  const share = q < 1 ? Math.max(noise, (ACCURACY * (1 - q)) / Math.max(q, ACCURACY)) : noise;
  let [before, moved, still, iterations] = [0, 0, 0, 0];
  while (iterations < MOST && iterations < c.iterations) {
    iterations++;
    iterateLayer(net, c, change);
    [before, moved] = [moved, Math.sqrt(change.moved)];
    if (!(change.size < Infinity)) throw notSettled(net, q, iterations, moved);
    still = moved <= share * Math.sqrt(change.size) ? still + 1 : 0;
    if (moved === 0 || (still > 0 && (q < 1 || still >= STILL))) break;
  }
  if (iterations === MOST) {
    if (!(q < 1 && newton(net, c))) throw notSettled(net, q, iterations, moved);
    iterateLayer(net, c, change);
    [before, moved] = [moved, Math.sqrt(change.moved)];
  }
  const rounding = noise * Math.sqrt(change.size);
  const error = q < 1 ? (q * moved + rounding) / (1 - q) : Infinity;
  return { iterations, q, contraction: before > 0 ? moved / before : 0, error };
}

function notSettled({ gamma }: Network, q: number, iterations: number, moved: number): SolverError {
  const advice = `choose gamma below ${(gamma / q).toPrecision(3)}, where the layer contracts`;
  return new SolverError(
    `no fixed point found in ${iterations} iterations, the last of which moved Z by ${moved.toPrecision(3)}: ` +
      `γ‖A‖ is ${q.toPrecision(4)}${q < 1 ? ', so close to 1 that they take too long' : ' ≥ 1'}; ${advice}`,
  );
}

/** Patterns tried for a row before Newton's method gives up. */
const PATTERNS = 60;

/**
 * The fixed point by semismooth Newton, row by row, from where Z is: on the units that are on, the layer is linear and is solved
 * exactly; which units are on is read off again until it stays. Whether it did for every row of a layer of at most 24 units;
 * Z is then the fixed point, and else is not changed in the rows that failed.
 */
export function newton(net: Network, c: ImplicitCoefficients): boolean {
  if (net.m > NARROW) return false;
  const on = new Uint8Array(net.m);
  let all = true;
  for (let i = 0; i < net.N; i++) all = newtonRow(net, c, i, on) && all;
  return all;
}

function newtonRow(net: Network, c: ImplicitCoefficients, i: number, on: Uint8Array): boolean {
  const { m, Z, Phi, right, active } = net;
  for (let j = 0; j < m; j++) on[j] = preactivation(net, c, i, j, Z, i * m) > 0 ? 1 : 0;
  const z = new Float64Array(m);
  for (let tried = 0; tried < PATTERNS; tried++) {
    let count = 0;
    for (let j = 0; j < m; j++) {
      if (on[j] === 0) continue;
      right[count] = Phi[i * m + j]!;
      active[count++] = j;
    }
    if (!solveActive(net, count, c.layer === 'A' ? 'Aᵀ' : 'A', c.gamma)) return false;
    z.fill(0);
    for (let k = 0; k < count; k++) z[active[k]!] = right[k]!;
    let same = true;
    for (let j = 0; j < m; j++) {
      const now = preactivation(net, c, i, j, z, 0) > 0 ? 1 : 0;
      if (now !== on[j]) same = false;
      on[j] = now;
    }
    if (!same) continue;
    for (let j = 0; j < m; j++) Z[i * m + j] = Math.max(0, z[j]!);
    return true;
  }
  return false;
}

/** γ(zA)_j + Φ_ij for the row z that begins at `from`. */
function preactivation(
  { m, A, Phi, gamma }: Network,
  c: ImplicitCoefficients,
  i: number,
  j: number,
  z: Float64Array,
  from: number,
): number {
  let total = 0;
  for (let k = 0; k < m; k++) total += z[from + k]! * (c.layer === 'A' ? A[k * m + j]! : A[j * m + k]!);
  return c.gamma * gamma * total + Phi[i * m + j]!;
}

/** The fixed point with how it was found: what there is to know of whether a layer is well posed. Errors as {@link settle}. */
export function equilibriumReport(problem: ImplicitLayer): Settled & { readonly Z: Float64Array } {
  const net = networkFor(problem);
  findFeatures(net, IMPLICIT);
  const found = settle(net, IMPLICIT);
  return { ...found, Z: net.Z };
}

/**
 * The fixed point by semismooth Newton alone, from Z = 0: a second method. {@link SolverError} where it finds none, or the layer
 * has more than 24 units.
 */
export function newtonEquilibrium(problem: ImplicitLayer): { readonly Z: Float64Array } {
  const net = networkFor(problem);
  findFeatures(net, IMPLICIT);
  if (newton(net, IMPLICIT)) return { Z: net.Z };
  throw new SolverError(
    `Newton's method found no fixed point of a layer of ${net.m} units: it takes at most ${NARROW}, and may fail where γ‖A‖ is not below 1`,
  );
}
