import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCHEMA, type VerdictRecord } from '../claim/record';
import { jsonText, writeAtomically } from './files';
import { recordsFolder, verdictsFile, type Places } from './places';
import { byId } from './table';

/** What is in verdicts.json. No time of day: two runs of one seed differ in `seconds` alone. */
export interface Verdicts {
  readonly schema: number;
  readonly budget: string;
  readonly seed: number;
  readonly node: string;
  readonly solver: 'reference' | 'given';
  readonly claims: readonly VerdictRecord[];
}

/** The settings that a run's records were made with. */
export type RunSettings = Pick<Verdicts, 'budget' | 'seed' | 'solver'>;

/** The records that the run has written so far, sorted by id. */
export function readRecords(places: Places): readonly VerdictRecord[] {
  const folder = recordsFolder(places);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as VerdictRecord)
    .sort(byId);
}

/** The records of one run as the content of verdicts.json. */
export function merged(records: readonly VerdictRecord[], settings: RunSettings): Verdicts {
  return { schema: SCHEMA, ...settings, node: process.version, claims: [...records].sort(byId) };
}

/** Writes verdicts.json, and returns where it is. */
export function writeVerdicts(verdicts: Verdicts, places: Places): string {
  const path = verdictsFile(places);
  writeAtomically(path, jsonText(verdicts));
  return path;
}

/**
 * What is wrong between claims: a corrected claim that does not exist (`known`: all ids there are, where that could be
 * told), or that was looked at and is not upheld. One that this run left out is not looked at.
 */
export function crossProblems(
  records: readonly VerdictRecord[],
  known: ReadonlySet<string> | undefined,
): readonly string[] {
  const byName = new Map(records.map((record) => [record.id, record]));
  return records.flatMap((record) =>
    record.corrected.flatMap((id) => {
      const corrected = byName.get(id);
      if (corrected && corrected.verdict !== 'upheld' && corrected.verdict !== 'reproduced') {
        return [`${record.id} names ${id} as what does hold, but the verdict on that is ${corrected.verdict}`];
      }
      if (!corrected && known && !known.has(id)) {
        return [`${record.id} names ${id} as what does hold, but there is no such claim`];
      }
      return [];
    }),
  );
}
