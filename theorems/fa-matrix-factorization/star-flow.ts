/**
 * FA* along its flow (Appendix A.2): Z' = (Y − Ŷ)Cᵀ with W = (ZᵀZ)⁻¹ZᵀY. S = ZᵀZ, R = (Y − Ŷ)Cᵀ the residual,
 * A = S⁻¹CWᵀ + WCᵀS⁻¹ the alignment, ℓ = tr(RS⁻¹Rᵀ) the loss. λ_1 and λ_r are the largest and the smallest eigenvalue.
 * Integrals are found from the path: that of RᵀR between two times is ½S(A(t₂) − A(t₁))S, by Lemma 5 and Fact 3, and what part
 * of it belongs to some rows, or what part of an interval to some times, is enclosed by what both ends of each interval show.
 */
import { atMost, compare, lessThan, magnitude } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { bestFactorFlow } from '../../src/definitions/factorization';
import { starPath, starTimes, type StarState } from '../../src/definitions/factorization-path';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { doubles } from '../../src/numerics/doubles';
import { dot, frobeniusSquared, matMul, matVec, minus, scale, trace, type Matrix } from '../../src/numerics/matrix';
import { equalMatrices } from '../../oracles/matrices';
import { extremeSingularValues, frobenius, symmetricEigenvalues } from '../../src/numerics/eigenvalues';
import { atEnds, between, totalIncrease } from '../../oracles/integrals';
import { larger } from '../../oracles/series';
import { starFlowSpace } from '../../generators/factorization-paths';

/** Z(0) has full column rank by the law that it is drawn from. */
const starFlow = exam({
  name: 'flow of FA*',
  inside: starFlowSpace,
  assuming: {
    H1: {
      says: String.raw`\delta>0,\ \epsilon>0`,
      holds: (R, { delta, epsilon }) => all(lessThan(R, 0, delta), lessThan(R, 0, epsilon)),
    },
  },
  cases: [
    { r: 1, n: 2, m: 1, Y: [[-1], [1]], C: [[1]], Z: [[1], [0]], share: '1/2', delta: '1/4', epsilon: '1/4' },
    {
      ...{ r: 2, n: 3, m: 2, Y: [[1, 0], [2, -1], [1, 1]], C: [[-1, 2], [0, 1]], Z: [[1, 0], [0, 1], [1, 0]] }, // prettier-ignore
      ...{ share: '1/2', delta: 1, epsilon: '1/8' },
    },
  ],
  horizon: 16,
  flow: true,
  run: ({ factorFAStar }, p, points) => ({ ...factorFAStar.flow({ ...p, times: starTimes(doubles, p, points) }) }),
  defined: (R, p, points) => bestFactorFlow(R, p, p.Z, starTimes(R, p, points)),
  measure: (_R, { Z, W }) => ({ Z: { values: Z }, W: { values: W } }),
});

/** The smallest eigenvalue of A(0), and the largest of S. */
const extremesAtStart = <N>(R: Reading<N>, { A, S }: StarState<N>): { readonly lowest: N; readonly top: N } => ({
  lowest: symmetricEigenvalues(R, A).least,
  top: symmetricEigenvalues(R, S).greatest,
});

/** S(0) stays: Fact 3. For all, an identity. */
export const fact3 = forAll(starFlow, {
  id: 'fa-matrix-factorization/fact-3',
  where: 'Fact 3',
  recorded: 'upheld',
  says: String.raw`\tfrac{d}{dt}Z^\top Z=0\ \text{along FA*}:\quad Z(t)^\top Z(t)=Z(0)^\top Z(0)`,
  note: 'Of the flow: a step of size η adds η² times the Gram matrix of the residual.',
  then: (R, factors, p) => {
    const [first, ...others] = starPath(R, p, factors);
    return all(...others.map(({ S }, t) => equalMatrices(R, S, first!.S, { at: t + 1 })));
  },
});

/** ½S(A(t₂) − A(t₁))S, the integral of RᵀR between two points. */
const integralOfSquares = <N>(R: Arithmetic<N>, before: StarState<N>, after: StarState<N>): Matrix<N> =>
  scale(R, '1/2', matMul(R, before.S, minus(R, after.A, before.A), before.S));

/** Whether row i of R is one of R_{≤k}: its Rayleigh quotient with A is at most k. */
const isBelow = <N>(R: Arithmetic<N>, { residual, A }: StarState<N>, k: N, i: number): boolean | undefined => {
  const row = residual[i]!;
  const sign = R.sign(R.sub(dot(R, row, matVec(R, A, row)), R.mul(k, dot(R, row, row))));
  return sign === undefined ? undefined : sign <= 0;
};

/** The share of row i in ‖R‖_F², from 0 to 1 where R is not known to be other than zero. */
const shareOf = <N>(R: Arithmetic<N>, { residual }: StarState<N>, i: number): N => {
  const whole = frobeniusSquared(R, residual);
  return R.sign(whole) === 1 ? R.div(dot(R, residual[i]!, residual[i]!), whole) : R.around(0.5, 0.5);
};

/** ∫‖R_{≤k}‖_F²: of the integral of ‖R‖_F² over an interval, a row that is below k at both ends has its share at least. */
function integralBelow<N>(R: Reading<N>, points: readonly StarState<N>[], k: N): N {
  const pieces = points.slice(1).map((after, t) => {
    const before = points[t]!;
    const whole = trace(R, integralOfSquares(R, before, after));
    const rows = before.residual.map((_row, i) => {
      const [left, right] = [shareOf(R, before, i), shareOf(R, after, i)];
      const most = larger(R, left, right);
      return { ...atEnds(isBelow(R, before, k, i), isBelow(R, after, k, i)), least: R.sub(R.add(left, right), most), most }; // prettier-ignore
    });
    if (rows.every(({ surely }) => surely)) return whole;
    const lower = R.add(0, ...rows.filter(({ surely }) => surely).map(({ least }) => least));
    const upper = R.add(0, ...rows.filter(({ maybe }) => maybe).map(({ most }) => most));
    return R.mul(whole, between(R, lower, rows.every(({ maybe }) => maybe) ? R.of(1) : upper));
  });
  return R.add(0, ...pieces);
}

/** The largest Rayleigh quotient of A with a row of R that is not zero. */
function largestQuotient<N>(R: Reading<N>, { residual, A }: StarState<N>): N | undefined {
  const rows = residual.filter((row) => R.sign(dot(R, row, row)) === 1);
  const quotients = rows.map((row) => R.div(dot(R, row, matVec(R, A, row)), dot(R, row, row)));
  return quotients.length === 0 ? undefined : quotients.reduce((a, b) => larger(R, a, b));
}

/** Lemma 7 with a k that the rows are just below at a share of the path. */
function sidesOfLemma7<N>(
  R: Reading<N>,
  points: readonly StarState<N>[],
  share: N,
): { readonly left: N; readonly right: N } {
  const { lowest, top } = extremesAtStart(R, points[0]!);
  const at = Math.ceil((points.length - 1) * Math.min(1, R.enclosure(share).upper));
  const quotient = largestQuotient(R, points[at]!) ?? lowest;
  const k = R.add(quotient, 2 ** -16 * Math.max(...points[0]!.A.flat().map((a) => magnitude(R, a))));
  return { left: integralBelow(R, points, k), right: R.mul(points[0]!.A.length, R.sub(k, lowest), R.power(top, 2)) };
}

/** How much of the residual lies in rows that are not aligned. For all. */
export const lemma7 = forAll(starFlow, {
  id: 'fa-matrix-factorization/lemma-7',
  where: 'Lemma 7',
  recorded: 'upheld',
  says: String.raw`\int_0^T\|R_{\le k}\|_F^2\,dt\le r\,(k-\lambda_r(A(0)))\,\lambda_1(S)^2\quad(k\ge\lambda_r(A(0)))`,
  note: String.raw`$k$ is just above all Rayleigh quotients at one time; $R_{\le k}$ are the rows $x$ of $R$ with $x^\top Ax\le k\|x\|^2$. For one factor all rows pass $k$ at
one time, and the integral is half the bound at most: $\tfrac12S^2(\min(k,A(T))-A(0))$. Below $\lambda_r(A(0))$ the bound would be negative.`,
  then: (R, factors, p) => {
    const points = starPath(R, p, factors);
    const { left, right } = sidesOfLemma7(R, points, p.share);
    // S A S = CYᵀZS and its transpose: what the integral is a difference of.
    const [sizeY, sizeC, sizeZ] = [p.Y, p.C, p.Z].map((B) => magnitude(R, frobenius(R, B)));
    return compare(R, '≤', left, right, points.length - 1, sizeY! * sizeC! * sizeZ! ** 3);
  },
  mutants: {
    'a quarter of it': (R, factors, p) => {
      const { left, right } = sidesOfLemma7(R, starPath(R, p, factors), p.share);
      return atMost(R, left, R.div(right, 4));
    },
  },
});

/** The loss cannot gain much. For all. */
export const lemma8 = forAll(starFlow, {
  id: 'fa-matrix-factorization/lemma-8',
  where: 'Lemma 8',
  recorded: 'upheld',
  says: String.raw`\int_0^T\tfrac{d\ell}{dt}\,\mathbb 1[\tfrac{d\ell}{dt}\ge0]\,dt\le r\,\lambda_r(A(0))^2\,\lambda_1(S)^2`,
  note: String.raw`The integral is the supremum of $\sum(\ell(t_{j+1})-\ell(t_j))_+$ over all partitions: that of the points of the path is
compared. For one factor with $\cos$ the cosine of $Z(0)$ and $YC^\top$ the loss gains $\tfrac14$ of the bound where $\cos<0$.`,
  then: (R, factors, p) => {
    const points = starPath(R, p, factors);
    const { lowest, top } = extremesAtStart(R, points[0]!);
    const gained = totalIncrease(R, points.map(({ loss }) => loss)); // prettier-ignore
    const size = (magnitude(R, frobenius(R, p.Y)) * magnitude(R, frobenius(R, p.C))) ** 2;
    return compare(R, '≤', gained, R.mul(p.r, R.power(lowest, 2), R.power(top, 2)), points.length - 1, size);
  },
  mutants: {
    'a fifth of it': (R, factors, p) => {
      const points = starPath(R, p, factors);
      const { lowest, top } = extremesAtStart(R, points[0]!);
      const gained = totalIncrease(R, points.map(({ loss }) => loss)); // prettier-ignore
      return atMost(R, gained, R.div(R.mul(p.r, R.power(lowest, 2), R.power(top, 2)), 5));
    },
  },
});

const isAbove = <N>(R: Arithmetic<N>, x: N, level: N): boolean | undefined => {
  const sign = R.sign(R.sub(x, level));
  return sign === undefined ? undefined : sign > 0;
};

/** For how long, at least, the slope is above −δ while ‖R‖_F² is above ε; `times` are those of the points. */
function timeOfBadEvents<N>(
  R: Reading<N>,
  points: readonly StarState<N>[],
  times: ArrayLike<number>,
  { delta, epsilon }: { readonly delta: N; readonly epsilon: N },
): N {
  const bad = points.map(
    ({ slope, residual }) =>
      isAbove(R, slope, R.neg(delta)) === true && isAbove(R, frobeniusSquared(R, residual), epsilon) === true,
  );
  const between = bad.slice(1).map((isBad, t) => (isBad && bad[t] ? R.sub(R.of(times[t + 1]!), times[t]!) : R.of(0)));
  return R.add(...between);
}

/** The loss cannot be large and fall slowly for long. For all. */
export const lemma9 = forAll(starFlow, {
  id: 'fa-matrix-factorization/lemma-9',
  where: 'Lemma 9',
  recorded: 'upheld',
  says: String.raw`\int_0^T\mathbb 1[\tfrac{d\ell}{dt}>-\delta,\ \|R\|_F^2>\epsilon]\,dt\le\tfrac{r}{\delta}(\tfrac{2\delta}{\epsilon}-\lambda_r(A(0)))^2\lambda_1(S)^2`,
  note: String.raw`Where $\lambda_r(A(0))\ge2\delta/\epsilon$ there are no such times: $\tfrac{d\ell}{dt}\le-\lambda_r(A(0))\|R\|_F^2<-2\delta$. The proof divides by
$2\delta/\epsilon-\lambda_r(A(0))$, which may be zero; then nothing is to be shown. Counted is the
time between neighbouring points that are both such times: a shorter one in between is not seen, nor where it begins and ends.`,
  then: (R, factors, p) => {
    const points = starPath(R, p, factors);
    const { lowest, top } = extremesAtStart(R, points[0]!);
    const gap = R.sub(R.div(R.mul(2, p.delta), p.epsilon), lowest);
    const time = timeOfBadEvents(R, points, starTimes(R, p, points.length - 1), p);
    return atMost(R, time, R.div(R.mul(p.r, R.power(gap, 2), R.power(top, 2)), p.delta), points.length - 1);
  },
  mutants: {
    'without the alignment at the start': (R, factors, p) => {
      const points = starPath(R, p, factors);
      const { top } = extremesAtStart(R, points[0]!);
      const gap = R.div(p.delta, p.epsilon);
      const time = timeOfBadEvents(R, points, starTimes(R, p, points.length - 1), p);
      return atMost(R, time, R.div(R.mul(p.r, R.power(gap, 2), R.power(top, 2)), R.mul(4, p.delta)));
    },
  },
});

/** The alignment grows in its worst direction, and bounds the slope. For all. */
export const minEigenvalueGrows = forAll(starFlow, {
  id: 'fa-matrix-factorization/lemma-8-min-eig-bound',
  where: 'corrects the proof of Lemma 8 (33)–(34)',
  recorded: 'upheld',
  says: String.raw`\lambda_r(A(t))\text{ does not decrease};\quad\tfrac{d\ell}{dt}\le-\lambda_r(A(0))\,\|R_{\le0}\|_F^2\ (\lambda_r(A(0))\le0),\quad
\tfrac{d\ell}{dt}\le-\lambda_r(A(0))\,\|R\|_F^2\ (\lambda_r(A(0))>0)`,
  note: 'The slope is negative where, besides, the residual is not zero; at rest it is zero.',
  then: (R, factors, p) => {
    const points = starPath(R, p, factors);
    const { lowest } = extremesAtStart(R, points[0]!);
    const sizeOfA = Math.max(...points.flatMap(({ A }) => A.flat().map((a) => magnitude(R, a))));
    const sizeOfSlope = sizeOfA * (magnitude(R, frobenius(R, p.Y)) * magnitude(R, frobenius(R, p.C))) ** 2;
    const eigenvalues = points.map(({ A }) => symmetricEigenvalues(R, A).least);
    const counted = (point: StarState<(typeof eigenvalues)[0]>): Matrix<(typeof eigenvalues)[0]> =>
      R.sign(lowest) === 1
        ? point.residual
        : point.residual.filter((_row, i) => isBelow(R, point, R.of(0), i) !== false);
    const bounds = points.map((point, t) => {
      const rows = counted(point);
      const bound = rows.length === 0 ? R.of(0) : R.mul(-1, lowest, frobeniusSquared(R, rows));
      return part('slope', compare(R, '≤', point.slope, bound, t, sizeOfSlope));
    });
    const grows = eigenvalues.slice(1).map((now, t) => part('smallest eigenvalue', compare(R, '≤', eigenvalues[t]!, now, t + 1, sizeOfA))); // prettier-ignore
    return all(...grows, ...bounds);
  },
});

/** Everything stays bounded. For all, with bounds written down. */
export const lemma14 = forAll(starFlow, {
  id: 'fa-matrix-factorization/lemma-14',
  where: 'Lemma 14',
  recorded: 'upheld',
  says: String.raw`\|R\|_F\le\|Y\|_F\sigma_1(C),\ \ \|A\|_F\le\frac{2\|Y\|_F\|C\|_F}{\sigma_r(Z(0))^3},\ \
\ell\le\frac{\|R\|_F^2}{\sigma_r(Z(0))^2},\ \ |\tfrac{d\ell}{dt}|\le\|A\|_F\|R\|_F^2\quad\text{for all } t`,
  note: 'Said to be bounded; these are bounds. Y − Ŷ is Y less its projection to the columns of Z, and ‖W‖ at most ‖Y‖/σ_r(Z).',
  then: (R, factors, p) => {
    const points = starPath(R, p, factors);
    const [sizeY, sizeC] = [frobenius(R, p.Y), frobenius(R, p.C)];
    const topC = extremeSingularValues(R, p.C).greatest;
    const least = extremeSingularValues(R, p.Z).least;
    const mostA = R.div(R.mul(2, sizeY, sizeC), R.power(least, 3));
    const mostR = R.mul(sizeY, topC);
    return all(
      ...points.flatMap(({ residual, A, loss, slope }, t): readonly Finding[] => {
        const squares = frobeniusSquared(R, residual);
        return [
          part('R', atMost(R, squares, R.power(mostR, 2), t)),
          part('A', atMost(R, frobeniusSquared(R, A), R.power(mostA, 2), t)),
          part('loss', atMost(R, loss, R.power(R.div(mostR, least), 2), t)),
          part('slope', atMost(R, R.abs(slope), R.mul(mostA, R.power(mostR, 2)), t)),
        ];
      }),
    );
  },
});
