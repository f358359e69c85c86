/**
 * The note on the bound on T (Appendix A): how the time of Theorem 1 depends on the scales of Y, C and Z(0), and an update that
 * makes it independent of them. T = (24/ε) σ₁(Y)σ₁(C)σ₁(Z)⁶ √(r min(m,n)) / σ_r(Z)⁵ with ε = ε₁‖Y‖_F²‖C‖_F². The largest singular
 * values of Y and C enter as numbers s1Y and s1C; Z = diag(z) has its own.
 */
import { atMost, equals, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part } from '../../src/claim/finding';
import { starPoint } from '../../src/definitions/factor-alignment';
import type { Target } from '../../src/definitions/factorization';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { constantMatrix, derivative, jets, onFlow } from '../../src/numerics/jet';
import { diagonal, frobeniusSquared, scale } from '../../src/numerics/matrix';
import { sizeOf } from '../../oracles/matrices';
import { byScales } from '../../generators/factorizations';

interface Instance<N> extends Target<N> {
  readonly r: number;
  readonly n: number;
  readonly m: number;
  readonly z: readonly N[];
  readonly s1Y: N;
  readonly s1C: N;
  readonly eps: N;
}

const norm = <N>(R: Arithmetic<N>, A: Target<N>['Y']): N => R.sqrt(frobeniusSquared(R, A));

/** The bound on T. */
const timeOf = <N>(R: Arithmetic<N>, { r, n, m, z, s1Y, s1C, eps, Y, C }: Instance<N>): N =>
  R.div(
    R.mul(24, s1Y, s1C, R.power(z[0]!, 6), R.sqrt(r * Math.min(m, n))),
    R.mul(eps, frobeniusSquared(R, Y), frobeniusSquared(R, C), R.power(z.at(-1)!, 5)),
  );

/** ‖Z‖_F/(‖Y‖_F‖C‖_F): how much faster the scale-independent update runs. */
const speedOf = <N>(R: Arithmetic<N>, { z, Y, C }: Instance<N>): N =>
  R.div(R.sqrt(R.add(...z.map((x) => R.power(x, 2)))), R.mul(norm(R, Y), norm(R, C)));

/** Y and C larger by a and b, Z smaller by s. */
const scaled = <N>(R: Arithmetic<N>, p: Instance<N>, a: N, b: N, s: N): Instance<N> => ({
  ...p,
  Y: scale(R, a, p.Y),
  s1Y: R.mul(a, p.s1Y),
  C: scale(R, b, p.C),
  s1C: R.mul(b, p.s1C),
  z: p.z.map((x) => R.div(x, s)),
});

const scales = exam({
  name: 'the time of Theorem 1 at two scales',
  inside: byScales,
  assuming: {
    H1: {
      says: String.raw`Y\ne0,\ C\ne0,\ z>0,\ \epsilon_1>0,\ \sigma_1(Y)>0,\ \sigma_1(C)>0,\ n\ge r`,
      holds: (R, { r, n, z, s1Y, s1C, eps, Y, C }) =>
        all(
          ...[...z, s1Y, s1C, eps, frobeniusSquared(R, Y), frobeniusSquared(R, C)].map((x) => lessThan(R, 0, x)),
          ...(r > n ? [atMost(R, r, n)] : []),
        ),
    },
    H2: {
      says: String.raw`a>1,\ b>1,\ s>1`,
      holds: (R, { a, b, s }) => all(...[a, b, s].map((x) => lessThan(R, 1, x))),
    },
  },
  cases: [{ r: 1, n: 1, m: 1, z: [1], Y: [[1]], C: [[1]], s1Y: 1, s1C: 1, eps: 1, a: 2, b: 2, s: 2 }],
});

/** How the time scales. For all. */
export const noteOnT = forAll(scales, {
  id: 'fa-matrix-factorization/note-on-T',
  where: 'Appendix A, note on the bound on T',
  recorded: 'upheld',
  says: String.raw`T(aY,bC,Z/s)=\frac{T(Y,C,Z)}{abs}<T(Y,C,Z)\ (a,b,s>1);\quad\text{with }
\dot Z=\kappa(Y-\hat Y)C^\top,\ \kappa=\frac{\|Z\|_F}{\|Y\|_F\|C\|_F}:\ \tfrac{d}{dt}\|Z\|_F^2=0\text{ and }T/\kappa\text{ has no scale}`,
  note: String.raw`That $T$ decreases is that $abs>1$. As $\|Z\|_F$ does not change, the new update is FA* at another constant speed, which divides the time of Theorem 1 by $\kappa$.`,
  then: (R, _none, p) => {
    const { a, b, s, r, n } = p;
    const other = scaled(R, p, a, b, s);
    const J = jets(R, 1);
    const target = { Y: constantMatrix(p.Y), C: constantMatrix(p.C) };
    const speed = speedOf(R, p);
    const Z = diagonal(R, p.z, n, r);
    const [path] = onFlow(J, [Z], ([X]) => [scale(J, [speed], starPoint(J, target, X!).residual)]);
    const { inverted } = starPoint(R, p, Z);
    const size = sizeOf(R, Z, Z, inverted, Z, p.Y, p.C, [[speed]], Z);
    return all(
      part('scaled', equals(R, R.mul(a, b, s, timeOf(R, other)), timeOf(R, p))),
      part('norm', equals(R, derivative(J, frobeniusSquared(J, path!)), 0, 0, size)),
      part('no scale', equals(R, R.div(timeOf(R, other), speedOf(R, other)), R.div(timeOf(R, p), speedOf(R, p)))),
    );
  },
});
