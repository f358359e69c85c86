/** Exact dyadic numbers m·2^e: what sums and products of doubles are. */
import { type Arithmetic, NotRepresentable, OutOfDomain, type Real, TooLarge } from './arithmetic';
import {
  bitLength,
  checkExponent,
  checkRadius,
  integerRoot,
  lowestExponent,
  parseReal,
  ratioText,
  roundScaledDown,
  roundScaledUp,
} from './real';

/** The number mantissa·2^exponent; the mantissa is odd, or 0 with exponent 0, so equal numbers have equal fields. */
export interface Dyadic {
  readonly mantissa: bigint;
  readonly exponent: number;
}

/** Results with a longer mantissa than this many bits throw {@link TooLarge}. */
export const MAX_MANTISSA_BITS = 1 << 17;
/** Results with a larger exponent than this, either way, throw {@link TooLarge}. */
export const MAX_EXPONENT = 1 << 20;

const MANTISSA_LIMIT = 1n << BigInt(MAX_MANTISSA_BITS);
const ZERO: Dyadic = { mantissa: 0n, exponent: 0 };
const ONE: Dyadic = { mantissa: 1n, exponent: 0 };

type Operand = Dyadic | Real;

/**
 * Exact arithmetic of dyadic numbers. Quotients, roots and elementary functions are given where the exact result is
 * dyadic; by Lindemann's theorem exp, log and atan are so only at 0, 1 and 0.
 *
 * Errors: NotRepresentable, OutOfDomain, and TooLarge past {@link MAX_MANTISSA_BITS} or {@link MAX_EXPONENT}.
 */
export const dyadics: Arithmetic<Dyadic> = {
  name: 'dyadic numbers',
  kind: 'dyadic',
  of,
  around(middle, radius) {
    checkRadius(radius);
    if (radius !== 0) throw new NotRepresentable(`a ball of radius ${radius} is no dyadic number`);
    return of(middle);
  },
  add: (...terms) => terms.reduce<Dyadic>((sum, term) => plus(sum, of(term)), ZERO),
  sub: (a, b) => plus(of(a), negative(of(b))),
  mul: (...factors) => factors.reduce<Dyadic>((product, factor) => times(product, of(factor)), ONE),
  div: (a, b) => quotient(of(a), of(b)),
  neg: (a) => negative(of(a)),
  abs(a) {
    const x = of(a);
    return x.mantissa < 0n ? negative(x) : x;
  },
  power(a, exponent) {
    checkExponent(exponent);
    return integerPower(of(a), exponent);
  },
  sqrt: (a) => rationalPower(of(a), 1, 2),
  cbrt: (a) => rationalPower(of(a), 1, 3),
  rationalPower(a, p, q) {
    checkExponent(p, q);
    return rationalPower(of(a), p, q);
  },
  exp: (a) => onlyAt('exp', of(a), ZERO, ONE),
  log(a) {
    const x = of(a);
    if (x.mantissa <= 0n) throw new OutOfDomain(`log of ${describe(x)}, which is not positive`);
    return onlyAt('log', x, ONE, ZERO);
  },
  atan: (a) => onlyAt('atan', of(a), ZERO, ZERO),
  pi() {
    throw new NotRepresentable('pi is no dyadic number');
  },
  sign(a) {
    const { mantissa } = of(a);
    return mantissa > 0n ? 1 : mantissa < 0n ? -1 : 0;
  },
  enclosure(a) {
    const { mantissa, exponent } = of(a);
    return { lower: roundScaledDown(mantissa, exponent), upper: roundScaledUp(mantissa, exponent) };
  },
  approximate(a) {
    const { mantissa, exponent } = of(a);
    return roundScaledDown(mantissa, exponent);
  },
  exactText(a) {
    const { mantissa, exponent } = of(a);
    if (exponent >= 0) return ratioText({ numerator: mantissa << BigInt(exponent), denominator: 1n });
    return ratioText({ numerator: mantissa, denominator: 1n << BigInt(-exponent) });
  },
};

function of(x: Operand): Dyadic {
  if (typeof x === 'object') return x;
  const { numerator, denominator } = parseReal(x);
  const exponent = bitLength(denominator) - 1;
  if (denominator !== 1n << BigInt(exponent)) throw new NotRepresentable(`${x} is no dyadic number`);
  return dyadic(numerator, -exponent);
}

/** mantissa·2^exponent with the trailing zeros of the mantissa moved into the exponent, if within the limits. */
function dyadic(mantissa: bigint, exponent: number): Dyadic {
  if (mantissa === 0n) return ZERO;
  const zeros = (mantissa & 1n) === 1n ? 0 : bitLength(mantissa & -mantissa) - 1;
  const odd = zeros === 0 ? mantissa : mantissa >> BigInt(zeros);
  if (odd >= MANTISSA_LIMIT || odd <= -MANTISSA_LIMIT) throw tooLarge(`a mantissa of ${bitLength(odd)} bits`);
  if (Math.abs(exponent + zeros) > MAX_EXPONENT) throw tooLarge(`the exponent ${exponent + zeros}`);
  return { mantissa: odd, exponent: exponent + zeros };
}

function tooLarge(what: string): TooLarge {
  return new TooLarge(`${what}: dyadic numbers stop at ${MAX_MANTISSA_BITS} bits and exponents of ${MAX_EXPONENT}`);
}

function plus(a: Dyadic, b: Dyadic): Dyadic {
  if (a.mantissa === 0n) return b;
  if (b.mantissa === 0n) return a;
  const shift = a.exponent - b.exponent;
  if (shift < 0) return plus(b, a);
  // The lower operand is odd, so the sum reaches from its last bit past the top of the higher one (or cancels it).
  if (shift > MAX_MANTISSA_BITS + 1) throw tooLarge(`a sum of numbers ${shift} bits apart`);
  return dyadic((a.mantissa << BigInt(shift)) + b.mantissa, b.exponent);
}

function times(a: Dyadic, b: Dyadic): Dyadic {
  return dyadic(a.mantissa * b.mantissa, a.exponent + b.exponent);
}

function negative(a: Dyadic): Dyadic {
  return { mantissa: -a.mantissa, exponent: a.exponent };
}

function quotient(a: Dyadic, b: Dyadic): Dyadic {
  if (b.mantissa === 0n) throw new OutOfDomain(`${describe(a)} divided by 0`);
  if (a.mantissa % b.mantissa !== 0n) {
    throw new NotRepresentable(`${describe(a)} divided by ${describe(b)} is no dyadic number`);
  }
  return dyadic(a.mantissa / b.mantissa, a.exponent - b.exponent);
}

function integerPower(a: Dyadic, exponent: number): Dyadic {
  if (exponent < 0) return quotient(ONE, integerPower(a, -exponent));
  if (exponent === 0) return ONE;
  if ((bitLength(a.mantissa) - 1) * exponent > MAX_MANTISSA_BITS) throw tooLarge(`${describe(a)} to the ${exponent}`);
  return dyadic(a.mantissa ** BigInt(exponent), a.exponent * exponent);
}

function rationalPower(a: Dyadic, p: number, q: number): Dyadic {
  if (a.mantissa < 0n && q % 2 === 0) throw new OutOfDomain(`${describe(a)} to the ${p}/${q}, an even root`);
  const [power, order] = lowestExponent(p, q);
  return integerPower(exactRoot(a, order), power);
}

/** The root in lowest terms is dyadic only if mantissa and 2^exponent both are perfect powers. */
function exactRoot(a: Dyadic, order: number): Dyadic {
  const size = a.mantissa < 0n ? -a.mantissa : a.mantissa;
  const root = integerRoot(size, order);
  if (a.exponent % order !== 0 || root ** BigInt(order) !== size) {
    throw new NotRepresentable(`the root of order ${order} of ${describe(a)} is no dyadic number`);
  }
  return dyadic(a.mantissa < 0n ? -root : root, a.exponent / order);
}

function onlyAt(name: string, x: Dyadic, point: Dyadic, result: Dyadic): Dyadic {
  if (x.mantissa === point.mantissa && x.exponent === point.exponent) return result;
  throw new NotRepresentable(`${name} of ${describe(x)} is no dyadic number`);
}

function describe({ mantissa, exponent }: Dyadic): string {
  const bits = bitLength(mantissa);
  return bits <= 128 ? `${mantissa}*2^${exponent}` : `a dyadic number of ${bits} bits`;
}
