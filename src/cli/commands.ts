import { assess } from '../claim/assess';
import { termsAt } from '../claim/chance';
import { settingsFrom } from '../claim/budget';
import type { Claim, Instance } from '../claim/exam';
import { passes } from '../claim/record';
import type { Seen } from '../claim/watch';
import type { Survey } from '../claims-on-disk';
import { examinerFor } from '../examiner';
import { wholeStory } from '../report/explain';
import type { Counterexample } from '../report/counterexample';
import { fromRoot, type Places } from '../report/places';
import { instanceText, oneLine } from '../report/text';
import { writeCounterexamples, writePicture } from '../report/write';
import type { Solvers } from '../solvers/interfaces';
import { BadInput } from './bad-input';
import { catalogue, claimNamed } from './catalogue';
import { NoValue } from './conclusion';
import { readCounterexample } from './counterexample-file';
import { typedInstance } from './numbers';
import { hypothesisLines, show, showChance, type Shown } from './show';
import { faultsOf } from './verify';

/** What a command needs of the world. */
export interface World {
  readonly places: Places;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly say: (line: string) => void;
}

/** A command: from its arguments to its exit status. Throws {@link BadInput} for arguments that mean nothing. */
export type Command = (args: readonly string[], world: World) => number;

/** Exit statuses: all is well; something is false; the input means nothing; it could not be decided. */
export const STATUS = { good: 0, bad: 1, input: 2, undecided: 3 } as const;

/** Assesses one claim and prints everything about it. */
export const claimCommand: Command = ([id, ...rest], { places, environment, say }) => {
  refuseRest(rest);
  const examiner = examinerFor(settingsFrom(environment), places.root);
  const claim = claimNamed(catalogue(places.root), required(id, 'the id of a claim'));
  const seen: Seen[] = [];
  const record = assess(claim, examiner, (one) => void seen.push(one));
  writeCounterexamples(claim, record, places);
  wholeStory(record, places).forEach(say);
  for (const { path } of writePicture(claim, record, seen, examiner, places)) {
    say(`  picture: ${fromRoot(places, path)}`);
  }
  return passes(record) ? STATUS.good : STATUS.bad;
};

/** Looks at a claim with the numbers typed in. */
export const tryCommand: Command = ([id, ...args], { places, environment, say }) => {
  const { solvers, budget, seed } = examinerFor(settingsFrom(environment), places.root);
  const claim = claimNamed(catalogue(places.root), required(id, 'the id of a claim'));
  const { inside } = claim.exam;
  const instance = inside.parse(typedInstance(args, inside.parameters)) as Instance;
  heading(claim, instance).forEach(say);
  hypothesisLines(claim, instance).forEach(say);
  const shown =
    claim.form === 'chance'
      ? showChance(claim, instance, termsAt(claim, instance, budget.name, seed))
      : show(claim, instance, solvers);
  shown.lines.forEach(say);
  return statusOf(shown);
};

/** Shows what solver and definition say on the instance of a counterexample file. */
export const replayCommand: Command = ([path, ...rest], { places, environment, say }) => {
  refuseRest(rest);
  const { solvers } = examinerFor(settingsFrom(environment), places.root);
  const file = readCounterexample(required(path, 'a counterexample file'));
  const claim = claimNamed(catalogue(places.root), file.claim);
  const instance = claim.exam.inside.parse(file.instance) as Instance;
  heading(claim, instance).forEach(say);
  hypothesisLines(claim, instance).forEach(say);
  say(
    `the file: ${file.kind} (${file.grade}), ${file.horizon} steps${file.what === undefined ? '' : `; ${oneLine(file.what)}`}`,
  );
  const shown = file.chance ? showChance(claim, instance, file.chance) : showFile(file, claim, instance, solvers);
  shown.lines.forEach(say);
  if (file.kind === 'solver failure')
    say(shown.solverIsWrong ? 'the failure is there' : 'the failure is not there with this solver');
  return statusOf(shown);
};

function showFile({ horizon, constant }: Counterexample, claim: Claim, instance: Instance, solvers: Solvers): Shown {
  return show(claim, instance, solvers, constant === undefined ? { horizon } : { horizon, constant });
}

function statusOf({ outcome, solverIsWrong }: Shown): number {
  if (outcome === 'breaks' || solverIsWrong) return STATUS.bad;
  return outcome === 'holds' ? STATUS.good : STATUS.undecided;
}

/** Re-evaluates counterexample files with the definition alone; a line each. */
export const verifyCommand: Command = (paths, { places, say }) => {
  required(paths[0], 'one or more counterexample files');
  const claims = catalogue(places.root);
  return Math.max(...paths.map((path) => verifyOne(path, claims, say)));
};

function verifyOne(path: string, claims: Survey, say: World['say']): number {
  try {
    const file = readCounterexample(path);
    const faults = faultsOf(file, claimNamed(claims, file.claim));
    const fine =
      file.kind === 'solver failure'
        ? 'the definition keeps the conclusion; replay shows the solver'
        : `${file.kind} (${file.grade})`;
    say(
      `${faults.length === 0 ? 'ok  ' : 'FAIL'} ${path}: ${faults.length === 0 ? `${file.claim}, ${fine}` : faults.join('; ')}`,
    );
    return faults.length === 0 ? STATUS.good : STATUS.bad;
  } catch (error) {
    if (error instanceof NoValue) {
      say(`FAIL ${path}: ${error.message}`);
      return STATUS.bad;
    }
    if (!(error instanceof BadInput)) throw error;
    say(`BAD  ${error.message.includes(path) ? error.message : `${path}: ${error.message}`}`);
    return STATUS.input;
  }
}

function heading({ id, where, says, form }: Claim, instance: Instance): readonly string[] {
  return [`${id} — ${oneLine(where)}`, `states (${form}): ${oneLine(says)}`, `at ${instanceText(instance)}`];
}

function required(arg: string | undefined, what: string): string {
  if (arg === undefined || arg === '') throw new BadInput(`expected ${what}`);
  return arg;
}

function refuseRest(rest: readonly string[]): void {
  if (rest.length > 0) throw new BadInput(`"${rest.join(' ')}" is more than this command takes`);
}
