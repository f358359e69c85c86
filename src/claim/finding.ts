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
  /** The worst of each named inequality. */
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
  // Field by field: this is made for every comparison there is.
  return {
    holds: outcome === 'holds' ? 1 : 0,
    equal: outcome === 'equal' ? 1 : 0,
    breaks: outcome === 'breaks' ? 1 : 0,
    unresolved: outcome === 'unresolved' ? 1 : 0,
    worst: outcome === 'unresolved' ? undefined : sample,
    firstBreak: outcome === 'breaks' ? sample : undefined,
    unresolvedAt: outcome === 'unresolved' ? [sample.at, sample.at] : undefined,
  };
}

/**
 * The conjunction: every comparison of every part. A part given as a function is worked out last-minute, and counts as
 * one unresolved comparison where the arithmetic has no such numbers, so that an exact break in another part still shows.
 */
export function all(...parts: readonly (Finding | (() => Finding))[]): Finding {
  return joined(parts.map((finding) => (typeof finding === 'function' ? attempt(finding) : finding)));
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
  const { worst: unnamed, firstBreak: unnamedBreak, sides } = finding;
  const worst = unnamed && labelled(name, unnamed);
  const firstBreak = unnamedBreak === unnamed ? worst : unnamedBreak && labelled(name, unnamedBreak);
  const alone = worst && worst.relation !== '=' ? { [worst.part]: worst } : undefined;
  const parts = finding.parts ? renamed(finding.parts, name) : alone;
  const { holds, equal, breaks, unresolved, unresolvedAt } = finding;
  return found(
    { holds, equal, breaks, unresolved, worst, firstBreak, unresolvedAt },
    parts,
    sides?.map((of) => ({ ...of, part: labelOf(name, of) })),
  );
}

/** With parts and sides where there are any: added one by one, since this is made for every comparison there is. */
function found(
  counted: Finding & { parts?: Finding['parts']; sides?: Finding['sides'] },
  parts: Finding['parts'],
  sides: Finding['sides'],
): Finding {
  if (parts) counted.parts = parts;
  if (sides) counted.sides = sides;
  return counted;
}

const labelOf = (name: string, of: { readonly part: string }): string =>
  of.part === '' ? name : `${name}: ${of.part}`;

function labelled(name: string, of: Sample): Sample {
  const { relation, at, left, right, violation } = of;
  return { part: labelOf(name, of), relation, at, left, right, violation };
}

function renamed(parts: Readonly<Record<string, Sample>>, name: string): Readonly<Record<string, Sample>> {
  const named: Record<string, Sample> = {};
  for (const key in parts) {
    const sample = labelled(name, parts[key]!);
    named[sample.part] = sample;
  }
  return named;
}

/** One pass, because conclusions about matrices join hundreds of findings. */
function joined(findings: readonly Finding[]): Finding {
  let { holds, equal, breaks, unresolved, worst, firstBreak, unresolvedAt } = NOTHING;
  let parts: Record<string, Sample> | undefined;
  let sides: BothSides[] | undefined;
  for (const finding of findings) {
    holds += finding.holds;
    equal += finding.equal;
    breaks += finding.breaks;
    unresolved += finding.unresolved;
    if (finding.worst && !(worst && worst.violation >= finding.worst.violation)) worst = finding.worst;
    if (finding.firstBreak && !(firstBreak && firstBreak.at <= finding.firstBreak.at)) firstBreak = finding.firstBreak;
    unresolvedAt = union(unresolvedAt, finding.unresolvedAt);
    if (finding.parts) keepWorst((parts ??= {}), finding.parts);
    if (finding.sides) (sides ??= []).push(...finding.sides);
  }
  return found({ holds, equal, breaks, unresolved, worst, firstBreak, unresolvedAt }, parts, sides);
}

function keepWorst(worst: Record<string, Sample>, parts: Readonly<Record<string, Sample>>): void {
  for (const name in parts) {
    const sample = parts[name]!;
    const other = worst[name];
    if (!other || sample.violation > other.violation) worst[name] = sample;
  }
}

function union(a: Finding['unresolvedAt'], b: Finding['unresolvedAt']): Finding['unresolvedAt'] {
  if (!a || !b) return a ?? b;
  return [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
}
