import { rowProducts, transposeInto } from '../../src/numerics/dense-products';

/** Small whole numbers that no two entries share a pattern of. */
const entries = (count: number, salt: number): Float64Array =>
  Float64Array.from({ length: count }, (_, k) => ((k * 37 + salt * 11) % 23) - 11);

/** PQᵀ by its definition. */
const literal = (P: Float64Array, Q: Float64Array, n: number, m: number, k: number): readonly number[] =>
  Array.from({ length: n * m }, (_, at) => {
    const [i, j] = [Math.floor(at / m), at % m];
    return Array.from({ length: k }, (_x, l) => P[i * k + l]! * Q[j * k + l]!).reduce((sum, x) => sum + x, 0);
  });

test.each([
  [1, 1, 1],
  [2, 4, 3],
  [3, 5, 7],
  [5, 33, 2],
  [4, 67, 9],
  [7, 3, 1],
])('products of rows are the sums of products, %i×%i over %i columns', (n, m, k) => {
  const [P, Q, out] = [entries(n * k, 1), entries(m * k, 2), new Float64Array(n * m)];
  rowProducts(P, Q, out, n, m, k);
  expect(Array.from(out)).toEqual(literal(P, Q, n, m, k));
});

test('a row of the product does not depend on the other rows, to the last bit', () => {
  const [n, m, k] = [3, 37, 11];
  const P = entries(n * k, 3).map((x) => x / 7);
  const Q = entries(m * k, 4).map((x) => x / 3);
  const [whole, alone] = [new Float64Array(n * m), new Float64Array(m)];
  rowProducts(P, Q, whole, n, m, k);
  rowProducts(P.subarray(k, 2 * k), Q, alone, 1, m, k);
  expect(Array.from(whole.subarray(m, 2 * m))).toEqual(Array.from(alone));
});

test('a transpose has rows for columns', () => {
  const out = new Float64Array(6);
  transposeInto(Float64Array.of(1, 2, 3, 4, 5, 6), out, 2, 3);
  expect(Array.from(out)).toEqual([1, 4, 2, 5, 3, 6]);
});
