/**
 * FA* where the first factor has orthonormal columns (Section 3 and the overview A.1): ZᵀZ = I, W = ZᵀY, R = (Y − Ŷ)Cᵀ with
 * rows R_i, A = CWᵀ + WCᵀ and ℓ = ‖R‖_F². Z is the first r columns of the orthogonal Q. Derivatives along the flow are taken
 * by jets from the definition, in which W is (ZᵀZ)⁻¹ZᵀY and moves along.
 */
import { atMost, equals, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Reading } from '../../src/claim/finding';
import { alignment, minusForms, starPoint, type StarPoint, starInMotion } from '../../src/definitions/factor-alignment';
import type { Target } from '../../src/definitions/factorization';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { constantMatrix, derivative, matrixDerivative } from '../../src/numerics/jet';
import {
  dot,
  frobeniusSquared,
  identity,
  matMul,
  matVec,
  scale,
  shapeOf,
  transpose,
  type Matrix,
} from '../../src/numerics/matrix';
import { equalMatrices, sizeOf } from '../../oracles/matrices';
import { anySquareFactor, increasingOrthonormal, orthonormalFactor } from '../../generators/factorizations';

interface Instance<N> extends Target<N> {
  readonly r: number;
  readonly Q: Matrix<N>;
}

/** The first r columns of Q. */
const factorOf = <N>({ Q, r }: Instance<N>): Matrix<N> => Q.map((row) => row.slice(0, r));

const orthonormal = {
  says: String.raw`Z^\top Z=I`,
  holds: <N>(R: Reading<N>, p: Instance<N>) => {
    const Z = factorOf(p);
    if (p.Q.length < p.r) return atMost(R, p.r, p.Q.length);
    return equalMatrices(R, matMul(R, transpose(Z), Z), identity(R, p.r));
  },
};

/** FA* at the instance. */
const pointOf = <N>(R: Arithmetic<N>, p: Instance<N>): StarPoint<N> => starPoint(R, p, factorOf(p));

/** dℓ/dt for ℓ = ‖R‖_F². */
const lossSlope = <N>(R: Arithmetic<N>, p: Instance<N>): N => {
  const [J, { residual }] = starInMotion(R, p, factorOf(p));
  return derivative(J, frobeniusSquared(J, residual));
};

/** dA/dt for A = CWᵀ + WCᵀ. */
const alignmentSlope = <N>(R: Arithmetic<N>, p: Instance<N>): Matrix<N> => {
  const [J, { W }] = starInMotion(R, p, factorOf(p));
  return matrixDerivative(J, alignment(J, constantMatrix(p.C), W));
};

/** 2‖y‖². */
const squared = <N>(R: Arithmetic<N>, y: readonly N[]): N => R.mul(2, R.add(...y.map((entry) => R.power(entry, 2))));

/** R_iᵀAR_i for every row R_i of R. */
const forms = <N>(R: Arithmetic<N>, residual: Matrix<N>, A: Matrix<N>): readonly N[] =>
  residual.map((row) => dot(R, row, matVec(R, A, row)));

const swap = { Q: [[0, 1], [1, 0]], x: [[1]] }; // prettier-ignore
const atPoint = exam({
  name: 'FA* at a first factor with orthonormal columns',
  inside: orthonormalFactor,
  around: anySquareFactor,
  assuming: { H1: orthonormal },
  cases: [
    { r: 1, n: 2, m: 1, Y: [[1], [2]], C: [[1]], ...swap },
    { r: 2, n: 2, m: 1, Y: [[1], [2]], C: [[1], [1]], ...swap, x: [[1], [0]] },
  ],
});

/** Equation (5). For all, an identity. */
export const equation5 = forAll(atPoint, {
  id: 'fa-matrix-factorization/eq-5',
  where: '(5)',
  recorded: 'upheld',
  says: String.raw`\frac{d\ell}{dt}=-\operatorname{Tr}(RAR^\top)=-\sum_iR_i^\top AR_i,\quad A=CW^\top+WC^\top,\ \ell=\|R\|_F^2`,
  note: String.raw`$Z^\top Z=I$ is not needed here: $Z^\top R=0$ is enough. It is in (6).`,
  then: (R, _none, p) => {
    const [slope, { residual, W }] = [lossSlope(R, p), pointOf(R, p)];
    const A = alignment(R, p.C, W);
    const size = sizeOf(R, p.Y, p.C, A, p.C, p.Y);
    return all(
      part('trace', equals(R, slope, minusForms(R, residual, A), 0, size)),
      part('rows', equals(R, slope, R.neg(R.add(...forms(R, residual, A))), 0, size)),
    );
  },
  mutants: {
    'without the second half of A': (R, _none, p) => {
      const { residual, W } = pointOf(R, p);
      return equals(R, lossSlope(R, p), minusForms(R, residual, matMul(R, p.C, transpose(W))));
    },
  },
});

/** Equation (6) and what is said to follow. For all, an identity. */
export const equation6 = forAll(atPoint, {
  id: 'fa-matrix-factorization/eq-6',
  where: '(6)',
  recorded: 'upheld',
  says: String.raw`\frac{dA}{dt}=2R^\top R,\ A=CW^\top+WC^\top;\quad\text{hence }\frac{d}{dt}x^\top Ax=2\|Rx\|^2\ge0\text{ for every fixed }x`,
  note: String.raw`For other $Z$ it is $R^\top RS^{-1}+S^{-1}R^\top R$, $S=Z^\top Z$, which need not be positive semidefinite.`,
  then: (R, _none, p) => {
    const { residual } = pointOf(R, p);
    const slope = alignmentSlope(R, p);
    const x = p.x.map((row) => row[0]!);
    const size = sizeOf(R, p.Y, p.C, p.C, p.Y);
    return all(
      part('dA/dt', equalMatrices(R, slope, scale(R, 2, matMul(R, transpose(residual), residual)), { scale: size })),
      part(
        'form',
        equals(R, dot(R, x, matVec(R, slope, x)), squared(R, matVec(R, residual, x)), 0, size * sizeOf(R, p.x, p.x)),
      ),
    );
  },
  mutants: {
    'without the factor 2': (R, _none, p) => {
      const { residual } = pointOf(R, p);
      return equalMatrices(R, alignmentSlope(R, p), matMul(R, transpose(residual), residual));
    },
  },
});

/** As before, where the loss increases. */
const increasing = exam({
  name: 'FA* at a first factor with orthonormal columns, the loss increasing',
  inside: increasingOrthonormal,
  assuming: {
    H1: orthonormal,
    H2: { says: String.raw`\tfrac{d\ell}{dt}>0`, holds: (R, p) => lessThan(R, 0, lossSlope(R, p)) },
  },
  cases: [{ r: 1, n: 2, m: 1, Y: [[1], [2]], C: [[-1]], Q: swap.Q }],
});

/** Some row has a negative form where the loss increases. For all. */
export const rowWithNegativeForm = forAll(increasing, {
  id: 'fa-matrix-factorization/row-with-negative-form',
  where: 'Section 3, after (6), and Appendix A.1',
  recorded: 'upheld',
  says: String.raw`\tfrac{d\ell}{dt}>0\implies\min_jR_j^\top AR_j<0`,
  note: 'The row is the one whose form is least in doubles; that it is negative is then decided.',
  then: (R, _none, p) => {
    const { residual, W } = pointOf(R, p);
    const least = (a: (typeof values)[0], b: (typeof values)[0]) => (R.approximate(b) < R.approximate(a) ? b : a);
    const values = forms(R, residual, alignment(R, p.C, W));
    return lessThan(R, values.reduce(least), 0);
  },
  mutants: {
    'every row': (R, _none, p) => {
      const { residual, W } = pointOf(R, p);
      return all(...forms(R, residual, alignment(R, p.C, W)).map((form) => lessThan(R, form, 0)));
    },
  },
});

/** The loss as it is called before Lemma 9. For all. */
export const overviewPrinted = forAll(atPoint, {
  id: 'fa-matrix-factorization/proof-overview',
  where: 'Appendix A, first sentence; A.1; the sentence before Lemma 9',
  recorded: 'refuted',
  corrected: ['fa-matrix-factorization/proof-overview-square'],
  says: String.raw`\text{the loss is }\|R\|_F;\quad\text{so }\ell^2=\|R\|_F^2\quad(Z^\top Z=I)`,
  note: String.raw`A slip, read to the letter: the loss is the square, and for $Z^\top Z\ne I$ the weighted $\|R(Z^\top Z)^{-1/2}\|_F^2$. Not to be computed
are the other slips of these pages: $\hat Y_{n\times k}=Z_{n\times r}W_{r\times m}$ has $m$ columns, and a $k$ is not introduced; in A.1 it is Lemma 8,
not 9, that bounds the increase in loss, and Lemma 9, not 7, the time with slow decrease.`,
  then: (R, _none, p) => {
    const { residual, inverted } = pointOf(R, p);
    const loss = R.neg(minusForms(R, residual, inverted));
    return equals(R, R.power(loss, 2), frobeniusSquared(R, residual), 0, sizeOf(R, p.Y, p.C, p.C, p.Y));
  },
  python: [
    'Z = [row[:r] for row in Q]',
    'mul = lambda A, B: [[sum(a*b for a, b in zip(row, col)) for col in zip(*B)] for row in A]',
    'T = lambda A: [list(column) for column in zip(*A)]',
    'E = [[y - q for y, q in zip(a, b)] for a, b in zip(Y, mul(Z, mul(T(Z), Y)))]',
    'loss = sum(x**2 for row in mul(E, T(C)) for x in row)',
    'left, right = loss**2, loss',
  ],
});

/** The shape, the loss, and the display between them in A.1. For all. */
export const overviewMeant = forAll(atPoint, {
  id: 'fa-matrix-factorization/proof-overview-square',
  where: 'corrects Appendix A and A.1',
  recorded: 'upheld',
  says: String.raw`\hat Y_{n\times m},\quad\|R(Z^\top Z)^{-1/2}\|_F^2=\|R\|_F^2,\quad\frac{d}{dt}x^\top Ax=2\|Rx\|^2\ge2(R_i^\top x)^2\quad(Z^\top Z=I)`,
  then: (R, _none, p) => {
    const { residual, inverted, W } = pointOf(R, p);
    const x = p.x.map((row) => row[0]!);
    const image = matVec(R, residual, x);
    const whole = squared(R, image);
    const weighted = R.neg(minusForms(R, residual, inverted));
    const size = sizeOf(R, p.Y, p.C, p.C, p.Y);
    return all(
      part('columns', equals(R, shapeOf(matMul(R, factorOf(p), W))[1], p.m)),
      part('loss', equals(R, weighted, frobeniusSquared(R, residual), 0, size)),
      part('form', equals(R, dot(R, x, matVec(R, alignmentSlope(R, p), x)), whole, 0, size * sizeOf(R, p.x, p.x))),
      ...image.map((y, i) => part(`row ${i + 1}`, atMost(R, R.mul(2, R.power(y, 2)), whole))),
    );
  },
  mutants: {
    'the square of the form': (R, _none, p) => {
      const x = p.x.map((row) => row[0]!);
      const image = matVec(R, pointOf(R, p).residual, x);
      const whole = R.add(...image.map((y) => R.power(y, 2)));
      return equals(R, dot(R, x, matVec(R, alignmentSlope(R, p), x)), whole);
    },
  },
});
