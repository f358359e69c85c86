/**
 * A sequential test of the probability of an event, of which draws are seen one after the other, against a number p: is
 * it at least p, or less? Looking after every draw is allowed.
 *
 * For a tilt λ > 0 let M(λ) = exp(λ·s − n·log(1 − p + p·e^λ)) after n draws with s successes: the likelihood ratio of the
 * probability with log-odds λ above those of p to p. One draw multiplies it by a number of mean 1 when the probability is
 * p, and of mean at most 1 when it is less: a test supermartingale for every probability up to p, and so is any mixture
 * with fixed weights. By Ville's inequality it ever reaches 1/α with probability at most α. The same with failures in the
 * place of successes and 1 − p in the place of p tests the other direction. The mixture has half its weight on the
 * probability 1, so that successes alone decide after about log(2/α)/−log(p) draws, and half on tilts between the
 * smallest that can be told from 0 in all the draws and {@link LARGEST_TILT}.
 *
 * Source: A. Ramdas, P. Grünwald, V. Vovk, G. Shafer, Game-theoretic statistics and safe anytime-valid inference,
 * Statistical Science 38 (2023); one tilt alone is A. Wald's sequential probability ratio test (1945).
 */
import { probabilityFor } from './binomial';

/** What one draw came to; `tie`: it could not be told which. */
export type Toss = 'success' | 'failure' | 'tie';

/** What a test ended with, after at most so many draws. */
export interface ProbabilityResult {
  readonly outcome: 'at least' | 'less' | 'undecided';
  readonly draws: number;
  readonly successes: number;
  readonly ties: number;
  /** The logarithms of the evidence for "at least p" and for "less than p" after the last draw. */
  readonly logEvidence: Directions<number>;
}

export interface Directions<T> {
  readonly atLeast: T;
  readonly less: T;
}

/** A mixture of likelihood ratios: tilts λ, log(1 − p + p·e^λ) of each, and −log p for the probability 1. */
export interface Mixture {
  readonly tilts: Float64Array;
  readonly costs: Float64Array;
  readonly certain: number;
}

const LARGEST_TILT = 16;
const TILT_RATIO = 1.25;

/** Evidence that hits have a probability above `p`, which lies in (0, 1), made to end at `1/alpha` in `most` draws. */
export function mixtureAbove(p: number, alpha: number, most: number): Mixture {
  const smallest = Math.sqrt((-2 * Math.log(alpha)) / (most * p * (1 - p))) / TILT_RATIO;
  const count = Math.max(1, Math.ceil(Math.log(LARGEST_TILT / smallest) / Math.log(TILT_RATIO)));
  const tilts = Float64Array.from({ length: count }, (_, k) => LARGEST_TILT * TILT_RATIO ** -k);
  const costs = tilts.map((tilt) => Math.log1p(p * Math.expm1(tilt)));
  return { tilts, costs, certain: -Math.log(p) };
}

/** The logarithm of the mixture after so many draws with so many hits. It grows with the hits. */
export function logMixture({ tilts, costs, certain }: Mixture, hits: number, draws: number): number {
  let top = -Infinity;
  for (let k = 0; k < tilts.length; k++) top = Math.max(top, tilts[k]! * hits - draws * costs[k]!);
  let sum = 0;
  for (let k = 0; k < tilts.length; k++) sum += Math.exp(tilts[k]! * hits - draws * costs[k]! - top);
  const tilted = top + Math.log(sum / tilts.length) - Math.LN2;
  return hits < draws ? tilted : logSum(tilted, draws * certain - Math.LN2);
}

const logSum = (a: number, b: number): number => Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));

/**
 * Draws until one direction has evidence 1/`alpha`, at most `most` times. Whatever the probability q is, however the draws
 * are looked at, and for any number of them:
 * - where q < p, it ends with *at least* with probability at most `alpha`;
 * - where q ≥ p, it ends with *less* with probability at most `alpha`.
 * A tie counts as a failure for *at least* and as a success for *less*, so that it never helps to decide. Where q = p, all
 * but 2·`alpha` of the tests end *undecided*. Rounding moves the evidence by less than one part in 10⁹ for a million draws.
 * Throws RangeError where p or alpha is not in (0, 1) or `most` is no whole number ≥ 1.
 */
export function testProbability(p: number, alpha: number, most: number, toss: () => Toss): ProbabilityResult {
  refuse(p, alpha, most);
  const [above, below] = [mixtureAbove(p, alpha, most), mixtureAbove(1 - p, alpha, most)];
  const enough = -Math.log(alpha);
  let [draws, successes, failures] = [0, 0, 0];
  let [lookAtSuccess, lookAtFailure] = [1, 1];
  let outcome: ProbabilityResult['outcome'] = 'undecided';
  while (outcome === 'undecided' && draws < most) {
    const came = toss();
    draws++;
    if (came === 'success' && ++successes === lookAtSuccess) {
      const missing = enough - logMixture(above, successes, draws);
      if (missing <= 0) outcome = 'at least';
      else lookAtSuccess += hitsUntil(above, missing);
    } else if (came === 'failure' && ++failures === lookAtFailure) {
      const missing = enough - logMixture(below, failures, draws);
      if (missing <= 0) outcome = 'less';
      else lookAtFailure += hitsUntil(below, missing);
    }
  }
  const logEvidence = { atLeast: logMixture(above, successes, draws), less: logMixture(below, failures, draws) };
  return { outcome, draws, successes, ties: draws - successes - failures, logEvidence };
}

/**
 * A hit multiplies a mixture by 1/p at most, and every other draw makes it smaller: the test ends as if the evidence was
 * looked at after every draw, though it is only looked at where it could be enough.
 */
const hitsUntil = ({ certain }: Mixture, missing: number): number => Math.max(1, Math.floor(missing / certain));

/** A deviation counts as one that would be seen when it is with this probability. */
const SEEN = 0.9;

/**
 * The smallest deviations of the probability from p, upwards and downwards, that {@link testProbability} ends on the right
 * side of with probability 0.9 or more. Computed from the exact binomial law of the evidence after the last draw alone,
 * and so a little larger than they are: a test may also end before. `undefined` where even a probability of 1 (of 0)
 * would not be told from p in so many draws. Throws as {@link testProbability}.
 */
export function smallestDeviation(p: number, alpha: number, most: number): Directions<number | undefined> {
  refuse(p, alpha, most);
  const above = hitsNeeded(p, alpha, most);
  const below = hitsNeeded(1 - p, alpha, most);
  return {
    atLeast: above === undefined ? undefined : probabilityFor(above, most, SEEN) - p,
    less: below === undefined ? undefined : probabilityFor(below, most, SEEN) - (1 - p),
  };
}

/** The fewest hits among `most` draws that are evidence enough. */
function hitsNeeded(p: number, alpha: number, most: number): number | undefined {
  const mixture = mixtureAbove(p, alpha, most);
  const enough = (hits: number): boolean => logMixture(mixture, hits, most) >= -Math.log(alpha);
  if (!enough(most)) return undefined;
  let [low, high] = [-1, most];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

function refuse(p: number, alpha: number, most: number): void {
  if (!(p > 0 && p < 1)) throw new RangeError(`the probability claimed is ${p}: expected a number between 0 and 1`);
  if (!(alpha > 0 && alpha < 1))
    throw new RangeError(`the error allowed is ${alpha}: expected a number between 0 and 1`);
  if (!Number.isSafeInteger(most) || most < 1) {
    throw new RangeError(`the largest number of draws is ${most}: expected a whole number ≥ 1`);
  }
}
