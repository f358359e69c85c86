import { space } from '../src/claim/space';
import type { Arithmetic } from '../src/numerics/arithmetic';
import { below, beyond, coarse, logUniform, signedLogUniform } from './coordinates';

/**
 * Spaces of instances for the first layer of the scalar two-layer linear network off the aligned start: θ1' = −P(θ1)/2
 * with the cubic P(x) = x³ + 2dKx − 2dλ. What is drawn are roots of P, or gaps between them, and a point θ of the first
 * layer, so that witnesses stay rational; K and λ follow.
 */

/** The three roots, r1 ≤ r2 ≤ r3 with r1 + r2 + r3 = 0, by their gaps. */
export const rootsByGaps = <N>(
  R: Arithmetic<N>,
  { low, high }: { readonly low: N; readonly high: N },
): readonly [N, N, N] => [
  R.div(R.neg(R.add(low, low, high)), 3),
  R.div(R.sub(low, high), 3),
  R.div(R.add(low, high, high), 3),
];

/** d > 0 and the gaps r2 − r1 and r3 − r2, each up to 16 times the other. */
export const threeRoots = space()
  .with('d', logUniform(1 / 64, 64))
  .with('low', logUniform(1 / 64, 64))
  .with('high', ({ low }) => logUniform(low / 16, 16 * low));

/** As {@link threeRoots}, and a point θ = r2 + `from` on either side of the middle root, from near to far outside. */
export const threeRootsAndPoint = threeRoots.with('from', ({ low, high }) =>
  signedLogUniform((low + high) / 256, 16 * (low + high)),
);

/**
 * As {@link threeRootsAndPoint}, and `near` = e^{−δ} < 1 such that r2 + near lies below r3: the start of a path that leaves
 * the middle root.
 */
export const threeRootsAndStart = threeRootsAndPoint.with('near', ({ high }) => below(Math.min(1, high)));

/** d > 0, one real root r > 0 (so λ > 0) and the other factor x² + rx + c without any: c beyond r²/4. */
export const oneRoot = space()
  .with('d', logUniform(1 / 64, 64))
  .with('r', logUniform(1 / 64, 64))
  .with('c', ({ r }) => beyond((r * r) / 4));

/** As {@link oneRoot}, with r and so λ of either sign. */
export const oneRootAnySign = space()
  .with('d', logUniform(1 / 64, 64))
  .with('r', signedLogUniform(1 / 64, 64))
  .with('c', ({ r }) => beyond((r * r) / 4));

/** As {@link oneRoot}, and a point θ of either sign. */
export const oneRootAndPoint = oneRoot.with('theta', ({ r }) => signedLogUniform(r / 64, 64 * r));

/**
 * As {@link oneRootAndPoint}, with c at least a 64th beyond r²/4: nearer to it the way past −r/2 takes so long that the
 * rounding of λ and K to doubles shows in an integrated path.
 */
export const oneRootAndStart = space()
  .with('d', logUniform(1 / 64, 64))
  .with('r', logUniform(1 / 64, 64))
  .with('c', ({ r }) => logUniform((r * r * 65) / 256, 16 * r * r))
  .with('theta', ({ r }) => signedLogUniform(r / 64, 64 * r));

/** d > 0 and a double root ≠ 0 of either sign; the simple one is −2 times as large. */
export const doubleRoot = space()
  .with('d', logUniform(1 / 64, 64))
  .with('double', signedLogUniform(1 / 64, 64));

/** As {@link doubleRoot}, and a point θ = double root + `from` on either side of it. */
export const doubleRootAndPoint = doubleRoot.with('from', ({ double }) =>
  signedLogUniform(Math.abs(double) / 16, 64 * Math.abs(double)),
);

/**
 * Any cubic with d ≠ 0: a real root r, the other two at −r/2 ± spread where spread > 0 and at −r/2 ± i·spread where it is
 * negative; and any point θ. To twenty digits, so that θ is at a root or some 2⁻²⁰ of it away: how long a path that starts
 * next to an unstable root stays there is decided by digits that no integrated path keeps.
 */
export const anyCubicAndPoint = space()
  .with('d', signedLogUniform(1 / 64, 64))
  .with('r', coarse(signedLogUniform(1 / 64, 64), 20))
  .with('spread', ({ r }) => coarse(signedLogUniform(Math.abs(r) / 64, 64 * Math.abs(r)), 20))
  .with('theta', ({ r, spread }) =>
    coarse(signedLogUniform((Math.abs(r) + Math.abs(spread)) / 64, 16 * (Math.abs(r) + Math.abs(spread))), 20),
  );

/** Any cubic with d ≠ 0 by a real root r and the factor x² + rx + c, with real roots or not. */
export const anyCubic = space()
  .with('d', signedLogUniform(1 / 64, 64))
  .with('r', signedLogUniform(1 / 64, 64))
  .with('c', signedLogUniform(1 / 4096, 4096));
