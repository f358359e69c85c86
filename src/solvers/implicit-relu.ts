import { settle } from './implicit-relu-equilibrium';
import {
  findFeatures,
  findGradients,
  iterateLayer,
  markUnits,
  moveWeights,
  networkFor,
  type Change,
  type ImplicitCoefficients,
  type Network,
} from './implicit-relu-kernel';
import {
  SolverError,
  type ImplicitLayer,
  type ImplicitOutputs,
  type ImplicitProblem,
  type ImplicitWeights,
  type Steps,
} from './interfaces';

/** The layers Z⁰, …, Z^steps of depth 0 to `steps`. */
export const layerIterates =
  (c: ImplicitCoefficients) =>
  (problem: ImplicitLayer & Pick<Steps, 'steps'>): ImplicitOutputs => {
    const net = networkFor(problem);
    const change: Change = { moved: 0, size: 0 };
    findFeatures(net, c);
    if (c.start === 'Φ') iterateLayer(net, c, change);
    const size = net.N * net.m;
    const Z = new Float64Array((problem.steps + 1) * size);
    Z.set(net.Z);
    for (let l = 1; l <= problem.steps; l++) {
      iterateLayer(net, c, change);
      Z.set(net.Z, l * size);
    }
    return { Z };
  };

/** The fixed point. */
export const layerEquilibrium =
  (c: ImplicitCoefficients) =>
  (problem: ImplicitLayer): ImplicitOutputs => {
    const net = networkFor(problem);
    findFeatures(net, c);
    settle(net, c);
    return { Z: net.Z };
  };

/** The gradients at the weights given. */
export const lossGradients =
  (c: ImplicitCoefficients) =>
  (problem: ImplicitProblem): ImplicitWeights => {
    const net = networkFor(problem);
    differentiate(net, c);
    return { W: net.gW, A: net.gA, b: net.gb };
  };

/** Gradient descent. */
export const implicitDescent =
  (c: ImplicitCoefficients) =>
  (problem: ImplicitProblem & Steps): ImplicitWeights & ImplicitOutputs => {
    const net = networkFor(problem);
    const path = roomForPath(net, problem.steps + 1);
    for (let t = 0; ; t++) {
      // From zero: what only fades where it started would never be exactly off.
      net.Z.fill(0);
      findFeatures(net, c);
      settle(net, c);
      note(path, net, t);
      if (t === problem.steps) return path;
      markUnits(net);
      if (!findGradients(net, c)) throw noAdjoint(net);
      moveWeights(net, problem.eta);
    }
  };

/** Finds features, fixed point and gradients. {@link SolverError} where there is no fixed point, or Q is singular. */
function differentiate(net: Network, c: ImplicitCoefficients): void {
  findFeatures(net, c);
  settle(net, c);
  markUnits(net);
  if (!findGradients(net, c)) throw noAdjoint(net);
}

function noAdjoint({ gamma }: Network): SolverError {
  return new SolverError(
    `the adjoint equation G = D∘(rbᵀ + γGAᵀ) has no solution: I − γA is singular on the units that are on; choose gamma below ${gamma}`,
  );
}

/** A path of all weights and fixed points. */
export interface WritablePath {
  readonly W: Float64Array;
  readonly A: Float64Array;
  readonly b: Float64Array;
  readonly Z: Float64Array;
}

/** Room for so many points of the path of a network. */
export const roomForPath = ({ W, A, b, Z }: Network, points: number): WritablePath => ({
  W: new Float64Array(points * W.length),
  A: new Float64Array(points * A.length),
  b: new Float64Array(points * b.length),
  Z: new Float64Array(points * Z.length),
});

/** Writes the network as it is now to point t of a path. */
export function note(path: WritablePath, { W, A, b, Z }: Network, t: number): void {
  path.W.set(W, t * W.length);
  path.A.set(A, t * A.length);
  path.b.set(b, t * b.length);
  path.Z.set(Z, t * Z.length);
}
