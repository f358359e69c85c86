import fc from 'fast-check';
import { createHash } from 'node:crypto';
import type { Exam, Instance } from './exam';

/** A point of the unit cube. */
export type Point = readonly number[];

/** A seed for one purpose: the same for the same suite seed and words, whatever ran before. */
export function seedFor(seed: number, ...words: readonly string[]): number {
  return createHash('sha256')
    .update([seed, ...words].join('\n'))
    .digest()
    .readInt32BE(0);
}

const CELLS = 2 ** 30;

/**
 * `count` points of the unit cube from fast-check: uniform over a grid, or, `biased`, with its preference for ends and
 * small values. Not `fc.double`: nine of ten of its draws from [0, 1] are below 1e-10.
 */
export function drawPoints(dimension: number, count: number, seed: number, biased = false): readonly Point[] {
  const cell = fc.integer({ min: 0, max: CELLS });
  const point = fc.tuple(...Array.from({ length: dimension }, () => (biased ? cell : fc.noBias(cell))));
  const points: Point[] = [];
  const collect = fc.property(point, (cells) => {
    points.push(cells.map((k) => k / CELLS));
  });
  fc.assert(collect, { numRuns: count, seed, endOnFailure: true });
  return points;
}

const kept = new WeakMap<Exam, Map<string, readonly Instance[]>>();

/** The instances that every claim of the exam is tried on: the same objects at every call. */
export function drawsOf(exam: Exam, count: number, seed: number): readonly Instance[] {
  const known = kept.get(exam) ?? new Map<string, readonly Instance[]>();
  kept.set(exam, known);
  const key = `${count}/${seed}`;
  const draws =
    known.get(key) ??
    drawPoints(exam.inside.dimension, count, seedFor(seed, 'draws', exam.name)).map(
      (point) => exam.inside.decode(point) as Instance,
    );
  known.set(key, draws);
  return draws;
}
