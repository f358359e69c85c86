/**
 * The constants of the deep scalar linear network (Appendix B.2 and D.1): on which curve θ_l ∝ θ_1^{2^{l−1}} the flow
 * θ_l' = d_l(λ − θ_L⋯θ_1)θ_{l−1}⋯θ_1 and its midpoint scheme stay, with d_L = 1. Everything here is algebra at a point x of
 * the first layer, an identity of the definition; c_l stands for the constants of θ_l = c_lθ_1^{2^{l−1}}.
 */
import { equals, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { deepField, deepMidpointStep, type DeepSystem } from '../../src/definitions/scalar-deep';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import {
  deepPointOfCurve,
  degree,
  layerConstants,
  powerOf,
  signal,
  type DeepFeedback,
  type DeepSignal,
} from '../../generators/scalar-deep';

interface Point<N> extends DeepSignal<N> {
  readonly x: N;
  readonly eta: N;
}

const system = <N>(R: Arithmetic<N>, p: DeepSignal<N>): DeepSystem<N> => ({ lambda: signal(R, p), d: p.d });

/** (c_1x, c_2x², c_3x⁴, …) for constants given. */
const curveAt = <N>(R: Arithmetic<N>, constants: readonly N[], x: N): readonly N[] =>
  constants.map((c, l) => R.mul(c, R.power(x, powerOf(l + 1))));

/** 2^{l−1}c_l: the C_l of (83), (86) and (87). */
const timesPowers = <N>(R: Arithmetic<N>, constants: readonly N[]): readonly N[] =>
  constants.map((c, l) => R.mul(c, powerOf(l + 1)));

/** Two to five layers, d_l > 0, any λ ≠ 0, any x ≠ 0. */
const onCurve = exam({
  name: 'deep scalar network at a point of its curve',
  inside: deepPointOfCurve,
  assuming: {
    H1: { says: 'd_l > 0', holds: (R, p) => all(...p.d.map((d) => lessThan(R, 0, d))) },
    H2: { says: String.raw`\lambda \ne 0,\ x \ne 0`, holds: (R, { r, x }) => lessThan(R, 0, R.abs(R.mul(r, x))) },
    H3: { says: String.raw`\eta > 0`, holds: (R, { eta }) => lessThan(R, 0, eta) },
  },
  cases: [
    { hidden: 1, r: 1, d: [1], x: 1, eta: 1 },
    { hidden: 2, r: 1, d: ['1/2', 1], x: 2, eta: '1/4' },
    { hidden: 3, r: -2, d: [1, 2, '1/2'], x: '-1/3', eta: '1/5' },
    { hidden: 4, r: 1, d: [2, '1/3', 3, '3/2'], x: '1/2', eta: 2 },
  ],
});

/** The explicit constants that "it is easy to prove by induction" stands for. */
const formula = String.raw`c_l=\frac{d_l}{2^{l-1}d_1}c_{l-1}\cdots c_1,\ c_1=d_L=1`;

/** On the curve with constants `on`: the slopes θ_l' = slope_l x^{2^{l−1}−1} θ_1', and θ_1' = d_1(λ − Kx^γ). */
const flowOnCurve = <N>(R: Reading<N>, p: Point<N>, on: readonly N[], slope: readonly N[], K: N): Finding => {
  const s = system(R, p);
  const [first, ...others] = deepField(R, s, curveAt(R, on, p.x));
  const force = R.mul(K, R.power(p.x, degree(p)));
  return all(
    ...others.map((derivative, k) => {
      const expected = R.mul(slope[k + 1]!, R.power(p.x, powerOf(k + 2) - 1), first!);
      return part(`layer ${k + 2}`, equals(R, derivative, expected));
    }),
    part('(87)', equals(R, first!, R.mul(p.d[0]!, R.sub(s.lambda, force)))),
  );
};

/** One step of the scheme from the curve with constants given lands on it; the first layer moves as (137) says. */
const stepOnCurve = <N>(R: Reading<N>, p: Point<N>, on: readonly N[], K: N): Finding => {
  const s = system(R, p);
  const [first, ...others] = deepMidpointStep(R, s, p.eta, curveAt(R, on, p.x));
  const force = R.sub(s.lambda, R.mul(K, R.power(p.x, degree(p))));
  return all(
    ...others.map((weight, k) =>
      part(`layer ${k + 2}`, equals(R, weight, R.mul(on[k + 1]!, R.power(first!, powerOf(k + 2))))),
    ),
    part('(137)', equals(R, first!, R.add(p.x, R.mul(p.eta, p.d[0]!, force)))),
  );
};

/** The letters of the two theorems stand for the same numbers. For all. */
export const sameConstants = forAll(onCurve, {
  id: 'fa-deep-linear/constants-83-86-136',
  where: '(11), (83), (86), (87) against (136), (137)',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/constants-83', 'fa-deep-linear/constants-136'],
  says: String.raw`C_l \text{ of } \dot\theta_l=C_l\theta_1^{2^{l-1}-1}\dot\theta_1 \text{ is } C_l \text{ of } \theta_l^{(t)}=C_l(\theta_1^{(t)})^{2^{l-1}}`,
  note: String.raw`Read literally, as one letter: (11) and (136) put $\theta_l=C_l\theta_1^{2^{l-1}}$, while (83) and (86), in what is
called the same theorem as (11), put $\theta_l=\frac{C_l}{2^{l-1}}\theta_1^{2^{l-1}}$. Both cannot hold with one $C_l$ for
$l\ge2$: the second $C_l$ is $2^{l-1}$ times the first. Each theorem is consistent with itself, and $\mathfrak K$ is the same
number in both, $\prod C_l/2^{l-1}$ in (87) and $\prod C_l$ in (137). Calculated here: the first from the flow at a point of the curve, the second
from the first step of the scheme from zero.`,
  then: (R, _none, p) => {
    // The constants contain neither λ nor η: 1 will do for both.
    const s = { lambda: R.of(1), d: p.d };
    const zero = [R.of(0), ...s.d.map(() => R.of(0))];
    const [slope, ...slopes] = deepField(R, s, curveAt(R, layerConstants(R, p), p.x));
    const [step, ...steps] = deepMidpointStep(R, s, R.of(1), zero);
    return all(
      ...slopes.map((derivative, k) => {
        const power = powerOf(k + 2);
        const discrete = R.div(steps[k]!, R.power(step!, power));
        return part(`C_${k + 2}`, equals(R, derivative, R.mul(discrete, R.power(p.x, power - 1), slope!)));
      }),
    );
  },
  python: [
    'from math import prod',
    'layers, d = hidden + 1, d + [F(1)]',
    'assert min(d) > 0 and r != 0 and x != 0  # H1, H2',
    '# theta_{l+1} = c[l]*theta_1**(2**l); lambda = 1, eta = 1',
    'c = [F(1)]',
    'for l in range(1, layers):',
    '    c.append(d[l]*prod(c)/(2**l*d[0]))',
    'theta = [c[l]*x**(2**l) for l in range(layers)]',
    'slope = [d[l]*(1 - prod(theta))*prod(theta[:l]) for l in range(layers)]',
    'step, means = [], []  # the first step from zero',
    'for l in range(layers):',
    '    step.append(d[l]*prod(means))',
    '    means.append(step[l]/2)',
    'l = int(part[2:]) - 1',
    'left, right = slope[l], step[l]/step[0]**(2**l)*x**(2**l - 1)*slope[0]',
  ],
});

/** The constants of the continuous theorem. For all, identities. */
export const constantsOfFlow = forAll(onCurve, {
  id: 'fa-deep-linear/constants-83',
  where: '(82), (83), (86), (87)',
  recorded: 'upheld',
  says: String.raw`\theta_l=\tfrac{C_l}{2^{l-1}}\theta_1^{2^{l-1}} \implies \dot\theta_l=C_l\theta_1^{2^{l-1}-1}\dot\theta_1,\ \dot\theta_1=d_1(\lambda-\mathfrak K\theta_1^\gamma),\ \mathfrak K=\prod_{l}\tfrac{C_l}{2^{l-1}}`,
  note: String.raw`With $C_l=2^{l-1}c_l$, $${formula}$. The curve is invariant: at every point of it the flow is tangent to it.
The paper's $C_l$ is made of $d_1,\dots,d_l$ only, as it says. $C_1=1$ in (87).`,
  then: (R, _none, p) => {
    const c = layerConstants(R, p);
    return flowOnCurve(R, p, c, timesPowers(R, c), R.mul(...c));
  },
  mutants: {
    'C_l for C_l/2^{l-1} in (83)': (R, _none, p) => {
      const C = timesPowers(R, layerConstants(R, p));
      return flowOnCurve(R, p, C, C, R.mul(...C));
    },
    'the product of the C_l for K': (R, _none, p) => {
      const c = layerConstants(R, p);
      const C = timesPowers(R, c);
      return flowOnCurve(R, p, c, C, R.mul(...C));
    },
  },
});

/** The constants of the discrete theorem. For all, identities. */
export const constantsOfScheme = forAll(onCurve, {
  id: 'fa-deep-linear/constants-136',
  where: '(136), (137)',
  recorded: 'upheld',
  says: String.raw`\theta_l^{(t)}=C_l(\theta_1^{(t)})^{2^{l-1}} \implies \text{the same at } t+1,\ \theta_1^{(t+1)}=\theta_1^{(t)}+\eta d_1[\lambda-\mathfrak K(\theta_1^{(t)})^\gamma],\ \mathfrak K=\prod_l C_l`,
  note: String.raw`With $C_l=c_l$, $${formula}$.`,
  then: (R, _none, p) => {
    const c = layerConstants(R, p);
    return stepOnCurve(R, p, c, R.mul(...c));
  },
  mutants: {
    'the C_l of (86)': (R, _none, p) => {
      const C = timesPowers(R, layerConstants(R, p));
      return stepOnCurve(R, p, C, R.mul(...C));
    },
    'C_l/2^{l-1} in the product for K': (R, _none, p) => {
      const c = layerConstants(R, p);
      return stepOnCurve(R, p, c, R.mul(...c.map((constant, l) => R.div(constant, powerOf(l + 1)))));
    },
  },
});

/** d_2, which is 1 for two layers. */
const second = <N>(R: Arithmetic<N>, p: DeepFeedback<N>): N => p.d[1] ?? R.of(1);

/** K_2 = θ_2(0) − (d_2/2d_1)θ_1(0)² vanishes for θ_2(0) = factor · (d_2/d_1)θ_1(0)². */
const vanishes = <N>(R: Reading<N>, p: Point<N>, factor: '1' | '1/2'): Finding => {
  const square = R.div(R.mul(second(R, p), R.power(p.x, 2)), p.d[0]!);
  return part('K_2 = 0 at the start', equals(R, R.mul(factor, square), R.div(square, 2)));
};

/** The start of the second layer as printed. For all. */
export const startOfSecondLayer = forAll(onCurve, {
  id: 'fa-deep-linear/eq-85',
  where: '(85) and the line after it',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/eq-85-half'],
  says: String.raw`\theta_2(0)=\tfrac{d_2}{d_1}\theta_1(0)^2 \implies K_2=\theta_2(0)-\tfrac{d_2}{2d_1}\theta_1(0)^2=0`,
  note: String.raw`A factor $\frac12$ is missing: with the printed start $K_2=\frac{d_2}{2d_1}\theta_1(0)^2$. For two layers it also
disagrees with (7). Here $\theta_1(0)=x$.`,
  then: (R, _none, p) => vanishes(R, p, '1'),
  python: [
    'd = d + [F(1)]',
    'assert min(d) > 0 and r != 0 and x != 0  # H1, H2',
    '# theta_2(0) as printed, and where K_2 = 0',
    'left, right = d[1]/d[0]*x**2, d[1]/(2*d[0])*x**2',
  ],
});

/** The start of the second layer that puts it on the curve. For all, identities. */
export const startOfSecondLayerHalf = forAll(onCurve, {
  id: 'fa-deep-linear/eq-85-half',
  where: 'corrects (85)',
  recorded: 'upheld',
  says: String.raw`\theta_2(0)=\tfrac{d_2}{2d_1}\theta_1(0)^2 \implies K_2=0;\quad \dot\theta_2=\tfrac{d_2}{d_1}\theta_1\dot\theta_1 \text{ anywhere}`,
  note: String.raw`The second part, the first half of (85), is what makes $K_2$ a constant of motion; it is tried off the curve, with
$\theta_2=\eta$ and the other layers on it.`,
  then: (R, _none, p) => {
    const [first, , ...rest] = curveAt(R, layerConstants(R, p), p.x);
    const [slope, slope2] = deepField(R, system(R, p), [first!, p.eta, ...rest]);
    const expected = R.div(R.mul(second(R, p), p.x, slope!), p.d[0]!);
    return all(vanishes(R, p, '1/2'), part('K_2 is conserved', equals(R, slope2!, expected)));
  },
});
