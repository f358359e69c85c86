/**
 * Theorem 4 (Section 4, Appendix D): rank 1, σ = (1, ε, …, ε), 0 < ε < 1. In the basis of the singular vectors Y is
 * diag(1, ε, …, ε) and A = YCᵀ = (R_1, εR_2, …, εR_n) with independent standard normal R_i; u_1 is the first axis. A stationary
 * point of feedback alignment is Z = cA, W = B/c; gradient flow ends at Z = c u_1, W = v_1ᵀ/c.
 */
import { atMost, equals, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { chiSquareAtMost, normalOutside, studentInside } from '../../src/numerics/tails';
import { rankOneStationary, rowsAndEpsilon, rowsFromTenThousand } from '../../generators/nearly-orthogonal';

interface Point<N> {
  readonly n: number;
  readonly eps: N;
  readonly R: readonly N[];
}

const square = <N>(R: Arithmetic<N>, v: readonly N[]): N => R.add(...v.map((x) => R.power(x, 2)));

/** σ_i. */
const spectrum = <N>(R: Arithmetic<N>, { n, eps }: Point<N>): readonly N[] =>
  Array.from({ length: n }, (_, i) => (i === 0 ? R.of(1) : eps));

/** A = YCᵀ. */
const columnOf = <N>(R: Arithmetic<N>, p: Point<N>): readonly N[] => spectrum(R, p).map((s, i) => R.mul(s, p.R[i]!));

/** ‖Y − P_z Y‖_F² for the span of z: Σσ_i² − Σσ_i²z_i²/‖z‖², the least error of a product zw. */
const errorAlong = <N>(R: Arithmetic<N>, p: Point<N>, z: readonly N[]): N => {
  const sigma = spectrum(R, p);
  const seen = R.add(...z.map((x, i) => R.power(R.mul(sigma[i]!, x), 2)));
  return R.sub(square(R, sigma), R.div(seen, square(R, z)));
};

/** ε²(n − 1), the error of the best approximation of rank 1. */
const best = <N>(R: Arithmetic<N>, { n, eps }: Point<N>): N => R.mul(n - 1, R.power(eps, 2));

const epsilon = {
  says: String.raw`0<\epsilon<1`,
  holds: <N>(R: Reading<N>, { eps }: { readonly eps: N }) => all(lessThan(R, 0, eps), lessThan(R, eps, 1)),
};

const stationary = exam({
  name: 'rank 1, one large singular value',
  inside: rankOneStationary,
  assuming: {
    H1: epsilon,
    H2: { says: String.raw`A\ne0,\ c\ne0`, holds: (R, p) => all(lessThan(R, 0, square(R, columnOf(R, p))), lessThan(R, 0, R.abs(p.c))) }, // prettier-ignore
  },
  cases: [
    { n: 2, eps: '1/2', R: [0, 1], c: 1 },
    { n: 2, eps: '1/100', R: [0, 1], c: 1 },
    { n: 1, eps: '1/2', R: [1], c: 2 },
    { n: 3, eps: '1/2', R: [1, 1, 0], c: -1 },
  ],
});

/** Theorem 4, first inequality. For all. */
export const error = forAll(stationary, {
  id: 'fa-matrix-factorization/thm-4-error',
  where: 'Theorem 4, first inequality, and (99)',
  recorded: 'upheld',
  says: String.raw`\|Z_{FA}W_{FA}-Y\|_F^2 \le \epsilon^2(n-1)+1,\quad \|Z_{FA}W_{FA}-Y\|_F^2 \le \epsilon^2(n-1)\Big(1+\frac2{\epsilon^2n}\Big)`,
  note: String.raw`For every $n$, not only large ones, and every $C$ with $A\ne0$: for $n=1$ both sides are 0. For $n=2$ the sides differ by $\epsilon^2$ at
most, where $A$ is orthogonal to $u_1$.`,
  then: (R, _none, p) => {
    const found = errorAlong(R, p, columnOf(R, p));
    return all(
      part('(99)', atMost(R, found, R.add(best(R, p), 1))),
      part('theorem', atMost(R, found, withFactor(R, p, 2))),
    );
  },
  mutants: { '1 for 2': (R, _none, p) => atMost(R, errorAlong(R, p, columnOf(R, p)), withFactor(R, p, 1)) },
});

/** ε²(n − 1)(1 + k/(ε²n)). */
const withFactor = <N>(R: Arithmetic<N>, p: Point<N>, k: number): N => R.add(best(R, p), R.div(k * (p.n - 1), p.n));

/** z/‖z‖ = w/‖w‖, without a root where the squared lengths have one: z_i‖w‖ = w_i‖z‖. */
const sameDirection = <N>(R: Reading<N>, z: readonly N[], w: readonly N[]): Finding => {
  const [lengthZ, lengthW] = [R.sqrt(square(R, z)), R.sqrt(square(R, w))];
  return all(...z.map((x, i) => part(`entry ${i + 1}`, equals(R, R.mul(x, lengthW), R.mul(w[i]!, lengthZ)))));
};

/** (97), and the direction of Z_FA. For all. */
export const directions = forAll(stationary, {
  id: 'fa-matrix-factorization/thm-4-eq-97',
  where: '(97), and before (100)',
  recorded: 'refuted',
  corrected: ['fa-matrix-factorization/thm-4-eq-97-sign'],
  says: String.raw`Z_{FA}=cA,\ c\ne0 \implies \frac{Z_{FA}}{\|Z_{FA}\|}=\frac A{\|A\|};\quad Z_{GD}=cu_1 \implies \frac{Z_{GD}}{\|Z_{GD}\|}=u_1`,
  note: String.raw`Up to the sign of $c$. Every $c\ne0$ gives a stationary point; gradient flow from $(-Z,-W)$ is the negative of that from $(Z,W)$, and
both starts have one law, so that $Z_{GD}/\|Z_{GD}\|$ is $-u_1$ half of the time. The theorem takes an absolute value and is not touched.`,
  then: (R, _none, p) => {
    const A = columnOf(R, p);
    const axis = A.map((_, i) => R.of(i === 0 ? 1 : 0));
    const times = (v: readonly (typeof p.c)[]) => v.map((x) => R.mul(p.c, x));
    return all(part('FA', sameDirection(R, times(A), A)), part('GD', sameDirection(R, times(axis), axis)));
  },
  python: [
    'assert 0 < eps < 1 and c != 0  # H1, H2',
    '# entry i of Z and A, times the length of the other, |A| left out of both',
    'i = int(part.split()[2]) - 1  # of "FA: entry 1"',
    'A = [R[0]] + [eps*x for x in R[1:]] if part.startswith("FA") else [F(int(k == 0)) for k in range(n)]',
    'left, right = c*A[i], A[i]*abs(c)',
  ],
});

/** The directions up to their sign. For all, identities. */
export const directionsUpToSign = forAll(stationary, {
  id: 'fa-matrix-factorization/thm-4-eq-97-sign',
  where: 'corrects (97)',
  recorded: 'upheld',
  says: String.raw`Z_{FA}=cA \implies \langle Z_{FA},A\rangle^2=\|Z_{FA}\|^2\|A\|^2;\quad Z_{GD}=cu_1 \implies \langle Z_{GD},u_1\rangle^2=\|Z_{GD}\|^2,\ \|Z_{GD}W_{GD}-Y\|_F^2=\epsilon^2(n-1)`,
  then: (R, _none, p) => {
    const A = columnOf(R, p);
    const Z = A.map((x) => R.mul(p.c, x));
    const top = A.map((_, i) => (i === 0 ? p.c : R.of(0)));
    const inner = R.add(...Z.map((x, i) => R.mul(x, A[i]!)));
    return all(
      part('FA', equals(R, R.power(inner, 2), R.mul(square(R, Z), square(R, A)))),
      part('GD', equals(R, R.power(top[0]!, 2), square(R, top))),
      part('error of GD', equals(R, errorAlong(R, p, top), best(R, p))),
    );
  },
});

/** The errors for ε = 1/2. For all. */
export const largeErrors = forAll(stationary, {
  id: 'fa-matrix-factorization/phenomenon-large-error',
  where: 'Section 4, after Theorem 4',
  recorded: 'upheld',
  says: String.raw`\epsilon=\tfrac12:\quad \tfrac14(n-1)=\min_{z,w}\|zw-Y\|_F^2 \le \|Z_{FA}W_{FA}-Y\|_F^2 \le \|Y\|_F^2=1+\tfrac14(n-1)`,
  note: String.raw`That $\frac14(n-1)$ is least is tried on the directions $A$, which reach every $z$.`,
  then: (R, _none, { n, R: normal }) => {
    const p = { n, eps: R.of('1/2'), R: normal };
    const found = errorAlong(R, p, columnOf(R, p));
    const axis = normal.map((_, i) => R.of(i === 0 ? 1 : 0));
    const quarter = R.div(n - 1, 4);
    return all(
      part('GD', equals(R, errorAlong(R, p, axis), quarter)),
      part('no less', atMost(R, quarter, found)),
      part('FA', atMost(R, found, R.add(1, quarter))),
      part('Y', equals(R, square(R, spectrum(R, p)), R.add(1, quarter))),
    );
  },
  mutants: {
    'the error of FA without the 1': (R, _none, { n, R: normal }) => {
      const p = { n, eps: R.of('1/2'), R: normal };
      return atMost(R, errorAlong(R, p, columnOf(R, p)), R.div(n - 1, 4));
    },
  },
});

const manyRows = exam({
  name: 'n at least 10000',
  inside: rowsFromTenThousand,
  assuming: { H1: { says: String.raw`n\ge10000`, holds: (R, { n }) => atMost(R, 10_000, n) } },
  cases: [{ n: 10_000 }, { n: 10_001 }],
});

/** P[R_1² > most] + P[Σ_{i≥2} R_i² < n − 1 − 8√n]. */
const fails100 = <N>(R: Arithmetic<N>, n: number, most: number): N => {
  const least = R.sub(n - 1, R.mul(8, R.sqrt(n)));
  return R.add(normalOutside(R, R.sqrt(most)), chiSquareAtMost(R, n - 1, least));
};

/** (100). For all. */
export const equation100 = forAll(manyRows, {
  id: 'fa-matrix-factorization/thm-4-eq-100',
  where: '(100) and the lines after it',
  recorded: 'upheld',
  says: String.raw`P[R_1^2>9]+P\Big[\sum_{i=2}^nR_i^2<n-1-8\sqrt n\Big]\le0.01,\quad n-1-8\sqrt n\ge0.9n,\quad \frac9{0.9}\le10`,
  note: String.raw`So $R_1^2/(\epsilon^2\sum_{i\ge2}R_i^2)\le10/(\epsilon^2n)$ with probability $0.99$. The probability that fails is $0.0027$, nearly all of it of the first
event.`,
  then: (R, _none, { n }) =>
    all(
      part('probability', atMost(R, fails100(R, n, 9), '1/100')),
      part('0.9 n', atMost(R, R.mul('9/10', n), R.sub(n - 1, R.mul(8, R.sqrt(n))))),
      part('quotient', atMost(R, R.div(9, '9/10'), 10)),
    ),
  mutants: { '4 for 9': (R, _none, { n }) => atMost(R, fails100(R, n, 4), '1/100') },
});

const anyRows = exam({
  name: 'any number of rows',
  inside: rowsAndEpsilon,
  assuming: { H1: epsilon, H2: { says: String.raw`n\ge2`, holds: (R, { n }) => atMost(R, 2, n) } },
  cases: [
    { n: 2, eps: '1/2' },
    { n: 17, eps: '999/1000' },
    { n: 10_000, eps: '1/2' },
  ],
});

/** P[|⟨Z_FA/‖Z_FA‖, u_1⟩| ≤ k/(ε√n)]: R_1²/Σ_{i≥2}R_i² ≤ k²/(n − k²/ε²), or everything. */
const within = <N>(R: Arithmetic<N>, n: number, eps: N, k: number): N => {
  const rest = R.sub(n, R.div(k ** 2, R.power(eps, 2)));
  if (R.sign(rest) !== 1) return R.of(1);
  return studentInside(R, n - 1, R.sqrt(R.div(k ** 2 * (n - 1), rest)));
};

/** Theorem 4, second inequality. For all. */
export const angle = forAll(anyRows, {
  id: 'fa-matrix-factorization/thm-4-angle',
  where: 'Theorem 4, second inequality',
  recorded: 'upheld',
  says: String.raw`P\Big[\Big|\Big\langle\frac{Z_{FA}}{\|Z_{FA}\|},\frac{Z_{GD}}{\|Z_{GD}\|}\Big\rangle\Big|\le\frac4{\epsilon\sqrt n}\Big]\ge0.99`,
  note: String.raw`The probability is known exactly: the square is $R_1^2/(R_1^2+\epsilon^2\sum_{i\ge2}R_i^2)$, so that it is $P[|T_{n-1}|\le4\sqrt{(n-1)/(n-16/\epsilon^2)}]$ with
a Student number of $n-1$ degrees of freedom, and 1 where $n\le16/\epsilon^2$. It is above $0.99$ for every $n$: the theorem's $c$ can be 1, where the
proof has $10000$.`,
  then: (R, _none, { n, eps }) => atMost(R, '99/100', within(R, n, eps, 4)),
  mutants: { '2 for 4': (R, _none, { n, eps }) => atMost(R, '99/100', within(R, n, eps, 2)) },
});
