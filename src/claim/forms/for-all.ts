import { refutationBy } from '../refute';
import { blamed, lookEverywhere, upheld, type Search } from '../search';

/** A claim for all: refuted by one instance that breaks it. */
export const searchForAll: Search = (tally, examiner, uses) => {
  const instances = lookEverywhere(tally, examiner);
  if (tally.breaks.length > 0) return refutationBy(tally.claim, tally.breaks, examiner.budget.simplify);
  return blamed(tally, examiner) ?? upheld(tally, examiner, uses, instances);
};
