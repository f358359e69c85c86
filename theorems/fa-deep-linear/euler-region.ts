/**
 * The region R that traps forward Euler from zero (Lemma 28 and Theorem 26): points (x, S) with 0 ≤ S ≤ x and
 * P(x, S) = r³ − x³ + xS ≥ 0, where r = (2dλ)^{1/3}. S* is the positive number with P(S*, S*) = 0. No path here: these are
 * statements about polynomials. Instances are drawn by odds = r/(S* − r), which makes r and S* rational.
 */
import { atMost, equals, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { pairOfRegion, pointOfDiagonal, pointOfRegion, signalOf } from '../../generators/euler';

/** Any signal: r > 0, so that S* > r. */
const anySignal = {
  says: String.raw`2d\lambda = r^3 > 0`,
  holds: <N>(R: Reading<N>, { odds }: { readonly odds: N }): Finding => lessThan(R, 0, odds),
};

/** 0 ≤ S ≤ x and x³ ≤ r³ + xS. */
const inRegion = <N>(R: Reading<N>, { odds, x, S }: { readonly odds: N; readonly x: N; readonly S: N }): Finding => {
  const { twoDLambda } = signalOf(R, { odds });
  return all(atMost(R, 0, S), atMost(R, S, x), atMost(R, R.power(x, 3), R.add(twoDLambda, R.mul(x, S))));
};

const python = ['q = odds/(1 + odds)', 's = 1/(1 - q**3)', 'r = q*s', 'assert odds > 0  # H1'];

/** A signal, and a number x > 0. */
const diagonal = exam({
  name: 'P on the diagonal',
  inside: pointOfDiagonal,
  assuming: { H1: anySignal, H2: { says: 'x > 0', holds: (R, { x }) => lessThan(R, 0, x) } },
  cases: [
    { odds: 1, x: 1 },
    { odds: 1, x: '8/7' },
    { odds: '1/10', x: '2/3' },
  ],
});

/** The equation printed for S*. For all. */
export const sStarPrinted = forAll(diagonal, {
  id: 'fa-deep-linear/S-star',
  where: 'proof of Lemma 28, after (164)',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/S-star-minus'],
  says: String.raw`P(S^*,S^*)=0 \text{ is } S^{*3}-S^{*2}+2d\lambda=0,\text{ which some positive number solves}`,
  note: String.raw`A sign: $P(x,x)=2d\lambda-x^3+x^2$. The printed equation has no positive solution where
$2d\lambda>\tfrac4{27}$ (its left side is least at $x=\tfrac23$, where it is $2d\lambda-\tfrac4{27}$) and two where
$2d\lambda<\tfrac4{27}$, so it has "the unique positive solution" for one value of $2d\lambda$ only. The two parts are:
that $S^*$ solves it, and that some positive number does.`,
  then: (R, _none, { odds }) => {
    const { sStar, twoDLambda } = signalOf(R, { odds });
    return all(
      part('S* solves it', equals(R, R.add(R.power(sStar, 3), twoDLambda), R.power(sStar, 2))),
      part('solvable', atMost(R, twoDLambda, '4/27')),
    );
  },
  python: [
    ...python,
    "left, right = (s**3 + r**3, s**2) if part == 'S* solves it' else (r**3, F(4, 27))",
    'assert r**3 - s**3 + s**2 == 0  # P(S*, S*) = 0',
  ],
});

/** The equation for S* with its sign, and that it has one positive solution. For all. */
export const sStarMinus = forAll(diagonal, {
  id: 'fa-deep-linear/S-star-minus',
  where: 'corrects the proof of Lemma 28, after (164)',
  recorded: 'upheld',
  says: String.raw`S^{*3}-S^{*2}-2d\lambda=0;\quad (S^*-x)\,P(x,x) \ge (S^*-x)^2\,S^*(S^*-1) \text{ for } x>0`,
  note: String.raw`The second part says that nothing else on the diagonal solves it: $S^*>1$, so that $P(x,x)$ has the sign
of $S^*-x$ for $x>0$. The quotient of $P(x,x)$ by $S^*-x$ is $x^2+(S^*-1)x+S^*(S^*-1)$.`,
  then: (R, _none, { odds, x }) => {
    const { sStar, twoDLambda } = signalOf(R, { odds });
    const away = R.sub(sStar, x);
    const P = R.add(twoDLambda, R.neg(R.power(x, 3)), R.power(x, 2));
    return all(
      part('S* solves it', equals(R, R.power(sStar, 3), R.add(R.power(sStar, 2), twoDLambda))),
      part('alone', atMost(R, R.mul(R.power(away, 2), sStar, R.sub(sStar, 1)), R.mul(away, P))),
    );
  },
  mutants: {
    'the printed sign': sStarPrinted.then,
    'S* for S* − 1': (R, _none, { odds, x }) => {
      const { sStar, twoDLambda } = signalOf(R, { odds });
      const away = R.sub(sStar, x);
      const P = R.add(twoDLambda, R.neg(R.power(x, 3)), R.power(x, 2));
      return atMost(R, R.mul(R.power(away, 2), sStar, sStar), R.mul(away, P));
    },
  },
});

/** A signal, two points of the region, and where between them to look. */
const pair = exam({
  name: 'two points of the region R',
  inside: pairOfRegion,
  assuming: {
    H1: anySignal,
    H2: { says: String.raw`(x,S) \in \mathcal R`, holds: (R, p) => inRegion(R, p) },
    H3: {
      says: String.raw`(x_2,S_2) \in \mathcal R`,
      holds: (R, { odds, x2, S2 }) => inRegion(R, { odds, x: x2, S: S2 }),
    },
    H4: {
      says: String.raw`0 \le w \le 1`,
      holds: (R, { weight }) => all(atMost(R, 0, weight), atMost(R, weight, 1)),
    },
  },
  cases: [
    { odds: 1, x: 0, S: 0, x2: '8/7', S2: '8/7', weight: '1/2' },
    { odds: 1, x: '4/7', S: 0, x2: '8/7', S2: '8/7', weight: '1/2' },
  ],
});

type Pair<N> = Readonly<Record<'odds' | 'x' | 'S' | 'x2' | 'S2' | 'weight', N>>;

/** w·a + (1 − w)·b. */
const mean = <N>(R: Reading<N>, w: N, a: N, b: N): N => R.add(R.mul(w, a), R.mul(R.sub(1, w), b));

const meanPoint = <N>(R: Reading<N>, { x, S, x2, S2, weight }: Pair<N>): { readonly x: N; readonly S: N } => ({
  x: mean(R, weight, x, x2),
  S: mean(R, weight, S, S2),
});

/** The region is convex and bounded. For all. */
export const regionConvex = forAll(pair, {
  id: 'fa-deep-linear/region-R-convex',
  where: 'Theorem 26 (146), Lemma 28 (161)',
  recorded: 'upheld',
  tight: true,
  says: String.raw`\mathcal R=\{x,S\ge0,\ S\le x,\ 2d\lambda-x^3+xS\ge0\} \text{ is convex, and lies in } [0,S^*]^2`,
  note: String.raw`The lower edge is $S=x^2-2d\lambda/x$, convex beyond $x=r$, where it becomes positive. Closed, because the
inequalities are not strict: read so in (161), too, where the text at hand has $\mathbb R^2_{>0}$. A region without its
edges would not be compact and would not contain the start $(0,0)$.`,
  then: (R, _none, p) => {
    const { sStar } = signalOf(R, p);
    return all(
      part('between points of R', inRegion(R, { odds: p.odds, ...meanPoint(R, p) })),
      part('x ≤ S*', atMost(R, p.x, sStar)),
    );
  },
  mutants: {
    'P is concave': (R, _none, p) => {
      const P = (point: { readonly x: typeof p.x; readonly S: typeof p.x }) =>
        R.sub(R.mul(point.x, point.S), R.power(point.x, 3));
      return atMost(R, mean(R, p.weight, P(p), P({ x: p.x2, S: p.S2 })), P(meanPoint(R, p)));
    },
    'x ≤ r': (R, _none, p) => atMost(R, p.x, signalOf(R, p).r),
  },
});

/** A signal and a point of the region. */
const point = exam({
  name: 'a point of the region R',
  inside: pointOfRegion,
  assuming: { H1: anySignal, H2: pair.assuming['H2']! as never },
  cases: [
    { odds: 1, x: '2/3', S: '2/3' },
    { odds: 9, x: '2/3', S: '2/3' },
  ],
});

/** The largest P on the region, which the step-size condition divides by. For all, attained at (2/3, 2/3). */
export const regionMaximum = forAll(point, {
  id: 'fa-deep-linear/region-R-maximum',
  where: 'not in the paper; for the second bound of (145) and (162)',
  recorded: 'upheld',
  tight: true,
  says: String.raw`\max_{\mathcal R} P = 2d\lambda+\tfrac4{27}`,
  note: String.raw`$P$ increases with $S\le x$, and $P(x,x)=2d\lambda+x^2-x^3$ is largest at $x=\tfrac23<S^*$.`,
  then: (R, _none, { odds, x, S }) => {
    const { twoDLambda } = signalOf(R, { odds });
    return atMost(R, R.add(twoDLambda, R.neg(R.power(x, 3)), R.mul(x, S)), R.add(twoDLambda, '4/27'));
  },
});
