import { simdProduct } from '../../src/numerics/simd-product';
import { uniformStream } from '../../src/numerics/uniform-stream';

type Shape = readonly [rows: number, inner: number, columns: number];

/** Numbers of many sizes and both signs, a share of them zero and some of these −0. */
function numbers(count: number, share: number, ...names: readonly string[]): Float64Array {
  const uniform = uniformStream(1, 'simd-product', ...names);
  return Float64Array.from({ length: count }, () => {
    const [size, sign] = [2 ** (40 * uniform() - 20), uniform() < 0.5 ? -1 : 1];
    return uniform() < share ? sign * 0 : sign * size;
  });
}

/** The product entry by entry, as the kernel's docstring has it. */
function literal(A: Float64Array, B: Float64Array, [rows, inner, columns]: Shape): Float64Array {
  return Float64Array.from({ length: rows * columns }, (_, at) => {
    const [i, j] = [Math.floor(at / columns), at % columns];
    let sum = 0;
    for (let k = 0; k < inner; k++) if (A[i * inner + k] !== 0) sum += A[i * inner + k]! * B[k * columns + j]!;
    return sum;
  });
}

/** What the kernel writes over what is no result. */
function product(A: Float64Array, B: Float64Array, [rows, inner, columns]: Shape): Float64Array {
  const out = new Float64Array(rows * columns).fill(12345);
  expect(simdProduct(out, A, B, rows, inner, columns)).toBe(true);
  return out;
}

/** The bytes: 0 and −0 differ, and all NaN are made one. */
const bits = (x: Float64Array): string =>
  Buffer.from(x.map((entry) => (Number.isNaN(entry) ? NaN : entry)).buffer).toString('hex');

/** Every count of columns takes its own strips of 24, 12, 4, 2 and 1; rows of A are cut every 128 entries. */
const SHAPES: readonly Shape[] = [
  ...Array.from({ length: 51 }, (_, k): Shape => [3, 7, k + 1]),
  ...([1, 2, 127, 128, 129, 256, 257, 300] as const).map((inner): Shape => [2, inner, 43]),
  ...([1, 2, 5, 131] as const).map((rows): Shape => [rows, 9, 29]),
  [1, 1, 1],
  [20, 60, 60],
];

test.each([0, 0.5, 0.97, 1])(
  'products are those of a plain loop to the last bit, %d of the left factor zero',
  (share) => {
    for (const shape of SHAPES) {
      const [rows, inner, columns] = shape;
      const A = numbers(rows * inner, share, 'A', shape.join());
      const B = numbers(inner * columns, 0.1, 'B', shape.join());
      expect([shape, bits(product(A, B, shape))]).toEqual([shape, bits(literal(A, B, shape))]);
    }
  },
);

test('a large product after small ones, and small ones after it, are right: the memory grows', () => {
  const [small, large]: readonly Shape[] = [
    [4, 5, 6],
    [150, 400, 333],
  ] as const;
  for (const shape of [small!, large!, small!]) {
    const A = numbers(shape[0] * shape[1], 0.5, 'growing A');
    const B = numbers(shape[1] * shape[2], 0, 'growing B');
    expect(bits(product(A, B, shape)) === bits(literal(A, B, shape))).toBe(true);
  }
});

test('infinities and NaN spread as in a plain loop, and a zero of the left factor passes over them', () => {
  const shape: Shape = [4, 5, 31];
  const A = numbers(20, 0.4, 'special A');
  const B = numbers(155, 0.1, 'special B');
  [A[1], A[7], A[13], B[3], B[40], B[77], B[110]] = [Infinity, NaN, -Infinity, NaN, Infinity, -Infinity, 2 ** 1023];
  const out = product(A, B, shape);
  expect(bits(out)).toBe(bits(literal(A, B, shape)));
  expect([out.some(Number.isNaN), out.includes(Infinity), out.some(Number.isFinite)]).toEqual([true, true, true]);
  expect(Array.from(product(Float64Array.of(0, 2), Float64Array.of(NaN, Infinity, 3, 4), [1, 2, 2]))).toEqual([6, 8]);
});

test('subnormal products and sums are kept', () => {
  const A = Float64Array.of(2 ** -540, 2 ** -500, 3 * 2 ** -537);
  const B = Float64Array.from({ length: 3 * 25 }, (_, k) => (k % 2 === 0 ? 1 : -1) * (k + 1) * 2 ** -537);
  const out = product(A, B, [1, 3, 25]);
  expect(bits(out)).toBe(bits(literal(A, B, [1, 3, 25])));
  expect(out.every((x) => x !== 0 && Math.abs(x) < 2 ** -1022)).toBe(true);
});

test('factors may have room behind their entries', () => {
  const [A, B] = [numbers(50, 0.3, 'longer A'), numbers(100, 0, 'longer B')];
  expect(bits(product(A, B, [3, 4, 5]))).toBe(bits(literal(A, B, [3, 4, 5])));
});

test('sums are from the first product to the last: rounding shows the order', () => {
  const A = Float64Array.of(1, 1, 1, 1);
  const column = [2 ** 53, 1, 1, -(2 ** 53)];
  for (const columns of [1, 2, 4, 12, 24]) {
    const B = Float64Array.from({ length: 4 * columns }, (_, k) => column[Math.floor(k / columns)]!);
    expect(Array.from(product(A, B, [1, 4, columns]))).toEqual(Array<number>(columns).fill(0));
  }
});

test('products that do not fit the memory are refused, with nothing written', () => {
  const out = Float64Array.of(7);
  expect(simdProduct(out, new Float64Array(0), new Float64Array(0), 1, 2 ** 27, 1)).toBe(false);
  expect(out[0]).toBe(7);
});
