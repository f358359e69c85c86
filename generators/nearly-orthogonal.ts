/** Instances of Theorem 4 of the factorisation paper: n rows, singular values 1 and ε, a column A and a factor c. */
import { space } from '../src/claim/space';
import { below, coarse, counts, orZero, signedLogUniform } from './coordinates';
import { countsAbove } from './large-error';
import { vector } from './matrices';

const entry = orZero(coarse(signedLogUniform(1 / 8, 8)));

/** Up to six rows, ε below 1, entries R of C in the basis of singular vectors, and c of either sign. */
export const rankOneStationary = space()
  .with('n', counts(1, 6))
  .with('eps', coarse(below(1), 6))
  .with('R', vector('n', { entry, most: 6 }))
  .with('c', coarse(signedLogUniform(1 / 8, 8)));

/** From 10 000 rows on, up to a hundred thousand more. */
export const rowsFromTenThousand = space().with('n', countsAbove(10_000, 100_000));

/** From two rows on, up to twenty thousand, and ε below 1. */
export const rowsAndEpsilon = space().with('n', countsAbove(2, 20_000)).with('eps', below(1));
