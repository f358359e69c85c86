import { normals, take, uniformStream } from '../../generators/streams';

const COUNT = 40_000;

/** Five standard errors of a mean of COUNT values with this variance: passed over once in two million times. */
const band = (variance: number): number => 5 * Math.sqrt(variance / COUNT);

const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, x) => sum + x, 0) / values.length;

describe('a uniform stream', () => {
  test('gives the same numbers for the same seed and names, and others for others', () => {
    expect(take(uniformStream(1, 'a'), 5)).toEqual(take(uniformStream(1, 'a'), 5));
    for (const other of [uniformStream(2, 'a'), uniformStream(1, 'b'), uniformStream(1, 'a', 'b')]) {
      expect(take(other, 5)).not.toEqual(take(uniformStream(1, 'a'), 5));
    }
  });

  test('is uniform on [0, 1): mean, square, and each tenth as often as the others', () => {
    const values = take(uniformStream(1, 'uniform'), COUNT);
    expect(values.every((x) => x >= 0 && x < 1)).toBe(true);
    expect(Math.abs(mean(values) - 1 / 2)).toBeLessThan(band(1 / 12));
    expect(Math.abs(mean(values.map((x) => x * x)) - 1 / 3)).toBeLessThan(band(4 / 45));
    for (let tenth = 0; tenth < 10; tenth++) {
      const share = values.filter((x) => Math.floor(10 * x) === tenth).length / COUNT;
      expect(Math.abs(share - 0.1)).toBeLessThan(band(0.09));
    }
  });

  test('does not go with a stream of another name, nor with itself shifted by one', () => {
    const a = take(uniformStream(1, 'first'), COUNT);
    const b = take(uniformStream(1, 'second'), COUNT);
    const product = (x: Float64Array, y: Float64Array): number => mean(x.map((u, k) => (u - 0.5) * (y[k]! - 0.5)));
    expect(Math.abs(product(a, b))).toBeLessThan(band(1 / 144));
    expect(Math.abs(product(a.subarray(1), a.subarray(0, -1)))).toBeLessThan(band(1 / 144));
  });

  test('takes numbers at a scale', () => {
    expect(Array.from(take(uniformStream(3, 'x'), 4, 1e-5))).toEqual(
      Array.from(take(uniformStream(3, 'x'), 4), (u) => 1e-5 * u),
    );
  });
});

test('normal numbers have moments 0, 1, 0 and 3, and both of a pair are independent', () => {
  const values = take(normals(uniformStream(1, 'normal')), COUNT);
  const moment = (power: number): number => mean(values.map((x) => x ** power));
  expect(Math.abs(moment(1))).toBeLessThan(band(1));
  expect(Math.abs(moment(2) - 1)).toBeLessThan(band(2));
  expect(Math.abs(moment(3))).toBeLessThan(band(15));
  expect(Math.abs(moment(4) - 3)).toBeLessThan(band(96));
  const pairs = Array.from({ length: COUNT / 2 }, (_, k) => values[2 * k]! * values[2 * k + 1]!);
  expect(Math.abs(mean(pairs))).toBeLessThan(Math.SQRT2 * band(1));
  expect(values.every(Number.isFinite)).toBe(true);
});
