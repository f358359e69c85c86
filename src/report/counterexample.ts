import type { Claim, Form, Instance } from '../claim/exam';
import type { Sample } from '../claim/finding';
import { hypotheses } from '../claim/judge';
import type { Real } from '../numerics/arithmetic';
import {
  SCHEMA,
  type ChanceCounts,
  type Grade,
  type SolverFailure,
  type VerdictRecord,
  type Witness,
} from '../claim/record';
import { digestOf } from './files';
import { counterexampleFile, replayLine, type Places, type Which } from './places';

/** What a file shows: that a claim is false, that one of existence is true, or that a solver is wrong. */
export type Kind = 'refutes' | 'shows existence' | 'solver failure';

/** A counterexample file: one instance and everything needed to check it again without any search. */
export interface Counterexample {
  readonly schema: number;
  readonly claim: string;
  readonly paper: string;
  readonly where: string;
  readonly says: string;
  readonly form: Form;
  readonly kind: Kind;
  readonly instance: Instance;
  /** How many steps along the path have to be followed to see it. */
  readonly horizon: number;
  readonly grade: Grade;
  /** Constants and orders: the constant that does not do here. */
  readonly constant?: Real;
  /** Almost surely: it breaks on all of a box, each parameter within this fraction of itself. */
  readonly box?: number;
  /** Chance: the draws on which the conclusion holds less often than claimed. */
  readonly chance?: ChanceCounts;
  /** The comparison that shows it; absent where a solver gave no answer to compare. */
  readonly comparison?: Sample;
  /** What a solver did wrong, in words. */
  readonly what?: string;
  /** The hypotheses at the instance, each by its tightest comparison. */
  readonly hypotheses: Readonly<Record<string, Sample>>;
  /** SHA-256 of the canonical JSON of everything but itself and `replay`. */
  readonly digest: string;
  readonly replay: string;
}

/** The digest that the file should carry. */
export function digestOfCounterexample(file: Counterexample): string {
  const said = Object.entries(file).filter(([key]) => key !== 'digest' && key !== 'replay');
  return digestOf(Object.fromEntries(said));
}

/**
 * The counterexample files of a record: by path, nothing when there is no witness and no failure. An experiment leaves
 * none: there is no definition to check it by, and its settings and seed are in the claim.
 */
export function counterexamples(
  claim: Claim,
  record: VerdictRecord,
  places: Places,
): ReadonlyMap<string, Counterexample> {
  const files = new Map<string, Counterexample>();
  const add = (which: Which, said: Said): void => {
    const path = counterexampleFile(places, record.id, which);
    const signed = { ...said, digest: digestOf(said), replay: replayLine(places, path) };
    files.set(path, signed);
  };
  const { simplest, worst, solverFailure } = record;
  const repeatable = record.form !== 'experiment';
  if (simplest && repeatable) add('simplest', ofWitness(record, simplest));
  if (worst && repeatable && !same(worst, simplest)) add('worst', ofWitness(record, worst));
  if (solverFailure) add('solver', ofFailure(claim, record, solverFailure));
  return files;
}

type Said = Omit<Counterexample, 'digest' | 'replay'>;

function ofWitness(record: VerdictRecord, { sample, hypotheses: met, ...shown }: Witness): Said {
  const kind = record.form === 'exists' ? 'shows existence' : 'refutes';
  return { ...heading(record), kind, ...shown, comparison: sample, hypotheses: met };
}

/** A solver's path is in doubles: its grade is `observed`, and it says nothing about the theorem. */
function ofFailure(claim: Claim, record: VerdictRecord, { instance, what, sample }: SolverFailure): Said {
  return {
    ...heading(record),
    kind: 'solver failure',
    instance,
    horizon: claim.exam.horizon ?? 0,
    grade: 'observed',
    ...(sample ? { comparison: sample } : {}),
    what,
    hypotheses: hypothesisSamples(claim, instance),
  };
}

function heading({
  id,
  paper,
  where,
  says,
  form,
}: VerdictRecord): Pick<Said, 'schema' | 'claim' | 'paper' | 'where' | 'says' | 'form'> {
  return { schema: SCHEMA, claim: id, paper, where, says, form };
}

function hypothesisSamples({ exam }: Claim, instance: Instance): Readonly<Record<string, Sample>> {
  const found = Object.entries(hypotheses(exam, instance));
  return Object.fromEntries(found.flatMap(([name, { worst }]) => (worst ? [[name, worst] as const] : [])));
}

function same(a: Witness, b: Witness | undefined): boolean {
  return b !== undefined && a.horizon === b.horizon && digestOf(a.instance) === digestOf(b.instance);
}
