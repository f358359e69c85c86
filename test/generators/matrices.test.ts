import { choice, uniform } from '../../generators/coordinates';
import { matrix, vector } from '../../generators/matrices';
import { drawPoints, seedFor } from '../../src/claim/draw';

const entry = uniform(-1, 3);
const COUNT = 20_000;
/** A share of `COUNT` draws lies further from its probability only once in 1e9 times (Hoeffding). */
const BAND = Math.sqrt(Math.log(2e9) / (2 * COUNT));
const points = (dimension: number, name: string) => drawPoints(dimension, COUNT, seedFor(1, 'distribution', name));

describe('a choice', () => {
  const rule = choice('one', 'two', 'three');

  test('reaches its options in their order, both ends included', () => {
    expect([0, 0.33, 0.34, 0.66, 0.67, 1].map((u) => rule.decode(u))).toEqual([
      ...['one', 'one', 'two', 'two', 'three', 'three'],
    ]);
    expect(choice('only').decode(1)).toBe('only');
  });

  test('takes each option equally often', () => {
    const drawn = points(1, 'choice').map(([u]) => rule.decode(u!));
    for (const option of rule.options) {
      const share = drawn.filter((word) => word === option).length / COUNT;
      expect(Math.abs(share - 1 / 3)).toBeLessThan(BAND);
    }
  });

  test('is described by its options, and there is one at least', () => {
    expect(rule.describe).toBe('one of one, two, three, each as likely');
    expect(() => choice()).toThrow('a choice of nothing: give it one option or more');
  });
});

describe('vectors and matrices of independent entries', () => {
  const s = vector('n', { entry, most: 3 });
  const A = matrix('m', 'n', { entry, most: [2, 3] });

  test('have the shape asked for, whatever their cube holds beyond it', () => {
    for (const n of [1, 2, 3]) {
      expect(s.decode([0, 0.5, 1], [n])).toEqual([-1, 1, 3].slice(0, n));
      for (const m of [1, 2]) {
        const rows = [[-1, 1, 3], [3, 0, 1]]; // prettier-ignore
        expect(A.decode([0, 0.5, 1, 1, 0.25, 0.5], [m, n])).toEqual(rows.slice(0, m).map((row) => row.slice(0, n)));
      }
    }
  });

  test('say how large a cube they need, and refuse a larger shape', () => {
    expect([s.size, A.size, s.shape, A.shape]).toEqual([3, 6, ['n'], ['m', 'n']]);
    expect(() => s.decode([0, 0, 0], [4])).toThrow('a shape of 4, but most: 3: raise most, or lower the counts');
    expect(() => A.decode([0, 0, 0, 0, 0, 0], [3, 1])).toThrow('a shape of 3 × 1, but most: 2 × 3');
  });

  test('are described in words', () => {
    expect(s.describe).toBe('n entries, each uniform on [-1, 3]');
    expect(A.describe).toBe('m × n entries, each uniform on [-1, 3]');
  });

  test('have entries that lie in every quarter of their range equally often', () => {
    const drawn = points(6, 'entries').map((cube) => A.decode(cube, [2, 3]).flat() as number[]);
    for (let k = 0; k < 6; k++) {
      for (let quarter = -1; quarter < 3; quarter++) {
        const share = drawn.filter((entries) => entries[k]! >= quarter && entries[k]! < quarter + 1).length / COUNT;
        // A cell of the dyadic grid more or less at either end of the quarter.
        expect(Math.abs(share - 1 / 4)).toBeLessThan(BAND + 2 ** -16);
      }
    }
    const vectors = points(3, 'vectors').map((cube) => s.decode(cube, [3]) as number[]);
    for (const k of [0, 1, 2]) {
      const share = vectors.filter((entries) => entries[k]! < 0).length / COUNT;
      expect(Math.abs(share - 1 / 4)).toBeLessThan(BAND + 2 ** -16);
    }
  });

  test('have entries that know nothing of each other', () => {
    const drawn = points(6, 'pairs of entries').map((cube) => A.decode(cube, [2, 3]).flat() as number[]);
    for (let k = 0; k < 6; k++) {
      for (let l = 0; l < k; l++) {
        const both = drawn.filter((entries) => entries[k]! < 1 && entries[l]! < 1).length / COUNT;
        expect(Math.abs(both - 1 / 4)).toBeLessThan(BAND + 2 ** -15);
      }
    }
  });
});
