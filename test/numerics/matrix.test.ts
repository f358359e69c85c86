/** Linear algebra over any arithmetic against ml-matrix and mathjs in doubles, and against identities in exact numbers. */
import { createRequire } from 'node:module';
import { determinant as mlDeterminant, inverse as mlInverse, Matrix as Ml } from 'ml-matrix';
import { NotRepresentable, OutOfDomain, Undetermined, type Arithmetic, type Real } from '../../src/numerics/arithmetic';
import { balls } from '../../src/numerics/ball';
import { doubles } from '../../src/numerics/doubles';
import { dyadics } from '../../src/numerics/dyadic';
import {
  determinant,
  diagonal,
  diagonalOf,
  dot,
  frobeniusSquared,
  identity,
  inverse,
  kronecker,
  matMul,
  matrixOf,
  matVec,
  minus,
  outer,
  plus,
  scale,
  shapeOf,
  solve,
  trace,
  transpose,
  vec,
  zeros,
  type Matrix,
} from '../../src/numerics/matrix';
import { rationals } from '../../src/numerics/rational';
import { randomFrom, type Random } from '../support/random';

type MathJs = typeof import('mathjs', { with: { 'resolution-mode': 'import' } });

const { det, inv, kron, multiply } = createRequire(__filename)('mathjs') as MathJs;

const D = doubles;
const Q = rationals;
const B = balls(256);

const random = randomFrom('matrices');
const numbers = (rows: number, columns: number, entry: (random: Random) => number): Matrix<number> =>
  matrixOf(rows, columns, () => entry(random));
const reals = (rows: number, columns = rows): Matrix<number> => numbers(rows, columns, (r) => r.between(-2, 2));
/** Small fractions, as text. */
const fractions = (rows: number, columns = rows): Matrix<Real> =>
  matrixOf(rows, columns, () => `${random.whole(-9, 9)}/${random.whole(1, 9)}`);
const over = <N>(R: Arithmetic<N>, A: Matrix<Real>): Matrix<N> => A.map((row) => row.map((x) => R.of(x)));
const texts = <N>(R: Arithmetic<N>, A: Matrix<N>): Matrix<string> => A.map((row) => row.map((x) => R.exactText(x)!));
const mutable = (A: Matrix<number>): number[][] => A.map((row) => [...row]);
const SHAPES = Array.from({ length: 40 }, () => [random.whole(1, 6), random.whole(1, 6), random.whole(1, 6)] as const);
const SIZES = Array.from({ length: 40 }, () => random.whole(1, 6));

/**
 * Entry by entry within 2⁻⁴⁸ of `size`, a bound of the sum of the moduli added up to get an entry. Either library loses at
 * most n + 1 units of 2⁻⁵³ of that, where n ≤ 6 here.
 */
function expectClose(A: Matrix<number>, expected: Matrix<number>, size: number): void {
  expect(shapeOf(A)).toEqual(shapeOf(expected));
  for (const [i, row] of A.entries()) {
    for (const [j, x] of row.entries()) expect(Math.abs(x - expected[i]![j]!)).toBeLessThanOrEqual(size * 2 ** -48);
  }
}

describe('in doubles as in other libraries', () => {
  test('products, sums, differences and multiples', () => {
    for (const [p, q, r] of SHAPES) {
      const [A, C, E] = [reals(p, q), reals(q, r), reals(p, q)];
      expectClose(matMul(D, A, C), new Ml(mutable(A)).mmul(new Ml(mutable(C))).to2DArray(), 4 * q);
      expectClose(matMul(D, A, C), multiply(mutable(A), mutable(C)), 4 * q);
      expectClose(plus(D, A, E, A), Ml.add(Ml.add(mutable(A), mutable(E)), mutable(A)).to2DArray(), 6);
      expectClose(minus(D, A, E), Ml.sub(mutable(A), mutable(E)).to2DArray(), 4);
      expectClose(scale(D, 3, A), Ml.mul(mutable(A), 3).to2DArray(), 6);
      expectClose(transpose(A), new Ml(mutable(A)).transpose().to2DArray(), 0);
      const x = C.map((row) => row[0]!);
      expectClose([matVec(D, A, x)], [new Ml(mutable(A)).mmul(Ml.columnVector(x)).to1DArray()], 4 * q);
      expect(frobeniusSquared(D, A)).toBeCloseTo(new Ml(mutable(A)).norm('frobenius') ** 2, 10);
    }
  });

  test('Kronecker products', () => {
    for (const [p, q, r] of SHAPES) {
      const [A, C] = [reals(p, q), reals(q, r)];
      expectClose(kronecker(D, A, C), new Ml(mutable(A)).kroneckerProduct(new Ml(mutable(C))).to2DArray(), 4);
      expectClose(kronecker(D, A, C), kron(mutable(A), mutable(C)) as unknown as number[][], 4);
    }
  });

  test('determinants, traces, inverses and solutions', () => {
    for (const n of SIZES) {
      // Dominant diagonals: the inverse has row sums below 1/n, and elimination does not magnify what rounding leaves.
      const A = plus(D, reals(n), scale(D, 3 * n, identity(D, n)));
      const size = (5 * n) ** n;
      expect(Math.abs(determinant(D, A) - mlDeterminant(new Ml(mutable(A))))).toBeLessThan(size * 2 ** -44);
      expect(Math.abs(determinant(D, A) - det(mutable(A)))).toBeLessThan(size * 2 ** -44);
      expect(trace(D, A)).toBeCloseTo(new Ml(mutable(A)).trace(), 10);
      expectClose(inverse(D, A), mlInverse(new Ml(mutable(A))).to2DArray(), 1);
      expectClose(inverse(D, A), inv(mutable(A)), 1);
      const C = reals(n, 2);
      expectClose(
        solve(D, A, C),
        mlInverse(new Ml(mutable(A)))
          .mmul(new Ml(mutable(C)))
          .to2DArray(),
        2 * n,
      );
    }
  });

  test('a system with a tiny pivot in the first place, which has to be passed over', () => {
    const A = [[1e-20, 1], [1, 1]]; // prettier-ignore
    expectClose(solve(D, A, [[1], [2]]), [[1], [1]], 1);
  });
});

describe('over rational numbers', () => {
  const I = (n: number): Matrix<string> => texts(Q, identity(Q, n));

  test('a matrix times its inverse is exactly the identity, on either side', () => {
    let inverted = 0;
    for (const n of SIZES) {
      const A = over(Q, fractions(n));
      if (Q.sign(determinant(Q, A)) === 0) continue;
      inverted++;
      expect(texts(Q, matMul(Q, A, inverse(Q, A)))).toEqual(I(n));
      expect(texts(Q, matMul(Q, inverse(Q, A), A))).toEqual(I(n));
      const b = over(Q, fractions(n, 2));
      expect(texts(Q, matMul(Q, A, solve(Q, A, b)))).toEqual(texts(Q, b));
    }
    expect(inverted).toBeGreaterThan(30);
  });

  test('determinants multiply, change sign with two rows, and are those of the permutations', () => {
    for (const n of SIZES) {
      const [A, C] = [over(Q, fractions(n)), over(Q, fractions(n))];
      const product = Q.mul(determinant(Q, A), determinant(Q, C));
      expect(Q.exactText(determinant(Q, matMul(Q, A, C)))).toBe(Q.exactText(product));
      expect(Q.exactText(determinant(Q, transpose(A)))).toBe(Q.exactText(determinant(Q, A)));
      expect(Q.exactText(determinant(Q, A))).toBe(Q.exactText(leibniz(A)));
      if (n > 1) {
        const swapped = [A[1]!, A[0]!, ...A.slice(2)];
        expect(Q.exactText(determinant(Q, swapped))).toBe(Q.exactText(Q.neg(determinant(Q, A))));
        expect(Q.exactText(determinant(Q, [A[0]!, A[0]!, ...A.slice(2)]))).toBe('0');
      }
    }
  });

  /** The determinant as the sum over all permutations. */
  function leibniz(A: Matrix<ReturnType<typeof Q.of>>): ReturnType<typeof Q.of> {
    if (A.length === 0) return Q.of(1);
    const minor = (j: number) => A.slice(1).map((row) => row.filter((_, k) => k !== j));
    return Q.add(...A[0]!.map((a, j) => Q.mul(j % 2 === 0 ? 1 : -1, a, leibniz(minor(j)))));
  }

  test('vec(AXB) is (Bᵀ ⊗ A) vec(X), and outer and inner products are matrix products', () => {
    for (const [p, q, r] of SHAPES) {
      const [A, X, C] = [over(Q, fractions(p, q)), over(Q, fractions(q, r)), over(Q, fractions(r, 2))];
      const direct = vec(matMul(Q, A, X, C));
      expect(texts(Q, [matVec(Q, kronecker(Q, transpose(C), A), vec(X))])).toEqual(texts(Q, [direct]));
      const [x, y] = [A[0]!, X.map((row) => row[0]!)];
      expect(texts(Q, outer(Q, x, y))).toEqual(texts(Q, matMul(Q, transpose([x]), [y])));
      expect(Q.exactText(dot(Q, x, y))).toBe(Q.exactText(matMul(Q, [x], transpose([y]))[0]![0]!));
      const square = Q.exactText(trace(Q, matMul(Q, A, transpose(A))));
      expect(Q.exactText(frobeniusSquared(Q, A))).toBe(square);
    }
  });

  test('a singular matrix has no inverse, and says so', () => {
    for (const A of [
      [[0]],
      [
        [1, 2],
        [2, 4],
      ],
      [
        [1, 1, 0],
        [0, 0, 1],
        [1, 1, 1],
      ],
    ]) {
      // prettier-ignore
      expect(() => inverse(Q, over(Q, A))).toThrow(OutOfDomain);
      expect(() => inverse(Q, over(Q, A))).toThrow('a singular matrix has no inverse');
    }
  });
});

describe('over dyadic numbers and balls', () => {
  test('products and determinants are exact over dyadic numbers; quotients that are not dyadic are refused', () => {
    const halves = (n: number): Matrix<Real> => matrixOf(n, n, () => random.whole(-9, 9) / 4);
    for (const n of SIZES) {
      const A = halves(n);
      const [dyadic, rational] = [determinant(dyadics, over(dyadics, A)), determinant(Q, over(Q, A))];
      expect(dyadics.exactText(dyadic)).toBe(Q.exactText(rational));
    }
    expect(() => inverse(dyadics, over(dyadics, [[3]]))).toThrow(NotRepresentable);
  });

  test('balls contain the exact result', () => {
    for (const n of SIZES) {
      const A = fractions(n);
      const exact = over(Q, A);
      if (Q.sign(determinant(Q, exact)) === 0) continue;
      const ball = over(B, A);
      const pairs = [
        ...inverse(B, ball).flatMap((row, i) => row.map((x, j) => [x, inverse(Q, exact)[i]![j]!] as const)),
        [determinant(B, ball), determinant(Q, exact)] as const,
        [frobeniusSquared(B, ball), frobeniusSquared(Q, exact)] as const,
      ];
      for (const [x, expected] of pairs) {
        const difference = B.enclosure(B.sub(x, Q.exactText(expected)!));
        expect(difference.lower <= 0 && difference.upper >= 0).toBe(true);
        expect(difference.upper - difference.lower).toBeLessThan(2 ** -150);
      }
    }
  });

  test('a matrix that balls cannot tell from a singular one is undetermined, and its determinant is near 0', () => {
    const A = [['1/3', '2/3'], ['1/7', '2/7']]; // prettier-ignore
    expect(() => inverse(B, over(B, A))).toThrow(Undetermined);
    expect(B.sign(determinant(B, over(B, A)))).toBeUndefined();
    expect(() => inverse(B, over(B, [[0]]))).toThrow(OutOfDomain);
  });

  test('doubles give what IEEE gives for a singular matrix', () => {
    expect(inverse(D, [[0]])[0]![0]).toBe(Infinity);
    expect(inverse(D, [[1, 2], [2, 4]]).flat().some(Number.isFinite)).toBe(false); // prettier-ignore
  });
});

describe('made matrices', () => {
  test('have the shape and the entries asked for', () => {
    expect(identity(D, 2)).toEqual([[1, 0], [0, 1]]); // prettier-ignore
    expect(identity(D, 1, 3)).toEqual([[1, 0, 0]]);
    expect(zeros(D, 2, 1)).toEqual([[0], [0]]);
    expect(diagonal(D, [2, 3])).toEqual([[2, 0], [0, 3]]); // prettier-ignore
    expect(diagonal(D, [2], 2, 3)).toEqual([[2, 0, 0], [0, 0, 0]]); // prettier-ignore
    expect(texts(Q, diagonal(Q, ['1/3', Q.of('1/2')]))).toEqual([['1/3', '0'], ['0', '1/2']]); // prettier-ignore
    expect([diagonalOf([[1, 2, 3], [4, 5, 6]]), diagonalOf([[1], [2]])]).toEqual([[1, 5], [1]]); // prettier-ignore
    expect(vec([[1, 2], [3, 4]])).toEqual([1, 3, 2, 4]); // prettier-ignore
  });
});

describe('shapes that do not fit', () => {
  const [wide, tall] = [zeros(D, 2, 3), zeros(D, 3, 2)];

  test.each<[() => unknown, string]>([
    [() => matMul(D, wide, wide), 'the product of a 2×3 and a 2×3 matrix'],
    [() => plus(D, wide, tall), 'the sum of a 2×3 and a 3×2 matrix'],
    [() => minus(D, wide, tall), 'the difference of a 2×3 and a 3×2 matrix'],
    [() => matVec(D, wide, [1, 2]), 'the product of a 2×3 and a 2×1 matrix'],
    [() => dot(D, [1], [1, 2]), 'the inner product of 1 and 2 entries'],
    [() => trace(D, wide), 'the trace of a 2×3 matrix: expected a square one'],
    [() => determinant(D, wide), 'the determinant of a 2×3 matrix: expected a square one'],
    [() => inverse(D, tall), 'the inverse of a 3×2 matrix: expected a square one'],
    [() => solve(D, identity(D, 2), tall), 'the system of a 2×2 and a 3×2 matrix'],
  ])('are refused (%#)', (compute, message) => {
    expect(compute).toThrow(RangeError);
    expect(compute).toThrow(message);
  });
});
