/** Words on matrices: what each must see in doubles, rationals and balls, and what it must leave open. */
import { SVD, Matrix as Ml } from 'ml-matrix';
import {
  diagonalMatrix,
  equalMatrices,
  operatorNormAtLeast,
  normAtMost,
  operatorNormAtMost,
  operatorNormSquaredAtMost,
  positiveDefinite,
  symmetric,
} from '../../oracles/matrices';
import { topVector } from '../../oracles/top-vector';
import type { Finding, Reading } from '../../src/claim/finding';
import type { Real } from '../../src/numerics/arithmetic';
import {
  determinant,
  identity,
  matMul,
  matrixOf,
  minus,
  scale,
  transpose,
  type Matrix,
} from '../../src/numerics/matrix';
import { toDouble } from '../../src/numerics/real';
import { randomFrom } from '../support/random';
import { anyOf, B, D, Q, strainedReadings } from '../support/readings';

const over = <N>(R: Reading<N>, A: Matrix<Real>): Matrix<N> => A.map((row) => row.map((x) => R.of(x)));
/** What a word comes to: in doubles, rationals and balls. */
const outcomes = (found: <N>(R: Reading<N>) => Finding): readonly string[] =>
  anyOf(D, Q, B).map((R) => {
    const { breaks, unresolved, equal } = found(R);
    return breaks > 0 ? 'breaks' : unresolved > 0 ? 'unresolved' : equal > 0 ? 'equal' : 'holds';
  });

const random = randomFrom('words on matrices');
/** Sevenths, which no ball holds exactly, as text. */
const sevenths = (rows: number, columns = rows): Matrix<Real> =>
  matrixOf(rows, columns, () => `${random.whole(-20, 20)}/7`);
const exactProduct = (A: Matrix<Real>, C: Matrix<Real>): Matrix<Real> =>
  matMul(Q, over(Q, A), over(Q, C)).map((row) => row.map((x) => Q.exactText(x)!));
const changed = (A: Matrix<Real>, i: number, j: number, by: Real): Matrix<Real> =>
  A.map((row, k) => row.map((x, l) => (k === i && l === j ? Q.exactText(Q.add(x, by))! : x)));

describe('equal matrices', () => {
  const A: Matrix<Real> = [['1/7', 2, 0], ['-3/7', '5/7', 1]]; // prettier-ignore

  test.each([
    [0, 0],
    [0, 2],
    [1, 1],
    [1, 2],
  ])('one entry off by a thousandth is seen, and where it is (%i, %i)', (i, j) => {
    // prettier-ignore
    for (const R of anyOf(D, Q, B)) {
      const found = equalMatrices(R, over(R, A), over(R, changed(A, i, j, '1/1000')));
      expect(found).toMatchObject({ breaks: 1, holds: 0, firstBreak: { at: 3 * i + j, part: `entry [${i}][${j}]` } });
    }
  });

  test('one entry off by a millionth of a millionth is seen, but not in doubles', () => {
    const found = <N>(R: Reading<N>): Finding =>
      equalMatrices(R, over(R, A), over(R, changed(A, 1, 0, '1/1000000000000')));
    expect(outcomes(found)).toEqual(['unresolved', 'breaks', 'breaks']);
  });

  test('what is equal is equal in exact numbers and balls, zeros among the others too', () => {
    // (A − A/3) − 2A/3: zeros that balls know to a few units only.
    const twoThirds = <N>(R: Reading<N>): Matrix<N> => minus(R, over(R, A), scale(R, '1/3', over(R, A)));
    const other = <N>(R: Reading<N>): Matrix<N> => scale(R, '2/3', over(R, A));
    expect(outcomes((R) => equalMatrices(R, twoThirds(R), other(R)))).toEqual(['unresolved', 'equal', 'equal']);
    expect(equalMatrices(B, twoThirds(B), other(B)).equal).toBe(6);
    const entries = <N>(R: Reading<N>): Matrix<N> => minus(R, twoThirds(R), other(R));
    const one = <N>(R: Reading<N>): Matrix<N> => [[...entries(R)[0]!, R.of(1)]];
    expect(outcomes((R) => equalMatrices(R, one(R), over(R, [[0, 0, 0, 1]])))[2]).toBe('equal');
  });

  test('an entry is measured against the numbers subtracted on the way, where these are larger', () => {
    const found = (scaled: number): Finding => equalMatrices(D, [[1e-4]], [[0]], { scale: scaled });
    expect([found(0).breaks, found(1).breaks, found(1000).unresolved]).toEqual([1, 1, 1]);
    expect(equalMatrices(B, [[B.of('1/10000')]], [[B.of(0)]], { scale: 1000 }).breaks).toBe(1);
  });

  test('along a path the index is the step', () => {
    const found = equalMatrices(Q, over(Q, A), over(Q, changed(A, 1, 2, 1)), { at: 7 });
    expect(found.firstBreak).toMatchObject({ at: 7, part: 'entry [1][2]' });
  });

  test('matrices of different shape are not compared', () => {
    expect(() => equalMatrices(D, [[1, 2]], [[1], [2]])).toThrow('a 1×2 matrix is compared with a 2×1 one');
  });
});

describe('symmetric and diagonal matrices', () => {
  const S: Matrix<Real> = [['1/7', 2, '3/7'], [2, 0, '5/7'], ['3/7', '5/7', 1]]; // prettier-ignore
  const L: Matrix<Real> = [['1/7', 0], [0, 2], [0, 0]]; // prettier-ignore

  test('one entry that differs from the one across the diagonal is seen', () => {
    expect(outcomes((R) => symmetric(R, over(R, S)))).toEqual(['unresolved', 'equal', 'equal']);
    for (const [i, j] of [
      [0, 1],
      [1, 0],
      [2, 1],
      [0, 2],
    ] as const) {
      // prettier-ignore
      for (const R of anyOf(D, Q, B)) {
        const found = symmetric(R, over(R, changed(S, i, j, '1/1000')));
        expect(found).toMatchObject({ breaks: 1, firstBreak: { part: `entry [${Math.min(i, j)}][${Math.max(i, j)}]` } });
      }
      const little = (R: Reading<never>): Finding => symmetric(R, over(R, changed(S, i, j, '1/1000000000')));
      expect(outcomes(little as never)).toEqual(['unresolved', 'breaks', 'breaks']);
    }
    expect(() => symmetric(D, [[1, 2]])).toThrow('a 1×2 matrix: expected a square one');
  });

  test('one entry off the diagonal is seen, whatever its sign, in a matrix that need not be square', () => {
    expect(outcomes((R) => diagonalMatrix(R, over(R, L)))).toEqual(['unresolved', 'equal', 'equal']);
    for (const [i, j] of [
      [0, 1],
      [1, 0],
      [2, 0],
      [2, 1],
    ] as const) {
      // prettier-ignore
      for (const by of ['1/1000', '-1/1000']) {
        for (const R of anyOf(D, Q, B)) expect(diagonalMatrix(R, over(R, changed(L, i, j, by))).breaks).toBe(1);
      }
    }
    expect(outcomes((R) => diagonalMatrix(R, over(R, changed(L, 0, 0, 5))))[1]).toBe('equal');
  });

  test('zeros that are known loosely are measured against the largest entry', () => {
    const zero = <N>(R: Reading<N>, factor: number): N => R.mul(factor, R.sub(R.mul('1/3', 3), 1));
    const A = <N>(R: Reading<N>): Matrix<N> => [[R.of(1), zero(R, 1)], [zero(R, -5), R.of(2)]]; // prettier-ignore
    expect(B.sign(zero(B, 1))).toBeUndefined();
    for (const word of [symmetric, diagonalMatrix]) {
      expect(outcomes((R) => word(R, A(R)))).toEqual(['unresolved', 'equal', 'equal']);
    }
  });

  test('of one number there is one comparison, which is equal', () => {
    for (const word of [symmetric, diagonalMatrix]) {
      expect(outcomes((R) => word(R, over(R, [['1/7']])))).toEqual(['unresolved', 'equal', 'equal']);
      expect(word(Q, over(Q, [['1/7']])).worst).toMatchObject({ left: { exact: '0' }, right: { exact: '0' } });
    }
  });
});

describe('positive definite matrices', () => {
  test('are those whose leading principal minors are all positive, by exact numbers', () => {
    const seen = { holds: 0, breaks: 0 };
    for (let trial = 0; trial < 300; trial++) {
      const n = random.whole(1, 4);
      const half = sevenths(n);
      const S = half.map((row, i) =>
        row.map((x, j) => (i === j ? `${random.whole(0, 90)}/7` : i > j ? x : half[j]![i]!)),
      );
      const minors = S.map((_, k) =>
        determinant(
          Q,
          over(
            Q,
            S.slice(0, k + 1).map((row) => row.slice(0, k + 1)),
          ),
        ),
      );
      const expected = minors.every((minor) => Q.sign(minor) === 1) ? 'holds' : 'breaks';
      seen[expected]++;
      const [inDoubles, inRationals, inBalls] = outcomes((R) => positiveDefinite(R, over(R, S)));
      expect(inRationals).toBe(expected);
      // Singular to the last bit is left open by balls, and what is close to it by doubles.
      if (minors.every((minor) => Q.sign(minor) !== 0)) expect(inBalls).toBe(expected);
      expect([expected, 'unresolved']).toContain(inDoubles);
    }
    expect(seen.holds).toBeGreaterThan(50);
    expect(seen.breaks).toBeGreaterThan(50);
  });

  test('are told from indefinite ones with a positive diagonal, at the pivot that fails', () => {
    const indefinite: Matrix<Real> = [[1, 2, 0], [2, 5, 3], [0, 3, 8]]; // prettier-ignore
    for (const R of anyOf(D, Q, B)) {
      const found = positiveDefinite(R, over(R, indefinite), { at: 4 });
      expect(found).toMatchObject({ holds: 2, breaks: 1, firstBreak: { at: 4, part: 'pivot 3' } });
      expect(found.worst).toMatchObject({ left: { upper: 9 }, right: { lower: 8 } });
      expect(positiveDefinite(R, over(R, changed(indefinite, 2, 2, 2)))).toMatchObject({ holds: 3, breaks: 0 });
    }
  });

  test('do not include semidefinite ones: exact numbers see that, balls and doubles leave it open', () => {
    const semidefinite: Matrix<Real> = [['1/7', '2/7'], ['2/7', '4/7']]; // prettier-ignore
    expect(outcomes((R) => positiveDefinite(R, over(R, semidefinite)))).toEqual(['unresolved', 'breaks', 'unresolved']);
    expect(outcomes((R) => positiveDefinite(R, over(R, changed(semidefinite, 1, 1, '1/1000000000'))))).toEqual([
      ...['unresolved', 'holds', 'holds'],
    ]);
    expect(outcomes((R) => positiveDefinite(R, over(R, changed(semidefinite, 1, 1, '-1/1000000000'))))).toEqual([
      ...['unresolved', 'breaks', 'breaks'],
    ]);
    expect(outcomes((R) => positiveDefinite(R, over(R, [[0]])))).toEqual(['unresolved', 'breaks', 'breaks']);
  });

  test('of a shape that is not square are refused', () => {
    expect(() => positiveDefinite(D, [[1, 2]])).toThrow('a 1×2 matrix: expected a square one');
  });
});

describe('operator norms', () => {
  const normOf = (A: Matrix<Real>): number => {
    const doubles = A.map((row) => row.map(toDouble));
    return Math.max(...new SVD(new Ml(doubles), { autoTranspose: true }).diagonal);
  };
  const matrices = Array.from({ length: 60 }, () => sevenths(random.whole(1, 4), random.whole(1, 4)));

  test('a bound a thousandth above the largest singular value holds, one below it breaks, in every arithmetic', () => {
    for (const A of matrices) {
      const s = normOf(A);
      if (s === 0) continue;
      expect(outcomes((R) => operatorNormAtMost(R, over(R, A), s * 1.001))).toEqual(['holds', 'holds', 'holds']);
      expect(outcomes((R) => operatorNormAtMost(R, over(R, A), s * 0.999))).toEqual(['breaks', 'breaks', 'breaks']);
    }
  });

  test('one part in a thousand million is seen by exact numbers and balls, and left open by doubles', () => {
    for (const A of matrices) {
      const s = normOf(A);
      if (s === 0) continue;
      expect(outcomes((R) => operatorNormAtMost(R, over(R, A), s * (1 + 1e-9)))).toEqual([
        ...['unresolved', 'holds', 'holds'],
      ]);
      expect(outcomes((R) => operatorNormAtMost(R, over(R, A), s * (1 - 1e-9)))).toEqual([
        ...['unresolved', 'breaks', 'breaks'],
      ]);
    }
  });

  test('a break is shown by a vector of short numbers', () => {
    const found = operatorNormAtMost(Q, over(Q, [[2, 1], [1, 1]]), 2); // prettier-ignore
    // The vector is (1, (√5 − 1)/2), to quarters (1, 1/2): it goes to (5/2, 3/2).
    expect(found.worst).toMatchObject({ part: 'along a vector', left: { exact: '17/2' }, right: { exact: '5' } });
  });

  test('how tight a bound is shows in the comparison along a vector, which is the last one to be rounded', () => {
    const golden = (1 + Math.sqrt(5)) / 2;
    const tight = operatorNormAtMost(Q, over(Q, [[2, 1], [1, 1]]), 3); // prettier-ignore
    expect(tight.worst!.violation).toBeCloseTo((golden ** 4 - 9) / (golden ** 4 + 9), 12);
    const broken = operatorNormAtMost(Q, over(Q, [[2, 1], [1, 1]]), golden ** 2 * (1 - 1e-12)); // prettier-ignore
    expect(broken.worst).toMatchObject({ part: 'along a vector' });
    const found = operatorNormAtMost(Q, over(Q, [[3, 0], [0, 1]]), 4); // prettier-ignore
    expect(found.worst!.violation).toBeCloseTo((9 - 16) / (9 + 16), 12);
  });

  const orthogonal: Matrix<Real> = [['3/5', '-4/5', 0], ['4/5', '3/5', 0], [0, 0, 1]]; // prettier-ignore

  test.each<[string, Matrix<Real>, Real]>([
    ['by one vector', [['3/7', '4/7']], '5/7'],
    ['by two, and by no third', exactProduct(orthogonal, [[1, 0, 0], [0, 1, 0], [0, 0, '1/3']]), 1], // prettier-ignore
    ['by all', orthogonal, 1],
    ['by zero', [[0, 0]], 0],
  ])(
    'a bound that is attained %s is equal in exact numbers and to resolution, and left open by doubles',
    (_what, A, s) => {
      expect(outcomes((R) => operatorNormAtMost(R, over(R, A), s))).toEqual(['unresolved', 'equal', 'equal']);
      const [SD, SQ, SB] = strainedReadings({ bounds: 0.05, identities: 0 });
      if (s !== 0) for (const R of anyOf(SD, SQ, SB)) expect(operatorNormAtMost(R, over(R, A), s).breaks).toBe(1);
    },
  );

  test('what is above a bound by less than any double shows is seen exactly', () => {
    // Rows of length 1 that are not quite orthogonal to each other: [[a, b], [b, a]] has the norm a + b > 1.
    const t = 10n ** 40n;
    const [a, b] = [`${t * t - 1n}/${t * t + 1n}`, `${2n * t}/${t * t + 1n}`];
    const A: Matrix<Real> = [[a, b], [b, a]]; // prettier-ignore
    expect(operatorNormAtMost(Q, over(Q, A), 1).breaks).toBeGreaterThan(0);
    expect(operatorNormAtMost(Q, over(Q, A), Q.add(a, b)).breaks).toBe(0);
    // Wide, so that the smaller Gram matrix is one number.
    expect(operatorNormAtMost(Q, over(Q, [[1, `1/${t}`]]), 1).breaks).toBeGreaterThan(0);
    expect(operatorNormAtMost(B, over(B, [[1, 1e-15]]), 1).breaks).toBe(1);
  });

  test('in closed form, or with the square of the bound, a norm is found the same', () => {
    for (const A of matrices) {
      const s = normOf(A);
      if (s === 0) continue;
      for (const factor of [1.001, 0.999]) {
        const found = outcomes((R) => operatorNormAtMost(R, over(R, A), s * factor));
        expect(outcomes((R) => normAtMost(R, over(R, A), s * factor))).toEqual(found);
        expect(outcomes((R) => operatorNormSquaredAtMost(R, over(R, A), R.power(s * factor, 2)))).toEqual(found);
      }
      expect(outcomes((R) => normAtMost(R, over(R, A), s * (1 - 1e-9))).slice(1)).toEqual(['breaks', 'breaks']);
    }
    // (3 4; −4 3) is five times a rotation: no room on either side, and none for an entry off the diagonal.
    const turned = [[3, 4], [-4, 3]]; // prettier-ignore
    expect(outcomes((R) => normAtMost(R, over(R, turned), 5))).toEqual(['unresolved', 'equal', 'equal']);
    const leaning = [[3, 4], [4, 3]]; // prettier-ignore
    expect(outcomes((R) => normAtMost(R, over(R, leaning), 5))[1]).toBe('breaks');
    expect(outcomes((R) => normAtMost(R, over(R, leaning), 7))).toEqual(['unresolved', 'equal', 'equal']);
  });

  test('no norm is below a negative number', () => {
    for (const A of [[[0]], [[1]]]) {
      expect(outcomes((R) => normAtMost(R, over(R, A), -2))).toEqual(['breaks', 'breaks', 'breaks']);
      expect(outcomes((R) => operatorNormAtMost(R, over(R, A), -2))).toEqual(['breaks', 'breaks', 'breaks']);
      expect(outcomes((R) => operatorNormAtLeast(R, over(R, A), '-1/7', [1]))).toEqual(['holds', 'holds', 'holds']);
    }
  });

  test('a lower bound is shown by the vector that is stretched most, up to the norm and not beyond', () => {
    for (const A of matrices) {
      const s = normOf(A);
      if (s === 0) continue;
      const at = (factor: number) =>
        outcomes((R) => operatorNormAtLeast(R, over(R, A), s * factor, topVector(R, over(R, A))));
      expect(at(0.999)).toEqual(['holds', 'holds', 'holds']);
      expect(at(1 - 1e-9)).toEqual(['unresolved', 'holds', 'holds']);
      expect(at(1 + 1e-9)).toEqual(['unresolved', 'breaks', 'breaks']);
      expect(at(1.001)).toEqual(['breaks', 'breaks', 'breaks']);
    }
  });

  test('another vector shows less, and zeros show nothing', () => {
    const A = [[3, 0], [0, 1]]; // prettier-ignore
    expect(outcomes((R) => operatorNormAtLeast(R, over(R, A), 2, [0, 1]))).toEqual(['breaks', 'breaks', 'breaks']);
    expect(outcomes((R) => operatorNormAtLeast(R, over(R, A), 2, ['1/7', 0]))).toEqual(['holds', 'holds', 'holds']);
    for (const R of anyOf(D, Q, B)) {
      expect(() => operatorNormAtLeast(R, over(R, A), 2, [0, 0])).toThrow(
        'a vector of zeros shows nothing about a norm',
      );
    }
  });

  test('the index is the step', () => {
    expect(operatorNormAtMost(Q, over(Q, [[2]]), 1, { at: 5 }).firstBreak!.at).toBe(5);
    expect(operatorNormAtMost(Q, over(Q, [[2]]), -1, { at: 5 }).firstBreak!.at).toBe(5);
    expect(operatorNormAtLeast(Q, over(Q, [[2]]), 3, [1], { at: 5 }).firstBreak!.at).toBe(5);
  });
});

describe('the vector that is stretched most', () => {
  test('is stretched by the largest singular value, to rounding', () => {
    for (let trial = 0; trial < 100; trial++) {
      const A = matrixOf(random.whole(1, 6), random.whole(1, 6), () => random.signed(1e-3, 1e3));
      const x = topVector(D, A);
      const stretched = Math.sqrt(new Ml(A.map((row) => [...row])).mmul(Ml.columnVector([...x])).norm() ** 2);
      const norm = new SVD(new Ml(A.map((row) => [...row])), { autoTranspose: true }).norm2;
      expect(stretched / Math.hypot(...x) / norm).toBeGreaterThan(1 - 1e-12);
      expect(Math.max(...x.map(Math.abs))).toBe(1);
    }
  });

  test('exists for zeros, tiny and huge numbers, and what is not finite', () => {
    expect(topVector(D, [[0, 0]])).toEqual([1, 0]);
    expect(topVector(D, [[NaN, 0]])).toEqual([1, 0]);
    expect(topVector(D, [[Infinity, 0]])).toEqual([1, 0]);
    expect(topVector(D, [[5e-324, 0], [0, 1e-320]])).toEqual([0, 1]); // prettier-ignore
    expect(topVector(D, [[1e308, 0], [0, 1e300]])).toEqual([1, 0]); // prettier-ignore
    expect(topVector(Q, identity(Q, 2))).toHaveLength(2);
    expect(transpose([topVector(B, over(B, [['1/3', '-1/3']]))])).toEqual([[1], [-1]]);
  });
});
