import type { Fields, Json, Space } from '../../src/claim/space';
import type { Drawn } from '../../src/claim/attack/cells';
import type { Point } from '../../src/claim/draw';

/** What makes a planted claim hard to break. */
export type Kind = 'tight' | 'ridge' | 'rare' | 'corner' | 'counts' | 'mixture' | 'scale';

/** A claim that is false, and where: what an attack is measured on. */
export interface Planted {
  readonly name: string;
  readonly kind: Kind;
  readonly dimension: number;
  /** Where its instances are drawn from: what the engine tells the attack of a claim. */
  readonly space: Drawn;
  /** The violation at a point of the cube: positive exactly where the claim breaks, `-Infinity` at no instance. */
  readonly violation: (point: Point) => number;
  /** The violation at an instance worked out by hand: positive. */
  readonly atWitness: () => number;
}

/** How far `left ≤ right` is from holding, as the engine measures it: (left − right)/(|left| + |right|). */
export function excess(left: number, right: number): number {
  const scale = Math.abs(left) + Math.abs(right);
  return scale === 0 ? 0 : (left - right) / scale;
}

/** A false claim on the instances of a space, and an instance at which it breaks. */
export function planted<F extends Fields>(
  kind: Kind,
  name: string,
  inside: Space<F>,
  violation: (instance: Json<F>) => number,
  witness: Json<F>,
): Planted {
  return {
    name,
    kind,
    dimension: inside.dimension,
    space: inside as unknown as Drawn,
    violation: (point) => violation(inside.decode(point)),
    atWitness: () => violation(witness),
  };
}

/** The sum over the numbers. */
export const sum = (numbers: readonly number[]): number => numbers.reduce((total, x) => total + x, 0);

/** The product of the numbers. */
export const product = (numbers: readonly number[]): number => numbers.reduce((total, x) => total * x, 1);

/** The inner product. */
export const dot = (a: readonly number[], b: readonly number[]): number => sum(a.map((x, k) => x * b[k]!));

/** The distance between two points. */
export const distance = (a: readonly number[], b: readonly number[]): number =>
  Math.hypot(...a.map((x, k) => x - b[k]!));
