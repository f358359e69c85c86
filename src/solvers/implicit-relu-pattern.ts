/**
 * The network whose units stay on or off as they are marked, whatever comes to them: smooth in its weights. Where the marks are
 * right it is the implicit ReLU network.
 */
import {
  findInputs,
  iterateMasked,
  NARROW,
  solveActive,
  type ImplicitCoefficients,
  type Network,
} from './implicit-relu-kernel';
import { multiply } from './sparse-product';

/**
 * Writes XW, E∘XW as the features, and the Z that solves Z = D∘(γZA + Φ) with the D and E that are marked. Whether there is one
 * that could be found.
 */
export function settleOn(net: Network, c: ImplicitCoefficients): boolean {
  const { N, m, XW, Phi, D, E, Z, right, active } = net;
  findInputs(net);
  for (let k = 0; k < XW.length; k++) Phi[k] = c.features === 'XW' || E[k] === 1 ? XW[k]! : 0;
  if (m > NARROW) return iterateMasked(net, c);
  Z.fill(0);
  for (let i = 0; i < N; i++) {
    let on = 0;
    for (let j = 0; j < m; j++) {
      if (D[i * m + j] === 0) continue;
      right[on] = Phi[i * m + j]!;
      active[on++] = j;
    }
    if (!solveActive(net, on, c.layer === 'A' ? 'Aᵀ' : 'A', c.gamma)) return false;
    for (let k = 0; k < on; k++) Z[i * m + active[k]!] = right[k]!;
  }
  return true;
}

/**
 * Writes for every unit, those of the features first, how far it is on the side of its kink that it is marked to be on, in units
 * of the largest terms of what it sums; below 0 where it is on the other side. Expects the Z of {@link settleOn}.
 */
export function findMargins(net: Network, margins: Float64Array): void {
  const { N, d, m, X, W, A, XW, Phi, Z, D, E, gamma, other, active } = net;
  multiply(other, Z, A, N, m, m, active);
  const ofFeatures = d * largest(X) * largest(W) || 1;
  const ofLayer = gamma * m * largest(Z) * largest(A) + largest(Phi) || 1;
  for (let k = 0; k < XW.length; k++) {
    const into = gamma * other[k]! + Phi[k]!;
    margins[k] = (E[k] === 1 ? XW[k]! : -XW[k]!) / ofFeatures;
    margins[XW.length + k] = (D[k] === 1 ? into : -into) / ofLayer;
  }
}

export function largest(numbers: Float64Array): number {
  let most = 0;
  for (let k = 0; k < numbers.length; k++) most = Math.max(most, Math.abs(numbers[k]!));
  return most;
}
