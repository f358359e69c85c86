import type { Arithmetic, Real } from '../numerics/arithmetic';
import type { Solvers } from '../solvers/interfaces';
import type { Chance } from './chance';
import type { Chart } from './chart';
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
  /**
   * The same computation in plain Python over fractions: lines that may use the parameters (numbers as `F(…)`, vectors as
   * lists of them, matrices as lists of rows, choices as texts) and `horizon`.
   */
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

/**
 * What kind of statement a claim is. Each has its own kind of witness, and its own rules for a verdict: docs/verdicts.md,
 * "Forms".
 */
export type Form =
  'for all' | 'exists' | 'almost surely' | 'some constant' | 'order' | 'limit' | 'rate' | 'chance' | 'experiment';
export type VerdictWord = 'upheld' | 'refuted' | 'undecided' | 'reproduced' | 'not reproduced';

/** What every claim says about itself, whatever its form. */
export interface Card<F extends Fields, K extends string> {
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
  /** What its picture shows besides: curves made of the measures in doubles, on the first case. */
  readonly charts?: (measures: Measures<number, K>, instance: Over<number, F>) => readonly Chart[];
}

/** The recorded verdict, with the ids of the claims that do hold where it is `refuted`. */
export type Recorded =
  | { readonly recorded: 'upheld' | 'undecided'; readonly corrected?: never }
  | { readonly recorded: 'refuted'; readonly corrected: readonly string[] };

type ClaimSpec<F extends Fields, K extends string> = Card<F, K> &
  Recorded & {
    readonly then: Conclusion<F, K>;
  };

/** One claim: an exam, and a conclusion about it. Plain data; the engine reaches the verdict. */
export type Claim = {
  readonly type: 'claim';
  readonly form: Form;
  readonly exam: Exam;
  readonly recorded: VerdictWord;
  readonly corrected?: readonly string[];
  /** What is tried on every instance. Where the form is not `for all`, a break of it alone refutes nothing. */
  readonly then: Conclusion<Fields, string>;
  /** What else the form needs: `undefined` for `for all`, `exists`, `almost surely` and `experiment`. */
  readonly more?: More;
} & Card<Fields, string>;

/** What forms need beside a conclusion: made by the constructors in forms/constructors.ts. */
export interface More {
  /** Limits and rates: a conclusion that can only hold where what is claimed is impossible. */
  readonly excluded?: Conclusion<Fields, string>;
  /** Constants and orders: the conclusion for a constant given. */
  readonly within?: Within<Fields, string>;
  /** The parameters that the constant given is made of; absent where none is given. */
  readonly constantOf?: readonly string[];
  /** A family of instances along which the constant needed grows without bound. */
  readonly family?: Family<Fields>;
  /** Orders: the parameter that grows, and the two sides, for a fit of exponents. */
  readonly order?: { readonly parameter: string; readonly sides: Sides<Fields, string> };
  /** Rates: the rate measured on a path and the rate claimed. */
  readonly sharpness?: Sharpness<Fields, string>;
  /** Chance: what is drawn, what is claimed of a draw, and how often. */
  readonly chance?: Chance<Fields, unknown>;
}

/** A conclusion that depends on a constant: it says `left ≤ C·right`, or the like, with the constant handed in. */
export type Within<F extends Fields, K extends string> = <N>(
  R: Reading<N>,
  measures: Measures<N, K>,
  instance: Over<N, F>,
  constant: N,
) => Finding;

/** Instances `at(0)`, `at(1)`, … on which no constant below `exceeds(k)` will do; `exceeds` is unbounded and increasing. */
export interface Family<F extends Fields> {
  /** Why the constant needed grows beyond every bound, in words. */
  readonly says: string;
  /** How many members are certified. */
  readonly members: number;
  at(k: number): Json<F>;
  exceeds(k: number): Real;
}

/** The two sides of an order claim at one instance: left = O(right). */
export type Sides<F extends Fields, K extends string> = <N>(
  R: Reading<N>,
  measures: Measures<N, K>,
  instance: Over<N, F>,
) => { readonly left: N; readonly right: N };

/** The rate seen on a path in doubles, and the one claimed; `undefined` where the path shows none. */
export type Sharpness<F extends Fields, K extends string> = (
  measures: Measures<number, K>,
  instance: Over<number, F>,
) => { readonly measured: number; readonly claimed: number } | undefined;

/** The claim that the conclusion holds on every instance that meets the hypotheses. */
export function forAll<F extends Fields, K extends string, P extends string>(
  on: Exam<F, K, P>,
  spec: ClaimSpec<F, K>,
): Claim {
  return claimOf('for all', on, spec);
}

/** The claim that some instance meets the hypotheses and the conclusion. Its witness, certified, proves it. */
export function exists<F extends Fields, K extends string, P extends string>(
  on: Exam<F, K, P>,
  spec: ClaimSpec<F, K>,
): Claim {
  return claimOf('exists', on, spec);
}

/** A claim of any form: for the constructors. Throws where the id is malformed. */
export function claimOf<F extends Fields, K extends string, P extends string>(
  form: Form,
  on: Exam<F, K, P>,
  spec: Card<F, K> & { readonly recorded: VerdictWord; readonly then: Conclusion<F, K> },
  more?: More,
): Claim {
  if (!/^[a-z0-9-]+\/[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/.test(spec.id)) {
    throw new Error(
      `the claim id "${spec.id}" is not of the form <paper>/<name> (letters, digits, hyphens, and dots between them)`,
    );
  }
  const claim = { type: 'claim', form, exam: on as unknown as Exam, ...(spec as unknown as ClaimSpec<Fields, string>) };
  return (more ? { ...claim, more } : claim) as Claim;
}

/** Whether an export of a theorem file is a claim. */
export function isClaim(value: unknown): value is Claim {
  return typeof value === 'object' && value !== null && (value as Partial<Claim>).type === 'claim';
}

/** An instance of any space: named parameters as JSON. */
export type Instance = Readonly<Record<string, JsonValue>>;
