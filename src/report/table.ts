import { passes, type VerdictRecord } from '../claim/record';
import { count, decimal } from './text';

/** The verdicts as a table of plain text, one line a claim, sorted by id; red claims are marked in the last column. */
export function verdictTable(records: readonly VerdictRecord[]): readonly string[] {
  const rows = [...records]
    .sort(byId)
    .map((record) => [
      record.id,
      record.form,
      record.verdict,
      record.simplest?.grade ?? '',
      record.tightest ? decimal(record.tightest.sample.violation, 2) : '',
      String(record.instances),
      record.seconds.toFixed(1),
      passes(record) ? '' : '✗ RED',
    ]);
  const header = ['claim', 'form', 'verdict', 'grade', 'violation', 'instances', 'seconds', ''];
  return aligned([header, ...rows], new Set([4, 5, 6]));
}

/** Columns padded to one width, those in `right` on the left; no white space at the ends of lines. */
export function aligned(
  rows: readonly (readonly string[])[],
  right: ReadonlySet<number> = new Set(),
): readonly string[] {
  const widths = (rows[0] ?? []).map((_, k) => Math.max(...rows.map((row) => row[k]!.length)));
  return rows.map((row) =>
    row
      .map((cell, k) => (right.has(k) ? cell.padStart(widths[k]!) : cell.padEnd(widths[k]!)))
      .join('  ')
      .trimEnd(),
  );
}

/** How many claims came to what: `6 claims: 4 upheld, 2 refuted, 0 undecided`. `failed`: how many came to nothing. */
export function verdictCounts(records: readonly VerdictRecord[], failed = 0): string {
  const of = (verdict: string): number => records.filter((record) => record.verdict === verdict).length;
  const [seen, unseen] = [of('reproduced'), of('not reproduced')];
  const experiments = seen + unseen === 0 ? '' : `, ${seen} reproduced, ${unseen} not reproduced`;
  const verdicts = `${of('upheld')} upheld, ${of('refuted')} refuted${experiments}, ${of('undecided')} undecided`;
  return `${count(records.length + failed, 'claim')}: ${verdicts}${failed === 0 ? '' : `, ${failed} without a verdict`}`;
}

/** The same, and how many of their tests are green and red. */
export function countsLine(records: readonly VerdictRecord[], failed = 0): string {
  const green = records.filter(passes).length;
  return `${verdictCounts(records, failed)}; ${green} green, ${records.length - green + failed} red`;
}

/** Ids in the order of every report. */
export function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
