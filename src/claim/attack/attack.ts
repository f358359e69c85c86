import type { Point } from '../draw';
import type { Drawn } from './cells';
import { biasedDraws, gridDraws, spreadDraws } from './draws';
import { climbs } from './climbs';
import { evolution } from './evolution';
import { lattice } from './lattice';
import { neighbours } from './neighbours';
import { polish } from './pattern';
import { scan } from './scan';
import { bestOf, newSearch, onlyTies, portion, type Find, type Method, type Objective } from './search';

export type { Find, Objective } from './search';

/** How many of the best points are kept. */
const KEPT = 8;

/** Sixteenths of the evaluations after which an attack that has seen nothing but ties ends. */
const TIES = 4;

/** The methods in their order, and what share of the evaluations each may spend; what one leaves, the next may use. */
export const PORTFOLIO: readonly { readonly name: string; readonly method: Method; readonly sixteenths: number }[] = [
  { name: 'corners and simple numbers', method: lattice, sixteenths: 2 },
  { name: 'biased draws', method: biasedDraws, sixteenths: 1 },
  { name: 'grid draws', method: gridDraws, sixteenths: 1 },
  { name: 'climbs', method: climbs, sixteenths: 4 },
  { name: 'neighbours', method: neighbours, sixteenths: 1 },
  { name: 'evolution strategy', method: evolution, sixteenths: 3 },
  { name: 'line scans', method: scan, sixteenths: 2 },
  { name: 'pattern search', method: polish, sixteenths: 2 },
  { name: 'even draws', method: spreadDraws, sixteenths: 0 },
];

/**
 * Maximises the objective over the unit cube with at most `evaluations` calls: the `seeds` (points worth starting from),
 * then the methods of {@link PORTFOLIO}, each with its share; the last has what all others leave. Given the `space`,
 * counts and words are told from real numbers, and an instance is looked at once, however many points stand for it. An
 * identity is a tie wherever it holds, which leads nowhere: where a quarter of the evaluations has seen only ties (or no
 * instance), the rest is not spent.
 * Returns the best few, the best first. Deterministic in `seed`; nothing depends on the clock.
 */
export function attack(
  objective: Objective,
  dimension: number,
  evaluations: number,
  seed: number,
  seeds: readonly Point[] = [],
  space?: Drawn,
): readonly Find[] {
  const search = newSearch(objective, dimension, evaluations, seed, space);
  for (const point of seeds) search.look(point);
  let share = 0;
  for (const { method, sixteenths } of PORTFOLIO) {
    if (share >= TIES && onlyTies(search.seen)) break;
    share += sixteenths;
    const until = Math.floor((evaluations * (16 - share)) / 16);
    method(portion(search, search.left() - until));
  }
  return bestOf(search.seen, KEPT);
}
