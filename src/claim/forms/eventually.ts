import { doubles } from '../../numerics/doubles';
import { isRefusal } from '../../numerics/arithmetic';
import { certify, effortOf } from '../certify';
import { drawsOf } from '../draw';
import type { Claim, Instance } from '../exam';
import type { Examiner } from '../examiner';
import { byDefinition, evidenceOf, observe } from '../judge';
import type { FormRecord, Witness } from '../record';
import { blamed, casesOf, lookEverywhere, undecided, upheld, type Outcome, type Search } from '../search';
import { simplify } from '../simplify';
import type { Tally } from '../tally';

/**
 * A limit or a rate: refuted by an instance on which what rules it out is certified to hold, upheld where what implies
 * it holds on every instance, undecided where neither.
 */
export const searchEventually: Search = (tally, examiner, uses) => {
  const ruledOut = tally.claim.more?.excluded ? searchExclusion(tally, examiner) : undefined;
  if (ruledOut) return ruledOut;
  const instances = lookEverywhere(tally, examiner);
  const [worst] = [...tally.breaks].sort((a, b) => b.violation - a.violation);
  if (worst) {
    const message = `what would imply it fails at ${JSON.stringify(worst.instance)}, and nothing rules it out there`;
    return undecided('not sufficient', message);
  }
  const outcome = blamed(tally, examiner) ?? upheld(tally, examiner, uses, instances);
  const sharpness = sharpnessOf(tally.claim, examiner);
  return sharpness ? { ...outcome, formRecord: { sharpness } } : outcome;
};

/** The stored cases and some draws: the first on which the exclusion is certified, and the simplest. */
function searchExclusion(tally: Tally, examiner: Examiner): Outcome | undefined {
  const { claim } = tally;
  const { exam } = claim;
  const draws = drawsOf(exam, examiner.budget.draws, examiner.seed).slice(0, examiner.budget.teeth);
  for (const instance of [...casesOf(claim, examiner), ...draws]) {
    tally.looking = instance;
    const witness = excludedAt(claim, instance);
    if (witness) return ruledOut(tally, witness, examiner.budget.simplify);
  }
  return undefined;
}

function excludedAt(claim: Claim, instance: Instance): Witness | undefined {
  const { question } = evidenceOf(claim);
  try {
    if (byDefinition(question, doubles, instance).breaks > 0) return undefined;
    return certify(claim, instance, claim.exam.horizon ?? 0) ?? certify(claim, instance, 0);
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

function ruledOut(tally: Tally, worst: Witness, budget: number): Outcome {
  const { claim } = tally;
  tally.instances++;
  tally.defined++;
  const effort = (draft: { instance: Instance; horizon: number }): number | undefined =>
    effortOf(claim, draft.instance, draft.horizon, 0);
  const draft = simplify(claim.exam, { instance: worst.instance, horizon: worst.horizon }, effort, budget);
  return { verdict: 'refuted', problems: [], simplest: certify(claim, draft.instance, draft.horizon) ?? worst, worst };
}

/** Measured rate over claimed rate, in doubles, over the draws. */
function sharpnessOf(claim: Claim, examiner: Examiner): FormRecord['sharpness'] {
  const measure = claim.more?.sharpness;
  if (!measure) return undefined;
  const { exam } = claim;
  const ratios: number[] = [];
  for (const instance of drawsOf(exam, examiner.budget.draws, examiner.seed)) {
    const seen = observe(exam, examiner.solvers, instance);
    const rates = measure(seen.measures, seen.instance);
    if (rates && Number.isFinite(rates.measured / rates.claimed)) ratios.push(rates.measured / rates.claimed);
  }
  if (ratios.length === 0) return undefined;
  const sorted = ratios.sort((a, b) => a - b);
  return { least: sorted[0]!, median: sorted[Math.floor(sorted.length / 2)]!, points: sorted.length };
}
