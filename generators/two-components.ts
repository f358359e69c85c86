import { space } from '../src/claim/space';
import type { Arithmetic } from '../src/numerics/arithmetic';
import type { Coordinate } from '../src/claim/space';
import { below, logUniform, uniform } from './coordinates';
import { threeRoots } from './first-layer-cubic';

/**
 * Spaces of two components of a signal, each a scalar two-layer linear network of its own: their cubics
 * x³ + 2dKx − 2dλ are drawn by the gaps low = r2 − r1 and high = r3 − r2 of their roots.
 */

/**
 * d > 0, the gaps r2 − r1 and r3 − r2 of one cubic, and `near` = e^{−δ} < 1, less than both gaps: from just below down to
 * 2⁻¹² of them.
 */
export const nextToMiddleRoot = threeRoots.with('near', ({ low, high }) => upToShare(Math.min(1, low, high), 12));

/** d > 0 and the gaps of two cubics whose signals are positive (high > low), on curves θ2 = θ1²/(2d) + K of their own. */
export const twoCubics = space()
  .with('d', logUniform(1 / 64, 64))
  .with('low', logUniform(1 / 16, 16))
  .with('more', logUniform(1 / 1024, 16))
  .with('low2', logUniform(1 / 16, 16))
  .with('more2', logUniform(1 / 1024, 16));

/**
 * d > 0, the gaps of one cubic with a positive signal, and how far round the curve low² + low·high + high² = −6dK the gaps
 * of the second lie: it has the same K and a larger signal.
 */
export const twoCubicsSameK = space()
  .with('d', logUniform(1 / 64, 64))
  .with('low', logUniform(1 / 16, 16))
  .with('more', logUniform(1 / 1024, 16))
  .with('turn', ({ low, more }) => below(largestTurn(low, low * (1 + more))));

/** The turn at which the lower gap of the second cubic would vanish. */
function largestTurn(low: number, high: number): number {
  return low / (high + Math.sqrt(high * high + low * (low + high)));
}

/**
 * The gaps (low, high) moved along the curve low² + low·high + high² = constant: multiplied, as the Eisenstein integers
 * are, by a number of norm 1 that is rational in `turn`. A positive turn makes the lower gap smaller.
 */
export function turned<N>(R: Arithmetic<N>, low: N, high: N, turn: N): readonly [low: N, high: N] {
  const norm = R.add(1, turn, R.power(turn, 2));
  const u = R.div(R.sub(1, R.power(turn, 2)), norm);
  const v = R.div(R.add(R.mul(2, turn), R.power(turn, 2)), norm);
  return [R.sub(R.mul(low, u), R.mul(high, v)), R.add(R.mul(low, v), R.mul(high, u), R.mul(high, v))];
}

/** d > 0, two signals, and the half width of the square from which both layers are drawn. */
export const twoSignalsAndSquare = space()
  .with('d', logUniform(1 / 16, 16))
  .with('lambda', logUniform(1 / 64, 64))
  .with('more', logUniform(1 / 1024, 16))
  .with('half', logUniform(1 / 16, 64));

/**
 * The limit r > 0 of one component's first layer, what share of it that of a second one is, a common start
 * θ₀ = −depth < 0, and a level between 0 and 1 of either limit.
 */
export const twoLimitsFromBelow = space()
  .with('r', logUniform(1 / 16, 16))
  .with('share', uniform(1 / 64, 63 / 64))
  .with('depth', ({ r }) => logUniform(r / 64, 64 * r))
  .with('level', uniform(1 / 64, 63 / 64));

/** d > 0, a limit r > 0 of the first layer and a start θ₀ = −depth < 0, from near 0 to 64 times r below. */
export const limitAndDepth = space()
  .with('d', logUniform(1 / 64, 64))
  .with('r', logUniform(1 / 16, 16))
  .with('depth', ({ r }) => logUniform(r / 64, 64 * r));

/** A limit r > 0 of the first layer and a start θ₀ = −depth far below, r to 256 times r. */
export const limitAndFarDepth = space()
  .with('r', logUniform(1 / 16, 16))
  .with('depth', ({ r }) => logUniform(r, 256 * r));

/** A positive number below `limit`: limit·2^{−bits·v²} with v uniform, 2⁻²⁰ kept from the limit, which is approached often. */
export function upToShare(limit: number, bits: number): Coordinate<'real'> {
  return {
    kind: 'real',
    describe: `its limit times 2^(−${bits}v²), v uniform on [0, 1]`,
    decode: (v) => limit * 2 ** (-bits * v * v) * (1 - 2 ** -20),
  };
}

/** Between two positive numbers, log-uniform, the ends excluded by 2⁻²⁰ of the way. */
export function between(from: number, to: number): Coordinate<'real'> {
  const edge = 2 ** -20;
  return {
    kind: 'real',
    describe: 'log-uniform between its limits, ends excluded',
    decode: (u) => from * (to / from) ** (edge + u * (1 - 2 * edge)),
  };
}
