import { lessThan } from '../src/claim/compare';
import { all, part, type Finding, type Reading } from '../src/claim/finding';
import type { Arithmetic, Real } from '../src/numerics/arithmetic';

/**
 * The cubic x³ + px + q has three distinct real roots: its discriminant −4p³ − 27q² is positive, and, by a second way,
 * it is positive at its local maximum −√(−p/3) and negative at its local minimum √(−p/3). Over exact numbers the
 * first decides alone.
 */
export function threeDistinctRealRoots<N>(R: Reading<N>, p: N, q: N): Finding {
  return all(part('27q² < −4p³', lessThan(R, R.mul(27, q, q), R.mul(-4, R.power(p, 3)))), () => {
    if (R.sign(p) !== -1) return all();
    const turn = R.sqrt(R.div(R.neg(p), 3));
    const swing = R.mul(turn, R.add(R.mul(turn, turn), p));
    return all(
      part('negative at the local minimum', lessThan(R, q, R.neg(swing))),
      part('positive at the local maximum', lessThan(R, swing, q)),
    );
  });
}

/** The point is none of the roots. */
export function noneOf<N>(R: Reading<N>, point: N, roots: readonly (N | Real)[]): Finding {
  return all(...roots.map((root) => lessThan(R, 0, R.abs(R.sub(point, root)))));
}

/**
 * The positive root of x³ − Sx − c for c > 0 and S ≥ 0 with 4S³ < 27c², where it is the only real root. Cardano's formula
 * with the small one of its two cube roots written as S/(3w), so that nothing cancels: as sharp as the arithmetic.
 *
 * Doubles give NaN beyond 4S³ < 27c², the others throw what their √ of a negative number throws; rational numbers also
 * where the roots are irrational. At S = 0 it is the cube root of c.
 */
export function positiveRoot<N>(R: Arithmetic<N>, S: N, c: N): N {
  const discriminant = R.sub(R.div(R.power(c, 2), 4), R.div(R.power(S, 3), 27));
  const w = R.cbrt(R.add(R.div(c, 2), R.sqrt(discriminant)));
  return R.add(w, R.div(S, R.mul(3, w)));
}
