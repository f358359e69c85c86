import type { SolverName, Solvers } from '../solvers/interfaces';
import { attack } from './attack/attack';
import type { Budget } from './budget';
import { certify } from './certify';
import { drawsOf, seedFor } from './draw';
import type { Claim, Exam, Instance } from './exam';
import { bySolver, meetsInDoubles, over, questionOf } from './judge';
import type { Need, Problem, SolverFailure, Teeth, VerdictRecord, Witness } from './record';
import { needs } from './needed';
import { failureOn, refutationBy, simplestFailure } from './refute';
import { hypothesisRecords, look, newTally, vacuity, type Tally } from './tally';
import { bites, teethOf, type BrokenSolvers } from './teeth';
import { doubles } from '../numerics/doubles';

/** What a verdict is reached with: the solvers looked at, the faults to seed, how much is tried, and from which seed. */
export interface Examiner {
  readonly solvers: Solvers;
  /** Which of them are not ours. */
  readonly replaced: readonly SolverName[];
  readonly faults: readonly BrokenSolvers[];
  readonly budget: Budget;
  readonly seed: number;
}

/** At most this share of comparisons may stay unresolved in an upheld claim. */
const UNRESOLVED_SHARE = 1 / 100;

/**
 * Reaches the verdict on a claim: stored cases, draws, an attack, then certification of what was found and a look at
 * what would have been seen. Never throws for what the claim, an oracle or a solver does: that ends as a problem in the
 * record. The same claim, examiner and seed give the same record, `seconds` aside.
 */
export function assess(claim: Claim, examiner: Examiner): VerdictRecord {
  const started = performance.now();
  const tally = newTally(claim, examiner.solvers);
  const uses = usedBy(claim.exam, examiner);
  let outcome: Outcome;
  try {
    outcome = claim.form === 'exists' ? searchWitness(tally, examiner, uses) : searchBreak(tally, examiner, uses);
  } catch (error) {
    outcome = { verdict: 'undecided', problems: [{ kind: 'error', message: describe(error) }] };
  }
  return record(tally, examiner, uses, outcome, (performance.now() - started) / 1000);
}

/** What a search ended with. */
export interface Outcome {
  readonly verdict: VerdictRecord['verdict'];
  readonly problems: readonly Problem[];
  readonly simplest?: Witness | undefined;
  readonly worst?: Witness | undefined;
  readonly teeth?: Teeth;
  readonly needs?: Readonly<Record<string, Need>>;
}

/** A claim for all: look for an instance that breaks it. */
function searchBreak(tally: Tally, examiner: Examiner, uses: ReadonlySet<SolverName>): Outcome {
  const { claim } = tally;
  const instances = lookAtAll(tally, examiner);
  lookAtAttack(tally, examiner);
  if (tally.breaks.length > 0) return refutationBy(claim, tally.breaks, examiner.budget.simplify);
  if (tally.solverFailure) {
    tally.solverFailure = simplestFailure(claim, tally.solvers, tally.solverFailure, examiner.budget.simplify / 4);
    return { verdict: 'undecided', problems: [solverWrong(claim, tally.solverFailure)] };
  }
  const problem = vacuous(tally) ?? unresolved(tally) ?? notApproached(tally);
  if (problem) return { verdict: 'undecided', problems: [problem] };
  const tightest = tally.tightest ? [tally.tightest.instance] : [];
  const tried = [...tightest, ...instances.slice(0, examiner.budget.teeth)];
  const teeth = teethOf(claim, tried, uses, examiner.faults);
  const needed = needs(claim, examiner.budget, examiner.seed);
  return { verdict: 'upheld', problems: toothless(claim, teeth), teeth, needs: needed };
}

function vacuous(tally: Tally): Problem | undefined {
  const message = vacuity(tally);
  return message === undefined ? undefined : { kind: 'vacuous', message };
}

function unresolved({ comparisons }: Tally): Problem | undefined {
  const total = comparisons.holds + comparisons.equal + comparisons.unresolved;
  if (total > 0 && comparisons.unresolved <= UNRESOLVED_SHARE * total) return undefined;
  const message = `${comparisons.unresolved} of ${total} comparisons could not be decided: a sharper definition would`;
  return { kind: 'unresolved', message };
}

/** A bound that is called tight has to be approached to within a twentieth. */
function notApproached({ claim, tightest }: Tally): Problem | undefined {
  if (claim.tight !== true || (tightest && tightest.sample.violation > -1 / 20)) return undefined;
  const message = `called tight, but nothing comes closer than ${tightest?.sample.violation.toPrecision(3) ?? 'nothing'}`;
  return { kind: 'not approached', message };
}

/** A claim of existence: look for an instance that shows it. */
function searchWitness(tally: Tally, examiner: Examiner, uses: ReadonlySet<SolverName>): Outcome {
  const { claim } = tally;
  const { exam } = claim;
  const full = exam.horizon ?? 0;
  const draws = drawsOf(exam, examiner.budget.draws, examiner.seed);
  let witness: Witness | undefined;
  for (const instance of [...(exam.cases as readonly Instance[]), ...draws]) {
    tally.instances++;
    tally.defined++;
    witness = certify(claim, instance, full);
    if (witness) break;
  }
  if (!witness) {
    const message = `no witness among ${tally.instances} instances: search cannot refute existence`;
    return { verdict: 'undecided', problems: [{ kind: 'not found', message }] };
  }
  tally.solverFailure = failureOn(claim, examiner.solvers, witness.instance);
  if (tally.solverFailure) return { verdict: 'undecided', problems: [solverWrong(claim, tally.solverFailure)] };
  const teeth = teethOf(claim, [witness.instance], uses, examiner.faults);
  return { verdict: 'upheld', problems: toothless(claim, teeth), simplest: witness, worst: witness, teeth };
}

/** Every stored case, then every draw. Returns those that meet the hypotheses. */
function lookAtAll(tally: Tally, examiner: Examiner): readonly Instance[] {
  const { exam } = tally.claim;
  const good: Instance[] = [];
  const visit = (instance: Instance, draw: boolean): void => {
    const before = tally.instances;
    look(tally, instance, { audit: !draw, draw });
    if (tally.instances > before) good.push(instance);
    else if (!draw)
      throw new Error(`the stored case ${JSON.stringify(instance)} does not meet the hypotheses of "${exam.name}"`);
  };
  for (const instance of exam.cases as readonly Instance[]) visit(exam.inside.parse(instance) as Instance, false);
  for (const instance of drawsOf(exam, examiner.budget.draws, examiner.seed)) visit(instance, true);
  return good;
}

/** Climbs towards a break in doubles; the best points are put to the definition. Sides too close to tell are a tie. */
function lookAtAttack(tally: Tally, examiner: Examiner): void {
  const { claim } = tally;
  const { exam } = claim;
  const question = questionOf(claim);
  const decode = (point: readonly number[]): Instance => exam.inside.decode(point) as Instance;
  const objective = (point: readonly number[]): number => {
    const instance = decode(point);
    if (!meetsInDoubles(exam, instance)) return -Infinity;
    try {
      const { worst, unresolved } = bySolver(question, examiner.solvers, instance);
      return worst?.violation ?? (unresolved > 0 ? 0 : -Infinity);
    } catch (error) {
      if (error instanceof Error && error.name === 'SolverError') return 2;
      throw error;
    }
  };
  const seed = seedFor(examiner.seed, 'attack', exam.name, claim.id);
  const finds = attack(objective, exam.inside.dimension, examiner.budget.attack, seed);
  for (const { point } of finds) look(tally, decode(point), { audit: true, draw: false });
}

function solverWrong(claim: Claim, { instance, what }: SolverFailure): Problem {
  const message = `the solver, not the theorem, is wrong: at ${JSON.stringify(instance)} ${what} (${claim.where})`;
  return { kind: 'solver wrong', message };
}

function toothless(claim: Claim, teeth: Teeth): readonly Problem[] {
  if (claim.toothless !== undefined || bites(claim, teeth)) return [];
  return [
    {
      kind: 'toothless',
      message: 'nothing that was seeded turns it red: no solver fault and no mutant of the statement',
    },
  ];
}

/** Which solver functions an exam calls, found by watching it on its first instance. */
function usedBy(exam: Exam, { solvers, budget, seed }: Examiner): ReadonlySet<SolverName> {
  const used = new Set<SolverName>();
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
  const instance = (exam.cases as readonly Instance[])[0] ?? drawsOf(exam, budget.draws, seed)[0];
  if (!exam.run || !instance) return used;
  try {
    exam.run(Object.fromEntries(watched) as Solvers, over(exam, doubles, instance), exam.horizon ?? 0);
  } catch {
    // A solver that fails here fails again where it is looked at, and is reported there.
  }
  return used;
}

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
    ...(tally.tightest ? { tightest: tally.tightest } : {}),
    ...(outcome.simplest ? { simplest: outcome.simplest } : {}),
    ...(outcome.worst ? { worst: outcome.worst } : {}),
    ...(tally.solverFailure ? { solverFailure: tally.solverFailure } : {}),
    teeth: outcome.teeth ?? { caught: [], missed: [] },
    budget: examiner.budget.name,
    seed: examiner.seed,
    seconds,
  };
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
