/** Claims of chance at one instance: what is drawn, and the sequential test of how often the conclusion holds. */
import type { Real } from '../numerics/arithmetic';
import { doubles } from '../numerics/doubles';
import {
  logMixture,
  mixtureAbove,
  smallestDeviation,
  testProbability,
  type ProbabilityResult,
  type Toss,
} from '../numerics/probability-test';
import { lowestTerms, parseReal, ratioText, toDouble } from '../numerics/real';
import { uniformStream, type Source } from '../numerics/uniform-stream';
import type { BudgetName } from './budget';
import type { Claim, Instance } from './exam';
import type { Finding, Reading, Sample } from './finding';
import { hypotheses, met, over, reading } from './judge';
import type { ChanceCounts, ChanceTest, Witness } from './record';
import type { Fields, Over } from './space';
import type { EvidencePath } from './watch';

/** One random draw at an instance: all that is random in it comes from `random`, which is uniform on [0, 1). */
export type Draw<F extends Fields, D> = (instance: Over<number, F>, random: Source) => D;

/** What is claimed of one draw, in doubles. */
export type DrawnConclusion<F extends Fields, D> = (R: Reading<number>, drawn: D, instance: Over<number, F>) => Finding;

/** What a claim of chance says: with at least this probability, the conclusion holds on a random draw. */
export interface Chance<F extends Fields, D> {
  /** Text is exact: '0.99' or '99/100'. A function for a probability that depends on the instance. */
  readonly probability: Real | ((instance: Over<number, F>) => number);
  readonly draw: Draw<F, D>;
  readonly then: DrawnConclusion<F, D>;
  /** False statements next to it. */
  readonly mutants?: Readonly<Record<string, DrawnConclusion<F, D>>>;
  /** Other laws of the draw, for which it is false. */
  readonly samplers?: Readonly<Record<string, Draw<F, D>>>;
  /** At most so many draws a test, in the place of what the budget and the probability say: where draws are costly. */
  readonly mostDraws?: number;
}

/** A claim of chance at an instance could not be looked at: what is drawn or concluded threw, or nothing is claimed there. */
export class DrawFailed extends Error {
  override readonly name = 'DrawFailed';
}

/** The probability with which a whole run may say anything false about any of its claims of chance. */
export const FALSE_ALARMS = 1e-6;

/**
 * The part of it that each direction of each test has: the same for all, whatever ran before. A run has room for a
 * thousand such parts, a deep one, which looks at more instances, for five thousand; one that uses more is red.
 */
export const SHARE: Readonly<Record<BudgetName, number>> = {
  quick: 1e-9,
  standard: 1e-9,
  deep: 2e-10,
};

/** A test goes on for so many times the draws that it takes to decide when all come out alike, but at least so many. */
const PATIENCE: Readonly<Record<BudgetName, { readonly times: number; readonly least: number }>> = {
  quick: { times: 2, least: 2000 },
  standard: { times: 4, least: 8000 },
  deep: { times: 40, least: 100_000 },
};

/** How a test is made: the seed of the suite, the error of each direction, and the most draws. */
export interface Terms {
  readonly seed: number;
  readonly alpha: number;
  readonly most: number;
}

/** The terms of a test at an instance under a budget. */
export function termsAt(claim: Claim, instance: Instance, budget: BudgetName, seed: number): Terms {
  const { mostDraws } = chanceOf(claim);
  const p = probabilityAt(claim, instance).value;
  const alpha = SHARE[budget];
  const { times, least } = PATIENCE[budget];
  const alike = Math.log(2 / alpha) / Math.min(-Math.log(p), -Math.log1p(-p));
  return { seed, alpha, most: mostDraws ?? Math.max(least, times * Math.ceil(alike)) };
}

/** What is drawn and concluded. Throws where the claim is of another form. */
export function chanceOf({ id, more }: Claim): Chance<Fields, unknown> {
  if (!more?.chance) throw new Error(`${id} is no claim of chance: nothing is drawn`);
  return more.chance;
}

/** The probability claimed at an instance, and as a fraction where it is written down as a text. */
export function probabilityAt(claim: Claim, instance: Instance): { readonly value: number; readonly exact?: string } {
  const { probability } = chanceOf(claim);
  if (typeof probability === 'string') return { value: toDouble(probability), exact: probability };
  const value = typeof probability === 'number' ? probability : probability(over(claim.exam, doubles, instance));
  if (value > 0 && value < 1) return { value };
  throw new DrawFailed(
    `the probability claimed at ${JSON.stringify(instance)} is ${value}: expected a number between 0 and 1, ` +
      'so draw only instances at which something is claimed',
  );
}

/** A probability as `p/q`, from decimals or a fraction; a number stays. Throws an Error outside (0, 1). */
export function exactProbability(probability: Real): Real {
  const decimals = typeof probability === 'string' ? /^0?\.(\d+)$/.exec(probability)?.[1] : undefined;
  const { numerator, denominator } =
    decimals === undefined ? parseReal(probability) : lowestTerms(BigInt(decimals), 10n ** BigInt(decimals.length));
  if (numerator <= 0n || numerator >= denominator) {
    throw new RangeError(
      `the probability claimed is ${probability}: expected one between 0 and 1, such as '0.99' (for 1 there is almostSurely)`,
    );
  }
  return typeof probability === 'number' ? probability : ratioText({ numerator, denominator });
}

/** A false statement, or another law of the draw, that takes the place of the claim's own. */
export interface Variation {
  readonly name: string;
  readonly draw: Draw<Fields, unknown>;
  readonly then: DrawnConclusion<Fields, unknown>;
}

/** All of a claim's. */
export function variationsOf(claim: Claim): readonly Variation[] {
  const { draw, then, mutants = {}, samplers = {} } = chanceOf(claim);
  return [
    ...Object.entries(mutants).map(([name, mutant]) => ({ name, draw, then: mutant })),
    ...Object.entries(samplers).map(([name, sampler]) => ({ name, draw: sampler, then })),
  ];
}

/**
 * The names of the stream that an instance is drawn from: one for each claim, role and instance. Draws of the role `test`
 * are used for nothing else, so that whatever an instance was chosen by, they are fresh.
 */
export function streamAt({ id, exam }: Claim, role: string, instance: Instance): readonly string[] {
  return ['chance', role, id, JSON.stringify(exam.inside.names.map((name) => [name, instance[name]]))];
}

/**
 * The draws of a stream at an instance, one a call: what was found on each. Throws {@link DrawFailed}, which says on which
 * draw, for whatever the claim throws.
 */
export function drawsAt(
  claim: Claim,
  instance: Instance,
  seed: number,
  stream: readonly string[],
  { draw, then }: Pick<Variation, 'draw' | 'then'> = chanceOf(claim),
): () => Finding {
  const R = reading(doubles, claim.exam);
  const at = over(claim.exam, R, instance);
  const random = uniformStream(seed, ...stream);
  let count = 0;
  return () => {
    count++;
    try {
      return then(R, draw(at, random), at);
    } catch (error) {
      const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      const message = `draw ${count} at ${JSON.stringify(instance)} (seed ${seed}, stream ${stream[1]}) ended in ${what}`;
      throw new DrawFailed(message, { cause: error });
    }
  };
}

/** What a draw counts as: a comparison too close to tell, or none at all, is a tie. */
export function tossOf({ holds, equal, breaks, unresolved }: Finding): Toss {
  if (breaks > 0) return 'failure';
  return unresolved > 0 || holds + equal === 0 ? 'tie' : 'success';
}

/** The test of the claim, or of a variation of it, at an instance. Throws {@link DrawFailed}. */
export function countsAt(
  claim: Claim,
  instance: Instance,
  terms: Terms,
  variation?: Variation,
  watch?: (toss: Toss) => void,
): ChanceCounts {
  const { seed, alpha, most } = terms;
  const probability = probabilityAt(claim, instance).value;
  const stream = streamAt(claim, variation === undefined ? 'test' : `test of ${variation.name}`, instance);
  const next = drawsAt(claim, instance, seed, stream, variation);
  const toss = (): Toss => tossOf(next());
  const watched = (): Toss => {
    const came = toss();
    watch!(came);
    return came;
  };
  const result: ProbabilityResult = testProbability(probability, alpha, most, watch ? watched : toss);
  return { probability, seed, stream, alpha, most, ...result };
}

/** The same, with how the instance came up and what the test would have seen. */
export function testAt(
  claim: Claim,
  instance: Instance,
  terms: Terms,
  on: ChanceTest['on'],
  variation?: Variation,
  watch?: (toss: Toss) => void,
): ChanceTest {
  const counts = countsAt(claim, instance, terms, variation, watch);
  const { atLeast, less } = smallestDeviation(counts.probability, terms.alpha, terms.most);
  const deviation = { ...(atLeast === undefined ? {} : { atLeast }), ...(less === undefined ? {} : { less }) };
  const named = variation === undefined ? {} : { variation: variation.name };
  return { on, ...named, instance, ...counts, smallestDeviation: deviation };
}

/** Points of a path of evidence: the draws between them grow with their number. */
const PATH_RATIO = 1.04;

/** The evidence along a test of which every draw is given. */
export function evidenceAlong({ probability, alpha, most }: ChanceCounts, tosses: readonly Toss[]): EvidencePath {
  const above = mixtureAbove(probability, alpha, most);
  const below = mixtureAbove(1 - probability, alpha, most);
  const path = { draws: [] as number[], atLeast: [] as number[], less: [] as number[] };
  let [successes, failures, next] = [0, 0, 1];
  for (const [k, toss] of tosses.entries()) {
    if (toss === 'success') successes++;
    if (toss === 'failure') failures++;
    if (k + 1 < next && k + 1 < tosses.length) continue;
    next = Math.ceil((k + 1) * PATH_RATIO + 1);
    path.draws.push(k + 1);
    path.atLeast.push(logMixture(above, successes, k + 1) / Math.LN10);
    path.less.push(logMixture(below, failures, k + 1) / Math.LN10);
  }
  return path;
}

/** What a test counted, without how its instance came up. */
export function countsOf(test: ChanceTest): ChanceCounts {
  const { probability, seed, stream, alpha, most, draws, successes, ties, logEvidence, outcome } = test;
  return { probability, seed, stream, alpha, most, draws, successes, ties, logEvidence, outcome };
}

/**
 * What draws that ended with "less than p" show at an instance. `undefined` where they ended otherwise or a hypothesis is
 * not met there.
 */
export function witnessOfChance(claim: Claim, instance: Instance, counts: ChanceCounts): Witness | undefined {
  const assumed = hypotheses(claim.exam, instance);
  if (counts.outcome !== 'less' || !met(assumed)) return undefined;
  const samples = Object.entries(assumed).map(([name, { worst }]) => [name, worst!] as const);
  return {
    instance,
    grade: 'chance',
    horizon: 0,
    sample: shareOf(claim, instance, counts),
    hypotheses: Object.fromEntries(samples),
    chance: counts,
  };
}

/** The probability claimed against the share of draws on which the conclusion was not seen to break. */
export function shareOf(claim: Claim, instance: Instance, { successes, ties, draws }: ChanceCounts): Sample {
  const { value: p, exact } = probabilityAt(claim, instance);
  const share = (successes + ties) / draws;
  return {
    part: 'share of draws',
    relation: '≤',
    at: 0,
    left: { lower: p, upper: p, ...(exact === undefined ? {} : { exact }) },
    right: { lower: share, upper: share, exact: ratioText(lowestTerms(BigInt(successes + ties), BigInt(draws))) },
    violation: (p - share) / (p + share),
  };
}
