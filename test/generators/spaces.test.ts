import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { locate } from '../../src/claim/attack/locate';
import { isReal, toDouble } from '../../src/numerics/real';
import { randomFrom } from '../support/random';
import { drawn, isSpace, type AnySpace } from '../support/spaces';

const folder = join(__dirname, '..', '..', 'generators');

/** Every space that a file of generators/ exports. */
const all = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .sort()
  .flatMap((file): [string, AnySpace][] => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const exports = require(join(folder, file)) as Readonly<Record<string, unknown>>;
    return Object.entries(exports).flatMap(([name, value]): [string, AnySpace][] =>
      isSpace(value) && 'dimension' in value ? [[`${file.replace('.ts', '')}: ${name}`, value]] : [],
    );
  });

/**
 * Points of the cube with coordinates 0, 1/2 and 1: all of them up to dimension 5, and in higher dimensions as many at
 * random. What needs certain values of m coordinates, any of them, is missed with probability (1 − 3^−m)^243: 4·10⁻¹³
 * for two, 10⁻⁴ for three, 0.05 for four.
 */
function corners(dimension: number): readonly (readonly number[])[] {
  const { whole } = randomFrom(`corners of dimension ${dimension}`);
  const all = dimension <= 5;
  return Array.from({ length: all ? 3 ** dimension : 3 ** 5 }, (_, index) =>
    Array.from({ length: dimension }, (__, k) => (all ? Math.floor(index / 3 ** k) % 3 : whole(0, 2)) / 2),
  );
}

/** As toStrictEqual, which takes a hundred times as long where they are equal. */
function expectSame(value: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(value, expected)) expect(value).toStrictEqual(expected);
}

/** Equal words, and numbers that agree to a part in 10⁸ of the largest of their vector or matrix. */
function expectClose(value: unknown, expected: unknown): void {
  const flat = (x: unknown): readonly unknown[] => (Array.isArray(x) ? x.flatMap(flat) : [x]);
  const [given, wanted] = [value, expected].map((x) => flat(x).map((y) => (isReal(y) ? toDouble(y) : y)));
  const size = Math.max(...wanted!.map((x) => (typeof x === 'number' ? Math.abs(x) : 0)));
  const close = wanted!.every((y, k) => {
    const x = given![k];
    return typeof x === 'number' && typeof y === 'number' ? Math.abs(x - y) <= 1e-8 * size : x === y;
  });
  // An assertion that holds takes longer than all this.
  if (!close || given!.length !== wanted!.length) expect({ close, value }).toEqual({ close: true, value: expected });
}

describe.each(all)('the space %s', (name, inside) => {
  test('decodes to instances that survive JSON and its own parser exactly', () => {
    for (const instance of drawn(inside, name, 200)) {
      expectSame(inside.parse(JSON.parse(JSON.stringify(instance))), instance);
    }
  });

  test('decodes the corners of the cube to finite numbers, none of them −0', () => {
    for (const point of corners(inside.dimension)) {
      const instance = inside.decode(point);
      expectSame(inside.parse(JSON.parse(JSON.stringify(instance))), instance);
    }
  });

  test('is inverted: a point that is located decodes to the instance, and one is for plain numbers', () => {
    const plain = inside.parameters.every(({ kind }) => kind === 'real' || kind === 'count');
    // The time grows with the square of the dimension.
    for (const instance of drawn(inside, `${name}, located`, Math.max(3, Math.ceil(120 / inside.dimension)))) {
      const point = locate(inside, instance);
      if (plain) expect(point).toBeDefined();
      const decoded = point ? inside.decode(point) : instance;
      for (const parameter of inside.names) expectClose(decoded[parameter], instance[parameter]);
    }
  });

  test('gives the same draws for the same seed', () => {
    expect(drawn(inside, name, 20)).toEqual(drawn(inside, name, 20));
    expect(drawn(inside, name, 20)).not.toEqual(drawn(inside, `${name}, again`, 20));
  });

  test('describes every parameter', () => {
    expect(Object.keys(inside.describe)).toEqual(inside.names);
  });
});
