/**
 * Products of matrices held row by row in typed arrays, for sizes up to a few thousand. Both factors are read along their
 * rows, so that what is read together lies together: a product AB is asked for with B transposed.
 */

/** Rows of the second factor gone through together: so many of a thousand numbers stay in a processor's cache. */
const BLOCK = 32;

/**
 * PQᵀ into `out`: P of n×k, Q of m×k, out of n×m. Every entry is one sum from the first column to the last, whatever the
 * shapes: a row's product does not depend on which other rows there are.
 */
export function rowProducts(
  P: Float64Array,
  Q: Float64Array,
  out: Float64Array,
  n: number,
  m: number,
  k: number,
): void {
  for (let from = 0; from < m; from += BLOCK) {
    const to = Math.min(from + BLOCK, m);
    let i = 0;
    for (; i + 1 < n; i += 2) {
      let j = from;
      for (; j + 3 < to; j += 4) tile(P, Q, out, i, j, m, k);
      for (; j < to; j++) {
        single(P, Q, out, i, j, m, k);
        single(P, Q, out, i + 1, j, m, k);
      }
    }
    if (i < n) for (let j = from; j < to; j++) single(P, Q, out, i, j, m, k);
  }
}

/** Two rows of P times four of Q: eight sums that wait for no other. */
function tile(P: Float64Array, Q: Float64Array, out: Float64Array, i: number, j: number, m: number, k: number): void {
  let a0 = 0,
    a1 = 0,
    a2 = 0,
    a3 = 0;
  let b0 = 0,
    b1 = 0,
    b2 = 0,
    b3 = 0;
  const p = i * k,
    r = (i + 1) * k;
  const q0 = j * k,
    q1 = q0 + k,
    q2 = q1 + k,
    q3 = q2 + k;
  for (let l = 0; l < k; l++) {
    const x = P[p + l]!,
      y = P[r + l]!;
    const u0 = Q[q0 + l]!,
      u1 = Q[q1 + l]!,
      u2 = Q[q2 + l]!,
      u3 = Q[q3 + l]!;
    a0 += x * u0;
    a1 += x * u1;
    a2 += x * u2;
    a3 += x * u3;
    b0 += y * u0;
    b1 += y * u1;
    b2 += y * u2;
    b3 += y * u3;
  }
  const [s, t] = [i * m + j, (i + 1) * m + j];
  out[s] = a0;
  out[s + 1] = a1;
  out[s + 2] = a2;
  out[s + 3] = a3;
  out[t] = b0;
  out[t + 1] = b1;
  out[t + 2] = b2;
  out[t + 3] = b3;
}

function single(P: Float64Array, Q: Float64Array, out: Float64Array, i: number, j: number, m: number, k: number): void {
  let sum = 0;
  for (let l = 0; l < k; l++) sum += P[i * k + l]! * Q[j * k + l]!;
  out[i * m + j] = sum;
}

/** The transpose of A, n×m, into `out`, m×n. */
export function transposeInto(A: Float64Array, out: Float64Array, n: number, m: number): void {
  for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) out[j * n + i] = A[i * m + j]!;
}
