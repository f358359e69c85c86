import type { SolverName, Solvers } from '../solvers/interfaces';
import { attack } from './attack';
import type { Budget } from './budget';
import { certify, effortOf, horizonFor } from './certify';
import { drawsOf, seedFor } from './draw';
import type { Claim, Exam, Instance } from './exam';
import { bySolver, decide, hypotheses, meetsInDoubles, met, over, questionOf } from './judge';
import { SCHEMA, type Problem, type SolverFailure, type Teeth, type VerdictRecord, type Witness } from './record';
import { simplify, violationToKeep } from './simplify';
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
  let outcome: Outcome;
  try {
    outcome = claim.form === 'exists' ? searchWitness(tally, examiner) : searchBreak(tally, examiner);
  } catch (error) {
    outcome = { verdict: 'undecided', problems: [{ kind: 'error', message: describe(error) }] };
  }
  return record(tally, examiner, outcome, (performance.now() - started) / 1000);
}

interface Outcome {
  readonly verdict: VerdictRecord['verdict'];
  readonly problems: readonly Problem[];
  readonly simplest?: Witness | undefined;
  readonly worst?: Witness | undefined;
  readonly teeth?: Teeth;
}

/** A claim for all: look for an instance that breaks it. */
function searchBreak(tally: Tally, examiner: Examiner): Outcome {
  const { claim } = tally;
  const instances = lookAtAll(tally, examiner);
  lookAtAttack(tally, examiner);
  const worst = tally.breaks.reduce<Tally['breaks'][number] | undefined>(
    (best, next) => (best && best.violation >= next.violation ? best : next),
    undefined,
  );
  if (worst) return refutation(claim, worst.instance, worst.violation, examiner);
  const problems: Problem[] = [];
  if (tally.solverFailure) {
    tally.solverFailure = simplestFailure(tally, tally.solverFailure, examiner);
    problems.push(solverWrong(claim, tally.solverFailure));
    return { verdict: 'undecided', problems };
  }
  const metDraws = Math.min(tally.drawn, ...Object.values(tally.met).map((counts) => counts.met));
  const vacuous = vacuity(tally, metDraws);
  if (vacuous !== undefined) return { verdict: 'undecided', problems: [{ kind: 'vacuous', message: vacuous }] };
  const { holds, equal, unresolved } = tally.comparisons;
  if (unresolved > UNRESOLVED_SHARE * (holds + equal + unresolved)) {
    const message = `${unresolved} of ${holds + equal + unresolved} comparisons could not be decided: a sharper definition or more bits would`;
    return { verdict: 'undecided', problems: [{ kind: 'unresolved', message }] };
  }
  const teeth = teethOf(
    claim,
    instances.slice(0, examiner.budget.teeth),
    usedBy(claim.exam, examiner, instances),
    examiner.faults,
  );
  return { verdict: 'upheld', problems: toothless(claim, teeth), teeth };
}

/** A claim of existence: look for an instance that shows it. */
function searchWitness(tally: Tally, examiner: Examiner): Outcome {
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
  if (exam.run) {
    const found = bySolver(questionOf(claim), examiner.solvers, witness.instance);
    if (found.breaks > 0) {
      tally.solverFailure = {
        instance: witness.instance,
        what: 'its path does not show what the definition shows',
        sample: found.worst!,
      };
      return { verdict: 'undecided', problems: [solverWrong(claim, tally.solverFailure)] };
    }
  }
  const teeth = teethOf(claim, [witness.instance], usedBy(exam, examiner, [witness.instance]), examiner.faults);
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

/** Climbs towards a break in doubles; the best points are put to the definition. */
function lookAtAttack(tally: Tally, examiner: Examiner): void {
  const { claim } = tally;
  const { exam } = claim;
  const question = questionOf(claim);
  const decode = (point: readonly number[]): Instance => exam.inside.decode(point) as Instance;
  const objective = (point: readonly number[]): number => {
    const instance = decode(point);
    if (!meetsInDoubles(exam, instance)) return -Infinity;
    try {
      return bySolver(question, examiner.solvers, instance).worst?.violation ?? -Infinity;
    } catch (error) {
      if (error instanceof Error && error.name === 'SolverError') return 2;
      throw error;
    }
  };
  const seed = seedFor(examiner.seed, 'attack', exam.name, claim.id);
  const finds = attack(objective, exam.inside.names.length, examiner.budget.attack, seed);
  for (const { point } of finds) look(tally, decode(point), { audit: true, draw: false });
}

/** Certifies the worst instance and simplifies it to the one a person can check by hand. */
function refutation(claim: Claim, instance: Instance, violation: number, examiner: Examiner): Outcome {
  const { exam } = claim;
  const found = decide(questionOf(claim), instance);
  const worst = certify(claim, instance, horizonFor(exam, found.worst!.at));
  const keep = violationToKeep(violation);
  const start = { instance, horizon: horizonFor(exam, found.worst!.at) };
  const draft = simplify(exam, start, (d) => effortOf(claim, d.instance, d.horizon, keep), examiner.budget.simplify);
  const simplest = certify(claim, draft.instance, draft.horizon) ?? worst;
  return { verdict: worst ? 'refuted' : 'undecided', problems: [], simplest, worst };
}

/** The simplest instance on which the solver breaks the conclusion that the definition keeps. */
function simplestFailure(tally: Tally, failure: SolverFailure, examiner: Examiner): SolverFailure {
  if (!failure.sample) return failure;
  const question = questionOf(tally.claim);
  const keep = violationToKeep(failure.sample.violation);
  const fails = (instance: Instance): SolverFailure | undefined => {
    try {
      if (!met(hypotheses(tally.claim.exam, instance))) return undefined;
      const { worst } = bySolver(question, tally.solvers, instance);
      if (!worst || worst.violation < keep || decide(question, instance).breaks > 0) return undefined;
      return { ...failure, instance, sample: worst };
    } catch {
      return undefined;
    }
  };
  const start = { instance: failure.instance, horizon: 0 };
  const draft = simplify(
    { ...tally.claim.exam, flow: true },
    start,
    (d) => (fails(d.instance) ? 0 : undefined),
    examiner.budget.simplify / 4,
  );
  return fails(draft.instance) ?? failure;
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

/** Which solver functions an exam calls, found by watching it on one instance. */
function usedBy(exam: Exam, { solvers }: Examiner, instances: readonly Instance[]): ReadonlySet<SolverName> {
  const used = new Set<SolverName>();
  const watch = (family: string, functions: object): object =>
    Object.fromEntries(
      Object.entries(functions as Record<string, (problem: unknown) => unknown>).map(([name, solver]) => [
        name,
        (problem: unknown) => {
          used.add(`${family}.${name}` as SolverName);
          return solver(problem);
        },
      ]),
    );
  const watched = Object.fromEntries(
    Object.entries(solvers).map(([family, functions]) => [family, watch(family, functions as object)]),
  );
  const [instance] = instances;
  if (exam.run && instance) exam.run(watched as unknown as Solvers, over(exam, doubles, instance), exam.horizon ?? 0);
  return used;
}

function record(tally: Tally, examiner: Examiner, outcome: Outcome, seconds: number): VerdictRecord {
  const { claim, comparisons } = tally;
  const { holds, equal, breaks, unresolved, unresolvedAt } = comparisons;
  const uses = claim.exam.run ? (examiner.replaced.length > 0 ? 'given' : 'reference') : 'none';
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
    solver: uses,
    instances: tally.instances,
    drawn: tally.drawn,
    comparisons: { holds, equal, breaks, unresolved, ...(unresolvedAt ? { unresolvedAt } : {}) },
    defined: tally.defined,
    hypotheses: hypothesisRecords(tally),
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

export { SCHEMA };
