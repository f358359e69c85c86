import { createHash } from 'node:crypto';
import seedrandom from 'seedrandom';

/** A source of numbers: each call gives the next one. */
export type Source = () => number;

/**
 * Independent numbers, uniform on [0, 1), from a stream of its own: the same names and seed give the same numbers,
 * whatever else was drawn. One stream a matrix, not an entry: to start one takes longer than a thousand draws.
 */
export function uniformStream(seed: number, ...names: readonly string[]): Source {
  // The generator forgets all but the end of a seed, and all of one shorter than eight letters: it is given a digest.
  const digest = createHash('sha256')
    .update([seed, ...names].join('\n'))
    .digest('hex');
  const source = seedrandom.xorshift7(digest);
  return () => source();
}
