import { all, type Finding, type Strain } from './finding';
import type { Claim, Instance } from './exam';
import { bySolver, decide, questionOf, type Question } from './judge';
import type { Teeth } from './record';
import type { SolverName, Solvers } from '../solvers/interfaces';

/** A solver broken on purpose, ready for use. */
export interface BrokenSolvers {
  readonly solver: SolverName;
  readonly what: string;
  readonly solvers: Solvers;
}

/** Distortions that every claim is tried with: a bound moved by a twentieth, an identity by one part in a million. */
export const STRAINS: Readonly<Record<string, Strain>> = {
  'bounds 5 % tighter': { bounds: 0.05, identities: 0 },
  'identities off by one part in a million': { bounds: 0, identities: 1e-6 },
};

/**
 * Which seeded faults and mutants turn the claim red on the instances given: faults of the solver functions that its
 * exam `uses`, mutants of its statement, and every comparison distorted.
 */
export function teethOf(
  claim: Claim,
  instances: readonly Instance[],
  uses: ReadonlySet<SolverName>,
  faults: readonly BrokenSolvers[],
): Teeth {
  const caught: string[] = [];
  const missed: string[] = [];
  const file = (name: string, red: boolean): number => (red ? caught : missed).push(name);
  for (const { solver, what, solvers } of faults) {
    if (!uses.has(solver)) continue;
    file(
      `${solver}: ${what}`,
      instances.some((instance) => brokenBySolver(claim, solvers, instance)),
    );
  }
  for (const [name, then] of Object.entries(claim.mutants ?? {})) {
    file(`statement: ${name}`, red(claim, { exam: claim.exam, then }, instances));
  }
  for (const [name, strain] of Object.entries(STRAINS)) {
    file(`statement: ${name}`, red(claim, { ...questionOf(claim), strain }, instances));
  }
  return { caught, missed };
}

/**
 * Whether enough was caught for the claim to be worth its verdict: a fault of the solver, where it looks at one, and in
 * any case something. A claim of chance has no strains that come for nothing: all that its file names has to be caught.
 */
export function bites(claim: Claim, { caught, missed }: Teeth): boolean {
  if (claim.form === 'chance') return caught.length > 0 && missed.length === 0;
  if (claim.form === 'exists' || !claim.exam.run) return caught.length > 0;
  return caught.some((name) => !name.startsWith('statement: '));
}

function brokenBySolver(claim: Claim, solvers: Solvers, instance: Instance): boolean {
  try {
    return red1(claim, bySolver(questionOf(claim), solvers, instance));
  } catch (error) {
    // That there is no path may be so.
    return !(error instanceof Error && error.name === 'NoPath');
  }
}

/** A mutant of a claim for all is seen red when an instance breaks it; of existence, when no instance shows it. */
function red(claim: Claim, question: Question, instances: readonly Instance[]): boolean {
  const test = (instance: Instance): boolean => red1(claim, decide(question, instance));
  return claim.form === 'exists' ? instances.every(test) : instances.some(test);
}

function red1(claim: Claim, found: Finding): boolean {
  return claim.form === 'exists' ? all(found).breaks > 0 || found.unresolved > 0 : found.breaks > 0;
}
