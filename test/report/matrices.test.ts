/** Witnesses with vectors, matrices and choices: in texts, files, schemas, scripts, and typed in. */
import Ajv from 'ajv';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import { faultsOf } from '../../src/cli/verify';
import { counterexamples, digestOfCounterexample, type Counterexample } from '../../src/report/counterexample';
import { jsonText } from '../../src/report/files';
import { counterexampleFile } from '../../src/report/places';
import { pythonScript } from '../../src/report/python';
import { instanceText } from '../../src/report/text';
import { merged } from '../../src/report/verdicts';
import { writeCounterexamples } from '../../src/report/write';
import { reach, temporaryPlaces } from './fixtures/fixture';
import { squaresAdd } from './fixtures/matrices/theorems/fixture/matrices';

const places = temporaryPlaces(join(__dirname, 'fixtures', 'matrices'));
const record = reach(squaresAdd);
const simplest = counterexampleFile(places, squaresAdd.id, 'simplest');
const file = counterexamples(squaresAdd, record, places).get(simplest)!;

/** An instance that breaks the claim, with a fraction, a double and every kind of parameter. */
const BROKEN = {
  h: 1,
  d: 2,
  A: [[1, '1/3']],
  B: [[0.5, -1]],
  v: [0, '2/3'],
  sign: 'plus',
  c: -1,
};
const typed = 'try fixture/squares-add h=1 d=2 A=[[1,1/3]] B=[[.5,-1]] v=[0,2/3] sign=plus c=-1';

function run(line: string): { status: number; text: string } {
  const lines: string[] = [];
  const say = (text: string): number => lines.push(text);
  const status = main(line.split(' '), { places, environment: {}, say }, say);
  return { status, text: lines.join('\n') };
}

test('the simplest witness is of one dimension and made of numbers that a person can check', () => {
  expect(record).toMatchObject({ verdict: 'refuted', problems: [], simplest: { grade: 'exact', horizon: 0 } });
  expect(record.simplest!.instance).toMatchObject({ h: 1, d: 1, A: [[expect.anything()]], sign: 'plus' });
});

test('matrices are printed as lists of rows', () => {
  const text = 'h = 1, d = 2, A = [[1, 1/3]], B = [[0.5, -1]], v = [0, 2/3], sign = plus, c = -1';
  expect(instanceText(BROKEN)).toBe(text);
});

test('files hold a row of a matrix on a line, and nothing else differently', () => {
  const held = { A: [[1, '1/3'], [-0.5, 2e-300]], v: [0, 1], t: [['a, [1,\n 2]'], []], unresolvedAt: [1, 2], s: '[\n[1,  2]' }; // prettier-ignore
  expect(JSON.parse(jsonText(held))).toEqual(held);
  expect(jsonText(held)).toContain(
    '"A": [\n    [1, "1/3"],\n    [-0.5, 2e-300]\n  ],\n  "v": [\n    0,\n    1\n  ],\n',
  );
  const plain = { ...held, A: [] };
  expect(jsonText(plain)).toBe(`${JSON.stringify(plain, undefined, 2)}\n`);
});

describe('the schemas', () => {
  const schema = (name: string): object =>
    JSON.parse(readFileSync(join(__dirname, '..', '..', 'src', 'report', name), 'utf8')) as object;
  const ajv = new Ajv({ allErrors: true, strictTypes: false });
  const isCounterexample = ajv.compile(schema('counterexample.schema.json'));
  const isVerdicts = ajv.compile(schema('verdicts.schema.json'));
  const settings = { budget: 'standard', seed: 1, solver: 'reference' } as const;

  test('know files and verdicts with matrices', () => {
    for (const { path, text } of writeCounterexamples(squaresAdd, record, places)) {
      if (path.endsWith('.json')) isCounterexample(JSON.parse(text));
      expect(isCounterexample.errors).toBeNull();
    }
    isVerdicts(JSON.parse(jsonText(merged([record], settings))));
    expect(isVerdicts.errors).toBeNull();
    expect(isCounterexample({ ...file, instance: BROKEN })).toBe(true);
  });

  test.each([
    ['an empty matrix', []],
    ['an empty row', [[]]],
    ['three levels of lists', [[[1]]]],
    ['a word among numbers', [[1, 'one']]],
    ['a decimal in words', ['0.5']],
    ['words with blanks', 'plus or minus'],
    ['truth values', true],
    ['objects', { 0: 1 }],
  ])('refuse %s', (_what, value) => {
    expect(isCounterexample({ ...file, instance: { ...BROKEN, A: value } })).toBe(false);
  });
});

describe('the script', () => {
  const exact = { ...record, simplest: { ...record.simplest!, instance: BROKEN } };
  const script = (): string => {
    const other = counterexamples(squaresAdd, exact, places).get(simplest)!;
    return pythonScript(squaresAdd, other)!;
  };

  test('has lists of fractions, whole numbers and texts', () => {
    expect(script().split('\n').slice(3, 10)).toEqual([
      'h = 1',
      'd = 2',
      'A = [[F("1"), F("1/3")]]',
      'B = [[F("1/2"), F("-1")]]',
      'v = [F("0"), F("2/3")]',
      'sign = "plus"',
      'c = F("-1")',
    ]);
  });

  const hasPython = spawnSync('python3', ['--version']).status === 0;
  (hasPython ? test : test.skip)('runs, and fails when an entry is changed', () => {
    const text = pythonScript(squaresAdd, file)!;
    const python = (input: string) => spawnSync('python3', ['-'], { input, encoding: 'utf8' });
    expect(python(text)).toMatchObject({ status: 0, stderr: '' });
    expect(python(text).stdout).toMatch(/^fixture\/squares-add is refuted: left = /);
    expect(python(text.replace(/A = \[\[F\("/, '$&7')).status).not.toBe(0);
  });
});

describe('the commands', () => {
  test('take matrices, vectors and choices as they are printed', () => {
    const { status, text } = run(typed);
    expect(text).toContain('at h = 1, d = 2, A = [[1, 1/3]], B = [[0.5, -1]], v = [0, 2/3], sign = plus, c = -1');
    // (3/2)² + (2/3)² against 10/9 + 5/4 − 4/9.
    expect(text).toContain('the conclusion is BROKEN');
    expect(text).toContain('left = 97/36 > right = 23/12');
    expect(status).toBe(1);
    const kept = run(typed.replace('plus', 'minus').replace('-1]]', '1]]'));
    expect([kept.status, kept.text.includes('the conclusion holds')]).toEqual([0, true]);
  });

  test.each([
    ['A=[[1,1/3]', '"[[1,1/3]" is no list: expected one like [1,1/2], or of rows, like [[1,0],[0,1/2]]'],
    ['A=[[1,,1/3]]', '"[[1,,1/3]]" is no list'],
    ['A=[[1;1/3]]', '"1;1/3" is no number'],
    ['A=[[1,x]]', '"x" is no number: expected one like 3'],
    ['A=[1]', 'A[0] is 1; expected a list of 1 rows of 2 numbers (h = 1, d = 2)'],
    ['A=[[1],[1/3]]', 'A has 2 rows; expected a list of 1 rows of 2 numbers (h = 1, d = 2)'],
    ['A=[[[1]]]', 'A[0] has 1 entries; expected'],
    ['A=[]', 'A has 0 rows'],
    ['A=1', 'A is 1; expected a list of 1 rows'],
  ])('answer %s with one clear error', (argument, message) => {
    const { status, text } = run(typed.replace('A=[[1,1/3]]', argument));
    expect(status).toBe(2);
    expect(text).toContain(message);
  });

  test('answer another word than the options with the options', () => {
    expect(run(typed.replace('plus', 'times'))).toEqual({
      status: 2,
      text: 'sign is "times"; expected one of plus, minus',
    });
    expect(run(typed.replace('plus', '[1]')).text).toBe('sign is "[1]"; expected one of plus, minus');
  });

  test('read files with matrices, and see when an entry was changed', () => {
    writeCounterexamples(squaresAdd, record, places);
    expect(run(`verify ${simplest}`)).toEqual({
      status: 0,
      text: `ok   ${simplest}: fixture/squares-add, refutes (exact)`,
    });
    expect(run(`replay ${simplest}`).status).toBe(1);
    expect(run('claim fixture/squares-add').status).toBe(0);
    const changed = { ...file, instance: { ...file.instance, A: [[10]] } } as Counterexample;
    expect(faultsOf(changed, squaresAdd)).toContain(
      'its digest does not fit: the file was changed after it was written',
    );
    const signed = { ...changed, digest: digestOfCounterexample(changed) };
    expect(faultsOf(signed, squaresAdd)[0]).toContain('side of the comparison is');
  });

  test('refuse a file whose matrix has another shape than its counts say', () => {
    const path = join(places.reports, 'ragged.json');
    const ragged = { ...file, instance: { ...file.instance, A: [[1, 2], [3]] } } as Counterexample; // prettier-ignore
    writeFileSync(path, JSON.stringify({ ...ragged, digest: digestOfCounterexample(ragged) }));
    const { status, text } = run(`verify ${path}`);
    expect(status).toBe(2);
    expect(text).toContain('its instance does not fit the claim fixture/squares-add: A has 2 rows; expected a list of');
  });
});
