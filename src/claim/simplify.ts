import { complexity } from './simpler';
import type { Real } from '../numerics/arithmetic';
import type { Exam, Instance } from './exam';
import { meetsInDoubles } from './judge';

/** A witness on its way to the simplest: an instance, and how much of the path is followed. */
export interface Draft {
  readonly instance: Instance;
  readonly horizon: number;
}

/**
 * The violation a simplified witness has to keep: half the worst one, or a left side twice the right (violation 1/3)
 * where that is less. Without it a witness shrinks to the threshold and a gross error ends up looking like rounding.
 */
export function violationToKeep(worst: number): number {
  return Math.min(worst / 2, 1 / 3);
}

/**
 * The simplest draft that `keeps` accepts: first the shortest path, then each parameter towards numbers a person can
 * check by hand. Greedy and deterministic; stops after `budget` candidates with the best so far.
 */
export function simplify(exam: Exam, start: Draft, keeps: (draft: Draft) => boolean, budget: number): Draft {
  let best = start;
  let left = budget;
  const accept = (draft: Draft): boolean => {
    if (left <= 0) return false;
    left--;
    if (!keeps(draft)) return false;
    best = draft;
    return true;
  };
  if (exam.flow !== true) shorten(best, accept);
  for (const instance of simpleInstances(exam)) {
    if (left <= budget / 2) break;
    if (simplerThan(instance, best.instance) && accept({ ...best, instance })) break;
  }
  for (let improved = true; improved && left > 0; ) {
    improved = exam.flow === true ? false : shorten(best, accept);
    for (const instance of exam.inside.simpler(best.instance as never)) {
      if (left <= 0) break;
      if (simplerThan(instance as Instance, best.instance) && accept({ ...best, instance: instance as Instance })) {
        improved = true;
        break;
      }
    }
  }
  return best;
}

const SIMPLE: readonly Real[] = [1, 0, 2, 0.5, -1, 3, '1/3', 0.25, 0.75, '2/3', 1.5, -0.5, -2, 4, '5/8', 8];

/** Instances of simple numbers only, the simplest first. */
function simpleInstances(exam: Exam): readonly Instance[] {
  const cached = simple.get(exam);
  if (cached) return cached;
  let instances: Record<string, Real>[] = [{}];
  const values = SIMPLE.slice(0, Math.floor(4096 ** (1 / Math.max(1, exam.inside.names.length))));
  for (const name of exam.inside.names) {
    instances = instances.flatMap((instance) => values.map((value) => ({ ...instance, [name]: value })));
  }
  const valid = instances.filter((instance) => parses(exam, instance) && meetsInDoubles(exam, instance));
  const sorted = valid.map((instance) => ({ instance, size: size(instance) })).sort((a, b) => a.size - b.size);
  simple.set(exam, sorted.map(({ instance }) => instance));
  return simple.get(exam)!;
}

const simple = new WeakMap<Exam, readonly Instance[]>();

function parses(exam: Exam, instance: Instance): boolean {
  try {
    exam.inside.parse(instance);
    return true;
  } catch {
    return false;
  }
}

function shorten(draft: Draft, accept: (draft: Draft) => boolean): boolean {
  const lengths = [0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 64, 128, 256].filter((length) => length < draft.horizon);
  return lengths.some((horizon) => accept({ ...draft, horizon }));
}

function simplerThan(a: Instance, b: Instance): boolean {
  return size(a) < size(b);
}

const size = (instance: Instance): number => Object.values(instance).reduce<number>((sum, x) => sum + complexity(x), 0);
