/**
 * The coordinates in which the paper studies matrix feedback alignment: moments with common singular vectors,
 * Σxx = VΛxxVᵀ and Σxy = UΛxyVᵀ, and weights and feedback turned along with them (Section 2 (4), Section 3 (9)–(10)).
 * Where two systems are claimed to be one, their right-hand sides are compared at any point.
 */
import { equals, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { feedbackField, type Layers, type Moments } from '../../src/definitions/matrix-linear';
import type { Arithmetic, Real } from '../../src/numerics/arithmetic';
import { diagonal, matMul, scale, transpose, type Matrix } from '../../src/numerics/matrix';
import { equalMatrices } from '../../oracles/matrices';
import { threeDiagonalLayers, threeLayersByVectors, twoLayersByVectors } from '../../generators/linear-networks';

/** The first k columns. */
const columns = <N>(A: Matrix<N>, k: number): Matrix<N> => A.map((row) => row.slice(0, k));

/** A W Bᵀ. */
const turned = <N>(R: Arithmetic<N>, A: Matrix<N>, W: Matrix<N>, B: Matrix<N>): Matrix<N> =>
  matMul(R, A, W, transpose(B));

/** Layer by layer, A = B. */
const equalLayers = <N>(R: Reading<N>, A: Layers<N>, B: Layers<N>): Finding =>
  all(...A.map((W, l) => part(`layer ${l + 1}`, equalMatrices(R, W, B[l]!))));

/** Λxx and Λxy. */
const diagonalMoments = <N>(
  R: Arithmetic<N>,
  lxx: readonly N[],
  lxy: readonly N[],
  d: number,
  o: number,
): Moments<N> => ({
  xx: diagonal(R, lxx, d, d),
  xy: diagonal(R, lxy, o, d),
});

/** Two layers and their moments in common coordinates. */
const twoLayers = exam({
  name: 'two layers in the coordinates of the singular vectors',
  inside: twoLayersByVectors,
  assuming: {},
  cases: [
    {
      ...{ d: 2, o: 2, h: 2, k: 2, U: [[0, 1], [1, 0]], V: [[1, 0], [0, -1]], Q: [['3/5', '4/5'], ['-4/5', '3/5']] }, // prettier-ignore
      ...{ lxx: [1, 2], lxy: [2, 1], D: [1, 3], W1: [[1, 2], [0, 1]], W2: [[1, 0], [1, 1]] }, // prettier-ignore
    },
    {
      ...{ d: 1, o: 2, h: 2, k: 1, U: [[1, 0], [0, 1]], V: [[1]], Q: [['3/5', '4/5'], ['-4/5', '3/5']] }, // prettier-ignore
      ...{ lxx: [4], lxy: [1], D: [1, 1], W1: [[1]], W2: [[1], [2]] },
    },
  ],
});

/** The change of variables of Section 2. For all, an identity. */
export const changeOfVariables4 = forAll(twoLayers, {
  id: 'fa-deep-linear/change-of-variables-4',
  where: 'Section 2 (4)',
  recorded: 'upheld',
  says: String.raw`W_1=R\tilde W_1V^\top,\ W_2=U\tilde W_2R^\top,\ M=RDU^\top,\ R^\top R=I:\quad
(3)\iff\dot{\tilde W}_1=D(\Lambda_{xy}-\tilde W_2\tilde W_1\Lambda_{xx}),\
\dot{\tilde W}_2=(\Lambda_{xy}-\tilde W_2\tilde W_1\Lambda_{xx})\tilde W_1^\top`,
  note: String.raw`$R$ may be rectangular, $h\times k$ with $k\le h$: "left-orthogonal" is read as $R^\top R=I_k$. Checked in both
directions: the turned derivatives of $\tilde W$ are those of $W$, and turned back they are those of $\tilde W$. With $k<\min(h,o)$ the
feedback matrix $RDU^\top$ has rank $k$ and is not of full rank.`,
  then: (R, _none, { d, o, k, U, V, Q, lxx, lxy, D, W1, W2 }) => {
    const left = columns(Q, k);
    const moments = diagonalMoments(R, lxx, lxy, d, o);
    const feedback = diagonal(R, D, k, o);
    const field = feedbackField(R, moments, [feedback], [W1, W2]);
    const original = feedbackField(
      R,
      { xx: turned(R, V, moments.xx, V), xy: turned(R, U, moments.xy, V) },
      [turned(R, left, feedback, U)],
      [turned(R, left, W1, V), turned(R, U, W2, left)],
    );
    const back = [matMul(R, transpose(left), original[0]!, V), matMul(R, transpose(U), original[1]!, left)];
    return all(
      part('to', equalLayers(R, original, [turned(R, left, field[0]!, V), turned(R, U, field[1]!, left)])),
      part('back', equalLayers(R, back, field)),
    );
  },
  mutants: {
    'R with RᵀR = 4I': (R, _none, { d, o, k, U, V, Q, lxx, lxy, D, W1, W2 }) => {
      const left = scale(R, 2, columns(Q, k));
      const moments = diagonalMoments(R, lxx, lxy, d, o);
      const feedback = diagonal(R, D, k, o);
      const field = feedbackField(R, moments, [feedback], [W1, W2]);
      const original = feedbackField(
        R,
        { xx: turned(R, V, moments.xx, V), xy: turned(R, U, moments.xy, V) },
        [turned(R, left, feedback, U)],
        [turned(R, left, W1, V), turned(R, U, W2, left)],
      );
      return equalLayers(R, original, [turned(R, left, field[0]!, V), turned(R, U, field[1]!, left)]);
    },
  },
});

/** Three layers and their moments in common coordinates. */
const threeLayers = exam({
  name: 'three layers in the coordinates of the singular vectors',
  inside: threeLayersByVectors,
  assuming: {},
  cases: [
    {
      ...{ d: 1, o: 1, h1: 2, h2: 1, k1: 2, k2: 1, U: [[-1]], V: [[1]], Q1: [['3/5', '4/5'], ['-4/5', '3/5']] }, // prettier-ignore
      ...{ Q2: [[1]], lxx: [2], lxy: [1], D1: [1, 1], D2: [2] },
      ...{ W1: [[1], [2]], W2: [[1, 3]], W3: [[2]] },
    },
  ],
});

/** The change of variables of Section 3, first step. For all, an identity. */
export const deepChange9 = forAll(threeLayers, {
  id: 'fa-deep-linear/eq-9-deep-change',
  where: 'Section 3 (9)',
  recorded: 'upheld',
  says: String.raw`W_\ell=R_\ell\tilde W_\ell R_{\ell-1}^\top,\ M_\ell=R_\ell D_\ell U^\top,\ R_0=V,\ R_L=U,\ R_\ell^\top R_\ell=I:\quad
(8)\iff\dot{\tilde W}_\ell=D_\ell(\Lambda_{xy}-\tilde W_{[1:L]}\Lambda_{xx})\tilde W_{[1:\ell-1]}^\top`,
  note: 'Checked for three layers. $M_L=I$ gives $D_L=I$.',
  then: (R, _none, { d, o, k1, k2, U, V, Q1, Q2, lxx, lxy, D1, D2, W1, W2, W3 }) => {
    const [R1, R2] = [columns(Q1, k1), columns(Q2, k2)];
    const moments = diagonalMoments(R, lxx, lxy, d, o);
    const [F1, F2] = [diagonal(R, D1, k1, o), diagonal(R, D2, k2, o)];
    const turn = ([A, B, C]: Layers<(typeof W1)[0][0]>) => [
      turned(R, R1, A!, V),
      turned(R, R2, B!, R1),
      turned(R, U, C!, R2),
    ];
    const original = feedbackField(
      R,
      { xx: turned(R, V, moments.xx, V), xy: turned(R, U, moments.xy, V) },
      [turned(R, R1, F1, U), turned(R, R2, F2, U)],
      turn([W1, W2, W3]),
    );
    return equalLayers(R, original, turn(feedbackField(R, moments, [F1, F2], [W1, W2, W3])));
  },
});

interface DiagonalNetwork<N> {
  readonly d: number;
  readonly o: number;
  readonly h1: number;
  readonly h2: number;
  readonly s: readonly N[];
  readonly lxy: readonly N[];
  readonly D1: readonly N[];
  readonly D2: readonly N[];
  readonly a: readonly N[];
  readonly b: readonly N[];
  readonly c: readonly N[];
}

/** Diagonal weights of three layers, Λxx = diag(s²). */
const diagonalWeights = exam({
  name: 'three diagonal layers',
  inside: threeDiagonalLayers,
  assuming: {
    H1: {
      says: String.raw`(\Lambda_{xx})_{ii}>0,\ \lambda_i>0`,
      holds: (R, { s, lxy }) => all(...[...s, ...lxy].map((x) => lessThan(R, 0, x))),
    },
    H2: {
      says: String.raw`D_{\ell,ii}>0`,
      holds: (R, { D1, D2 }) => all(...[...D1, ...D2].map((x) => lessThan(R, 0, x))),
    },
  },
  cases: [
    {
      ...{ d: 1, o: 1, h1: 1, h2: 1, s: [2], lxy: [1], D1: [1], D2: [1], a: [1], b: [1], c: [1] },
    },
    {
      ...{ d: 2, o: 3, h1: 3, h2: 2, s: [1, 3], lxy: [2, 1], D1: [1, 2, 1], D2: [1, '1/2'] },
      ...{ a: [1, -1, 1], b: [2, 1], c: [1, 3, 1] },
    },
  ],
});

/** How each of d_1, d_2, θ_1, θ_2, θ_3 is scaled: s to these powers. */
interface Powers {
  readonly feedback: readonly [number, number, number];
  readonly weights: readonly [number, number, number];
}

/**
 * (9) for diagonal weights, scaled entry by entry by powers of s = Λxx^{1/2}, against (10): for each i ≤ k,
 * θ_l' = d_l(λ − θ_3θ_2θ_1)θ_{l−1}⋯θ_1.
 */
const scaledObeys10 = <N>(R: Reading<N>, p: DiagonalNetwork<N>, { feedback, weights }: Powers): Finding => {
  const { d, o, h1, h2, s, lxy, D1, D2 } = p;
  const moments = diagonalMoments(R, s.map((x) => R.power(x, 2)), lxy, d, o); // prettier-ignore
  const layers = [diagonal(R, p.a, h1, d), diagonal(R, p.b, h2, h1), diagonal(R, p.c, o, h2)];
  const field = feedbackField(R, moments, [diagonal(R, D1, h1, o), diagonal(R, D2, h2, o)], layers);
  const findings = Array.from({ length: Math.min(d, h1, h2, o) }, (_, i) => {
    const scaled = (x: N | Real, power: number): N => R.mul(x, R.power(s[i]!, power));
    const theta = layers.map((W, l) => scaled(W[i]![i]!, weights[l]!));
    const feedbacks = [D1[i]!, D2[i]!, 1].map((x, l) => scaled(x, feedback[l]!));
    const error = R.sub(lxy[i]!, R.mul(...theta));
    return theta.map((_theta, l) =>
      part(
        `layer ${l + 1}, i = ${i + 1}`,
        equals(R, scaled(field[l]![i]![i]!, weights[l]!), R.mul(feedbacks[l]!, error, ...theta.slice(0, l))),
      ),
    );
  });
  return all(...findings.flat());
};

/** The deep change of variables as printed. For all. */
export const deepChange910 = forAll(diagonalWeights, {
  id: 'fa-deep-linear/eq-9-10-deep-change',
  where: '(9)-(10)',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/eq-9-deep-change', 'fa-deep-linear/eq-10-deep-change-roots'],
  says: String.raw`W_1'=\tilde W_1\Lambda_{xx}^{-1/2},\ W_L'=\Lambda_{xx}^{-1/2}\tilde W_L,\ D_\ell'=D_\ell\Lambda_{xx}^{-1/2}:\quad
\dot\theta_\ell=d_\ell'(\lambda-\theta_L\cdots\theta_1)\theta_{\ell-1}\cdots\theta_1\text{ on the diagonals}`,
  note: String.raw`The step to (9) holds (eq-9-deep-change). The step to (10) fails as (5) does: $\tilde W_{[1:L]}\Lambda_{xx}$ becomes the product
of the new layers when the outer two take a factor $\Lambda_{xx}^{+1/2}$ each. Moreover the feedback of a middle layer then takes the
inverse factor, and the last layer, which has none, keeps $d_L'=1$ (so it is read here). The first layer alone is false: $\lambda-\sigma\prod\tilde\theta$ is not
$\lambda-\sigma^{-1}\prod\tilde\theta$ for $\sigma\ne1$.`,
  then: (R, _none, p) => scaledObeys10(R, p, { feedback: [-1, -1, 0], weights: [-1, 0, -1] }),
  python: [
    'i = int(part.split("i = ")[1]) - 1',
    'l = int(part.split(",")[0].split(" ")[1]) - 1',
    'sigma, old, D = s[i]**2, [a[i], b[i], c[i]], [D1[i], D2[i], F(1)]',
    'power, dpower = [-1, 0, -1], [-1, -1, 0]  # of s = sigma^(1/2), for weights and feedback',
    'below = lambda w: w[0]*w[1] if l == 2 else w[0] if l == 1 else F(1)',
    'left = s[i]**power[l] * D[l]*(lxy[i] - sigma*old[0]*old[1]*old[2])*below(old)',
    'new = [w*s[i]**p for w, p in zip(old, power)]',
    'right = D[l]*s[i]**dpower[l]*(lxy[i] - new[0]*new[1]*new[2])*below(new)',
  ],
});

/** The deep change of variables with the powers that do. For all, an identity. */
export const deepChange10Roots = forAll(diagonalWeights, {
  id: 'fa-deep-linear/eq-10-deep-change-roots',
  where: 'corrects (10)',
  recorded: 'upheld',
  says: String.raw`\theta_1=\sigma^{1/2}\tilde\theta_1,\ \theta_L=\sigma^{1/2}\tilde\theta_L,\ d_1'=\sigma^{1/2}d_1,\ d_\ell'=\sigma^{-1/2}d_\ell\ (1<\ell<L),\
d_L'=1:\quad \dot\theta_\ell=d_\ell'(\lambda-\theta_L\cdots\theta_1)\theta_{\ell-1}\cdots\theta_1`,
  note: String.raw`For each entry $i\le k=\min(d,h_1,\dots,o)$, $\sigma=(\Lambda_{xx})_{ii}$; $\lambda$ stays. Checked for three layers.`,
  then: (R, _none, p) => scaledObeys10(R, p, { feedback: [1, -1, 0], weights: [1, 0, 1] }),
  mutants: {
    'the feedback of the middle layer scaled as that of the first': (R, _none, p) =>
      scaledObeys10(R, p, { feedback: [1, 1, 0], weights: [1, 0, 1] }),
  },
});
