/** Whole runs of jest over the fixture's theorems: what ends up on disk and on the screen. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allureFolder, htmlFolder, junitFile, pictureFile, recordFile, type Places } from '../../src/report/places';
import { readRecords } from '../../src/report/verdicts';
import { elements, parseXml } from '../support/xml';
import { RED, temporaryPlaces } from './fixtures/fixture';
import { runJest, type Run } from './fixtures/run-jest';

jest.setTimeout(60_000);

interface AllureResult {
  readonly name: string;
  readonly description: string;
  readonly status: string;
  readonly historyId: string;
  readonly testCaseId: string;
  readonly labels: readonly { readonly name: string; readonly value: string }[];
  readonly parameters: readonly { readonly name: string; readonly value: string; readonly excluded?: boolean }[];
  readonly steps: readonly {
    readonly attachments: readonly { readonly name: string; readonly type: string; readonly source: string }[];
  }[];
  readonly statusDetails: { readonly message?: string };
}

function allureResults(places: Places): readonly AllureResult[] {
  const names = readdirSync(allureFolder(places)).filter((name) => name.endsWith('-result.json'));
  const results = names.map(
    (name) => JSON.parse(readFileSync(join(allureFolder(places), name), 'utf8')) as AllureResult,
  );
  return results.sort((a, b) => (a.historyId < b.historyId ? -1 : 1));
}

describe('a run with red claims', () => {
  const places = temporaryPlaces(RED);
  const stale = [recordFile(places, 'fixture/stale'), pictureFile(places, 'fixture/stale')];
  let run: Run;
  let results: readonly AllureResult[];
  const result = (id: string): AllureResult => results.find(({ historyId }) => historyId === id)!;

  beforeAll(async () => {
    for (const file of stale) {
      mkdirSync(join(file, '..'), { recursive: true });
      writeFileSync(file, '{}');
    }
    run = await runJest(places, { ASSAY_BUDGET: 'quick' });
    results = allureResults(places);
  });

  test('fails, and says why in the end', () => {
    expect(run.status).toBe(1);
    expect(run.out).toContain('3 claims: 0 upheld, 2 refuted, 1 undecided; 1 green, 2 red');
    expect(run.out).toContain('✗ fixture/dangling names fixture/nowhere as what does hold');
    expect(run.out).toContain('verdict: refuted, recorded: upheld — RED');
    expect(run.err).toContain('Tests:       2 failed, 1 passed, 3 total');
  });

  test('leaves a record a claim, and nothing of earlier runs', () => {
    expect(readRecords(places).map(({ id }) => id)).toEqual([
      'fixture/dangling',
      'fixture/no-witness',
      'fixture/wrongly-recorded',
    ]);
    expect(stale.filter((file) => existsSync(file))).toEqual([]);
  });

  test('draws a picture of every claim that has something to show, and attaches it as one', () => {
    const picture = readFileSync(pictureFile(places, 'fixture/wrongly-recorded'), 'utf8');
    expect(elements(parseXml(picture), 'title')[0]!.text).toMatch(
      /^fixture\/wrongly-recorded: \d+ instances looked at/,
    );
    expect(existsSync(pictureFile(places, 'fixture/no-witness'))).toBe(false);
    const attached = result('fixture/wrongly-recorded').steps.flatMap(({ attachments }) => attachments);
    const [first] = attached;
    expect(first).toMatchObject({ name: 'picture wrongly-recorded.svg', type: 'image/svg+xml' });
    expect(readFileSync(join(allureFolder(places), first!.source), 'utf8')).toBe(picture);
  });

  test('tells other tools the same in JUnit XML', () => {
    const whole = parseXml(readFileSync(junitFile(places), 'utf8'));
    expect(whole.attributes).toMatchObject({ tests: '4', failures: '2', errors: '1' });
    const red = elements(whole, 'testcase').filter((one) => elements(one, 'failure').length > 0);
    expect(red.map(({ attributes }) => attributes['name']!.split(' ')[0])).toEqual(['no-witness', 'wrongly-recorded']);
    expect(elements(whole, 'error')[0]!.attributes['message']).toContain('names fixture/nowhere as what does hold');
  });

  test('makes the HTML report of it, red or not', () => {
    expect(run.out).toMatch(/^HTML: .*allure\/index\.html$/m);
    expect(readdirSync(htmlFolder(places))).toEqual(['index.html']);
  });

  test('gives Allure one result a claim, known by the claim whatever the seed', () => {
    expect(results.map(({ historyId }) => historyId)).toEqual(readRecords(places).map(({ id }) => id));
    expect(results.every(({ historyId, testCaseId }) => historyId === testCaseId)).toBe(true);
    for (const { parameters } of results) {
      expect(parameters).toContainEqual(expect.objectContaining({ name: 'seed', value: '1', excluded: true }));
    }
  });

  test('shows in Allure what is undecided as broken, and a changed verdict as failed', () => {
    expect(result('fixture/dangling').status).toBe('passed');
    expect(result('fixture/wrongly-recorded').status).toBe('failed');
    expect(result('fixture/no-witness').status).toBe('broken');
  });

  test('files claims in Allure by paper, topic and id, with what was found attached', () => {
    const { name, labels, description, steps } = result('fixture/wrongly-recorded');
    for (const [label, value] of [
      ['epic', 'fixture'],
      ['feature', 'red'],
      ['story', 'fixture/wrongly-recorded'],
      ['tag', 'refuted'],
    ]) {
      expect(labels).toContainEqual(expect.objectContaining({ name: label, value }));
    }
    expect(name).toBe('fixture/wrongly-recorded · refuted · Theorem 5');
    expect(description).toContain('**refuted, recorded: upheld — RED**');
    expect(description).toContain('drawn from:\n  a: uniform on the sixteenths from 1/16 to 4\n');
    expect(description).toMatch(/```latex\n.*\n```\n\n[^]*```text\nsimplest witness \(/);
    expect(steps.flatMap(({ attachments }) => attachments.map(({ name }) => name))).toEqual([
      'picture wrongly-recorded.svg',
      'record wrongly-recorded.json',
      'counterexample wrongly-recorded.json',
      'counterexample wrongly-recorded.worst.json',
    ]);
  });
});

const untouched = temporaryPlaces(RED);
test('a setting that means nothing stops the run with one line', async () => {
  const { status, out, err } = await runJest(untouched, { ASSAY_BUDGET: 'slow' });
  expect(status).toBe(2);
  expect(out).toBe('');
  expect(err.trim()).toMatch(/^ASSAY_BUDGET is "slow": expected one of quick, standard, deep$/m);
  expect(err).not.toContain('    at ');
});

test('reports that cannot be written where they should go stop the run with one line', async () => {
  const file = join(untouched.reports, 'file');
  writeFileSync(file, '');
  const { status, out, err } = await runJest({ ...untouched, reports: file }, {});
  expect(status).toBe(2);
  expect(out).toBe('');
  expect(err.trim()).toMatch(/^ASSAY_REPORTS is \S+file, which is no folder and cannot be made one: EEXIST.*$/m);
  expect(err).not.toContain('    at ');
});
