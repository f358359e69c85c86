/**
 * The linear rate of forward Euler from zero as the paper derives it (Appendix D.2, "Linear rates", (181)–(188)). x_t, S_t,
 * P, S* and ℓ_S as in euler-convergence.ts; ℓ∞ is the limit of the roots ℓ_{S_t}, M and C∞ are (177) and (186).
 *
 * ℓ∞ is no number that a computation ends with. It is between every ℓ_{S_t} and S* (Remark 29), in particular between
 * r = (2dλ)^{1/3} and S*. What is to be upheld has the last root of the path in its place, which asks more; what is to be
 * refuted has r or S*, whichever asks less, and is rational.
 */
import { forAll, type Series } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { along, head, tail } from '../../oracles/along';
import { cancelling, geometric, map, scaled, zip } from '../../oracles/series';
import { signalOf, type EulerInstance, type Signal } from '../../generators/euler';
import { belowBound, firstSteps, rootsOf } from './euler-convergence';
import { rateM, rootC } from './euler-roots';

/** ℓ_{S_t} − x_t along the path. */
const gapOf = <N>(R: Reading<N>, roots: Series<N>, w1: Series<N>): Series<N> =>
  cancelling(
    R,
    zip(w1, roots, (x, ell) => R.sub(ell, x)),
    w1,
  );

/** From each point to the next, the difference. */
const increments = <N>(R: Reading<N>, a: Series<N>): Series<N> =>
  cancelling(
    R,
    zip(tail(a), head(a), (next, x) => R.sub(next, x)),
    tail(a),
  );

const squares = <N>(R: Reading<N>, a: Series<N>): Series<N> => {
  const { values } = map(a, (x) => R.power(x, 2));
  return { ...a, values, ...(a.scale ? { scale: Array.from(a.scale, (size) => size * size) } : {}) };
};

const last = <N>(a: Series<N>): N => a.values[a.values.length - 1]!;

/** A step is at most a multiple of the distance to the root. For all. */
export const lemma31 = forAll(belowBound, {
  id: 'fa-deep-linear/lemma-31',
  where: 'Lemma 31 (181)',
  recorded: 'upheld',
  says: String.raw`x_{t+1}-x_t \le \eta M(\ell_{S_t}-x_t)`,
  note: String.raw`The two sides are equal in the limit of large signals, for which $S^*/r\to1$, late on the path.`,
  then: (R, { w1, S }, p) => {
    const roots = rootsOf(R, S, p);
    const factor = R.div(rateM(R, signalOf(R, p), last(roots)), p.inverseStep);
    return along(R, increments(R, w1), scaled(R, factor, head(gapOf(R, roots, w1))));
  },
  mutants: {
    '(2dλ)^{2/3} for 2M': (R, { w1, S }, p) => {
      const { r } = signalOf(R, p);
      const factor = R.div(R.power(r, 2), R.mul(2, p.inverseStep));
      return along(R, increments(R, w1), scaled(R, factor, head(gapOf(R, rootsOf(R, S, p), w1))));
    },
  },
});

/** The second inequality of (187) and what it is for. For all. */
export const equation187 = forAll(firstSteps, {
  id: 'fa-deep-linear/eq-187',
  where: '(187)',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/eq-187-squared'],
  says: String.raw`\ell_{S_{t+1}}-\ell_{S_t} \le C_\infty(x_{t+1}-x_t)^2 \le \eta^2MC_\infty(\ell_{S_t}-x_t)^2`,
  note: String.raw`Lemma 31 gives $M^2$, which (188) has. Checked with $S^*\ge\ell_{S_\infty}$ in the place of $\ell_{S_\infty}$, which
asks less. Both the second inequality and the ends of the chain fail, for large signals: at the start the second says
$r^4\le4M$.`,
  then: (R, { w1, S }, p) => {
    const s = signalOf(R, p);
    const gap = gapOf(R, rootsOf(R, head(S), p), head(w1));
    const factor = R.div(rateM(R, s, s.sStar), R.power(p.inverseStep, 2));
    return all(part('second', along(R, squares(R, increments(R, w1)), scaled(R, factor, squares(R, gap)))), () => {
      const moved = increments(R, rootsOf(R, S, p));
      return part('ends', along(R, moved, scaled(R, R.mul(factor, rootC(R, s, s.sStar)), squares(R, gap))));
    });
  },
  python: [
    "assert part == 'second' and at == 1  # so that x = 0 before the step and the root is r",
    'left, right = x[1]**2, eta**2*(2*s**2 + r**2)/2*r**2',
  ],
});

/** The roots move by at most η²·M^power·C∞ times the square of the distance. */
const movesByPower =
  (power: number) =>
  <N>(R: Reading<N>, { w1, S }: Readonly<Record<'w1' | 'S', Series<N>>>, p: EulerInstance<N>): Finding => {
    const s = signalOf(R, p);
    const roots = rootsOf(R, S, p);
    const M = R.power(rateM(R, s, last(roots)), power);
    const factor = R.div(R.mul(M, rootC(R, s, last(roots))), R.power(p.inverseStep, 2));
    return along(R, increments(R, roots), scaled(R, factor, squares(R, head(gapOf(R, roots, w1)))));
  };

/** How the roots move, with the square that Lemma 31 gives. For all. */
export const equation187Squared = forAll(belowBound, {
  id: 'fa-deep-linear/eq-187-squared',
  where: 'corrects (187)',
  recorded: 'upheld',
  says: String.raw`\ell_{S_{t+1}}-\ell_{S_t} \le \eta^2M^2C_\infty(\ell_{S_t}-x_t)^2`,
  then: movesByPower(2),
  mutants: { 'M for M² (as printed)': movesByPower(1) },
});

/** 1 − ηm + η²M~, where M~ = 2ℓ∞M²C∞: `low` stands for ℓ∞ in m, `high` in M~. */
function ratio188<N>(R: Reading<N>, s: Signal<N>, inverseStep: N, m: N, high: N): N {
  const square = R.power(R.div(rateM(R, s, high), inverseStep), 2);
  return R.add(1, R.neg(R.div(m, inverseStep)), R.mul(2, high, square, rootC(R, s, high)));
}

/** The linear rate as printed. For all. */
export const rate188 = forAll(firstSteps, {
  id: 'fa-deep-linear/rate-188',
  where: '(188)',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/rate-188-least', 'fa-deep-linear/remark-29'],
  says: String.raw`\ell_{S_t}-x_t \le (2d\lambda)^{1/3}\left(1-\eta M+\eta^2\tilde M\right)^t,\ \tilde M=2\ell_{S_\infty}M^2C_\infty`,
  note: String.raw`Rests on (176), which is false. Checked in a form that asks less: $r\le\ell_{S_t}$ on the left, and
$r\le\ell_{S_\infty}$ in $M$ and $S^*\ge\ell_{S_\infty}$ in $\tilde M$ on the right. The text after (188) has
$-\eta^2\tilde M$, which would ask more. $\eta<1/M$ follows from (145). Small steps break it already at $t=1$.`,
  then: (R, { w1 }, p) => {
    const s = signalOf(R, p);
    const q = ratio188(R, s, p.inverseStep, rateM(R, s, s.r), s.sStar);
    const low = cancelling(
      R,
      map(w1, (x) => R.sub(s.r, x)),
      w1,
    );
    return along(R, low, geometric(R, s.r, q));
  },
  python: [
    'M = lambda l: (s**2 + s*l + r**2)/2',
    'C = lambda l: l/(2*r**2 + r**3/l)',
    'left, right = r - x[at], r*(1 - eta*M(r) + eta**2*2*s*M(s)**2*C(s))**at',
  ],
});

/** The linear rate with the contraction that holds. For all. */
export const rate188Least = forAll(belowBound, {
  id: 'fa-deep-linear/rate-188-least',
  where: 'corrects (188)',
  recorded: 'upheld',
  says: String.raw`\ell_{S_t}-x_t \le (2d\lambda)^{1/3}\left(1-\eta m+\eta^2\tilde M\right)^t,\ m=d\lambda/\ell_{S_\infty}`,
  note: String.raw`(188) with ineq-176-least for (176). It is a rate, that is, the bracket is below 1, for
$\eta<m/\tilde M$, which (145) does not imply where the signal is small: "for $\eta$ small enough". Remark 29's
envelope is one under (145) alone. Looked at from $t=1$: at the start the sides are equal.`,
  then: (R, { w1, S }, p) => {
    const s = signalOf(R, p);
    const roots = rootsOf(R, S, p);
    const m = R.div(s.twoDLambda, R.mul(2, last(roots)));
    const bound = geometric(R, s.r, ratio188(R, s, p.inverseStep, m, last(roots)));
    return along(R, tail(gapOf(R, roots, w1)), bound);
  },
  mutants: { 'M for m (as printed)': rate188.then },
});
