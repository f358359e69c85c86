import { space } from '../src/claim/space';
import type { Arithmetic } from '../src/numerics/arithmetic';
import { doubles } from '../src/numerics/doubles';
import { below, beyond, logUniform, uniformBetween, upTo } from './coordinates';

/**
 * Spaces of instances for forward Euler from zero weights. Its step-size conditions are about r = (2dλ)^{1/3} and about the
 * number S* > 0 with S*³ = S*² + r³. Both are rational in their quotient: q = r/S* in (0, 1) gives S* = 1/(1 − q³) and
 * r = q·S*. What is drawn is odds = r/(S* − r), so that q = odds/(1 + odds).
 */

/** What an instance drawn by `odds` = r/(S* − r) is about. */
export interface Signal<N> {
  /** (2dλ)^{1/3}. */
  readonly r: N;
  /** S*: the positive number with S*³ = S*² + r³. */
  readonly sStar: N;
  /** 2dλ = r³. */
  readonly twoDLambda: N;
}

/** r, S* and 2dλ of an instance drawn by odds > 0. */
export function signalOf<N>(R: Arithmetic<N>, { odds }: { readonly odds: N }): Signal<N> {
  const q = R.div(odds, R.add(1, odds));
  const sStar = R.div(1, R.sub(1, R.power(q, 3)));
  const r = R.mul(q, sStar);
  return { r, sStar, twoDLambda: R.power(r, 3) };
}

/** A signal, d > 0, and the step size by its inverse, so that small steps, too, are simple numbers. */
export interface EulerInstance<N> {
  readonly odds: N;
  readonly d: N;
  readonly inverseStep: N;
}

/** What forward Euler is given: the signal λ = r³/(2d), d, and η = 1/inverseStep. */
export function eulerScheme<N>(
  R: Arithmetic<N>,
  { odds, d, inverseStep }: EulerInstance<N>,
): { readonly lambda: N; readonly d: N; readonly eta: N } {
  return { lambda: R.div(signalOf(R, { odds }).twoDLambda, R.mul(2, d)), d, eta: R.div(1, inverseStep) };
}

/** 2/(3(S* + 1)²) or 2/(r³ + 4/27), whichever is less: r³ + 4/27 is the largest P on the region. */
function stepSizeBound(odds: number): number {
  const { sStar, twoDLambda } = signalOf(doubles, { odds });
  return Math.min(2 / (3 * (sStar + 1) ** 2), 2 / (twoDLambda + 4 / 27));
}

/** r from about 1/64 to about 86. */
const signals = space().with('odds', logUniform(1 / 64, 256));

/** A signal, d > 0 and a step size from just below the bound of Theorem 26 to a 65th of it. */
export const eulerBelowBound = signals
  .with('d', logUniform(1 / 64, 64))
  .with('inverseStep', ({ odds }) => beyond(1 / stepSizeBound(odds)));

/** The same with r below 11, for witnesses of short numbers. */
export const eulerBelowBoundModerate = space()
  .with('odds', logUniform(1 / 16, 32))
  .with('d', logUniform(1 / 64, 64))
  .with('inverseStep', ({ odds }) => beyond(1 / stepSizeBound(odds)));

/** A signal and a number x > 0, from 1/64 to 64 times S*. */
export const pointOfDiagonal = signals.with('x', ({ odds }) => {
  const { sStar } = signalOf(doubles, { odds });
  return logUniform(sStar / 64, sStar * 64);
});

/** The least S with P(x, S) = r³ − x³ + xS ≥ 0 and S ≥ 0. */
const leastS = (r3: number, x: number): number => (x === 0 ? 0 : Math.max(0, x * x - r3 / x));

/** The points of the region above x: S from its least to x. */
const overX = (odds: number, x: number) =>
  uniformBetween(Math.min(x, leastS(signalOf(doubles, { odds }).twoDLambda, x)), x);

/** A signal and a point of the region 0 ≤ S ≤ x, r³ − x³ + xS ≥ 0. */
export const pointOfRegion = signals
  .with('x', ({ odds }) => upTo(signalOf(doubles, { odds }).sStar))
  .with('S', ({ odds, x }) => overX(odds, x));

/** A signal, two points of the region and a weight in [0, 1]. */
export const pairOfRegion = pointOfRegion
  .with('x2', ({ odds }) => upTo(signalOf(doubles, { odds }).sStar))
  .with('S2', ({ odds, x2 }) => overX(odds, x2))
  .with('weight', upTo(1));

/** A signal and numbers r ≤ now ≤ next ≤ last ≤ S*, and x in [0, now]: an iterate below its root, which moves up. */
export const rootsInOrder = signals
  .with('last', ({ odds }) => uniformBetween(signalOf(doubles, { odds }).r, signalOf(doubles, { odds }).sStar))
  .with('next', ({ odds, last }) => uniformBetween(signalOf(doubles, { odds }).r, last))
  .with('now', ({ odds, next }) => uniformBetween(signalOf(doubles, { odds }).r, next))
  .with('x', ({ now }) => upTo(now));

/** r, d > 0 and a step size from 1/64 to 64 times 1/(dλ) = 2/r³: on both sides of where the first step squared passes it. */
export const eulerFirstStep = space()
  .with('r', logUniform(1 / 64, 64))
  .with('d', logUniform(1 / 64, 64))
  .with('eta', ({ r }) => logUniform(1 / (32 * r ** 3), 128 / r ** 3));

/** ℓ > 0, α∞ in (0, ℓ²) and a step size below 2/(3ℓ²): what the driven sequence (148) is given. */
const driven = space()
  .with('ell', logUniform(1 / 64, 64))
  .with('alphaLimit', ({ ell }) => below(ell * ell))
  .with('eta', ({ ell }) => below(2 / (3 * ell * ell)));

/** 2dλ = ℓ³ − ℓα∞, for which ℓ is the root of x³ − α∞x − 2dλ. */
const drivenSignal = (ell: number, alphaLimit: number): number => ell * (ell * ell - alphaLimit);

/** As given above, x in [0, ℓ], and α ≤ next ≤ α∞ with x at most the root of x³ − αx − 2dλ. */
export const drivenStep = driven
  .with('x', ({ ell }) => upTo(ell))
  .with('alpha', ({ ell, alphaLimit, x }) =>
    uniformBetween(Math.min(alphaLimit, leastS(drivenSignal(ell, alphaLimit), x)), alphaLimit),
  )
  .with('next', ({ alpha, alphaLimit }) => uniformBetween(alpha, alphaLimit));

/** The function f(x; α) = x + (η/2)(2dλ − x³ + αx) at a point x: all of any size, 2dλ drawn as r³. */
export const drivenFunction = space()
  .with('r', logUniform(1 / 64, 64))
  .with('eta', logUniform(1 / 64, 64))
  .with('alpha', logUniform(1 / 64, 64))
  .with('x', logUniform(1 / 64, 64));

/** r, α > 0 and a number z beyond √(2α). */
export const farLeft = space()
  .with('r', logUniform(1 / 64, 64))
  .with('alpha', logUniform(1 / 64, 64))
  .with('z', ({ alpha }) => beyond(Math.sqrt(2 * alpha)));
