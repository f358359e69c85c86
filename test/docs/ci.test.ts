/** What docs/ci.md tells a reader to type is understood. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { settingsFrom } from '../../src/claim/budget';

const ROOT = join(__dirname, '..', '..');
const page = readFileSync(join(ROOT, 'docs', 'ci.md'), 'utf8');
const all = (pattern: RegExp): readonly string[] => [...new Set([...page.matchAll(pattern)].map(([, one]) => one!))];

/** The one formula that the page has for the seed of a day, as a shell reads it. */
const [formula, ...others] = all(/\$\((date[^)]*)\)/g);

describe('the seed of the day', () => {
  test('is one formula, in the workflow and in the text', () => {
    expect(others).toEqual([]);
    expect(page).toContain(`ASSAY_SEED=$(${formula})`);
    expect(page).toContain(`seed=$(${formula})" >> "$GITHUB_OUTPUT"`);
  });

  test('is a valid ASSAY_SEED, today', () => {
    const seed = execFileSync('sh', ['-c', formula!], { encoding: 'utf8' }).trim();
    expect(settingsFrom({ ASSAY_SEED: seed }).seed).toBe(Number(seed));
  });

  test('is a valid ASSAY_SEED until the year 9999, another one every day, and the day that the page gives', () => {
    const format = /^date -u \+(\S+)$/.exec(formula!)![1]!;
    const seedOf = (year: string, month: string, day: string): string =>
      format.replace('%Y', year).replace('%m', month).replace('%d', day);
    for (const seed of [seedOf('2026', '11', '21'), seedOf('2027', '01', '01'), seedOf('9999', '12', '31')]) {
      expect(seed).toMatch(/^\d+$/);
      expect(settingsFrom({ ASSAY_SEED: seed }).seed).toBe(Number(seed));
    }
    const days = ['01', '28'].flatMap((day) =>
      ['01', '12'].flatMap((month) => ['2026', '2027'].map((y) => seedOf(y, month, day))),
    );
    expect(new Set(days).size).toBe(days.length);
    expect(page).toContain(`ASSAY_SEED=${seedOf('2026', '11', '21')} `);
  });
});

test('every setting and every value shown is one', () => {
  const known = new Set(all(/\b(ASSAY_[A-Z]+)\b/g));
  expect(known).toEqual(new Set(['ASSAY_BUDGET', 'ASSAY_SEED', 'ASSAY_SOLVER', 'ASSAY_REPORTS']));
  for (const budget of all(/ASSAY_BUDGET=(\w+)/g))
    expect(settingsFrom({ ASSAY_BUDGET: budget }).budget.name).toBe(budget);
  const [scheduled, otherwise] = /ASSAY_BUDGET: .*&& '(\w+)' \|\| '(\w+)'/.exec(page)!.slice(1);
  for (const budget of [scheduled, otherwise]) expect(settingsFrom({ ASSAY_BUDGET: budget }).budget.name).toBe(budget);
  const [seed] = /ASSAY_SEED: .*\|\| '(\w+)'/.exec(page)!.slice(1);
  expect(settingsFrom({ ASSAY_SEED: seed }).seed).toBe(1);
});

test('every shard of the workflow is asked for once, out of as many as there are', () => {
  const shards = /shard: \[([\d, ]+)\]/.exec(page)![1]!.split(', ').map(Number);
  const count = Number(/--shard=\$\{\{ matrix\.shard \}\}\/(\d+)/.exec(page)![1]);
  expect(shards).toEqual(Array.from({ length: count }, (_, k) => k + 1));
});

test('every file that the page links to is there', () => {
  const links = all(/\]\(([^)#]+)/g).filter((link) => !link.startsWith('http'));
  expect(links.length).toBeGreaterThan(0);
  for (const link of links) expect(existsSync(join(dirname(join(ROOT, 'docs', 'ci.md')), link))).toBe(true);
});
