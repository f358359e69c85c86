/** log Γ at halves of whole numbers, over any arithmetic that has logarithms: what the tails of chi-square laws are made of. */
import { NotRepresentable, type Arithmetic, type Real } from './arithmetic';

/**
 * About how small the smallest numbers are that the arithmetic tells from 0, relative to 1: 2^-53 for doubles, a few units
 * for balls. What is smaller need not be calculated. Throws NotRepresentable for exact arithmetics, which have no such.
 */
export function unitOf<N>(R: Arithmetic<N>): number {
  if (R.kind === 'doubles') return 2 ** -53;
  // Operands are taken as unrelated, so that what is left is how loosely a third is known.
  const third = R.div(1, 3);
  const { upper } = R.enclosure(R.sub(third, third));
  if (upper > 0) return upper;
  throw new NotRepresentable(`${R.name} have no unit: series that do not end need doubles or balls`);
}

/**
 * What need not be summed. In balls the roundings of a slowly falling term add up to some thousands of units, which the
 * sum is off by anyway, so that waiting for less would take for ever.
 */
export function negligible<N>(R: Arithmetic<N>): number {
  return R.kind === 'doubles' ? unitOf(R) : unitOf(R) * 2 ** 24;
}

/** A bound of |x| in doubles. */
export function sizeOf<N>(R: Arithmetic<N>, x: N): number {
  const { lower, upper } = R.enclosure(x);
  return Math.max(Math.abs(lower), Math.abs(upper));
}

/** x, known only to within `error` more. */
export function loosened<N>(R: Arithmetic<N>, x: N, error: number): N {
  return error === 0 ? x : R.add(x, R.around(0, error));
}

/**
 * log Γ(h/2) for a whole number h ≥ 1. By Stirling's series at a larger argument, whose remainder is at most its first
 * omitted term (Whittaker and Watson, A Course of Modern Analysis, §12.33), and Γ(z) = Γ(z + k)/(z(z + 1)⋯(z + k − 1)).
 * RangeError for other h; NotRepresentable over exact arithmetics.
 */
export function logGammaOfHalf<N>(R: Arithmetic<N>, h: number): N {
  if (!Number.isSafeInteger(h) || h < 1) throw new RangeError(`log Γ at ${h}/2: expected a whole number ≥ 1 over 2`);
  const unit = negligible(R);
  const steps = Math.max(0, Math.ceil(-Math.log(unit) / 3 - h / 2));
  const factors = Array.from({ length: steps }, (_, k) => R.div(h + 2 * k, 2));
  const large = stirling(R, h + 2 * steps, unit);
  return steps === 0 ? large : R.sub(large, R.log(R.mul(...factors)));
}

/** (z − 1/2) log z − z + log(2π)/2 + Σ B_2k/(2k(2k − 1)z^{2k−1}) at z = h/2. */
function stirling<N>(R: Arithmetic<N>, h: number, unit: number): N {
  const z = R.div(h, 2);
  const square = R.power(z, 2);
  let sum = R.add(R.mul(R.div(h - 1, 2), R.log(z)), R.neg(z), R.div(R.log(R.mul(2, R.pi())), 2));
  let power = z;
  for (let k = 1; ; k++) {
    const term = R.div(R.of(stirlingCoefficient(k)), power);
    const size = sizeOf(R, term);
    if (size < unit || k > MOST_TERMS) return loosened(R, sum, size);
    sum = R.add(sum, term);
    power = R.mul(power, square);
  }
}

/** At z ≥ −log(unit)/3 the terms fall below the unit long before. */
const MOST_TERMS = 400;

const coefficients: Real[] = [];
let tangents: readonly bigint[] = [];

/** B_2k/(2k(2k − 1)) exactly. */
function stirlingCoefficient(k: number): Real {
  const known = coefficients[k];
  if (known !== undefined) return known;
  if (tangents.length <= k) tangents = tangentNumbers(2 * k + 16);
  // B_2k = (−1)^{k−1} 2k T_k/(4^k(4^k − 1)).
  const four = 4n ** BigInt(k);
  const sign = k % 2 === 1 ? '' : '-';
  const made = `${sign}${tangents[k]!}/${four * (four - 1n) * BigInt(2 * k - 1)}`;
  coefficients[k] = made;
  return made;
}

/** T_1 = 1, T_2 = 2, T_3 = 16, …, T_n: R. P. Brent and D. Harvey, Fast computation of Bernoulli, Tangent and Secant numbers (2011), Algorithm 2. */
function tangentNumbers(n: number): readonly bigint[] {
  const T: bigint[] = [0n, 1n];
  for (let k = 2; k <= n; k++) T[k] = BigInt(k - 1) * T[k - 1]!;
  for (let k = 2; k <= n; k++) {
    for (let j = k; j <= n; j++) T[j] = BigInt(j - k) * T[j - 1]! + BigInt(j - k + 2) * T[j]!;
  }
  return T;
}
