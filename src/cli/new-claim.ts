import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { catalogue } from './catalogue';
import { BadInput } from './bad-input';
import { STATUS, type Command } from './commands';
import { paperFile, theoremFile } from './new-claim-files';

/** Writes a theorem file to fill in, with a toy claim in it, and the paper's description where there is none yet. */
export const newCommand: Command = ([id, ...rest], { places: { root }, say }) => {
  if (rest.length > 0) throw new BadInput(`"${rest.join(' ')}" is more than this command takes`);
  const { paper, name } = parsedId(id ?? '');
  const file = `theorems/${paper}/${name}.ts`;
  refuseTaken(root, `${paper}/${name}`, file);
  const description = `theorems/${paper}/paper.ts`;
  const files = new Map([[file, theoremFile(paper, name)]]);
  if (!existsSync(join(root, description))) files.set(description, paperFile(paper));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { flag: 'wx' });
    say(`written: ${path}`);
  }
  say(`It states a toy, which is false. To see it refuted: npx jest ${dirname(file)}`);
  say('Then put the theorem in its place, block by block; "Add a claim" in README.md says what goes where.');
  return STATUS.good;
};

function parsedId(id: string): { readonly paper: string; readonly name: string } {
  const [, paper, name] = /^([a-z0-9-]+)\/([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)$/.exec(id) ?? [];
  if (paper === undefined || name === undefined || name.endsWith('.ts')) {
    const given = id === '' ? 'no id was given' : `"${id}" is no id of a claim`;
    throw new BadInput(
      `${given}: expected <paper>/<name>, the paper in small letters, digits and hyphens, the name in letters, digits, hyphens and dots between them, for example my-paper/thm-1`,
    );
  }
  if (name.toLowerCase() === 'paper') {
    throw new BadInput(
      `"${id}" cannot be: theorems/${paper}/paper.ts describes the paper; give the claim another name`,
    );
  }
  return { paper, name };
}

function refuseTaken(root: string, id: string, file: string): void {
  const taken = catalogue(root).claims.find(({ claim }) => claim.id === id);
  if (taken) throw new BadInput(`there is a claim ${id} already, in ${taken.file}: choose another id`);
  if (existsSync(join(root, file))) {
    throw new BadInput(
      `${file} exists already, and nothing is written over it: add the claim there, or choose another id`,
    );
  }
}
