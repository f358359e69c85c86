import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Claim, Instance } from './claim/exam';
import { MalformedInstance } from './claim/space';
import { jsonText, writeAtomically } from './report/files';

/** The version of the shape of the files below `cases/`. */
const SCHEMA = 1;
const KEYS = ['claim', 'schema', 'instances'];

/** A file of stored cases cannot be used: which one, what was expected of it, and what to do. */
export class StoredCasesError extends Error {
  override readonly name = 'StoredCasesError';
}

/** Where the cases of a claim are stored, from the root of the repository: `cases/<paper>/<claim>.json`. */
export const storedCasesFile = (id: string): string => `cases/${id}.json`;

/**
 * What earlier searches found on a claim, from `cases/<paper>/<claim>.json` below the root: instances of its space, which
 * may or may not meet its hypotheses; none where there is no file. Throws {@link StoredCasesError}.
 */
export function readStoredCases(root: string, { id, exam }: Claim): readonly Instance[] {
  const file = storedCasesFile(id);
  const path = join(root, file);
  if (!existsSync(path)) return [];
  return instancesOf(parsed(readFileSync(path, 'utf8'), file), id).map((instance, k) => {
    try {
      return exam.inside.parse(instance) as Instance;
    } catch (error) {
      if (!(error instanceof MalformedInstance)) throw error;
      return refuse(id, `instance ${k + 1} is none of the claim: ${error.message}`);
    }
  });
}

/** Writes the cases of a claim; where there are none, removes their file. */
export function writeStoredCases(root: string, id: string, instances: readonly Instance[]): void {
  const path = join(root, storedCasesFile(id));
  if (instances.length === 0) rmSync(path, { force: true });
  else writeAtomically(path, jsonText({ claim: id, schema: SCHEMA, instances }));
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new StoredCasesError(
      `${file} is no JSON, or was cut off: ${(error as Error).message}. Restore it, or delete it`,
    );
  }
}

/** The instances in a file, yet to be parsed by the claim's space. */
function instancesOf(value: unknown, id: string): readonly unknown[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(id, 'it holds no object');
  const given = value as Readonly<Record<string, unknown>>;
  const missing = KEYS.filter((key) => !(key in given));
  const unknown = Object.keys(given).filter((key) => !KEYS.includes(key));
  if (missing.length > 0) refuse(id, `"${missing.join('", "')}" is missing`);
  if (unknown.length > 0) refuse(id, `"${unknown.join('", "')}" is not one of its keys`);
  const { claim, schema, instances } = given;
  if (schema !== SCHEMA) refuse(id, `its schema is ${JSON.stringify(schema)}, and this program reads ${SCHEMA}`);
  if (claim !== id) refuse(id, `its claim is ${JSON.stringify(claim)}, and its place is that of ${id}`);
  if (!Array.isArray(instances)) refuse(id, `its instances are ${JSON.stringify(instances)}`);
  return instances as readonly unknown[];
}

function refuse(id: string, what: string): never {
  throw new StoredCasesError(
    `${storedCasesFile(id)}: ${what}; expected {"claim": "${id}", "schema": ${SCHEMA}, "instances": […]}. ` +
      `Mend it, or delete it and run "npm run keep -- ${id}"`,
  );
}
