/**
 * The Gram matrix of random features in Section 5.2: G_* = E σ(Xw)σ(Xw)ᵀ for a standard normal w, λ_* its smallest eigenvalue.
 * Samples are the rows of X, of length 1 where it says so. G_* is known in closed form, by the angles between samples.
 */
import { atMost, equals, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { someConstant } from '../../src/claim/forms/constructors';
import { all, part, type Reading } from '../../src/claim/finding';
import { areaSquared, expectedGram } from '../../src/definitions/relu-gram';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { frobeniusSquared, matMul, trace, transpose, type Matrix } from '../../src/numerics/matrix';
import { symmetricEigenvalues } from '../../src/numerics/eigenvalues';
import { positiveDefinite } from '../../oracles/matrices';
import { anyRows, apartUnitRows, fewUnitRows, onlyUnitRows, rademacherRows } from '../../generators/unit-rows';

const least = <N>(R: Arithmetic<N>, X: Matrix<N>): N => symmetricEigenvalues(R, expectedGram(R, X)).least;

const ofLengthOne = {
  says: String.raw`\|x_i\|=1`,
  holds: <N>(R: Reading<N>, { X }: { readonly X: Matrix<N> }) =>
    all(...X.map((row) => equals(R, R.add(...row.map((x) => R.power(x, 2))), 1))),
};

const apart = {
  says: String.raw`x_i\ne0,\ \text{no }x_i,x_j\text{ parallel}`,
  holds: <N>(R: Reading<N>, { X }: { readonly X: Matrix<N> }) =>
    all(
      ...X.map((row) => lessThan(R, 0, R.add(...row.map((x) => R.power(x, 2))))),
      ...X.flatMap((row, i) => X.slice(0, i).map((other) => lessThan(R, 0, areaSquared(R, row, other)))),
    ),
};

const units = exam({
  name: 'samples of length 1',
  inside: apartUnitRows,
  assuming: { H1: ofLengthOne, H2: apart },
  cases: [
    { d: 1, N: 1, X: [[1]] },
    { d: 2, N: 2, X: [[1, 0], [0, 1]] }, // prettier-ignore
  ],
});

/** The chain of bounds of λ_*. For all. */
export const traceBound = forAll(units, {
  id: 'implicit-relu/sec5.2-tr',
  where: 'Section 5.2, last display',
  recorded: 'upheld',
  says: String.raw`\lambda_*\le\frac{\operatorname{tr}G_*}N=\frac{\mathbb E\|\sigma(Xw)\|^2}N\le\frac{\mathbb E\|Xw\|^2}N=\frac{\|X\|_F^2}N=1`,
  note: String.raw`$\mathbb E\sigma(x_i^\top w)^2$ is half of $\mathbb E(x_i^\top w)^2=\|x_i\|^2$, so even $\lambda_*\le\frac12$. Where two samples are
parallel, which is left out, $\lambda_*$ may be 0.`,
  then: (R, _none, { N, X }) => {
    const G = expectedGram(R, X);
    const mean = R.div(trace(R, G), N);
    const whole = R.div(frobeniusSquared(R, X), N);
    return all(
      part('eigenvalue', atMost(R, symmetricEigenvalues(R, G).least, mean)),
      part('rectified', atMost(R, mean, whole)),
      part('length', equals(R, whole, 1)),
    );
  },
  mutants: { 'λ_* ≤ 1/4': (R, _none, { X }) => atMost(R, least(R, X), '1/4') },
});

const rows = exam({
  name: 'samples no two of which are parallel',
  inside: anyRows,
  around: onlyUnitRows,
  assuming: { H1: apart },
  cases: [{ d: 2, N: 2, X: [[1, 0], [0, 1]] }], // prettier-ignore
});

/** Samples that are not parallel. For all. */
export const notParallel = forAll(rows, {
  id: 'implicit-relu/lambda-star-parallel',
  where: 'Section 5.2, by Lemma 3.2 of reference [13]',
  recorded: 'upheld',
  says: String.raw`\text{no two samples parallel}\implies\lambda_*>0`,
  note: String.raw`Parallel in either sense: $\sigma(u)-\sigma(-u)=u$, so three samples of the plane and their negatives make $G_*$ singular, though no two of
the six are positive multiples. $x_i\ne0$ is assumed, as $\|x_i\|=1$ is in the paper.`,
  then: (R, _none, { X }) => positiveDefinite(R, expectedGram(R, X)),
  mutants: {
    'λ_* above a hundredth of the least squared length': (R, _none, { X }) => {
      const shortest = X.map((row) => R.add(...row.map((x) => R.power(x, 2)))).reduce((a, b) => (R.sign(R.sub(a, b)) === 1 ? b : a)); // prettier-ignore
      return lessThan(R, R.div(shortest, 100), least(R, X));
    },
  },
});

const rademacher = exam({
  name: 'Rademacher samples of one input',
  inside: rademacherRows,
  assuming: {
    H1: {
      says: String.raw`x_i\in\{-1,1\}`,
      holds: (R, { signs }) => all(...signs.map((x) => equals(R, R.power(x, 2), 1))),
    },
  },
  cases: [{ N: 1, signs: [1] }],
});

/** λ_* bounded away from 0. Of some constant. */
export const orderOne = someConstant(rademacher, {
  id: 'implicit-relu/lambda-star-theta1',
  where: 'Section 5.2, by Theorem 3.3 of reference [21]',
  recorded: 'refuted',
  corrected: ['implicit-relu/lambda-star-theta1-enough-inputs'],
  says: String.raw`\exists\,C\ \forall\,N,\ x_1,\dots,x_N\text{ from a sub-Gaussian law}:\quad 1\le C\lambda_*`,
  note: String.raw`Rademacher numbers are sub-Gaussian and have length 1. Of three or more of them two are equal, whatever is drawn, and then $\lambda_*=0$: no
constant does. Read without a relation between $N$ and $d$, as it is printed and as $m=\Omega(N^2)$ for all $N$ needs it. Laws with a density have
the same fate for fixed $d$: neighbours come near each other as $N$ grows.`,
  within: (R, _none, { signs }, C) => atMost(R, 1, R.mul(C, least(R, signs.map((x) => [x])))), // prettier-ignore
  family: {
    says: String.raw`$N=3$, $X=(1,1,-1)^\top$: $\lambda_*=0$, and no constant does.`,
    members: 8,
    at: () => ({ N: 3, signs: [1, 1, -1] }),
    exceeds: (k) => 16 ** k,
  },
});

const enough = exam({
  name: 'samples of length 1, by their own Gram matrix',
  inside: fewUnitRows,
  assuming: { H1: ofLengthOne, H2: apart },
  cases: [
    { d: 1, N: 1, X: [[1]] },
    { d: 2, N: 2, X: [[1, 0], [0, 1]] }, // prettier-ignore
  ],
});

/** λ_* by the least singular value of the data. For all. */
export const enoughInputs = forAll(enough, {
  id: 'implicit-relu/lambda-star-theta1-enough-inputs',
  where: 'corrects Section 5.2',
  recorded: 'upheld',
  says: String.raw`\|x_i\|=1,\ N\le d\implies\tfrac14\sigma_N(X)^2\le\lambda_*\le\tfrac12`,
  note: String.raw`$\sigma_N(X)^2=\lambda_{\min}(XX^\top)$, 0 for $N>d$ and for parallel samples, which are left out. $\sigma(u)=\frac{u+|u|}2$, and $u$ and $|u|$ are uncorrelated, so $G_*=\frac14XX^\top+\frac14\mathbb E|Xw||Xw|^\top$. So $\lambda_*=\Theta(1)$
with high probability where $\sigma_N(X)$ is: for sub-Gaussian samples of identity covariance, scaled to length near 1, with $d\ge CN$.`,
  then: (R, _none, { X }) => {
    const value = least(R, X);
    const data = symmetricEigenvalues(R, matMul(R, X, transpose(X))).least;
    return all(part('below', atMost(R, R.div(data, 4), value)), part('above', atMost(R, value, '1/2')));
  },
  mutants: {
    'half of σ_N(X)²': (R, _none, { X }) =>
      atMost(R, R.div(symmetricEigenvalues(R, matMul(R, X, transpose(X))).least, 2), least(R, X)),
  },
});
