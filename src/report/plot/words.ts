/** Numbers and words of a picture: labels of ticks, coordinates, and how wide a text is. */

/** A coordinate in pixels, to a tenth. */
export function px(x: number): string {
  return String(Math.round(x * 10) / 10 + 0);
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** 10 to a whole power: `100`, `0.001`, `10⁶`, `10⁻³⁰`. */
export function powerOfTen(exponent: number): string {
  if (exponent >= -3 && exponent <= 3) return String(Number(`1e${exponent}`));
  return `10${superscript(exponent)}`;
}

function superscript(n: number): string {
  const digits = [...String(Math.abs(n))].map((digit) => SUPERSCRIPTS[Number(digit)]!).join('');
  return n < 0 ? `⁻${digits}` : digits;
}

/** `multiple` times `step`, written with no more digits than the step needs: `−0.25`, `1200`, `3·10⁶`. */
export function multipleText(multiple: number, step: number): string {
  if (multiple === 0) return '0';
  const value = multiple * step;
  const size = Math.abs(value);
  const places = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  if (size < 1e5 && places <= 4) return minus(value.toFixed(places));
  const exponent = Math.floor(Math.log10(size) + 1e-9);
  const mantissa = String(Number((value / 10 ** exponent).toFixed(Math.min(12, Math.max(0, exponent + places)))));
  return minus(`${mantissa === '1' ? '' : mantissa === '-1' ? '-' : `${mantissa}·`}10${superscript(exponent)}`);
}

const minus = (text: string): string => text.replace('-', '−');

/** About how many pixels wide a text is, in a sans-serif font of that size: an estimate that errs on the wide side. */
export function widthOf(text: string, size: number): number {
  return [...text].reduce((sum, sign) => sum + size * (NARROW.has(sign) ? 0.35 : WIDE.has(sign) ? 0.95 : 0.6), 0);
}

const NARROW = new Set(` fijlrtI.,:;'"!|/()[]`);
const WIDE = new Set('mwMW@%—');

/** The text in lines no wider than so many pixels, broken at spaces. A single longer word stays whole. */
export function wrapped(text: string, width: number, size: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)!} ${word}`;
    if (lines.length > 0 && widthOf(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
