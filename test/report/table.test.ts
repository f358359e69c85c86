import { countsLine, verdictTable } from '../../src/report/table';
import { explanation, wholeStory } from '../../src/report/explain';
import { progressText, tenthText } from '../../src/report/progress';
import { reach, temporaryPlaces } from './fixtures/fixture';
import { largeSquare, sumOfSquares, twiceProduct } from './fixtures/green/theorems/fixture/squares';
import { noWitness, wronglyRecorded } from './fixtures/red/theorems/fixture/red';

const records = [twiceProduct, sumOfSquares, largeSquare, wronglyRecorded, noWitness].map(reach).map((record) => ({
  ...record,
  instances: 300,
  seconds: 1.25,
}));
const places = temporaryPlaces();

test('the table has a line a claim, sorted by id, and marks the red ones', () => {
  expect(verdictTable(records)).toEqual([
    'claim                     form     verdict    grade  violation  instances  seconds',
    'fixture/large-square      exists   upheld     exact                   300      1.3',
    'fixture/no-witness        exists   undecided                          300      1.3  ✗ RED',
    'fixture/sum-of-squares    for all  refuted    exact       0.33        300      1.3',
    'fixture/twice-product     for all  upheld                    0        300      1.3',
    'fixture/wrongly-recorded  for all  refuted    exact       0.33        300      1.3  ✗ RED',
  ]);
});

test('the table does not depend on the order in which claims were done', () => {
  expect(verdictTable([...records].reverse())).toEqual(verdictTable(records));
});

test('the counts say what was found and how many tests are green', () => {
  expect(countsLine(records)).toBe('5 claims: 2 upheld, 2 refuted, 1 undecided; 3 green, 2 red');
  expect(countsLine(records, 1)).toBe(
    '6 claims: 2 upheld, 2 refuted, 1 undecided, 1 without a verdict; 3 green, 3 red',
  );
});

test('a refutation is explained: the statement, the hypotheses met, what is false, how to see it again, what holds', () => {
  expect(explanation(records[1]!, places)).toEqual([
    'fixture/sum-of-squares — Theorem 1',
    String.raw`  states (for all): (a+b)^2 \le a^2+b^2`,
    '  verdict: refuted, as recorded',
    '  simplest witness (exact): a = 1, b = 1',
    '    H1 is met: a > 0, left = 0 < right = 1',
    '    H2 is met: b > 0, left = 0 < right = 1',
    '    false: left = 4 > right = 2, by 2; left/right is about 2',
    expect.stringMatching(/^ {4}npm run replay -- .*counterexamples\/fixture\/sum-of-squares\.json$/),
    '  what does hold: fixture/twice-product',
  ]);
});

test('a red claim says which verdict was recorded', () => {
  expect(explanation(records[3]!, places)).toContain('  verdict: refuted, recorded: upheld — RED');
});

test('a failure of the solver is told apart from one of the theorem', () => {
  const solverFailure = { instance: { a: 1, b: 1 }, what: 'its path breaks the conclusion' };
  const lines = explanation({ ...records[0]!, verdict: 'undecided', solverFailure }, places);
  expect(lines).toContain('  THE SOLVER IS WRONG, not the theorem: a = 1, b = 1');
});

test('the whole story of a claim tells its teeth', () => {
  expect(wholeStory(records[0]!, places)).toEqual(
    expect.arrayContaining(['  seen red:', '    statement: bounds 5 % tighter', '  not seen red:']),
  );
});

test('progress counts claims done, running and left', () => {
  const progress = { expected: 40, started: 14, done: 12, red: 1, files: 3, failedFiles: 0 };
  expect(progressText(progress)).toBe('claims: 12 done (1 red), 2 running, 26 left; unit test files: 3 done');
});

test('without a terminal every tenth of a long run is told once', () => {
  const at = (done: number, expected: number): string | undefined =>
    tenthText({ expected, started: done, done, red: 0, files: 0, failedFiles: 0 });
  const told = Array.from({ length: 40 }, (_, k) => at(k + 1, 40)).filter((text) => text !== undefined);
  expect(told).toHaveLength(10);
  expect(told[0]).toBe('claims: 4 of 40 done');
  expect(at(3, 6)).toBeUndefined();
});
