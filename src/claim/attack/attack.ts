import type { Point } from '../draw';
import type { Decode } from './cells';
import { biasedDraws, gridDraws, spreadDraws } from './draws';
import { climbs } from './climbs';
import { evolution } from './evolution';
import { lattice } from './lattice';
import { neighbours } from './neighbours';
import { polish } from './pattern';
import { scan } from './scan';
import { bestOf, newSearch, portion, type Find, type Method, type Objective } from './search';

export type { Find, Objective } from './search';

/** How many of the best points are kept. */
const KEPT = 8;

/** The methods in their order, and what share of the evaluations each may spend; what one leaves, the next may use. */
const SHARES = (process.env.SH ?? '2,1,1,4,1,5,1,1').split(',').map(Number);
export const PORTFOLIO: readonly { readonly name: string; readonly method: Method; readonly sixteenths: number }[] = [
  { name: 'corners and simple numbers', method: lattice, sixteenths: SHARES[0]! },
  { name: 'biased draws', method: biasedDraws, sixteenths: SHARES[1]! },
  { name: 'grid draws', method: gridDraws, sixteenths: SHARES[2]! },
  { name: 'climbs', method: climbs, sixteenths: SHARES[3]! },
  { name: 'neighbours', method: neighbours, sixteenths: SHARES[4]! },
  { name: 'evolution strategy', method: evolution, sixteenths: SHARES[5]! },
  { name: 'line scans', method: scan, sixteenths: SHARES[6]! },
  { name: 'pattern search', method: polish, sixteenths: SHARES[7]! },
  { name: 'spread', method: spreadDraws, sixteenths: 0 },
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
  decode?: Decode,
): readonly Find[] {
  const search = newSearch(objective, dimension, evaluations, seed, decode);
  for (const point of seeds) search.look(point);
  let share = 0;
  for (const { method, sixteenths } of PORTFOLIO) {
    share += sixteenths;
    const until = Math.floor((evaluations * (16 - share)) / 16);
    method(portion(search, search.left() - until));
  }
  return bestOf(search.seen, KEPT);
}
