/**
 * The feedback-alignment flow of the scalar linear network of L layers from any start (Section 3 after Theorem 5, and the
 * sketch at the end of Appendix B.2): θ_l' = d_l(λ − θ_L⋯θ_1)θ_{l−1}⋯θ_1 with d_L = 1. Since θ_l' = (d_l/d_1)θ_{l−1}⋯θ_1 θ_1',
 * every layer is a polynomial of the first along the path, and θ_1' = d_1(λ − Q(θ_1)) with Q of degree γ = 2^L − 1.
 */
import { atMost, equals, lessThan } from '../../src/claim/compare';
import { exam, exists, forAll, type Measures, type Path } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { limit } from '../../src/claim/forms/constructors';
import { nearest, timesUpTo } from '../../src/definitions/flow';
import { byLayer, deepField, deepFlow } from '../../src/definitions/scalar-deep';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { doubles } from '../../src/numerics/doubles';
import { along, decreasing, fallsAndRises, identical, increasing } from '../../oracles/along';
import { allNonzero, allPositive, layersOf, productOfLayers, type LayerName, type Layers } from '../../oracles/layers';
import { cancelling, constant, distance, larger, map } from '../../oracles/series';
import {
  deepAnyStart,
  deepDoubleRestPoint,
  degree,
  productConstant,
  weightsOf,
  type DeepFeedback,
  type DeepWeights,
} from '../../generators/scalar-deep';

/** a_0 + a_1x + a_2x² + … */
type Polynomial<N> = readonly N[];

const times = <N>(R: Arithmetic<N>, a: Polynomial<N>, b: Polynomial<N>): Polynomial<N> =>
  Array.from({ length: a.length + b.length - 1 }, (_, k) =>
    R.add(...a.flatMap((x, i) => (b[k - i] === undefined ? [] : [R.mul(x, b[k - i]!)]))),
  );

const at = <N>(R: Arithmetic<N>, a: Polynomial<N>, x: N): N =>
  a.reduceRight((sum, coefficient) => R.add(coefficient, R.mul(x, sum)), R.of(0));

/** P_1 = x, …, P_L with θ_l = P_l(θ_1) along the path from `start`: P_l' = (d_l/d_1)P_{l−1}⋯P_1, right at the start. */
const layersAsPolynomials = <N>(R: Arithmetic<N>, d: readonly N[], start: readonly N[]): readonly Polynomial<N>[] => {
  const found: Polynomial<N>[] = [[R.of(0), R.of(1)]];
  for (let l = 1; l < start.length; l++) {
    const slope = found.reduce((a, b) => times(R, a, b));
    const factor = R.div(d[l] ?? 1, d[0]!);
    const integral = [R.of(0), ...slope.map((a, k) => R.div(R.mul(factor, a), k + 1))];
    found.push([R.sub(start[l]!, at(R, integral, start[0]!)), ...integral.slice(1)]);
  }
  return found;
};

interface AnyStart<N> extends DeepFeedback<N>, DeepWeights<N> {
  readonly lambda: N;
}

/** Six times the time in which the first layer moves by its size. */
const sixTimes = <N>(R: Arithmetic<N>, { d, lambda }: AnyStart<N>, points: number): Float64Array =>
  timesUpTo(6 / Math.abs(nearest(R, d[0]!)) / Math.max(1, Math.abs(nearest(R, lambda))), points);

/** Any λ, any start, any d_l ≠ 0. */
const fromAnywhere = exam({
  name: 'deep scalar flow from any start',
  inside: deepAnyStart,
  assuming: {
    H1: { says: String.raw`d_l \ne 0`, holds: (R, p) => allNonzero(R, p.d) },
  },
  cases: [
    { hidden: 2, lambda: 27, d: [1, 1], weights: [-3, 1], last: '1/2' },
    { hidden: 1, lambda: 3, d: ['1/2'], weights: [-2], last: 1 },
    { hidden: 2, lambda: -1, d: [-1, 1], weights: [0, 0], last: 1 },
    { hidden: 3, lambda: 0, d: ['1/4', -1, '1/2'], weights: [1, -1, 1], last: 1 },
  ],
  horizon: 24,
  flow: true,
  run: ({ deepScalarFA }, p, points) => {
    const { lambda } = p;
    const problem = { lambda, d: p.d, start: weightsOf(p), times: sixTimes(doubles, p, points) };
    return byLayer(deepScalarFA.flow(problem).layers);
  },
  defined: (R, p, points) => byLayer(deepFlow(R, p, weightsOf(p), sixTimes(R, p, points))),
  measure: <N>(R: Reading<N>, path: Path<N, LayerName>, p: AnyStart<N>): Measures<N, LayerName | 'error'> => {
    const layers = layersOf(path);
    return { ...layers, error: distance(R, productOfLayers(R, layers), p.lambda) };
  },
});

/** θ_l = P_l(θ_1) all along the path, to within the sizes of the terms. */
const polynomialsOfFirst = <N>(R: Reading<N>, layers: Layers<N>, polynomials: readonly Polynomial<N>[]): Finding =>
  all(
    ...polynomials.slice(1).map((a, k) => {
      const expected = map(layers.w1!, (x) => at(R, a, x));
      const sizes = a.map((coefficient) => R.abs(coefficient));
      const terms = map(layers.w1!, (x) => at(R, sizes, R.abs(x)));
      return part(`layer ${k + 2}`, identical(R, layers[`w${k + 2}`]!, cancelling(R, expected, terms)));
    }),
  );

/** From any start the product converges to the signal. For all. */
export const anyStart = limit(fromAnywhere, {
  id: 'fa-deep-linear/deep-any-init',
  where: 'Section 3 after Theorem 5; Appendix B.2, sketch (92)',
  recorded: 'upheld',
  says: String.raw`\theta_l=P_l(\theta_1),\ \dot\theta_1=d_1(\lambda-Q(\theta_1)),\ \deg Q=2^L-1;\quad \theta_L\cdots\theta_1\to\lambda`,
  note: String.raw`$d_1$ times the leading coefficient of $Q$, $d_1\mathfrak K=2^{L+1-2^L}d_1^{2-2^{L-1}}\prod_{1<l<L}d_l^{2^{L-l}}$, is positive for
any signs of the $d_l\ne0$, as all exponents are even. So $\theta_1$, which cannot turn back, stays within the larger of its start and
Cauchy's bound on the roots of $\lambda-Q$, and tends to a root. That is what is checked. The coefficients depend on the start as well,
which (92) does not say.`,
  then: (R, layers, p) => {
    const { d } = p;
    const start = weightsOf(p);
    const polynomials = layersAsPolynomials(R, d, start);
    const Q = polynomials.reduce((a, b) => times(R, a, b));
    const lead = Q.at(-1)!;
    const ratios = [R.sub(Q[0]!, p.lambda), ...Q.slice(1, -1)].map((a) => R.abs(R.div(a, lead)));
    const cauchy = R.add(
      1,
      ratios.reduce((a, b) => larger(R, a, b)),
    );
    const force = R.mul(d[0]!, R.sub(p.lambda, R.mul(...start)));
    return all(
      part('degree', equals(R, Q.length, degree(p) + 1)),
      part('leading coefficient', all(equals(R, lead, productConstant(R, p)), allPositive(R, [R.mul(d[0]!, lead)]))),
      part('polynomials of the first', polynomialsOfFirst(R, layers, polynomials)),
      part('never turns', R.sign(force) === 1 ? increasing(R, layers.w1!) : decreasing(R, layers.w1!)),
      part('bounded', along(R, distance(R, layers.w1!, 0), constant(R, larger(R, R.abs(start[0]!), cauchy)))),
    );
  },
  mutants: {
    'the polynomials of another start': (R, layers, p) => {
      const [first, second, ...rest] = weightsOf(p);
      const start = [first!, R.add(second!, '1/100'), ...rest];
      return polynomialsOfFirst(R, layers, layersAsPolynomials(R, p.d, start));
    },
  },
});

/** Monotonicity may be lost: the error falls and rises. Exists. */
export const anyStartNotMonotone = exists(fromAnywhere, {
  id: 'fa-deep-linear/deep-any-init-not-monotone',
  where: 'Section 3 after Theorem 5',
  recorded: 'upheld',
  says: String.raw`\exists\,\theta(0):\ |\theta_L\cdots\theta_1-\lambda| \text{ falls and rises along the path}`,
  note: String.raw`Three layers, $d=1$, from $(-3,1,\frac12)$: $\theta_2=\frac12(\theta_1^2-7)$, $\theta_3=\frac12\theta_2^2$, and the product
$\frac1{16}\theta_1(\theta_1^2-7)^3$ climbs to $\frac{27}2$ at $-1$, falls to $-\frac{27}2$ at $1$ and climbs to $\lambda=27$.`,
  then: (R, { error }) => fallsAndRises(R, error),
  mutants: { 'the first layer falls and rises': (R, { w1 }) => fallsAndRises(R, w1!) },
});

/** Beyond a double root of λ − Q, on the side from which it attracts. */
const towardsDoubleRoot = exam({
  name: 'deep scalar flow towards a double rest point',
  inside: deepDoubleRestPoint,
  assuming: {
    H1: {
      says: String.raw`0 < \xi < \theta_1 \le 2\xi`,
      holds: (R, { xi, x }) => all(lessThan(R, 0, xi), lessThan(R, xi, x), atMost(R, x, R.mul(2, xi))),
    },
  },
  cases: [
    { xi: 1, x: 2 },
    { xi: 2, x: 3 },
  ],
});

/** Exponential convergence may be lost: towards a double root it is polynomial. For all of a family of starts. */
export const anyStartNotExponential = forAll(towardsDoubleRoot, {
  id: 'fa-deep-linear/deep-any-init-not-exponential',
  where: 'Section 3 after Theorem 5',
  recorded: 'upheld',
  says: String.raw`L=3,\ d=1,\ \lambda=-\tfrac{27}2\xi^7,\ \theta_2=\tfrac12(\theta_1^2-7\xi^2),\ \theta_3=\tfrac12\theta_2^2:\ 10\xi^5(\theta_1-\xi)^2\le-\dot\theta_1\le16\xi^5(\theta_1-\xi)^2`,
  note: String.raw`From $\theta_1(0)=\xi+y_0\in(\xi,2\xi]$ the path stays on that curve, to which the flow is tangent, and
$\frac{y_0}{1+16\xi^5y_0t}\le\theta_1-\xi\le\frac{y_0}{1+10\xi^5y_0t}$: it converges, but not exponentially, and neither does the product, as
$\lambda-\theta_3\theta_2\theta_1=\dot\theta_1$. At $\xi$ the polynomial $\lambda-Q$ has a double root.`,
  then: (R, _none, { xi, x }) => slowly(R, xi, x, 10),
  mutants: { '12 for 10': (R, _none, { xi, x }) => slowly(R, xi, x, 12) },
});

/** The flow at x on the curve towards ξ: tangent to it, and −θ_1' between `least` and 16 times ξ⁵(x − ξ)². */
function slowly<N>(R: Reading<N>, xi: N, x: N, least: number): Finding {
  const second = R.div(R.sub(R.power(x, 2), R.mul(7, R.power(xi, 2))), 2);
  const point = [x, second, R.div(R.power(second, 2), 2)];
  const field = deepField(R, { lambda: R.mul('-27/2', R.power(xi, 7)), d: [R.of(1), R.of(1)] }, point);
  const square = R.mul(R.power(xi, 5), R.power(R.sub(x, xi), 2));
  return all(
    part('tangent, layer 2', equals(R, field[1]!, R.mul(x, field[0]!))),
    part('tangent, layer 3', equals(R, field[2]!, R.mul(second, x, field[0]!))),
    part('no slower', atMost(R, R.mul(least, square), R.neg(field[0]!))),
    part('no faster', atMost(R, R.neg(field[0]!), R.mul(16, square))),
  );
}
