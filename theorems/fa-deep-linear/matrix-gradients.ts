/**
 * The flows that the paper analyses, from the loss and from the algorithms (Propositions 1 and 4, Appendices A.1 and B.1).
 * A data set of n samples, X and Y with the samples as columns, stands for the distribution: Σxx = XXᵀ/n, Σxy = YXᵀ/n.
 * Both sides are polynomials in the weights, and derivatives of the loss by an entry are exact differences.
 */
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { lossDerivative, meanStep, momentsOf, throughLayers, type DataSet } from '../../src/definitions/data-set';
import { feedbackField, gradientField, type Layers } from '../../src/definitions/matrix-linear';
import { identity, matMul, scale } from '../../src/numerics/matrix';
import { equalMatrices } from '../../oracles/matrices';
import { dataForThreeLayers, dataForTwoLayers } from '../../generators/linear-networks';

/** Layer by layer, A = B. */
const equalLayers = <N>(R: Reading<N>, A: Layers<N>, B: Layers<N>): Finding =>
  all(...A.map((W, l) => part(`layer ${l + 1}`, equalMatrices(R, W, B[l]!))));

const times = <N>(R: Reading<N>, factor: number, layers: Layers<N>): Layers<N> =>
  layers.map((W) => scale(R, factor, W));

/** The derivatives of the loss by both layers or more. */
const gradients = <N>(R: Reading<N>, data: DataSet<N>, weights: Layers<N>): Layers<N> =>
  weights.map((_W, l) => lossDerivative(R, data, weights, l));

/** Two layers on a data set. */
const twoLayers = exam({
  name: 'two layers on a data set',
  inside: dataForTwoLayers,
  assuming: {},
  cases: [
    { n: 1, d: 1, h: 1, o: 1, X: [[1]], Y: [[1]], W1: [[0]], W2: [[1]], M: [[1]] },
    { n: 1, d: 2, h: 1, o: 2, X: [[1], [2]], Y: [[0], [1]], W1: [[1, 0]], W2: [[1], [1]], M: [[1, 2]] },
    {
      ...{ n: 2, d: 2, h: 3, o: 1, X: [[1, 0], [0, 1]], Y: [[1, 2]] }, // prettier-ignore
      ...{ W1: [[1, 0], [0, 0], [0, 1]], W2: [[1, '1/2', -1]], M: [[1], [0], [-2]] }, // prettier-ignore
    },
  ],
});

/** Proposition 1. For all, an identity. */
export const proposition1 = forAll(twoLayers, {
  id: 'fa-deep-linear/prop-1',
  where: 'Proposition 1 (3)',
  recorded: 'upheld',
  says: String.raw`\text{the mean FA step over the data is } \eta\,(\dot W_1,\dot W_2),\quad
\dot W_1=M(\Sigma_{xy}-W_2W_1\Sigma_{xx}),\ \dot W_2=(\Sigma_{xy}-W_2W_1\Sigma_{xx})W_1^\top`,
  note: String.raw`The step is taken from (1) and (2), sample by sample: $e=\hat y-y$, $\delta a_1=Me$, and
$\delta W_l=-\eta\,\delta a_l h_{l-1}^\top$. "Any distribution" needs finite second moments, and nothing else of it matters.`,
  then: (R, _none, { X, Y, W1, W2, M }) => {
    const data = { X, Y };
    const step = meanStep(R, data, [W1, W2], throughLayers(R, [M]));
    return equalLayers(R, step, feedbackField(R, momentsOf(R, data), [M], [W1, W2]));
  },
  mutants: {
    'the moments as sums, not means': (R, _none, { X, Y, n, W1, W2, M }) => {
      const { xx, xy } = momentsOf(R, { X, Y });
      const sums = { xx: scale(R, n, xx), xy: scale(R, n, xy) };
      const step = meanStep(R, { X, Y }, [W1, W2], throughLayers(R, [M]));
      return equalLayers(R, step, feedbackField(R, sums, [M], [W1, W2]));
    },
  },
});

/** The gradients as printed, for two layers: both with the wrong sign. For all. */
export const gradientsPrinted = forAll(twoLayers, {
  id: 'fa-deep-linear/eq-29-34',
  where: '(29)-(34)',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/eq-29-34-minus', 'fa-deep-linear/eq-74-75-minus'],
  says: String.raw`\nabla_{W_1}\mathcal L=W_2^\top(\Sigma_{xy}-W_2W_1\Sigma_{xx}),\quad
\nabla_{W_2}\mathcal L=(\Sigma_{xy}-W_2W_1\Sigma_{xx})W_1^\top,\quad \mathcal L=\tfrac12E\|y-\hat y\|^2`,
  note: String.raw`The right-hand sides are the descent directions, $-\nabla\mathcal L$: a sign was lost where the derivative of
$y-\hat y$ by the weights was taken. The flow (3) that is read off from it is right. (74)-(75) lose the same sign, and (74) has
an index $i$ where $\ell$ is meant.`,
  then: (R, _none, { X, Y, W1, W2 }) =>
    equalLayers(R, gradients(R, { X, Y }, [W1, W2]), gradientField(R, momentsOf(R, { X, Y }), [W1, W2])),
  python: [
    'def loss(V1, V2):  # mean of |y - V2 V1 x|^2 / 2 over the samples',
    '    hidden = [[sum(V1[i][k]*X[k][s] for k in range(d)) for s in range(n)] for i in range(h)]',
    '    output = [[sum(V2[i][k]*hidden[k][s] for k in range(h)) for s in range(n)] for i in range(o)]',
    '    return sum((Y[i][s] - output[i][s])**2 for i in range(o) for s in range(n)) / (2*n)',
    'moved = lambda W, i, j, by: [[w + (by if (a, b) == (i, j) else 0) for b, w in enumerate(row)] for a, row in enumerate(W)]',
    'layer = int(part[6]) - 1  # of "layer 1: entry [0][0]"',
    'i, j = [int(word[0]) for word in part.split("[")[1:]]',
    'W = [W1, W2]',
    'at = lambda by: loss(*[moved(V, i, j, by) if l == layer else V for l, V in enumerate(W)])',
    'left = (at(1) - at(-1)) / 2  # exact: the loss has degree 2 in each entry',
    'Sxx = [[sum(X[a][s]*X[b][s] for s in range(n)) / n for b in range(d)] for a in range(d)]',
    'Sxy = [[sum(Y[a][s]*X[b][s] for s in range(n)) / n for b in range(d)] for a in range(o)]',
    'P = [[sum(W2[a][k]*W1[k][b] for k in range(h)) for b in range(d)] for a in range(o)]',
    'E = [[Sxy[a][b] - sum(P[a][k]*Sxx[k][b] for k in range(d)) for b in range(d)] for a in range(o)]',
    'right = sum(W2[k][i]*E[k][j] for k in range(o)) if layer == 0 else sum(E[i][k]*W1[j][k] for k in range(d))',
  ],
});

/** The gradients of two layers with the sign that they have. For all, an identity. */
export const gradientsMinus = forAll(twoLayers, {
  id: 'fa-deep-linear/eq-29-34-minus',
  where: 'corrects (29)-(34)',
  recorded: 'upheld',
  says: String.raw`-\nabla_{W_1}\mathcal L=W_2^\top(\Sigma_{xy}-W_2W_1\Sigma_{xx}),\quad
-\nabla_{W_2}\mathcal L=(\Sigma_{xy}-W_2W_1\Sigma_{xx})W_1^\top`,
  then: (R, _none, { X, Y, W1, W2 }) =>
    equalLayers(R, times(R, -1, gradients(R, { X, Y }, [W1, W2])), gradientField(R, momentsOf(R, { X, Y }), [W1, W2])),
  mutants: {
    'the loss without its factor 1/2': (R, _none, { X, Y, W1, W2 }) =>
      equalLayers(
        R,
        times(R, -2, gradients(R, { X, Y }, [W1, W2])),
        gradientField(R, momentsOf(R, { X, Y }), [W1, W2]),
      ),
  },
});

/** Three layers on a data set. */
const threeLayers = exam({
  name: 'three layers on a data set',
  inside: dataForThreeLayers,
  assuming: {},
  cases: [
    {
      ...{ n: 1, d: 1, h1: 2, h2: 1, o: 2, X: [[1]], Y: [[1], [0]] },
      ...{ W1: [[1], [2]], W2: [[1, -1]], W3: [[1], [3]], M1: [[1], ['1/2']], M2: [[1, -1]] },
    },
    {
      ...{ n: 2, d: 2, h1: 1, h2: 3, o: 1, X: [[1, 0], [0, 1]], Y: [[1, 2]] }, // prettier-ignore
      ...{ W1: [[0, 0]], W2: [[1], [2], [3]], W3: [[1, 0, 0]], M1: [[1, 1, 1]], M2: [[1], [0], [2]] },
    },
  ],
});

/** Proposition 4 for three layers. For all, an identity. */
export const proposition4 = forAll(threeLayers, {
  id: 'fa-deep-linear/prop-4',
  where: 'Proposition 4 (8), (76)',
  recorded: 'upheld',
  says: String.raw`\dot W_\ell=M_\ell(\Sigma_{xy}-W_{[1:L]}\Sigma_{xx})W_{[1:\ell-1]}^\top,\ M_L=I,\quad
M_\ell=\tilde M_\ell\tilde M_{\ell+1}\cdots\tilde M_{L-1}`,
  note: String.raw`Checked for $L=3$, where every kind of layer occurs, against (1) and (2) sample by sample. "For some FA matrices
$M_\ell$": they are the products of the matrices $\tilde M_\ell$ between neighbouring layers, in this order; see
reparametrised-M.`,
  then: (R, _none, { X, Y, W1, W2, W3, M1, M2 }) => {
    const data = { X, Y };
    const weights = [W1, W2, W3];
    const step = meanStep(R, data, weights, throughLayers(R, [M1, M2]));
    return equalLayers(R, step, feedbackField(R, momentsOf(R, data), [matMul(R, M1, M2), M2], weights));
  },
  mutants: {
    'for isotropic inputs whatever they are': (R, _none, { d, X, Y, W1, W2, W3, M1, M2 }) => {
      const weights = [W1, W2, W3];
      const step = meanStep(R, { X, Y }, weights, throughLayers(R, [M1, M2]));
      const moments = { xx: identity(R, d), xy: momentsOf(R, { X, Y }).xy };
      return equalLayers(R, step, feedbackField(R, moments, [matMul(R, M1, M2), M2], weights));
    },
  },
});

/** The gradients of all layers. For all, an identity. */
export const deepGradientsMinus = forAll(threeLayers, {
  id: 'fa-deep-linear/eq-74-75-minus',
  where: 'corrects (73)-(75)',
  recorded: 'upheld',
  says: String.raw`-\nabla_{W_\ell}\mathcal L=W_{[\ell+1:L]}^\top(\Sigma_{xy}-W_{[1:L]}\Sigma_{xx})W_{[1:\ell-1]}^\top`,
  note: 'Checked for three layers.',
  then: (R, _none, { X, Y, W1, W2, W3 }) => {
    const weights = [W1, W2, W3];
    const field = gradientField(R, momentsOf(R, { X, Y }), weights);
    return equalLayers(R, times(R, -1, gradients(R, { X, Y }, weights)), field);
  },
});
