/**
 * Example 1 of Section 3: one output, m = 1, so that y, w and the feedback c are columns. FA*: Z' = (y − ŷ)cᵀ with
 * w = (ZᵀZ)⁻¹Zᵀy; FA: the same with w' = Zᵀ(y − ŷ). Derivatives are taken by jets from these.
 */
import { atMost, equals, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Reading } from '../../src/claim/finding';
import { starPoint, starInMotion } from '../../src/definitions/factor-alignment';
import { feedbackFactorField, type Target } from '../../src/definitions/factorization';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { constantMatrix, derivative, jets, onFlow } from '../../src/numerics/jet';
import {
  frobeniusSquared,
  matMul,
  outer,
  scale,
  trace,
  transpose,
  zeros,
  type Matrix,
} from '../../src/numerics/matrix';
import { fullColumnRank, sizeOf } from '../../oracles/matrices';
import { columnAndFactor, columnAndFeedback, increasingColumn } from '../../generators/factorizations';

interface Instance<N> extends Target<N> {
  readonly Z: Matrix<N>;
}

/** The inner product of two columns. */
const inner = <N>(R: Arithmetic<N>, a: Matrix<N>, b: Matrix<N>): N => trace(R, matMul(R, transpose(a), b));

/** d‖(y − ŷ)cᵀ‖_F²/dt along FA*. */
const lossSlope = <N>(R: Arithmetic<N>, p: Instance<N>): N => {
  const [J, { residual }] = starInMotion(R, p, p.Z);
  return derivative(J, frobeniusSquared(J, residual));
};

/** cᵀw along FA*, and its derivative. */
const aligned = <N>(R: Arithmetic<N>, p: Instance<N>): readonly [value: N, slope: N] => {
  const [J, { W }] = starInMotion(R, p, p.Z);
  const product = inner(J, constantMatrix(p.C), W);
  return [derivative(J, product, 0), derivative(J, product)];
};

const tall = {
  says: String.raw`Z\text{ has full column rank}`,
  holds: <N>(R: Reading<N>, { Z }: Pick<Instance<N>, 'Z'>) => fullColumnRank(R, Z),
};

const orthogonalTarget = { r: 1, n: 2, Y: [[0], [1]], C: [[1]], Z: [[1], [0]] };
const atPoint = exam({
  name: 'FA* with one output at any first factor',
  inside: columnAndFactor,
  assuming: { H1: tall },
  cases: [
    { r: 1, n: 2, Y: [[1], [2]], C: [[-1]], Z: [[1], [0]] },
    { r: 2, n: 3, Y: [[1], [2], [3]], C: [[1], [-1]], Z: [[1, 0], [1, 1], [0, 2]] }, // prettier-ignore
    orthogonalTarget,
  ],
});

/** The loss in Example 1. For all, an identity. */
export const exampleLoss = forAll(atPoint, {
  id: 'fa-matrix-factorization/ex-1-loss',
  where: 'Example 1',
  recorded: 'upheld',
  says: String.raw`\frac{d}{dt}\|(y-\hat y)c^\top\|_F^2=-2\|y-\hat y\|^2\|c\|^2\,c^\top w`,
  then: (R, _none, p) => {
    const { error, W } = starPoint(R, p, p.Z);
    const right = R.mul(-2, frobeniusSquared(R, error), frobeniusSquared(R, p.C), inner(R, p.C, W));
    return equals(R, lossSlope(R, p), right, 0, sizeOf(R, p.Y, p.Y, p.C, p.C, p.C, W));
  },
});

/** The alignment in Example 1. For all, an identity. */
export const exampleAlignment = forAll(atPoint, {
  id: 'fa-matrix-factorization/ex-1-align',
  where: 'Example 1',
  recorded: 'upheld',
  says: String.raw`\frac{d\,c^\top w}{dt}=c^\top(Z^\top Z)^{-1}c\,\|y-\hat y\|^2=\|Z(Z^\top Z)^{-1}c\|^2\|y-\hat y\|^2\ge0`,
  then: (R, _none, p) => {
    const [, slope] = aligned(R, p);
    const { error, inverted } = starPoint(R, p, p.Z);
    const weight = trace(R, matMul(R, transpose(p.C), inverted, p.C));
    const size = sizeOf(R, p.C, inverted, p.C, p.Y, p.Y);
    return all(
      part('derivative', equals(R, slope, R.mul(weight, frobeniusSquared(R, error)), 0, size)),
      part(
        'sign',
        equals(R, weight, frobeniusSquared(R, matMul(R, p.Z, inverted, p.C)), 0, sizeOf(R, p.C, inverted, p.C)),
      ),
    );
  },
});

const notDecreasing = exam({
  name: 'FA* with one output where the loss does not decrease',
  inside: increasingColumn,
  assuming: {
    H1: tall,
    H2: {
      says: String.raw`\tfrac{d}{dt}\|(y-\hat y)c^\top\|_F^2\ge0`,
      holds: (R, p) => atMost(R, 0, lossSlope(R, p)),
    },
  },
  cases: [orthogonalTarget, { r: 1, n: 2, Y: [[1], [2]], C: [[-1]], Z: [[1], [0]] }],
});

/** The sign of the derivative as printed. For all. */
export const exampleSign = forAll(notDecreasing, {
  id: 'fa-matrix-factorization/ex-1-sign',
  where: 'Example 1',
  recorded: 'refuted',
  corrected: ['fa-matrix-factorization/ex-1-sign-strict'],
  says: String.raw`\tfrac{d}{dt}\|(y-\hat y)c^\top\|_F^2\ge0\text{ only when }c^\top w<0`,
  note: String.raw`At $c^\top w=0$ the derivative is $0\ge0$ as well: where $y$ is orthogonal to the columns of $Z$, so that $w=0$; and wherever
$y=\hat y$. Strict on both sides it holds, and is all that is used.`,
  then: (R, _none, p) => lessThan(R, inner(R, p.C, starPoint(R, p, p.Z).W), 0),
  python: [
    'mul = lambda A, B: [[sum(a*b for a, b in zip(row, col)) for col in zip(*B)] for row in A]',
    'T = lambda A: [list(column) for column in zip(*A)]',
    'inv = lambda A: [[1/A[0][0]]] if len(A) == 1 else [[x/(A[0][0]*A[1][1] - A[0][1]*A[1][0]) for x in row] for row in [[A[1][1], -A[0][1]], [-A[1][0], A[0][0]]]]',
    'w = mul(inv(mul(T(Z), Z)), mul(T(Z), Y))',
    'e2 = sum((a[0] - b[0])**2 for a, b in zip(Y, mul(Z, w)))',
    'cw = sum(a[0]*b[0] for a, b in zip(C, w))',
    'assert -2*e2*sum(c[0]**2 for c in C)*cw >= 0  # the derivative of the loss',
    'left, right = cw, F(0)',
  ],
});

/** Where the loss increases. */
const increasing = exam({
  name: 'FA* with one output where the loss increases',
  inside: increasingColumn,
  assuming: {
    H1: tall,
    H2: {
      says: String.raw`\tfrac{d}{dt}\|(y-\hat y)c^\top\|_F^2>0`,
      holds: (R, p) => lessThan(R, 0, lossSlope(R, p)),
    },
  },
  cases: [{ r: 1, n: 2, Y: [[1], [2]], C: [[-1]], Z: [[1], [0]] }],
});

/** The sign of the derivative, strictly. For all. */
export const exampleSignStrict = forAll(increasing, {
  id: 'fa-matrix-factorization/ex-1-sign-strict',
  where: 'corrects Example 1',
  recorded: 'upheld',
  says: String.raw`\tfrac{d}{dt}\|(y-\hat y)c^\top\|_F^2>0\text{ only when }c^\top w<0`,
  then: (R, _none, p) => lessThan(R, inner(R, p.C, starPoint(R, p, p.Z).W), 0),
  mutants: {
    'only when every c_iw_i < 0': (R, _none, p) => {
      const { W } = starPoint(R, p, p.Z);
      return all(...W.map((row, i) => lessThan(R, R.mul(row[0]!, p.C[i]![0]!), 0)));
    },
  },
});

const fromZero = exam({
  name: 'FA with one output from Z = −ycᵀ and w = 0',
  inside: columnAndFeedback,
  assuming: {
    H1: { says: String.raw`y\ne0`, holds: (R, { Y }) => lessThan(R, 0, frobeniusSquared(R, Y)) },
    H2: { says: String.raw`c\ne0`, holds: (R, { C }) => lessThan(R, 0, frobeniusSquared(R, C)) },
  },
  cases: [{ r: 1, n: 1, Y: [[1]], C: [[1]] }],
});

/** Alignment decreases in FA. For all, an identity. */
export const exampleDecrease = forAll(fromZero, {
  id: 'fa-matrix-factorization/ex-1-fa-decrease',
  where: 'Example 1, after FA*',
  recorded: 'upheld',
  says: String.raw`Z=-yc^\top,\ w=0:\quad\frac{d\,c^\top w}{dt}=c^\top Z^\top(y-\hat y)=-\|c\|^2\|y\|^2<0`,
  note: String.raw`Along FA. It is an example, of $y\ne0$ and $c\ne0$; otherwise the derivative is 0.`,
  then: (R, _none, { r, Y, C }) => {
    const J = jets(R, 1);
    const target = { Y: constantMatrix(Y), C: constantMatrix(C) };
    const Z = scale(R, -1, outer(R, Y.map((row) => row[0]!), C.map((row) => row[0]!))); // prettier-ignore
    const [, path] = onFlow(J, [Z, zeros(R, r, 1)], ([X, V]) => {
      const field = feedbackFactorField(J, target, { Z: X!, W: V! });
      return [field.Z, field.W];
    });
    const slope = derivative(J, inner(J, target.C, path!));
    const squares = R.mul(frobeniusSquared(R, C), frobeniusSquared(R, Y));
    return all(
      part('inner product', equals(R, slope, trace(R, matMul(R, transpose(C), transpose(Z), Y)))),
      part('squares', equals(R, slope, R.neg(squares))),
      part('sign', lessThan(R, slope, 0)),
    );
  },
});
