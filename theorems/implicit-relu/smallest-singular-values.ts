/**
 * The smallest singular values of M and Π (Section 4.1, the two inequalities after Lemma 4.1), ‖A‖ ≤ M, γ0 = γM < 1. σ_min(B) is read
 * as the proof of Theorem 4.2 uses it, λ_min(BBᵀ) = σ_min(B)²: 0 where B has more rows than columns. With another reading, the
 * smallest of those there are, both fail where Z or X has fewer columns than rows and M or Π does not.
 */
import { atMost, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, type Finding, type Reading } from '../../src/claim/finding';
import type { Layer } from '../../src/definitions/implicit-relu';
import { gramMatrices, linearization } from '../../src/definitions/implicit-relu-matrices';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { diagonalOf, dot, matMul, transpose, type Matrix } from '../../src/numerics/matrix';
import { symmetricEigenvalues } from '../../src/numerics/eigenvalues';
import { normAtMost } from '../../oracles/matrices';
import { activePoints } from '../../generators/implicit-relu-points';

interface Point<N> extends Layer<N> {
  readonly b: readonly N[];
  readonly M: N;
}

const points = exam({
  name: 'implicit ReLU network whose units are often all active',
  inside: activePoints,
  assuming: {
    H1: { says: String.raw`\|A\|\le M`, holds: (R, { A, M }) => normAtMost(R, A, M) },
    H2: {
      says: String.raw`\gamma>0,\ \gamma_0=\gamma M<1`,
      holds: (R, { gamma, M }) => all(lessThan(R, 0, gamma), lessThan(R, R.mul(gamma, M), 1)),
    },
  },
  cases: [
    { N: 1, d: 1, m: 1, X: [[1]], W: [[1]], A: [[-1]], b: [1], M: 1, gamma: '1/2' },
    { N: 2, d: 2, m: 2, X: [[1, 1], [0, 1]], W: [[2, 1], [1, 1]], A: [[-1, 0], [0, -1]], b: [1, 1], M: 1, gamma: '1/2' }, // prettier-ignore
    {
      N: 2,
      d: 1,
      m: 2,
      X: [[1], [2]],
      W: [[1, 2]],
      A: [
        [1, 0],
        [0, 1],
      ],
      b: [1, 1],
      M: 1,
      gamma: '1/4',
    },
  ],
});

/** σ_min(B)². */
const leastSquared = <N>(R: Arithmetic<N>, B: Matrix<N>): N =>
  symmetricEigenvalues(R, matMul(R, B, transpose(B))).least;

/** Whether every number on the diagonal, each 0 or 1, is 1. */
const allOnes = <N>(R: Arithmetic<N>, D: Matrix<N>): boolean => diagonalOf(D).every((slope) => R.sign(slope) === 1);

type Room = <N>(R: Arithmetic<N>, p: Point<N>) => N;
const less: Room = (R, { gamma, M }) => R.sub(1, R.mul(gamma, M));
const more: Room = (R, { gamma, M }) => R.add(1, R.mul(gamma, M));

/** σ_min of M or Π, squared, against (γ or 1)²‖b‖² min D (min E) σ_min(Z or X)²/room². Where a slope is 0 it is 0 ≤ σ_min². */
function leastAtLeast<N>(R: Reading<N>, p: Point<N>, which: 'M' | 'Pi', room: Room): Finding {
  const at = linearization(R, p);
  const active = allOnes(R, at.D) && (which === 'M' || allOnes(R, at.E));
  if (!active) return atMost(R, 0, 0);
  const target = { ...p, y: p.X.map(() => R.of(0)) };
  const left = leastSquared(R, gramMatrices(R, target, at)[which]);
  const factor = R.power(R.div(which === 'M' ? p.gamma : 1, room(R, p)), 2);
  return atMost(R, R.mul(factor, dot(R, p.b, p.b), leastSquared(R, which === 'M' ? at.Z : p.X)), left);
}

const vacuity = String.raw`Where a unit is inactive for a sample $\min_iD_{ii}=0$, and nothing is said.`;
const counterexample = String.raw`With $M=\|A\|$ too: at $N=m=1$, $A=-1$, $\gamma=\tfrac12$, $Q=1+\gamma$. It is $\|Q^{-1}\|$ that is at most $\frac1{1-\gamma_0}$; what is
needed is $\sigma_{\min}(Q^{-1})=1/\|Q\|\ge\frac1{1+\gamma_0}$.`;

/** The inequality for M as printed. For all. */
export const leastOfM = forAll(points, {
  id: 'implicit-relu/sigma-min-M',
  where: 'Section 4.1, after Lemma 4.1',
  recorded: 'refuted',
  corrected: ['implicit-relu/sigma-min-M-plus'],
  says: String.raw`\sigma_{\min}[M]\ge\frac{\gamma}{1-\gamma_0}\|b\|\min_i\{D_{ii}\}\,\sigma_{\min}[Z]`,
  note: `${counterexample} ${vacuity}`,
  then: (R, _none, p) => leastAtLeast(R, p, 'M', less),
  python: [
    'assert N == d == m == 1 and X[0][0]*W[0][0] > 0  # one unit, active',
    'x, w, a = X[0][0], W[0][0], A[0][0]',
    'z = x*w/(1 - gamma*a)',
    'assert z == gamma*z*a + x*w and z > 0',
    'left = (gamma/(1 - gamma*M)*b[0]*z)**2',
    'right = (gamma*b[0]/(1 - gamma*a)*z)**2  # M squared',
  ],
});

/** The inequality for M with 1 + γ0. For all. */
export const leastOfMPlus = forAll(points, {
  id: 'implicit-relu/sigma-min-M-plus',
  where: 'corrects Section 4.1, after Lemma 4.1',
  recorded: 'upheld',
  says: String.raw`\sigma_{\min}[M]\ge\frac{\gamma}{1+\gamma_0}\|b\|\min_i\{D_{ii}\}\,\sigma_{\min}[Z]`,
  note: String.raw`With all units active $M=\gamma\,c^\top\otimes Z$, $c=(I-\gamma A)^{-1}b$. Equal for $A=-MI$. ${vacuity}`,
  then: (R, _none, p) => leastAtLeast(R, p, 'M', more),
  mutants: {
    '1 for 1 + γ0': (R, _none, p) => leastAtLeast(R, p, 'M', (S) => S.of(1)),
  },
});

/** The inequality for Π as printed. For all. */
export const leastOfPi = forAll(points, {
  id: 'implicit-relu/sigma-min-Pi',
  where: 'Section 4.1, after Lemma 4.1',
  recorded: 'refuted',
  corrected: ['implicit-relu/sigma-min-Pi-plus'],
  says: String.raw`\sigma_{\min}[\Pi]\ge\frac1{1-\gamma_0}\|b\|\min_i\{D_{ii}\}\min_i\{E_{ii}\}\,\sigma_{\min}(X)`,
  note: `${counterexample} ${vacuity}`,
  then: (R, _none, p) => leastAtLeast(R, p, 'Pi', less),
  python: [
    'assert N == d == m == 1 and X[0][0]*W[0][0] > 0  # one unit, active',
    'left = (b[0]*X[0][0]/(1 - gamma*M))**2',
    'right = (b[0]*X[0][0]/(1 - gamma*A[0][0]))**2  # the square of the number that Pi is',
  ],
});

/** The inequality for Π with 1 + γ0. For all. */
export const leastOfPiPlus = forAll(points, {
  id: 'implicit-relu/sigma-min-Pi-plus',
  where: 'corrects Section 4.1, after Lemma 4.1',
  recorded: 'upheld',
  says: String.raw`\sigma_{\min}[\Pi]\ge\frac1{1+\gamma_0}\|b\|\min_i\{D_{ii}\}\min_i\{E_{ii}\}\,\sigma_{\min}(X)`,
  note: vacuity,
  then: (R, _none, p) => leastAtLeast(R, p, 'Pi', more),
  mutants: {
    '1 for 1 + γ0': (R, _none, p) => leastAtLeast(R, p, 'Pi', (S) => S.of(1)),
  },
});
