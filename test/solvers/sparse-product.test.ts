import { uniformStream } from '../../src/numerics/uniform-stream';
import { multiply, multiplyByLoops } from '../../src/solvers/sparse-product';

const bits = (x: Float64Array): string => Buffer.from(x.buffer).toString('hex');

/** Numbers of both signs that no sum of is exact, a share of them zero. */
function numbers(count: number, share: number, ...names: readonly string[]): Float64Array {
  const uniform = uniformStream(2, 'sparse-product', ...names);
  return Float64Array.from({ length: count }, () => (uniform() < share ? 0 : uniform() - 0.5));
}

/** Shapes for the short loops, for the long ones, and, from 512 products on, for the kernel; the last is cut into blocks by both. */
test.each([
  [3, 2, 5],
  [3, 3, 3],
  [4, 5, 6],
  [7, 8, 9],
  [8, 8, 8],
  [20, 10, 60],
  [20, 60, 60],
  [5, 901, 37],
])('a product has the same bits whichever way it is found, %i×%i×%i', (rows, inner, columns) => {
  const shape = [rows, inner, columns].join();
  const [A, B] = [numbers(rows * inner, 0.5, 'A', shape), numbers(inner * columns, 0, 'B', shape)];
  const [out, byLoops] = [new Float64Array(rows * columns).fill(NaN), new Float64Array(rows * columns).fill(NaN)];
  multiply(out, A, B, rows, inner, columns, new Int32Array(inner));
  multiplyByLoops(byLoops, A, B, rows, inner, columns, new Int32Array(inner));
  const literal = out.map((_, at) => {
    let sum = 0;
    for (let k = 0; k < inner; k++) sum += A[Math.floor(at / columns) * inner + k]! * B[k * columns + (at % columns)]!;
    return sum;
  });
  expect([bits(out), bits(byLoops)]).toEqual([bits(literal), bits(literal)]);
});
