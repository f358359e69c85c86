import { isRefusal, OutOfDomain, TooLarge, Undetermined, type Arithmetic, type Real } from '../numerics/arithmetic';
import { balls } from '../numerics/ball';
import { doubles } from '../numerics/doubles';
import { rationals } from '../numerics/rational';
import type { Solvers } from '../solvers/interfaces';
import { all, NOTHING, single, type Finding, type Reading, type Strain } from './finding';
import type { Claim, Conclusion, Exam, Instance, Measures } from './exam';
import type { Fields, Over } from './space';

/**
 * Bits of the balls that a comparison is tried at, one after the other, until it is decided. A long recursion loses a
 * bit or two a step, so it starts with as many to spare.
 */
const ladder = (horizon: number): readonly number[] => [1, 2, 4, 8].map((times) => times * (128 + 2 * horizon));

/** Flows carry the integrators' error, which more bits do not lessen. */
const FLOW_LADDER: readonly number[] = [192];

/** A relative width below which an enclosure of zero is equality, for definitions that are evaluated, not integrated. */
const RESOLUTION = 2 ** -64;

/** The same for flows: half of one part in a million, the smallest change that is seeded. */
const FLOW_RESOLUTION = 2 ** -21;

/** Ties are looked for in exact numbers along paths of so many steps: their digits triple with every step. */
const LONGEST_TIE = 3;

/** A conclusion to be judged: a claim's own, or a mutant's. */
export interface Question {
  readonly exam: Exam;
  readonly then: Conclusion<Fields, string>;
  readonly strain?: Strain;
  /** Whether what is found carries both sides of every comparison. */
  readonly sides?: boolean;
}

/** The question that a claim asks. */
export function questionOf({ exam, then }: Claim): Question {
  return { exam, then };
}

/** What a witness of a claim shows: a conclusion, and whether it is by breaking or by holding. */
export interface Evidence {
  readonly question: Question;
  readonly by: 'breaks' | 'holds';
}

/**
 * What decides the claim at one instance. A claim for all is refuted where its conclusion breaks, one of existence shown
 * where it holds; a limit is refuted where what rules it out holds; a constant where the conclusion breaks with a
 * `constant` that a family exceeds.
 */
export function evidenceOf(claim: Claim, constant?: Real): Evidence {
  const { exam, form, more } = claim;
  if (form === 'exists') return { question: questionOf(claim), by: 'holds' };
  if (more?.excluded) return { question: { exam, then: more.excluded }, by: 'holds' };
  if (more?.within && constant !== undefined) {
    const { within } = more;
    return { question: { exam, then: (R, measures, p) => within(R, measures, p, R.of(constant)) }, by: 'breaks' };
  }
  return { question: questionOf(claim), by: 'breaks' };
}

/** Whether what was found shows what a witness is to show. */
export function shows({ by }: Evidence, found: Finding): boolean {
  return by === 'holds' ? found.breaks === 0 && found.unresolved === 0 && found.worst !== undefined : found.breaks > 0;
}

/** An arithmetic with what decides comparisons in it. */
export function reading<N>(
  R: Arithmetic<N>,
  exam: Exam,
  { strain, sides }: Pick<Question, 'strain' | 'sides'> = {},
): Reading<N> {
  const plain = exam.flow === true ? readingOf(R, flowReadings, true) : readingOf(R, plainReadings, false);
  return strain || sides ? { ...plain, ...(strain ? { strain } : {}), ...(sides ? { sides } : {}) } : plain;
}

/** Readings are asked for with every comparison: one for each arithmetic. */
const plainReadings = new WeakMap<object, Reading<never>>();
const flowReadings = new WeakMap<object, Reading<never>>();

function readingOf<N>(R: Arithmetic<N>, made: WeakMap<object, Reading<never>>, tiesByScale: boolean): Reading<N> {
  const before = made.get(R) as Reading<N> | undefined;
  if (before) return before;
  const plain: Reading<N> = { ...R, resolution: tiesByScale ? FLOW_RESOLUTION : RESOLUTION, tiesByScale };
  made.set(R, plain as Reading<never>);
  return plain;
}

/** What conclusions look at, in doubles: on the solver's path, or where the exam has none on the definition's. */
export interface Observed {
  readonly R: Reading<number>;
  readonly measures: Measures<number, string>;
  readonly instance: Over<number, Fields>;
}

/** Runs the solver on the instance, or the definition in doubles where the exam runs none, and measures the path. */
export function observe(
  exam: Exam,
  solvers: Solvers,
  instance: Instance,
  options: Pick<Question, 'strain' | 'sides'> = {},
): Observed {
  const R = reading(doubles, exam, options);
  const p = over(exam, R, instance);
  const horizon = exam.horizon ?? 0;
  const path = exam.run
    ? solverPaths(exam, solvers, instance, () => exam.run!(solvers, p, horizon))
    : exam.defined
      ? definedPath(exam, R, instance, p, horizon)
      : {};
  return { R, measures: measured(exam, R, path, p), instance: p };
}

/** The conclusion on the solver's path, in doubles: a screen, not a verdict. */
export function bySolver(question: Question, solvers: Solvers, instance: Instance): Finding {
  const seen = observe(question.exam, solvers, instance, question);
  return question.then(seen.R, seen.measures, seen.instance);
}

/** The conclusion on the definition's path, in one arithmetic. `horizon`: how far along the path, default all. */
export function byDefinition<N>(
  question: Question,
  arithmetic: Arithmetic<N>,
  instance: Instance,
  horizon = question.exam.horizon ?? 0,
): Finding {
  const { exam } = question;
  const R = reading(arithmetic, exam, question);
  const p = over(exam, R, instance);
  const path = exam.defined ? definedPath(exam, R, instance, p, horizon) : {};
  return question.then(R, measured(exam, R, path, p), p);
}

/** The conclusion by the definition, in balls whose bits grow until every comparison is decided or the ladder ends. */
export function decide(question: Question, instance: Instance, horizon?: number): Finding {
  const length = horizon ?? question.exam.horizon ?? 0;
  const bits = question.exam.flow === true ? FLOW_LADDER : ladder(length);
  const found = climb(bits, (R) => byDefinition(question, R, instance, length));
  return found.unresolved > 0 && question.exam.flow !== true && length <= LONGEST_TIE
    ? settled(question, instance, length, found)
    : found;
}

/** No balls tell a tie of fractions, which breaks a strict inequality; exact numbers do where there are such. */
function settled(question: Question, instance: Instance, length: number, found: Finding): Finding {
  try {
    const exact = byDefinition(question, rationals, instance, length);
    return exact.breaks > found.breaks || exact.unresolved < found.unresolved ? exact : found;
  } catch (error) {
    if (isRefusal(error)) return found;
    throw error;
  }
}

/** Every hypothesis of the exam on an instance, decided in balls. All are handed one and the same object at the same precision. */
export function hypotheses(exam: Exam, instance: Instance): Readonly<Record<string, Finding>> {
  const found: Record<string, Finding> = {};
  const values = new Map<string, Over<unknown, Fields>>();
  for (const [name, hypothesis] of Object.entries(exam.assuming)) {
    found[name] = climb(ladder(0), (arithmetic) => {
      const R = reading(arithmetic, exam);
      const p = values.get(arithmetic.name) ?? over(exam, R, instance);
      values.set(arithmetic.name, p);
      return orUnmet(() => hypothesis.holds(R, p));
    });
  }
  return found;
}

/** A hypothesis that has no value, because another one fails that it builds on, is not met. */
export function orUnmet(holds: () => Finding): Finding {
  try {
    return holds();
  } catch (error) {
    if (error instanceof OutOfDomain) return UNDETERMINED;
    throw error;
  }
}

/** Whether the hypotheses are met: every comparison holds, or is equal where equality is allowed. */
export function met(found: Readonly<Record<string, Finding>>): boolean {
  const { breaks, unresolved } = all(...Object.values(found));
  return breaks === 0 && unresolved === 0;
}

/** The same in doubles alone, where a hypothesis too close to its boundary to tell counts as met: a filter, no more. */
export function meetsInDoubles(exam: Exam, instance: Instance): boolean {
  const R = reading(doubles, exam);
  const p = over(exam, R, instance);
  try {
    return Object.values(exam.assuming).every((hypothesis) => hypothesis.holds(R, p).breaks === 0);
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}

export function over<N>(exam: Exam, R: Arithmetic<N>, instance: Instance): Over<N, Fields> {
  return exam.inside.over(R, instance as never);
}

function measured<N>(exam: Exam, R: Reading<N>, path: AnyPath<N>, p: Over<N, Fields>): Measures<N, string> {
  return exam.measure ? exam.measure(R, path, p) : {};
}

type AnyPath<N> = Readonly<Record<string, ArrayLike<N>>>;

function climb(steps: readonly number[], attempt: (R: Arithmetic<unknown>) => Finding): Finding {
  let found: Finding = NOTHING;
  for (const bits of steps) {
    try {
      found = attempt(balls(bits) as Arithmetic<unknown>);
      if (found.unresolved === 0) return found;
    } catch (error) {
      if (!(error instanceof Undetermined || error instanceof TooLarge)) throw error;
      found = UNDETERMINED;
    }
  }
  return found;
}

const zero = { lower: 0, upper: 0 };
const UNDETERMINED = single('unresolved', { part: '', relation: '≤', at: 0, left: zero, right: zero, violation: 0 });

/** Paths are asked for by every claim of an exam: the short-lived doubles and the costly flows are kept by instance. */
const memo = new WeakMap<Exam, WeakMap<object, WeakMap<Instance, AnyPath<never>>>>();

/**
 * Runs the exam with solvers that are watched, and keeps the path as that of the solvers themselves, which answer the same:
 * it is not computed again.
 */
export function runWatched(exam: Exam, solvers: Solvers, watched: Solvers, instance: Instance): void {
  solverPaths(exam, solvers, instance, () => exam.run!(watched, over(exam, doubles, instance), exam.horizon ?? 0));
}

function solverPaths(exam: Exam, key: object, instance: Instance, compute: () => AnyPath<number>): AnyPath<number> {
  return kept(exam, key, instance, compute as () => AnyPath<never>);
}

function definedPath<N>(
  exam: Exam,
  R: Reading<N>,
  instance: Instance,
  p: Over<N, Fields>,
  horizon: number,
): AnyPath<N> {
  const compute = (): AnyPath<N> => exam.defined!(R, p, horizon);
  if (exam.flow !== true || horizon === 0) return compute();
  return kept(exam, keyOf(`${R.name}, ${horizon} points`), instance, compute as () => AnyPath<never>);
}

const keys = new Map<string, object>();

function keyOf(name: string): object {
  const key = keys.get(name) ?? {};
  keys.set(name, key);
  return key;
}

function kept(exam: Exam, key: object, instance: Instance, compute: () => AnyPath<never>): AnyPath<never> {
  const byKey = memo.get(exam) ?? new WeakMap<object, WeakMap<Instance, AnyPath<never>>>();
  memo.set(exam, byKey);
  const byInstance = byKey.get(key) ?? new WeakMap<Instance, AnyPath<never>>();
  byKey.set(key, byInstance);
  const path = byInstance.get(instance) ?? compute();
  byInstance.set(instance, path);
  return path;
}
