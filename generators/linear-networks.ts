import { space, type Coordinate, type Extent } from '../src/claim/space';
import { coarse, counts, logUniform, signedLogUniform, uniform } from './coordinates';
import { matrix, symmetricPositiveDefinite, vector } from './matrices';
import { orthogonal } from './spectra';

/**
 * Spaces of instances for linear networks with matrix weights: up to three inputs, outputs and neurons a layer, of all
 * shapes. Entries are short fractions, so that identities are decided exactly.
 */

/** Entries of either sign, of sizes 1/8 to 8. */
const entry = coarse(signedLogUniform(1 / 8, 8));
const box = (rows: Extent, columns: Extent): Coordinate<'matrix'> => matrix(rows, columns, { entry, most: [3, 3] });

/** The same for widths up to two. */
const narrowBox = (rows: Extent, columns: Extent): Coordinate<'matrix'> =>
  matrix(rows, columns, { entry, most: [2, 2] });

/** A data set of one to three samples, a network of two layers, and a feedback matrix. */
export const dataForTwoLayers = space()
  .with('n', counts(1, 3))
  .with('d', counts(1, 3))
  .with('h', counts(1, 3))
  .with('o', counts(1, 3))
  .with('X', box('d', 'n'))
  .with('Y', box('o', 'n'))
  .with('W1', box('h', 'd'))
  .with('W2', box('o', 'h'))
  .with('M', box('h', 'o'));

/** A data set of one to three samples, a network of three layers, and a feedback matrix from each layer to the one below. */
export const dataForThreeLayers = space()
  .with('n', counts(1, 3))
  .with('d', counts(1, 3))
  .with('h1', counts(1, 3))
  .with('h2', counts(1, 3))
  .with('o', counts(1, 3))
  .with('X', box('d', 'n'))
  .with('Y', box('o', 'n'))
  .with('W1', box('h1', 'd'))
  .with('W2', box('h2', 'h1'))
  .with('W3', box('o', 'h2'))
  .with('M1', box('h1', 'h2'))
  .with('M2', box('h2', 'o'));

const column = (length: Extent): Coordinate<'vector'> => vector(length, { entry, most: 3 });

/** Feedback matrices from layer to layer, three layers of all shapes. */
export const feedbackThroughLayers = space()
  .with('h1', counts(1, 3))
  .with('h2', counts(1, 3))
  .with('o', counts(1, 3))
  .with('M1', box('h1', 'h2'))
  .with('M2', box('h2', 'o'));

/** As {@link feedbackThroughLayers}, and an error of the output. */
export const errorThroughLayers = feedbackThroughLayers.with('e', column('o'));

/** As {@link feedbackThroughLayers}, widths that do not increase towards the output: h1 ≥ h2 ≥ o. */
export const feedbackNarrowing = space()
  .with('o', counts(1, 3))
  .with('h2', ({ o }) => counts(o, 3))
  .with('h1', ({ h2 }) => counts(h2, 3))
  .with('M1', box('h1', 'h2'))
  .with('M2', box('h2', 'o'));

/** As {@link errorThroughLayers}, all layers of one width. */
export const feedbackOfOneWidth = space()
  .with('h', counts(1, 3))
  .with('M1', box('h', 'h'))
  .with('M2', box('h', 'h'))
  .with('e', column('h'));

/** Feedback matrices from two outputs to a layer of one neuron and to the layer below it. */
export const directThroughBottleneck = space().with('h', counts(1, 3)).with('M1', box('h', 2)).with('M2', box(1, 2));

/** Feedback matrices from the outputs to two layers, the upper one at least as wide as the output, and an error. */
export const directWithoutBottleneck = space()
  .with('h1', counts(1, 3))
  .with('o', counts(1, 3))
  .with('h2', ({ o }) => counts(o, 3))
  .with('M1', box('h1', 'o'))
  .with('M2', box('h2', 'o'))
  .with('e', column('o'));

/** Positive numbers for a diagonal, which takes as many of them as it is long. */
const positive = (length: Extent): Coordinate<'vector'> =>
  vector(length, { entry: coarse(logUniform(1 / 8, 8)), most: 3 });

/**
 * Moments with common singular vectors and two layers in their coordinates: U and V orthogonal, R the first k columns of
 * the orthogonal Q; `lxx`, `lxy` and `D` go onto the diagonals of Λxx, Λxy and D.
 */
export const twoLayersByVectors = space()
  .with('d', counts(1, 3))
  .with('o', counts(1, 3))
  .with('h', counts(1, 3))
  .with('k', ({ h }) => counts(1, h))
  .with('U', orthogonal('o', { most: 3 }))
  .with('V', orthogonal('d', { most: 3 }))
  .with('Q', orthogonal('h', { most: 3 }))
  .with('lxx', positive('d'))
  .with('lxy', positive('d'))
  .with('D', positive('o'))
  .with('W1', box('k', 'd'))
  .with('W2', box('o', 'k'));

/** As {@link twoLayersByVectors} with three layers, of k1 ≤ h1 and k2 ≤ h2 in the new coordinates. */
export const threeLayersByVectors = space()
  .with('d', counts(1, 3))
  .with('o', counts(1, 3))
  .with('h1', counts(1, 3))
  .with('h2', counts(1, 3))
  .with('k1', ({ h1 }) => counts(1, h1))
  .with('k2', ({ h2 }) => counts(1, h2))
  .with('U', orthogonal('o', { most: 3 }))
  .with('V', orthogonal('d', { most: 3 }))
  .with('Q1', orthogonal('h1', { most: 3 }))
  .with('Q2', orthogonal('h2', { most: 3 }))
  .with('lxx', positive('d'))
  .with('lxy', positive('d'))
  .with('D1', positive('h1'))
  .with('D2', positive('h2'))
  .with('W1', box('k1', 'd'))
  .with('W2', box('k2', 'k1'))
  .with('W3', box('o', 'k2'));

/** Diagonal moments, Λxx by its square roots `s`, and two layers of all shapes. */
export const twoLayersDiagonalMoments = space()
  .with('d', counts(1, 3))
  .with('o', counts(1, 3))
  .with('h', counts(1, 3))
  .with('s', positive('d'))
  .with('lxy', positive('d'))
  .with('D', positive('o'))
  .with('W1', box('h', 'd'))
  .with('W2', box('o', 'h'));

/** As {@link twoLayersDiagonalMoments} with diagonal layers, `a` and `b` on their diagonals. */
export const twoDiagonalLayers = space()
  .with('d', counts(1, 3))
  .with('o', counts(1, 3))
  .with('h', counts(1, 3))
  .with('s', positive('d'))
  .with('lxy', positive('d'))
  .with('D', positive('o'))
  .with('a', column('h'))
  .with('b', column('h'));

/** As {@link twoDiagonalLayers} with three layers, `a`, `b` and `c` on their diagonals. */
export const threeDiagonalLayers = space()
  .with('d', counts(1, 3))
  .with('o', counts(1, 3))
  .with('h1', counts(1, 3))
  .with('h2', counts(1, 3))
  .with('s', positive('d'))
  .with('lxy', positive('d'))
  .with('D1', positive('h1'))
  .with('D2', positive('h2'))
  .with('a', column('h1'))
  .with('b', column('h2'))
  .with('c', column('o'));

/** Three inputs of variances `lxx`, one neuron, one output: feedback weight, signal, and the second layer at rest. */
export const threeInputsAtRest = space()
  .with('lxx', positive(3))
  .with('lambda', coarse(logUniform(1 / 8, 8)))
  .with('m', coarse(logUniform(1 / 8, 8)))
  .with('w2', coarse(logUniform(1 / 8, 8)));

/** Positive numbers that do not increase: each is the next plus a positive number. */
const descending = (length: Extent): Coordinate<'vector'> => {
  const gaps = vector(length, { entry: coarse(logUniform(1 / 8, 8)), most: 3 });
  return {
    ...gaps,
    describe: `${length} numbers, the last and the gaps between them each ${coarse(logUniform(1 / 8, 8)).describe}`,
    decode: (cube, shape) => {
      const sums: number[] = [];
      for (const gap of gaps.decode(cube, shape) as readonly number[]) sums.push((sums.at(-1) ?? 0) + gap);
      return sums.reverse();
    },
  };
};

/** Second moments of the inputs, positive definite and of any axes. */
const definite = symmetricPositiveDefinite('d', { entry: coarse(uniform(-2, 2)), floor: 1 / 64, most: 3 });

/** Fewer neurons than outputs: feedback, moments for isotropic inputs, and the first layer of a competitor. */
export const narrowTwoLayers = space()
  .with('h', counts(1, 2))
  .with('o', ({ h }) => counts(h + 1, 3))
  .with('d', ({ h }) => counts(h, 3))
  .with('M', box('h', 'o'))
  .with('Sxy', box('o', 'd'))
  .with('V1', box('h', 'd'));

/** As {@link narrowTwoLayers}, for three layers with hidden layers of one width. */
export const narrowThreeLayers = space()
  .with('h', counts(1, 2))
  .with('o', ({ h }) => counts(h + 1, 3))
  .with('d', ({ h }) => counts(h, 3))
  .with('M1', box('h', 'o'))
  .with('M2', box('h', 'o'))
  .with('Sxy', box('o', 'd'))
  .with('V1', box('h', 'd'));

/** At least as many neurons as outputs: feedback, moments, weights and the weights of a competitor. */
export const wideTwoLayers = space()
  .with('o', counts(1, 3))
  .with('h', ({ o }) => counts(o, 3))
  .with('d', counts(1, 3))
  .with('M', box('h', 'o'))
  .with('Sxx', definite)
  .with('Sxy', box('o', 'd'))
  .with('W1', box('h', 'd'))
  .with('W2', box('o', 'h'))
  .with('V1', box('h', 'd'))
  .with('V2', box('o', 'h'));

/** As {@link wideTwoLayers} for three layers, of which the second may be narrow; widths up to two, for a cube of few numbers. */
export const wideThreeLayers = space()
  .with('o', counts(1, 2))
  .with('h1', ({ o }) => counts(o, 2))
  .with('h2', counts(1, 2))
  .with('d', counts(1, 2))
  .with('M1', narrowBox('h1', 'o'))
  .with('M2', narrowBox('h2', 'o'))
  .with('Sxx', symmetricPositiveDefinite('d', { entry: coarse(uniform(-2, 2)), floor: 1 / 64, most: 2 }))
  .with('Sxy', narrowBox('o', 'd'))
  .with('W1', narrowBox('h1', 'd'))
  .with('W2', narrowBox('h2', 'h1'))
  .with('W3', narrowBox('o', 'h2'))
  .with('V1', narrowBox('h1', 'd'))
  .with('V2', narrowBox('h2', 'h1'))
  .with('V3', narrowBox('o', 'h2'));

/** Moments of any axes and a direction of both layers. */
export const twoLayersFromZero = space()
  .with('d', counts(1, 3))
  .with('h', counts(1, 3))
  .with('o', counts(1, 3))
  .with('Sxx', definite)
  .with('Sxy', box('o', 'd'))
  .with('W1', box('h', 'd'))
  .with('W2', box('o', 'h'));

/** Ordered singular values, a first layer and a feedback matrix on their diagonals, and a competitor of both layers. */
export const diagonalAtRest = space()
  .with('d', counts(1, 3))
  .with('h', counts(1, 3))
  .with('o', counts(1, 3))
  .with('lxy', descending('d'))
  .with('D', positive('o'))
  .with('a', column('h'))
  .with('V1', box('h', 'd'))
  .with('V2', box('o', 'h'));

/** Three diagonal layers, a wide first one and one neuron in the second, with signals and feedback on diagonals. */
export const diagonalWithBottleneck = space()
  .with('h1', counts(2, 3))
  .with('o', ({ h1 }) => counts(2, h1))
  .with('d', counts(2, 3))
  .with('lxy', positive('d'))
  .with('D1', positive('o'))
  .with('D2', positive(1))
  .with('a', column('h1'))
  .with('b', column(1))
  .with('c', column(1));
