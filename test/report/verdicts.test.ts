import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { crossProblems, readRecords } from '../../src/report/verdicts';
import { resultsText, settleResults } from '../../src/report/results';
import { resultsFile } from '../../src/report/places';
import { writeRecord } from '../../src/report/write';
import { reach, temporaryPlaces } from './fixtures/fixture';
import { sumOfSquares, twiceProduct } from './fixtures/green/theorems/fixture/squares';
import { dangling } from './fixtures/red/theorems/fixture/red';

const places = temporaryPlaces();
const [refuted, upheld, lost] = [reach(sumOfSquares), reach(twiceProduct), reach(dangling)];
const titles = new Map([['fixture', 'On Small Numbers']]);

test('records are read back as they were written, by id', () => {
  writeRecord(upheld, places);
  writeRecord(refuted, places);
  expect(readRecords(places)).toEqual(JSON.parse(JSON.stringify([refuted, upheld])));
});

test('a corrected claim that does not exist is an error', () => {
  expect(crossProblems([lost], new Set([lost.id]))).toEqual([
    'fixture/dangling names fixture/nowhere as what does hold, but there is no such claim',
  ]);
});

test('a corrected claim that is not upheld is an error', () => {
  expect(crossProblems([refuted, { ...upheld, verdict: 'undecided' }], undefined)).toEqual([
    'fixture/sum-of-squares names fixture/twice-product as what does hold, but the verdict on that is undecided',
  ]);
});

test('a corrected claim that the run left out is not looked at', () => {
  expect(crossProblems([refuted], new Set([refuted.id, upheld.id]))).toEqual([]);
  expect(crossProblems([refuted, upheld], undefined)).toEqual([]);
});

test('RESULTS.md has a table a paper and no times', () => {
  const text = resultsText([upheld, { ...refuted, seconds: 123.456 }], titles);
  expect(text).toContain('## On Small Numbers\n\n2 claims: 1 upheld, 1 refuted, 0 undecided.');
  expect(text).toContain(
    '| sum-of-squares | Theorem 1 | for all | **refuted** | exact | a = 1, b = 1: left = 4 > right = 2 | twice-product |\n' +
      String.raw`| twice-product | Lemma 2, \|its\| first part | for all | upheld |  |  |  |`,
  );
  expect(text).not.toContain('123');
});

test('RESULTS.md is written when asked, and otherwise compared', () => {
  const path = resultsFile(places);
  const records = [refuted, upheld];
  expect(settleResults(records, titles, path, 'check')[0]).toMatch(/is missing: run `npm run validate`/);
  expect(existsSync(path)).toBe(false);
  expect(settleResults(records, titles, path, 'write')).toEqual([]);
  expect(settleResults(records, titles, path, 'check')).toEqual([]);
  writeFileSync(path, readFileSync(path, 'utf8').replace('**refuted**', 'upheld'));
  expect(settleResults(records, titles, path, 'check')[0]).toMatch(
    /differs from this run at line 16: run `npm run validate`/,
  );
});
