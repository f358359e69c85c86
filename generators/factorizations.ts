import { space, type Coordinate, type Extent } from '../src/claim/space';
import { coarse, counts, signedLogUniform } from './coordinates';
import { matrix, type MostOf } from './matrices';
import { orthogonal } from './spectra';

/**
 * Spaces of instances for matrix factorisation with fixed feedback, at a point: targets Y of n×m, factors Z of n×r and W of
 * r×m, feedback C of r×m; up to three rows and columns, r up to two. Entries are short fractions, so that identities are exact.
 */

/** Entries of either sign, of sizes 1/8 to 8. */
const entry = coarse(signedLogUniform(1 / 8, 8));
const box = (rows: Extent, columns: Extent, most: MostOf = [3, 3]): Coordinate<'matrix'> =>
  matrix(rows, columns, { entry, most });

/** Z has no more columns than rows: it can have full column rank. */
const tall = space()
  .with('r', counts(1, 2))
  .with('n', ({ r }) => counts(r, 3))
  .with('m', counts(1, 3));

/** A target, feedback and a tall first factor: what FA* needs. */
export const targetAndFactor = tall.with('Y', box('n', 'm')).with('C', box('r', 'm')).with('Z', box('n', 'r'));

/** As {@link targetAndFactor}, one column: m = 1, where feedback is a vector. */
export const columnAndFactor = space()
  .with('r', counts(1, 2))
  .with('n', ({ r }) => counts(r, 3))
  .with('Y', box('n', 1, [3, 1]))
  .with('C', box('r', 1, [3, 1]))
  .with('Z', box('n', 'r'));

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
  .with('m', counts(1, 3))
  .with('Y', box('n', 'm'))
  .with('C', box('m', 'm'))
  .with('Z', box('n', 'm'))
  .with('W', box('m', 'm'));
