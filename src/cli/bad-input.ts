/** What was typed, or a file that was given, means nothing: the command prints the message and ends with status 2. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
}

/** The names nearest to what was given, the nearest first, at most five: for "did you mean". */
export function nearest(given: string, known: readonly string[]): readonly string[] {
  const scored = known.map((name) => ({ name, score: distance(given.toLowerCase(), name.toLowerCase()) }));
  return scored
    .sort((a, b) => a.score - b.score || (a.name < b.name ? -1 : 1))
    .slice(0, 5)
    .map(({ name }) => name);
}

/** Levenshtein's distance; what begins with, ends with or contains the given text counts as close. */
function distance(a: string, b: string): number {
  const bonus = b.includes(a) || b.endsWith(`/${a}`) ? Math.min(a.length, b.length) : 0;
  let row = Array.from({ length: b.length + 1 }, (_, k) => k);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let k = 1; k <= b.length; k++) {
      next.push(Math.min(row[k]! + 1, next[k - 1]! + 1, row[k - 1]! + (a[i - 1] === b[k - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]! - bonus;
}
