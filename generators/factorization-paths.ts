import { space, type Coordinate, type Extent } from '../src/claim/space';
import { coarse, counts, logUniform, signedLogUniform, uniform } from './coordinates';
import { matrix, type MostOf } from './matrices';
import { withSingularValues } from './spectra';

/**
 * Spaces of instances for paths of low-rank factorisation: targets Y of n×m, first factors Z of n×r, feedback C of r×m, with
 * up to three rows, two columns and two factors, so that eigenvalues have closed forms. Flows are short where entries are mild.
 */

/** Entries of sizes 1/4 to 2. */
const mild = coarse(signedLogUniform(1 / 4, 2));
const mildBox = (rows: Extent, columns: Extent, most: MostOf = [3, 2]): Coordinate<'matrix'> =>
  matrix(rows, columns, { entry: mild, most });

/** Y, C, and a Z with singular values from 1/2 to 2: of full column rank, ZᵀZ of condition 16 at most. */
const tall = space()
  .with('r', counts(1, 2))
  .with('n', ({ r }) => counts(r, 3))
  .with('m', counts(1, 2))
  .with('Y', mildBox('n', 'm'))
  .with('C', mildBox('r', 'm'));

export const starFlowSpace = tall
  .with('Z', withSingularValues('n', 'r', { values: coarse(logUniform(1 / 2, 2)), most: [3, 2] }))
  .with('share', coarse(uniform(3 / 8, 1)))
  .with('delta', coarse(logUniform(1 / 64, 16)))
  .with('epsilon', coarse(logUniform(1 / 64, 4)));

/** As {@link starFlowSpace}, the columns of Z orthonormal. */
export const orthonormalStarFlow = tall
  .with('Z', withSingularValues('n', 'r', { values: [1, 1], most: [3, 2] }))
  .with('delta', coarse(logUniform(1 / 64, 16)))
  .with('epsilon', coarse(logUniform(1 / 64, 4)));

/** As {@link starFlowSpace}, with a rate μ of descent in the place of thresholds. */
export const starConvergence = tall
  .with('Z', withSingularValues('n', 'r', { values: coarse(logUniform(1 / 2, 2)), most: [3, 2] }))
  .with('mu', coarse(logUniform(1 / 16, 4)));

/** One column: Y and C are vectors. */
export const columnStarFlow = space()
  .with('r', counts(1, 2))
  .with('n', ({ r }) => counts(r, 3))
  .with('Y', mildBox('n', 1, [3, 1]))
  .with('C', mildBox('r', 1, [2, 1]))
  .with('Z', withSingularValues('n', 'r', { values: coarse(logUniform(1 / 2, 2)), most: [3, 2] }));

/** Both factors and feedback, of all shapes up to 3×2 with two factors: for flows of feedback alignment. */
export const feedbackFactorFlowSpace = space()
  .with('n', counts(1, 3))
  .with('m', counts(1, 2))
  .with('r', counts(1, 2))
  .with('Y', mildBox('n', 'm'))
  .with('C', mildBox('r', 'm'))
  .with('Z', mildBox('n', 'r'))
  .with('W', mildBox('r', 'm'));

/** The bound of Lemma 10 as a function of δ: α, γ > 0, β of either sign, the best δ and another. */
export const optimalDescent = space()
  .with('alpha', coarse(logUniform(1 / 16, 16)))
  .with('beta', coarse(signedLogUniform(1 / 16, 16)))
  .with('gamma', coarse(logUniform(1 / 16, 16)))
  .with('best', coarse(logUniform(1 / 16, 16)))
  .with('delta', coarse(logUniform(1 / 16, 16)));

/** A point of FA* of any kind, exact: Y, C, Z with short entries, a threshold k and a vector x. */
export const starPointSpace = tall
  .with('Z', mildBox('n', 'r'))
  .with('k', coarse(signedLogUniform(1 / 64, 16)))
  .with('delta', coarse(logUniform(1 / 64, 16)))
  .with('epsilon', coarse(logUniform(1 / 64, 4)))
  .with('x', matrix('r', 1, { entry: mild, most: [2, 1] }));

/** Two factors that turn one after the other: e^t when each is half way, and the lengths of the four times looked at. */
export const twoTurns = space()
  .with('first', coarse(logUniform(1, 16)))
  .with('later', coarse(logUniform(2, 64)));

/** Feedback alignment of one factor on Y = (0, y), C = (c, 0), at a balanced start of size z. */
export const drift = space()
  .with('y', coarse(signedLogUniform(1 / 4, 4)))
  .with('c', coarse(signedLogUniform(1 / 4, 4)))
  .with('z', coarse(signedLogUniform(1 / 4, 4)));

/** Gradient flow of one factor for Y = diag(σ_1, σ_2), in the bases of its singular vectors, from any start. */
export const gradientOfOneFactor = space()
  .with('top', coarse(logUniform(1 / 2, 2)))
  .with('share', coarse(uniform(1 / 16, 15 / 16)))
  .with('z1', mild)
  .with('z2', mild)
  .with('w1', mild)
  .with('w2', mild);
