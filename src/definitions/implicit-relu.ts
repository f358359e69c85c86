import { OutOfDomain, Undetermined, type Arithmetic, type Sign } from '../numerics/arithmetic';
import {
  dot,
  matMul,
  matrixOf,
  matVec,
  minus,
  plus,
  scale,
  solve,
  transpose,
  zeros,
  type Matrix,
} from '../numerics/matrix';
import { nearest } from './flow';

/**
 * Implicit ReLU networks as the paper on networks of infinite depth defines them, over any kind of number: X of N×d, W of d×m,
 * A of m×m, b of m weights and N targets y. Short and literal on purpose: these lines are what a theorem is judged by. The
 * fixed point is found by its pattern of active units, given which it solves linear equations: exactly, over exact numbers.
 */

/** The layer Z = σ(γZA + σ(XW)). */
export interface Layer<N> {
  readonly X: Matrix<N>;
  readonly W: Matrix<N>;
  readonly A: Matrix<N>;
  readonly gamma: N;
}

/** The layer with its output ŷ = Zb and the targets y. */
export interface Network<N> extends Layer<N> {
  readonly b: readonly N[];
  readonly y: readonly N[];
}

/** The network by the error r = ŷ − y in the place of its targets: every r is that of some targets. */
export interface NetworkWithError<N> extends Layer<N> {
  readonly b: readonly N[];
  readonly r: readonly N[];
}

/** max(x, 0). */
export function relu<N>(R: Arithmetic<N>, x: N): N {
  const sign = R.sign(x);
  if (sign === 1) return x;
  return sign === undefined ? R.div(R.add(x, R.abs(x)), 2) : R.of(0);
}

/** Φ = σ(XW), N×m. */
export function features<N>(R: Arithmetic<N>, { X, W }: Pick<Layer<N>, 'X' | 'W'>): Matrix<N> {
  return rectified(R, matMul(R, X, W));
}

/** γZA + Φ, N×m. */
export function preactivation<N>(R: Arithmetic<N>, layer: Layer<N>, Z: Matrix<N>): Matrix<N> {
  return plus(R, scale(R, layer.gamma, matMul(R, Z, layer.A)), features(R, layer));
}

/** What comes to the units: XW and, at the fixed point, γZA + Φ. A unit is on its kink where that is 0. */
export function unitInputs<N>(R: Arithmetic<N>, layer: Layer<N>): readonly [Matrix<N>, Matrix<N>] {
  return [matMul(R, layer.X, layer.W), preactivation(R, layer, equilibrium(R, layer))];
}

/** The transition (1): σ(γZA + Φ). */
export function transition<N>(R: Arithmetic<N>, layer: Layer<N>, Z: Matrix<N>): Matrix<N> {
  return rectified(R, preactivation(R, layer, Z));
}

/** Z⁰ = 0 and what the transition makes of it, `steps + 1` matrices. */
export function iterates<N>(R: Arithmetic<N>, layer: Layer<N>, steps: number): readonly Matrix<N>[] {
  const path: Matrix<N>[] = [zeros(R, layer.X.length, layer.A.length)];
  for (let l = 0; l < steps; l++) path.push(transition(R, layer, path[l]!));
  return path;
}

/**
 * The fixed point Z = σ(γZA + Φ), unique where γ‖A‖₂ < 1; elsewhere one of them. Row by row, a set S of active units is looked for
 * with z_S = φ_S(I − γA_SS)⁻¹ ≥ 0 and nothing positive coming to the others. Over balls that do not tell on which side of a kink
 * a unit is, the residual widens the row by ‖σ(γzA + φ) − z‖/(1 − γ‖A‖₂). Undetermined where no set is consistent, or where
 * γ‖A‖₂ < 1 would be needed and is not certain.
 */
export function equilibrium<N>(R: Arithmetic<N>, layer: Layer<N>): Matrix<N> {
  return equilibriumFor(R, layer, features(R, layer));
}

/** The same for other features Φ of N×m: the fixed point as a function of them. */
export function equilibriumFor<N>(
  R: Arithmetic<N>,
  { A, gamma }: Pick<Layer<N>, 'A' | 'gamma'>,
  Phi: Matrix<N>,
): Matrix<N> {
  const G = scale(R, gamma, A);
  const guesses = picard({ G: near(R, G), Phi: near(R, Phi) });
  return Phi.map((phi, i) => restingRow(R, G, phi, guesses[i]!));
}

/**
 * Row by row, what each set of active units makes of the linear equations, unless that is no fixed point for certain: every
 * fixed point of the row is there, once a set that it is consistent with, as long as no I − γA_SS is singular.
 */
export function fixedRows<N>(R: Arithmetic<N>, layer: Layer<N>): readonly (readonly (readonly N[])[])[] {
  const G = scale(R, layer.gamma, layer.A);
  return features(R, layer).map((phi) =>
    [...patterns(phi.length)].flatMap((active) => {
      const z = rowOn(R, G, phi, active);
      return z === undefined || rowSigns(R, G, phi, { active, z }).some((sign, j) => sign === (active[j] ? -1 : 1))
        ? []
        : [z];
    }),
  );
}

function restingRow<N>(R: Arithmetic<N>, G: Matrix<N>, phi: readonly N[], guess: readonly boolean[]): readonly N[] {
  for (const active of [guess, ...patterns(phi.length)]) {
    const z = rowOn(R, G, phi, active);
    if (z === undefined) continue;
    const signs = rowSigns(R, G, phi, { active, z });
    if (signs.some((sign, j) => sign === (active[j] ? -1 : 1))) continue;
    return signs.includes(undefined) ? widened(R, G, phi, z) : z;
  }
  throw new Undetermined('no pattern of active units is certain to be that of a fixed point');
}

/** Of active units the sign of their output, of others that of what comes to them. */
function rowSigns<N>(
  R: Arithmetic<N>,
  G: Matrix<N>,
  phi: readonly N[],
  { active, z }: { readonly active: readonly boolean[]; readonly z: readonly N[] },
): readonly (Sign | undefined)[] {
  return matVec(R, transpose(G), z).map((x, j) => R.sign(active[j] ? z[j]! : R.add(x, phi[j]!)));
}

/** z with z_S(I − G_SS) = φ_S and zeros elsewhere; none where that has no solution for certain. */
function rowOn<N>(
  R: Arithmetic<N>,
  G: Matrix<N>,
  phi: readonly N[],
  active: readonly boolean[],
): readonly N[] | undefined {
  const S = phi.map((_, j) => j).filter((j) => active[j]);
  if (S.length === 0) return phi.map(() => R.of(0));
  // (I − G_SS)ᵀz_Sᵀ = φ_Sᵀ.
  const system = matrixOf(S.length, S.length, (k, l) => R.sub(k === l ? 1 : 0, G[S[l]!]![S[k]!]!));
  try {
    const solution = solve(R, system, S.map((j) => [phi[j]!])); // prettier-ignore
    return phi.map((_, j) => (active[j] ? solution[S.indexOf(j)]![0]! : R.of(0)));
  } catch (error) {
    if (error instanceof Error && ['OutOfDomain', 'Undetermined'].includes(error.name)) return undefined;
    throw error;
  }
}

function widened<N>(R: Arithmetic<N>, G: Matrix<N>, phi: readonly N[], z: readonly N[]): readonly N[] {
  const next = matVec(R, transpose(G), z).map((x, j) => relu(R, R.add(x, phi[j]!)));
  const residual = next.map((x, j) => upper(R, R.abs(R.sub(x, z[j]!))));
  const room = 1 - normBound(R, G);
  if (!(room > 0)) throw new Undetermined('a unit may be on a kink, and γ‖A‖ may not be below 1');
  const radius = (residual.reduce((sum, x) => sum + x, 0) / room) * (1 + 1e-12);
  return z.map((x) => R.add(x, R.around(0, radius)));
}

/** A bound of ‖G‖₂ from above, at most a fiftieth too large for three rows: ‖(GᵀG)¹⁶‖_∞^{1/32}. */
function normBound<N>(R: Arithmetic<N>, G: Matrix<N>): number {
  let power = matMul(R, transpose(G), G);
  for (let k = 0; k < 4; k++) power = matMul(R, power, power);
  const sums = power.map((row) => upper(R, R.add(...row.map((x) => R.abs(x)))));
  return Math.max(...sums) ** (1 / 32) * (1 + 1e-12);
}

const upper = <N>(R: Arithmetic<N>, x: N): number => R.enclosure(x).upper;

const near = <N>(R: Arithmetic<N>, A: Matrix<N>): Matrix<number> => A.map((row) => row.map((x) => nearest(R, x)));

/** Which units are active after many transitions in doubles: where to look first. */
function picard({ G, Phi }: { readonly G: Matrix<number>; readonly Phi: Matrix<number> }): Matrix<boolean> {
  return Phi.map((phi) => {
    let z: readonly number[] = phi.map(() => 0);
    for (let l = 0; l < 100; l++) {
      const before = z;
      z = phi.map((x, j) => Math.max(0, x + before.reduce((sum, zk, k) => sum + zk * G[k]![j]!, 0)));
      if (z.every((x, j) => Math.abs(x - before[j]!) <= 1e-15 * x)) break;
    }
    const tiny = 1e-14 * Math.max(...z);
    return z.map((x) => x > tiny);
  });
}

/** All sets of so many units. */
function* patterns(units: number): Iterable<readonly boolean[]> {
  for (let set = 0; set < 2 ** units; set++) yield Array.from({ length: units }, (_, j) => (set >> j) % 2 === 1);
}

/** σ' of every entry, σ'(0) = 0. Undetermined for an entry that may be on either side of 0. */
export function slopes<N>(R: Arithmetic<N>, U: Matrix<N>): Matrix<N> {
  return U.map((row) =>
    row.map((x) => {
      const sign = R.sign(x);
      if (sign === undefined) throw new Undetermined('a unit may be on either side of its kink');
      return R.of(sign === 1 ? 1 : 0);
    }),
  );
}

/** Derivatives by the weights, of the weights' own shapes. */
export interface Weights<N> {
  readonly W: Matrix<N>;
  readonly A: Matrix<N>;
  readonly b: readonly N[];
}

/** ŷ − y. */
export function residual<N>(R: Arithmetic<N>, { b, y }: Pick<Network<N>, 'b' | 'y'>, Z: Matrix<N>): readonly N[] {
  return matVec(R, Z, b).map((x, i) => R.sub(x, y[i]!));
}

/** The network whose targets Zb − r leave the error r; the fixed point Z, where it is known. */
export function networkOf<N>(R: Arithmetic<N>, p: NetworkWithError<N>, Z = equilibrium(R, p)): Network<N> {
  return { ...p, y: matVec(R, Z, p.b).map((x, i) => R.sub(x, p.r[i]!)) };
}

/** ½‖ŷ − y‖². */
export function loss<N>(R: Arithmetic<N>, network: Network<N>): N {
  const r = residual(R, network, equilibrium(R, network));
  return R.div(dot(R, r, r), 2);
}

/**
 * The gradient of the loss where no unit is on a kink; on kinks, what the formulas of Lemma 3.2 give with σ'(0) = 0. Row by row:
 * with g the derivatives by the preactivations of a sample, r its residual, g_S = r·b_S + γg_S(A_SS)ᵀ on its active units S,
 * and zeros elsewhere. Errors as {@link equilibrium} and {@link slopes}.
 */
export function gradients<N>(R: Arithmetic<N>, network: Network<N>, Z = equilibrium(R, network)): Weights<N> {
  const { X, W, A, b, gamma } = network;
  const r = residual(R, network, Z);
  const back = transpose(scale(R, gamma, A));
  const active = slopes(R, preactivation(R, network, Z)).map((row) => row.map((x) => R.sign(x) === 1));
  const G = active.map((row, i) => {
    const g = rowOn(R, back, b.map((x) => R.mul(r[i]!, x)), row); // prettier-ignore
    if (g === undefined) throw new OutOfDomain('no derivatives: I − γA of the active units is singular');
    return g;
  });
  const first = slopes(R, matMul(R, X, W)).map((row, i) => row.map((x, j) => R.mul(x, G[i]![j]!)));
  return {
    W: matMul(R, transpose(X), first),
    A: scale(R, gamma, matMul(R, transpose(Z), G)),
    b: matVec(R, transpose(Z), r),
  };
}

/** The weights after a step of gradient descent; the fixed point before it, where it is known. */
export function gradientStep<N>(R: Arithmetic<N>, network: Network<N>, eta: N, Z?: Matrix<N>): Network<N> {
  const gradient = gradients(R, network, Z ?? equilibrium(R, network));
  const moved = (A: Matrix<N>, by: Matrix<N>): Matrix<N> => minus(R, A, scale(R, eta, by));
  const b = network.b.map((x, j) => R.sub(x, R.mul(eta, gradient.b[j]!)));
  return { ...network, W: moved(network.W, gradient.W), A: moved(network.A, gradient.A), b };
}

/** A path by the names of its arrays: every entry row by row, one point after the other. */
export type NetworkPaths<N> = Readonly<Record<'W' | 'A' | 'b' | 'Z', readonly N[]>>;

/** Gradient descent from a network, at `steps + 1` points: weights and fixed points. */
export function descent<N>(R: Arithmetic<N>, network: Network<N>, eta: N, steps: number): NetworkPaths<N> {
  const path = [network];
  const points = [equilibrium(R, network)];
  for (let k = 0; k < steps; k++) {
    path.push(gradientStep(R, path[k]!, eta, points[k]!));
    points.push(equilibrium(R, path[k + 1]!));
  }
  return {
    W: path.flatMap(({ W }) => W.flat()),
    A: path.flatMap(({ A }) => A.flat()),
    b: path.flatMap(({ b }) => b),
    Z: points.flatMap((Z) => Z.flat()),
  };
}

const rectified = <N>(R: Arithmetic<N>, A: Matrix<N>): Matrix<N> => A.map((row) => row.map((x) => relu(R, x)));
