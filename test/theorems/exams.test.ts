import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { drawsOf } from '../../src/claim/draw';
import type { Claim, Exam } from '../../src/claim/exam';
import { NOTHING } from '../../src/claim/finding';
import { hypotheses, met } from '../../src/claim/judge';
import { look, newTally, vacuity, type Tally } from '../../src/claim/tally';
import { loadClaims } from '../../src/claims-on-disk';
import { readStoredCases } from '../../src/stored-cases';
import { referenceSolvers } from '../../src/solvers/reference';

/** What a function without arguments returns, found when it is first asked for. */
function once<T>(find: () => T): () => T {
  let found: { readonly value: T } | undefined;
  return () => (found ??= { value: find() }).value;
}

/** Each exam once, by a claim on it. */
const root = join(__dirname, '..', '..');
const claims = loadClaims(root).map(({ claim }) => claim);
const exams = [...new Map(claims.map((claim) => [claim.exam.name, claim])).values()];

test('exams have names of their own, which their random streams are named after', () => {
  expect(new Set(claims.map(({ exam }) => exam)).size).toBe(exams.length);
});

test('every file of stored cases is that of a claim, and holds instances that meet its hypotheses', () => {
  const folder = join(root, 'cases');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    const id = file.replace(/\.json$/, '').replaceAll('\\', '/');
    const claim = claims.find((one) => one.id === id);
    expect([id, claim?.id]).toEqual([id, id]);
    const stored = readStoredCases(root, claim!);
    expect(stored.length).toBeGreaterThan(0);
    expect(stored.length).toBeLessThanOrEqual(8);
    for (const instance of stored) expect(met(hypotheses(claim!.exam, instance))).toBe(true);
  }
});

describe.each(exams.map((claim) => [claim.exam.name, claim] as const))('the exam "%s"', (_name, claim) => {
  const { exam }: { exam: Exam } = claim;
  const drawn = claim.form === 'experiment' ? [] : drawsOf(exam, 150, 1);

  // Where one witness is enough, of existence and on exams none of whose claims is said to hold, less is asked.
  const needsBreadth = claims.some(
    (one) => one.exam === exam && one.form !== 'exists' && one.form !== 'chance' && one.recorded === 'upheld',
  );

  /** What the hypotheses come to on the draws: looked at once, for both tests. */
  const seen = once((): Tally => {
    const { name, inside, assuming } = exam;
    const hypothesesOnly: Claim = { ...claim, exam: { name, inside, assuming, cases: [] }, then: () => NOTHING };
    const tally = newTally(hypothesesOnly, referenceSolvers);
    for (const instance of drawn) look(tally, instance, { audit: false, draw: true });
    return tally;
  });

  test('draws instances most of which meet its hypotheses', () => {
    // The engine calls a claim vacuous below one in twenty. A space `inside` is meant to meet them by construction, but for
    // matrices of short numbers that turn out to have a smaller rank.
    expect(seen().metDraws).toBeGreaterThanOrEqual(drawn.length / (needsBreadth || claim.form === 'chance' ? 2 : 20));
  });

  test('comes near the boundary of every hypothesis that has one', () => {
    const tally = seen();
    expect(tally.drawn).toBe(drawn.length);
    if (drawn.length > 0 && needsBreadth) expect(vacuity(tally, 1)).toBeUndefined();
  });

  test('has stored cases that parse and meet its hypotheses', () => {
    for (const instance of exam.cases) {
      expect(exam.inside.parse(instance)).toEqual(instance);
      expect(met(hypotheses(exam, instance))).toBe(true);
    }
  });
});
