import { shareOf, testAt, type Terms } from '../claim/chance';
import type { Finding } from '../claim/finding';
import type { Claim, Instance } from '../claim/exam';
import type { Real } from '../numerics/arithmetic';
import type { Solvers } from '../solvers/interfaces';
import { testLines } from '../report/chance-text';
import { decimal, excessText, sampleText } from '../report/text';
import {
  byDefinitionAlone,
  bySolverAlone,
  hypothesesAt,
  outcomeOf,
  valued,
  type Conclusion,
  type Outcome,
} from './conclusion';

/** What was shown about an instance: as lines, and what it comes to. */
export interface Shown {
  readonly lines: readonly string[];
  readonly outcome: Outcome;
  /** The solver breaks, or gives no answer to, what the definition keeps. */
  readonly solverIsWrong: boolean;
}

/** Every hypothesis of the claim at the instance, with both sides. Throws NoValue where there are none. */
export function hypothesisLines(claim: Claim, instance: Instance): readonly string[] {
  const lines = hypothesesAt(claim, instance).map(
    ([name, finding]) => `  ${name} ${hypothesisText(claim, name, finding)}`,
  );
  return ['hypotheses:', ...lines];
}

/** The conclusion by the definition and by the solver. Throws NoValue where the definition has none. */
export function show(
  claim: Claim,
  instance: Instance,
  solvers: Solvers,
  { horizon, constant }: { readonly horizon?: number; readonly constant?: Real } = {},
): Shown {
  if (claim.form === 'experiment') return showExperiment(claim, instance, solvers);
  const definition = byDefinitionAlone(claim, instance, horizon, constant);
  const { outcome, grade } = definition;
  const solver = claim.exam.run ? askSolver(claim, solvers, instance, outcome) : undefined;
  const solverIsWrong = outcome === 'holds' && (typeof solver === 'string' || solver?.outcome === 'breaks');
  const lines = [
    `by the definition (${grade}): ${conclusionText(definition)}`,
    ...(typeof solver === 'string' ? [`by the solver: no answer. ${solver}`] : []),
    ...(typeof solver === 'object' ? [`by the solver (doubles): ${conclusionText(solver)}`] : []),
    ...(solverIsWrong ? ['THE SOLVER IS WRONG, not the theorem: the definition keeps the conclusion here'] : []),
  ];
  return { lines, outcome, solverIsWrong };
}

/** The sequential test of a claim of chance at an instance. Hypotheses are not looked at. */
export function showChance(claim: Claim, instance: Instance, terms: Terms): Shown {
  const test = valued(() => testAt(claim, instance, terms, 'case'));
  const outcome = ({ 'at least': 'holds', less: 'breaks', undecided: 'undecided' } as const)[test.outcome];
  const sides = sampleText(shareOf(claim, instance, test), outcome === 'breaks');
  return { lines: [...testLines(test), `  ${sides}`], outcome, solverIsWrong: false };
}

/** An experiment has no definition: what the solvers show is all there is. */
function showExperiment(claim: Claim, instance: Instance, solvers: Solvers): Shown {
  const seen = askSolver(claim, solvers, instance, 'undecided');
  if (typeof seen === 'string') {
    return { lines: [`by the solver: no answer. ${seen}`], outcome: 'undecided', solverIsWrong: true };
  }
  return { lines: [`by the solver (doubles): ${conclusionText(seen)}`], outcome: seen.outcome, solverIsWrong: false };
}

/** The solver's conclusion, or what kept it from answering. */
function askSolver(claim: Claim, solvers: Solvers, instance: Instance, truth: Outcome): Conclusion | string {
  try {
    return bySolverAlone(claim, solvers, instance, truth);
  } catch (error) {
    if (error instanceof Error && ['SolverError', 'NoPath'].includes(error.name)) return error.message;
    throw error;
  }
}

function hypothesisText({ exam }: Claim, name: string, finding: Finding): string {
  const words = { holds: 'is met', breaks: 'is NOT met', undecided: 'cannot be decided' };
  const outcome = outcomeOf(finding);
  const sides = finding.worst ? `: ${sampleText(finding.worst, outcome === 'breaks')}` : '';
  return `(${exam.assuming[name]!.says}) ${words[outcome]}${sides}`;
}

function conclusionText({ outcome, finding }: Conclusion): string {
  const { holds, equal, breaks, unresolved, worst } = finding;
  const counted = `${holds} hold, ${equal} equal, ${breaks} break, ${unresolved} unresolved`;
  const sample = worst
    ? `; the worst: ${sampleText(worst, outcome === 'breaks' && worst.violation > 0)}${detail(outcome, worst)}`
    : '';
  const word =
    outcome === 'holds' ? 'the conclusion holds' : outcome === 'breaks' ? 'the conclusion is BROKEN' : 'undecided';
  return `${word} (${counted})${sample}`;
}

function detail(outcome: Conclusion['outcome'], worst: NonNullable<Finding['worst']>): string {
  return outcome === 'breaks' ? `, ${excessText(worst)}` : `, violation ${decimal(worst.violation, 3)}`;
}
