import { isRefusal, type Arithmetic, type Real } from '../numerics/arithmetic';
import { dyadics } from '../numerics/dyadic';
import { rationals } from '../numerics/rational';
import type { Claim, Exam, Instance } from './exam';
import type { Finding } from './finding';
import { byDefinition, decide, evidenceOf, hypotheses, met, over, reading, shows, type Evidence } from './judge';
import type { Grade, Witness } from './record';

/** Exact numbers triple their digits with every step of a cubic recursion: past so many steps balls have to do. */
const LONGEST_EXACT = 12;

/**
 * The certificate for an instance, by the definition alone: exact if rationals can carry it, otherwise balls, at the
 * shortest stretch of path that shows it (`horizon` or less). `undefined` when the instance shows nothing: a hypothesis
 * fails or the conclusion cannot be decided.
 */
export function certify(claim: Claim, instance: Instance, horizon: number, constant?: Real): Witness | undefined {
  const { exam } = claim;
  const evidence = evidenceOf(claim, constant);
  const exactly = horizon <= LONGEST_EXACT ? [dyadics, rationals] : [];
  const named = (witness: Witness): Witness => (constant === undefined ? witness : { ...witness, constant });
  for (const arithmetic of exactly as readonly Arithmetic<unknown>[]) {
    const witness = certifyIn(evidence, arithmetic, instance, horizon);
    if (witness) return named(witness);
  }
  const assumed = hypotheses(exam, instance);
  if (!met(assumed)) return undefined;
  const found = decide(evidence.question, instance, horizon);
  if (!shows(evidence, found)) return undefined;
  const grade = exam.flow === true && horizon > 0 ? 'confirmed' : 'enclosed';
  return named(witnessOf(instance, grade, horizon, found, assumed));
}

function certifyIn<N>(
  evidence: Evidence,
  arithmetic: Arithmetic<N>,
  instance: Instance,
  horizon: number,
): Witness | undefined {
  const { question } = evidence;
  const { exam } = question;
  try {
    const R = reading(arithmetic, exam);
    const p = over(exam, R, instance);
    const assumed = Object.fromEntries(Object.entries(exam.assuming).map(([name, h]) => [name, h.holds(R, p)]));
    const found = byDefinition(question, arithmetic, instance, horizon);
    if (!met(assumed) || !shows(evidence, found)) return undefined;
    return witnessOf(instance, 'exact', horizon, found, assumed);
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

function witnessOf(
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

/** What checking a break that is no exact comparison of short fractions counts for, in digits. */
const LONG = 80;

/**
 * How many digits the comparison has that shows on an instance what a witness is to show, a break by at least `keep`: a
 * rough measure of the work to check it by hand. `undefined` where it does not show that, or is no instance.
 */
export function effortOf(claim: Claim, instance: Instance, horizon: number, keep: number): number | undefined {
  if (!met(hypotheses(claim.exam, instance))) return undefined;
  const evidence = evidenceOf(claim);
  const found = decide(evidence.question, instance, horizon);
  if (!shows(evidence, found)) return undefined;
  if (evidence.by === 'breaks' && found.worst!.violation < keep) return undefined;
  if (horizon > 3) return 2 * LONG + horizon;
  const exact = horizon <= LONGEST_EXACT ? certifyIn(evidence, rationals, instance, horizon)?.sample : undefined;
  const digits = (text: string | undefined): number => Math.min(LONG, text?.length ?? LONG);
  return digits(exact?.left.exact) + digits(exact?.right.exact) + horizon;
}
