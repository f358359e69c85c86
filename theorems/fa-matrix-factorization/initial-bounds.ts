/**
 * Bounds at the start of FA* (proofs of Lemmas 10, 11 and 12): (53), (62), (63), and the step from the loss
 * ℓ = ‖RS^{−1/2}‖_F² to ‖R‖_F², with S = ZᵀZ and R = (Y − ZW)Cᵀ. Singular values are parameters: Z = diag(z), C = P diag(c),
 * Y = U diag(y) Vᵀ with orthogonal P, U, V. That is no loss: turning the n, the r and the m axes takes any three matrices
 * there, and leaves every norm below as it is.
 */
import { atMost, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { starPoint, weightedAlignment, weightedLoss, type StarPoint } from '../../src/definitions/factor-alignment';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { diagonal, frobeniusSquared, identity, matMul, transpose, type Matrix } from '../../src/numerics/matrix';
import { equalMatrices, operatorNormAtMost } from '../../oracles/matrices';
import { bySingularValues, moreRows } from '../../generators/factorizations';

interface Spectra<N> {
  readonly r: number;
  readonly n: number;
  readonly m: number;
  readonly z: readonly N[];
  readonly c: readonly N[];
  readonly w: readonly N[];
  readonly y: readonly N[];
  readonly P: Matrix<N>;
  readonly Q: Matrix<N>;
  readonly U: Matrix<N>;
  readonly V: Matrix<N>;
}

/** Z, C, Y and another W, each with its singular values. */
const matricesOf = <N>(R: Arithmetic<N>, { r, n, m, z, c, w, y, P, Q, U, V }: Spectra<N>) => ({
  Z: diagonal(R, z, n, r),
  C: matMul(R, P, diagonal(R, c, r, m)),
  Y: matMul(R, U, diagonal(R, y, n, m), transpose(V)),
  W: matMul(R, Q, diagonal(R, w, r, m), transpose(V)),
});

const descends = <N>(R: Reading<N>, x: readonly N[]): Finding =>
  all(lessThan(R, 0, x.at(-1)!), ...x.slice(1).map((next, k) => atMost(R, next, x[k]!)));

const orthogonal = <N>(R: Reading<N>, A: Matrix<N>): Finding =>
  equalMatrices(R, matMul(R, transpose(A), A), identity(R, A.length));

const tall = {
  says: String.raw`r\le n`,
  holds: <N>(R: Reading<N>, { r, n }: Pick<Spectra<N>, 'r' | 'n'>) => atMost(R, r, n),
};

const one = { r: 1, n: 1, m: 1, z: [2], c: [3], w: [5], y: [7], P: [[1]], Q: [[1]], U: [[1]], V: [[1]] };
const spectra = exam({
  name: 'a start of FA* with given singular values',
  inside: bySingularValues,
  assuming: {
    H1: tall,
    H2: {
      says: String.raw`\sigma_1\ge\sigma_2\ge\dots>0\text{ for } Z, C, Y, W`,
      holds: (R, { z, c, y, w }) => all(...[z, c, y, w].map((x) => descends(R, x))),
    },
    H3: {
      says: String.raw`P,Q,U,V\text{ orthogonal}`,
      holds: (R, { P, Q, U, V }) => all(...[P, Q, U, V].map((A) => orthogonal(R, A))),
    },
  },
  cases: [one, { ...one, n: 2, y: [7, 1], U: [[0, 1], [1, 0]] }], // prettier-ignore
});

/** The point at the start, with Y as given or with Y = ZW. */
const startOf = <N>(R: Arithmetic<N>, p: Spectra<N>): StarPoint<N> & ReturnType<typeof matricesOf<N>> => {
  const given = matricesOf(R, p);
  return { ...given, ...starPoint(R, given, given.Z) };
};

/** Equation (62). For all. */
export const equation62 = forAll(spectra, {
  id: 'fa-matrix-factorization/eq-62',
  where: '(62)',
  recorded: 'upheld',
  tight: true,
  says: String.raw`|\lambda_r(A(0))|\le\frac{2\sigma_1(C)\sigma_1(W(0))}{\sigma_r(Z(0))^2}\le\frac{2\sigma_1(C)\sigma_1(Y)}{\sigma_r(Z(0))^3},\quad
A=S^{-1}CW^\top+WC^\top S^{-1}`,
  note: String.raw`Shown for $\|A(0)\|_2\ge|\lambda_r(A(0))|$. The first bound is looked at for $W$ of any spectrum ($Y=ZW$ has it), the second for $Y$ of any, and
$\sigma_1(W(0))\le\sigma_1(Y)/\sigma_r(Z(0))$ between them. With $n=r=m=1$ all are equal.`,
  then: (R, _none, p) => {
    const { Z, C, Y } = matricesOf(R, p);
    const start = starPoint(R, { Y, C }, Z);
    const [first, y1, last] = [R.mul(2, p.c[0]!), p.y[0]!, p.z.at(-1)!];
    const other = weightedAlignment(R, C, { ...start, W: matricesOf(R, p).W });
    return all(
      part('by W', operatorNormAtMost(R, other, R.div(R.mul(first, p.w[0]!), R.power(last, 2)))),
      part('W', operatorNormAtMost(R, start.W, R.div(y1, last))),
      part('by Y', operatorNormAtMost(R, weightedAlignment(R, C, start), R.div(R.mul(first, y1), R.power(last, 3)))),
    );
  },
});

/** Equation (63). For all. */
export const equation63 = forAll(spectra, {
  id: 'fa-matrix-factorization/eq-63',
  where: '(63)',
  recorded: 'upheld',
  tight: true,
  says: String.raw`\ell(0)\le\frac{\sigma_1(C)^2}{\sigma_r(Z)^2}\|Y-\hat Y(0)\|_F^2\le\frac{\sigma_1(C)^2}{\sigma_r(Z)^2}\|Y\|_F^2`,
  note: String.raw`Equal where $Y$ is a column orthogonal to the columns of $Z$, $r=1$.`,
  then: (R, _none, p) => {
    const start = startOf(R, p);
    const factor = R.power(R.div(p.c[0]!, p.z.at(-1)!), 2);
    const middle = R.mul(factor, frobeniusSquared(R, start.error));
    return all(
      part('loss', atMost(R, weightedLoss(R, start), middle)),
      part('error', atMost(R, middle, R.mul(factor, frobeniusSquared(R, start.Y)))),
    );
  },
});

/** Lemma 12, the inequality. For all. */
export const lemma12 = forAll(spectra, {
  id: 'fa-matrix-factorization/lemma-12',
  where: 'Lemma 12',
  recorded: 'upheld',
  tight: true,
  says: String.raw`\|(Y-\hat Y)C^\top\|_F^2\le\ell\,\sigma_1(Z(0))^2`,
  note: String.raw`What the lemma adds to Lemma 11: with $\epsilon=\epsilon_1/\sigma_1(Z(0))^2$ the factor $\sigma_1(Z(0))^4$ of its time becomes the $\sigma_1(Z(0))^6$ of
Theorem 1. Equal for $r=1$.`,
  then: (R, _none, p) => {
    const start = startOf(R, p);
    return atMost(R, frobeniusSquared(R, start.residual), R.mul(weightedLoss(R, start), R.power(p.z[0]!, 2)));
  },
});

const positiveLoss = exam({
  name: 'a point of FA* with a positive loss',
  inside: moreRows,
  assuming: {
    H1: { says: String.raw`\sigma_1(Z)\ge\dots\ge\sigma_r(Z)>0`, holds: (R, { z }) => descends(R, z) },
    H2: {
      says: String.raw`\ell>0`,
      holds: (R, { r, n, z, Y, C }) => {
        const fits = atMost(R, r, n);
        return fits.breaks > 0 ? fits : lessThan(R, 0, weightedLoss(R, starPoint(R, { Y, C }, diagonal(R, z, n, r))));
      },
    },
  },
  cases: [{ r: 1, n: 2, m: 1, z: [1], Y: [[0], [1]], C: [[1]] }],
});

/** ℓ and ‖R‖_F²λ_1(S⁻¹) at Z = diag(z). */
const bothLosses = <N>(
  R: Arithmetic<N>,
  { r, n, z, Y, C }: Pick<Spectra<N>, 'r' | 'n' | 'z'> & { Y: Matrix<N>; C: Matrix<N> },
): readonly [N, N] => {
  const point = starPoint(R, { Y, C }, diagonal(R, z, n, r));
  return [weightedLoss(R, point), R.div(frobeniusSquared(R, point.residual), R.power(z.at(-1)!, 2))];
};

/** Equation (53) as printed, strict. For all. */
export const equation53 = forAll(positiveLoss, {
  id: 'fa-matrix-factorization/eq-53',
  where: '(53)',
  recorded: 'refuted',
  corrected: ['fa-matrix-factorization/eq-53-at-most'],
  says: String.raw`0<\epsilon<\|RS^{-1/2}\|_F^2\implies\|RS^{-1/2}\|_F^2<\|R\|_F^2\,\lambda_1(S^{-1})=\|R\|_F^2/\lambda_r(S)`,
  note: String.raw`The second inequality is an equality for $r=1$, and whenever the rows of $R$ lie in the eigenspace of $\lambda_r(S)$; for $S=I$ always. What is
used is $\epsilon<\|R\|_F^2/\lambda_r(S)$, which follows all the same.`,
  then: (R, _none, p) => lessThan(R, ...bothLosses(R, p)),
  python: [
    'P = [[Y[i][j] if i >= r else F(0) for j in range(m)] for i in range(n)]  # Z = diag(z): the columns of Z are the first r axes',
    'Rs = [[sum(P[i][k]*C[j][k] for k in range(m)) for j in range(r)] for i in range(n)]  # (Y - ZW)C^T',
    'left = sum(Rs[i][j]**2/z[j]**2 for i in range(n) for j in range(r))',
    'assert left > 0',
    'right = sum(x**2 for row in Rs for x in row)/z[-1]**2',
  ],
});

/** Equation (53) with ≤. For all. */
export const equation53AtMost = forAll(positiveLoss, {
  id: 'fa-matrix-factorization/eq-53-at-most',
  where: 'corrects (53)',
  recorded: 'upheld',
  tight: true,
  says: String.raw`\|RS^{-1/2}\|_F^2\le\|R\|_F^2\,\lambda_1(S^{-1})=\|R\|_F^2/\lambda_r(S)`,
  then: (R, _none, p) => atMost(R, ...bothLosses(R, p)),
});
