import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { VerdictRecord } from '../claim/record';
import type { Counterexample } from './counterexample';
import { canonicalJson, writeAtomically } from './files';
import { allureFolder, counterexamplesFolder, picturesFolder, replayLine, verdictsFile, type Places } from './places';
import { readVerdicts } from './read-verdicts';
import { byId } from './table';
import type { Verdicts } from './verdicts';
import { writeRecord } from './write';

/** Folders of reports are not parts of one run. */
export class UnmergeableReports extends Error {
  override readonly name = 'UnmergeableReports';
}

/** A folder of reports: what one shard wrote. */
export interface Part {
  readonly reports: string;
  readonly verdicts: Verdicts;
}

/** What several shards found, and which of them each claim's files are taken from. */
export interface Union {
  readonly verdicts: Verdicts;
  readonly owners: ReadonlyMap<string, Part>;
}

/** The report in a folder. Throws {@link UnmergeableReports} or UnusableVerdicts where there is none. */
export function readPart(reports: string): Part {
  if (!existsSync(reports) || !statSync(reports).isDirectory()) {
    throw new UnmergeableReports(`${reports} is no folder: expected the folders that shards wrote their reports to`);
  }
  const path = verdictsFile({ root: '', reports });
  if (!existsSync(path)) {
    throw new UnmergeableReports(`${reports} has no verdicts.json: expected a folder that a run of claims wrote to`);
  }
  return { reports, verdicts: readVerdicts(path, path, 'run that shard again') };
}

/** What all parts of one run have in common. */
const COMMON = ['schema', 'budget', 'seed', 'solver', 'node'] as const;

/**
 * The union of the parts' records, sorted by id. Throws {@link UnmergeableReports} when the parts were made with
 * different settings or versions, or have different records of one claim (`seconds` aside; the first part's are kept).
 */
export function unionOf(parts: readonly [Part, ...Part[]]): Union {
  const [first, ...others] = parts;
  for (const other of others) refuseOtherSettings(first, other);
  const owners = new Map<string, Part>();
  const records = new Map<string, VerdictRecord>();
  for (const part of parts) {
    for (const record of part.verdicts.claims) {
      const known = records.get(record.id);
      if (known) refuseOtherRecord(known, owners.get(record.id)!, record, part);
      else {
        records.set(record.id, record);
        owners.set(record.id, part);
      }
    }
  }
  return { verdicts: { ...first.verdicts, claims: [...records.values()].sort(byId) }, owners };
}

function refuseOtherSettings(a: Part, b: Part): void {
  const different = COMMON.filter((key) => a.verdicts[key] !== b.verdicts[key]);
  if (different.length === 0) return;
  const what = different.map((key) => `${key} ${a.verdicts[key]} and ${b.verdicts[key]}`).join(', ');
  throw new UnmergeableReports(
    `${a.reports} and ${b.reports} are no parts of one run (${what}): run all shards with the same settings and the same Node`,
  );
}

function refuseOtherRecord(a: VerdictRecord, inA: Part, b: VerdictRecord, inB: Part): void {
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])] as (keyof VerdictRecord)[];
  const different = keys.filter((key) => key !== 'seconds' && canonicalJson([a[key]]) !== canonicalJson([b[key]]));
  if (different.length === 0) return;
  throw new UnmergeableReports(
    `${inA.reports} and ${inB.reports} have different records of ${a.id} (${different.join(', ')}): ` +
      'run all shards on one version of the theorems',
  );
}

/** Whether a folder is the one that the union would be written to. */
export function isDestination({ reports }: Part, places: Places): boolean {
  return existsSync(places.reports) && realpathSync(reports) === realpathSync(places.reports);
}

/** A file of a part, and where it goes. */
interface Copy {
  readonly source: string;
  readonly target: string;
  /** What becomes of its text; absent for what is copied as it is. */
  readonly moved?: (text: string) => string;
}

/** The claim that a file is about: its path without what follows the id, in which dots may stand. */
const claimOf = (path: string): string => path.replace(/(\.worst|\.solver)?\.\w+$/, '');

/**
 * What the union has beside records, verdicts.json and junit.xml: counterexamples, pictures and Allure's results, each
 * claim's from one part, with replay lines that name the files where they will be. Nothing is written yet. Throws
 * {@link UnmergeableReports} for a file that was cut off.
 */
export function copiesOf({ owners }: Union, parts: readonly Part[], places: Places): readonly Copy[] {
  return parts.flatMap((part) => {
    const from: Places = { root: places.root, reports: part.reports };
    const moved = movedBy(counterexamplesFolder(from), places);
    const isOwn = (path: string): boolean => owners.get(claimOf(path)) === part;
    const others = resultsOf(allureFolder(from), (id) => owners.has(id) && owners.get(id) !== part);
    return [
      ...copies(counterexamplesFolder(from), counterexamplesFolder(places), isOwn, moved),
      ...copies(picturesFolder(from), picturesFolder(places), isOwn),
      ...copies(allureFolder(from), allureFolder(places), (path) => !others.has(path), moved),
    ];
  });
}

/** Writes the records of the union, and copies what belongs to them. */
export function writeUnion({ verdicts }: Union, files: readonly Copy[], places: Places): void {
  for (const record of verdicts.claims) writeRecord(record, places);
  for (const { source, target, moved } of files) {
    mkdirSync(dirname(target), { recursive: true });
    if (moved) writeAtomically(target, moved(readFileSync(source, 'utf8')));
    else copyFileSync(source, target);
  }
}

/** The files below a folder that are wanted, by their path below it with forward slashes; JSON and text are `moved`. */
function copies(
  from: string,
  to: string,
  isWanted: (path: string) => boolean,
  moved?: (text: string) => string,
): readonly Copy[] {
  return filesBelow(from)
    .filter(isWanted)
    .map((path) => ({
      source: join(from, path),
      target: join(to, path),
      ...(moved && /\.(json|txt)$/.test(path) ? { moved } : {}),
    }));
}

/** Paths below a folder, sorted, with forward slashes; none where there is no such folder. */
function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return files.map((name) => name.split(sep).join('/')).sort();
}

/** Turns replay lines that name files of the given folder of counterexamples, as its own files do, to the new places. */
function movedBy(folder: string, places: Places): (text: string) => string {
  const path = filesBelow(folder).find((name) => name.endsWith('.json'));
  const line = path === undefined ? undefined : readJson<Counterexample>(join(folder, path)).replay;
  if (path === undefined || line?.endsWith(`/${path}`) !== true) return (text) => text;
  const before = line.slice(0, line.length - path.length);
  return (text) => text.replaceAll(before, `${replayLine(places, counterexamplesFolder(places))}/`);
}

/** Names of Allure's files about the claims that meet a condition: their results and what is attached to these. */
function resultsOf(folder: string, isMeant: (id: string) => boolean): ReadonlySet<string> {
  const results = filesBelow(folder).filter((name) => name.endsWith('-result.json'));
  const meant = results.filter((name) => isMeant(readJson<{ historyId: string }>(join(folder, name)).historyId));
  const attached = meant.flatMap((name) =>
    [...readFileSync(join(folder, name), 'utf8').matchAll(/"source":\s*"([^"]+)"/g)].map(([, source]) => source!),
  );
  return new Set([...meant, ...attached]);
}

function readJson<T>(path: string): T {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch (error) {
    throw new UnmergeableReports(`${path} is no JSON, or was cut off: ${(error as Error).message}`);
  }
}
