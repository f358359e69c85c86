/**
 * The gradients of Lemma 3.2 where no unit is on a kink; on kinks: kinks.ts. A derivative is that of the definition along a
 * line of weights. With r = ŷ − y, D = diag(vec σ'(γZA + Φ)) and E = diag(vec σ'(XW)).
 */
import { equals } from '../../src/claim/compare';
import { exam, forAll, type Measures } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { equilibrium, gradients, unitInputs, type Network, type Weights } from '../../src/definitions/implicit-relu';
import { lossSlope } from '../../src/definitions/implicit-relu-lines';
import { printedGradients } from '../../src/definitions/implicit-relu-matrices';
import { dot, type Matrix } from '../../src/numerics/matrix';
import { contracting, offKinks, type Contracting } from '../../oracles/contracting-layers';
import { equalMatrices, sizeOf } from '../../oracles/matrices';
import { matricesAlong } from '../../oracles/matrix-path';
import { movingCases, movingNetworks } from '../../generators/implicit-layers';

type Weight = keyof Weights<unknown>;

const product = <N>(R: Reading<N>, A: Matrix<N>, B: Matrix<N>): N => dot(R, A.flat(), B.flat());

/** Networks with no unit on a kink; the gradient of solver and definition. */
const smooth = exam({
  name: 'the gradient of an implicit network, off kinks',
  inside: movingNetworks,
  assuming: { ...contracting, H3: offKinks(unitInputs) },
  cases: movingCases,
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
      equals(R, lossSlope(R, p, along), product(R, printed, direction), 0, size * sizeOf(R, direction)),
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
