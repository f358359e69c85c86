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

/** Independent standard normal numbers from uniform ones (Box and Muller 1958, both of each pair used). */
export function normals(uniform: Source): Source {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const next = spare;
      spare = undefined;
      return next;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}

/** The next `count` numbers of a source, each times `scale`. */
export function take(source: Source, count: number, scale = 1): Float64Array {
  return Float64Array.from({ length: count }, () => scale * source());
}
