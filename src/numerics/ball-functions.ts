/**
 * exp, log, atan, π and fractional powers of fixed-point numbers, with an error bound that holds: what balls are made of.
 * A number is an integer in units of 2^-bits. Bounds add up every rounding ("unit" below is 2^-w at the working
 * precision w); truncated series are bounded by their first omitted term.
 */
import { TooLarge, Undetermined } from './arithmetic';
import { bitLength, integerRoot } from './real';

/** A real number within `error` of `value`, both in units of 2^-bits. */
export interface Approximation {
  readonly value: bigint;
  readonly error: bigint;
}

/** exp of more than this throws {@link TooLarge}; its result would have 1.4 million bits before the point. */
export const MAX_EXPONENT = 1_000_000;

/** Above these many bits, powers and roots go through exp and log instead of exact integers; for speed only. */
const EXACT_POWER_BITS = 1 << 16;
const EXACT_ROOT_BITS = 1 << 14;

/**
 * e^x for x = `x`·2^-bits, off by a unit unless the result exceeds 2^bits. Errors: TooLarge past {@link MAX_EXPONENT}.
 *
 * x = k·ln 2 + r with 0 ≤ r < ln 2; e^(r/2^j) by its Taylor series, squared j times (Brent and Zimmermann, Modern
 * Computer Arithmetic, §4.3 and 4.4.3).
 */
export function exponential(x: bigint, bits: number): Approximation {
  if (x === 0n) return { value: 1n << BigInt(bits), error: 0n };
  // Between 0 and a unit.
  if (x < -BigInt(bits + 2) << BigInt(bits)) return { value: 1n, error: 1n };
  if (x > BigInt(MAX_EXPONENT) << BigInt(bits)) throw new TooLarge(`exp of a number above ${MAX_EXPONENT}`);
  let k = Number((x << 64n) / ln2(bits + 64));
  const target = bits + Math.max(Math.min(k, bits), -bits);
  const halvings = Math.ceil(Math.sqrt(target + 64) * 0.6);
  const w = target + halvings + 24;
  const log2 = ln2(w);
  // ln2 is off by at most 2 units, the shift of x by 1; one unit more stands for the half-unit adjustments of k.
  const reductionError = 2n * BigInt(Math.abs(k) + 2) + 1n;
  let rest = shifted(x, w - bits) - BigInt(k) * log2;
  for (; rest < 0n; k -= 1) rest += log2;
  for (; rest >= log2; k += 1) rest -= log2;
  const argument = rest >> BigInt(halvings);
  const argumentError = (reductionError >> BigInt(halvings)) + 2n;
  const series = exponentialSeries(argument, w);
  // The derivative is below 2 there.
  const small = { value: series.value, error: series.error + 2n * argumentError };
  return narrowed(squaredRepeatedly(small, halvings, w), w - bits - k);
}

/**
 * Natural logarithm of x = `x`·2^-bits > 0, off by a unit.
 *
 * x = m·2^n with 1 ≤ m < 2, and log m = y + 2 artanh u with u = (m - e^y)/(m + e^y), for a guess y good to a third of
 * the bits: the series stops after u, and what it leaves out is at most |u|³ for |u| ≤ 1/2.
 */
export function logarithm(x: bigint, bits: number): Approximation {
  if (x === 1n << BigInt(bits)) return { value: 0n, error: 0n };
  const n = bitLength(x) - 1 - bits;
  const w = bits + 40;
  // Dropping digits of x moves the mantissa by a unit at most, and its logarithm too.
  const mantissa = shifted(x, w - bits - n);
  const { value, error } = logarithmOfMantissa(mantissa, w);
  return narrowed({ value: value + BigInt(n) * ln2(w), error: error + 2n * BigInt(Math.abs(n)) + 1n }, w - bits);
}

/**
 * Arctangent of x = `x`·2^-bits, off by a unit.
 *
 * atan x = π/2 - atan(1/x) for x > 1, then atan x = 2 atan(x/(1 + √(1 + x²))) j times, then the Taylor series.
 */
export function arctangent(x: bigint, bits: number): Approximation {
  if (x === 0n) return { value: 0n, error: 0n };
  if (x < 0n) {
    const { value, error } = arctangent(-x, bits);
    return { value: -value, error };
  }
  const halvings = Math.ceil(Math.sqrt(bits) * 0.18) + 1;
  const w = bits + halvings + 32;
  const inverted = x > 1n << BigInt(bits);
  let y = inverted ? (1n << BigInt(w + bits)) / x : x << BigInt(w - bits);
  for (let k = 0; k < halvings; k += 1) y = halfAngle(y, w);
  const series = arctangentSeries(y, w);
  // Each halving halves the error of y and adds 2 units, so that it stays within 4; the derivative of atan is ≤ 1.
  const value = series.value << BigInt(halvings);
  const error = (series.error + 4n) << BigInt(halvings);
  if (!inverted) return narrowed({ value, error }, w - bits);
  return narrowed({ value: (pi(w) >> 1n) - value, error: error + 2n }, w - bits);
}

/** π, off by a unit. */
export function circleConstant(bits: number): Approximation {
  return narrowed({ value: pi(bits + 8), error: 2n }, 8);
}

/**
 * Bounds ≥ 0 for X = 2^bits·x^(p/q), where x = `x`·2^-bits > 0 and p/q is in lowest terms: ⌊X⌋ and the next integer (⌊X⌋
 * twice if exact), or a little more where exact integers would get too long and exp and log do instead.
 *
 * Errors: Undetermined and TooLarge where exp(p/q·log x) has them.
 */
export function fractionalPower(x: bigint, p: number, q: number, bits: number): readonly [bigint, bigint] {
  if (x === 1n << BigInt(bits)) return [x, x];
  const length = (Math.abs(p) + q) * Math.max(bits, bitLength(x));
  if (length > (q === 1 ? EXACT_POWER_BITS : EXACT_ROOT_BITS)) return longPower(x, p, q, bits);
  const power = x ** BigInt(Math.abs(p));
  // X^q = power·2^shift for p > 0 and 2^shift/power for p < 0. The floor of a root is the root of the floor.
  const shift = bits * (q - p);
  const content = p < 0 ? (1n << BigInt(shift)) / power : shifted(power, shift);
  const floor = integerRoot(content, q);
  const whole = floor ** BigInt(q);
  const exact =
    whole === content && (p < 0 ? content * power === 1n << BigInt(shift) : shifted(content, -shift) === power);
  return [floor, exact ? floor : floor + 1n];
}

/**
 * A bound for |e^(y + δ) - e^y| when e^y ≤ `size` and |δ| ≤ `radius` ≤ 1, all in units of 2^-bits: e^δ - 1 ≤ δ + δ² there.
 */
export function exponentialSpread(size: bigint, radius: bigint, bits: number): bigint {
  const shift = BigInt(bits);
  return ((size * (radius + ((radius * radius) >> shift) + 1n)) >> shift) + 1n;
}

function longPower(x: bigint, p: number, q: number, bits: number): readonly [bigint, bigint] {
  // The result has about `growth` digits before the point; beyond `bits` of them, the trailing ones are given up.
  const growth = Math.ceil(((bitLength(x) - bits) * p) / q);
  const w = bits + 64 + bitLength(BigInt(p)) + Math.max(0, Math.min(growth, bits));
  const log = logarithm(shifted(x, w - bits), w);
  const [top, bottom] = [BigInt(p), BigInt(q)];
  const exponent = (log.value * top) / bottom;
  const exponentError = (log.error * (top < 0n ? -top : top)) / bottom + 2n;
  if (exponentError >> BigInt(w) > 0n) throw new Undetermined(`${bits} bits are too few for the power ${p}/${q}`);
  const { value, error } = exponential(exponent, w);
  const spread = error + exponentialSpread(value + error, exponentError, w);
  const result = narrowed({ value, error: spread }, w - bits);
  return [result.value > result.error ? result.value - result.error : 0n, result.value + result.error];
}

function shifted(x: bigint, left: number): bigint {
  return left >= 0 ? x << BigInt(left) : x >> BigInt(-left);
}

/** Rounds `right` digits away, to nearest; puts zeros on when `right` is negative. */
function narrowed({ value, error }: Approximation, right: number): Approximation {
  const shift = BigInt(right);
  if (right <= 0) return { value: value << -shift, error: error << -shift };
  const half = 1n << (shift - 1n);
  return { value: (value + half) >> shift, error: ((error + half) >> shift) + 1n };
}

/**
 * Σ t^n/n! for 0 ≤ t < 1/2, the terms sorted into `stride` sums by n mod stride, so that t^stride is multiplied in only
 * every `stride` terms (Smith's method, ibid., §4.4.3). Every u = t^(n - n mod stride)/n! is off by at most 4 units:
 * from one to the next δ ≤ (δ/2 + 3)/n + 1. The tail is at most twice its first term, which is below 4 units.
 */
function exponentialSeries(t: bigint, w: number): Approximation {
  const width = BigInt(w);
  const one = 1n << width;
  const stride = Math.max(2, Math.round(Math.sqrt(w) / 5));
  const sums = new Array<bigint>(stride).fill(0n);
  sums[0] = one;
  let leap = t;
  for (let k = 1; k < stride; k += 1) leap = (leap * t) >> width;
  let n = 0;
  for (let term = one; term > 0n;) {
    n += 1;
    const place = n % stride;
    if (place === 0) term = (term * leap) >> width;
    term /= BigInt(n);
    sums[place]! += term;
  }
  let value = sums[stride - 1]!;
  for (let k = stride - 2; k >= 0; k -= 1) value = ((value * t) >> width) + sums[k]!;
  return { value, error: BigInt(4 * n + stride + 8) };
}

/** |V² - v²| ≤ 2·v·ε + ε² for |V - v| ≤ ε, and one more unit for the rounding. */
function squaredRepeatedly(x: Approximation, times: number, w: number): Approximation {
  const width = BigInt(w);
  let { value, error } = x;
  for (let k = 0; k < times; k += 1) {
    error = (((2n * value + error) * error) >> width) + 2n;
    value = (value * value) >> width;
  }
  return { value, error };
}

function logarithmOfMantissa(mantissa: bigint, w: number): Approximation {
  const width = BigInt(w);
  const third = Math.ceil(w / 3) + 8;
  const guess = third <= 48 ? logarithmGuess(mantissa, w) : refinableGuess(mantissa, w, third);
  const power = exponential(guess, w);
  const ratio = ((mantissa - power.value) << width) / (mantissa + power.value);
  const size = ratio < 0n ? -ratio : ratio;
  if (size > 1n << (width - 1n)) throw new Error('log: the first guess is off');
  const omitted = ((size * size * size) >> (2n * width)) + 1n;
  // e^y is off by power.error, near 1 or above: so is its logarithm, at most twice; u is off by one, and counts twice.
  return { value: guess + 2n * ratio, error: 2n * power.error + 2n + omitted };
}

function logarithmGuess(mantissa: bigint, w: number): bigint {
  const leading = Number(shifted(mantissa, 52 - w)) / 2 ** 52;
  return shifted(BigInt(Math.round(Math.log(leading) * 2 ** 52)), w - 52);
}

function refinableGuess(mantissa: bigint, w: number, third: number): bigint {
  const drop = BigInt(w - third);
  return logarithmOfMantissa(mantissa >> drop, third).value << drop;
}

/** y/(1 + √(1 + y²)) for 0 ≤ y ≤ 1, off by 2 units: one for the root, which is ≥ 1, and one for the division. */
function halfAngle(y: bigint, w: number): bigint {
  const width = BigInt(w);
  const root = integerRoot((1n << (2n * width)) + y * y, 2);
  return (y << width) / ((1n << width) + root);
}

/** Σ (-1)^n y^(2n+1)/(2n+1) for 0 ≤ y < 1/2: powers are off by at most 3 units, terms by 4, the tail by 4. */
function arctangentSeries(y: bigint, w: number): Approximation {
  const width = BigInt(w);
  const square = (y * y) >> width;
  let value = 0n;
  let n = 0;
  for (let power = y; power > 0n; n += 1) {
    const term = power / BigInt(2 * n + 1);
    value += n % 2 === 0 ? term : -term;
    power = (power * square) >> width;
  }
  return { value, error: BigInt(4 * n + 4) };
}

/** π = 16 atan(1/5) - 4 atan(1/239) (Machin), floored: off by at most 2 units. */
const pi = constant((bits) => 16n * inverseSeries(5n, bits, -1n) - 4n * inverseSeries(239n, bits, -1n));

/** ln 2 = 18 artanh(1/26) - 2 artanh(1/4801) + 8 artanh(1/8749), floored: off by at most 2 units. */
const ln2 = constant(
  (bits) =>
    18n * inverseSeries(26n, bits, 1n) - 2n * inverseSeries(4801n, bits, 1n) + 8n * inverseSeries(8749n, bits, 1n),
);

/**
 * Keeps the longest value computed and cuts it to size. At least 64 bits are cut off, which hold the error of the value
 * computed: below 28·(3N + 4) units for the N < bits terms of the series above, under 2^40 for every size in memory.
 */
function constant(compute: (bits: number) => bigint): (bits: number) => bigint {
  let length = 0;
  let longest = 0n;
  return (bits) => {
    if (bits + 64 > length) {
      length = Math.ceil((bits + 64) * 1.25);
      longest = compute(length);
    }
    return longest >> BigInt(length - bits);
  };
}

/** Σ sign^n / ((2n+1)·q^(2n+1)): artanh(1/q) for sign 1, atan(1/q) for sign -1; 3 units of error a term. */
function inverseSeries(q: bigint, bits: number, sign: 1n | -1n): bigint {
  let power = (1n << BigInt(bits)) / q;
  let sum = 0n;
  let signed = 1n;
  for (let n = 1n; power > 0n; n += 2n) {
    sum += signed * (power / n);
    power /= q * q;
    signed *= sign;
  }
  return sum;
}
