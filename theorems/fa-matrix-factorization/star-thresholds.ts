/**
 * Steps of the proof of Theorem 1 at a point of FA*: Z any matrix of full column rank, W = (ZᵀZ)⁻¹ZᵀY, R = (Y − ZW)Cᵀ,
 * A = S⁻¹CWᵀ + WCᵀS⁻¹. R_{≤k} keeps the rows x of R with xᵀAx ≤ k‖x‖², the zero rows among them, and has zeros for the others.
 */
import { atMost, equals, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { bestFactorField, bestRight, feedbackFactorField } from '../../src/definitions/factorization';
import { starState, type StarState } from '../../src/definitions/factorization-path';
import { dot, frobeniusSquared, matVec, zeros, type Matrix } from '../../src/numerics/matrix';
import { symmetricEigenvalues } from '../../src/numerics/eigenvalues';
import { equalMatrices, fullRank } from '../../oracles/matrices';
import { starPointSpace } from '../../generators/factorization-paths';

interface Given<N> {
  readonly Y: Matrix<N>;
  readonly C: Matrix<N>;
  readonly Z: Matrix<N>;
}

const pointAt = <N>(R: Reading<N>, { Y, C, Z }: Given<N>): StarState<N> =>
  starState(R, { Y, C }, { Z, W: bestRight(R, Y, Z) });

const anyPoint = exam({
  name: 'thresholds at a point of FA*',
  inside: starPointSpace,
  assuming: {
    H1: { says: String.raw`Z\text{ has full column rank}`, holds: (R, { Z }) => fullRank(R, Z) },
    H2: {
      says: String.raw`\delta>0,\ \epsilon>0`,
      holds: (R, { delta, epsilon }) => all(lessThan(R, 0, delta), lessThan(R, 0, epsilon)),
    },
  },
  cases: [
    { r: 1, n: 2, m: 1, Y: [[1], [1]], C: [[1]], Z: [[1], [0]], k: 1, delta: 4, epsilon: '1/2', x: [[1]] },
    { r: 1, n: 1, m: 1, Y: [[1]], C: [[1]], Z: [[1]], k: 1, delta: 1, epsilon: 1, x: [[1]] },
    {
      ...{ r: 2, n: 3, m: 2, Y: [[1, 0], [2, -1], [1, 1]], C: [[-1, 2], [0, 1]], Z: [[1, 0], [0, 1], [1, 0]] }, // prettier-ignore
      ...{ k: 1, delta: 4, epsilon: '1/2', x: [[1], [2]] },
    },
  ],
});

/** xᵀAx and ‖x‖² of a row. */
const formOf = <N>(R: Reading<N>, A: Matrix<N>, row: readonly N[]): readonly [N, N] => [
  dot(R, row, matVec(R, A, row)),
  dot(R, row, row),
];

/** R_{≤k}: rows above k are zero. A row whose side balls do not tell is kept. */
const below = <N>(R: Reading<N>, { residual, A }: StarState<N>, k: N): Matrix<N> =>
  residual.map((row) => {
    const [form, square] = formOf(R, A, row);
    return R.sign(R.sub(form, R.mul(k, square))) === 1 ? row.map(() => R.of(0)) : row;
  });

/** Where the loss is large and falls slowly, badly aligned rows are large. For all. */
export const equation45 = forAll(anyPoint, {
  id: 'fa-matrix-factorization/lemma-9-eq-45',
  where: 'proof of Lemma 9, (43)–(45)',
  recorded: 'upheld',
  says: String.raw`\tfrac{d\ell}{dt}>-\delta,\ \|R\|_F^2>\epsilon,\ k=\tfrac{2\delta}\epsilon>\lambda_r(A)\implies\|R_{\le k}\|_F^2\ge\frac\delta{2\delta/\epsilon-\lambda_r(A)}`,
  note: String.raw`At any point as at the start: later on $\lambda_r(A(0))\le\lambda_r(A(t))$ makes it weaker. With $\lambda_r(A)\ge2\delta/\epsilon$ the premise is never
met, since $\tfrac{d\ell}{dt}\le-\lambda_r(A)\|R\|_F^2$; the printed case $\lambda_r(A(0))\le2\delta/\epsilon$ includes a division by zero. All points
are looked at with $\epsilon$ just below $\|R\|_F^2$ and $\delta$ just above $-\tfrac{d\ell}{dt}$.`,
  then: (R, _none, p) => fraction45(R, pointAt(R, p), p, 1),
  mutants: {
    'three times the share': (R, _none, p) => fraction45(R, pointAt(R, p), p, 3),
  },
});

/** (45) with its denominator on the other side; δ and ε such that the premise is met: ε below ‖R‖_F², δ above −dℓ/dt. */
function fraction45<N>(R: Reading<N>, point: StarState<N>, { delta }: { readonly delta: N }, factor: number): Finding {
  const squares = frobeniusSquared(R, point.residual);
  if (R.sign(squares) !== 1) return equals(R, 0, 0);
  const epsilon = R.mul(squares, 1 - 2 ** -10);
  const steepness = R.sign(point.slope) === -1 ? R.neg(point.slope) : R.of(0);
  const slow = R.add(steepness, R.mul(delta, epsilon));
  const k = R.div(R.mul(2, slow), epsilon);
  const gap = R.sub(k, symmetricEigenvalues(R, point.A).least);
  return part('rows', atMost(R, R.mul(factor, slow), R.mul(frobeniusSquared(R, below(R, point, k)), gap)));
}

/** The slope is negative wherever A is positive definite, as printed. For all. */
export const minEigenvalue = forAll(anyPoint, {
  id: 'fa-matrix-factorization/lemma-8-min-eig',
  where: 'proof of Lemma 8, (33)–(34)',
  recorded: 'refuted',
  corrected: ['fa-matrix-factorization/lemma-8-min-eig-bound'],
  says: String.raw`\lambda_r(A(0))>0\implies\tfrac{d\ell}{dt}<0\ \text{for all } t;\quad\lambda_r(A)\le0\implies\tfrac{d\ell}{dt}\le-\lambda_r(A)\|R_{\le0}\|_F^2`,
  note: String.raw`Looked at for $t=0$. Where the residual is zero the flow rests and the slope is zero, whatever $A$ is: with $n=r$ at every
point. Lemma 8 does not suffer: its integral is zero there. That $\lambda_r(A(t))$ does not decrease holds: lemma-8-min-eig-bound.`,
  then: (R, _none, p) => {
    const point = pointAt(R, p);
    const { least } = symmetricEigenvalues(R, point.A);
    if (R.sign(least) === 1) return part('A positive definite', lessThan(R, point.slope, 0));
    const bound = R.mul(-1, least, frobeniusSquared(R, below(R, point, R.of(0))));
    return part('A not positive definite', atMost(R, point.slope, bound));
  },
  python: [
    'assert r == 1 and n == 1',
    'S = Z[0][0]**2',
    'W = [Z[0][0]*y/S for y in Y[0]]',
    'A = 2*sum(c*w for c, w in zip(C[0], W))/S',
    'residual = sum((y - Z[0][0]*w)*c for y, w, c in zip(Y[0], W, C[0]))',
    'assert A > 0',
    'left, right = -A*residual**2, F(0)',
  ],
});

/** What Lemma 16 integrates is a continuous function times an indicator, and bounded. For all. */
export const lemmas15and16 = forAll(anyPoint, {
  id: 'fa-matrix-factorization/lemma-15-16',
  where: 'Lemmas 15 and 16',
  recorded: 'upheld',
  says: String.raw`(x^\top R^i_{\le k})^2=(x^\top R^i)^2\,\mathbb 1[R^{i\top}AR^i\le k\|R^i\|^2],\quad\|R^i_{\le k}\|^2=\|R^i\|^2\,\mathbb 1[\cdots]\le\|Y\|_F^2\|C\|_F^2`,
  note: String.raw`What can be computed of it: the products that are integrated are these at every point, rows of zeros included, and bounded. That
indicators of $\{f>0\}$ and $\{f\ge0\}$ for a continuous $f$ are measurable, and bounded measurable functions integrable on bounded
intervals, is measure theory and not looked at.`,
  then: (R, _none, p) => indicators(R, pointAt(R, p), p, 1),
  mutants: {
    'a hundredth of the bound': (R, _none, p) => indicators(R, pointAt(R, p), p, 0.01),
  },
});

function indicators<N>(
  R: Reading<N>,
  point: StarState<N>,
  { Y, C, k, x }: Given<N> & { readonly k: N; readonly x: Matrix<N> },
  factor: number,
): Finding {
  const kept = below(R, point, k);
  const vector = x.map(([entry]) => entry!);
  const most = R.mul(factor, frobeniusSquared(R, Y), frobeniusSquared(R, C));
  const found = kept.flatMap((row, i): readonly Finding[] => {
    const [form, square] = formOf(R, point.A, point.residual[i]!);
    const indicator = R.sign(R.sub(form, R.mul(k, square))) === 1 ? 0 : 1;
    const whole = R.power(dot(R, point.residual[i]!, vector), 2);
    return [
      part('f', equals(R, R.power(dot(R, row, vector), 2), R.mul(indicator, whole), i)),
      part('g', equals(R, dot(R, row, row), R.mul(indicator, square), i)),
      part('bounded', atMost(R, dot(R, row, row), most, i)),
    ];
  });
  return all(...found);
}

/** FA* and FA rest at the same points. For all, an identity. */
export const sameRest = forAll(anyPoint, {
  id: 'fa-matrix-factorization/fa-converges-fig2',
  where: 'Section 4, before Lemma 1',
  recorded: 'upheld',
  says: String.raw`\text{at }(Z,(Z^\top Z)^{-1}Z^\top Y):\quad\dot Z_{\rm FA}=\dot Z_{\rm FA^*},\ \dot W_{\rm FA}=0`,
  note: String.raw`So a limit of FA*, where $\dot Z=0$, is a rest point of FA and meets (7); and a limit of FA is a rest point, where
$(Y-\hat Y)C^\top=0$ and $Z^\top(Y-\hat Y)=0$, which is (7). A flow that has no limit is not covered (fa-converges); nor is a limit of FA
at which $Z$ has lost rank one of FA*.`,
  then: (R, _none, { r, m, Y, C, Z }) => {
    const W = bestRight(R, Y, Z);
    const field = feedbackFactorField(R, { Y, C }, { Z, W });
    return all(
      part('Z', equalMatrices(R, field.Z, bestFactorField(R, { Y, C }, Z))),
      part('W', equalMatrices(R, field.W, zeros(R, r, m))),
    );
  },
  mutants: {
    'W from ZᵀY': (R, _none, { r, m, Y, C, Z }) => {
      const W = bestRight(R, Y, Z).map((row) => row.map((w) => R.mul(w, 2)));
      return equalMatrices(R, feedbackFactorField(R, { Y, C }, { Z, W }).W, zeros(R, r, m));
    },
  },
});
