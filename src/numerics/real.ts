/**
 * Real numbers as written in a {@link Real}, the pairs of big integers behind them, and the way back to doubles. Also
 * the two integer functions (bit length, floor of a root) that every exact arithmetic here needs.
 */
import type { Real } from './arithmetic';

/** A rational number in lowest terms, `denominator` > 0. */
export interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

type Rounding = 'down' | 'up' | 'nearest';

const INTEGER_OR_RATIO = /^([+-]?\d+)(?:\/([+-]?\d+))?$/;
const EXPECTED = 'expected a finite double, or a string "p" or "p/q" of decimal integers with q not 0';

/**
 * The exact value of `x` in lowest terms.
 *
 * Errors: RangeError for NaN, infinities, a zero denominator and strings of another form (decimal points included, since
 * "0.1" and 0.1 would be different numbers); TypeError for anything else.
 */
export function parseReal(x: Real): Ratio {
  if (typeof x === 'number') return parseDouble(x);
  if (typeof x !== 'string') throw new TypeError(`not a real number: ${String(x)}; ${EXPECTED}`);
  const match = INTEGER_OR_RATIO.exec(x);
  const denominator = BigInt(match?.[2] ?? 1);
  if (match === null || denominator === 0n) throw new RangeError(`not a real number: "${x}"; ${EXPECTED}`);
  return lowestTerms(BigInt(match[1]!), denominator);
}

/** Whether {@link parseReal} accepts `x`. */
export function isReal(x: unknown): x is Real {
  if (typeof x === 'number') return Number.isFinite(x);
  if (typeof x !== 'string') return false;
  const match = INTEGER_OR_RATIO.exec(x);
  return match !== null && !/^[+-]?0+$/.test(match[2] ?? '1');
}

/** The double nearest to `x`, ties to even, as IEEE 754 rounds: overflows to ±Infinity. Errors: as {@link parseReal}. */
export function toDouble(x: Real): number {
  if (typeof x === 'number' && Number.isFinite(x)) return x;
  const { numerator, denominator } = parseReal(x);
  return roundRatio(numerator, denominator, 'nearest');
}

/** The greatest double (or -Infinity) ≤ numerator/denominator. Errors: RangeError unless `denominator` > 0. */
export function roundDown(numerator: bigint, denominator: bigint): number {
  return roundRatio(numerator, denominator, 'down');
}

/** The least double (or Infinity) ≥ numerator/denominator. Errors: RangeError unless `denominator` > 0. */
export function roundUp(numerator: bigint, denominator: bigint): number {
  return roundRatio(numerator, denominator, 'up');
}

/** The greatest double ≤ mantissa·2^exponent; {@link roundDown} without the division. */
export function roundScaledDown(mantissa: bigint, exponent: number): number {
  return roundScaled(mantissa, exponent, 'down');
}

/** The least double ≥ mantissa·2^exponent; {@link roundUp} without the division. */
export function roundScaledUp(mantissa: bigint, exponent: number): number {
  return roundScaled(mantissa, exponent, 'up');
}

/** numerator/denominator in lowest terms; the denominator must not be 0. */
export function lowestTerms(numerator: bigint, denominator: bigint): Ratio {
  let [a, b] = [numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator];
  while (b !== 0n) [a, b] = [b, a % b];
  const divisor = denominator < 0n ? -a : a;
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

/** `"p/q"`, or `"p"` when q = 1. */
export function ratioText({ numerator, denominator }: Ratio): string {
  return denominator === 1n ? `${numerator}` : `${numerator}/${denominator}`;
}

/** The same number as a double where it is one, as {@link ratioText} otherwise. Errors: as {@link parseReal}. */
export function shortestReal(x: Real): Real {
  const exact = parseReal(x);
  const double = roundRatio(exact.numerator, exact.denominator, 'nearest');
  if (!isFiniteNumber(double)) return ratioText(exact);
  const same = parseDouble(double);
  return same.numerator === exact.numerator && same.denominator === exact.denominator ? double : ratioText(exact);
}

/** Errors: RangeError unless `p` is an integer below 2^53 in size and `q` one in 1, 2, …, 2^53 - 1. */
export function checkExponent(p: number, q = 1): void {
  if (Number.isSafeInteger(p) && Number.isSafeInteger(q) && q >= 1) return;
  throw new RangeError(`exponent ${p}/${q}: expected integers p/q with q >= 1`);
}

/** Errors: RangeError unless `radius` is a finite double ≥ 0. */
export function checkRadius(radius: number): void {
  if (Number.isFinite(radius) && radius >= 0) return;
  throw new RangeError(`radius ${radius}: expected a finite double >= 0`);
}

/** p/q in lowest terms. */
export function lowestExponent(p: number, q: number): readonly [number, number] {
  let [a, b] = [Math.abs(p), q];
  while (a !== 0) [a, b] = [b % a, a];
  return [p / b, q / b];
}

/** The number of binary digits of |x|; 0 for 0. */
export function bitLength(x: bigint): number {
  if (x === 0n) return 0;
  const hex = (x < 0n ? -x : x).toString(16);
  return hex.length * 4 - Math.clz32(parseInt(hex[0]!, 16)) + 28;
}

/**
 * ⌊x^(1/k)⌋ for x ≥ 0 and k ≥ 1.
 *
 * Newton's method from above decreases strictly until it reaches the floor; it starts from the root of the leading half
 * of the digits, so that a step or two suffice (Brent and Zimmermann, Modern Computer Arithmetic, §1.5.2).
 */
export function integerRoot(x: bigint, k: number): bigint {
  if (k === 1 || x < 2n) return x;
  const bits = bitLength(x);
  if (bits <= k) return 1n;
  const order = BigInt(k);
  let root = rootFromAbove(x, bits, k);
  for (;;) {
    const next = ((order - 1n) * root + x / root ** (order - 1n)) / order;
    if (next >= root) return root;
    root = next;
  }
}

function rootFromAbove(x: bigint, bits: number, k: number): bigint {
  if (k === 2 && bits <= 100) return BigInt(Math.ceil(Math.sqrt(Number(x)) * (1 + 2 ** -50))) + 1n;
  const half = Math.floor(bits / (2 * k));
  if (half < 8) return 1n << BigInt(Math.ceil(bits / k));
  return (integerRoot(x >> BigInt(half * k), k) + 1n) << BigInt(half);
}

const bytes = new DataView(new ArrayBuffer(8));
const { isFinite: isFiniteNumber, isInteger } = Number;

function parseDouble(x: number): Ratio {
  if (!isFiniteNumber(x)) throw new RangeError(`not a real number: ${x}; ${EXPECTED}`);
  if (isInteger(x)) return { numerator: BigInt(x), denominator: 1n };
  bytes.setFloat64(0, x);
  const [high, low] = [bytes.getUint32(0), bytes.getUint32(4)];
  const biased = (high >>> 20) & 0x7ff;
  let mantissa = ((biased === 0 ? 0 : 0x100000) + (high & 0xfffff)) * 2 ** 32 + low;
  let places = 1075 - Math.max(biased, 1);
  while (mantissa % 2 === 0) {
    mantissa /= 2;
    places -= 1;
  }
  return { numerator: BigInt(x < 0 ? -mantissa : mantissa), denominator: 1n << BigInt(places) };
}

/** The double next above x; x finite. */
export function nextUp(x: number): number {
  if (x === 0) return 2 ** -1074;
  bytes.setFloat64(0, x);
  bytes.setBigInt64(0, bytes.getBigInt64(0) + (x > 0 ? 1n : -1n));
  return bytes.getFloat64(0);
}

/** Divides to at least 65 bits and appends one bit that says whether anything is left, which settles every rounding. */
function roundRatio(numerator: bigint, denominator: bigint, rounding: Rounding): number {
  if (denominator <= 0n) throw new RangeError(`denominator ${denominator}: expected a positive integer`);
  const negative = numerator < 0n;
  const size = negative ? -numerator : numerator;
  const shift = 66 - bitLength(size) + bitLength(denominator);
  const dividend = shift > 0 ? size << BigInt(shift) : size;
  const divisor = shift > 0 ? denominator : denominator << BigInt(-shift);
  const quotient = dividend / divisor;
  const mantissa = (quotient << 1n) | (quotient * divisor === dividend ? 0n : 1n);
  return roundScaled(negative ? -mantissa : mantissa, -shift - 1, rounding);
}

function roundScaled(mantissa: bigint, exponent: number, rounding: Rounding): number {
  if (mantissa === 0n) return 0;
  if (mantissa > 0n) return roundPositive(mantissa, exponent, rounding);
  const mirrored = rounding === 'down' ? 'up' : rounding === 'up' ? 'down' : 'nearest';
  return -roundPositive(-mantissa, exponent, mirrored);
}

/** Keeps 53 bits, fewer where the doubles are subnormal (unit 2^-1074). */
function roundPositive(mantissa: bigint, exponent: number, rounding: Rounding): number {
  const top = bitLength(mantissa) + exponent;
  if (top > 1024) return rounding === 'down' ? Number.MAX_VALUE : Infinity;
  if (top < -1074) return rounding === 'up' ? Number.MIN_VALUE : 0;
  const unit = Math.max(top - 53, -1074);
  const drop = unit - exponent;
  if (drop <= 0) return Number(mantissa << BigInt(-drop)) * 2 ** unit;
  const kept = mantissa >> BigInt(drop);
  const rest = mantissa - (kept << BigInt(drop));
  const carry = roundsAway(kept, rest, 1n << BigInt(drop - 1), rounding) ? 1n : 0n;
  return Number(kept + carry) * 2 ** unit;
}

function roundsAway(kept: bigint, rest: bigint, half: bigint, rounding: Rounding): boolean {
  if (rounding === 'down') return false;
  if (rounding === 'up') return rest > 0n;
  return rest > half || (rest === half && (kept & 1n) === 1n);
}
