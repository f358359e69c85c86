import { Undetermined, type Arithmetic } from '../numerics/arithmetic';
import { confirmedPieces } from '../numerics/confirmed-pieces';
import { matMul, type Matrix } from '../numerics/matrix';
import { IntegrationFailed } from '../numerics/ode';
import { nearest } from './flow';
import { equilibrium, preactivation, slopes, type Network, type NetworkPaths, type Weights } from './implicit-relu';
import { piecesOf } from './implicit-relu-pieces';

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
