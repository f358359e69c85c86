import type { Arithmetic } from '../numerics/arithmetic';
import { frobenius, operatorNorm, rootOfSquare, symmetricEigenvalues } from '../numerics/eigenvalues';
import { matMul, transpose, type Matrix } from '../numerics/matrix';
import { equilibrium, residual, type Network } from './implicit-relu';

/**
 * The constants of Theorems 4.2 and 4.4 and what their conditions (14)–(15) and (17)–(20) compare, over any kind of number. A
 * condition with a maximum or minimum is several conditions here.
 */

/** Operator norms of W(0) and A(0), ‖b(0)‖, the numbers C_1, C_2, C_3 > 0, and γ. */
export interface Radii<N> {
  readonly W: N;
  readonly A: N;
  readonly b: N;
  readonly C1: N;
  readonly C2: N;
  readonly C3: N;
  readonly gamma: N;
}

export interface Constants<N> {
  readonly lambda1: N;
  readonly lambda2: N;
  readonly lambda3: N;
  /** γλ_2. */
  readonly gamma0: N;
  /** 1 + γ_0²/(1 − γ_0)²·λ_1²/λ_2². */
  readonly K: N;
  /** The three numbers of which λ_0 is the largest. */
  readonly lambda0: readonly [N, N, N];
}

/** λ_1 = ‖W(0)‖ + C_1, and so on. */
export function constantsOf<N>(R: Arithmetic<N>, { W, A, b, C1, C2, C3, gamma }: Radii<N>): Constants<N> {
  const [lambda1, lambda2, lambda3] = [R.add(W, C1), R.add(A, C2), R.add(b, C3)];
  const gamma0 = R.mul(gamma, lambda2);
  const left = R.sub(1, gamma0);
  const K = gainOf(R, { gamma, lambda1, lambda2 });
  const middle = R.div(R.mul(gamma, lambda1, lambda3), R.mul(left, C2));
  return { lambda1, lambda2, lambda3, gamma0, K, lambda0: [R.div(lambda1, C3), middle, R.div(lambda3, C1)] };
}

/** K = 1 + γ_0²/(1 − γ_0)²·λ_1²/λ_2², as 1 + (γλ_1/(1 − γλ_2))²: it has a value for λ_2 = 0 too. */
export function gainOf<N>(
  R: Arithmetic<N>,
  { gamma, lambda1, lambda2 }: Pick<Radii<N>, 'gamma'> & Pick<Constants<N>, 'lambda1' | 'lambda2'>,
): N {
  return R.add(1, R.power(R.div(R.mul(gamma, lambda1), R.sub(1, R.mul(gamma, lambda2))), 2));
}

/** ‖X‖_F and ‖ŷ(0) − y‖. */
export interface Sizes<N> {
  readonly X: N;
  readonly r: N;
}

/** What α_0² has to reach by (14), or, with `factor` 8, by (17): one number for each of the three in λ_0. */
export function squareBounds<N>(R: Arithmetic<N>, c: Constants<N>, { X, r }: Sizes<N>, factor: 4 | 8): readonly N[] {
  return c.lambda0.map((size) => R.div(R.mul(factor, size, X, r), R.sub(1, c.gamma0)));
}

/** What α_0³ has to reach by (15), or, with `factor` 16, by (18). */
export function cubeBound<N>(R: Arithmetic<N>, c: Constants<N>, { X, r }: Sizes<N>, factor: 8 | 16): N {
  return R.div(R.mul(factor, c.K, c.lambda3, R.power(X, 2), r), R.power(R.sub(1, c.gamma0), 2));
}

/** What α_0² has to reach by (19). */
export function descentBound<N>(R: Arithmetic<N>, c: Constants<N>, X: N): N {
  return R.div(R.mul(16, c.K, R.power(c.lambda3, 2), R.power(X, 2)), R.power(R.sub(1, c.gamma0), 2));
}

/** What η has to stay below by (20): 4/α_0² and 2(1 − γ_0)²λ̄/(λ_1⁴λ_3²‖X‖_F²), λ̄ = K/(K/λ_1² + 1/λ_3²)². */
export function stepBounds<N>(R: Arithmetic<N>, c: Constants<N>, { X, alpha }: { readonly X: N; readonly alpha: N }) {
  const sum = R.add(R.div(c.K, R.power(c.lambda1, 2)), R.div(1, R.power(c.lambda3, 2)));
  const bar = R.div(c.K, R.power(sum, 2));
  const below = R.mul(R.power(c.lambda1, 4), R.power(c.lambda3, 2), R.power(X, 2));
  return [R.div(4, R.power(alpha, 2)), R.div(R.mul(2, R.power(R.sub(1, c.gamma0), 2), bar), below)] as const;
}

/** What the conditions are made of. */
export interface Beginning<N> extends Sizes<N> {
  readonly constants: Constants<N>;
  /** α_0 = σ_min(Z(0)). */
  readonly alpha: N;
}

/** The conditions on a start: (14) and (15) of Theorem 4.2, (17) to (19) of Theorem 4.4. (20) is on the step size. */
export type ConditionName = '(14)' | '(15)' | '(17)' | '(18)' | '(19)';

/** A condition: that `reached`, which is α_0² or α_0³, is at least each of the bounds, several for a maximum. */
export interface Condition<N> {
  readonly name: ConditionName;
  readonly bounds: readonly N[];
  readonly reached: N;
}

/** What these conditions compare at a start. */
export function conditionsAt<N>(
  R: Arithmetic<N>,
  at: Beginning<N>,
  ...names: readonly ConditionName[]
): readonly Condition<N>[] {
  const { constants: c, alpha } = at;
  const bounds: Readonly<Record<ConditionName, () => readonly N[]>> = {
    '(14)': () => squareBounds(R, c, at, 4),
    '(15)': () => [cubeBound(R, c, at, 8)],
    '(17)': () => squareBounds(R, c, at, 8),
    '(18)': () => [cubeBound(R, c, at, 16)],
    '(19)': () => [descentBound(R, c, at.X)],
  };
  const cubes: readonly ConditionName[] = ['(15)', '(18)'];
  return names.map((name) => ({
    name,
    bounds: bounds[name](),
    reached: R.power(alpha, cubes.includes(name) ? 3 : 2),
  }));
}

/** The example of Section 5.1: ‖A(0)‖ = ‖W(0)‖, b(0) = 0, C_i = 1, and γ = 1/(2(‖A(0)‖ + 1)), so that γ_0 = 1/2. */
export function exampleRadii<N>(R: Arithmetic<N>, norm: N): Radii<N> {
  const one = R.of(1);
  const gamma = R.div(1, R.mul(2, R.add(norm, 1)));
  return { W: norm, A: norm, b: R.of(0), C1: one, C2: one, C3: one, gamma };
}

/** A network before training, with the room that the theorems give its weights. */
export interface Training<N> extends Network<N> {
  readonly C1: N;
  readonly C2: N;
  readonly C3: N;
}

/** Every condition of a theorem asks for them, of the same object: kept with it. */
const known = new WeakMap<object, Beginning<unknown>>();

/** The constants at the start, norms enclosed: errors as `symmetricEigenvalues` has, and `equilibrium`. */
export function beginningOf<N>(R: Arithmetic<N>, p: Training<N>): Beginning<N> {
  const found = (known.get(p) as Beginning<N> | undefined) ?? computedBeginning(R, p);
  known.set(p, found);
  return found;
}

function computedBeginning<N>(R: Arithmetic<N>, p: Training<N>): Beginning<N> {
  const Z = equilibrium(R, p);
  const norms = { W: operatorNorm(R, p.W), A: operatorNorm(R, p.A), b: frobenius(R, [p.b]) };
  return {
    constants: constantsOf(R, { ...p, ...norms }),
    alpha: leastOfRows(R, Z),
    X: frobenius(R, p.X),
    r: frobenius(R, [residual(R, p, Z)]),
  };
}

/**
 * σ_min(Z) as the proofs of both theorems use it: the root of the smallest eigenvalue of ZZᵀ, of as many singular values as there
 * are samples, so that it is 0 for fewer units than samples.
 */
export function leastOfRows<N>(R: Arithmetic<N>, Z: Matrix<N>): N {
  return rootOfSquare(R, symmetricEigenvalues(R, matMul(R, Z, transpose(Z))).least);
}
