import { lessThan, outcomeOf, sampleOf, strained, violationOf, withSides } from '../src/claim/compare';
import type { Series } from '../src/claim/exam';
import {
  all,
  NOTHING,
  part,
  SCREEN,
  type Finding,
  type Reading,
  type Relation,
  type Sample,
  type Strain,
} from '../src/claim/finding';
import type { Bound } from './series';

/** Looking a global up is slow inside jest's sandbox, and these are called at every point of every path. */
const { abs, max } = Math;
/** Imported constants may be behind a getter, which is slow in a loop: this one is not. */
const BLUR = SCREEN;

/** At every point of the path: left ≤ right. */
export function along<N>(R: Reading<N>, left: Series<N>, right: Bound<N> | Series<N>): Finding {
  return everywhere(R, '≤', left, right);
}

/** At every point of the path: left ≥ right. */
export function atLeast<N>(R: Reading<N>, left: Series<N>, right: Bound<N>): Finding {
  const from = left.from ?? 0;
  return everywhere(R, '≤', { values: right(left.values.length, from), from }, left);
}

/** At every point of the path: left = right. */
export function identical<N>(R: Reading<N>, left: Series<N>, right: Bound<N> | Series<N>): Finding {
  return everywhere(R, '=', left, right);
}

/** From every point of the path to the next the series does not decrease. */
export function increasing<N>(R: Reading<N>, series: Series<N>): Finding {
  return everywhere(R, '≤', { ...head(series), from: (series.from ?? 0) + 1 }, tail(series));
}

/** From every point of the path to the next the series does not increase. */
export function decreasing<N>(R: Reading<N>, series: Series<N>): Finding {
  return everywhere(R, '≤', tail(series), head(series));
}

/** From every point to the next: the series after the step is at most the bound, which is made of it before the step. */
export function eachStep<N>(R: Reading<N>, series: Series<N>, bound: (before: Series<N>) => Series<N>): Finding {
  return everywhere(R, '≤', tail(series), bound(head(series)));
}

/** Somewhere from one point to the next the series decreases strictly, and somewhere it increases strictly. */
export function fallsAndRises<N>(R: Reading<N>, series: Series<N>): Finding {
  const values = Array.from(series.values, (x) => R.enclosure(x).lower);
  const steps = values.slice(1).map((value, t) => value - values[t]!);
  if (steps.length === 0) return NOTHING;
  const fall = steps.indexOf(Math.min(...steps));
  const rise = steps.indexOf(Math.max(...steps));
  const after = (series.from ?? 0) + 1;
  return all(
    part('falls', lessThan(R, series.values[fall + 1]!, series.values[fall]!, fall + after)),
    part('rises', lessThan(R, series.values[rise]!, series.values[rise + 1]!, rise + after)),
  );
}

/** The series without its last point. */
export function head<N>(series: Series<N>): Series<N> {
  return slice(series, 0, -1);
}

/** The series without its first point; what is found about it is reported at the points' own indices. */
export function tail<N>(series: Series<N>): Series<N> {
  return { ...slice(series, 1), from: (series.from ?? 0) + 1 };
}

function slice<N>(series: Series<N>, begin: number, end?: number): Series<N> {
  const cut = <T>(array: ArrayLike<T>): ArrayLike<T> =>
    array instanceof Float64Array ? (array.subarray(begin, end) as never) : Array.from(array).slice(begin, end);
  const { values, scale } = series;
  return { ...series, values: cut(values), ...(scale ? { scale: cut(scale) } : {}) };
}

/**
 * One comparison at every point, in any arithmetic. In doubles this is one loop without an object a point.
 */
export function everywhere<N>(
  R: Reading<N>,
  relation: Relation,
  left: Series<N>,
  right: Bound<N> | Series<N>,
): Finding {
  const offset = left.from ?? 0;
  const bound: Series<N> = typeof right === 'function' ? { values: right(left.values.length, offset) } : right;
  if (bound.values.length !== left.values.length) {
    throw new RangeError(`a series of ${left.values.length} points is compared with one of ${bound.values.length}`);
  }
  const finding =
    R.kind === 'doubles'
      ? screenAlong(R as unknown as Reading<number>, relation, left as never, bound as never, offset)
      : decideAlong(R, relation, left, bound);
  return R.sides === true ? withSides(R, finding, relation, left, strainedAll(R, relation, bound), offset) : finding;
}

function strainedAll<N>(R: Reading<N>, relation: Relation, right: Series<N>): Series<N> {
  return R.strain ? { ...right, values: Array.from(right.values, (x) => strained(R, relation, x)) } : right;
}

function decideAlong<N>(R: Reading<N>, relation: Relation, left: Series<N>, right: Series<N>): Finding {
  const offset = left.from ?? 0;
  const counts = { holds: 0, equal: 0, breaks: 0, unresolved: 0 };
  let worstViolation = -Infinity;
  let [worst, first, unresolvedFirst, unresolvedLast] = [-1, -1, -1, -1];
  const sides = (t: number): [N, N, N] => {
    const [l, r] = [left.values[t]!, strained(R, relation, right.values[t]!)];
    return [l, r, R.sub(l, r)];
  };
  const scaleAt = (t: number): number => Math.max(left.scale?.[t] ?? 0, right.scale?.[t] ?? 0);
  for (let t = 0; t < left.values.length; t++) {
    const [l, r, difference] = sides(t);
    const outcome = outcomeOf(R, relation, difference, l, r, scaleAt(t));
    counts[outcome]++;
    if (outcome === 'unresolved') {
      if (unresolvedFirst < 0) unresolvedFirst = t;
      unresolvedLast = t;
      continue;
    }
    if (outcome === 'breaks' && first < 0) first = t;
    const violation = violationOf(R, relation, l, r, difference, outcome);
    if (violation > worstViolation) [worst, worstViolation] = [t, violation];
  }
  const sample = (t: number): Sample | undefined => {
    if (t < 0) return undefined;
    const [l, r, difference] = sides(t);
    const outcome = outcomeOf(R, relation, difference, l, r, scaleAt(t));
    return sampleOf(R, relation, l, r, t + offset, difference, outcome);
  };
  const unresolvedAt = unresolvedFirst < 0 ? undefined : ([unresolvedFirst + offset, unresolvedLast + offset] as const);
  return { ...counts, worst: sample(worst), firstBreak: sample(first), unresolvedAt };
}

function screenAlong(
  R: Reading<number>,
  relation: Relation,
  left: Series<number>,
  right: Series<number>,
  offset: number,
): Finding {
  const equality = relation === '=';
  const a = left.values;
  const b = R.strain ? distorted(right.values, equality, R.strain) : right.values;
  const tally = screenTally(a, b, left.scale, right.scale, equality);
  const { holds, breaks, worst, firstBreak, first, last } = tally;
  return {
    holds,
    equal: 0,
    breaks,
    unresolved: a.length - holds - breaks,
    worst: worst < 0 ? undefined : screened(relation, a[worst]!, b[worst]!, worst + offset),
    firstBreak: firstBreak < 0 ? undefined : screened(relation, a[firstBreak]!, b[firstBreak]!, firstBreak + offset),
    unresolvedAt: first < 0 ? undefined : [first + offset, last + offset],
  };
}

function screened(relation: Relation, l: number, r: number, at: number): Sample {
  const difference = relation === '=' ? abs(l - r) : l - r;
  const [left, right] = [
    { lower: l, upper: l },
    { lower: r, upper: r },
  ];
  return { part: '', relation, at, left, right, violation: difference / (abs(l) + abs(r)) };
}

interface Tally {
  readonly holds: number;
  readonly breaks: number;
  readonly worst: number;
  readonly firstBreak: number;
  readonly first: number;
  readonly last: number;
}

/** The hot loop, on its own and without closures: that is what makes it fast. Indices are −1 where there is none. */
function screenTally(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  leftScale: ArrayLike<number> | undefined,
  rightScale: ArrayLike<number> | undefined,
  equality: boolean,
): Tally {
  let holds = 0;
  let breaks = 0;
  let first = -1;
  let last = -1;
  let firstBreak = -1;
  let worst = -1;
  let worstDifference = 0;
  let worstSize = 0;
  const n = a.length;
  for (let t = 0; t < n; t++) {
    const l = a[t]!;
    const r = b[t]!;
    const d = equality ? abs(l - r) : l - r;
    const x = abs(l);
    const y = abs(r);
    let blur = max(x, y);
    if (leftScale !== undefined && leftScale[t]! > blur) blur = leftScale[t]!;
    if (rightScale !== undefined && rightScale[t]! > blur) blur = rightScale[t]!;
    blur *= BLUR;
    if (d > blur) {
      breaks++;
      if (firstBreak < 0) firstBreak = t;
    } else if (d < -blur) {
      holds++;
    } else {
      if (first < 0) first = t;
      last = t;
      continue;
    }
    const size = x + y;
    if (worst < 0 || isLarger(d, size, worstDifference, worstSize)) {
      worstDifference = d;
      worstSize = size;
      worst = t;
    }
  }
  return { holds, breaks, worst, firstBreak, first, last };
}

/** Whether a/b > c/d for b, d > 0: without the wait for a division, unless a product leaves the doubles. */
function isLarger(a: number, b: number, c: number, d: number): boolean {
  const difference = a * d - c * b;
  return difference === 0 || !(abs(difference) < Infinity) ? a / b > c / d : difference > 0;
}

/** The right sides after the distortion of a mutant. */
function distorted(right: ArrayLike<number>, equality: boolean, { bounds, identities }: Strain): ArrayLike<number> {
  return Array.from(right, (r) => (equality ? r * (1 + identities) : r - bounds * abs(r)));
}
