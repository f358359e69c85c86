/** From numbers to positions along an axis, with ticks at numbers that are easy to read. */
import type { Scale } from './figure';
import { multipleText, powerOfTen } from './words';

export interface Tick {
  /** From 0, the axis' beginning, to 1, its end. */
  readonly at: number;
  readonly label: string;
}

export interface Placement {
  /** The position of a number that the axis can show, in [0, 1]. */
  at(x: number): number;
  readonly ticks: readonly Tick[];
}

/** Why an axis leaves a number out. */
export type Reason = 'not finite' | 'not positive' | 'too large';

/** Beyond this size the differences that an axis is made of leave the doubles. */
const LARGEST = 1e300;

/** Why an axis of that scale cannot show the number; `undefined` where it can. */
export function leftOut(scale: Scale, x: number): Reason | undefined {
  if (!Number.isFinite(x)) return 'not finite';
  if (scale === 'log') return x > 0 ? undefined : 'not positive';
  return Math.abs(x) > LARGEST ? 'too large' : undefined;
}

/**
 * An axis that shows all of the values, which it can show, with a little room at both ends. On a `whole` linear axis only
 * whole numbers have ticks.
 */
export function placement(scale: Scale, values: readonly number[], whole = false): Placement {
  if (scale === 'log') return logarithmic(values);
  const sizes = values.map(Math.abs).filter((size) => size > 0);
  return scale === 'symmetric' && sizes.length > 0 ? symmetric(values, sizes) : linear(values, whole);
}

/** How much room is left at either end, as a share of what lies between. */
const ROOM = 0.04;

interface Span {
  readonly low: number;
  readonly high: number;
}

/** Least and greatest of the values; 0 to 1 where there are none. */
function spanOf(values: readonly number[]): Span {
  let [low, high] = [Infinity, -Infinity];
  for (const x of values) [low, high] = [Math.min(low, x), Math.max(high, x)];
  return values.length === 0 ? { low: 0, high: 1 } : { low, high };
}

function roomy({ low, high }: Span): Span {
  const room = ROOM * (high - low);
  return { low: low - room, high: high + room };
}

const share = ({ low, high }: Span, x: number): number => (x - low) / (high - low);

function linear(values: readonly number[], whole: boolean): Placement {
  const span = roomy(widened(spanOf(values)));
  const step = Math.max(niceStep((span.high - span.low) / 6), whole ? 1 : 0);
  const ticks = multiples(span, step).map((k) => ({ at: share(span, k * step), label: multipleText(k, step) }));
  return { at: (x) => share(span, x), ticks };
}

/** A stretch too short to be told from a point becomes a tenth of its size to either side. */
function widened({ low, high }: Span): Span {
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (high - low > Math.max(1e-9 * size, 1e-290)) return { low, high };
  const reach = size > 1e-280 ? size / 10 : 1;
  return { low: low - reach, high: high + reach };
}

/** The least of 1, 2, 5 times a power of ten that is at least `least`. */
function niceStep(least: number): number {
  const power = Math.floor(Math.log10(least) + 1e-9);
  const factor = [1, 2, 5, 10].find((f) => f * 10 ** power >= least * (1 - 1e-9)) ?? 10;
  return Number(`${factor}e${power}`);
}

/** The whole k with k·step inside the span. */
function multiples({ low, high }: Span, step: number): readonly number[] {
  const [first, last] = [Math.ceil(low / step - 1e-9), Math.floor(high / step + 1e-9)];
  return Array.from({ length: last - first + 1 }, (_, j) => first + j + 0);
}

function logarithmic(values: readonly number[]): Placement {
  const inner = spanOf(values.map((x) => Math.log10(x)));
  const point = inner.high - inner.low < 1e-9;
  const span = point ? { low: inner.low - 0.5, high: inner.high + 0.5 } : roomy(inner);
  return { at: (x) => share(span, Math.log10(x)), ticks: logarithmicTicks(span) };
}

/** Whole powers of ten over many decades, 1-2-5 over a few, equal steps within one. */
function logarithmicTicks(span: Span): readonly Tick[] {
  const decades = span.high - span.low;
  if (decades >= 2.5) {
    const step = decades <= 6 ? 1 : niceStep(decades / 6);
    return multiples(span, step).map((k) => ({ at: share(span, k * step), label: powerOfTen(k * step) }));
  }
  if (decades < 0.7 && span.low > -290 && span.high < 300) {
    const numbers = { low: 10 ** span.low, high: 10 ** span.high };
    const step = niceStep((numbers.high - numbers.low) / 6);
    const ks = multiples(numbers, step);
    return ks.map((k) => ({ at: share(span, Math.log10(k * step)), label: multipleText(k, step) }));
  }
  const ticks: Tick[] = [];
  for (let power = Math.floor(span.low); power <= span.high; power++) {
    for (const factor of [1, 2, 5]) {
      const at = share(span, power + Math.log10(factor));
      const label = factor === 1 ? powerOfTen(power) : multipleText(factor, Number(`1e${power}`));
      if (at >= 0 && at <= 1) ticks.push({ at, label });
    }
  }
  return ticks;
}

/** sign(x)·log10(1 + |x|/unit): the unit is the power of ten below the smallest size, at most eight decades below the largest. */
function symmetric(values: readonly number[], sizes: readonly number[]): Placement {
  const { low, high } = spanOf(sizes.map((size) => Math.log10(size)));
  const [least, most] = [Math.max(Math.floor(low), Math.floor(high) - 8, -300), Math.floor(high)];
  const unit = Number(`1e${least}`);
  const transform = (x: number): number => Math.sign(x) * Math.log10(1 + Math.abs(x) / unit);
  const span = roomy(widened(spanOf(values.map(transform))));
  const step = Math.ceil((most - least + 1) / (values.some((x) => x > 0) && values.some((x) => x < 0) ? 3 : 6));
  const powers = Array.from({ length: Math.floor((most - least) / step) + 1 }, (_, j) => most - j * step).reverse();
  const oneSide = powers.map((power) => ({ value: Number(`1e${power}`), label: powerOfTen(power) }));
  const ticks = [
    ...oneSide.map(({ value, label }) => ({ value: -value, label: `−${label}` })).reverse(),
    { value: 0, label: '0' },
    ...oneSide,
  ];
  const middle = share(span, 0);
  const placed = ticks.map(({ value, label }) => ({ at: share(span, transform(value)), label }));
  const apart = placed.filter(({ at }) => at === middle || Math.abs(at - middle) > 0.08);
  return { at: (x) => share(span, transform(x)), ticks: apart.filter(({ at }) => at >= 0 && at <= 1) };
}
