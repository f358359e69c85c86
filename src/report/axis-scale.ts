import type { Scale } from './plot/figure';

/** Numbers of more decades than these get an axis that shows decades. */
const DECADES = 2;

/**
 * The scale of an axis for numbers that may be of every size: logarithmic where they are of one sign, positive, and span
 * more than two decades, the outermost twentieth at either end aside; symmetric where they span as much with zeros or
 * negatives among them; otherwise linear.
 */
export function scaleFor(values: readonly number[]): Scale {
  const sizes = values
    .map(Math.abs)
    .filter((size) => size > 0 && size < Infinity)
    .sort((a, b) => a - b);
  const quantile = (share: number): number => sizes[Math.round(share * (sizes.length - 1))]!;
  const spans = sizes.length > 1 && Math.log10(quantile(0.95)) - Math.log10(quantile(0.05)) > DECADES;
  if (!spans) return 'linear';
  return values.every((x) => x > 0) ? 'log' : 'symmetric';
}

/** Where zeros are among them, the positive numbers have to span so many decades for an axis that cannot show zeros. */
const DECADES_FOR_ZEROS = 3;

/**
 * The scale for the two sides of a comparison along a path: logarithmic where all are positive, or where none is negative,
 * neither side is 0 all along and the positive ones span more than three decades; otherwise as {@link scaleFor} says.
 */
export function scaleForSides(left: readonly number[], right: readonly number[]): Scale {
  const all = [...left, ...right];
  if (all.every((x) => x > 0)) return 'log';
  const positive = (side: readonly number[]): readonly number[] => side.filter((x) => x > 0 && x < Infinity);
  const both = [positive(left), positive(right)];
  if (all.some((x) => x < 0) || both.some(({ length }) => length < 2)) return scaleFor(all);
  const logs = both.flat().map((x) => Math.log10(x));
  return Math.max(...logs) - Math.min(...logs) > DECADES_FOR_ZEROS ? 'log' : 'linear';
}
