import { NotRepresentable, OutOfDomain, TooLarge, type Arithmetic } from '../numerics/arithmetic';
import { dyadics } from '../numerics/dyadic';
import { rationals } from '../numerics/rational';
import type { Claim, Exam, Instance } from './exam';
import type { Finding } from './finding';
import { byDefinition, decide, hypotheses, met, over, questionOf, reading, type Question } from './judge';
import type { Grade, Witness } from './record';

/** Whether a witness shows a violation of a claim for all, or the truth of a claim of existence. */
export function shows(claim: Claim, found: Finding): boolean {
  return claim.form === 'exists' ? found.breaks === 0 && found.unresolved === 0 && found.worst !== undefined : found.breaks > 0;
}

/**
 * The certificate for an instance, by the definition alone: exact if rationals can carry it, otherwise balls, at the
 * shortest stretch of path that shows it (`horizon` or less). `undefined` when the instance shows nothing: a hypothesis
 * fails or the conclusion cannot be decided.
 */
export function certify(claim: Claim, instance: Instance, horizon: number): Witness | undefined {
  const { exam } = claim;
  for (const arithmetic of [dyadics, rationals] as readonly Arithmetic<unknown>[]) {
    const witness = exactly(claim, arithmetic, instance, horizon);
    if (witness) return witness;
  }
  const assumed = hypotheses(exam, instance);
  if (!met(assumed)) return undefined;
  const found = decide(questionOf(claim), instance, horizon);
  if (!shows(claim, found)) return undefined;
  return witnessOf(claim, instance, exam.flow === true && horizon > 0 ? 'confirmed' : 'enclosed', horizon, found, assumed);
}

function exactly<N>(claim: Claim, arithmetic: Arithmetic<N>, instance: Instance, horizon: number): Witness | undefined {
  const { exam } = claim;
  try {
    const R = reading(arithmetic, exam);
    const p = over(exam, R, instance);
    const assumed = Object.fromEntries(Object.entries(exam.assuming).map(([name, h]) => [name, h.holds(R, p)]));
    const found = byDefinition(questionOf(claim), arithmetic, instance, horizon);
    if (!met(assumed) || !shows(claim, found)) return undefined;
    return witnessOf(claim, instance, 'exact', horizon, found, assumed);
  } catch (error) {
    if (error instanceof NotRepresentable || error instanceof TooLarge || error instanceof OutOfDomain) return undefined;
    throw error;
  }
}

function witnessOf(
  claim: Claim,
  instance: Instance,
  grade: Grade,
  horizon: number,
  found: Finding,
  assumed: Readonly<Record<string, Finding>>,
): Witness {
  const samples = Object.entries(assumed).map(([name, finding]) => [name, finding.worst!] as const);
  return { instance, grade, horizon, sample: found.worst!, hypotheses: Object.fromEntries(samples) };
}

/** How much of a path shows what was found at an index: all of a flow, whose times depend on its length, or up to there. */
export function horizonFor(exam: Exam, at: number): number {
  const full = exam.horizon ?? 0;
  return exam.flow === true && at > 0 ? full : Math.min(at, full);
}

/** The violation of a question at an instance over a stretch of path, or −1 where it shows none or is no instance. */
export function violationBy(question: Question, instance: Instance, horizon: number): number {
  if (!met(hypotheses(question.exam, instance))) return -1;
  const found = decide(question, instance, horizon);
  return found.breaks > 0 ? found.worst!.violation : -1;
}
