/** Doubles: rounded to nearest, fast, and without any promise. They screen; exact numbers and balls certify. */
import type { Arithmetic, Real } from './arithmetic';
import { checkExponent, checkRadius, toDouble } from './real';

const CACHE_SIZE = 4096;
const converted = new Map<string, number>();

/**
 * Arithmetic of IEEE doubles through `Math`. Nothing throws on a value: division by 0, overflow and √-1 give what IEEE
 * gives. The enclosure of x is [x, x] and says no more than that; `around` forgets its radius. A string operand is the
 * double nearest to it.
 *
 * Errors: those of `parseReal` for malformed strings; RangeError for exponents that are no integers, or a bad radius.
 */
export const doubles: Arithmetic<number> = {
  name: 'doubles',
  kind: 'doubles',
  of: (x) => (typeof x === 'number' ? x : fromText(x)),
  around(middle, radius) {
    checkRadius(radius);
    return middle;
  },
  add: (...terms) => {
    let sum = terms.length === 0 ? 0 : value(terms[0]!);
    for (let k = 1; k < terms.length; k += 1) sum += value(terms[k]!);
    return sum;
  },
  sub: (a, b) => value(a) - value(b),
  mul: (...factors) => {
    let product = factors.length === 0 ? 1 : value(factors[0]!);
    for (let k = 1; k < factors.length; k += 1) product *= value(factors[k]!);
    return product;
  },
  div: (a, b) => value(a) / value(b),
  neg: (a) => -value(a),
  abs: (a) => Math.abs(value(a)),
  power(a, exponent) {
    checkExponent(exponent);
    return value(a) ** exponent;
  },
  sqrt: (a) => Math.sqrt(value(a)),
  cbrt: (a) => Math.cbrt(value(a)),
  rationalPower(a, p, q) {
    checkExponent(p, q);
    return realPower(value(a), p, q);
  },
  exp: (a) => Math.exp(value(a)),
  log: (a) => Math.log(value(a)),
  atan: (a) => Math.atan(value(a)),
  pi: () => Math.PI,
  sign(a) {
    const x = value(a);
    if (x > 0) return 1;
    if (x < 0) return -1;
    return x === 0 ? 0 : undefined;
  },
  enclosure(a) {
    const x = value(a);
    return { lower: x, upper: x };
  },
  approximate: (a) => value(a),
  exactText: () => undefined,
};

function value(x: Real): number {
  return typeof x === 'number' ? x : fromText(x);
}

function fromText(text: string): number {
  const known = converted.get(text);
  if (known !== undefined) return known;
  const x = toDouble(text);
  if (converted.size >= CACHE_SIZE) converted.clear();
  converted.set(text, x);
  return x;
}

function realPower(x: number, p: number, q: number): number {
  if (x >= 0) return positivePower(x, p, q);
  if (q % 2 === 0) return NaN;
  return p % 2 === 0 ? positivePower(-x, p, q) : -positivePower(-x, p, q);
}

function positivePower(x: number, p: number, q: number): number {
  if (q === 2 && p === 1) return Math.sqrt(x);
  if (q === 3 && p === 1) return Math.cbrt(x);
  return x ** (p / q);
}
