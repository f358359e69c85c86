/**
 * How much is tried. Budgets are counts, never seconds, so that the same seed gives the same verdict on a slow machine;
 * the limit of time is only there so that a loop without end does not keep the other claims waiting.
 */
export interface Budget {
  readonly name: BudgetName;
  /** Instances drawn for each exam. */
  readonly draws: number;
  /** Evaluations of the screen that an attack on one claim may use. */
  readonly attack: number;
  /** Candidates looked at when a witness is simplified. */
  readonly simplify: number;
  /** Instances on which each seeded fault and each mutant is tried, at most. */
  readonly teeth: number;
  /** A safety net, many times what any claim takes: a claim that is still running after so many seconds is stopped. */
  readonly seconds: number;
}

export type BudgetName = 'quick' | 'standard' | 'deep';

export const BUDGETS: Readonly<Record<BudgetName, Budget>> = {
  quick: { name: 'quick', draws: 60, attack: 200, simplify: 600, teeth: 20, seconds: 60 },
  standard: { name: 'standard', draws: 100, attack: 600, simplify: 600, teeth: 40, seconds: 90 },
  deep: { name: 'deep', draws: 10_000, attack: 50_000, simplify: 3000, teeth: 500, seconds: 3600 },
};

/** What the environment says: budget, seed, the module of another solver, and another folder to write to. */
export interface Settings {
  readonly budget: Budget;
  readonly seed: number;
  readonly solver: string | undefined;
  readonly reports: string | undefined;
}

/** An environment variable has a value, or a name, that means nothing here. */
export class UnknownSetting extends Error {
  override readonly name = 'UnknownSetting';
}

const KNOWN = ['ASSAY_BUDGET', 'ASSAY_SEED', 'ASSAY_SOLVER', 'ASSAY_REPORTS'];

/**
 * Reads ASSAY_BUDGET (quick, standard, deep; default standard), ASSAY_SEED (a whole number from 0 to 2³¹ − 1; default
 * 1), ASSAY_SOLVER (the path of a module) and ASSAY_REPORTS (the path of a folder). Throws {@link UnknownSetting} for any other value, and for any other name with the prefix.
 */
export function settingsFrom(environment: Readonly<Record<string, string | undefined>>): Settings {
  for (const name of Object.keys(environment)) {
    if (name.startsWith('ASSAY_') && !KNOWN.includes(name)) {
      throw new UnknownSetting(`${name} is not a setting: expected one of ${KNOWN.join(', ')}`);
    }
  }
  const budget = environment['ASSAY_BUDGET'] ?? 'standard';
  if (!Object.hasOwn(BUDGETS, budget)) {
    throw new UnknownSetting(`ASSAY_BUDGET is "${budget}": expected one of ${Object.keys(BUDGETS).join(', ')}`);
  }
  const seed = environment['ASSAY_SEED'] ?? '1';
  if (!/^\d{1,10}$/.test(seed) || Number(seed) > 2 ** 31 - 1) {
    throw new UnknownSetting(`ASSAY_SEED is "${seed}": expected a whole number from 0 to ${2 ** 31 - 1}`);
  }
  const solver = environment['ASSAY_SOLVER'];
  if (solver === '')
    throw new UnknownSetting('ASSAY_SOLVER is empty: expected the path of a module, or no such variable');
  const reports = environment['ASSAY_REPORTS'];
  if (reports === '')
    throw new UnknownSetting('ASSAY_REPORTS is empty: expected the path of a folder, or no such variable');
  return { budget: BUDGETS[budget as BudgetName], seed: Number(seed), solver, reports };
}
