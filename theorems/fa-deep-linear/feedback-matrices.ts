/**
 * Feedback matrices between layers and from the output (Section 1, and Section 3 after Proposition 4). Feedback alignment
 * hands errors down, δa_l = M̃_l δa_{l+1} with M̃_l of h_l×h_{l+1}; direct feedback alignment hands the error of the output
 * to every layer, δa_l = M_l e with M_l of h_l×o. Three layers: M1, M2 are the matrices of the lower two, and δa_3 = e.
 */
import { exam, forAll } from '../../src/claim/exam';
import { part, type Reading } from '../../src/claim/finding';
import { direct, throughLayers } from '../../src/definitions/data-set';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { inverse, matMul, transpose, zeros, type Matrix } from '../../src/numerics/matrix';
import { equalMatrices, fullRank } from '../../oracles/matrices';
import {
  directThroughBottleneck,
  directWithoutBottleneck,
  feedbackNarrowing,
  feedbackOfOneWidth,
  feedbackThroughLayers,
  errorThroughLayers,
} from '../../generators/linear-networks';

type Both<N> = Readonly<Record<'M1' | 'M2', Matrix<N>>>;

const full = {
  H1: { says: String.raw`M_1 \text{ has full rank}`, holds: <N>(R: Reading<N>, { M1 }: Both<N>) => fullRank(R, M1) },
  H2: { says: String.raw`M_2 \text{ has full rank}`, holds: <N>(R: Reading<N>, { M2 }: Both<N>) => fullRank(R, M2) },
};

/** The errors of both hidden layers, one below the other. */
const hidden = <N>([first, second]: readonly (readonly N[])[]): Matrix<N> => [...first!, ...second!].map((x) => [x]);

/** Direct feedback to a layer of one neuron under two outputs, and to the layer below it. */
const bottleneck = exam({
  name: 'direct feedback to a bottleneck and to the layer below',
  inside: directThroughBottleneck,
  assuming: full,
  cases: [{ h: 2, M1: [[1, 0], [0, 1]], M2: [[1, 0]] }], // prettier-ignore
});

/** An error e with M_2e = 0: the upper hidden layer is handed nothing. */
const unseen = <N>(R: Arithmetic<N>, [row]: Matrix<N>): readonly N[] => [R.neg(row![1]!), row![0]!];

/** Every direct feedback is feedback through the layers, as printed. For all. */
export const directIsFeedback = forAll(bottleneck, {
  id: 'fa-deep-linear/dfa-equals-fa',
  where: 'Section 1, related work',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/dfa-equals-fa-products', 'fa-deep-linear/dfa-equals-fa-no-bottleneck'],
  says: String.raw`\forall M_1,M_2\ \exists\tilde M_1,\tilde M_2:\ M_2=\tilde M_2,\ M_1=\tilde M_1\tilde M_2;
\quad\text{hence } M_2e=0\implies M_1e=0`,
  note: String.raw`Read as it is used: the analysis of (8) for arbitrary full-rank $M_\ell$ is an analysis of FA if each such choice
is one of FA. The other direction always holds (dfa-equals-fa-products). Where a layer above is narrower than the output, the
errors that it does not see reach no layer below it in FA, but do in direct FA: $M_1=I_2$ is no $\tilde M_1(1\ 0)$.`,
  then: (R, _none, { h, M1, M2 }) => {
    const [lower] = direct(R, [M1, M2])(unseen(R, M2));
    return part('δa_1', equalMatrices(R, lower!.map((x) => [x]), zeros(R, h, 1))); // prettier-ignore
  },
  python: [
    'e = [-M2[0][1], M2[0][0]]  # M2 e = 0, so that FA hands nothing to the layer below',
    'i = int(part.split("[")[1][0])  # of "entry [0][0]"',
    'left, right = M1[i][0]*e[0] + M1[i][1]*e[1], F(0)',
  ],
});

/** Errors handed down through three layers of all shapes. */
const handedDown = exam({
  name: 'errors through feedback matrices of all shapes',
  inside: errorThroughLayers,
  assuming: {},
  cases: [
    { h1: 2, h2: 1, o: 2, M1: [[1], [2]], M2: [[1, -1]], e: [1, 0] },
    { h1: 1, h2: 2, o: 1, M1: [[1, 0]], M2: [[0], [1]], e: [1] },
  ],
});

/** Feedback through the layers is direct feedback by the products. For all, an identity. */
export const feedbackIsDirect = forAll(handedDown, {
  id: 'fa-deep-linear/dfa-equals-fa-products',
  where: 'Section 1, related work, and Section 3 after Proposition 4',
  recorded: 'upheld',
  says: String.raw`\delta a_\ell=\tilde M_\ell\,\delta a_{\ell+1}\ (\ell<L),\ \delta a_L=e\quad\implies\quad
\delta a_\ell=M_\ell e,\ M_\ell=\tilde M_\ell\cdots\tilde M_{L-1}`,
  note: 'In a linear network, where the derivatives of the activation are 1. With two layers both algorithms are one.',
  then: (R, _none, { M1, M2, e }) =>
    equalMatrices(R, hidden(throughLayers(R, [M1, M2])(e)), hidden(direct(R, [matMul(R, M1, M2), M2])(e))),
});

/** Direct feedback where the upper hidden layer sees every error. */
const seesAll = exam({
  name: 'direct feedback under a layer that is as wide as the output',
  inside: directWithoutBottleneck,
  assuming: full,
  cases: [
    { h1: 1, o: 1, h2: 2, M1: [[3]], M2: [[1], [2]], e: [1] },
    { h1: 2, o: 2, h2: 2, M1: [[1, 0], [0, 1]], M2: [[1, 1], [0, 1]], e: [1, -1] }, // prettier-ignore
  ],
});

/** Direct feedback is feedback through the layers where no layer is too narrow. For all, an identity. */
export const directIsFeedbackWide = forAll(seesAll, {
  id: 'fa-deep-linear/dfa-equals-fa-no-bottleneck',
  where: 'corrects Section 1, related work',
  recorded: 'upheld',
  says: String.raw`h_{\ell+1}\ge o,\ M_{\ell+1}\text{ of full rank}\implies M_\ell=\tilde M_\ell M_{\ell+1}\text{ with }
\tilde M_\ell=M_\ell(M_{\ell+1}^\top M_{\ell+1})^{-1}M_{\ell+1}^\top`,
  then: (R, _none, { M1, M2, e }) => {
    const Mt = transpose(M2);
    const between = matMul(R, M1, inverse(R, matMul(R, Mt, M2)), Mt);
    return equalMatrices(R, hidden(throughLayers(R, [between, M2])(e)), hidden(direct(R, [M1, M2])(e)));
  },
});

/** Three layers of one width, where products in either order are defined. */
const oneWidth = exam({
  name: 'errors through square feedback matrices',
  inside: feedbackOfOneWidth,
  assuming: full,
  cases: [
    { h: 1, M1: [[2]], M2: [[3]], e: [1] },
    { h: 2, M1: [[0, 1], [1, 0]], M2: [[1, 0], [0, 2]], e: [1, 0] }, // prettier-ignore
  ],
});

/** The product of the feedback matrices in the order printed. For all. */
export const productAsPrinted = forAll(oneWidth, {
  id: 'fa-deep-linear/reparametrised-M',
  where: 'Section 3 after Proposition 4; (76)',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/dfa-equals-fa-products', 'fa-deep-linear/reparametrised-M-narrowing'],
  says: String.raw`\delta a_\ell=\tilde M_{[\ell:L-1]}e,\quad \tilde M_{[a:b]}:=\tilde M_b\tilde M_{b-1}\cdots\tilde M_a`,
  note: String.raw`The bracket is defined for weights, the last index leftmost. Feedback matrices are transposed weights in kind, and
their product runs the other way: $\tilde M_\ell\tilde M_{\ell+1}\cdots\tilde M_{L-1}$. As printed the shapes do not even fit unless all widths
are equal; then it is false for matrices that do not commute. $M_{[\ell+1:L]}$ below (76) has the same order, with indices one
higher. That the product may stand for a full-rank $M_\ell$ is reparametrised-M-full-rank.`,
  then: (R, _none, { M1, M2, e }) =>
    equalMatrices(R, hidden(throughLayers(R, [M1, M2])(e)), hidden(direct(R, [matMul(R, M2, M1), M2])(e))),
  python: [
    'def product(A, v):',
    '    return [sum(a*x for a, x in zip(row, v)) for row in A]',
    'i = int(part.split("[")[1][0])  # of "entry [0][0]"',
    'left, right = product(M1, product(M2, e))[i], product(M2, product(M1, e))[i]',
  ],
});

/** Full-rank matrices between layers of all shapes. */
const anyWidths = exam({
  name: 'full-rank feedback matrices of all shapes',
  inside: feedbackThroughLayers,
  assuming: full,
  cases: [{ h1: 1, h2: 2, o: 1, M1: [[1, 0]], M2: [[0], [1]] }],
});

/** Full-rank feedback matrices between the layers give full-rank M_l. For all. */
export const productOfFullRank = forAll(anyWidths, {
  id: 'fa-deep-linear/reparametrised-M-full-rank',
  where: 'Section 3 after Proposition 4',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/reparametrised-M-narrowing'],
  says: String.raw`\tilde M_1,\tilde M_2\text{ of full rank}\implies M_1=\tilde M_1\tilde M_2\text{ of full rank}`,
  note: String.raw`What "since we are requiring the FA matrices to be full rank, we can redefine" needs. The product has rank at most
every width on its way, and may vanish: $(1\ 0)(0\ 1)^\top=0$, and layer 1 never learns.`,
  then: (R, _none, { M1, M2 }) => fullRank(R, matMul(R, M1, M2)),
  python: [
    'P = [[sum(M1[i][k]*M2[k][j] for k in range(h2)) for j in range(o)] for i in range(h1)]',
    'S = P if h1 <= o else [list(column) for column in zip(*P)]',
    'G = [[sum(a*b for a, b in zip(r, s)) for s in S] for r in S]  # positive definite where the rank is full',
    'k = int(part.split(" ")[1]) - 1  # of "pivot 1"',
    'gone = [[F(0)]*len(G) for _ in G]  # what elimination subtracts',
    'for c in range(k):',
    '    rest = [G[i][c] - gone[i][c] for i in range(len(G))]',
    '    gone = [[gone[i][j] + rest[i]*rest[j]/rest[c] for j in range(len(G))] for i in range(len(G))]',
    'left, right = gone[k][k], G[k][k]',
  ],
});

/** Full-rank matrices, widths that do not grow towards the output. */
const narrowing = exam({
  name: 'full-rank feedback matrices, layers narrowing towards the output',
  inside: feedbackNarrowing,
  assuming: full,
  cases: [{ o: 1, h2: 1, h1: 2, M1: [[1], [0]], M2: [[1]] }],
});

/** Products of full-rank matrices have full rank where widths do not grow towards the output. For all. */
export const productNarrowing = forAll(narrowing, {
  id: 'fa-deep-linear/reparametrised-M-narrowing',
  where: 'corrects Section 3 after Proposition 4',
  recorded: 'upheld',
  says: String.raw`h_1\ge h_2\ge o,\ \tilde M_1,\tilde M_2\text{ of full rank}\implies M_1=\tilde M_1\tilde M_2\text{ of full rank}`,
  note: String.raw`A product of matrices with full column rank has it. Transposed, the same holds for widths that do not shrink.`,
  then: (R, _none, { M1, M2 }) => fullRank(R, matMul(R, M1, M2)),
  mutants: {
    'with a feedback matrix that has lost its last column': (R, _none, { M1, M2 }) =>
      fullRank(
        R,
        matMul(
          R,
          M1,
          M2.map((row) => [...row.slice(0, -1), R.of(0)]),
        ),
      ),
  },
});
