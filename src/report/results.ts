import { existsSync, readFileSync } from 'node:fs';
import { witnessBreaks, type VerdictRecord } from '../claim/record';
import { falseAlarmText } from './chance-text';
import { writeAtomically } from './files';
import { byId, verdictCounts } from './table';
import { instanceText, oneLine, sampleText } from './text';

/**
 * RESULTS.md: every claim with its verdict, a table a paper. `titles` by paper. No times and nothing that depends on
 * the seed but the witnesses.
 */
export function resultsText(records: readonly VerdictRecord[], titles: ReadonlyMap<string, string>): string {
  const sorted = [...records].sort(byId);
  const papers = [...new Set(sorted.map(({ paper }) => paper))];
  const chance = falseAlarmText(sorted);
  const lines = [
    '# Results',
    '',
    'Every claim and the verdict on it, with the reference solvers, the standard budget and seed 1. `upheld` is no proof:',
    'no instance tried breaks the claim. `refuted` comes with an instance that meets every hypothesis and breaks the',
    'conclusion by more than every error in computing it. This page is written by `npm run validate` and checked by',
    '`npx jest`.',
    '',
    `${verdictCounts(sorted)}.`,
    ...(chance === '' ? [] : ['', `${chance[0]!.toUpperCase()}${chance.slice(1)}.`]),
    ...papers.flatMap((paper) =>
      section(
        titles.get(paper) ?? paper,
        sorted.filter((record) => record.paper === paper),
      ),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function section(title: string, records: readonly VerdictRecord[]): readonly string[] {
  const rows = records.map((record) => `| ${cells(record).map(escaped).join(' | ')} |`);
  return [
    '',
    `## ${title}`,
    '',
    `${verdictCounts(records)}.`,
    '',
    '| claim | place | form | verdict | certificate | simplest witness | what does hold |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
  ];
}

function cells(record: VerdictRecord): readonly string[] {
  const { id, where, form, verdict, simplest, corrected } = record;
  const name = id.slice(id.indexOf('/') + 1);
  const breaks = witnessBreaks(form);
  const witness = simplest ? `${instanceText(simplest.instance)}: ${sampleText(simplest.sample, breaks)}` : '';
  const others = corrected.map((other) =>
    other.startsWith(`${record.paper}/`) ? other.slice(record.paper.length + 1) : other,
  );
  return [
    name,
    oneLine(where),
    form,
    verdict === 'upheld' || verdict === 'reproduced' ? verdict : `**${verdict}**`,
    simplest?.grade ?? '',
    witness,
    others.join(', '),
  ];
}

const escaped = (cell: string): string => cell.replaceAll('|', '\\|');

/** Writes the page, or says in one line how the one on disk differs. */
export function settleResults(
  records: readonly VerdictRecord[],
  titles: ReadonlyMap<string, string>,
  path: string,
  mode: 'write' | 'check',
): readonly string[] {
  const text = resultsText(records, titles);
  const found = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  if (found === text) return [];
  if (mode === 'write') {
    writeAtomically(path, text);
    return [];
  }
  const what = found === undefined ? 'is missing' : `differs from this run at line ${firstDifference(found, text)}`;
  return [`reports/RESULTS.md ${what}: run \`npm run validate\`, look at what changed, and commit it`];
}

function firstDifference(a: string, b: string): number {
  const [x, y] = [a.split('\n'), b.split('\n')];
  return 1 + x.findIndex((line, k) => line !== y[k] || (k === x.length - 1 && y.length > x.length));
}
