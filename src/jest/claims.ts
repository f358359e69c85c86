/**
 * Turns a theorem file, which is data, into tests: one a claim. Jest runs this before the theorem file itself
 * (`setupFilesAfterEnv` of the project `claims`).
 */
import { assess } from '../claim/assess';
import { settingsFrom } from '../claim/budget';
import { checkCanary } from '../claim/canary';
import { passes } from '../claim/record';
import { LOADING_SECONDS, withinSeconds } from '../claim/time-limit';
import type { Seen } from '../claim/watch';
import { claimsOf, paperAt, type FiledClaim } from '../claims-on-disk';
import { examinerFor } from '../examiner';
import type { Places } from '../report/places';
import { oneLine } from '../report/text';
import { writeCounterexamples, writePicture, writeRecord } from '../report/write';
import { describeInAllure } from './allure';
import { verdictError } from './verdict-error';

declare global {
  /** Where things are: set by the jest configuration. */
  var assay: Places;
}

const places = globalThis.assay;
const path = expect.getState().testPath!;
/** A safety net only: budgets are counts, and a deep one may take minutes on one claim. */
jest.setTimeout(60 * 60 * 1000);

const examiner = examinerFor(settingsFrom(process.env), places.root);

/** The claims of the file, or what is wrong with them. */
function filedClaims(): readonly FiledClaim[] | Error {
  // A file that cannot be loaded fails its own way: jest prints the error with the line that caused it.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const exports: unknown = withinSeconds<unknown>(LOADING_SECONDS, () => require(path));
  try {
    return claimsOf(exports, places.root, path);
  } catch (error) {
    return error as Error;
  }
}

async function judge(filed: FiledClaim): Promise<void> {
  const seen: Seen[] = [];
  const record = assess(filed.claim, examiner, (one) => void seen.push(one));
  const found = [writeRecord(record, places), ...writeCounterexamples(filed.claim, record, places)];
  const written = [...writePicture(filed.claim, record, seen, examiner, places), ...found];
  await describeInAllure(filed, paperAt(places.root, filed.paper), record, written, places);
  if (!passes(record)) throw verdictError(record, places);
}

const filed = filedClaims();
if (filed instanceof Error) {
  test('the theorem file follows the rules', () => {
    filed.stack = `${filed.name}: ${filed.message}`;
    throw filed;
  });
} else {
  describe(filed[0]!.paper, () => {
    beforeAll(() => checkCanary());
    for (const one of filed) test(`${one.claim.id} ${oneLine(one.claim.where)}`, () => judge(one));
  });
}
