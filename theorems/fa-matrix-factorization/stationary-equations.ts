/**
 * The stationary point equations of FA and of FA* (Section 4 (7)): (Y − ZW)Cᵀ = 0, Zᵀ(Y − ZW) = 0. FA moves both factors,
 * Z' = (Y − ZW)Cᵀ, W' = Zᵀ(Y − ZW); FA* moves Z alone, with W = (ZᵀZ)⁻¹ZᵀY, which asks for a Z of full column rank.
 */
import { equals } from '../../src/claim/compare';
import { exam, exists, forAll } from '../../src/claim/exam';
import { all, part } from '../../src/claim/finding';
import { alignmentField, gram, starPoint } from '../../src/definitions/factor-alignment';
import { constantMatrix, jets, matrixDerivative, onFlow } from '../../src/numerics/jet';
import { determinant, matMul, minus, transpose, zeros } from '../../src/numerics/matrix';
import { equalMatrices, fullColumnRank, sizeOf } from '../../oracles/matrices';
import { tallFactors, twoByTwo } from '../../generators/factorizations';

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
    const [, moved] = alignmentField(R, { Y, C }, Z, W);
    const [first, second] = alignmentField(R, { Y, C }, Z, star.W);
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
      equalMatrices(R, alignmentField(R, { Y, C }, Z, W)[1], zeros(R, r, m)),
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
    const [first, second] = alignmentField(R, { Y, C }, Z, W);
    return all(
      part('(7)', all(equalMatrices(R, first, zeros(R, 2)), equalMatrices(R, second, zeros(R, 2)))),
      part('rank', equals(R, determinant(R, gram(R, Z)), 0)),
    );
  },
  mutants: { 'and Z of full column rank': (R, _none, { Z }) => fullColumnRank(R, Z) },
});
