/**
 * The roots ℓ_S of P(·, S) = r³ − x³ + xS, which forward Euler from zero follows upwards (Appendix D.2, (175)–(186)): how
 * they move with S, and what they say about a step. x_t, S_t, S* as in euler-convergence.ts; ℓ∞ is the limit of the roots.
 *
 * Most of it is about numbers in order, r ≤ ℓ_{S_t} ≤ ℓ_{S_{t+1}} ≤ ℓ∞ ≤ S* and 0 ≤ x_t ≤ ℓ_{S_t}, and not about the path
 * that they come from; that the path has them in this order is Remark 29. The roots are drawn, S = ℓ² − r³/ℓ follows.
 */
import { atMost, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { along } from '../../oracles/along';
import { constant, zip } from '../../oracles/series';
import { rootsInOrder, signalOf, type Signal } from '../../generators/euler';
import { firstSteps, rootsOf } from './euler-convergence';

/** M of (177), with `ell` for ℓ∞. */
export const rateM = <N>(R: Reading<N>, { r, sStar }: Signal<N>, ell: N): N =>
  R.div(R.add(R.power(sStar, 2), R.mul(sStar, ell), R.power(r, 2)), 2);

/** C∞ of (186), with `ell` for ℓ∞. */
export const rootC = <N>(R: Reading<N>, { r, twoDLambda }: Signal<N>, ell: N): N =>
  R.div(ell, R.add(R.mul(2, r, r), R.div(twoDLambda, ell)));

/** x² + xℓ + 2dλ/ℓ: P(x, S)/(ℓ_S − x) for ℓ = ℓ_S. */
const quotient = <N>(R: Reading<N>, { twoDLambda }: Signal<N>, x: N, ell: N): N =>
  R.add(R.power(x, 2), R.mul(x, ell), R.div(twoDLambda, ell));

/** Roots r ≤ ℓ_{S_t} ≤ ℓ_{S_{t+1}} ≤ ℓ∞ ≤ S* and a point x_t in [0, ℓ_{S_t}], however they came about. */
const ordered = exam({
  name: 'roots in the order of Remark 29',
  inside: rootsInOrder,
  assuming: {
    H1: {
      says: String.raw`d > 0,\ \lambda > 0`,
      holds: (R, { odds }) => lessThan(R, 0, odds),
    },
    H2: {
      says: String.raw`(2d\lambda)^{1/3} \le \ell_{S_t} \le \ell_{S_{t+1}} \le \ell_{S_\infty} \le S^*`,
      holds: (R, p) => {
        const { r, sStar } = signalOf(R, p);
        return all(atMost(R, r, p.now), atMost(R, p.now, p.next), atMost(R, p.next, p.last), atMost(R, p.last, sStar));
      },
    },
    H3: {
      says: String.raw`0 \le x_t \le \ell_{S_t}`,
      holds: (R, { x, now }) => all(atMost(R, 0, x), atMost(R, x, now)),
    },
  },
  cases: [
    { odds: 1, last: '8/7', next: '6/7', now: '4/7', x: 0 },
    { odds: 1, last: '5/7', next: '5/7', now: '5/7', x: 0 },
    { odds: 1, last: '581/1000', next: '581/1000', now: '4/7', x: '1/2' },
  ],
});

/** S with ℓ_S = ell: ell² − 2dλ/ell. */
const level = <N>(R: Reading<N>, { twoDLambda }: Signal<N>, ell: N): N =>
  R.sub(R.power(ell, 2), R.div(twoDLambda, ell));

/** Bounds on ℓ² − S. For all. */
export const lemma30 = forAll(ordered, {
  id: 'fa-deep-linear/lemma-30',
  where: 'Lemma 30 (178)',
  recorded: 'upheld',
  says: String.raw`0 < \tfrac{2d\lambda}{\ell_{S_\infty}} \le \ell_{S_t}^2-S_t = \tfrac{2d\lambda}{\ell_{S_t}} \le \tfrac{2d\lambda}{\ell_{S_0}}`,
  then: (R, _none, p): Finding => {
    const s = signalOf(R, p);
    const middle = R.sub(R.power(p.now, 2), level(R, s, p.now));
    return all(
      part('positive', lessThan(R, 0, R.div(s.twoDLambda, p.last))),
      part('below', atMost(R, R.div(s.twoDLambda, p.last), middle)),
      part('above', atMost(R, middle, R.div(s.twoDLambda, s.r))),
    );
  },
  mutants: {
    'ℓ_{S_{t+1}} for ℓ_{S_0}': (R, _none, p) => {
      const s = signalOf(R, p);
      return atMost(R, R.sub(R.power(p.now, 2), level(R, s, p.now)), R.div(s.twoDLambda, p.next));
    },
  },
});

/** How the roots move when S does. For all. */
export const lemma32 = forAll(ordered, {
  id: 'fa-deep-linear/lemma-32',
  where: 'Lemma 32 (183), with C∞ of (186)',
  recorded: 'upheld',
  tight: true,
  says: String.raw`\ell_{S_{t+1}}-\ell_{S_t} \le C_\infty(x_{t+1}-x_t)^2,\ C_\infty=\ell_{S_\infty}\Big/\left(2(2d\lambda)^{2/3}+\tfrac{2d\lambda}{\ell_{S_\infty}}\right)`,
  note: String.raw`$(x_{t+1}-x_t)^2=S_{t+1}-S_t$. Checked for all roots in the order of Remark 29, whatever the steps;
attained as all of them tend to $(2d\lambda)^{1/3}$.`,
  then: (R, _none, p) => {
    const s = signalOf(R, p);
    const moved = R.sub(level(R, s, p.next), level(R, s, p.now));
    return atMost(R, R.sub(p.next, p.now), R.mul(rootC(R, s, p.last), moved));
  },
  mutants: {
    '3 for 2 in C∞': (R, _none, p) => {
      const s = signalOf(R, p);
      const moved = R.sub(level(R, s, p.next), level(R, s, p.now));
      const C = R.div(p.last, R.add(R.mul(3, s.r, s.r), R.div(s.twoDLambda, p.last)));
      return atMost(R, R.sub(p.next, p.now), R.mul(C, moved));
    },
  },
});

/** The estimate of the contraction as printed. For all. */
export const inequality176 = forAll(firstSteps, {
  id: 'fa-deep-linear/ineq-176',
  where: '(176)',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/ineq-176-least'],
  says: String.raw`B_1=1-\tfrac\eta2\left(x_t^2+x_t\ell_{S_t}+\tfrac{2d\lambda}{\ell_{S_t}}\right)\le1-\eta M,\ M=\tfrac12\left(S^{*2}+S^*\ell_{S_\infty}+(2d\lambda)^{2/3}\right)`,
  note: String.raw`The bracket is bounded from above ($x_t\le S^*$, $\ell_{S_t}\le\ell_{S_\infty}$,
$\ell_{S_t}\ge\ell_{S_0}$) where it is needed from below: the inequality holds the other way around, at every step. Checked
with $r\le\ell_{S_\infty}$ in the place of $\ell_{S_\infty}$, which asks less; it breaks at the start, where $x_0=0$ and
$\ell_{S_0}=r$.`,
  then: (R, { w1, S }, p) => {
    const s = signalOf(R, p);
    const contraction = zip(w1, rootsOf(R, S, p), (x, ell) =>
      R.sub(1, R.div(quotient(R, s, x, ell), R.mul(2, p.inverseStep))),
    );
    return along(R, contraction, constant(R, R.sub(1, R.div(rateM(R, s, s.r), p.inverseStep))));
  },
  python: [
    'assert at == 0  # so that x = 0, S = 0 and the root is r',
    'left, right = 1 - eta/2*r**3/r, 1 - eta/2*(s**2 + s*r + r**2)',
  ],
});

/** The bracket of B_1 bounded from below. For all, attained at x = 0. */
export const inequality176Least = forAll(ordered, {
  id: 'fa-deep-linear/ineq-176-least',
  where: 'corrects (176)',
  recorded: 'upheld',
  tight: true,
  says: String.raw`B_1 \le 1-\tfrac\eta2\tfrac{2d\lambda}{\ell_{S_\infty}}:\ x_t^2+x_t\ell_{S_t}+\tfrac{2d\lambda}{\ell_{S_t}} \ge \tfrac{2d\lambda}{\ell_{S_\infty}}`,
  note: String.raw`Hardly to be improved: at the start the bracket is $(2d\lambda)^{2/3}$. Only near the solution it is three
times as large. And it is at most $2M$, which is Lemma 31.`,
  then: (R, _none, p) => {
    const s = signalOf(R, p);
    return all(
      part('least', atMost(R, R.div(s.twoDLambda, p.last), quotient(R, s, p.x, p.now))),
      part('greatest', atMost(R, quotient(R, s, p.x, p.now), R.mul(2, rateM(R, s, p.last)))),
    );
  },
  mutants: {
    'the printed direction': (R, _none, p) => {
      const s = signalOf(R, p);
      return atMost(R, R.mul(2, rateM(R, s, p.last)), quotient(R, s, p.x, p.now));
    },
  },
});
