/**
 * Where gradient flow ends (Theorems 3 and 4, second parts): Z' = (Y − ZW)Wᵀ, W' = Zᵀ(Y − ZW). With one factor it is Oja's flow:
 * D = ‖z‖² − ‖w‖² stays, and x = (z, w) obeys x' = Bx − ½‖x‖²x for a constant symmetric B. In the bases of the singular vectors
 * of Y, B is made of the blocks [[D/2, σ_i], [σ_i, −D/2]] with the eigenvalues ±μ_i, μ_i = √(σ_i² + D²/4).
 */
import { compare, lessThan, magnitude } from '../../src/claim/compare';
import { exam } from '../../src/claim/exam';
import { limit } from '../../src/claim/forms/constructors';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { gradientFactorFlow } from '../../src/definitions/factorization';
import { timesUpTo } from '../../src/definitions/flow';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { doubles } from '../../src/numerics/doubles';
import { diagonal } from '../../src/numerics/matrix';
import { gradientOfOneFactor } from '../../generators/factorization-paths';

interface OneFactor<N> {
  readonly top: N;
  readonly share: N;
  readonly z1: N;
  readonly z2: N;
  readonly w1: N;
  readonly w2: N;
}

const problemOf = <N>(R: Arithmetic<N>, { top, share, z1, z2, w1, w2 }: OneFactor<N>) => ({
  Y: diagonal(R, [top, R.mul(top, share)]),
  Z: [[z1], [z2]],
  W: [[w1, w2]],
});

/** 1/2, as much as the time in which singular values up to 2 move the factors. */
const timesOf = (points: number): Float64Array => timesUpTo(2, points);

interface Mode<N> {
  readonly rate: N;
  /** The coordinate of x along the eigenvector (σ, ±μ − D/2) of its block. */
  readonly coordinate: (z: N, w: N) => N;
}

/** The two modes of a block, that of the larger eigenvalue first. */
const modesOf = <N>(R: Arithmetic<N>, sigma: N, D: N): readonly [Mode<N>, Mode<N>] => {
  const half = R.div(D, 2);
  const mu = R.sqrt(R.add(R.power(sigma, 2), R.power(half, 2)));
  const mode = (rate: N): Mode<N> => ({
    rate,
    coordinate: (z, w) => R.add(R.mul(sigma, z), R.mul(R.sub(rate, half), w)),
  });
  return [mode(mu), mode(R.neg(mu))];
};

const oneFactor = exam({
  name: 'gradient flow of one factor',
  inside: gradientOfOneFactor,
  assuming: {
    H1: { says: String.raw`0<\sigma_2<\sigma_1`, holds: (R, { top, share }) => all(lessThan(R, 0, top), lessThan(R, 0, share), lessThan(R, share, 1)) }, // prettier-ignore
    H2: {
      says: 'x(0) has a component along the top eigenvector of B',
      holds: (R, p) => lessThan(R, 0, R.abs(alongTop(R, p))),
    },
  },
  cases: [
    { top: 1, share: '1/2', z1: 1, z2: 1, w1: '1/2', w2: -1 },
    { top: 1, share: '1/2', z1: '1/4', z2: 2, w1: '1/4', w2: 2 },
  ],
  horizon: 8,
  flow: true,
  run: ({ factorGD }, p, points) => ({ ...factorGD.flow({ ...problemOf(doubles, p), times: timesOf(points) }) }),
  defined: (R, p, points) => {
    const { Y, Z, W } = problemOf(R, p);
    return gradientFactorFlow(R, Y, { Z, W }, timesOf(points));
  },
  measure: (_R, { Z, W }) => ({ Z: { values: Z }, W: { values: W } }),
});

/** ‖z‖² − ‖w‖². */
function imbalance<N>(R: Arithmetic<N>, { z1, z2, w1, w2 }: OneFactor<N>): N {
  return R.sub(R.add(R.power(z1, 2), R.power(z2, 2)), R.add(R.power(w1, 2), R.power(w2, 2)));
}

function alongTop<N>(R: Arithmetic<N>, p: OneFactor<N>): N {
  const [top] = modesOf(R, p.top, imbalance(R, p));
  return top.coordinate(p.z1, p.w1);
}

/** Every other mode falls against the top one at the difference of their rates. */
function fallsBehind<N>(R: Reading<N>, p: OneFactor<N>, Z: ArrayLike<N>, W: ArrayLike<N>, faster: number): Finding {
  const D = imbalance(R, p);
  const second = R.mul(p.top, p.share);
  const [first, opposite] = modesOf(R, p.top, D);
  const others = [[opposite, 0], ...modesOf(R, second, D).map((mode) => [mode, 1] as const)] as const;
  const times = timesOf(Z.length / 2 - 1);
  const at = (mode: Mode<N>, i: number, t: number): N => mode.coordinate(Z[2 * t + i]!, W[2 * t + i]!);
  const found = Array.from(times).flatMap((time, t) =>
    others.map(([mode, i]) => {
      const decay = R.exp(R.mul(-faster, R.sub(first.rate, mode.rate), time));
      const right = R.mul(at(mode, i, 0), at(first, 0, t), decay);
      const left = R.mul(at(mode, i, t), at(first, 0, 0));
      const size = [at(first, 0, 0), at(first, 0, t), at(mode, i, 0), at(mode, i, t)].map((x) => magnitude(R, x));
      return part('mode', compare(R, '=', left, right, t, Math.max(...size) ** 2));
    }),
  );
  return all(...found);
}

/** Gradient flow of one factor turns to the top singular vectors. A limit. */
export const theorem3Gradient = limit(oneFactor, {
  id: 'fa-matrix-factorization/thm-3-gd',
  where: 'Theorems 3 and 4, gradient flow',
  recorded: 'upheld',
  says: String.raw`r=1,\ \sigma_1>\sigma_2,\ x(0)\text{ not orthogonal to the top eigenvector of }B:\quad\tfrac{Z}{\|Z\|}\to\pm u_1,\ ZW\to\sigma_1u_1v_1^\top`,
  note: String.raw`Every other coordinate of $x$ in the eigenvectors of $B$ falls against the top one as $e^{-(\mu_1-\lambda)t}$, exactly, so that $x/\|x\|$ tends to the top
eigenvector, in the span of $u_1$ and $v_1$; then $\|x\|^2\to2\mu_1$ and the error to $\sum_{i\ge2}\sigma_i^2$. Starts without the component, $Z=W=0$ among them,
are of probability zero. In the bases of the singular vectors, for two of them; with more factors the limit is that of Bah et al. and is
seen in gd-optimal.`,
  then: (R, { Z, W }, p) => fallsBehind(R, p, Z.values, W.values, 1),
  mutants: {
    'at twice the rate': (R, { Z, W }, p) => fallsBehind(R, p, Z.values, W.values, 2),
  },
});
