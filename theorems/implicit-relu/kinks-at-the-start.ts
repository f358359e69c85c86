/**
 * Whether the gradients of Lemma 3.2 exist at the starts that the paper names: A(0) = ‖W(0)‖I (Section 5.1), A(0) = I (Section 7),
 * b(0) = 0. With A(0) = cI a unit that is off for a sample has the preactivation γcz + 0 = 0: it is on its kink. While b = 0 no entry of
 * A matters; after one step b = ηZᵀy.
 */
import { atMost, equals, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import {
  equilibrium,
  features,
  gradientStep,
  loss,
  preactivation,
  residual,
  type Network,
} from '../../src/definitions/implicit-relu';
import { conditionsAt, constantsOf, exampleRadii, stepBounds } from '../../src/definitions/implicit-relu-conditions';
import { printedGradients } from '../../src/definitions/implicit-relu-matrices';
import type { Arithmetic, Real } from '../../src/numerics/arithmetic';
import {
  diagonal,
  identity,
  inverse,
  matMul,
  matVec,
  matrixOf,
  minus,
  outer,
  plus,
  scale,
  transpose,
  type Matrix,
} from '../../src/numerics/matrix';
import { frobenius } from '../../src/numerics/eigenvalues';
import { equalMatrices, positiveDefinite } from '../../oracles/matrices';
import { meets } from '../../oracles/network-training';
import { kinkedStarts, positiveLayers } from '../../generators/implicit-relu-nonnegative';

interface Kinked<N> {
  readonly x: readonly N[];
  readonly ratio: N;
  readonly y: readonly N[];
  readonly w: N;
  readonly eta: N;
  readonly eps: N;
}

/** The norm c = w + v of W(0), v = ratio·w. */
const normOf = <N>(R: Arithmetic<N>, { ratio, w }: Kinked<N>): N => R.add(w, R.mul(ratio, w));

/** X = diag(x), W = [[w, −v], [−v, w]]; A = cI, b = 0, γ = 1/(2(c + 1)). */
const startOf = <N>(R: Arithmetic<N>, p: Kinked<N>): Network<N> => {
  const { A: norm, b, gamma } = exampleRadii(R, normOf(R, p));
  return {
    X: diagonal(R, p.x),
    W: matrixOf(2, 2, (i, j) => (i === j ? p.w : R.neg(R.mul(p.ratio, p.w)))),
    ...{ A: diagonal(R, [norm, norm]), b: [b, b], y: p.y, gamma },
  };
};

/** (17) to (20) with C = 1. σ_min(Z(0)) = w·min(x)/(1 − γc); the smaller of x by the sign of their difference. */
const conditions = <N>(R: Reading<N>, p: Kinked<N>): Finding => {
  const radii = exampleRadii(R, normOf(R, p));
  const constants = constantsOf(R, radii);
  const smaller = R.sign(R.sub(p.x[0]!, p.x[1]!)) === -1 ? p.x[0]! : p.x[1]!;
  const alpha = R.div(R.mul(p.w, smaller), R.sub(1, R.mul(radii.gamma, radii.A)));
  const at = { constants, alpha, X: frobenius(R, [p.x]), r: frobenius(R, [p.y]) };
  return all(
    meets(R, conditionsAt(R, at, '(17)', '(18)', '(19)')),
    ...stepBounds(R, constants, at).map((bound) => part('(20)', lessThan(R, p.eta, bound))),
  );
};

const kinked = exam({
  name: 'a multiple of the identity for A, b = 0, and a step of gradient descent',
  inside: kinkedStarts,
  assuming: {
    H1: {
      says: String.raw`x,w>0,\ 0<v\le w,\ \eta>0`,
      holds: (R, { x, w, ratio, eta }) =>
        all(...[...x, w, ratio, eta].map((z) => lessThan(R, 0, z)), atMost(R, ratio, 1)),
    },
    H2: { says: String.raw`\text{(17), (18), (19), (20)}`, holds: conditions },
    H3: {
      says: String.raw`0<\epsilon\text{ switches no active unit off: }\gamma\epsilon z_{ik}<\phi_{ij}`,
      holds: (R, p) => {
        const start = startOf(R, p);
        const Z = equilibrium(R, start);
        const Phi = features(R, start);
        const moved = (i: number): Finding => lessThan(R, R.mul(start.gamma, p.eps, Z[i]![0]!), Phi[i]![1]!);
        return all(lessThan(R, 0, p.eps), ...[0, 1].filter((i) => R.sign(Phi[i]![1]!) === 1).map(moved));
      },
    },
  },
  cases: [{ x: ['3/4', 1], ratio: 1, y: ['3/10', '2/5'], w: 16, eta: 2 ** -22, eps: '1/4' }],
});

/** The network after a step, with the entry of A in row 1, column 2 changed. */
const changed = <N>(R: Arithmetic<N>, network: Network<N>, by: N | Real): Network<N> => ({
  ...network,
  A: plus(
    R,
    network.A,
    matrixOf(2, 2, (i, j) => R.of(i === 0 && j === 1 ? by : 0)),
  ),
});

/** The one-sided derivative of a function that is quadratic from 0 to t: (4f(t/2) − f(t) − 3f(0))/t. */
const oneSided = <N>(R: Arithmetic<N>, f: (t: N) => N, t: N): N =>
  R.div(R.sub(R.mul(4, f(R.div(t, 2))), R.add(f(t), R.mul(3, f(R.of(0))))), t);

/** The derivative of the loss by an entry of A that is 0. For all. */
export const gradientAtKink = forAll(kinked, {
  id: 'implicit-relu/kink-init',
  where: 'Section 5.1 and Section 7, with Lemma 3.2, (8)',
  recorded: 'refuted',
  corrected: ['implicit-relu/kink-init-positive'],
  says: String.raw`A(0)=\|W(0)\|I,\ b(0)=0,\ \text{(17)-(20)}\implies\text{at }\theta(1):\ \frac{\partial L}{\partial A_{12}}\text{ from the right and from the left is (8)}`,
  note: String.raw`$z_{i1}>0=\phi_{i2}$ for one sample: there the second unit has the preactivation 0, exactly. From the right $\hat y_i$ grows with
$A_{12}$ by $\gamma z_{i1}b_2/(1-\gamma c)$, from the left it stays; with $\sigma'(0)=0$, (8) is the left one. At $\theta(0)$ itself $b=0$, and (7) and (8) are 0 and right.
$L$ is quadratic in $A_{12}$ on both sides (H3), so that three values give each derivative exactly. All conditions of Theorem 4.4 are met, and
$W$ may be any of norm $c$ with a unit that is off for a sample.`,
  then: (R, _none, p) => {
    const after = gradientStep(R, startOf(R, p), p.eta);
    const at = (t: typeof p.eps): typeof p.eps => loss(R, changed(R, after, t));
    const formula = printedGradients(R, after).A[0]![1]!;
    const size = R.approximate(at(R.of(0)));
    return all(
      part('from the left', equals(R, oneSided(R, at, R.neg(p.eps)), formula, 0, size)),
      part('from the right', equals(R, oneSided(R, at, p.eps), formula, 0, size)),
    );
  },
});

const positive = exam({
  name: 'layers with positive weights',
  inside: positiveLayers,
  assuming: {
    H1: {
      says: String.raw`A_{ij}>0,\ \gamma>0,\ \gamma\|A\|<1`,
      holds: (R, { A, gamma }) => {
        const square = scale(R, R.power(gamma, 2), matMul(R, transpose(A), A));
        return all(
          ...[gamma, ...A.flat()].map((a) => lessThan(R, 0, a)),
          positiveDefinite(R, minus(R, identity(R, A.length), square)),
        );
      },
    },
    H2: {
      says: String.raw`(XW)_{ij}\ne0,\text{ some }(XW)_{ij}>0\text{ in every row}`,
      holds: (R, { X, W }) =>
        all(
          ...matMul(R, X, W).flat().map((x) => lessThan(R, 0, R.power(x, 2))), // prettier-ignore
          ...features(R, { X, W }).map((row) => lessThan(R, 0, R.add(...row))),
        ),
    },
  },
  cases: [{ N: 1, d: 1, m: 2, X: [[1]], W: [[1, -1]], A: [[1, 1], [1, 1]], gamma: '1/4', b: [1, 1], y: [0] }], // prettier-ignore
});

const allPositive = <N>(R: Reading<N>, U: Matrix<N>): Finding => all(...U.flat().map((u) => lessThan(R, 0, u)));

/** γZA + Φ > 0 where only some entries of A are kept. */
function noKinkWith<N>(R: Reading<N>, p: Network<N>, kept: (i: number, j: number) => boolean): Finding {
  const layer = { ...p, A: p.A.map((row, i) => row.map((a, j) => (kept(i, j) ? a : R.of(0)))) };
  return allPositive(R, preactivation(R, layer, equilibrium(R, layer)));
}

/** Where every entry of A is positive nothing is on a kink. For all. */
export const noKinks = forAll(positive, {
  id: 'implicit-relu/kink-init-positive',
  where: 'corrects Section 5.1',
  recorded: 'upheld',
  says: String.raw`A_{ij}>0,\ (XW)_{ij}\ne0,\ \Phi_{i\cdot}\ne0\implies(\gamma ZA+\Phi)_{ij}>0\text{, and (8) is }\frac{\partial L}{\partial A}=\gamma Z^\top(\hat y-y)\big[(I-\gamma A)^{-1}b\big]^\top`,
  note: String.raw`$A(0)=\frac{\|W(0)\|}m\mathbf1\mathbf1^\top$ has the norm that Section 5.1 asks for. The right side is the derivative of the closed form of
Lemma 5.1, which holds nearby as well.`,
  then: (R, _none, p) => {
    const Z = equilibrium(R, p);
    const U = preactivation(R, p, Z);
    const out = matVec(R, inverse(R, minus(R, identity(R, p.m), scale(R, p.gamma, p.A))), p.b);
    const derivative = scale(R, p.gamma, outer(R, matVec(R, transpose(Z), residual(R, p, Z)), out));
    return all(part('no kink', allPositive(R, U)), () =>
      part('(8)', equalMatrices(R, printedGradients(R, p).A, derivative)),
    );
  },
  mutants: {
    'A12 = 0': (R, _none, p) => noKinkWith(R, p, (i, j) => i !== 0 || j !== 1),
    'A diagonal': (R, _none, p) => noKinkWith(R, p, (i, j) => i === j),
  },
});
