/**
 * Derivatives by arithmetic: truncated Taylor series a₀ + a₁t + … + a_pt^p over any other arithmetic. An expression that
 * is written over an {@link Arithmetic} is evaluated on a line, or on the path of a vector field, and its derivatives at
 * t = 0 are read off: exact over rationals, enclosed over balls, nothing differentiated by hand. With p = 1 these are dual
 * numbers. Recurrences as in A. Griewank and A. Walther, Evaluating Derivatives (SIAM 2008), Section 13.2.
 *
 * A jet is never compared: read the derivative off, and compare that in the arithmetic underneath.
 */
import { NotRepresentable, type Arithmetic, type Real } from './arithmetic';
import type { Matrix } from './matrix';

/**
 * The coefficients a₀, a₁, … of a Taylor series up to t^p, those that are left out 0: a constant has one. The k-th
 * derivative at 0 is k!·a_k.
 */
export type Jet<N> = readonly N[];

/** Jets of one order over an arithmetic. */
export interface Jets<N> extends Arithmetic<Jet<N>> {
  readonly base: Arithmetic<N>;
  readonly order: number;
}

type Operand<N> = Jet<N> | Real;

/**
 * The arithmetic of jets of an order p ≥ 0 over `R`. A {@link Real} is a constant. `sign`, `enclosure` and `approximate`
 * are those of the value a₀, which elimination chooses its pivots by.
 *
 * Errors: those of `R`; OutOfDomain, from its division, for roots at 0, where they have no derivative; NotRepresentable
 * for |a| where the value is 0; RangeError for an order that is no whole number ≥ 0.
 */
export function jets<N>(R: Arithmetic<N>, order: number): Jets<N> {
  if (!Number.isSafeInteger(order) || order < 0) throw new RangeError(`jets of order ${order}: expected 0, 1, 2, …`);
  const of = (x: Operand<N>): Jet<N> => (typeof x === 'object' ? x : [R.of(x)]);
  const value = (x: Operand<N>): N => of(x)[0]!;
  const full = (x: Operand<N>): Jet<N> => padded(R, of(x), order);
  const negated = (a: Operand<N>): Jet<N> => of(a).map((x) => R.neg(x));
  return {
    base: R,
    order,
    name: `jets of order ${order} over ${R.name}`,
    kind: R.kind === 'doubles' || R.kind === 'jets of doubles' ? 'jets of doubles' : 'jets',
    of,
    around: (middle, radius) => [R.around(middle, radius)],
    add: (...terms) => sum(R, terms.map(of)),
    sub: (a, b) => sum(R, [of(a), negated(b)]),
    mul: (...factors) => (factors.length > 0 ? factors : [1]).map(of).reduce((a, b) => product(R, order, a, b)),
    div: (a, b) => quotient(R, order, of(a), of(b)),
    neg: negated,
    abs(a) {
      const side = R.sign(value(a));
      if (side === 0 || side === undefined) throw new NotRepresentable('|a| has no derivative where a may be 0');
      return side > 0 ? of(a) : negated(a);
    },
    power: (a, exponent) => integerPower(R, order, of(a), exponent),
    sqrt: (a) => fractionalPower(R, full(a), R.sqrt(value(a)), 1, 2),
    cbrt: (a) => fractionalPower(R, full(a), R.cbrt(value(a)), 1, 3),
    rationalPower: (a, p, q) => fractionalPower(R, full(a), R.rationalPower(value(a), p, q), p, q),
    exp: (a) => exponential(R, full(a)),
    log: (a) => integral(R, order, quotient(R, order, slope(R, full(a)), of(a)), R.log(value(a))),
    atan(a) {
      const square = sum(R, [of(1), integerPower(R, order, of(a), 2)]);
      return integral(R, order, quotient(R, order, slope(R, full(a)), square), R.atan(value(a)));
    },
    pi: () => [R.pi()],
    sign: (a) => R.sign(value(a)),
    enclosure: (a) => R.enclosure(value(a)),
    approximate: (a) => R.approximate(value(a)),
    exactText: () => undefined,
  };
}

/** The k-th derivative at 0, in the arithmetic underneath; k = 0 is the value. RangeError beyond the order of the jets. */
export function derivative<N>(J: Jets<N>, a: Jet<N>, k = 1): N {
  if (k > J.order) throw new RangeError(`the derivative of order ${k} of a jet of order ${J.order}: use jets of more`);
  let factorial = 1;
  for (let i = 2; i <= k; i++) factorial *= i;
  return J.base.mul(factorial, a[k] ?? 0);
}

/** The k-th derivative of every entry. */
export function matrixDerivative<N>(J: Jets<N>, A: Matrix<Jet<N>>, k = 1): Matrix<N> {
  return A.map((row) => row.map((a) => derivative(J, a, k)));
}

/** A matrix that does not change. */
export function constantMatrix<N>(A: Matrix<N>): Matrix<Jet<N>> {
  return A.map((row) => row.map((a) => [a]));
}

/** A + tV: what is made of it has its derivative in the direction V. The shapes must be one, the order 1 or more. */
export function onLine<N>(A: Matrix<N>, V: Matrix<N>): Matrix<Jet<N>> {
  return A.map((row, i) => row.map((a, j) => [a, V[i]![j]!]));
}

/** A vector field on lists of matrices, over any arithmetic. */
export type MatrixField<M> = (state: readonly Matrix<M>[]) => readonly Matrix<M>[];

/**
 * The path of X' = field(X) through `start`, as jets at t = 0: what is made of it has its derivatives along the flow.
 * The field is evaluated once an order.
 */
export function onFlow<N>(
  J: Jets<N>,
  start: readonly Matrix<N>[],
  field: MatrixField<Jet<N>>,
): readonly Matrix<Jet<N>>[] {
  let state = start.map((A) => constantMatrix(A));
  for (let k = 1; k <= J.order; k++) {
    const speed = field(state);
    const next = (a: Jet<N>, rise: Jet<N>): Jet<N> => [...a, J.base.div(rise[k - 1] ?? 0, k)];
    state = state.map((A, l) => A.map((row, i) => row.map((a, j) => next(a, speed[l]![i]![j]!))));
  }
  return state;
}

const padded = <N>(R: Arithmetic<N>, a: Jet<N>, order: number): Jet<N> =>
  Array.from({ length: order + 1 }, (_, k) => a[k] ?? R.of(0));

/** All coefficients at one power of t in one sum. */
const sum = <N>(R: Arithmetic<N>, series: readonly Jet<N>[]): Jet<N> => {
  const total: N[] = [];
  for (let k = 0; ; k++) {
    const terms: N[] = [];
    for (const a of series) if (k < a.length) terms.push(a[k]!);
    if (terms.length === 0 && k > 0) return total;
    total.push(terms.length === 1 ? terms[0]! : R.add(...terms));
  }
};

/** Σ a_i b_{k−i} over the coefficients that both have, i from `first`. */
const convolution = <N>(R: Arithmetic<N>, a: Jet<N>, b: Jet<N>, k: number, first = 0): N => {
  const terms: N[] = [];
  for (let i = Math.max(first, k - b.length + 1); i <= Math.min(k, a.length - 1); i++) {
    terms.push(R.mul(a[i]!, b[k - i]!));
  }
  return terms.length === 1 ? terms[0]! : R.add(...terms);
};

const product = <N>(R: Arithmetic<N>, order: number, a: Jet<N>, b: Jet<N>): Jet<N> =>
  Array.from({ length: Math.min(order + 1, a.length + b.length - 1) }, (_, k) => convolution(R, a, b, k));

const quotient = <N>(R: Arithmetic<N>, order: number, a: Jet<N>, b: Jet<N>): Jet<N> => {
  if (b.length === 1) return a.map((x) => R.div(x, b[0]!));
  const c: N[] = [];
  for (let k = 0; k <= order; k++) c.push(R.div(R.sub(a[k] ?? 0, convolution(R, c, b, k)), b[0]!));
  return c;
};

/** The value by the arithmetic underneath, which knows that the factors are one number. */
const integerPower = <N>(R: Arithmetic<N>, order: number, a: Jet<N>, exponent: number): Jet<N> => {
  const value = R.power(a[0]!, exponent);
  if (exponent < 0) {
    return [value, ...quotient(R, order, [R.of(1)], integerPower(R, order, a, -exponent)).slice(1)];
  }
  let result: Jet<N> = [R.of(1)];
  for (let k = 0; k < exponent; k++) result = product(R, order, result, a);
  return [value, ...result.slice(1)];
};

/** c = a^(p/q) from q a c' = p a' c. */
const fractionalPower = <N>(R: Arithmetic<N>, a: Jet<N>, value: N, p: number, q: number): Jet<N> => {
  const c: N[] = [value];
  for (let k = 1; k < a.length; k++) {
    const terms = c.map((x, j) => R.mul((k - j) * p - j * q, a[k - j]!, x));
    c.push(R.div(R.add(...terms), R.mul(k * q, a[0]!)));
  }
  return c;
};

/** c = exp(a) from c' = a'c. */
const exponential = <N>(R: Arithmetic<N>, a: Jet<N>): Jet<N> => {
  const c: N[] = [R.exp(a[0]!)];
  const rise = slope(R, a);
  for (let k = 1; k < a.length; k++) c.push(R.div(convolution(R, c, rise, k - 1), k));
  return c;
};

/** a'; its last coefficient, which the jet does not know, is taken as 0: no integral up to t^p depends on it. */
const slope = <N>(R: Arithmetic<N>, a: Jet<N>): Jet<N> =>
  a.map((_, k) => (k + 1 < a.length ? R.mul(k + 1, a[k + 1]!) : R.of(0)));

const integral = <N>(R: Arithmetic<N>, order: number, a: Jet<N>, value: N): Jet<N> =>
  Array.from({ length: order + 1 }, (_, k) => (k === 0 ? value : R.div(a[k - 1] ?? 0, k)));
