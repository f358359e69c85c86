import { space, type Coordinate, type Extent } from '../src/claim/space';
import { doubles as D } from '../src/numerics/doubles';
import { inverse, matMul, minus, trace, transpose } from '../src/numerics/matrix';
import { beyond, coarse, counts, logUniform, orZero, signedLogUniform, uniform } from './coordinates';
import { matrix, vector, type MostOf } from './matrices';
import { orthogonal } from './spectra';

/**
 * Spaces of instances for matrix factorisation with fixed feedback, at a point: targets Y of n×m, factors Z of n×r and W of
 * r×m, feedback C of r×m; up to three rows and columns, r up to two. Entries are short fractions, so that identities are exact.
 */

type Rows = readonly (readonly number[])[];

/** Entries of either sign, of sizes 1/8 to 8. */
const entry = coarse(signedLogUniform(1 / 8, 8));
const box = (rows: Extent, columns: Extent, most: MostOf = [3, 3]): Coordinate<'matrix'> =>
  matrix(rows, columns, { entry, most });

/**
 * A first factor; where it has two columns, one time in four the second is the first plus 2^−2, …, 2^−9 times what it would be:
 * near to losing its column rank.
 */
const factor = (rows: Extent, columns: Extent, most: MostOf = [3, 2]): Coordinate<'matrix'> => {
  const law = box(rows, columns, most);
  return {
    ...law,
    describe: `${law.describe}; one time in four with nearly dependent columns`,
    size: 1 + law.size,
    decode: ([u, ...cube], shape) => {
      const Z = law.decode(cube, shape) as Rows;
      if (u! >= 1 / 4 || Z[0]!.length < 2) return Z;
      const by = 2 ** -(2 + Math.min(7, Math.floor(32 * u!)));
      return Z.map(([first, second]) => [first!, first! + by * second!]);
    },
  };
};

/** Z has no more columns than rows: it can have full column rank. */
const tall = space()
  .with('r', counts(1, 2))
  .with('n', ({ r }) => counts(r, 3))
  .with('m', counts(1, 3));

/** A target, feedback and a tall first factor: what FA* needs. */
export const targetAndFactor = tall.with('Y', box('n', 'm')).with('C', box('r', 'm')).with('Z', factor('n', 'r'));

/** As {@link targetAndFactor}, one column: m = 1, where feedback is a vector. */
export const columnAndFactor = space()
  .with('r', counts(1, 2))
  .with('n', ({ r }) => counts(r, 3))
  .with('Y', box('n', 1, [3, 1]))
  .with('C', box('r', 1, [3, 1]))
  .with('Z', factor('n', 'r'));

/** One column and feedback alone. */
export const columnAndFeedback = space()
  .with('r', counts(1, 2))
  .with('n', counts(1, 3))
  .with('Y', box('n', 1, [3, 1]))
  .with('C', box('r', 1, [3, 1]));

/** As {@link targetAndFactor} with Z the first r columns of the orthogonal Q, and a vector x. */
export const orthonormalFactor = tall
  .with('Y', box('n', 'm'))
  .with('C', box('r', 'm'))
  .with('Q', orthogonal('n', { most: 3 }))
  .with('x', box('r', 1, [3, 1]));

/** As {@link orthonormalFactor}, Q any square matrix. */
export const anySquareFactor = tall
  .with('Y', box('n', 'm'))
  .with('C', box('r', 'm'))
  .with('Q', box('n', 'n'))
  .with('x', box('r', 1, [3, 1]));

/** A target, feedback and both factors, of all shapes: what FA needs. */
export const targetAndFactors = space()
  .with('n', counts(1, 3))
  .with('m', counts(1, 3))
  .with('r', counts(1, 2))
  .with('Y', box('n', 'm'))
  .with('C', box('r', 'm'))
  .with('Z', box('n', 'r'))
  .with('W', box('r', 'm'));

/** As {@link targetAndFactors} with as many hidden units as outputs, where products in either order are defined. */
export const squareFeedback = space()
  .with('n', counts(1, 3))
  .with('m', counts(1, 2))
  .with('Y', box('n', 'm'))
  .with('C', box('m', 'm'))
  .with('Z', box('n', 'm'))
  .with('W', box('m', 'm'));

/** Feedback from a law, or its negative: whichever makes ‖(Y − ZW)Cᵀ‖_F² increase along FA* at Z. */
const increasing = (law: Coordinate<'matrix'>, Y: Rows, Z: Rows): Coordinate<'matrix'> => ({
  ...law,
  describe: `${law.describe}, all of the sign that makes the loss increase`,
  decode: (cube, shape) => {
    const C = law.decode(cube, shape) as Rows;
    const W = matMul(D, inverse(D, matMul(D, transpose(Z), Z)), transpose(Z), Y);
    const residual = matMul(D, minus(D, Y, matMul(D, Z, W)), transpose(C));
    // The derivative of the loss is minus twice this.
    const form = trace(D, matMul(D, residual, C, transpose(W), transpose(residual)));
    return form > 0 ? C.map((row) => row.map((x) => -x)) : C;
  },
});

/** More rows than columns in Z, so that the target need not be fitted. */
const taller = space()
  .with('r', counts(1, 2))
  .with('n', ({ r }) => counts(r + 1, 3));

/** As {@link columnAndFactor}, with a loss that increases along FA*. */
export const increasingColumn = taller
  .with('Y', box('n', 1, [3, 1]))
  .with('Z', factor('n', 'r'))
  .with('C', ({ Y, Z }) => increasing(box('r', 1, [3, 1]), Y, Z));

/** As {@link orthonormalFactor}, with a loss that increases along FA*. */
export const increasingOrthonormal = taller
  .with('m', counts(1, 3))
  .with('Y', box('n', 'm'))
  .with('Q', orthogonal('n', { most: 3 }))
  .with('C', ({ r, Y, Q }) => increasing(box('r', 'm'), Y, Q.map((row) => row.slice(0, r)))); // prettier-ignore

/** Positive numbers that do not increase: each is the next plus a number that may be 0. */
const descending = (length: Extent, most: number): Coordinate<'vector'> => {
  const gap = orZero(coarse(uniform(0, 4)));
  const gaps = vector(length, { entry: coarse(logUniform(1 / 8, 8)), most });
  return {
    ...gaps,
    describe: `${length} numbers, the last ${coarse(logUniform(1 / 8, 8)).describe}, gaps between them ${gap.describe}`,
    decode: (cube, [n]) => {
      const sums = [coarse(logUniform(1 / 8, 8)).decode(cube[0]!)];
      for (let k = 1; k < n!; k++) sums.unshift(sums[0]! + gap.decode(cube[k]!));
      return sums;
    },
  };
};

/**
 * Matrices by their singular values, in coordinates that make two factors of them the identity: Z = diag(z), n×r,
 * C = P diag(c), r×m, Y = U diag(y) Vᵀ, n×m, and some W = Q diag(w) Vᵀ, r×m. Of c, y and w as many count as the matrix has.
 */
export const bySingularValues = tall
  .with('z', descending('r', 2))
  .with('c', descending('r', 2))
  .with('w', descending('r', 2))
  .with('y', descending('n', 3))
  .with('P', orthogonal('r', { most: 2 }))
  .with('Q', orthogonal('r', { most: 2 }))
  .with('U', orthogonal('n', { most: 3 }))
  .with('V', orthogonal('m', { most: 3 }));

/** As {@link bySingularValues}, less W, with more rows than columns in Z, so that Y need not be fitted. */
export const moreRows = space()
  .with('r', counts(1, 2))
  .with('n', ({ r }) => counts(r + 1, 3))
  .with('m', counts(1, 3))
  .with('z', descending('r', 2))
  .with('Y', box('n', 'm'))
  .with('C', box('r', 'm'));

/** As {@link bySingularValues} with an accuracy and factors by which Y and C grow and Z shrinks. */
export const byScales = tall
  .with('z', descending('r', 2))
  .with('Y', box('n', 'm'))
  .with('C', box('r', 'm'))
  .with('s1Y', coarse(logUniform(1 / 8, 8)))
  .with('s1C', coarse(logUniform(1 / 8, 8)))
  .with('eps', coarse(logUniform(1 / 1024, 1)))
  .with('a', beyond(1))
  .with('b', beyond(1))
  .with('s', beyond(1));

/** As {@link targetAndFactor} with a second factor, and inputs: the first n columns of the orthogonal Q, of N ≥ n rows. */
export const isotropicInputs = space()
  .with('r', counts(1, 2))
  .with('n', ({ r }) => counts(r, 2))
  .with('m', counts(1, 2))
  .with('N', ({ n }) => counts(n, 3))
  .with('Y', box('n', 'm', [2, 2]))
  .with('C', box('r', 'm', [2, 2]))
  .with('Z', factor('n', 'r', [2, 2]))
  .with('W', box('r', 'm', [2, 2]))
  .with('Q', orthogonal('N', { most: 3 }));

/** As {@link targetAndFactor} with a second factor. */
export const tallFactors = targetAndFactor.with('W', box('r', 'm'));

/** Everything 2×2. */
export const twoByTwo = space()
  .with('Y', box(2, 2, [2, 2]))
  .with('C', box(2, 2, [2, 2]))
  .with('Z', box(2, 2, [2, 2]))
  .with('W', box(2, 2, [2, 2]));
