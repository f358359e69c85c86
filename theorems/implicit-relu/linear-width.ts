/**
 * Section 5.1: starts that meet the conditions of Theorem 4.4 with a width that is linear in the number of samples, and what the
 * conditions imply of each other. C1 = C2 = C3 = 1, b(0) = 0, A(0) ≥ 0 with ‖A(0)‖ = ‖W(0)‖, γ0 = γ(‖A(0)‖ + 1) = 1/2; α1 = σ_min(Φ(0)).
 * Here A(0) = ‖W(0)‖B with B a permutation of units or all entries 1/m, its columns but the first times shares of 1: of norm 1.
 */
import { atMost, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { equilibrium, features } from '../../src/definitions/implicit-relu';
import {
  conditionsAt,
  constantsOf,
  exampleRadii,
  type Beginning,
} from '../../src/definitions/implicit-relu-conditions';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { matrixOf, scale, shapeOf, type Matrix } from '../../src/numerics/matrix';
import { extremeSingularValues, frobenius, operatorNorm } from '../../src/numerics/eigenvalues';
import { meets } from '../../oracles/network-training';
import { identityData, largelyScaledStarts, scaledStarts, triangularFeatures } from '../../generators/implicit-relu-nonnegative'; // prettier-ignore

/** Data, weights before scaling, the kind of A and targets. */
interface Start<N> {
  readonly X: Matrix<N>;
  readonly W: Matrix<N>;
  readonly kind: string;
  readonly shares: readonly N[];
  readonly y: readonly N[];
}

const length = <N>(R: Arithmetic<N>, x: readonly N[]): N => frobenius(R, [x]);

/** B ≥ 0 of norm 1: one entry of its first column is 1 and the columns are orthogonal, or it is the mean over units. */
const unitWeights = <N>(R: Arithmetic<N>, { kind, shares }: Start<N>): Matrix<N> => {
  const m = shares.length;
  const target = (j: number): number => (kind === 'reversal' ? m - 1 - j : kind === 'cycle' ? (j + 1) % m : j);
  if (kind === 'mean') return matrixOf(m, m, () => R.div(1, m));
  return matrixOf(m, m, (i, j) => (i !== target(j) ? R.of(0) : j === 0 ? R.of(1) : shares[j]!));
};

/** At βθ(0) with A = ‖βW‖B; for b = 0, ‖ŷ(0) − y‖ is ‖y‖. */
const beginningAt = <N>(R: Arithmetic<N>, p: Start<N>, beta: N): Beginning<N> => {
  const radii = exampleRadii(R, R.mul(R.abs(beta), operatorNorm(R, p.W)));
  const A = scale(R, radii.A, unitWeights(R, p));
  const Z = equilibrium(R, { X: p.X, W: scale(R, beta, p.W), A, gamma: radii.gamma });
  return {
    constants: constantsOf(R, radii),
    ...{ alpha: extremeSingularValues(R, Z).least, X: frobenius(R, p.X), r: length(R, p.y) },
  };
};

/** (17), (18) and (19), or with so many times their right sides. */
const conditions = <N>(R: Reading<N>, at: Beginning<N>, times?: number): Finding =>
  meets(R, conditionsAt(R, at, '(17)', '(18)', '(19)'), times);

/** (24), (25) and (26), which are (21), (22) and (23) at βW. */
const scaledConditions = <N>(R: Reading<N>, p: Start<N>, beta: N): Finding => {
  const [X, y] = [frobenius(R, p.X), length(R, p.y)];
  const least = extremeSingularValues(R, features(R, p)).least;
  const reached = R.mul('2/3', beta, least);
  const lambda1 = R.add(R.mul(beta, operatorNorm(R, p.W)), 1);
  return all(
    part('(24)', atMost(R, R.mul(16, lambda1, X, y), R.power(reached, 2))),
    part('(25)', atMost(R, R.mul(128, R.power(X, 2), y), R.power(reached, 3))),
    part('(26)', atMost(R, R.mul(128, R.power(X, 2)), R.power(reached, 2))),
  );
};

const wide = {
  says: String.raw`m\ge N,\ \text{shares of columns in }[0,1]`,
  holds: <N>(R: Reading<N>, { X, W, shares }: Start<N>): Finding =>
    all(atMost(R, X.length, shapeOf(W)[1]), ...shares.flatMap((s) => [atMost(R, 0, s), atMost(R, s, 1)])),
};

const unitCase = { d: 1, N: 1, m: 1, X: [[1]], W: [[1]], kind: 'identity', shares: [1], y: [1] } as const;
const exchange = { d: 2, N: 2, m: 2, X: [[1, 0], [0, 1]], W: [[1, 0], [0, 1]], kind: 'reversal', shares: [1, 1], y: [1, 0] } as const; // prettier-ignore

const reduced = exam({
  name: 'scaled starts that meet (21) to (23)',
  inside: scaledStarts,
  assuming: {
    H1: wide,
    H2: { says: String.raw`\beta>0,\ \text{(21), (22), (23) at }\beta W`, holds: (R, p) => all(lessThan(R, 0, p.beta), scaledConditions(R, p, p.beta)) }, // prettier-ignore
  },
  cases: [
    { ...unitCase, beta: 40 },
    { ...exchange, beta: 60 },
  ],
});

/** The conditions that (21) to (23) replace. For all. */
export const reducedConditions = forAll(reduced, {
  id: 'implicit-relu/eq21-23',
  where: 'Section 5.1, (21)-(23)',
  recorded: 'upheld',
  says: String.raw`C_i=1,\ b=0,\ A\ge0,\ \|A\|=\|W\|,\ \gamma_0=\tfrac12,\ \text{(21)-(23)}\implies\text{(17)-(19)}`,
  note: String.raw`"Become" is read as an implication: they replace $\alpha_0$ by its bound $\frac23\alpha_1$. $\lambda_0=\lambda_1$, since $\lambda_1=\lambda_2\ge1=\lambda_3$,
and the bracket is 2. With $A=\|W\|I$, which the section names, $\alpha_0$ is near $2\alpha_1$ and (17) would ask for a ninth.`,
  then: (R, _none, p) => conditions(R, beginningAt(R, p, p.beta)),
  mutants: { 'twice the right sides': (R, _none, p) => conditions(R, beginningAt(R, p, p.beta), 2) },
});

/** 1 + 17‖X‖_F/α1 + 36(‖W‖ + 1)‖X‖_F‖y‖/α1². */
const enough = <N>(R: Arithmetic<N>, p: Pick<Start<N>, 'X' | 'W' | 'y'>): N => {
  const [X, y, W] = [frobenius(R, p.X), length(R, p.y), operatorNorm(R, p.W)];
  const least = extremeSingularValues(R, features(R, p)).least;
  return R.add(1, R.div(R.mul(17, X), least), R.div(R.mul(36, R.add(W, 1), X, y), R.power(least, 2)));
};

const scaled = exam({
  name: 'starts scaled by a large number',
  inside: largelyScaledStarts,
  assuming: {
    H1: wide,
    H2: {
      says: String.raw`\alpha_1>0,\ \beta\ge1+\frac{17\|X\|_F}{\alpha_1}+\frac{36(\|W\|+1)\|X\|_F\|y\|}{\alpha_1^2}`,
      holds: (R, p) =>
        all(lessThan(R, 0, extremeSingularValues(R, features(R, p)).least), atMost(R, enough(R, p), p.beta)),
    },
  },
  cases: [
    { ...unitCase, beta: 100 },
    { ...exchange, beta: 200 },
  ],
});

/** Scaling the start. For all, with the least scale named. */
export const scaledStart = forAll(scaled, {
  id: 'implicit-relu/eq24-26',
  where: 'Section 5.1, (24)-(26)',
  recorded: 'upheld',
  says: String.raw`\alpha_1>0,\ \beta\ge\beta_0\implies\text{(24)-(26), and (17)-(19) at }\beta\theta(0),\quad\beta_0=1+\frac{17\|X\|_F}{\alpha_1}+\frac{36(\|W\|+1)\|X\|_F\|y\|}{\alpha_1^2}`,
  note: String.raw`"For large enough $\beta$" with one $\beta_0$ that does. $A$ is scaled with the rest, so $\gamma=\frac1{2(\beta\|A(0)\|+1)}$ has to
shrink for $\gamma_0$ to stay $\frac12$; a fixed $\gamma$ will not do (sec7-beta).`,
  then: (R, _none, p) => all(scaledConditions(R, p, p.beta), conditions(R, beginningAt(R, p, p.beta))),
  mutants: {
    'at the square root of β': (R, _none, p) => scaledConditions(R, p, R.sqrt(p.beta)),
    'with twice the targets, at the least β': (R, _none, p) =>
      scaledConditions(R, { ...p, y: p.y.map((x) => R.mul(2, x)) }, enough(R, p)),
    '(17)-(19) at half the least β': (R, _none, p) => conditions(R, beginningAt(R, p, R.div(enough(R, p), 2))),
  },
});

const triangular = exam({
  name: 'as many units as samples, features triangular',
  inside: triangularFeatures,
  assuming: {
    H1: {
      says: String.raw`a_i,c_i>0,\ \text{gaps}>0`,
      holds: (R, { a, c, gaps }) => all(...[...a, ...c, ...gaps].map((x) => lessThan(R, 0, x))),
    },
  },
  cases: [{ N: 1, a: [1], c: [1], gaps: [1], first: 0, y: [1] }],
});

interface Triangular<N> {
  readonly a: readonly N[];
  readonly c: readonly N[];
  readonly gaps: readonly N[];
  readonly first: N;
  readonly y: readonly N[];
}

/** Rows a_i(1, s_i), columns c_j(−t_j, 1), with s_{j−1} < t_j < s_j. */
const triangularStart = <N>(R: Arithmetic<N>, { a, c, gaps, first, y }: Triangular<N>) => {
  const slopes = gaps.map((_, i) => R.add(first, ...gaps.slice(0, i + 1)));
  const between = slopes.map((s, j) => R.sub(s, R.div(gaps[j]!, 2)));
  const W = [c.map((x, j) => R.neg(R.mul(x, between[j]!))), c];
  return { X: slopes.map((s, i) => [a[i]!, R.mul(a[i]!, s)]), W, y };
};

/** At βθ(0) with A = ‖W‖I, where Z = Φ/(1 − γ‖A‖). */
const diagonalBeginning = <N>(R: Arithmetic<N>, p: Pick<Start<N>, 'X' | 'W' | 'y'>, beta: N): Beginning<N> => {
  const radii = exampleRadii(R, R.mul(beta, operatorNorm(R, p.W)));
  const least = R.mul(beta, extremeSingularValues(R, features(R, p)).least);
  const alpha = R.div(least, R.sub(1, R.mul(radii.gamma, radii.A)));
  return { constants: constantsOf(R, radii), alpha, X: frobenius(R, p.X), r: length(R, p.y) };
};

/** The title of Section 5.1. For all, with m = N. */
export const linearWidthSuffices = forAll(triangular, {
  id: 'implicit-relu/linear-width-suffices',
  where: 'Section 5.1',
  recorded: 'upheld',
  says: String.raw`m=N,\ \sigma_{\min}(\Phi(0))>0\implies\exists\,\beta:\ \text{(17)-(19) at }\beta\theta(0),\ A(0)=\|W(0)\|I,\ b(0)=0`,
  note: String.raw`With $\beta=\beta_0$ of eq24-26, $N$ up to 6, for samples of two inputs for which $\Phi$ is triangular; up to 3 samples of every
kind in eq24-26. What is asked of the data is some $W$ with $\sigma_{\min}(\Phi)>0$: there is one unless a row of $X$ is 0 or a positive multiple of another.`,
  then: (R, _none, p) => {
    const start = triangularStart(R, p);
    return conditions(R, diagonalBeginning(R, start, enough(R, start)));
  },
  mutants: {
    'β = 1': (R, _none, p) => conditions(R, diagonalBeginning(R, triangularStart(R, p), R.of(1))),
  },
});

const identities = exam({
  name: 'orthonormal samples and as many units',
  inside: identityData,
  assuming: { H1: { says: String.raw`\|y\|\ge0`, holds: (R, { Y }) => atMost(R, 0, Y) } },
  cases: [
    { N: 1, Y: 1 },
    { N: 1000, Y: 23 },
  ],
});

/** X = W = A = I, of N rows, scaled by β: W = A = βI. Norms in closed form. */
const identityBeginning = <N>(R: Arithmetic<N>, N: number, Y: N, beta: N): Beginning<N> => {
  const radii = exampleRadii(R, beta);
  const alpha = R.div(beta, R.sub(1, R.mul(radii.gamma, beta)));
  return { constants: constantsOf(R, radii), alpha, X: R.sqrt(N), r: Y };
};

/** The conditions are compatible with m = N, for every N. For all. */
export const linearWidth = forAll(identities, {
  id: 'implicit-relu/width-remark',
  where: 'Sections 4.1 and 4.2, after Theorems 4.2 and 4.4',
  recorded: 'upheld',
  says: String.raw`\forall N,\,y\ \exists\,X,W,A,b,\gamma:\quad m=N,\ \text{(14), (15), (17), (18), (19)}`,
  note: String.raw`$X=I_N$, $W=A=\beta I_N$, $b=0$, $\gamma=\frac1{2(\beta+1)}$, $\beta=1+17\sqrt N+72\sqrt N\|y\|$: all norms in closed form, to any $N$.
Fewer units than samples will not do: width-remark-no-less.`,
  then: (R, _none, { N, Y }) => {
    const beta = R.add(1, R.mul(17, R.sqrt(N)), R.mul(72, R.sqrt(N), Y));
    const at = identityBeginning(R, N, Y, beta);
    return all(meets(R, conditionsAt(R, at, '(14)', '(15)')), conditions(R, at));
  },
  mutants: {
    'β = 2N^{1/4}': (R, _none, { N, Y }) => conditions(R, identityBeginning(R, N, Y, R.mul(2, R.sqrt(R.sqrt(N))))),
    '(14) and (15) without the targets in β': (R, _none, { N, Y }) => {
      const at = identityBeginning(R, N, Y, R.add(1, R.mul(17, R.sqrt(N))));
      return meets(R, conditionsAt(R, at, '(14)', '(15)'));
    },
  },
});
