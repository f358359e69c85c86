/**
 * The operator norm of a matrix of doubles, between bounds: the root of the largest eigenvalue of AᵀA (or AAᵀ, whichever is
 * smaller), by Householder's tridiagonal form and bisection on Sturm sequences (Golub and Van Loan, Matrix Computations,
 * fourth edition, sections 8.3.1 and 8.4.1).
 */

/** Unit roundoff. */
const U = 2 ** -53;

/** A lower and an upper bound of one number. */
export interface NormBounds {
  readonly lower: number;
  readonly upper: number;
}

/**
 * Bounds of ‖A‖₂ for the `rows`×`columns` matrix with these entries, by rows. They are apart by a few n units in the last place,
 * n the shorter side, so that their middle is as good as the norm that a singular value decomposition gives. What they allow
 * for is the backward error of the method, 4n²u‖AᵀA‖_F with u = 2⁻⁵³, and the rounding of AᵀA. A matrix with an entry that is not
 * finite has the upper bound Infinity.
 */
export function operatorNormBounds(A: Float64Array, rows: number, columns: number): NormBounds {
  let size = 0;
  for (let k = 0; k < A.length; k++) size = Math.max(size, Math.abs(A[k]!));
  if (size === 0) return { lower: 0, upper: 0 };
  if (!(size < Infinity)) return { lower: 0, upper: Infinity };
  const n = Math.min(rows, columns);
  // A power of two: dividing by it is exact, up to entries too small to matter beside it.
  const unit = 2 ** Math.floor(Math.log2(size));
  const H = gram(A, rows, columns, unit);
  let squares = 0;
  let trace = 0;
  for (let i = 0; i < n; i++) {
    trace += H[i * n + i]!;
    for (let j = 0; j < n; j++) squares += H[i * n + j]! ** 2;
  }
  const { diagonal, offDiagonal } = tridiagonal(H, n);
  const greatest = largestEigenvalue(diagonal, offDiagonal);
  const error = 4 * n * n * U * Math.sqrt(squares) + 2 * (Math.max(rows, columns) + 2) * U * trace;
  return {
    lower: unit * Math.sqrt(Math.max(0, greatest - error)) * (1 - 4 * U),
    upper: unit * Math.sqrt(greatest + error) * (1 + 4 * U),
  };
}

/** ‖A‖₂ in doubles, in the middle of {@link operatorNormBounds}. */
export function operatorNorm(A: Float64Array, rows: number, columns: number): number {
  const { lower, upper } = operatorNormBounds(A, rows, columns);
  return lower + (upper - lower) / 2;
}

/** AᵀA/unit², or AAᵀ/unit² where there are fewer rows than columns. */
function gram(A: Float64Array, rows: number, columns: number, unit: number): Float64Array {
  const [n, long] = rows < columns ? [rows, columns] : [columns, rows];
  const byRows = new Float64Array(n * long);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < long; k++) byRows[i * long + k] = A[rows < columns ? i * columns + k : k * columns + i]! / unit;
  }
  const H = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let even = 0;
      let odd = 0;
      let x = i * long;
      let y = j * long;
      const last = x + long - 1;
      for (; x < last; x += 2, y += 2) {
        even += byRows[x]! * byRows[y]!;
        odd += byRows[x + 1]! * byRows[y + 1]!;
      }
      if (x === last) even += byRows[x]! * byRows[y]!;
      H[i * n + j] = H[j * n + i] = even + odd;
    }
  }
  return H;
}

/** The tridiagonal form of the symmetric matrix H, n×n, whose lower triangle is overwritten. */
function tridiagonal(H: Float64Array, n: number): { diagonal: Float64Array; offDiagonal: Float64Array } {
  const offDiagonal = new Float64Array(Math.max(0, n - 1));
  const v = new Float64Array(n);
  const p = new Float64Array(n);
  for (let k = 0; k + 1 < n; k++) {
    const beta = reflector(H, n, k, v);
    offDiagonal[k] = beta === 0 ? H[(k + 1) * n + k]! : v[k]!;
    if (beta !== 0) reflect(H, n, k, v, p, beta);
  }
  return { diagonal: Float64Array.from({ length: n }, (_, i) => H[i * n + i]!), offDiagonal };
}

/**
 * Writes into v, from k + 1 on, the vector whose reflection I − βvvᵀ takes what is below the diagonal of column k to its first
 * entry, which it becomes ±its norm: that is left in v[k]. Returns β, 0 where there is nothing to reflect.
 */
function reflector(H: Float64Array, n: number, k: number, v: Float64Array): number {
  let rest = 0;
  for (let i = k + 2; i < n; i++) rest += H[i * n + k]! ** 2;
  if (rest === 0) return 0;
  const head = H[(k + 1) * n + k]!;
  const norm = Math.sqrt(head * head + rest) * (head > 0 ? -1 : 1);
  for (let i = k + 2; i < n; i++) v[i] = H[i * n + k]!;
  v[k + 1] = head - norm;
  v[k] = norm;
  return 2 / (v[k + 1]! ** 2 + rest);
}

/** The rows and columns of the lower triangle from k + 1 on become (I − βvvᵀ)H(I − βvvᵀ). */
function reflect(H: Float64Array, n: number, k: number, v: Float64Array, p: Float64Array, beta: number): void {
  for (let i = k + 1; i < n; i++) p[i] = 0;
  for (let i = k + 1; i < n; i++) {
    const at = i * n;
    const vi = v[i]!;
    let total = H[at + i]! * vi;
    for (let j = k + 1; j < i; j++) {
      const h = H[at + j]!;
      total += h * v[j]!;
      p[j]! += h * vi;
    }
    p[i]! += total;
  }
  let inner = 0;
  for (let i = k + 1; i < n; i++) inner += p[i]! * v[i]!;
  const half = (beta * beta * inner) / 2;
  for (let i = k + 1; i < n; i++) p[i] = beta * p[i]! - half * v[i]!;
  for (let i = k + 1; i < n; i++) {
    const at = i * n;
    const [vi, pi] = [v[i]!, p[i]!];
    for (let j = k + 1; j <= i; j++) H[at + j] = H[at + j]! - vi * p[j]! - pi * v[j]!;
  }
}

/** The largest eigenvalue of a positive semidefinite tridiagonal matrix, to a neighbouring double of the bisection. */
function largestEigenvalue(diagonal: Float64Array, offDiagonal: Float64Array): number {
  const n = diagonal.length;
  let [low, high] = [diagonal[0]!, 0];
  for (let i = 0; i < n; i++) {
    low = Math.max(low, diagonal[i]!);
    const reach = Math.abs(offDiagonal[i - 1] ?? 0) + Math.abs(offDiagonal[i] ?? 0);
    high = Math.max(high, diagonal[i]! + reach);
  }
  while (high - low > 2 * U * high) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (allBelow(diagonal, offDiagonal, middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Whether all eigenvalues are below x: every pivot of T − xI is negative. */
function allBelow(diagonal: Float64Array, offDiagonal: Float64Array, x: number): boolean {
  let pivot = diagonal[0]! - x;
  if (!(pivot < 0)) return false;
  for (let i = 1; i < diagonal.length; i++) {
    pivot = diagonal[i]! - x - offDiagonal[i - 1]! ** 2 / pivot;
    if (!(pivot < 0)) return false;
  }
  return true;
}
