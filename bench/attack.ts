/** `npm run bench:attack`: evaluations to the first counterexample of each planted claim, the portfolio beside its parts. */
import { attack, PORTFOLIO } from '../src/claim/attack/attack';
import { uniformDraws } from '../src/claim/attack/draws';
import { patternSearch } from '../src/claim/attack/pattern';
import { newSearch, type Method, type Objective } from '../src/claim/attack/search';
import { BUDGETS } from '../src/claim/budget';
import type { Planted } from './planted/planted';
import { PLANTED } from './planted/problems';

const SEEDS = [1, 2, 3, 4, 5];
const EVALUATIONS = BUDGETS.standard.attack;

type Attack = (objective: Objective, dimension: number, seed: number) => void;

const alone =
  (method: Method): Attack =>
  (objective, dimension, seed) =>
    method(newSearch(objective, dimension, EVALUATIONS, seed));

const part = (name: string): Attack => alone(PORTFOLIO.find((entry) => entry.name === name)!.method);

/** Every part with the whole budget to itself; the pattern search then begins at the middle. */
const COLUMNS: readonly (readonly [string, Attack])[] = [
  ['portfolio', (objective, dimension, seed) => void attack(objective, dimension, EVALUATIONS, seed)],
  ['simple', part('corners and simple numbers')],
  ['fc biased', part('biased draws')],
  ['fc uniform', alone(uniformDraws)],
  ['grid', part('grid draws')],
  ['evolution', part('evolution strategy')],
  ['pattern', alone(patternSearch)],
];

/** How many evaluations until the claim first broke; infinite where it did not. */
function toFirstBreak({ violation, dimension }: Planted, method: Attack, seed: number): number {
  let [evaluations, first] = [0, Infinity];
  const objective: Objective = (point) => {
    evaluations++;
    const value = violation(point);
    if (value > 0) first = Math.min(first, evaluations);
    return value;
  };
  method(objective, dimension, seed);
  return first;
}

function main(): void {
  const totals = COLUMNS.map(() => 0);
  console.log(`median evaluations to the first counterexample over ${SEEDS.length} seeds, of ${EVALUATIONS}\n`);
  console.log(''.padEnd(56) + COLUMNS.map(([name]) => name.padStart(11)).join(''));
  for (const problem of PLANTED) {
    const cells = COLUMNS.map(([, method], column) => {
      const firsts = SEEDS.map((seed) => toFirstBreak(problem, method, seed)).sort((a, b) => a - b);
      totals[column]! += firsts.filter(Number.isFinite).length;
      const median = firsts[SEEDS.length >> 1]!;
      return (Number.isFinite(median) ? String(median) : '-').padStart(11);
    });
    console.log(problem.name.padEnd(56) + cells.join(''));
  }
  const trials = PLANTED.length * SEEDS.length;
  console.log(`found in ${trials} trials`.padEnd(56) + totals.map((total) => String(total).padStart(11)).join(''));
}

main();
