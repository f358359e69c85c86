import { certify } from '../certify';
import { drawsOf } from '../draw';
import type { Witness } from '../record';
import { failureOn } from '../refute';
import { casesOf, solverWrong, toothless, undecided, type Search } from '../search';
import { teethOf } from '../teeth';

/** A claim of existence: upheld by an instance that shows it, certified. Searching cannot refute it. */
export const searchExists: Search = (tally, examiner, uses) => {
  const { claim } = tally;
  const { exam } = claim;
  const full = exam.horizon ?? 0;
  const draws = drawsOf(exam, examiner.budget.draws, examiner.seed);
  let witness: Witness | undefined;
  for (const instance of [...casesOf(claim, examiner), ...draws]) {
    tally.instances++;
    tally.defined++;
    tally.looking = instance;
    witness = certify(claim, instance, full);
    if (witness) break;
  }
  if (!witness) {
    return undecided('not found', `no witness among ${tally.instances} instances: search cannot refute existence`);
  }
  tally.solverFailure = failureOn(claim, examiner.solvers, witness.instance);
  if (tally.solverFailure) return { verdict: 'undecided', problems: [solverWrong(claim, tally.solverFailure)] };
  const teeth = teethOf(claim, [witness.instance], uses, examiner.faults);
  return { verdict: 'upheld', problems: toothless(claim, teeth), simplest: witness, worst: witness, teeth };
};
