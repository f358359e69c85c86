import { DrawFailed } from '../claim/chance';
import { all, single, type Finding } from '../claim/finding';
import type { Claim, Instance } from '../claim/exam';
import { certify, horizonFor } from '../claim/certify';
import { byDefinition, bySolver, decide, evidenceOf, hypotheses, over, questionOf, reading } from '../claim/judge';
import type { Grade } from '../claim/record';
import { NotRepresentable, OutOfDomain, TooLarge, Undetermined, type Real } from '../numerics/arithmetic';
import { doubles } from '../numerics/doubles';
import { rationals } from '../numerics/rational';
import type { Solvers } from '../solvers/interfaces';

export type Outcome = 'holds' | 'breaks' | 'undecided';

/** What a conclusion comes to at one instance, and how that is known. */
export interface Conclusion {
  readonly outcome: Outcome;
  readonly finding: Finding;
  readonly grade: Grade;
}

/** Exact numbers are tried up to so many steps: their digits triple with every one. */
const LONGEST_EXACT = 12;

/** The number that the definition asks for does not exist at this instance, or cannot be computed. */
export class NoValue extends Error {
  override readonly name = 'NoValue';
}

/**
 * The conclusion by the definition alone, along `horizon` steps (default: all): in exact numbers where the stretch of
 * path that shows a break is short, in balls otherwise. Hypotheses are not looked at. Where what rules a limit out holds,
 * that is the break. Throws {@link NoValue}.
 */
export function byDefinitionAlone(
  claim: Claim,
  instance: Instance,
  horizon = claim.exam.horizon ?? 0,
  constant?: Real,
): Conclusion {
  const ruledOut = claim.more?.excluded ? valued(() => certify(claim, instance, horizon)) : undefined;
  if (ruledOut) return { outcome: 'breaks', finding: single('breaks', ruledOut.sample), grade: ruledOut.grade };
  const question = constant === undefined ? questionOf(claim) : evidenceOf(claim, constant).question;
  const finding = valued(() => decide(question, instance, horizon));
  const breaks = finding.firstBreak;
  const stretch = breaks ? Math.min(horizon, horizonFor(claim.exam, breaks.at)) : horizon;
  const exact =
    stretch <= LONGEST_EXACT ? ifExact(() => byDefinition(question, rationals, instance, stretch)) : undefined;
  if (exact && exact.unresolved === 0) return { outcome: outcomeOf(exact), finding: exact, grade: 'exact' };
  const grade = claim.exam.flow === true && horizon > 0 ? 'confirmed' : 'enclosed';
  return { outcome: outcomeOf(finding), finding, grade };
}

/**
 * The conclusion on the solver's path, in doubles. `truth`: what the definition comes to; where that holds, a break that
 * the definition shows too when it is run in doubles is rounding, not the solver, and left undecided.
 */
export function bySolverAlone(claim: Claim, solvers: Solvers, instance: Instance, truth: Outcome): Conclusion {
  const question = questionOf(claim);
  const finding = bySolver(question, solvers, instance);
  const rounding = truth === 'holds' && finding.breaks > 0 && byDefinition(question, doubles, instance).breaks > 0;
  return { outcome: rounding ? 'undecided' : outcomeOf(finding), finding, grade: 'observed' };
}

/** Each hypothesis at the instance, in exact numbers where there are such, in balls otherwise. Throws {@link NoValue}. */
export function hypothesesAt(claim: Claim, instance: Instance): readonly (readonly [string, Finding])[] {
  const { exam } = claim;
  const R = reading(rationals, exam);
  const found = Object.entries(valued(() => hypotheses(exam, instance)));
  return found.map(([name, enclosed]) => {
    const exact = ifExact(() => exam.assuming[name]!.holds(R, over(exam, R, instance)));
    return [name, exact?.unresolved === 0 ? exact : enclosed];
  });
}

export function outcomeOf(finding: Finding): Outcome {
  const { breaks, unresolved } = all(finding);
  return breaks > 0 ? 'breaks' : unresolved > 0 ? 'undecided' : 'holds';
}

/** What exact arithmetic finds, where it can go. */
function ifExact(find: () => Finding): Finding | undefined {
  try {
    return find();
  } catch (error) {
    if (error instanceof NotRepresentable || error instanceof TooLarge || error instanceof OutOfDomain)
      return undefined;
    throw error;
  }
}

/** Computes; what has no value, or none that can be computed, is {@link NoValue}. */
export function valued<T>(compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    const known =
      error instanceof OutOfDomain ||
      error instanceof DrawFailed ||
      error instanceof Undetermined ||
      error instanceof TooLarge ||
      error instanceof NotRepresentable;
    if (known) throw new NoValue(`there is no value at this instance: ${error.message}`);
    throw error;
  }
}
