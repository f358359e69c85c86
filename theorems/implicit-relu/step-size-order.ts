/**
 * How large a step size (20) leaves, in the number N of samples (Section 7.3 refers to Section 5 for η = O(1/N)). In Section 5.1
 * C_i = 1, b(0) = 0, ‖A(0)‖ = ‖W(0)‖, γ0 = 1/2, ‖x_i‖ = 1. Here X = I_N and W = A = βI_N, for which all norms are known at every N:
 * Z(0) = Φ(0)/(1 − γβ), α0 = 2β(β + 1)/(β + 2), λ1 = λ2 = β + 1.
 */
import { atMost, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { order } from '../../src/claim/forms/constructors';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import {
  beginningOf,
  conditionsAt,
  constantsOf,
  exampleRadii,
  stepBounds,
  type Beginning,
  type Training,
} from '../../src/definitions/implicit-relu-conditions';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { frobeniusSquared } from '../../src/numerics/matrix';
import { operatorNorm } from '../../src/numerics/eigenvalues';
import { meets } from '../../oracles/network-training';
import { identityStarts, numbersOfSamples } from '../../generators/implicit-relu-conditions';
import { startsMeeting17to20 } from '../../generators/implicit-relu-starts';

interface Identity<N> {
  readonly N: number;
  readonly Y: N;
  readonly beta: N;
}

const identityBeginning = <N>(R: Arithmetic<N>, { N, Y, beta }: Identity<N>): Beginning<N> => ({
  constants: constantsOf(R, exampleRadii(R, beta)),
  ...{ alpha: R.div(R.mul(2, beta, R.add(beta, 1)), R.add(beta, 2)), X: R.sqrt(N), r: Y },
});

const conditions = <N>(R: Reading<N>, at: Beginning<N>): Finding =>
  meets(R, conditionsAt(R, at, '(17)', '(18)', '(19)'));

/** The smaller number of (20), by the sign of their difference. */
const bound20 = <N>(R: Arithmetic<N>, at: Beginning<N>): N => {
  const [first, second] = stepBounds(R, at.constants, at);
  return R.sign(R.sub(first, second)) === -1 ? first : second;
};

const identities = exam({
  name: 'orthonormal samples, and the step sizes of Theorem 4.4',
  inside: identityStarts,
  assuming: {
    H1: {
      says: String.raw`\beta>0,\ \|y\|\ge0`,
      holds: (R, { beta, Y }) => all(lessThan(R, 0, beta), atMost(R, 0, Y)),
    },
    H2: { says: String.raw`\text{(17), (18), (19)}`, holds: (R, p) => conditions(R, identityBeginning(R, p)) },
  },
  cases: [
    { N: 1, Y: 1, beta: 16 },
    { N: 1_000_000, Y: 1, beta: 8008 },
  ],
});

/** The step size of Section 7. An order. */
export const inverseOfSamples = order(identities, {
  id: 'implicit-relu/eta-order-one-over-N',
  where: 'Section 7.3, and "by Theorem 4.4" in Section 7',
  recorded: 'refuted',
  corrected: ['implicit-relu/eta-order-one-over-N-cubed', 'implicit-relu/eta-order-cubed-reached'],
  says: String.raw`\text{(17)-(19)},\ \|x_i\|=1,\ C_i=1,\ b(0)=0,\ \|A\|=\|W\|,\ \gamma_0=\tfrac12\implies\eta_{\max}^{-1}=O(N)`,
  note: String.raw`$\eta_{\max}$ is the bound (20); $\eta=c/N$ is below it for some $c>0$ exactly if its inverse is $O(N)$. "With
$\lambda_i=O(1)$" (Section 7) nothing meets (17)-(19) for large $N$: $\alpha_0\le\|Z\|_F/\sqrt N\le2\|W\|$ and (19) ask for $\lambda_1>\sqrt{32N}$. Then
(20), with $\lambda_1^{-4}$ in it, is below $\frac1{1024N^3}$.`,
  grows: 'N',
  sides: (R, _none, p) => ({ left: R.div(1, bound20(R, identityBeginning(R, p))), right: R.of(p.N) }),
  family: {
    says: String.raw`$N=4^k$, $\|y\|=1$, $\beta=8\sqrt N+8$: $\eta_{\max}^{-1}>1024N^3$, so a constant has to be above $1024N^2=1024\cdot16^k$.`,
    members: 11,
    at: (k) => ({ N: 4 ** k, Y: 1, beta: 8 * 2 ** k + 8 }),
    exceeds: (k) => 1024 * 16 ** k,
  },
});

/** No start has a larger one than 1/(1024N³). For all. */
export const inverseCube = forAll(identities, {
  id: 'implicit-relu/eta-order-one-over-N-cubed',
  where: 'corrects Section 7.3',
  recorded: 'upheld',
  says: String.raw`\text{(19)},\ \|x_i\|=1,\ C_i=1,\ b(0)=0,\ \|A\|=\|W\|,\ \gamma_0=\tfrac12\implies\eta_{\max}<\frac1{1024N^3}`,
  note: String.raw`For every start, by the lines of eta-order-any-start; tried on orthonormal samples of any number. Reached up to a factor:
eta-order-cubed-reached.`,
  then: (R, _none, p) => lessThan(R, R.mul(1024, R.power(R.of(p.N), 3), bound20(R, identityBeginning(R, p))), 1),
  mutants: {
    'N⁴ for N³': (R, _none, p) =>
      lessThan(R, R.mul(1024, R.power(R.of(p.N), 4), bound20(R, identityBeginning(R, p))), 1),
  },
});

/** X = I, W = A = (8√N + 8)I, ‖y‖ = 1/8. */
const rootScaled = <N>(R: Arithmetic<N>, N: number): Beginning<N> => {
  const root = R.sqrt(N);
  return identityBeginning(R, { N, Y: R.of('1/8'), beta: R.add(R.mul(8, root), 8) });
};

const least = exam({
  name: 'orthonormal samples, scaled by the root of their number',
  inside: numbersOfSamples,
  assuming: {},
  cases: [{ N: 1 }],
});

/** The starts of the next claim meet the conditions. For all. */
export const inverseCubeStarts = forAll(least, {
  id: 'implicit-relu/eta-order-cubed-starts',
  where: 'beside eta-order-cubed-reached',
  recorded: 'upheld',
  says: String.raw`X=I,\ W=A=\beta I,\ b=0,\ C_i=1,\ \gamma_0=\tfrac12,\ \beta=8\sqrt N+8,\ \|y\|=\tfrac18:\ \text{(17), (18) and (19) hold}`,
  then: (R, _none, { N }) => conditions(R, rootScaled(R, N)),
  mutants: {
    'β = 2√N + 8': (R, _none, { N }) =>
      conditions(R, identityBeginning(R, { N, Y: R.of('1/8'), beta: R.add(R.mul(2, R.sqrt(N)), 8) })),
  },
});

/** η of the order N⁻³ is possible. An order. */
export const inverseCubeReached = order(least, {
  id: 'implicit-relu/eta-order-cubed-reached',
  where: 'corrects Section 7.3',
  recorded: 'upheld',
  says: String.raw`\beta=8\sqrt N+8,\ \|y\|=\tfrac18:\quad\text{(17)-(19) and }\eta_{\max}^{-1}\le90000\,N^3`,
  note: String.raw`$\lambda_1\le17\sqrt N$ and $\bar\lambda\ge1.9$, so $\eta_{\max}^{-1}\le\frac{17^4}{0.95}N^3$. Where $\|y\|$ is of order $\sqrt N$, (17) asks for $\beta$ of
order $N$, and (20) falls to the order $N^{-5}$.`,
  grows: 'N',
  sides: (R, _none, { N }) => ({
    left: R.div(1, bound20(R, rootScaled(R, N))),
    right: R.power(R.of(N), 3),
  }),
  constant: { of: [], is: (R) => R.of(90_000) },
  mutants: {
    'N² for N³': (R, _none, { N }) =>
      atMost(R, R.div(1, bound20(R, rootScaled(R, N))), R.mul(90_000, R.power(R.of(N), 2))),
  },
});

const anyStart = exam({
  name: 'starts that meet (17) to (20)',
  inside: startsMeeting17to20,
  assuming: {
    H1: {
      says: String.raw`C_i>0,\ \gamma_0<1,\ \eta>0`,
      holds: (R, p) =>
        all(
          ...[p.C1, p.C2, p.C3, p.gamma, p.eta].map((x) => lessThan(R, 0, x)),
          lessThan(R, R.mul(p.gamma, R.add(operatorNorm(R, p.A), p.C2)), 1),
        ),
    },
    H2: {
      says: String.raw`\text{(17), (18), (19), (20)}`,
      holds: (R, p) => {
        const at = beginningOf(R, p);
        return all(
          conditions(R, at),
          ...stepBounds(R, at.constants, at).map((bound) => part('(20)', lessThan(R, p.eta, bound))),
        );
      },
    },
  },
  cases: [
    { N: 1, d: 1, m: 1, X: [[1]], W: [[16]], A: [[1]], C1: 1, C2: 1, gamma: '1/4', b: [0], C3: '1/4', y: ['1/8'], eta: 2 ** -30 }, // prettier-ignore
  ],
});

const lost = <N>(R: Reading<N>, p: Training<N> & { readonly N: number; readonly eta: N }, factor: number): Finding => {
  const { constants: c } = beginningOf(R, p);
  const left = R.mul(factor, p.N, R.power(c.lambda1, 2), frobeniusSquared(R, p.X), p.eta);
  return lessThan(R, left, R.power(R.sub(1, c.gamma0), 2));
};

/** The step sizes of any start. For all; a claim of ours. */
export const anyStepSize = forAll(anyStart, {
  id: 'implicit-relu/eta-order-any-start',
  where: 'Theorem 4.4, (19) and (20); a claim of ours',
  recorded: 'upheld',
  says: String.raw`\text{(19), (20)}\implies\eta<\frac{(1-\gamma_0)^2}{8N\lambda_1^2\|X\|_F^2}`,
  note: String.raw`For all $C_i$, $b(0)$, $A(0)$ and any lengths of samples; $\frac{(1-\gamma_0)^2}{8N^2\lambda_1^2}$ for $\|x_i\|=1$. For
$\alpha_0\le\|Z\|_F/\sqrt N\le\frac{\lambda_1\|X\|_F}{(1-\gamma_0)\sqrt N}$, so (19) gives $\lambda_1^2\ge16NK\lambda_3^2$, and $\bar\lambda\le K\lambda_3^4$. So
$\eta$ is of the order $N^{-2}$ at most whatever is chosen, and $N^{-3}$ where $\lambda_3\ge1$.`,
  then: (R, _none, p) => lost(R, p, 8),
  mutants: { '512 for 8': (R, _none, p) => lost(R, p, 512) },
});
