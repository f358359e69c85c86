/**
 * What the conditions of Theorems 4.2 and 4.4 imply of each other. They compare numbers: W, A, b are norms at the start, X is ‖X‖_F,
 * r is ‖ŷ(0) − y‖, alpha is α0 = σ_min(Z(0)); γ0 = γ(‖A(0)‖ + C2) < 1.
 */
import { atMost, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, type Finding, type Reading } from '../../src/claim/finding';
import {
  conditionsAt,
  constantsOf,
  cubeBound,
  type Beginning,
  type Radii,
  type Sizes,
} from '../../src/definitions/implicit-relu-conditions';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { meets } from '../../oracles/network-training';
import { numbersMeeting17and19, numbersMeeting17to18 } from '../../generators/implicit-relu-conditions';

interface Start<N> extends Omit<Radii<N>, 'gamma'>, Sizes<N> {
  readonly gamma0: N;
}

/** With γ = γ0/λ2. */
const beginningAt = <N>(R: Arithmetic<N>, p: Start<N>, alpha: N): Beginning<N> => ({
  constants: constantsOf(R, { ...p, gamma: R.div(p.gamma0, R.add(p.A, p.C2)) }),
  ...{ X: p.X, r: p.r, alpha },
});

const numbers = {
  says: String.raw`\|W\|,\|A\|,\|b\|,r\ge0,\ C_i,\|X\|_F>0,\ 0<\gamma_0<1`,
  holds: <N>(R: Reading<N>, { W, A, b, C1, C2, C3, gamma0, X, r }: Start<N>): Finding =>
    all(
      ...[W, A, b, r].map((x) => atMost(R, 0, x)),
      ...[C1, C2, C3, X, gamma0].map((x) => lessThan(R, 0, x)),
      lessThan(R, gamma0, 1),
    ),
};

const descent = exam({
  name: 'numbers that meet (17) and (18)',
  inside: numbersMeeting17to18,
  assuming: {
    H1: numbers,
    H2: {
      says: String.raw`\alpha_0>0,\ \text{(17), (18)}`,
      holds: (R, p) =>
        all(lessThan(R, 0, p.alpha), meets(R, conditionsAt(R, beginningAt(R, p, p.alpha), '(17)', '(18)'))),
    },
  },
  cases: [{ W: 1, A: 1, b: 0, C1: 1, C2: 1, C3: 1, gamma0: '1/2', X: 1, r: 1, alpha: 8 }],
});

/** The conditions of Theorem 4.4 contain those of Theorem 4.2. For all. */
export const descentImpliesFlow = forAll(descent, {
  id: 'implicit-relu/17-implies-14',
  where: 'Theorems 4.2 and 4.4',
  recorded: 'upheld',
  says: String.raw`\text{(17)}\implies\text{(14)},\quad\text{(18)}\implies\text{(15)}`,
  note: 'The right sides of (17) and (18) are twice those of (14) and (15).',
  then: (R, _none, p) => meets(R, conditionsAt(R, beginningAt(R, p, p.alpha), '(14)', '(15)')),
  mutants: {
    '9 for 4 in (14)': (R, _none, p) => meets(R, conditionsAt(R, beginningAt(R, p, p.alpha), '(14)'), '9/4'),
    '17 for 8 in (15)': (R, _none, p) => meets(R, conditionsAt(R, beginningAt(R, p, p.alpha), '(15)'), '17/8'),
  },
});

/** With α0 as a share of what λ1, X and γ0 let it be. */
const beginningOfShare = <N>(R: Arithmetic<N>, p: Start<N> & { readonly share: N }): Beginning<N> =>
  beginningAt(R, p, R.div(R.mul(p.share, R.add(p.W, p.C1), p.X), R.sub(1, p.gamma0)));

const all19 = exam({
  name: 'numbers that meet (17) and (19)',
  inside: numbersMeeting17and19,
  assuming: {
    H1: numbers,
    H2: {
      says: String.raw`0<\alpha_0=\text{share}\cdot\frac{\lambda_1\|X\|_F}{1-\gamma_0},\ \text{share}\le1`,
      holds: (R, p) => all(lessThan(R, 0, p.share), atMost(R, p.share, 1)),
    },
    H3: { says: String.raw`\text{(17)}`, holds: (R, p) => meets(R, conditionsAt(R, beginningOfShare(R, p), '(17)')) },
    H4: {
      says: String.raw`\text{(19)}`,
      holds: (R, p) => meets(R, conditionsAt(R, beginningOfShare(R, p), '(19)')),
    },
  },
  cases: [{ W: 7, A: 1, C1: 1, C2: 1, gamma0: '1/2', X: 1, share: 1, b: 0, C3: '1/4', r: '1/64' }],
});

/** So many times the right side of (18) against α0³. */
function eighteenTimes<N>(R: Reading<N>, p: Start<N> & { readonly share: N }, times: number): Finding {
  const at = beginningOfShare(R, p);
  return atMost(R, R.mul(times, cubeBound(R, at.constants, at, 16)), R.power(at.alpha, 3));
}

/** (18) is not needed beside (17) and (19). For all; a claim of ours. */
export const eighteenIsRedundant = forAll(all19, {
  id: 'implicit-relu/cond-18-redundant',
  where: 'Theorem 4.4, (18); a claim of ours',
  recorded: 'upheld',
  says: String.raw`\text{(17), (19)}\implies\alpha_0^3\ge8\Big[1+\tfrac{\gamma_0^2}{(1-\gamma_0)^2}\tfrac{\lambda_1^2}{\lambda_2^2}\Big]\frac{16\lambda_3}{(1-\gamma_0)^2}\|X\|_F^2\|\hat y(0)-y\|`,
  note: String.raw`With $\lambda_0\ge\lambda_1/C_3$ and $\alpha_0\le\|Z\|_F\le\lambda_1\|X\|_F/(1-\gamma_0)$, (17) gives $\|\hat y(0)-y\|\le\alpha_0C_3/8$, and (19) says
that the right side of (18) is at most $\alpha_0^2\|\hat y(0)-y\|/\lambda_3$. So (18) holds eight times over, and the 8 is sharp.`,
  tight: true,
  then: (R, _none, p) => eighteenTimes(R, p, 8),
  mutants: { '9 for 8': (R, _none, p) => eighteenTimes(R, p, 9) },
});
