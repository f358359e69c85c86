/** Exact rational numbers, over fraction.js with big integers. */
import FractionJs from 'fraction.js';
import { type Arithmetic, NotRepresentable, OutOfDomain, type Real, TooLarge } from './arithmetic';
import {
  bitLength,
  checkExponent,
  checkRadius,
  integerRoot,
  lowestExponent,
  parseReal,
  ratioText,
  roundDown,
  roundUp,
} from './real';

/** A fraction in lowest terms: sign s, numerator n ≥ 0, denominator d > 0. Operations here return new ones. */
export type Fraction = InstanceType<typeof FractionJs>;

/**
 * Results with a longer numerator or denominator than this many bits throw {@link TooLarge}. Cancelling common factors
 * takes time quadratic in the bits: 6 ms an operation here, 0.1 s at four times the bits.
 */
export const MAX_RATIONAL_BITS = 1 << 13;

const LIMIT = 1n << BigInt(MAX_RATIONAL_BITS);
const CACHE_SIZE = 4096;
const ZERO = new FractionJs(0n, 1n);
const ONE = new FractionJs(1n, 1n);
const converted = new Map<Real, Fraction>();

type Operand = Fraction | Real;

/**
 * Exact arithmetic of rational numbers. Powers and roots are given where the exact result is rational; by Lindemann's
 * theorem exp, log and atan are so only at 0, 1 and 0.
 *
 * Errors: NotRepresentable, OutOfDomain, and TooLarge past {@link MAX_RATIONAL_BITS}.
 */
export const rationals: Arithmetic<Fraction> = {
  name: 'rational numbers',
  kind: 'rational',
  of,
  around(middle, radius) {
    checkRadius(radius);
    if (radius !== 0) throw new NotRepresentable(`a ball of radius ${radius} is no rational number`);
    return of(middle);
  },
  add: (...terms) => fold(terms, ZERO, (sum, term) => sum.add(term)),
  sub: (a, b) => limited(of(a).sub(of(b))),
  mul: (...factors) => fold(factors, ONE, (product, factor) => product.mul(factor)),
  div(a, b) {
    const divisor = of(b);
    if (divisor.n === 0n) throw new OutOfDomain(`${describe(of(a))} divided by 0`);
    return limited(of(a).div(divisor));
  },
  neg: (a) => of(a).neg(),
  abs: (a) => of(a).abs(),
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
    if (x.n === 0n || x.s < 0n) throw new OutOfDomain(`log of ${describe(x)}, which is not positive`);
    return onlyAt('log', x, ONE, ZERO);
  },
  atan: (a) => onlyAt('atan', of(a), ZERO, ZERO),
  pi() {
    throw new NotRepresentable('pi is no rational number');
  },
  sign(a) {
    const x = of(a);
    if (x.n === 0n) return 0;
    return x.s > 0n ? 1 : -1;
  },
  enclosure(a) {
    const x = of(a);
    return { lower: roundDown(x.s * x.n, x.d), upper: roundUp(x.s * x.n, x.d) };
  },
  approximate(a) {
    const x = of(a);
    return roundDown(x.s * x.n, x.d);
  },
  exactText(a) {
    const x = of(a);
    return ratioText({ numerator: x.s * x.n, denominator: x.d });
  },
};

/** Converts through big integers only: fraction.js would approximate a double by a fraction of seven digits. */
function of(x: Operand): Fraction {
  if (typeof x === 'object') return x;
  const known = converted.get(x);
  if (known !== undefined) return known;
  const { numerator, denominator } = parseReal(x);
  const fraction = limited(new FractionJs(numerator, denominator));
  if (converted.size >= CACHE_SIZE) converted.clear();
  converted.set(x, fraction);
  return fraction;
}

function fold(operands: Operand[], empty: Fraction, join: (a: Fraction, b: Fraction) => Fraction): Fraction {
  if (operands.length === 0) return empty;
  let result = of(operands[0]!);
  for (let k = 1; k < operands.length; k += 1) result = limited(join(result, of(operands[k]!)));
  return result;
}

function limited(x: Fraction): Fraction {
  if (x.n < LIMIT && x.d < LIMIT) return x;
  throw tooLarge(`a fraction of ${bitLength(x.n)} over ${bitLength(x.d)} bits`);
}

function tooLarge(what: string): TooLarge {
  return new TooLarge(`${what}: rational numbers stop at ${MAX_RATIONAL_BITS} bits`);
}

function integerPower(a: Fraction, exponent: number): Fraction {
  if (exponent === 0) return ONE;
  if (exponent < 0 && a.n === 0n) throw new OutOfDomain(`0 to the ${exponent}`);
  const bits = Math.max(bitLength(a.n), bitLength(a.d)) - 1;
  if (bits * Math.abs(exponent) > MAX_RATIONAL_BITS) throw tooLarge(`${describe(a)} to the ${exponent}`);
  const size = BigInt(Math.abs(exponent));
  const [top, bottom] = [(a.s * a.n) ** size, a.d ** size];
  return limited(exponent > 0 ? new FractionJs(top, bottom) : new FractionJs(bottom, top));
}

function rationalPower(a: Fraction, p: number, q: number): Fraction {
  if (a.n !== 0n && a.s < 0n && q % 2 === 0) throw new OutOfDomain(`${describe(a)} to the ${p}/${q}, an even root`);
  const [power, order] = lowestExponent(p, q);
  return integerPower(exactRoot(a, order), power);
}

/** A fraction in lowest terms is a perfect power only if its numerator and denominator both are. */
function exactRoot(a: Fraction, order: number): Fraction {
  const [top, bottom] = [integerRoot(a.n, order), integerRoot(a.d, order)];
  if (top ** BigInt(order) !== a.n || bottom ** BigInt(order) !== a.d) {
    throw new NotRepresentable(`the root of order ${order} of ${describe(a)} is no rational number`);
  }
  return new FractionJs(a.s * top, bottom);
}

function onlyAt(name: string, x: Fraction, point: Fraction, result: Fraction): Fraction {
  if (x.n === point.n && x.d === point.d && x.s === point.s) return result;
  throw new NotRepresentable(`${name} of ${describe(x)} is no rational number`);
}

function describe(x: Fraction): string {
  const bits = bitLength(x.n) + bitLength(x.d);
  return bits <= 256 ? x.toFraction() : `a rational number of ${bits} bits`;
}
