/**
 * Lemma 5.1, its proof in A.7, and the bound on σ_min(Z) that Section 5 draws from it: layers with A ≥ 0 entrywise. X is N×d, W
 * is d×m, A is m×m, Φ = σ(XW), Z = σ(γZA + Φ).
 */
import { atMost, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, type Finding, type Reading } from '../../src/claim/finding';
import { equilibrium, features, iterates, type Layer } from '../../src/definitions/implicit-relu';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import {
  determinant,
  identity,
  inverse,
  matMul,
  minus,
  plus,
  scale,
  transpose,
  type Matrix,
} from '../../src/numerics/matrix';
import { symmetricEigenvalues } from '../../src/numerics/eigenvalues';
import { equalMatrices, operatorNormAtMost, positiveDefinite } from '../../oracles/matrices';
import {
  nonnegativeBelow,
  nonnegativeLayer,
  nonnegativeTransitions,
  signedLayer,
} from '../../generators/implicit-relu-nonnegative';

type Weights<N> = Pick<Layer<N>, 'A'>;

const nonnegative = {
  says: String.raw`A_{ij}\ge0`,
  holds: <N>(R: Reading<N>, { A }: Weights<N>): Finding => all(...A.flat().map((a) => atMost(R, 0, a))),
};

/** γ‖A‖ < 1, without a root: I − γ²AᵀA is positive definite. */
const contracts = {
  says: String.raw`0<\gamma,\ \|A\|<\gamma^{-1}`,
  holds: <N>(R: Reading<N>, { A, gamma }: Weights<N> & { readonly gamma: N }): Finding => {
    const square = scale(R, R.power(gamma, 2), matMul(R, transpose(A), A));
    return all(lessThan(R, 0, gamma), positiveDefinite(R, minus(R, identity(R, A.length), square)));
  },
};

/** Φ(I − γA)⁻¹. */
const closedForm = <N>(R: Arithmetic<N>, layer: Layer<N>, A = layer.A): Matrix<N> =>
  matMul(R, features(R, layer), inverse(R, minus(R, identity(R, A.length), scale(R, layer.gamma, A))));

const layers = exam({
  name: 'implicit layers with nonnegative weights',
  inside: nonnegativeLayer,
  around: signedLayer,
  assuming: { H1: nonnegative, H2: contracts },
  cases: [
    { N: 1, d: 1, m: 1, X: [[1]], W: [[1]], A: [[1]], gamma: '1/2' },
    { N: 1, d: 1, m: 2, X: [[1]], W: [[1, -1]], A: [[0, 1], [0, 0]], gamma: '1/2' }, // prettier-ignore
  ],
});

/** Lemma 5.1. For all, an identity. */
export const lemma51 = forAll(layers, {
  id: 'implicit-relu/lem-5.1',
  where: 'Lemma 5.1',
  recorded: 'upheld',
  says: String.raw`A_{ij}\ge0,\ \|A\|<\gamma^{-1}\implies Z=\Phi(I_m-\gamma A)^{-1}`,
  note: String.raw`$Z$ is found by its pattern of active units, exactly, with no use of the closed form. A spectral radius of $\gamma A$ below 1 would do.`,
  then: (R, _none, p) => equalMatrices(R, equilibrium(R, p), closedForm(R, p)),
  mutants: {
    'the transpose of A': (R, _none, p) => equalMatrices(R, equilibrium(R, p), closedForm(R, p, transpose(p.A))),
  },
});

const transitions = exam({
  name: 'transitions of implicit layers with nonnegative weights',
  inside: nonnegativeTransitions,
  assuming: { H1: nonnegative, H2: { says: String.raw`\gamma\ge0`, holds: (R, { gamma }) => atMost(R, 0, gamma) } },
  cases: [{ N: 1, d: 1, m: 1, X: [[1]], W: [[1]], A: [[1]], gamma: 1, l: 4 }],
});

/** Φ(Â^l + … + I). */
const partialSum = <N>(R: Arithmetic<N>, layer: Layer<N>, l: number): Matrix<N> => {
  const Phi = features(R, layer);
  let sum = Phi;
  for (let k = 0; k < l; k++) sum = plus(R, Phi, scale(R, layer.gamma, matMul(R, sum, layer.A)));
  return sum;
};

/** The iterates in the proof of Lemma 5.1. For all, an identity. */
export const partialSums = forAll(transitions, {
  id: 'implicit-relu/a7-partial-sum',
  where: 'A.7',
  recorded: 'upheld',
  says: String.raw`A_{ij}\ge0\implies Z^{\ell+1}=\Phi(\hat A^\ell+\dots+\hat A+I_m),\quad\hat A=\gamma A`,
  note: String.raw`For every $\gamma\ge0$, whether the sums converge or not.`,
  then: (R, _none, p) => equalMatrices(R, iterates(R, p, p.l + 1)[p.l + 1]!, partialSum(R, p, p.l)),
  mutants: {
    'one power less': (R, _none, p) => equalMatrices(R, iterates(R, p, p.l + 1)[p.l + 1]!, partialSum(R, p, p.l - 1)),
  },
});

const bounded = exam({
  name: 'implicit layers with nonnegative weights, and λ2',
  inside: nonnegativeBelow,
  assuming: {
    H1: nonnegative,
    H2: { says: String.raw`\|A\|\le\lambda_2`, holds: (R, { A, lambda2 }) => operatorNormAtMost(R, A, lambda2) },
    H3: {
      says: String.raw`0<\gamma,\ \gamma_0=\gamma\lambda_2<1`,
      holds: (R, { gamma, lambda2 }) => all(lessThan(R, 0, gamma), lessThan(R, R.mul(gamma, lambda2), 1)),
    },
  },
  cases: [
    { N: 1, d: 1, m: 1, X: [[1]], W: [[1]], A: [[1]], lambda2: 1, gamma: '1/2' },
    { N: 2, d: 2, m: 2, X: [[1, 0], [0, 1]], W: [[1, 0], [0, 1]], A: [[0, 1], [1, 0]], lambda2: 1, gamma: '1/2' }, // prettier-ignore
  ],
});

type Bounded<N> = Layer<N> & { readonly lambda2: N };

/** σ_min² of a matrix with one or two rows or columns: the determinant of the smaller Gram matrix over its larger eigenvalue. */
const leastSquared = <N>(R: Reading<N>, A: Matrix<N>): N => {
  const gram = A.length <= A[0]!.length ? matMul(R, A, transpose(A)) : matMul(R, transpose(A), A);
  const whole = determinant(R, gram);
  if (gram.length === 1 || R.sign(whole) === 0) return whole;
  return R.div(whole, symmetricEigenvalues(R, gram).greatest);
};

/** σ_min(Φ)² ≤ factor(γ0)²σ_min(Z)². */
const lower = <N>(R: Reading<N>, p: Bounded<N>, factor: (gamma0: N) => N): Finding => {
  const least = leastSquared(R, features(R, p));
  // Φ = Z(I − γA): both are of one rank.
  if (R.sign(least) === 0) return atMost(R, 0, 0);
  const bound = R.power(factor(R.mul(p.gamma, p.lambda2)), 2);
  return atMost(R, least, R.mul(bound, leastSquared(R, equilibrium(R, p))));
};

/** What Section 5 draws from Lemma 5.1. For all. */
export const leastSingularValue = forAll(bounded, {
  id: 'implicit-relu/alpha0-lower',
  where: 'Section 5, after Lemma 5.1',
  recorded: 'upheld',
  says: String.raw`A_{ij}\ge0,\ \|A\|\le\lambda_2,\ \gamma_0=\gamma\lambda_2<1\implies\sigma_{\min}(Z)\ge\frac{\sigma_{\min}(\Phi)}{1+\gamma_0}`,
  note: String.raw`$\Phi=Z(I-\gamma A)$ and $\|I-\gamma A\|\le1+\gamma_0$. $\sigma_{\min}$ is the last of $\min(N,m)$ singular values; the bound holds for wide
and for tall $\Phi$. With equality where $A$ exchanges two units and $\Phi=I$. For $A=\|A\|I$, which Section 5.1 names, $Z=\Phi/(1-\gamma\|A\|)$: the bound
could be larger by $\frac{1+\gamma_0}{1-\gamma\|A\|}$.`,
  then: (R, _none, p) => lower(R, p, (gamma0) => R.add(1, gamma0)),
  mutants: {
    'without γ0': (R, _none, p) => lower(R, p, () => R.of(1)),
    '1 − γ0': (R, _none, p) => lower(R, p, (gamma0) => R.sub(1, gamma0)),
  },
});
