/** Hypotheses on implicit ReLU networks: that the layer contracts, and that no unit is on a kink. */
import { lessThan } from '../src/claim/compare';
import { all, type Finding, type Reading } from '../src/claim/finding';
import type { Matrix } from '../src/numerics/matrix';
import { operatorNormAtMost } from './matrices';

/** A of norm M or less, and γ. */
export interface Contracting<N> {
  readonly A: Matrix<N>;
  readonly M: N;
  readonly gamma: N;
}

/** ‖A‖ ≤ M and γM < 1, M and γ positive. */
export const contracting = {
  H1: {
    says: String.raw`\|A\|\le M`,
    holds: <N>(R: Reading<N>, { A, M }: Contracting<N>): Finding => operatorNormAtMost(R, A, M),
  },
  H2: {
    says: String.raw`M,\gamma>0,\ \gamma_0=\gamma M<1`,
    holds: <N>(R: Reading<N>, { gamma, M }: Contracting<N>): Finding =>
      all(lessThan(R, 0, M), lessThan(R, 0, gamma), lessThan(R, R.mul(gamma, M), 1)),
  },
};

/** No entry of any of the matrices is 0. */
export function noneZero<N>(R: Reading<N>, ...matrices: readonly Matrix<N>[]): Finding {
  return all(...matrices.flat(2).map((x) => lessThan(R, 0, R.abs(x))));
}
