/**
 * Balls: big-integer fixed-point numbers with a rigorous error bound. They certify; more bits give smaller radii.
 *
 * Digits below 2^-bits are lost, so the precision is absolute: numbers of that size are balls around nothing.
 */
import { type Arithmetic, OutOfDomain, type Real, type Sign, TooLarge, Undetermined } from './arithmetic';
import {
  type Approximation,
  arctangent,
  circleConstant,
  exponential,
  exponentialSpread,
  fractionalPower,
  logarithm,
} from './ball-functions';
import {
  checkExponent,
  checkRadius,
  lowestExponent,
  lowestTerms,
  nextUp,
  parseReal,
  ratioText,
  roundScaledDown,
} from './real';

/** Some real number within `radius` of `middle`, in units of 2^-bits of the arithmetic that made it; `radius` ≥ 0. */
export interface Ball {
  readonly middle: bigint;
  readonly radius: bigint;
}

/** What the operations on balls of one size share. */
interface Scale {
  readonly bits: number;
  /** How many of the bits are more than a double can scale by, and what the others scale by. */
  readonly surplus: bigint;
  readonly unit: number;
  readonly shift: bigint;
  readonly one: bigint;
  readonly converted: Map<Real, Ball>;
}

type Operand = Ball | Real;

const MIN_BITS = 16;
const MAX_BITS = 1 << 20;
const CACHE_SIZE = 4096;
/** Products beyond this throw {@link TooLarge}: by then a computation runs away, and every step doubles its cost. */
const LIMIT = 1n << BigInt(1 << 21);
const NEGATIVE_LIMIT = -LIMIT;
const ZERO: Ball = { middle: 0n, radius: 0n };
const NOTHING = [0n, 0n] as const;
const arithmetics = new Map<number, Arithmetic<Ball>>();

/**
 * Arithmetic of balls in units of 2^-bits, the same object for the same `bits`. Balls of different `bits` must not be
 * mixed: a ball does not say in which units it is.
 *
 * Guarantee: the result contains the real result for all real numbers in the operands, two operands being taken as
 * unrelated even if they are the same ball.
 *
 * Errors: RangeError unless `bits` is an integer from 16 to 2^20; operations throw Undetermined, OutOfDomain, and
 * TooLarge for numbers of some 2^21 bits.
 */
export function balls(bits: number): Arithmetic<Ball> {
  const known = arithmetics.get(bits);
  if (known !== undefined) return known;
  if (!Number.isInteger(bits) || bits < MIN_BITS || bits > MAX_BITS) {
    throw new RangeError(`balls of ${bits} bits: expected an integer from ${MIN_BITS} to ${MAX_BITS}`);
  }
  const shift = BigInt(bits);
  const kept = Math.min(bits, DOUBLE_BITS);
  const scale = { surplus: BigInt(bits - kept), unit: 2 ** -kept };
  const made = arithmeticOf({ bits, ...scale, shift, one: 1n << shift, converted: new Map() });
  arithmetics.set(bits, made);
  return made;
}

function arithmeticOf(s: Scale): Arithmetic<Ball> {
  return {
    name: `balls of ${s.bits} bits`,
    kind: 'balls',
    of: (x) => of(s, x),
    around: (middle, radius) => around(s, middle, radius),
    add: (...terms) => {
      if (terms.length === 2) return plus(of(s, terms[0]!), of(s, terms[1]!));
      return terms.reduce<Ball>((sum, term) => plus(sum, of(s, term)), ZERO);
    },
    sub: (a, b) => minus(of(s, a), of(s, b)),
    mul: (...factors) => {
      if (factors.length === 2) return times(s, factors[0]!, factors[1]!);
      return factors.reduce<Ball>((product, factor) => times(s, product, factor), of(s, 1));
    },
    div: (a, b) => quotient(s, of(s, a), b),
    neg: (a) => negative(of(s, a)),
    abs: (a) => absolute(of(s, a)),
    power(a, exponent) {
      checkExponent(exponent);
      return realPower(s, of(s, a), exponent, 1);
    },
    sqrt: (a) => realPower(s, of(s, a), 1, 2),
    cbrt: (a) => realPower(s, of(s, a), 1, 3),
    rationalPower(a, p, q) {
      checkExponent(p, q);
      return realPower(s, of(s, a), p, q);
    },
    exp: (a) => exp(s, of(s, a)),
    log: (a) => log(s, of(s, a)),
    atan: (a) => atan(s, of(s, a)),
    pi: () => ballOf(circleConstant(s.bits)),
    sign: (a) => sign(of(s, a)),
    enclosure(a) {
      const { middle, radius } = of(s, a);
      return { lower: lowerBound(s, middle - radius), upper: 0 - lowerBound(s, -middle - radius) };
    },
    approximate(a) {
      const { middle } = of(s, a);
      const nearest = toDouble(s.surplus > 0n ? middle >> s.surplus : middle) * s.unit;
      return Number.isFinite(nearest) ? nearest : lowerBound(s, middle);
    },
    exactText(a) {
      const { middle, radius } = of(s, a);
      if (radius !== 0n) return undefined;
      return ratioText(lowestTerms(middle, s.one));
    },
  };
}

function of(s: Scale, x: Operand): Ball {
  if (typeof x === 'object') return x;
  const known = s.converted.get(x);
  if (known !== undefined) return known;
  const { numerator, denominator } = parseReal(x);
  const ball = ratio(numerator << s.shift, denominator);
  if (s.converted.size >= CACHE_SIZE) s.converted.clear();
  s.converted.set(x, ball);
  return ball;
}

function around(s: Scale, middle: number, radius: number): Ball {
  checkRadius(radius);
  const [centre, spread] = [of(s, middle), of(s, radius)];
  return { middle: centre.middle, radius: centre.radius + spread.middle + spread.radius };
}

const DOUBLE_BITS = 900;
const [toDouble, toInteger] = [Number, BigInt];

/**
 * The largest double at most x·2^-bits. Units below 2^-900 are cut off downwards first, so that the integer fits a
 * double and the scaling is exact; numbers for which neither is so take the long way.
 */
function lowerBound(s: Scale, x: bigint): number {
  const kept = s.surplus > 0n ? x >> s.surplus : x;
  const nearest = toDouble(kept);
  if (nearest === Infinity || nearest === -Infinity) return roundScaledDown(x, -s.bits);
  return (toInteger(nearest) > kept ? -nextUp(-nearest) : nearest) * s.unit;
}

/** The quotient cut to whole units: off by less than one. */
function ratio(numerator: bigint, denominator: bigint): Ball {
  const middle = numerator / denominator;
  return { middle, radius: middle * denominator === numerator ? 0n : 1n };
}

function plus(a: Ball, b: Ball): Ball {
  return { middle: a.middle + b.middle, radius: a.radius + b.radius };
}

function minus(a: Ball, b: Ball): Ball {
  return { middle: a.middle - b.middle, radius: a.radius + b.radius };
}

function negative(a: Ball): Ball {
  return { middle: -a.middle, radius: a.radius };
}

function absolute(a: Ball): Ball {
  if (a.middle >= a.radius) return a;
  if (-a.middle >= a.radius) return negative(a);
  return between(0n, size(a.middle) + a.radius);
}

function sign({ middle, radius }: Ball): Sign | undefined {
  if (middle > radius) return 1;
  if (-middle > radius) return -1;
  return middle === 0n && radius === 0n ? 0 : undefined;
}

/**
 * |xy - ab| ≤ |a|·s + |b|·r + r·s for |x - a| ≤ r and |y - b| ≤ s; the two roundings add less than a unit each.
 * Integers multiply without any.
 */
function times(s: Scale, x: Operand, y: Operand): Ball {
  if (typeof x === 'number' && Number.isSafeInteger(x)) return multiple(of(s, y), BigInt(x));
  if (typeof y === 'number' && Number.isSafeInteger(y)) return multiple(of(s, x), BigInt(y));
  const [a, b] = [of(s, x), of(s, y)];
  const product = a.middle * b.middle;
  const middle = product >> s.shift;
  if (a.radius === 0n && b.radius === 0n) {
    return limited({ middle, radius: BigInt.asUintN(s.bits, product) === 0n ? 0n : 1n });
  }
  const spread = size(a.middle) * b.radius + (size(b.middle) + b.radius) * a.radius;
  if (spread === 0n) return ZERO;
  return limited({ middle, radius: (spread >> s.shift) + 2n });
}

function multiple(a: Ball, factor: bigint): Ball {
  return limited({ middle: a.middle * factor, radius: a.radius * size(factor) });
}

/**
 * |x/y - a/b| ≤ (|a/b|·s + r)/(|b| - s) for |x - a| ≤ r and |y - b| ≤ s < |b|; the roundings of quotient and radius add
 * less than a unit each.
 */
function quotient(s: Scale, a: Ball, y: Operand): Ball {
  if (typeof y === 'number' && Number.isSafeInteger(y) && y !== 0) return share(a, BigInt(y));
  const b = of(s, y);
  const distance = size(b.middle) - b.radius;
  if (distance <= 0n) throw zeroDivisor(b);
  if (a.middle === 0n && a.radius === 0n) return ZERO;
  const numerator = a.middle << s.shift;
  if (a.radius === 0n && b.radius === 0n) return limited(ratio(numerator, b.middle));
  const middle = numerator / b.middle;
  const spread = (size(middle) + 1n) * b.radius + (a.radius << s.shift);
  return limited({ middle, radius: spread / distance + 2n });
}

function share(a: Ball, divisor: bigint): Ball {
  if (a.radius === 0n) return ratio(a.middle, divisor);
  return { middle: a.middle / divisor, radius: a.radius / size(divisor) + 2n };
}

function zeroDivisor(b: Ball): Error {
  if (sign(b) === 0) return new OutOfDomain('division by 0');
  return new Undetermined('division by a ball that contains 0');
}

/** Comparing lengths first, this costs next to nothing. */
function limited(a: Ball): Ball {
  if (a.middle < LIMIT && a.middle > NEGATIVE_LIMIT && a.radius < LIMIT) return a;
  throw new TooLarge('a ball beyond 2^2097152 units');
}

/** x^(p/q) is monotone in x on either side of 0: each side is evaluated at its ends, rounded outwards. */
function realPower(s: Scale, a: Ball, p: number, q: number): Ball {
  const [low, high] = [a.middle - a.radius, a.middle + a.radius];
  if (low < 0n && q % 2 === 0) throw evenRoot(high < 0n, p, q);
  if (p === 0) return of(s, 1);
  if (low <= 0n && high >= 0n && p < 0) throw zeroDivisor(a);
  const [power, order] = lowestExponent(p, q);
  const even = power % 2 === 0;
  if (low >= 0n) return rightPower(s, low, high, power, order);
  if (high <= 0n) {
    const mirrored = rightPower(s, -high, -low, power, order);
    return even ? mirrored : negative(mirrored);
  }
  const [left, right] = [rightPower(s, 0n, -low, power, order), rightPower(s, 0n, high, power, order)];
  const [leftEnd, rightEnd] = [left.middle + left.radius, right.middle + right.radius];
  return even ? between(0n, leftEnd > rightEnd ? leftEnd : rightEnd) : between(-leftEnd, rightEnd);
}

/** The same for 0 ≤ low ≤ high, where x^(p/q) increases for p > 0 and decreases for p < 0. */
function rightPower(s: Scale, low: bigint, high: bigint, p: number, q: number): Ball {
  const atLow = low === 0n ? NOTHING : fractionalPower(low, p, q, s.bits);
  const atHigh = low === high ? atLow : fractionalPower(high, p, q, s.bits);
  return p > 0 ? between(atLow[0], atHigh[1]) : between(atHigh[0], atLow[1]);
}

function evenRoot(negativeThroughout: boolean, p: number, q: number): Error {
  if (negativeThroughout) return new OutOfDomain(`a negative number to the ${p}/${q}, an even root`);
  return new Undetermined(`a ball with negative numbers in it to the ${p}/${q}, an even root`);
}

/** A small ball by the bound of `exponentialSpread`, a wide one at its ends: exp is increasing. Positive either way. */
function exp(s: Scale, a: Ball): Ball {
  const ball = a.radius > s.one ? increasing(a, (x) => exponential(x, s.bits)) : narrowExp(s, a);
  return ball.middle >= ball.radius ? ball : between(0n, ball.middle + ball.radius);
}

function narrowExp(s: Scale, a: Ball): Ball {
  const { value, error } = exponential(a.middle, s.bits);
  if (a.radius === 0n) return { middle: value, radius: error };
  return { middle: value, radius: error + exponentialSpread(value + error, a.radius, s.bits) };
}

/** A small ball by the derivative, at most 1/low on [low, high]; a wide one at its ends: log is increasing. */
function log(s: Scale, a: Ball): Ball {
  const low = a.middle - a.radius;
  if (a.middle + a.radius <= 0n) throw new OutOfDomain('log of a number that is not positive');
  if (low <= 0n) throw new Undetermined('log of a ball that contains 0');
  if (a.radius << 10n > a.middle) return increasing(a, (x) => logarithm(x, s.bits));
  const { value, error } = logarithm(a.middle, s.bits);
  if (a.radius === 0n) return { middle: value, radius: error };
  return { middle: value, radius: error + (a.radius << s.shift) / low + 1n };
}

/** A small ball by the derivative, at most 1/(1 + near²) beyond near; a wide one at its ends: atan is increasing. */
function atan(s: Scale, a: Ball): Ball {
  const near = size(a.middle) - a.radius;
  if (a.radius << 10n > s.one) return increasing(a, (x) => arctangent(x, s.bits));
  const { value, error } = arctangent(a.middle, s.bits);
  if (a.radius === 0n) return { middle: value, radius: error };
  const slope = near > 0n ? s.one + ((near * near) >> s.shift) : s.one;
  return { middle: value, radius: error + (a.radius << s.shift) / slope + 1n };
}

/** The image of a ball under an increasing function, from its two ends. */
function increasing(a: Ball, f: (x: bigint) => Approximation): Ball {
  if (a.radius === 0n) return ballOf(f(a.middle));
  const [bottom, top] = [f(a.middle - a.radius), f(a.middle + a.radius)];
  return between(bottom.value - bottom.error, top.value + top.error);
}

/** A ball on [low, high]; an odd unit is added above, so that numbers ≥ 0 stay so. */
function between(low: bigint, high: bigint): Ball {
  const middle = (low + high + 1n) >> 1n;
  return { middle, radius: middle - low };
}

function ballOf({ value, error }: Approximation): Ball {
  return { middle: value, radius: error };
}

function size(x: bigint): bigint {
  return x < 0n ? -x : x;
}
