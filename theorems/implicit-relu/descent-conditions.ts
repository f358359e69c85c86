/**
 * Theorem 4.4's conditions at the start and the first step of gradient descent: what becomes of A and Z (Appendix A.6) where bounds
 * in ‖X‖_F are continued in ‖X‖, of W where an index is one short, and of the loss without (19). α0 = σ_min(Z(0)) with λ_min(ZZᵀ) =
 * σ_min(Z)²; r = ŷ(0) − y; K = 1 + γ0²/(1 − γ0)²·λ1²/λ2².
 */
import { atMost, lessThan } from '../../src/claim/compare';
import { exam, exists, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import {
  equilibrium,
  gradientStep,
  networkOf,
  residual,
  type Network,
  type NetworkWithError,
} from '../../src/definitions/implicit-relu';
import {
  conditionsAt,
  constantsOf,
  descentBound,
  stepBounds,
  type Beginning,
} from '../../src/definitions/implicit-relu-conditions';
import { gramMatrices } from '../../src/definitions/implicit-relu-matrices';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { dot, matVec, minus, shapeOf, type Matrix } from '../../src/numerics/matrix';
import { extremeSingularValues, frobenius, operatorNorm } from '../../src/numerics/eigenvalues';
import { meets } from '../../oracles/network-training';
import { guardedStarts, unguardedStarts } from '../../generators/implicit-relu-points';

interface Start<N> extends NetworkWithError<N> {
  readonly C1: N;
  readonly C2: N;
  readonly C3: N;
  readonly eta: N;
}

/** What the conditions are made of, and what that is made of. */
function startOf<N>(R: Arithmetic<N>, p: Start<N>) {
  const { C1, C2, C3, gamma } = p;
  const norms = { W: operatorNorm(R, p.W), A: operatorNorm(R, p.A), b: frobenius(R, [p.b]) };
  const Z = equilibrium(R, p);
  const [rows, columns] = shapeOf(Z);
  const alpha = rows > columns ? R.of(0) : extremeSingularValues(R, Z).least;
  return {
    ...{ norms, Z, alpha, constants: constantsOf(R, { ...norms, C1, C2, C3, gamma }) },
    ...{ X: frobenius(R, p.X), r: frobenius(R, [p.r]) },
  };
}

/** The network after the step. */
const stepped = <N>(R: Arithmetic<N>, p: Start<N>, Z: Matrix<N>): Network<N> =>
  gradientStep(R, networkOf(R, p, Z), p.eta);

const meets20 = <N>(R: Reading<N>, at: Beginning<N>, eta: N): Finding =>
  part('(20)', all(lessThan(R, 0, eta), ...stepBounds(R, at.constants, at).map((bound) => lessThan(R, eta, bound))));

const positive = {
  says: String.raw`C_1,C_2,C_3,\gamma,\alpha_0>0,\ \gamma_0=\gamma\lambda_2<1`,
  holds: <N>(R: Reading<N>, p: Start<N>) => {
    const { constants, alpha } = startOf(R, p);
    const found = [p.C1, p.C2, p.C3, p.gamma, alpha].map((x) => lessThan(R, 0, x));
    return all(...found, lessThan(R, constants.gamma0, 1));
  },
};
const says17 = String.raw`\alpha_0^2\ge\frac8{1-\gamma_0}\lambda_0\|X\|_F\|r\|`;
const says18 = String.raw`\alpha_0^3\ge K\frac{16\lambda_3}{(1-\gamma_0)^2}\|X\|_F^2\|r\|`;
const says19 = String.raw`\alpha_0^2\ge K\frac{16\lambda_3^2}{(1-\gamma_0)^2}\|X\|_F^2`;
const says20 = String.raw`0<\eta<\min\Big\{\frac4{\alpha_0^2},\ \frac{2(1-\gamma_0)^2\bar\lambda}{\lambda_1^4\lambda_3^2\|X\|_F^2}\Big\}`;

const starts = exam({
  name: 'a start that meets the conditions of Theorem 4.4',
  inside: guardedStarts,
  assuming: {
    H1: positive,
    H2: {
      says: String.raw`\text{(17)–(20)}:\ ${says17},\ ${says18},\ ${says19},\ ${says20}`,
      holds: (R, p) => {
        const at = startOf(R, p);
        return all(meets(R, conditionsAt(R, at, '(17)', '(18)', '(19)')), meets20(R, at, p.eta));
      },
    },
  },
  cases: [
    {
      ...{ N: 1, d: 1, m: 1, X: [[1]], W: [[4]], A: [[0]], b: ['1/32'], r: ['-1/256'] },
      ...{ C1: 1, C2: 1, C3: '1/32', gamma: '1/2', eta: '1/16384' },
    },
    {
      ...{ N: 2, d: 2, m: 2, X: [[1, 0], [0, 1]], W: [[3, 4], [-4, 3]], A: [[0, 0], [0, 0]], b: [0, '1/8'] }, // prettier-ignore
      ...{ r: ['1/16384', '1/32768'], C1: '1/8', C2: '1/32', C3: '1/256', gamma: '1/4', eta: '1/32768' },
    },
  ],
});

/** How far A and Z come in the first step, against the bounds with this norm of X. */
function firstMoves<N>(R: Reading<N>, p: Start<N>, X: N): Finding {
  const { Z, constants, r } = startOf(R, p);
  const after = stepped(R, p, Z);
  const left = R.sub(1, constants.gamma0);
  const common = R.div(R.mul(p.eta, constants.lambda3, X, r), R.power(left, 2));
  const forA = R.mul(p.gamma, constants.lambda1, common);
  const movedZ = frobenius(R, minus(R, equilibrium(R, after), Z));
  return all(
    part('A', atMost(R, operatorNorm(R, minus(R, after.A, p.A)), forA)),
    part('Z', atMost(R, movedZ, R.mul(constants.K, X, common))),
  );
}

/** The bounds of A(1) − A(0) and Z(1) − Z(0) as they are continued, with ‖X‖. For all. */
export const continuedBounds = forAll(starts, {
  id: 'implicit-relu/a6-A-bound',
  where: 'Appendix A.6, after (42) and after (43)',
  recorded: 'refuted',
  corrected: ['implicit-relu/a6-A-bound-frobenius'],
  says: String.raw`\|A(1)-A(0)\|\le\eta\frac{\gamma_0}{(1-\gamma_0)^2}\frac{\lambda_1\lambda_3}{\lambda_2}\|X\|\,\|\hat y(0)-y\|,\quad
\|Z(1)-Z(0)\|_F\le\eta K\frac{\lambda_3}{(1-\gamma_0)^2}\|X\|^2\,\|\hat y(0)-y\|`,
  note: String.raw`The second lines of both displays, at $k=0$ and $s=0$: (42) and (43) have $\|X\|_F$, these $\|X\|$. Under all conditions of Theorem 4.4. The last lines, with
$8/\alpha_0^2$, are far from equality. What fails is $\|\Phi\|\le\lambda_1\|X\|$ (a6-38).`,
  then: (R, _none, p) => firstMoves(R, p, operatorNorm(R, p.X)),
});

/** The same bounds with ‖X‖_F, and what the conditions make of them. For all. */
export const continuedBoundsFrobenius = forAll(starts, {
  id: 'implicit-relu/a6-A-bound-frobenius',
  where: 'corrects Appendix A.6, after (42) and after (43)',
  recorded: 'upheld',
  says: String.raw`\text{as printed, with }\|X\|_F;\quad\frac8{\alpha_0^2}\frac{\gamma_0}{(1-\gamma_0)^2}\frac{\lambda_1\lambda_3}{\lambda_2}\|X\|_F\|r\|\le C_2,\
\frac8{\alpha_0^2}K\frac{\lambda_3}{(1-\gamma_0)^2}\|X\|_F^2\|r\|\le\frac{\alpha_0}2`,
  then: (R, _none, p) => {
    const at = startOf(R, p);
    return all(firstMoves(R, p, at.X), sums(R, at, p));
  },
  mutants: {
    'a quarter of ‖X‖_F': (R, _none, p) => firstMoves(R, p, R.div(startOf(R, p).X, 4)),
  },
});

function sums<N>(R: Reading<N>, { constants, X, r, alpha }: Beginning<N>, p: Start<N>): Finding {
  const factor = R.div(R.mul(8, constants.lambda3, X, r), R.power(R.mul(alpha, R.sub(1, constants.gamma0)), 2)); // prettier-ignore
  return all(
    part('all of A', atMost(R, R.mul(factor, p.gamma, constants.lambda1), p.C2)),
    part('all of Z', atMost(R, R.mul(factor, constants.K, X), R.div(alpha, 2))),
  );
}

/** The triangle inequality for W as printed, at k = 0. For all. */
export const triangleForW = forAll(starts, {
  id: 'implicit-relu/a6-W-bound',
  where: 'Appendix A.6, after (41)',
  recorded: 'refuted',
  corrected: ['implicit-relu/a6-W-bound-next'],
  says: String.raw`\|W(k+1)\|\le\|W(k)-W(0)\|+\|W(0)\|\quad\text{at }k=0`,
  note: String.raw`At $k=0$ it says $\|W(1)\|\le\|W(0)\|$. $W(k+1)-W(0)$ is meant, as it stands for $A$ and $b$. Under all conditions of Theorem 4.4.`,
  then: (R, _none, p) => {
    const { norms, Z } = startOf(R, p);
    return atMost(R, operatorNorm(R, stepped(R, p, Z).W), norms.W);
  },
  python: [
    'assert N == d == m == 1 and X[0][0]*W[0][0] > 0  # one unit, active',
    'slope = X[0][0]*r[0]*b[0]/(1 - gamma*A[0][0])  # of the loss by W',
    'left, right = abs(W[0][0] - eta*slope), abs(W[0][0])',
  ],
});

/** The triangle inequality for W with W(k + 1) on both sides. For all. */
export const triangleForWNext = forAll(starts, {
  id: 'implicit-relu/a6-W-bound-next',
  where: 'corrects Appendix A.6, after (41)',
  recorded: 'upheld',
  says: String.raw`\|W(k+1)\|\le\|W(k+1)-W(0)\|+\|W(0)\|\le\lambda_1\quad\text{at }k=0`,
  then: (R, _none, p) => {
    const { norms, Z, constants } = startOf(R, p);
    const { W } = stepped(R, p, Z);
    const middle = R.add(operatorNorm(R, minus(R, W, p.W)), norms.W);
    return all(part('triangle', atMost(R, operatorNorm(R, W), middle)), part('λ1', atMost(R, middle, constants.lambda1))); // prettier-ignore
  },
});

const without19 = exam({
  name: 'a start that meets the conditions of Theorem 4.4 but for (19)',
  inside: unguardedStarts,
  assuming: {
    H1: positive,
    H2: {
      says: String.raw`\text{(17), (18), (20)}:\ ${says17},\ ${says18},\ ${says20}`,
      holds: (R, p) => {
        const at = startOf(R, p);
        return all(meets(R, conditionsAt(R, at, '(17)', '(18)')), meets20(R, at, p.eta));
      },
    },
    H3: {
      says: String.raw`\text{not (19)}:\ ${says19.replace(String.raw`\ge`, '<')}`,
      holds: (R, p) => {
        const { constants, X, alpha } = startOf(R, p);
        return lessThan(R, R.power(alpha, 2), descentBound(R, constants, X));
      },
    },
  },
  cases: [
    {
      ...{ N: 2, d: 2, m: 2, X: [[1, 1], ['-1/4194304', 1]], W: [[1, 0], [0, 1]], A: [[0, 0], [0, 0]], b: [10, 0] }, // prettier-ignore
      ...{ r: ['-1/16384', '1/4096'], C1: 1, C2: 1, C3: 1, gamma: '1/16', eta: '1/256' },
    },
  ],
});

/** ‖ŷ(1) − y‖². */
const nextError = <N>(R: Arithmetic<N>, p: Start<N>): N => {
  const after = stepped(R, p, equilibrium(R, p));
  const error = residual(R, after, equilibrium(R, after));
  return dot(R, error, error);
};

/** ‖r − ηHr‖²: what the gradients at the start foresee for ‖ŷ(1) − y‖². */
const linearisedError = <N>(R: Arithmetic<N>, p: Start<N>): N => {
  const Hr = matVec(R, gramMatrices(R, networkOf(R, p)).H, p.r);
  const foreseen = p.r.map((x, i) => R.sub(x, R.mul(p.eta, Hr[i]!)));
  return dot(R, foreseen, foreseen);
};

/** The loss may increase without (19). A witness. */
export const needs19 = exists(without19, {
  id: 'implicit-relu/cond-19',
  where: 'Section 4.2, before Theorem 4.4; (19)',
  recorded: 'upheld',
  says: String.raw`\text{(17), (18), (20), not (19), and } L(1)>L(0)`,
  note: String.raw`"More initial conditions are needed": read as that Theorem 4.4 without (19) is false, (iii) at $k=1$ at least. No unit is on a kink. One unit is inactive for
the second sample by $2^{-22}$; the first sample, whose error is four times smaller, moves the weights so that it becomes active, which adds to the larger error
what its gradient did not foresee. Without such a unit the linearised step does not break (iii): for an eigenvalue $h$ of $H$ from $\alpha_0^2$ to $Q_1$,
$h(2-\eta h)\ge\alpha_0^2/4$.`,
  then: (R, _none, p) => lessThan(R, dot(R, p.r, p.r), nextError(R, p)),
  mutants: {
    'after the linearised step': (R, _none, p) => lessThan(R, dot(R, p.r, p.r), linearisedError(R, p)),
  },
});
