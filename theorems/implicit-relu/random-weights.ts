/**
 * The random initialisation (27) of Section 5.2: b_i of law N(0, 1/m), A_ij half-normal, the modulus of N(0, 1), W_ij of law N(0, 1),
 * all independent; γ0 = γ(‖A‖ + 1) = 1/2, Φ = σ(XW), Z = Φ(I − γA)⁻¹. And LeCun's law for W in Section 5.1, N(0, 1/d).
 * "With high probability" is read as: with probability at least a number named, for all sizes.
 */
import { atMost, lessThan } from '../../src/claim/compare';
import { exam } from '../../src/claim/exam';
import { almostSurely, chance, order } from '../../src/claim/forms/constructors';
import { all, part } from '../../src/claim/finding';
import { features } from '../../src/definitions/implicit-relu';
import { areaSquared } from '../../src/definitions/relu-gram';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { doubles as D } from '../../src/numerics/doubles';
import { determinant, frobeniusSquared, matMul, matVec, transpose, type Matrix } from '../../src/numerics/matrix';
import { rationals } from '../../src/numerics/rational';
import { singularValues } from '../../src/numerics/singular-values';
import {
  halfNormalMatrix,
  normalMatrix,
  normOfPositive,
  resolved,
  samplesAndManyUnits,
  samplesAndWeights,
  samplesAndWidth,
  smallShapes,
  smallWidths,
  widths,
} from '../../generators/random-weights';

type Rows = Matrix<number>;

/** (2π − 4)/m²: a bound on P[‖A‖ < m/√(2π)]. */
const missed = <N>(R: Arithmetic<N>, m: number): N => R.div(R.sub(R.mul(2, R.pi()), 4), m ** 2);
/** m/√(2π), half of the mean of 1ᵀA1/m. */
const halfMean = <N>(R: Arithmetic<N>, m: number): N => R.div(m, R.sqrt(R.mul(2, R.pi())));

const halfNormal = exam({
  name: 'half-normal matrices of any width',
  inside: widths,
  assuming: {
    H1: {
      says: String.raw`\frac{2\pi-4}{m^2}\le\tfrac12`,
      holds: (R, { m }) => atMost(R, missed(R, m), '1/2'),
    },
  },
  cases: [{ m: 3 }, { m: 1024 }],
});

/** The norm of A, by its median. An order. */
export const halfNormalNorm = order(halfNormal, {
  id: 'implicit-relu/sec5.2-A-norm',
  where: 'Section 5.2, after (27)',
  recorded: 'refuted',
  corrected: ['implicit-relu/sec5.2-A-norm-linear'],
  says: String.raw`A_{ij}\text{ half-normal}\implies\text{the median of }\|A(0)\|\text{ is }O(\sqrt m)`,
  note: String.raw`The theorem that is cited (Vershynin, 4.4.5) asks for entries of mean 0. $\|A\|\ge\frac1m\mathbf1^\top A\mathbf1$, of mean $m\sqrt{2/\pi}$ and variance
$1-\frac2\pi$; by Chebyshev $P[\|A\|<\frac m{\sqrt{2\pi}}]\le\frac{2\pi-4}{m^2}$. That is at most $\frac12$ (H1), so that $\frac m{\sqrt{2\pi}}$, the left side, is a bound
of the median from below. What follows in the section holds all the same: a larger $\lambda_2$ only takes the bracket in (18) and (19) nearer to 1.`,
  grows: 'm',
  sides: (R, _none, { m }) => ({ left: halfMean(R, m), right: R.sqrt(m) }),
  family: {
    says: String.raw`$m=4^{k+1}$: a constant has to be at least $\sqrt{m/(2\pi)}>0.39\cdot2^{k+1}$.`,
    members: 9,
    at: (k) => ({ m: 4 ** (k + 1) }),
    exceeds: (k) => `${39 * 2 ** (k + 1)}/100`,
  },
});

const drawnHalfNormal = exam({
  name: 'half-normal matrices that are drawn',
  inside: smallWidths,
  assuming: { H1: { says: String.raw`m\ge8`, holds: (R, { m }) => atMost(R, 8, m) } },
  cases: [{ m: 8 }, { m: 24 }],
});

/** 1ᵀA1/m and ‖A‖_F. */
function boundsOf(A: Rows): { readonly low: number; readonly high: number } {
  let [sum, squares] = [0, 0];
  for (const row of A) {
    for (const a of row) {
      sum += a;
      squares += a * a;
    }
  }
  return { low: sum / A.length, high: Math.sqrt(squares) };
}

/** The norm of A is of the order m. Of chance. */
export const halfNormalNormLinear = chance(drawnHalfNormal, {
  id: 'implicit-relu/sec5.2-A-norm-linear',
  where: 'corrects Section 5.2, after (27)',
  recorded: 'upheld',
  says: String.raw`P\Big[\frac m{\sqrt{2\pi}}\le\tfrac1m\mathbf1^\top A\mathbf1\le\|A\|\le\|A\|_F\le2m\Big]\ge\tfrac34-\frac{2\pi-4}{m^2}`,
  note: String.raw`$\mathbb E\|A\|_F^2=m^2$ and Markov's inequality for the upper bound. The two outer quantities are drawn: they enclose $\|A\|$.`,
  probability: ({ m }) => 3 / 4 - missed(D, m),
  draw: ({ m }, random) => boundsOf(halfNormalMatrix(random, m)),
  then: (R, { low, high }, { m }) =>
    all(part('below', atMost(R, halfMean(R, m), low)), part('above', atMost(R, high, 2 * m))),
  mutants: {
    'at most 2√m': (R, { low }, { m }) => atMost(R, low, 2 * Math.sqrt(m)),
    'at least 4m/√(2π)': (R, { high }, { m }) => atMost(R, 4 * halfMean(D, m), high),
  },
  samplers: {
    'normal numbers for half-normal ones': ({ m }, random) => boundsOf(normalMatrix(random, m, m)),
  },
});

const shapes = exam({
  name: 'first and last weights that are drawn',
  inside: smallShapes,
  assuming: { H1: { says: String.raw`d,m\ge1`, holds: (R, { d, m }) => all(atMost(R, 1, d), atMost(R, 1, m)) } },
  cases: [
    { d: 1, m: 1 },
    { d: 2, m: 8 },
  ],
});

const weightsAt = ({ d, m }: { readonly d: number; readonly m: number }, random: () => number, deviation = 1) => {
  const W = normalMatrix(random, d, m, deviation);
  return { W: singularValues(W)[0]!, b: Math.hypot(...normalMatrix(random, 1, m, 1 / Math.sqrt(m))[0]!) };
};

/** The norms of W and b. Of chance. */
export const weightNorms = chance(shapes, {
  id: 'implicit-relu/sec5.2-W-norm',
  where: 'Section 5.2, after (27)',
  recorded: 'upheld',
  says: String.raw`P\big[\|W(0)\|\le\sqrt d+\sqrt m+3\le(\sqrt d+4)\sqrt m,\ \|b(0)\|\le1+\tfrac3{\sqrt m}\le4\big]\ge0.97`,
  note: String.raw`$O(\sqrt m)$ for the number $d$ of inputs, with a constant that depends on it; with one that does not for $d=O(m)$ alone, since $\|W\|\ge$ the length of a
column, near $\sqrt d$. Each bound fails with probability $e^{-9/2}$ at most (Gaussian concentration, Davidson and Szarek), $0.0222$ together.`,
  probability: '0.97',
  draw: weightsAt,
  then: (R, { W, b }, { d, m }) =>
    all(part('W', atMost(R, W, Math.sqrt(d) + Math.sqrt(m) + 3)), part('b', atMost(R, b, 1 + 3 / Math.sqrt(m)))),
  mutants: {
    'half of √d + √m': (R, { W }, { d, m }) => atMost(R, W, (Math.sqrt(d) + Math.sqrt(m)) / 2),
    '1/2 for 1 + 3/√m': (R, { b }) => atMost(R, b, 1 / 2),
  },
  samplers: { 'numbers five times as large': (p, random) => weightsAt(p, random, 5) },
});

const predictions = exam({
  name: 'predictions at random weights',
  inside: samplesAndWidth,
  assuming: { H1: { says: String.raw`m\ge24`, holds: (R, { m }) => atMost(R, 24, m) } },
  cases: [
    { d: 1, N: 1, m: 32, X: [[1]] },
    { d: 2, N: 2, m: 24, X: [[1, 0], [0, 1]] }, // prettier-ignore
  ],
});

const predicted = ({ X, m }: { readonly X: Rows; readonly m: number }, random: () => number, deviation: number) => {
  const A = halfNormalMatrix(random, m);
  const W = normalMatrix(random, X[0]!.length, m);
  const b = normalMatrix(random, 1, m, deviation)[0]!;
  const gamma = 1 / (2 * (normOfPositive(A) + 1));
  const y = matVec(D, features(D, { X, W }), resolved(A, gamma, b));
  return { square: y.reduce((sum, x) => sum + x * x, 0) };
};

/** The predictions at the start. Of chance. */
export const predictionNorm = chance(predictions, {
  id: 'implicit-relu/sec5.2-yhat',
  where: 'Section 5.2, display before (28)',
  recorded: 'upheld',
  says: String.raw`P\big[\|\hat y(0)\|^2\le20\,\|X\|_F^2\big]\ge0.9`,
  note: String.raw`For every $m$, by Markov's inequality: $\mathbb E[\|Zb\|^2\mid Z]=\frac1m\|Z\|_F^2\le\frac4m\|\Phi\|_F^2$ and $\mathbb E\|\Phi\|_F^2=\frac m2\|X\|_F^2$. The mean direction of
$\Phi$ and $Z$, which makes their norms large (sec5.2-yhat-display), is met by $b$ with one number of variance $\frac1m$. Tried for $24\le m\le32$.`,
  probability: '0.9',
  draw: (p, random) => predicted(p, random, 1 / Math.sqrt(p.m)),
  then: (R, { square }, { X }) => atMost(R, square, 20 * frobeniusSquared(D, X)),
  mutants: { '1/20 for 20': (R, { square }, { X }) => atMost(R, square, frobeniusSquared(D, X) / 20) },
  samplers: { 'b of variance 1': (p, random) => predicted(p, random, 1) },
});

/** √(m/2 − √(5m/2)): ‖σ(w)‖ exceeds it with probability one half or more. */
const featureMedian = <N>(R: Arithmetic<N>, m: number): N => R.sqrt(R.sub(R.div(m, 2), R.sqrt(R.div(5 * m, 2))));

const oneSample = exam({
  name: 'features of one sample of length 1',
  inside: widths,
  assuming: { H1: { says: String.raw`m\ge10`, holds: (R, { m }) => atMost(R, 10, m) } },
  cases: [{ m: 64 }],
});

/** The norm of Z, by its median. An order. */
export const fixedPointNorm = order(oneSample, {
  id: 'implicit-relu/sec5.2-yhat-display',
  where: 'Section 5.2, display before (28), second equality',
  recorded: 'refuted',
  corrected: ['implicit-relu/sec5.2-yhat'],
  says: String.raw`N=1,\ \|x\|=1:\quad\text{the median of }\big\|\Phi(0)[I_m-\gamma A(0)]^{-1}\big\|\text{ is }O(\|X\|_F)=O(1)`,
  note: String.raw`One sample is enough. $Z\ge\Phi\ge0$ entrywise, so $\|Z\|\ge\|\Phi\|=\|\sigma(w)\|$, a sum of $m$ squares of mean $\frac12$ and variance $\frac54$. By Chebyshev
it is below $\frac m2-\sqrt{5m/2}$ with probability $\frac12$ at most, and the root of that is the left side. The display is meant for $\|Zb\|$, for which the claim holds.`,
  grows: 'm',
  sides: (R, _none, { m }) => ({ left: featureMedian(R, m), right: R.of(1) }),
  family: {
    says: String.raw`$m=4^{k+3}$: a constant has to be above $\frac12\sqrt m=4\cdot2^k$.`,
    members: 7,
    at: (k) => ({ m: 4 ** (k + 3) }),
    exceeds: (k) => 4 * 2 ** k,
  },
});

const fullRank = <N>(R: Arithmetic<N>, Phi: Matrix<N>): N => determinant(R, matMul(R, Phi, transpose(Phi)));

const firstWeights = exam({
  name: 'samples and first weights of any signs',
  inside: samplesAndWeights,
  assuming: {
    H1: {
      says: String.raw`m\ge N,\ x_i\ne0,\ \text{no two samples parallel}`,
      holds: (R, { N, m, X }) =>
        all(
          atMost(R, N, m),
          ...X.map((row) => lessThan(R, 0, R.add(...row.map((x) => R.power(x, 2))))),
          ...X.flatMap((row, i) => X.slice(0, i).map((other) => lessThan(R, 0, areaSquared(R, row, other)))),
        ),
    },
  },
  cases: [{ d: 1, N: 1, m: 1, X: [[1]], W: [[-1]] }],
});

/** LeCun's initialisation as an example of σ_min(Φ(0)) > 0. Almost surely. */
export const leCunExample = almostSurely(firstWeights, {
  id: 'implicit-relu/lecun-sigma-min',
  where: 'Section 5.1',
  recorded: 'refuted',
  corrected: ['implicit-relu/lecun-sigma-min-probability'],
  says: String.raw`W(0)_{ij}\sim\mathcal N(0,\tfrac1d),\ m\ge N\implies\sigma_{\min}(\Phi(0))>0`,
  note: String.raw`Every open set of weights has positive probability. Already one sample: all $m$ units are off for it with probability $2^{-m}$. For wide
networks the example is good with high probability, which is how it is meant in the papers that are cited.`,
  then: (R, _none, p) => lessThan(R, 0, fullRank(R, features(R, p))),
});

/** P[Bin(m, 1/2) < N]. */
const fewHeads = (m: number, N: number): number => {
  let [term, sum] = [2 ** -m, 0];
  for (let k = 0; k < N; k++) {
    sum += term;
    term *= (m - k) / (k + 1);
  }
  return sum;
};

const manyUnits = exam({
  name: 'independent samples and three times as many units',
  inside: samplesAndManyUnits,
  assuming: {
    H1: { says: String.raw`m\ge3N`, holds: (R, { N, m }) => atMost(R, 3 * N, m) },
    H2: { says: String.raw`\operatorname{rank}X=N`, holds: (R, { X }) => lessThan(R, 0, fullRank(R, X)) },
  },
  cases: [
    { d: 1, N: 1, m: 3, X: [[1]] },
    { d: 2, N: 2, m: 6, X: [[1, 0], [0, 1]] }, // prettier-ignore
  ],
});

/** 1 where the rows are independent, else 0: in doubles where they tell by far, else exactly. */
const independent = (Phi: Rows): number => {
  const volume = Phi.reduce((product, row) => product * row.reduce((sum, x) => sum + x * x, 0), 1);
  if (fullRank(D, Phi) > 2 ** -20 * volume) return 1;
  const R = rationals;
  return R.sign(fullRank(R, Phi.map((row) => row.map((x) => R.of(x))))) === 1 ? 1 : 0; // prettier-ignore
};

const leCun = ({ X, m, d }: { readonly X: Rows; readonly m: number; readonly d: number }, random: () => number) =>
  normalMatrix(random, X[0]!.length, m, 1 / Math.sqrt(d));

/** How often the example is one. Of chance. */
export const leCunProbability = chance(manyUnits, {
  id: 'implicit-relu/lecun-sigma-min-probability',
  where: 'corrects Section 5.1',
  recorded: 'upheld',
  says: String.raw`\operatorname{rank}X=N\implies P[\sigma_{\min}(\Phi(0))>0]\ge1-2P\big[\operatorname{Bin}(m,\tfrac12)<N\big]`,
  note: String.raw`It holds without the factor 2, with equality for $N=1$. For $u\ne0$ the function $f(w)=u^\top\sigma(Xw)$ has $f(w)-f(-w)=u^\top Xw\ne0$, so that it vanishes with
probability $\frac12$ at most: each unit adds to the span of the earlier ones with probability $\frac12$ or more until that is everything. Independence is decided
exactly on every draw.`,
  probability: ({ N, m }) => 1 - 2 * fewHeads(m, N),
  mostDraws: 20_000,
  draw: (p, random) => ({ full: independent(features(D, { X: p.X, W: leCun(p, random) })) }),
  then: (R, { full }) => atMost(R, 1 / 2, full),
  samplers: {
    'two units of three taken away': (p, random) => {
      const W = leCun(p, random);
      const kept = W[0]!.map(() => random() < 1 / 3);
      const thinned = W.map((row) => row.map((w, j) => (kept[j] ? w : 0)));
      return { full: independent(features(D, { X: p.X, W: thinned })) };
    },
  },
});
