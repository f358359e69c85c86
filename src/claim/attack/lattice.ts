import seedrandom from 'seedrandom';
import type { Point } from '../draw';
import type { Search } from './search';

/** Simple numbers, level by level: a level is looked at whole where the budget has room for it. */
const LEVELS: readonly (readonly number[])[] = [
  [0, 1, 1 / 2],
  [0, 1, 1 / 2, 1 / 4, 3 / 4],
  [0, 1, 1 / 2, 1 / 4, 3 / 4, 1 / 3, 2 / 3],
  [0, 1, 1 / 2, 1 / 4, 3 / 4, 1 / 3, 2 / 3, 1 / 8, 3 / 8, 5 / 8, 7 / 8],
];

/**
 * Corners and simple numbers: all corners of the cube, then points of ends and middles, those with the most ends first,
 * then whole grids of quarters, thirds and eighths, as far as they fit the budget. Where the corners alone do not fit,
 * corners at random, and for every two of them a point of ends and middles at random.
 */
export function lattice(search: Search): void {
  const { dimension } = search;
  if (2 ** dimension > search.left()) {
    atRandom(search);
    return;
  }
  for (let middles = 0; middles <= dimension; middles++) {
    for (const point of withMiddles(dimension, middles)) {
      if (search.left() === 0) return;
      search.look(point);
    }
  }
  for (let level = 1; level < LEVELS.length; level++) {
    const [values, done] = [LEVELS[level]!, LEVELS[level - 1]!];
    if (values.length ** dimension - done.length ** dimension > search.left()) return;
    for (const point of grid(dimension, values)) search.look(point);
  }
}

function atRandom(search: Search): void {
  const random = seedrandom(`corners ${search.seed}`);
  const end = (): number => (random() < 0.5 ? 0 : 1);
  const simple = (): number => (random() < 1 / 3 ? 0.5 : end());
  for (let k = search.left(); k > 0; k--) {
    search.look(Array.from({ length: search.dimension }, k % 3 === 0 ? simple : end));
  }
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

/** Every point with coordinates from `values`. */
function* grid(dimension: number, values: readonly number[]): Iterable<Point> {
  if (dimension === 0) {
    yield [];
    return;
  }
  for (const rest of grid(dimension - 1, values)) for (const u of values) yield [...rest, u];
}
