/**
 * The canary: a false theorem that the engine must refute and a true one that it must uphold with its teeth showing.
 * Both are looked at before the first claim of every test file; an engine that misses either says nothing about others.
 */
import type { Solvers } from '../solvers/interfaces';
import { assess, type Examiner } from './assess';
import type { Budget } from './budget';
import { atMost, lessThan } from './compare';
import { exam, forAll, type Claim } from './exam';
import { space, type Coordinate } from './space';
import type { VerdictRecord } from './record';

/** The engine cannot tell a false theorem from a true one: nothing that it says can be believed. */
export class CanaryError extends Error {
  override readonly name = 'CanaryError';
}

/** A reacher of verdicts: {@link assess}, or a broken one in the tests of the canary. */
export type Assess = (claim: Claim, examiner: Examiner) => VerdictRecord;

/** Multiples of 1/16 from 1/16 to 4. */
const sixteenths: Coordinate<'real'> = {
  kind: 'real',
  describe: 'uniform on the sixteenths from 1/16 to 4',
  decode: (u) => (1 + Math.round(u * 63)) / 16,
};

const twoPositiveNumbers = exam({
  name: 'canary: two positive numbers',
  inside: space().with('a', sixteenths).with('b', sixteenths),
  assuming: {
    H1: { says: String.raw`a > 0`, holds: (R, { a }) => lessThan(R, 0, a) },
    H2: { says: String.raw`b > 0`, holds: (R, { b }) => lessThan(R, 0, b) },
  },
  cases: [{ a: 1, b: 1 }],
});

/** (a + b)² ≤ a² + b²: false for all positive numbers. */
export const falseTheorem = forAll(twoPositiveNumbers, {
  id: 'canary/false',
  where: 'nowhere',
  says: String.raw`(a+b)^2 \le a^2+b^2`,
  recorded: 'refuted',
  corrected: ['canary/true'],
  then: (R, _, { a, b }) => atMost(R, R.power(R.add(a, b), 2), R.add(R.mul(a, a), R.mul(b, b))),
});

/** 2ab ≤ a² + b²: true, attained at a = b. */
export const trueTheorem = forAll(twoPositiveNumbers, {
  id: 'canary/true',
  where: 'nowhere',
  says: String.raw`2ab \le a^2+b^2`,
  recorded: 'upheld',
  then: (R, _, { a, b }) => atMost(R, R.mul(2, a, b), R.add(R.mul(a, a), R.mul(b, b))),
});

/** A few dozen draws: some milliseconds. */
const BUDGET: Budget = { name: 'quick', draws: 36, attack: 48, simplify: 48, teeth: 8, seconds: 60 };

/** The canary's claims run no solver, so there is none to hand out. */
const EXAMINER: Examiner = { solvers: {} as Solvers, replaced: [], faults: [], budget: BUDGET, seed: 1 };

/**
 * Returns when the engine refutes the false theorem with an exact certificate and upholds the true one while seeing
 * its strained version red. Throws {@link CanaryError}, which says what it did instead, otherwise.
 */
export function checkCanary(engine: Assess = assess): void {
  const refuted = engine(falseTheorem, EXAMINER);
  const grade = refuted.simplest?.grade;
  if (refuted.verdict !== 'refuted' || grade !== 'exact') {
    const got = `${refuted.verdict}${grade === undefined ? '' : ` (${grade})`}${complaints(refuted)}`;
    throw failure('(a + b)² ≤ a² + b²', 'refuted (exact)', got);
  }
  const upheld = engine(trueTheorem, EXAMINER);
  if (upheld.verdict !== 'upheld' || upheld.problems.length > 0) {
    throw failure('2ab ≤ a² + b²', 'upheld', `${upheld.verdict}${complaints(upheld)}`);
  }
  if (!upheld.teeth.caught.some((name) => name.startsWith('statement: bounds'))) {
    throw failure('2ab ≤ a² + b²', 'seen red when its bound is made tighter', 'it stays upheld');
  }
}

function failure(theorem: string, expected: string, got: string): CanaryError {
  return new CanaryError(
    `the engine fails its canary: ${theorem} for positive a, b should be ${expected}; got: ${got}. ` +
      'No verdict of this run can be believed: look at src/claim and src/numerics before any theorem.',
  );
}

function complaints({ problems }: VerdictRecord): string {
  return problems.map(({ kind, message }) => `; ${kind}: ${message}`).join('');
}
