/**
 * Example 1: FA* for a matrix of one column, y ≈ Zw, along its flow. With p = cᵀw, q = cᵀS⁻¹c and the squared error L =
 * ‖y − ŷ‖², p' = qL and L' = −2pL, so that κ² = qL + p² stays and p = κ tanh(κt + φ).
 */
import { compare, lessThan, magnitude } from '../../src/claim/compare';
import { exam, forAll, type Measures } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { bestFactorFlow, gram } from '../../src/definitions/factorization';
import { starTimes } from '../../src/definitions/factorization-path';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { doubles } from '../../src/numerics/doubles';
import { dot, frobeniusSquared, inverse, matMul, minus, transpose, type Matrix } from '../../src/numerics/matrix';
import { matricesAlong } from '../../oracles/matrix-path';
import { columnStarFlow } from '../../generators/factorization-paths';

interface Start<N> {
  readonly Y: Matrix<N>;
  readonly C: Matrix<N>;
  readonly Z: Matrix<N>;
}

const column = exam({
  name: 'flow of FA* for one column',
  inside: columnStarFlow,
  assuming: {},
  cases: [
    { r: 1, n: 2, Y: [[-1], [1]], C: [[1]], Z: [[1], [0]] },
    { r: 2, n: 3, Y: [[-1], [1], [2]], C: [[1], [1]], Z: [[1, 0], [1, 1], [0, 1]] }, // prettier-ignore
    { r: 1, n: 2, Y: [[1], [1]], C: [[1]], Z: [[1], [0]] },
  ],
  horizon: 12,
  flow: true,
  run: ({ factorFAStar }, p, points) => ({ ...factorFAStar.flow({ ...p, times: starTimes(doubles, p, points) }) }),
  defined: (R, p, points) => bestFactorFlow(R, p, p.Z, starTimes(R, p, points)),
  measure: (_R, { Z, W }) => ({ Z: { values: Z }, W: { values: W } }),
});

/** cᵀw and ‖y − Zw‖² along the path, and q. */
function alignments<N>(
  R: Reading<N>,
  { Z, W }: Measures<N, 'Z' | 'W'>,
  { r, n, Y, C, Z: start }: Start<N> & { readonly r: number; readonly n: number },
) {
  const right = matricesAlong(W, r, 1);
  const c = C.map(([entry]) => entry!);
  const p = right.map((w) => dot(R, c, w.map(([entry]) => entry!))); // prettier-ignore
  const L = matricesAlong(Z, n, r).map((left, t) => frobeniusSquared(R, minus(R, Y, matMul(R, left, right[t]!))));
  const q = matMul(R, transpose(C), inverse(R, gram(R, start)), C)[0]![0]!;
  return { p, L, q };
}

/** κ tanh(κt + φ) with p(0) = κ tanh φ, without a logarithm: κ(p₀(e + 1) + κ(e − 1))/((κ + p₀)e + κ − p₀), e = e^{2κt}. */
function hyperbolic<N>(R: Arithmetic<N>, first: N, squared: N, time: number): N {
  if (R.sign(squared) !== 1 || time === 0) return first;
  const kappa = R.sqrt(squared);
  const e = R.exp(R.mul(2, kappa, time));
  const above = R.mul(kappa, R.add(R.mul(first, R.add(e, 1)), R.mul(kappa, R.sub(e, 1))));
  return R.div(above, R.add(R.mul(R.add(kappa, first), e), R.sub(kappa, first)));
}

/** The loss rises until the alignment is positive, then falls to zero. For all. */
export const phases = forAll(column, {
  id: 'fa-matrix-factorization/ex-1-phases',
  where: 'Example 1; Figure 3a, caption',
  recorded: 'upheld',
  says: String.raw`m=1:\ c^\top w=\kappa\tanh(\kappa t+\varphi),\ \ \|y-\hat y\|^2=\tfrac{\kappa^2}q\operatorname{sech}^2(\kappa t+\varphi):\ \text{it rises while }c^\top w<0,\text{ then falls to }0`,
  note: String.raw`$q=c^\top S^{-1}c$, $\kappa^2=q\|y-\hat y(0)\|^2+(c^\top w(0))^2$. There is a first phase where $c^\top w(0)<0$; the caption does not say so, the text does.
At $y=\hat y(0)$ the flow rests, with any alignment.`,
  then: (R, factors, instance) => {
    const { p, L, q } = alignments(R, factors, instance);
    const times = starTimes(R, instance, p.length - 1);
    const squared = R.add(R.mul(q, L[0]!), R.power(p[0]!, 2));
    const size = magnitude(R, squared);
    const closed = p.flatMap((now, t): readonly Finding[] => {
      const tanh = hyperbolic(R, p[0]!, squared, times[t]!);
      return [
        part('alignment', compare(R, '=', now, tanh, t, Math.sqrt(size))),
        part('error', compare(R, '=', R.mul(q, L[t]!), R.sub(squared, R.power(tanh, 2)), t, size)),
      ];
    });
    const steps = L.slice(1).flatMap((after, t): readonly Finding[] => {
      if (R.sign(p[t + 1]!) === -1)
        return [part('rises', compare(R, '≤', L[t]!, after, t + 1, size / magnitude(R, q)))];
      return R.sign(p[t]!) === 1 ? [part('falls', compare(R, '≤', after, L[t]!, t + 1, size / magnitude(R, q)))] : [];
    });
    return all(...closed, ...steps);
  },
  mutants: {
    'falls from the start': (R, factors, instance) => {
      const { L } = alignments(R, factors, instance);
      return all(...L.slice(1).map((after, t) => lessThan(R, after, L[t]!, t + 1)));
    },
  },
});
