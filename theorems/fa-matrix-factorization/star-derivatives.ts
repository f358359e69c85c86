/**
 * FA* at a point (Appendix A.2): Z' = (Y − Ŷ)Cᵀ with W = (ZᵀZ)⁻¹ZᵀY best for Z, Ŷ = ZW. S = ZᵀZ, R = (Y − Ŷ)Cᵀ, the
 * alignment is A = S⁻¹CWᵀ + WCᵀS⁻¹ and the loss ℓ = ‖RS^{−1/2}‖_F². Derivatives along the flow are those of the definitions,
 * taken by jets: the formulas of the paper are compared with them, and nothing is differentiated by hand.
 */
import { equals } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import {
  minusForms,
  starPoint,
  weightedAlignment,
  weightedLoss,
  starInMotion,
} from '../../src/definitions/factor-alignment';
import type { Target } from '../../src/definitions/factorization';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { constantMatrix, derivative, jets, matrixDerivative, onLine } from '../../src/numerics/jet';
import {
  matMul,
  matrixOf,
  minus,
  plus,
  scale,
  shapeOf,
  transpose,
  zeros,
  type Matrix,
} from '../../src/numerics/matrix';
import { equalMatrices, fullColumnRank, sizeOf } from '../../oracles/matrices';
import { targetAndFactor } from '../../generators/factorizations';

/** A target, feedback, and a first factor of full column rank. */
const atPoint = exam({
  name: 'FA* at any first factor',
  inside: targetAndFactor,
  assuming: {
    H1: { says: String.raw`Z\text{ has full column rank}`, holds: (R, { Z }) => fullColumnRank(R, Z) },
  },
  cases: [
    { r: 1, n: 2, m: 1, Y: [[1], [2]], C: [[1]], Z: [[1], [0]] },
    { r: 1, n: 1, m: 2, Y: [[1, 2]], C: [[1, 1]], Z: [[2]] },
    { r: 2, n: 3, m: 2, Y: [[1, 0], [2, 1], [0, -1]], C: [[1, 2], [0, 1]], Z: [[1, 0], [1, 1], [0, 2]] }, // prettier-ignore
  ],
});

/** Fact 2. For all, an identity. */
export const fact2 = forAll(atPoint, {
  id: 'fa-matrix-factorization/fact-2',
  where: 'Fact 2',
  recorded: 'upheld',
  says: String.raw`Z^\top(Y-\hat Y)=0\quad\text{for }W=(Z^\top Z)^{-1}Z^\top Y`,
  then: (R, _none, { r, m, Y, C, Z }) => {
    const { error } = starPoint(R, { Y, C }, Z);
    return equalMatrices(R, matMul(R, transpose(Z), error), zeros(R, r, m), { scale: sizeOf(R, Z, Y) });
  },
  mutants: {
    'for half the best W': (R, _none, { r, m, Y, C, Z }) => {
      const { W } = starPoint(R, { Y, C }, Z);
      const error = minus(R, Y, matMul(R, Z, scale(R, '1/2', W)));
      return equalMatrices(R, matMul(R, transpose(Z), error), zeros(R, r, m), { scale: sizeOf(R, Z, Y) });
    },
  },
});

/** Lemma 4. For all, an identity. */
export const lemma4 = forAll(atPoint, {
  id: 'fa-matrix-factorization/lemma-4',
  where: 'Lemma 4',
  recorded: 'upheld',
  says: String.raw`\frac{d\ell}{dt}=-\operatorname{Tr}(RAR^\top),\quad A=S^{-1}CW^\top+WC^\top S^{-1}`,
  note: String.raw`$\ell=\operatorname{Tr}(RS^{-1}R^\top)$, in which no root is left. That $S$ stands still along FA* (fact-3) is not put in: $S$ moves with
$Z$.`,
  then: (R, _none, { Y, C, Z }) => {
    const [J, point] = starInMotion(R, { Y, C }, Z);
    const here = starPoint(R, { Y, C }, Z);
    const A = weightedAlignment(R, C, here);
    const size = sizeOf(R, Y, C, A, C, Y);
    return equals(R, derivative(J, weightedLoss(J, point)), minusForms(R, here.residual, A), 0, size);
  },
  mutants: {
    'with one half of A': (R, _none, { Y, C, Z }) => {
      const [J, point] = starInMotion(R, { Y, C }, Z);
      const { inverted, W, residual } = starPoint(R, { Y, C }, Z);
      const half = matMul(R, inverted, C, transpose(W));
      return equals(R, derivative(J, weightedLoss(J, point)), minusForms(R, residual, half));
    },
  },
});

/** The derivatives of the loss by the entries of Z, each by a jet of its own. */
const gradientOfLoss = <N>(R: Arithmetic<N>, { Y, C }: Target<N>, Z: Matrix<N>): Matrix<N> => {
  const J = jets(R, 1);
  const target = { Y: constantMatrix(Y), C: constantMatrix(C) };
  const [n, r] = shapeOf(Z);
  return matrixOf(n, r, (i, j) => {
    const unit = matrixOf(n, r, (k, l) => R.of(k === i && l === j ? 1 : 0));
    return derivative(J, weightedLoss(J, starPoint(J, target, onLine(Z, unit))));
  });
};

/** −2(Y − Ŷ)CᵀS⁻¹CWᵀ and −2ZS⁻¹C(Y − Ŷ)ᵀ(Y − Ŷ)CᵀS⁻¹. */
const gradientTerms = <N>(R: Arithmetic<N>, { Y, C }: Target<N>, Z: Matrix<N>): readonly [Matrix<N>, Matrix<N>] => {
  const { residual, inverted, W } = starPoint(R, { Y, C }, Z);
  const first = matMul(R, residual, inverted, C, transpose(W));
  const second = matMul(R, Z, inverted, transpose(residual), residual, inverted);
  return [scale(R, -2, first), scale(R, -2, second)];
};

/** The gradient in the proof of Lemma 4. For all, an identity. */
export const lemma4Gradient = forAll(atPoint, {
  id: 'fa-matrix-factorization/lemma-4-gradient',
  where: 'proof of Lemma 4',
  recorded: 'upheld',
  says: String.raw`\frac{d\ell}{dZ}=-2(Y-\hat Y)C^\top S^{-1}CW^\top-2ZS^{-1}C(Y-\hat Y)^\top(Y-\hat Y)C^\top S^{-1}`,
  note: String.raw`$\ell$ as a function of $Z$ alone, with $W=(Z^\top Z)^{-1}Z^\top Y$ and $S=Z^\top Z$ moving along: every entry of $Z$ is moved by itself.`,
  then: (R, _none, { Y, C, Z }) => {
    const terms = gradientTerms(R, { Y, C }, Z);
    const { inverted } = starPoint(R, { Y, C }, Z);
    const size = sizeOf(R, Y, C, inverted, C, Y, inverted, Z);
    return equalMatrices(R, gradientOfLoss(R, { Y, C }, Z), plus(R, ...terms), { scale: size });
  },
  mutants: {
    'without the second term': (R, _none, { Y, C, Z }) =>
      equalMatrices(R, gradientOfLoss(R, { Y, C }, Z), gradientTerms(R, { Y, C }, Z)[0]),
  },
});

/** Lemma 5. For all, an identity. */
export const lemma5 = forAll(atPoint, {
  id: 'fa-matrix-factorization/lemma-5',
  where: 'Lemma 5',
  recorded: 'upheld',
  says: String.raw`\frac{dA}{dt}=2S^{-1}R^\top RS^{-1}`,
  then: (R, _none, { Y, C, Z }) => {
    const [J, point] = starInMotion(R, { Y, C }, Z);
    const slope = matrixDerivative(J, weightedAlignment(J, constantMatrix(C), point));
    const { inverted, residual } = starPoint(R, { Y, C }, Z);
    const gain = scale(R, 2, matMul(R, inverted, transpose(residual), residual, inverted));
    return equalMatrices(R, slope, gain, { scale: sizeOf(R, inverted, C, inverted, C, Y, Y) });
  },
  mutants: {
    'one factor S⁻¹': (R, _none, { Y, C, Z }) => {
      const [J, point] = starInMotion(R, { Y, C }, Z);
      const { inverted, residual } = starPoint(R, { Y, C }, Z);
      const once = scale(R, 2, matMul(R, inverted, transpose(residual), residual));
      return equalMatrices(R, matrixDerivative(J, weightedAlignment(J, constantMatrix(C), point)), once);
    },
  },
});
