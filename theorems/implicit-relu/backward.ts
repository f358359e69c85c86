/**
 * The matrix of the backward pass (Lemma 3.2, Appendix A.2): Q = I − γG, G = D(Aᵀ ⊗ I), with ‖A‖ ≤ M, γ0 = γM < 1 and a diagonal
 * D of slopes in [0, 1]: D = diag(vec S), S of N×m. At networks slopes are 0 or 1; all of them 1 are those of X = 1, W > 0,
 * A ≥ 0. Sample by sample, Q has the blocks I − γ diag(S_i)Aᵀ, up to an order of rows.
 */
import { atMost, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { diagonalOfVec, qOf } from '../../src/definitions/implicit-relu-matrices';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import {
  determinant,
  identity,
  inverse,
  kronecker,
  matMul,
  matrixOf,
  minus,
  scale,
  transpose,
  zeros,
  type Matrix,
} from '../../src/numerics/matrix';
import { contracting, type Contracting } from '../../oracles/contracting-layers';
import { operatorNorm } from '../../src/numerics/eigenvalues';
import { equalMatrices, operatorNormAtLeast, operatorNormAtMost, positiveSemidefinite } from '../../oracles/matrices';
import { eigenvaluesFrom } from '../../oracles/root-locations';
import { topVector } from '../../oracles/top-vector';
import { slopes, slopesOfTwo, squareAndShare } from '../../generators/implicit-layers';

interface Sloped<N> extends Contracting<N> {
  readonly N: number;
  readonly m: number;
  readonly S: Matrix<N>;
}

const assuming = {
  ...contracting,
  H3: {
    says: String.raw`S_{ij}\in[0,1]`,
    holds: <N>(R: Reading<N>, { S }: Sloped<N>) => all(...S.flat().flatMap((s) => [atMost(R, 0, s), atMost(R, s, 1)])),
  },
};

const cases = [
  { N: 1, m: 1, M: 1, A: [[1]], gamma: '1/2', S: [[1]] },
  { N: 1, m: 2, M: 1, A: [[0, -1], [1, 0]], gamma: '3/4', S: [[1, 1]] }, // prettier-ignore
  { N: 2, m: 2, M: 2, A: [[0, 2], [0, 0]], gamma: '7/16', S: [[1, 0], ['1/2', 1]] }, // prettier-ignore
] as const;

const anySlopes = exam({ name: 'the matrix Q of any slopes', inside: slopes, assuming, cases });

/** Q as printed; the samples are there for their number. */
const matrixQ = <N>(R: Arithmetic<N>, { N: samples, A, gamma, S }: Sloped<N>): Matrix<N> => {
  const X = zeros(R, samples, 1);
  return qOf(R, { X, W: zeros(R, 1, A.length), A, gamma }, diagonalOfVec(R, S));
};

/** The rows and columns i, N + i, 2N + i, … of Q, for each sample i. */
const blocksOf = <N>(Q: Matrix<N>, samples: number, m: number): readonly Matrix<N>[] =>
  Array.from({ length: samples }, (_, i) => matrixOf(m, m, (k, l) => Q[k * samples + i]![l * samples + i]!));

/** Q has nothing but its blocks, and their eigenvalues have real parts of c or more. */
const spectrumFrom = <N>(R: Reading<N>, p: Sloped<N>, c: N, strictly: boolean): Finding => {
  const Q = matrixQ(R, p);
  const between = Q.map((row, k) => row.map((x, l) => (k % p.N === l % p.N ? R.of(0) : x)));
  const blocks = blocksOf(Q, p.N, p.m).map((B) => eigenvaluesFrom(R, B, c, { strictly }));
  return all(...blocks, part('between samples', equalMatrices(R, between, zeros(R, Q.length))));
};

const room = <N>(R: Arithmetic<N>, { gamma, M }: Contracting<N>): N => R.sub(1, R.mul(gamma, M));

/** (6) as printed, strict. For all. */
export const equation6 = forAll(anySlopes, {
  id: 'implicit-relu/lem-3.2-eq6',
  where: 'Lemma 3.2 (6)',
  recorded: 'refuted',
  corrected: ['implicit-relu/lem-3.2-eq6-at-least'],
  says: String.raw`\lambda_{\min}\{I-\gamma D(A^\top\otimes I)\}>1-\gamma_0`,
  note: String.raw`$Q$ is not symmetric; $\lambda_{\min}$ is read as the least real part of an eigenvalue, which is the least eigenvalue where these are real.
$A=MI$ and $D=I$ give $Q=(1-\gamma_0)I$, and equality: $\|A\|\le M$ allows $\|A\|=M$.`,
  then: (R, _none, p) => spectrumFrom(R, p, room(R, p), true),
  python: [
    'assert N == m == 1 and abs(A[0][0]) <= M and gamma*M < 1 and 0 <= S[0][0] <= 1',
    'left, right = 1 - gamma*M, 1 - gamma*S[0][0]*A[0][0]  # Q is this number',
  ],
});

/** With ≥. For all; attained at A = MI, D = I. */
export const equation6AtLeast = forAll(anySlopes, {
  id: 'implicit-relu/lem-3.2-eq6-at-least',
  where: 'corrects Lemma 3.2 (6)',
  recorded: 'upheld',
  says: String.raw`\operatorname{Re}\lambda\ge1-\gamma_0>0\ \text{for every eigenvalue }\lambda\text{ of }I-\gamma D(A^\top\otimes I)`,
  note: 'By the criterion of Routh and Hurwitz, sample by sample.',
  tight: true,
  then: (R, _none, p) => spectrumFrom(R, p, room(R, p), false),
  mutants: {
    '1 − γ0/2 for 1 − γ0': (R, _none, p) => spectrumFrom(R, p, R.sub(1, R.div(R.mul(p.gamma, p.M), 2)), false),
  },
});

/** Lemma 3.2, and what its proof uses of Q. For all; attained at A = MI, D = I. */
export const invertible = forAll(anySlopes, {
  id: 'implicit-relu/lem-3.2-Q-invertible',
  where: 'Lemma 3.2, Appendix A.4',
  recorded: 'upheld',
  says: String.raw`Q=I-\gamma D(A^\top\otimes I)\text{ is invertible},\quad\|Q^{-1}\|\le\frac1{1-\gamma_0}`,
  note: String.raw`$\|Qv\|\ge\|v\|-\gamma\|D\|\|A\|\|v\|$. For slopes between 0 and 1 as well, so that no convention for $\sigma'(0)$ matters here.`,
  tight: true,
  then: (R, _none, p) => {
    const Q = matrixQ(R, p);
    return all(
      part('det Q', lessThan(R, 0, determinant(R, Q))),
      part('norm', operatorNormAtMost(R, inverse(R, Q), R.div(1, room(R, p)))),
    );
  },
  mutants: {
    '1/(1 − γ0²) for 1/(1 − γ0)': (R, _none, p) =>
      operatorNormAtMost(R, inverse(R, matrixQ(R, p)), R.div(1, R.sub(1, R.power(R.mul(p.gamma, p.M), 2)))),
  },
});

const twoUnits = exam({ name: 'the matrix Q of up to two units', inside: slopesOfTwo, assuming, cases });

/** D(Aᵀ ⊗ I). */
const matrixG = <N>(R: Arithmetic<N>, { N: samples, A, S }: Sloped<N>): Matrix<N> =>
  matMul(R, diagonalOfVec(R, S), kronecker(R, transpose(A), identity(R, samples)));

/** The chain (29), its last link but one strict or not. */
const chain = <N>(R: Reading<N>, p: Sloped<N>, relation: typeof atMost): Finding => {
  const [G, norm] = [matrixG(R, p), operatorNorm(R, p.A)];
  const scaled = operatorNorm(R, scale(R, p.gamma, G));
  return all(
    part('1 − γ0', relation(R, room(R, p), R.sub(1, R.mul(p.gamma, norm)))),
    part('‖Q‖', atMost(R, 1, R.add(operatorNorm(R, matrixQ(R, p)), scaled))),
    part('‖D(Aᵀ ⊗ I)‖', operatorNormAtMost(R, G, norm)),
    part('0', lessThan(R, 0, room(R, p))),
  );
};

/** (29) as printed. For all. */
export const equation29 = forAll(twoUnits, {
  id: 'implicit-relu/eq29',
  where: 'Appendix A.2 (29)',
  recorded: 'refuted',
  corrected: ['implicit-relu/eq29-at-least'],
  says: String.raw`\|I-\gamma D(A^\top\otimes I)\|\ge1-\gamma\|D(A^\top\otimes I)\|\ge1-\gamma\|A\|>1-\gamma_0>0`,
  note: String.raw`$\|A\|\le M$ gives $\gamma\|A\|\le\gamma_0$ and no more: with $\|A\|=M$ the strict link is an equality.`,
  then: (R, _none, p) => chain(R, p, lessThan),
  python: [
    'assert N == m == 1 and abs(A[0][0]) <= M and gamma*M < 1',
    'left, right = 1 - gamma*M, 1 - gamma*abs(A[0][0])',
  ],
});

/** With ≥. For all; attained. */
export const equation29AtLeast = forAll(twoUnits, {
  id: 'implicit-relu/eq29-at-least',
  where: 'corrects Appendix A.2 (29)',
  recorded: 'upheld',
  says: String.raw`\|I-\gamma D(A^\top\otimes I)\|\ge1-\gamma\|D(A^\top\otimes I)\|\ge1-\gamma\|A\|\ge1-\gamma_0>0`,
  note: 'Up to two units and samples, where norms are roots of quadratic equations.',
  then: (R, _none, p) => chain(R, p, atMost),
  mutants: {
    '‖D(Aᵀ ⊗ I)‖ ≤ ‖A‖/2': (R, _none, p) => operatorNormAtMost(R, matrixG(R, p), R.div(operatorNorm(R, p.A), 2)),
  },
});

const anyMatrix = exam({
  name: 'a square matrix and a positive number below its norm',
  inside: squareAndShare,
  assuming: {
    H1: { says: 'c>0', holds: (R, { c }) => lessThan(R, 0, c) },
    H2: { says: String.raw`\|Q\|\ge c`, holds: (R, { Q, c }) => operatorNormAtLeast(R, Q, c, topVector(R, Q)) },
  },
  cases: [{ n: 2, Q: [[1, 0], [0, 0]], c: '1/2' }], // prettier-ignore
});

/** What is inferred from (29), as printed. For all. */
export const inference = forAll(anyMatrix, {
  id: 'implicit-relu/eq29-invertible',
  where: 'Appendix A.2, after (29)',
  recorded: 'refuted',
  corrected: ['implicit-relu/eq29-least-singular-value'],
  says: String.raw`\|Q\|\ge c>0\implies Q\text{ is invertible}`,
  note: String.raw`(29) bounds the operator norm of $Q$, its largest singular value, from below, and "hence" $Q$ is said to be invertible: it is, but not
for that reason. $\operatorname{diag}(1,0)$ has norm 1. The smallest singular value is what has to be bounded.`,
  then: (R, _none, { Q }) => lessThan(R, 0, R.power(determinant(R, Q), 2)),
  python: [
    'def det(A): return A[0][0] if len(A) == 1 else sum((-1)**j*A[0][j]*det([row[:j] + row[j + 1:] for row in A[1:]]) for j in range(len(A)))',
    'assert any(sum(row[j]**2 for row in Q) >= c**2 for j in range(n))  # a column as long as c: the norm of Q is no less',
    'left, right = F(0), det(Q)**2',
  ],
});

/** The reverse triangle inequality where it helps. For all; attained at A = MI, D = I. */
export const leastSingularValue = forAll(anySlopes, {
  id: 'implicit-relu/eq29-least-singular-value',
  where: 'corrects Appendix A.2, after (29)',
  recorded: 'upheld',
  says: String.raw`\sigma_{\min}(I-\gamma D(A^\top\otimes I))\ge1-\gamma_0>0,\ \text{so that it is invertible}`,
  note: String.raw`$Q^\top Q-(1-\gamma_0)^2I$ is positive semidefinite.`,
  then: (R, _none, p) => fromBelow(R, matrixQ(R, p), room(R, p)),
  mutants: { 'for (1 − γ0/2)': (R, _none, p) => fromBelow(R, matrixQ(R, p), R.sub(1, R.div(R.mul(p.gamma, p.M), 2))) },
});

/** QᵀQ − c²I is positive semidefinite. */
function fromBelow<N>(R: Reading<N>, Q: Matrix<N>, c: N): Finding {
  const gram = matMul(R, transpose(Q), Q);
  return positiveSemidefinite(R, minus(R, gram, scale(R, R.power(c, 2), identity(R, Q.length))));
}
