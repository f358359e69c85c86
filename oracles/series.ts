import { magnitude } from '../src/claim/compare';
import type { Series } from '../src/claim/exam';
import type { Reading } from '../src/claim/finding';
import type { Real } from '../src/numerics/arithmetic';

/** Looking a global up is slow inside jest's sandbox, and these are called at every point of every path. */
const { abs, max } = Math;

/** A bound along a path: the values it takes at `from` (0), `from` + 1, …, `from` + `length` − 1. */
export type Bound<N> = (length: number, from?: number) => ArrayLike<N>;

/** |a_t − b| along the path; remembers how large the numbers subtracted were. */
export function distance<N>(R: Reading<N>, a: Series<N>, b: N | Real): Series<N> {
  const target = R.of(b);
  const size = magnitude(R, target);
  if (R.kind === 'doubles') {
    const n = a.values.length;
    const values = new Float64Array(n);
    const scale = new Float64Array(n);
    const [from, to] = [a.values as ArrayLike<unknown> as ArrayLike<number>, target as number];
    const before = a.scale;
    for (let t = 0; t < n; t++) {
      const x = from[t]!;
      values[t] = abs(x - to);
      scale[t] = max(abs(x), size);
      if (before !== undefined) scale[t] = max(scale[t]!, before[t]!);
    }
    return { ...a, values: values as ArrayLike<unknown> as ArrayLike<N>, scale };
  }
  const values = Array.from(a.values, (x) => R.abs(R.sub(x, target)));
  return { ...a, values, scale: Array.from(a.values, (x, t) => Math.max(magnitude(R, x), size, a.scale?.[t] ?? 0)) };
}

/** The product of two series, term by term; it is indexed as the first. */
export function product<N>(R: Reading<N>, a: Series<N>, b: Series<N>): Series<N> {
  const indexed = a.from === undefined ? {} : { from: a.from };
  if (R.kind === 'doubles') {
    const n = a.values.length;
    const values = new Float64Array(n);
    const [x, y] = [a.values, b.values] as unknown as [ArrayLike<number>, ArrayLike<number>];
    for (let t = 0; t < n; t++) values[t] = x[t]! * y[t]!;
    return { ...indexed, values: values as ArrayLike<unknown> as ArrayLike<N> };
  }
  return { ...indexed, values: Array.from(a.values, (x, t) => R.mul(x, b.values[t]!)) };
}

/** A function of each term. For doubles in a hot loop prefer a word that has a fast form. */
export function map<N>(a: Series<N>, f: (x: N) => N): Series<N> {
  return { ...a, values: Array.from(a.values, (x) => f(x)) };
}

/** A function of the terms of two series at the same point. */
export function zip<N>(a: Series<N>, b: Series<N>, f: (x: N, y: N) => N): Series<N> {
  return { ...a, values: Array.from(a.values, (x, t) => f(x, b.values[t]!)) };
}

/** 0, (a₁ − a₀)², (a₁ − a₀)² + (a₂ − a₁)², …: how far the series has moved, in squares. */
export function squaredVariation<N>(R: Reading<N>, a: Series<N>): Series<N> {
  const values: N[] = [R.of(0)];
  for (let t = 1; t < a.values.length; t++) {
    values.push(R.add(values[t - 1]!, R.power(R.sub(a.values[t]!, a.values[t - 1]!), 2)));
  }
  return { values };
}

/** The series, remembering that its terms came out of subtracting numbers of these sizes. */
export function cancelling<N>(R: Reading<N>, a: Series<N>, sizes: Series<N>): Series<N> {
  return { ...a, scale: Array.from(sizes.values, (x) => magnitude(R, x)) };
}

/** first · ratio^t for t = 0, 1, …. */
export function geometric<N>(R: Reading<N>, first: N | Real, ratio: N | Real): Bound<N> {
  return (length, from = 0) => {
    const q = R.of(ratio);
    const start = from === 0 ? R.of(first) : R.mul(first, R.power(q, from));
    if (R.kind === 'doubles') return powers(start as number, q as number, length) as ArrayLike<unknown> as ArrayLike<N>;
    const values: N[] = [];
    for (let t = 0; t < length; t++) values.push(t === 0 ? start : R.mul(values[t - 1]!, q));
    return values;
  };
}

function powers(start: number, ratio: number, length: number): Float64Array {
  const values = new Float64Array(length);
  let value = start;
  for (let t = 0; t < length; t++) {
    values[t] = value;
    value *= ratio;
  }
  return values;
}

/** first · e^{−rate·time} at the times of the path. */
export function exponential<N>(R: Reading<N>, first: N | Real, rate: N | Real, times: Series<N>): Bound<N> {
  const [a, minusRate] = [R.of(first), R.neg(rate)];
  return (length, from = 0) =>
    Array.from({ length }, (_, t) => R.mul(a, R.exp(R.mul(minusRate, times.values[t + from]!))));
}

/** The same number everywhere. */
export function constant<N>(R: Reading<N>, value: N | Real): Bound<N> {
  return (length) => new Array<N>(length).fill(R.of(value));
}

/** factor · a_t. */
export function scaled<N>(R: Reading<N>, factor: N | Real, a: Series<N>): Series<N> {
  const c = R.of(factor);
  const size = magnitude(R, c);
  const rest = a.scale ? { ...a, scale: Array.from(a.scale, (x) => size * x) } : a;
  if (R.kind !== 'doubles') return { ...rest, values: Array.from(a.values, (x) => R.mul(c, x)) };
  const from = a.values as ArrayLike<unknown> as ArrayLike<number>;
  const values = new Float64Array(from.length);
  for (let t = 0; t < values.length; t++) values[t] = (c as number) * from[t]!;
  return { ...rest, values: values as ArrayLike<unknown> as ArrayLike<N> };
}

/** The larger of two numbers. */
export function larger<N>(R: Reading<N>, a: N, b: N): N {
  return R.div(R.add(a, b, R.abs(R.sub(a, b))), 2);
}

/** The times of a path, doubles exactly, in any arithmetic. */
export function timesOf<N>(R: Reading<N>, times: ArrayLike<number>): Series<N> {
  return { values: Array.from(times, (time) => R.of(time)) };
}

/**
 * The rate at which a positive series falls exponentially over the second half of its path, by its two ends;
 * `undefined` where it is 0 at either.
 */
export function lateRate(series: Series<number>, times: Series<number>): number | undefined {
  const last = series.values.length - 1;
  const middle = Math.floor(last / 2);
  const [from, to] = [series.values[middle]!, series.values[last]!];
  if (!(from > 0 && to > 0) || middle === last) return undefined;
  return Math.log(from / to) / (times.values[last]! - times.values[middle]!);
}
