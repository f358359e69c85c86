/**
 * The stationary point equations of FA and of FA* (Section 4 (7)): (Y − ZW)Cᵀ = 0, Zᵀ(Y − ZW) = 0. FA moves both factors,
 * Z' = (Y − ZW)Cᵀ, W' = Zᵀ(Y − ZW); FA* moves Z alone, with W = (ZᵀZ)⁻¹ZᵀY, which asks for a Z of full column rank. And
 * what they leave open where C is arbitrary.
 */
import { equals, lessThan } from '../../src/claim/compare';
import { exam, exists, forAll } from '../../src/claim/exam';
import { all, part } from '../../src/claim/finding';
import { starPoint } from '../../src/definitions/factor-alignment';
import { feedbackFactorField, gram, remainder, type Target } from '../../src/definitions/factorization';
import { constantMatrix, jets, matrixDerivative, onFlow } from '../../src/numerics/jet';
import {
  determinant,
  frobeniusSquared,
  matMul,
  minus,
  scale,
  transpose,
  zeros,
  type Matrix,
} from '../../src/numerics/matrix';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { equalMatrices, fullColumnRank, sizeOf } from '../../oracles/matrices';
import { tallFactors, twoByTwo } from '../../generators/factorizations';
import { rankOneTarget } from '../../generators/stationary-points';

const anyPoint = exam({
  name: 'FA and FA* at a first factor of full column rank',
  inside: tallFactors,
  assuming: {
    H1: { says: String.raw`Z\text{ has full column rank}`, holds: (R, { Z }) => fullColumnRank(R, Z) },
  },
  cases: [{ r: 1, n: 2, m: 1, Y: [[1], [2]], C: [[1]], Z: [[1], [0]], W: [[1]] }],
});

/** FA and FA* have the same stationary points. For all, an identity. */
export const stationaryEquations = forAll(anyPoint, {
  id: 'fa-matrix-factorization/stationary-eqs',
  where: '(7)',
  recorded: 'upheld',
  says: String.raw`Z^\top(Y-ZW)=Z^\top Z(W^*-W),\ W^*=(Z^\top Z)^{-1}Z^\top Y;\quad\text{at } W^*:\ \dot Z_{FA}=\dot Z_{FA^*},\ \dot W_{FA}=0,\
\dot W^*=(Z^\top Z)^{-1}\dot Z^\top(Y-\hat Y)`,
  note: String.raw`So FA stands still exactly where $W=W^*$ and FA* stands still. Where both are defined: the inverse in (4) asks for a $Z$ of full column
rank, as Theorem 1 does. (7) has solutions with other $Z$, at which FA stands still and FA* has no $W$ (stationary-eqs-rank-deficient).`,
  then: (R, _none, { r, m, Y, C, Z, W }) => {
    const star = starPoint(R, { Y, C }, Z);
    const { W: moved } = feedbackFactorField(R, { Y, C }, { Z, W });
    const { Z: first, W: second } = feedbackFactorField(R, { Y, C }, { Z, W: star.W });
    const J = jets(R, 1);
    const target = { Y: constantMatrix(Y), C: constantMatrix(C) };
    const [path] = onFlow(J, [Z], ([X]) => [starPoint(J, target, X!).residual]);
    const speed = matrixDerivative(J, starPoint(J, target, path!).W);
    const size = Math.max(sizeOf(R, Z, Y), sizeOf(R, Z, Z, W), sizeOf(R, Z, Z, star.W));
    const expected = matMul(R, star.inverted, transpose(star.residual), star.error);
    return all(
      part('second equation', equalMatrices(R, moved, matMul(R, gram(R, Z), minus(R, star.W, W)), { scale: size })),
      part('dZ/dt', equalMatrices(R, first, star.residual)),
      part('dW/dt', equalMatrices(R, second, zeros(R, r, m), { scale: size })),
      part('dW*/dt', equalMatrices(R, speed, expected, { scale: sizeOf(R, star.inverted, C, Y, Y) })),
    );
  },
  mutants: {
    'FA stands still at every W': (R, _none, { r, m, Y, C, Z, W }) =>
      equalMatrices(R, feedbackFactorField(R, { Y, C }, { Z, W }).W, zeros(R, r, m)),
  },
});

const square = exam({
  name: 'FA with two rows, columns and hidden units',
  inside: twoByTwo,
  assuming: {},
  cases: [{ Y: [[1, 0], [0, 0]], C: [[1, 2], [3, 4]], Z: [[1, 0], [0, 0]], W: [[1, 0], [0, 0]] }], // prettier-ignore
});

/** FA has stationary points where FA* is not defined. Exists. */
export const rankDeficient = exists(square, {
  id: 'fa-matrix-factorization/stationary-eqs-rank-deficient',
  where: 'around (7)',
  recorded: 'upheld',
  says: String.raw`\exists\,Y,C,Z,W:\quad\text{(7) and }\det(Z^\top Z)=0`,
  note: String.raw`Where $Y$ has a rank below $r$ they are there for every $C$. The results of Section 4 hold at them as well.`,
  then: (R, _none, { Y, C, Z, W }) => {
    const { Z: first, W: second } = feedbackFactorField(R, { Y, C }, { Z, W });
    return all(
      part('(7)', all(equalMatrices(R, first, zeros(R, 2)), equalMatrices(R, second, zeros(R, 2)))),
      part('rank', equals(R, determinant(R, gram(R, Z)), 0)),
    );
  },
  mutants: { 'and Z of full column rank': (R, _none, { Z }) => fullColumnRank(R, Z) },
});

const rankOne = exam({
  name: 'a target of rank one and one hidden unit',
  inside: rankOneTarget,
  assuming: { H1: { says: String.raw`z\ne0`, holds: (R, { z }) => fullColumnRank(R, z) } },
  cases: [{ f: [[1], [1], [0]], h: [[1, 0, 0]], z: [[1], [0], [0]], c: [[0, 1, 0]] }],
});

/** Y = f hᵀ and the best w for z. */
const fittedToOne = <N>(
  R: Arithmetic<N>,
  { f, h, z, c }: Readonly<Record<'f' | 'h' | 'z' | 'c', Matrix<N>>>,
): Target<N> & Readonly<Record<'Z' | 'W', Matrix<N>>> => {
  const Y = matMul(R, f, h);
  return { Y, C: c, Z: z, W: starPoint(R, { Y, C: c }, z).W };
};

/** For an arbitrary C Theorem 2 fails. Exists. */
export const arbitraryFeedback = exists(rankOne, {
  id: 'fa-matrix-factorization/thm-2-arbitrary-C',
  where: 'Section 4, after Theorem 2',
  recorded: 'upheld',
  says: String.raw`\exists\,Y\text{ of rank }1=r,\ C\ne0,\ Z,\ W=(Z^\top Z)^{-1}Z^\top Y:\quad\text{(7)},\ \hat Y\ne Y,\ \operatorname{rank}(Y-\hat Y)\le2`,
  note: String.raw`$3\times3$, where a rank of at most 2 is $\det(Y-\hat Y)=0$. The rank is even at most 1 (thm-2-arbitrary-C-rank): $Y-\hat Y$ is $Y$ less its
projection. For $m=1$ there is none but $C=0$.`,
  then: (R, _none, p) => {
    const point = fittedToOne(R, p);
    const { Z: first, W: second } = feedbackFactorField(R, point, { Z: point.Z, W: point.W });
    const E = remainder(R, point.Y, { Z: point.Z, W: point.W });
    return all(
      part('(7)', all(equalMatrices(R, first, zeros(R, 3, 1)), equalMatrices(R, second, zeros(R, 1, 3)))),
      part('C ≠ 0', lessThan(R, 0, frobeniusSquared(R, p.c))),
      part('error', lessThan(R, 0, frobeniusSquared(R, E))),
      part('rank', equals(R, determinant(R, E), 0, 0, sizeOf(R, E, E, E))),
    );
  },
  mutants: {
    'and Ŷ = Y': (R, _none, p) => {
      const { Y, Z, W } = fittedToOne(R, p);
      return equalMatrices(R, matMul(R, Z, W), Y);
    },
  },
});

/** The rank of the error is at most 1. For all, an identity. */
export const errorRank = forAll(rankOne, {
  id: 'fa-matrix-factorization/thm-2-arbitrary-C-rank',
  where: 'sharpens Section 4, after Theorem 2',
  recorded: 'upheld',
  says: String.raw`\operatorname{rank}Y=1=r,\ W=(Z^\top Z)^{-1}Z^\top Y\implies\operatorname{rank}(Y-\hat Y)\le1`,
  note: 'All minors of two rows and two columns vanish.',
  then: (R, _none, p) => {
    const { Y, Z, W } = fittedToOne(R, p);
    const E = remainder(R, Y, { Z, W });
    const pairs = [[0, 1], [0, 2], [1, 2]] as const; // prettier-ignore
    const minors = pairs.map(([i, j]) =>
      pairs.map(([k, l]) => R.sub(R.mul(E[i]![k]!, E[j]![l]!), R.mul(E[i]![l]!, E[j]![k]!))),
    );
    return equalMatrices(R, minors, zeros(R, 3), { scale: sizeOf(R, Y, Y) });
  },
  mutants: {
    'for half the best W': (R, _none, p) => {
      const { Y, Z, W } = fittedToOne(R, p);
      return equals(R, frobeniusSquared(R, remainder(R, Y, { Z, W: scale(R, '1/2', W) })), 0);
    },
  },
});
