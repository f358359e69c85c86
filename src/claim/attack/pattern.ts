import seedrandom from 'seedrandom';
import { bestOf, plateau, type Search } from './search';

/** The pattern search stops when its step is this small. */
const FINEST = 2 ** -24;

/** Pattern search from the best point seen: polishes it to the finest step. */
export function polish(search: Search): void {
  if (!plateau(search.seen)) climb(search, 2 ** -6);
}

/** Pattern searches from the middle and from points at random until the budget is spent: what it is alone. */
export function patternSearch(search: Search): void {
  const random = seedrandom(`pattern ${search.seed}`);
  climb(search, 0.25, new Array<number>(search.dimension).fill(0.5));
  for (let patience = search.left(); patience > 0 && search.left() > 0; patience--) {
    climb(search, 0.25, Array.from({ length: search.dimension }, random));
  }
}

/** One coordinate at a time, the step halved when no direction improves. */
function climb(search: Search, first: number, start = bestOf(search.seen, 1)[0]?.point): void {
  if (!start) return;
  let [point, value] = [start, search.look(start)];
  for (let step = first; step > FINEST && search.left() > 0;) {
    let improved = false;
    for (let k = 0; k < point.length && search.left() > 0; k++) {
      for (const direction of [step, -step]) {
        const moved = point.map((u, j) => (j === k ? Math.min(1, Math.max(0, u + direction)) : u));
        const found = search.look(moved);
        if (found > value) {
          [point, value, improved] = [moved, found, true];
          break;
        }
      }
    }
    if (!improved) step /= 2;
  }
}
