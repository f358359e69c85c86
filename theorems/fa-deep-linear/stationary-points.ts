/**
 * Rest points of two-layer feedback alignment, and whether they are global minima of the loss (Section 2 before (4), Section
 * 2.1 after Theorem 2, Section 7), and the rest point of gradient descent at zero (Section 6). At a rest point
 * M E = 0 and E W1ᵀ = 0 with E = Σxy − W2W1Σxx; losses are compared without ½E‖y‖², which they share.
 */
import { atMost, lessThan, magnitude } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import {
  feedbackField,
  inner,
  lossAboveZero,
  residual,
  type Layers,
  type Moments,
} from '../../src/definitions/matrix-linear';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { diagonal, identity, inverse, matMul, minus, transpose, zeros, type Matrix } from '../../src/numerics/matrix';
import { equalMatrices, fullRank, positiveDefinite } from '../../oracles/matrices';
import { diagonalAtRest, narrowTwoLayers, wideTwoLayers } from '../../generators/linear-networks';

/** Every layer's derivative is zero, against the size of Σxy. */
const atRest = <N>(R: Reading<N>, moments: Moments<N>, feedback: Layers<N>, weights: Layers<N>): Finding =>
  all(
    ...feedbackField(R, moments, feedback, weights).map((derivative, l) => {
      const zero = zeros(R, derivative.length, derivative[0]!.length);
      const scale = Math.max(...moments.xy.flat().map((x) => magnitude(R, x)));
      return part(`layer ${l + 1}`, equalMatrices(R, derivative, zero, { scale }));
    }),
  );

/** The second layer that is best for the first, for isotropic inputs: ΣxyW1ᵀ(W1W1ᵀ)⁻¹. */
const bestFor = <N>(R: Arithmetic<N>, Sxy: Matrix<N>, W1: Matrix<N>): Matrix<N> =>
  matMul(R, Sxy, transpose(W1), inverse(R, matMul(R, W1, transpose(W1))));

const isotropic = <N>(R: Arithmetic<N>, Sxy: Matrix<N>): Moments<N> => ({ xx: identity(R, Sxy[0]!.length), xy: Sxy });

/** W1 = MΣxy with the second layer that is best for it: a rest point. */
const restPoint = <N>(R: Arithmetic<N>, M: Matrix<N>, Sxy: Matrix<N>): Layers<N> => {
  const W1 = matMul(R, M, Sxy);
  return [W1, bestFor(R, Sxy, W1)];
};

/** Fewer neurons than outputs, at the rest point with W1 = MΣxy. */
const narrow = exam({
  name: 'a rest point of two layers with fewer neurons than outputs',
  inside: narrowTwoLayers,
  assuming: {
    H1: { says: String.raw`M\text{ has full rank}`, holds: (R, { M }) => fullRank(R, M) },
    H2: {
      says: String.raw`M\Sigma_{xy}\text{ and } V_1\text{ have full rank}`,
      holds: (R, { M, Sxy, V1 }) => all(fullRank(R, matMul(R, M, Sxy)), fullRank(R, V1)),
    },
    H3: {
      says: String.raw`\dot W_1=0,\ \dot W_2=0`,
      holds: (R, { M, Sxy }) => {
        const inverts = fullRank(R, matMul(R, M, Sxy));
        if (inverts.breaks + inverts.unresolved > 0) return inverts;
        return atRest(R, isotropic(R, Sxy), [M], restPoint(R, M, Sxy));
      },
    },
  },
  cases: [{ h: 1, o: 2, d: 2, M: [[0, 1]], Sxy: [[2, 0], [0, 1]], V1: [[1, 0]] }], // prettier-ignore
});

/** Stationary points of feedback alignment are global minima if M has full rank, as printed. For all. */
export const fullRankGlobalMinimum = forAll(narrow, {
  id: 'fa-deep-linear/m-full-rank-global-min',
  where: 'Section 2 before (4), Section 2.1 after Theorem 2, Section 7',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/m-full-rank-global-min-wide'],
  says: String.raw`M\text{ of full rank},\ \dot W_1=0,\ \dot W_2=0\implies\mathcal L(W)\le\mathcal L(V)\text{ for all } V`,
  note: String.raw`$ME=0$ gives $E=0$ only where $M$, of $h\times o$, has full column rank, so $h\ge o$. With $h<o$ neurons a rest point has
$W_2W_1=\Sigma_{xy}P$ (for $\Sigma_{xx}=I$), $P$ the projection on the rows of $W_1$, among whose combinations are the rows of $M\Sigma_{xy}$; the global
minimum projects on the first $h$ right singular vectors of $\Sigma_{xy}$. Where $\Sigma_{xy}$ has a rank above $h$ the two differ for almost every
$M$ of full rank, and then no rest point is a global minimum. Looked at: the rest point $W_1=M\Sigma_{xy}$,
$W_2=\Sigma_{xy}W_1^\top(W_1W_1^\top)^{-1}$, and as a competitor $V_1$ with the second layer that is best for it. Nor is it a matter of the start: for
$M=(0\ 1)$ and $\Sigma_{xy}=\mathrm{diag}(2,1)$ the flow from zero weights is the scalar system of the second component, learns the smaller
singular value and stops. For the scalar system, and for $h\ge o$, the statement about rest points is true.`,
  then: (R, _none, { M, Sxy, V1 }) => {
    const moments = isotropic(R, Sxy);
    return atMost(
      R,
      lossAboveZero(R, moments, restPoint(R, M, Sxy)),
      lossAboveZero(R, moments, [V1, bestFor(R, Sxy, V1)]),
    );
  },
  python: [
    'mul = lambda A, B: [[sum(a*b for a, b in zip(row, col)) for col in zip(*B)] for row in A]',
    'T = lambda A: [list(column) for column in zip(*A)]',
    'inv = lambda A: [[1/A[0][0]]] if len(A) == 1 else [[x/(A[0][0]*A[1][1] - A[0][1]*A[1][0]) for x in row] for row in [[A[1][1], -A[0][1]], [-A[1][0], A[0][0]]]]',
    'def best(W):  # S W^T (W W^T)^-1, the second layer that is best for the first',
    '    return mul(mul(Sxy, T(W)), inv(mul(W, T(W))))',
    'def loss(V):  # |S - P|^2/2 - |S|^2/2 with P = V2 V1',
    '    P = mul(best(V), V)',
    '    return sum(p*p/2 - s*p for r, q in zip(Sxy, P) for s, p in zip(r, q))',
    'W1 = mul(M, Sxy)',
    'W2 = best(W1)',
    'E = [[s - p for s, p in zip(r, q)] for r, q in zip(Sxy, mul(W2, W1))]',
    'assert all(x == 0 for row in mul(M, E) + mul(E, T(W1)) for x in row)  # at rest',
    'left, right = loss(W1), loss(V1)',
  ],
});

/** At least as many neurons as outputs, any weights. */
const wide = exam({
  name: 'two layers with at least as many neurons as outputs',
  inside: wideTwoLayers,
  assuming: {
    H1: { says: String.raw`h\ge o,\ M\text{ has full rank}`, holds: (R, { M }) => fullRank(R, M) },
    H2: { says: String.raw`\Sigma_{xx}>0`, holds: (R, { Sxx }) => positiveDefinite(R, Sxx) },
  },
  cases: [
    {
      ...{ o: 1, h: 2, d: 1, M: [[1], [0]], Sxx: [[1]], Sxy: [[1]], W1: [[1], [1]], W2: [[1, 1]] },
      ...{ V1: [[1], [0]], V2: [[1, 0]] },
    },
  ],
});

/** (MᵀM)⁻¹Mᵀ. */
const leftInverse = <N>(R: Arithmetic<N>, M: Matrix<N>): Matrix<N> =>
  matMul(R, inverse(R, matMul(R, transpose(M), M)), transpose(M));

/** The derivative of the first layer tells the distance to the global minimum, if M has full column rank. For all. */
export const fullRankGlobalMinimumWide = forAll(wide, {
  id: 'fa-deep-linear/m-full-rank-global-min-wide',
  where: 'corrects Section 2 before (4), Section 2.1, Section 7',
  recorded: 'upheld',
  says: String.raw`h\ge o,\ M\text{ of full rank}:\quad E=M^+\dot W_1,\quad
\mathcal L(W)\le\mathcal L(V)+\langle M^+\dot W_1,\,V_2V_1-W_2W_1\rangle\text{ for all } V`,
  note: String.raw`$M^+=(M^\top M)^{-1}M^\top$. Where $\dot W_1=0$ this says $E=0$ and $\mathcal L(W)\le\mathcal L(V)$: every rest point is a global minimum. The inequality
is the convexity of the loss in $W_2W_1$. Whether the flow comes to rest from every start is not said here.`,
  then: (R, _none, { M, Sxx, Sxy, W1, W2, V1, V2 }) => {
    const moments = { xx: Sxx, xy: Sxy };
    const [first] = feedbackField(R, moments, [M], [W1, W2]);
    const error = matMul(R, leftInverse(R, M), first!);
    const ahead = minus(R, matMul(R, V2, V1), matMul(R, W2, W1));
    const bound = R.add(lossAboveZero(R, moments, [V1, V2]), inner(R, error, ahead));
    return all(
      part('error', equalMatrices(R, error, residual(R, moments, [W1, W2]))),
      part('loss', atMost(R, lossAboveZero(R, moments, [W1, W2]), bound)),
    );
  },
  mutants: {
    'half the inner product': (R, _none, { M, Sxx, Sxy, W1, W2, V1, V2 }) => {
      const moments = { xx: Sxx, xy: Sxy };
      const [first] = feedbackField(R, moments, [M], [W1, W2]);
      const ahead = minus(R, matMul(R, V2, V1), matMul(R, W2, W1));
      const gain = R.div(inner(R, matMul(R, leftInverse(R, M), first!), ahead), 2);
      return atMost(R, lossAboveZero(R, moments, [W1, W2]), R.add(lossAboveZero(R, moments, [V1, V2]), gain));
    },
  },
});

/** Diagonal feedback and layers at rest: W1 = diag(a), W2 = diag(λ/a). */
const diagonalRest = exam({
  name: 'diagonal layers at rest',
  inside: diagonalAtRest,
  assuming: {
    H1: {
      says: String.raw`\lambda_1\ge\lambda_2\ge\dots>0`,
      holds: (R, { lxy }) => all(lessThan(R, 0, lxy.at(-1)!), ...lxy.slice(1).map((x, i) => atMost(R, x, lxy[i]!))),
    },
    H2: { says: String.raw`a_i\ne0`, holds: (R, { a }) => all(...a.map((x) => lessThan(R, 0, R.abs(x)))) },
  },
  cases: [{ d: 2, h: 1, o: 2, lxy: [2, 1], D: [1, 1], a: [1], V1: [[0, 1]], V2: [[0], [1]] }],
});

/** Diagonal feedback alignment, at rest, has learned the first k singular values, which is best. For all. */
export const bottleneckSelectsTop = forAll(diagonalRest, {
  id: 'fa-deep-linear/bottleneck-selects-top-k',
  where: 'Section 2 after (5), Section 4',
  recorded: 'upheld',
  says: String.raw`W_1,W_2,D\text{ diagonal},\ (W_2W_1)_{ii}=\lambda_i\ (i\le k=\min(d,h,o)):\quad\dot W_1=0,\ \dot W_2=0,\
\mathcal L(W)\le\mathcal L(V)\text{ for all } V\text{ of the same shapes}`,
  note: String.raw`Isotropic inputs, singular values in decreasing order. That the diagonal entries get there is the convergence of the scalar
systems (Theorems 2 and 3). It is $M=D$ that selects: its rows are the first $h$ left singular vectors of $\Sigma_{xy}$, in the order in which
they are written; for other $M$ of full rank see m-full-rank-global-min.`,
  then: (R, _none, { d, h, o, lxy, D, a, V1, V2 }) => {
    const moments = { xx: identity(R, d), xy: diagonal(R, lxy, o, d) };
    const second = a.map((x, i) => (i < d ? R.div(lxy[i]!, x) : R.of(1)));
    const weights = [diagonal(R, a, h, d), diagonal(R, second, o, h)];
    return all(
      atRest(R, moments, [diagonal(R, D, h, o)], weights),
      part('loss', atMost(R, lossAboveZero(R, moments, weights), lossAboveZero(R, moments, [V1, V2]))),
    );
  },
  mutants: {
    'singular values in increasing order': (R, _none, { d, h, o, lxy, a, V1, V2 }) => {
      const signals = lxy.slice(0, Math.min(d, o)).reverse();
      const moments = { xx: identity(R, d), xy: diagonal(R, signals, o, d) };
      const second = a.map((x, i) => (i < signals.length ? R.div(signals[i]!, x) : R.of(1)));
      const weights = [diagonal(R, a, h, d), diagonal(R, second, o, h)];
      return atMost(R, lossAboveZero(R, moments, weights), lossAboveZero(R, moments, [V1, V2]));
    },
  },
});
