/**
 * What the error of feedback alignment is (Section 4, Lemma 17, (66)–(68)), and what the columns of A = YCᵀ are: u_i and v_i
 * are the singular vectors of Y, the columns of U and V, and P_A projects onto the span of the columns of A. Everything
 * here holds for every A; that ZW = AB at a stationary point is Lemma 1.
 */
import { atMost, equals } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import {
  diagonal,
  frobeniusSquared,
  identity,
  matMul,
  matrixOf,
  minus,
  solve,
  transpose,
  type Matrix,
} from '../../src/numerics/matrix';
import { projectionOnto } from '../../src/numerics/projection';
import { equalMatrices, fullRank } from '../../oracles/matrices';
import {
  basisAndColumns,
  feedbackAndVectors,
  matrixAndSpan,
  squareFeedback,
  stationaryPoints,
} from '../../generators/best-approximation';

const orthonormal = <N>(R: Reading<N>, Q: Matrix<N>): Finding =>
  equalMatrices(R, matMul(R, transpose(Q), Q), identity(R, Q.length));

const singularVectors = {
  says: String.raw`U^\top U=I,\ V^\top V=I`,
  holds: <N>(R: Reading<N>, { U, V }: { readonly U: Matrix<N>; readonly V: Matrix<N> }) =>
    all(orthonormal(R, U), orthonormal(R, V)),
};

/** Σ σ_i u_i v_iᵀ. */
const withVectors = <N>(R: Arithmetic<N>, U: Matrix<N>, V: Matrix<N>, sigma: readonly N[]): Matrix<N> =>
  matMul(R, U, diagonal(R, sigma, U.length, V.length), transpose(V));

/** ‖P u_i‖² for each column u_i of U. */
const shares = <N>(R: Arithmetic<N>, P: Matrix<N>, U: Matrix<N>): readonly N[] =>
  transpose(matMul(R, P, U)).map((column) => frobeniusSquared(R, [column]));

const anyMatrix = exam({
  name: 'a matrix by its singular vectors and a span of columns',
  inside: matrixAndSpan,
  assuming: {
    H1: singularVectors,
    H2: {
      says: String.raw`A=FG,\ F,G\text{ of full rank}`,
      holds: (R, { F, G }) => all(fullRank(R, F), fullRank(R, G)),
    },
  },
  cases: [
    { n: 1, m: 1, k: 1, r: 1, U: [[1]], V: [[1]], sigma: [2], F: [[1]], G: [[1]] },
    { n: 2, m: 1, k: 1, r: 2, U: [['3/5', '-4/5'], ['4/5', '3/5']], V: [[-1]], sigma: [1, 3], F: [[1], [1]], G: [[1, 2]] }, // prettier-ignore
  ],
});

/** Lemma 17. For all, an identity. */
export const lemma17 = forAll(anyMatrix, {
  id: 'fa-matrix-factorization/lemma-17',
  where: 'Lemma 17',
  recorded: 'upheld',
  says: String.raw`B=\arg\min_B\|Y-AB\|_F^2 \implies \|Y-AB\|_F^2=\sum_{i=1}^n\sigma_i^2(1-\|P_Au_i\|^2)`,
  note: String.raw`For any $A$, of full rank or not; $\sigma_i=0$ for $i>m$. That $B$ is a minimiser is checked by $A^\top(Y-AB)=0$. (In the proof $V_A$ is
said to be $\mathrm{rank}(A)\times r$; it is its transpose that is.)`,
  then: (R, _none, { U, V, sigma, F, G }) => {
    const Y = withVectors(R, U, V, sigma);
    const [Ft, Gt] = [transpose(F), transpose(G)];
    const A = matMul(R, F, G);
    const B = matMul(R, Gt, solve(R, matMul(R, G, Gt), solve(R, matMul(R, Ft, F), matMul(R, Ft, Y))));
    const left = minus(R, Y, matMul(R, A, B));
    const inSpan = shares(R, projectionOnto(R, F), U);
    const terms = sigma.slice(0, V.length).map((s, i) => R.mul(R.power(s, 2), R.sub(1, inSpan[i]!)));
    const gradient = matMul(R, transpose(A), left);
    return all(
      part('B is a minimiser', equals(R, frobeniusSquared(R, gradient), 0)),
      part('error', equals(R, frobeniusSquared(R, left), R.add(...terms))),
    );
  },
});

/** σ_i² of Theorem 3. */
const spectrum = <N>(R: Arithmetic<N>, r: number, n: number): readonly N[] =>
  Array.from({ length: n }, (_, i) => R.div(1, 2 * (i < r ? r : n - r)));

const fewerThanRows = {
  says: 'r < n',
  holds: <N>(R: Reading<N>, { r, n }: { readonly r: number; readonly n: number }) => atMost(R, r + 1, n),
};

const stationary = exam({
  name: 'the spectrum of Theorem 3 and a stationary point',
  inside: stationaryPoints,
  assuming: {
    H1: singularVectors,
    H2: fewerThanRows,
    H3: { says: String.raw`n\le m`, holds: (R, { n, m }) => atMost(R, n, m) },
    H4: {
      says: String.raw`YC^\top,\ M\text{ of full rank}`,
      holds: (R, { r, n, U, V, C, M }) => {
        // Positive factors do not change the rank: σ_i² stands for σ_i, which has no fraction.
        const A = matMul(R, withVectors(R, U, V, spectrum(R, r, n)), transpose(C));
        return all(fullRank(R, A), fullRank(R, M));
      },
    },
  },
  cases: [
    { r: 1, n: 2, m: 2, U: [[1, 0], [0, 1]], V: [[1, 0], [0, 1]], C: [[1, 1]], M: [[-1]] }, // prettier-ignore
  ],
});

/** (66): the error at a stationary point. For all, an identity. */
export const equation66 = forAll(stationary, {
  id: 'fa-matrix-factorization/eq-66',
  where: '(66)',
  recorded: 'upheld',
  says: String.raw`\sigma\text{ as in Theorem 3},\ Z=YC^\top M,\ W=(Z^\top Z)^{-1}Z^\top Y \implies
(Y-ZW)C^\top=0,\ \|ZW-Y\|_F^2=1-\sum_i\sigma_i^2\|P_Au_i\|^2`,
  note: String.raw`These $Z$, with $M$ invertible, are the stationary points for almost every $C$ (proof of Lemma 1, case 2): those for which
$A=YC^\top$ has full column rank.`,
  then: (R, _none, { r, n, U, V, C, M }) => {
    const squares = spectrum(R, r, n);
    const Y = withVectors(R, U, V, squares.map((x) => R.sqrt(x))); // prettier-ignore
    const A = matMul(R, Y, transpose(C));
    const Z = matMul(R, A, M);
    const Zt = transpose(Z);
    const W = solve(R, matMul(R, Zt, Z), matMul(R, Zt, Y));
    const left = minus(R, matMul(R, Z, W), Y);
    const inSpan = shares(R, projectionOnto(R, A), U);
    const gained = R.add(...squares.map((s, i) => R.mul(s, inSpan[i]!)));
    return all(
      part('stationary', equals(R, frobeniusSquared(R, matMul(R, left, transpose(C))), 0, 0, 1)),
      part('error', equals(R, frobeniusSquared(R, left), R.sub(1, gained))),
    );
  },
});

const columns = exam({
  name: 'an orthonormal basis and r columns',
  inside: basisAndColumns,
  assuming: {
    H1: { says: String.raw`U^\top U=I`, holds: (R, { U }) => orthonormal(R, U) },
    H2: fewerThanRows,
    H3: { says: String.raw`A\text{ of full rank}`, holds: (R, { A }) => fullRank(R, A) },
  },
  cases: [
    { r: 1, n: 2, U: [[1, 0], [0, 1]], A: [[0], [1]] }, // prettier-ignore
    { r: 2, n: 4, U: [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]], A: [[0, 0], [0, 0], [1, 0], [1, 1]] }, // prettier-ignore
  ],
});

/** (67)–(68). For all; attained where the columns are orthogonal to u_1, …, u_r. */
export const equation68 = forAll(columns, {
  id: 'fa-matrix-factorization/thm-3-eq-68',
  where: '(67), (68)',
  recorded: 'upheld',
  says: String.raw`\sum_{i=1}^n\sigma_i^2\|P_Au_i\|^2 \le \frac1{2r}\sum_{i=1}^r\|P_Au_i\|^2+\frac r{2(n-r)}`,
  note: String.raw`Since $P_A=\hat A\hat A^\top$ with orthonormal columns, $\|\hat A^\top u_i\|=\|P_Au_i\|$, and $\sum_{i\le n}\|P_Au_i\|^2=r$. Equality where the
columns of $A$ lie in the span of $u_{r+1},\dots,u_n$, which needs $n\ge2r$.`,
  tight: true,
  then: (R, _none, { r, n, U, A }) => atMost(R, ...sides68(R, { r, n, U, A }, 1)),
  mutants: { 'r/(4(n − r)) for r/(2(n − r))': (R, _none, p) => atMost(R, ...sides68(R, p, '1/2')) },
});

interface Columns<N> {
  readonly r: number;
  readonly n: number;
  readonly U: Matrix<N>;
  readonly A: Matrix<N>;
}

const sides68 = <N>(R: Arithmetic<N>, { r, n, U, A }: Columns<N>, factor: 1 | '1/2'): readonly [N, N] => {
  const inSpan = shares(R, projectionOnto(R, A), U);
  const squares = spectrum(R, r, n);
  const top = R.div(R.add(...inSpan.slice(0, r)), 2 * r);
  const rest = R.mul(factor, R.div(r, 2 * (n - r)));
  return [R.add(...inSpan.map((share, i) => R.mul(squares[i]!, share))), R.add(top, rest)];
};

const withFeedback = exam({
  name: 'feedback and singular vectors',
  inside: feedbackAndVectors,
  assuming: { H1: singularVectors, H2: { says: String.raw`n\le m`, holds: (R, { n, m }) => atMost(R, n, m) } },
  cases: [
    { n: 2, m: 2, r: 2, U: [[1, 0], [0, 1]], V: [[1, 0], [0, 1]], sigma: [1, 1], C: [[0, 1], [0, 0]] }, // prettier-ignore
    { n: 1, m: 1, r: 1, U: [[1]], V: [[1]], sigma: [1], C: [[2]] },
  ],
});

const withSquareFeedback = exam({
  name: 'square feedback and singular vectors',
  inside: squareFeedback,
  assuming: withFeedback.assuming,
  cases: [{ n: 2, m: 2, U: [[1, 0], [0, 1]], V: [[1, 0], [0, 1]], sigma: [1, 1], C: [[0, 1], [0, 0]] }], // prettier-ignore
});

/** A as printed in the proofs. For all. */
export const feedbackPrinted = forAll(withSquareFeedback, {
  id: 'fa-matrix-factorization/lemma-1-proof',
  where: 'proof of Lemma 1 (cases 1 and 2) and proof of Theorem 3, before (67)',
  recorded: 'refuted',
  corrected: ['fa-matrix-factorization/A-columns'],
  says: String.raw`C\in\mathbb R^{n\times r},\quad YC^\top=\sum_i\sigma_iu_iv_i^\top C`,
  note: String.raw`$C$ is $r\times m$, as $(Y-\hat Y)C^\top$ needs, and not $n\times r$; the sum ends in $C^\top$, and $\langle v_i,C^{(j)}\rangle$ is the product with the
$j$-th row of $C$, though $M^{(i)}$ is a column elsewhere. Checked for $m=r$, where both products exist; else $v_i^\top C$ does not.`,
  then: (R, _none, { U, V, sigma, C }) => {
    const Y = withVectors(R, U, V, sigma);
    return equalMatrices(R, matMul(R, Y, transpose(C)), matMul(R, Y, C));
  },
  python: [
    'mul = lambda A, B: [[sum(a*b for a, b in zip(row, col)) for col in zip(*B)] for row in A]',
    'turn = lambda A: [list(c) for c in zip(*A)]',
    'unit = lambda k: [[F(int(i == j)) for j in range(k)] for i in range(k)]',
    'assert n <= m and mul(turn(U), U) == unit(n) and mul(turn(V), V) == unit(m)  # H1, H2',
    'Y = mul(mul(U, [[sigma[i] if i == j else F(0) for j in range(m)] for i in range(n)]), turn(V))',
    'i, j = [int(word[0]) for word in part.split("[")[1:]]',
    'left, right = mul(Y, turn(C))[i][j], mul(Y, C)[i][j]',
  ],
});

/** R = VᵀCᵀ, as a function of C. */
const coefficients = <N>(R: Arithmetic<N>, V: Matrix<N>, C: Matrix<N>, n: number): Matrix<N> =>
  matMul(R, transpose(V).slice(0, n), transpose(C));

/** The columns of A in the singular vectors of Y. For all, identities. */
export const columnsOfA = forAll(withFeedback, {
  id: 'fa-matrix-factorization/A-columns',
  where: 'Section 4, after Lemma 1, and proof of Theorem 3',
  recorded: 'upheld',
  says: String.raw`A^{(j)}=\sum_i\sigma_iu_iR_{ij},\quad R_{ij}=\langle v_i,\text{row } j\text{ of } C\rangle\ \text{i.i.d. } N(0,1)`,
  note: String.raw`$R=V^\top C^\top$ is linear in $C$: where the entries of $C$ are independent standard normal numbers, $R$ is Gaussian with mean 0 and the
covariance of $\partial R/\partial C$, and it is the identity that is checked. Needs $m\ge n$, or else there are no $n$ vectors $v_i$.`,
  then: (R, _none, { n, m, r, U, V, sigma, C }) => {
    const A = matMul(R, withVectors(R, U, V, sigma), transpose(C));
    const scaled = matMul(R, U, diagonal(R, sigma), coefficients(R, V, C, n));
    const units = Array.from({ length: r * m }, (_, k) => matrixOf(r, m, (i, j) => R.of(i * m + j === k ? 1 : 0)));
    const jacobian = transpose(units.map((E) => coefficients(R, V, E, n).flat()));
    const covariance = matMul(R, jacobian, transpose(jacobian));
    return all(
      part('columns', equalMatrices(R, A, scaled)),
      part('covariance', equalMatrices(R, covariance, identity(R, n * r))),
    );
  },
});
