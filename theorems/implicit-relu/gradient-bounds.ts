/**
 * Bounds of the fixed point, of its derivatives and of the gradient (Appendix A.4, (34)–(37) and what follows). At any one
 * point: W, A, b with ‖W‖ ≤ λ1, ‖A‖ ≤ λ2, ‖b‖ ≤ λ3, γ0 = γλ2 < 1, samples X, error r = ŷ − y. The norm of a gradient is that of its
 * vec. On kinks σ'(0) = 0. γ0/λ2 = γ. Every comparison is one of squares, so that fractions decide it.
 */
import { atMost } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import {
  equilibrium,
  features,
  gradients,
  networkOf,
  type NetworkWithError,
  type Weights,
} from '../../src/definitions/implicit-relu';
import { gainOf } from '../../src/definitions/implicit-relu-conditions';
import { linearization } from '../../src/definitions/implicit-relu-matrices';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import {
  dot,
  frobeniusSquared,
  identity,
  kronecker,
  matMul,
  matVec,
  plus,
  scale,
  vec,
  type Matrix,
} from '../../src/numerics/matrix';
import { contractingUpToLambda2 } from '../../oracles/contracting-layers';
import { normAtMost, operatorNormSquaredAtMost } from '../../oracles/matrices';
import { boundedPoints } from '../../generators/implicit-relu-points';

interface Point<N> extends NetworkWithError<N> {
  readonly lambda1: N;
  readonly lambda2: N;
  readonly lambda3: N;
}

const points = exam({
  name: 'implicit ReLU network with weights of bounded norms',
  inside: boundedPoints,
  assuming: {
    H1: { says: String.raw`\|W\|\le\lambda_1`, holds: (R, { W, lambda1 }) => normAtMost(R, W, lambda1) },
    H2: { says: String.raw`\|A\|\le\lambda_2`, holds: (R, { A, lambda2 }) => normAtMost(R, A, lambda2) },
    H3: { says: String.raw`\|b\|\le\lambda_3`, holds: (R, { b, lambda3 }) => normAtMost(R, [b], lambda3) },
    H4: contractingUpToLambda2,
  },
  cases: [
    { ...{ N: 1, d: 1, m: 1, X: [[1]], W: [[2]], A: [[1]], b: [3], r: [1] }, lambda1: 2, lambda2: 1, lambda3: 3, gamma: '1/2' }, // prettier-ignore
    // Both units of the second sample are on a kink.
    {
      ...{ N: 2, d: 2, m: 2, X: [[1, 0], [0, 0]], W: [[1, 0], [0, 1]], A: [[1, 0], [0, 1]], b: [1, 0], r: [1, 1] }, // prettier-ignore
      ...{ lambda1: 1, lambda2: 1, lambda3: 1, gamma: '1/2' },
    },
    {
      ...{ N: 2, d: 2, m: 2, X: [[1, 0], [0, 1]], W: [[3, 4], [-4, 3]], A: [[0, 0], [0, 0]], b: [0, 1], r: [2, 1] }, // prettier-ignore
      ...{ lambda1: 5, lambda2: 1, lambda3: 1, gamma: '1/2' },
    },
  ],
});

const gradientOf = <N>(R: Arithmetic<N>, p: Point<N>): Weights<N> => {
  const Z = equilibrium(R, p);
  return gradients(R, networkOf(R, p, Z), Z);
};

/** 1 − γ0. */
const roomOf = <N>(R: Arithmetic<N>, { gamma, lambda2 }: Point<N>): N => R.sub(1, R.mul(gamma, lambda2));

/** (factor/(1 − γ0)^times·‖X‖_F)². */
const bound = <N>(R: Arithmetic<N>, p: Point<N>, factor: N, times: number): N =>
  R.mul(R.power(R.div(factor, R.power(roomOf(R, p), times)), 2), frobeniusSquared(R, p.X));

/** Equation (34). For all. */
export const equation34 = forAll(points, {
  id: 'implicit-relu/a4-34',
  where: 'Appendix A.4, (34)',
  recorded: 'upheld',
  says: String.raw`\|\Phi\|_F\le\|XW\|_F\le\|X\|_F\|W\|\le\lambda_1\|X\|_F`,
  note: String.raw`The last two bounds at once, with every $\lambda_1\ge\|W\|$, the norm itself among them. Equal for one sample, input and unit.`,
  then: (R, _none, p) => {
    const product = frobeniusSquared(R, matMul(R, p.X, p.W));
    return all(
      part('rectified', atMost(R, frobeniusSquared(R, features(R, p)), product)),
      part('norms', atMost(R, product, bound(R, p, p.lambda1, 0))),
    );
  },
});

/** Equation (35). For all. */
export const equation35 = forAll(points, {
  id: 'implicit-relu/a4-35',
  where: 'Appendix A.4, (35)',
  recorded: 'upheld',
  says: String.raw`\|Z\|_F\le\frac1{1-\gamma_0}\|\Phi\|_F\le\frac{\lambda_1}{1-\gamma_0}\|X\|_F`,
  then: (R, _none, p) => {
    const middle = R.div(frobeniusSquared(R, features(R, p)), R.power(roomOf(R, p), 2));
    return all(
      part('fixed point', atMost(R, frobeniusSquared(R, equilibrium(R, p)), middle)),
      part('features', atMost(R, middle, bound(R, p, p.lambda1, 1))),
    );
  },
  mutants: {
    'without the room 1 − γ0': (R, _none, p) =>
      atMost(R, frobeniusSquared(R, equilibrium(R, p)), frobeniusSquared(R, features(R, p))),
  },
});

/** One gradient against factor/(1 − γ0)^times·‖X‖_F·‖r‖. */
function gradientAtMost<N>(R: Reading<N>, p: Point<N>, of: keyof Weights<N>, factor: N, times: number): Finding {
  const gradient = gradientOf(R, p)[of];
  const rows = (of === 'b' ? [gradient] : gradient) as Matrix<N>;
  return atMost(R, frobeniusSquared(R, rows), R.mul(bound(R, p, factor, times), dot(R, p.r, p.r)));
}

/** Equations (36) and (37). For all. */
export const equation36 = forAll(points, {
  id: 'implicit-relu/a4-36',
  where: 'Appendix A.4, (36)–(37)',
  recorded: 'upheld',
  says: String.raw`\Big\|\frac{\partial L}{\partial b}\Big\|\le\frac{\lambda_1}{1-\gamma_0}\|X\|_F\,\|\hat y-y\|`,
  note: String.raw`At any point, as (36) and (39) print it. (37) and (40) put in what (iii) says of $\|\hat y(s)-y\|$, and nothing else.`,
  then: (R, _none, p) => gradientAtMost(R, p, 'b', p.lambda1, 1),
  mutants: {
    'without the room 1 − γ0': (R, _none, p) => gradientAtMost(R, p, 'b', p.lambda1, 0),
  },
});

/** The gradient by W. For all. */
export const gradientW = forAll(points, {
  id: 'implicit-relu/a4-gW',
  where: 'Appendix A.4; A.6, (41)',
  recorded: 'upheld',
  says: String.raw`\Big\|\frac{\partial L}{\partial W}\Big\|\le\frac{\lambda_3}{1-\gamma_0}\|X\|_F\,\|\hat y-y\|`,
  then: (R, _none, p) => gradientAtMost(R, p, 'W', p.lambda3, 1),
  mutants: {
    'without the room 1 − γ0': (R, _none, p) => gradientAtMost(R, p, 'W', p.lambda3, 0),
    'λ1 for λ3': (R, _none, p) => gradientAtMost(R, p, 'W', p.lambda1, 1),
  },
});

/** γλ1λ3. */
const through = <N>(R: Arithmetic<N>, { gamma, lambda1, lambda3 }: Point<N>): N => R.mul(gamma, lambda1, lambda3);

/** The gradient by A. For all. */
export const gradientA = forAll(points, {
  id: 'implicit-relu/a4-gA',
  where: 'Appendix A.4; A.6, (42)',
  recorded: 'upheld',
  says: String.raw`\Big\|\frac{\partial L}{\partial A}\Big\|\le\frac{\gamma_0}{(1-\gamma_0)^2}\frac{\lambda_1\lambda_3}{\lambda_2}\|X\|_F\,\|\hat y-y\|`,
  then: (R, _none, p) => gradientAtMost(R, p, 'A', through(R, p), 2),
  mutants: {
    'the room 1 − γ0 once': (R, _none, p) => gradientAtMost(R, p, 'A', through(R, p), 1),
  },
});

/** What changes of vec(A) and of vec(W) do to vec(Z): γQ⁻¹D(I ⊗ Z) and Q⁻¹DE(I ⊗ X), the transposes of ∂Z/∂A and ∂Z/∂W. */
function jacobians<N>(R: Arithmetic<N>, p: Point<N>): { readonly A: Matrix<N>; readonly W: Matrix<N> } {
  const { Z, D, E, Qinverse } = linearization(R, p);
  const units = identity(R, p.A.length);
  const out = matMul(R, Qinverse, D);
  return {
    A: scale(R, p.gamma, matMul(R, out, kronecker(R, units, Z))),
    W: matMul(R, out, E, kronecker(R, units, p.X)),
  };
}

/** The derivatives of the fixed point. For all. */
export const jacobianNorms = forAll(points, {
  id: 'implicit-relu/a4-jac',
  where: 'Appendix A.4',
  recorded: 'upheld',
  says: String.raw`\Big\|\frac{\partial Z}{\partial A}\Big\|\le\frac{\gamma_0}{(1-\gamma_0)^2}\frac{\lambda_1}{\lambda_2}\|X\|_F,\qquad
\Big\|\frac{\partial Z}{\partial W}\Big\|\le\frac1{1-\gamma_0}\|X\|_F`,
  then: (R, _none, p) => jacobiansAtMost(R, p, 2, 1),
  mutants: {
    'the room 1 − γ0 once': (R, _none, p) => jacobiansAtMost(R, p, 1, 1),
    'by W, without the room 1 − γ0': (R, _none, p) => jacobiansAtMost(R, p, 2, 0),
  },
});

function jacobiansAtMost<N>(R: Reading<N>, p: Point<N>, timesA: number, timesW: number): Finding {
  const { A, W } = jacobians(R, p);
  return all(
    part('by A', operatorNormSquaredAtMost(R, A, bound(R, p, R.mul(p.gamma, p.lambda1), timesA))),
    part('by W', operatorNormSquaredAtMost(R, W, bound(R, p, R.of(1), timesW))),
  );
}

/** Along the flow, dvec(Z)/dt against gain·λ3/(1 − γ0)^times·‖X‖_F²·‖r‖. */
function motionAtMost<N>(R: Reading<N>, p: Point<N>, gain: N, times = 2): Finding {
  const gradient = gradientOf(R, p);
  const { A, W } = jacobians(R, p);
  const motion = plus(R, [matVec(R, A, vec(gradient.A))], [matVec(R, W, vec(gradient.W))]);
  const factor = R.div(R.mul(gain, p.lambda3, frobeniusSquared(R, p.X)), R.power(roomOf(R, p), times));
  return atMost(R, frobeniusSquared(R, motion), R.mul(R.power(factor, 2), dot(R, p.r, p.r)));
}

/** How fast the fixed point moves along gradient flow. For all. */
export const motionOfZ = forAll(points, {
  id: 'implicit-relu/a4-dZ',
  where: 'Appendix A.4',
  recorded: 'upheld',
  says: String.raw`\Big\|\frac{d\,\mathrm{vec}(Z)}{dt}\Big\|\le\Big[1+\frac{\gamma_0^2}{(1-\gamma_0)^2}\frac{\lambda_1^2}{\lambda_2^2}\Big]\frac{\lambda_3}{(1-\gamma_0)^2}
\|X\|_F^2\,\|\hat y-y\|`,
  note: 'With the derivative as the paper has it, by the implicit function theorem, which on kinks is what its formulas give with slope 0 there.',
  then: (R, _none, p) => motionAtMost(R, p, gainOf(R, p)),
  mutants: {
    'without the part of W': (R, _none, p) => motionAtMost(R, p, R.sub(gainOf(R, p), 1)),
    'without the part of A': (R, _none, p) => motionAtMost(R, p, R.of(1)),
    'the room 1 − γ0 once': (R, _none, p) => motionAtMost(R, p, gainOf(R, p), 1),
  },
});
