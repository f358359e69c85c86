/**
 * The recursion that forward Euler from zero is compared with (Appendix D.2, part 1): x_{t+1} = f(x_t; α_t) with
 * f(x; α) = x + (η/2)P_α(x), P_α(x) = 2dλ − x³ + αx, for a given increasing sequence α_t > 0 that tends to α∞; ℓ is the
 * positive root of P_{α∞}. Instances of the recursion are drawn by ℓ and α∞, so that 2dλ = ℓ³ − ℓα∞ is rational.
 */
import { atMost, equals, lessThan, magnitude } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Reading } from '../../src/claim/finding';
import { derivativeOfQuartic } from '../../oracles/polynomial';
import { drivenFunction, drivenStep, farLeft } from '../../generators/euler';

/** P_α(x) = 2dλ − x³ + αx. */
const force = <N>(R: Reading<N>, twoDLambda: N, alpha: N, x: N): N =>
  R.add(twoDLambda, R.neg(R.power(x, 3)), R.mul(alpha, x));

/** f(x; α) = x + (η/2)P_α(x). */
const step = <N>(R: Reading<N>, twoDLambda: N, eta: N, alpha: N, x: N): N =>
  R.add(x, R.mul('1/2', eta, force(R, twoDLambda, alpha, x)));

/** One step from a point x_t with x_t ≤ f(x_t; α_t), and the next α. */
const oneStep = exam({
  name: 'one step of the driven recursion',
  inside: drivenStep,
  assuming: {
    H1: {
      says: String.raw`d\lambda > 0,\ \alpha_\infty > 0`,
      holds: (R, { ell, alphaLimit }) => all(lessThan(R, 0, alphaLimit), lessThan(R, alphaLimit, R.power(ell, 2))),
    },
    H2: {
      says: String.raw`0 < \eta \le \tfrac{2}{3\ell_{\alpha_\infty}^2}`,
      holds: (R, { ell, eta }) => all(lessThan(R, 0, eta), atMost(R, R.mul(3, eta, R.power(ell, 2)), 2)),
    },
    H3: {
      says: String.raw`0 < \alpha_t \le \alpha_{t+1} \le \alpha_\infty`,
      holds: (R, { alpha, next, alphaLimit }) =>
        all(lessThan(R, 0, alpha), atMost(R, alpha, next), atMost(R, next, alphaLimit)),
    },
    H4: {
      says: String.raw`0 \le x_t \le \ell_{\alpha_\infty},\ P_{\alpha_t}(x_t) \ge 0`,
      holds: (R, { ell, alphaLimit, alpha, x }) => {
        const left = R.add(R.power(x, 3), R.mul(ell, alphaLimit));
        return all(atMost(R, 0, x), atMost(R, x, ell), atMost(R, left, R.add(R.power(ell, 3), R.mul(alpha, x))));
      },
    },
  },
  cases: [
    { ell: 1, alphaLimit: '1/2', eta: '2/3', x: 0, alpha: '1/4', next: '1/2' },
    { ell: 1, alphaLimit: '1/2', eta: '2/3', x: 1, alpha: '1/2', next: '1/2' },
    { ell: 2, alphaLimit: 3, eta: '1/10', x: 1, alpha: '1/100', next: '1/100' },
  ],
});

type Step<N> = Readonly<Record<'ell' | 'alphaLimit' | 'eta' | 'x' | 'alpha' | 'next', N>>;

/** 2dλ = ℓ³ − ℓα∞. */
const signalOf = <N>(R: Reading<N>, { ell, alphaLimit }: Pick<Step<N>, 'ell' | 'alphaLimit'>): N =>
  R.sub(R.power(ell, 3), R.mul(ell, alphaLimit));

/** x_{t+1}, for `times` the step size. */
const after = <N>(R: Reading<N>, p: Step<N>, times: number): N =>
  step(R, signalOf(R, p), R.mul(times, p.eta), p.alpha, p.x);

/** (1 − c·(η/2)2dλ/ℓ)(ℓ − x_t) + (η/2)ℓ(α∞ − α_t). */
function nearer<N>(R: Reading<N>, p: Step<N>, c: number): N {
  const half = R.div(p.eta, 2);
  const ratio = R.sub(1, R.mul(c, half, R.div(signalOf(R, p), p.ell)));
  return R.add(R.mul(ratio, R.sub(p.ell, p.x)), R.mul(half, p.ell, R.sub(p.alphaLimit, p.alpha)));
}

/** The driven recursion increases, stays below ℓ and tends to it. For all, by the step of an induction. */
export const lemma27 = forAll(oneStep, {
  id: 'fa-deep-linear/lemma-27',
  where: 'Lemma 27 (155), and the limit after it',
  recorded: 'upheld',
  tight: true,
  says: String.raw`0\le x_t\le x_{t+1}\le\ell_{\alpha_\infty},\quad x_t\to\ell_{\alpha_\infty}`,
  note: String.raw`By induction, for every sequence: $x_0=0$ meets what is assumed of $x_t$, and a step leads from it to
$x_t\le x_{t+1}\le\ell$ and to $P_{\alpha_{t+1}}(x_{t+1})\ge0$, which is the same for $x_{t+1}$. For the limit,
$\ell-x_{t+1}\le(1-\tfrac\eta2\tfrac{2d\lambda}{\ell})(\ell-x_t)+\tfrac\eta2\ell(\alpha_\infty-\alpha_t)$, a contraction up
to something that vanishes.`,
  then: (R, _none, p) => {
    const { ell, x, next } = p;
    const x1 = after(R, p, 1);
    return all(
      part('increases', atMost(R, x, x1)),
      part('at most ℓ', atMost(R, x1, ell)),
      part('again', atMost(R, R.power(x1, 3), R.add(signalOf(R, p), R.mul(next, x1)))),
      part('nears ℓ', atMost(R, R.sub(ell, x1), nearer(R, p, 1))),
    );
  },
  mutants: {
    'step size three times as large': (R, _none, p) => atMost(R, after(R, p, 3), p.ell),
    'three times the contraction': (R, _none, p) => atMost(R, R.sub(p.ell, after(R, p, 1)), nearer(R, p, 3)),
  },
});

/** The function f at any point. */
const anyPoint = exam({
  name: 'the function f of (149) at a point',
  inside: drivenFunction,
  assuming: {
    H1: {
      says: String.raw`d\lambda,\eta,\alpha > 0,\ x \ge 0`,
      holds: (R, { r, eta, alpha, x }) =>
        all(lessThan(R, 0, r), lessThan(R, 0, eta), lessThan(R, 0, alpha), atMost(R, 0, x)),
    },
  },
  cases: [
    { r: 1, eta: 2, alpha: 1, x: 1 },
    { r: 1, eta: '1/2', alpha: 3, x: '1/4' },
  ],
});

type Point<N> = Readonly<Record<'r' | 'eta' | 'alpha' | 'x', N>>;

/** ∂f/∂x from five values of f, x + 1 apart. */
const slope = <N>(R: Reading<N>, { r, eta, alpha, x }: Point<N>): N =>
  derivativeOfQuartic(R, (z) => step(R, R.power(r, 3), eta, alpha, z), x, R.add(x, 1));

/** The slope of f as printed. For all. */
export const equation150 = forAll(anyPoint, {
  id: 'fa-deep-linear/eq-150',
  where: '(150)',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/eq-150-eta', 'fa-deep-linear/eq-150-left'],
  says: String.raw`\tfrac{\partial f}{\partial x} = 1+\tfrac\eta2\alpha-\tfrac32x^2`,
  note: String.raw`An $\eta$ is missing in the last term; the interval on which $f$ is said to increase is that of the slope with it.
The slope is computed from five values of $f$, which is exact for cubics. A sign is wrong in the text above it, too: that
$P_\alpha(x)\to-\infty$ as $x\to-\infty$ is ruled out by eq-150-left.`,
  then: (R, _none, p) => equals(R, slope(R, p), R.sub(R.add(1, R.mul('1/2', p.eta, p.alpha)), R.mul('3/2', p.x, p.x))),
  python: [
    'f = lambda z: z + eta/2*(r**3 - z**3 + alpha*z)',
    'left = (8*(f(x + 1) - f(x - 1)) - (f(x + 2) - f(x - 2)))/12',
    'right = 1 + eta*alpha/2 - F(3, 2)*x**2',
  ],
});

/** The slope of f. For all, an identity. */
export const equation150Eta = forAll(anyPoint, {
  id: 'fa-deep-linear/eq-150-eta',
  where: 'corrects (150)',
  recorded: 'upheld',
  says: String.raw`\tfrac{\partial f}{\partial x} = 1+\tfrac\eta2\alpha-\tfrac{3\eta}2x^2`,
  then: (R, _none, p) => {
    const rise = R.add(1, R.mul('1/2', p.eta, p.alpha));
    const terms = magnitude(R, R.add(rise, R.mul(p.eta, R.add(R.power(p.r, 3), R.power(R.add(p.x, 1), 2)))));
    return equals(R, slope(R, p), R.sub(rise, R.mul('3/2', p.eta, p.x, p.x)), 0, terms);
  },
});

/** A number z far to the left, as −z. */
const left = exam({
  name: 'the cubic far to the left',
  inside: farLeft,
  assuming: {
    H1: {
      says: String.raw`d\lambda,\alpha,z > 0`,
      holds: (R, { r, alpha, z }) => all(lessThan(R, 0, r), lessThan(R, 0, alpha), lessThan(R, 0, z)),
    },
    H2: { says: String.raw`z^2 \ge 2\alpha`, holds: (R, { alpha, z }) => atMost(R, R.mul(2, alpha), R.power(z, 2)) },
  },
  cases: [{ r: 1, alpha: 2, z: 2 }],
});

/** Where the cubic goes to the left. For all. */
export const equation150Left = forAll(left, {
  id: 'fa-deep-linear/eq-150-left',
  where: 'corrects the text before (150)',
  recorded: 'upheld',
  tight: true,
  says: String.raw`P_\alpha(-z) \ge \tfrac12z^3+2d\lambda \text{ for } z\ge\sqrt{2\alpha}: \quad P_\alpha(x)\to+\infty \text{ as } x\to-\infty`,
  note: String.raw`Printed: $P_\alpha(x)\to-\infty$ as $x\to-\infty$; what the argument needs is $x\to+\infty$.`,
  then: (R, _none, { r, alpha, z }) => {
    const twoDLambda = R.power(r, 3);
    return atMost(R, R.add(R.div(R.power(z, 3), 2), twoDLambda), force(R, twoDLambda, alpha, R.neg(z)));
  },
  mutants: {
    'to the right': (R, _none, { r, alpha, z }) => {
      const twoDLambda = R.power(r, 3);
      return atMost(R, R.add(R.div(R.power(z, 3), 2), twoDLambda), force(R, twoDLambda, alpha, z));
    },
  },
});
