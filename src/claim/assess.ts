import type { SolverName, Solvers } from '../solvers/interfaces';
import { drawsOf } from './draw';
import type { Claim, Exam, Form } from './exam';
import type { Examiner } from './examiner';
import { searchAlmostSurely } from './forms/almost-surely';
import { searchChance } from './forms/chance';
import { searchEventually } from './forms/eventually';
import { searchExists } from './forms/exists';
import { searchExperiment } from './forms/experiment';
import { searchForAll } from './forms/for-all';
import { searchConstant } from './forms/some-constant';
import { runWatched } from './judge';
import type { Spaces, VerdictRecord } from './record';
import { ownCases, solverWrong, undecided, type Outcome, type Search } from './search';
import { hypothesisRecords, newTally, type Tally } from './tally';
import { TookTooLong, withinSeconds } from './time-limit';
import type { Watcher } from './watch';

export type { Examiner } from './examiner';

/** How the verdict on a claim of each form is reached. */
const SEARCHES: Readonly<Record<Form, Search>> = {
  'for all': searchForAll,
  exists: searchExists,
  'almost surely': searchAlmostSurely,
  'some constant': searchConstant,
  order: searchConstant,
  limit: searchEventually,
  rate: searchEventually,
  chance: searchChance,
  experiment: searchExperiment,
};

/**
 * Reaches the verdict on a claim: stored cases, draws, an attack, then certification of what was found and a look at
 * what would have been seen. Never throws for what the claim, an oracle or a solver does, and never runs longer than the
 * budget's limit of time: that ends as a problem in the record, with all that was seen until then. The same claim,
 * examiner and seed give the same record, `seconds` aside. `watch` is told of every instance looked at.
 */
export function assess(claim: Claim, examiner: Examiner, watch?: Watcher): VerdictRecord {
  const started = performance.now();
  const tally = newTally(claim, examiner.solvers, watch);
  const uses = new Set<SolverName>();
  let outcome: Outcome;
  try {
    outcome = withinSeconds(examiner.budget.seconds, () => {
      noteUsed(uses, tally, examiner);
      return SEARCHES[claim.form](tally, examiner, uses);
    });
  } catch (error) {
    outcome = error instanceof TookTooLong ? endless(tally, examiner, error) : undecided('error', describe(error));
  }
  return record(tally, examiner, uses, outcome, (performance.now() - started) / 1000);
}

/** The claim, an oracle or a solver is still running: whose turn it was, and on what. */
function endless(tally: Tally, { running }: Examiner, { seconds }: TookTooLong): Outcome {
  const solver = running?.();
  const at = tally.looking ? ` at ${JSON.stringify(tally.looking)}` : '';
  if (solver && tally.looking) {
    tally.solverFailure = { instance: tally.looking, what: `${solver} did not answer within ${seconds} s` };
    return { verdict: 'undecided', problems: [solverWrong(tally.claim, tally.solverFailure)] };
  }
  const what = solver ? `the solver ${solver}` : 'the claim, its definition or a word that it uses';
  return undecided('endless', `${what} did not end within ${seconds} s${at}: look for a loop that has no end`);
}

/** Notes which solver functions an exam calls, found by watching it on its first instance. */
function noteUsed(used: Set<SolverName>, tally: Tally, { solvers, budget, seed }: Examiner): void {
  const { exam } = tally.claim;
  const known = uses.get(exam)?.get(solvers);
  if (known) {
    known.forEach((name) => used.add(name));
    return;
  }
  const watch = (family: string, functions: Readonly<Record<string, (problem: unknown) => unknown>>): object =>
    Object.fromEntries(
      Object.entries(functions).map(([name, solver]) => [
        name,
        (problem: unknown) => {
          used.add(`${family}.${name}` as SolverName);
          return solver(problem);
        },
      ]),
    );
  const watched = Object.entries(solvers).map(([family, functions]) => [family, watch(family, functions as never)]);
  const instance = ownCases(exam)[0] ?? drawsOf(exam, budget.draws, seed)[0];
  if (!exam.run || !instance) return;
  tally.looking = instance;
  try {
    runWatched(exam, solvers, Object.fromEntries(watched) as Solvers, instance);
    uses.set(exam, (uses.get(exam) ?? new WeakMap<Solvers, readonly SolverName[]>()).set(solvers, [...used]));
  } catch {
    // A solver that fails here fails again where it is looked at, and is reported there.
  }
}

/** Which solver functions the exams called that were watched. */
const uses = new WeakMap<Exam, WeakMap<Solvers, readonly SolverName[]>>();

function record(
  tally: Tally,
  examiner: Examiner,
  uses: ReadonlySet<SolverName>,
  outcome: Outcome,
  seconds: number,
): VerdictRecord {
  const { claim, comparisons } = tally;
  const { holds, equal, breaks, unresolved, unresolvedAt } = comparisons;
  const given = examiner.replaced.some((name) => uses.has(name));
  return {
    id: claim.id,
    paper: claim.id.split('/')[0]!,
    where: claim.where,
    says: claim.says,
    ...(claim.note === undefined ? {} : { note: claim.note.replace(/\s+/g, ' ') }),
    form: claim.form,
    verdict: outcome.verdict,
    recorded: claim.recorded,
    problems: outcome.problems,
    corrected: claim.corrected ?? [],
    solver: claim.exam.run ? (given ? 'given' : 'reference') : 'none',
    instances: tally.instances,
    drawn: tally.drawn,
    comparisons: { holds, equal, breaks, unresolved, ...(unresolvedAt ? { unresolvedAt } : {}) },
    defined: tally.defined,
    hypotheses: hypothesisRecords(tally, outcome.needs ?? {}),
    spaces: spacesOf(claim.exam),
    ...(tally.tightest ? { tightest: tally.tightest } : {}),
    ...(tally.tightness.size > 1 ? { tightness: [...tally.tightness.values()] } : {}),
    ...(outcome.simplest ? { simplest: outcome.simplest } : {}),
    ...(outcome.worst ? { worst: outcome.worst } : {}),
    ...(tally.solverFailure ? { solverFailure: tally.solverFailure } : {}),
    ...(outcome.formRecord ? { formRecord: outcome.formRecord } : {}),
    teeth: outcome.teeth ?? { caught: [], missed: [] },
    budget: examiner.budget.name,
    seed: examiner.seed,
    seconds,
  };
}

function spacesOf({ inside, around }: Exam): Spaces {
  return { inside: inside.describe, ...(around ? { around: around.describe } : {}) };
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
