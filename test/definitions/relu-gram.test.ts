/** The Gram matrix of random ReLU features, by hand and by an integral over angles. */
import { areaSquared, expectedGram } from '../../src/definitions/relu-gram';
import { balls } from '../../src/numerics/ball';
import { doubles as D } from '../../src/numerics/doubles';
import { rationals } from '../../src/numerics/rational';
import { normals, uniformStream } from '../../generators/streams';

/** E r² = 2 for the radius of two standard normal numbers, times the mean over angles of the product of two features. */
function byIntegral([a, b]: readonly number[], [c, d]: readonly number[], points = 200_000): number {
  let sum = 0;
  for (let k = 0; k < points; k++) {
    const [u, v] = [Math.cos((2 * Math.PI * k) / points), Math.sin((2 * Math.PI * k) / points)];
    sum += Math.max(0, a! * u + b! * v) * Math.max(0, c! * u + d! * v);
  }
  return (2 * sum) / points;
}

test('orthogonal samples of length 1 have 1/2 on the diagonal and 1/(2π) beside it', () => {
  const G = expectedGram(D, [[1, 0], [0, 1]]); // prettier-ignore
  expect(G[0]![0]).toBe(1 / 2);
  expect(G[0]![1]).toBeCloseTo(1 / (2 * Math.PI), 15);
});

test('equal samples have equal rows, opposite ones nothing in common', () => {
  expect(expectedGram(D, [[3], [3], [-3]])).toEqual([[4.5, 4.5, 0], [4.5, 4.5, 0], [0, 0, 4.5]]); // prettier-ignore
  const R = rationals;
  const G = expectedGram(R, [[1, 2], [2, 4], [-1, -2]].map((row) => row.map((x) => R.of(x)))); // prettier-ignore
  expect(G.map((row) => row.map((x) => R.exactText(x)))).toEqual([['5/2', '5', '0'], ['5', '10', '0'], ['0', '0', '5/2']]); // prettier-ignore
});

test('it is the integral over all directions', () => {
  const random = normals(uniformStream(1, 'rows of a Gram matrix'));
  for (let k = 0; k < 10; k++) {
    const X = [0, 1].map(() => [random(), random()]);
    expect(expectedGram(D, X)[0]![1]).toBeCloseTo(byIntegral(X[0]!, X[1]!), 8);
  }
});

test('balls enclose what doubles give, in any number of dimensions', () => {
  const R = balls(128);
  const X = [[1, -2, 0.5], [0.25, 3, -1]]; // prettier-ignore
  const G = expectedGram(R, X.map((row) => row.map((x) => R.of(x)))); // prettier-ignore
  const { lower, upper } = R.enclosure(G[1]![0]!);
  expect(upper - lower).toBeLessThan(1e-15);
  expect(expectedGram(D, X)[1]![0]).toBeCloseTo((lower + upper) / 2, 14);
});

test('the area of two rows is 0 exactly where they are parallel', () => {
  const R = rationals;
  const row = (...x: readonly string[]) => x.map((entry) => R.of(entry));
  expect(R.sign(areaSquared(R, row('1/3', '2/7'), row('-7/3', '-2')))).toBe(0);
  expect(R.exactText(areaSquared(R, row('1', '0', '2'), row('0', '1', '1')))).toBe('6');
  expect(R.sign(areaSquared(R, row('5'), row('7')))).toBe(0);
});
