/**
 * Differentials in the columns' order (Section 2, Appendix A.2): vec takes a matrix column by column, and ∂f/∂X is the matrix
 * with vec(dY) = (∂f/∂X)ᵀvec(dX). With U = γZA + Φ, D = diag(vec σ'(U)), E = diag(vec σ'(XW)), Q = I − γD(Aᵀ ⊗ I). Every
 * formula is compared, in a direction, with the derivative of what it is the derivative of, by germs.
 */
import { equals } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import {
  equilibrium,
  equilibriumFor,
  features,
  relu,
  slopes,
  unitInputs,
  type Network,
} from '../../src/definitions/implicit-relu';
import { diagonalOfVec, gramMatrices, linearization } from '../../src/definitions/implicit-relu-matrices';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { germs } from '../../src/numerics/germ';
import { constantMatrix, derivative, jets, matrixDerivative, onLine, type Jet } from '../../src/numerics/jet';
import {
  identity,
  kronecker,
  matMul,
  matrixOf,
  matVec,
  minus,
  plus,
  scale,
  trace,
  transpose,
  vec,
  type Matrix,
} from '../../src/numerics/matrix';
import { contracting, offKinks } from '../../oracles/contracting-layers';
import { equalMatrices } from '../../oracles/matrices';
import { maps, movingCases, quadraticMaps } from '../../generators/implicit-layers';

/** γZA + Φ for any Z and Φ. */
const comesTo = <N>(R: Arithmetic<N>, Z: Matrix<N>, { A, gamma }: Pick<Network<N>, 'A' | 'gamma'>, Phi: Matrix<N>) =>
  plus(R, scale(R, gamma, matMul(R, Z, A)), Phi);

/** f = Z − σ(γZA + Φ), for any Z and Φ. */
const f = <N>(R: Arithmetic<N>, Z: Matrix<N>, layer: Pick<Network<N>, 'A' | 'gamma'>, Phi: Matrix<N>): Matrix<N> =>
  minus(R, Z, comesTo(R, Z, layer, Phi).map((row) => row.map((x) => relu(R, x)))); // prettier-ignore

const differentiable = exam({
  name: 'the maps of an implicit network, off kinks',
  inside: maps,
  assuming: {
    ...contracting,
    H3: offKinks(unitInputs),
  },
  cases: [
    { ...movingCases[0], Z: [[1]], U: [[1]], dZ: [[1]], dU: [[1]], P: [[1]] },
    {
      ...{ ...movingCases[1], Z: [[1, -1], [2, 3]], U: [[-4, 1], [1, -1]] }, // prettier-ignore
      ...{ dZ: [[1, 2], [-1, 1]], dU: [[2, 0], [1, 1]], P: [[1, 2], [3, 1]] }, // prettier-ignore
    },
  ],
});

type Maps<N> = Network<N> &
  Readonly<Record<'dW' | 'dA' | 'Z' | 'U' | 'dZ' | 'dU' | 'P', Matrix<N>>> & { readonly db: readonly N[] };

/** A column against the columns of a matrix. */
const column = <N>(R: Reading<N>, name: string, moved: Matrix<N>, expected: readonly N[]): Finding =>
  part(name, equalMatrices(R, [vec(moved)], [expected]));

/** vec(df) at any Z, A and Φ = U. */
const differentialOfF = <N>(R: Reading<N>, p: Maps<N>): Finding => {
  const J = jets(R, 1);
  const layer = { A: onLine(p.A, p.dA), gamma: [p.gamma] };
  const moved = matrixDerivative(J, f(J, onLine(p.Z, p.dZ), layer, onLine(p.U, p.dU)));
  const D = diagonalOfVec(R, slopes(R, comesTo(R, p.Z, p, p.U)));
  const [samples, units] = [identity(R, p.Z.length), identity(R, p.A.length)];
  const byZ = matMul(R, scale(R, p.gamma, D), kronecker(R, transpose(p.A), samples));
  const byA = matMul(R, scale(R, p.gamma, D), kronecker(R, units, p.Z));
  const terms = [vec(p.dZ), matVec(R, byZ, vec(p.dZ)), matVec(R, byA, vec(p.dA)), matVec(R, D, vec(p.dU))] as const;
  const expected = terms[0].map((x, k) => R.sub(x, R.add(terms[1][k]!, terms[2][k]!, terms[3][k]!)));
  return column(R, 'df', moved, expected);
};

/** The derivatives of the fixed point by A, W and, where Φ > 0 moves by itself, Φ. */
const derivativesOfZ = <N>(R: Reading<N>, p: Maps<N>, sign: 1 | -1 = 1): Finding => {
  const J = germs(R);
  const at = linearization(R, p);
  const still = { X: constantMatrix(p.X), W: constantMatrix(p.W), A: constantMatrix(p.A), gamma: [p.gamma] };
  const rate = (layer: typeof still): Matrix<N> => matrixDerivative(J, equilibrium(J, layer));
  const [samples, units] = [identity(R, p.X.length), identity(R, p.A.length)];
  const byA = scale(R, R.mul(sign, p.gamma), matMul(R, at.Qinverse, at.D, kronecker(R, units, at.Z)));
  const byW = matMul(R, at.Qinverse, at.D, at.E, kronecker(R, units, p.X));
  const own = { ...p, X: samples, W: p.P };
  const free = linearization(R, own);
  const byPhi = matrixDerivative(J, equilibriumFor(J, still, onLine(p.P, p.dU)));
  return all(
    column(R, '∂Z/∂A', rate({ ...still, A: onLine(p.A, p.dA) }), matVec(R, byA, vec(p.dA))),
    column(R, '∂Z/∂W', rate({ ...still, W: onLine(p.W, p.dW) }), matVec(R, byW, vec(p.dW))),
    column(R, '∂Z/∂Φ', byPhi, matVec(R, matMul(R, free.Qinverse, free.D), vec(p.dU))),
    column(
      R,
      '∂Φ/∂W',
      matrixDerivative(J, features(J, { ...still, W: onLine(p.W, p.dW) })),
      matVec(R, matMul(R, at.E, kronecker(R, units, p.X)), vec(p.dW)),
    ),
  );
};

/** (30)–(33). */
const derivativesOfOutput = <N>(R: Reading<N>, p: Maps<N>): Finding => {
  const J = germs(R);
  const out = (Z: Matrix<Jet<N>>, b: readonly Jet<N>[]): Matrix<N> => matrixDerivative(J, transpose([matVec(J, Z, b)]));
  const still = { X: constantMatrix(p.X), W: constantMatrix(p.W), A: constantMatrix(p.A), gamma: [p.gamma] };
  const [b, Z] = [constantMatrix([p.b])[0]!, constantMatrix(p.Z)];
  const { M, Pi } = gramMatrices(R, p);
  const byZ = kronecker(R, [p.b], identity(R, p.X.length));
  return all(
    column(R, '(30)', out(onLine(p.Z, p.dZ), b), matVec(R, byZ, vec(p.dZ))),
    column(R, '(31)', out(Z, onLine([p.b], [p.db])[0]!), matVec(R, p.Z, p.db)),
    column(R, '(32)', out(equilibrium(J, { ...still, A: onLine(p.A, p.dA) }), b), matVec(R, M, vec(p.dA))),
    column(R, '(33)', out(equilibrium(J, { ...still, W: onLine(p.W, p.dW) }), b), matVec(R, Pi, vec(p.dW))),
  );
};

/** Appendix A.2, where σ' is defined. For all, identities. */
export const differentials = forAll(differentiable, {
  id: 'implicit-relu/dfdZ',
  where: 'Appendix A.2, (30)-(33)',
  recorded: 'upheld',
  says: String.raw`(XW)_{ij}\ne0,\ (\gamma ZA+\Phi)_{ij}\ne0:\quad\operatorname{vec}(df)=\operatorname{vec}(dZ)-\gamma D(A^\top\otimes I)\operatorname{vec}(dZ)-\gamma D(I\otimes Z)\operatorname{vec}(dA)-D\operatorname{vec}(d\Phi),
\quad\frac{\partial Z}{\partial A}=\gamma[D(I\otimes Z)]^\top Q^{-\top},\ \frac{\partial Z}{\partial\Phi}=D^\top Q^{-\top},\ \frac{\partial\Phi}{\partial W}=[E(I\otimes X)]^\top,\ \frac{\partial\hat y}{\partial Z}=(b^\top\otimes I)^\top,\ \frac{\partial\hat y}{\partial b}=Z^\top`,
  note: String.raw`And $\partial Z/\partial W$, (32) and (33), which follow. $df$ is looked at for any $Z$ and $\Phi$, $\partial Z/\partial\Phi$ at any $\Phi>0$. Away from kinks;
on them see ift.`,
  then: (R, _none, p) => all(differentialOfF(R, p), derivativesOfZ(R, p), derivativesOfOutput(R, p)),
  mutants: { '∂Z/∂A of the other sign': (R, _none, p) => derivativesOfZ(R, p, -1) },
});

const quadratic = exam({
  name: 'a quadratic map of a matrix',
  inside: quadraticMaps,
  assuming: {},
  cases: [
    { p: 1, q: 2, X: [[1, 0]], B: [[1], [2]], dX: [[1, 1]], C: [[0, 1]] }, // prettier-ignore
  ],
});

/** The definition as printed: no vec on the right. For all. */
export const notation = forAll(quadratic, {
  id: 'implicit-relu/notation-derivative',
  where: 'Section 2, Notation',
  recorded: 'refuted',
  corrected: ['implicit-relu/notation-derivative-vec'],
  says: String.raw`\operatorname{vec}(dY)=\Big(\frac{\partial f}{\partial X}\Big)^\top dX\ \text{for a matrix }X\text{ of }p\times q\text{: both sides have as many columns}`,
  note: String.raw`The left side is one column, the right side has as many as $X$: whatever $\partial f/\partial X$ is, they differ unless $q=1$. A vec is missing;
what Appendix A.2 uses is $\operatorname{vec}(dY)=(\partial f/\partial X)^\top\operatorname{vec}(dX)$.`,
  then: (R, _none, { X, B }) => equals(R, shapeOfVec(matMul(R, X, B, X)), X[0]!.length),
  python: ['left, right = 1, q  # columns of vec(dY), and of any matrix times dX'],
});

/** The columns of a matrix with its columns one below the other. */
const shapeOfVec = (Y: Matrix<unknown>): number => transpose([vec(Y)])[0]!.length;

/** XBX. */
const square = <N>(R: Arithmetic<N>, X: Matrix<N>, B: Matrix<N>): Matrix<N> => matMul(R, X, B, X);

/** ∂(XBX)/∂X, pq×pq: the derivatives by one entry of X after the other, a row each. */
const derivativeMatrix = <N>(R: Arithmetic<N>, X: Matrix<N>, B: Matrix<N>): Matrix<N> => {
  const J = jets(R, 1);
  const [p, q] = [X.length, X[0]!.length];
  return Array.from({ length: p * q }, (_, k) => {
    const unit = matrixOf(p, q, (i, j) => R.of(j * p + i === k ? 1 : 0));
    return vec(matrixDerivative(J, square(J, onLine(X, unit), constantMatrix(B))));
  });
};

/** With vec, and the chain rule in the order of A.2. For all, identities. */
export const notationWithVec = forAll(quadratic, {
  id: 'implicit-relu/notation-derivative-vec',
  where: 'corrects Section 2, Notation',
  recorded: 'upheld',
  says: String.raw`\operatorname{vec}(dY)=\Big(\frac{\partial f}{\partial X}\Big)^\top\operatorname{vec}(dX),\quad\frac{\partial(g\circ f)}{\partial X}=\frac{\partial f}{\partial X}\frac{\partial g}{\partial Y}`,
  note: String.raw`For $Y=XBX$, where $\partial f/\partial X=((BX)^\top\otimes I+I\otimes XB)^\top$, and $g(Y)=\operatorname{Tr}(C^\top Y)$, with $\partial g/\partial Y=\operatorname{vec}C$.`,
  then: (R, _none, { X, B, dX, C }) => {
    const J = jets(R, 1);
    const by = derivativeMatrix(R, X, B);
    const moved = square(J, onLine(X, dX), constantMatrix(B));
    const closed = plus(
      R,
      kronecker(R, transpose(matMul(R, B, X)), identity(R, X.length)),
      kronecker(R, identity(R, X[0]!.length), matMul(R, X, B)),
    );
    const slope = derivative(J, trace(J, matMul(J, transpose(constantMatrix(C)), moved)));
    const chain = matMul(R, [vec(dX)], by, transpose([vec(C)]));
    return all(
      part('vec', column(R, 'dY', matrixDerivative(J, moved), matVec(R, transpose(by), vec(dX)))),
      part('closed form', equalMatrices(R, by, transpose(closed))),
      part('chain rule', equals(R, slope, chain[0]![0]!)),
    );
  },
  mutants: {
    'without the transpose': (R, _none, { X, B, dX }) => {
      const J = jets(R, 1);
      const moved = matrixDerivative(J, square(J, onLine(X, dX), constantMatrix(B)));
      return column(R, 'dY', moved, matVec(R, derivativeMatrix(R, X, B), vec(dX)));
    },
  },
});
