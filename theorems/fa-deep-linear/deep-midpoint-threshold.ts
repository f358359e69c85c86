/**
 * The step-size condition of Theorem 10: ηd_1γ(Kλ^{γ−1})^{1/γ} < 1 suffices for the midpoint scheme of L layers to converge
 * from zero weights (thm-10-rate). Not in the paper: what lies beyond. On the curve θ_l = c_lθ_1^{2^{l−1}}, which the scheme does
 * not leave (constants-136), the first layer moves by f(x) = x + ηd_1(λ − Kx^γ); λ = Kr^γ, and b stands for ηd_1γKr^{γ−1}.
 */
import { atMost, lessThan } from '../../src/claim/compare';
import { exam, exists, forAll } from '../../src/claim/exam';
import { all, part } from '../../src/claim/finding';
import { byLayer, deepMidpoint } from '../../src/definitions/scalar-deep';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { doubles } from '../../src/numerics/doubles';
import { identical, tail } from '../../oracles/along';
import { allPositive, layersOf, productOfLayers } from '../../oracles/layers';
import { constant } from '../../oracles/series';
import {
  curveAt,
  deepMidpointBeyondBound,
  deepPointBelowTwice,
  deepPointBeyondTwice,
  degree,
  signal,
  speed,
  type DeepSignal,
} from '../../generators/scalar-deep';

interface Scheme<N> extends DeepSignal<N> {
  readonly eta: N;
}

/** b = ηd_1γ(Kλ^{γ−1})^{1/γ}: the step size in units of the bound of Theorem 10. */
const relativeStep = <N>(R: Arithmetic<N>, p: Scheme<N>): N => R.mul(degree(p), p.eta, speed(R, p));

/** One, two or three steps of the scheme from the curve at x. */
const fromPoint = exam({
  name: 'deep midpoint from a point of the curve, step size below twice the bound',
  inside: deepPointBelowTwice,
  assuming: {
    H1: {
      says: String.raw`d_l > 0,\ \lambda > 0,\ \eta > 0`,
      holds: (R, p) => allPositive(R, [...p.d, p.r, p.eta]),
    },
    H2: { says: 'b < 2', holds: (R, p) => lessThan(R, relativeStep(R, p), 2) },
    H3: { says: '0 < x < r', holds: (R, { r, x }) => all(lessThan(R, 0, x), lessThan(R, x, r)) },
  },
  cases: [
    { hidden: 1, r: 1, d: [1], eta: 1, x: '1/2' },
    { hidden: 2, r: 1, d: [1, 1], eta: 4, x: '9/10' },
  ],
  horizon: 3,
  run: ({ deepScalarFA }, p, steps) => {
    const [lambda, start] = [signal(doubles, p), curveAt(doubles, p, p.x)];
    return byLayer(deepScalarFA.midpoint({ lambda, d: p.d, start, eta: p.eta, steps }).layers);
  },
  defined: (R, p, steps) => {
    const system = { lambda: signal(R, p), d: p.d };
    return byLayer(deepMidpoint(R, system, p.eta, curveAt(R, p, p.x), steps));
  },
  measure: (_R, path) => ({ first: { values: path['w1']! } }),
});

/** The first layer after one, two and three steps. */
const iterates = <N>(first: ArrayLike<N>): readonly [N, N, N] => [first[1]!, first[2]!, first[3]!];

/** Below twice the bound the scheme has no orbit of period two, so that it converges from zero. For all. */
export const belowTwice = forAll(fromPoint, {
  id: 'fa-deep-linear/thm-10-below-twice-threshold',
  where: 'around Theorem 10',
  recorded: 'upheld',
  says: String.raw`b<2 \implies f(f(x))>x \text{ for } 0<x<r,\ f(f(y))<y \text{ for } y=f(x)>r,\ f\ge0 \text{ there}`,
  note: String.raw`What converges: $f$ maps $I=[0,\max_{[0,r]}f]$ into itself, its only fixed point is $r$, and with no orbit of period two all orbits in $I$ converge
(Coppel 1955), the one from zero weights among them. The condition of Theorem 10, $b<1$, is sufficient only; the true one is $b<2$, where the scheme is stable at the solution,
$|f'(r)|=|1-b|<1$. A point $y$ of $I$ beyond $r$ is $f(x)$ for some $x<r$.`,
  then: (R, { first }, { r, x }) => {
    const [y, z, after] = iterates(first.values);
    const beyond = R.sign(R.sub(y, r)) === 1;
    return all(
      part('f(f(x)) > x', lessThan(R, x, z)),
      part('f ≥ 0', all(atMost(R, 0, y), atMost(R, 0, z))),
      ...(beyond ? [part('f(f(y)) < y', lessThan(R, after, y))] : []),
    );
  },
  mutants: {
    'monotone, as below the bound': (R, { first }, { r }) => atMost(R, first.values[1]!, r),
  },
});

/** The same beyond twice the bound, from where a step expands. */
const fromPointBeyond = exam({
  ...fromPoint,
  name: 'deep midpoint from a point of the curve, step size beyond twice the bound',
  inside: deepPointBeyondTwice,
  assuming: {
    ...fromPoint.assuming,
    H2: { says: 'b > 2', holds: (R, p) => lessThan(R, 2, relativeStep(R, p)) },
    H3: {
      says: String.raw`x \ne r,\ b\,(x/r)^{(\gamma-1)/2} \ge 2`,
      holds: (R, p) => {
        const power = (degree(p) - 1) / 2;
        const scaled = R.mul(relativeStep(R, p), R.power(R.div(p.x, p.r), power));
        return all(atMost(R, 2, scaled), lessThan(R, 0, R.abs(R.sub(p.x, p.r))));
      },
    },
  },
  cases: [
    { hidden: 1, r: 1, d: [1], eta: 2, x: '3/4' },
    { hidden: 2, r: 1, d: [1, 1], eta: 8, x: 2 },
  ],
  horizon: 1,
});

/** Beyond twice the bound the solution repels: only a step that hits it can end there. For all. */
export const beyondTwice = forAll(fromPointBeyond, {
  id: 'fa-deep-linear/thm-10-beyond-twice-threshold',
  where: 'around Theorem 10',
  recorded: 'upheld',
  says: String.raw`b>2,\ x\ne r,\ b(x/r)^{(\gamma-1)/2}\ge2 \implies |f(x)-r|>|x-r|`,
  note: String.raw`$f(x)-r=(x-r)(1-\frac b\gamma S)$ with $S=\sum_{j<\gamma}(x/r)^j\ge\gamma(x/r)^{(\gamma-1)/2}$ (arithmetic and geometric mean). So near $r$, on both sides, every step
leads away: the scheme converges only if it meets $r$ exactly. At $b=2$ itself the solution still attracts.`,
  then: (R, { first }, { r, x }) => lessThan(R, R.abs(R.sub(x, r)), R.abs(R.sub(first.values[1]!, r))),
});

/** Any step size at or beyond the bound, from zero weights. */
const fromZeroBeyond = exam({
  name: 'deep midpoint from zero at or beyond the step-size bound',
  inside: deepMidpointBeyondBound,
  assuming: {
    H1: fromPoint.assuming['H1']!,
    H2: { says: String.raw`b \ge 1`, holds: (R, p) => atMost(R, 1, relativeStep(R, p)) },
  },
  cases: [{ hidden: 2, r: 1, d: [1, 1], eta: 16 }],
  horizon: 2,
  run: ({ deepScalarFA }, p, steps) => {
    const [lambda, start] = [signal(doubles, p), curveAt(doubles, p, 0)];
    return byLayer(deepScalarFA.midpoint({ lambda, d: p.d, start, eta: p.eta, steps }).layers);
  },
  defined: (R, p, steps) => {
    const system = { lambda: signal(R, p), d: p.d };
    return byLayer(deepMidpoint(R, system, p.eta, curveAt(R, p, R.of(0)), steps));
  },
  measure: (R, path) => ({ output: productOfLayers(R, layersOf(path)) }),
});

/** The step-size condition is not necessary. Exists. */
export const beyondBound = exists(fromZeroBeyond, {
  id: 'fa-deep-linear/thm-10-beyond-threshold',
  where: 'around Theorem 10',
  recorded: 'upheld',
  says: String.raw`\exists\,\eta,\ b \ge 1:\ \theta_L^{(t)}\cdots\theta_1^{(t)}=\lambda\text{ from some } t \text{ on}`,
  note: String.raw`As Remark 23: with $\eta=1/(d_1\mathfrak Kr^{\gamma-1})$, $\gamma$ times the bound, the first step lands on the solution, for any number of layers. A point
with zero error is stationary, so one exact hit is convergence.`,
  then: (R, { output }, p) => part('hit', identical(R, tail(output), constant(R, signal(R, p)))),
  mutants: {
    'hits half the signal': (R, { output }, p) => identical(R, tail(output), constant(R, R.div(signal(R, p), 2))),
  },
});
