/**
 * The share of a random subspace that lies in a fixed one, drawn exactly in law without the subspace: only the eigenvalues
 * of a matrix-beta law matter, and those have a bidiagonal model with 2r − 1 independent beta numbers.
 */
import { normals, type Source } from './streams';

/** One standard gamma number of the shape given, a whole multiple of 1/2; takes its numbers from normal and uniform sources. */
export interface GammaSource {
  normal: Source;
  uniform: Source;
}

/** Both sources from one. */
export function gammaSource(uniform: Source): GammaSource {
  return { uniform, normal: normals(uniform) };
}

/**
 * A gamma number of a shape > 0 and scale 1, by rejection, so that its law is exact: G. Marsaglia and W. W. Tsang, A simple
 * method for generating gamma variables, ACM Trans. Math. Softw. 26 (2000); below 1 by Γ(a) = Γ(a + 1)·U^{1/a}.
 */
export function gammaNumber(shape: number, { normal, uniform }: GammaSource): number {
  if (shape < 1) return gammaNumber(shape + 1, { normal, uniform }) * uniform() ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    if (Math.log(1 - uniform()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** A beta number, and one minus it, which would lose digits as a difference. */
function betaPair(a: number, b: number, source: GammaSource): readonly [number, number] {
  const [x, y] = [gammaNumber(a, source), gammaNumber(b, source)];
  return [x / (x + y), y / (x + y)];
}

/** A bidiagonal matrix by the squares of its entries: its singular values do not depend on their signs. */
export interface Bidiagonal {
  /** Squares of the diagonal, p of them, first row first. */
  readonly diagonal: Float64Array;
  /** Squares beside the diagonal, p − 1 of them. */
  readonly beside: Float64Array;
}

/**
 * The p×p Jacobi model: entries c_k s'_k on the diagonal and s_k c'_{k−1} beside it, for k = p, p − 1, …, 1. With G1 (n1×p) and G2 (n2×p) of independent standard normal entries, n1, n2 ≥ p, the squared singular
 * values of this matrix are the eigenvalues of (G1ᵀG1 + G2ᵀG2)⁻¹G1ᵀG1 in law: A. Edelman and B. D. Sutton, The beta-Jacobi
 * matrix model, the CS decomposition, and generalized singular value problems, Found. Comput. Math. 8 (2008), with β = 1,
 * a = n1 − p and b = n2 − p.
 */
export function jacobiModel(n1: number, n2: number, p: number, source: GammaSource): Bidiagonal {
  const [a, b] = [n1 - p, n2 - p];
  const diagonal = new Float64Array(p);
  const beside = new Float64Array(p - 1);
  // Row i (from 0) has c_{p−i} s'_{p−i} on the diagonal, with s'_p = 1, and s_{p−i} c'_{p−i−1} beside it.
  let sine2 = 1;
  for (let i = 0; i < p; i++) {
    const k = p - i;
    const [c2, s2] = betaPair((a + k) / 2, (b + k) / 2, source);
    diagonal[i] = c2 * sine2;
    if (k === 1) break;
    const [cosine2, next] = betaPair((k - 1) / 2, (a + b + k) / 2, source);
    beside[i] = s2 * cosine2;
    sine2 = next;
  }
  return { diagonal, beside };
}

/**
 * Σ θ/(θ + τ(1 − θ)) over the squared singular values θ of a bidiagonal matrix B, τ > 0, τ ≤ 1: p less τ times the trace of
 * (τI + (1 − τ)BBᵀ)⁻¹, over 1 − τ, from the pivots of elimination from either end, in O(p).
 */
export function weightedShare({ diagonal, beside }: Bidiagonal, tau: number): number {
  const p = diagonal.length;
  if (tau === 1) return sum(diagonal) + sum(beside);
  const main = new Float64Array(p);
  const off2 = new Float64Array(p);
  for (let i = 0; i < p; i++) {
    main[i] = tau + (1 - tau) * (diagonal[i]! + (beside[i] ?? 0));
    if (i + 1 < p) off2[i] = (1 - tau) ** 2 * beside[i]! * diagonal[i + 1]!;
  }
  const backward = new Float64Array(p);
  backward[p - 1] = main[p - 1]!;
  for (let i = p - 2; i >= 0; i--) backward[i] = main[i]! - off2[i]! / backward[i + 1]!;
  let trace = 0;
  let forward = 0;
  for (let i = 0; i < p; i++) {
    forward = i === 0 ? main[0]! : main[i]! - off2[i - 1]! / forward;
    trace += 1 / (forward + backward[i]! - main[i]!);
  }
  return (p - tau * trace) / (1 - tau);
}

const sum = (values: Float64Array): number => values.reduce((total, x) => total + x, 0);

/**
 * tr(P_{U_{1:r}} P_A) for the columns of A = diag(σ)R, R an n×r matrix of independent standard normal entries and σ as in
 * Theorem 3: σ_i² = 1/(2r) for i ≤ r and 1/(2(n − r)) beyond. Exact in law, for 2r ≤ n, in O(r) steps.
 */
export function shareInTop(r: number, n: number, random: Source): number {
  return weightedShare(jacobiModel(r, n - r, r, gammaSource(random)), r / (n - r));
}

/** ‖ZW − Y‖² = 1 − Σσ_i²‖P_A u_i‖² by that share T: 1 − T/(2r) − (r − T)/(2(n − r)). */
export function errorOfShare(r: number, n: number, share: number): number {
  return 1 - share / (2 * r) - (r - share) / (2 * (n - r));
}
