import type { Point } from '../draw';
import { biasedDraws, gridDraws } from './draws';
import { evolution } from './evolution';
import { lattice } from './lattice';
import { polish } from './pattern';
import { scan } from './scan';
import { bestOf, newSearch, portion, type Find, type Method, type Objective } from './search';

export type { Find, Objective } from './search';

/** How many of the best points are kept. */
const KEPT = 8;

/** The methods in their order, and what share of the evaluations each may spend; what one leaves, the next may use. */
export const PORTFOLIO: readonly { readonly name: string; readonly method: Method; readonly sixteenths: number }[] = [
  { name: 'corners and simple numbers', method: lattice, sixteenths: 2 },
  { name: 'biased draws', method: biasedDraws, sixteenths: 1 },
  { name: 'grid draws', method: gridDraws, sixteenths: 1 },
  { name: 'evolution strategy', method: evolution, sixteenths: 9 },
  { name: 'line scans', method: scan, sixteenths: 1 },
  { name: 'pattern search', method: polish, sixteenths: 2 },
];

/**
 * Maximises the objective over the unit cube with at most `evaluations` calls: the `seeds` (points worth starting
 * from), then corners and simple numbers, fast-check's biased draws, draws from coarse grids, an evolution strategy
 * from the best points so far, and a pattern search that polishes the best. The shares are {@link PORTFOLIO}. Returns
 * the best few, the best first. Deterministic in `seed`; nothing depends on the clock.
 */
export function attack(
  objective: Objective,
  dimension: number,
  evaluations: number,
  seed: number,
  seeds: readonly Point[] = [],
): readonly Find[] {
  const search = newSearch(objective, dimension, evaluations, seed);
  for (const point of seeds) search.look(point);
  let share = 0;
  for (const { method, sixteenths } of PORTFOLIO) {
    share += sixteenths;
    const until = Math.floor((evaluations * (16 - share)) / 16);
    method(portion(search, search.left() - until));
  }
  return bestOf(search.seen, KEPT);
}
