/**
 * The probabilities in the proof of Theorem 3 (Appendix C): tails of chi-square and normal laws and union bounds over the
 * columns, enclosed at their literal constants. Everywhere q = √(r/(n − r)), s = √(log r/r), t_d = d + 16√(d log r), and χ_d
 * has the chi-square law with d degrees of freedom.
 *
 * A lemma about all columns is refuted by its first column, whose law is exact; it is upheld where the union bound over what
 * its proof uses, of exact tails, leaves the probability claimed: the steps that need no luck are in gram-schmidt-steps.ts
 * and theorem-3-constants.ts.
 */
import { atMost, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { chiSquareAtLeast, chiSquareAtMost, normalOutside } from '../../src/numerics/tails';
import { chiSquareDeviations, chiSquareDeviationsFurther, manyColumns } from '../../generators/large-error';

const deviations = exam({
  name: 'a chi-square number and a relative deviation',
  inside: chiSquareDeviations,
  around: chiSquareDeviationsFurther,
  assuming: {
    H1: { says: 't>0', holds: (R, { t }) => lessThan(R, 0, t) },
    H2: { says: 't<1', holds: (R, { t }) => lessThan(R, t, 1) },
  },
  cases: [
    { d: 1, t: '1/2' },
    { d: 2, t: '1/2' },
    { d: 1000, t: '99/100' },
    { d: 20_001, t: '1/100' },
  ],
});

/** P[|X − d| ≥ dt] e^{dt²/8}: in this unit large deviations do not vanish. */
const deviation = <N>(R: Arithmetic<N>, d: number, t: N, over: number): N => {
  const unit = R.div(R.mul(d, R.power(t, 2)), over);
  const above = chiSquareAtLeast(R, d, R.mul(d, R.add(1, t)), unit);
  return R.add(above, chiSquareAtMost(R, d, R.mul(d, R.sub(1, t)), unit));
};

/** Lemma 21. For all. */
export const lemma21 = forAll(deviations, {
  id: 'fa-matrix-factorization/lemma-21',
  where: 'Lemma 21',
  recorded: 'upheld',
  says: String.raw`P[|\chi_d-d|\ge dt] \le 2e^{-dt^2/8},\quad t\in(0,1)`,
  note: String.raw`Both sides are multiplied by $e^{dt^2/8}$. The upper tail falls like $e^{-d(t-\log(1+t))/2}$, so that the 8 cannot be less than
$6.52$, and from $t=1.63$ on the bound is false for large $d$.`,
  then: (R, _none, { d, t }) => atMost(R, deviation(R, d, t, 8), 2),
  mutants: { '6 for 8': (R, _none, { d, t }) => atMost(R, deviation(R, d, t, 6), 2) },
});

interface Size {
  readonly r: number;
  readonly n: number;
}

const columns = exam({
  name: 'r columns and n rows',
  inside: manyColumns,
  assuming: {
    H1: { says: String.raw`r\ge2000`, holds: (R, { r }) => atMost(R, 2000, r) },
    H2: { says: String.raw`n\ge2r`, holds: (R, { r, n }) => atMost(R, 2 * r, n) },
  },
  cases: [
    { r: 2000, n: 4000 },
    { r: 2001, n: 4003 },
    { r: 2000, n: 80_002_000 },
  ],
});

/** d + factor·√(d log r). */
const beyond = <N>(R: Arithmetic<N>, d: number, r: number, factor: number): N =>
  R.add(d, R.mul(factor, R.sqrt(R.mul(d, R.log(r)))));

/** r·P[χ_d ≥ d + factor√(d log r)]. */
const someAbove = <N>(R: Arithmetic<N>, d: number, r: number, factor = 16): N =>
  R.mul(r, chiSquareAtLeast(R, d, beyond(R, d, r, factor)));

/** r·P[χ_d ≤ d − factor√(d log r)]. */
const someBelow = <N>(R: Arithmetic<N>, d: number, r: number, factor = 16): N =>
  R.mul(r, chiSquareAtMost(R, d, beyond(R, d, r, -factor)));

/** (73). For all. */
export const equation73 = forAll(columns, {
  id: 'fa-matrix-factorization/eq-73',
  where: '(73)',
  recorded: 'upheld',
  says: String.raw`P\Big[\exists j\le r:\ \sum_{i\le r}R_{ij}^2\ge t_r\Big] \le r\,P[\chi_r\ge t_r] \le \frac2r \le \frac1{1000}`,
  note: String.raw`Far from tight: by Lemma 21, with $t=16s<1$, it is $2r^{-31}$. $3\sqrt{r\log r}$ would do in the place of $16\sqrt{r\log r}$.`,
  then: (R, _none, { r }) =>
    all(
      part('union bound', atMost(R, someAbove(R, r, r), R.div(2, r))),
      part('last step', atMost(R, R.div(2, r), '1/1000')),
    ),
  mutants: { '2 for 16': (R, _none, { r }) => atMost(R, someAbove(R, r, r, 2), R.div(2, r)) },
});

/** (80). For all. */
export const equation80 = forAll(columns, {
  id: 'fa-matrix-factorization/eq-79-80',
  where: '(79), (80)',
  recorded: 'upheld',
  says: String.raw`P\Big[\exists j\le r:\ \|P_2A^{(j)}\|^2<\tfrac12-\tfrac{8\sqrt{\log r}}{\sqrt{n-r}}\Big] \le \frac1{1000},\quad \|P_2A^{(j)}\|^2\sim\frac{\chi_{n-r}}{2(n-r)}`,
  note: String.raw`(79) drops the square of what is subtracted.`,
  then: (R, _none, { r, n }) => atMost(R, someBelow(R, n - r, r), '1/1000'),
  mutants: { '1 for 8': (R, _none, { r, n }) => atMost(R, someBelow(R, n - r, r, 2), '1/1000') },
});

/** (r − 1)·P[|N| ≥ factor·√log r]. */
const someNormal = <N>(R: Arithmetic<N>, r: number, factor: N): N =>
  R.mul(r - 1, normalOutside(R, R.mul(factor, R.sqrt(R.log(r)))));

/** (84). For all. */
export const equation84 = forAll(columns, {
  id: 'fa-matrix-factorization/eq-84',
  where: '(82)–(84)',
  recorded: 'upheld',
  says: String.raw`P[\exists j\in\{2,\dots,r\}:\ |\langle\textstyle\sum_{i>r}u_iR_{ij},x_j\rangle|>2\sqrt{\log r}] \le (r-1)\,P[|N(0,1)|\ge2\sqrt{\log r}] \le \frac1{1000}`,
  note: String.raw`The direction is a unit vector that does not depend on $R_{ij}$ with $i>r$; what of it lies outside their span only shortens the
product. At $r=2000$ the bound is $7\cdot10^{-5}$.`,
  then: (R, _none, { r }) => atMost(R, someNormal(R, r, R.of(2)), '1/1000'),
  mutants: { '√2 for 2': (R, _none, { r }) => atMost(R, someNormal(R, r, R.sqrt(2)), '1/1000') },
});

/** The first columns in the space of the top singular vectors. For all. */
export const columnNorm = forAll(columns, {
  id: 'fa-matrix-factorization/col-norm',
  where: 'proof of Theorem 3, after (68)',
  recorded: 'upheld',
  says: String.raw`P\big[\exists j:\ \|U_{1:r}^\top A^{(j)}\|^2>\tfrac12+8s\big]\le\tfrac2r;\quad P\big[\|U_{1:r}^\top\hat A^{(1)}\|^2>\tfrac12+8s\big]\le\tfrac2r`,
  note: String.raw`"At most 1/2 plus some lower order term" and "not much larger" are read with $8s$, the term of (74). $\|U_{1:r}^\top A^{(j)}\|^2$ is
$\chi_r/(2r)$; $\|U_{1:r}^\top\hat A^{(1)}\|^2=a/(a+b)$ with $a=\chi_r/(2r)$ and $b=\chi_{n-r}/(2(n-r))$ is above $\frac12+8s$ only where
$a>\frac12+8s$ or $b<\frac12-8s$. Later columns: thm-3-column-bound-log-term.`,
  then: (R, _none, { r, n }) => {
    const least = R.sub(n - r, R.mul(16 * (n - r), R.sqrt(R.div(R.log(r), r))));
    const first = R.add(chiSquareAtLeast(R, r, beyond(R, r, r, 16)), chiSquareAtMost(R, n - r, least));
    return all(
      part('all columns', atMost(R, someAbove(R, r, r), R.div(2, r))),
      part('the first, of length 1', atMost(R, first, R.div(2, r))),
    );
  },
  mutants: { 's for 8s': (R, _none, { r }) => atMost(R, someAbove(R, r, r, 2), R.div(2, r)) },
});

/** Lemma 20, by (93) and the union bound. For all. */
export const lemma20 = forAll(columns, {
  id: 'fa-matrix-factorization/lemma-20',
  where: 'Lemma 20, (92)–(96)',
  recorded: 'upheld',
  says: String.raw`P\big[\exists j\le r:\ \|P_{A_{1:j-1}}P_2A^{(j)}\|^2>\tfrac r{n-r}\big] \le (r-1)\,P[\chi_{r-1}\ge2r] \le \frac1{1000}`,
  note: String.raw`By (93) the left side is at most $\chi_{j-1}/(2(n-r))$ in law. The paper's way, with $t_r\le2r$ for $2r$, loses little: both are below
$e^{-280}$.`,
  then: (R, _none, { r }) =>
    all(
      part('union bound', atMost(R, R.mul(r - 1, chiSquareAtLeast(R, r - 1, 2 * r)), '1/1000')),
      part('as in (94)', atMost(R, someAbove(R, r, r), '1/1000')),
    ),
  mutants: {
    'r/(2(n − r)) for r/(n − r)': (R, _none, { r }) => atMost(R, R.mul(r - 1, chiSquareAtLeast(R, r - 1, r)), '1/1000'),
  },
});

/** What fails in the proof of Lemma 19: (80), (84), (85), (88) and (89). */
const failures19 = <N>(R: Arithmetic<N>, { r, n }: Size): N =>
  R.add(
    someBelow(R, n - r, r),
    someNormal(R, r, R.of(2)),
    someAbove(R, r, r),
    someAbove(R, n - r, r),
    R.mul(r - 1, chiSquareAtLeast(R, r - 1, 2 * r)),
  );

/** 1/2 − 12√(log r/(n − r)) − 2√8·q against 1/2 − factor·q. */
const bound19 = <N>(R: Reading<N>, { r, n }: Size, factor: number): Finding => {
  const q = R.sqrt(R.div(r, n - r));
  const lost = R.add(R.mul(12, R.sqrt(R.div(R.log(r), n - r))), R.mul(2, R.sqrt(8), q));
  return atMost(R, R.sub('1/2', R.mul(factor, q)), R.sub('1/2', lost));
};

/** Lemma 19. For all. */
export const lemma19 = forAll(columns, {
  id: 'fa-matrix-factorization/lemma-19',
  where: 'Lemma 19, (78)–(91)',
  recorded: 'upheld',
  says: String.raw`P\big[\forall j\le r:\ \|P_2(A^{(j)}-P_{A_{1:j-1}}A^{(j)})\|^2\ge\tfrac12-7q\big] \ge 0.993`,
  note: String.raw`Outside of a set of probability $r P[\chi_{n-r}\le n-r-16\sqrt{(n-r)\log r}]+(r-1)P[|N|\ge2\sqrt{\log r}]+rP[\chi_r\ge t_r]+rP[\chi_{n-r}\ge
t_{n-r}]+(r-1)P[\chi_{r-1}\ge2r]\le0.007$, enclosed here, (78)–(89) give $\frac12-12\sqrt{\log r/(n-r)}-2\sqrt8q$. The steps without chance:
eq-81, eq-86, eq-88, eq-93. For $n\le197r$ the bound is not above 0 and says nothing.`,
  then: (R, _none, p) =>
    all(part('probability', atMost(R, failures19(R, p), '7/1000')), part('(90)', bound19(R, p, 7))),
  mutants: {
    '6 for 7': (R, _none, p) => bound19(R, p, 6),
    'probability 0.99999': (R, _none, p) => atMost(R, failures19(R, p), '1/100000'),
  },
});

/** P[χ_r/(2r) > 1/2 + 4q], the first column alone. */
const firstFails18 = <N>(R: Arithmetic<N>, { r, n }: Size): N => {
  const q = R.sqrt(R.div(r, n - r));
  return chiSquareAtLeast(R, r, R.add(r, R.mul(8 * r, q)));
};

/** Lemma 18 as printed, for its first column. For all. */
export const lemma18 = forAll(columns, {
  id: 'fa-matrix-factorization/lemma-18',
  where: 'Lemma 18',
  recorded: 'refuted',
  corrected: ['fa-matrix-factorization/lemma-18-log-term'],
  says: String.raw`P\big[\|P_1A^{(1)}\|^2\le\tfrac12+4q\big] \ge 0.997,\quad q=\sqrt{\tfrac r{n-r}},\ \|P_1A^{(1)}\|^2\sim\frac{\chi_r}{2r}`,
  note: String.raw`The lemma is about all columns; its first alone refutes it. As $n$ grows $q$ tends to 0, and the probability to
$P[\chi_r\le r]\approx\frac12$. At the sizes of the theorem, $r=2000$ and $n=40001\,r$, it is $0.896$; $0.997$ needs $n\lesssim4.2\,r^2$.
The slip is the last step of (76) and (77).`,
  then: (R, _none, p) => atMost(R, '997/1000', R.sub(1, firstFails18(R, p))),
});

/** What fails in the proof of Lemma 18: (73) and (75). */
const failures18 = <N>(R: Arithmetic<N>, { r }: Size): N =>
  R.add(someAbove(R, r, r), R.mul(r - 1, chiSquareAtLeast(R, r - 1, 2 * r)));

/** The first line of (76) against 1/2 + eight·s + three·q. */
const bound18 = <N>(R: Reading<N>, { r, n }: Size, eight: number, three: number): Finding => {
  const [q, s] = [R.sqrt(R.div(r, n - r)), R.sqrt(R.div(R.log(r), r))];
  const top = R.add('1/2', R.mul(8, s));
  const left = R.add(top, R.power(q, 2), R.mul(2, q, R.sqrt(top)));
  return atMost(R, left, R.add('1/2', R.mul(eight, s), R.mul(three, q)));
};

/** Lemma 18 with the term that its last step drops. For all. */
export const lemma18Corrected = forAll(columns, {
  id: 'fa-matrix-factorization/lemma-18-log-term',
  where: 'corrects Lemma 18',
  recorded: 'upheld',
  says: String.raw`P\big[\forall j\le r:\ \|P_1(A^{(j)}-P_{A_{1:j-1}}A^{(j)})\|^2\le\tfrac12+8s+3q\big] \ge 0.997,\quad s=\sqrt{\tfrac{\log r}r}`,
  note: String.raw`Outside of a set of probability $rP[\chi_r\ge t_r]+(r-1)P[\chi_{r-1}\ge2r]\le0.003$, enclosed here, (72)–(75) give the first line of (76).`,
  then: (R, _none, p) =>
    all(part('probability', atMost(R, failures18(R, p), '3/1000')), part('(76)', bound18(R, p, 8, 3))),
  mutants: {
    '2 for 3': (R, _none, p) => bound18(R, p, 8, 2),
    '7 for 8': (R, _none, p) => bound18(R, p, 7, 3),
  },
});
