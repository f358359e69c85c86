/** The steps that verdicts of every form are made of: looking at instances, the attack, and what is the matter. */
import type { SolverName, Solvers } from '../solvers/interfaces';
import { isRefusal } from '../numerics/arithmetic';
import { attack } from './attack/attack';
import { locate } from './attack/locate';
import { drawsOf, seedFor, type Point } from './draw';
import type { Claim, Exam, Instance } from './exam';
import type { Examiner } from './examiner';
import { bySolver, meetsInDoubles, questionOf } from './judge';
import { needs } from './needed';
import type { FormRecord, Need, Problem, SolverFailure, Teeth, VerdictRecord, Witness } from './record';
import { simplestFailure } from './refute';
import { look, vacuity, type Tally } from './tally';
import { bites, teethOf } from './teeth';

/** What a search ended with. */
export interface Outcome {
  readonly verdict: VerdictRecord['verdict'];
  readonly problems: readonly Problem[];
  readonly simplest?: Witness | undefined;
  readonly worst?: Witness | undefined;
  readonly teeth?: Teeth;
  readonly needs?: Readonly<Record<string, Need>>;
  readonly formRecord?: FormRecord;
}

/** How the verdict on a claim of one form is reached: everything seen goes into the tally, so that it is not lost. */
export type Search = (tally: Tally, examiner: Examiner, uses: ReadonlySet<SolverName>) => Outcome;

/** At most this share of comparisons may stay unresolved in an upheld claim. */
const UNRESOLVED_SHARE = 1 / 100;

/** A path that is integrated counts as so many evaluations of the attack's budget. */
const FLOW_EVALUATIONS = 4;

/** Nothing known, for one reason. */
export const undecided = (kind: Problem['kind'], message: string): Outcome => ({
  verdict: 'undecided',
  problems: [{ kind, message }],
});

/** Every stored case, every draw, and an attack. Returns the cases and draws that meet the hypotheses. */
export function lookEverywhere(tally: Tally, examiner: Examiner): readonly Instance[] {
  const instances = lookAtAll(tally, examiner);
  lookAtAttack(tally, examiner);
  return instances;
}

/** Every stored case, then every draw. Returns those that meet the hypotheses. */
function lookAtAll(tally: Tally, examiner: Examiner): readonly Instance[] {
  const visit = (instance: Instance, draw: boolean): boolean => {
    const before = tally.instances;
    look(tally, instance, { audit: !draw, draw });
    return tally.instances > before;
  };
  const { cases, draws } = visitAll(tally.claim, examiner, visit);
  return [...cases, ...draws];
}

/** The stored cases, then the draws: of both those that meet the hypotheses, as `visit` says. Throws for a case that does not. */
export function visitAll(
  claim: Claim,
  examiner: Examiner,
  visit: (instance: Instance, draw: boolean) => boolean,
): { readonly cases: readonly Instance[]; readonly draws: readonly Instance[] } {
  const { exam } = claim;
  const cases = casesOf(claim, examiner);
  cases.forEach((instance, k) => {
    if (!visit(instance, false)) throw new Error(unmet(claim, instance, k < exam.cases.length));
  });
  const draws = drawsOf(exam, examiner.budget.draws, examiner.seed).filter((instance) => visit(instance, true));
  return { cases, draws };
}

/** What is the matter with a case that does not meet the hypotheses: the exam's own, or one stored since. */
function unmet({ id, exam }: Claim, instance: Instance, own: boolean): string {
  const text = `the stored case ${JSON.stringify(instance)}`;
  return own
    ? `${text} does not meet the hypotheses of "${exam.name}"`
    : `${text} of cases/${id}.json no longer meets the hypotheses of "${exam.name}": drop it by "npm run keep -- ${id}"`;
}

/** The exam's own cases, then what earlier searches found. Throws MalformedInstance for what is no instance. */
export function casesOf(claim: Claim, { stored }: Pick<Examiner, 'stored'>): readonly Instance[] {
  return [...ownCases(claim.exam), ...(stored?.(claim) ?? [])];
}

const parsed = new WeakMap<Exam, readonly Instance[]>();

/** The exam's own cases: the same objects at every call, so that paths are kept from one claim to the next. */
export function ownCases(exam: Exam): readonly Instance[] {
  const known = parsed.get(exam) ?? exam.cases.map((instance) => exam.inside.parse(instance) as Instance);
  parsed.set(exam, known);
  return known;
}

/**
 * Climbs towards a break in doubles, from the stored cases too; the best points are put to the definition. Sides too
 * close to tell are a tie.
 */
function lookAtAttack(tally: Tally, examiner: Examiner): void {
  const { claim } = tally;
  const evaluations = Math.floor(examiner.budget.attack / (claim.exam.flow === true ? FLOW_EVALUATIONS : 1));
  const violation = (instance: Instance): number => violationOn(claim, examiner.solvers, instance);
  for (const instance of attackOn(tally, examiner, evaluations, violation)) {
    look(tally, instance, { audit: true, draw: false });
  }
}

/** The instances that an attack ends with, the largest `violation` first; it starts from the stored cases too. */
export function attackOn(
  tally: Tally,
  examiner: Examiner,
  evaluations: number,
  violation: (instance: Instance) => number,
): readonly Instance[] {
  const { claim } = tally;
  const { exam } = claim;
  const objective = (_: readonly number[], decoded: unknown): number => {
    const instance = decoded as Instance;
    tally.looking = instance;
    return meetsInDoubles(exam, instance) ? violation(instance) : -Infinity;
  };
  const seed = seedFor(examiner.seed, 'attack', exam.name, claim.id);
  const seeds = casesOf(claim, examiner).flatMap((instance) => located(exam, instance));
  const finds = attack(objective, exam.inside.dimension, evaluations, seed, seeds, exam.inside);
  return finds.map(({ point }) => exam.inside.decode(point) as Instance);
}

/** Points of an exam's cases, which all its claims start from: by the instance as a text. */
const places = new WeakMap<Exam, Map<string, readonly Point[]>>();

/** The point of the cube that stands for the case, if one is found. */
function located(exam: Exam, instance: Instance): readonly Point[] {
  const known = places.get(exam) ?? new Map<string, readonly Point[]>();
  places.set(exam, known);
  const key = JSON.stringify(instance);
  const point = known.get(key) ?? [locate(exam.inside, instance as never)].filter((found) => found !== undefined);
  known.set(key, point);
  return point;
}

/**
 * The largest violation in doubles, on the solver's path: positive where the conclusion breaks, 0 where only sides too
 * close to tell are left, 2, more than any, where the solver gives no answer.
 */
export function violationOn(claim: Claim, solvers: Solvers, instance: Instance): number {
  try {
    const { worst, unresolved } = bySolver(questionOf(claim), solvers, instance);
    return worst?.violation ?? (unresolved > 0 ? 0 : -Infinity);
  } catch (error) {
    if (error instanceof Error && error.name === 'SolverError') return 2;
    if (error instanceof Error && error.name === 'NoPath') return -Infinity;
    // Doubles let a hypothesis pass that fails by less than they can tell, a rank say: nothing is seen there.
    if (isRefusal(error)) return -Infinity;
    throw error;
  }
}

/** The verdict where the solver, and not the definition, broke the conclusion; `undefined` where it did not. */
export function blamed(tally: Tally, examiner: Examiner): Outcome | undefined {
  const { claim } = tally;
  if (!tally.solverFailure) return undefined;
  tally.solverFailure = simplestFailure(claim, tally.solvers, tally.solverFailure, examiner.budget.simplify / 4);
  return { verdict: 'undecided', problems: [solverWrong(claim, tally.solverFailure)] };
}

/** Upheld, unless what was looked at says next to nothing; with what would have been seen, and which hypotheses are needed. */
export function upheld(
  tally: Tally,
  examiner: Examiner,
  uses: ReadonlySet<SolverName>,
  instances: readonly Instance[],
): Outcome {
  const { claim } = tally;
  const problem = vacuous(tally, examiner) ?? unresolved(tally) ?? notApproached(tally);
  if (problem) return { verdict: 'undecided', problems: [problem] };
  const tightest = tally.tightest ? [tally.tightest.instance] : [];
  const teeth = teethOf(claim, [...tightest, ...instances.slice(0, examiner.budget.teeth)], uses, examiner.faults);
  const needed = needs(claim, examiner.budget, examiner.seed);
  return { verdict: 'upheld', problems: toothless(claim, teeth), teeth, needs: needed };
}

export function vacuous(tally: Tally, { seed }: Pick<Examiner, 'seed'>): Problem | undefined {
  const message = vacuity(tally, seed);
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

/** What a solver that breaks what the definition keeps is told. */
export function solverWrong(claim: Claim, { instance, what }: SolverFailure): Problem {
  const message = `the solver, not the theorem, is wrong: at ${JSON.stringify(instance)} ${what} (${claim.where})`;
  return { kind: 'solver wrong', message };
}

/** The problem of a claim that nothing seeded turns red, if it is one. */
export function toothless(claim: Claim, teeth: Teeth): readonly Problem[] {
  if (claim.toothless !== undefined || bites(claim, teeth)) return [];
  const message =
    claim.form === 'chance'
      ? `not seen red: ${teeth.missed.join(', ')}`
      : 'nothing that was seeded turns it red: no solver fault and no mutant of the statement';
  return [{ kind: 'toothless', message }];
}
