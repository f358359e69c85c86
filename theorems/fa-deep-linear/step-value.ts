/**
 * Where the step of Theorem 7 is at its own time T (Appendix C.1, (95)–(104)): the implicit solution (95) for the start
 * θ1(0) = r2 + ε, ε = e^{−δ}, at any point u = θ1 − r2 between ε and b, and its limit as ε → 0 at s = δT. Gaps
 * a = r2 − r1 (`low`) and b = r3 − r2 (`high`); T = 2/(ab). From below the same with a and b exchanged.
 */
import { equals, lessThan } from '../../src/claim/compare';
import { exam, forAll, type Series } from '../../src/claim/exam';
import { all, part, type Reading } from '../../src/claim/finding';
import { space } from '../../src/claim/space';
import { nearest, timesUpTo } from '../../src/definitions/flow';
import { cubicWithFactor, startOnParabola } from '../../src/definitions/first-layer-cubic';
import { feedbackAlignmentFlow, type FeedbackStart } from '../../src/definitions/scalar-two-layer';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { doubles } from '../../src/numerics/doubles';
import { identical } from '../../oracles/along';
import { cancelling, distance, map, timesOf, zip } from '../../oracles/series';
import { counts } from '../../generators/coordinates';
import { rootsByGaps, threeRoots } from '../../generators/first-layer-cubic';
import { between, nextToMiddleRoot } from '../../generators/two-components';

interface Start<N> {
  readonly d: N;
  readonly low: N;
  readonly high: N;
  readonly near: N;
}

const startOf = <N>(R: Arithmetic<N>, p: Start<N>): FeedbackStart<N> => {
  const [r1, r2, r3] = rootsByGaps(R, p);
  return startOnParabola(R, cubicWithFactor(R, p.d, r1, R.mul(r2, r3)), R.add(r2, p.near));
};

const start = {
  H1: { says: 'd > 0', holds: <N>(R: Reading<N>, { d }: { readonly d: N }) => lessThan(R, 0, d) },
  H2: {
    says: String.raw`\Delta > 0`,
    holds: <N>(R: Reading<N>, { low, high }: { readonly low: N; readonly high: N }) =>
      all(lessThan(R, 0, low), lessThan(R, 0, high)),
  },
  H3: {
    says: String.raw`\delta > 0,\ e^{-\delta} < r_3-r_2`,
    holds: <N>(R: Reading<N>, { near, high }: { readonly near: N; readonly high: N }) =>
      all(lessThan(R, 0, near), lessThan(R, near, 1), lessThan(R, near, high)),
  },
};

/** A point u of the way from ε to b. */
const onTheWay = exam({
  name: 'a point on the way from the middle root to the largest',
  inside: nextToMiddleRoot.with('u', ({ near, high }) => between(near, high)),
  assuming: {
    ...start,
    H4: {
      says: String.raw`r_2+e^{-\delta} < \theta_1 < r_3`,
      holds: (R, { near, high, u }) => all(lessThan(R, near, u), lessThan(R, u, high)),
    },
  },
  cases: [{ d: 1, low: 1, high: 2, near: '1/64', u: 1 }],
});

type Point<N> = Omit<Start<N>, 'd'> & { readonly u: N };

/** The time s = δt at which (95)–(96) put the solution at u. */
const timeAt = <N>(R: Reading<N>, { low: a, high: b, near, u }: Point<N>): N => {
  const sum = R.add(a, b);
  const grown = (x: N, y: N): N => R.sub(R.log(x), R.log(y));
  const implicit = R.add(
    R.div(grown(R.sub(b, u), R.sub(b, near)), R.mul(b, sum)),
    R.neg(R.div(grown(u, near), R.mul(b, a))),
    R.div(grown(R.add(u, a), R.add(near, a)), R.mul(sum, a)),
  );
  return R.mul(-2, implicit);
};

/** Both rewritings of the implicit solution. For all, identities. */
export const equations98And99 = forAll(onTheWay, {
  id: 'fa-deep-linear/eqs-98-99',
  where: '(97)-(99)',
  recorded: 'upheld',
  says: String.raw`\text{(95) with } \theta_0=r_2+e^{-\delta} \text{ says the same as (98) and as (99)}`,
  note: String.raw`Checked at any point between start and limit, with the time that (95) gives it put into (98) and (99).`,
  then: (R, _none, p) => {
    const [a, b, sum] = [p.low, p.high, R.add(p.low, p.high)];
    const [s, delta] = [timeAt(R, p), R.neg(R.log(p.near))];
    const T = R.div(2, R.mul(b, a));
    const logOf98 = R.add(
      R.neg(R.mul(R.div(R.mul(b, sum), 2), R.sub(s, R.mul(delta, T)))),
      R.log(R.sub(b, p.near)),
      R.mul(R.div(b, a), R.log(R.add(a, p.near))),
      R.mul(R.div(sum, a), R.log(p.u)),
      R.neg(R.mul(R.div(b, a), R.log(R.add(p.u, a)))),
    );
    const logOf99 = R.add(
      R.neg(R.mul(R.div(R.mul(b, a), 2), R.sub(R.mul(delta, T), s))),
      R.mul(R.div(a, sum), R.log(R.div(R.sub(b, p.u), R.sub(b, p.near)))),
      R.mul(R.div(b, sum), R.log(R.div(R.add(p.u, a), R.add(a, p.near)))),
    );
    return all(part('(98)', equals(R, R.sub(b, p.u), R.exp(logOf98))), part('(99)', equals(R, p.u, R.exp(logOf99))));
  },
  mutants: {
    'time counted from 0 and not from T': (R, _none, p) => {
      const sum = R.add(p.low, p.high);
      const rest = R.mul(R.div(p.low, sum), R.log(R.div(R.sub(p.high, p.u), R.sub(p.high, p.near))));
      return equals(R, p.u, R.exp(rest));
    },
  },
});

/** Whole gaps: then both sides of the relation that every limit at T satisfies are rational where α is. */
const wholeGaps = exam({
  name: 'three roots with whole gaps',
  inside: space().with('low', counts(1, 6)).with('high', counts(1, 6)),
  assuming: {
    H2: {
      says: String.raw`\Delta > 0`,
      holds: (R, { low, high }) => all(lessThan(R, 0, low), lessThan(R, 0, high)),
    },
  },
  cases: [
    { low: 1, high: 1 },
    { low: 1, high: 2 },
    { low: 2, high: 1 },
  ],
});

/** (b − u)^a (u + a)^b and b^a a^b u^{a+b}: equal at the limit of u = θ1 − r2 at the time δT. */
const relationAt = <N>(R: Reading<N>, u: N, a: number, b: number) =>
  equals(
    R,
    R.mul(R.power(R.sub(b, u), a), R.power(R.add(u, a), b)),
    R.mul(R.power(b, a), R.power(a, b), R.power(u, a + b)),
  );

/** b^{1+(a+b)/a} (a/(a+b))^{b/a}: how far below r3 the formula (101) puts the step. */
const printedDrop = <N>(R: Reading<N>, a: number, b: number): N =>
  R.mul(R.rationalPower(b, 2 * a + b, a), R.rationalPower(R.div(a, a + b), b, a));

/** The value of the step at T, as printed. For all. */
export const alphaPrinted = forAll(wholeGaps, {
  id: 'fa-deep-linear/alpha-101-104',
  where: '(101), (104)',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/alpha-101-104-implicit'],
  says: String.raw`\theta_1(\delta T)\to\alpha=r_3-r_{32}^{1+r_{31}/r_{21}}(r_{21}/r_{31})^{r_{32}/r_{21}}`,
  note: String.raw`At $s=\delta T$ (98) reads, for every $\delta$ and with $u=\theta_1-r_2$,
$(b-u)^a(u+a)^b=(b-e^{-\delta})^a(a+e^{-\delta})^b\,u^{a+b}$, so a limit satisfies $(b-u)^a(u+a)^b=b^aa^bu^{a+b}$. The print solves
this for $r_3-\theta_1$ with $\theta_1=r_3$ put in on the other side, which is not where the solution is at time $T$. With both gaps 1
it says $\theta_1\to r_2+\frac12$ where the limit is $r_2+\frac1{\sqrt2}$. (104) is the same with the gaps exchanged.`,
  then: (R, _none, { low: a, high: b }) => relationAt(R, R.sub(b, printedDrop(R, a, b)), a, b),
  python: [
    'a, b = low, high  # whole numbers; the powers are whole where a divides b',
    'assert b % a == 0',
    'u = b - F(b)**((2*a + b)//a) * F(a, a + b)**(b//a)',
    'left, right = (b - u)**a * (u + a)**b, F(b)**a * F(a)**b * u**(a + b)',
  ],
});

/** The start next to the middle root, followed up to the step. */
const upToTheStep = exam({
  name: 'feedback-alignment flow from above the middle root up to the step',
  inside: nextToMiddleRoot,
  assuming: start,
  cases: [
    { d: '1/2', low: 1, high: 1, near: '1/4096' },
    { d: '1/2', low: 1, high: 2, near: '1/256' },
  ],
  horizon: 20,
  flow: true,
  run: ({ scalarFA }, p, points) => scalarFA.flow({ ...startOf(doubles, p), times: untilTheStep(p, points) }),
  defined: (R, p, points) => feedbackAlignmentFlow(R, startOf(R, p), untilTheStep(inDoubles(R, p), points)),
  measure: (R, { w1 }, p) => ({
    u: distance(R, { values: w1 }, rootsByGaps(R, p)[1]),
    times: timesOf(R, untilTheStep(inDoubles(R, p), w1.length - 1)),
  }),
});

const inDoubles = <N>(R: Arithmetic<N>, { low, high, near }: Omit<Start<N>, 'd'>) => ({
  low: nearest(R, low),
  high: nearest(R, high),
  near: nearest(R, near),
});

/** Up to δT. */
const untilTheStep = (p: { readonly low: number; readonly high: number; readonly near: number }, points: number) =>
  timesUpTo((-2 * Math.log(p.near)) / (p.low * p.high), points);

/**
 * a ln((b − u)/(b − ε)) + b ln((u + a)/(a + ε)) and (a + b)(ln(u/ε) − s/T), along the path. What is subtracted to get u
 * and b − u is of the size of the roots, which the logarithms divide by u and b − u.
 */
const implicitSides = <N>(
  R: Reading<N>,
  { u, times }: { readonly u: Series<N>; readonly times: Series<N> },
  { low: a, high: b, near }: Omit<Start<N>, 'd'>,
): readonly [Series<N>, Series<N>] => {
  const sum = R.add(a, b);
  const left = map({ values: u.values }, (x) =>
    R.add(R.mul(a, R.log(R.div(R.sub(b, x), R.sub(b, near)))), R.mul(b, R.log(R.div(R.add(x, a), R.add(a, near))))),
  );
  const right = zip({ values: u.values }, times, (x, s) =>
    R.mul(sum, R.sub(R.log(R.div(x, near)), R.div(R.mul(a, b, s), 2))),
  );
  const sizes = map({ values: u.values }, (x) =>
    R.mul(R.power(sum, 2), R.add(R.div(1, R.abs(x)), R.div(1, R.abs(R.sub(b, x))))),
  );
  return [left, cancelling(R, right, sizes)];
};

/** The value of the step at T satisfies the limit of (95). For all. */
export const alphaImplicit = forAll(upToTheStep, {
  id: 'fa-deep-linear/alpha-101-104-implicit',
  where: 'corrects (101), (104)',
  recorded: 'upheld',
  says: String.raw`(\tfrac{b-u}{b-e^{-\delta}})^a(\tfrac{u+a}{a+e^{-\delta}})^b=(ue^{\delta})^{a+b}e^{-(a+b)\delta t/T}\text{ at } \theta_1(\delta t)=r_2+u;\quad \alpha=r_2+u,\ (b-u)^a(u+a)^b=b^aa^bu^{a+b}`,
  note: String.raw`The relation holds along the whole path up to $T$. At $t=T$ the powers of $e^\delta$ cancel and its limit is the
equation for $\alpha$; its left side falls and its right side rises in $u$, so it has one root in $(0,b)$.`,
  then: (R, path, p) => identical(R, ...implicitSides(R, path, p)),
});

const threeRootsAlone = exam({
  name: 'three roots by their gaps',
  inside: threeRoots,
  assuming: { H2: start.H2 },
  cases: [{ d: 1, low: 1, high: 2 }],
});

/** ln of the two sides of the relation that α satisfies, as powers of u: the left falls and the right rises in u. */
const relationSides = <N>(R: Reading<N>, a: N, b: N, u: N): readonly [falls: N, rises: N] => [
  R.add(R.mul(a, R.log(R.sub(b, u))), R.mul(b, R.log(R.add(u, a)))),
  R.add(R.mul(a, R.log(b)), R.mul(b, R.log(a)), R.mul(R.add(a, b), R.log(u))),
];

/** The value of the step lies strictly between the roots. For all. */
export const alphaInInterval = forAll(threeRootsAlone, {
  id: 'fa-deep-linear/alpha-in-interval',
  where: '(15)',
  recorded: 'upheld',
  says: String.raw`lpha\in(r_2,r_3)`,
  note: String.raw`The limit of thm-7-step at $T$, not the formula (101), whose value leaves the interval (gaps 1 and 2: below
$r_2$). The relation of alpha-101-104-implicit changes sign between $u=\min(rac b2,rac12)$ and
$u=b-\min(rac b2,rac b2(rac a{a+b})^{b/a}(rac b2)^{(a+b)/a})$, so $lpha$ lies between.`,
  then: (R, _none, { low: a, high: b }) => {
    const half = R.div(b, 2);
    const powers = R.add(R.mul(R.div(b, a), R.log(R.div(a, R.add(a, b)))), R.mul(R.div(R.add(a, b), a), R.log(half)));
    const [falls, rises] = relationSides(R, a, b, smaller(R, half, R.of('1/2')));
    const [fallen, risen] = relationSides(R, a, b, R.sub(b, smaller(R, half, R.mul(half, R.exp(powers)))));
    return all(part('above r2', lessThan(R, rises, falls)), part('below r3', lessThan(R, fallen, risen)));
  },
  mutants: {
    'in the upper half of the interval': (R, _none, { low: a, high: b }) => {
      const [falls, rises] = relationSides(R, a, b, R.div(b, 2));
      return lessThan(R, rises, falls);
    },
  },
});

const smaller = <N>(R: Arithmetic<N>, x: N, y: N): N => R.div(R.sub(R.add(x, y), R.abs(R.sub(x, y))), 2);
