/** Instances of Theorem 4 of the factorisation paper: n rows, singular values 1 and ε, a column A and a factor c. */
import { space, type Coordinate } from '../src/claim/space';
import { below, coarse, counts, logUniform, orZero, signedLogUniform } from './coordinates';
import { countsAbove } from './large-error';
import { vector } from './matrices';

const small = coarse(logUniform(2 ** -8, 1 / 2));

/** Between 0 and 1: half of the time log-uniform on [2⁻⁸, 1/2], else 1 less such a number. */
const bothEnds: Coordinate<'real'> = {
  kind: 'real',
  describe: 'log-uniform on [2⁻⁸, 1/2] or 1 less such a number, to 4 significant binary digits',
  decode: (u) => (u < 1 / 2 ? small.decode(2 * u) : 1 - small.decode(2 * u - 1)),
};

const entry = orZero(coarse(signedLogUniform(1 / 8, 8)));

/** Up to six rows, ε below 1, entries R of C in the basis of singular vectors, and c of either sign. */
export const rankOneStationary = space()
  .with('n', counts(1, 6))
  .with('eps', bothEnds)
  .with('R', vector('n', { entry, most: 6 }))
  .with('c', coarse(signedLogUniform(1 / 8, 8)));

/** From 10 000 rows on, up to a hundred thousand more. */
export const rowsFromTenThousand = space().with('n', countsAbove(10_000, 100_000));

/** From two rows on, up to twenty thousand, and ε below 1. */
export const rowsAndEpsilon = space().with('n', countsAbove(2, 20_000)).with('eps', below(1));
