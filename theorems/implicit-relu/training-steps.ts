/**
 * Training as the paper runs it, on numbers that anyone can follow: a step of gradient descent, and what gradient flow conserves.
 * Not claimed in the paper; here so that the solvers of training answer for every step. Z is the fixed point, L = ½‖Zb − y‖².
 */
import { equals } from '../../src/claim/compare';
import { exam, forAll, type Measures } from '../../src/claim/exam';
import { all, part, type Reading } from '../../src/claim/finding';
import { timesUpTo } from '../../src/definitions/flow';
import { nearestMatrix } from '../../src/definitions/factorization';
import { descent, gradientStep, transition, type Network } from '../../src/definitions/implicit-relu';
import { implicitFlow } from '../../src/definitions/implicit-relu-flow';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { doubles } from '../../src/numerics/doubles';
import { frobeniusSquared } from '../../src/numerics/matrix';
import { contracting, noneZero, type Contracting } from '../../oracles/contracting-layers';
import { equalMatrices, operatorNormAtMost, sizeOf } from '../../oracles/matrices';
import { matricesAlong } from '../../oracles/matrix-path';
import { coarse, logUniform } from '../../generators/coordinates';
import { networks } from '../../generators/implicit-layers';

type Training<N> = Measures<N, 'W' | 'A' | 'b' | 'Z'>;

const measure = <N>(_R: unknown, { W, A, b, Z }: Readonly<Record<'W' | 'A' | 'b' | 'Z', ArrayLike<N>>>) => ({
  W: { values: W },
  A: { values: A },
  b: { values: b },
  Z: { values: Z },
});

/** What is still a contraction after the step has a fixed point for certain. */
const CLEAR = '63/64';

const oneStep = exam({
  name: 'a step of gradient descent on an implicit network',
  inside: networks.with('eta', coarse(logUniform(1 / 4096, 1 / 16))),
  assuming: {
    ...contracting,
    H3: {
      says: String.raw`\gamma\|A^{+}\|\le\tfrac{63}{64}`,
      holds: (R, p) => operatorNormAtMost(R, gradientStep(R, p, p.eta).A, R.div(CLEAR, p.gamma)),
    },
  },
  cases: [
    { N: 1, d: 1, m: 1, X: [[1]], W: [[3]], M: 1, A: [[1]], gamma: '1/2', b: [2], y: [10], eta: '1/16' },
    {
      ...{ N: 2, d: 1, m: 2, X: [[1], [2]], W: [[1, 2]], M: 2, A: [[0, 1], [1, 1]], gamma: '1/4' }, // prettier-ignore
      ...{ b: [1, -1], y: [0, 1], eta: '1/64' },
    },
  ],
  horizon: 1,
  run: ({ implicitReLU }, p, steps) => ({ ...implicitReLU.descend({ ...p, steps }) }),
  defined: (R, p, steps) => descent(R, p, p.eta, steps),
  measure,
});

/** Gradient descent: all weights move by −η times the gradient, and Z is the fixed point at both ends. For all, an identity. */
export const gradientDescentStep = forAll(oneStep, {
  id: 'implicit-relu/gd-step',
  where: 'not in the paper; the step of Theorem 4.4',
  recorded: 'upheld',
  says: String.raw`\theta^{+}=\theta-\eta\nabla L(\theta),\quad Z=\sigma(\gamma ZA+\sigma(XW))\ \text{before and after}`,
  then: (R, path, p) => {
    const { d, m, N, eta } = p;
    const [W, A, b, Z] = [matricesAlong(path.W, d, m), matricesAlong(path.A, m, m), matricesAlong(path.b, 1, m), matricesAlong(path.Z, N, m)]; // prettier-ignore
    return all(
      ...Z.map((z, t) => {
        const layer = { ...p, W: W[t]!, A: A[t]! };
        const scale = sizeOf(R, z, layer.X, layer.W) ** 2;
        return part('Z', equalMatrices(R, z, transition(R, layer, z), { at: t, scale }));
      }),
      ...Z.slice(1).flatMap((_z, t) => {
        const wanted = gradientStep(R, { ...p, W: W[t]!, A: A[t]!, b: b[t]![0]! }, eta);
        const back = termsOf(R, p) * (1 + sizeOf(R, Z[t]!, p.X)) + sizeOf(R, W[t]!, A[t]!, b[t]!);
        return [
          part('W', equalMatrices(R, W[t + 1]!, wanted.W, { at: t + 1, scale: back })),
          part('A', equalMatrices(R, A[t + 1]!, wanted.A, { at: t + 1, scale: back })),
          part('b', equalMatrices(R, b[t + 1]!, [wanted.b], { at: t + 1, scale: back })),
        ];
      }),
    );
  },
});

/** How large the terms are that a gradient is made of: the residual's, times b, handed back by a layer with γ0 = γM. */
function termsOf<N>(R: Reading<N>, p: Network<N> & Contracting<N>): number {
  const room = 1 - R.approximate(R.mul(p.gamma, p.M));
  const outputs = (p.b.length * sizeOf(R, [p.b]) * sizeOf(R, p.X) * sizeOf(R, p.W) * p.W.length) / room;
  return ((sizeOf(R, [p.y]) + outputs) * (1 + sizeOf(R, [p.b]))) / room;
}

/** The time in which weights move by a good part of themselves, in doubles: for times that solver and definition share. */
function timesFor<N>(R: Arithmetic<N>, { X, W, A, b, gamma }: Network<N>, points: number): Float64Array {
  const square = (M: Parameters<typeof nearestMatrix<N>>[1]): number => frobeniusSquared(doubles, nearestMatrix(R, M));
  const gain = 1 - Math.min(R.approximate(gamma) * Math.sqrt(square(A)), 0.9);
  const speed = (square(X) * (1 + square(W) + square([b]))) / gain ** 2;
  return timesUpTo(2 / speed, points);
}

const flow = exam({
  name: 'gradient flow of an implicit network',
  inside: networks,
  assuming: {
    ...contracting,
    H3: { says: String.raw`X,W\ne0\ \text{entry by entry}`, holds: (R, { X, W }) => noneZero(R, X, W) },
  },
  cases: [{ N: 1, d: 1, m: 1, X: [[1]], W: [[3]], M: 1, A: [[1]], gamma: '1/2', b: [2], y: [10] }],
  horizon: 4,
  flow: true,
  run: ({ implicitReLU }, p, points) => ({ ...implicitReLU.flow({ ...p, times: timesFor(doubles, p, points) }) }),
  defined: (R, p, points) => implicitFlow(R, p, timesFor(R, p, points)),
  measure,
});

/** The output is of degree one in b, and of degree one in W: gradient flow keeps the difference of their squares. For all, an identity. */
export const flowKeepsDifference = forAll(flow, {
  id: 'implicit-relu/gf-conserved',
  where: 'not in the paper; along the gradient flow of Section 4.1',
  recorded: 'upheld',
  says: String.raw`\|b(t)\|^2-\|W(t)\|_F^2=\|b(0)\|^2-\|W(0)\|_F^2`,
  note: String.raw`\langle W,\partial L/\partial W\rangle=r^\top Zb=\langle b,\partial L/\partial b\rangle, whatever units are on: also beyond kinks.`,
  then: (R, path, p) => {
    const differences = squaresAlong(R, path, p);
    return all(
      ...differences.map(({ difference, size }, t) => equals(R, difference, differences[0]!.difference, t, size)),
    );
  },
});

function squaresAlong<N>(R: Arithmetic<N>, path: Training<N>, { d, m }: { readonly d: number; readonly m: number }) {
  const b = matricesAlong(path.b, 1, m);
  return matricesAlong(path.W, d, m).map((W, t) => {
    const [ofB, ofW] = [frobeniusSquared(R, b[t]!), frobeniusSquared(R, W)];
    return { difference: R.sub(ofB, ofW), size: R.approximate(ofB) + R.approximate(ofW) };
  });
}
