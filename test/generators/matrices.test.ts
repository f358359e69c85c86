import { choice, uniform } from '../../generators/coordinates';
import {
  diagonalMatrix,
  lowRank,
  matrix,
  symmetricPositiveDefinite,
  vector,
  zeroOrSmall,
} from '../../generators/matrices';
import { drawPoints, seedFor } from '../../src/claim/draw';
import type { Real } from '../../src/numerics/arithmetic';
import { determinant, identity, matMul, minus, scale, transpose, type Matrix } from '../../src/numerics/matrix';
import { rationals as Q } from '../../src/numerics/rational';
import { toDouble } from '../../src/numerics/real';

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

const exact = (A: Matrix<Real>) => A.map((row) => row.map((x) => Q.of(x)));
const text = (A: Matrix<Real>): Matrix<string> => exact(A).map((row) => row.map((x) => Q.exactText(x)!));
const share = (numbers: readonly number[], test: (x: number) => boolean): number =>
  numbers.filter(test).length / numbers.length;
/** The only entry of 1×1 draws. */
const single = (coordinate: ReturnType<typeof matrix>, name: string): readonly number[] =>
  points(coordinate.size, name).map((cube) => toDouble(coordinate.decode(cube, [1, 1])[0]![0]!));
const few = (coordinate: ReturnType<typeof matrix>, shape: readonly number[]) =>
  drawPoints(coordinate.size, 100, 1).map((cube) => coordinate.decode(cube, shape));

describe('diagonal matrices', () => {
  const S = diagonalMatrix('m', 'n', { entry, most: [2, 3] });

  test('are zero off the diagonal, square or not', () => {
    expect(S.size).toBe(2);
    expect(S.decode([0, 1], [2, 3])).toEqual([[-1, 0, 0], [0, 3, 0]]); // prettier-ignore
    expect(S.decode([0.5, 1], [2, 1])).toEqual([[1], [0]]);
    expect(() => S.decode([0, 1], [3, 3])).toThrow('a shape of 3 × 3, but most: 2 × 3');
  });

  test('have entries that lie in every quarter of their range equally often', () => {
    const drawn = points(2, 'diagonal').map((cube) => S.decode(cube, [2, 2]) as Matrix<number>);
    for (const k of [0, 1]) {
      for (let quarter = -1; quarter < 3; quarter++) {
        const inside = drawn.filter((A) => A[k]![k]! >= quarter && A[k]![k]! < quarter + 1).length / COUNT;
        expect(Math.abs(inside - 1 / 4)).toBeLessThan(BAND + 2 ** -16);
      }
    }
  });
});

describe('symmetric positive definite matrices', () => {
  const spd = symmetricPositiveDefinite('n', { entry: uniform(-1, 1), floor: '1/3', most: 3 });

  test('are exactly symmetric, and exactly positive definite after the floor is subtracted, nearly', () => {
    for (const n of [1, 2, 3]) {
      for (const A of few(spd, [n])) {
        expect(text(transpose(A))).toEqual(text(A));
        const gram = minus(Q, exact(A), scale(Q, '1/3', identity(Q, n)));
        for (let k = 1; k <= n; k++) {
          const leading = gram.slice(0, k).map((row) => row.slice(0, k));
          expect(Q.sign(determinant(Q, leading))).toBeGreaterThanOrEqual(0);
        }
      }
    }
  });

  test('are BᵀB + floor·I for the matrix B of their cube', () => {
    const B = [[-1, 0.5, 0], [1, 1, -0.5], [0, 0.5, 1]]; // prettier-ignore
    const cube = B.flat().map((b) => (b + 1) / 2);
    const gram = matMul(Q, exact(transpose(B)), exact(B));
    expect(text(minus(Q, exact(spd.decode(cube, [3])), gram).map((row) => row.map((x) => Q.exactText(x)!)))).toEqual(
      text([['1/3', 0, 0], [0, '1/3', 0], [0, 0, '1/3']]), // prettier-ignore
    );
  });

  test('of one entry are the floor and a square: below 1/3 + x² as often as a uniform number is below x in size', () => {
    const drawn = single(spd, 'squares');
    for (const x of [0.1, 0.3, 0.5, 0.7, 0.9]) {
      expect(Math.abs(share(drawn, (a) => a - 1 / 3 <= x * x) - x)).toBeLessThan(BAND + 2 ** -15);
    }
  });
});

describe('matrices of low rank', () => {
  const low = lowRank('m', 'n', 2, { entry: uniform(-1, 1), most: [4, 3, 2] });

  test('have no larger minor than their rank that is not exactly zero', () => {
    for (const A of few(low, [4, 3])) {
      expect([A.length, A[0]!.length]).toEqual([4, 3]);
      for (const rows of [A.slice(0, 3), A.slice(1), [A[0]!, A[2]!, A[3]!]]) {
        expect(Q.sign(determinant(Q, exact(rows)))).toBe(0);
      }
    }
    const twos = few(low, [4, 3]).map((A) => A.slice(0, 2).map((row) => row.slice(0, 2)));
    expect(twos.every((minor) => Q.sign(determinant(Q, exact(minor))) !== 0)).toBe(true);
  });

  test('refuse a rank that the cube has no numbers for', () => {
    const three = lowRank('m', 'n', 3, { entry, most: [4, 3, 2] });
    expect(() => three.decode(new Array<number>(14).fill(0), [4, 3])).toThrow(
      'a shape of 4 × 3 × 3, but most: 4 × 3 × 2',
    );
  });

  test('of one entry and rank 1 are products of two uniform numbers: below z in size with probability z(1 − log z)', () => {
    const drawn = single(lowRank(1, 1, 1, { entry: uniform(-1, 1), most: [1, 1, 1] }), 'products');
    for (const z of [0.1, 0.3, 0.5, 0.7, 0.9]) {
      expect(Math.abs(share(drawn, (a) => Math.abs(a) <= z) - z * (1 - Math.log(z)))).toBeLessThan(BAND + 2 ** -14);
    }
    expect(Math.abs(share(drawn, (a) => a < 0) - 1 / 2)).toBeLessThan(BAND + 2 ** -14);
  });
});

describe('zero or small matrices', () => {
  const start = zeroOrSmall('m', 'n', { entry: uniform(1, 2), halvings: 5, most: [2, 2] });

  test('are zero, or entries times one power of two', () => {
    expect(start.decode([0, 0, 0, 0, 0], [2, 2])).toEqual([[0, 0], [0, 0]]); // prettier-ignore
    expect(start.decode([1, 0, 1, 0.5, 0], [2, 2])).toEqual([[1 / 32, 1 / 16], [3 / 64, 1 / 32]]); // prettier-ignore
    expect(start.decode([0.25, 0, 1, 0.5, 0], [1, 2])).toEqual([[1, 2]]);
    for (const A of few(start, [2, 2]) as Matrix<number>[]) {
      const levels = new Set(A.flat().map((x) => Math.floor(Math.log2(x * (1 - 2 ** -20)))));
      expect(levels.size).toBe(1);
    }
  });

  test('are zero one time in four, and of every power of two equally often otherwise', () => {
    const drawn = single(start, 'levels');
    expect(Math.abs(share(drawn, (x) => x === 0) - 1 / 4)).toBeLessThan(BAND);
    for (let k = 0; k <= 5; k++) {
      // A grid cell of the entries, 2, belongs to the power above.
      const inside = share(drawn, (x) => x >= 2 ** -k && x < 2 ** (1 - k));
      expect(Math.abs(inside - 1 / 8)).toBeLessThan(BAND + 2 ** -16);
    }
  });
});

test('every law of matrices is described in words and decodes to what survives JSON', () => {
  const most = [2, 2] as const;
  const laws = [
    matrix('m', 'n', { entry, most }),
    diagonalMatrix('m', 'n', { entry, most }),
    symmetricPositiveDefinite('n', { entry, floor: 1, most: 2 }),
    lowRank('m', 'n', 1, { entry, most: [2, 2, 1] }),
    zeroOrSmall('m', 'n', { entry, halvings: 3, most }),
  ];
  for (const law of laws) {
    expect(law.describe.length).toBeGreaterThan(20);
    for (const A of few(law, [2, 2])) expect(JSON.parse(JSON.stringify(A))).toStrictEqual(A);
  }
});
