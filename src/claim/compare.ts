import type { Enclosure, Real } from '../numerics/arithmetic';
import type { Series } from './exam';
import { single, SCREEN, type Finding, type Reading, type Relation, type Sample, type Value } from './finding';

const { abs, max, min, sign } = Math;
const { isFinite } = Number;

/** `left ≤ right`. */
export function atMost<N>(R: Reading<N>, left: N | Real, right: N | Real, at = 0): Finding {
  return compare(R, '≤', left, right, at);
}

/** `left < right`; a tie that cannot be told from equality stays unresolved. */
export function lessThan<N>(R: Reading<N>, left: N | Real, right: N | Real, at = 0): Finding {
  return compare(R, '<', left, right, at);
}

/**
 * `left = right`. `scale` is the size of the numbers that were subtracted on the way to either side, where that is
 * larger than the sides themselves: what "narrow" is measured against.
 */
export function equals<N>(R: Reading<N>, left: N | Real, right: N | Real, at = 0, scale = 0): Finding {
  return compare(R, '=', left, right, at, scale);
}

/** One comparison in any arithmetic; `scale` as in {@link equals}. */
export function compare<N>(
  R: Reading<N>,
  relation: Relation,
  left: N | Real,
  right: N | Real,
  at: number,
  scale = 0,
): Finding {
  const l = R.of(left);
  const r = strained(R, relation, R.of(right));
  const finding = plain(R, relation, l, r, at, scale);
  return R.sides === true
    ? withSides(R, finding, relation, { values: [l], scale: [scale] }, { values: [r] }, at)
    : finding;
}

function plain<N>(R: Reading<N>, relation: Relation, l: N, r: N, at: number, scale: number): Finding {
  return R.kind === 'doubles'
    ? screen(relation, l as number, r as number, at, scale)
    : decide(R, relation, l, r, at, scale);
}

/** The finding, carrying both sides of what it was found about: as many terms of each, the first of them at `from`. */
export function withSides<N>(
  R: Reading<N>,
  finding: Finding,
  relation: Relation,
  left: Series<N>,
  right: Series<N>,
  from: number,
): Finding {
  const shown = (side: Series<N>): readonly Enclosure[] => Array.from(side.values, (x) => R.enclosure(x));
  const isBroken = (k: number): boolean => {
    const scale = max(left.scale?.[k] ?? 0, right.scale?.[k] ?? 0);
    return plain(R, relation, left.values[k]!, right.values[k]!, from + k, scale).breaks > 0;
  };
  const breaks = Array.from({ length: left.values.length }, (_, k) => from + k).filter((at) => isBroken(at - from));
  return { ...finding, sides: [{ part: '', relation, from, left: shown(left), right: shown(right), breaks }] };
}

/** The right side after the distortion of a mutant, if one is on. */
export function strained<N>(R: Reading<N>, relation: Relation, right: N): N {
  const { strain } = R;
  if (!strain) return right;
  if (relation === '=') return R.mul(right, 1 + strain.identities);
  return R.sub(right, R.mul(strain.bounds, R.abs(right)));
}

function screen(relation: Relation, l: number, r: number, at: number, scale: number): Finding {
  const difference = relation === '=' ? abs(l - r) : l - r;
  const blur = SCREEN * max(abs(l), abs(r), scale);
  const sample = (): Sample => ({
    part: '',
    relation,
    at,
    left: { lower: l, upper: l },
    right: { lower: r, upper: r },
    violation: violation(difference, l, r),
  });
  if (difference > blur) return single('breaks', sample());
  if (difference < -blur) return single('holds', sample());
  return single('unresolved', sample());
}

function decide<N>(R: Reading<N>, relation: Relation, l: N, r: N, at: number, scale: number): Finding {
  const difference = R.sub(l, r);
  const outcome = outcomeOf(R, relation, difference, l, r, scale);
  return single(outcome, sampleOf(R, relation, l, r, at, difference, outcome));
}

export type Outcome = 'holds' | 'equal' | 'breaks' | 'unresolved';

/** What a comparison comes to, from the two sides and their difference, over exact numbers or balls. */
export function outcomeOf<N>(R: Reading<N>, relation: Relation, difference: N, l: N, r: N, scale: number): Outcome {
  const side = R.sign(difference);
  if (side === 0) return relation === '<' ? 'breaks' : 'equal';
  if (relation === '=') {
    if (side !== undefined) return 'breaks';
    return narrow(R, difference, l, r, scale) ? 'equal' : 'unresolved';
  }
  if (side !== undefined) return side < 0 ? 'holds' : 'breaks';
  return relation === '≤' && narrow(R, difference, l, r, R.tiesByScale ? scale : 0) ? 'equal' : 'unresolved';
}

/** Whether an enclosure of zero is narrower than the resolution, relative to the larger side or to `scale`. */
function narrow<N>(R: Reading<N>, difference: N, l: N, r: N, scale: number): boolean {
  const width = magnitude(R, difference);
  return width <= R.resolution * max(magnitude(R, l), magnitude(R, r), scale);
}

/** An upper bound of |x| in doubles. */
export function magnitude<N>(R: Reading<N>, x: N): number {
  const { lower, upper } = R.enclosure(x);
  return max(abs(lower), abs(upper));
}

/** The comparison written out. */
export function sampleOf<N>(
  R: Reading<N>,
  relation: Relation,
  l: N,
  r: N,
  at: number,
  difference: N,
  outcome: Outcome,
): Sample {
  const violation = violationOf(R, relation, l, r, difference, outcome);
  return { part: '', relation, at, left: valueOf(R, l), right: valueOf(R, r), violation };
}

/** (left − right)/(|left| + |right|) to a few digits, 0 where they are equal: what instances and points are ranked by. */
export function violationOf<N>(R: Reading<N>, relation: Relation, l: N, r: N, difference: N, outcome: Outcome): number {
  if (outcome === 'equal') return 0;
  const d = R.approximate(difference);
  return violation(relation === '=' ? abs(d) : d, R.approximate(l), R.approximate(r));
}

function violation(difference: number, l: number, r: number): number {
  const size = abs(l) + abs(r);
  if (size === 0 || !isFinite(size)) return sign(difference);
  return max(-1, min(1, difference / size));
}

const LONGEST_FRACTION = 120;

function valueOf<N>(R: Reading<N>, x: N): Value {
  const enclosure = R.enclosure(x);
  const exact = R.exactText(x);
  if (exact === undefined || exact.length > LONGEST_FRACTION) return enclosure;
  return { lower: enclosure.lower, upper: enclosure.upper, exact };
}
