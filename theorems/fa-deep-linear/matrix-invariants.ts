/**
 * What the flows of two matrix layers conserve, for feedback alignment (around (37)) and for the gradient flow that it is
 * compared with, and that both rest at global minima (Section 2.1). Paths of about two of the fastest time constants.
 */
import { magnitude } from '../../src/claim/compare';
import { exam, forAll, type Measures, type Path } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { timesUpTo } from '../../src/definitions/flow';
import { fastestRate, feedbackFlow, gradientFlow } from '../../src/definitions/matrix-linear';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { doubles } from '../../src/numerics/doubles';
import { matMul, minus, plus, transpose, type Matrix } from '../../src/numerics/matrix';
import type { LayersPath } from '../../src/solvers/interfaces';
import { equalMatrices } from '../../oracles/matrices';
import { matricesAlong } from '../../oracles/matrix-path';
import { flowAtMinimum, flowOfTwoLayers } from '../../generators/linear-network-paths';

interface Network<N> {
  readonly Sxx: Matrix<N>;
  readonly Sxy: Matrix<N>;
  readonly M: Matrix<N>;
  readonly W1: Matrix<N>;
  readonly W2: Matrix<N>;
}

const timesOf = <N>(R: Arithmetic<N>, { Sxx, Sxy, M, W1, W2 }: Network<N>, points: number): Float64Array =>
  timesUpTo(2 / fastestRate(R, { xx: Sxx, xy: Sxy }, M, [W1, W2]), points);

const problemOf = (p: Network<number>, points: number) => ({
  ...{ xx: p.Sxx, xy: p.Sxy, feedback: [p.M], start: [p.W1, p.W2] },
  times: timesOf(doubles, p, points),
});

const twoLayers = ({ layers }: LayersPath): Path<number, 'w1' | 'w2'> => ({ w1: layers[0]!, w2: layers[1]! });

const seriesOf = <N>({ w1, w2 }: Path<N, 'w1' | 'w2'>): Measures<N, 'w1' | 'w2'> => ({
  w1: { values: w1 },
  w2: { values: w2 },
});

const feedbackOf = <N>(R: Arithmetic<N>, p: Network<N>, points: number): Path<N, 'w1' | 'w2'> => {
  const { w1, w2 } = feedbackFlow(R, { xx: p.Sxx, xy: p.Sxy }, [p.M], [p.W1, p.W2], timesOf(R, p, points));
  return { w1: w1!, w2: w2! };
};

const gradientOf = <N>(R: Arithmetic<N>, p: Network<N>, points: number): Path<N, 'w1' | 'w2'> => {
  const { w1, w2 } = gradientFlow(R, { xx: p.Sxx, xy: p.Sxy }, [p.W1, p.W2], timesOf(R, p, points));
  return { w1: w1!, w2: w2! };
};

/** The feedback-alignment flow of any two layers. */
const feedback = exam({
  name: 'feedback-alignment flow of two layers',
  inside: flowOfTwoLayers,
  assuming: {},
  cases: [
    { d: 1, h: 1, o: 1, Sxx: [[1]], Sxy: [[1]], M: [[1]], W1: [[0]], W2: [[0]] },
    {
      ...{ d: 2, h: 2, o: 2, Sxx: [[2, 1], [1, 1]], Sxy: [[1, 0], [1, -1]], M: [[1, 2], [0, 1]] }, // prettier-ignore
      ...{ W1: [[1, 0], [1, 1]], W2: [[0, 1], [-1, 0]] }, // prettier-ignore
    },
  ],
  horizon: 6,
  flow: true,
  run: ({ matrixFA }, p, points) => twoLayers(matrixFA.flow(problemOf(p, points))),
  defined: feedbackOf,
  measure: (_R, path) => seriesOf(path),
});

/** The gradient flow from the same starts. */
const gradient = exam({
  ...feedback,
  name: 'gradient flow of two layers',
  run: ({ matrixGD }, p, points) => twoLayers(matrixGD.flow(problemOf(p, points))),
  defined: gradientOf,
});

/** left(t) − right(t) is at all times what it is at the start. */
const conserved = <N>(R: Reading<N>, left: readonly Matrix<N>[], right: readonly Matrix<N>[]): Finding =>
  all(
    ...left.map((A, t) => {
      const scale = Math.max(...[...A.flat(), ...right[t]!.flat()].map((x) => magnitude(R, x)));
      return equalMatrices(R, minus(R, A, right[t]!), minus(R, left[0]!, right[0]!), { at: t, scale });
    }),
  );

/** Feedback alignment conserves MW2 + W2ᵀMᵀ − W1W1ᵀ. For all, an identity. */
export const invariantMatrix = forAll(feedback, {
  id: 'fa-deep-linear/invariant-37-matrix',
  where: 'around (37), for matrices',
  recorded: 'upheld',
  says: String.raw`MW_2+W_2^\top M^\top-W_1W_1^\top\text{ is constant along (3)}`,
  note: String.raw`From $M\dot W_2=\dot W_1W_1^\top$, for any $\Sigma_{xx}$ and any shapes. For scalars it is $2d$ times the constant $K$ of (37).`,
  then: (R, { w1, w2 }, { d, h, o, M }) => {
    const products = matricesAlong(w2, o, h).map((W2) => matMul(R, M, W2));
    const squares = matricesAlong(w1, h, d).map((W1) => matMul(R, W1, transpose(W1)));
    return conserved(R, products.map((P) => plus(R, P, transpose(P))), squares); // prettier-ignore
  },
  mutants: {
    'twice MW2 in the place of its symmetric part': (R, { w1, w2 }, { d, h, o, M }) => {
      const products = matricesAlong(w2, o, h).map((W2) => matMul(R, M, W2));
      const squares = matricesAlong(w1, h, d).map((W1) => matMul(R, W1, transpose(W1)));
      return conserved(R, products.map((P) => plus(R, P, P)), squares); // prettier-ignore
    },
  },
});

/** Gradient flow conserves W2ᵀW2 − W1W1ᵀ. For all, an identity. */
export const balance = forAll(gradient, {
  id: 'fa-deep-linear/gd-balance',
  where: 'beside (37), for gradient flow',
  recorded: 'upheld',
  says: String.raw`W_2^\top W_2-W_1W_1^\top\text{ is constant along }\dot W_1=W_2^\top E,\ \dot W_2=EW_1^\top`,
  note: 'The gradient flow that feedback alignment is compared with; known as balancedness (Arora et al., 2018).',
  then: (R, { w1, w2 }, { d, h, o }) => {
    const upper = matricesAlong(w2, o, h).map((W2) => matMul(R, transpose(W2), W2));
    const lower = matricesAlong(w1, h, d).map((W1) => matMul(R, W1, transpose(W1)));
    return conserved(R, upper, lower);
  },
});

/** Both flows from weights that fit the moments exactly: Σxy = W2W1Σxx. */
const atMinimum = exam({
  name: 'both flows of two layers from a global minimum',
  inside: flowAtMinimum,
  assuming: {},
  cases: [{ d: 1, h: 2, o: 1, Sxx: [[2]], M: [[1], [2]], W1: [[1], [1]], W2: [[1, -2]] }],
  horizon: 2,
  flow: true,
  run: ({ matrixFA, matrixGD }, p, points) => {
    const problem = problemOf({ ...p, Sxy: matMul(doubles, p.W2, p.W1, p.Sxx) }, points);
    const [fa, gd] = [twoLayers(matrixFA.flow(problem)), twoLayers(matrixGD.flow(problem))];
    return { fa1: fa.w1, fa2: fa.w2, gd1: gd.w1, gd2: gd.w2 };
  },
  defined: (R, p, points) => {
    const network = { ...p, Sxy: matMul(R, p.W2, p.W1, p.Sxx) };
    const [fa, gd] = [feedbackOf(R, network, points), gradientOf(R, network, points)];
    return { fa1: fa.w1, fa2: fa.w2, gd1: gd.w1, gd2: gd.w2 };
  },
  measure: (_R, { fa1, fa2, gd1, gd2 }) => ({
    ...{ fa1: { values: fa1 }, fa2: { values: fa2 } },
    ...{ gd1: { values: gd1 }, gd2: { values: gd2 } },
  }),
});

/** Global minima with zero error are rest points of both flows. For all, an identity. */
export const minimaRest = forAll(atMinimum, {
  id: 'fa-deep-linear/global-min-at-rest',
  where: 'Section 2.1, after Theorem 2',
  recorded: 'upheld',
  says: String.raw`W_2W_1\Sigma_{xx}=\Sigma_{xy}\text{ at } t=0\implies W_1,W_2\text{ constant along (3) and along gradient flow}`,
  note: 'The converse, that rest points are global minima, is m-full-rank-global-min.',
  then: (R, { fa1, fa2, gd1, gd2 }, { d, h, o, W1, W2 }) => {
    const stays = (path: readonly Matrix<(typeof W1)[0][0]>[], start: Matrix<(typeof W1)[0][0]>): Finding =>
      all(...path.map((W, t) => equalMatrices(R, W, start, { at: t })));
    return all(
      part('feedback', all(stays(matricesAlong(fa1, h, d), W1), stays(matricesAlong(fa2, o, h), W2))),
      part('gradient', all(stays(matricesAlong(gd1, h, d), W1), stays(matricesAlong(gd2, o, h), W2))),
    );
  },
});
