/**
 * Two-layer linear networks on isotropic inputs (Section 5): O = XY with XᵀX = I, samples as rows, X the first n columns of the
 * orthogonal Q. The training error is ‖XZW − O‖_F², and the updates are those of matrix factorisation.
 */
import { atMost, equals } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { starPoint } from '../../src/definitions/factor-alignment';
import { feedbackFactorField, remainder } from '../../src/definitions/factorization';
import { frobeniusSquared, identity, inverse, matMul, transpose, type Matrix } from '../../src/numerics/matrix';
import { equalMatrices, fullColumnRank, sizeOf } from '../../oracles/matrices';
import { isotropicInputs } from '../../generators/factorizations';

interface Instance<N> {
  readonly n: number;
  readonly Y: Matrix<N>;
  readonly C: Matrix<N>;
  readonly Z: Matrix<N>;
  readonly W: Matrix<N>;
  readonly Q: Matrix<N>;
}

const inputsOf = <N>({ Q, n }: Pick<Instance<N>, 'Q' | 'n'>): Matrix<N> => Q.map((row) => row.slice(0, n));

const isotropic = exam({
  name: 'a two-layer linear network on isotropic inputs',
  inside: isotropicInputs,
  assuming: {
    H1: {
      says: String.raw`X^\top X=I`,
      holds: (R, { n, N, Q }) => {
        const X = inputsOf({ n, Q });
        const fits = atMost(R, n, N);
        return fits.breaks > 0 ? fits : equalMatrices(R, matMul(R, transpose(X), X), identity(R, n));
      },
    },
    H2: { says: String.raw`Z\text{ has full column rank (for FA*)}`, holds: (R, { Z }) => fullColumnRank(R, Z) },
  },
  cases: [
    { r: 1, n: 1, m: 1, N: 2, Y: [[1]], C: [[1]], Z: [[2]], W: [[1]], Q: [['3/5', '4/5'], ['-4/5', '3/5']] }, // prettier-ignore
    { r: 1, n: 2, m: 1, N: 2, Y: [[1], [2]], C: [[1]], Z: [[2], [0]], W: [[1]], Q: [['3/5', '4/5'], ['-4/5', '3/5']] }, // prettier-ignore
  ],
});

/** The error and all updates, with O and X as in (8) to (11) or with X as something else in its place. */
const equivalent = <N>(R: Reading<N>, p: Instance<N>, X: Matrix<N>): Finding => {
  const { Y, C, Z, W } = p;
  const O = matMul(R, X, Y);
  const XZ = matMul(R, X, Z);
  const E = remainder(R, O, { Z: XZ, W });
  const back = matMul(R, transpose(X), E);
  const own = remainder(R, Y, { Z, W });
  const size = Math.max(sizeOf(R, Y), sizeOf(R, Z, W));
  const best = matMul(R, inverse(R, matMul(R, transpose(XZ), XZ)), transpose(XZ), O);
  const star = starPoint(R, p, Z);
  const starBack = matMul(R, transpose(X), remainder(R, O, { Z: XZ, W: best }), transpose(C));
  const { Z: first, W: second } = feedbackFactorField(R, p, { Z, W });
  const starSize = sizeOf(R, star.inverted, Z, Y);
  return all(
    part('error', equals(R, frobeniusSquared(R, E), frobeniusSquared(R, own), 0, size ** 2)),
    part(
      'GD',
      equalMatrices(R, matMul(R, back, transpose(W)), matMul(R, own, transpose(W)), { scale: size * sizeOf(R, W) }),
    ),
    part('FA, Z', equalMatrices(R, matMul(R, back, transpose(C)), first, { scale: size * sizeOf(R, C) })),
    part('W', equalMatrices(R, matMul(R, transpose(Z), back), second, { scale: size * sizeOf(R, Z) })),
    part('FA*, W', equalMatrices(R, best, star.W, { scale: starSize })),
    part('FA*, Z', equalMatrices(R, starBack, star.residual, { scale: starSize * sizeOf(R, Z, C) })),
  );
};

/** The network's error and updates are those of the factorisation. For all, an identity. */
export const section5 = forAll(isotropic, {
  id: 'fa-matrix-factorization/sec-5-equivalence',
  where: 'Section 5, (8)-(11)',
  recorded: 'upheld',
  says: String.raw`X^\top X=I,\ O=XY:\quad\|XZW-O\|_F^2=\|ZW-Y\|_F^2,\ \text{and (9), (10), (11) are (2), (3), (4)}`,
  note: String.raw`At least as many samples as inputs. The flow called gradient flow, in (2) as in (9), is that of half the error printed.`,
  then: (R, _none, p) => equivalent(R, p, inputsOf(p)),
  mutants: {
    'with the first input doubled': (R, _none, p) => {
      const X = inputsOf(p).map((row) => row.map((x, j) => (j === 0 ? R.mul(2, x) : x)));
      return equivalent(R, p, X);
    },
  },
});
