/** Claims of chance in words: their tests, and what a whole run may have said wrongly. */
import { FALSE_ALARMS } from '../claim/chance';
import type { ChanceCounts, ChanceTest, FormRecord, VerdictRecord } from '../claim/record';
import { count, decimal, instanceText } from './text';

/** Evidence as a power of ten: `10^9.1`. */
const evidenceText = (log: number): string => `10^${decimal(log / Math.LN10, 3)}`;

/** Why draws show that a conclusion holds less often than claimed. */
export function chanceLine({ draws, ties, logEvidence, alpha, seed, stream }: ChanceCounts): string {
  const close = ties === 0 ? '' : `, ${ties} of them too close to tell and counted as kept`;
  const evidence = `evidence ${evidenceText(logEvidence.less)} ≥ 1/α = ${evidenceText(-Math.log(alpha))}`;
  return `with ${evidence}, on ${count(draws, 'draw')}${close} (seed ${seed}, stream ${stream.slice(0, 2).join('/')})`;
}

const WORDS = { 'at least': 'at least as often as claimed', less: 'less often than claimed', undecided: 'undecided' };

/** Every test of a claim, and what they add to the run's probability of a false alarm: as lines. */
export function chanceLines({ tests, falseAlarm }: NonNullable<FormRecord['chance']>): readonly string[] {
  return [
    ...tests.flatMap(testLines),
    `probability of a false alarm in any of ${count(tests.length, 'test')}: at most ${decimal(falseAlarm, 2)}`,
  ];
}

/** A test, in two lines. */
export function testLines(test: ChanceTest): readonly string[] {
  const { on, variation, instance, probability, draws, successes, ties, logEvidence, outcome } = test;
  const what =
    variation === undefined
      ? `tested at ${instanceText(instance)} (${on})`
      : `mutant "${variation}" at ${instanceText(instance)}`;
  const close = ties === 0 ? '' : `, ${ties} too close to tell`;
  return [
    `${what}: ${WORDS[outcome]} (${decimal(probability)})`,
    `  ${successes} of ${count(draws, 'draw')} keep it${close}; evidence ${evidenceText(logEvidence.atLeast)} for, ${evidenceText(logEvidence.less)} against${seenText(test)}`,
  ];
}

/** What the test would have seen nine times in ten. */
function seenText({ smallestDeviation: { atLeast, less } }: ChanceTest): string {
  const by = [
    ...(atLeast === undefined ? [] : [`+${decimal(atLeast, 2)}`]),
    ...(less === undefined ? [] : [`−${decimal(less, 2)}`]),
  ];
  return by.length === 0 ? '' : `; sees deviations of ${by.join(' and ')}`;
}

/** How many tests of chance a run made, and the probability that any of them ended with something false. */
export function falseAlarms(records: readonly VerdictRecord[]): {
  readonly tests: number;
  readonly probability: number;
} {
  const made = records.flatMap(({ formRecord }) => (formRecord?.chance ? [formRecord.chance] : []));
  return {
    tests: made.reduce((sum, { tests }) => sum + tests.length, 0),
    probability: made.reduce((sum, { falseAlarm }) => sum + falseAlarm, 0),
  };
}

/** The same as a sentence; empty where nothing was left to chance. */
export function falseAlarmText(records: readonly VerdictRecord[]): string {
  const { tests, probability } = falseAlarms(records);
  if (tests === 0) return '';
  return `claims of chance: ${count(tests, 'sequential test')}, any false alarm among them with probability at most ${decimal(probability, 3)}`;
}

/** What is wrong where the tests of a run together may err more often than a run is allowed to. */
export function falseAlarmProblems(records: readonly VerdictRecord[]): readonly string[] {
  const { tests, probability } = falseAlarms(records);
  // Sums of equal shares, which rounding may take past the limit.
  if (probability <= FALSE_ALARMS * (1 + 1e-9)) return [];
  return [
    `${count(tests, 'test')} of chance may end with a false alarm with probability ${decimal(probability, 4)}, and a run with ` +
      `${decimal(FALSE_ALARMS)} at most: test fewer instances and mutants, or lower SHARE in src/claim/chance.ts`,
  ];
}
