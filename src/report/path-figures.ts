/** Both sides of a claim's comparisons along the path, on the instances that matter. */
import type { Examiner } from '../claim/assess';
import type { Claim, Instance } from '../claim/exam';
import type { BothSides } from '../claim/finding';
import type { VerdictRecord, Witness } from '../claim/record';
import { withinSeconds } from '../claim/time-limit';
import { traceByDefinition, traceBySolver, traceOfWitness, type Trace } from '../claim/trace';
import type { Seen } from '../claim/watch';
import type { Enclosure } from '../numerics/arithmetic';
import { scaleForSides } from './axis-scale';
import type { Figure, Mark, Panel } from './plot/figure';
import { oneLine, shortInstanceText } from './text';

/** An instance to be followed along its path, and whose path that is. */
interface Look {
  readonly what: string;
  readonly instance: Instance;
  readonly trace: () => Trace;
}

/**
 * For a claim with a path: both sides of each comparison along it, as the definition has them. Where the claim is
 * refuted, at the worst and the simplest witness; where the solver is wrong, by the solver and by the definition at the
 * instance that shows it; otherwise at the tightest instance and the median of those drawn. Empty for a claim whose
 * verdict ended in an error.
 */
export function pathFigures(
  claim: Claim,
  record: VerdictRecord,
  seen: readonly Seen[],
  examiner: Examiner,
): readonly Figure[] {
  if ((claim.exam.horizon ?? 0) === 0 || record.problems.some(({ kind }) => kind === 'error' || kind === 'endless')) {
    return [];
  }
  const followed = looks(claim, record, seen, examiner)
    .map((look) => ({ look, ...shownAlong(claim, look, examiner.budget.seconds) }))
    .filter(({ panels }) => panels.length > 0);
  const place = ({ what, instance }: Look): string => `${what} (${shortInstanceText(instance)})`;
  const titleOf = (what: string): string => `${claim.id}, ${record.verdict}: ${what} along the path`;
  const [first] = followed;
  if (!first) return [];
  if (followed.every(({ panels, what }) => panels.length === 1 && what === first.what)) {
    const panels = followed.map(({ look, panels: [panel] }) => ({
      ...panel!,
      title: `${panel!.title === undefined ? '' : `${panel!.title} `}${place(look)}`,
    }));
    return [{ title: titleOf(first.what), panels }];
  }
  return followed.map(({ look, what, panels }) => ({ title: `${titleOf(what)} ${place(look)}`, panels }));
}

/** Which instances are followed, and how. A solver that gave no answer is not asked again. */
function looks(
  claim: Claim,
  { form, verdict, solverFailure, simplest, worst, tightest }: VerdictRecord,
  seen: readonly Seen[],
  { solvers }: Examiner,
): readonly Look[] {
  const bySolver = (what: string, instance: Instance): Look => ({
    what,
    instance,
    trace: () => traceBySolver(claim, solvers, instance),
  });
  const at = (what: string, instance: Instance | undefined): readonly Look[] => {
    if (!instance) return [];
    if (!claim.exam.defined) return [bySolver(what, instance)];
    return [{ what, instance, trace: () => traceByDefinition(claim, instance) }];
  };
  if (solverFailure) {
    const { instance, sample } = solverFailure;
    return [...(sample ? [bySolver('by the solver', instance)] : []), ...at('by the definition', instance)];
  }
  if (!simplest || !worst) {
    return distinct([
      ...at('at the tightest instance', tightest?.instance),
      ...at('at the median draw', medianDraw(seen)),
    ]);
  }
  const shownBy = (what: string, witness: Witness): readonly Look[] =>
    verdict === 'not reproduced'
      ? at(what, witness.instance)
      : [{ what, instance: witness.instance, trace: () => traceOfWitness(claim, witness) }];
  if (form === 'exists') return shownBy('at the witness', simplest);
  return distinct([...shownBy('at the worst witness', worst), ...shownBy('at the simplest witness', simplest)]);
}

/** One look an instance. */
function distinct(all: readonly Look[]): readonly Look[] {
  const text = ({ instance }: Look): string => JSON.stringify(instance);
  return all.filter((look, k) => all.findIndex((other) => text(other) === text(look)) === k);
}

/** Of the draws, by violation, the one in the middle. */
function medianDraw(seen: readonly Seen[]): Instance | undefined {
  const draws = seen.flatMap(({ drawn, worst, instance }) =>
    drawn && worst ? [{ instance, violation: worst.violation }] : [],
  );
  return draws.sort((a, b) => a.violation - b.violation)[Math.floor(draws.length / 2)]?.instance;
}

/** What can be seen along the path of one instance, in words and as panels. */
function shownAlong(
  claim: Claim,
  look: Look,
  seconds: number,
): { readonly what: string; readonly panels: readonly Panel[] } {
  const x = { label: claim.exam.flow === true ? 'sample of the path' : 'step', whole: true };
  try {
    const trace = withinSeconds(seconds, look.trace);
    const stretches = trace.sides.filter(({ left }) => left.length > 1);
    if (stretches.length === 0) return { what: 'what is measured', panels: measuredPanels(trace, x) };
    return { what: 'both sides', panels: stretches.map((sides) => sidesPanel(sides, trace, x)) };
  } catch (error) {
    const note = `its path could not be followed: ${oneLine(error instanceof Error ? error.message : String(error))}`;
    return { what: 'both sides', panels: [{ x, y: { label: '' }, series: [], note }] };
  }
}

function sidesPanel(sides: BothSides, { finding }: Trace, x: Panel['x']): Panel {
  const { part, relation, from } = sides;
  const [l, r] = [sides.left.map(shown), sides.right.map(shown)];
  const scale = scaleForSides(l, r);
  const marks = markAt(sides, finding);
  const length = scale === 'log' ? worthShowing(l, r, (marks[0]?.at ?? from) - from) : l.length;
  const at = Array.from({ length }, (_, k) => from + k);
  const breaks = sides.breaks.filter((t) => t < from + length);
  const red = { x: breaks, y: breaks.map((t) => l[t - from]!), colour: 'vermillion' } as const;
  const rest = `further on, up to ${from + l.length - 1}, both sides are below 10⁻¹² of the largest`;
  return {
    ...(part === '' ? {} : { title: part }),
    x,
    y: { label: `left ${relation} right`, scale },
    series: [
      ...(breaks.length === 0
        ? []
        : [{ ...red, kind: 'band', name: '', y2: breaks.map((t) => r[t - from]!) } as const]),
      { kind: 'line', name: 'left side', x: at, y: l.slice(0, length), colour: 'blue' },
      { kind: 'line', name: 'right side', x: at, y: r.slice(0, length), colour: 'black', dashed: true },
      ...(breaks.length === 0 ? [] : [{ ...red, kind: 'points', name: 'breaks' } as const]),
    ],
    marks,
    ...(length < l.length ? { note: rest } : {}),
  };
}

/** What is smaller than this, of the largest number on a log axis, is not worth the room it takes. */
const FLOOR = 1e-12;

/** How many points are worth showing: to the last that is not too small, and past the one that matters. */
function worthShowing(left: readonly number[], right: readonly number[], matters: number): number {
  const larger = left.map((x, k) => Math.max(x, right[k]!));
  const floor = FLOOR * larger.reduce((most, x) => Math.max(most, x), 0);
  const last = larger.findLastIndex((x) => x >= floor);
  return Math.min(left.length, Math.max(last, Math.ceil(matters * 1.1) + 1) + 1);
}

/** Where the comparison first breaks; where it does not, where it is nearest to it. */
function markAt({ part, relation, breaks }: BothSides, finding: Trace['finding']): readonly Mark[] {
  if (breaks.length > 0) return [{ on: 'x', at: breaks[0]!, label: 'first breaks' }];
  const worst = finding.parts?.[part] ?? finding.worst;
  if (!worst || worst.part !== part || worst.relation !== relation || relation === '=') return [];
  return [{ on: 'x', at: worst.at, label: 'tightest' }];
}

/**
 * What is measured along the path, where the claim compares at single points only: these are marked. Index 0 is no place
 * on the path but what comparisons without a path have.
 */
function measuredPanels({ measures, sides }: Trace, x: Panel['x']): readonly Panel[] {
  const indices = [...new Set(sides.map(({ from }) => from))].filter((at) => at > 0);
  const partsAt = (at: number): string =>
    sides
      .filter(({ from, part }) => from === at && part !== '')
      .map(({ part }) => part)
      .join(', ');
  const marks = indices.map((at): Mark => ({ on: 'x', at, label: partsAt(at) }));
  return Object.entries(measures)
    .filter(([, { values }]) => values.length > 1)
    .map(([name, { from, values }]) => {
      const y = values.map(shown);
      const series = { kind: 'line', name: 'measured', x: y.map((_, k) => from + k), y, colour: 'blue' } as const;
      return { title: name, x, y: { label: name, scale: scaleForSides(y, y) }, series: [series], marks };
    });
}

/** The middle of an enclosure; 0 where that cannot be told from it. */
function shown({ lower, upper }: Enclosure): number {
  return lower <= 0 && upper >= 0 ? 0 : lower / 2 + upper / 2;
}
