/**
 * Many steps of feedback alignment at the price of r×r matrices. With A = YCᵀ every Z that a path reaches is Z₀M + AN and
 * every W is LW₀ + KZ₀ᵀY + JAᵀY, for r×r matrices M, N, L, K, J that depend on Z₀ and W₀ through ZᵀZ, ZᵀA, AᵀA and WCᵀ
 * alone, which themselves are moved in r×r matrices. Exact but for rounding; the long factors are made at the end.
 */
import {
  addScaled,
  cholesky,
  multiply,
  productTransposed,
  solveCholesky,
  transposedProduct,
  transposedTimes,
  type SparseRows,
} from './factorization-kernel';

/** Moves both factors, in place, by so many steps. */
export type Stretch = (Z: Float64Array, W: Float64Array, eta: number, etaW: number, steps: number) => void;

/** Y, the feedback matrix, and YCᵀ. */
interface Fixed {
  readonly Y: SparseRows;
  readonly C: Float64Array;
  readonly signal: Float64Array;
  readonly n: number;
  readonly m: number;
  readonly r: number;
}

function identity(r: number): Float64Array {
  const I = new Float64Array(r * r);
  for (let k = 0; k < r; k++) I[k * r + k] = 1;
  return I;
}

/** Feedback alignment; W moves by the residual before the step. */
export function feedbackStretch({ Y, C, signal, n, m, r }: Fixed): Stretch {
  const gramOfSignal = new Float64Array(r * r);
  transposedProduct(gramOfSignal, signal, signal, r, n, r);
  const rightOfSignal = new Float64Array(r * m);
  transposedTimes(rightOfSignal, signal, Y, r);
  return (Z, W, eta, etaW, steps) => {
    const square = (): Float64Array => new Float64Array(r * r);
    const [G, H, P] = [square(), square(), square()];
    transposedProduct(G, Z, Z, r, n, r);
    transposedProduct(H, Z, signal, r, n, r);
    productTransposed(P, W, C, r, m, r);
    const [M, N, L, K, J] = [identity(r), square(), identity(r), square(), square()];
    const [E, F, S] = [square(), square(), square()];
    for (let t = 0; t < steps; t++) {
      moveRight(L, K, J, G, M, N, S, etaW, r);
      moveLeft(M, N, P, S, eta, r);
      // E = Zᵀ(A − ZP), F = (A − ZP)ᵀA.
      multiply(E, G, P, r, r, r);
      for (let k = 0; k < E.length; k++) E[k] = H[k]! - E[k]!;
      transposedProduct(F, P, H, r, r, r);
      for (let k = 0; k < F.length; k++) F[k] = gramOfSignal[k]! - F[k]!;
      transposedProduct(S, P, E, r, r, r);
      for (let i = 0; i < r; i++) {
        for (let j = 0; j < r; j++) {
          const [k, l] = [i * r + j, j * r + i];
          G[k]! += eta * (E[k]! + E[l]!) + eta * eta * (F[l]! - S[k]!);
        }
      }
      addScaled(H, eta, F);
      addScaled(P, etaW, E);
    }
    writeRight(W, L, K, J, Z, Y, rightOfSignal, r, m);
    writeLeft(Z, M, N, signal, n, r);
  };
}

/** FA*: W is left to the caller. */
export function optimalStretch({ signal, n, r }: Fixed): Stretch {
  const gramOfSignal = new Float64Array(r * r);
  transposedProduct(gramOfSignal, signal, signal, r, n, r);
  return (Z, _W, eta, _etaW, steps) => {
    const square = (): Float64Array => new Float64Array(r * r);
    const [G, H, M, N] = [square(), square(), identity(r), square()];
    transposedProduct(G, Z, Z, r, n, r);
    transposedProduct(H, Z, signal, r, n, r);
    const [root, X, F, S] = [square(), square(), square(), square()];
    for (let t = 0; t < steps; t++) {
      root.set(G);
      X.set(H);
      cholesky(root, r, n);
      solveCholesky(root, X, r, r);
      // The step A − ZX is orthogonal to Z: its Gram matrix is AᵀA − Hᵀ(ZᵀZ)⁻¹H.
      transposedProduct(F, H, X, r, r, r);
      for (let k = 0; k < F.length; k++) F[k] = gramOfSignal[k]! - F[k]!;
      moveLeft(M, N, X, S, eta, r);
      addScaled(G, eta * eta, F);
      addScaled(H, eta, F);
    }
    writeLeft(Z, M, N, signal, n, r);
  };
}

/** Z + η(A − ZP) in the coefficients of Z₀ and A. */
function moveLeft(M: Float64Array, N: Float64Array, P: Float64Array, S: Float64Array, eta: number, r: number): void {
  multiply(S, M, P, r, r, r);
  addScaled(M, -eta, S);
  multiply(S, N, P, r, r, r);
  addScaled(N, -eta, S);
  for (let k = 0; k < r; k++) N[k * r + k]! += eta;
}

/** W + η(ZᵀY − ZᵀZW) in the coefficients of W₀, Z₀ᵀY and AᵀY, for Z = Z₀M + AN. */
function moveRight(
  L: Float64Array,
  K: Float64Array,
  J: Float64Array,
  G: Float64Array,
  M: Float64Array,
  N: Float64Array,
  S: Float64Array,
  eta: number,
  r: number,
): void {
  for (const of of [L, K, J]) {
    multiply(S, G, of, r, r, r);
    addScaled(of, -eta, S);
  }
  for (let i = 0; i < r; i++) {
    for (let j = 0; j < r; j++) {
      K[i * r + j]! += eta * M[j * r + i]!;
      J[i * r + j]! += eta * N[j * r + i]!;
    }
  }
}

function writeLeft(Z: Float64Array, M: Float64Array, N: Float64Array, A: Float64Array, n: number, r: number): void {
  const [first, second] = [new Float64Array(n * r), new Float64Array(n * r)];
  multiply(first, Z, M, n, r, r);
  multiply(second, A, N, n, r, r);
  for (let k = 0; k < Z.length; k++) Z[k] = first[k]! + second[k]!;
}

/** Writes W from its coefficients; Z is still the one that the stretch began with. */
function writeRight(
  W: Float64Array,
  L: Float64Array,
  K: Float64Array,
  J: Float64Array,
  Z: Float64Array,
  Y: SparseRows,
  rightOfSignal: Float64Array,
  r: number,
  m: number,
): void {
  const [right, part, total] = [new Float64Array(r * m), new Float64Array(r * m), new Float64Array(r * m)];
  transposedTimes(right, Z, Y, r);
  multiply(total, L, W, r, r, m);
  multiply(part, K, right, r, r, m);
  addScaled(total, 1, part);
  multiply(part, J, rightOfSignal, r, r, m);
  for (let k = 0; k < W.length; k++) W[k] = total[k]! + part[k]!;
}
