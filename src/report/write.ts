import type { Examiner } from '../claim/assess';
import type { Claim } from '../claim/exam';
import type { VerdictRecord } from '../claim/record';
import type { Seen } from '../claim/watch';
import { counterexamples, type Counterexample } from './counterexample';
import { jsonText, writeAtomically } from './files';
import { claimPicture } from './picture';
import { counterexampleFile, pictureFile, recordFile, scriptFile, type Places } from './places';
import { pythonScript } from './python';

/** A file written for a claim. */
export interface Written {
  readonly path: string;
  readonly text: string;
}

/** The counterexample files of a claim, and the script where there is one; written, and returned. */
export function writeCounterexamples(claim: Claim, record: VerdictRecord, places: Places): readonly Written[] {
  const files: Written[] = [];
  for (const [path, content] of counterexamples(claim, record, places)) {
    files.push({ path, text: jsonText(content) });
    const script = isSimplest(path, content, places) ? pythonScript(claim, content) : undefined;
    if (script !== undefined) files.push({ path: scriptFile(places, record.id), text: script });
  }
  return write(files);
}

/** The picture of a claim, where it has one; written, and returned. */
export function writePicture(
  claim: Claim,
  record: VerdictRecord,
  seen: readonly Seen[],
  examiner: Examiner,
  places: Places,
): readonly Written[] {
  const text = claimPicture(claim, record, seen, examiner);
  return text === undefined ? [] : write([{ path: pictureFile(places, record.id), text }]);
}

/** The record of a claim; written, and returned. */
export function writeRecord(record: VerdictRecord, places: Places): Written {
  const [file] = write([{ path: recordFile(places, record.id), text: jsonText(record) }]);
  return file!;
}

function write(files: readonly Written[]): readonly Written[] {
  for (const { path, text } of files) writeAtomically(path, text);
  return files;
}

function isSimplest(path: string, { claim }: Counterexample, places: Places): boolean {
  return path === counterexampleFile(places, claim, 'simplest');
}
