import type { Point } from '../draw';
import { cellsOf, type Drawn } from './cells';

/**
 * What the attack looks for: the larger, the closer to breaking; `-Infinity` where the point is no instance. Handed what
 * the point decodes to as well, where the space is known.
 */
export type Objective = (point: Point, instance?: unknown) => number;

export interface Find {
  readonly point: Point;
  readonly value: number;
}

/** A budget of evaluations, and what has been seen with it. */
export interface Search {
  readonly dimension: number;
  readonly seed: number;
  /**
   * The objective at a point of the cube. A point that stands for an instance that was looked at before costs nothing;
   * once the budget is spent, every other point is `-Infinity`. NaN counts as `-Infinity`.
   */
  look(point: Point): number;
  /** Evaluations left. */
  left(): number;
  /** Every instance seen so far, in the order in which it was. */
  readonly seen: readonly Find[];
  /** The counts and words of the instance that the point stands for, as a text: equal where only reals differ. */
  cell(point: Point): string;
}

/** A way to look for the maximum: spends the budget of the search, or as much of it as it has a use for. */
export type Method = (search: Search) => void;

/** A search with nothing seen yet. Without a space every point is an instance of its own, of real numbers only. */
export function newSearch(
  objective: Objective,
  dimension: number,
  evaluations: number,
  seed: number,
  space?: Drawn,
): Search {
  const known = new Map<string, number>();
  const seen: Find[] = [];
  let left = evaluations;
  return {
    dimension,
    seed,
    seen,
    cell: space ? cellsOf(space) : () => '',
    left: () => left,
    look: (point) => {
      const instance = space?.decode(point);
      const key = instance ? JSON.stringify(instance) : point.join(' ');
      const before = known.get(key);
      if (before !== undefined) return before;
      if (left <= 0) return -Infinity;
      left--;
      const found = objective(point, instance);
      const value = Number.isNaN(found) ? -Infinity : found;
      known.set(key, value);
      if (value > -Infinity) seen.push({ point, value });
      return value;
    },
  };
}

/** The same search with only `share` of its evaluations to spend. */
export function portion(search: Search, share: number): Search {
  const floor = search.left() - Math.min(search.left(), share);
  const left = (): number => Math.max(0, search.left() - floor);
  return { ...search, left, look: (point) => (left() > 0 ? search.look(point) : -Infinity) };
}

/** The best `count` of what was seen, the best first; of equals the earlier. */
export function bestOf(seen: readonly Find[], count: number): readonly Find[] {
  return [...seen].sort((a, b) => b.value - a.value).slice(0, count);
}

/** Whether the best seen is no better than half of what was seen, or nothing was: then nothing leads anywhere. */
export function plateau(seen: readonly Find[]): boolean {
  const best = seen.reduce((most, { value }) => Math.max(most, value), -Infinity);
  return 2 * seen.filter(({ value }) => value === best).length >= seen.length;
}

/** Whether all that was seen is a tie: sides too close to tell, which no look at another instance brings closer. */
export const onlyTies = (seen: readonly Find[]): boolean => seen.every(({ value }) => value === 0);
