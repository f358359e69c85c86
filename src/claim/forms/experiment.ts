import type { Instance } from '../exam';
import { all, type Finding } from '../finding';
import { bySolver, questionOf } from '../judge';
import type { Teeth, Witness } from '../record';
import { ownCases, solverWrong, toothless, type Outcome, type Search } from '../search';
import type { Tally } from '../tally';
import type { Examiner } from '../examiner';

/** How many seeds of an experiment each budget tries, at most. */
const SEEDS = { quick: 1, standard: 2, deep: 32 } as const;

/**
 * An experiment: the printed settings, run with one seed after the other. What the paper saw is reproduced when it is seen
 * with every seed tried, not reproduced when it is seen with none.
 */
export const searchExperiment: Search = (tally, examiner, uses) => {
  const { claim } = tally;
  const cases = ownCases(claim.exam).slice(0, SEEDS[examiner.budget.name]);
  const seen: Instance[] = [];
  const missed: [Instance, Finding][] = [];
  let open = 0;
  for (const instance of cases) {
    const found = lookOnce(tally, examiner, instance);
    if (!found) break;
    if (found.breaks > 0) missed.push([instance, found]);
    else if (found.unresolved > 0) open++;
    else seen.push(instance);
  }
  if (tally.solverFailure) return { verdict: 'undecided', problems: [solverWrong(claim, tally.solverFailure)] };
  const formRecord = { seeds: { seen: seen.length, tried: cases.length } };
  if (missed.length === cases.length) return { ...notReproduced(missed), formRecord };
  if (seen.length < cases.length) {
    const message = `seen with ${seen.length} of ${cases.length} seeds, not seen with ${missed.length}, too close to tell with ${open}`;
    return { verdict: 'undecided', problems: [{ kind: 'unresolved', message }], formRecord };
  }
  const teeth = experimentTeeth(tally, examiner, uses, seen[0]!);
  return { verdict: 'reproduced', problems: toothless(claim, teeth), teeth, formRecord };
};

function lookOnce(tally: Tally, examiner: Examiner, instance: Instance): Finding | undefined {
  tally.looking = instance;
  tally.instances++;
  try {
    const found = bySolver(questionOf(tally.claim), examiner.solvers, instance);
    tally.comparisons = all(tally.comparisons, found);
    const { worst } = found;
    if (worst && (!tally.tightest || worst.violation > tally.tightest.sample.violation)) {
      tally.tightest = { sample: worst, instance };
    }
    return found;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'SolverError') throw error;
    tally.solverFailure = { instance, what: error.message };
    return undefined;
  }
}

function notReproduced(missed: readonly (readonly [Instance, Finding])[]): Outcome {
  const witness = ([instance, { worst }]: readonly [Instance, Finding]): Witness => ({
    instance,
    grade: 'observed',
    horizon: worst!.at,
    sample: worst!,
    hypotheses: {},
  });
  const worstFirst = [...missed].sort(([, a], [, b]) => b.worst!.violation - a.worst!.violation);
  const worst = witness(worstFirst[0]!);
  return { verdict: 'not reproduced', problems: [], simplest: worst, worst };
}

/** How many faults of one solver function each budget seeds: an experiment is run anew for each. */
const FAULTS = { quick: 3, standard: 3, deep: Infinity } as const;

/** Which seeded faults and mutants keep it from being reproduced on one seed. */
function experimentTeeth(
  { claim }: Tally,
  { solvers, faults, budget }: Examiner,
  uses: Parameters<Search>[2],
  instance: Instance,
): Teeth {
  const caught: string[] = [];
  const missed: string[] = [];
  const red = (look: () => Finding): boolean => {
    try {
      const { breaks, unresolved } = look();
      return breaks + unresolved > 0;
    } catch {
      return true;
    }
  };
  const file = (name: string, look: () => Finding): unknown => (red(look) ? caught : missed).push(name);
  const seeded = [...uses].flatMap((name) =>
    faults.filter(({ solver }) => solver === name).slice(0, FAULTS[budget.name]),
  );
  for (const fault of seeded) {
    file(`${fault.solver}: ${fault.what}`, () => bySolver(questionOf(claim), fault.solvers, instance));
  }
  for (const [name, then] of Object.entries(claim.mutants ?? {})) {
    file(`statement: ${name}`, () => bySolver({ exam: claim.exam, then }, solvers, instance));
  }
  return { caught, missed };
}
