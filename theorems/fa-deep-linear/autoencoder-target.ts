/**
 * What Section 6 and Appendix E.2 say about the autoencoder without running it: the law of the factors z in x = Az + noise,
 * and the matrix AΛAᵀ that the learned Θ is compared with. Without noise Σ = AΛAᵀ, and Θ minimises the loss
 * ½ tr((I − Θ)Σ(I − Θ)ᵀ) exactly where ΘΣ = Σ.
 */
import { equals, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Reading } from '../../src/claim/finding';
import { space } from '../../src/claim/space';
import { diagonal, inverse, matMul, minus, transpose, type Matrix } from '../../src/numerics/matrix';
import { equalMatrices, fullRank } from '../../oracles/matrices';
import { counts, logUniform, uniform } from '../../generators/coordinates';
import { matrix, vector } from '../../generators/matrices';

/** The scale of the factors is all that is left to vary. */
const factors = exam({
  name: 'laws of the five factors',
  inside: space().with('unit', logUniform(1 / 16, 16)),
  assuming: { H1: { says: String.raw`\sigma^2 > 0`, holds: (R, { unit }) => lessThan(R, 0, unit) } },
  cases: [{ unit: 1 }],
});

/** The two descriptions of the data give the factors one law. For all. */
export const lawOfFactors = forAll(factors, {
  id: 'fa-deep-linear/exp-z-law',
  where: 'Section 6 against (196)',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/exp-autoencoder-small-step'],
  says: String.raw`\mathrm{diag}(4,2,1,\tfrac12,\tfrac14)\,\sigma^2 = I_5\,\sigma^2`,
  note: String.raw`Section 6 draws the factors from $\mathcal N(0,\Lambda)$, the appendix from $\mathcal N(0,I)$; the target $A\Lambda A^\top$
belongs to the first. What is seen with small steps does not depend on which: the corrected experiment runs both.`,
  then: (R, _none, { unit }) =>
    all(
      ...[4, 2, 1, '1/2', '1/4'].map((variance, k) => part(`factor ${k + 1}`, equals(R, R.mul(variance, unit), unit))),
    ),
  python: ['left, right = {1: F(4), 2: F(2), 3: F(1), 4: F(1, 2), 5: F(1, 4)}[int(part[-1])]*unit, unit'],
});

/** Mixing matrix A, tall or square, and the variances of the factors. */
const noiseFree = exam({
  name: 'noise-free autoencoder',
  inside: space()
    .with('inputs', counts(1, 4))
    .with('A', matrix('inputs', 1, { entry: uniform(0, 1), most: [4, 1] }))
    .with('variance', logUniform(1 / 4, 4)),
  assuming: {
    H1: { says: String.raw`A \text{ has full column rank}`, holds: (R, { A }) => lessThan(R, 0, gram(R, A)[0]![0]!) },
    H2: { says: String.raw`\Lambda > 0`, holds: (R, { variance }) => lessThan(R, 0, variance) },
  },
  cases: [
    { inputs: 1, A: [[1]], variance: 2 },
    { inputs: 2, A: [[1], ['1/2']], variance: 1 },
  ],
});

const gram = <N>(R: Reading<N>, A: Matrix<N>): Matrix<N> => matMul(R, transpose(A), A);

/** AΛAᵀ with one factor. */
const moments = <N>(R: Reading<N>, A: Matrix<N>, variance: N): Matrix<N> => matMul(R, A, [[variance]], transpose(A));

/** The reconstruction is compared with what it tends to. For all. */
export const target = forAll(noiseFree, {
  id: 'fa-deep-linear/exp-target',
  where: 'Section 6, Figure 2',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/exp-target-projector'],
  says: String.raw`\Theta=A\Lambda A^\top \text{ minimises the loss: } \Theta\Sigma=\Sigma=A\Lambda A^\top`,
  note: String.raw`The figure takes $\|\Theta-A\Lambda A^\top\|$ for the distance from what is learned. A minimiser has $\Theta\Sigma=\Sigma$, so
it is a projector on the columns of $A$; $A\Lambda A^\top$ is one only where its eigenvalues are 0 and 1. With one input, $A=1$ and
variance 2, training ends at $\Theta=1$ and the distance is 1.`,
  then: (R, _none, { A, variance }) => {
    const sigma = moments(R, A, variance);
    return equalMatrices(R, matMul(R, sigma, sigma), sigma);
  },
});

const fullColumns = exam({
  name: 'noise-free autoencoder with several factors',
  inside: space()
    .with('inputs', counts(2, 4))
    .with('A', matrix('inputs', 2, { entry: uniform(0, 1), most: [4, 2] }))
    .with('variances', vector(2, { entry: logUniform(1 / 4, 4), most: 2 })),
  assuming: {
    H1: { says: String.raw`A \text{ has full column rank}`, holds: (R, { A }) => fullRank(R, A) },
  },
  cases: [
    {
      inputs: 2,
      A: [
        [1, 0],
        ['1/2', 1],
      ],
      variances: [4, '1/4'],
    },
  ],
});

/** The projector on the columns of A is a minimiser. For all, an identity. */
export const projector = forAll(fullColumns, {
  id: 'fa-deep-linear/exp-target-projector',
  where: 'corrects Section 6, Figure 2',
  recorded: 'upheld',
  says: String.raw`\Theta=A(A^\top A)^{-1}A^\top \implies (\Sigma-\Theta\Sigma)=0,\ \Sigma=A\Lambda A^\top`,
  then: (R, _none, { A, variances }) => {
    const sigma = matMul(R, A, diagonal(R, variances), transpose(A));
    const theta = matMul(R, A, inverse(R, gram(R, A)), transpose(A));
    return equalMatrices(R, matMul(R, theta, sigma), sigma);
  },
  mutants: {
    'the target of the figure': (R, _none, { A, variances }) => {
      const sigma = matMul(R, A, diagonal(R, variances), transpose(A));
      return equalMatrices(R, minus(R, matMul(R, sigma, sigma), sigma), minus(R, sigma, sigma));
    },
  },
});
