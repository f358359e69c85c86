import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonText } from '../../src/report/files';
import { readVerdicts, UnusableVerdicts } from '../../src/report/read-verdicts';
import { merged, writeVerdicts } from '../../src/report/verdicts';
import { reach, temporaryPlaces } from './fixtures/fixture';
import * as green from './fixtures/green/theorems/fixture/squares';

const places = temporaryPlaces();
const records = Object.values(green).map(reach);
const verdicts = merged(records, { budget: 'standard', seed: 1, solver: 'reference' });
const first = verdicts.claims[0]!;

test('what a run wrote is read as it was written', () => {
  const path = writeVerdicts(verdicts, places);
  expect(jsonText(readVerdicts(path))).toBe(jsonText(verdicts));
});

test.each([
  ['cut off', jsonText(verdicts).slice(0, 300), /is no JSON, or was cut off \(.*\)/],
  ['null', 'null', /is not what a run writes \(it must be object\)/],
  ['a list', '[]', /is not what a run writes \(it must be object\)/],
  ['of another schema', jsonText({ ...verdicts, schema: 2 }), /has schema 2, and this program reads schema 1/],
  ['without claims', jsonText({ ...verdicts, claims: undefined }), /must have required property 'claims'/],
  ['with claims that are no list', jsonText({ ...verdicts, claims: 1 }), /\(\/claims must be array\)/],
  ['with a key too many', jsonText({ ...verdicts, when: 'now' }), /must NOT have additional properties: when/],
  [
    'with a verdict that is none',
    jsonText({ ...verdicts, claims: [{ ...first, verdict: 'proved' }] }),
    /\(fixture\/large-square\/verdict must be equal to one of the allowed values\)/,
  ],
  [
    'with teeth that are no lists',
    jsonText({ ...verdicts, claims: [{ ...first, teeth: {} }] }),
    /\(fixture\/large-square\/teeth must have required property 'caught'\)/,
  ],
  ['with a claim twice', jsonText({ ...verdicts, claims: [first, first] }), /\(fixture\/large-square is there twice\)/],
])('a file %s is refused in one line that says what to do', (_what, text, message) => {
  const path = join(places.reports, 'other.json');
  writeFileSync(path, text);
  const reading = (): unknown => readVerdicts(path, 'reports/verdicts.json');
  expect(reading).toThrow(UnusableVerdicts);
  expect(reading).toThrow(message);
  expect(reading).toThrow(/^reports\/verdicts\.json .*: run `npm run validate` first$/);
});

test('a file that is not there is told from one that cannot be read', () => {
  expect(() => readVerdicts(join(places.reports, 'nowhere.json'))).toThrow(/nowhere\.json does not exist: run/);
  expect(() => readVerdicts(places.reports)).toThrow(/cannot be read \(.*directory.*\): run/);
});
