import type { Real } from '../numerics/arithmetic';
import { parseReal, toDouble } from '../numerics/real';

/** How hard a number is to write down: the bits of its numerator and denominator, a little more for a minus sign. */
export function complexity(x: Real): number {
  const { numerator, denominator } = parseReal(x);
  if (numerator === 0n) return 0;
  return bits(numerator) + 2 * bits(denominator) + (numerator < 0n ? 0.5 : 0);
}

const bits = (n: bigint): number => (n < 0n ? -n : n).toString(2).length;

/**
 * Numbers simpler than `x`, the simplest first: 0, ±1, ±2, ±1/2, the small integers next to it, its convergents as a
 * continued fraction, and itself to a few binary digits. Integers and dyadic fractions come as JSON numbers.
 */
export function simplerReals(x: Real): readonly Real[] {
  const value = toDouble(x);
  if (!Number.isFinite(value)) return [];
  const sign = value < 0 ? -1 : 1;
  const candidates: Real[] = [0, 1, sign, 2 * sign, sign / 2, sign / 4, 3 * sign, 4 * sign, 8 * sign];
  candidates.push(Math.round(value), Math.floor(value), Math.ceil(value));
  candidates.push(sign * 2 ** Math.round(Math.log2(Math.max(Math.abs(value), Number.MIN_VALUE))));
  candidates.push(...convergents(value), ...truncations(value));
  const limit = complexity(x);
  const seen = new Map<string, Real>();
  for (const candidate of candidates) {
    if (typeof candidate === 'number' && !Number.isFinite(candidate)) continue;
    const { numerator, denominator } = parseReal(candidate);
    if (complexity(candidate) < limit) seen.set(`${numerator}/${denominator}`, candidate === 0 ? 0 : candidate);
  }
  return [...seen.values()].sort((a, b) => complexity(a) - complexity(b));
}

/** Whole numbers simpler than `n`, the simplest first. */
export function simplerCounts(n: number): readonly number[] {
  const candidates = [0, 1, 2, 3, Math.floor(n / 4), Math.floor(n / 2), n - 1];
  return [...new Set(candidates.filter((k) => k >= 0 && k < n))].sort((a, b) => a - b);
}

/** The convergents of the continued fraction with denominators up to 1000. */
function convergents(value: number): readonly Real[] {
  const found: Real[] = [];
  let [p0, q0, p1, q1] = [1, 0, Math.floor(value), 1];
  let rest = value - Math.floor(value);
  while (rest > 2 ** -40 && found.length < 12) {
    const whole = Math.floor(1 / rest);
    rest = 1 / rest - whole;
    [p0, q0, p1, q1] = [p1, q1, whole * p1 + p0, whole * q1 + q0];
    if (q1 > 1000 || !Number.isSafeInteger(p1)) break;
    found.push(Number.isInteger(Math.log2(q1)) ? p1 / q1 : `${p1}/${q1}`);
  }
  return found;
}

/** The value rounded to 1, 2, 3, 4, 6, 8 and 12 significant binary digits. */
function truncations(value: number): readonly number[] {
  if (value === 0) return [];
  const exponent = Math.floor(Math.log2(Math.abs(value)));
  return [1, 2, 3, 4, 6, 8, 12].map((digits) => {
    const unit = 2 ** (exponent - digits + 1);
    return unit > 0 ? Math.round(value / unit) * unit : value;
  });
}
