import type { Arithmetic } from '../src/numerics/arithmetic';

/**
 * The derivative at `x` of a polynomial of degree four or less, from its values at x ± h and x ± 2h, h ≠ 0:
 * (8(f(x + h) − f(x − h)) − (f(x + 2h) − f(x − 2h)))/(12h). Exact for such polynomials, whatever h is; for others an
 * approximation.
 */
export function derivativeOfQuartic<N>(R: Arithmetic<N>, f: (x: N) => N, x: N, h: N): N {
  const rise = (width: N): N => R.sub(f(R.add(x, width)), f(R.sub(x, width)));
  return R.div(R.sub(R.mul(8, rise(h)), rise(R.mul(2, h))), R.mul(12, h));
}
