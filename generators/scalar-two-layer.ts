import { space } from '../src/claim/space';
import type { Arithmetic } from '../src/numerics/arithmetic';
import { below, beyond, logUniform, signedLogUniform, upTo } from './coordinates';

/**
 * Spaces of instances for the scalar two-layer linear network. The signal λ is not drawn itself but through
 * r = (2dλ)^{1/3}, the first layer's weight at the solution, so that r stays rational: λ = r³/(2d).
 */

/** The signal of an instance drawn by r: λ = r³/(2d). */
export const signal = <N>(R: Arithmetic<N>, { r, d }: { readonly r: N; readonly d: N }): N =>
  R.div(R.power(r, 3), R.mul(2, d));

/** r, d > 0 and a step size below 2/(3r²), the boundary approached. */
export const midpointBelowBound = space()
  .with('r', logUniform(1 / 64, 64))
  .with('d', logUniform(1 / 64, 64))
  .with('eta', ({ r }) => below(2 / (3 * r * r)));

/** r, d > 0 and a step size below 1/(2r²), where forward Euler from zero stays bounded. */
export const eulerSmallStep = space()
  .with('r', logUniform(1 / 64, 64))
  .with('d', logUniform(1 / 64, 64))
  .with('eta', ({ r }) => below(1 / (2 * r * r)));

/** r, d > 0 and a step size beyond 2/(3r²). */
export const midpointBeyondBound = space()
  .with('r', logUniform(1 / 64, 64))
  .with('d', logUniform(1 / 64, 64))
  .with('eta', ({ r }) => beyond(2 / (3 * r * r)));

/** r > 0, d and the step size of either sign, up to 4/r² in size: on both sides of every hypothesis of the midpoint scheme. */
export const midpointAnyStep = space()
  .with('r', logUniform(1 / 64, 64))
  .with('d', signedLogUniform(1 / 64, 64))
  .with('eta', ({ r }) => signedLogUniform(2 ** -10 / (r * r), 4 / (r * r)));

/** r, d > 0 alone, for the step size 2/r². */
export const signalAndFeedback = space()
  .with('r', logUniform(1 / 64, 64))
  .with('d', logUniform(1 / 64, 64));

/** r and d of either sign, so that λ = r³/(2d) is, too. */
export const signalAndFeedbackAnySign = space()
  .with('r', signedLogUniform(1 / 64, 64))
  .with('d', signedLogUniform(1 / 64, 64));

/** As {@link midpointBelowBound}, and a point x of [0, r], ends included. */
export const pointOfInterval = midpointBelowBound.with('x', ({ r }) => upTo(r));

/** A signal and a start of both layers, signs and sizes free: all that gradient descent needs. */
export const signalAndStart = space()
  .with('lambda', signedLogUniform(1 / 64, 64))
  .with('w1', signedLogUniform(1 / 16, 16))
  .with('w2', signedLogUniform(1 / 16, 16));

/** d > 0, signal λ = r³/(2d) > 0 and any start w1 = θ₀ of either sign, up to 64 times r. */
export const alignedStart = signalAndFeedback.with('theta0', ({ r }) => signedLogUniform(r / 64, 64 * r));

/** As {@link alignedStart}, with r and so λ of either sign. */
export const alignedStartAnySign = space()
  .with('r', signedLogUniform(1 / 64, 64))
  .with('d', logUniform(1 / 64, 64))
  .with('theta0', ({ r }) => signedLogUniform(Math.abs(r) / 64, 64 * Math.abs(r)));

/** As {@link alignedStartAnySign}, with d of either sign as well. */
export const alignedStartAnyFeedback = signalAndFeedbackAnySign.with('theta0', ({ r }) =>
  signedLogUniform(Math.abs(r) / 64, 64 * Math.abs(r)),
);

/** d, r > 0 and a start θ₀ beyond r, from just beyond. */
export const alignedStartBeyond = signalAndFeedback.with('theta0', ({ r }) => beyond(r));

/** Two components with one signal and feedback weights d and factor³·d, so that r is factor times as large in the second. */
export const twoFeedbackWeights = signalAndFeedback.with('factor', beyond(1));

/** As {@link twoFeedbackWeights}, and a start θ₀ of the first layer that both share. */
export const twoFeedbackWeightsAndStart = twoFeedbackWeights.with('theta0', ({ r }) =>
  signedLogUniform(r / 64, 64 * r),
);

/** λ = 0: only d > 0 and the start θ₀ ≠ 0 are left. */
export const noSignal = space()
  .with('d', logUniform(1 / 64, 64))
  .with('theta0', signedLogUniform(1 / 64, 64));

/** Any d ≠ 0, any signal, any start of both layers: signs and sizes free. */
export const anyStart = space()
  .with('lambda', signedLogUniform(1 / 64, 64))
  .with('d', signedLogUniform(1 / 64, 64))
  .with('w1', signedLogUniform(1 / 16, 16))
  .with('w2', signedLogUniform(1 / 16, 16));

/** The cubic x³ + 2dKx − 2dλ with K below −(3/2)λ^{3/2}, from just below to 64 times as far. */
export const cubicBeyondPrinted = space()
  .with('d', logUniform(1 / 64, 64))
  .with('lambda', logUniform(1 / 64, 64))
  .with('K', ({ lambda }) => beyond(-1.5 * lambda ** 1.5));

/** The cubic x³ + 2dKx − 2dλ with K below −(3/2)(λ²/d)^{1/3}, from just below to 64 times as far. */
export const cubicBeyond = space()
  .with('d', logUniform(1 / 64, 64))
  .with('lambda', logUniform(1 / 64, 64))
  .with('K', ({ d, lambda }) => beyond(-1.5 * Math.cbrt((lambda * lambda) / d)));
