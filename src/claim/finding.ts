import { NotRepresentable, type Arithmetic, type Enclosure } from '../numerics/arithmetic';

/**
 * What a comparison of two numbers, or of two series of them, found.
 *
 * No comparison has a typed tolerance. In doubles it only screens: a difference below 2⁻²⁰ of the largest number
 * subtracted on the way is left *unresolved*, and the definition is asked. Over exact numbers and balls it decides:
 * the enclosure of the difference lies on one side of zero (*holds* or *breaks*), or it contains zero and is so narrow
 * that the smallest violation anyone would seed could not hide in it (*equal* to resolution), or neither (*unresolved*).
 */
export interface Finding {
  readonly holds: number;
  readonly equal: number;
  readonly breaks: number;
  readonly unresolved: number;
  /** The comparison with the largest violation among those decided. */
  readonly worst: Sample | undefined;
  /** The earliest comparison along the path that breaks. */
  readonly firstBreak: Sample | undefined;
  /** Where along the path comparisons were unresolved: first and last index. */
  readonly unresolvedAt: readonly [number, number] | undefined;
  /** The worst of each part by its name, where parts were named. */
  readonly parts?: Readonly<Record<string, Sample>>;
  /** Every comparison's two sides, where the reading asks for them. */
  readonly sides?: readonly BothSides[];
}

/** Both sides of one comparison, or of one made at every point of a stretch of the path: what pictures are made of. */
export interface BothSides {
  /** As in {@link Sample}. */
  readonly part: string;
  readonly relation: Relation;
  /** The index along the path of the first comparison. */
  readonly from: number;
  /** As many as `right`. */
  readonly left: readonly Enclosure[];
  readonly right: readonly Enclosure[];
  /** The indices along the path at which it breaks. */
  readonly breaks: readonly number[];
}

export type Relation = '≤' | '<' | '=';

/** One comparison: left `relation` right, at index `at` of the path (0 where there is no path). */
export interface Sample {
  /** The name of the part of the conclusion it belongs to; empty where there is only one. */
  readonly part: string;
  readonly relation: Relation;
  readonly at: number;
  readonly left: Value;
  readonly right: Value;
  /** (left − right)/(|left| + |right|), its modulus for identities: positive when it breaks, in [−1, 1]. */
  readonly violation: number;
}

export interface Value extends Enclosure {
  /** The exact value as a fraction, where it is known and short enough to print. */
  readonly exact?: string;
}

/** A deliberate distortion of every comparison, with which the engine asks whether a claim can fail at all. */
export interface Strain {
  /** Right sides of inequalities are moved by this fraction of themselves against the claim. */
  readonly bounds: number;
  /** Right sides of identities are multiplied by one plus this. */
  readonly identities: number;
}

/**
 * The arithmetic a conclusion is read in, with what decides a comparison: `resolution` is the relative width below
 * which an enclosure of zero counts as equality.
 */
export interface Reading<N> extends Arithmetic<N> {
  readonly resolution: number;
  /**
   * Whether inequalities, too, are equal when the enclosure is narrow against the numbers subtracted on the way, and not
   * only against the two sides: for flows, whose error more bits do not lessen.
   */
  readonly tiesByScale: boolean;
  readonly strain?: Strain;
  /** Whether findings carry the two sides of every comparison: for pictures, not for verdicts. */
  readonly sides?: boolean;
}

/** Doubles decide nothing closer than this fraction of the largest number subtracted on the way: 2⁻²⁰. */
export const SCREEN = 2 ** -20;

export const NOTHING: Finding = {
  holds: 0,
  equal: 0,
  breaks: 0,
  unresolved: 0,
  worst: undefined,
  firstBreak: undefined,
  unresolvedAt: undefined,
};

/** A finding for one comparison whose outcome is known. */
export function single(outcome: 'holds' | 'equal' | 'breaks' | 'unresolved', sample: Sample): Finding {
  return {
    ...NOTHING,
    [outcome]: 1,
    worst: outcome === 'unresolved' ? undefined : sample,
    firstBreak: outcome === 'breaks' ? sample : undefined,
    unresolvedAt: outcome === 'unresolved' ? [sample.at, sample.at] : undefined,
  };
}

/**
 * The conjunction: every comparison of every part. A part given as a function is worked out last-minute, and counts as
 * one unresolved comparison where the arithmetic has no such numbers, so that an exact break in another part still shows.
 */
export function all(...conjuncts: readonly (Finding | (() => Finding))[]): Finding {
  const found = conjuncts.map((finding) => (typeof finding === 'function' ? attempt(finding) : finding));
  if (found.length === 1) return found[0]!;
  const parts = worstOfParts(found);
  const sides = found.flatMap((finding) => finding.sides ?? []);
  return {
    ...(parts ? { parts } : {}),
    ...found.reduce(both, NOTHING),
    ...(found.some((finding) => finding.sides) ? { sides } : {}),
  };
}

function attempt(finding: () => Finding): Finding {
  try {
    return finding();
  } catch (error) {
    if (error instanceof NotRepresentable) return { ...NOTHING, unresolved: 1, unresolvedAt: [0, 0] };
    throw error;
  }
}

/** The same finding, its comparisons labelled with the part of the conclusion that they belong to. */
export function part(name: string, finding: Finding): Finding {
  const label = <T extends { readonly part: string }>(of: T): T => ({
    ...of,
    part: of.part === '' ? name : `${name}: ${of.part}`,
  });
  const { worst: unnamed, firstBreak, sides } = finding;
  const worst = unnamed && label(unnamed);
  const parts = finding.parts ? renamed(finding.parts, name) : worst && { [worst.part]: worst };
  return {
    ...finding,
    worst,
    firstBreak: firstBreak && label(firstBreak),
    ...(parts ? { parts } : {}),
    ...(sides ? { sides: sides.map(label) } : {}),
  };
}

function renamed(parts: Readonly<Record<string, Sample>>, name: string): Readonly<Record<string, Sample>> {
  const samples = Object.values(parts).map((sample) => ({ ...sample, part: `${name}: ${sample.part}` }));
  return Object.fromEntries(samples.map((sample) => [sample.part, sample]));
}

function both(a: Finding, b: Finding): Finding {
  return {
    holds: a.holds + b.holds,
    equal: a.equal + b.equal,
    breaks: a.breaks + b.breaks,
    unresolved: a.unresolved + b.unresolved,
    worst: !b.worst || (a.worst && a.worst.violation >= b.worst.violation) ? a.worst : b.worst,
    firstBreak: !b.firstBreak || (a.firstBreak && a.firstBreak.at <= b.firstBreak.at) ? a.firstBreak : b.firstBreak,
    unresolvedAt: union(a.unresolvedAt, b.unresolvedAt),
  };
}

/** The worst of each part by its name, in one go: a matrix along a path has hundreds of findings. */
function worstOfParts(findings: readonly Finding[]): Finding['parts'] {
  const named = findings.flatMap(({ parts }) => (parts ? [parts] : []));
  if (named.length <= 1) return named[0];
  const worst: Record<string, Sample> = {};
  for (const parts of named) {
    for (const name in parts) {
      const [sample, other] = [parts[name]!, worst[name]];
      if (!other || sample.violation > other.violation) worst[name] = sample;
    }
  }
  return worst;
}

function union(a: Finding['unresolvedAt'], b: Finding['unresolvedAt']): Finding['unresolvedAt'] {
  if (!a || !b) return a ?? b;
  return [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
}
