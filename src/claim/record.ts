import type { Real } from '../numerics/arithmetic';
import type { Sample } from './finding';
import type { Form, Instance, VerdictWord } from './exam';

/** The version of the shape of verdicts.json and of counterexample files. */
export const SCHEMA = 1;

/**
 * How sure a certificate is, best first. `exact`: rational arithmetic. `enclosed`: balls prove the strict inequality and
 * every hypothesis. `confirmed`: two integrators at two tolerances agree by far more than they differ. `chance`: fresh
 * random draws with evidence of at least 1/α. `observed`: doubles only, never enough to refute.
 */
export type Grade = 'exact' | 'enclosed' | 'confirmed' | 'chance' | 'observed';

/** An instance at which the claim breaks (for an existence claim: holds), and the comparison that shows it. */
export interface Witness {
  readonly instance: Instance;
  readonly grade: Grade;
  /** How many steps along the path have to be followed to see it. */
  readonly horizon: number;
  readonly sample: Sample;
  readonly hypotheses: Readonly<Record<string, Sample>>;
  /** Constants and orders: the constant that does not do here. */
  readonly constant?: Real;
  /** Almost surely: the claim breaks on all of a box, each parameter within this fraction of itself. */
  readonly box?: number;
  /** Chance: the draws that show it. */
  readonly chance?: ChanceCounts;
}

/** A sequential test of how often a conclusion holds on random draws, and everything to make the same draws again. */
export interface ChanceCounts {
  /** The probability claimed. */
  readonly probability: number;
  /** The suite's seed, and the names of the stream of the draws. */
  readonly seed: number;
  readonly stream: readonly string[];
  /** The probability of a false alarm in either direction. */
  readonly alpha: number;
  /** The test ends undecided after so many draws. */
  readonly most: number;
  readonly draws: number;
  readonly successes: number;
  /** Draws whose comparison is too close to tell: failures where it is to be upheld, successes where it is to be refuted. */
  readonly ties: number;
  /** Natural logarithms of the evidence for "at least as often as claimed" and for "less often". */
  readonly logEvidence: { readonly atLeast: number; readonly less: number };
  readonly outcome: 'at least' | 'less' | 'undecided';
}

/** A test at one instance. */
export interface ChanceTest extends ChanceCounts {
  /** How the instance came up: all three are tested on draws that nothing else was decided by. */
  readonly on: 'case' | 'draw' | 'attack';
  /** The false statement or the other law of the draw that was tested in the claim's place, for its teeth. */
  readonly variation?: string;
  readonly instance: Instance;
  /** The smallest deviations from the probability claimed that are seen with probability 0.9; absent where none is. */
  readonly smallestDeviation: { readonly atLeast?: number; readonly less?: number };
}

/** Whether witnesses of the form show a conclusion broken; those of the others show one that holds. */
export function witnessBreaks(form: Form): boolean {
  return form !== 'exists' && form !== 'limit' && form !== 'rate';
}

/** A solver's answer breaks a conclusion that the definition keeps on the same instance, or is no answer. */
export interface SolverFailure {
  readonly instance: Instance;
  readonly what: string;
  readonly sample?: Sample;
}

export interface Comparisons {
  readonly holds: number;
  readonly equal: number;
  readonly breaks: number;
  readonly unresolved: number;
  /** The first and last index along the path with an unresolved comparison. */
  readonly unresolvedAt?: readonly [number, number];
}

export interface HypothesisRecord {
  readonly says: string;
  /** Draws that met it. */
  readonly met: number;
  /** Draws that met it and came within a twentieth of its boundary; absent for comparisons with zero. */
  readonly near?: number;
  /** Whether the claim, upheld, would fail without it; absent where no wider space was given to ask in. */
  readonly needed?: Need;
}

/** What was found where all hypotheses but one are met. */
export interface Need {
  readonly status: 'needed' | 'no witness found' | 'undecided' | 'not tried';
  /** Instances looked at. */
  readonly tried: number;
  readonly witness?: { readonly instance: Instance; readonly sample: Sample };
}

export interface Teeth {
  readonly caught: readonly string[];
  readonly missed: readonly string[];
}

/** How each parameter is drawn, in words, in the exam's space and in the wider one, where there is one. */
export interface Spaces {
  readonly inside: Readonly<Record<string, string>>;
  readonly around?: Readonly<Record<string, string>>;
}

/** The tightest comparison seen: violation in [−1, 0] where nothing breaks, 0 where the bound is attained. */
export interface Tightness {
  readonly sample: Sample;
  readonly instance: Instance;
}

/** What forms report beside a verdict. */
export interface FormRecord {
  /** Almost surely: instances that break it while their neighbours do not, and one of them. */
  readonly exceptions?: { readonly count: number; readonly example: Instance };
  /** Constants and orders: the parameters that the constant written down is made of. */
  readonly constantOf?: readonly string[];
  /** Constants and orders: the family along which no constant does, and the constants exceeded by its ends. */
  readonly family?: { readonly says: string; readonly members: number; readonly from: Real; readonly to: Real };
  /** Orders: the slope of log(left/right) against the logarithm of the parameter that grows, over the draws. */
  readonly fit?: {
    readonly parameter: string;
    readonly slope: number;
    readonly error: number;
    readonly points: number;
  };
  /** Rates: measured rate over claimed rate, over the draws whose path shows one. */
  readonly sharpness?: { readonly least: number; readonly median: number; readonly points: number };
  /** Experiments: seeds for which what the paper saw was seen, and seeds tried. */
  readonly seeds?: { readonly seen: number; readonly tried: number };
  /** Chance: every test, those of mutants too, and the probability that any of them was a false alarm. */
  readonly chance?: { readonly tests: readonly ChanceTest[]; readonly falseAlarm: number };
}

/** One claim's record in verdicts.json. */
export interface VerdictRecord {
  readonly id: string;
  readonly paper: string;
  readonly where: string;
  readonly says: string;
  readonly note?: string;
  readonly form: Form;
  readonly verdict: VerdictWord;
  readonly recorded: VerdictWord;
  /** Why the verdict is not a plain pass: solver wrong, vacuous, toothless, unresolved, an error. Empty when it is one. */
  readonly problems: readonly Problem[];
  readonly corrected: readonly string[];
  /** Whose solver was looked at: none, ours, or the module given. */
  readonly solver: 'none' | 'reference' | 'given';
  readonly instances: number;
  readonly drawn: number;
  readonly comparisons: Comparisons;
  /** Instances on which the definition itself was evaluated. */
  readonly defined: number;
  readonly hypotheses: Readonly<Record<string, HypothesisRecord>>;
  readonly spaces: Spaces;
  readonly tightest?: Tightness;
  /** The same for each inequality by name, where the conclusion has several. */
  readonly tightness?: readonly Tightness[];
  readonly simplest?: Witness;
  readonly worst?: Witness;
  readonly solverFailure?: SolverFailure;
  /** What the form has to say beside the verdict. */
  readonly formRecord?: FormRecord;
  readonly teeth: Teeth;
  readonly budget: string;
  readonly seed: number;
  readonly seconds: number;
}

export interface Problem {
  readonly kind:
    | 'solver wrong'
    | 'vacuous'
    | 'toothless'
    | 'unresolved'
    | 'not approached'
    | 'not sufficient'
    | 'error'
    | 'endless'
    | 'not found';
  readonly message: string;
}

/** Whether the claim's test is green: the verdict is the recorded one, and nothing is the matter with how it was reached. */
export function passes(record: VerdictRecord): boolean {
  return record.verdict === record.recorded && record.problems.length === 0;
}
