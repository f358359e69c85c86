/**
 * How many real roots the cubic x³ + 2dKx − 2dλ of (13) has (Section 4.1 and (54)–(55)): they are the rest points of
 * the first layer along the parabola θ2 = θ1²/(2d) + K.
 */
import { lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, type Reading } from '../../src/claim/finding';
import { threeDistinctRealRoots } from '../../oracles/cubic';
import { cubicBeyond, cubicBeyondPrinted } from '../../generators/scalar-two-layer';

interface Cubic<N> {
  readonly d: N;
  readonly lambda: N;
  readonly K: N;
}

const positive = String.raw`d > 0,\ \lambda > 0`;

/** K < 0 and −K > (3/2) λ^{3/2}, squared to stay rational: 4K² > 9λ³. */
const printedThreshold = <N>(R: Reading<N>, { lambda, K }: Cubic<N>): readonly [N, N] => [
  R.mul(9, R.power(lambda, 3)),
  R.mul(4, K, K),
];

/** K < −(3/2)(λ²/d)^{1/3}, cubed to stay rational: 27λ² < −8dK³. */
const scaledThreshold = <N>(R: Reading<N>, { d, lambda, K }: Cubic<N>): readonly [N, N] => [
  R.mul(27, lambda, lambda),
  R.mul(-8, d, R.power(K, 3)),
];

/** The coefficients p = 2dK and q = −2dλ of x³ + px + q. */
const coefficients = <N>(R: Reading<N>, { d, lambda, K }: Cubic<N>): readonly [N, N] => [
  R.mul(2, d, K),
  R.mul(-2, d, lambda),
];

/** The condition of Section 4.1 as printed. */
const belowPrinted = exam({
  name: 'cubic with K below the threshold as printed',
  inside: cubicBeyondPrinted,
  assuming: {
    H1: { says: positive, holds: (R, { d, lambda }) => all(lessThan(R, 0, d), lessThan(R, 0, lambda)) },
    H2: {
      says: String.raw`K < -\tfrac32\lambda^{3/2}`,
      holds: (R, p) => all(lessThan(R, p.K, 0), lessThan(R, ...printedThreshold(R, p))),
    },
  },
  cases: [{ d: 1, lambda: '1/4', K: '-1/2' }],
});

/** Three distinct real roots under the printed threshold. For all. */
export const thresholdPrinted = forAll(belowPrinted, {
  id: 'fa-deep-linear/threshold-sec4',
  where: 'Section 4.1, first sentence',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/threshold-sec4-scaled'],
  says: String.raw`K < -\tfrac32\lambda^{3/2} \implies x^3+2dKx-2d\lambda \text{ has three distinct real roots}`,
  note: String.raw`Three distinct real roots means positive discriminant, $-4p^3-27q^2>0$. The condition cannot be right: it does
not contain $d$, and scaling $x$, $\lambda$ and $K$ together changes its truth. Solving (55) for $K$ gives the exponent
$2/3$ and a factor $d^{-1/3}$.`,
  then: (R, _none, p) => threeDistinctRealRoots(R, ...coefficients(R, p)),
  python: [
    'assert d > 0 and lambda_ > 0 and K < 0 and 4*K**2 > 9*lambda_**3  # H1, H2',
    'p, q = 2*d*K, -2*d*lambda_',
    'left, right = 27*q**2, -4*p**3',
  ],
});

/** The condition that (55) gives. */
const belowScaled = exam({
  name: 'cubic with K below the threshold that the discriminant gives',
  inside: cubicBeyond,
  assuming: {
    H1: belowPrinted.assuming['H1']!,
    H2: {
      says: String.raw`K < -\tfrac32(\lambda^2/d)^{1/3}`,
      holds: (R, p) => lessThan(R, ...scaledThreshold(R, p)),
    },
  },
  cases: [
    { d: 1, lambda: 1, K: -2 },
    { d: 1, lambda: '1/4', K: '-2/3' },
  ],
});

/** Three distinct real roots under the threshold with d in it. For all. */
export const thresholdScaled = forAll(belowScaled, {
  id: 'fa-deep-linear/threshold-sec4-scaled',
  where: 'corrects Section 4.1, from (55)',
  recorded: 'upheld',
  says: String.raw`K < -\tfrac32(\lambda^2/d)^{1/3} \implies x^3+2dKx-2d\lambda \text{ has three distinct real roots}`,
  then: (R, _none, p) => threeDistinctRealRoots(R, ...coefficients(R, p)),
  mutants: {
    'for 21/20 of the signal': (R, _none, p) =>
      threeDistinctRealRoots(R, ...coefficients(R, { ...p, lambda: R.mul('21/20', p.lambda) })),
    'wrong sign of the linear coefficient': (R, _none, p) =>
      threeDistinctRealRoots(R, ...coefficients(R, { ...p, K: R.neg(p.K) })),
  },
});
