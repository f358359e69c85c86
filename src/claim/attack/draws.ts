import seedrandom from 'seedrandom';
import { drawPoints, seedFor } from '../draw';
import type { Search } from './search';
import { spread } from './spread';

/** fast-check's draws with its preference for ends and small values. */
export function biasedDraws(search: Search): void {
  const count = search.left();
  if (count === 0) return;
  for (const point of drawPoints(search.dimension, count, seedFor(search.seed, 'biased'), true)) search.look(point);
}

/** fast-check's uniform draws. */
export function uniformDraws(search: Search): void {
  const count = search.left();
  if (count === 0) return;
  for (const point of drawPoints(search.dimension, count, seedFor(search.seed, 'uniform'))) search.look(point);
}

/** Cells of a coarse grid over the unit interval: small integers and simple numbers are its points. */
const CELLS = [2, 3, 4, 5, 6, 8, 10, 12, 16] as const;

/**
 * Draws from coarse grids, one grid a point, from halves to sixteenths, both ends included: simple numbers are hit
 * exactly, and together.
 */
export function gridDraws(search: Search): void {
  const random = seedrandom(`grid ${search.seed}`);
  for (let k = search.left(); k > 0; k--) {
    const cells = CELLS[Math.floor(random() * CELLS.length)]!;
    search.look(Array.from({ length: search.dimension }, () => Math.floor(random() * (cells + 1)) / cells));
  }
}

/** Of so many points to one evaluation at most, where most stand for instances known already. */
const REPEATS = 8;

/** Points that fill the cube evenly ({@link spread}), moved at random as a whole. */
export function spreadDraws(search: Search): void {
  const random = seedrandom(`spread ${search.seed}`);
  const pointAt = spread(Array.from({ length: search.dimension }, random));
  const most = REPEATS * search.left();
  for (let k = 0; k < most && search.left() > 0; k++) search.look(pointAt(k));
}
