/** The peer's property of implicit ReLU networks: N = 20 samples, d = 10 inputs, m = 60 units. */
import { normals, take, uniformStream } from '../generators/streams';
import { operatorNorm } from '../src/numerics/operator-norm';
import { findFeatures, IMPLICIT, iterateLayer, networkOf, type Change } from '../src/solvers/implicit-relu-kernel';
import type { Workload } from './workload';

const [N, D, M] = [20, 10, 60];
const SHARE = 0.8;
const MOST = 500;

/** Lemma 3.1: the iterates up to the fixed point, to 1e-12 of its bound, which is checked at each. */
function boundHolds(seed: number): boolean {
  const normal = normals(uniformStream(seed, 'implicit-bound'));
  const [X, W, A] = [take(normal, N * D), take(normal, D * M), take(normal, M * M)];
  const gamma = SHARE / operatorNorm(A, M, M);
  const net = networkOf({ N, d: D, m: M, gamma, X, W, A, b: new Float64Array(M), y: new Float64Array(N) });
  findFeatures(net, IMPLICIT);
  const bound = Math.sqrt(net.Phi.reduce((sum, x) => sum + x * x, 0)) / (1 - SHARE);
  const change: Change = { moved: 0, size: 0 };
  for (let l = 0; l < MOST; l++) {
    iterateLayer(net, IMPLICIT, change);
    if (!(Math.sqrt(change.size) <= bound * (1 + 1e-12))) return false;
    if (Math.sqrt(change.moved) < 1e-12 * bound) break;
  }
  return true;
}

export const implicitBound: Workload = {
  name: 'implicit-bound',
  cases: 300,
  run: (count, seed) => {
    for (let k = 0; k < count; k++) {
      if (!boundHolds(1000 * seed + k)) throw new Error(`implicit-bound fails at seed ${1000 * seed + k}`);
    }
  },
};
