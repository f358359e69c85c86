/**
 * Fewer units than samples: what the conditions of Theorems 4.2 and 4.4 say of them. X is N×d, W is d×m, A is m×m,
 * Z = σ(γZA + σ(XW)), α0 = σ_min(Z) by λ_min(ZZᵀ) = α0², as the proofs have it.
 */
import { atMost, equals, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all } from '../../src/claim/finding';
import { equilibrium } from '../../src/definitions/implicit-relu';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { determinant, identity, matMul, minus, scale, transpose, type Matrix } from '../../src/numerics/matrix';
import { positiveDefinite } from '../../oracles/matrices';
import { fewUnits } from '../../generators/implicit-relu-nonnegative';

/** The largest entry of Z, which is nonnegative, in doubles. */
const largest = <N>(R: Arithmetic<N>, Z: Matrix<N>): number => Math.max(...Z.flat().map((z) => R.approximate(z)));

const narrow = exam({
  name: 'fewer units than samples',
  inside: fewUnits,
  assuming: {
    H1: { says: String.raw`m+1\le N`, holds: (R, { N, m }) => atMost(R, m + 1, N) },
    H2: {
      says: String.raw`\gamma>0,\ \gamma\|A\|<1`,
      holds: (R, { A, gamma }) => {
        const square = scale(R, R.power(gamma, 2), matMul(R, transpose(A), A));
        return all(lessThan(R, 0, gamma), positiveDefinite(R, minus(R, identity(R, A.length), square)));
      },
    },
  },
  cases: [{ m: 1, N: 2, d: 1, X: [[1], [2]], W: [[1]], A: [[1]], gamma: '1/2' }], // prettier-ignore
});

/** Fewer units than samples. For all; a claim of ours. */
export const noLess = forAll(narrow, {
  id: 'implicit-relu/width-remark-no-less',
  where: 'Sections 4.1 and 4.2; a claim of ours',
  recorded: 'upheld',
  says: String.raw`m<N\implies\lambda_{\min}(ZZ^\top)=\alpha_0^2=0,\text{ which (19), of positive right side for }X\ne0\text{, excludes}`,
  note: String.raw`$\sigma_{\min}(Z)^2$ is $\lambda_{\min}(ZZ^\top)$ in the proofs of Theorems 4.2 and 4.4. So a linear width is needed for the conditions as well.`,
  then: (R, _none, p) => {
    const Z = equilibrium(R, p);
    return equals(R, determinant(R, matMul(R, Z, transpose(Z))), 0, 0, largest(R, Z) ** (2 * p.N));
  },
  mutants: {
    'with as many units as samples': (R, _none, p) => {
      const Z = equilibrium(R, { ...p, X: p.X.slice(0, p.m) });
      return equals(R, determinant(R, matMul(R, Z, transpose(Z))), 0);
    },
  },
});
