/** Draws from spaces, for tests of how they are distributed. */
import { drawPoints, seedFor } from '../../src/claim/draw';
import type { Fields, Space } from '../../src/claim/space';

export type AnySpace = Space<Fields>;
/** An instance of real parameters. */
export type Numbers = Readonly<Record<string, number>>;

export const isSpace = (value: unknown): value is AnySpace => typeof (value as Partial<AnySpace>).decode === 'function';

/** Instances drawn from a stream of that name. */
export const drawn = (inside: AnySpace, name: string, count: number): readonly Numbers[] =>
  drawPoints(inside.dimension, count, seedFor(1, 'space', name)).map((point) => inside.decode(point) as Numbers);

/**
 * Each share below differs from its probability by more than this only once in 1e9 times:
 * 2·exp(−2·COUNT·BAND²) = 1e-9 (Hoeffding).
 */
const COUNT = 4000;
export const BAND = Math.sqrt(Math.log(2e9) / (2 * COUNT));

/** The share of draws from the space that pass the test. */
export const shareOf = (inside: unknown, name: string, test: (instance: Numbers) => boolean): number =>
  drawn(inside as AnySpace, name, COUNT).filter(test).length / COUNT;
