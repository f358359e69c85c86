import { bestOf, type Search } from './search';

/** The pattern search stops when its step is this small. */
const FINEST = 2 ** -24;

/** Pattern search from the best point seen: polishes it to the finest step. */
export function polish(search: Search): void {
  climb(search, 2 ** -6);
}

/** Pattern searches from the best points seen, the best first, until the budget is spent. */
export function patternSearch(search: Search): void {
  const middle = new Array<number>(search.dimension).fill(0.5);
  search.look(middle);
  for (const { point } of bestOf(search.seen, 4)) climb(search, 0.25, point);
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
