import type { Real } from '../numerics/arithmetic';
import { parseReal, ratioText, toDouble } from '../numerics/real';
import { complexity, simplerReals } from './simpler';

/** Rows of entries, as in JSON. A vector is one row. */
export type Rows = readonly (readonly Real[])[];

/** How hard the entries are to write down: a zero, too, takes room. */
export function complexityOfRows(rows: Rows): number {
  return rows.reduce((sum, row) => row.reduce<number>((total, entry) => total + 1 + complexity(entry), sum), 0);
}

/** At most so many rows, and so many columns, are tried as zeros. */
const ZEROED = 16;

/**
 * The same shape with simpler structure: zero, the identity (ones on the diagonal, where it is not square), ones, the
 * diagonal part, a row or a column zero, all entries rounded to whole numbers, halves and quarters. A symmetric matrix
 * stays one. Only what is simpler.
 */
export function simplerStructures(rows: Rows): readonly Rows[] {
  const [r, c] = [rows.length, rows[0]!.length];
  const made = (entry: (i: number, j: number) => Real): Rows =>
    Array.from({ length: r }, (_, i) => Array.from({ length: c }, (__, j) => entry(i, j)));
  const without = (zero: (i: number, j: number) => boolean): Rows => made((i, j) => (zero(i, j) ? 0 : rows[i]![j]!));
  const symmetric = isSymmetric(rows);
  const first = (n: number): readonly number[] => Array.from({ length: Math.min(n, ZEROED) }, (_, k) => k);
  const zeroed = symmetric
    ? first(r).map((k) => without((i, j) => i === k || j === k))
    : [...first(r).map((k) => without((i) => i === k)), ...first(c).map((k) => without((_, j) => j === k))];
  const rounded = [1, 2, 4].map((parts) =>
    made((i, j) => {
      const x = Math.round(toDouble(rows[i]![j]!) * parts) / parts;
      return Number.isFinite(x) && x !== 0 ? x : 0;
    }),
  );
  const candidates = [
    made(() => 0),
    ...(r > 1 ? [made((i, j) => (i === j ? 1 : 0))] : []),
    made(() => 1),
    ...(r > 1 ? [without((i, j) => i !== j)] : []),
    ...zeroed,
    ...rounded,
  ];
  const limit = complexityOfRows(rows);
  const distinct = new Map(candidates.map((candidate) => [JSON.stringify(candidate), candidate]));
  return [...distinct.values()].filter((candidate) => complexityOfRows(candidate) < limit);
}

/** So many candidates with one entry simpler at most, shared out between the entries. */
const CANDIDATES = 240;

/**
 * The same entries but one, which is simpler, of each entry the simplest first. Of a symmetric matrix first the entry
 * across the diagonal with it, then every entry off the diagonal alone as zero. At most {@link CANDIDATES} either way.
 */
export function* simplerEntries(rows: Rows): Iterable<Rows> {
  const symmetric = isSymmetric(rows);
  const all = rows.flatMap((row, i) => row.flatMap((x, j) => (complexity(x) === 0 ? [] : [[i, j] as const])));
  const places = symmetric ? all.filter(([i, j]) => i <= j) : all;
  const each = Math.max(1, Math.floor(CANDIDATES / Math.max(1, places.length)));
  const changed = (simpler: Real, changes: (k: number, l: number) => boolean): Rows =>
    rows.map((row, k) => row.map((entry, l) => (changes(k, l) ? simpler : entry)));
  for (const [i, j] of places.slice(0, CANDIDATES)) {
    for (const simpler of simplerReals(rows[i]![j]!).slice(0, each)) {
      yield changed(simpler, (k, l) => (k === i && l === j) || (symmetric && k === j && l === i));
    }
  }
  if (!symmetric) return;
  for (const [i, j] of all.filter((place) => place[0] !== place[1]).slice(0, CANDIDATES)) {
    yield changed(0, (k, l) => k === i && l === j);
  }
}

/** Square, with at least two rows, and equal to its transpose exactly. */
function isSymmetric(rows: Rows): boolean {
  if (rows.length < 2 || rows.some((row) => row.length !== rows.length)) return false;
  const text = (x: Real): string => ratioText(parseReal(x));
  return rows.every((row, i) => row.every((entry, j) => j >= i || text(entry) === text(rows[j]![i]!)));
}
