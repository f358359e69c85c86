import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a file so that a reader sees the whole of it or nothing: beside its place first, then renamed. Makes the
 * folders above it.
 */
export function writeAtomically(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, text);
  renameSync(draft, path);
}

/**
 * JSON with two spaces and a final newline, each row of a matrix on one line. Infinite numbers, which JSON has no word
 * for, become strings.
 */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, finite, 2);
  return `${text.replace(ROW, (row) => row.replace(/\s+/g, ' ').replace('[ ', '[').replace(' ]', ']'))}\n`;
}

/** A list of numbers and fractions that is itself in a list: no text in JSON has the line break before it. */
const ROW = /\[(?<=[[,]\n *\[)\s+(?:(?:-?[\d.eE+-]+|"[\d/+-]+"),?\s+)+\]/g;

/** The one text of a value: keys sorted, no white space. Two files say the same exactly when these are equal. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(JSON.parse(JSON.stringify(value, finite))));
}

/** SHA-256 of the canonical text, in hexadecimal. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

function finite(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
