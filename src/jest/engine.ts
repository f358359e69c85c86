/**
 * The engine as jest's workers load it: once for all theorem files, outside the sandbox that each test file runs in. There
 * every file would load and compile it again, and run it at half the speed.
 */
import { assess } from '../claim/assess';
import { settingsFrom } from '../claim/budget';
import { checkCanary } from '../claim/canary';
import { passes } from '../claim/record';
import { LOADING_SECONDS, withinSeconds } from '../claim/time-limit';
import type { Seen } from '../claim/watch';
import { claimsOf, paperAt, type FiledClaim } from '../claims-on-disk';
import { examinerFor } from '../examiner';
import { explanation } from '../report/explain';
import type { Places } from '../report/places';
import { oneLine } from '../report/text';
import { writeCounterexamples, writePicture, writeRecord } from '../report/write';
import { allureEntry, type AllureEntry } from './allure-entry';

/** What came of one claim: what Allure is told and, where the claim is red, what a person reads. */
export interface Judged {
  readonly entry: AllureEntry;
  readonly red?: { readonly undecided: boolean; readonly message: string };
}

/** One test: a claim's id and place, and the way to its verdict, everything written. */
export interface ClaimTest {
  readonly name: string;
  judge(): Judged;
}

/** The tests of a theorem file; or what is wrong with the file, as text. */
export type Tests =
  { readonly paper: string; readonly tests: readonly ClaimTest[]; readonly wrong?: never } | { readonly wrong: string };

/** What a test file in the sandbox is handed. */
export interface Engine {
  testsOf(path: string): Tests;
  checkCanary(): void;
}

/** The engine for one run. Throws for settings that mean nothing and for a solver's module that cannot be used. */
export function newEngine(places: Places, environment: NodeJS.ProcessEnv): Engine {
  const examiner = examinerFor(settingsFrom(environment), places.root);
  const judge = (filed: FiledClaim): Judged => {
    const seen: Seen[] = [];
    const record = assess(filed.claim, examiner, (one) => void seen.push(one));
    const found = [writeRecord(record, places), ...writeCounterexamples(filed.claim, record, places)];
    const written = [...writePicture(filed.claim, record, seen, examiner, places), ...found];
    const entry = allureEntry(filed, paperAt(places.root, filed.paper), record, written, places);
    if (passes(record)) return { entry };
    const undecided = record.verdict === 'undecided' && record.solverFailure === undefined;
    return { entry, red: { undecided, message: explanation(record, places).join('\n') } };
  };
  const testsOf = (path: string): Tests => {
    try {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const exports = withinSeconds<unknown>(LOADING_SECONDS, () => require(path));
      const filed = claimsOf(exports, places.root, path);
      const testOf = (one: FiledClaim): ClaimTest => ({
        name: `${one.claim.id} ${oneLine(one.claim.where)}`,
        judge: () => judge(one),
      });
      return { paper: filed[0]!.paper, tests: filed.map(testOf) };
    } catch (error) {
      return { wrong: described(error) };
    }
  };
  return { testsOf, checkCanary };
}

/** A file that breaks a rule is told so in a line; one that cannot be loaded, with where, as far as that is our code. */
function described(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { name, message, stack = '' } = error;
  const what = `${name}: ${message.split('\nRequire stack:')[0]}`;
  if (name === 'TheoremFileError') return what;
  const own = stack.split('\n').filter((line) => /^ +at /.test(line) && !/node_modules|node:|\/src\/jest\//.test(line));
  return [what, ...own].join('\n');
}
