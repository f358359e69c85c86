/**
 * From features of any variance to isotropic ones (Section 2 (5), footnote 1, and the sentence after): moments are diagonal,
 * Λxx = diag(s²) and Λxy rectangular, D is rectangular with positive diagonal, and layers are of any shape. Derivatives in
 * the new variables, by the chain rule from (4), are compared with the system that is claimed for them, at any point.
 * Λxx^{1/2} is of size d×d or o×o, by what it is multiplied with, with zeros where Λxx has no entry.
 */
import { equals, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { feedbackField, type Layers } from '../../src/definitions/matrix-linear';
import { diagonal, identity, matMul, type Matrix } from '../../src/numerics/matrix';
import { equalMatrices } from '../../oracles/matrices';
import { threeInputsAtRest, twoDiagonalLayers, twoLayersDiagonalMoments } from '../../generators/linear-networks';

interface Network<N> {
  readonly d: number;
  readonly o: number;
  readonly h: number;
  readonly s: readonly N[];
  readonly lxy: readonly N[];
  readonly D: readonly N[];
  readonly W1: Matrix<N>;
  readonly W2: Matrix<N>;
}

const positive = {
  H1: {
    says: String.raw`(\Lambda_{xx})_{ii}>0,\ (\Lambda_{xy})_{ii}>0`,
    holds: <N>(R: Reading<N>, { s, lxy }: Pick<Network<N>, 's' | 'lxy'>) =>
      all(...[...s, ...lxy].map((x) => lessThan(R, 0, x))),
  },
  H2: {
    says: String.raw`D_{ii}>0`,
    holds: <N>(R: Reading<N>, { D }: Pick<Network<N>, 'D'>) => all(...D.map((x) => lessThan(R, 0, x))),
  },
};

/** Layers of any shape and entries. */
const anyLayers = exam({
  name: 'two layers, features of any variance',
  inside: twoLayersDiagonalMoments,
  assuming: positive,
  cases: [
    { d: 1, o: 1, h: 1, s: [2], lxy: [1], D: [1], W1: [[1]], W2: [[1]] },
    { d: 2, o: 1, h: 1, s: [1, 2], lxy: [1, 1], D: [1], W1: [[1, 1]], W2: [[1]] },
    { d: 1, o: 2, h: 2, s: [3], lxy: [2], D: [1, 2], W1: [[1], [0]], W2: [[1, 0], [0, 1]] }, // prettier-ignore
  ],
});

/** Λxx^p on the side of the inputs (d×d) and of the outputs (o×o). */
const powerOf = <N>(R: Reading<N>, { s, d, o }: Network<N>, twice: number): { inner: Matrix<N>; outer: Matrix<N> } => {
  const entries = s.map((x) => R.power(x, twice));
  return { inner: diagonal(R, entries, d, d), outer: diagonal(R, entries, o, o) };
};

/** The right-hand side of (4). */
const field4 = <N>(R: Reading<N>, p: Network<N>): Layers<N> => {
  const moments = { xx: powerOf(R, p, 2).inner, xy: diagonal(R, p.lxy, p.o, p.d) };
  return feedbackField(R, moments, [diagonal(R, p.D, p.h, p.o)], [p.W1, p.W2]);
};

/**
 * W1' = W̃1Λxx^{p/2}, W2' = Λxx^{p/2}W̃2 and D' = DΛxx^{p/2} obey the isotropic system with signal Λxx^{q/2}ΛxyΛxx^{−q/2}.
 */
const isotropicAfter = <N>(R: Reading<N>, p: Network<N>, power: number, signalPower: number): Finding => {
  const [to, by, back] = [powerOf(R, p, power), powerOf(R, p, signalPower), powerOf(R, p, -signalPower)];
  const [first, second] = field4(R, p);
  const isotropic = feedbackField(
    R,
    { xx: identity(R, p.d), xy: matMul(R, by.outer, diagonal(R, p.lxy, p.o, p.d), back.inner) },
    [matMul(R, diagonal(R, p.D, p.h, p.o), to.outer)],
    [matMul(R, p.W1, to.inner), matMul(R, to.outer, p.W2)],
  );
  return all(
    part('layer 1', equalMatrices(R, matMul(R, first!, to.inner), isotropic[0]!)),
    part('layer 2', equalMatrices(R, matMul(R, to.outer, second!), isotropic[1]!)),
  );
};

const python = [
  'assert all(x > 0 for x in s + lxy + D)  # H1, H2',
  'mul = lambda A, B: [[sum(a*b for a, b in zip(row, col)) for col in zip(*B)] for row in A]',
  'diag = lambda v, m, n: [[v[i] if i == j and i < len(v) else F(0) for j in range(n)] for i in range(m)]',
  'minus = lambda A, B: [[a - b for a, b in zip(r, q)] for r, q in zip(A, B)]',
  'root = lambda p, n: diag([x**p for x in s], n, n)  # the power p/2 of Lxx',
  'layer = int(part[6])  # of "layer 1: entry [0][0]"',
  'i, j = [int(word[0]) for word in part.split("[")[1:]]',
];

/** The change of variables to isotropic features as printed. For all. */
export const isotropyPrinted = forAll(anyLayers, {
  id: 'fa-deep-linear/isotropy-reduction-5',
  where: 'Section 2 (5) and footnote 1',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/isotropy-reduction-5-diagonal', 'fa-deep-linear/isotropy-reduction-5-whitened'],
  says: String.raw`W_1'=\tilde W_1\Lambda_{xx}^{-1/2},\ W_2'=\Lambda_{xx}^{-1/2}\tilde W_2,\ D'=D\Lambda_{xx}^{-1/2},\
\Lambda_{xy}'=\Lambda_{xx}^{1/2}\Lambda_{xy}\Lambda_{xx}^{-1/2}:\quad
\dot W_1'=D'(\Lambda_{xy}'-W_2'W_1'),\ \dot W_2'=(\Lambda_{xy}'-W_2'W_1')W_1'^\top`,
  note: String.raw`False for one input, neuron and output already: $\tilde w_2\tilde w_1\sigma=w_2'w_1'\sigma^2$, not $w_2'w_1'$. With the powers
$+1/2$ it is true of diagonal layers (the corrected claim); of layers that are not diagonal it is not, as $\Lambda_{xx}$ stands to the right
of $\tilde W_2\tilde W_1$ and $\Lambda_{xx}^{1/2}$ cannot be moved past it: whitened inputs leave a factor $\Lambda_{xx}$ on the first layer.`,
  then: (R, _none, p) => isotropicAfter(R, p, -1, 1),
  python: [
    ...python,
    'E = minus(diag(lxy, o, d), mul(mul(W2, W1), root(2, d)))',
    'first = mul(mul(mul(diag(D, h, o), E), root(-1, d)), root(0, d))',
    'second = mul(root(-1, o), mul(E, [list(c) for c in zip(*W1)]))',
    'V1, V2 = mul(W1, root(-1, d)), mul(root(-1, o), W2)',
    'G = minus(mul(mul(root(1, o), diag(lxy, o, d)), root(-1, d)), mul(V2, V1))',
    'left = (first if layer == 1 else second)[i][j]',
    'right = (mul(mul(diag(D, h, o), root(-1, o)), G) if layer == 1 else mul(G, [list(c) for c in zip(*V1)]))[i][j]',
  ],
});

/** Whitened inputs: isotropic in the second layer, preconditioned by Λxx in the first. For all, an identity. */
export const isotropyWhitened = forAll(anyLayers, {
  id: 'fa-deep-linear/isotropy-reduction-5-whitened',
  where: 'corrects (5) for layers that are not diagonal',
  recorded: 'upheld',
  says: String.raw`W_1'=\tilde W_1\Lambda_{xx}^{1/2},\ \Lambda_{xy}'=\Lambda_{xy}\Lambda_{xx}^{-1/2}:\quad
\dot W_1'=D(\Lambda_{xy}'-\tilde W_2W_1')\Lambda_{xx},\ \dot{\tilde W}_2=(\Lambda_{xy}'-\tilde W_2W_1')W_1'^\top`,
  then: (R, _none, p) => {
    const { inner: root } = powerOf(R, p, 1);
    const [first, second] = field4(R, p);
    const whitened = { xx: identity(R, p.d), xy: matMul(R, diagonal(R, p.lxy, p.o, p.d), powerOf(R, p, -1).inner) };
    const isotropic = feedbackField(R, whitened, [diagonal(R, p.D, p.h, p.o)], [matMul(R, p.W1, root), p.W2]);
    return all(
      part('layer 1', equalMatrices(R, matMul(R, first!, root), matMul(R, isotropic[0]!, powerOf(R, p, 2).inner))),
      part('layer 2', equalMatrices(R, second!, isotropic[1]!)),
    );
  },
  mutants: {
    'without the factor Λxx on the first layer': (R, _none, p) => {
      const { inner: root } = powerOf(R, p, 1);
      const whitened = { xx: identity(R, p.d), xy: matMul(R, diagonal(R, p.lxy, p.o, p.d), powerOf(R, p, -1).inner) };
      const isotropic = feedbackField(R, whitened, [diagonal(R, p.D, p.h, p.o)], [matMul(R, p.W1, root), p.W2]);
      return equalMatrices(R, matMul(R, field4(R, p)[0]!, root), isotropic[0]!);
    },
  },
});

/** Diagonal layers. */
const diagonalLayers = exam({
  name: 'two diagonal layers, features of any variance',
  inside: twoDiagonalLayers,
  assuming: positive,
  cases: [
    { d: 1, o: 1, h: 1, s: [2], lxy: [1], D: [1], a: [1], b: [1] },
    { d: 3, o: 2, h: 1, s: [2, 1, 3], lxy: [1, 1, 1], D: [1, 2], a: [1], b: [2] },
    { d: 1, o: 3, h: 2, s: [3], lxy: [2], D: [1, 1, 1], a: [1, 5], b: [2, 4] },
  ],
});

/** The change of variables to isotropic features with the powers that do, for diagonal layers. For all, an identity. */
export const isotropyDiagonal = forAll(diagonalLayers, {
  id: 'fa-deep-linear/isotropy-reduction-5-diagonal',
  where: 'corrects (5)',
  recorded: 'upheld',
  says: String.raw`\tilde W_1,\tilde W_2\text{ diagonal},\ W_1'=\tilde W_1\Lambda_{xx}^{1/2},\ W_2'=\Lambda_{xx}^{1/2}\tilde W_2,\ D'=D\Lambda_{xx}^{1/2}:\quad
\dot W_1'=D'(\Lambda_{xy}-W_2'W_1'),\ \dot W_2'=(\Lambda_{xy}-W_2'W_1')W_1'^\top`,
  note: String.raw`So for the diagonal layers that the paper goes on with, isotropic features are no loss: $d^i$ stands for
$D_{ii}(\Lambda_{xx})_{ii}^{1/2}$ and $\lambda^i$ for $(\Lambda_{xy})_{ii}$. Here $\Lambda_{xx}^{1/2}\Lambda_{xy}\Lambda_{xx}^{-1/2}=\Lambda_{xy}$.`,
  then: (R, _none, p) =>
    isotropicAfter(R, { ...p, W1: diagonal(R, p.a, p.h, p.d), W2: diagonal(R, p.b, p.o, p.h) }, 1, 0),
  mutants: {
    'powers −1/2, as printed': (R, _none, p) =>
      isotropicAfter(R, { ...p, W1: diagonal(R, p.a, p.h, p.d), W2: diagonal(R, p.b, p.o, p.h) }, -1, 0),
  },
});

/** One output, one neuron, three inputs of which the first carries the signal, at a rest point. */
const atRest = exam({
  name: 'three inputs, one neuron, one output, at rest',
  inside: threeInputsAtRest,
  assuming: {
    H1: {
      says: String.raw`\Lambda_{xx}>0,\ \lambda>0,\ m>0,\ w_2>0`,
      holds: (R, { lxx, lambda, m, w2 }) => all(...[...lxx, lambda, m, w2].map((x) => lessThan(R, 0, x))),
    },
  },
  cases: [{ lxx: [1, 1, 2], lambda: 1, m: 1, w2: 1 }],
});

/** Isotropic features without loss of generality. For all. */
export const isotropyWithoutLoss = forAll(atRest, {
  id: 'fa-deep-linear/isotropy-wlog',
  where: 'Section 2, sentence after (5)',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/isotropy-reduction-5-diagonal', 'fa-deep-linear/isotropy-reduction-5-whitened'],
  says: String.raw`\text{(4) for any }\Lambda_{xx}>0\text{ is (4) for }\Lambda_{xx}=I\text{ in other variables; hence at the rest point }
w_1=(\lambda/(\sigma_1w_2),0,0):\ (\mu_1-\mu_2)(\mu_1-\mu_3)(\mu_2-\mu_3)=0`,
  note: String.raw`The rates at which perturbations of a rest point die out do not depend on the variables. With $h=o=1$ and $d=3$ they are the
eigenvalues of $(w_1^\top w_1+mw_2I)\Lambda_{xx}$: where $\Lambda_{xx}=I$, two of the three are equal, $mw_2$; in general they are
$\mu_1=(w_1^2+mw_2)\sigma_1$, $\mu_2=mw_2\sigma_2$ and $\mu_3=mw_2\sigma_3$, on an open set three different numbers. So no smooth change of variables,
nor a change of the unit of time, makes the features isotropic, though $\Sigma_{xx}$ and $\Sigma_{xy}$ share their singular vectors. For
diagonal layers, which is what the paper goes on to study, nothing is lost: see the corrected claim.`,
  then: (R, _none, { lxx, lambda, m, w2 }) => {
    const [first, second, third] = lxx.map((variance) => R.mul(m, w2, variance));
    const aligned = R.add(R.mul(R.power(R.div(lambda, R.mul(lxx[0]!, w2)), 2), lxx[0]!), first!);
    const product = R.mul(R.sub(aligned, second!), R.sub(aligned, third!), R.sub(second!, third!));
    return equals(R, product, 0);
  },
  python: [
    'w1 = lambda_/(lxx[0]*w2)  # w1*w2*sigma_1 = lambda: at rest',
    'mu = [(w1**2 + m*w2)*lxx[0], m*w2*lxx[1], m*w2*lxx[2]]',
    'left, right = (mu[0] - mu[1])*(mu[0] - mu[2])*(mu[1] - mu[2]), F(0)',
  ],
});
