import Ajv from 'ajv';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Claim } from '../../src/claim/exam';
import type { Problem, VerdictRecord } from '../../src/claim/record';
import { jsonText } from '../../src/report/files';
import { merged } from '../../src/report/verdicts';
import { writeCounterexamples } from '../../src/report/write';
import { reach, temporaryPlaces } from './fixtures/fixture';
import * as green from './fixtures/green/theorems/fixture/squares';
import * as red from './fixtures/red/theorems/fixture/red';

const schema = (name: string): object =>
  JSON.parse(readFileSync(join(__dirname, '..', '..', 'src', 'report', name), 'utf8')) as object;
const ajv = new Ajv({ allErrors: true, strictTypes: false });
const isCounterexample = ajv.compile(schema('counterexample.schema.json'));
const isVerdicts = ajv.compile(schema('verdicts.schema.json'));

const places = temporaryPlaces();
const claims: readonly Claim[] = [...Object.values(green), ...Object.values(red)];
const records = claims.map(reach);
const failure = { instance: { a: 1, b: 1 }, what: 'it threw' };
const withFailure: VerdictRecord = { ...reach(green.twiceProduct), verdict: 'undecided', solverFailure: failure };
const settings = { budget: 'standard', seed: 1, solver: 'reference' } as const;
const parsed = (value: unknown): Record<string, unknown> => JSON.parse(jsonText(value)) as Record<string, unknown>;

test('verdicts.json is as its schema says, whatever the verdicts', () => {
  isVerdicts(parsed(merged([...records, withFailure], settings)));
  expect(isVerdicts.errors).toBeNull();
});

test('every kind of problem may be in verdicts.json', () => {
  const kinds: Readonly<Record<Problem['kind'], true>> = {
    'solver wrong': true,
    vacuous: true,
    toothless: true,
    unresolved: true,
    'not approached': true,
    'not sufficient': true,
    error: true,
    endless: true,
    'not found': true,
  };
  const problems = Object.keys(kinds).map((kind) => ({ kind: kind as Problem['kind'], message: '' }));
  isVerdicts(parsed(merged([{ ...records[0]!, problems }], settings)));
  expect(isVerdicts.errors).toBeNull();
});

test('every counterexample file is as its schema says', () => {
  const files = claims.flatMap((claim, k) => writeCounterexamples(claim, records[k]!, places));
  files.push(...writeCounterexamples(green.twiceProduct, withFailure, places));
  const json = files.filter(({ path }) => path.endsWith('.json'));
  expect(json.length).toBeGreaterThan(6);
  for (const { path, text } of json) {
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(JSON.parse(text));
    isCounterexample(JSON.parse(text));
    expect(isCounterexample.errors).toBeNull();
  }
});

test('the schemas refuse a word that no verdict has, a key too many, and a time of day', () => {
  const verdicts = parsed(merged(records, settings));
  expect(isVerdicts({ ...verdicts, when: 'now' })).toBe(false);
  expect(isVerdicts({ ...verdicts, claims: [{ ...records[0]!, verdict: 'proved' }] })).toBe(false);
  expect(isVerdicts({ ...verdicts, claims: [{ ...records[0]!, at: '12:00' }] })).toBe(false);
});

test('claims are sorted by id', () => {
  const ids = merged(records, settings).claims.map(({ id }) => id);
  expect(ids).toEqual([...ids].sort());
});
