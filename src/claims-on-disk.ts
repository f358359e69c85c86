import { existsSync, readdirSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { isClaim, type Claim } from './claim/exam';
import { LOADING_SECONDS, withinSeconds } from './claim/time-limit';

/** A theorem file breaks a rule that all of them keep, or cannot be loaded. */
export class TheoremFileError extends Error {
  override readonly name = 'TheoremFileError';
}

/** A claim and where it is written down. */
export interface FiledClaim {
  readonly claim: Claim;
  /** The theorem file, from the root of the repository, with forward slashes. */
  readonly file: string;
  readonly paper: string;
  /** The name of the file: what its claims are about. */
  readonly topic: string;
}

/** A paper as `theorems/<paper>/paper.ts` describes it. */
export interface Paper {
  readonly title: string;
  readonly citation: string;
}

/** All theorem files below `<root>/theorems`, from the root, sorted; `paper.ts` is none. */
export function theoremFiles(root: string): readonly string[] {
  const folder = join(root, 'theorems');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && basename(name) !== 'paper.ts')
    .map((name) => posix(join('theorems', name)))
    .sort();
}

/**
 * The claims that the exports of a theorem file are, by id. Throws {@link TheoremFileError} when there is none, when two
 * have one id, and when an id does not begin with the folder's name.
 */
export function claimsOf(exports: unknown, root: string, path: string): readonly FiledClaim[] {
  const file = posix(relative(root, path));
  const [, paper, ...rest] = file.split('/');
  const topic = rest.join('/').replace(/\.ts$/, '');
  const claims = [...new Set(Object.values(exports as object).filter(isClaim))];
  if (claims.length === 0 || paper === undefined) {
    throw new TheoremFileError(
      `${file} exports no claim: export at least one made by forAll or exists, or move it out of theorems/`,
    );
  }
  const filed = claims.map((claim) => ({ claim, file, paper, topic }));
  refuseDuplicates(filed);
  for (const { claim } of filed) {
    if (!claim.id.startsWith(`${paper}/`)) {
      throw new TheoremFileError(`the claim ${claim.id} is in ${file}: its id has to begin with "${paper}/"`);
    }
  }
  return sorted(filed);
}

/** What is on disk: the claims of the files that can be used, sorted by id, and what is wrong with the others. */
export interface Survey {
  readonly claims: readonly FiledClaim[];
  readonly broken: readonly TheoremFileError[];
}

/** Every claim of `<root>/theorems`. Throws {@link TheoremFileError} for an id that is used twice. */
export function surveyClaims(root: string): Survey {
  const claims: FiledClaim[] = [];
  const broken: TheoremFileError[] = [];
  for (const file of theoremFiles(root)) {
    try {
      claims.push(...claimsOf(load(join(root, file), file), root, join(root, file)));
    } catch (error) {
      if (!(error instanceof TheoremFileError)) throw error;
      broken.push(error);
    }
  }
  refuseDuplicates(claims);
  return { claims: sorted(claims), broken };
}

/** Every claim of `<root>/theorems`, sorted by id. Throws {@link TheoremFileError} for the first thing that is wrong. */
export function loadClaims(root: string): readonly FiledClaim[] {
  const { claims, broken } = surveyClaims(root);
  if (broken[0]) throw broken[0];
  return claims;
}

/** The paper's title and citation; the folder's name stands in for a missing `paper.ts`. */
export function paperAt(root: string, paper: string): Paper {
  const path = join(root, 'theorems', paper, 'paper.ts');
  const fallback = { title: paper, citation: paper };
  if (!existsSync(path)) return fallback;
  const { paper: given } = load(path, posix(relative(root, path))) as { readonly paper?: Partial<Paper> };
  if (typeof given?.title !== 'string' || typeof given.citation !== 'string') {
    throw new TheoremFileError(`${posix(relative(root, path))} should export paper: { title, citation }, two strings`);
  }
  return given as Paper;
}

function load(path: string, file: string): unknown {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return withinSeconds<unknown>(LOADING_SECONDS, () => require(path));
  } catch (error) {
    const cause = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new TheoremFileError(`${file} cannot be loaded: ${cause}`);
  }
}

function refuseDuplicates(filed: readonly FiledClaim[]): void {
  const files = new Map<string, string>();
  for (const { claim, file } of filed) {
    const other = files.get(claim.id);
    if (other !== undefined) {
      const where = other === file ? `twice in ${file}` : `in ${other} and in ${file}`;
      throw new TheoremFileError(`the claim id ${claim.id} is used ${where}: give one of the two claims another id`);
    }
    files.set(claim.id, file);
  }
}

function sorted(filed: readonly FiledClaim[]): readonly FiledClaim[] {
  return [...filed].sort((a, b) => (a.claim.id < b.claim.id ? -1 : 1));
}

function posix(path: string): string {
  return path.split(sep).join('/');
}
