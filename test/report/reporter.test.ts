import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Reporter } from '../../src/report/reporter';
import type { CaseResult, Context, GlobalConfig } from '../../src/report/jest-run';
import { junitFile, resultsFile, verdictsFile, type Places } from '../../src/report/places';
import { writeRecord } from '../../src/report/write';
import type { Progress } from '../../src/report/progress';
import { GREEN, reach, RED, SEVERAL, temporaryPlaces } from './fixtures/fixture';
import * as green from './fixtures/green/theorems/fixture/squares';
import * as red from './fixtures/red/theorems/fixture/red';

const CONFIG: GlobalConfig = {
  rootDir: GREEN,
  ci: false,
  watch: false,
  watchAll: false,
  testPathPatterns: { patterns: [] },
  findRelatedTests: false,
  onlyChanged: false,
  onlyFailures: false,
};
const project = (name: string): Context => ({ config: { displayName: { name } } });
const [claims, tests] = [project('claims'), project('tests')];

/** Runs the reporter over records that are already there; what it printed and its error. */
function report(
  places: Places,
  contexts: readonly Context[],
  config: Partial<GlobalConfig> = {},
): { out: string; error?: string } {
  const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    const reporter = new Reporter({ ...CONFIG, ...config }, places);
    reporter.onRunStart({ numTotalTestSuites: 2 });
    reporter.onTestFileStart({ path: '', context: claims });
    reporter.onRunComplete(new Set(contexts), { wasInterrupted: false });
    const out = write.mock.calls.map(([text]) => String(text)).join('');
    const error = reporter.getLastError()?.message;
    return error === undefined ? { out } : { out, error };
  } finally {
    write.mockRestore();
  }
}

const places = temporaryPlaces(GREEN);
const settings = { ...process.env };
beforeAll(() => Object.values(green).forEach((claim) => writeRecord(reach(claim), places)));
beforeEach(() => {
  process.env = Object.fromEntries(Object.entries(settings).filter(([name]) => !name.startsWith('ASSAY_')));
});
afterAll(() => {
  process.env = settings;
});

test('a run with unit tests beside the claims asks for RESULTS.md and does not write it', () => {
  expect(report(places, [claims, tests]).error).toMatch(/RESULTS\.md is missing/);
  expect(existsSync(resultsFile(places))).toBe(false);
});

test('in CI claims alone are compared with RESULTS.md too', () => {
  expect(report(places, [claims], { ci: true }).error).toMatch(/RESULTS\.md is missing/);
});

test('with another budget or seed, or filtered, RESULTS.md is let be', () => {
  process.env['ASSAY_BUDGET'] = 'quick';
  expect(report(places, [claims, tests]).error).toBeUndefined();
  process.env['ASSAY_BUDGET'] = 'standard';
  process.env['ASSAY_SEED'] = '2';
  expect(report(places, [claims, tests]).error).toBeUndefined();
  delete process.env['ASSAY_SEED'];
  expect(report(places, [claims, tests], { testNamePattern: 'square' }).error).toBeUndefined();
  expect(report(places, [claims, tests], { testPathPatterns: { patterns: ['squares'] } }).error).toBeUndefined();
  expect(existsSync(resultsFile(places))).toBe(false);
});

test("one shard of several lets RESULTS.md be, and does not ask for the claims that are others'", () => {
  const [first] = Object.values(green);
  const part = ofShard;
  writeRecord(reach(first!), part);
  const { out, error } = report(part, [claims], { shard: { shardIndex: 1, shardCount: 2 }, ci: true });
  expect(error).toBeUndefined();
  expect(out).toContain('1 claim: 0 upheld, 1 refuted, 0 undecided; 1 green, 0 red');
  expect(out).toContain('HTML: `npm run report` makes it from this run');
  expect(existsSync(resultsFile(part))).toBe(false);
});
const ofShard = temporaryPlaces(GREEN);

test('a full run that reports elsewhere compares RESULTS.md where it is, and does not write it', () => {
  const results = join(ofShard.reports, 'own', 'RESULTS.md');
  const elsewhere = { ...places, results };
  expect(report(elsewhere, [claims]).error).toMatch(/RESULTS\.md is missing/);
  expect(existsSync(results)).toBe(false);
});

test('progress counts the claims of the shard only', () => {
  const shown = [1, 2].map((shardIndex) => {
    const reporter = new Reporter({ ...CONFIG, shard: { shardIndex, shardCount: 2 } }, { ...places, root: SEVERAL });
    reporter.onTestFileStart({ path: '', context: claims });
    return (reporter as unknown as { progress: Progress }).progress.expected;
  });
  expect(shown.every((count) => count > 0)).toBe(true);
  expect(shown[0]! + shown[1]!).toBe(4);
});

test('a full run of the claims alone writes RESULTS.md, and the next full run is content with it', () => {
  expect(report(places, [claims]).error).toBeUndefined();
  expect(readFileSync(resultsFile(places), 'utf8')).toContain('## On Small Numbers');
  expect(report(places, [claims, tests]).error).toBeUndefined();
});

test('the report ends with the counts and where it is', () => {
  const { out } = report(places, [claims]);
  expect(out).toMatch(/4 claims: 2 upheld, 2 refuted, 0 undecided; 4 green, 0 red\nreport: .*verdicts\.json/);
  expect(JSON.parse(readFileSync(verdictsFile(places), 'utf8'))).toMatchObject({
    schema: 1,
    budget: 'standard',
    seed: 1,
  });
});

test('the second run prints what the first one printed', () => {
  expect(report(places, [claims]).out).toBe(report(places, [claims]).out);
});

test('unit tests alone leave the verdicts alone', () => {
  expect(report(temporary, [tests])).toEqual({ out: '' });
  expect(existsSync(verdictsFile(temporary))).toBe(false);
});
const temporary = temporaryPlaces(GREEN);

test('red claims keep RESULTS.md from being written, and a claim that is missing fails the run', () => {
  const others = temporaryPlacesOfRed;
  Object.values(red).forEach((claim) => writeRecord(reach(claim), others));
  expect(report(others, [claims]).error).toBe(
    'fixture/dangling names fixture/nowhere as what does hold, but there is no such claim',
  );
  expect(existsSync(resultsFile(others))).toBe(false);
});
const temporaryPlacesOfRed = temporaryPlaces(RED);

test('a test that fails after its claim came to a green verdict is told of, with what jest says', () => {
  const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    const reporter = new Reporter({ ...CONFIG, testNamePattern: 'twice' }, places);
    const file = { path: join(GREEN, 'theorems', 'fixture', 'squares.ts'), context: claims };
    const failed = (id: string): CaseResult => ({
      title: `${id} Theorem`,
      ancestorTitles: [],
      status: 'failed',
      failureMessages: [],
    });
    reporter.onRunStart({ numTotalTestSuites: 1 });
    reporter.onTestFileStart(file);
    reporter.onTestResult(file, {
      testFilePath: file.path,
      failureMessage: 'no room left on the disk',
      testResults: [failed('fixture/twice-product')],
    });
    reporter.onRunComplete(new Set([claims]), { wasInterrupted: false });
    expect(write.mock.calls.map(([text]) => String(text)).join('')).toContain('no room left on the disk');
    expect(reporter.getLastError()?.message).toMatch(
      /^fixture\/twice-product: the verdict is as recorded, but its test/,
    );
    expect(readFileSync(junitFile(places), 'utf8')).toContain('fixture/twice-product: the verdict is as recorded');
  } finally {
    write.mockRestore();
  }
});
