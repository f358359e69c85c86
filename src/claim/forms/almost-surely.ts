import { certify, horizonFor } from '../certify';
import type { Instance } from '../exam';
import { refutationBy } from '../refute';
import { blamed, lookEverywhere, undecided, upheld, type Outcome, type Search } from '../search';
import type { Break, Tally } from '../tally';
import { brokenBox, standsAlone } from './open-set';

/** How many breaks, the worst first, are asked whether they hold on an open set. */
const ASKED = 12;

/**
 * A claim that holds almost surely: refuted only by an open set of instances that break it. Instances that break it and
 * stand alone are exceptions.
 */
export const searchAlmostSurely: Search = (tally, examiner, uses) => {
  const instances = lookEverywhere(tally, examiner);
  const worstFirst = [...tally.breaks].sort((a, b) => b.violation - a.violation);
  for (const found of worstFirst.slice(0, ASKED)) {
    const box = brokenBox(tally.claim, found.instance, found.at);
    if (box !== undefined) return refuted(tally, found, box, examiner.budget.simplify);
  }
  const exceptions = tally.breaks.filter(({ instance }) => standsAlone(tally.claim, instance));
  if (exceptions.length < tally.breaks.length) {
    const open = tally.breaks.find(({ instance }) => !exceptions.some((other) => other.instance === instance))!;
    const message = `${JSON.stringify(open.instance)} and its neighbours break it, but no box around it is proved to`;
    return undecided('unresolved', message);
  }
  const outcome = blamed(tally, examiner) ?? upheld(tally, examiner, uses, instances.filter(not(exceptions)));
  if (exceptions.length === 0) return outcome;
  const example = exceptions[0]!.instance;
  return { ...outcome, formRecord: { exceptions: { count: exceptions.length, example } } };
};

const not =
  (exceptions: readonly Break[]) =>
  (instance: Instance): boolean =>
    !exceptions.some((exception) => exception.instance === instance);

/** Refuted, with the simplest witness on whose neighbourhood the break is proved as well. */
function refuted(tally: Tally, found: Break, box: number, budget: number): Outcome {
  const { claim } = tally;
  const outcome = refutationBy(claim, [found], budget);
  const worst = outcome.worst ?? certify(claim, found.instance, horizonFor(claim.exam, found.at));
  if (!worst) return outcome;
  const { simplest } = outcome;
  const around = simplest && brokenBox(claim, simplest.instance, simplest.sample.at);
  const shown = simplest && around !== undefined ? { ...simplest, box: around } : { ...worst, box };
  return { ...outcome, simplest: shown, worst: { ...worst, box } };
}
