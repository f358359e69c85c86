/**
 * Feedback alignment at a point: Z' = (Y − ZW)Cᵀ, W' = Zᵀ(Y − ZW). E = Y − ZW, R = ECᵀ, A = CWᵀ + WCᵀ (Section 3,
 * "Implications for FA"; Appendix E). First and second derivatives along the flow are taken by jets from these two lines.
 */
import { equals } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Reading } from '../../src/claim/finding';
import { alignment, starPoint } from '../../src/definitions/factor-alignment';
import { feedbackFactorField, remainder, type Target } from '../../src/definitions/factorization';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import {
  constantMatrix,
  derivative,
  jets,
  matrixDerivative,
  onFlow,
  type Jet,
  type Jets,
} from '../../src/numerics/jet';
import {
  frobeniusSquared,
  matMul,
  minus,
  plus,
  scale,
  trace,
  transpose,
  zeros,
  type Matrix,
} from '../../src/numerics/matrix';
import { equalMatrices, fullColumnRank, sizeOf } from '../../oracles/matrices';
import { squareFeedback, targetAndFactor, targetAndFactors } from '../../generators/factorizations';

interface Instance<N> extends Target<N> {
  readonly Z: Matrix<N>;
  readonly W: Matrix<N>;
}

interface Moving<N> {
  readonly J: Jets<N>;
  readonly Y: Matrix<Jet<N>>;
  readonly C: Matrix<Jet<N>>;
  readonly Z: Matrix<Jet<N>>;
  readonly W: Matrix<Jet<N>>;
}

/** Both factors on their way along FA, to the order asked for. */
const moving = <N>(R: Arithmetic<N>, p: Instance<N>, order: number): Moving<N> => {
  const J = jets(R, order);
  const target = { Y: constantMatrix(p.Y), C: constantMatrix(p.C) };
  const [Z, W] = onFlow(J, [p.Z, p.W], ([X, V]) => {
    const field = feedbackFactorField(J, target, { Z: X!, W: V! });
    return [field.Z, field.W];
  });
  return { J, ...target, Z: Z!, W: W! };
};

/** The derivative of A = CWᵀ + WCᵀ of an order. */
const alignmentSlope = <N>(R: Arithmetic<N>, p: Instance<N>, order: number): Matrix<N> => {
  const { J, C, W } = moving(R, p, order);
  return matrixDerivative(J, alignment(J, C, W), order);
};

const withTranspose = <N>(R: Arithmetic<N>, A: Matrix<N>): Matrix<N> => plus(R, A, transpose(A));

const anyFactors = exam({
  name: 'FA at any two factors',
  inside: targetAndFactors,
  assuming: {},
  cases: [
    { n: 1, m: 2, r: 1, Y: [[1, 2]], C: [[1, 0]], Z: [[2]], W: [[1, 1]] },
    { n: 2, m: 1, r: 2, Y: [[1], [0]], C: [[1], [2]], Z: [[1, 0], [1, 1]], W: [[0], [1]] }, // prettier-ignore
  ],
});

/** The derivative of the alignment under FA. For all, an identity. */
export const firstDerivative = forAll(anyFactors, {
  id: 'fa-matrix-factorization/fa-dA',
  where: 'Section 3, implications for FA',
  recorded: 'upheld',
  says: String.raw`\frac{dA}{dt}=C(Y-\hat Y)^\top Z+Z^\top(Y-\hat Y)C^\top`,
  then: (R, _none, p) => {
    const half = matMul(R, transpose(p.Z), remainder(R, p.Y, { Z: p.Z, W: p.W }), transpose(p.C));
    return equalMatrices(R, alignmentSlope(R, p, 1), withTranspose(R, half), { scale: sizeOf(R, half) });
  },
});

/** 2RᵀR less what the formula subtracts, which is the sum of `product` and ZᵀZZᵀECᵀ with their transposes. */
const secondAs = <N>(R: Arithmetic<N>, p: Instance<N>, products: Matrix<N>): Matrix<N> => {
  const E = remainder(R, p.Y, { Z: p.Z, W: p.W });
  const residual = matMul(R, E, transpose(p.C));
  const third = matMul(R, transpose(p.Z), p.Z, transpose(p.Z), residual);
  return minus(R, minus(R, scale(R, 2, matMul(R, transpose(residual), residual)), products), withTranspose(R, third));
};

/** A bound of the terms of the second derivative. */
const secondSize = <N>(R: Reading<N>, p: Instance<N>): number => {
  const E = remainder(R, p.Y, { Z: p.Z, W: p.W });
  return Math.max(sizeOf(R, p.C, E, E, p.C), sizeOf(R, p.Z, E, p.C, p.W, p.C), sizeOf(R, p.Z, p.Z, p.Z, E, p.C));
};

const oneWidth = exam({
  name: 'FA at any two factors with as many hidden units as outputs',
  inside: squareFeedback,
  assuming: {},
  cases: [{ n: 1, m: 2, Y: [[1, 0]], C: [[1, 0], [0, 1]], Z: [[1, 0]], W: [[0, 1], [0, 0]] }], // prettier-ignore
});

/** The second derivative of the alignment as printed. For all. */
export const secondDerivativePrinted = forAll(oneWidth, {
  id: 'fa-matrix-factorization/fa-d2A',
  where: 'Section 3, implications for FA',
  recorded: 'refuted',
  corrected: ['fa-matrix-factorization/fa-d2A-transposed'],
  says: String.raw`\frac{d^2A}{dt^2}=2R^\top R-Z^\top(Y-\hat Y)C^\top WC^\top-CWC^\top(Y-\hat Y)^\top Z-Z^\top ZZ^\top(Y-\hat Y)C^\top-C(Y-\hat Y)^\top ZZ^\top Z`,
  note: String.raw`The third term should be the transpose of the second, $CW^\top C(Y-\hat Y)^\top Z$: two transposition signs are misplaced. As printed its
shapes fit only for $r=m$, where it is looked at; for $r=m=1$ it happens to be the same.`,
  then: (R, _none, p) => {
    const E = remainder(R, p.Y, { Z: p.Z, W: p.W });
    const second = matMul(R, transpose(p.Z), E, transpose(p.C), p.W, transpose(p.C));
    const third = matMul(R, p.C, p.W, transpose(p.C), transpose(E), p.Z);
    const right = secondAs(R, p, plus(R, second, third));
    return equalMatrices(R, alignmentSlope(R, p, 2), right, { scale: secondSize(R, p) });
  },
  python: [
    'mul = lambda A, *more: A if not more else mul([[sum(a*b for a, b in zip(row, col)) for col in zip(*more[0])] for row in A], *more[1:])',
    'T = lambda A: [list(column) for column in zip(*A)]',
    'add = lambda *Ms: [[sum(xs) for xs in zip(*rows)] for rows in zip(*Ms)]',
    'neg = lambda A: [[-a for a in row] for row in A]',
    'E = add(Y, neg(mul(Z, W)))',
    'Z1, W1 = mul(E, T(C)), mul(T(Z), E)  # the derivatives of Z and W',
    'E1 = neg(add(mul(Z1, W), mul(Z, W1)))',
    'W2 = add(mul(T(Z1), E), mul(T(Z), E1))  # the second derivative of W',
    'i, j = [int(word[0]) for word in part.split("[")[1:]]',
    'left = add(mul(C, T(W2)), mul(W2, T(C)))[i][j]',
    'terms = [mul(T(Z), E, T(C), W, T(C)), mul(C, W, T(C), T(E), Z), mul(T(Z), Z, T(Z), E, T(C)), mul(C, T(E), Z, T(Z), Z)]',
    'right = 2*mul(C, T(E), E, T(C))[i][j] - sum(M[i][j] for M in terms)',
  ],
});

/** The second derivative with the transposes where they belong. For all, an identity. */
export const secondDerivative = forAll(anyFactors, {
  id: 'fa-matrix-factorization/fa-d2A-transposed',
  where: 'corrects Section 3, implications for FA',
  recorded: 'upheld',
  says: String.raw`\frac{d^2A}{dt^2}=2R^\top R-Z^\top EC^\top WC^\top-CW^\top CE^\top Z-Z^\top ZZ^\top EC^\top-CE^\top ZZ^\top Z,\quad E=Y-\hat Y`,
  then: (R, _none, p) => {
    const half = matMul(R, transpose(p.Z), remainder(R, p.Y, { Z: p.Z, W: p.W }), transpose(p.C), p.W, transpose(p.C));
    const right = secondAs(R, p, withTranspose(R, half));
    return equalMatrices(R, alignmentSlope(R, p, 2), right, { scale: secondSize(R, p) });
  },
});

const optimal = exam({
  name: 'FA at a first factor and the best second one',
  inside: targetAndFactor,
  assuming: {
    H1: { says: String.raw`Z\text{ has full column rank}`, holds: (R, { Z }) => fullColumnRank(R, Z) },
  },
  cases: [{ r: 1, n: 2, m: 1, Y: [[1], [2]], C: [[1]], Z: [[1], [0]] }],
});

/** Where W is best, FA has the second derivative that FA* has as the first. For all, an identity. */
export const secondDerivativeOptimal = forAll(optimal, {
  id: 'fa-matrix-factorization/fa-d2A-optimal-W',
  where: 'Section 3, implications for FA',
  recorded: 'upheld',
  says: String.raw`W=(Z^\top Z)^{-1}Z^\top Y:\quad Z^\top(Y-\hat Y)=0,\ \frac{dA}{dt}=0,\ \frac{d^2A}{dt^2}=2R^\top R`,
  note: 'The paper says it with ≈ for W close to the best; here at the best.',
  then: (R, _none, { r, m, Y, C, Z }) => {
    const { W, error, residual } = starPoint(R, { Y, C }, Z);
    const p = { Y, C, Z, W };
    const twice = scale(R, 2, matMul(R, transpose(residual), residual));
    const size = Math.max(sizeOf(R, C, Y, Y, C), sizeOf(R, Z, Y, C, W, C), sizeOf(R, Z, Z, Z, Y, C));
    return all(
      part('ZᵀE', equalMatrices(R, matMul(R, transpose(Z), error), zeros(R, r, m), { scale: sizeOf(R, Z, Y) })),
      part('dA/dt', equalMatrices(R, alignmentSlope(R, p, 1), zeros(R, r, r), { scale: sizeOf(R, C, Y, Z) })),
      part('d²A/dt²', equalMatrices(R, alignmentSlope(R, p, 2), twice, { scale: size })),
    );
  },
  mutants: {
    'without the factor 2': (R, _none, { Y, C, Z }) => {
      const { W, residual } = starPoint(R, { Y, C }, Z);
      return equalMatrices(R, alignmentSlope(R, { Y, C, Z, W }, 2), matMul(R, transpose(residual), residual));
    },
  },
});

/** V = (CWᵀWCᵀ − CYᵀZ − ZᵀYCᵀ)/2. */
const lyapunov = <N>(R: Arithmetic<N>, { Y, C, Z, W }: Instance<N>): Matrix<N> => {
  const squares = matMul(R, C, transpose(W), W, transpose(C));
  return scale(R, '1/2', minus(R, squares, withTranspose(R, matMul(R, C, transpose(Y), Z))));
};

/** The function of Appendix E. For all, an identity. */
export const lyapunovDerivative = forAll(anyFactors, {
  id: 'fa-matrix-factorization/app-E-dV',
  where: 'Appendix E',
  recorded: 'upheld',
  says: String.raw`V=\tfrac12(CW^\top WC^\top-CY^\top Z-Z^\top YC^\top):\quad\frac{dV}{dt}=-C(Y-\hat Y)^\top(Y-\hat Y)C^\top,\
\frac{d\operatorname{Tr}V}{dt}=-\|(Y-\hat Y)C^\top\|_F^2`,
  then: (R, _none, p) => {
    const { J, ...path } = moving(R, p, 1);
    const slope = matrixDerivative(J, lyapunov(J, path));
    const residual = matMul(R, remainder(R, p.Y, { Z: p.Z, W: p.W }), transpose(p.C));
    const E = remainder(R, p.Y, { Z: p.Z, W: p.W });
    const size = Math.max(sizeOf(R, p.C, E, p.Z, p.W, p.C), sizeOf(R, p.C, p.Y, E, p.C));
    const traced = derivative(J, trace(J, lyapunov(J, path)));
    return all(
      part('dV/dt', equalMatrices(R, slope, scale(R, -1, matMul(R, transpose(residual), residual)), { scale: size })),
      part('trace', equals(R, traced, R.neg(frobeniusSquared(R, residual)), 0, size)),
    );
  },
  mutants: {
    'without the factor 1/2': (R, _none, p) => {
      const { J, ...path } = moving(R, p, 1);
      const residual = matMul(R, remainder(R, p.Y, { Z: p.Z, W: p.W }), transpose(p.C));
      const slope = derivative(J, trace(J, scale(J, 2, lyapunov(J, path))));
      return equals(R, slope, R.neg(frobeniusSquared(R, residual)));
    },
  },
});
