/**
 * Products of large matrices by a WebAssembly kernel (simd-product.wat) that works on two columns at a time. Every entry is
 * summed in the order of a plain loop, so that the bits are the same.
 */
import { KERNEL_BYTES } from './simd-product-bytes';

/** The part of WebAssembly used here, which no library of types declares without a browser's. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
  readonly validate: (bytes: Uint8Array) => boolean;
};

interface Kernel {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  /** Addresses in bytes, then counts. */
  product(
    out: number,
    a: number,
    b: number,
    lists: number,
    ends: number,
    rows: number,
    inner: number,
    columns: number,
    block: number,
  ): void;
}

const PAGE = 2 ** 16;
const MOST_PAGES = 2 ** 14;

/** Rows of B gone through together: a strip of 24 columns of them takes 24 kB, which a processor's first cache has. */
const BLOCK = 128;

/** What was loaded at the first product, and the doubles of its memory, which are others after it grew. */
let kernel: Kernel | undefined;
let doubles = new Float64Array(0);
let unusable = false;

/**
 * Writes AB, `rows`×`columns`, for A of `rows`×`inner`, in flat arrays by rows; all three at least 1, `out` neither A nor B. Entry
 * by entry it is 0 plus the products with the entries of A's row that are not zero, from the first to the last, each rounded and
 * then added: a zero of A passes over what it would multiply, infinities and NaN included. Which NaN a NaN is remains
 * open. Returns false, with nothing written, where the processor has no such instructions or the matrices take more than 1 GiB.
 */
export function simdProduct(
  out: Float64Array,
  A: Float64Array,
  B: Float64Array,
  rows: number,
  inner: number,
  columns: number,
): boolean {
  if (unusable) return false;
  const block = Math.min(BLOCK, inner);
  // In doubles: A, B, the product, the lists of entries (a number and an address each), and where these end.
  const b = rows * inner;
  const c = b + inner * columns;
  const lists = c + rows * columns;
  const ends = lists + 2 * rows * block;
  const loaded = reach(8 * (ends + rows));
  if (loaded === undefined) return false;
  doubles.set(A.length === b ? A : A.subarray(0, b));
  doubles.set(B.length === c - b ? B : B.subarray(0, c - b), b);
  loaded.product(8 * c, 0, 8 * b, 8 * lists, 8 * ends, rows, inner, columns, block);
  out.set(doubles.subarray(c, lists));
  return true;
}

/** The kernel, with a memory of so many bytes at least. */
function reach(bytes: number): Kernel | undefined {
  if (kernel === undefined) {
    const code = Buffer.from(KERNEL_BYTES, 'base64');
    unusable = !WebAssembly.validate(code);
    if (unusable) return undefined;
    kernel = new WebAssembly.Instance(new WebAssembly.Module(code)).exports as Kernel;
    doubles = new Float64Array(kernel.memory.buffer);
  }
  if (bytes > 8 * doubles.length) {
    if (bytes > MOST_PAGES * PAGE) return undefined;
    kernel.memory.grow(Math.ceil(bytes / PAGE) - doubles.length / (PAGE / 8));
    doubles = new Float64Array(kernel.memory.buffer);
  }
  return kernel;
}
