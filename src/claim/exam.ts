import type { Arithmetic } from '../numerics/arithmetic';
import type { Solvers } from '../solvers/interfaces';
import type { Finding, Reading } from './finding';
import type { Fields, Json, JsonValue, Over, Space } from './space';

/**
 * Numbers along a path. `scale`, where there is one, is the size of the numbers that were subtracted to get each of
 * them: what rounding is measured against.
 */
export interface Series<N> {
  readonly values: ArrayLike<N>;
  readonly scale?: ArrayLike<number>;
  /** The index along the path of the first value; 0 unless told. */
  readonly from?: number;
}

/** A path: named arrays of numbers, all of one length. */
export type Path<N, P extends string> = Readonly<Record<P, ArrayLike<N>>>;

/** What an instance is measured by: named series along its path. */
export type Measures<N, K extends string> = Readonly<Record<K, Series<N>>>;

/** A hypothesis: its statement in LaTeX and the comparison that it is. */
export interface Hypothesis<F extends Fields> {
  readonly says: string;
  holds<N>(R: Reading<N>, instance: Over<N, F>): Finding;
}

/**
 * What several claims share: the instances, their hypotheses, and one computation each. The solver's path (`run`) is
 * looked at first and often; the definition's (`defined`), over exact numbers or balls, decides.
 */
export interface Exam<F extends Fields = Fields, K extends string = string, P extends string = string> {
  /** Unique: the random stream of the exam is named after it. */
  readonly name: string;
  /** Where every hypothesis is met, or is meant to be. */
  readonly inside: Space<F>;
  /** Wider: where hypotheses can fail; used to ask whether they are needed. */
  readonly around?: Space<F>;
  /** H1, H2, …: each certified together with the conclusion. */
  readonly assuming: Readonly<Record<string, Hypothesis<F>>>;
  /** Hand-picked instances, looked at before anything is drawn. */
  readonly cases: readonly Json<F>[];
  /** Steps along the path (sample intervals of a flow); 0, the default, for statements without a path. */
  readonly horizon?: number;
  /** Whether `defined` integrates a flow: its numbers are then confirmed by two integrators, not enclosed. */
  readonly flow?: boolean;
  /** The solver's path; absent for statements about no solver. */
  run?(solvers: Solvers, instance: Over<number, F>, horizon: number): Path<number, P>;
  /** The same path by the definition; absent for statements about no path. */
  defined?<N>(R: Arithmetic<N>, instance: Over<N, F>, horizon: number): Path<N, P>;
  /** What conclusions look at, computed the same way from either path. */
  measure?<N>(R: Reading<N>, path: Path<N, P>, instance: Over<N, F>): Measures<N, K>;
  /** The same computation in plain Python over fractions: lines that may use the parameters as `F(…)` and `horizon`. */
  readonly python?: readonly string[];
}

/** Checks and returns the exam: a place for the types to meet. */
export function exam<F extends Fields, K extends string = never, P extends string = never>(
  spec: Exam<F, K, P>,
): Exam<F, K, P> {
  return spec;
}

/** A conclusion about an exam's measures, as comparisons. */
export type Conclusion<F extends Fields, K extends string> = <N>(
  R: Reading<N>,
  measures: Measures<N, K>,
  instance: Over<N, F>,
) => Finding;

export type Form = 'for all' | 'exists';
export type VerdictWord = 'upheld' | 'refuted' | 'undecided';

/** What every claim says about itself, whatever its form. */
interface Card<F extends Fields, K extends string> {
  /** `<paper>/<name>`, as in the catalogue. */
  readonly id: string;
  /** The place in the paper. */
  readonly where: string;
  /** The statement in LaTeX, in our own words. */
  readonly says: string;
  /** How a garbled or ambiguous print was read, what is known around it, why the verdict is what it is. */
  readonly note?: string;
  /** The paper claims, or shows, that the constant cannot be improved. */
  readonly tight?: boolean;
  /** Statements that differ in one place and are false: each must be seen red. */
  readonly mutants?: Readonly<Record<string, Conclusion<F, K>>>;
  /** Why nothing that is seeded can turn the claim red, where that is so. */
  readonly toothless?: string;
  /** The comparison in plain Python, after the lines of the exam: it asserts the violation. */
  readonly python?: readonly string[];
  readonly then: Conclusion<F, K>;
}

type Recorded =
  | { readonly recorded: 'upheld' | 'undecided'; readonly corrected?: never }
  | { readonly recorded: 'refuted'; /** Ids of the claims that do hold. */ readonly corrected: readonly string[] };

type ClaimSpec<F extends Fields, K extends string> = Card<F, K> & Recorded;

/** One claim: an exam, and a conclusion about it. Plain data; the engine reaches the verdict. */
export type Claim = {
  readonly type: 'claim';
  readonly form: Form;
  readonly exam: Exam;
  readonly recorded: VerdictWord;
  readonly corrected?: readonly string[];
} & Card<Fields, string>;

/** The claim that the conclusion holds on every instance that meets the hypotheses. */
export function forAll<F extends Fields, K extends string, P extends string>(
  on: Exam<F, K, P>,
  spec: ClaimSpec<F, K>,
): Claim {
  return claim('for all', on, spec);
}

/** The claim that some instance meets the hypotheses and the conclusion. Its witness, certified, proves it. */
export function exists<F extends Fields, K extends string, P extends string>(
  on: Exam<F, K, P>,
  spec: ClaimSpec<F, K>,
): Claim {
  return claim('exists', on, spec);
}

function claim<F extends Fields, K extends string, P extends string>(
  form: Form,
  on: Exam<F, K, P>,
  spec: ClaimSpec<F, K>,
): Claim {
  if (!/^[a-z0-9-]+\/[A-Za-z0-9-]+$/.test(spec.id)) {
    throw new Error(`the claim id "${spec.id}" is not of the form <paper>/<name> (letters, digits and hyphens)`);
  }
  return { type: 'claim', form, exam: on as unknown as Exam, ...(spec as unknown as Card<Fields, string> & Recorded) };
}

/** Whether an export of a theorem file is a claim. */
export function isClaim(value: unknown): value is Claim {
  return typeof value === 'object' && value !== null && (value as Partial<Claim>).type === 'claim';
}

/** An instance of any space: named parameters as JSON. */
export type Instance = Readonly<Record<string, JsonValue>>;
