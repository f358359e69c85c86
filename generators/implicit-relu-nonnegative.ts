/**
 * Implicit ReLU layers with A ≥ 0 entrywise, for which the fixed point has a closed form (Lemma 5.1): up to three samples,
 * inputs and units. Entries are short fractions, zeros among them.
 */
import { space, type Coordinate } from '../src/claim/space';
import { singularValues } from '../src/numerics/singular-values';
import { below, beyond, choice, coarse, counts, logUniform, orZero, signedLogUniform, uniform } from './coordinates';
import { featureWeights, samples } from './implicit-relu-starts';
import { matrix, vector } from './matrices';

type Rows = readonly (readonly number[])[];

const signed = orZero(coarse(signedLogUniform(1 / 8, 8), 3));
const nonnegative = orZero(coarse(logUniform(1 / 8, 8), 3));
const box = (rows: string, columns: string, entry: Coordinate<'real'>): Coordinate<'matrix'> =>
  matrix(rows, columns, { entry, most: [3, 3] });

/** γ with γ‖A‖ from near 0 to near 1; any γ up to 1 for A = 0. */
const scalar = (A: Rows): Coordinate<'real'> => {
  const norm = singularValues(A)[0]!;
  return norm > 0 ? below(1 / norm) : below(1);
};

const sizes = space().with('N', counts(1, 3)).with('d', counts(1, 3)).with('m', counts(1, 3));

/** X, W, A ≥ 0, γ with γ‖A‖ < 1. */
export const nonnegativeLayer = sizes
  .with('X', box('N', 'd', signed))
  .with('W', box('d', 'm', signed))
  .with('A', box('m', 'm', nonnegative))
  .with('gamma', ({ A }) => scalar(A));

/** As {@link nonnegativeLayer}, A with entries of either sign. */
export const signedLayer = sizes
  .with('X', box('N', 'd', signed))
  .with('W', box('d', 'm', signed))
  .with('A', box('m', 'm', signed))
  .with('gamma', ({ A }) => scalar(A));

/** More samples than units, A with entries of either sign. */
export const fewUnits = space()
  .with('m', counts(1, 2))
  .with('N', ({ m }) => counts(m + 1, 3))
  .with('d', counts(1, 3))
  .with('X', box('N', 'd', signed))
  .with('W', box('d', 'm', signed))
  .with('A', box('m', 'm', signed))
  .with('gamma', ({ A }) => scalar(A));

/** As {@link nonnegativeLayer}, γ of any size, and a number of transitions. */
export const nonnegativeTransitions = sizes
  .with('X', box('N', 'd', signed))
  .with('W', box('d', 'm', signed))
  .with('A', box('m', 'm', nonnegative))
  .with('gamma', coarse(logUniform(1 / 64, 8), 3))
  .with('l', counts(0, 4));

/** As {@link nonnegativeLayer}, of up to two samples, with λ2 beyond ‖A‖ and γ with γλ2 < 1. */
export const nonnegativeBelow = space()
  .with('N', counts(1, 2))
  .with('d', counts(1, 3))
  .with('m', counts(1, 3))
  .with('X', box('N', 'd', signed))
  .with('W', box('d', 'm', signed))
  .with('A', box('m', 'm', nonnegative))
  .with('lambda2', ({ A }) => beyond(Math.max(singularValues(A)[0]!, 1 / 8)))
  .with('gamma', ({ lambda2 }) => below(1 / lambda2));

/** What A ≥ 0 of norm 1 is made of: a permutation or all entries 1/m, and shares of all columns but the first. */
const directions = space()
  .with('d', counts(1, 3))
  .with('N', ({ d }) => counts(1, Math.min(3, 2 * d)))
  .with('m', ({ N }) => counts(N, 3))
  .with('X', samples)
  .with('W', ({ X }) => featureWeights(X))
  .with('kind', choice('identity', 'reversal', 'cycle', 'mean'))
  .with('shares', vector('m', { entry: uniform(0, 1), most: 3 }))
  .with('y', vector('N', { entry: coarse(signedLogUniform(1 / 64, 64)), most: 3 }));

/** What conditions compare, in doubles: ‖X‖_F, ‖y‖, ‖W‖ and σ_min(σ(XW)). */
function sizesOf({ X, W, y }: { readonly X: Rows; readonly W: Rows; readonly y: readonly number[] }) {
  const Phi = X.map((row) =>
    W[0]!.map((_, j) =>
      Math.max(
        0,
        row.reduce((sum, x, k) => sum + x * W[k]![j]!, 0),
      ),
    ),
  );
  const least = Phi.length > Phi[0]!.length ? 0 : singularValues(Phi).at(-1)!;
  return {
    X: Math.hypot(...X.flat()),
    y: Math.hypot(...y),
    W: singularValues(W)[0]!,
    alpha: Math.max(least, 2 ** -20),
  };
}

/** The least β from which on (24), (25) and (26) hold. */
function leastScale({ X, y, W, alpha }: ReturnType<typeof sizesOf>): number {
  const [square, linear, constant] = [(4 / 9) * alpha ** 2, 16 * W * X * y, 16 * X * y];
  const first = (linear + Math.sqrt(linear ** 2 + 4 * square * constant)) / (2 * square);
  return Math.max(first, (1.5 / alpha) * Math.cbrt(128 * X ** 2 * y), (1.5 / alpha) * Math.sqrt(128) * X);
}

/** X, W, A ≥ 0 by kind and shares, targets, and β beyond what (24)–(26) ask for. */
export const scaledStarts = directions.with('beta', (p) => beyond(leastScale(sizesOf(p))));

/** The same, β beyond 1 + 17‖X‖_F/α1 + 36(‖W‖ + 1)‖X‖_F‖y‖/α1². */
export const largelyScaledStarts = directions.with('beta', (p) => {
  const { X, y, W, alpha } = sizesOf(p);
  return beyond(1 + (17 * X) / alpha + (36 * (W + 1) * X * y) / alpha ** 2);
});

/**
 * Up to six samples a(1, s) with increasing s, and as many columns c(−t, 1) of W with t between two of them: Φ is lower
 * triangular with a positive diagonal.
 */
export const triangularFeatures = space()
  .with('N', counts(1, 6))
  .with('a', vector('N', { entry: coarse(logUniform(1 / 4, 4), 3), most: 6 }))
  .with('c', vector('N', { entry: coarse(logUniform(1 / 4, 4), 3), most: 6 }))
  .with('gaps', vector('N', { entry: coarse(logUniform(1 / 4, 4), 3), most: 6 }))
  .with('first', coarse(signedLogUniform(1 / 8, 8), 3))
  .with('y', vector('N', { entry: coarse(signedLogUniform(1 / 64, 64)), most: 6 }));

/** A number of orthonormal samples, log-uniform to a million, and the length of their targets. */
export const identityData = space()
  .with('N', counts(1, 1_000_000))
  .with('Y', orZero(coarse(logUniform(1 / 64, 4096))));

/** What (24)–(26) ask of w for β = 1: ‖W‖ = w(1 + ratio), σ_min(Φ) = w·min(x). */
const leastDiagonal = (x: readonly number[], ratio: number, y: readonly number[]): number =>
  leastScale({ X: Math.hypot(...x), y: Math.hypot(...y), W: 1 + ratio, alpha: Math.min(...x) });

/**
 * Two samples X = diag(x) and W = [[w, −v], [−v, w]], of norm c = w + v: each unit is on for one sample. w is so large that
 * (17)–(19) are met with A = cI, C = 1, b = 0, γ = 1/(2(c + 1)), η is below (20), and ε a step of one entry of A that no active
 * unit is switched off by.
 */
export const kinkedStarts = space()
  .with('x', vector(2, { entry: coarse(logUniform(1 / 4, 4), 3), most: 2 }))
  .with('ratio', coarse(logUniform(1 / 16, 1), 3))
  .with('y', vector(2, { entry: coarse(logUniform(1 / 16, 4), 3), most: 2 }))
  .with('w', ({ x, ratio, y }) => coarse(beyond((1 + 2 ** -7) * leastDiagonal(x, ratio, y)), 8))
  .with('eta', ({ x, ratio, w }) => {
    const lambda1 = w * (1 + ratio) + 1;
    // Below 9/10 of (20), for rounding.
    return coarse(below(0.45 / (lambda1 ** 4 * (x[0]! ** 2 + x[1]! ** 2))), 4);
  })
  .with('eps', ({ x }) => coarse(below(Math.min(...x) / (8 * Math.max(...x))), 3));

/** Layers with all entries of A positive and none of X and W zero, outputs b and targets y. */
export const positiveLayers = space()
  .with('N', counts(1, 3))
  .with('d', counts(1, 3))
  .with('m', counts(1, 3))
  .with('X', box('N', 'd', coarse(signedLogUniform(1 / 8, 8), 3)))
  .with('W', box('d', 'm', coarse(signedLogUniform(1 / 8, 8), 3)))
  .with('A', box('m', 'm', coarse(logUniform(1 / 8, 8), 3)))
  .with('gamma', ({ A }) => scalar(A))
  .with('b', vector('m', { entry: signed, most: 3 }))
  .with('y', vector('N', { entry: signed, most: 3 }));
