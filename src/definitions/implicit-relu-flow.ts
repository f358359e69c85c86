import { Undetermined, type Arithmetic } from '../numerics/arithmetic';
import { confirmedPieces, type Pieces } from '../numerics/confirmed-pieces';
import { doubles } from '../numerics/doubles';
import { matMul, matVec, scale, solve, transpose, type Matrix } from '../numerics/matrix';
import { IntegrationFailed } from '../numerics/ode';
import { matrixFrom } from './factorization';
import { nearest } from './flow';
import { equilibrium, preactivation, slopes, type Network, type NetworkPaths, type Weights } from './implicit-relu';

/**
 * The gradient flow of an implicit ReLU network. Which units are on is a pattern: D of the layer, E of the features, one switch for
 * every unit and sample. While the pattern is that of the network, its fixed point solves linear equations, and so does its
 * gradient: both make sense with the pattern kept, a little beyond its kinks.
 */
interface Pattern {
  readonly D: Matrix<boolean>;
  readonly E: Matrix<boolean>;
}

const D = doubles;

/** Z = D∘(γZA + E∘XW): row by row, z_S = φ_S(I − γA_SS)⁻¹. */
function fixedPointOn({ X, W, A, gamma }: Network<number>, on: Pattern): Matrix<number> {
  const Phi = masked(matMul(D, X, W), on.E);
  const G = scale(D, gamma, A);
  return Phi.map((phi, i) => rowOn(G, phi, on.D[i]!));
}

/** z with z_S(I − G_SS) = φ_S, and zeros where the pattern is off. */
function rowOn(G: Matrix<number>, phi: readonly number[], on: readonly boolean[]): readonly number[] {
  const z = phi.map(() => 0);
  const S = [...z.keys()].filter((j) => on[j]);
  if (S.length === 0) return z;
  const system = S.map((k) => S.map((l) => (k === l ? 1 : 0) - G[l]![k]!));
  const solution = solve(D, system, S.map((j) => [phi[j]!])); // prettier-ignore
  S.forEach((j, k) => (z[j] = solution[k]![0]!));
  return z;
}

/** Minus the gradient: G = D∘(rbᵀ + γGAᵀ), and −Xᵀ(E∘G), −γZᵀG, −Zᵀr. */
function fieldOn(network: Network<number>, on: Pattern): Weights<number> {
  const { X, A, b, y, gamma } = network;
  const Z = fixedPointOn(network, on);
  const r = matVec(D, Z, b).map((x, i) => x - y[i]!);
  const back = transpose(scale(D, gamma, A));
  const G = on.D.map((row, i) => rowOn(back, b.map((x) => r[i]! * x), row)); // prettier-ignore
  return {
    W: scale(D, -1, matMul(D, transpose(X), masked(G, on.E))),
    A: scale(D, -gamma, matMul(D, transpose(Z), G)),
    b: matVec(D, transpose(Z), r).map((x) => -x),
  };
}

const masked = (A: Matrix<number>, on: Matrix<boolean>): Matrix<number> =>
  A.map((row, i) => row.map((x, j) => (on[i]![j] ? x : 0)));

/** What there is to know of a kink: when, of which unit, on which sample, and whether it is on from then on. */
export interface NetworkKink {
  readonly time: number;
  readonly of: 'features' | 'layer';
  readonly sample: number;
  readonly unit: number;
  readonly on: boolean;
}

/**
 * The gradient flow from a network at `times`, weights and fixed points, confirmed by two integrators (see `confirmedPieces`), each
 * of which is stopped wherever a unit is switched, XW or γZA + Φ passing zero, and goes on with it switched. The start is
 * exact. A unit that starts on its kink is off, by σ'(0) = 0, until it leaves to the other side. Where γ‖A‖ passes 1, the fixed
 * point is followed for as long as its equations can be solved.
 *
 * {@link Undetermined} where the path slides along a kink, where the order of kinks is not clear or the path may have touched
 * one, where it cannot be followed, and where the pattern at the start is not certain.
 */
export function implicitFlow<N>(R: Arithmetic<N>, network: Network<N>, times: ArrayLike<number>): NetworkPaths<N> {
  return flowWithKinks(R, network, times).paths;
}

/** The same path with its kinks, in their order, each at the double nearest its time. */
export function flowWithKinks<N>(
  R: Arithmetic<N>,
  network: Network<N>,
  times: ArrayLike<number>,
): { readonly paths: NetworkPaths<N>; readonly kinks: readonly NetworkKink[] } {
  const Z = equilibrium(R, network);
  const entries = [...network.W.flat(), ...network.A.flat(), ...network.b, ...Z.flat()];
  const [d, m, N] = [network.W.length, network.A.length, network.X.length];
  const ends = [d * m, d * m + m * m, d * m + m * m + m, d * m + m * m + m + N * m];
  const cut = (points: readonly (readonly N[])[]): NetworkPaths<N> => {
    const part = (k: number) => points.flatMap((point) => point.slice(ends[k - 1] ?? 0, ends[k]));
    return { W: part(0), A: part(1), b: part(2), Z: part(3) };
  };
  if (times.length === 1) return { paths: cut([entries]), kinks: [] };
  const start = startOf(R, network, Z);
  const { values, radii, kinks } = followed(() =>
    confirmedPieces(piecesOf(start.network), start.on, stateOf(start.network), times),
  );
  const points = Array.from(times, (_time, t) =>
    t === 0 ? entries : values.map((component, k) => R.around(component[t]!, radii[k]![t]!)),
  );
  const on = [...start.on];
  const named = kinks.map(({ time, index }) => {
    on[index] = !on[index];
    const at = index % (N * m);
    const of = index < N * m ? ('features' as const) : ('layer' as const);
    return { time, of, sample: Math.floor(at / m), unit: at % m, on: on[index]! };
  });
  return { paths: cut(points), kinks: named };
}

/** The nearest doubles, and the pattern that the network has for certain, switches of the features first. */
function startOf<N>(R: Arithmetic<N>, network: Network<N>, Z: Matrix<N>) {
  const near = (A: Matrix<N>): Matrix<number> => A.map((row) => row.map((x) => nearest(R, x)));
  const { X, W, A, b, y, gamma } = network;
  const positive = (U: Matrix<N>): readonly boolean[] => slopes(R, U).flatMap((row) => row.map((x) => R.sign(x) === 1));
  return {
    network: { X: near(X), W: near(W), A: near(A), b: near([b])[0]!, y: near([y])[0]!, gamma: nearest(R, gamma) },
    on: [...positive(matMul(R, X, W)), ...positive(preactivation(R, network, Z))],
  };
}

function followed<T>(follow: () => T): T {
  try {
    return follow();
  } catch (error) {
    if (error instanceof IntegrationFailed)
      throw new Undetermined(`a gradient flow cannot be followed: ${error.message}`);
    throw error;
  }
}

const stateOf = ({ W, A, b }: Weights<number>): readonly number[] => [...W.flat(), ...A.flat(), ...b];

/** The flow in pieces: one switch for every unit of the features on every sample, then one for every unit of the layer. */
function piecesOf(start: Network<number>): Pieces {
  const [N, d, m] = [start.X.length, start.W.length, start.A.length];
  const networkAt = (state: ArrayLike<number>): Network<number> => {
    const entries = Array.from(state);
    return {
      ...start,
      W: matrixFrom(entries, d, m),
      A: matrixFrom(entries.slice(d * m), m, m),
      b: entries.slice(d * m + m * m),
    };
  };
  const patternOf = (on: readonly boolean[]): Pattern => ({
    E: matrixFrom(on, N, m),
    D: matrixFrom(on.slice(N * m), N, m),
  });
  return {
    field: (on) => {
      const pattern = patternOf(on);
      return (_time, state, derivative) => derivative.set(stateOf(fieldOn(networkAt(state), pattern)));
    },
    margins: (on, state) => marginsOf(networkAt(state), patternOf(on)),
    outputs: (on, state) =>
      fixedPointOn(networkAt(state), patternOf(on)).flatMap((row) => row.map((z) => Math.max(0, z))),
  };
}

/** How far every unit is on the side where the pattern has it, as a share of the largest terms of what it sums. */
function marginsOf(network: Network<number>, on: Pattern): readonly number[] {
  const { X, W, A, gamma } = network;
  const [XW, Z] = [matMul(D, X, W), fixedPointOn(network, on)];
  const Phi = masked(XW, on.E);
  const into = matMul(D, Z, A).map((row, i) => row.map((x, j) => gamma * x + Phi[i]![j]!));
  const ofFeatures = W.length * largest(X) * largest(W) || 1;
  const ofLayer = gamma * A.length * largest(Z) * largest(A) + largest(Phi) || 1;
  return [
    ...XW.flatMap((row, i) => row.map((x, j) => (on.E[i]![j] ? x : -x) / ofFeatures)),
    ...into.flatMap((row, i) => row.map((x, j) => (on.D[i]![j] ? x : -x) / ofLayer)),
  ];
}

const largest = (A: Matrix<number>): number =>
  A.reduce((most, row) => row.reduce((x, y) => Math.max(x, Math.abs(y)), most), 0);
