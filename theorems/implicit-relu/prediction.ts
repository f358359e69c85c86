/**
 * How predictions move along the gradient flow (Lemma 4.1 and after, Appendix A.4): dθ/dt = −∂L/∂θ, r = ŷ − y, L = ½‖r‖²,
 * H = ZZᵀ + MMᵀ + ΠΠᵀ. Derivatives in t are those of the definition along the line that the weights set out on, by germs.
 */
import { atMost, equals } from '../../src/claim/compare';
import { exam, forAll, type Measures } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import {
  equilibrium,
  gradients,
  residual,
  unitInputs,
  type Network,
  type Weights,
} from '../../src/definitions/implicit-relu';
import { networkOnLine } from '../../src/definitions/implicit-relu-lines';
import { gramMatrices, linearization } from '../../src/definitions/implicit-relu-matrices';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { germs } from '../../src/numerics/germ';
import { derivative, jets, matrixDerivative, onLine } from '../../src/numerics/jet';
import { diagonal, dot, matMul, matVec, minus, plus, scale, transpose, type Matrix } from '../../src/numerics/matrix';
import { contracting, offKinks, type Contracting } from '../../oracles/contracting-layers';
import { equalMatrices, positiveDefinite, positiveSemidefinite, sizeOf } from '../../oracles/matrices';
import { matricesAlong } from '../../oracles/matrix-path';
import { networkCases, networks, predictions, twoGramMatrices } from '../../generators/implicit-layers';

const along = exam({
  name: 'predictions along the gradient flow, off kinks',
  inside: networks,
  assuming: {
    ...contracting,
    H3: offKinks(unitInputs),
  },
  cases: networkCases,
  run: ({ implicitReLU }, p) => ({ ...implicitReLU.gradients(p) }),
  defined: (R, p) => {
    const { W, A, b } = gradients(R, p);
    return { W: W.flat(), A: A.flat(), b };
  },
  measure: (_R, { W, A, b }) => ({ W: { values: W }, A: { values: A }, b: { values: b } }),
});

type Gradient<N> = Measures<N, keyof Weights<unknown>>;

/** dŷ/dt of weights that set out against a gradient. */
const speed = <N>(
  R: Reading<N>,
  gradient: Gradient<N>,
  p: Network<N> & { readonly d: number; readonly m: number },
): readonly N[] => {
  const J = germs(R);
  const against = (of: keyof Gradient<N>, rows: number): Matrix<N> =>
    scale(R, -1, matricesAlong(gradient[of], rows, p.m)[0]!);
  const network = networkOnLine(p, { dW: against('W', p.d), dA: against('A', p.m), db: against('b', 1)[0]! });
  return matrixDerivative(J, [residual(J, network, equilibrium(J, network))])[0]!;
};

/** dŷ/dt = −Hr, with H the sum of the Gram matrices of the terms. */
const movesBy = <N>(
  R: Reading<N>,
  found: readonly N[],
  p: Network<N> & Contracting<N>,
  terms: readonly Matrix<N>[],
): Finding => {
  const r = residual(R, p, equilibrium(R, p));
  const parts = terms.map((B) => matVec(R, matMul(R, B, transpose(B)), r));
  const expected = r.map((_, i) => R.neg(R.add(...parts.map((x) => x[i]!))));
  const size = Math.max(...terms.map((B) => sizeOf(R, B, B))) * residualSize(R, p);
  return equalMatrices(R, [found], [expected], { scale: size });
};

/** How large the terms of ŷ − y are. */
const residualSize = <N>(R: Reading<N>, p: Network<N>): number =>
  Math.max(sizeOf(R, [p.y]), p.b.length * sizeOf(R, [p.b], equilibrium(R, p)));

const termsOf = <N>(R: Arithmetic<N>, p: Network<N>): readonly [Matrix<N>, Matrix<N>, Matrix<N>] => {
  const at = linearization(R, p);
  const { M, Pi } = gramMatrices(R, p, at);
  return [at.Z, M, Pi];
};

/** Lemma 4.1, where σ' is defined. For all, an identity. */
export const lemma41 = forAll(along, {
  id: 'implicit-relu/lem-4.1',
  where: 'Lemma 4.1 (10)-(13)',
  recorded: 'upheld',
  says: String.raw`(XW)_{ij}\ne0,\ (\gamma ZA+\Phi)_{ij}\ne0\text{ at }t\implies\frac{d\hat y}{dt}=-H(\hat y-y),\quad H=ZZ^\top+MM^\top+\Pi\Pi^\top`,
  note: String.raw`$M=\gamma[b^\top\otimes I]Q^{-1}D[I\otimes Z]$, $\Pi=[b^\top\otimes I]Q^{-1}DE[I\otimes X]$. The lemma excludes no times; when a unit is on its kink the
flow itself need not be defined (grad-A, grad-W-printed).`,
  then: (R, path, p) => movesBy(R, speed(R, path, p), p, termsOf(R, p)),
  mutants: { 'without ΠΠᵀ': (R, path, p) => movesBy(R, speed(R, path, p), p, termsOf(R, p).slice(0, 2)) },
});

const points = exam({
  name: 'the Gram matrix of an implicit network, off kinks',
  inside: networks,
  assuming: along.assuming,
  cases: along.cases,
});

/** After Lemma 4.1. For all; attained where Z, M and Π have no full rank. */
export const semidefinite = forAll(points, {
  id: 'implicit-relu/H-psd',
  where: 'Section 4.1, after Lemma 4.1',
  recorded: 'upheld',
  says: String.raw`H\text{ is symmetric and positive semidefinite}`,
  note: 'Positive definite where, of Z, M and Π, one has full row rank.',
  then: (R, _none, p) => {
    const { H } = gramMatrices(R, p);
    return all(part('H = Hᵀ', equalMatrices(R, H, transpose(H))), positiveSemidefinite(R, H));
  },
  mutants: {
    'minus MMᵀ': (R, _none, p) => {
      const [Z, M, Pi] = termsOf(R, p).map((B) => matMul(R, B, transpose(B)));
      return positiveSemidefinite(R, minus(R, plus(R, Z!, Pi!), M!));
    },
    'ZZᵀ alone, definite': (R, _none, p) => {
      const { Z } = linearization(R, p);
      return positiveDefinite(R, matMul(R, Z, transpose(Z)));
    },
  },
});

const moving = exam({
  name: 'predictions that move with H = ZZᵀ',
  inside: predictions,
  assuming: {},
  cases: [{ N: 1, m: 1, Z: [[1]], yhat: [1], y: [0] }],
});

interface Prediction<N> {
  readonly Z: Matrix<N>;
  readonly yhat: readonly N[];
  readonly y: readonly N[];
}

/** dL/dt, and (ŷ − y)ᵀdŷ/dt, for dŷ/dt = −ZZᵀ(ŷ − y). */
const lossAndPower = <N>(R: Arithmetic<N>, { Z, yhat, y }: Prediction<N>): readonly [N, N] => {
  const J = jets(R, 1);
  const r = yhat.map((x, i) => R.sub(x, y[i]!));
  const velocity = scale(R, -1, [matVec(R, matMul(R, Z, transpose(Z)), r)])[0]!;
  const moved = onLine([yhat], [velocity])[0]!.map((x, i) => J.sub(x, [y[i]!]));
  return [derivative(J, J.div(dot(J, moved, moved), 2)), dot(R, r, velocity)];
};

/** The display of A.4 as printed. For all. */
export const lossDerivative = forAll(moving, {
  id: 'implicit-relu/a4-dL',
  where: 'Appendix A.4, dL/dt',
  recorded: 'refuted',
  corrected: ['implicit-relu/a4-dL-plus'],
  says: String.raw`\frac d{dt}\Big(\frac12\|\hat y-y\|^2\Big)=-(\hat y-y)^\top\frac{d\hat y}{dt}`,
  note: String.raw`There is no minus; the next line, $-(\hat y-y)^\top H(\hat y-y)$, has the one that $d\hat y/dt=-H(\hat y-y)$ brings. Checked with $H=ZZ^\top$, which it is
where $b=0$.`,
  then: (R, _none, p) => {
    const [slope, power] = lossAndPower(R, p);
    return equals(R, slope, R.neg(power));
  },
  python: [
    'r = [a - b for a, b in zip(yhat, y)]',
    'v = [-sum(Z[i][j]*sum(Z[k][j]*r[k] for k in range(N)) for j in range(m)) for i in range(N)]  # of the prediction',
    'loss = lambda t: sum((a + t*b)**2 for a, b in zip(r, v)) / 2',
    'left, right = (loss(1) - loss(-1)) / 2, -sum(a*b for a, b in zip(r, v))  # exact: of degree 2 in t',
  ],
});

/** With its sign, and the line after it. For all, identities. */
export const lossDerivativePlus = forAll(moving, {
  id: 'implicit-relu/a4-dL-plus',
  where: 'corrects Appendix A.4, dL/dt',
  recorded: 'upheld',
  says: String.raw`\frac d{dt}\Big(\frac12\|\hat y-y\|^2\Big)=(\hat y-y)^\top\frac{d\hat y}{dt}=-(\hat y-y)^\top H(\hat y-y)`,
  then: (R, _none, p) => {
    const [slope, power] = lossAndPower(R, p);
    const r = p.yhat.map((x, i) => R.sub(x, p.y[i]!));
    const image = matVec(R, transpose(p.Z), r);
    return all(part('first', equals(R, slope, power)), part('second', equals(R, power, R.neg(dot(R, image, image)))));
  },
});

const twoMatrices = exam({
  name: 'a residual that moves by one Gram matrix and then by another',
  inside: twoGramMatrices,
  assuming: {
    H1: {
      says: String.raw`\lambda_{\min}(H)\ge\lambda_0>0`,
      holds: (R, { lambda0, p, q, P, Q, N: n }) => {
        const eye = diagonal(R, Array.from({ length: n }, () => 1)); // prettier-ignore
        const orthogonal = [P, Q].map((V) => equalMatrices(R, matMul(R, transpose(V), V), eye));
        return all(...[...p, ...q].map((x) => atMost(R, lambda0, R.add(lambda0, x))), ...orthogonal);
      },
    },
    H2: { says: String.raw`s,t\ge0`, holds: (R, { s, t }) => all(atMost(R, 0, s), atMost(R, 0, t)) },
  },
  cases: [
    { N: 1, r: [1], lambda0: 1, P: [[1]], Q: [[1]], p: [0], q: [0], s: '1/2', t: '1/2' },
    { N: 2, r: [1, 2], lambda0: 1, P: [[1, 0], [0, 1]], Q: [['3/5', '-4/5'], ['4/5', '3/5']], p: [0, 2], q: [1, 0], s: '1/2', t: 1 }, // prettier-ignore
  ],
});

interface TwoMatrices<N> {
  readonly r: readonly N[];
  readonly lambda0: N;
  readonly P: Matrix<N>;
  readonly Q: Matrix<N>;
  readonly p: readonly N[];
  readonly q: readonly N[];
  readonly s: N;
  readonly t: N;
}

/** L(s + t) where H is P diag(λ0 + p) Pᵀ for a time s and Q diag(λ0 + q) Qᵀ for a time t; and L(0). */
const losses = <N>(R: Arithmetic<N>, m: TwoMatrices<N>): readonly [N, N] => {
  const after = (r: readonly N[], V: Matrix<N>, more: readonly N[], time: N): readonly N[] => {
    const inAxes = matVec(R, transpose(V), r).map((x, i) =>
      R.mul(x, R.exp(R.neg(R.mul(time, R.add(m.lambda0, more[i]!))))),
    );
    return matVec(R, V, inAxes);
  };
  const end = after(after(m.r, m.P, m.p, m.s), m.Q, m.q, m.t);
  return [R.div(dot(R, end, end), 2), R.div(dot(R, m.r, m.r), 2)];
};

/** L(t) ≤ exp(−factor·λ0·t)L(0). */
const decays = <N>(R: Reading<N>, m: TwoMatrices<N>, factor: number | string): Finding => {
  const [end, start] = losses(R, m);
  return atMost(R, end, R.mul(R.exp(R.neg(R.mul(factor, m.lambda0, R.add(m.s, m.t)))), start));
};

/** After Lemma 4.1. For all. */
export const rate = forAll(twoMatrices, {
  id: 'implicit-relu/rate-lambda0',
  where: 'Section 4.1, after Lemma 4.1',
  recorded: 'upheld',
  says: String.raw`\frac{dr}{dt}=-H(t)r,\ \lambda_{\min}(H(t))\ge\lambda_0>0\text{ for all }t\implies L(t)\le e^{-\lambda_0t}L(0)`,
  note: String.raw`$dL/dt=-r^\top Hr\le-2\lambda_0L$: twice the rate holds (rate-lambda0-twice). Checked for an $H$ that jumps once between two matrices of any
axes; nothing else of the network enters.`,
  then: (R, _none, m) => decays(R, m, 1),
  mutants: { 'a rate of 21/10 λ0': (R, _none, m) => decays(R, m, '21/10') },
});

/** Twice the rate. For all; attained at H = λ0 I. */
export const twiceTheRate = forAll(twoMatrices, {
  id: 'implicit-relu/rate-lambda0-twice',
  where: 'sharpens Section 4.1, after Lemma 4.1',
  recorded: 'upheld',
  says: String.raw`L(t)\le e^{-2\lambda_0t}L(0)`,
  tight: true,
  then: (R, _none, m) => decays(R, m, 2),
  mutants: { 'a rate of 21/10 λ0': (R, _none, m) => decays(R, m, '21/10') },
});
