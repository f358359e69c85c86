import type { Examiner } from './claim/assess';
import type { Settings } from './claim/budget';
import { FAULTS } from './solvers/faults';
import { guarded, loadSolvers, runningSolver } from './solvers/registry';

/** Joins the solvers to the engine: ours, or those of the module in the settings (its path seen from `from`). */
export function examinerFor({ budget, seed, solver }: Omit<Settings, 'reports'>, from: string): Examiner {
  const { solvers, replaced } = loadSolvers(solver, from);
  const faults = FAULTS.map(({ solver: name, what, inject }) => ({
    solver: name,
    what,
    solvers: guarded(inject(solvers)),
  }));
  return { solvers: guarded(solvers), replaced, faults, budget, seed, running: runningSolver };
}
