/**
 * Where feedback alignment ends (Section 1 and Appendix E): Z' = (Y − ZW)Cᵀ, W' = Zᵀ(Y − ZW). With P = WCᵀ the function V =
 * ½‖P‖_F² − tr(CYᵀZ), the trace of the matrix in Appendix E, falls as fast as ‖(Y − ZW)Cᵀ‖_F² is large.
 */
import { atMost, compare, equals, lessThan, magnitude } from '../../src/claim/compare';
import { exam, forAll, type Measures } from '../../src/claim/exam';
import { limit } from '../../src/claim/forms/constructors';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { feedbackFactorField, feedbackFactorFlow, type Factors } from '../../src/definitions/factorization';
import { starRate } from '../../src/definitions/factorization-path';
import { timesUpTo } from '../../src/definitions/flow';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { doubles } from '../../src/numerics/doubles';
import { frobeniusSquared, matMul, minus, plus, trace, transpose, type Matrix } from '../../src/numerics/matrix';
import { frobenius } from '../../src/numerics/eigenvalues';
import { equalMatrices, sizeOf } from '../../oracles/matrices';
import { matricesAlong } from '../../oracles/matrix-path';
import { larger } from '../../oracles/series';
import { drift, feedbackFactorFlowSpace } from '../../generators/factorization-paths';

/** One row and one factor, Y = (0, y) and C = (c, 0), so that YCᵀ = 0. */
const orthogonalFeedback = exam({
  name: 'feedback alignment where the feedback sees nothing of Y',
  inside: drift,
  assuming: {
    H1: {
      says: String.raw`y,\ c,\ z\ne0`,
      holds: (R, { y, c, z }) => all(...[y, c, z].map((x) => lessThan(R, 0, R.abs(x)))),
    },
  },
  cases: [{ y: 1, c: 1, z: 1 }],
});

interface Drift<N> {
  readonly y: N;
  readonly c: N;
  readonly z: N;
}

/** Both factors at s = √(1 + z²t), and their derivatives by t, by the chain rule with s' = z²/(2s). */
const drifting = <N>(
  R: Arithmetic<N>,
  { y, c, z }: Drift<N>,
  s: number,
): { readonly at: Factors<N>; readonly slope: Factors<N> } => ({
  at: {
    Z: [[R.div(z, s)]],
    W: [[R.div(R.power(z, 2), R.mul(2, c, s, s)), R.div(R.mul(2, y, s), R.mul(3, z))]],
  },
  slope: {
    Z: [[R.div(R.power(z, 3), R.mul(-2, s, s, s))]],
    W: [[R.div(R.power(z, 4), R.mul(-2, c, R.power(s, 4))), R.div(R.mul(y, z), R.mul(3, s))]],
  },
});

const PLACES = [1, 2, 3, 4, 5, 6, 7, 8];

/** Feedback alignment converges to a rest point from any start. A limit. */
export const converges = limit(orthogonalFeedback, {
  id: 'fa-matrix-factorization/fa-converges',
  where: 'Section 1, after (4)',
  recorded: 'refuted',
  corrected: ['fa-matrix-factorization/fa-converges-residual'],
  says: String.raw`\text{FA (3), from any start and for any } C:\ (Z(t),W(t))\text{ converges to a stationary point}`,
  note: String.raw`$Y=(0,y)$, $C=(c,0)$, $Z(0)=z$, $W(0)=(\tfrac{z^2}{2c},\tfrac{2y}{3z})$: $Z=z/s$, $W=(\tfrac{z^2}{2cs^2},\tfrac{2ys}{3z})$ with $s=\sqrt{1+z^2t}$. $W$ grows without bound as $\sqrt t$, while
both sides of (7) tend to zero, and $ZW$ to $\tfrac23Y$. Fractions in $s$ of degree four and less, compared at eight values of $s$. Needs
$YC^\top=0$ and a balanced start: for random $C$ and $Y\ne0$ this has probability zero. "Convergence to a stationary point" is right of the
residual of (3): fa-converges-residual.`,
  then: (R, _none, p) => equals(R, drifting(R, p, 8).at.W[0]![1]!, drifting(R, p, 1).at.W[0]![1]!),
  excluded: (R, _none, p) => {
    const target = { Y: [[R.of(0), p.y]], C: [[p.c, R.of(0)]] };
    const paths = PLACES.flatMap((s): readonly Finding[] => {
      const { at, slope } = drifting(R, p, s);
      const field = feedbackFactorField(R, target, at);
      return [
        part('Z is the flow', equalMatrices(R, field.Z, slope.Z, { at: s })),
        part('W is the flow', equalMatrices(R, field.W, slope.W, { at: s })),
      ];
    });
    const size = (s: number) => R.abs(drifting(R, p, s).at.W[0]![1]!);
    const grows = PLACES.slice(1).map((s) => lessThan(R, R.mul(s - 1, size(1)), size(s), s));
    return all(...paths, ...grows.map((step) => part('W grows with s', step)));
  },
});

interface Start<N> {
  readonly n: number;
  readonly m: number;
  readonly r: number;
  readonly Y: Matrix<N>;
  readonly C: Matrix<N>;
  readonly Z: Matrix<N>;
  readonly W: Matrix<N>;
}

/** To about the time in which the factors move one another at the start. */
const timesOf = <N>(R: Arithmetic<N>, p: Start<N>, points: number): Float64Array =>
  timesUpTo(2 / (1 + starRate(R, p, p.Z)), points);

const feedback = exam({
  name: 'flow of feedback alignment for factors of all shapes',
  inside: feedbackFactorFlowSpace,
  assuming: {},
  cases: [
    { n: 1, m: 2, r: 1, Y: [[0, 1]], C: [[1, 0]], Z: [[1]], W: [['1/2', '2/3']] },
    { n: 2, m: 2, r: 2, Y: [[1, 0], [0, 1]], C: [[-1, 0], [0, 1]], Z: [[1, 0], [1, 1]], W: [[1, 1], [0, -1]] }, // prettier-ignore
  ],
  horizon: 10,
  flow: true,
  run: ({ factorFA }, p, points) => ({ ...factorFA.flow({ ...p, times: timesOf(doubles, p, points) }) }),
  defined: (R, p, points) => feedbackFactorFlow(R, p, p, timesOf(R, p, points)),
  measure: (_R, { Z, W }) => ({ Z: { values: Z }, W: { values: W } }),
});

/** V, tr(CYᵀZ) and ‖Z‖_F² at every point. */
function potentials<N>(R: Reading<N>, { Z, W }: Measures<N, 'Z' | 'W'>, p: Start<N>) {
  const signal = matMul(R, p.Y, transpose(p.C));
  const right = matricesAlong(W, p.r, p.m);
  return matricesAlong(Z, p.n, p.r).map((left, t) => {
    const P = matMul(R, right[t]!, transpose(p.C));
    const pull = trace(R, matMul(R, transpose(signal), left));
    return { P, pull, V: R.sub(R.div(frobeniusSquared(R, P), 2), pull), squares: frobeniusSquared(R, left) };
  });
}

/** A bound of ‖Z‖_F² for all times and one of V from below, by what is conserved, CWᵀ + WCᵀ − ZᵀZ, and by V(0). */
function boundsOf<N>(R: Reading<N>, { Y, C, Z, W }: Start<N>, V: N): { readonly squares: N; readonly lowest: N } {
  const signal = frobenius(R, matMul(R, Y, transpose(C)));
  const P = matMul(R, W, transpose(C));
  const kept = R.abs(trace(R, minus(R, plus(R, P, transpose(P)), matMul(R, transpose(Z), Z))));
  const inside = larger(R, R.add(R.mul(2, V), R.power(signal, 2), kept), R.of(0));
  const root = R.sqrt(C.length);
  const most = R.add(root, R.sqrt(R.add(C.length, inside)));
  const squares = R.add(R.mul(2, root, most), kept);
  return { squares, lowest: R.neg(R.mul(signal, R.sqrt(squares))) };
}

/** What Appendix E says of V and Z. For all. */
export const appendixE = forAll(feedback, {
  id: 'fa-matrix-factorization/app-E-lower',
  where: 'Appendix E',
  recorded: 'upheld',
  says: String.raw`\operatorname{Tr}V\ge-\operatorname{Tr}(CY^\top Z),\quad\|Z\|_F\text{ stays bounded},\quad\operatorname{Tr}V\text{ stays bounded below}`,
  note: String.raw`With bounds: $D=CW^\top+WC^\top-Z^\top Z$ is conserved, so that $\|Z\|_F^2\le2\sqrt r\,\|P\|_F+|\operatorname{tr}D|$; with $V\le V(0)$ and $a=\|YC^\top\|_F$,
$\|P\|_F\le\sqrt r+\sqrt{r+(2V(0)+a^2+|\operatorname{tr}D|)_+}$, and $V\ge-a\|Z\|_F$. The bounds do not depend on $t$.`,
  then: (R, factors, p) => {
    const points = potentials(R, factors, p);
    const { squares, lowest } = boundsOf(R, p, points[0]!.V);
    const found = points.flatMap((point, t): readonly Finding[] => [
      part('V', compare(R, '≤', R.neg(point.pull), point.V, t, magnitude(R, point.pull))),
      part('Z', atMost(R, point.squares, squares, t)),
      part('V is bounded', compare(R, '≤', lowest, point.V, t, magnitude(R, point.V) + magnitude(R, point.pull))),
    ]);
    return all(...found);
  },
  mutants: {
    'a tenth of the bound': (R, factors, p) => {
      const points = potentials(R, factors, p);
      const { squares } = boundsOf(R, p, points[0]!.V);
      return all(...points.map((point, t) => atMost(R, point.squares, R.div(squares, 10), t)));
    },
  },
});

/** What feedback alignment conserves. For all, an identity. */
export const conserved = forAll(feedback, {
  id: 'fa-matrix-factorization/fa-conserved',
  where: 'not in the paper; for the bounds of app-E-lower',
  recorded: 'upheld',
  says: String.raw`rac{d}{dt}igl(CW^\top+WC^\top-Z^\top Zigr)=0\quad\text{along (3)}`,
  then: (R, factors, p) => {
    const [left, right] = [matricesAlong(factors.Z, p.n, p.r), matricesAlong(factors.W, p.r, p.m)];
    const kept = left.map((Z, t) => {
      const half = matMul(R, p.C, transpose(right[t]!));
      return minus(R, plus(R, half, transpose(half)), matMul(R, transpose(Z), Z));
    });
    const size = Math.max(...left.map((Z, t) => sizeOf(R, p.C, right[t]!) + sizeOf(R, Z, Z)));
    return all(...kept.slice(1).map((D, t) => equalMatrices(R, D, kept[0]!, { at: t + 1, scale: size })));
  },
});

/** The residual of the first factor tends to zero. A limit. */
export const residualVanishes = limit(feedback, {
  id: 'fa-matrix-factorization/fa-converges-residual',
  where: 'corrects Section 1, by Appendix E',
  recorded: 'upheld',
  says: String.raw`\text{FA (3), from any start and for any } C:\ \lim_{t\to\infty}\|(Y-Z(t)W(t))C^\top\|_F=0`,
  note: String.raw`Seen at finite times: $V$ falls from point to point and stays above a bound that does not depend on $t$ (app-E-lower), so that
$\int_0^\infty\|(Y-ZW)C^\top\|_F^2=V(0)-V(\infty)$ is finite (app-E-dV); its derivative is bounded, since $Z$ and $P=WC^\top$ are and move by themselves.`,
  then: (R, factors, p) => {
    const points = potentials(R, factors, p);
    const { lowest } = boundsOf(R, p, points[0]!.V);
    // What P and YCᵀ are sums of, where they come out small.
    const signal =
      (magnitude(R, frobenius(R, p.Y)) + magnitude(R, frobenius(R, p.W))) * magnitude(R, frobenius(R, p.C));
    const size = Math.max(...points.map(({ squares }) => magnitude(R, squares)), 1) * (signal + signal ** 2);
    const falls = points.slice(1).map(({ V }, t) => part('V falls', compare(R, '≤', V, points[t]!.V, t + 1, size)));
    return all(...falls, ...points.map(({ V }, t) => part('V is bounded', compare(R, '≤', lowest, V, t, size))));
  },
});
