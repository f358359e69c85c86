/** What shards of real runs wrote, merged; and the command's answers to what cannot be merged. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import type { Claim } from '../../src/claim/exam';
import {
  allureFolder,
  counterexamplesFolder,
  htmlFolder,
  junitFile,
  picturesFolder,
  recordsFolder,
  resultsFile,
  verdictsFile,
  type Places,
} from '../../src/report/places';
import { count } from '../../src/report/text';
import { merged, readRecords, writeVerdicts } from '../../src/report/verdicts';
import { RED, reach, SEVERAL, temporaryPlaces } from '../report/fixtures/fixture';
import { runJest, type Run } from '../report/fixtures/run-jest';
import * as green from '../report/fixtures/green/theorems/fixture/squares';
import * as red from '../report/fixtures/red/theorems/fixture/red';

jest.setTimeout(300_000);

function merge(
  folders: readonly Places[],
  to: Places,
  environment: Readonly<Record<string, string>> = {},
): { status: number; text: string } {
  const lines: string[] = [];
  const say = (text: string): number => lines.push(text);
  const args = ['merge', ...folders.map(({ reports }) => reports)];
  return { status: main(args, { places: to, environment, say }, say), text: lines.join('\n') };
}

const read = (path: string): string => readFileSync(path, 'utf8');
const ids = (places: Places): readonly string[] => readRecords(places).map(({ id }) => id);

describe('two shards of a run', () => {
  const [first, second, whole, union] = [1, 2, 3, 4].map(() => temporaryPlaces(SEVERAL)) as [
    Places,
    Places,
    Places,
    Places,
  ];
  let shards: readonly Run[];
  let one: Run;
  let found: { status: number; text: string };

  beforeAll(async () => {
    const quick = { ASSAY_BUDGET: 'quick' };
    shards = [await runJest(first, quick, ['--shard=1/2']), await runJest(second, quick, ['--shard=2/2'])];
    one = await runJest(whole, quick);
    mkdirSync(join(union.reports, 'records', 'fixture'), { recursive: true });
    writeFileSync(join(union.reports, 'records', 'fixture', 'stale.json'), '{}');
    found = merge([second, first], union);
  });

  /** What a folder says with times taken out, and with its own name. */
  const timeless = (path: string, places: Places): string =>
    read(path)
      .replace(/"seconds": [0-9.e+-]+/g, '"seconds": 0')
      .replace(/ time="[0-9.]+"/g, '')
      .replaceAll(places.reports.split('/').at(-1)!, 'HERE');
  const filesOf = (folder: string): readonly string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.\w+$/.test(name))
      .sort();

  test('are green each, though claims are missing, and leave RESULTS.md alone', () => {
    for (const { status, out } of shards) {
      expect(status).toBe(0);
      expect(out).not.toContain('✗');
      expect(out).toContain('0 red');
    }
    expect([first, second].some((places) => existsSync(resultsFile(places)))).toBe(false);
  });

  test('divide the claims between them, by files', () => {
    expect([...ids(first), ...ids(second)].sort()).toEqual(ids(whole));
    for (const places of [first, second]) expect(ids(places).length).toBeGreaterThan(0);
    expect(ids(first).includes('fixture/large-square')).toBe(ids(first).includes('fixture/twice-product'));
  });

  test('merge into what one run writes, byte for byte but for times', () => {
    expect(one.status).toBe(0);
    expect(found.status).toBe(0);
    expect(timeless(verdictsFile(union), union)).toBe(timeless(verdictsFile(whole), whole));
    expect(timeless(junitFile(union), union)).toBe(timeless(junitFile(whole), whole));
    for (const folder of [recordsFolder, counterexamplesFolder, picturesFolder]) {
      expect(filesOf(folder(union))).toEqual(filesOf(folder(whole)));
      for (const name of filesOf(folder(whole))) {
        expect(timeless(join(folder(union), name), union)).toBe(timeless(join(folder(whole), name), whole));
      }
    }
  });

  test('leave one result a claim to Allure, and the HTML report is made of these', () => {
    const results = filesOf(allureFolder(union)).filter((name) => name.endsWith('-result.json'));
    const about = results.map(
      (name) => (JSON.parse(read(join(allureFolder(union), name))) as { historyId: string }).historyId,
    );
    expect(about.sort()).toEqual(ids(whole));
    expect(readdirSync(htmlFolder(union))).toEqual(['index.html']);
  });

  test('end with the table and the counts of the whole run', () => {
    const table = (text: string): readonly string[] =>
      text.split('\n').flatMap((line) => /^fixture\/\S+ +(for all|exists) +\w+/.exec(line)?.[0] ?? []);
    expect(table(found.text)).toEqual(table(one.out));
    expect(table(found.text)).toHaveLength(4);
    expect(found.text).toContain('4 claims: 2 upheld, 2 refuted, 0 undecided; 4 green, 0 red');
  });

  test('of which one is left out end with 1 and the claims that are missing', () => {
    const { status, text } = merge([first], temporary);
    expect(status).toBe(1);
    expect(text).toContain(
      `✗ ${count(ids(second).length, 'claim')} of theorems/ in none of the folders: was a shard left out?`,
    );
    expect(text).toContain(`without a verdict: ${ids(second).join(', ')}`);
    expect(text).toContain(`${ids(second).length} without a verdict`);
    expect(read(junitFile(temporary))).toContain('the claim came to no verdict');
  });
  const temporary = temporaryPlaces(SEVERAL);
});

describe('npm run merge', () => {
  const settings = { budget: 'standard', seed: 1, solver: 'reference' } as const;
  const folder = (claims: readonly Claim[], root = SEVERAL): Places => {
    const places = fresh(root);
    writeVerdicts(merged(claims.map(reach), settings), places);
    return places;
  };
  let made = 0;
  const spare = Array.from({ length: 24 }, () => temporaryPlaces(SEVERAL));
  const fresh = (root = SEVERAL): Places => ({ ...spare[made++]!, root });

  test('writes RESULTS.md as a full run does, and in CI compares it', () => {
    const [part, to] = [folder(Object.values(green)), fresh()];
    expect(merge([part], to, { CI: 'true' })).toMatchObject({
      status: 1,
      text: expect.stringContaining('✗ reports/RESULTS.md is missing: run `npm run validate`'),
    });
    expect(merge([part], to).status).toBe(0);
    expect(read(resultsFile(to))).toContain('## On Small Numbers, in Several Files');
    expect(merge([part], to, { CI: 'true' }).status).toBe(0);
  });

  test('ends with 1 for a red claim, though nothing else is wrong', () => {
    const [a, b] = [folder([green.sumOfSquares, green.largeSquare, green.powersAreSmall]), fresh()];
    const problems = [{ kind: 'toothless', message: 'nothing turns it red' }] as const;
    writeVerdicts(merged([{ ...reach(green.twiceProduct), problems }], settings), b);
    const { status, text } = merge([a, b], fresh());
    expect(status).toBe(1);
    expect(text).toContain('3 green, 1 red');
    expect(text).not.toMatch(/^✗/m);
  });

  test('ends with 1 for a corrected claim that does not exist', () => {
    const { dangling, ...others } = red;
    const { status, text } = merge([folder([dangling], RED), folder(Object.values(others), RED)], fresh(RED));
    expect(status).toBe(1);
    expect(text).toContain('✗ fixture/dangling names fixture/nowhere as what does hold');
    expect(text).toContain('3 claims: 0 upheld, 2 refuted, 1 undecided; 1 green, 2 red');
  });

  test('ends with 1 for what is wrong between claims of different shards, each of them green', () => {
    const [a, b] = [folder([green.sumOfSquares, green.largeSquare, green.powersAreSmall]), fresh()];
    const undecided = { ...reach(green.twiceProduct), verdict: 'undecided', recorded: 'undecided' } as const;
    writeVerdicts(merged([undecided], settings), b);
    const { status, text } = merge([a, b], fresh());
    expect(status).toBe(1);
    expect(text).toContain('4 green, 0 red');
    expect(text).toContain(
      '✗ fixture/sum-of-squares names fixture/twice-product as what does hold, but the verdict on',
    );
  });

  test('ends with 1 for a claim that is not in theorems/', () => {
    const strange = { ...green.twiceProduct, id: 'fixture/strange' };
    const { status, text } = merge([folder([...Object.values(green), strange])], fresh());
    expect(status).toBe(1);
    expect(text).toContain('✗ fixture/strange is in the folders, but there is no such claim in theorems/');
  });

  test('refuses with one line, and leaves what is there', () => {
    const to = fresh();
    writeFileSync(verdictsFile(to), 'as it was');
    const [a, b, empty] = [folder([green.twiceProduct]), fresh(), fresh()];
    writeVerdicts(merged([reach(green.sumOfSquares)], { ...settings, seed: 2 }), b);
    for (const [parts, message] of [
      [[], /^expected the folders that shards wrote their reports to$/],
      [[a, empty], /^\S+ has no verdicts\.json: expected a folder that a run of claims wrote to$/],
      [[a, b], /^\S+ and \S+ are no parts of one run \(seed 1 and 2\): .*$/],
    ] as const) {
      const { status, text } = merge(parts, to);
      expect(status).toBe(2);
      expect(text).toMatch(message);
    }
    expect(read(verdictsFile(to))).toBe('as it was');
  });

  test('refuses to write the union over one of its parts', () => {
    const a = folder([green.twiceProduct]);
    const before = read(verdictsFile(a));
    const { status, text } = merge([a], { ...a, reports: join(a.reports, '..', a.reports.split('/').at(-1)!) });
    expect(status).toBe(2);
    expect(text).toContain(
      'is where the union is written: move it aside, or let shards write elsewhere with ASSAY_REPORTS',
    );
    expect(read(verdictsFile(a))).toBe(before);
  });
});
