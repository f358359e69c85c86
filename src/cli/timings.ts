import { join } from 'node:path';
import { jsonText, writeAtomically } from '../report/files';
import { fromRoot, verdictsFile } from '../report/places';
import { readVerdicts } from '../report/read-verdicts';
import { count } from '../report/text';
import { TIMINGS } from '../shards';
import { BadInput } from './bad-input';
import { catalogue } from './catalogue';
import { STATUS, type Command } from './commands';

/** Writes how long each theorem file took in the last run, by which shards are then divided. */
export const timingsCommand: Command = (args, { places, say }) => {
  if (args.length > 0) throw new BadInput(`"${args.join(' ')}" is more than this command takes`);
  const { root } = places;
  const path = verdictsFile(places);
  const shown = fromRoot(places, path);
  const secondsOf = new Map(readVerdicts(path, shown).claims.map(({ id, seconds }) => [id, seconds]));
  const { claims, broken } = catalogue(root);
  if (broken[0]) throw broken[0];
  const missing = claims.filter(({ claim }) => !secondsOf.has(claim.id)).map(({ claim }) => claim.id);
  if (missing.length > 0) {
    const what = `${missing.length} of ${count(claims.length, 'claim')}, ${missing[0]} among them`;
    throw new BadInput(`${shown} lacks ${what}: run \`npm run validate\` first`);
  }
  const seconds: Record<string, number> = {};
  for (const { claim, file } of claims) seconds[file] = (seconds[file] ?? 0) + secondsOf.get(claim.id)!;
  const files = Object.keys(seconds).sort();
  const rounded = Object.fromEntries(files.map((file) => [file, Number(seconds[file]!.toFixed(1))]));
  writeAtomically(join(root, TIMINGS), jsonText(rounded));
  say(`${TIMINGS}: ${count(files.length, 'theorem file')}`);
  return STATUS.good;
};
