/** The three kinds of reading that a conclusion meets, with the resolution of definitions that are evaluated. */
import { balls, type Ball } from '../../src/numerics/ball';
import { doubles } from '../../src/numerics/doubles';
import { rationals, type Fraction } from '../../src/numerics/rational';
import { reading } from '../../src/claim/judge';
import type { Exam, Series } from '../../src/claim/exam';
import type { Finding, Reading, Strain } from '../../src/claim/finding';
import type { Real } from '../../src/numerics/arithmetic';

const plain: Exam = { name: 'no exam', inside: undefined as never, assuming: {}, cases: [] };

export const D: Reading<number> = reading(doubles, plain);
export const Q: Reading<Fraction> = reading(rationals, plain);
export const B: Reading<Ball> = reading(balls(128), plain);

/** Readings of several kinds in one list, for loops that treat them alike. */
export const anyOf = (...readings: readonly unknown[]): readonly Reading<never>[] =>
  readings as readonly Reading<never>[];

/** The same readings with every comparison distorted. */
export const strainedReadings = (strain: Strain): readonly [Reading<number>, Reading<Fraction>, Reading<Ball>] => [
  reading(doubles, plain, { strain }),
  reading(rationals, plain, { strain }),
  reading(balls(128), plain, { strain }),
];

/** A series over any reading: typed in doubles, as solvers return it. */
export function seriesOf<N>(R: Reading<N>, values: readonly Real[], from?: number): Series<N> {
  const converted = values.map((x) => R.of(x));
  const typed = R.kind === 'doubles' ? (Float64Array.from(converted as number[]) as ArrayLike<unknown>) : converted;
  return { values: typed as ArrayLike<N>, ...(from === undefined ? {} : { from }) };
}

/** What counts of a finding can be compared between readings. */
export function outline({ holds, equal, breaks, unresolved, firstBreak, worst, unresolvedAt }: Finding) {
  return { holds, equal, breaks, unresolved, firstBreak: firstBreak?.at, worst: worst?.violation, unresolvedAt };
}
