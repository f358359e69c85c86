import type { Instance } from './exam';
import type { Finding, Relation } from './finding';

/** What came out on one instance that meets the hypotheses. */
export interface Seen {
  readonly instance: Instance;
  /** Drawn, and not a stored case or a find of the attack. */
  readonly drawn: boolean;
  readonly outcome: 'holds' | 'breaks' | 'unresolved' | 'solver wrong';
  /** The largest violation among its comparisons, and the relation that has it; absent where none was decided. */
  readonly worst?: { readonly violation: number; readonly relation: Relation };
  /** Chance: the evidence along the test. */
  readonly evidence?: EvidencePath;
}

/** Logarithms to base 10 of the evidence in both directions after so many draws. */
export interface EvidencePath {
  readonly draws: readonly number[];
  readonly atLeast: readonly number[];
  readonly less: readonly number[];
}

/** Is told of every instance that a claim for all is looked at on, in order. It changes nothing about the verdict. */
export type Watcher = (seen: Seen) => void;

/** What is told of an instance, from what was found on it. */
export function seenOn(instance: Instance, drawn: boolean, { breaks, unresolved, worst }: Finding): Seen {
  const outcome = breaks > 0 ? 'breaks' : unresolved > 0 ? 'unresolved' : 'holds';
  const { violation, relation } = worst ?? {};
  return violation === undefined || relation === undefined
    ? { instance, drawn, outcome }
    : { instance, drawn, outcome, worst: { violation, relation } };
}
