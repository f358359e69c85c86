/** Hypotheses on implicit ReLU networks: that the layer contracts, and that no unit is on a kink. */
import { lessThan } from '../src/claim/compare';
import { all, type Finding, type Reading } from '../src/claim/finding';
import type { Arithmetic } from '../src/numerics/arithmetic';
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

/** γ > 0, λ2 > 0 and γ0 = γλ2 < 1: a layer contracts whenever its norm ‖A‖ is λ2 or less. */
export const contractingUpToLambda2 = {
  says: String.raw`\gamma>0,\ \lambda_2>0,\ \gamma_0=\gamma\lambda_2<1`,
  holds: <N>(R: Reading<N>, { gamma, lambda2 }: { readonly gamma: N; readonly lambda2: N }): Finding =>
    all(lessThan(R, 0, gamma), lessThan(R, 0, lambda2), lessThan(R, R.mul(gamma, lambda2), 1)),
};

interface Layer<N> {
  readonly X: Matrix<N>;
  readonly W: Matrix<N>;
  readonly A: Matrix<N>;
  readonly gamma: N;
}

/** No unit is on its kink: nothing is 0 of what comes to the units, XW and γZA + Φ, by the definition of the layer. */
export const offKinks = (unitInputs: <N>(R: Arithmetic<N>, layer: Layer<N>) => readonly Matrix<N>[]) => ({
  says: String.raw`(XW)_{ij}\ne0,\ (\gamma ZA+\Phi)_{ij}\ne0`,
  holds: <N>(R: Reading<N>, layer: Layer<N>): Finding =>
    all(
      ...unitInputs(R, layer)
        .flat(2)
        .map((x) => lessThan(R, 0, R.abs(x))),
    ),
});
