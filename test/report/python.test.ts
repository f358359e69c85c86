import { spawnSync } from 'node:child_process';
import type { Claim } from '../../src/claim/exam';
import { counterexamples } from '../../src/report/counterexample';
import { counterexampleFile } from '../../src/report/places';
import { pythonName, pythonScript } from '../../src/report/python';
import { reach, temporaryPlaces } from './fixtures/fixture';
import { largeSquare, powersAreSmall, sumOfSquares, twiceProduct } from './fixtures/green/theorems/fixture/squares';

const places = temporaryPlaces();
const hasPython = spawnSync('python3', ['--version']).status === 0;
const withPython = hasPython ? test : test.skip;
const run = (script: string): ReturnType<typeof spawnSync> =>
  spawnSync('python3', ['-'], { input: script, encoding: 'utf8' });

function scriptOf(claim: Claim): string | undefined {
  const file = counterexamples(claim, reach(claim), places).get(counterexampleFile(places, claim.id, 'simplest'));
  return file && pythonScript(claim, file);
}

test('python3 is there to run the scripts', () => {
  if (!hasPython)
    console.warn('python3 was not found: the scripts beside counterexamples are written but not run here');
});

test('the script says where it comes from, then the numbers, then both sides', () => {
  expect(scriptOf(sumOfSquares)!.split('\n').slice(0, 8)).toEqual([
    '# fixture/sum-of-squares: Theorem 1',
    String.raw`# Claimed: (a+b)^2 \le a^2+b^2`,
    'from fractions import Fraction as F',
    'a = F("1")',
    'b = F("1")',
    'horizon = 0',
    'at = 0',
    'left, right = (a + b)**2, a*a + b*b',
  ]);
});

test('counts are whole numbers, and a name that Python keeps for itself gets an underscore', () => {
  expect(scriptOf(powersAreSmall)).toMatch(/^lambda_ = F\("\d+(\/\d+)?"\)\nn = \d+$/m);
});

test('a double is written as the fraction that it is', () => {
  const record = reach(sumOfSquares);
  const witness = { ...record.simplest!, instance: { a: 0.1, b: 1 } };
  const [file] = counterexamples(sumOfSquares, { ...record, simplest: witness }, places).values();
  expect(pythonScript(sumOfSquares, file!)).toContain('a = F("3602879701896397/36028797018963968")');
});

test('there is no script without lines in Python, nor for a certificate that is not exact', () => {
  expect(scriptOf(twiceProduct)).toBeUndefined();
  const [file] = counterexamples(sumOfSquares, reach(sumOfSquares), places).values();
  expect(pythonScript(sumOfSquares, { ...file!, grade: 'enclosed' })).toBeUndefined();
});

withPython.each([
  [sumOfSquares, 'fixture/sum-of-squares is refuted: left = 4 > right = 2\n'],
  [powersAreSmall, 'fixture/powers-are-small is refuted: left = 8 > right = 4\n'],
  [largeSquare, 'fixture/large-square is shown: left = 1 <= right = 1\n'],
])('the script runs and says what it shows (%#)', (claim, said) => {
  expect(run(scriptOf(claim)!)).toMatchObject({ status: 0, stdout: said });
});

withPython('the script fails when a number is changed', () => {
  const script = scriptOf(sumOfSquares)!;
  const other = run(script.replace('a = F("1")', 'a = F("3/2")'));
  expect(other.status).not.toBe(0);
  expect(other.stderr).toContain('the file says 4');
  expect(run(script.replaceAll('F("4")', 'F("5")')).status).not.toBe(0);
});

test('a parameter with the name of a word of Python or of the script itself gets an underscore', () => {
  expect(['lambda', 'F', 'at', 'left', 'r', 'f'].map(pythonName)).toEqual(['lambda_', 'F_', 'at_', 'left_', 'r', 'f']);
});
