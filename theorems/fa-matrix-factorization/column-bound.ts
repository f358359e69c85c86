/**
 * The bound on the Gram-Schmidt columns in the proof of Theorem 3, between Lemmas 18 and 19 and (69). With a_j and b_j the
 * squared lengths of the two parts of A^{(j)} − P A^{(j)}, the share of the first part is a_j/(a_j + b_j); q = √(r/(n − r)),
 * s = √(log r/r). For the first column a = χ_r/(2r) and b = χ_{n−r}/(2(n − r)), independent.
 */
import { atMost, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { chiSquareAtLeast } from '../../src/numerics/tails';
import { columnsFarApart, manyColumns } from '../../generators/large-error';

interface Size {
  readonly r: number;
  readonly n: number;
}

const large = {
  says: String.raw`r\ge2000`,
  holds: <N>(R: Reading<N>, { r }: Size) => atMost(R, 2000, r),
};

const columns = exam({
  name: 'r columns and n rows, one after the other',
  inside: manyColumns,
  assuming: { H1: large, H2: { says: String.raw`n\ge2r`, holds: (R, { r, n }) => atMost(R, 2 * r, n) } },
  cases: [
    { r: 2000, n: 4000 },
    { r: 2000, n: 80_002_000 },
    { r: 2000, n: 20_000_002_000 },
  ],
});

const ratioOf = <N>(R: Arithmetic<N>, { r, n }: Size): N => R.sqrt(R.div(r, n - r));

/**
 * At least P[a/b > c] for the first column: a > c(1 + δ)/2 and b ≤ (1 + δ)/2, where b > (1 + δ)/2 has at most the probability
 * e^{−(n−r)(δ−log(1+δ))/2} (Chernoff), some 2·10⁻⁹.
 */
const firstExceeds = <N>(R: Arithmetic<N>, { r, n }: Size, c: N): N => {
  const delta = R.div(9, R.sqrt(n - r));
  const wider = R.add(1, delta);
  const exponent = R.div(R.mul(n - r, R.sub(R.log(wider), delta)), 2);
  return R.sub(chiSquareAtLeast(R, r, R.mul(r, c, wider)), R.exp(exponent));
};

/** The bound on the ratio is one, and the first column keeps it with the probability claimed. */
const ratioBound = <N>(R: Reading<N>, p: Size): Finding => {
  const q = ratioOf(R, p);
  const below = R.sub('1/2', R.mul(7, q));
  const positive = part('1/2 − 7q is positive', lessThan(R, R.mul(7, q), '1/2'));
  if (R.sign(below) !== 1) return positive;
  const c = R.div(R.add('1/2', R.mul(4, q)), below);
  return all(positive, part('first column', atMost(R, firstExceeds(R, p, c), '1/100')));
};

/** The display before (69) as printed, by what it implies. For all. */
export const columnBound = forAll(columns, {
  id: 'fa-matrix-factorization/thm-3-column-bound',
  where: 'proof of Theorem 3, displays before (69)',
  recorded: 'refuted',
  corrected: ['fa-matrix-factorization/thm-3-column-bound-log-term'],
  says: String.raw`r\ge2000,\ n\ge2r \implies P\Big[\forall j:\ \frac{a_j}{b_j}\le\frac{\frac12+4q}{\frac12-7q}\Big]\ge0.99`,
  note: String.raw`False at both ends. For $n\le197\,r$ the right side is negative or no number ($q\ge\frac1{14}$), and the ratio of two squares is not: two
lower bounds were divided without asking for their signs. For large $n$ it tends to 1, and $a_1/b_1$ exceeds 1 about half of the
time; that comes from Lemma 18. In between, at $r=2000$ and $n=40001\,r$, the first column keeps the bound. $P[a_1/b_1>c]$ is bounded
from below by $P[\chi_r>rc(1+\delta)]-e^{-(n-r)(\delta-\log(1+\delta))/2}$, $\delta=9/\sqrt{n-r}$.`,
  then: (R, _none, p) => ratioBound(R, p),
});

const farApart = exam({
  name: 'r columns and more than 197 r rows',
  inside: columnsFarApart,
  assuming: { H1: large, H2: { says: String.raw`n>197\,r`, holds: (R, { r, n }) => lessThan(R, 197 * r, n) } },
  cases: [
    { r: 2000, n: 394_001 },
    { r: 2000, n: 80_002_000 },
    { r: 2000, n: 20_000_002_000 },
  ],
});

/** The largest share that a_j ≤ 1/2 + 8s + 3q and b_j ≥ 1/2 − 7q allow, against 1/2 + 4s + factor·q. */
const share = <N>(R: Reading<N>, p: Size, factor: number): Finding => {
  const [q, s] = [ratioOf(R, p), R.sqrt(R.div(R.log(p.r), p.r))];
  const [a, b] = [R.add('1/2', R.mul(8, s), R.mul(3, q)), R.sub('1/2', R.mul(7, q))];
  return atMost(R, R.div(a, R.add(a, b)), R.add('1/2', R.mul(4, s), R.mul(factor, q)));
};

/** The bound that Lemma 19 and the corrected Lemma 18 do give. For all. */
export const columnBoundCorrected = forAll(farApart, {
  id: 'fa-matrix-factorization/thm-3-column-bound-log-term',
  where: 'corrects the displays before (69)',
  recorded: 'upheld',
  says: String.raw`n>197\,r,\ a\le\tfrac12+8s+3q,\ 0<\tfrac12-7q\le b \implies \frac a{a+b}\le\tfrac12+4s+7q`,
  note: String.raw`With lemma-18-log-term and lemma-19 it holds for all columns at once with probability $0.99$. (69) itself, about their mean, needs no
such detour and holds with room to spare: the mean share is near $0.38$ for large $n$.`,
  then: (R, _none, p) => all(part('q < 1/14', lessThan(R, ratioOf(R, p), '1/14')), part('share', share(R, p, 7))),
  mutants: {
    '3 for 7': (R, _none, p) => share(R, p, 3),
    'without 4s': (R, _none, p) => {
      const [q, s] = [ratioOf(R, p), R.sqrt(R.div(R.log(p.r), p.r))];
      const [a, b] = [R.add('1/2', R.mul(8, s), R.mul(3, q)), R.sub('1/2', R.mul(7, q))];
      return atMost(R, R.div(a, R.add(a, b)), R.add('1/2', R.mul(7, q)));
    },
  },
});
