import type { Sample } from '../claim/finding';
import {
  passes,
  witnessBreaks,
  type FormRecord,
  type Need,
  type SolverFailure,
  type Spaces,
  type VerdictRecord,
  type Witness,
} from '../claim/record';
import { chanceLine, chanceLines } from './chance-text';
import { counterexampleFile, replayLine, scriptFile, fromRoot, type Places, type Which } from './places';
import { count, decimal, excessText, instanceText, oneLine, sampleText } from './text';

/** What a person reads about a claim whose test is red, or that is refuted: as lines. */
export function explanation(record: VerdictRecord, places: Places): readonly string[] {
  const { id, where, says, form } = record;
  return [
    `${id} — ${oneLine(where)}`,
    `  states (${form}): ${oneLine(says)}`,
    `  verdict: ${verdictText(record)}`,
    ...otherProblems(record).map(({ kind, message }) => `  ${kind}: ${oneLine(message)}`),
    ...evidence(record, places).map((line) => `  ${line}`),
    ...(record.corrected.length > 0 ? [`  what does hold: ${record.corrected.join(', ')}`] : []),
  ];
}

/** The problems that the evidence does not tell of by itself. */
function otherProblems({ problems, solverFailure }: VerdictRecord): VerdictRecord['problems'] {
  return solverFailure ? problems.filter(({ kind }) => kind !== 'solver wrong') : problems;
}

/** The verdict beside the recorded one, and what follows for the test. */
export function verdictText(record: VerdictRecord): string {
  const { verdict, recorded } = record;
  const known = verdict === recorded ? 'as recorded' : `recorded: ${recorded}`;
  return `${verdict}, ${known}${passes(record) ? '' : ' — RED'}`;
}

/** Witnesses and the solver's failure, as lines. */
export function evidence(record: VerdictRecord, places: Places): readonly string[] {
  const { simplest, worst, solverFailure } = record;
  const lines: string[] = [];
  if (simplest) lines.push(...witnessLines(record, simplest, 'simplest', places));
  if (worst && worst !== simplest && !sameInstance(worst, simplest)) {
    lines.push(...witnessLines(record, worst, 'worst', places));
  }
  if (solverFailure) lines.push(...failureLines(record, solverFailure, places));
  return lines;
}

function witnessLines(record: VerdictRecord, witness: Witness, which: Which, places: Places): readonly string[] {
  const breaks = witnessBreaks(record.form);
  const word = breaks ? 'false' : record.form === 'exists' ? 'true' : 'ruled out';
  const { sample, constant, box, chance } = witness;
  const assumed = which === 'simplest' ? Object.entries(witness.hypotheses) : [];
  const hypotheses = assumed.map(([name, met]) => hypothesisLine(record, name, met));
  return [
    `${which} witness (${witness.grade}): ${instanceText(witness.instance)}`,
    ...hypotheses.map((line) => `  ${line}`),
    ...(constant === undefined ? [] : [`  the constant ${constant} does not do`]),
    `  ${word}: ${sampleText(sample, breaks)}${breaks ? `, ${excessText(sample)}` : ''}`,
    ...(chance ? [`  ${chanceLine(chance)}`] : []),
    ...(box === undefined ? [] : [`  and wherever each parameter is within ${decimal(box, 2)} of itself, relatively`]),
    ...(record.form === 'experiment' ? [] : [`  ${replayLine(places, counterexampleFile(places, record.id, which))}`]),
  ];
}

function hypothesisLine(record: VerdictRecord, name: string, met: Sample): string {
  const says = record.hypotheses[name]?.says;
  return `${name} is met: ${says === undefined ? '' : `${oneLine(says)}, `}${sampleText(met, false)}`;
}

function failureLines(
  record: VerdictRecord,
  { instance, what, sample }: SolverFailure,
  places: Places,
): readonly string[] {
  return [
    `THE SOLVER IS WRONG, not the theorem: ${instanceText(instance)}`,
    `  ${oneLine(what)}`,
    ...(sample ? [`  its path gives: ${sampleText(sample, true)}, ${excessText(sample)}`] : []),
    `  ${replayLine(places, counterexampleFile(places, record.id, 'solver'))}`,
  ];
}

function sameInstance(a: Witness, b: Witness | undefined): boolean {
  return b !== undefined && a.horizon === b.horizon && JSON.stringify(a.instance) === JSON.stringify(b.instance);
}

/** Everything about a claim's verdict: what `npm run claim` prints. */
export function wholeStory(record: VerdictRecord, places: Places): readonly string[] {
  return [
    ...explanation(record, places),
    ...(record.note === undefined ? [] : [`  note: ${record.note}`]),
    ...search(record).map((line) => `  ${line}`),
    ...(record.simplest?.grade === 'exact' ? [`  script: ${fromRoot(places, scriptFile(places, record.id))}`] : []),
    `  ${record.seconds.toFixed(2)} s`,
  ];
}

/** Whether a hypothesis is needed, as far as was found. */
function needText({ status, tried, witness }: Need): string {
  if (witness) return `needed: without it, at ${instanceText(witness.instance)}, ${sampleText(witness.sample, true)}`;
  if (status === 'not tried') return 'whether it is needed was not tried: no instance drawn fails it alone';
  const found = status === 'undecided' ? 'could not be decided' : 'no witness found';
  return `whether it is needed: ${found} on ${count(tried, 'instance')} without it`;
}

/** How the parameters are drawn, and how wider where it was asked whether hypotheses are needed: as lines. */
function spacesLines({ inside, around }: Spaces): readonly string[] {
  const lines = (title: string, drawn: Readonly<Record<string, string>>): readonly string[] => [
    title,
    ...Object.entries(drawn).map(([name, how]) => `  ${name}: ${how}`),
  ];
  return [
    ...lines('drawn from:', inside),
    ...(around ? lines('drawn from, where a hypothesis is left out:', around) : []),
  ];
}

/** Where it was looked, how tight it came, and which seeded faults were seen: as lines. */
export function search(record: VerdictRecord): readonly string[] {
  const { comparisons, tightest, tightness = [], teeth, instances, drawn, defined } = record;
  const { holds, equal, breaks, unresolved, unresolvedAt } = comparisons;
  const open = unresolvedAt ? `, at index ${unresolvedAt[0]} to ${unresolvedAt[1]}` : '';
  return [
    'hypotheses:',
    ...Object.entries(record.hypotheses).flatMap(([name, { says, met, near, needed }]) => {
      const close = near === undefined ? '' : `, ${near} of them near its boundary`;
      const line = `  ${name}: ${oneLine(says)} — met by ${met} of ${count(drawn, 'draw')}${close}`;
      return needed ? [line, `    ${needText(needed)}`] : [line];
    }),
    ...spacesLines(record.spaces),
    `looked at: ${count(instances, 'instance')}, ${defined} of them by the definition (budget ${record.budget}, seed ${record.seed}, ${record.solver === 'none' ? 'no solver' : `${record.solver} solver`})`,
    record.form === 'chance'
      ? `draws: ${holds} keep it, ${breaks} break it, ${unresolved} too close to tell`
      : `comparisons: ${holds} hold, ${equal} equal, ${breaks} break, ${unresolved} unresolved${open}`,
    ...(tightest
      ? [
          `tightest: ${sampleText(tightest.sample, tightest.sample.violation > 0)}, violation ${decimal(tightest.sample.violation, 3)}`,
          `  at ${instanceText(tightest.instance)}`,
        ]
      : []),
    ...tightness.map(({ sample }) => `  ${sample.part}: violation ${decimal(sample.violation, 3)}`),
    ...formLines(record.formRecord),
    ...teethLines('seen red', teeth.caught),
    ...teethLines('not seen red', teeth.missed),
  ];
}

/** What the form reports beside the verdict: as lines. */
function formLines(said: FormRecord = {}): readonly string[] {
  const { exceptions, constantOf, family, fit, sharpness, seeds, chance } = said;
  return [
    ...(exceptions
      ? [
          `exceptions: ${count(exceptions.count, 'instance')} that stand alone, such as ${instanceText(exceptions.example)}`,
        ]
      : []),
    ...(constantOf ? [`the constant depends on ${constantOf.length === 0 ? 'nothing' : constantOf.join(', ')}`] : []),
    ...(family
      ? [
          `family: ${oneLine(family.says)}`,
          `  ${count(family.members, 'member')}, each certified; no constant from ${family.from} to ${family.to} does`,
        ]
      : []),
    ...(fit
      ? [
          `left/right goes like ${fit.parameter}^e with e = ${decimal(fit.slope, 3)} ± ${decimal(fit.error, 2)} over ${count(fit.points, 'draw')}`,
        ]
      : []),
    ...(sharpness
      ? [
          `measured over claimed rate: least ${decimal(sharpness.least, 3)}, median ${decimal(sharpness.median, 3)} over ${count(sharpness.points, 'draw')}`,
        ]
      : []),
    ...(chance ? chanceLines(chance) : []),
    ...(seeds ? [`seen with ${seeds.seen} of ${count(seeds.tried, 'seed')}`] : []),
  ];
}

function teethLines(title: string, names: readonly string[]): readonly string[] {
  return names.length === 0 ? [] : [`${title}:`, ...names.map((name) => `  ${name}`)];
}
