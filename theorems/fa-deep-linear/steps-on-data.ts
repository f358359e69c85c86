/**
 * The algorithms on a data set (Section 1 (1)–(2), Section 5.2 (28)), for three layers, along the paths of solver and
 * definition: gradient descent and feedback alignment sample by sample against their steps from the second moments, and
 * the midpoint scheme with matrix weights.
 */
import { exam, forAll, type Measures, type Path } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { meanStep, momentsOf, throughLayers, transposesAbove, type DataSet } from '../../src/definitions/data-set';
import {
  eulerStep,
  feedbackField,
  gradientField,
  iterate,
  midpointStep,
  pathsOf,
  residual,
  type Layers,
} from '../../src/definitions/matrix-linear';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { doubles } from '../../src/numerics/doubles';
import { matMul, plus, scale, transpose, type Matrix } from '../../src/numerics/matrix';
import type { LayersPath } from '../../src/solvers/interfaces';
import { equalMatrices } from '../../oracles/matrices';
import { everyStep, matricesAlong } from '../../oracles/matrix-path';
import { descentOnData, feedbackOnData } from '../../generators/linear-network-paths';

type Layer = 'w1' | 'w2' | 'w3';

interface Network<N> extends DataSet<N> {
  readonly d: number;
  readonly h1: number;
  readonly h2: number;
  readonly o: number;
  readonly W1: Matrix<N>;
  readonly W2: Matrix<N>;
  readonly W3: Matrix<N>;
  readonly eta: N;
}

interface Feedback<N> {
  readonly M1: Matrix<N>;
  readonly M2: Matrix<N>;
}

/** M_1 and M_2 of (8). */
const feedbackOf = <N>(R: Arithmetic<N>, { M1, M2 }: Feedback<N>): Layers<N> => [matMul(R, M1, M2), M2];

const problemOf = (p: Network<number>, steps: number) => ({
  ...momentsOf(doubles, p),
  ...{ start: [p.W1, p.W2, p.W3], eta: p.eta, steps },
});

const solved = ({ layers }: LayersPath): Path<number, Layer> => ({ w1: layers[0]!, w2: layers[1]!, w3: layers[2]! });

const walked = <N>(
  { W1, W2, W3 }: Network<N>,
  steps: number,
  step: (weights: Layers<N>) => Layers<N>,
): Path<N, Layer> => {
  const { w1, w2, w3 } = pathsOf(iterate([W1, W2, W3], steps, step));
  return { w1: w1!, w2: w2!, w3: w3! };
};

const seriesOf = <N>({ w1, w2, w3 }: Path<N, Layer>): Measures<N, Layer> => ({
  w1: { values: w1 },
  w2: { values: w2 },
  w3: { values: w3 },
});

const scalar = {
  ...{ n: 1, d: 1, h1: 1, h2: 1, o: 1, X: [[1]], Y: [[2]], W1: [[1]], W2: [[1]], W3: [[1]], eta: '1/2' },
} as const;
const matrices = {
  ...{ n: 2, d: 2, h1: 3, h2: 1, o: 2, X: [[1, 0], [0, 2]], Y: [[1, 1], [0, 1]], eta: '1/8' }, // prettier-ignore
  ...{ W1: [[1, 0], [0, 1], [1, 1]], W2: [[1, -1, 2]], W3: [[1], ['1/2']] }, // prettier-ignore
} as const;

/** Gradient descent of three layers on a data set. */
const descent = exam({
  name: 'gradient descent of three layers on a data set',
  inside: descentOnData,
  assuming: {},
  cases: [scalar, matrices],
  horizon: 2,
  run: ({ matrixGD }, p, steps) => solved(matrixGD.euler(problemOf(p, steps))),
  defined: (R, p, steps) => {
    const moments = momentsOf(R, p);
    return walked(p, steps, (W) => eulerStep(R, p.eta, W, gradientField(R, moments, W)));
  },
  measure: (_R, path) => seriesOf(path),
});

/** Feedback alignment by forward Euler. */
const feedback = exam({
  name: 'feedback alignment of three layers on a data set',
  inside: feedbackOnData,
  assuming: {},
  cases: [
    { ...scalar, M1: [[2]], M2: [['1/2']] },
    { ...matrices, M1: [[1], [0], [-1]], M2: [[1, 2]] },
  ],
  horizon: 2,
  run: ({ matrixFA }, p, steps) => solved(matrixFA.euler({ ...problemOf(p, steps), feedback: feedbackOf(doubles, p) })),
  defined: (R, p, steps) => {
    const [moments, M] = [momentsOf(R, p), feedbackOf(R, p)];
    return walked(p, steps, (W) => eulerStep(R, p.eta, W, feedbackField(R, moments, M, W)));
  },
  measure: (_R, path) => seriesOf(path),
});

/** Feedback alignment by the midpoint scheme. */
const midpoint = exam({
  ...feedback,
  name: 'the midpoint scheme of three layers on a data set',
  run: ({ matrixFA }, p, steps) =>
    solved(matrixFA.midpoint({ ...problemOf(p, steps), feedback: feedbackOf(doubles, p) })),
  defined: (R, p, steps) => {
    const [moments, M] = [momentsOf(R, p), feedbackOf(R, p)];
    return walked(p, steps, (W) => midpointStep(R, moments, M, p.eta, W));
  },
});

/** At every step: the weights of all layers after it are those before it plus η times `update`. */
const moves = <N>(
  R: Reading<N>,
  { w1, w2, w3 }: Measures<N, Layer>,
  { d, h1, h2, o, eta }: Network<N>,
  update: (before: Layers<N>, after: Layers<N>) => Layers<N>,
): Finding => {
  const first = matricesAlong(w1, h1, d);
  const second = matricesAlong(w2, h2, h1);
  const third = matricesAlong(w3, o, h2);
  const weights = first.map((W1, t): Layers<N> => [W1, second[t]!, third[t]!]);
  return everyStep(weights, (before, after, at) => {
    const by = update(before, after);
    const layers = after.map((W, l) => {
      const expected = plus(R, before[l]!, scale(R, eta, by[l]!));
      return part(`layer ${l + 1}`, equalMatrices(R, W, expected, { at }));
    });
    return all(...layers);
  });
};

/** Backpropagation sample by sample is a step down the gradient. For all, an identity. */
export const backpropagation = forAll(descent, {
  id: 'fa-deep-linear/eq-1-gd',
  where: 'Section 1 (1), with (75)',
  recorded: 'upheld',
  says: String.raw`\text{the mean of }-\eta\,\delta a_\ell h_{\ell-1}^\top\text{ over the data, }\delta a_L=\hat y-y,\ \delta a_\ell=W_{\ell+1}^\top\delta a_{\ell+1},
\text{ is }\eta\,W_{[\ell+1:L]}^\top(\Sigma_{xy}-W_{[1:L]}\Sigma_{xx})W_{[1:\ell-1]}^\top`,
  then: (R, path, p) => moves(R, path, p, (W) => meanStep(R, p, W, throughLayers(R, transposesAbove(W)))),
});

/** Feedback alignment sample by sample is a step of forward Euler for (8). For all, an identity. */
export const feedbackSteps = forAll(feedback, {
  id: 'fa-deep-linear/eq-2-fa',
  where: 'Section 1 (2), with (8) and (18)-(19)',
  recorded: 'upheld',
  says: String.raw`\text{the mean of }-\eta\,\delta a_\ell h_{\ell-1}^\top\text{ over the data, }\delta a_L=\hat y-y,\ \delta a_\ell=\tilde M_\ell\delta a_{\ell+1},
\text{ is }\eta\,\tilde M_\ell\cdots\tilde M_{L-1}(\Sigma_{xy}-W_{[1:L]}\Sigma_{xx})W_{[1:\ell-1]}^\top`,
  note: 'The discrete form of Proposition 4: forward Euler for (8) is FA with the whole data set in every step.',
  then: (R, path, p) => moves(R, path, p, (W) => meanStep(R, p, W, throughLayers(R, [p.M1, p.M2]))),
});

/** The midpoint scheme with matrix weights and more than two layers. For all, an identity. */
export const midpointLayers = forAll(midpoint, {
  id: 'fa-deep-linear/eq-28-matrix',
  where: 'Section 5.2 (28), for matrices',
  recorded: 'upheld',
  says: String.raw`W_\ell^{(t+1)}=W_\ell^{(t)}+\eta M_\ell(\Sigma_{xy}-W_{[1:L]}^{(t)}\Sigma_{xx})(\bar W_{\ell-1}\cdots\bar W_1)^\top,\
\bar W_j=\tfrac12(W_j^{(t)}+W_j^{(t+1)})`,
  note: 'The paper writes (28) for scalars; this is the scheme for matrices of which it is the diagonal case.',
  then: (R, path, p) =>
    moves(R, path, p, (before, after) => {
      const error = residual(R, momentsOf(R, p), before);
      const [first, second] = before.map((W, l) => scale(R, '1/2', plus(R, W, after[l]!)));
      return [
        matMul(R, p.M1, p.M2, error),
        matMul(R, p.M2, error, transpose(first!)),
        matMul(R, error, transpose(matMul(R, second!, first!))),
      ];
    }),
});
