import type { Scale } from './plot/figure';

/** Numbers of more decades than these get an axis that shows decades. */
const DECADES = 2;

/**
 * The scale of an axis for numbers that may be of every size: logarithmic where they are of one sign, positive, and span
 * more than two decades, the outermost twentieth at either end aside; symmetric where they span as much with zeros or
 * negatives among them; otherwise linear.
 */
export function scaleFor(values: readonly number[]): Scale {
  const sizes = sortedSizes(values);
  const quantile = (share: number): number => sizes[Math.round(share * (sizes.length - 1))]!;
  const spans = sizes.length > 1 && Math.log10(quantile(0.95)) - Math.log10(quantile(0.05)) > DECADES;
  if (!spans) return 'linear';
  return values.every((x) => x > 0) ? 'log' : 'symmetric';
}

/** Where zeros are among them, the positive numbers have to span so many decades for an axis that cannot show zeros. */
const DECADES_FOR_ZEROS = 3;

/** On a linear axis as long as this many medians, half of the numbers would lie on one another. */
const MEDIANS = 1000;

/**
 * The scale for the two sides of a comparison along a path: logarithmic where all are positive, or where none is negative,
 * neither side is 0 all along and the positive ones span more than three decades; symmetric where the largest is a
 * thousand times the median in size; otherwise linear. That a path passes through small numbers on its way says nothing.
 */
export function scaleForSides(left: readonly number[], right: readonly number[]): Scale {
  const all = [...left, ...right];
  if (all.every((x) => x > 0)) return 'log';
  const positive = (side: readonly number[]): readonly number[] => side.filter((x) => x > 0 && x < Infinity);
  const both = [positive(left), positive(right)];
  if (all.some((x) => x < 0) || both.some(({ length }) => length < 2)) return swings(all) ? 'symmetric' : 'linear';
  const sizes = sortedSizes(all);
  return Math.log10(sizes.at(-1)!) - Math.log10(sizes[0]!) > DECADES_FOR_ZEROS ? 'log' : 'linear';
}

function swings(values: readonly number[]): boolean {
  const sizes = sortedSizes(values);
  return sizes.length > 0 && sizes.at(-1)! > MEDIANS * sizes[Math.floor(sizes.length / 2)]!;
}

/** The sizes of those that are neither 0 nor infinite, the smallest first. */
function sortedSizes(values: readonly number[]): readonly number[] {
  return values
    .map(Math.abs)
    .filter((size) => size > 0 && size < Infinity)
    .sort((a, b) => a - b);
}
