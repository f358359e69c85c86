import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of tests: its size in characters, and how long it took when that was recorded. */
export interface TestFileSize {
  /** Its path from the root of the repository, with forward slashes: the same on every machine. */
  readonly name: string;
  readonly size: number;
  readonly seconds?: number | undefined;
}

/**
 * Divides files among shards so that each takes about as long: the longest first, each to the shard with the least to
 * do (of equals the one with fewer files, then the first). A file without a recorded time counts by its size, at the
 * pace of those with one. Returns the shard (1 to `shards`) of each name; the same whatever the order of the files. No
 * shard is empty unless there are fewer files than shards.
 */
export function shardsOf(files: readonly TestFileSize[], shards: number): ReadonlyMap<string, number> {
  const pace = paceOf(files);
  const weighed = files.map(({ name, size, seconds }) => ({ name, weight: seconds ?? size * pace }));
  weighed.sort((a, b) => b.weight - a.weight || (a.name < b.name ? -1 : 1));
  const loads = Array.from({ length: shards }, (_, k) => ({ shard: k + 1, weight: 0, files: 0 }));
  return new Map(
    weighed.map(({ name, weight }) => {
      const least = loads.reduce((a, b) => ((b.weight - a.weight || b.files - a.files) < 0 ? b : a));
      least.weight += weight;
      least.files += 1;
      return [name, least.shard];
    }),
  );
}

/** Seconds a character, over the files with a recorded time; 1 where none has. */
function paceOf(files: readonly TestFileSize[]): number {
  const timed = files.filter(({ seconds }) => seconds !== undefined);
  const size = timed.reduce((sum, file) => sum + file.size, 0);
  return size === 0 ? 1 : timed.reduce((sum, file) => sum + file.seconds!, 0) / size;
}

/** The file of recorded times is not what `npm run timings` writes. */
export class MalformedTimings extends Error {
  override readonly name = 'MalformedTimings';
}

/** Where recorded times are: below the root of the repository. */
export const TIMINGS = 'theorems/timings.json';

/**
 * The recorded seconds of theorem files by name; empty where none are recorded. Throws {@link MalformedTimings}. Names
 * of files that no longer exist do no harm.
 */
export function readTimings(root: string): ReadonlyMap<string, number> {
  const path = join(root, TIMINGS);
  if (!existsSync(path)) return new Map();
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    value = undefined;
  }
  const isTime = (seconds: unknown): boolean => typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0;
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.values(value).every(isTime)) {
    throw new MalformedTimings(
      `${TIMINGS} is not a list of seconds by theorem file ({"theorems/….ts": 1.5}): write it with \`npm run timings\`, or remove it`,
    );
  }
  return new Map(Object.entries(value as Readonly<Record<string, number>>));
}

/**
 * The shard of each file below the root, by name. Sizes are counted without carriage returns, so that machines agree
 * whatever line ends they check out.
 */
export function shardsBelow(root: string, names: readonly string[], shards: number): ReadonlyMap<string, number> {
  const timings = readTimings(root);
  const files = names.map((name) => ({
    name,
    size: readFileSync(join(root, name), 'utf8').replaceAll('\r', '').length,
    seconds: timings.get(name),
  }));
  return shardsOf(files, shards);
}
