/** The binomial law: tails, and the probability that has a given tail. */

/** From here on the four terms of Stirling's series below leave less than the rounding of a double. */
const STIRLING_FROM = 32;

/** log n!, for a whole n ≥ 0: a sum of logarithms, or Stirling's series (Abramowitz and Stegun 6.1.41). */
export function logFactorial(n: number): number {
  if (n < STIRLING_FROM) {
    let sum = 0;
    for (let k = 2; k <= n; k++) sum += Math.log(k);
    return sum;
  }
  const z = n + 1;
  const inverse = 1 / (z * z);
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / z;
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series;
}

/** The probability of exactly `hits` among `draws` independent ones, each a hit with probability `q` in (0, 1). */
function exactly(hits: number, draws: number, q: number): number {
  const ways = logFactorial(draws) - logFactorial(hits) - logFactorial(draws - hits);
  return Math.exp(ways + hits * Math.log(q) + (draws - hits) * Math.log1p(-q));
}

/**
 * The probability of at least `hits` hits among `draws` independent draws, each a hit with probability `q`, to about ten
 * digits for up to a million draws. The terms are summed from `hits` away from the middle of the law.
 */
export function upperTail(hits: number, draws: number, q: number): number {
  if (hits <= 0 || q >= 1) return hits <= draws ? 1 : 0;
  if (hits > draws || q <= 0) return 0;
  const odds = q / (1 - q);
  if (hits > draws * q) {
    let term = exactly(hits, draws, q);
    let sum = term;
    for (let k = hits; k < draws && term > sum * 1e-18; k++) sum += term *= ((draws - k) / (k + 1)) * odds;
    return Math.min(1, sum);
  }
  let term = exactly(hits - 1, draws, q);
  let sum = term;
  for (let k = hits - 1; k > 0 && term > sum * 1e-18; k--) sum += term *= k / ((draws - k + 1) * odds);
  return Math.max(0, 1 - sum);
}

/** The smallest probability of a hit for which at least `hits` of `draws` come with probability `chance` or more. */
export function probabilityFor(hits: number, draws: number, chance: number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (upperTail(hits, draws, middle) >= chance) high = middle;
    else low = middle;
  }
  return high;
}
