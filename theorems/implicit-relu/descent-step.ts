/**
 * One step of gradient descent (Appendix A.6, (38), (43), and the last part): how far fixed point and prediction move, and what
 * becomes of the loss. W, A, b, before the step and after, have norms of at most λ1, λ2, λ3; γ0 = γλ2 < 1; r = ŷ − y before. On kinks
 * σ'(0) = 0. K = 1 + γ0²/(1 − γ0)²·λ1²/λ2², Q2 = Kλ3²‖X‖_F²/(1 − γ0)², Q1 = Q2 + λ1²‖X‖_F²/(1 − γ0)².
 */
import { atMost, compare, lessThan, magnitude } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import {
  equilibrium,
  features,
  gradientStep,
  networkOf,
  residual,
  type NetworkWithError,
  type Weights,
} from '../../src/definitions/implicit-relu';
import { gainOf } from '../../src/definitions/implicit-relu-conditions';
import { gramMatrices } from '../../src/definitions/implicit-relu-matrices';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { dot, frobeniusSquared, identity, matMul, minus, scale, transpose } from '../../src/numerics/matrix';
import { contractingUpToLambda2 } from '../../oracles/contracting-layers';
import { normAtMost, operatorNormAtMost, operatorNormSquaredAtMost } from '../../oracles/matrices';
import { boundedFeatures, boundedSteps, guardedSteps } from '../../generators/implicit-relu-points';

interface Step<N> extends NetworkWithError<N> {
  readonly lambda1: N;
  readonly lambda2: N;
  readonly lambda3: N;
  readonly eta: N;
}

/** Before and after the step, with the targets that leave the error r before it. */
function taken<N>(R: Arithmetic<N>, p: Step<N>) {
  const Z = equilibrium(R, p);
  const before = networkOf(R, p, Z);
  return { Z, before, after: gradientStep(R, before, p.eta) };
}

const withinBounds = <N>(R: Reading<N>, { W, A, b }: Weights<N>, p: Step<N>): Finding =>
  all(
    part('W', normAtMost(R, W, p.lambda1)),
    part('A', normAtMost(R, A, p.lambda2)),
    part('b', normAtMost(R, [b], p.lambda3)),
  );

const bounded = {
  H1: contractingUpToLambda2,
  H2: {
    says: String.raw`\|W\|\le\lambda_1,\ \|A\|\le\lambda_2,\ \|b\|\le\lambda_3\text{ before the step and after}`,
    holds: <N>(R: Reading<N>, p: Step<N>) => {
      const { before, after } = taken(R, p);
      return all(part('before', withinBounds(R, before, p)), part('after', withinBounds(R, after, p)));
    },
  },
};

const unit = { ...{ N: 1, d: 1, m: 1, X: [[1]], W: [[1]], A: [[1]], b: [1], r: [1] }, lambda1: 1, lambda2: 1, lambda3: 1 }; // prettier-ignore
const steps = exam({
  name: 'a step of gradient descent on an implicit ReLU network',
  inside: boundedSteps,
  assuming: bounded,
  cases: [
    { ...unit, gamma: '1/2', eta: '1/1024' },
    // The second sample is on a kink of the first unit and on one of the second.
    {
      ...{ N: 2, d: 2, m: 2, X: [[1, 1], [0, 1]], W: [[1, 0], [0, 0]], A: [[1, 0], [0, 0]], b: [2, 1], r: [-1, 1] }, // prettier-ignore
      ...{ lambda1: 2, lambda2: 2, lambda3: 3, gamma: '1/4', eta: '1/64' },
    },
  ],
});

/** K and ‖X‖_F²/(1 − γ0)². */
function constantsOf<N>(R: Arithmetic<N>, p: Pick<Step<N>, 'X' | 'gamma' | 'lambda1' | 'lambda2'>) {
  const room = R.sub(1, R.mul(p.gamma, p.lambda2));
  return { K: gainOf(R, p), X: R.div(frobeniusSquared(R, p.X), R.power(room, 2)) };
}

function movesOf<N>(R: Arithmetic<N>, p: Step<N>): readonly [Q1: N, Q2: N] {
  const { K, X } = constantsOf(R, p);
  const Q2 = R.mul(K, R.power(p.lambda3, 2), X);
  return [R.add(Q2, R.mul(R.power(p.lambda1, 2), X)), Q2];
}

/** ‖Z(s+1) − Z(s)‖_F against gain·ηλ3‖X‖_F²‖r‖/(1 − γ0)²; in squares. */
function fixedPointMoves<N>(R: Reading<N>, p: Step<N>, gain: (K: N) => N): Finding {
  const { Z, after } = taken(R, p);
  const { K, X } = constantsOf(R, p);
  const bound = R.mul(gain(K), p.eta, p.lambda3, X);
  return atMost(R, frobeniusSquared(R, minus(R, equilibrium(R, after), Z)), R.mul(R.power(bound, 2), dot(R, p.r, p.r)));
}

/** Equation (43). For all. */
export const equation43 = forAll(steps, {
  id: 'implicit-relu/eq43',
  where: 'Appendix A.6, (43)',
  recorded: 'upheld',
  says: String.raw`\|Z(s+1)-Z(s)\|_F\le K\eta\frac{\lambda_3}{(1-\gamma_0)^2}\|X\|_F^2\,\|\hat y(s)-y\|`,
  then: (R, _none, p) => fixedPointMoves(R, p, (K) => K),
  mutants: {
    'without the part of W': (R, _none, p) => fixedPointMoves(R, p, (K) => R.sub(K, 1)),
    'without the part of A': (R, _none, p) => fixedPointMoves(R, p, () => R.of(1)),
  },
});

/** ‖ŷ(k+1) − ŷ(k)‖ ≤ ηQ‖r‖; in squares. */
function predictionMoves<N>(R: Reading<N>, p: Step<N>, Q: N): Finding {
  const { after } = taken(R, p);
  const moved = residual(R, after, equilibrium(R, after)).map((x, i) => R.sub(x, p.r[i]!));
  return atMost(R, dot(R, moved, moved), R.mul(R.power(R.mul(p.eta, Q), 2), dot(R, p.r, p.r)));
}

/** ‖H‖ ≤ Q before the step. */
const gramWithin = <N>(R: Reading<N>, p: Step<N>, Q: N): Finding =>
  operatorNormAtMost(R, gramMatrices(R, taken(R, p).before).H, Q);

/** Q1 without what the gradient by W adds to it: ((K − 1)λ3² + λ1²)‖X‖_F²/(1 − γ0)². */
const withoutW = <N>(R: Arithmetic<N>, p: Step<N>): N =>
  R.sub(movesOf(R, p)[0], R.mul(R.power(p.lambda3, 2), constantsOf(R, p).X));

/** How far the prediction moves, and the norm of H. For all. */
export const predictionStep = forAll(steps, {
  id: 'implicit-relu/Q1-bound',
  where: 'Appendix A.6',
  recorded: 'upheld',
  says: String.raw`\|\hat y(k+1)-\hat y(k)\|\le\eta Q_1\|\hat y(k)-y\|,\quad Q_1=(K\lambda_1^{-2}+\lambda_3^{-2})\frac{\lambda_1^2\lambda_3^2\|X\|_F^2}{(1-\gamma_0)^2};
\qquad\|H\|\le Q_1`,
  note: String.raw`The brace under which $Q_1$ stands seems to hold $\eta$ as well; what is made of it, $\eta^2Q_1^2$, does not. $Q_1=(K\lambda_3^2+\lambda_1^2)
\|X\|_F^2/(1-\gamma_0)^2$, which has a value for $\lambda_3=0$ too. That $\|H\|\le Q_1$ is not said; it is the same bounds once more.`,
  then: (R, _none, p) => {
    const [Q1] = movesOf(R, p);
    return all(part('step', predictionMoves(R, p, Q1)), part('H', gramWithin(R, p, Q1)));
  },
  mutants: {
    'Q2 for Q1': (R, _none, p) => predictionMoves(R, p, movesOf(R, p)[1]),
    'without the part of W': (R, _none, p) => predictionMoves(R, p, withoutW(R, p)),
    '‖H‖, without the part of W': (R, _none, p) => gramWithin(R, p, withoutW(R, p)),
  },
});

interface Guarded<N> extends Step<N> {
  readonly alpha: N;
}

const guarded = exam({
  name: 'a step of gradient descent within (19) and (20)',
  inside: guardedSteps,
  assuming: {
    ...bounded,
    H3: {
      says: String.raw`\sigma_{\min}(Z(k))\ge\alpha_0/2>0`,
      holds: (R, p) => {
        const Z = equilibrium(R, p);
        const least = scale(R, R.power(R.div(p.alpha, 2), 2), identity(R, Z.length));
        const [first, second] = minus(R, matMul(R, Z, transpose(Z)), least);
        const found = all(lessThan(R, 0, p.alpha), atMost(R, 0, first![0]!));
        if (!second) return found;
        const corner = R.power(first![1]!, 2);
        return all(found, atMost(R, 0, second[1]!), atMost(R, corner, R.mul(first![0]!, second[1]!)));
      },
    },
    H4: { says: String.raw`\alpha_0^2\ge16Q_2`, holds: (R, p) => atMost(R, R.mul(16, movesOf(R, p)[1]), R.power(p.alpha, 2)) }, // prettier-ignore
    H5: {
      says: String.raw`0<\eta<\min\{4/\alpha_0^2,\ 2Q_2/Q_1^2\}`,
      holds: (R, p) => {
        const [Q1, Q2] = movesOf(R, p);
        const second = lessThan(R, R.mul(p.eta, R.power(Q1, 2)), R.mul(2, Q2));
        return all(lessThan(R, 0, p.eta), lessThan(R, R.mul(p.eta, R.power(p.alpha, 2)), 4), second);
      },
    },
  },
  cases: [
    {
      ...{ N: 1, d: 1, m: 1, X: [[1]], W: [[2]], A: [[1]], b: ['1/64'], r: ['1/64'] },
      ...{ lambda1: 2, lambda2: 1, lambda3: '1/32', gamma: '1/4', alpha: 4, eta: '1/16384' },
    },
  ],
});

/** The three rates, a factor 1 − ηrate each: what the step is bounded by, what (20) and what (19) makes of it. */
function ratesOf<N>(R: Arithmetic<N>, p: Guarded<N>): readonly [N, N, N] {
  const [Q1, Q2] = movesOf(R, p);
  const half = R.div(R.power(p.alpha, 2), 2);
  const lost = R.add(R.mul(p.eta, R.power(Q1, 2)), R.mul(2, Q2));
  return [R.sub(half, lost), R.sub(half, R.mul(4, Q2)), R.div(half, 2)];
}

/** η·rate·L(k) ≤ L(k) − L(k + 1), twice both. */
function fallsBy<N>(R: Reading<N>, p: Step<N>, rate: N): Finding {
  const { after } = taken(R, p);
  const error = residual(R, after, equilibrium(R, after));
  const before = dot(R, p.r, p.r);
  const fall = R.sub(before, dot(R, error, error));
  return compare(R, '≤', R.mul(p.eta, rate, before), fall, 0, magnitude(R, before));
}

/** One rate is at most another; both were subtracted from α0²/2. */
const rateAtMost = <N>(R: Reading<N>, { alpha }: Guarded<N>, rate: N, other: N): Finding =>
  compare(R, '≤', rate, other, 0, magnitude(R, R.div(R.power(alpha, 2), 2)));

/** The loss after one step. For all. */
export const oneStep = forAll(guarded, {
  id: 'implicit-relu/one-step',
  where: 'Appendix A.6, last display',
  recorded: 'upheld',
  says: String.raw`L(k+1)\le\Big[1-\eta\frac{\alpha_0^2}2+\eta^2Q_1^2+2\eta Q_2\Big]L(k)\le\Big[1-\eta\Big(\frac{\alpha_0^2}2-4Q_2\Big)\Big]L(k)
\le\Big[1-\eta\frac{\alpha_0^2}4\Big]L(k)`,
  note: String.raw`(19) is $\alpha_0^2\ge16Q_2$, and the second number of (20) is $2Q_2/Q_1^2$. $\sigma_{\min}(Z)^2$ is $\lambda_{\min}(ZZ^\top)$, as it is used. Compared
are the falls $L(k)-L(k+1)$ and the rates, which small steps do not hide.`,
  then: (R, _none, p) => {
    const [first, second, third] = ratesOf(R, p);
    return all(
      part('step', fallsBy(R, p, first)),
      part('by (20)', rateAtMost(R, p, second, first)),
      part('by (19)', rateAtMost(R, p, third, second)),
    );
  },
  mutants: {
    '5/8 for 1/4 at the end': (R, _none, p) => fallsBy(R, p, R.mul('5/8', R.power(p.alpha, 2))),
    'by (20), 3 for 4': (R, _none, p) => {
      const [first, second] = ratesOf(R, p);
      return rateAtMost(R, p, R.add(second, movesOf(R, p)[1]), first);
    },
    'by (19), 5/16 for 1/4': (R, _none, p) => {
      const [, second] = ratesOf(R, p);
      return rateAtMost(R, p, R.mul('5/16', R.power(p.alpha, 2)), second);
    },
  },
});

const featureBounds = exam({
  name: 'features of an implicit ReLU network and operator norms',
  inside: boundedFeatures,
  assuming: {
    H1: { says: String.raw`\|X\|\le\xi`, holds: (R, { X, xi }) => normAtMost(R, X, xi) },
    H2: { says: String.raw`\|W\|\le\lambda_1`, holds: (R, { W, lambda1 }) => normAtMost(R, W, lambda1) },
  },
  cases: [{ N: 2, d: 2, m: 2, X: [[1, 0], [0, 1]], W: [[3, 4], [-4, 3]], xi: 1, lambda1: 5 }], // prettier-ignore
});

/** Equation (38) as printed. For all. */
export const equation38 = forAll(featureBounds, {
  id: 'implicit-relu/a6-38',
  where: 'Appendix A.6, (38)',
  recorded: 'refuted',
  corrected: ['implicit-relu/a6-38-frobenius'],
  says: String.raw`\|X\|\le\xi,\ \|W\|\le\lambda_1\implies\|\Phi\|=\|\sigma(XW)\|\le\lambda_1\xi`,
  note: String.raw`In operator norms, as printed. $\sigma$ does not increase a Frobenius norm, but it may increase an operator norm:
$W=\begin{pmatrix}3&4\\-4&3\end{pmatrix}$ has the norm 5, and $\sigma(W)$ takes $(1,2)$ to $(11,6)$, $157>25\cdot5$. In $\sqrt N$ columns of a Hadamard matrix the
factor grows like $\sqrt N/2$.`,
  then: (R, _none, p) => operatorNormAtMost(R, features(R, p), R.mul(p.lambda1, p.xi)),
  python: [
    'assert m == 2',
    'P = [[max(sum(X[i][k]*W[k][j] for k in range(d)), F(0)) for j in range(m)] for i in range(N)]',
    'square = lambda x: sum((row[0]*x[0] + row[1]*x[1])**2 for row in P)',
    'vectors = [v for q in range(5) for v in ((F(q, 4), F(1)), (F(1), F(q, 4)))]',
    'x = max(vectors, key=lambda x: square(x)/(x[0]**2 + x[1]**2))',
    'left, right = square(x), (lambda1*xi)**2*(x[0]**2 + x[1]**2)',
  ],
});

/** Equation (38) with the Frobenius norm of X. For all. */
export const equation38Frobenius = forAll(featureBounds, {
  id: 'implicit-relu/a6-38-frobenius',
  where: 'corrects Appendix A.6, (38)',
  recorded: 'upheld',
  says: String.raw`\|\Phi\|=\|\sigma(XW)\|\le\lambda_1\|X\|_F`,
  note: String.raw`It follows from (34), and is what (39) uses.`,
  then: (R, _none, p) =>
    operatorNormSquaredAtMost(R, features(R, p), R.mul(R.power(p.lambda1, 2), frobeniusSquared(R, p.X))),
});
