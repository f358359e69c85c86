import type { Point } from '../draw';
import { movedTo, nextCells } from './cells';
import { bestOf, plateau, type Find, type Search } from './search';

/** So many of the best points are begun with. */
const BEGINNINGS = 64;

/**
 * Best first over counts and words: of all points whose neighbours have not been looked at, the best one's are: each count
 * one more and one less, and every two counts at once; the reals are held. Does nothing where all parameters are real, or
 * where nothing leads anywhere.
 */
export function neighbours(search: Search): void {
  const open = new Map<string, Find>();
  const closed = new Set<string>();
  const meet = (find: Find): void => {
    const cell = search.cell(find.point);
    if (closed.has(cell) || (open.get(cell)?.value ?? -Infinity) >= find.value) return;
    open.set(cell, find);
  };
  if (plateau(search.seen)) return;
  bestOf(search.seen, BEGINNINGS).forEach(meet);
  if (open.has('')) return;
  while (search.left() > 0 && open.size > 0) {
    const [cell, { point }] = [...open].reduce((best, other) => (other[1].value > best[1].value ? other : best));
    open.delete(cell);
    closed.add(cell);
    for (const moved of around(search, point)) {
      const value = search.look(moved);
      if (value > -Infinity) meet({ point: moved, value });
    }
  }
}

/** The points in the next cells along every axis, then along every two. */
function around(search: Search, point: Point): readonly Point[] {
  const steps = point.flatMap((_, k) => nextCells(search.cell, point, k).map((u) => ({ k, u })));
  const pairs = steps.flatMap((a, i) => steps.slice(i + 1).flatMap((b) => (a.k === b.k ? [] : [[a, b]])));
  return [...steps.map((step) => [step]), ...pairs].map((moves) =>
    moves.reduce<Point>((moved, { k, u }) => movedTo(moved, k, u), point),
  );
}
