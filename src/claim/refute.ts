import type { Solvers } from '../solvers/interfaces';
import type { Outcome } from './search';
import { certify, effortOf, horizonFor } from './certify';
import type { Claim, Instance } from './exam';
import { bySolver, decide, hypotheses, met, questionOf } from './judge';
import type { SolverFailure } from './record';
import { simplify, violationToKeep } from './simplify';
import type { Break } from './tally';

/**
 * Refutes the claim by its worst break. Where that can only be confirmed, along a path, and some break shows without any
 * path and exactly, the simplest witness is made of the worst such: less violation that anyone can check by hand is
 * worth more.
 */
export function refutationBy(claim: Claim, breaks: readonly Break[], budget: number): Outcome {
  const [worst, ...others] = [...breaks].sort((a, b) => b.violation - a.violation);
  const outcome = refutation(claim, worst!.instance, worst!.violation, horizonFor(claim.exam, worst!.at), budget);
  if (outcome.verdict !== 'refuted' || outcome.simplest?.grade === 'exact') return outcome;
  for (const { instance } of [worst!, ...others]) {
    const exact = certify(claim, instance, 0);
    if (exact?.grade !== 'exact') continue;
    return { ...outcome, simplest: refutation(claim, instance, exact.sample.violation, 0, budget).simplest ?? exact };
  }
  return outcome;
}

/** Certifies the worst instance, and simplifies it to one that a person can check by hand. */
function refutation(claim: Claim, instance: Instance, violation: number, horizon: number, budget: number): Outcome {
  const worst = certify(claim, instance, horizon);
  if (!worst) {
    const message = `${JSON.stringify(instance)} breaks it, but no certificate could be made of it`;
    return { verdict: 'undecided', problems: [{ kind: 'unresolved', message }] };
  }
  const keep = violationToKeep(violation);
  const effort = (draft: { instance: Instance; horizon: number }): number | undefined =>
    effortOf(claim, draft.instance, draft.horizon, keep);
  const draft = simplify(claim.exam, { instance, horizon }, effort, budget);
  return { verdict: 'refuted', problems: [], simplest: certify(claim, draft.instance, draft.horizon) ?? worst, worst };
}

/** The simplest instance on which the solver breaks the conclusion that the definition keeps. */
export function simplestFailure(claim: Claim, solvers: Solvers, failure: SolverFailure, budget: number): SolverFailure {
  if (!failure.sample) return failure;
  const question = questionOf(claim);
  const keep = violationToKeep(failure.sample.violation);
  const fails = (instance: Instance): SolverFailure | undefined => {
    if (!met(hypotheses(claim.exam, instance))) return undefined;
    const found = failureOn(claim, solvers, instance);
    if (!found?.sample || found.sample.violation < keep || decide(question, instance).breaks > 0) return undefined;
    return { ...failure, instance, sample: found.sample };
  };
  const wholePath = { ...claim.exam, flow: true };
  const start = { instance: failure.instance, horizon: 0 };
  const draft = simplify(wholePath, start, ({ instance }) => (fails(instance) ? 0 : undefined), budget);
  return fails(draft.instance) ?? failure;
}

/** What the solver gets wrong about the claim on one instance, where it does. */
export function failureOn(claim: Claim, solvers: Solvers, instance: Instance): SolverFailure | undefined {
  if (!claim.exam.run) return undefined;
  try {
    const found = bySolver(questionOf(claim), solvers, instance);
    if (found.breaks === 0) return undefined;
    return { instance, what: 'its path does not show what the definition shows', sample: found.worst! };
  } catch (error) {
    if (error instanceof Error && error.name === 'SolverError') return { instance, what: error.message };
    if (error instanceof Error && error.name === 'NoPath') return undefined;
    throw error;
  }
}
