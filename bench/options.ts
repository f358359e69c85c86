import { resolve } from 'node:path';

export interface Options {
  readonly json: boolean;
  /** The peer's file; `undefined` when it is not to be run. */
  readonly peers: string | undefined;
  /** Cases a repetition in the place of each workload's own number. */
  readonly cases: number | undefined;
  readonly repetitions: number;
}

/** The command line means nothing: what was given, and how it should look. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const USAGE = `usage: npm run bench -- [--json] [--peers [FILE]] [--cases N] [--repetitions N]

  --json           an array of {name, casesPerSecond, peerCasesPerSecond, ratio}; the last two null without --peers
  --peers [FILE]   also run the peer (python3 with numpy, scipy, hypothesis); default ../shared/peers/hypothesis_scipy.py
  --cases N        cases in one repetition, the same for every benchmark
  --repetitions N  the median of so many is reported; default 5`;

/** Reads the command line; paths are seen from the repository. Throws {@link UsageError}. */
export function optionsFrom(words: readonly string[], repository: string): Options {
  let options: Options = { json: false, peers: undefined, cases: undefined, repetitions: 5 };
  const rest = words.flatMap((word) =>
    /^--\w+=/.test(word) ? [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] : [word],
  );
  while (rest.length > 0) {
    const name = rest.shift()!;
    const value = rest.length > 0 && !rest[0]!.startsWith('--') ? rest[0] : undefined;
    if (name === '--json') {
      options = { ...options, json: true };
    } else if (name === '--peers') {
      if (value !== undefined) rest.shift();
      options = { ...options, peers: resolve(repository, value ?? '../shared/peers/hypothesis_scipy.py') };
    } else if (name === '--cases' || name === '--repetitions') {
      rest.shift();
      options = { ...options, [name.slice(2)]: wholeNumber(name, value) };
    } else {
      throw new UsageError(`unknown option ${name}`);
    }
  }
  return options;
}

function wholeNumber(name: string, text: string | undefined): number {
  if (text === undefined || !/^[1-9]\d{0,8}$/.test(text)) {
    throw new UsageError(
      `${name} is ${text === undefined ? 'missing its number' : `"${text}"`}; expected a whole number ≥ 1`,
    );
  }
  return Number(text);
}
