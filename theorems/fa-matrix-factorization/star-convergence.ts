/**
 * FA* converges (Theorem 1, Lemmas 10 and 11): along its flow, Z' = (Y − Ŷ)Cᵀ with W = (ZᵀZ)⁻¹ZᵀY, the residual R = (Y − Ŷ)Cᵀ
 * tends to zero. S = ZᵀZ, A = S⁻¹CWᵀ + WCᵀS⁻¹, ℓ = tr(RS⁻¹Rᵀ). A bound "T ≥ K/ε implies min ≤ ε" is looked at for every T of
 * the path, with the smallest ε that it allows: min over [0, T] ≤ K/T. Minima are those over the points of the path.
 */
import { atMost, compare, equals, lessThan, magnitude } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { limit } from '../../src/claim/forms/constructors';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { bestFactorFlow } from '../../src/definitions/factorization';
import { starPath, starRate, type StarState } from '../../src/definitions/factorization-path';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { doubles } from '../../src/numerics/doubles';
import { frobeniusSquared, minus, trace, type Matrix } from '../../src/numerics/matrix';
import { extremeSingularValues, frobenius, symmetricEigenvalues } from '../../src/numerics/eigenvalues';
import { optimalDescent, starConvergence } from '../../generators/factorization-paths';

interface Start<N> {
  readonly Y: Matrix<N>;
  readonly C: Matrix<N>;
  readonly Z: Matrix<N>;
}

/** Geometric times, from a quarter of the time in which Z turns at its fastest: thirteen of them, to a thousand times that. */
const timesOf = <N>(R: Arithmetic<N>, { Y, C, Z }: Start<N>, points: number): Float64Array => {
  const first = 1 / (4 * starRate(R, { Y, C }, Z));
  return Float64Array.from({ length: points + 1 }, (_, k) => (k === 0 ? 0 : first * 2 ** (((k - 1) * 10) / 12)));
};

/** Z(0) has full column rank by the law that it is drawn from. */
const longFlow = exam({
  name: 'flow of FA* for a long time',
  inside: starConvergence,
  assuming: { H1: { says: String.raw`\mu>0`, holds: (R, { mu }) => lessThan(R, 0, mu) } },
  cases: [
    { r: 1, n: 2, m: 1, Y: [[-1], [1]], C: [[1]], Z: [[1], [0]], mu: 1 },
    { r: 2, n: 2, m: 1, Y: [[1], [2]], C: [[1], [-1]], Z: [[1, 0], [0, 1]], mu: 1 }, // prettier-ignore
    { r: 2, n: 3, m: 2, Y: [[1, 0], [2, -1], [1, 1]], C: [[-1, 2], [0, 1]], Z: [[1, 0], [0, 1], [1, 0]], mu: 1 }, // prettier-ignore
  ],
  horizon: 13,
  flow: true,
  run: ({ factorFAStar }, p, points) => ({ ...factorFAStar.flow({ ...p, times: timesOf(doubles, p, points) }) }),
  defined: (R, p, points) => bestFactorFlow(R, p, p.Z, timesOf(R, p, points)),
  measure: (_R, { Z, W }) => ({ Z: { values: Z }, W: { values: W } }),
});

const smaller = <N>(R: Arithmetic<N>, a: N, b: N): N => R.div(R.sub(R.add(a, b), R.abs(R.sub(a, b))), 2);

/** 24 σ_1(Y) σ_1(C) σ_1(Z(0))^p √(r min(m, n)) / σ_r(Z(0))⁵. */
function constantOf<N>(R: Arithmetic<N>, { Y, C, Z }: Start<N>, power: number, factor = 24): N {
  const [topY, topC] = [extremeSingularValues(R, Y).greatest, extremeSingularValues(R, C).greatest];
  const { least, greatest } = extremeSingularValues(R, Z);
  const root = R.sqrt(C.length * Math.min(Y.length, Y[0]!.length));
  return R.div(R.mul(factor, topY, topC, R.power(greatest, power), root), R.power(least, 5));
}

/** The smallest value so far is at most K/T, at every point but the first. */
function falls<N>(R: Reading<N>, values: readonly N[], times: ArrayLike<number>, K: N): Finding {
  let least = values[0] as N;
  const found = values.slice(1).map((value, t) => {
    least = smaller(R, least, value);
    return compare(R, '≤', least, R.div(K, times[t + 1]!), t + 1, 0);
  });
  return all(...found);
}

/** The smallest residual so far falls as 1/T. For all. */
export const theorem1 = forAll(longFlow, {
  id: 'fa-matrix-factorization/thm-1-min-iterate',
  where: 'Theorem 1, first part',
  recorded: 'upheld',
  says: String.raw`T\ge\frac{24}{\epsilon}\cdot\frac{\sigma_1(Y)\,\sigma_1(C)\,\sigma_1(Z(0))^6\sqrt{r\min(m,n)}}{\sigma_r(Z(0))^5}\implies
\min_{t\le T}\|(Y-\hat Y(t))C^\top\|_F^2\le\epsilon`,
  note: String.raw`The proof uses $\min(m,n)\ge r$, which the theorem does not ask for; $m<r$ is drawn as well. It holds there too: the rows of $R$ lie
in the $m$-dimensional column space of $C$, so that $\min(r,m)$ does for $r$ in Lemmas 6 to 10. The bound is loose by a factor of ten and
more: thm-1-min-iterate-trace has a smaller one.`,
  then: (R, factors, p) => {
    const squares = starPath(R, p, factors).map(({ residual }) => frobeniusSquared(R, residual));
    return falls(R, squares, timesOf(R, p, squares.length - 1), constantOf(R, p, 6));
  },
  mutants: {
    'a hundredth for 24': (R, factors, p) => {
      const squares = starPath(R, p, factors).map(({ residual }) => frobeniusSquared(R, residual));
      return falls(R, squares, timesOf(R, p, squares.length - 1), constantOf(R, p, 6, 0.01));
    },
  },
});

/** The alignment has only so much to gain. For all, a claim of our own. */
export const theorem1Trace = forAll(longFlow, {
  id: 'fa-matrix-factorization/thm-1-min-iterate-trace',
  where: 'beside Theorem 1',
  recorded: 'upheld',
  says: String.raw`\min_{t\le T}\|RS^{-1}\|_F^2\le\frac{\operatorname{tr}A(T)-\operatorname{tr}A(0)}{2T}\le\frac{2\|Y\|_F\|C\|_F}{T\,\sigma_r(Z(0))^3}`,
  note: String.raw`From Lemma 5 alone: $\operatorname{tr}A$ grows by $2\int\|RS^{-1}\|_F^2$ and is at most $2\|Y\|_F\|C\|_F/\sigma_r^3$ in size. So
$T\ge2\|Y\|_F\|C\|_F\sigma_1(Z(0))^4/(\epsilon\,\sigma_r(Z(0))^3)$ does for Theorem 1, without bounding the increase of the loss.`,
  then: (R, factors, p) => {
    const points = starPath(R, p, factors);
    const times = timesOf(R, p, points.length - 1);
    const most = R.div(R.mul(2, frobenius(R, p.Y), frobenius(R, p.C)), R.power(extremeSingularValues(R, p.Z).least, 3));
    const top = R.power(symmetricEigenvalues(R, points[0]!.S).greatest, 2);
    const bounds = points.slice(1).map(({ A }, t) => {
      const gained = R.div(trace(R, minus(R, A, points[0]!.A)), 2);
      return part('gained', compare(R, '≤', gained, most, t + 1, magnitude(R, most)));
    });
    const least = points.map(({ residual }) => R.div(frobeniusSquared(R, residual), top));
    return all(...bounds, part('residual', falls(R, least, times, most)));
  },
});

/** Where the smallest eigenvalue of A is known to be positive, the loss falls exponentially to the next point. */
function decays<N>(R: Reading<N>, points: readonly StarState<N>[], times: ArrayLike<number>, size: number): Finding {
  const lowest = symmetricEigenvalues(R, points[0]!.S).least;
  const found = points.slice(1).flatMap((after, t): readonly Finding[] => {
    const before = points[t]!;
    const least = symmetricEigenvalues(R, before.A).least;
    if (R.sign(least) !== 1) return [];
    const rate = R.mul(least, lowest, R.sub(times[t + 1]!, times[t]!));
    return [compare(R, '≤', after.loss, R.mul(before.loss, R.exp(R.neg(rate))), t + 1, size)];
  });
  return all(...found);
}

/** The residual tends to zero. A limit. */
export const theorem1Limit = limit(longFlow, {
  id: 'fa-matrix-factorization/thm-1-limit',
  where: 'Theorem 1, second part; Lemma 13',
  recorded: 'upheld',
  says: String.raw`\lim_{t\to\infty}\|(Y-\hat Y(t))C^\top\|_F^2=0`,
  note: String.raw`What is seen at finite times implies it: $\operatorname{tr}A$ does not fall and stays below a bound that does not depend on $t$, so that
$\int_0^\infty\|RS^{-1}\|_F^2=\tfrac12(\operatorname{tr}A(\infty)-\operatorname{tr}A(0))$ is finite (Lemma 5), and a function with a bounded derivative (lemma-14) and a
finite integral tends to zero. Where $A$ is positive definite at one time, besides, the loss falls exponentially from there on:
$\ell(t)\le\ell(t_0)\,e^{-\lambda_r(A(t_0))\lambda_r(S)(t-t_0)}$.`,
  then: (R, factors, p) => {
    const points = starPath(R, p, factors);
    const times = timesOf(R, p, points.length - 1);
    const most = R.div(R.mul(2, frobenius(R, p.Y), frobenius(R, p.C)), R.power(extremeSingularValues(R, p.Z).least, 3));
    const size = magnitude(R, most);
    const sizeOfLoss = size ** 2 * magnitude(R, frobenius(R, p.Z)) ** 4;
    const found = points
      .slice(1)
      .flatMap(({ A }, t) => [
        part('alignment does not fall', compare(R, '≤', trace(R, points[t]!.A), trace(R, A), t + 1, size)),
        part('alignment is bounded', compare(R, '≤', trace(R, A), most, t + 1, size)),
      ]);
    return all(...found, part('decay', decays(R, points, times, sizeOfLoss)));
  },
});

/** Lemma 10 from every point to every later one, with δ = με, where the bound on T is B/(με) − 1/μ. */
function lemma10At<N>(
  R: Reading<N>,
  points: readonly StarState<N>[],
  times: ArrayLike<number>,
  mu: N,
  factor = 1,
): Finding {
  const { A, S } = points[0]!;
  const lowest = symmetricEigenvalues(R, A).least;
  const { least, greatest } = symmetricEigenvalues(R, S);
  const [gamma, drop] = [R.mul(R.power(greatest, 2), A.length), R.sub(R.div(R.mul(2, mu), least), lowest)];
  const rest = R.mul(gamma, R.add(R.power(drop, 2), R.power(lowest, 2)));
  const found = points.flatMap(({ loss }, j): readonly Finding[] => {
    let smallest = loss;
    return points.slice(j + 1).map((later, k) => {
      smallest = smaller(R, smallest, later.loss);
      const elapsed = R.sub(times[j + 1 + k]!, times[j]!);
      const epsilon = R.div(R.add(loss, rest), R.add(1, R.mul(mu, elapsed)));
      return atMost(R, smallest, R.mul(factor, epsilon), j + 1 + k);
    });
  });
  return found.length === 0 ? equals(R, 0, 0) : all(...found);
}

/** The loss comes below ε once in every interval of some length. For all. */
export const lemma10 = forAll(longFlow, {
  id: 'fa-matrix-factorization/lemma-10',
  where: 'Lemma 10',
  recorded: 'upheld',
  says: String.raw`T\ge\tfrac r\delta\Bigl(\tfrac{2\delta}{\epsilon\lambda_r(S)}-\lambda_r(A(0))\Bigr)^2\lambda_1(S)^2+\tfrac{\ell(T_1)+r\lambda_r(A(0))^2\lambda_1(S)^2-\epsilon}{\delta}
\implies\min_{T_1\le t\le T_1+T}\ell(t)\le\epsilon`,
  note: String.raw`"FA" is printed for FA*. Instances are $\delta=\mu\epsilon$ and, for all $T_1<T_1+T$ among the points, the $\epsilon$ for which the bound on $T$ is
an equality. Where the bound is negative, $\epsilon$ is above $\ell(T_1)$, and $T\ge0$ has to be asked for.`,
  then: (R, factors, p) => {
    const points = starPath(R, p, factors);
    return lemma10At(R, points, timesOf(R, p, points.length - 1), p.mu);
  },
  mutants: {
    'a fortieth of ε': (R, factors, p) => {
      const points = starPath(R, p, factors);
      return lemma10At(R, points, timesOf(R, p, points.length - 1), p.mu, 0.025);
    },
  },
});

/** The smallest loss so far falls as 1/T. For all. */
export const lemma11 = forAll(longFlow, {
  id: 'fa-matrix-factorization/lemma-11',
  where: 'Lemma 11, (60)–(61)',
  recorded: 'upheld',
  says: String.raw`T\ge\tfrac{24}\epsilon\,\sigma_1(Y)\sigma_1(C)\sigma_1(Z(0))^4\sqrt{r\min(m,n)}\,/\,\sigma_r(Z(0))^5\implies\min_{t\le T}\ell(t)\le\epsilon,\quad
\text{and for } T\ge2\alpha\gamma\sqrt{\beta^2+\phi/\gamma}-2\alpha\beta\gamma`,
  note: String.raw`$\alpha=2/(\epsilon\lambda_r(S))$, $\beta=\lambda_r(A(0))$, $\gamma=r\lambda_1(S)^2$, $\phi=\ell(0)+\gamma\beta^2-\epsilon$. The second bound is looked at without $-\epsilon$ in $\phi$, as in (61).
With $\epsilon>\ell(0)+2\gamma\beta^2$ the root in (60) is not real; then $t=0$ does. The last step of the proof needs $\min(m,n)\ge r$, the lemma does not.
That (60) is the minimum over $\delta$: lemma-11-delta.`,
  then: (R, factors, p) => {
    const points = starPath(R, p, factors);
    const times = timesOf(R, p, points.length - 1);
    const losses = points.map(({ loss }) => loss);
    return all(
      part('as stated', falls(R, losses, times, constantOf(R, p, 4))),
      part('(61)', falls(R, losses, times, constant61(R, points[0]!))),
    );
  },
  mutants: {
    'a hundredth for 24': (R, factors, p) => {
      const points = starPath(R, p, factors);
      const losses = points.map(({ loss }) => loss);
      return falls(R, losses, timesOf(R, p, points.length - 1), constantOf(R, p, 4, 0.01));
    },
  },
});

/** (4γ/λ_r(S))·(√(2β² + ℓ(0)/γ) − β). */
function constant61<N>(R: Arithmetic<N>, { A, S, loss }: StarState<N>): N {
  const { least, greatest } = symmetricEigenvalues(R, S);
  const beta = symmetricEigenvalues(R, A).least;
  const gamma = R.mul(R.power(greatest, 2), A.length);
  const root = R.sqrt(R.add(R.mul(2, R.power(beta, 2)), R.abs(R.div(loss, gamma))));
  return R.mul(R.div(R.mul(4, gamma), least), R.sub(root, beta));
}

/** α, γ > 0, β of any sign, the best δ and another. φ = γ(α²δ*² − β²), so that the root is αδ*. */
const descent = exam({
  name: 'the bound of Lemma 10 as a function of δ',
  inside: optimalDescent,
  assuming: {
    H1: {
      says: String.raw`\alpha,\gamma,\delta,\delta^*>0`,
      holds: (R, { alpha, gamma, best, delta }) => all(...[alpha, gamma, best, delta].map((x) => lessThan(R, 0, x))),
    },
  },
  cases: [{ alpha: 1, beta: -1, gamma: 2, best: 1, delta: 2 }],
});

/** The optimisation over δ. For all. */
export const lemma11Delta = forAll(descent, {
  id: 'fa-matrix-factorization/lemma-11-delta',
  where: 'proof of Lemma 11, (60)',
  recorded: 'upheld',
  says: String.raw`\frac{(\alpha\delta-\beta)^2\gamma+\phi}\delta\ge2\alpha\gamma\sqrt{\beta^2+\phi/\gamma}-2\alpha\beta\gamma,\ \text{equal at }\delta=\sqrt{\tfrac{\beta^2\gamma+\phi}{\gamma\alpha^2}}`,
  note: String.raw`For $\beta^2\gamma+\phi>0$: drawn by the best $\delta^*$, with $\phi=\gamma(\alpha^2\delta^{*2}-\beta^2)$, so that $\sqrt{\beta^2+\phi/\gamma}=\alpha\delta^*$ is rational.`,
  then: (R, _none, { alpha, beta, gamma, best, delta }) => {
    const phi = R.mul(gamma, R.sub(R.power(R.mul(alpha, best), 2), R.power(beta, 2)));
    const bound = (at: typeof delta) => R.div(R.add(R.mul(R.power(R.sub(R.mul(alpha, at), beta), 2), gamma), phi), at);
    const least = R.sub(R.mul(2, alpha, gamma, alpha, best), R.mul(2, alpha, beta, gamma));
    return all(part('everywhere', atMost(R, least, bound(delta))), part('at the best', equals(R, bound(best), least)));
  },
});
