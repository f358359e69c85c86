import type { Toss } from '../../numerics/probability-test';
import type { BudgetName } from '../budget';
import {
  countsOf,
  drawsAt,
  evidenceAlong,
  probabilityAt,
  shareOf,
  streamAt,
  termsAt,
  testAt,
  tossOf,
  variationsOf,
  witnessOfChance,
} from '../chance';
import type { Claim, Instance } from '../exam';
import type { Examiner } from '../examiner';
import { all, NOTHING } from '../finding';
import type { ChanceTest, Teeth, Witness } from '../record';
import { attackOn, toothless, undecided, vacuous, visitAll, type Outcome, type Search } from '../search';
import { meets, type Tally } from '../tally';

/** Of what was drawn and of what the attack found so many instances are tested, and mutants on so many, by budget. */
const TESTED: Readonly<
  Record<BudgetName, { readonly draws: number; readonly attack: number; readonly mutants: number }>
> = {
  quick: { draws: 2, attack: 1, mutants: 1 },
  standard: { draws: 4, attack: 1, mutants: 2 },
  deep: { draws: 16, attack: 4, mutants: 4 },
};

/**
 * A claim of chance: each stored case, a few drawn instances, and what an attack over the instances finds are tested on
 * draws of their own. Refuted where one test ends with "less than p", upheld where all end with "at least p".
 */
export const searchChance: Search = (tally, examiner) => {
  const tests: ChanceTest[] = [];
  const outcome = reach(tally, examiner, tests);
  const falseAlarm = tests.reduce((sum, { alpha }) => sum + 2 * alpha, 0);
  return { ...outcome, formRecord: { chance: { tests, falseAlarm } } };
};

function reach(tally: Tally, examiner: Examiner, tests: ChanceTest[]): Outcome {
  const { claim } = tally;
  const { draws: drawn, attack: found } = TESTED[examiner.budget.name];
  const good = visitAll(claim, examiner, (instance, draw) => meets(tally, instance, draw));
  const tested = new Set<string>();
  const testNew = (instances: readonly Instance[], on: ChanceTest['on'], most = Infinity): void => {
    let left = most;
    for (const instance of instances) {
      const name = streamAt(claim, 'test', instance).join();
      if (left === 0 || tested.has(name)) continue;
      tested.add(name);
      tests.push(testOne(tally, examiner, instance, on));
      left--;
    }
  };
  testNew(good.cases, 'case');
  testNew(good.draws, 'draw', drawn);
  if (!tests.some(refutes)) testNew(weakest(tally, examiner).slice(0, found), 'attack');
  if (tests.some(refutes)) return refuted(claim, tests.filter(refutes));
  const open = tests.find(({ outcome }) => outcome === 'undecided');
  if (open) return undecided('unresolved', openText(open));
  const problem = vacuous(tally, examiner);
  if (problem) return { verdict: 'undecided', problems: [problem] };
  const teeth = teethOf(tally, examiner, tests);
  return { verdict: 'upheld', problems: toothless(claim, teeth), teeth };
}

const refutes = ({ outcome }: ChanceTest): boolean => outcome === 'less';

/** The test at one instance; what it came to goes into the tally, a draw for a comparison. */
function testOne(tally: Tally, examiner: Examiner, instance: Instance, on: ChanceTest['on']): ChanceTest {
  const { claim } = tally;
  tally.looking = instance;
  tally.instances++;
  const tosses: Toss[] = [];
  const keep = tally.watch ? (toss: Toss): void => void tosses.push(toss) : undefined;
  const terms = termsAt(claim, instance, examiner.budget.name, examiner.seed);
  const test = testAt(claim, instance, terms, on, undefined, keep);
  const { draws, successes, ties, outcome } = test;
  const counts = { holds: successes, breaks: draws - successes - ties, unresolved: ties };
  tally.comparisons = all(tally.comparisons, { ...NOTHING, ...counts });
  const word = outcome === 'at least' ? 'holds' : outcome === 'less' ? 'breaks' : 'unresolved';
  const { violation, relation } = shareOf(claim, instance, test);
  const evidence = evidenceAlong(test, tosses);
  tally.watch?.({ instance, drawn: on === 'draw', outcome: word, worst: { violation, relation }, evidence });
  return test;
}

/** The simplest instance at which it is refuted, and the one where the conclusion holds least often. */
function refuted(claim: Claim, tests: readonly ChanceTest[]): Outcome {
  const { inside } = claim.exam;
  const witnesses = tests
    .map((test) => witnessOfChance(claim, test.instance, countsOf(test)))
    .filter((witness) => witness !== undefined);
  const size = ({ instance }: Witness): number => inside.complexity(instance as never);
  const [simplest] = [...witnesses].sort((a, b) => size(a) - size(b));
  const [worst] = [...witnesses].sort((a, b) => b.sample.violation - a.sample.violation);
  return { verdict: 'refuted', problems: [], simplest, worst };
}

function openText({ instance, draws, successes, ties, smallestDeviation: { atLeast, less } }: ChanceTest): string {
  const seen = (
    [
      ['more', atLeast],
      ['less', less],
    ] as const
  ).map(([word, deviation]) =>
    deviation === undefined
      ? `${word} likely cannot be seen`
      : `${word} likely by ${deviation.toPrecision(2)} would be seen`,
  );
  return (
    `${draws} draws at ${JSON.stringify(instance)} do not decide it: it holds on ${successes}, ${ties} are too close to tell; ` +
    `${seen.join(', ')} nine times in ten`
  );
}

/** An instance of the attack is looked at with so many draws, and what it ends with again with so many others. */
const FEW = 32;
const MORE = 512;

/** The attack has this share of the evaluations that attacks of other forms have: each is as many draws. */
const ATTACK_SHARE = 1 / 10;

/** Instances at which the conclusion seems to hold least often, the least first. */
function weakest(tally: Tally, examiner: Examiner): readonly Instance[] {
  const { claim } = tally;
  const { seed, budget } = examiner;
  const evaluations = Math.floor(budget.attack * ATTACK_SHARE);
  return attackOn(tally, examiner, evaluations, (instance) => weakness(claim, instance, seed, FEW))
    .filter((instance) => meets(tally, instance, false))
    .map((instance) => ({ instance, value: weakness(claim, instance, seed, MORE) }))
    .sort((a, b) => b.value - a.value)
    .map(({ instance }) => instance);
}

/**
 * How weak the claim looks at an instance on a few draws, the same numbers for every instance so that it changes little
 * between neighbours: the violation that a share 1 − p of the draws exceeds, which has a slope where none of the draws
 * fails, plus the share that fails beyond 1 − p.
 */
function weakness(claim: Claim, instance: Instance, seed: number, draws: number): number {
  const p = probabilityAt(claim, instance).value;
  const next = drawsAt(claim, instance, seed, ['chance', `attack with ${draws}`, claim.id]);
  const violations = new Float64Array(draws);
  let failures = 0;
  for (let k = 0; k < draws; k++) {
    const found = next();
    violations[k] = found.worst?.violation ?? 0;
    if (tossOf(found) === 'failure') failures++;
  }
  violations.sort();
  return violations[Math.min(draws - 1, Math.floor(p * draws))]! + failures / draws - (1 - p);
}

/** Which mutants and other laws of the draw end with "less than p" at one of the first instances tested. */
function teethOf(tally: Tally, examiner: Examiner, tests: ChanceTest[]): Teeth {
  const { claim } = tally;
  const { name } = examiner.budget;
  const caught: string[] = [];
  const missed: string[] = [];
  const tried = tests.slice(0, TESTED[name].mutants);
  for (const variation of variationsOf(claim)) {
    const isRed = tried.some(({ instance, on }) => {
      tally.looking = instance;
      const test = testAt(claim, instance, termsAt(claim, instance, name, examiner.seed), on, variation);
      tests.push(test);
      return refutes(test);
    });
    (isRed ? caught : missed).push(`statement: ${variation.name}`);
  }
  return { caught, missed };
}
