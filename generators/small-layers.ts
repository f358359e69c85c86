/** Implicit ReLU layers of up to three units in doubles, fast: what laws of instances look at on every draw. */

export type Numbers = readonly number[];
export type Rows = readonly Numbers[];

export interface Layer {
  readonly X: Rows;
  readonly W: Rows;
  readonly A: Rows;
  readonly gamma: number;
}

/** √Σx². */
export function lengthOf(x: Numbers): number {
  let sum = 0;
  for (const entry of x) sum += entry * entry;
  return Math.sqrt(sum);
}

/** σ(XW). */
export function rectified(X: Rows, W: Rows): Rows {
  const [d, m] = [W.length, W[0]!.length];
  const Phi = new Array<Numbers>(X.length);
  for (let i = 0; i < X.length; i++) {
    const phi = new Array<number>(m);
    for (let j = 0; j < m; j++) {
      let sum = 0;
      for (let k = 0; k < d; k++) sum += X[i]![k]! * W[k]![j]!;
      phi[j] = sum > 0 ? sum : 0;
    }
    Phi[i] = phi;
  }
  return Phi;
}

/**
 * The largest singular value of a matrix with sides of up to three, and the least of as many as there are rows: 0 where there are
 * fewer columns. From the eigenvalues of AAᵀ in closed form (O. K. Smith, Eigenvalues of a symmetric 3 × 3 matrix, Commun. ACM 4
 * (1961) 168): the square of the least is right to 10⁻⁸ of that of the largest.
 */
export function extremes(A: Rows): { readonly least: number; readonly greatest: number } {
  const [low, high] = eigenvalues(gram(A));
  const least = A.length > A[0]!.length ? 0 : Math.sqrt(Math.max(0, low));
  return { least, greatest: Math.sqrt(Math.max(0, high)) };
}

/** AAᵀ. */
function gram(A: Rows): Rows {
  const G = A.map(() => new Array<number>(A.length));
  for (let i = 0; i < A.length; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < A[i]!.length; k++) sum += A[i]![k]! * A[j]![k]!;
      G[i]![j] = G[j]![i] = sum;
    }
  }
  return G;
}

function eigenvalues(G: Rows): readonly [number, number] {
  const n = G.length;
  if (n === 1) return [G[0]![0]!, G[0]![0]!];
  const [a, b, d] = [G[0]![0]!, G[0]![1]!, G[1]![1]!];
  if (n === 2) {
    const high = (a + d) / 2 + Math.hypot((a - d) / 2, b);
    return [high > 0 ? (a * d - b * b) / high : 0, high];
  }
  const [c, e, f] = [G[0]![2]!, G[1]![2]!, G[2]![2]!];
  const q = (a + d + f) / 3;
  const p = Math.sqrt(((a - q) ** 2 + (d - q) ** 2 + (f - q) ** 2 + 2 * (b * b + c * c + e * e)) / 6);
  if (p === 0) return [q, q];
  const [x, y, z] = [(a - q) / p, (d - q) / p, (f - q) / p];
  const [k, l, m] = [b / p, c / p, e / p];
  const half = (x * (y * z - m * m) - k * (k * z - m * l) + l * (k * m - y * l)) / 2;
  const angle = Math.acos(Math.max(-1, Math.min(1, half))) / 3;
  return [q + 2 * p * Math.cos(angle + (2 * Math.PI) / 3), q + 2 * p * Math.cos(angle)];
}

/** Transitions after which the pattern of active units is first taken for that of the fixed point, and the most there are. */
const FIRST = 4;
const MOST = 4096;

/** The fixed point Z of a layer with γ‖A‖ < 1: by its active units, or by the iteration where they do not settle. */
export function fixedPoint({ X, W, A, gamma }: Layer): Rows {
  return rectified(X, W).map((phi) => {
    let z: Numbers = phi;
    let next = FIRST;
    for (let k = 1; k <= MOST; k++) {
      z = transition(z, phi, A, gamma);
      if (k !== next) continue;
      next *= 2;
      const solved = onActive(z, phi, A, gamma);
      if (solved && settled(solved, phi, A, gamma)) return solved;
    }
    return z;
  });
}

function transition(z: Numbers, phi: Numbers, A: Rows, gamma: number): Numbers {
  const m = phi.length;
  const after = new Array<number>(m);
  for (let j = 0; j < m; j++) {
    let sum = 0;
    for (let i = 0; i < m; i++) sum += z[i]! * A[i]![j]!;
    const into = phi[j]! + gamma * sum;
    after[j] = into > 0 ? into : 0;
  }
  return after;
}

function settled(z: Numbers, phi: Numbers, A: Rows, gamma: number): boolean {
  const next = transition(z, phi, A, gamma);
  let size = 0;
  for (const x of z) if (x > size) size = x;
  for (let j = 0; j < z.length; j++) if (!(Math.abs(next[j]! - z[j]!) <= 1e-12 * size)) return false;
  return true;
}

/** z with z_S = φ_S(I − γA_SS)⁻¹ on the units S that are active, by elimination; none where a pivot is 0. */
function onActive(now: Numbers, phi: Numbers, A: Rows, gamma: number): Numbers | undefined {
  const S: number[] = [];
  for (let j = 0; j < now.length; j++) if (now[j]! > 0) S.push(j);
  const n = S.length;
  const rows = S.map((j) => {
    const row = new Array<number>(n + 1);
    for (let i = 0; i < n; i++) row[i] = (S[i] === j ? 1 : 0) - gamma * A[S[i]!]![j]!;
    row[n] = phi[j]!;
    return row;
  });
  for (let k = 0; k < n; k++) {
    const head = rows[k]!;
    if (head[k] === 0) return undefined;
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const factor = rows[i]![k]! / head[k]!;
      for (let j = k; j <= n; j++) rows[i]![j]! -= factor * head[j]!;
    }
  }
  const z = new Array<number>(now.length).fill(0);
  for (let k = 0; k < n; k++) z[S[k]!] = rows[k]![n]! / rows[k]![k]!;
  return z;
}
