/** Small instances of what the large-error theorems do: a matrix with its singular vectors, and projections. */
import { space, type Coordinate, type Extent } from '../src/claim/space';
import { coarse, counts, logUniform, orZero, signedLogUniform } from './coordinates';
import { countsAbove, ranksAndSizes } from './large-error';
import { matrix, vector } from './matrices';
import { orthogonal } from './spectra';

const entry = coarse(signedLogUniform(1 / 8, 8), 3);
const zeroAtTimes = orZero(entry);
const sizes = orZero(coarse(logUniform(1 / 8, 8), 3));
const box = (rows: Extent, columns: Extent, most: readonly [number, number]): Coordinate<'matrix'> =>
  matrix(rows, columns, { entry: zeroAtTimes, most });

/**
 * Y = U diag(sigma) Vᵀ of any shape up to 3×2, and A = FG of rank k with r columns: F is n×k, G is k×r. Singular values
 * may be 0 and are in no order.
 */
export const matrixAndSpan = space()
  .with('n', counts(1, 3))
  .with('m', counts(1, 2))
  .with('k', ({ n }) => counts(1, n))
  .with('r', ({ k }) => countsAbove(k, 1))
  .with('U', orthogonal('n', { most: 3 }))
  .with('V', orthogonal('m', { most: 2 }))
  .with('sigma', vector('n', { entry: sizes, most: 3 }))
  .with('F', box('n', 'k', [3, 3]))
  .with('G', box('k', 'r', [3, 4]));

/** The setting of Theorem 3, small: r < n ≤ m, singular vectors U and V, feedback C, and a change of basis M. */
export const stationaryPoints = space()
  .with('r', counts(1, 2))
  .with('n', ({ r }) => countsAbove(r + 1, 1))
  .with('m', ({ n }) => countsAbove(n, 4 - n))
  .with('U', orthogonal('n', { most: 4 }))
  .with('V', orthogonal('m', { most: 4 }))
  .with('C', matrix('r', 'm', { entry, most: [2, 4] }))
  .with('M', matrix('r', 'r', { entry, most: [2, 2] }));

/** An orthonormal basis U of ℝⁿ, n up to 3, and r < n columns A. */
export const basisAndColumns = space()
  .with('r', counts(1, 2))
  .with('n', ({ r }) => countsAbove(r + 1, 2 - r))
  .with('U', orthogonal('n', { most: 3 }))
  .with('A', box('n', 'r', [3, 2]));

/**
 * A column (x, y) of ℝ^d ⊕ ℝ^e and c earlier columns, the blocks F (d×c) and H (e×c): what the Gram-Schmidt steps of the
 * proof see in the basis of the left singular vectors.
 */
export const columnAndEarlier = space()
  .with('d', counts(1, 2))
  .with('e', counts(1, 2))
  .with('c', ({ e }) => counts(1, e))
  .with('x', vector('d', { entry: zeroAtTimes, most: 2 }))
  .with('y', vector('e', { entry: zeroAtTimes, most: 2 }))
  .with('F', box('d', 'c', [2, 2]))
  .with('H', box('e', 'c', [2, 2]));

/** As {@link columnAndEarlier}, and a rank and a size as in Theorem 3. */
export const columnAndSize = ranksAndSizes(2)
  .with('d', counts(1, 2))
  .with('e', counts(1, 2))
  .with('c', ({ e }) => counts(1, e))
  .with('x', vector('d', { entry: zeroAtTimes, most: 2 }))
  .with('y', vector('e', { entry: zeroAtTimes, most: 2 }))
  .with('F', box('d', 'c', [2, 2]))
  .with('H', box('e', 'c', [2, 2]));

/** Right singular vectors V of a matrix with n rows and m ≥ n columns, its left ones U, and feedback C with r rows. */
export const feedbackAndVectors = space()
  .with('n', counts(1, 3))
  .with('m', ({ n }) => countsAbove(n, 3 - n))
  .with('r', counts(1, 3))
  .with('U', orthogonal('n', { most: 3 }))
  .with('V', orthogonal('m', { most: 3 }))
  .with('sigma', vector('n', { entry: sizes, most: 3 }))
  .with('C', box('r', 'm', [3, 3]));

/** As {@link feedbackAndVectors} with as many rows of C as columns, so that C and its transpose have one shape. */
export const squareFeedback = space()
  .with('n', counts(1, 3))
  .with('m', ({ n }) => countsAbove(n, 3 - n))
  .with('U', orthogonal('n', { most: 3 }))
  .with('V', orthogonal('m', { most: 3 }))
  .with('sigma', vector('n', { entry: sizes, most: 3 }))
  .with('C', box('m', 'm', [3, 3]));
