import seedrandom from 'seedrandom';
import type { Point } from '../draw';
import { movedTo } from './cells';
import { bestOf, plateau, type Find, type Search } from './search';

/** Places are taken from so many of the best points. */
const RANKED = 512;

/**
 * From the best point seen, one coordinate after the other over its whole range, the others held: another count or
 * another valley, where it lies along an axis. Each coordinate has an equal part of the budget, and moves to the best
 * place before the next one is scanned. Half of the places are where other good points have this coordinate: what the
 * methods before found apart is put together. The others are one in each of so many cells.
 */
export function scan(search: Search): void {
  const random = seedrandom(`scan ${search.seed}`);
  const ranked = bestOf(search.seen, RANKED);
  const [best] = ranked;
  if (!best || plateau(search.seen)) return;
  let { point, value } = best;
  const share = Math.floor(search.left() / search.dimension);
  for (let k = 0; k < search.dimension; k++) {
    const until = search.left() - share;
    const places = placesOf(ranked, k, share);
    const rest = share - places.length;
    const even = Array.from({ length: rest }, (_, j) => (j + random()) / rest);
    const line: readonly Point[] = [...places, ...even].map((u) => movedTo(point, k, u));
    for (const moved of line) {
      if (search.left() <= until) break;
      const found = search.look(moved);
      if (found > value) [point, value] = [moved, found];
    }
  }
}

/** Where the best points have the k-th coordinate, the best first, apart from each other: at most half of `count`. */
function placesOf(ranked: readonly Find[], k: number, count: number): readonly number[] {
  const places: number[] = [];
  for (const { point } of ranked) {
    if (2 * places.length >= count) break;
    const u = point[k]!;
    if (places.every((place) => count * Math.abs(place - u) > 1)) places.push(u);
  }
  return places;
}
