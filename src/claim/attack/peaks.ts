import { bestOf, type Find } from './search';
import type { Point } from '../draw';

/** So many of the best draws are looked at as beginnings, and so many as what is better than them. */
const BEGINNINGS = 128;
const BETTER = 1024;
/** A peak is this many times as far from anything better as the draws are on average. */
const APART = 2;

/** A point that nothing better is near to, and how far the nearest better one is. */
export interface Peak {
  readonly point: Point;
  readonly width: number;
}

/**
 * The best draw that stands alone: the nearest better point of its cell, among draws and what was `found` by climbing, is
 * twice as far as it is for the draws on average, or there is none (nearest-better clustering: M. Preuss, Niching the
 * CMA-ES via nearest-better clustering, GECCO 2010). All points are of one cell unless told. `undefined` where no draw
 * stands alone, and on a plateau: where the best draw is no better than half of them.
 */
export function peak(
  drawn: readonly Find[],
  found: readonly Find[],
  cellOf: (find: Find) => string = () => '',
): Peak | undefined {
  const sorted = bestOf(drawn, BETTER);
  const middle = sorted[sorted.length >> 1];
  if (!middle || sorted[0]!.value === middle.value) return undefined;
  const beginnings = sorted.slice(0, BEGINNINGS).filter(({ value }) => value > middle.value);
  const widths = beginnings.map((find, k) => {
    const cell = cellOf(find);
    let least = Infinity;
    const near = (other: Find): void => {
      const far = distance(find.point, other.point);
      if (far < least && cellOf(other) === cell) least = far;
    };
    for (let j = 0; j < k; j++) near(sorted[j]!);
    for (const other of found) if (other.value >= find.value) near(other);
    return least;
  });
  const finite = widths.filter(Number.isFinite);
  const usual = finite.reduce((sum, width) => sum + width, 0) / finite.length;
  const first = widths.findIndex((width) => width === Infinity || width > APART * usual);
  return first < 0 ? undefined : { point: beginnings[first]!.point, width: widths[first]! };
}

function distance(a: Point, b: Point): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k]! - b[k]!) ** 2;
  return Math.sqrt(sum);
}
