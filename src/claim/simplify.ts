import { isRefusal, type Real } from '../numerics/arithmetic';
import type { Exam, Instance } from './exam';
import { meetsInDoubles } from './judge';
import { complexity } from './simpler';

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
 * simple numbers only, then each parameter towards simpler numbers, at most `budget` of them. Greedy and
 * deterministic; ends with the best so far.
 */
export function simplify(exam: Exam, start: Draft, effort: Effort, budget: number): Draft {
  let best = start;
  let least = Infinity;
  const accept = (draft: Draft): boolean => {
    const found = attempt(effort, draft);
    if (found === undefined || found + size(draft.instance) >= least) return false;
    [best, least] = [draft, found + size(draft.instance)];
    return true;
  };
  accept(start);
  if (exam.flow !== true) shorten(best, accept);
  for (const instance of simpleInstances(exam).slice(0, budget)) accept({ ...best, instance });
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

const SIMPLE: readonly Real[] = [1, 0, 2, 0.5, -1, 3, '1/3', 0.25, 0.75, '2/3', 1.5, -0.5, -2, 4, '5/8', 8];

const simpleOf = new WeakMap<Exam, readonly Instance[]>();

/** Instances of simple numbers only that meet the hypotheses, the simplest first: every combination, some thousands. */
function simpleInstances(exam: Exam): readonly Instance[] {
  const known = simpleOf.get(exam);
  if (known) return known;
  let instances: Record<string, Real>[] = [{}];
  const { names } = exam.inside;
  const values = SIMPLE.slice(0, Math.floor(4100 ** (1 / Math.max(1, names.length))));
  for (const name of names) {
    instances = instances.flatMap((instance) => values.map((value) => ({ ...instance, [name]: value })));
  }
  const valid = instances.filter((instance) => parses(exam, instance) && meetsInDoubles(exam, instance));
  const sorted = valid.map((instance) => ({ instance, bits: size(instance) })).sort((a, b) => a.bits - b.bits);
  const simple = sorted.map(({ instance }) => instance);
  simpleOf.set(exam, simple);
  return simple;
}

function parses(exam: Exam, instance: Instance): boolean {
  try {
    exam.inside.parse(instance);
    return true;
  } catch {
    return false;
  }
}

function size(instance: Instance): number {
  return Object.values(instance).reduce<number>((sum, x) => sum + complexity(x), 0);
}
