/**
 * What every kind of number in this project can do. A definition or a conclusion is written once, over an
 * {@link Arithmetic}, and evaluated over doubles (to screen), exact numbers or balls (to certify).
 */

/**
 * A real number written down exactly: a JSON number is the double it parses to, a string `"p/q"` (or `"p"`) of
 * decimal integers is that rational.
 */
export type Real = number | string;

/** A closed interval of doubles, rounded outwards, that contains the number meant. Bounds may be infinite. */
export interface Enclosure {
  readonly lower: number;
  readonly upper: number;
}

export type Sign = -1 | 0 | 1;

/**
 * One kind of number `N` and its operations. Wherever an operand is asked for, a {@link Real} does as well and means
 * exactly itself.
 *
 * Operands are taken as unrelated, even if they are the same: write x² as `power(x, 2)`.
 *
 * Guarantee, for every implementation but doubles: the result contains (balls) or is (exact numbers) the real number
 * that the same operation gives on any real numbers contained in the operands. Doubles are rounded to nearest and
 * promise nothing: they screen, they never certify.
 *
 * Errors: {@link NotRepresentable} when this kind of number has no such value (√2 in rationals), {@link Undetermined}
 * when the operands are too wide to tell (division by a ball around 0), {@link OutOfDomain} when the operation has no
 * real value (division by 0, √ of a negative number), {@link TooLarge} when an exact result passes the size limit.
 */
export interface Arithmetic<N> {
  readonly name: string;
  readonly kind: 'doubles' | 'dyadic' | 'rational' | 'balls' | 'jets' | 'jets of doubles';
  /** The number itself; an `N` is passed through. */
  of(x: N | Real): N;
  /** Any number within `radius` of `middle`: exact arithmetics refuse it unless the radius is 0. */
  around(middle: number, radius: number): N;
  add(...terms: (N | Real)[]): N;
  sub(a: N | Real, b: N | Real): N;
  mul(...factors: (N | Real)[]): N;
  div(a: N | Real, b: N | Real): N;
  neg(a: N | Real): N;
  abs(a: N | Real): N;
  /** `a` to an integer power, negative ones included; `a^0 = 1`. */
  power(a: N | Real, exponent: number): N;
  sqrt(a: N | Real): N;
  /** The real cube root, negative for negative `a`. */
  cbrt(a: N | Real): N;
  /** `a^(p/q)` for integers p and q ≥ 1: `a ≥ 0`, or `q` odd as written (`(−8)^(2/6)` is out of domain). */
  rationalPower(a: N | Real, p: number, q: number): N;
  exp(a: N | Real): N;
  /** Natural logarithm of `a > 0`. */
  log(a: N | Real): N;
  atan(a: N | Real): N;
  pi(): N;
  /** The sign, or `undefined` when the number is known too loosely to tell. */
  sign(a: N | Real): Sign | undefined;
  enclosure(a: N | Real): Enclosure;
  /** A double near the number, to a few parts in 2^50: what points are ranked by, never decided by. */
  approximate(a: N | Real): number;
  /** The exact value as `"p/q"` or `"p"`; `undefined` where the number is not known exactly. */
  exactText(a: N | Real): string | undefined;
}

/** This kind of number has no such value. */
export class NotRepresentable extends Error {
  override readonly name = 'NotRepresentable';
}

/** The operands are known too loosely to carry the operation out; more bits may help. */
export class Undetermined extends Error {
  override readonly name = 'Undetermined';
}

/** The operation has no real value at this operand. */
export class OutOfDomain extends Error {
  override readonly name = 'OutOfDomain';
}

/** A result has grown past the size limit of its arithmetic. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** Whether an arithmetic refused an operation, as opposed to a mistake in the program. */
export function isRefusal(error: unknown): boolean {
  return [NotRepresentable, Undetermined, OutOfDomain, TooLarge].some((kind) => error instanceof kind);
}
