import { space, type Coordinate, type Extent } from '../src/claim/space';
import { coarse, counts, signedLogUniform } from './coordinates';
import { matrix, type MostOf } from './matrices';

/**
 * Parameters from which stationary points of feedback alignment are made: a target Y = LH of rank k, feedback C, r×m, and a
 * factor Z of rank q = min(k, r), …, min(n, r), which is n×r. Up to three of each, k up to two.
 */

const entry = coarse(signedLogUniform(1 / 8, 8));
const box = (rows: Extent, columns: Extent, most: MostOf): Coordinate<'matrix'> =>
  matrix(rows, columns, { entry, most });

/** The shapes; of `r` at most `hidden(k)`. */
const shapes = (r: (k: number) => Coordinate<'count'>) =>
  space()
    .with('k', counts(1, 2))
    .with('n', ({ k }) => counts(k, 3))
    .with('m', ({ k }) => counts(k, 3))
    .with('r', ({ k }) => r(k))
    .with('q', ({ k, r, n }) => counts(Math.min(k, r), Math.min(n, r)))
    .with('L', box('n', 'k', [3, 2]))
    .with('H', box('k', 'm', [2, 3]))
    .with('C', box('r', 'm', [3, 3]))
    .with('D', box('r', 'q', [3, 3]))
    .with('X', box('n', 'q', [3, 3]))
    .with('G', box('q', 'r', [3, 3]))
    .with('N', box('r', 'm', [3, 3]));

/** Any number of hidden units. */
export const stationaryPoints = shapes(() => counts(1, 3));

/** At least as many hidden units as the target has rank. */
export const stationaryPointsWide = shapes((k) => counts(k, 3));

/** More hidden units than the target has rank: Y = LH, Z = (L X) and W = (H; 0) fit it, with X of n×s. */
export const fittedWithSpare = space()
  .with('k', counts(1, 2))
  .with('s', counts(1, 2))
  .with('n', ({ k }) => counts(k, 3))
  .with('m', ({ k }) => counts(k, 3))
  .with('L', box('n', 'k', [3, 2]))
  .with('H', box('k', 'm', [2, 3]))
  .with('X', box('n', 's', [3, 2]));

/** A target f hᵀ of rank one, 3×3, a factor z with one column, and feedback c. */
export const rankOneTarget = space()
  .with('f', box(3, 1, [3, 1]))
  .with('h', box(1, 3, [1, 3]))
  .with('z', box(3, 1, [3, 1]))
  .with('c', box(1, 3, [1, 3]));
