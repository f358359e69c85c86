/**
 * Lemma 6: functions v_i of time with values in ℝʳ, each of which at any time T overlaps little with all of them before,
 * Σ_i ∫₀ᵀ ⟨v_k(T), v_i(t)⟩² dt ≤ c‖v_k(T)‖², have Σ_i ∫₀ᵀ ‖v_i‖² dt ≤ 2rc. For step functions the integrals are finite sums,
 * and the hypothesis on a stretch is the one at its end. v_1 takes the rows of A and v_2 those of B as values, one after the
 * other, for times τ_1, τ_2, …
 */
import { atMost, equals, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { dot, frobeniusSquared, outer, plus, scale, trace, zeros, type Matrix } from '../../src/numerics/matrix';
import { twoStepFunctions } from '../../generators/step-functions';

interface Steps<N> {
  readonly r: number;
  readonly A: Matrix<N>;
  readonly B: Matrix<N>;
  readonly tau: readonly N[];
  readonly c: N;
}

const squared = <N>(R: Arithmetic<N>, v: readonly N[]): N => R.add(...v.map((x) => R.power(x, 2)));

/** Σ_i ∫ ⟨v, v_i⟩² dt up to the end of stretch q. */
const overlap = <N>(R: Arithmetic<N>, { A, B, tau }: Steps<N>, v: readonly N[], q: number): N =>
  R.add(...tau.slice(0, q + 1).map((t, p) => R.mul(t, squared(R, [dot(R, v, A[p]!), dot(R, v, B[p]!)]))));

/** Σ_i ∫ ‖v_i‖² dt over all stretches. */
const total = <N>(R: Arithmetic<N>, { A, B, tau }: Steps<N>): N =>
  R.add(...tau.map((t, p) => R.mul(t, R.add(squared(R, A[p]!), squared(R, B[p]!)))));

/** L = Σ_i ∫ v_iv_iᵀ dt over all stretches. */
const overlapMatrix = <N>(R: Arithmetic<N>, { r, A, B, tau }: Steps<N>): Matrix<N> =>
  tau.reduce(
    (L, t, p) => {
      const both = plus(R, outer(R, A[p]!, A[p]!), outer(R, B[p]!, B[p]!));
      return plus(R, L, scale(R, t, both));
    },
    zeros(R, r),
  );

const littleOverlap = <N>(R: Reading<N>, p: Steps<N>): Finding =>
  all(
    ...p.tau.flatMap((_, q) =>
      [p.A[q]!, p.B[q]!].map((v) => atMost(R, overlap(R, p, v, q), R.mul(p.c, squared(R, v)))),
    ),
  );

const steps = exam({
  name: 'step functions that overlap little with their past',
  inside: twoStepFunctions,
  assuming: {
    H1: { says: String.raw`\tau_p>0`, holds: (R, { tau }) => all(...tau.map((t) => lessThan(R, 0, t))) },
    H2: {
      says: String.raw`c\ge0,\ \textstyle\sum_i\int_0^T\langle v_k(T),v_i(t)\rangle^2dt\le c\|v_k(T)\|^2\text{ for all }T,k`,
      holds: (R, p) => all(atMost(R, 0, p.c), littleOverlap(R, p)),
    },
  },
  cases: [
    { r: 1, p: 1, A: [[1]], B: [[0]], tau: [1], c: 1 },
    { r: 2, p: 2, A: [[1, 0], [1, 2]], B: [[0, 0], [1, -2]], tau: [1, '2/17'], c: 1 }, // prettier-ignore
  ],
});

/** Lemma 6. For all. */
export const lemma6 = forAll(steps, {
  id: 'fa-matrix-factorization/lemma-6',
  where: 'Lemma 6',
  recorded: 'upheld',
  says: String.raw`\sum_i\int_0^T\langle v_k(T),v_i(t)\rangle^2dt\le c\|v_k(T)\|^2\ \forall T,k\implies\sum_i\int_0^T\|v_i\|^2dt\le2rc`,
  note: String.raw`Step functions with two vectors; any others are limits of such. The constant is not attained: $2r-1$ does for $2r$
(lemma-6-sharp), which is $1$ for $r=1$.`,
  then: (R, _none, p) => atMost(R, total(R, p), R.mul(2 * p.r, p.c)),
  mutants: { 'constant rc for 2rc': (R, _none, p) => atMost(R, total(R, p), R.mul(p.r, p.c)) },
});

/** The constant that is least. For all. */
export const lemma6Sharp = forAll(steps, {
  id: 'fa-matrix-factorization/lemma-6-sharp',
  where: 'around Lemma 6',
  recorded: 'upheld',
  tight: true,
  says: String.raw`\text{as Lemma 6, with }\sum_i\int_0^T\|v_i\|^2dt\le(2r-1)c`,
  note: String.raw`Where $L=\sum_i\int v_iv_i^\top$ has its smallest eigenvalue above $c$, every $v$ violates the hypothesis: so $\lambda_r(L)\le c$. And
$\|L-cI\|_F^2$ does not increase, and is at most $(r-1)c^2$ once an eigenvalue reaches $c$. Under both the trace is at most $(2r-1)c$; with
$v$ along the axes, and then between two of them such that $v^\top Lv=c\|v\|^2$, it gets there: $L=\mathrm{diag}(2c,\dots,2c,c)$.`,
  then: (R, _none, p) => atMost(R, total(R, p), R.mul(2 * p.r - 1, p.c)),
});

/** The two lines of the proof. For all. */
export const lemma6Squares = forAll(steps, {
  id: 'fa-matrix-factorization/lemma-6-eq-17',
  where: 'proof of Lemma 6 (16), (17)',
  recorded: 'upheld',
  says: String.raw`L=\sum_i\int_0^Tv_iv_i^\top dt:\quad\sum_i\lambda_i(L)=\sum_i\int_0^T\|v_i\|^2dt,\quad\sum_i\lambda_i(L)^2\le2c\sum_i\int_0^T\|v_i\|^2dt`,
  note: String.raw`The sums of the eigenvalues and of their squares are $\operatorname{Tr}L$ and $\|L\|_F^2$.`,
  then: (R, _none, p) => {
    const L = overlapMatrix(R, p);
    return all(
      part('eigenvalues', equals(R, trace(R, L), total(R, p))),
      part('squares', atMost(R, frobeniusSquared(R, L), R.mul(2, p.c, total(R, p)))),
    );
  },
  mutants: {
    'constant c for 2c': (R, _none, p) => atMost(R, frobeniusSquared(R, overlapMatrix(R, p)), R.mul(p.c, total(R, p))),
  },
});
