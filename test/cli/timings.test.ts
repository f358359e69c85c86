import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import type { VerdictRecord } from '../../src/claim/record';
import { merged, writeVerdicts } from '../../src/report/verdicts';
import { readTimings, TIMINGS } from '../../src/shards';
import { reach, temporaryPlaces } from '../report/fixtures/fixture';
import { twiceProduct } from '../report/fixtures/green/theorems/fixture/squares';

const { reports: root } = temporaryPlaces();
const places = { root, reports: join(root, 'reports') };
const record = (id: string, seconds: number): VerdictRecord => ({ ...reach(twiceProduct), id, seconds });

function timings(line = 'timings'): { status: number; text: string } {
  const lines: string[] = [];
  const say = (text: string): number => lines.push(text);
  const status = main(line.split(' '), { places, environment: {}, say }, say);
  return { status, text: lines.join('\n') };
}

const write = (records: readonly VerdictRecord[]): string =>
  writeVerdicts(merged(records, { budget: 'quick', seed: 1, solver: 'reference' }), places);

beforeAll(() => {
  mkdirSync(join(root, 'theorems', 'toy'), { recursive: true });
  const claims = (...ids: readonly string[]): string =>
    ids.map((id, k) => `exports.claim${k} = { type: 'claim', id: 'toy/${id}' };`).join('\n');
  writeFileSync(join(root, 'theorems', 'toy', 'two.ts'), claims('a', 'b'));
  writeFileSync(join(root, 'theorems', 'toy', 'one.ts'), claims('c'));
});
beforeEach(() => rmSync(join(root, TIMINGS), { force: true }));

test('the seconds of a file are those of its claims, to a tenth, and are read back', () => {
  write([record('toy/a', 1.26), record('toy/b', 2.01), record('toy/c', 0.04), record('toy/gone', 50)]);
  expect(timings()).toEqual({ status: 0, text: 'theorems/timings.json: 2 theorem files' });
  expect(readFileSync(join(root, TIMINGS), 'utf8')).toBe(
    '{\n  "theorems/toy/one.ts": 0,\n  "theorems/toy/two.ts": 3.3\n}\n',
  );
  expect(readTimings(root)).toEqual(
    new Map([
      ['theorems/toy/one.ts', 0],
      ['theorems/toy/two.ts', 3.3],
    ]),
  );
});

test('a run that left claims out is refused, and nothing is written', () => {
  write([record('toy/a', 1), record('toy/c', 1)]);
  expect(timings()).toEqual({
    status: 2,
    text: expect.stringMatching(/verdicts\.json lacks 1 of 3 claims, toy\/b among them: run `npm run validate` first$/),
  });
  expect(existsSync(join(root, TIMINGS))).toBe(false);
});

test('no run at all is refused, and so are arguments', () => {
  const path = write([record('toy/a', 1)]);
  rmSync(path);
  expect(timings()).toMatchObject({ status: 2, text: expect.stringContaining('verdicts.json does not exist: run') });
  expect(timings('timings all')).toEqual({ status: 2, text: '"all" is more than this command takes' });
});
