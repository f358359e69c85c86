import { simdProduct } from '../numerics/simd-product';

/** Rows of the right factor that are used together while they are in the cache: about a quarter of a megabyte. */
const CACHED = 2 ** 15;

/** From so many multiplications on, copying to where the kernel works takes less time than it saves. */
const WORTH_COPYING = 512;

/**
 * Writes AB, `rows`×`columns`, for A of `rows`×`inner`, in flat arrays by rows. From `inner` 4 on, zeros of A are passed over, so
 * that the product with outputs of ReLUs costs what their positive entries do. Every entry is one sum from the first product to the
 * last, by whatever means. `room` holds at least `inner` indices.
 */
export function multiply(
  out: Float64Array,
  A: Float64Array,
  B: Float64Array,
  rows: number,
  inner: number,
  columns: number,
  room: Int32Array,
): void {
  if (inner < 4) {
    multiplyShort(out, A, B, rows, inner, columns);
    return;
  }
  if (rows * inner * columns >= WORTH_COPYING && simdProduct(out, A, B, rows, inner, columns)) return;
  multiplyByLoops(out, A, B, rows, inner, columns, room);
}

/** What {@link multiply} writes from `inner` 4 on, by loops of JavaScript: for small matrices, and as a check on the kernel. */
export function multiplyByLoops(
  out: Float64Array,
  A: Float64Array,
  B: Float64Array,
  rows: number,
  inner: number,
  columns: number,
  room: Int32Array,
): void {
  out.fill(0);
  const block = Math.max(4, Math.floor(CACHED / columns));
  for (let first = 0; first < inner; first += block) {
    const end = Math.min(inner, first + block);
    for (let i = 0; i < rows; i++) {
      let count = 0;
      // Without a branch, which could not be predicted.
      for (let k = first; k < end; k++) {
        room[count] = k;
        count += Number(A[i * inner + k] !== 0);
      }
      addRows(out, i * columns, A, i * inner, B, columns, room, count);
    }
  }
}

/** A handful of products an entry: loops without any preparation. */
function multiplyShort(
  out: Float64Array,
  A: Float64Array,
  B: Float64Array,
  rows: number,
  inner: number,
  columns: number,
): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let total = 0;
      for (let k = 0; k < inner; k++) total += A[i * inner + k]! * B[k * columns + j]!;
      out[i * columns + j] = total;
    }
  }
}

/** Adds to a row of `out` the rows of B at the first `count` indices, times the entries of a row of A there: four at a time. */
function addRows(
  out: Float64Array,
  to: number,
  A: Float64Array,
  from: number,
  B: Float64Array,
  columns: number,
  at: Int32Array,
  count: number,
): void {
  let s = 0;
  for (; s + 3 < count; s += 4) {
    const k0 = at[s]!;
    const k1 = at[s + 1]!;
    const k2 = at[s + 2]!;
    const k3 = at[s + 3]!;
    const a0 = A[from + k0]!;
    const a1 = A[from + k1]!;
    const a2 = A[from + k2]!;
    const a3 = A[from + k3]!;
    const r0 = k0 * columns;
    const r1 = k1 * columns;
    const r2 = k2 * columns;
    const r3 = k3 * columns;
    for (let j = 0; j < columns; j++) {
      out[to + j] = out[to + j]! + a0 * B[r0 + j]! + a1 * B[r1 + j]! + a2 * B[r2 + j]! + a3 * B[r3 + j]!;
    }
  }
  for (; s < count; s++) {
    const k = at[s]!;
    const a = A[from + k]!;
    for (let j = 0; j < columns; j++) out[to + j] = out[to + j]! + a * B[k * columns + j]!;
  }
}
