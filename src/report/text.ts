/** Numbers, instances and comparisons in words: what every report is made of. Plain functions from data to text. */
import type { Instance } from '../claim/exam';
import type { Relation, Sample, Value } from '../claim/finding';
import type { JsonValue } from '../claim/space';
import { isReal, lowestTerms, parseReal, ratioText, toDouble } from '../numerics/real';

/** An exact value is printed as a fraction up to this length, and in decimals beyond. */
const LONGEST_FRACTION = 40;

/** A double as its shortest decimals up to `digits` significant ones: `0.4865`, `1.43e-318`. */
export function decimal(x: number | string, digits = 6): string {
  if (typeof x === 'string' || !Number.isFinite(x)) return String(x).replace('Infinity', '∞');
  const rounded = Number(x.toPrecision(digits));
  const size = Math.abs(rounded);
  const text = size !== 0 && (size < 1e-4 || size >= 1e9) ? rounded.toExponential() : String(rounded);
  return text.replace('-', '−').replace('e+', 'e').replace(/e-/, 'e−');
}

/** One side of a comparison: its fraction where that is short, decimals where they are known, otherwise its enclosure. */
export function valueText({ lower, upper, exact }: Value, digits = 6): string {
  if (exact !== undefined && exact.length <= LONGEST_FRACTION) return exact;
  const [low, high] = [decimal(lower, digits), decimal(upper, digits)];
  if (low === high) return low;
  const [a, b] = [Number(lower), Number(upper)];
  return b - a <= 1e-6 * Math.max(Math.abs(a), Math.abs(b)) ? decimal(middle(a, b), digits) : `[${low}, ${high}]`;
}

/** Both sides with as many digits as it takes to tell them apart. */
function sidesText({ left, right }: Sample): readonly [string, string] {
  const enough = [6, 9, 12, 17].find((digits) => valueText(left, digits) !== valueText(right, digits)) ?? 17;
  return [valueText(left, enough), valueText(right, enough)];
}

/** `r = 1, d = 1/2, W = [[1, 0], [0, 3/5]]`; doubles in full, so that the text can be typed in again. */
export function instanceText(instance: Instance): string {
  return Object.entries(instance)
    .map(([name, value]) => `${name} = ${jsonValueText(value)}`)
    .join(', ');
}

function jsonValueText(value: JsonValue): string {
  if (typeof value !== 'object') return String(value);
  return `[${value.map(jsonValueText).join(', ')}]`;
}

/** An instance for a picture: `r = 0.3456, d = 1/2`, to four digits; vectors and matrices only by their size. */
export function shortInstanceText(instance: Instance): string {
  return Object.entries(instance)
    .map(([name, value]) => shortText(name, value))
    .join(', ');
}

function shortText(name: string, value: JsonValue): string {
  if (typeof value === 'string' && (value.length <= 9 || !isReal(value))) return `${name} = ${value}`;
  if (typeof value !== 'object') return `${name} = ${decimal(toDouble(value), 4)}`;
  const [first] = value;
  return typeof first === 'object'
    ? `${name} is ${value.length} × ${first.length}`
    : `${name} has ${count(value.length, 'number')}`;
}

/** What stands between the sides when the relation is broken. */
export const BROKEN: Readonly<Record<Relation, string>> = { '≤': '>', '<': '≥', '=': '≠' };

/** The comparison as it came out: `left = 973/2000 > right = 3/20 at t = 1`. */
export function sampleText(sample: Sample, breaks: boolean): string {
  const { part, relation, at } = sample;
  const [left, right] = sidesText(sample);
  const sign = breaks ? BROKEN[relation] : relation;
  const where = `${at === 0 ? '' : ` at index ${at}`}${part === '' ? '' : ` (${part})`}`;
  return `left = ${left} ${sign} right = ${right}${where}`;
}

/** By how much a comparison is broken: the difference, and the ratio of the sides where they have one sign. */
export function excessText({ relation, left, right }: Sample): string {
  const [l, r] = [middle(left.lower, left.upper), middle(right.lower, right.upper)];
  const difference = exactDifference(left, right) ?? `about ${decimal(Math.abs(l - r), 3)}`;
  const words = `${relation === '=' ? 'the sides differ by' : 'by'} ${difference}`;
  if (!(l * r > 0)) return words;
  return `${words}; left/right is about ${decimal(l / r, 3)}`;
}

function exactDifference(left: Value, right: Value): string | undefined {
  if (left.exact === undefined || right.exact === undefined) return undefined;
  const [a, b] = [parseReal(left.exact), parseReal(right.exact)];
  const top = a.numerator * b.denominator - b.numerator * a.denominator;
  const text = ratioText(lowestTerms(top < 0n ? -top : top, a.denominator * b.denominator));
  return text.length <= LONGEST_FRACTION / 2 ? text : undefined;
}

/** A whole number with its noun: `1 claim`, `2 claims`. */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

/**
 * Text in lines of at most `width` characters, broken between words (a longer word stays whole). The first line begins
 * with `indent`, the others two spaces further in.
 */
export function wrapped(text: string, indent = '', width = 120): readonly string[] {
  const lines: string[] = [];
  let line = indent;
  let empty = true;
  for (const word of oneLine(text).split(' ')) {
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = `${indent}  `;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}

/** LaTeX as one line. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function middle(lower: number | string, upper: number | string): number {
  const [low, high] = [Number(lower), Number(upper)];
  return low === high ? low : low / 2 + high / 2;
}
