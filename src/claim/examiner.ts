import type { SolverName, Solvers } from '../solvers/interfaces';
import type { Budget } from './budget';
import type { Claim, Instance } from './exam';
import type { BrokenSolvers } from './teeth';

/** What a verdict is reached with: the solvers looked at, the faults to seed, how much is tried, and from which seed. */
export interface Examiner {
  readonly solvers: Solvers;
  /** Which of them are not ours. */
  readonly replaced: readonly SolverName[];
  readonly faults: readonly BrokenSolvers[];
  readonly budget: Budget;
  readonly seed: number;
  /** What earlier searches found on a claim and stored: looked at after the exam's own cases. None unless given. */
  readonly stored?: (claim: Claim) => readonly Instance[];
  /** The solver function that has been called and has not returned: who is to blame when nothing comes back. */
  readonly running?: () => SolverName | undefined;
}
