import seedrandom from 'seedrandom';
import { bestOf, type Search } from './search';

/**
 * From the best point seen, one coordinate after the other over its whole range, the others held: another count or
 * another valley, where it lies along an axis. Each coordinate has an equal part of the budget, one look in each of so
 * many cells, and moves to the best of them before the next one is scanned.
 */
export function scan(search: Search): void {
  const random = seedrandom(`scan ${search.seed}`);
  const best = bestOf(search.seen, 1)[0];
  if (!best) return;
  let { point, value } = best;
  const cells = Math.floor(search.left() / search.dimension);
  for (let k = 0; k < search.dimension; k++) {
    const line = Array.from({ length: cells }, (_, j) => point.map((u, i) => (i === k ? (j + random()) / cells : u)));
    for (const moved of line) {
      const found = search.look(moved);
      if (found > value) [point, value] = [moved, found];
    }
  }
}
