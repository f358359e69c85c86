import type { Examiner } from './claim/assess';
import type { Settings } from './claim/budget';
import type { Claim, Instance } from './claim/exam';
import { FAULTS } from './solvers/faults';
import { guarded, loadSolvers, runningSolver } from './solvers/registry';
import { readStoredCases } from './stored-cases';

/**
 * Joins the solvers to the engine: ours, or those of the module in the settings (its path seen from the root); and the
 * cases stored below the root.
 */
export function examinerFor({ budget, seed, solver }: Omit<Settings, 'reports'>, root: string): Examiner {
  const { solvers, replaced } = loadSolvers(solver, root);
  const faults = FAULTS.map(({ solver: name, what, inject }) => ({
    solver: name,
    what,
    solvers: guarded(inject(solvers)),
  }));
  const stored = (claim: Claim): readonly Instance[] => readStoredCases(root, claim);
  return { solvers: guarded(solvers), replaced, faults, budget, seed, running: runningSolver, stored };
}
