import { doubles } from '../numerics/doubles';
import type { Solvers } from '../solvers/interfaces';
import { drawPoints, seedFor } from './draw';
import type { Claim, Exam, Instance } from './exam';
import { NOTHING, all, type Finding } from './finding';
import {
  byDefinition,
  bySolver,
  decide,
  hypotheses,
  met,
  orUnmet,
  over,
  questionOf,
  reading,
  type Question,
} from './judge';
import type { HypothesisRecord, Need, SolverFailure, Tightness } from './record';
import { seenOn, type Watcher } from './watch';

/** One draw in fifty is put to the definition even where doubles were clear, as an audit. */
const AUDIT = 50;

/** Once so many instances have broken by the definition, clear breaks in doubles are only counted. */
const ENOUGH_BREAKS = 20;

/** A violation seen by the definition. */
export interface Break {
  readonly instance: Instance;
  readonly violation: number;
  readonly at: number;
}

/** What has been seen of a claim so far. */
export interface Tally {
  readonly claim: Claim;
  readonly solvers: Solvers;
  readonly watch: Watcher | undefined;
  instances: number;
  drawn: number;
  /** Draws that met every hypothesis. */
  metDraws: number;
  defined: number;
  comparisons: Finding;
  readonly breaks: Break[];
  tightest: Tightness | undefined;
  /** The tightest of each named inequality. */
  readonly tightness: Map<string, Tightness>;
  /** What is being looked at: what is said when that does not end. */
  looking: Instance | undefined;
  solverFailure: SolverFailure | undefined;
  readonly met: Record<string, { met: number; near: number; scaleFree: boolean }>;
}

export function newTally(claim: Claim, solvers: Solvers, watch?: Watcher): Tally {
  const counts = Object.keys(claim.exam.assuming).map((name) => [name, { met: 0, near: 0, scaleFree: true }]);
  return {
    claim,
    solvers,
    watch,
    instances: 0,
    drawn: 0,
    metDraws: 0,
    defined: 0,
    comparisons: NOTHING,
    breaks: [],
    tightest: undefined,
    tightness: new Map(),
    looking: undefined,
    solverFailure: undefined,
    met: Object.fromEntries(counts) as Tally['met'],
  };
}

/** Looks at one instance: its hypotheses, the conclusion in doubles and, where doubles do not tell, by the definition. */
export function look(
  tally: Tally,
  instance: Instance,
  options: { readonly audit: boolean; readonly draw: boolean },
): void {
  if (!meets(tally, instance, options.draw)) return;
  tally.instances++;
  const audit = options.audit || (options.draw && tally.drawn % AUDIT === 1);
  const { found, solverWrong } = conclude(tally, instance, audit);
  const seen = seenOn(instance, options.draw, found);
  tally.watch?.(solverWrong ? { ...seen, outcome: 'solver wrong' } : seen);
}

/** Whether an instance, drawn or not, meets the hypotheses; what each of them came to is counted. */
export function meets(tally: Tally, instance: Instance, draw: boolean): boolean {
  if (draw) tally.drawn++;
  tally.looking = instance;
  const assumed = hypotheses(tally.claim.exam, instance);
  for (const [name, finding] of Object.entries(assumed)) countHypothesis(tally.met[name]!, finding, draw);
  const isMet = met(assumed);
  if (isMet && draw) tally.metDraws++;
  return isMet;
}

/** What was found, by the definition where it was asked, and whether the solver is to blame for something here. */
function conclude(
  tally: Tally,
  instance: Instance,
  audit: boolean,
): { readonly found: Finding; readonly solverWrong: boolean } {
  const question = questionOf(tally.claim);
  const answer = screen(tally, question, instance);
  const screened = typeof answer === 'string' ? undefined : answer;
  const clear = screened !== undefined && screened.unresolved === 0;
  const enough = !audit && tally.breaks.length >= ENOUGH_BREAKS && screened !== undefined && screened.breaks > 0;
  if (enough || (clear && screened.breaks === 0 && !audit)) {
    keep(tally, instance, screened);
    return { found: screened, solverWrong: false };
  }
  tally.defined++;
  const decided = decide(question, instance);
  keep(tally, instance, decided);
  if (decided.breaks > 0) {
    tally.breaks.push({ instance, violation: decided.worst!.violation, at: decided.worst!.at });
    return { found: decided, solverWrong: false };
  }
  if (blames(question, screened, decided) && !roundingAlone(question, instance)) {
    blameSolver(tally, {
      instance,
      what: 'its path breaks the conclusion, the definition keeps it on the same instance',
      sample: screened!.worst!,
    });
    return { found: screened!, solverWrong: true };
  }
  const missed = typeof answer === 'string' && decided.unresolved === 0;
  if (missed) blameSolver(tally, { instance, what: answer });
  return { found: decided, solverWrong: missed || answer === undefined };
}

/** A solver's path breaks what the definition keeps, nothing left open. */
function blames({ exam }: Question, screened: Finding | undefined, decided: Finding): boolean {
  return exam.run !== undefined && screened !== undefined && screened.breaks > 0 && decided.unresolved === 0;
}

/**
 * The conclusion in doubles; `undefined` when the solver gave no answer, which is its failure, or why there is no path to give,
 * which is one only where the definition has a path.
 */
function screen(tally: Tally, question: Question, instance: Instance): Finding | string | undefined {
  try {
    return bySolver(question, tally.solvers, instance);
  } catch (error) {
    if (error instanceof Error && error.name === 'NoPath') return error.message;
    if (!(error instanceof Error) || error.name !== 'SolverError') throw error;
    blameSolver(tally, { instance, what: error.message });
    return undefined;
  }
}

/** Whether the definition itself, run in doubles, shows the break: then it is rounding that grows, not the solver. */
function roundingAlone(question: Question, instance: Instance): boolean {
  return byDefinition(question, doubles, instance).breaks > 0;
}

/** Keeps the worst failure; no answer at all is worse than any wrong one, and the first such stays. */
function blameSolver(tally: Tally, failure: SolverFailure): void {
  const severity = ({ sample }: SolverFailure): number => sample?.violation ?? 2;
  if (!tally.solverFailure || severity(failure) > severity(tally.solverFailure)) tally.solverFailure = failure;
}

function keep(tally: Tally, instance: Instance, found: Finding): void {
  tally.comparisons = all(tally.comparisons, found);
  const { worst } = found;
  if (worst && (!tally.tightest || worst.violation > tally.tightest.sample.violation)) {
    tally.tightest = { sample: worst, instance };
  }
  for (const [name, sample] of Object.entries(found.parts ?? {})) {
    const other = tally.tightness.get(name);
    if (!other || sample.violation > other.sample.violation) tally.tightness.set(name, { sample, instance });
  }
}

/** Near: within a twentieth of the boundary. A comparison with zero has no scale, and so no near. */
const NEAR = -1 / 20;

/** Counts what a hypothesis came to on an instance. */
function countHypothesis(
  counts: { met: number; near: number; scaleFree: boolean },
  found: Finding,
  draw: boolean,
): void {
  if (found.breaks > 0 || found.unresolved > 0 || !found.worst) return;
  const { violation } = found.worst;
  if (violation > -1) counts.scaleFree = false;
  if (!draw) return;
  counts.met++;
  if (violation > NEAR) counts.near++;
}

/** Draws that met each hypothesis and came near its boundary, and whether it is needed where that was asked. */
export function hypothesisRecords(
  tally: Tally,
  needed: Readonly<Record<string, Need>> = {},
): Readonly<Record<string, HypothesisRecord>> {
  const records = Object.entries(tally.claim.exam.assuming).map(([name, { says }]): [string, HypothesisRecord] => {
    const { met: count, near, scaleFree } = tally.met[name]!;
    const need = needed[name];
    return [name, { says, met: count, ...(scaleFree ? {} : { near }), ...(need ? { needed: need } : {}) }];
  });
  return Object.fromEntries(records);
}

/** Where none of the draws comes near a boundary, so many more are looked at, by their hypotheses alone. */
const MORE_DRAWS = 2000;

/** Why the claim says next to nothing on what is drawn, if so: by counts alone. */
export function vacuity(tally: Tally, seed: number): string | undefined {
  if (tally.metDraws * 20 < tally.drawn) {
    return `its hypotheses are met by ${tally.metDraws} of ${tally.drawn} draws: draw from a space that meets them by construction`;
  }
  for (const [name, { near, scaleFree }] of Object.entries(tally.met)) {
    if (!scaleFree && near === 0 && !comesNear(tally.claim.exam, name, seed)) {
      const draws = tally.drawn + MORE_DRAWS;
      return `no draw of ${draws} comes within a twentieth of the boundary of ${name}: widen the space towards it`;
    }
  }
  return undefined;
}

/** Whether any of many draws comes near the boundary of a hypothesis, in doubles: few draws say little about how few do. */
function comesNear(exam: Exam, name: string, seed: number): boolean {
  const R = reading(doubles, exam);
  const hypothesis = exam.assuming[name]!;
  return drawPoints(exam.inside.dimension, MORE_DRAWS, seedFor(seed, 'near', exam.name)).some((point) => {
    const found = orUnmet(() => hypothesis.holds(R, over(exam, R, exam.inside.decode(point))));
    return found.breaks === 0 && (found.unresolved > 0 || (found.worst !== undefined && found.worst.violation > NEAR));
  });
}
