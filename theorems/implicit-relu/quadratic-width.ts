/**
 * Section 5.2 from (28) on: how wide a network with random weights has to be. ‖x_i‖ = 1, C_i = 1, γ0 = 1/2, α1 = σ_min(Φ(0)) and
 * α0 ≥ 2α1/3 (alpha0-lower); G_* = E σ(Xw)σ(Xw)ᵀ with smallest eigenvalue λ_*.
 */
import { atMost, lessThan } from '../../src/claim/compare';
import { exam } from '../../src/claim/exam';
import { chance, someConstant } from '../../src/claim/forms/constructors';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { constantsOf, cubeBound, descentBound, squareBounds } from '../../src/definitions/implicit-relu-conditions';
import { expectedGram } from '../../src/definitions/relu-gram';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { doubles as D } from '../../src/numerics/doubles';
import type { Matrix } from '../../src/numerics/matrix';
import { symmetricEigenvalues } from '../../src/numerics/eigenvalues';
import { gramOfRandomFeatures, oneOrTwoSamples, orderedNorms, quadraticWidths } from '../../generators/random-weights';

interface Norms<N> {
  readonly lambda1: N;
  readonly lambda2: N;
  readonly lambda3: N;
  /** ‖ŷ(0) − y‖. */
  readonly r: N;
  /** α1². */
  readonly square: N;
  /** How many samples. */
  readonly N: number;
}

/** (17), (18) and (19) for C = 1, γ0 = 1/2, ‖X‖_F = √N and α0 = 2α1/3. */
const conditions = <N>(R: Reading<N>, p: Norms<N>): Finding => {
  const one = R.of(1);
  const gamma = R.div(1, R.mul(2, p.lambda2));
  const [W, A, b] = [p.lambda1, p.lambda2, p.lambda3].map((x) => R.sub(x, 1));
  const c = constantsOf(R, { W: W!, A: A!, b: b!, C1: one, C2: one, C3: one, gamma });
  const sizes = { X: R.sqrt(p.N), r: p.r };
  const square = R.mul('4/9', p.square);
  return all(
    ...squareBounds(R, c, sizes, 8).map((bound) => part('(17)', atMost(R, bound, square))),
    part('(18)', atMost(R, R.power(cubeBound(R, c, sizes, 16), 2), R.power(square, 3))),
    part('(19)', atMost(R, descentBound(R, c, sizes.X), square)),
  );
};

interface Ordered<N> {
  readonly N: number;
  readonly m: number;
  readonly c1: N;
  readonly rho: N;
  readonly c3: N;
  readonly cr: N;
}

const orderedAt = <N>(R: Reading<N>, { N, m, c1, rho, c3, cr }: Ordered<N>, square: N): Finding => {
  const lambda1 = R.mul(c1, R.sqrt(m));
  return conditions(R, { N, lambda1, lambda2: R.div(lambda1, rho), lambda3: c3, r: R.mul(cr, R.sqrt(N)), square });
};

const norms = exam({
  name: 'norms of the orders that Section 5.2 names',
  inside: orderedNorms,
  assuming: {
    H1: {
      says: String.raw`c_1,\rho,c_r>0,\ c_3\ge1,\ N,m\ge1,\ \text{excess}\ge1`,
      holds: (R, { N, m, c1, rho, c3, cr, excess }) =>
        all(
          ...[c1, rho, cr].map((x) => lessThan(R, 0, x)),
          ...[R.of(N), R.of(m), c3, excess].map((x) => atMost(R, 1, x)),
        ),
    },
  },
  cases: [{ N: 1, m: 1, c1: 1, rho: 1, c3: 1, cr: 1, excess: 1 }],
});

/** The conditions by the order of α1². Of some constant. */
export const reducedOrder = someConstant(norms, {
  id: 'implicit-relu/sec5.2-28',
  where: 'Section 5.2, (28)',
  recorded: 'upheld',
  says: String.raw`\lambda_1=c_1\sqrt m,\ \frac{\lambda_1}{\lambda_2}=\rho,\ \lambda_3=c_3,\ \|\hat y(0)-y\|=c_r\sqrt N:\quad\exists\,C(c_1,\rho,c_3,c_r):\ \alpha_1^2\ge C\,N\sqrt m\implies\text{(17)-(19)}`,
  note: String.raw`"Reduced to" is read as an implication. $C=36c_r(c_1+\rho c_3+c_3)+144(1+\rho^2)c_3(c_3+c_r)+3$. (17) is the one that needs $\sqrt m$. That
$\lambda_2$ is of the order $m$ (sec5.2-A-norm-linear), and not $\sqrt m$, makes $\rho$ small and does no harm.`,
  within: (R, _none, p, C) => orderedAt(R, p, R.mul(C, p.N, R.sqrt(p.m), p.excess)),
  constant: {
    of: ['c1', 'rho', 'c3', 'cr'],
    is: (R, { c1, rho, c3, cr }) =>
      R.add(R.mul(36, cr, R.add(c1, R.mul(rho, c3), c3)), R.mul(144, R.add(1, R.power(rho, 2)), c3, R.add(c3, cr)), 3),
  },
  mutants: {
    'N for N√m': (R, _none, p) => orderedAt(R, p, R.mul(1000, p.N)),
    '√(Nm) for N√m': (R, _none, p) => orderedAt(R, p, R.mul(1000, R.sqrt(R.mul(p.N, p.m)))),
  },
});

/** (1, 0), and where there are two samples, the one at cos θ = (1 − t²)/(1 + t²). */
const samplesAt = <N>(R: Arithmetic<N>, { N, t }: { readonly N: number; readonly t: N }): Matrix<N> => {
  const square = R.power(t, 2);
  const below = R.add(1, square);
  const second = [R.div(R.sub(1, square), below), R.div(R.mul(2, t), below)];
  return [[R.of(1), R.of(0)], second].slice(0, N);
};

/** 104.4·(N/λ)·log(8.33·N/λ)·log(N/δ). */
const enoughUnits = <N>(R: Arithmetic<N>, samples: number, lambda: N, delta: string): N => {
  const x = R.div(samples, lambda);
  return R.mul('522/5', x, R.log(R.mul('833/100', x)), R.log(R.div(samples, delta)));
};

const samples = exam({
  name: 'one or two samples of length 1',
  inside: oneOrTwoSamples,
  assuming: { H1: { says: String.raw`t>0`, holds: (R, { t }) => lessThan(R, 0, t) } },
  cases: [
    { N: 1, t: 1 },
    { N: 2, t: 1 },
  ],
});

const drawnAt = (p: { readonly N: number; readonly t: number }, random: () => number, deviation = 1) => {
  const X = samplesAt(D, p);
  const lambda = symmetricEigenvalues(D, expectedGram(D, X)).least;
  const m = Math.ceil(enoughUnits(D, p.N, lambda, '1/4'));
  const gram = gramOfRandomFeatures(random, X, m, deviation);
  return { square: symmetricEigenvalues(D, gram).least, mean: m * lambda };
};

/** The least singular value of many random features. Of chance. */
export const manyFeatures = chance(samples, {
  id: 'implicit-relu/sec5.2-chernoff',
  where: 'Section 5.2, after (28)',
  recorded: 'upheld',
  says: String.raw`m\ge104.4\,\frac N{\lambda_*}\log\Big(8.33\frac N{\lambda_*}\Big)\log\frac N\delta\implies P\big[\alpha_1^2\ge\tfrac14m\lambda_*\big]\ge1-\delta`,
  note: String.raw`$\tilde\Omega(N/\lambda_*)$ with its factors written out, tried for $\delta=\frac14$. $\|\sigma(Xw)\|^2\le Y=\|Xw\|^2$ and $\mathbb Ee^{Y/(4N)}\le\sqrt2$, so features beyond
$Y=8N\log(8.33N/\lambda_*)$ hold at most $\frac12\lambda_*$ of the mean; the matrix Chernoff inequality at half of what is left gives the number. A logarithm of
$N/\lambda_*$ stands beside that of $\delta$.`,
  probability: '3/4',
  draw: drawnAt,
  then: (R, { square, mean }) => atMost(R, mean / 4, square),
  mutants: { '2 for 1/4': (R, { square, mean }) => atMost(R, 2 * mean, square) },
  samplers: { 'a third of the deviation': (p, random) => drawnAt(p, random, 1 / 3) },
});

interface Wide<N> {
  readonly N: number;
  readonly lambda: N;
  readonly cd: N;
  readonly cy: N;
}

/** On the event that the note names, with m = width. */
const wideAt = <N>(R: Reading<N>, { N, lambda, cd, cy }: Wide<N>, width: N): Finding => {
  const root = R.sqrt(width);
  return conditions(R, {
    N,
    lambda1: R.add(R.mul(R.add(R.sqrt(cd), 1), root), 4),
    lambda2: R.add(R.div(width, R.sqrt(R.mul(2, R.pi()))), 1),
    lambda3: R.of(5),
    r: R.mul(R.add(R.sqrt(20), cy), R.sqrt(N)),
    square: R.div(R.mul(width, lambda), 4),
  });
};

const wide = exam({
  name: 'widths beyond the square of the number of samples',
  inside: quadraticWidths,
  assuming: {
    H1: {
      says: String.raw`0<\lambda_*\le\tfrac12,\ c_d,c_y>0,\ N\ge1,\ \text{excess}\ge1`,
      holds: (R, { N, lambda, cd, cy, excess }) =>
        all(
          ...[lambda, cd, cy].map((x) => lessThan(R, 0, x)),
          atMost(R, lambda, '1/2'),
          ...[R.of(N), excess].map((x) => atMost(R, 1, x)),
        ),
    },
  },
  cases: [{ N: 1, lambda: '1/2', cd: 1, cy: 1, excess: 1 }],
});

/** Quadratic width. Of some constant. */
export const quadraticWidth = someConstant(wide, {
  id: 'implicit-relu/m-N2',
  where: 'Section 5.2, end',
  recorded: 'upheld',
  says: String.raw`d\le c_dm,\ |y_i|\le c_y:\quad\exists\,C(c_d,c_y):\ m\ge C\,\frac{N^2}{\lambda_*^2}\implies P\big[\text{(17)-(19)}\big]\ge\tfrac34`,
  note: String.raw`$C=\big(2736(\sqrt{c_d}+5)(4.5+c_y)\big)^2$. Checked are (17)-(19) on the event $\|W\|\le\sqrt d+\sqrt m+3$, $\|b\|\le4$, $\|A\|\ge\frac m{\sqrt{2\pi}}$,
$\|\hat y(0)\|^2\le20N$, $\alpha_1^2\ge\frac14m\lambda_*$, with the largest norms and the least $\lambda_2$ on it, and that $m$ is enough for the last with $\delta=\frac1{10}$. By
sec5.2-W-norm, sec5.2-A-norm-linear, sec5.2-yhat and sec5.2-chernoff it fails with probability $0.0222+\frac{2\pi-4}{m^2}+0.1+0.1$ at most. Without
$d=O(m)$, which the paper does not say, $\|W\|$ is near $\sqrt d$. $\lambda_*$ is no constant: lambda-star-theta1.`,
  within: (R, _none, p, C) => {
    const width = R.mul(C, R.power(R.div(p.N, p.lambda), 2), p.excess);
    return all(part('units', atMost(R, enoughUnits(R, p.N, p.lambda, '1/10'), width)), wideAt(R, p, width));
  },
  constant: {
    of: ['cd', 'cy'],
    is: (R, { cd, cy }) => R.power(R.mul(2736, R.add(R.sqrt(cd), 5), R.add('9/2', cy)), 2),
  },
  mutants: {
    'N/λ² for N²/λ²': (R, _none, p) => wideAt(R, p, R.div(R.mul(10_000, p.N), R.power(p.lambda, 2))),
    'N²/λ for N²/λ²': (R, _none, p) => wideAt(R, p, R.div(R.mul(10_000, p.N, p.N), p.lambda)),
  },
});
