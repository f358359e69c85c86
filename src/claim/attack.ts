import { drawPoints, seedFor, type Point } from './draw';

/** What the attack looks for: the larger, the closer to breaking; `-Infinity` where the point is no instance. */
export type Objective = (point: Point) => number;

export interface Find {
  readonly point: Point;
  readonly value: number;
}

/** How many of the best points are kept. */
const KEPT = 8;

/**
 * Maximises the objective over the unit cube with at most `evaluations` calls: the corners and middles, fast-check's
 * biased draws, then pattern searches from the best points found. Returns the best few, the best first. Deterministic
 * in `seed`.
 */
export function attack(objective: Objective, dimension: number, evaluations: number, seed: number): readonly Find[] {
  const best: Find[] = [];
  let left = evaluations;
  const look = (point: Point): number => {
    if (left <= 0) return -Infinity;
    left--;
    const value = objective(point);
    const place = best.findIndex((find) => value > find.value);
    if (place >= 0) best.splice(place, 0, { point, value });
    else if (value > -Infinity) best.push({ point, value });
    best.length = Math.min(best.length, KEPT);
    return value;
  };
  for (const point of corners(dimension, Math.floor(evaluations / 4))) look(point);
  const biased = Math.floor(evaluations / 4);
  if (biased > 0) for (const point of drawPoints(dimension, biased, seedFor(seed, 'biased'), true)) look(point);
  for (const start of best.slice(0, 4)) climb(start, look, () => left > 0);
  return best;
}

/** The points with coordinates 0, 1 and 1/2, those with the most ends first, at most `limit` of them. */
function corners(dimension: number, limit: number): readonly Point[] {
  const points: Point[] = [];
  for (let middles = 0; middles <= dimension && dimension > 0; middles++) {
    for (const point of withMiddles(dimension, middles)) {
      if (points.length >= limit) return points;
      points.push(point);
    }
  }
  return points;
}

/** The points with `middles` coordinates 1/2 and all others 0 or 1. */
function* withMiddles(dimension: number, middles: number): Iterable<Point> {
  if (dimension === 0) {
    yield [];
    return;
  }
  if (dimension > middles)
    for (const rest of withMiddles(dimension - 1, middles))
      yield* [
        [...rest, 0],
        [...rest, 1],
      ];
  if (middles > 0) for (const rest of withMiddles(dimension - 1, middles - 1)) yield [...rest, 0.5];
}

/** Pattern search: one coordinate at a time, the step halved when no direction improves. */
function climb(start: Find, look: (point: Point) => number, more: () => boolean): void {
  let { point, value } = start;
  for (let step = 0.25; step > 2 ** -24 && more();) {
    let improved = false;
    for (let k = 0; k < point.length && more(); k++) {
      for (const direction of [step, -step]) {
        const moved = point.map((u, j) => (j === k ? Math.min(1, Math.max(0, u + direction)) : u));
        const found = look(moved);
        if (found > value) {
          [point, value, improved] = [moved, found, true];
          break;
        }
      }
    }
    if (!improved) step /= 2;
  }
}
