/**
 * Forward Euler for the scalar two-layer linear network from zero weights (Section 5.1 and Appendix D.2):
 * x_{t+1} = x_t + ηd(λ − x_t y_t), y_{t+1} = y_t + η(λ − x_t y_t)x_t. Instances are drawn by r = (2dλ)^{1/3}.
 * S_t is the sum of the squared steps of x so far, and P(x, S) = r³ − x³ + xS.
 */
import { equals, lessThan, magnitude } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { rate } from '../../src/claim/forms/constructors';
import { all, part, type Reading } from '../../src/claim/finding';
import { eulerFromZero, startAtZero } from '../../src/definitions/scalar-two-layer';
import { doubles } from '../../src/numerics/doubles';
import { along, head, identical, tail } from '../../oracles/along';
import { cancelling, distance, geometric, map, product, squaredVariation, zip } from '../../oracles/series';
import { eulerFirstStep } from '../../generators/euler';
import { eulerSmallStep, midpointAnyStep, signal } from '../../generators/scalar-two-layer';

/** Zero weights, a step size small enough for the path to stay bounded. */
const fromZero = exam({
  name: 'forward Euler from zero',
  inside: eulerSmallStep,
  assuming: {
    H1: {
      says: String.raw`d > 0,\ \lambda > 0,\ \eta > 0`,
      holds: (R, { r, d, eta }) => all(lessThan(R, 0, d), lessThan(R, 0, r), lessThan(R, 0, eta)),
    },
  },
  cases: [
    { r: 1, d: '1/2', eta: '1/2' },
    { r: 2, d: 3, eta: '1/10' },
  ],
  horizon: 60,
  run: ({ scalarFA }, { r, d, eta }, steps) =>
    scalarFA.euler({ ...startAtZero(doubles, signal(doubles, { r, d }), d), eta, steps }),
  defined: (R, { r, d, eta }, steps) => eulerFromZero(R, { lambda: signal(R, { r, d }), d, eta }, steps),
  measure: (_R, { w1, w2 }) => ({ w1: { values: w1 }, w2: { values: w2 } }),
});

/** The two layers reduce to a recursion in x and the squared steps so far. For all, an identity. */
export const recursion = forAll(fromZero, {
  id: 'fa-deep-linear/recursion-143-144',
  where: '(142)-(144)',
  recorded: 'upheld',
  says: String.raw`y_t=\tfrac{x_t^2-S_t}{2d},\quad x_{t+1}=x_t+\tfrac{\eta}{2}(2d\lambda-x_t^3+x_tS_t),\quad S_t=\sum_{j\le t}(x_j-x_{j-1})^2`,
  note: 'Algebra: it holds at every step size. Instances stay where the path is bounded.',
  then: (R, { w1, w2 }, { r, d, eta }) => {
    const S = squaredVariation(R, w1);
    const second = zip(w1, S, (x, s) => R.div(R.sub(R.mul(x, x), s), R.mul(2, d)));
    const force = zip(w1, S, (x, s) => R.add(R.power(r, 3), R.neg(R.power(x, 3)), R.mul(x, s)));
    const next = zip(w1, force, (x, f) => R.add(x, R.mul(R.div(eta, 2), f)));
    const squares = map(w1, (x) => R.div(R.mul(x, x), R.mul(2, d)));
    return all(
      part('second layer', identical(R, w2, cancelling(R, second, squares))),
      part('first layer', identical(R, tail(w1), head(next))),
    );
  },
});

/** Zero weights and a step size below 1/(2r²): small enough for Theorem 8. */
const fromZeroSmallStep = exam({
  ...fromZero,
  name: 'forward Euler from zero with a step size below 1/(2r²)',
  around: midpointAnyStep,
  assuming: {
    H1: {
      says: String.raw`d > 0,\ \lambda > 0`,
      holds: (R, { r, d }) => all(lessThan(R, 0, d), lessThan(R, 0, r)),
    },
    H2: { says: String.raw`\eta > 0`, holds: (R, { eta }) => lessThan(R, 0, eta) },
    H3: { says: String.raw`\eta < 1/(2r^2)`, holds: (R, { r, eta }) => lessThan(R, R.mul(2, eta, r, r), 1) },
  },
  cases: [
    { r: 1, d: '1/2', eta: '2/5' },
    { r: 2, d: 3, eta: '1/1000' },
    { r: '1/64', d: 64, eta: 2000 },
  ],
  horizon: 60,
  measure: (R, { w1, w2 }, { r, d }) => ({
    w1: { values: w1 },
    w2: { values: w2 },
    error: distance(R, product(R, { values: w1 }, { values: w2 }), signal(R, { r, d })),
  }),
});

/** first · λ · (1 − c·η·r²)^t. */
const envelope = <N>(
  R: Reading<N>,
  first: N | string,
  c: string,
  p: { readonly r: N; readonly d: N; readonly eta: N },
) => geometric(R, R.mul(first, signal(R, p)), R.sub(1, R.mul(c, p.eta, p.r, p.r)));

/** Forward Euler converges linearly. For all; the rate and the constant are written down. */
export const theorem8 = rate(fromZeroSmallStep, {
  id: 'fa-deep-linear/thm-8',
  where: 'Theorem 8',
  recorded: 'upheld',
  says: String.raw`|x_ty_t-\lambda| \le Cq^t:\ C=\tfrac85\lambda,\ q=1-\tfrac{\eta}{4}r^2,\text{ for } \eta<1/(2r^2)`,
  note: String.raw`The paper leaves $C$ and $q$ open; "small enough" is read as $\eta<1/(2r^2)$, which is free of units and
wider than what Theorem 26 asks. Derived from euler-error-step: the error is $P(x_t,S_t)/(2d)$, which does not change
sign and shrinks by $1-\eta x_t^2$ or less a step, as $S_t\le x_t^2$. While $x_t<r/2$ a step is at least
$\tfrac7{16}\eta r^3$, so that after $\tfrac87/(\eta r^2)$ steps and one more the factor is $1-\tfrac\eta4r^2$; what is lost
before that is at most a factor $(1-\tfrac18)^{-23/7}<\tfrac85$. Conservative: about 1.22 does, reached in the second step as
$\eta r^2\to\tfrac12$.`,
  then: (R, { error }, p) => along(R, error, envelope(R, '8/5', '1/4', p)),
  mutants: {
    'constant 1 for 8/5': (R, { error }, p) => along(R, error, envelope(R, '1', '1/4', p)),
    'rate 3/2 for 1/4': (R, { error }, p) => along(R, error, envelope(R, '8/5', '3/2', p)),
  },
});

/** How the error changes in a step. For all, an identity. */
export const errorStep = forAll(fromZeroSmallStep, {
  id: 'fa-deep-linear/euler-error-step',
  where: 'not in the paper; exact form of (169)-(170)',
  recorded: 'upheld',
  says: String.raw`\lambda-x_{t+1}y_{t+1} = (\lambda-x_ty_t)\left(1-\tfrac\eta2(3x_t^2-S_t)-\eta x_t(x_{t+1}-x_t)\right)`,
  note: 'What the paper bounds by the mean value theorem is a polynomial identity. The rates of Theorems 8 and 26 rest on it.',
  then: (R, { w1, w2 }, { eta, ...p }) => {
    const lambda = signal(R, p);
    const error = map(product(R, w1, w2), (xy) => R.sub(lambda, xy));
    const slope = zip(w1, squaredVariation(R, w1), (x, S) => R.mul('1/2', eta, R.sub(R.mul(3, x, x), S)));
    const drift = zip(head(w1), tail(w1), (x, next) => R.mul(eta, x, R.sub(next, x)));
    const factor = zip(head(slope), drift, (a, b) => R.sub(1, R.add(a, b)));
    const next = zip(head(error), factor, (e, f) => R.mul(e, f));
    const sizes = map(head(w1), () => lambda);
    return identical(R, tail(error), cancelling(R, next, sizes));
  },
});

/** Zero weights and one step, on both sides of ηdλ = 1. */
const firstStep = exam({
  ...fromZero,
  name: 'the first step of forward Euler from zero',
  inside: eulerFirstStep,
  cases: [
    { r: 1, d: '1/2', eta: 1 },
    { r: 1, d: '1/2', eta: 2 },
    { r: 2, d: 3, eta: 5 },
  ],
  horizon: 1,
});

/** The first step. For all, identities. */
export const equation166 = forAll(firstStep, {
  id: 'fa-deep-linear/eq-166',
  where: '(165)-(166)',
  recorded: 'upheld',
  says: String.raw`x_1=\eta d\lambda,\ S_1=(\eta d\lambda)^2,\ x_1-S_1=\eta d\lambda(1-\eta d\lambda),\ P(x_1,S_1)=2d\lambda`,
  note: String.raw`The third is $S_1\le x_1\iff\eta\le1/(d\lambda)$. In the text at hand the last term of (166) has
$\eta d\lambda^2$, read as $(\eta d\lambda)^2$, which is $S_1$ and gives the value printed. That (162) implies $\eta\le1/(d\lambda)$ is seen from
$\max_{\mathcal R}P\ge P(0,0)=2d\lambda$.`,
  then: (R, { w1 }, { r, eta }) => {
    const first = R.mul('1/2', eta, R.power(r, 3));
    const S = squaredVariation(R, w1).values[1]!;
    const x = w1.values[1]!;
    const P = R.add(R.power(r, 3), R.neg(R.power(x, 3)), R.mul(x, S));
    const size = magnitude(R, first);
    return all(
      part('x_1', equals(R, x, first, 1)),
      part('S_1', equals(R, S, R.power(first, 2), 1)),
      part('x_1 − S_1', equals(R, R.sub(x, S), R.mul(first, R.sub(1, first)), 1, Math.max(size, size ** 2))),
      part('P_1', equals(R, P, R.power(r, 3), 1, size ** 3)),
    );
  },
});
