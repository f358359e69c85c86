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
 * The best draw that stands alone: the nearest better point, among draws and what was `found` by climbing, is twice as
 * far as it is for the draws on average (nearest-better clustering: M. Preuss, Niching the CMA-ES via nearest-better
 * clustering, GECCO 2010). `undefined` where there is none, and on a plateau: where the best draw is no better than half
 * of them.
 */
export function peak(drawn: readonly Find[], found: readonly Find[]): Peak | undefined {
  const sorted = bestOf(drawn, BETTER);
  const middle = sorted[sorted.length >> 1];
  if (!middle || sorted[0]!.value === middle.value) return undefined;
  const beginnings = sorted.slice(0, BEGINNINGS).filter(({ value }) => value > middle.value);
  const widths = beginnings.map(({ point, value }, k) => {
    const better = [...sorted.slice(0, k), ...found.filter((find) => find.value >= value)];
    return better.reduce((least, other) => Math.min(least, distance(point, other.point)), Infinity);
  });
  const finite = widths.filter(Number.isFinite);
  const usual = finite.reduce((sum, width) => sum + width, 0) / finite.length;
  const first = widths.findIndex((width) => width === Infinity || width > APART * usual);
  return first < 0 ? undefined : { point: beginnings[first]!.point, width: widths[first]! };
}

const distance = (a: Point, b: Point): number => Math.hypot(...a.map((u, k) => u - b[k]!));
