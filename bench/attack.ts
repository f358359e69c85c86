/**
 * `npm run bench:attack`: evaluations to the first counterexample of each planted claim, the portfolio beside its parts and
 * plain fast-check. From seeds 1 to 5; `npm run bench:attack -- 101 160` has others.
 */
import fc from 'fast-check';
import { attack, PORTFOLIO } from '../src/claim/attack/attack';
import { uniformDraws } from '../src/claim/attack/draws';
import { patternSearch } from '../src/claim/attack/pattern';
import { newSearch, type Method, type Objective, type Search } from '../src/claim/attack/search';
import { BUDGETS } from '../src/claim/budget';
import { UsageError } from './options';
import type { Planted } from './planted/planted';
import { PLANTED } from './planted/problems';

const EVALUATIONS = BUDGETS.standard.attack;

type Attack = (objective: Objective, planted: Planted, seed: number) => void;

const alone =
  (method: Method): Attack =>
  (objective, { dimension, space }, seed) =>
    method(newSearch(objective, dimension, EVALUATIONS, seed, space));

const part = (name: string): Attack => alone(PORTFOLIO.find((entry) => entry.name === name)!.method);

/** Plain fast-check: its doubles from 0 to 1. */
function doubleDraws({ dimension, seed, left, look }: Search): void {
  const point = fc.tuple(...Array.from({ length: dimension }, () => fc.double({ min: 0, max: 1, noNaN: true })));
  for (const drawn of fc.sample(point, { numRuns: left(), seed })) look(drawn);
}

/** Every part with the whole budget to itself; the pattern search then begins at the middle. */
const COLUMNS: readonly (readonly [string, Attack])[] = [
  [
    'portfolio',
    (objective, { dimension, space }, seed) => void attack(objective, dimension, EVALUATIONS, seed, [], space),
  ],
  ['simple', part('corners and simple numbers')],
  ['fc double', alone(doubleDraws)],
  ['fc biased', part('biased draws')],
  ['fc uniform', alone(uniformDraws)],
  ['grid', part('grid draws')],
  ['climbs', part('climbs')],
  ['evolution', part('evolution strategy')],
  ['pattern', alone(patternSearch)],
];

/** How many evaluations until the claim first broke; infinite where it did not. */
function toFirstBreak(planted: Planted, method: Attack, seed: number): number {
  let [evaluations, first] = [0, Infinity];
  const objective: Objective = (point) => {
    evaluations++;
    const value = planted.violation(point);
    if (value > 0) first = Math.min(first, evaluations);
    return value;
  };
  method(objective, planted, seed);
  return first;
}

/** The seeds from the first to the last of two whole numbers typed in; 1 to 5 where there are none. */
function seedsFrom(args: readonly string[]): readonly number[] {
  const [first, last] = args.length === 0 ? [1, 5] : args.map(Number);
  if (args.length === 1 || args.length > 2 || !Number.isInteger(first) || !Number.isInteger(last) || first! > last!) {
    throw new UsageError(`expected the first and the last seed, for example 101 160; got "${args.join(' ')}"`);
  }
  return Array.from({ length: last! - first! + 1 }, (_, k) => first! + k);
}

function main(seeds: readonly number[]): void {
  const totals = COLUMNS.map(() => 0);
  console.log(`median evaluations to the first counterexample over ${seeds.length} seeds, of ${EVALUATIONS}\n`);
  console.log(''.padEnd(56) + COLUMNS.map(([name]) => name.padStart(11)).join(''));
  for (const planted of PLANTED) {
    const cells = COLUMNS.map(([, method], column) => {
      const firsts = seeds.map((seed) => toFirstBreak(planted, method, seed)).sort((a, b) => a - b);
      totals[column]! += firsts.filter(Number.isFinite).length;
      const median = firsts[seeds.length >> 1]!;
      return (Number.isFinite(median) ? String(median) : '-').padStart(11);
    });
    console.log(planted.name.padEnd(56) + cells.join(''));
  }
  const trials = PLANTED.length * seeds.length;
  console.log(`found in ${trials} trials`.padEnd(56) + totals.map((total) => String(total).padStart(11)).join(''));
}

try {
  main(seedsFrom(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
