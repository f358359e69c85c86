/**
 * The gradients of Lemma 3.2 and the implicit function theorem behind them (Section 3, Appendix A.2). A derivative is that of
 * the definition, to one side: the loss, or the fixed point, on a line of weights just right of where it starts, by germs.
 * With r = ŷ − y, D = diag(vec σ'(γZA + Φ)) and E = diag(vec σ'(XW)); σ'(0) = 0 where a formula needs it.
 */
import { equals } from '../../src/claim/compare';
import { exam, forAll, type Measures } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import {
  equilibrium,
  gradients,
  loss,
  unitInputs,
  type Network,
  type Weights,
} from '../../src/definitions/implicit-relu';
import { printedGradients } from '../../src/definitions/implicit-relu-matrices';
import { germs } from '../../src/numerics/germ';
import { constantMatrix, derivative, matrixDerivative, onLine, type Jet } from '../../src/numerics/jet';
import { dot, scale, type Matrix } from '../../src/numerics/matrix';
import { contracting, noneZero, type Contracting } from '../../oracles/contracting-layers';
import { equalMatrices, sizeOf } from '../../oracles/matrices';
import { matricesAlong } from '../../oracles/matrix-path';
import { movingNetworks, networksOnKinks } from '../../generators/implicit-layers';

type Weight = keyof Weights<unknown>;

/** The weights of a network moving along a line; what is not named stays. */
export const moving = <N>(
  { X, W, A, gamma, b, y }: Network<N>,
  { dW, dA, db }: { readonly dW?: Matrix<N>; readonly dA?: Matrix<N>; readonly db?: readonly N[] },
): Network<Jet<N>> => ({
  X: constantMatrix(X),
  W: dW ? onLine(W, dW) : constantMatrix(W),
  A: dA ? onLine(A, dA) : constantMatrix(A),
  gamma: [gamma],
  b: (db ? onLine([b], [db]) : constantMatrix([b]))[0]!,
  y: constantMatrix([y])[0]!,
});

/** The derivative of the loss to one side. */
const slopeOf = <N>(R: Reading<N>, network: Network<N>, along: Parameters<typeof moving<N>>[1]): N => {
  const J = germs(R);
  return derivative(J, loss(J, moving(network, along)));
};

const product = <N>(R: Reading<N>, A: Matrix<N>, B: Matrix<N>): N => dot(R, A.flat(), B.flat());

const line = {
  ...{ N: 1, d: 1, m: 1, X: [[1]], W: [[3]], M: 1, A: [[1]], gamma: '1/2', b: [2], y: [10] },
  ...{ dW: [[1]], dA: [[1]], db: [1] },
} as const;
const square = {
  ...{ N: 2, d: 1, m: 2, X: [[1], [2]], W: [[1, 2]], M: 2, A: [[0, 1], [1, 1]], gamma: '1/4', b: [1, -1], y: [0, 1] }, // prettier-ignore
  ...{ dW: [[1, -1]], dA: [[1, 2], [3, -1]], db: [1, 2] }, // prettier-ignore
} as const;

const off = {
  says: String.raw`(XW)_{ij}\ne0,\ (\gamma ZA+\Phi)_{ij}\ne0`,
  holds: <N>(R: Reading<N>, p: Network<N>) => noneZero(R, ...unitInputs(R, p)),
};

/** Networks with no unit on a kink; the gradient of solver and definition. */
const smooth = exam({
  name: 'the gradient of an implicit network, off kinks',
  inside: movingNetworks,
  assuming: { ...contracting, H3: off },
  cases: [line, square],
  run: ({ implicitReLU }, p) => ({ ...implicitReLU.gradients(p) }),
  defined: (R, p) => flat(gradients(R, p)),
  measure: (_R, { W, A, b }) => ({ W: { values: W }, A: { values: A }, b: { values: b } }),
});

const flat = <N>({ W, A, b }: Weights<N>): Record<Weight, readonly N[]> => ({ W: W.flat(), A: A.flat(), b });

/** The gradient of the loss by one of the weights, as solver or definition have it. */
const gradientBy = <N>(path: Measures<N, Weight>, { d, m }: { readonly d: number; readonly m: number }, by: Weight) =>
  matricesAlong(path[by], { W: d, A: m, b: 1 }[by], m)[0]!;

/** Solver, printed formula, and, along a line, the derivative of the loss: all one. */
const gradientIs = <N>(
  R: Reading<N>,
  p: Network<N> & Contracting<N>,
  by: Weight,
  { found, direction }: { readonly found: Matrix<N>; readonly direction: Matrix<N> },
): Finding => {
  const gradient = printedGradients(R, p);
  const printed = by === 'b' ? [gradient.b] : gradient[by];
  const along = { W: { dW: direction }, A: { dA: direction }, b: { db: direction[0]! } }[by];
  const size = termsIn(R, p)[by];
  return all(
    part('gradient', equalMatrices(R, found, printed, { scale: size })),
    part(
      'along a line',
      equals(R, slopeOf(R, p, along), product(R, printed, direction), 0, size * sizeOf(R, direction)),
    ),
  );
};

/** How large the terms are that the entries of the gradient are sums of. */
const termsIn = <N>(R: Reading<N>, p: Network<N> & Contracting<N>): Record<Weight, number> => {
  const Z = equilibrium(R, p);
  const residual = Math.max(sizeOf(R, [p.y]), p.b.length * sizeOf(R, [p.b], Z));
  const back = (residual * sizeOf(R, [p.b])) / (1 - R.approximate(R.mul(p.gamma, p.M)));
  return { W: back * sizeOf(R, p.X), A: back * sizeOf(R, Z), b: residual * sizeOf(R, Z) };
};

/** (7), where σ' is defined. For all, an identity. */
export const byW = forAll(smooth, {
  id: 'implicit-relu/grad-W',
  where: 'Lemma 3.2 (7)',
  recorded: 'upheld',
  says: String.raw`(XW)_{ij}\ne0,\ (\gamma ZA+\Phi)_{ij}\ne0\implies\operatorname{vec}\frac{\partial L}{\partial W}=[DE(I_m\otimes X)]^\top Q^{-\top}(b^\top\otimes I_N)^\top(\hat y-y)`,
  note: String.raw`The left-hand side of (7) is meant as a vector, columns one below the other. The lemma excludes no kinks; on them it fails:
grad-W-printed.`,
  then: (R, path, p) => gradientIs(R, p, 'W', { found: gradientBy(path, p, 'W'), direction: p.dW }),
});

/** (8), where σ' is defined. For all, an identity. */
export const byA = forAll(smooth, {
  id: 'implicit-relu/grad-A-off-kinks',
  where: 'corrects Lemma 3.2 (8)',
  recorded: 'upheld',
  says: String.raw`(XW)_{ij}\ne0,\ (\gamma ZA+\Phi)_{ij}\ne0\implies\operatorname{vec}\frac{\partial L}{\partial A}=\gamma[D(I_m\otimes Z)]^\top Q^{-\top}(b^\top\otimes I_N)^\top(\hat y-y)`,
  then: (R, path, p) => gradientIs(R, p, 'A', { found: gradientBy(path, p, 'A'), direction: p.dA }),
});

/** (9). For all, an identity. */
export const byB = forAll(smooth, {
  id: 'implicit-relu/grad-b',
  where: 'Lemma 3.2 (9)',
  recorded: 'upheld',
  says: String.raw`\frac{\partial L}{\partial b}=Z^\top(\hat y-y)`,
  note: 'Z does not depend on b: (9) holds on kinks too (grad-b-on-kinks).',
  then: (R, path, p) => gradientIs(R, p, 'b', { found: gradientBy(path, p, 'b'), direction: [p.db] }),
});

/** Networks of any kind, many with units on kinks. */
const anywhere = exam({
  name: 'an implicit network, on kinks or not',
  inside: networksOnKinks,
  assuming: contracting,
  cases: [
    // One sample, one unit: x·w = 0.
    { ...{ N: 1, d: 1, m: 1, X: [[1]], W: [[0]], M: 1, A: [[1]], gamma: '1/2', b: [1], y: [1] }, dW: [[1]], dA: [[0]] },
    // A = I, as the paper starts: where XW is negative, γZA + Φ is 0.
    {
      ...{ N: 1, d: 1, m: 2, X: [[1]], W: [[1, -1]], M: 1, A: [[1, 0], [0, 1]], gamma: '1/2', b: [0, 1], y: [1] }, // prettier-ignore
      ...{ dW: [[0, 0]], dA: [[0, 1], [0, 0]] }, // prettier-ignore
    },
  ],
});

/** The derivatives of the loss forwards and, reversed, backwards along a line are those of a gradient. */
const bothSides = <N>(
  R: Reading<N>,
  network: Network<N>,
  along: { readonly dW?: Matrix<N>; readonly dA?: Matrix<N> },
  gradient: Matrix<N>,
): Finding => {
  const back = Object.fromEntries(Object.entries(along).map(([name, V]) => [name, scale(R, -1, V)]));
  const right = slopeOf(R, network, along);
  const direction = along.dW ?? along.dA!;
  return all(
    part('to both sides', equals(R, right, R.neg(slopeOf(R, network, back)))),
    part('formula', equals(R, right, product(R, gradient, direction))),
  );
};

/** (7) with no kinks excluded. For all. */
export const byWPrinted = forAll(anywhere, {
  id: 'implicit-relu/grad-W-printed',
  where: 'Lemma 3.2 (7), on kinks',
  recorded: 'refuted',
  corrected: ['implicit-relu/grad-W'],
  says: String.raw`\|A\|\le M,\ \gamma M<1\implies\text{(7)}`,
  note: String.raw`Where an entry of $XW$ is 0, $L$ need not have a derivative by $W$: those to both sides differ, so that no choice of $\sigma'(0)$ makes
(7) right.`,
  then: (R, _none, p) => bothSides(R, p, { dW: p.dW }, printedGradients(R, p).W),
});

/** (8) as printed: no kinks excluded. For all. */
export const byAPrinted = forAll(anywhere, {
  id: 'implicit-relu/grad-A',
  where: 'Lemma 3.2 (8)',
  recorded: 'refuted',
  corrected: ['implicit-relu/grad-A-off-kinks'],
  says: String.raw`\|A\|\le M,\ \gamma M<1\implies\operatorname{vec}\frac{\partial L}{\partial A}=\gamma[D(I_m\otimes Z)]^\top Q^{-\top}(b^\top\otimes I_N)^\top(\hat y-y)`,
  note: String.raw`Where an entry of $\gamma ZA+\Phi$ is 0, $L$ need not have a derivative by $A$, whatever $\sigma'(0)$ is taken to be. That is no rare place:
for $A=cI$, as the paper starts (Sections 5.1 and 7), $\gamma ZA+\Phi$ is 0 wherever $XW$ is negative, and from the first step on $b\ne0$; and for
every $A$ it is 0 in all units of a sample none of whose features is active.`,
  then: (R, _none, p) => bothSides(R, p, { dA: p.dA }, printedGradients(R, p).A),
});

/** (9) on kinks too. For all, an identity. */
export const byBAnywhere = forAll(anywhere, {
  id: 'implicit-relu/grad-b-on-kinks',
  where: 'Lemma 3.2 (9), on kinks',
  recorded: 'upheld',
  says: String.raw`\frac{\partial L}{\partial b}=Z^\top(\hat y-y)\ \text{with entries of }XW\text{ or }\gamma ZA+\Phi\text{ that are }0`,
  note: 'In the direction of the targets, one for each unit, or as many as there are.',
  then: (R, _none, p) => {
    const db = p.b.map((x, j) => p.y[j] ?? x);
    return equals(R, slopeOf(R, p, { db }), dot(R, printedGradients(R, p).b, db));
  },
});

/** The implicit function theorem as it is applied. For all. */
export const implicitFunction = forAll(anywhere, {
  id: 'implicit-relu/ift',
  where: 'Section 3, Appendix A.2',
  recorded: 'refuted',
  corrected: ['implicit-relu/ift-off-kinks'],
  says: String.raw`f(Z,A,W)=0,\ Q\text{ invertible}\implies Z\text{ is a differentiable function of }A\text{ and }W\text{ there}`,
  note: String.raw`The theorem asks for an $f$ with continuous derivatives around the point, which $\sigma$ has only where no unit is on its kink. $Q$ is
invertible for every choice of $\sigma'(0)$ in $[0,1]$ (lem-3.2-Q-invertible), and yet $Z$ has different derivatives to both sides.`,
  then: (R, _none, p) => {
    const along = [{ dA: p.dA }, { dW: p.dW }] as const;
    const back = [{ dA: scale(R, -1, p.dA) }, { dW: scale(R, -1, p.dW) }] as const;
    const names = ['by A', 'by W'];
    return all(
      ...names.map((name, k) =>
        part(name, equalMatrices(R, speedOf(R, p, along[k]!), scale(R, -1, speedOf(R, p, back[k]!)))),
      ),
    );
  },
});

/** The derivative of the fixed point to one side. */
const speedOf = <N>(R: Reading<N>, network: Network<N>, along: Parameters<typeof moving<N>>[1]): Matrix<N> => {
  const J = germs(R);
  return matrixDerivative(J, equilibrium(J, moving(network, along)));
};

/** Where it does apply. For all. */
export const implicitFunctionOffKinks = forAll(
  exam({
    name: 'an implicit network, off kinks',
    inside: movingNetworks,
    assuming: { ...contracting, H3: off },
    cases: [line, square],
  }),
  {
    id: 'implicit-relu/ift-off-kinks',
    where: 'corrects Section 3, Appendix A.2',
    recorded: 'upheld',
    says: String.raw`(XW)_{ij}\ne0,\ (\gamma ZA+\Phi)_{ij}\ne0\implies Z\text{ is a differentiable function of }A\text{ and }W\text{ there}`,
    note: 'Derivatives to both sides along a line agree, and along two lines at once they add up.',
    then: (R, _none, p) => {
      const { dA, dW } = p;
      const both = speedOf(R, p, { dA, dW });
      const back = speedOf(R, p, { dA: scale(R, -1, dA), dW: scale(R, -1, dW) });
      const [byBothA, byBothW] = [speedOf(R, p, { dA }), speedOf(R, p, { dW })];
      const sum = byBothA.map((row, i) => row.map((x, j) => R.add(x, byBothW[i]![j]!)));
      return all(
        part('to both sides', equalMatrices(R, both, scale(R, -1, back))),
        part('sum', equalMatrices(R, both, sum)),
      );
    },
    mutants: {
      'only by A': (R, _none, p) =>
        equalMatrices(R, speedOf(R, p, { dA: p.dA, dW: p.dW }), speedOf(R, p, { dA: p.dA })),
    },
  },
);
