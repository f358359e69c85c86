/** Full rank, against elimination in fractions. */
import { fullColumnRank, fullRank, sizeOf } from '../../oracles/matrices';
import type { Finding, Reading } from '../../src/claim/finding';
import type { Real } from '../../src/numerics/arithmetic';
import { matMul, matrixOf, transpose, type Matrix } from '../../src/numerics/matrix';
import type { Fraction } from '../../src/numerics/rational';
import { randomFrom } from '../support/random';
import { anyOf, B, D, Q } from '../support/readings';

const over = <N>(R: Reading<N>, A: Matrix<Real>): Matrix<N> => A.map((row) => row.map((x) => R.of(x)));
/** What a word comes to: in doubles, rationals and balls. */
const outcomes = (found: <N>(R: Reading<N>) => Finding): readonly string[] =>
  anyOf(D, Q, B).map((R) => {
    const { breaks, unresolved } = found(R);
    return breaks > 0 ? 'breaks' : unresolved > 0 ? 'unresolved' : 'holds';
  });

const random = randomFrom('matrices of full rank');
const sevenths = (rows: number, columns: number): Matrix<Real> =>
  matrixOf(rows, columns, () => `${random.whole(-20, 20)}/7`);
const exactProduct = (A: Matrix<Real>, C: Matrix<Real>): Matrix<Real> =>
  matMul(Q, over(Q, A), over(Q, C)).map((row) => row.map((x) => Q.exactText(x)!));

describe('matrices of full rank', () => {
  test('are those with a minor of the shorter side that is not zero, by exact numbers', () => {
    const seen = { holds: 0, breaks: 0 };
    for (let trial = 0; trial < 200; trial++) {
      const [rows, columns, rank] = [random.whole(1, 3), random.whole(1, 3), random.whole(1, 3)];
      // A product through `rank` is of that rank at most: often less than full.
      const A = exactProduct(sevenths(rows, rank), sevenths(rank, columns));
      const expected = rankOf(A) === Math.min(rows, columns) ? 'holds' : 'breaks';
      seen[expected]++;
      const [inDoubles, inRationals, inBalls] = outcomes((R) => fullRank(R, over(R, A)));
      expect(inRationals).toBe(expected);
      expect([expected, 'unresolved']).toContain(inBalls);
      expect([expected, 'unresolved']).toContain(inDoubles);
    }
    expect(seen.holds).toBeGreaterThan(50);
    expect(seen.breaks).toBeGreaterThan(30);
  });

  test('wide or tall alike, and a row of zeros is seen in a wide one only', () => {
    const wide: Matrix<Real> = [[1, 2, 0], [0, '1/3', 1]]; // prettier-ignore
    for (const A of [wide, transpose(wide), [...transpose(wide), [0, 0]]]) {
      expect(outcomes((R) => fullRank(R, over(R, A)))).toEqual(['holds', 'holds', 'holds']);
    }
    const lacking: Matrix<Real> = [[1, 2, 0], [0, 0, 0]]; // prettier-ignore
    expect(fullRank(Q, over(Q, lacking))).toMatchObject({ breaks: 1, firstBreak: { part: 'pivot 2' } });
  });
});

/** The rank by Gaussian elimination in fractions. */
function rankOf(A: Matrix<Real>): number {
  let rows: Matrix<Fraction> = over(Q, A);
  let rank = 0;
  for (let j = 0; j < rows[0]!.length; j++) {
    const k = rows.findIndex((row, i) => i >= rank && Q.sign(row[j]!) !== 0);
    if (k < 0) continue;
    const pivot = rows[k]!;
    const others = rows.filter((_, i) => i !== k);
    const cleared = others.map((row, i) =>
      i < rank ? row : row.map((x, c) => Q.sub(x, Q.mul(pivot[c]!, Q.div(row[j]!, pivot[j]!)))),
    );
    rows = [...cleared.slice(0, rank), pivot, ...cleared.slice(rank)];
    rank++;
  }
  return rank;
}

describe('full column rank', () => {
  test('is full rank of a matrix that is not wide, and never that of a wide one', () => {
    const seen = { holds: 0, breaks: 0 };
    for (let trial = 0; trial < 200; trial++) {
      const [rows, columns, rank] = [random.whole(1, 3), random.whole(1, 3), random.whole(1, 3)];
      const A = exactProduct(sevenths(rows, rank), sevenths(rank, columns));
      const expected = rankOf(A) === columns ? 'holds' : 'breaks';
      seen[expected]++;
      const [inDoubles, inRationals, inBalls] = outcomes((R) => fullColumnRank(R, over(R, A)));
      expect(inRationals).toBe(expected);
      expect([expected, 'unresolved']).toContain(inBalls);
      expect([expected, 'unresolved']).toContain(inDoubles);
    }
    expect(Math.min(seen.holds, seen.breaks)).toBeGreaterThan(30);
  });
});

test('the size of a product is that of the largest entries of its factors', () => {
  expect(sizeOf(Q, over(Q, [[1, -3], [2, 0]]), over(Q, [['1/2']]))).toBe(3 / 2); // prettier-ignore
  expect(sizeOf(D, [[-4]], [[0, 5]], [[2], [1]])).toBe(40);
  expect(sizeOf(D)).toBe(1);
});
