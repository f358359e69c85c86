/**
 * The cubic P(x) = x³ + 2dKx − 2dλ of (54), its discriminant (55), and what three real roots mean for the first layer,
 * which obeys θ1' = −P(θ1)/2 (Appendix A.3: Lemma 14, (61)). Instances are drawn by roots; λ and K follow.
 */
import { equals, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { cubicWithFactor, firstLayerSpeed, type Cubic } from '../../src/definitions/first-layer-cubic';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { slopeAtZero } from '../../oracles/closed-form';
import { anyCubic, rootsByGaps, threeRoots, threeRootsAndPoint } from '../../generators/first-layer-cubic';

/** The two sides of Δ > 0 by (55): 27λ² < −8dK³. */
const sidesOfDiscriminant = <N>(R: Reading<N>, { d, lambda, K }: Cubic<N>): readonly [N, N] => [
  R.mul(27, lambda, lambda),
  R.mul(-8, d, R.power(K, 3)),
];

/** Any cubic, by a real root r and the factor x² + rx + c. */
const byFactor = exam({
  name: 'cubic by a real root and the other factor',
  inside: anyCubic,
  assuming: { H1: { says: String.raw`d \ne 0`, holds: (R, { d }) => lessThan(R, 0, R.abs(d)) } },
  cases: [
    { d: '1/2', r: 1, c: 1 },
    { d: '1/2', r: 2, c: -8 },
    { d: -3, r: 0, c: -1 },
    { d: 1, r: 2, c: 1 },
  ],
});

/** −4d²(8dK³ + factor·λ²). */
const discriminant55 = <N>(R: Reading<N>, { d, lambda, K }: Cubic<N>, factor: number): N =>
  R.mul(-4, R.power(d, 2), R.add(R.mul(8, d, R.power(K, 3)), R.mul(factor, R.power(lambda, 2))));

/** The product of the squared differences of the roots: (r² − 4c)(2r² + c)². */
const squaredDifferences = <N>(R: Reading<N>, { r, c }: { readonly r: N; readonly c: N }): N => {
  const square = R.power(r, 2);
  return R.mul(R.sub(square, R.mul(4, c)), R.power(R.add(square, square, c), 2));
};

/** The discriminant. For all, an identity. */
export const discriminant = forAll(byFactor, {
  id: 'fa-deep-linear/disc-55',
  where: '(54)-(55)',
  recorded: 'upheld',
  says: String.raw`x^3+2dKx-2d\lambda \text{ has discriminant } -4d^2(8dK^3+27\lambda^2)`,
  note: String.raw`Against the product of the squared differences of the roots, which for $(x-r)(x^2+rx+c)$ is
$(r^2-4c)(2r^2+c)^2$.`,
  then: (R, _none, p) => equals(R, squaredDifferences(R, p), discriminant55(R, cubicWithFactor(R, p.d, p.r, p.c), 27)),
  mutants: {
    '26 for 27': (R, _none, p) =>
      equals(R, squaredDifferences(R, p), discriminant55(R, cubicWithFactor(R, p.d, p.r, p.c), 26)),
  },
});

interface Gaps<N> {
  readonly d: N;
  readonly low: N;
  readonly high: N;
}

const cubicByGaps = <N>(R: Arithmetic<N>, p: Gaps<N>): Cubic<N> => {
  const [r1, r2, r3] = rootsByGaps(R, p);
  return cubicWithFactor(R, p.d, r1, R.mul(r2, r3));
};

const threeRootsPositive = {
  says: String.raw`d > 0`,
  holds: <N>(R: Reading<N>, { d }: Gaps<N>): Finding => lessThan(R, 0, d),
};
const positiveDiscriminant = {
  says: String.raw`\Delta > 0`,
  holds: <N>(R: Reading<N>, p: Gaps<N>): Finding => lessThan(R, ...sidesOfDiscriminant(R, cubicByGaps(R, p))),
};

/** Three distinct roots r1 < r2 < r3, by their gaps, and a point that is none of them. */
const pointAmongThree = exam({
  name: 'cubic with three distinct roots, and a point',
  inside: threeRootsAndPoint,
  assuming: {
    H1: threeRootsPositive,
    H2: positiveDiscriminant,
    H3: {
      says: String.raw`\theta_0 \notin \{r_1,r_2,r_3\}`,
      holds: (R, { low, high, from }) =>
        all(...[R.neg(low), R.of(0), high].map((root) => lessThan(R, 0, R.abs(R.sub(from, root))))),
    },
  },
  cases: [
    { d: '1/2', low: 3, high: 3, from: 1 },
    { d: '1/2', low: 3, high: 3, from: -1 },
    { d: 2, low: 3, high: 6, from: 9 },
    { d: 2, low: 1, high: 2, from: -4 },
  ],
});

/** The sign that (58)–(59) give θ1' between the roots: + below the first, − between the first two, and so on. */
const claimedSign = <N>(R: Reading<N>, roots: readonly N[], theta: N): number =>
  roots.filter((root) => R.sign(R.sub(theta, root)) === 1).length % 2 === 0 ? 1 : -1;

/** The derivative of the first layer's speed: exact, as the speed is a cubic. */
const stability = <N>(R: Reading<N>, cubic: Cubic<N>, root: N): N =>
  slopeAtZero(R, (h) => firstLayerSpeed(R, cubic, R.add(root, h)));

/** Signs between the roots, and which root attracts. For all. */
export const lemma14 = forAll(pointAmongThree, {
  id: 'fa-deep-linear/lemma-14',
  where: 'Lemma 14 (58)-(59), the lines around it',
  recorded: 'upheld',
  says: String.raw`\dot\theta_1<0 \text{ on } (r_1,r_2)\cup(r_3,\infty),\ >0 \text{ on } (-\infty,r_1)\cup(r_2,r_3);\ r_1,r_3 \text{ attract},\ r_2 \text{ repels};\ K<0`,
  note: String.raw`"Attracts" and "repels" are checked by the sign of the derivative of $\dot\theta_1$ by $\theta_1$ at the root. Our
copy repeats (58) without its dot; it is read with it.`,
  then: (R, _none, p) => {
    const cubic = cubicByGaps(R, p);
    const roots = rootsByGaps(R, p);
    const [r1, r2, r3] = roots;
    const theta = R.add(r2, p.from);
    const speed = firstLayerSpeed(R, cubic, theta);
    return all(
      part('sign of the speed', lessThan(R, 0, R.mul(claimedSign(R, roots, theta), speed))),
      part('r1 attracts', lessThan(R, stability(R, cubic, r1), 0)),
      part('r2 repels', lessThan(R, 0, stability(R, cubic, r2))),
      part('r3 attracts', lessThan(R, stability(R, cubic, r3), 0)),
      part('K < 0', lessThan(R, cubic.K, 0)),
    );
  },
  mutants: {
    'all signs turned round': (R, _none, p) => {
      const roots = rootsByGaps(R, p);
      const theta = R.add(roots[1], p.from);
      return lessThan(R, R.mul(claimedSign(R, roots, theta), firstLayerSpeed(R, cubicByGaps(R, p), theta)), 0);
    },
    'the middle root attracts': (R, _none, p) => lessThan(R, stability(R, cubicByGaps(R, p), rootsByGaps(R, p)[1]), 0),
  },
});

/** Three distinct roots, by their gaps. */
const amongThree = exam({
  name: 'cubic with three distinct roots',
  inside: threeRoots,
  assuming: { H1: threeRootsPositive, H2: positiveDiscriminant },
  cases: [
    { d: '1/2', low: 3, high: 3 },
    { d: '1/2', low: 1, high: 4 },
  ],
  python: [
    'assert d > 0 and low > 0 and high > 0  # H1, H2: three distinct roots',
    'r1, r2, r3 = -(2*low + high)/3, (low - high)/3, (low + 2*high)/3',
    'lam, K = r1*r2*r3/(2*d), (r1*r2 + r1*r3 + r2*r3)/(2*d)',
  ],
});

/** What makes r3 a solution, as printed. For all. */
export const rootPrinted = forAll(amongThree, {
  id: 'fa-deep-linear/eq-61',
  where: 'the sentence after (61)',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/eq-61-sign'],
  says: String.raw`r_3^3+2dr_3-2d\lambda=0,\quad \tfrac{1}{2d}r_3^3-Kr_3=\lambda`,
  note: String.raw`Two slips: the cubic lacks its $K$, and the sign before $Kr_3$ is wrong (in (61) itself it is right). Neither
equation ever holds for $d>0$: the first asks $K=1$ and the second $Kr_3=0$, but $K<0<r_3$. The rate in (61) is checked
with rate-60.`,
  then: (R, _none, p) => {
    const { d, lambda, K } = cubicByGaps(R, p);
    const r3 = rootsByGaps(R, p)[2];
    const cube = R.power(r3, 3);
    return all(
      part('root', equals(R, R.add(cube, R.mul(2, d, r3)), R.mul(2, d, lambda))),
      part('signal', equals(R, R.sub(R.div(cube, R.mul(2, d)), R.mul(K, r3)), lambda)),
    );
  },
  python: [
    "left = r3**3 + 2*d*r3 if part == 'root' else r3**3/(2*d) - K*r3",
    "right = 2*d*lam if part == 'root' else lam",
  ],
});

/** What makes r3 a solution. For all, an identity. */
export const rootSigned = forAll(amongThree, {
  id: 'fa-deep-linear/eq-61-sign',
  where: 'corrects the sentence after (61)',
  recorded: 'upheld',
  says: String.raw`r_i^3+2dKr_i-2d\lambda=0,\quad \tfrac{1}{2d}r_i^3+Kr_i=\lambda\quad\text{for } i=1,2,3`,
  then: (R, _none, p) => {
    const { d, lambda, K } = cubicByGaps(R, p);
    return all(
      ...rootsByGaps(R, p).flatMap((root, k) => {
        const cube = R.power(root, 3);
        return [
          part(`r${k + 1}, root`, equals(R, R.add(cube, R.mul(2, d, K, root)), R.mul(2, d, lambda))),
          part(`r${k + 1}, signal`, equals(R, R.add(R.div(cube, R.mul(2, d)), R.mul(K, root)), lambda)),
        ];
      }),
    );
  },
  mutants: { 'as printed': rootPrinted.then },
});
