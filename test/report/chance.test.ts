/** Claims of chance in texts, files, schemas, and typed in. */
import Ajv from 'ajv';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assess } from '../../src/claim/assess';
import type { Claim } from '../../src/claim/exam';
import type { VerdictRecord } from '../../src/claim/record';
import type { Seen } from '../../src/claim/watch';
import { main } from '../../src/cli/main';
import { faultsOf } from '../../src/cli/verify';
import { chanceFigures } from '../../src/report/chance-figures';
import { falseAlarmProblems, falseAlarmText } from '../../src/report/chance-text';
import { conclude } from '../../src/report/conclude';
import { counterexamples, digestOfCounterexample, type Counterexample } from '../../src/report/counterexample';
import { evidence, wholeStory } from '../../src/report/explain';
import { jsonText } from '../../src/report/files';
import { counterexampleFile, verdictsFile } from '../../src/report/places';
import { claimPicture } from '../../src/report/picture';
import { readVerdicts } from '../../src/report/read-verdicts';
import { resultsText } from '../../src/report/results';
import { merged } from '../../src/report/verdicts';
import { writeCounterexamples } from '../../src/report/write';
import { examiner, reach, temporaryPlaces } from './fixtures/fixture';
import { largestAbove, largestBelow } from './fixtures/chance/theorems/fixture/uniform';

const places = temporaryPlaces(join(__dirname, 'fixtures', 'chance'));
const records = [largestAbove, largestBelow].map(reach);
const [upheld, refuted] = records as [VerdictRecord, VerdictRecord];
const simplest = counterexampleFile(places, largestBelow.id, 'simplest');
const file = counterexamples(largestBelow, refuted, places).get(simplest)!;
const settings = { budget: 'standard', seed: 1, solver: 'reference' } as const;

function run(line: string): { status: number; text: string } {
  const lines: string[] = [];
  const say = (text: string): number => lines.push(text);
  const status = main(line.split(' '), { places, environment: {}, say }, say);
  return { status, text: lines.join('\n') };
}

/** The file with something changed, signed again. */
function signed(change: Partial<Counterexample>): Counterexample {
  const changed = { ...file, ...change };
  return { ...changed, digest: digestOfCounterexample(changed) };
}

const faults = (change: Partial<Counterexample>, claim: Claim = largestBelow): readonly string[] =>
  faultsOf(signed(change), claim);

test('the verdicts are as recorded, and so are the schemas of the files', () => {
  expect(records.map(({ verdict, problems }) => [verdict, problems])).toEqual([
    ['upheld', []],
    ['refuted', []],
  ]);
  const schema = (name: string): object =>
    JSON.parse(readFileSync(join(__dirname, '..', '..', 'src', 'report', name), 'utf8')) as object;
  const ajv = new Ajv({ allErrors: true, strictTypes: false });
  const isCounterexample = ajv.compile(schema('counterexample.schema.json'));
  const isVerdicts = ajv.compile(schema('verdicts.schema.json'));
  isVerdicts(JSON.parse(jsonText(merged(records, settings))));
  expect(isVerdicts.errors).toBeNull();
  isCounterexample(JSON.parse(jsonText(file)));
  expect(isCounterexample.errors).toBeNull();
});

test('a refutation is told by the share of draws, the evidence and the stream', () => {
  const text = evidence(refuted, places).join('\n');
  expect(text).toMatch(/simplest witness \(chance\): n = 2/);
  expect(text).toMatch(/false: left = 9\/10 > right = \d+\/\d+ \(share of draws\)/);
  expect(text).toMatch(/with evidence 10\^9\.\d+ ≥ 1\/α = 10\^9, on \d+ draws \(seed 1, stream chance\/test\)/);
});

test('the whole story tells of every test', () => {
  const text = wholeStory(upheld, places).join('\n');
  expect(text).toMatch(/draws: \d+ keep it, \d+ break it, 0 too close to tell/);
  expect(text).toMatch(/tested at n = 2 \(case\): at least as often as claimed \(0\.9\)/);
  expect(text).toMatch(
    / {4}\d+ of \d+ draws keep it; evidence 10\^9\.?\d* for, 10\^−\d+.* against; sees deviations of \+0/,
  );
  expect(text).toMatch(/mutant "half for a tenth" at n = 2: less often than claimed/);
  expect(text).toMatch(/probability of a false alarm in any of \d+ tests: at most 1\.\d+e−8/);
});

describe('a run', () => {
  test('says how likely any false alarm among all its tests is, at its end and in RESULTS.md', () => {
    const said: string[] = [];
    const verdicts = merged(records, settings);
    const rest = { withoutVerdict: [], problems: [], unusable: [], idsAreKnown: true, html: false } as const;
    const survey = { claims: [], broken: [] };
    const run = { ...rest, verdicts, survey, idsAreKnown: false, results: 'leave' } as const;
    expect(conclude(run, places, (lines) => said.push(...lines))).toEqual([]);
    const tests = records.flatMap(({ formRecord }) => formRecord!.chance!.tests).length;
    const text = `claims of chance: ${tests} sequential tests, any false alarm among them with probability at most `;
    expect(said.filter((line) => line.startsWith(text))).toHaveLength(1);
    expect(resultsText(records, new Map())).toContain(`\n\nC${text.slice(1)}`);
    expect(readVerdicts(verdictsFile(places)).claims[0]!.formRecord!.chance).toEqual(upheld.formRecord!.chance);
  });

  test('is red where its tests together may err more often than once in a million runs', () => {
    const [one] = upheld.formRecord!.chance!.tests;
    const many = (count: number): VerdictRecord => {
      const tests = Array.from({ length: count }, () => one!);
      return { ...upheld, formRecord: { chance: { tests, falseAlarm: tests.length * 2 * one!.alpha } } };
    };
    expect(falseAlarmProblems([many(500)])).toEqual([]);
    expect(falseAlarmProblems([many(300), many(201)])).toEqual([
      expect.stringMatching(
        /^501 tests of chance may end with a false alarm with probability 1\.002e−6, and a run with 1e−6/,
      ),
    ]);
  });

  test('says nothing where nothing is left to chance', () => {
    expect(falseAlarmText([{ ...upheld, formRecord: {} }])).toBe('');
  });
});

describe('verify', () => {
  test('makes the same draws again', () => {
    expect(faults({})).toEqual([]);
    writeCounterexamples(largestBelow, refuted, places);
    expect(run(`verify ${simplest}`)).toEqual({
      status: 0,
      text: `ok   ${simplest}: fixture/largest-below, refutes (chance)`,
    });
  });

  test('finds counts that the draws do not give, another stream, and an error larger than a test may have', () => {
    const { chance } = file;
    const { draws, logEvidence } = chance!;
    expect(faults({ chance: { ...chance!, draws: draws + 1 } })).toEqual([
      `the draws made again have draws ${draws}, the file says ${draws + 1}`,
    ]);
    expect(faults({ chance: { ...chance!, logEvidence: { ...logEvidence, less: 90 } } })).toEqual([
      expect.stringMatching(/^the logarithm of the evidence is 2\d\.\d+, the file says 90$/),
    ]);
    expect(faults({ chance: { ...chance!, stream: ['chance', 'attack'] } })).toEqual([
      'its draws are not from the stream that is kept for tests of this instance',
    ]);
    expect(faults({ chance: { ...chance!, alpha: 0.1 } })).toEqual([
      'it allows an error of 0.1, a test may have 1e-9 at most',
    ]);
    expect(faults({ grade: 'exact' })).toEqual(['it is exact, but the claim is of chance: the file names no draws']);
  });

  test('finds a file about a claim that draws do not refute', () => {
    const { draw, ...said } = largestBelow.more!.chance!;
    const kept = { ...largestBelow, more: { chance: { ...said, draw, then: largestAbove.more!.chance!.then } } };
    expect(faults({}, kept)).toEqual(['the draws made again end with "at least", the file says "less"']);
  });

  test('refuses a file that asks for draws without end, or has none', () => {
    const path = join(places.reports, 'changed.json');
    const answer = (change: Partial<Counterexample>): { status: number; text: string } => {
      writeFileSync(path, jsonText(signed(change)));
      return run(`verify ${path}`);
    };
    expect(answer({ chance: { ...file.chance!, most: 1e12 } })).toMatchObject({ status: 2 });
    writeFileSync(path, jsonText({ ...file, chance: undefined }));
    expect(run(`verify ${path}`)).toMatchObject({ status: 2, text: expect.stringContaining('the grade is "chance"') });
  });
});

test('replay makes the draws again, and shows what they come to', () => {
  writeCounterexamples(largestBelow, refuted, places);
  const { status, text } = run(`replay ${simplest}`);
  expect(status).toBe(1);
  expect(text).toContain('the file: refutes (chance), 0 steps');
  expect(text).toContain(`${file.chance!.successes} of ${file.chance!.draws} draws keep it`);
  expect(text).toMatch(/left = 9\/10 > right = \d+\/\d+ \(share of draws\)/);
});

test('try tests the claim at the numbers typed in', () => {
  expect(run('try fixture/largest-below n=5')).toMatchObject({ status: 1 });
  const { status, text } = run('try fixture/largest-above n=5');
  expect(status).toBe(0);
  expect(text).toMatch(/tested at n = 5 .*at least as often as claimed/);
});

test('keep stores nothing for a claim of chance, and says why', () => {
  expect(run('keep fixture/largest-below')).toEqual({
    status: 0,
    text: 'fixture/largest-below: its instances are tested on random draws, nothing is stored but the cases that its file names',
  });
});

test('the picture shows the evidence along every test, and how much is enough', () => {
  const seen: Seen[] = [];
  const record = assess(largestBelow, examiner, (one) => void seen.push(one));
  const [figure] = chanceFigures(largestBelow, record, seen);
  const [atLeast, less] = figure!.panels;
  expect(less!.marks).toEqual([{ on: 'y', at: 9, label: '1/α' }]);
  const tests = record.formRecord!.chance!.tests;
  expect(less!.series.map(({ name }) => name)).toEqual(tests.map(({ instance }) => `n = ${instance['n']}`));
  for (const [k, { draws, logEvidence }] of tests.entries()) {
    const ends = [less!, atLeast!].map(({ series }) => [
      Array.from(series[k]!.x).at(-1),
      Array.from(series[k]!.y).at(-1),
    ]);
    expect(ends).toEqual([
      [draws, expect.closeTo(logEvidence.less / Math.LN10, 9)],
      [draws, expect.closeTo(logEvidence.atLeast / Math.LN10, 9)],
    ]);
  }
  expect(claimPicture(largestBelow, record, seen, examiner)).toMatch(/^<svg /);
});
