/**
 * Where the scalar feedback-alignment flow rests, and how fast its layers arrive there (Sections 2.1 and 7): L layers,
 * θ_l' = d_l(λ − θ_L⋯θ_1)θ_{l−1}⋯θ_1 with d_L = 1. On the curve θ_l = c_lθ_1^{2^{l−1}} the solution is θ_1 = r, λ = Kr^γ.
 */
import { atMost, equals, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { deepField } from '../../src/definitions/scalar-deep';
import { feedbackAlignmentField } from '../../src/definitions/scalar-two-layer';
import { allNonzero, allPositive } from '../../oracles/layers';
import { larger } from '../../oracles/series';
import {
  curveAt,
  deepAnyPoint,
  deepSolution,
  deepPositivePoint,
  degree,
  powerOf,
  speed,
  weightsOf,
  type DeepSignal,
} from '../../generators/scalar-deep';

/** Any point of either network and any error e = λ − θ_L⋯θ_1 ≠ 0 there; only d_1 ≠ 0 is asked of the feedback. */
const anyPoint = exam({
  name: 'scalar flows at any point',
  inside: deepAnyPoint,
  assuming: {
    H1: { says: String.raw`d_1 \ne 0`, holds: (R, { d }) => allNonzero(R, [d[0]!]) },
    H2: { says: String.raw`e \ne 0`, holds: (R, { error }) => allNonzero(R, [error]) },
  },
  cases: [
    { hidden: 1, d: [1], weights: [0], last: 0, error: 1 },
    { hidden: 2, d: [-1, 0], weights: [0, 2], last: '1/3', error: '-1/2' },
    { hidden: 4, d: [2, -1, 1, 3], weights: [1, -1, 2, 0], last: 1, error: 3 },
  ],
});

/** The sum of squares of the right-hand sides: 0 at a rest point and nowhere else. */
const motion = <N>(R: Reading<N>, field: readonly N[]): N => R.add(...field.map((slope) => R.power(slope, 2)));

/** A point is stationary exactly where the product of the weights is λ. For all. */
export const stationary = forAll(anyPoint, {
  id: 'fa-deep-linear/stationary-scalar',
  where: 'Section 2.1 (6), Section 3 (10), Section 7',
  recorded: 'upheld',
  says: String.raw`\dot\theta=0 \iff \theta_L\cdots\theta_1=\lambda \quad\text{for (6) and for (10)}`,
  note: String.raw`Both directions at every point: with $\lambda=\theta_L\cdots\theta_1$ all right-hand sides vanish, with
$\lambda=\theta_L\cdots\theta_1+e$ they do not. Weights may vanish, and so may $d_2,\dots,d_{L-1}$. Without $d_1\ne0$ it is false: for
$d_1=\theta_1=0$ nothing moves. Matrices are another matter: see the claims on the deep linear network.`,
  then: (R, _none, p) => {
    const [weights, d] = [weightsOf(p), p.d];
    const product = R.mul(...weights);
    const pair = [p.weights[0]!, p.last] as const;
    const solution = { lambda: R.mul(...pair), d: d[0]! };
    const off = { lambda: R.add(solution.lambda, p.error), d: d[0]! };
    return all(
      part('(10), solutions rest', atMost(R, motion(R, deepField(R, { lambda: product, d }, weights)), 0)),
      part(
        '(10), nothing else does',
        lessThan(R, 0, motion(R, deepField(R, { lambda: R.add(product, p.error), d }, weights))),
      ),
      part('(6), solutions rest', atMost(R, motion(R, feedbackAlignmentField(R, solution, pair)), 0)),
      part('(6), nothing else does', lessThan(R, 0, motion(R, feedbackAlignmentField(R, off, pair)))),
    );
  },
  mutants: {
    'solutions of 101/100 of the signal': (R, _none, p) => {
      const weights = weightsOf(p);
      const lambda = R.mul('101/100', ...weights);
      return atMost(R, motion(R, deepField(R, { lambda, d: p.d }, weights)), 0);
    },
    'd_1 = 0 as well': (R, _none, p) => {
      const weights = weightsOf(p);
      const lambda = R.add(R.mul(...weights), p.error);
      return lessThan(R, 0, motion(R, deepField(R, { lambda, d: [R.of(0), ...p.d.slice(1)] }, weights)));
    },
    'gradient descent, where zero weights rest as well': (R, _none, p) => {
      const weights = weightsOf(p);
      const lambda = R.add(R.mul(...weights), p.error);
      const upper = weights.map((_weight, l) => R.mul(1, ...weights.slice(l + 1)));
      return lessThan(R, 0, motion(R, deepField(R, { lambda, d: upper }, weights)));
    },
  },
});

/** The solution on the curve, for λ ≠ 0 of either sign. */
const atSolution = exam({
  name: 'deep scalar flow linearised at the solution',
  inside: deepSolution,
  assuming: {
    H1: { says: 'd_l > 0', holds: (R, p) => allPositive(R, p.d) },
    H2: { says: String.raw`\lambda \ne 0`, holds: (R, { r }) => allNonzero(R, [r]) },
  },
  cases: [
    { hidden: 1, r: 1, d: [1] },
    { hidden: 4, r: -2, d: [1, '1/2', 3, 1] },
  ],
});

/** −(Jv)_l/v_l for the flow's Jacobian J at the solution and the curve's tangent v there: how fast layer l converges. */
const ratesAtSolution = <N>(R: Reading<N>, p: DeepSignal<N>): readonly N[] => {
  const weights = curveAt(R, p, p.r);
  const tangent = weights.map((weight, l) => R.div(R.mul(powerOf(l + 1), weight), p.r));
  const gradient = weights.map((_, k) => R.mul(...weights.filter((_weight, j) => j !== k)));
  const errorFalls = R.add(...gradient.map((g, k) => R.mul(g, tangent[k]!)));
  const d = [...p.d, R.of(1)];
  return tangent.map((v, l) => R.div(R.mul(d[l]!, ...weights.slice(0, l), errorFalls), v));
};

/** Every layer converges at a rate of its own. For all. */
export const layersDifferentSpeed = forAll(atSolution, {
  id: 'fa-deep-linear/layers-different-speed',
  where: 'Section 7',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/layers-same-rate', 'fa-deep-linear/thm-5-no-signal'],
  says: String.raw`\theta_l\propto\theta_1^{2^{l-1}} \implies \text{the layers converge at different rates } \rho_1,\dots,\rho_L`,
  note: String.raw`The paper says that Theorem 5 "suggests" different speeds and defines a hierarchy; speed of convergence is read as
everywhere else in it, as the rate $\rho$ of $e^{-\rho t}$. A power of something that tends to $r\ne0$ tends to its limit at the same rate: at the solution
the linearised flow, $J=-ab^\top$ with $a_l=d_l\theta_{l-1}\cdots\theta_1$ and $b_l=\prod_{j\ne l}\theta_j$, has one rate other than 0, $\rho=a\cdot b=d_1\gamma\mathfrak Kr^{\gamma-1}$,
for all layers. What there is of a hierarchy: a factor between 1 and 2 from a layer to the next, and true powers when $\lambda=0$.`,
  then: (R, _none, p) => {
    const [first, ...others] = ratesAtSolution(R, p);
    const differ = (other: typeof first): Finding => {
      const faster = larger(R, first!, other!);
      return lessThan(R, R.sub(R.add(first!, other!), faster), faster);
    };
    return all(...others.map((other, k) => part(`layers 1 and ${k + 2}`, differ(other))));
  },
  python: [
    'from math import prod',
    'layers, d = hidden + 1, d + [F(1)]',
    'assert min(d) > 0 and r != 0  # H1, H2',
    'c = [F(1)]',
    'for l in range(1, layers):',
    '    c.append(d[l]*prod(c)/(2**l*d[0]))',
    'theta = [c[l]*r**(2**l) for l in range(layers)]  # the solution',
    'tangent = [2**l*theta[l]/r for l in range(layers)]',
    'falls = sum(prod(theta[:k] + theta[k+1:])*tangent[k] for k in range(layers))',
    'rate = [d[l]*prod(theta[:l])*falls/tangent[l] for l in range(layers)]',
    'l = int(part.split()[-1]) - 1',
    'left, right = min(rate[l], rate[0]), max(rate[l], rate[0])',
  ],
});

/** A point of the curve from 0 to twice the solution, λ > 0. */
const towardsSolution = exam({
  name: 'deep scalar network on its curve up to twice the solution',
  inside: deepPositivePoint,
  assuming: {
    H1: { says: 'd_l > 0', holds: (R, p) => allPositive(R, p.d) },
    H2: { says: String.raw`\lambda > 0`, holds: (R, { r }) => allPositive(R, [r]) },
    H3: { says: String.raw`\theta_1 \ge 0`, holds: (R, { x }) => atMost(R, 0, x) },
  },
  cases: [
    { hidden: 1, r: 1, d: [1], x: 0 },
    { hidden: 2, r: 1, d: [1, 1], x: '3/2' },
    { hidden: 3, r: 2, d: [1, 1, 1], x: 2 },
  ],
});

/** e_l = |θ_l/(its limit) − 1| of all layers. */
const relativeErrors = <N>(R: Reading<N>, p: DeepSignal<N> & { readonly x: N }): readonly N[] => {
  const limits = curveAt(R, p, p.r);
  return curveAt(R, p, p.x).map((weight, l) => R.div(R.abs(R.sub(weight, limits[l]!)), limits[l]!));
};

/** All layers converge at one rate; relative to its limit a layer lags the one below by a bounded factor. For all. */
export const layersSameRate = forAll(towardsSolution, {
  id: 'fa-deep-linear/layers-same-rate',
  where: 'corrects Section 7',
  recorded: 'upheld',
  tight: true,
  says: String.raw`\rho_l=d_1\gamma\mathfrak Kr^{\gamma-1};\quad e_l=|\theta_l/c_lr^{2^{l-1}}-1| \implies e_l\le e_{l+1}\le(1+\max(1,\theta_1/r)^{2^{l-1}})\,e_l`,
  note: String.raw`On the curve of Theorem 5, which the flow does not leave, $e_{l+1}=(1+u^{2^{l-1}})e_l$. Both bounds are positive constants, so all $e_l$ decay at the same
rate; $\rho_l$ is that of the linearised flow.`,
  then: (R, _none, p) => {
    const errors = relativeErrors(R, p);
    const rate = R.mul(degree(p), speed(R, p));
    const rates = ratesAtSolution(R, p).map((found, l) => part(`rate of layer ${l + 1}`, equals(R, found, rate)));
    const pairs = errors.slice(1).map((error, l) => {
      const factor = R.add(1, larger(R, R.of(1), R.power(R.div(p.x, p.r), powerOf(l + 1))));
      return part(
        `layers ${l + 1} and ${l + 2}`,
        all(atMost(R, errors[l]!, error), atMost(R, error, R.mul(factor, errors[l]!))),
      );
    });
    return all(...pairs, ...rates);
  },
  mutants: {
    'a factor of 2 from every start': (R, _none, p) => {
      const [first, second] = relativeErrors(R, p);
      return atMost(R, second!, R.mul(2, first!));
    },
    'rates without γ': (R, _none, p) => equals(R, ratesAtSolution(R, p)[0]!, speed(R, p)),
  },
});
