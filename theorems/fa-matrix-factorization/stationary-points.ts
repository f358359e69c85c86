/**
 * Stationary points of feedback alignment (Section 4, Appendix B): (Y − ZW)Cᵀ = 0 and Zᵀ(Y − ZW) = 0, (7). All of them, for a
 * given Y and almost every C, are these: Z has the columns of A = YCᵀ among its combinations, and W is best for Z. So they are
 * made: Y = LH of rank k; M = (AD X), of rank q, has as many columns of AD as A has rank, min(k, r), and for the rest columns
 * of X; Z = MG, which loses rank where q < r; W = Z⁺Y + (I − G⁺G)N, all that solve Zᵀ(Y − ZW) = 0. That they are stationary is
 * a hypothesis, certified.
 */
import { atMost } from '../../src/claim/compare';
import { almostSurely } from '../../src/claim/forms/constructors';
import { exam } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { starPoint } from '../../src/definitions/factor-alignment';
import { feedbackFactorField, gram, type Target } from '../../src/definitions/factorization';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import {
  inverse,
  matMul,
  matrixOf,
  minus,
  plus,
  scale,
  transpose,
  zeros,
  type Matrix,
} from '../../src/numerics/matrix';
import { equalMatrices, fullColumnRank, sizeOf } from '../../oracles/matrices';
import { fittedWithSpare, stationaryPoints, stationaryPointsWide } from '../../generators/stationary-points';

type Named<Keys extends string, N> = Readonly<Record<Keys, Matrix<N>>>;
type Made<N> = Named<'L' | 'H' | 'C' | 'D' | 'X' | 'G' | 'N', N> & {
  k: number;
  n: number;
  m: number;
  r: number;
  q: number;
};

interface Stationary<N> extends Target<N> {
  readonly Z: Matrix<N>;
  readonly W: Matrix<N>;
}

/** P_B Y = B(BᵀB)⁻¹BᵀY. */
const projected = <N>(R: Arithmetic<N>, B: Matrix<N>, Y: Matrix<N>): Matrix<N> =>
  matMul(R, B, starPoint(R, { Y, C: Y }, B).W);

/** As many combinations of the columns of A = YCᵀ as A has rank. */
const basisOfA = <N>(R: Arithmetic<N>, { L, H, C, D, k, r }: Made<N>): Matrix<N> =>
  matMul(R, L, H, transpose(C), D.map((row) => row.slice(0, Math.min(k, r)))); // prettier-ignore

/** M = (AD X). */
const columnsOf = <N>(R: Arithmetic<N>, p: Made<N>): Matrix<N> => {
  const A = basisOfA(R, p);
  return matrixOf(p.n, p.q, (i, j) => A[i]![j] ?? p.X[i]![j]!);
};

/** The stationary point. */
const madeOf = <N>(R: Arithmetic<N>, p: Made<N>): Stationary<N> => {
  const Y = matMul(R, p.L, p.H);
  const best = matMul(R, rightInverse(R, p.G), starPoint(R, { Y, C: Y }, columnsOf(R, p)).W);
  const free = minus(R, p.N, matMul(R, rightInverse(R, p.G), p.G, p.N));
  return { Y, C: p.C, Z: matMul(R, columnsOf(R, p), p.G), W: plus(R, best, free) };
};

/** Gᵀ(GGᵀ)⁻¹. */
const rightInverse = <N>(R: Arithmetic<N>, G: Matrix<N>): Matrix<N> =>
  matMul(R, transpose(G), inverse(R, gram(R, transpose(G))));

/** How large the terms are that cancel in B(BᵀB)⁻¹BᵀY. */
const projectedSize = <N>(R: Reading<N>, B: Matrix<N>, Y: Matrix<N>): number =>
  sizeOf(R, B, starPoint(R, { Y, C: Y }, B).inverted, B, Y);

/** How large the terms are that cancel in ZW. */
const madeSize = <N>(R: Reading<N>, p: Made<N>): number => {
  const [Y, M] = [matMul(R, p.L, p.H), columnsOf(R, p)];
  const turned = sizeOf(R, p.G, rightInverse(R, p.G));
  return turned * (projectedSize(R, M, Y) + sizeOf(R, M, p.N) * Math.max(1, turned));
};

/** L, Hᵀ, M and Gᵀ have full column rank, so that all of the above can be worked out. */
const ranks = <N>(R: Reading<N>, p: Made<N>): Finding => {
  const tall = [p.L, transpose(p.H), transpose(p.G)].map((B) => fullColumnRank(R, B));
  const fits = p.D[0]!.length < Math.min(p.k, p.r) ? [atMost(R, Math.min(p.k, p.r), p.q)] : [];
  return all(...tall, ...fits, fullColumnRank(R, columnsOf(R, p)));
};

/** (7). */
const stationary = <N>(R: Reading<N>, point: Stationary<N>, size: number): Finding => {
  const { C, Z, W } = point;
  const { Z: first, W: second } = feedbackFactorField(R, point, { Z, W });
  const zero = (A: Matrix<N>) => zeros(R, A.length, A[0]!.length);
  return all(
    part('dZ/dt', equalMatrices(R, first, zero(first), { scale: size * sizeOf(R, C) })),
    part('dW/dt', equalMatrices(R, second, zero(second), { scale: size * sizeOf(R, Z) })),
  );
};

/** One hypothesis, because (7) can be looked at only where the ranks are what they should be. */
const hypotheses = {
  H1: {
    says: String.raw`\operatorname{rank}Y=k,\ \operatorname{rank}Z=q,\ (Y-ZW)C^\top=0,\ Z^\top(Y-ZW)=0`,
    holds: <N>(R: Reading<N>, p: Made<N>) => {
      const found = ranks(R, p);
      return found.breaks + found.unresolved > 0 ? found : all(found, stationary(R, madeOf(R, p), madeSize(R, p)));
    },
  },
};

const fitted = {
  ...{ k: 1, n: 2, m: 1, r: 2, q: 1, L: [[1], [2]], H: [[1]], C: [[1], [3]], D: [[1], [0]], X: [[1], [1]] },
  ...{ G: [[1, 1]], N: [[1], [2]] },
};
const anyShape = exam({
  name: 'stationary points of feedback alignment',
  inside: stationaryPoints,
  assuming: hypotheses,
  cases: [
    fitted,
    {
      ...{ k: 2, n: 2, m: 2, r: 1, q: 1, L: [[1, 0], [0, 2]], H: [[1, 0], [0, 1]], C: [[1, 1]], D: [[1]] }, // prettier-ignore
      ...{ X: [[0], [0]], G: [[3]], N: [[1, 1]] },
    },
  ],
});

/** Lemma 1. Almost surely, an identity. */
export const lemma1 = almostSurely(anyShape, {
  id: 'fa-matrix-factorization/lemma-1',
  where: 'Lemma 1',
  recorded: 'upheld',
  says: String.raw`C\text{ Gaussian, (7)}\implies\hat Y=AB,\quad A=YC^\top,\ B=\arg\min_B\|AB-Y\|_F^2`,
  note: String.raw`$AB$ is the projection of $Y$ on the columns of $A$, whichever $B$ attains the minimum. Where $A$ has a rank below $\min(k,r)$, which no
Gaussian $C$ has, it is false: see thm-2-arbitrary-C. $Z$ may be rank deficient and have columns that $Y$ has no use for.`,
  then: (R, _none, p) => {
    const { Y, Z, W } = madeOf(R, p);
    const A = basisOfA(R, p);
    const size = Math.max(madeSize(R, p), projectedSize(R, A, Y));
    return equalMatrices(R, matMul(R, Z, W), projected(R, A, Y), { scale: size });
  },
  mutants: {
    'the projection on the columns of YCᵀ + Z': (R, _none, p) => {
      const { Y, Z, W } = madeOf(R, p);
      const other = plus(
        R,
        basisOfA(R, p),
        matrixOf(p.n, Math.min(p.k, p.r), (i, j) => p.X[i]![j]!),
      );
      return equalMatrices(R, matMul(R, Z, W), projected(R, other, Y));
    },
  },
});

const wide = exam({
  name: 'stationary points of feedback alignment with at least rank(Y) hidden units',
  inside: stationaryPointsWide,
  assuming: {
    ...hypotheses,
    H2: { says: String.raw`r\ge\operatorname{rank}Y`, holds: (R, { k, r }) => atMost(R, k, r) },
  },
  cases: [fitted],
});

/** Theorem 2. Almost surely, an identity. */
export const theorem2 = almostSurely(wide, {
  id: 'fa-matrix-factorization/thm-2',
  where: 'Theorem 2',
  recorded: 'upheld',
  says: String.raw`C\text{ Gaussian, (7), }r\ge\operatorname{rank}(Y)\implies ZW=Y`,
  then: (R, _none, p) => {
    const { Y, Z, W } = madeOf(R, p);
    return equalMatrices(R, matMul(R, Z, W), Y, { scale: madeSize(R, p) });
  },
  mutants: {
    'half of W': (R, _none, p) => {
      const { Y, Z, W } = madeOf(R, p);
      return equalMatrices(R, matMul(R, Z, scale(R, '1/2', W)), Y);
    },
  },
});

const spare = exam({
  name: 'a fitted target with more hidden units than it has rank',
  inside: fittedWithSpare,
  assuming: {
    H1: {
      says: String.raw`\operatorname{rank}Y=k<r`,
      holds: (R, { L, H }) => all(fullColumnRank(R, L), fullColumnRank(R, transpose(H))),
    },
  },
  cases: [{ k: 1, s: 1, n: 2, m: 1, L: [[1], [0]], H: [[1]], X: [[0], [1]] }],
});

/** Both column spaces are that of Y, as printed. Almost surely. */
export const columnSpaces = almostSurely(spare, {
  id: 'fa-matrix-factorization/column-spaces',
  where: 'Section 4, last paragraph',
  recorded: 'refuted',
  corrected: ['fa-matrix-factorization/column-spaces-contain'],
  says: String.raw`ZW=Y,\ r\ge\operatorname{rank}(Y)\implies\operatorname{col}(Z)=\operatorname{col}(Y)`,
  note: String.raw`For $r>\operatorname{rank}(Y)$ a factor has columns to spare: with $Z=(L\ X)$ and $W=(H;0)$, $ZW=LH=Y$ whatever $X$ is, and both algorithms, for
every $C$, stand still. Flows end at such points, too: FA* keeps $Z^\top Z$, so that $Z$ has rank $r$ for ever; gradient flow keeps $Z^\top Z-WW^\top$, and where this is positive definite at a random
start, as it is with positive probability for $n\ge r$, $Z$ has full column rank for ever, which is more than the rank of $Y$. True for
$r=\operatorname{rank}(Y)$.`,
  then: (R, _none, { L, X }) => {
    const outside = minus(R, X, projected(R, L, X));
    return equalMatrices(R, outside, zeros(R, X.length, X[0]!.length), { scale: sizeOf(R, X) });
  },
  python: [
    'mul = lambda A, B: [[sum(a*b for a, b in zip(row, col)) for col in zip(*B)] for row in A]',
    'T = lambda A: [list(column) for column in zip(*A)]',
    'inv = lambda A: [[1/A[0][0]]] if len(A) == 1 else [[x/(A[0][0]*A[1][1] - A[0][1]*A[1][0]) for x in row] for row in [[A[1][1], -A[0][1]], [-A[1][0], A[0][0]]]]',
    'P = mul(mul(L, inv(mul(T(L), L))), T(L))  # the projection on the columns of Y = LH',
    'i, j = [int(word[0]) for word in part.split("[")[1:]]',
    'left, right = X[i][j] - mul(P, X)[i][j], 0',
  ],
});

/** The columns of Y are among those of Z; with r = rank(Y) they are the same. Almost surely. */
export const columnSpacesContain = almostSurely(wide, {
  id: 'fa-matrix-factorization/column-spaces-contain',
  where: 'corrects Section 4, last paragraph',
  recorded: 'upheld',
  says: String.raw`C\text{ Gaussian, (7), }r\ge\operatorname{rank}(Y)\implies\operatorname{col}(Y)\subseteq\operatorname{col}(Z),\text{ with equality where }
\operatorname{rank}(Z)=\operatorname{rank}(Y),\text{ so for } r=\operatorname{rank}(Y)`,
  then: (R, _none, p) => {
    const { Y, Z } = madeOf(R, p);
    const M = columnsOf(R, p);
    const contained = part('Y in Z', equalMatrices(R, projected(R, M, Y), Y, { scale: projectedSize(R, M, Y) }));
    if (p.q > p.k) return contained;
    const size = projectedSize(R, p.L, Z);
    return all(contained, part('Z in Y', equalMatrices(R, projected(R, p.L, Z), Z, { scale: size })));
  },
  mutants: {
    'equality whatever the rank of Z': (R, _none, p) => {
      const { Z } = madeOf(R, p);
      return equalMatrices(R, projected(R, p.L, Z), Z, { scale: sizeOf(R, Z) });
    },
  },
});
