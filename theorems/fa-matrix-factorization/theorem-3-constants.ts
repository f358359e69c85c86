/**
 * The constants in the proof of Theorem 3 (Appendix C): inequalities between functions of the rank r and of n, the number
 * of rows of Y. Everywhere q = √(r/(n − r)) and s = √(log r/r); r ≥ 2000 and n ≥ 2r make s ≤ 0.0617 and q ≤ 1.
 */
import { atMost, equals } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { space } from '../../src/claim/space';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { choice } from '../../generators/coordinates';
import { columnsOfA, lowerThanProof, ranksAndSizes } from '../../generators/large-error';

interface Size {
  readonly r: number;
  readonly n: number;
}

const ratio = <N>(R: Arithmetic<N>, { r, n }: Size): N => R.sqrt(R.div(r, n - r));

const spread = <N>(R: Arithmetic<N>, { r }: Size): N => R.sqrt(R.div(R.log(r), r));

/** r + 16√(r log r): what a chi-square number of r degrees of freedom stays below in (73). */
const threshold = <N>(R: Arithmetic<N>, { r }: Size): N => R.add(r, R.mul(16, R.sqrt(R.mul(r, R.log(r)))));

const large = {
  says: String.raw`r \ge 2000`,
  holds: <N>(R: Reading<N>, { r }: Size) => atMost(R, 2000, r),
};

const anySize = exam({
  name: 'r at least 2000 and n at least 2r',
  inside: ranksAndSizes(2),
  assuming: { H1: large, H2: { says: String.raw`n \ge 2r`, holds: (R, { r, n }) => atMost(R, 2 * r, n) } },
  cases: [
    { r: 2000, n: 4000 },
    { r: 2001, n: 4002 },
    { r: 2000, n: 80_002_000 },
    { r: 1_000_000, n: 2_000_000 },
  ],
});

/** The sizes that the proof of Theorem 3 assumes at its end. */
const theoremSize = exam({
  name: 'r at least 2000 and n at least 40001 r',
  inside: ranksAndSizes(40_001),
  assuming: { H1: large, H2: { says: String.raw`n \ge 40001\,r`, holds: (R, { r, n }) => atMost(R, 40_001 * r, n) } },
  cases: [
    { r: 2000, n: 80_002_000 },
    { r: 2000, n: 320_002_000 },
  ],
});

const quarter = <N>(R: Arithmetic<N>, more: N): N => R.add('1/4', more);

/** The first step of the last line but one of (70). */
const firstStep70 = <N>(R: Reading<N>, p: Size, factor: number): Finding => {
  const q = ratio(R, p);
  const sum = R.add(R.mul('7/2', q), R.div(R.power(q, 2), 2));
  return part('first step', atMost(R, quarter(R, sum), quarter(R, R.mul(factor, q))));
};

const lastStep70 = <N>(R: Reading<N>, p: Size, bound = '1/100'): Finding =>
  part('last step', atMost(R, quarter(R, R.mul(4, ratio(R, p))), quarter(R, R.of(bound))));

/** The end of the proof of Theorem 3 as printed. For all. */
export const equation70 = forAll(theoremSize, {
  id: 'fa-matrix-factorization/thm-3-eq-70',
  where: '(70), last lines',
  recorded: 'refuted',
  corrected: ['fa-matrix-factorization/thm-3-eq-70-160001'],
  says: String.raw`n\ge40001\,r \implies \tfrac14+\tfrac72q+\tfrac{q^2}2 \le \tfrac14+4q \le \tfrac14+0.01,\quad q=\sqrt{r/(n-r)}`,
  note: String.raw`At $n=40001\,r$, $q=\frac1{200}$ and $4q=0.02$: the proof gives an error of $0.73$, not $0.74$. The first step holds. Twice as small a
$q$, $n\ge160001\,r$, is what $0.74$ needs; Theorem 3 leaves its constants open and is not touched.`,
  then: (R, _none, p) => all(firstStep70(R, p, 4), lastStep70(R, p)),
  python: [
    'assert r >= 2000 and n >= 40001*r  # H1, H2',
    'from math import isqrt',
    'square = F(r)/(n - r)',
    'q = F(isqrt(square.numerator), isqrt(square.denominator))',
    'assert q*q == square',
    'left, right = F(1, 4) + 4*q, F(1, 4) + F(1, 100)',
  ],
});

const farSize = exam({
  name: 'r at least 2000 and n at least 160001 r',
  inside: ranksAndSizes(160_001),
  assuming: { H1: large, H2: { says: String.raw`n \ge 160001\,r`, holds: (R, { r, n }) => atMost(R, 160_001 * r, n) } },
  cases: [{ r: 2000, n: 320_002_000 }],
});

/** The end of the proof with the n that it needs. For all; attained. */
export const equation70Corrected = forAll(farSize, {
  id: 'fa-matrix-factorization/thm-3-eq-70-160001',
  where: 'corrects (70)',
  recorded: 'upheld',
  says: String.raw`n\ge160001\,r \implies \tfrac14+\tfrac72q+\tfrac{q^2}2 \le \tfrac14+4q \le \tfrac14+0.01`,
  note: String.raw`Equality in the last step at $n=160001\,r$.`,
  tight: true,
  then: (R, _none, p) => all(firstStep70(R, p, 4), lastStep70(R, p)),
  mutants: {
    '0.0095 for 0.01': (R, _none, p) => lastStep70(R, p, '95/10000'),
    '7/2 for 4 in the first step': (R, _none, p) => firstStep70(R, p, 3.5),
  },
});

/** The terms of the first line of (76), without 1/2 + 8s: q² + 2q√(1/2 + 8s) ≤ factor·q. */
const secondLine76 = <N>(R: Reading<N>, p: Size, factor: number): Finding => {
  const q = ratio(R, p);
  const root = R.sqrt(R.add('1/2', R.mul(8, spread(R, p))));
  return atMost(R, R.add(R.power(q, 2), R.mul(2, q, root)), R.mul(factor, q));
};

/** From the first to the second line of (76). For all. */
export const equation76Second = forAll(anySize, {
  id: 'fa-matrix-factorization/eq-76-second',
  where: '(76), first to second line',
  recorded: 'upheld',
  says: String.raw`q^2+2q\sqrt{\tfrac12+8s} \le 3q,\quad q=\sqrt{\tfrac r{n-r}},\ s=\sqrt{\tfrac{\log r}r}`,
  note: String.raw`At $r=2000$, $n=4000$: $2.994\le3$, in units of $q$. At $n=2r$ it is $16s\le1$, true from $r=1938$ on.`,
  then: (R, _none, p) => secondLine76(R, p, 3),
  mutants: { '2.9 for 3': (R, _none, p) => secondLine76(R, p, 2.9) },
});

/** The last steps of (76) and (77) as printed. For all. */
export const equation76 = forAll(anySize, {
  id: 'fa-matrix-factorization/eq-76',
  where: '(76), last step, and (77)',
  recorded: 'refuted',
  corrected: ['fa-matrix-factorization/eq-76-small-n', 'fa-matrix-factorization/lemma-18-log-term'],
  says: String.raw`8s+3q \le 4q,\quad 8s \le 4q,\quad s=\sqrt{\tfrac{\log r}r},\ q=\sqrt{\tfrac r{n-r}}`,
  note: String.raw`$q$ tends to 0 as $n$ grows and $s$ does not: the first needs $64(n-r)\log r\le r^2$, the second $4(n-r)\log r\le r^2$.
For $r=2000$ they end near $n=5.1\,r$ and $n=66.8\,r$, far below the $40001\,r$ of the theorem. Lemma 18 falls with them; with the term
$8s$ left in place it holds.`,
  then: (R, _none, p) => {
    const [q, s] = [ratio(R, p), spread(R, p)];
    return all(
      part('(76)', atMost(R, R.add(R.mul(8, s), R.mul(3, q)), R.mul(4, q))),
      part('(77)', atMost(R, R.mul(8, s), R.mul(4, q))),
    );
  },
});

/** n up to where the last step of (76) holds. */
const smallSize = exam({
  name: 'r at least 2000 and n so small that (76) holds',
  inside: lowerThanProof,
  assuming: {
    H1: large,
    H2: {
      says: String.raw`64(n-r)\log r \le r^2`,
      holds: (R, { r, n }) => atMost(R, R.mul(64, n - r, R.log(r)), R.power(R.of(r), 2)),
    },
  },
  cases: [{ r: 2000, n: 4000 }],
});

/** The last steps of (76) and (77) with the hypothesis that they need. For all; attained. */
export const equation76Corrected = forAll(smallSize, {
  id: 'fa-matrix-factorization/eq-76-small-n',
  where: 'corrects (76) and (77)',
  recorded: 'upheld',
  says: String.raw`64(n-r)\log r \le r^2 \implies 8s+3q \le 4q,\ 8s \le 4q`,
  note: String.raw`The hypothesis is the first conclusion rearranged. Together with $n\ge40001\,r$ it asks for $r\ge4.5\cdot10^7$.`,
  tight: true,
  then: (R, _none, p) => {
    const [q, s] = [ratio(R, p), spread(R, p)];
    return all(
      part('(76)', atMost(R, R.add(R.mul(8, s), R.mul(3, q)), R.mul(4, q))),
      part('(77)', atMost(R, R.mul(8, s), R.mul(4, q))),
    );
  },
  mutants: { '9s for 8s': (R, _none, p) => atMost(R, R.mul(9, spread(R, p)), ratio(R, p)) },
});

/** (86): the bound on the inner product, and its last step. For all. */
export const equation86 = forAll(anySize, {
  id: 'fa-matrix-factorization/eq-86',
  where: '(86)',
  recorded: 'upheld',
  says: String.raw`\frac{\sqrt{r+16\sqrt{r\log r}}\;2\sqrt{\log r}}{2\sqrt{r(n-r)}} \le \sqrt{\frac{(r+16\sqrt{r\log r})\,4\log r}{2r(n-r)}} \le 2\sqrt{\frac{\log r}{n-r}}`,
  note: String.raw`On the left what (81), (84) and (85) give; (86) has $2r(n-r)$ below the root where they give $4r(n-r)$, which is more than is
needed by $\sqrt2$. The last step is $16s\le1$.`,
  then: (R, _none, p) => {
    const [printed, last] = bounds86(R, p, 2);
    const numerator = R.mul(R.sqrt(threshold(R, p)), 2, R.sqrt(R.log(p.r)));
    const given = R.div(numerator, R.mul(2, R.sqrt(R.mul(p.r, p.n - p.r))));
    return all(part('from (81)', atMost(R, given, printed)), part('last step', atMost(R, printed, last)));
  },
  mutants: { 'r(n − r) for 2r(n − r)': (R, _none, p) => atMost(R, ...bounds86(R, p, 1)) },
});

const bounds86 = <N>(R: Arithmetic<N>, p: Size, factor: number): readonly [N, N] => {
  const inside = R.div(R.mul(threshold(R, p), 4, R.log(p.r)), R.mul(factor, p.r, p.n - p.r));
  return [R.sqrt(inside), R.mul(2, R.sqrt(R.div(R.log(p.r), p.n - p.r)))];
};

/** 12√log r + 2√(8r) and 16√log r against factor·√r. */
const lines90And91 = <N>(R: Reading<N>, { r }: Size, factor: number): Finding => {
  const root = R.sqrt(R.log(r));
  const bound = R.mul(factor, R.sqrt(r));
  const left = R.add(R.mul(12, root), R.mul(2, R.sqrt(8 * r)));
  return all(part('(90)', atMost(R, left, bound)), part('(91)', atMost(R, R.mul(16, root), bound)));
};

/** The last steps of (90) and (91). For all. */
export const equation90 = forAll(anySize, {
  id: 'fa-matrix-factorization/eq-90-91',
  where: '(90), (91)',
  recorded: 'upheld',
  says: String.raw`12\sqrt{\log r}+2\sqrt{8r} \le 7\sqrt r,\quad 16\sqrt{\log r} \le 7\sqrt r`,
  note: String.raw`At $r=2000$: $6.40\le7$ and $0.99\le7$, in units of $\sqrt r$.`,
  then: (R, _none, p) => lines90And91(R, p, 7),
  mutants: { '6 for 7': (R, _none, p) => lines90And91(R, p, 6) },
});

/** (r + 16√(r log r))/(2(n − r)) ≤ factor·r/(n − r). */
const line96 = <N>(R: Reading<N>, p: Size, factor: number): Finding =>
  atMost(R, R.div(threshold(R, p), 2 * (p.n - p.r)), R.mul(factor, R.div(p.r, p.n - p.r)));

/** (96), last step. For all. */
export const equation96 = forAll(anySize, {
  id: 'fa-matrix-factorization/eq-96',
  where: '(96)',
  recorded: 'upheld',
  says: String.raw`\frac{r+16\sqrt{r\log r}}{2(n-r)} \le \frac r{n-r}`,
  note: String.raw`It is $256\log r\le r$: true from $r=1938$ on.`,
  then: (R, _none, p) => line96(R, p, 1),
  mutants: { '0.95 r': (R, _none, p) => line96(R, p, 0.95) },
});

const columns = exam({
  name: 'the columns that (75) and (89) speak of',
  inside: columnsOfA,
  assuming: {
    H1: large,
    H2: { says: String.raw`n \ge 2r`, holds: (R, { r, n }) => atMost(R, 2 * r, n) },
    H3: { says: String.raw`2 \le j \le n`, holds: (R, { n, j }) => all(atMost(R, 2, j), atMost(R, j, n)) },
  },
  cases: [{ r: 2000, n: 4000, j: 4000 }],
});

/** The range of j as printed. For all. */
export const equation75 = forAll(columns, {
  id: 'fa-matrix-factorization/eq-75',
  where: '(75), (89)',
  recorded: 'refuted',
  corrected: ['fa-matrix-factorization/lemma-20'],
  says: String.raw`j\in\{2,3,\dots,n\} \implies A^{(j)}\text{ is a column of }A\in\mathbb R^{n\times r}`,
  note: String.raw`$A$ has $r$ columns: the range is $\{2,\dots,r\}$, as it is in Lemma 20, which both lines quote. The bound for that range is
lemma-20.`,
  then: (R, _none, { r, j }) => atMost(R, j, r),
  python: ['assert r >= 2000 and n >= 2*r and 2 <= j <= n  # H1, H2, H3', 'left, right = F(j), F(r)'],
});

const proofOnly = exam({ name: 'the probabilities in the proof of Theorem 3', inside: space().with('step', choice('all')), assuming: {}, cases: [{ step: 'all' }] }); // prettier-ignore

/** The probability that the proof says it aims at, against the theorem's. */
export const probability = forAll(proofOnly, {
  id: 'fa-matrix-factorization/proof-thm-3-prob',
  where: 'proof of Theorem 3, before (67)',
  recorded: 'refuted',
  corrected: ['fa-matrix-factorization/proof-thm-3-prob-union'],
  says: String.raw`\text{a bound with probability } 0.9 \text{ is one with the probability of the theorem: } 0.99\le0.9`,
  note: String.raw`A slip: the sentence wants to leave out a set of probability 0, and what follows has probability 0.99.`,
  then: (R) => atMost(R, '99/100', '9/10'),
  python: ['left, right = F(99, 100), F(9, 10)'],
});

/** Each union bound of the proof: what fails in the parts (in thousandths), and what is claimed of the whole. */
const unionBounds = {
  '(76)': [[1, 1], '998/1000'],
  'Lemma 18': [[2, 1], '997/1000'],
  '(86)': [[1, 1], '998/1000'],
  '(87)': [[1, 2], '997/1000'],
  '(88)': [[1, 1], '998/1000'],
  '(90)': [[3, 2, 1], '994/1000'],
  'Lemma 19': [[6, 1], '993/1000'],
  'Theorem 3': [[3, 7], '99/100'],
} as const;

/** The union bounds add up. For all, identities. */
export const unions = forAll(proofOnly, {
  id: 'fa-matrix-factorization/proof-thm-3-prob-union',
  where: 'corrects the sentence before (67)',
  recorded: 'upheld',
  says: String.raw`\text{(76): } 1-0.001-0.001=0.998,\ \dots,\ \text{Lemmas 18 and 19: } 1-0.003-0.007=0.99`,
  then: (R) =>
    all(
      ...Object.entries(unionBounds).map(([name, [failures, claimed]]) => {
        const fails = R.div(R.add(...failures), 1000);
        return part(name, equals(R, R.sub(1, fails), claimed));
      }),
    ),
});
