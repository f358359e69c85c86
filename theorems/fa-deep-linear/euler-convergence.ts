/**
 * Convergence of forward Euler from zero under the step size of Theorem 26 (Appendix D.2, parts 1 and 2). x_t is the first
 * layer, S_t the sum of its squared steps so far, P(x, S) = r³ − x³ + xS with r³ = 2dλ; ℓ_S is the positive root of
 * P(·, S), and S* the positive number with P(S*, S*) = 0. Instances are drawn by odds = r/(S* − r),
 * which makes r and S* rational, and by 1/η.
 */
import { lessThan } from '../../src/claim/compare';
import { exam, forAll, type Series } from '../../src/claim/exam';
import { limit, rate } from '../../src/claim/forms/constructors';
import type { Chart } from '../../src/claim/chart';
import { all, part, type Reading } from '../../src/claim/finding';
import { eulerFromZero, startAtZero } from '../../src/definitions/scalar-two-layer';
import { doubles } from '../../src/numerics/doubles';
import { along, atLeast, increasing, tail } from '../../oracles/along';
import { byStepSize } from '../../oracles/charts';
import { positiveRoot } from '../../oracles/cubic';
import {
  cancelling,
  constant,
  distance,
  geometric,
  map,
  product,
  squaredVariation,
  zip,
  type Bound,
} from '../../oracles/series';
import {
  eulerBelowBound,
  eulerBelowBoundModerate,
  eulerScheme,
  signalOf,
  type EulerInstance,
} from '../../generators/euler';

/** Zero weights, step size below the bound of Theorem 26 and Lemma 28. */
export const belowBound = exam({
  name: 'forward Euler from zero below the step size of Theorem 26',
  inside: eulerBelowBound,
  assuming: {
    H1: {
      says: String.raw`d > 0,\ \lambda > 0,\ \eta > 0`,
      holds: (R, { odds, d, inverseStep }) => all(lessThan(R, 0, odds), lessThan(R, 0, d), lessThan(R, 0, inverseStep)),
    },
    H2: {
      says: String.raw`\eta < \tfrac{2}{3(S^*+1)^2}`,
      holds: (R, p) => lessThan(R, R.mul(3, R.power(R.add(signalOf(R, p).sStar, 1), 2)), R.mul(2, p.inverseStep)),
    },
    H3: {
      says: String.raw`\eta < 2/\max_{\mathcal R}P,\ \max_{\mathcal R}P = 2d\lambda+\tfrac4{27}`,
      holds: (R, p) => lessThan(R, R.add(signalOf(R, p).twoDLambda, '4/27'), R.mul(2, p.inverseStep)),
    },
  },
  cases: [
    { odds: 1, d: '1/2', inverseStep: 8 },
    { odds: 9, d: 3, inverseStep: 50 },
    { odds: 1, d: 1, inverseStep: 1000 },
  ],
  horizon: 24,
  run: ({ scalarFA }, p, steps) => {
    const { lambda, d, eta } = eulerScheme(doubles, p);
    return scalarFA.euler({ ...startAtZero(doubles, lambda, d), eta, steps });
  },
  defined: (R, p, steps) => eulerFromZero(R, eulerScheme(R, p), steps),
  measure: (R, { w1, w2 }, p) => ({
    w1: { values: w1 },
    S: squaredVariation(R, { values: w1 }),
    error: distance(R, product(R, { values: w1 }, { values: w2 }), eulerScheme(R, p).lambda),
  }),
  python: [
    'q, eta = odds/(1 + odds), 1/inverseStep',
    's = 1/(1 - q**3)',
    'r = q*s',
    'assert odds > 0 and d > 0 and eta > 0  # H1',
    'assert 3*eta*(s + 1)**2 < 2 and eta*(r**3 + F(4, 27)) < 2  # H2, H3',
    'lam = r**3/(2*d)',
    'x, y, S = [F(0)], [F(0)], [F(0)]',
    'for t in range(horizon):',
    '    e = lam - x[t]*y[t]',
    '    x.append(x[t] + eta*d*e)',
    '    y.append(y[t] + eta*e*x[t])',
    '    S.append(S[t] + (x[t+1] - x[t])**2)',
  ],
});

/** The first two steps alone, and no large signals: enough to refute. */
export const firstSteps = exam({
  ...belowBound,
  inside: eulerBelowBoundModerate,
  name: 'two steps of forward Euler from zero below the step size of Theorem 26',
  cases: [...belowBound.cases, { odds: 11, d: 1, inverseStep: 50 }],
  horizon: 2,
});

/** ℓ_{S_t} along the path. */
export function rootsOf<N>(R: Reading<N>, S: Series<N>, p: { readonly odds: N }): Series<N> {
  const { twoDLambda } = signalOf(R, p);
  return map(S, (s) => positiveRoot(R, s, twoDLambda));
}

/** η(2dλ)^{2/3}. */
const relativeStep = <N>(R: Reading<N>, p: EulerInstance<N>): N => R.div(R.power(signalOf(R, p).r, 2), p.inverseStep);

/** first · (1 − c·η(2dλ)^{2/3})^t. */
const envelope = <N>(R: Reading<N>, first: N, c: string, p: EulerInstance<N>): Bound<N> =>
  geometric(R, first, R.sub(1, R.mul(c, relativeStep(R, p))));

/** (8/5)·λ·(1 − (η/4)(2dλ)^{2/3})^t: what Theorem 26 is shown with. */
const errorBound = <N>(R: Reading<N>, p: EulerInstance<N>): Bound<N> =>
  envelope(R, R.mul('8/5', eulerScheme(R, p).lambda), '1/4', p);

/** The path stays in the region. For all. */
export const lemma28 = forAll(belowBound, {
  id: 'fa-deep-linear/lemma-28',
  where: 'Lemma 28',
  recorded: 'upheld',
  says: String.raw`(x_t,S_t)\in\mathcal R:\ 0\le S_t\le x_t\le S^*,\ P(x_t,S_t)\ge0`,
  note: String.raw`$\max_{\mathcal R}P$ is taken from region-R-maximum. The condition is not free of units: $S_t\le x_t$ compares a
square with its root. It suffices; Theorem 8 holds for larger steps.
$S_t\le x_t$ is looked at from $t=1$: at the start both are 0.`,
  then: (R, { w1, S }, p) => {
    const { sStar, twoDLambda } = signalOf(R, p);
    const cubes = map(w1, (x) => R.power(x, 3));
    return all(
      part('S ≤ x', along(R, tail(S), tail(w1))),
      part('x ≤ S*', along(R, w1, constant(R, sStar))),
      part(
        'P ≥ 0',
        along(
          R,
          cubes,
          zip(w1, S, (x, s) => R.add(twoDLambda, R.mul(x, s))),
        ),
      ),
    );
  },
  mutants: {
    'x ≤ r': (R, { w1 }, p) => along(R, w1, constant(R, signalOf(R, p).r)),
    'S ≤ x/20': (R, { w1, S }) =>
      along(
        R,
        S,
        map(w1, (x) => R.div(x, 20)),
      ),
  },
});

/** By the step size, in units of 1/r², for one signal. */
const stepSizesOf = (odds: number): Chart => {
  const { r, sStar, twoDLambda } = signalOf(doubles, { odds });
  const claimed = Math.min(2 / (3 * (sStar + 1) ** 2), 2 / (twoDLambda + 4 / 27));
  const lambda = twoDLambda;
  const chart = byStepSize({
    unit: 'η r²',
    upTo: 3,
    claimed: claimed * r ** 2,
    steps: 500,
    errorAt: (step) => {
      const { w1, w2 } = eulerFromZero(doubles, { lambda, d: 1 / 2, eta: step / r ** 2 }, 500);
      return Math.abs((w1[500]! * w2[500]!) / lambda - 1);
    },
  });
  return { ...chart, title: `r = ${r.toPrecision(3)}: the error after 500 steps, by the step size` };
};

/** Linear convergence under the step size of the paper. For all; the rate and the constant are written down. */
export const theorem26 = rate(belowBound, {
  id: 'fa-deep-linear/thm-26',
  where: 'Theorem 26 (145)-(147)',
  recorded: 'upheld',
  says: String.raw`|x_ty_t-\lambda| \le Cq^t:\ C=\tfrac85\lambda,\ q=1-\tfrac\eta4(2d\lambda)^{2/3}\in(0,1)`,
  note: String.raw`The paper leaves $C$ and $q$ open. These are Theorem 8's (see its note): (145) implies $\eta<1/(2r^2)$. Where
$r\ge4$, $2/(r^3+\tfrac4{27})<1/(2r^2)$; where $r<4$, $S^*<\tfrac92$ and $r<S^*$, so that
$\tfrac{2}{3(S^*+1)^2}<\tfrac23(\tfrac9{11})^2/r^2<1/(2r^2)$.`,
  then: (R, { error }, p) =>
    all(
      part('q < 1', lessThan(R, 0, relativeStep(R, p))),
      part('q > 0', lessThan(R, relativeStep(R, p), 4)),
      part('rate', along(R, error, errorBound(R, p))),
    ),
  charts: () => [1 / 8, 1, 3].map((odds) => stepSizesOf(odds)),
  mutants: {
    'constant 1 for 8/5': (R, { error }, p) => along(R, error, envelope(R, eulerScheme(R, p).lambda, '1/4', p)),
    'rate 3/2 for 1/4': (R, { error }, p) =>
      along(R, error, envelope(R, R.mul('8/5', eulerScheme(R, p).lambda), '3/2', p)),
  },
});

/** The order of x and S as printed after (174). For all. */
export const textAfter174 = forAll(firstSteps, {
  id: 'fa-deep-linear/text-after-174',
  where: 'Appendix D.2, "Linear rates", before (175)',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/text-after-174-root', 'fa-deep-linear/lemma-28'],
  says: String.raw`x_t \le S_t`,
  note: String.raw`Lemma 28 says the opposite, $S_t\le x_t$. What the estimates need, and what holds by construction, is
$x_t\le\ell_{S_t}$.`,
  then: (R, { w1, S }) => along(R, w1, S),
  python: ['left, right = x[at], S[at]'],
});

/** Every iterate is below the root that belongs to it. For all. */
export const textAfter174Root = forAll(belowBound, {
  id: 'fa-deep-linear/text-after-174-root',
  where: 'corrects Appendix D.2, "Linear rates", before (175)',
  recorded: 'upheld',
  says: String.raw`x_t \le \ell_{S_t}`,
  then: (R, { w1, S }, p) => along(R, w1, rootsOf(R, S, p)),
  mutants: { 'x_t ≤ r': (R, { w1 }, p) => along(R, w1, constant(R, signalOf(R, p).r)) },
});

/** Where the path ends. For all; the limits by what implies them at a finite time. */
export const remark29 = limit(belowBound, {
  id: 'fa-deep-linear/remark-29',
  where: 'Remark 29, (173)-(174)',
  recorded: 'upheld',
  says: String.raw`x_t\to\ell_{S_\infty}\le S^*,\ x_ty_t\to\lambda:\ \ell_{S_t}\nearrow,\ \ell_{S_t}\le S^*,\ 0\le\ell_{S_t}-x_t\le\tfrac85r\left(1+\tfrac\eta4r^2\right)q^t`,
  note: String.raw`The roots increase and stay below $S^*$, so that they converge, to $\ell_{S_\infty}$; the distance of $x_t$ to
them vanishes, with $q=1-\tfrac\eta4r^2$: it is $P(x_t,S_t)$, which is $2d$ times the error and bounded by Theorem 26, divided
by at least $2d\lambda/\ell_{S_t}$. The roots stay below $r(1+\tfrac\eta4r^2)$, too, because $S_t\le\tfrac\eta2r^3x_t$: no step is
longer than the first.`,
  then: (R, { w1, S, error }, p) => {
    const { r, sStar } = signalOf(R, p);
    const roots = rootsOf(R, S, p);
    const above = R.mul(r, R.add(1, R.mul('1/4', relativeStep(R, p))));
    const gap = cancelling(
      R,
      zip(roots, w1, (root, x) => R.sub(root, x)),
      w1,
    );
    return all(
      part('roots increase', increasing(R, roots)),
      part('roots ≤ S*', along(R, roots, constant(R, sStar))),
      part('roots ≤ r(1 + ηr²/4)', along(R, roots, constant(R, above))),
      part('x below its root', atLeast(R, gap, constant(R, 0))),
      part('x nears its root', along(R, gap, envelope(R, R.mul('8/5', above), '1/4', p))),
      part('xy nears λ', along(R, error, errorBound(R, p))),
    );
  },
  mutants: {
    'roots ≤ r': (R, { S }, p) => along(R, tail(rootsOf(R, S, p)), constant(R, signalOf(R, p).r)),
    'x nears r at rate 3/2': (R, { w1 }, p) => {
      const { r } = signalOf(R, p);
      return along(R, distance(R, w1, r), envelope(R, R.mul('8/5', r), '3/2', p));
    },
  },
});
