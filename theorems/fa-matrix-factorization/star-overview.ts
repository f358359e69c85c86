/**
 * FA* along its flow from Z(0) with orthonormal columns (Section 3 and the overview in Appendix A.1): ZᵀZ = I at all times, R =
 * (Y − Ŷ)Cᵀ, A = CWᵀ + WCᵀ, ℓ = ‖R‖_F².
 */
import { compare, lessThan, magnitude } from '../../src/claim/compare';
import { exam, forAll, type Measures } from '../../src/claim/exam';
import { someConstant } from '../../src/claim/forms/constructors';
import { all, type Finding, type Reading } from '../../src/claim/finding';
import { bestFactorFlow, bestRight } from '../../src/definitions/factorization';
import { starPath, starState, starTimes } from '../../src/definitions/factorization-path';
import { doubles } from '../../src/numerics/doubles';
import { dot, identity, matMul, matVec, transpose, type Matrix } from '../../src/numerics/matrix';
import { frobenius, symmetricEigenvalues } from '../../src/numerics/eigenvalues';
import { lowerSum, timeWhere, totalIncrease } from '../../oracles/integrals';
import { equalMatrices } from '../../oracles/matrices';
import { orthonormalStarFlow } from '../../generators/factorization-paths';

interface Start<N> {
  readonly Y: Matrix<N>;
  readonly C: Matrix<N>;
  readonly Z: Matrix<N>;
}

interface Bad<N> extends Start<N> {
  readonly delta: N;
  readonly epsilon: N;
}

const orthonormal = exam({
  name: 'flow of FA* from orthonormal columns',
  inside: orthonormalStarFlow,
  assuming: {
    H1: {
      says: String.raw`Z(0)^\top Z(0)=I`,
      holds: (R, { r, Z }) => equalMatrices(R, matMul(R, transpose(Z), Z), identity(R, r)),
    },
    H2: {
      says: String.raw`\delta>0,\ \epsilon>0`,
      holds: (R, { delta, epsilon }) => all(lessThan(R, 0, delta), lessThan(R, 0, epsilon)),
    },
  },
  cases: [
    { r: 1, n: 2, m: 1, Y: [[-1], [1]], C: [[1]], Z: [[1], [0]], delta: '1/4', epsilon: '1/4' },
    {
      ...{ r: 2, n: 3, m: 2, Y: [[1, 0], [2, -1], [1, 1]], C: [[-1, 2], [0, 1]], Z: [[1, 0], [0, 1], [0, 0]] }, // prettier-ignore
      ...{ delta: 1, epsilon: '1/8' },
    },
  ],
  horizon: 16,
  flow: true,
  run: ({ factorFAStar }, p, points) => ({ ...factorFAStar.flow({ ...p, times: starTimes(doubles, p, points) }) }),
  defined: (R, p, points) => bestFactorFlow(R, p, p.Z, starTimes(R, p, points)),
  measure: (_R, { Z, W }) => ({ Z: { values: Z }, W: { values: W } }),
});

/** What rows were before has little to do with a row that is badly aligned now. For all. */
export const overviewInner = forAll(orthonormal, {
  id: 'fa-matrix-factorization/overview-inner',
  where: 'Appendix A.1, display',
  recorded: 'upheld',
  says: String.raw`S=I:\ \int_0^T\|R_{\le k}(t)R^i_{\le k}(T)\|^2dt\le\tfrac12(k-\lambda_r(A(0)))\,\|R^i_{\le k}(T)\|^2`,
  note: String.raw`For every row $x=R^i(T)$ at every point, with the smallest $k$ that keeps it, its Rayleigh quotient, and with all rows of $R(t)$ in the
place of $R_{\le k}(t)$, which makes the left side larger. The integral is taken from below, by the smaller value at the ends of each interval.`,
  then: (R, factors, p) => halfOfGap(R, factors, p, '1/2'),
  mutants: {
    'a quarter for a half': (R, factors, p) => halfOfGap(R, factors, p, '1/4'),
  },
});

function halfOfGap<N>(R: Reading<N>, factors: Measures<N, 'Z' | 'W'>, p: Start<N>, half: string): Finding {
  const points = starPath(R, p, factors);
  const times = starTimes(R, p, points.length - 1);
  const signal = magnitude(R, frobenius(R, p.Y)) * magnitude(R, frobenius(R, p.C));
  const { least } = symmetricEigenvalues(R, points[0]!.A);
  // Rows of R are differences of numbers up to ‖Y‖‖C‖, its norm at orthonormal columns of Z.
  const size = Math.max(...points[0]!.A.flat().map((a) => magnitude(R, a))) * signal ** 2;
  const found = points.flatMap(({ residual, A }, T) =>
    residual.map((x) => {
      const squares = points.slice(0, T + 1).map((earlier) => matVec(R, earlier.residual, x)).map((y) => dot(R, y, y)); // prettier-ignore
      const gap = R.sub(dot(R, x, matVec(R, A, x)), R.mul(least, dot(R, x, x)));
      return compare(R, '≤', lowerSum(R, squares, times), R.mul(half, gap), T, size);
    }),
  );
  return all(...found);
}

/** What the loss gains and how long it stalls above ε, against a constant. */
function badWithin<N>(R: Reading<N>, factors: Measures<N, 'Z' | 'W'>, p: Bad<N>, constant: N): Finding {
  const points = starPath(R, p, factors);
  const bad = points.map(({ slope, loss }) => {
    const [steep, small] = [R.sign(R.add(slope, p.delta)), R.sign(R.sub(loss, p.epsilon))];
    if (steep === -1 || small === -1) return false;
    return steep === undefined || small === undefined ? undefined : true;
  });
  const gained = totalIncrease(R, points.map(({ loss }) => loss)); // prettier-ignore
  const time = timeWhere(R, bad, starTimes(R, p, points.length - 1));
  const size = magnitude(R, constant) + Math.max(...points.map(({ loss }) => magnitude(R, loss)));
  return compare(R, '≤', R.add(gained, time), constant, points.length - 1, size);
}

/** Bad events have an end. Some constant. */
export const badEvents = someConstant(orthonormal, {
  id: 'fa-matrix-factorization/section3-bad-events',
  where: 'Section 3',
  recorded: 'upheld',
  says: String.raw`S=I:\ \int_0^T(\tfrac{d\ell}{dt})_+dt+\int_0^T\mathbb 1[\ell\ge\epsilon,\ \tfrac{d\ell}{dt}\ge-\delta]\,dt\le c(Y,C,Z(0),\delta,\epsilon)\quad\text{for all } T`,
  note: String.raw`$c=r\lambda^2+\tfrac r\delta(\tfrac{2\delta}\epsilon-\lambda)^2$ with $\lambda=\lambda_r(A(0))$, as in Lemmas 8 and 9; that the comparisons inside are not strict makes no difference
to the proof.`,
  within: badWithin,
  constant: {
    of: ['Y', 'C', 'Z', 'delta', 'epsilon'],
    is: (R, { Y, C, Z, delta, epsilon }) => {
      const { A } = starState(R, { Y, C }, { Z, W: bestRight(R, Y, Z) });
      const { least } = symmetricEigenvalues(R, A);
      const gap = R.sub(R.div(R.mul(2, delta), epsilon), least);
      return R.mul(C.length, R.add(R.power(least, 2), R.div(R.power(gap, 2), delta)));
    },
  },
  mutants: {
    'a constant that knows only how small ε is': (R, factors, p) => badWithin(R, factors, p, p.epsilon),
  },
});
