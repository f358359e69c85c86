import { space, type Coordinate, type Extent } from '../src/claim/space';
import { coarse, counts, logUniform, signedLogUniform, uniform } from './coordinates';
import { matrix, symmetricPositiveDefinite, vector } from './matrices';

/** Spaces of instances for paths of linear networks with matrix weights: discrete schemes and flows. */

/** Entries of sizes 1/4 to 2: paths of a few steps, or of a short time, then keep their numbers of one size. */
const mild = coarse(signedLogUniform(1 / 4, 2));
const mildBox = (rows: Extent, columns: Extent): Coordinate<'matrix'> =>
  matrix(rows, columns, { entry: mild, most: [3, 3] });
const mildColumn = (length: Extent): Coordinate<'vector'> => vector(length, { entry: mild, most: 3 });

/** Step sizes from 1/64 to 1/4. */
const stepSize = coarse(logUniform(1 / 64, 1 / 4));

/** Isotropic inputs, two layers of all shapes, a feedback matrix and a step size. */
export const schemeForTwoLayers = space()
  .with('d', counts(1, 3))
  .with('h', counts(1, 3))
  .with('o', counts(1, 3))
  .with('Sxy', mildBox('o', 'd'))
  .with('M', mildBox('h', 'o'))
  .with('W1', mildBox('h', 'd'))
  .with('W2', mildBox('o', 'h'))
  .with('eta', stepSize);

/** As {@link schemeForTwoLayers}, all matrices diagonal. */
export const schemeForDiagonalLayers = space()
  .with('d', counts(1, 3))
  .with('h', counts(1, 3))
  .with('o', counts(1, 3))
  .with('lxy', mildColumn('d'))
  .with('D', mildColumn('o'))
  .with('a', mildColumn('h'))
  .with('b', mildColumn('h'))
  .with('eta', stepSize);

/** A data set of one or two samples, three layers, and a step size. */
export const descentOnData = space()
  .with('n', counts(1, 2))
  .with('d', counts(1, 2))
  .with('h1', counts(1, 3))
  .with('h2', counts(1, 2))
  .with('o', counts(1, 2))
  .with('X', mildBox('d', 'n'))
  .with('Y', mildBox('o', 'n'))
  .with('W1', mildBox('h1', 'd'))
  .with('W2', mildBox('h2', 'h1'))
  .with('W3', mildBox('o', 'h2'))
  .with('eta', stepSize);

/** As {@link descentOnData}, and feedback matrices from layer to layer. */
export const feedbackOnData = descentOnData.with('M1', mildBox('h1', 'h2')).with('M2', mildBox('h2', 'o'));

/** Moments, two layers of up to two inputs, neurons and outputs, and a feedback matrix: for flows. */
export const flowOfTwoLayers = space()
  .with('d', counts(1, 2))
  .with('h', counts(1, 2))
  .with('o', counts(1, 2))
  .with('Sxx', symmetricPositiveDefinite('d', { entry: coarse(uniform(-1, 1)), floor: 1 / 4, most: 3 }))
  .with('Sxy', mildBox('o', 'd'))
  .with('M', mildBox('h', 'o'))
  .with('W1', mildBox('h', 'd'))
  .with('W2', mildBox('o', 'h'));

/** As {@link flowOfTwoLayers}, where the signal is to be what the weights already give. */
export const flowAtMinimum = space()
  .with('d', counts(1, 2))
  .with('h', counts(1, 2))
  .with('o', counts(1, 2))
  .with('Sxx', symmetricPositiveDefinite('d', { entry: coarse(uniform(-1, 1)), floor: 1 / 4, most: 3 }))
  .with('M', mildBox('h', 'o'))
  .with('W1', mildBox('h', 'd'))
  .with('W2', mildBox('o', 'h'));

/** Isotropic inputs, diagonal layers of up to two inputs, neurons and outputs, and diagonal feedback: for flows. */
export const flowOfDiagonalLayers = space()
  .with('d', counts(1, 2))
  .with('h', counts(1, 2))
  .with('o', counts(1, 2))
  .with('lxy', mildColumn('d'))
  .with('D', mildColumn('o'))
  .with('a', mildColumn('h'))
  .with('b', mildColumn('h'));
