import type { Series } from '../src/claim/exam';
import { equals } from '../src/claim/compare';
import type { Finding, Reading } from '../src/claim/finding';
import type { Real } from '../src/numerics/arithmetic';
import { cancelling, map } from './series';

/**
 * Closed forms made of logarithms, reciprocals and arctangents: an implicit solution F(θ) + C₀ = t of an equation
 * θ' = f(θ) is written down once, as printed, and looked at twice. Its derivative is rational, so F'(θ)·f(θ) = 1 is an
 * identity in exact numbers; its value can be followed along a path.
 */

/** A number that depends on one variable: its value and its derivative at the point looked at. */
export interface Varying<N> {
  readonly value: N;
  readonly slope: N;
}

/** x − a, by x. */
export function minus<N>(R: Reading<N>, x: N, a: N | Real): Varying<N> {
  return { value: R.sub(x, a), slope: R.of(1) };
}

/** x² + bx + c, by x. */
export function quadratic<N>(R: Reading<N>, x: N, b: N | Real, c: N | Real): Varying<N> {
  return { value: R.add(R.power(x, 2), R.mul(b, x), c), slope: R.add(x, x, b) };
}

/** (2x + b)/scale, by x. */
export function doubledPlus<N>(R: Reading<N>, x: N, b: N | Real, scale: N | Real): Varying<N> {
  return { value: R.div(R.add(x, x, b), scale), slope: R.div(2, scale) };
}

/** A closed form at a point: its derivative, and its value, which is worked out only when it is asked for. */
export interface ClosedForm<N> {
  readonly slope: N;
  value(): N;
}

/** factor · ln|u|. */
export function logarithm<N>(R: Reading<N>, factor: N | Real, u: Varying<N>): ClosedForm<N> {
  return {
    slope: R.div(R.mul(factor, u.slope), u.value),
    value: () => R.mul(factor, R.log(R.abs(u.value))),
  };
}

/** factor / u. */
export function reciprocal<N>(R: Reading<N>, factor: N | Real, u: Varying<N>): ClosedForm<N> {
  return {
    slope: R.div(R.neg(R.mul(factor, u.slope)), R.power(u.value, 2)),
    value: () => R.div(factor, u.value),
  };
}

/** factor · arctan(u). */
export function arctangent<N>(R: Reading<N>, factor: N | Real, u: Varying<N>): ClosedForm<N> {
  return {
    slope: R.div(R.mul(factor, u.slope), R.add(1, R.power(u.value, 2))),
    value: () => R.mul(factor, R.atan(u.value)),
  };
}

/** (factor/√s) · arctan(u/√s) for s > 0: its derivative, factor·u'/(s + u²), needs no root. */
export function arctangentByRoot<N>(R: Reading<N>, factor: N | Real, u: Varying<N>, s: N | Real): ClosedForm<N> {
  return {
    slope: R.div(R.mul(factor, u.slope), R.add(s, R.power(u.value, 2))),
    value: () => R.mul(R.div(factor, R.sqrt(s)), R.atan(R.div(u.value, R.sqrt(s)))),
  };
}

/** The sum of closed forms at one point. */
export function sumOf<N>(R: Reading<N>, ...forms: readonly ClosedForm<N>[]): ClosedForm<N> {
  return {
    slope: R.add(...forms.map(({ slope }) => slope)),
    value: () => R.add(...forms.map((form) => form.value())),
  };
}

/** The closed form changes by `rate` a time unit where its variable moves with `speed`: no path is needed. */
export function changesBy<N>(R: Reading<N>, form: ClosedForm<N>, speed: N, rate: N | Real): Finding {
  return equals(R, R.mul(form.slope, speed), rate);
}

/** How much a closed form has grown since the start of a path; remembers how large the numbers subtracted were. */
export function growth<N>(R: Reading<N>, path: Series<N>, form: (x: N) => ClosedForm<N>): Series<N> {
  const values = map(path, (x) => form(x).value());
  const first = values.values[0]!;
  return cancelling(
    R,
    map(values, (value) => R.sub(value, first)),
    map(values, (value) => R.add(R.abs(value), R.abs(first))),
  );
}

/**
 * The derivative at h = 0 of a polynomial in h of degree 4 at most, from its values at ±1 and ±2: exact for such
 * polynomials and for no others. With h ↦ g(state + h·field) it is the derivative of g along a polynomial flow.
 */
export function slopeAtZero<N>(R: Reading<N>, polynomial: (h: number) => N): N {
  const near = R.sub(polynomial(1), polynomial(-1));
  const far = R.sub(polynomial(2), polynomial(-2));
  return R.div(R.sub(R.mul(8, near), far), 12);
}
