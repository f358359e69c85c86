/**
 * Tails of the chi-square, normal and Student laws, enclosed where the arithmetic encloses: sums of positive terms whose
 * remainder is bounded by a geometric series, and a continued fraction whose convergents lie on both sides.
 *
 * Probabilities of the size e^-300 are below the smallest number of most balls. So every tail can be asked for in units
 * of e^-s: it is then multiplied by e^s before anything is rounded. In that unit they are as precise as the arithmetic, which
 * is an absolute precision for balls and, here, for doubles too: what is far below the unit costs next to nothing.
 */
import type { Arithmetic, Real } from './arithmetic';
import { logGammaOfHalf, loosened, negligible, sizeOf, unitOf } from './log-gamma';

/**
 * e^s P[X ≥ x] for a chi-square number X with d degrees of freedom, d ≥ 1 whole. RangeError for other d;
 * NotRepresentable over exact arithmetics. Takes about √d terms near the mean.
 */
export function chiSquareAtLeast<N>(R: Arithmetic<N>, d: number, x: N | Real, s: N | Real = 0): N {
  checkDegrees(d);
  const y = R.div(x, 2);
  if (R.approximate(y) <= 0) return R.exp(s);
  // The complement of a probability below 1 − 1/e or so loses nothing.
  if (R.approximate(y) <= d / 2 + 1) return complement(R, lowerSeries(R, d, y, R.of(0)), s);
  return upperSum(R, d, y, s);
}

/** e^s P[X ≤ x] for a chi-square number X with d degrees of freedom; else as {@link chiSquareAtLeast}. */
export function chiSquareAtMost<N>(R: Arithmetic<N>, d: number, x: N | Real, s: N | Real = 0): N {
  checkDegrees(d);
  const y = R.div(x, 2);
  if (R.approximate(y) <= 0) return R.of(0);
  if (R.approximate(y) <= d / 2 + 1) return lowerSeries(R, d, y, s);
  return complement(R, upperSum(R, d, y, 0), s);
}

/** e^s P[|N| ≥ x] for a standard normal number N and x ≥ 0. */
export function normalOutside<N>(R: Arithmetic<N>, x: N | Real, s: N | Real = 0): N {
  return chiSquareAtLeast(R, 1, R.power(x, 2), s);
}

/**
 * P[|T| ≤ x] for a Student number T with d degrees of freedom and x ≥ 0: a finite sum of d/2 terms or so, from
 * M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4. RangeError unless d is whole and
 * ≥ 1.
 */
export function studentInside<N>(R: Arithmetic<N>, d: number, x: N | Real): N {
  checkDegrees(d);
  const square = R.power(x, 2);
  // With θ = atan(x/√d).
  const cosine2 = R.div(d, R.add(d, square));
  const sine = R.sqrt(R.div(square, R.add(d, square)));
  const odd = d % 2 === 1;
  let term = odd ? R.sqrt(cosine2) : R.of(1);
  let sum = R.of(0);
  for (let k = odd ? 3 : 2; k <= d; k += 2) {
    sum = R.add(sum, term);
    term = R.mul(term, R.div(k - 1, k), cosine2);
  }
  if (!odd) return R.mul(sine, sum);
  const angle = R.atan(R.div(x, R.sqrt(d)));
  return R.div(R.mul(2, R.add(angle, R.mul(sine, sum))), R.pi());
}

function checkDegrees(d: number): void {
  if (Number.isSafeInteger(d) && d >= 1) return;
  throw new RangeError(`${d} degrees of freedom: expected a whole number ≥ 1`);
}

/** e^s(1 − p). */
function complement<N>(R: Arithmetic<N>, p: N, s: N | Real): N {
  return R.mul(R.exp(s), R.sub(1, p));
}

/**
 * e^s P[X ≤ 2y] = e^s y^a e^-y/Γ(a + 1) · Σ_k y^k/((a + 1)⋯(a + k)) with a = d/2, y > 0. From where the factors are below
 * 1 the rest is at most a geometric series.
 */
function lowerSeries<N>(R: Arithmetic<N>, d: number, y: N, s: N | Real): N {
  const head = headOf(R, d, y, d + 2, s);
  const weight = Math.min(1, sizeOf(R, head));
  const unit = negligible(R);
  const near = R.approximate(y);
  let [sum, term] = [R.of(1), R.of(1)];
  for (let k = 1; ; k++) {
    const factor = (2 * near) / (d + 2 * k);
    const size = sizeOf(R, term);
    if (factor < 1 && weight * size * factor < unit * (1 - factor))
      return R.mul(head, withRest(R, sum, term, R.div(R.mul(2, y), d + 2 * k)));
    term = R.div(R.mul(term, y, 2), d + 2 * k);
    sum = R.add(sum, term);
  }
}

/** The sum and what comes after `term` where each further term is at most `factor` < 1 times the one before: [0, term·f/(1 − f)]. */
function withRest<N>(R: Arithmetic<N>, sum: N, term: N, factor: N): N {
  const most = sizeOf(R, R.div(R.mul(term, factor), R.sub(1, factor)));
  return R.kind === 'doubles' ? sum : loosened(R, sum, most);
}

/**
 * e^s P[X ≥ 2y] = e^s y^{a−1}e^-y/Γ(a) · (1 + (a − 1)/y + (a − 1)(a − 2)/y² + …) with a = d/2 < y: for even d down to the
 * factor 0; for odd d down to a − k = 1/2, whose tail is a continued fraction.
 */
function upperSum<N>(R: Arithmetic<N>, d: number, y: N, s: N | Real): N {
  const head = headOf(R, d - 2, y, d, s);
  const weight = Math.min(1, sizeOf(R, head));
  const unit = negligible(R);
  const near = R.approximate(y);
  let [sum, term] = [R.of(0), R.of(1)];
  for (let rest = d; rest >= 2; rest -= 2) {
    sum = R.add(sum, term);
    const factor = (rest - 2) / (2 * near);
    if (weight * sizeOf(R, term) * factor < unit * (1 - factor)) {
      return R.mul(head, withRest(R, sum, term, R.div(rest - 2, R.mul(2, y))));
    }
    term = R.div(R.mul(term, rest - 2), R.mul(2, y));
  }
  return R.mul(head, d % 2 === 0 ? sum : R.add(sum, R.mul(term, halfTail(R, y, unitOf(R)))));
}

/** e^{s − y} y^{p/2}/Γ(h/2). */
function headOf<N>(R: Arithmetic<N>, p: number, y: N, h: number, s: N | Real): N {
  const log = R.add(R.mul(R.div(p, 2), R.log(y)), R.neg(y), R.neg(logGammaOfHalf(R, h)), s);
  return R.exp(log);
}

/**
 * Γ(1/2, y) e^y √y, between 0 and 1: 1/(1 + c_1/(1 + c_2/(1 + …))) with c_k = k/(2y) (Abramowitz and Stegun 6.5.31). All
 * c_k are positive, so that two convergents in a row lie on either side of it.
 */
function halfTail<N>(R: Arithmetic<N>, y: N, unit: number): N {
  const digits = -Math.log(unit) + 10;
  const levels = Math.ceil(digits ** 2 / (8 * R.approximate(y))) + 10;
  const convergent = (depth: number): N => {
    let below = R.of(1);
    for (let k = depth; k >= 1; k--) below = R.add(1, R.div(R.div(k, R.mul(2, y)), below));
    return R.div(1, below);
  };
  const [a, b] = [convergent(levels), convergent(levels + 1)];
  return loosened(R, R.div(R.add(a, b), 2), R.kind === 'doubles' ? 0 : sizeOf(R, R.div(R.sub(a, b), 2)));
}
