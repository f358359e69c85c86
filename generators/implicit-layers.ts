import { space, type Coordinate, type Extent } from '../src/claim/space';
import { beyond, coarse, counts, logUniform, orZero, signedLogUniform, uniform } from './coordinates';
import { matrix, refuseLarger, vector, type MostOf } from './matrices';
import { orthogonal, withSingularValues } from './spectra';

/**
 * Spaces of implicit ReLU networks at a point: X of N×d, W of d×m, A of m×m with ‖A‖ ≤ M, and γ with γM < 1; up to two
 * samples, and up to three units. M is 1 or more, so that γ lies between 0 and 1 as the paper has it. All is rational, so
 * that a unit on its kink is there exactly.
 */

/** Entries of either sign, of sizes 1/8 to 8. */
const entry = coarse(signedLogUniform(1 / 8, 8));
const box = (rows: Extent, columns: Extent, most: MostOf = [2, 2], law = entry): Coordinate<'matrix'> =>
  matrix(rows, columns, { entry: law, most });
const column = (length: Extent, most = 3): Coordinate<'vector'> => vector(length, { entry, most });

const share = coarse(uniform(-1, 1));

/**
 * An m×m matrix of norm M or less, exactly, m up to `most`. With equal shares: diagonal, M or −M the first entry; of singular
 * values M and less and orthogonal factors near Haar measure; twice, independent entries small enough. The first two have the
 * norm M.
 */
const ofNormAtMost = (M: number, most: 2 | 3 = 3): Coordinate<'matrix'> => ({
  kind: 'matrix',
  describe:
    'm × m of norm M or less: diagonal of norm M, of norm M with orthogonal factors near Haar measure, or, half of the time, of independent entries',
  shape: ['m', 'm'],
  // A law, two singular values and the angles of two orthogonal matrices.
  size: most === 3 ? 11 : 7,
  decode: ([law, ...cube], [m]) => {
    refuseLarger([m!], [most]);
    if (law! < 1 / 4) return diagonalOfNorm(M, m!, cube);
    if (law! < 1 / 2) {
      const values = [M, M * Math.abs(share.decode(cube[0]!)), M * Math.abs(share.decode(cube[1]!))];
      return withSingularValues(m!, m!, { values, most: [m!, m!] }).decode(cube.slice(2), [m!, m!]);
    }
    return independent(M, m!, cube, most);
  },
});

const diagonalOfNorm = (M: number, m: number, cube: readonly number[]): readonly (readonly number[])[] =>
  Array.from({ length: m }, (_, i) =>
    Array.from({ length: m }, (__, j) => {
      if (i !== j) return 0;
      return M * (i === 0 ? (cube[0]! < 2 / 3 ? 1 : -1) : share.decode(cube[i]!));
    }),
  );

/** Entries up to M, M/2 or M/4 in modulus: a norm of M or less, for m = 1, 2, 3. */
const independent = (M: number, m: number, cube: readonly number[], most = 3): readonly (readonly number[])[] =>
  Array.from({ length: m }, (_, i) =>
    Array.from({ length: m }, (__, j) => share.decode(cube[most * i + j]!) * M * 2 ** (1 - m)),
  );

/** The same with independent entries alone, m up to two: no unit is on a kink because an entry of A is 0. */
const denseOfNormAtMost = (M: number): Coordinate<'matrix'> => ({
  kind: 'matrix',
  describe: 'm × m of independent entries up to M·2^(1−m) in modulus, so that the norm is M or less',
  shape: ['m', 'm'],
  size: 4,
  decode: (cube, [m]) => {
    refuseLarger([m!], [2]);
    return independent(M, m!, cube, 2);
  },
});

const small = coarse(logUniform(1 / 64, 1 / 2));

/** γ0 between 1/64 and 1 − 1/64: of every size below 1/2, and of every distance from 1 above it. */
const belowOne: Coordinate<'real'> = {
  kind: 'real',
  describe: 'log-uniform on [1/64, 1/2], or 1 less such a number',
  decode: (u) => (u < 1 / 2 ? small.decode(2 * u) : 1 - small.decode(2 - 2 * u)),
};

/** γ0/M rounded downwards to eight significant binary digits: γM < 1. */
const scaledTo = (M: number): Coordinate<'real'> => ({
  kind: 'real',
  describe: `γ0/M, γ0 ${belowOne.describe}`,
  decode: (u) => {
    const exact = belowOne.decode(u) / M;
    const unit = 2 ** (Math.floor(Math.log2(exact)) - 7);
    return Math.floor(exact / unit) * unit;
  },
});

const bound = coarse(logUniform(1, 8));

/** Up to two inputs, and up to so many units and samples. */
const shapes = (units: 1 | 2 | 3, samples: 1 | 2 = 2) =>
  space().with('N', counts(1, samples)).with('d', counts(1, 2)).with('m', counts(1, units));

/** A layer, some entries of its inputs and weights 0. */
export const layers = shapes(3)
  .with('X', box('N', 'd', [2, 2], orZero(entry)))
  .with('W', box('d', 'm', [2, 3], orZero(entry)))
  .with('M', bound)
  .with('A', ({ M }) => ofNormAtMost(M))
  .with('gamma', ({ M }) => scaledTo(M));

/** As {@link layers}, and two outputs of either sign. */
export const layersAndOutputs = layers.with('Z', box('N', 'm', [2, 3])).with('Y', box('N', 'm', [2, 3]));

const slope: Coordinate<'real'> = {
  kind: 'real',
  describe: '1 half of the time, 0 three times in eight, else uniform between',
  decode: (u) => (u < 3 / 8 ? 0 : u > 1 / 2 ? 1 : Math.round((8 * u - 3) * 64) / 64),
};

const slopesUpTo = (most: 2 | 3) =>
  space()
    .with('N', counts(1, 2))
    .with('m', counts(1, most))
    .with('M', bound)
    .with('A', ({ M }) => ofNormAtMost(M, most))
    .with('gamma', ({ M }) => scaledTo(M))
    .with('S', matrix('N', 'm', { entry: slope, most: [2, most] }));

/** A matrix of norm M or less, γ, and slopes S of N×m: each 0 or 1, one time in eight between. */
export const slopes = slopesUpTo(3);

/** As {@link slopes}, up to two units: singular values in closed form. */
export const slopesOfTwo = slopesUpTo(2);

/** A square matrix, some entries 0, and a positive number up to its longest row, which is no longer than its norm. */
export const squareAndShare = space()
  .with('n', counts(1, 3))
  .with('Q', box('n', 'n', [3, 3], orZero(entry)))
  .with('c', ({ Q }) => {
    const longest = Math.max(...Q.map((row) => Math.hypot(...row)), 1 / 64);
    return coarse(logUniform(longest / 64, longest / 2));
  });

/** A layer of such entries and such a matrix of norm M or less, the output's weights and targets. */
const networksOf = (
  shape: ReturnType<typeof shapes>,
  law: Coordinate<'real'>,
  feedback: (M: number) => Coordinate<'matrix'>,
) =>
  shape
    .with('X', box('N', 'd', [2, 2], law))
    .with('W', box('d', 'm', [2, 2], law))
    .with('M', bound)
    .with('A', ({ M }) => feedback(M))
    .with('gamma', ({ M }) => scaledTo(M))
    .with('b', column('m', 2))
    .with('y', column('N', 2));

/** A layer without zeros, the output's weights and targets. */
export const networks = networksOf(shapes(2), entry, denseOfNormAtMost);

/** As {@link networks}, of one unit on one sample. */
export const singleUnitNetworks = networksOf(shapes(1, 1), entry, denseOfNormAtMost);

/** {@link networks} to follow by hand, no unit of which is on a kink: one unit on one sample, and two units on two. */
export const networkCases = [
  { N: 1, d: 1, m: 1, X: [[1]], W: [[3]], M: 1, A: [[1]], gamma: '1/2', b: [2], y: [10] },
  { N: 2, d: 1, m: 2, X: [[1], [2]], W: [[1, 2]], M: 2, A: [[0, 1], [1, 1]], gamma: '1/4', b: [1, -1], y: [0, 1] }, // prettier-ignore
] as const;

/** As {@link networks}, and a direction for each of the weights. */
export const movingNetworks = networks.with('dW', box('d', 'm')).with('dA', box('m', 'm')).with('db', column('m', 2));

/** {@link networkCases} with directions. */
export const movingCases = [
  { ...networkCases[0], dW: [[1]], dA: [[1]], db: [1] },
  { ...networkCases[1], dW: [[1, -1]], dA: [[1, 2], [3, -1]], db: [1, 2] }, // prettier-ignore
] as const;

/** As {@link movingNetworks}, of any kind of {@link layers} up to two units, so that some are often on a kink; b stays. */
export const networksOnKinks = networksOf(shapes(2), orZero(entry), (M) => ofNormAtMost(M, 2))
  .with('dW', box('d', 'm'))
  .with('dA', box('m', 'm'));

/** As {@link movingNetworks}, and what f of (5) is looked at with: any Z, U for Φ, and directions of both; P > 0 for Φ. */
export const maps = movingNetworks
  .with('Z', box('N', 'm'))
  .with('U', box('N', 'm'))
  .with('dZ', box('N', 'm'))
  .with('dU', box('N', 'm'))
  .with('P', box('N', 'm', [2, 2], coarse(logUniform(1 / 8, 8))));

/** A layer of one sample and one unit, x = 1: w, b > 0, γa = γ0 between −1 and 1, a step size, and k ≥ 1. */
export const oneUnit = space()
  .with('w', coarse(logUniform(1 / 8, 8)))
  .with('b', coarse(logUniform(1 / 8, 8)))
  .with('gamma', coarse(logUniform(1 / 64, 1 / 2)))
  .with('gamma0', share)
  .with('eta', coarse(logUniform(2 ** -20, 8)))
  .with('k', beyond(1));

const positive = coarse(logUniform(1 / 8, 8));

/** A nonnegative matrix, a positive vector and a factor of 1 or more: γ is that factor over the least (Av)_i/v_i. Φ ≥ 0, Z ≥ 0. */
export const growing = space()
  .with('N', counts(1, 3))
  .with('m', counts(1, 3))
  .with('A', matrix('m', 'm', { entry: positive, most: [3, 3] }))
  .with('v', vector('m', { entry: positive, most: 3 }))
  .with('Phi', matrix('N', 'm', { entry: orZero(positive), most: [3, 3] }))
  .with('Z', matrix('N', 'm', { entry: orZero(positive), most: [3, 3] }))
  .with('gamma', ({ A, v }) => ({
    ...beyond(1),
    describe: 'what makes γAv ≥ v, times 1 + 2^e, e uniform on [−20, 6]',
    decode: (u: number) => {
      const growth = A.map((row, i) => row.reduce((sum, a, j) => sum + a * v[j]!, 0) / v[i]!);
      // Rounded upwards to few digits.
      const least = beyond(1).decode(u) / Math.min(...growth);
      const unit = 2 ** (Math.floor(Math.log2(least)) - 10);
      return Math.ceil(least / unit) * unit;
    },
  }));

/** Two units that hold each other down, one of them first with the features p, q. */
export const twoRivals = space()
  .with('gamma', coarse(uniform(0, 1), 6))
  .with('c', positive)
  .with('p', positive)
  .with('q', positive);

/** Outputs of a layer, predictions and targets. */
export const predictions = space()
  .with('N', counts(1, 3))
  .with('m', counts(1, 3))
  .with('Z', box('N', 'm', [3, 3]))
  .with('yhat', column('N'))
  .with('y', column('N'));

/** A residual, and two Gram matrices, one after the other, by their eigenvectors and what their eigenvalues have above λ0. */
export const twoGramMatrices = space()
  .with('N', counts(1, 3))
  .with('r', column('N'))
  .with('lambda0', coarse(logUniform(1 / 8, 4)))
  .with('P', orthogonal('N', { most: 3 }))
  .with('Q', orthogonal('N', { most: 3 }))
  .with('p', vector('N', { entry: orZero(coarse(logUniform(1 / 64, 4))), most: 3 }))
  .with('q', vector('N', { entry: orZero(coarse(logUniform(1 / 64, 4))), most: 3 }))
  .with('s', coarse(logUniform(1 / 64, 1)))
  .with('t', coarse(logUniform(1 / 64, 1)));

/** A matrix X of p×q, what makes Y = XBX of it, and a change of X; and what makes a number of Y. */
export const quadraticMaps = space()
  .with('p', counts(1, 3))
  .with('q', counts(1, 3))
  .with('X', box('p', 'q', [3, 3]))
  .with('B', box('q', 'p', [3, 3]))
  .with('dX', box('p', 'q', [3, 3]))
  .with('C', box('p', 'q', [3, 3]));
