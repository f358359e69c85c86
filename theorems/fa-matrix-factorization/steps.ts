/**
 * The updates in steps, as the simulations run them (Appendix F): each is the flow's right-hand side at the old factors times
 * the learning rate, and for FA* the W that is best for the new Z. Not claimed in the paper; here so that the solvers of the
 * figures answer for every step on numbers that anyone can follow.
 */
import { atMost, lessThan } from '../../src/claim/compare';
import { exam, forAll, type Series } from '../../src/claim/exam';
import { all, type Finding, type Reading } from '../../src/claim/finding';
import {
  bestFactorStep,
  bestRight,
  factorPaths,
  factorStep,
  feedbackFactorField,
  gradientFactorField,
  type Factors,
} from '../../src/definitions/factorization';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import type { Matrix } from '../../src/numerics/matrix';
import { equalMatrices, fullColumnRank, sizeOf } from '../../oracles/matrices';
import { matricesAlong } from '../../oracles/matrix-path';
import { coarse, logUniform } from '../../generators/coordinates';
import { targetAndFactor, targetAndFactors } from '../../generators/factorizations';

interface Instance<N> {
  readonly n: number;
  readonly m: number;
  readonly r: number;
  readonly Y: Matrix<N>;
  readonly C: Matrix<N>;
  readonly Z: Matrix<N>;
  readonly eta: N;
}
type Step<N, P> = (R: Arithmetic<N>, p: P, factors: Factors<N>) => Factors<N>;

const learningRate = coarse(logUniform(1 / 256, 1 / 2));
const positive = { says: String.raw`\eta>0`, holds: <N>(R: Reading<N>, { eta }: { readonly eta: N }) => lessThan(R, 0, eta) }; // prettier-ignore

/** The factors at the start and after each step. */
const pathOf = <N, P>(R: Arithmetic<N>, p: P, start: Factors<N>, step: Step<N, P>, steps: number): Factors<N>[] => {
  const path = [start];
  for (let t = 0; t < steps; t++) path.push(step(R, p, path[t]!));
  return path;
};

/** Every pair of factors is the step from the pair before. */
function followsStep<N, P extends Instance<N>>(
  R: Reading<N>,
  { Z, W }: Readonly<Record<'Z' | 'W', Series<N>>>,
  p: P,
  step: Step<N, P>,
): Finding {
  const [left, right] = [matricesAlong(Z, p.n, p.r), matricesAlong(W, p.r, p.m)];
  const found = left.slice(1).flatMap((next, t): readonly Finding[] => {
    const before = { Z: left[t]!, W: right[t]! };
    const wanted = step(R, p, before);
    const scale = sizeOf(R, next) + sizeOf(R, right[t + 1]!) + sizeOf(R, before.Z) + sizeOf(R, before.W);
    return [
      equalMatrices(R, next, wanted.Z, { at: t + 1, scale: scale * (1 + sizeOf(R, p.Y, p.C)) }),
      equalMatrices(R, right[t + 1]!, wanted.W, { at: t + 1, scale: scale * (1 + sizeOf(R, p.Y, p.C)) }),
    ];
  });
  return all(...found);
}

const marks = (steps: number): readonly number[] => Array.from({ length: steps + 1 }, (_, t) => t);
const series = <N>(_R: Reading<N>, { Z, W }: Readonly<Record<'Z' | 'W', ArrayLike<N>>>) => ({
  Z: { values: Z },
  W: { values: W },
});

interface WithRight<N> extends Instance<N> {
  readonly W: Matrix<N>;
}
const gradientStep = <N>(R: Arithmetic<N>, { Y, eta }: WithRight<N>, factors: Factors<N>): Factors<N> =>
  factorStep(R, factors, gradientFactorField(R, Y, factors), eta);
const feedbackStep = <N>(R: Arithmetic<N>, p: WithRight<N>, factors: Factors<N>): Factors<N> =>
  factorStep(R, factors, feedbackFactorField(R, p, factors), p.eta);

const descent = exam({
  name: 'gradient descent on a factorisation, three steps',
  inside: targetAndFactors.with('eta', learningRate),
  assuming: { H1: positive },
  cases: [{ n: 2, m: 1, r: 1, Y: [[1], [2]], C: [[1]], Z: [[1], [0]], W: [[1]], eta: '1/2' }],
  horizon: 3,
  run: ({ factorGD }, p, steps) => ({ ...factorGD.euler({ ...p, marks: marks(steps) }) }),
  defined: (R, p, steps) => factorPaths(pathOf(R, p, p, gradientStep, steps)),
  measure: series,
});

/** Gradient descent in steps of the flow (2). For all, an identity. */
export const gradientDescentStep = forAll(descent, {
  id: 'fa-matrix-factorization/gd-step',
  where: 'not in the paper; the steps of Appendix F for (2)',
  recorded: 'upheld',
  says: String.raw`Z^{+}=Z+\eta(Y-ZW)W^\top,\quad W^{+}=W+\eta Z^\top(Y-ZW)`,
  then: (R, path, p) => followsStep(R, path, p, gradientStep),
});

const feedback = exam({
  ...descent,
  name: 'feedback alignment of a factorisation, three steps',
  run: ({ factorFA }, p, steps) => ({ ...factorFA.euler({ ...p, marks: marks(steps) }) }),
  defined: (R, p, steps) => factorPaths(pathOf(R, p, p, feedbackStep, steps)),
});

/** Feedback alignment in steps of the flow (3). For all, an identity. */
export const feedbackAlignmentStep = forAll(feedback, {
  id: 'fa-matrix-factorization/fa-step',
  where: 'not in the paper; the steps of Appendix F for (3)',
  recorded: 'upheld',
  says: String.raw`Z^{+}=Z+\eta(Y-ZW)C^\top,\quad W^{+}=W+\eta Z^\top(Y-ZW)`,
  then: (R, path, p) => followsStep(R, path, p, feedbackStep),
});

const starStep = <N>(R: Arithmetic<N>, p: Instance<N>, { Z }: Factors<N>): Factors<N> => bestFactorStep(R, p, Z, p.eta);

const star = exam({
  name: 'FA* in two steps',
  inside: targetAndFactor.with('eta', learningRate),
  assuming: {
    H1: positive,
    H2: { says: String.raw`Z\text{ has full column rank}`, holds: (R, { Z, n, r }) => all(atMost(R, r, n), fullColumnRank(R, Z)) }, // prettier-ignore
  },
  cases: [{ r: 1, n: 2, m: 1, Y: [[1], [2]], C: [[1]], Z: [[1], [0]], eta: '1/2' }],
  horizon: 2,
  run: ({ factorFAStar }, p, steps) => ({ ...factorFAStar.euler({ ...p, marks: marks(steps) }) }),
  defined: (R, p, steps) => factorPaths(pathOf(R, p, { Z: p.Z, W: bestRight(R, p.Y, p.Z) }, starStep, steps)),
  measure: series,
});

/** FA* in steps of the flow (4). For all, an identity. */
export const starAlignmentStep = forAll(star, {
  id: 'fa-matrix-factorization/fa-star-step',
  where: 'not in the paper; the steps of Appendix F for (4)',
  recorded: 'upheld',
  says: String.raw`Z^{+}=Z+\eta(Y-ZW)C^\top,\quad W^{+}=(Z^{+\top}Z^{+})^{-1}Z^{+\top}Y`,
  note: 'A step keeps the rank: the columns that are added are orthogonal to those of Z.',
  then: (R, path, p) => followsStep(R, path, p, starStep),
});
