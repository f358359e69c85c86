/** Small claims without a solver, or with a toy one, for tests of the engine. */
import type { Examiner } from '../../src/claim/assess';
import type { Budget } from '../../src/claim/budget';
import type { Chart } from '../../src/claim/chart';
import { exam, forAll, type Claim, type Conclusion, type Exam, type Measures } from '../../src/claim/exam';
import type { VerdictRecord } from '../../src/claim/record';
import { space, type Coordinate, type Fields, type Over, type Space } from '../../src/claim/space';
import type { Solvers } from '../../src/solvers/interfaces';

/** Enough for these toys: a few dozen draws and twice as many steps of the attack. */
export const SMALL: Budget = { name: 'quick', draws: 40, attack: 80, simplify: 120, teeth: 10, seconds: 60 };

export const examinerOf = (changes: Partial<Examiner> = {}): Examiner => ({
  solvers: {} as Solvers,
  replaced: [],
  faults: [],
  budget: SMALL,
  seed: 1,
  ...changes,
});

/** Uniform over [from, to], on a grid so fine that simple numbers are hardly ever drawn. */
export const over = (from: number, to: number): Coordinate<'real'> => ({
  kind: 'real',
  describe: `uniform on [${from}, ${to}]`,
  decode: (u) => from + u * (to - from),
});

export const oneNumber = space().with('x', over(0.25, 4));
export const twoNumbers = oneNumber.with('y', over(0.25, 4));

interface Toy<F extends Fields, K extends string> {
  readonly then: Conclusion<F, K>;
  readonly recorded?: 'upheld' | 'refuted' | 'undecided';
  readonly mutants?: Readonly<Record<string, Conclusion<F, K>>>;
  readonly tight?: boolean;
  readonly charts?: (measures: Measures<number, K>, instance: Over<number, F>) => readonly Chart[];
}

let count = 0;

/** A claim for all instances of a space, about the numbers themselves. */
export function claimOver<F extends Fields>(inside: Space<F>, toy: Toy<F, never>): Claim {
  return claimOn(exam({ name: `toy ${++count}`, inside, assuming: {}, cases: [] }), toy);
}

/** A claim for all instances of an exam. */
export function claimOn<F extends Fields, K extends string, P extends string>(
  on: Exam<F, K, P>,
  toy: Toy<F, K>,
): Claim {
  const { recorded = 'upheld', ...card } = toy;
  const words = recorded === 'refuted' ? ({ recorded, corrected: [] } as const) : ({ recorded } as const);
  return forAll(on, { id: 'toy/claim', where: 'nowhere', says: '', ...words, ...card });
}

/** A record without what depends on the clock. */
export const timeless = ({ seconds, ...record }: VerdictRecord): string => {
  if (!(seconds >= 0)) throw new Error(`the record took ${seconds} seconds`);
  return JSON.stringify(record);
};

export const kinds = ({ problems }: VerdictRecord): string[] => problems.map(({ kind }) => kind);
