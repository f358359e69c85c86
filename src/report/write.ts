import type { Claim } from '../claim/exam';
import type { VerdictRecord } from '../claim/record';
import { counterexamples, type Counterexample } from './counterexample';
import { jsonText, writeAtomically } from './files';
import { counterexampleFile, recordFile, scriptFile, type Places } from './places';
import { pythonScript } from './python';

/** A file written for a claim. */
export interface Written {
  readonly path: string;
  readonly text: string;
}

/** Everything that is written for a claim: its record, its counterexample files, and the script where there is one. */
export function filesOf(claim: Claim, record: VerdictRecord, places: Places): readonly Written[] {
  const files: Written[] = [{ path: recordFile(places, record.id), text: jsonText(record) }];
  for (const [path, content] of counterexamples(claim, record, places)) {
    files.push({ path, text: jsonText(content) });
    const script = isSimplest(path, content, places) ? pythonScript(claim, content) : undefined;
    if (script !== undefined) files.push({ path: scriptFile(places, record.id), text: script });
  }
  return files;
}

/** Writes them, each atomically, and returns what was written. */
export function writeClaim(claim: Claim, record: VerdictRecord, places: Places): readonly Written[] {
  const files = filesOf(claim, record, places);
  for (const { path, text } of files) writeAtomically(path, text);
  return files;
}

function isSimplest(path: string, { claim }: Counterexample, places: Places): boolean {
  return path === counterexampleFile(places, claim, 'simplest');
}
