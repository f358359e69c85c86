import { isRefusal } from '../numerics/arithmetic';
import type { Exam, Instance } from './exam';
import { simpleInstances } from './simple-instances';

/** A witness on its way to the simplest: an instance, and how much of the path is followed. */
export interface Draft {
  readonly instance: Instance;
  readonly horizon: number;
}

/** How hard a draft's comparison is to check by hand, in digits or so; `undefined` where it shows too little. */
export type Effort = (draft: Draft) => number | undefined;

/**
 * The violation a simplified witness has to keep: half the worst one, or a left side twice the right (violation 1/3)
 * where that is less. Without it a witness shrinks to the threshold and a gross error ends up looking like rounding.
 */
export function violationToKeep(worst: number): number {
  return Math.min(worst / 2, 1 / 3);
}

/**
 * The draft that is easiest to check by hand: first the shortest path, then the best of `budget` instances made of
 * simple numbers and matrices only, then each parameter towards simpler ones, at most `budget` of them. Greedy and
 * deterministic; ends with the best so far.
 */
export function simplify(exam: Exam, start: Draft, effort: Effort, budget: number): Draft {
  let best = start;
  let least = Infinity;
  const accept = (draft: Draft): boolean => {
    const found = attempt(effort, draft);
    if (found === undefined) return false;
    const total = found + exam.inside.complexity(draft.instance as never);
    if (total >= least) return false;
    [best, least] = [draft, total];
    return true;
  };
  accept(start);
  for (const instance of exam.cases as readonly Instance[]) accept({ ...best, instance });
  if (exam.flow !== true) shorten(best, accept);
  // Making them takes time too, for some exams more than everything else here.
  const simple = budget > 0 ? simpleInstances(exam).slice(0, budget) : [];
  for (const instance of simple) accept({ ...best, instance });
  let left = budget;
  const step = (): boolean => {
    for (const instance of exam.inside.simpler(best.instance as never)) {
      if (left-- <= 0) return false;
      if (accept({ ...best, instance: instance as Instance })) return true;
    }
    return exam.flow !== true && shorten(best, accept);
  };
  while (left > 0 && step());
  return best;
}

/** A candidate may lie where the claim means nothing (a division by 0, an even root): it is no witness then. */
function attempt(effort: Effort, draft: Draft): number | undefined {
  try {
    return effort(draft);
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

const LENGTHS = [0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 64, 128, 256];

function shorten(draft: Draft, accept: (draft: Draft) => boolean): boolean {
  return LENGTHS.filter((length) => length < draft.horizon).some((horizon) => accept({ ...draft, horizon }));
}
