/**
 * Training as the paper runs it, on numbers that anyone can follow: a step of gradient descent, and what gradient flow conserves.
 * Not claimed in the paper; here so that the solvers of training answer for every step. Z is the fixed point, L = ½‖Zb − y‖².
 */
import { atMost, equals, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { timesUpTo } from '../../src/definitions/flow';
import { nearestMatrix } from '../../src/definitions/factorization';
import {
  descent,
  equilibrium,
  features,
  gradients,
  gradientStep,
  loss,
  transition,
  unitInputs,
  type Network,
} from '../../src/definitions/implicit-relu';
import { implicitFlow } from '../../src/definitions/implicit-relu-flow';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { doubles } from '../../src/numerics/doubles';
import { frobeniusSquared, scale, type Matrix } from '../../src/numerics/matrix';
import { contracting, offKinks, type Contracting } from '../../oracles/contracting-layers';
import { equalMatrices, operatorNormAtMost, sizeOf } from '../../oracles/matrices';
import { matricesAlong } from '../../oracles/matrix-path';
import { measuredTraining, type TrainingPath } from '../../oracles/network-training';
import { coarse, logUniform } from '../../generators/coordinates';
import { networkCases, networks, singleUnitNetworks } from '../../generators/implicit-layers';

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
    { ...networkCases[0], eta: '1/16' },
    { ...networkCases[1], eta: '1/64' },
  ],
  horizon: 1,
  run: ({ implicitReLU }, p, steps) => ({ ...implicitReLU.descend({ ...p, steps }) }),
  defined: (R, p, steps) => descent(R, p, p.eta, steps),
  measure: measuredTraining,
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

/** The forward iteration of training goes on until it has settled, as far as doubles can. */
const SETTLED = { tolerance: 2 ** -40, mostIterations: 10_000, every: 1, stopAbove: 1e100 };

/** The network for what it is not trained on: the samples turned round, with the same targets. */
const turnedRound = <N>(R: Arithmetic<N>, network: Network<N>): Network<N> => ({
  ...network,
  X: scale(R, -1, network.X),
});

/** The network, and what none or one step of gradient descent makes of it. */
const trained = <N>(R: Arithmetic<N>, p: Network<N> & { readonly eta: N }, steps: number): readonly Network<N>[] =>
  steps === 0 ? [p] : [p, gradientStep(R, p, p.eta)];

const oneEpoch = exam({
  name: 'an epoch of training of an implicit network',
  inside: oneStep.inside,
  assuming: {
    ...oneStep.assuming,
    H4: {
      says: String.raw`(\gamma ZA+\Phi)_{ij}\ne0\ \text{where sample }i\text{ has a feature}`,
      holds: (R, p) => {
        const [XW, into] = unitInputs(R, p);
        const behind = into.filter((_, i) => XW[i]!.some((x) => R.sign(x) === 1));
        return all(...behind.flat().map((x) => lessThan(R, 0, R.abs(x))));
      },
    },
  },
  cases: oneStep.cases,
  horizon: 1,
  run: ({ implicitTraining }, p, epochs) => {
    const { loss, unseenLoss } = implicitTraining.descend({
      ...{ ...p, ...SETTLED, epochs },
      unseen: turnedRound(doubles, p),
    });
    return { seen: loss, unseen: unseenLoss };
  },
  defined: (R, p, epochs) => {
    const networks = trained(R, p, epochs);
    return {
      seen: networks.map((network) => loss(R, network)),
      unseen: networks.map((network) => loss(R, turnedRound(R, network))),
    };
  },
  measure: (_R, { seen, unseen }) => ({ seen: { values: seen }, unseen: { values: unseen } }),
});

/** The same step where training of any size makes it, of which losses alone are told. For all, an identity. */
export const trainingEpoch = forAll(oneEpoch, {
  id: 'implicit-relu/gd-training',
  where: 'not in the paper; the training of Section 7',
  recorded: 'upheld',
  says: String.raw`L(\theta)\ \text{and}\ L(\theta-\eta\nabla L(\theta)),\ \text{of }(X,y)\text{, which are trained on, and of }(-X,y)\text{, which are not}`,
  note: 'Experiments only see whether a loss is large or small; here training answers for the number itself, with the iterations of the layer and of the adjoint gone on with until they settle.',
  then: (R, { seen, unseen }, p) => {
    const networks = trained(R, p, seen.values.length - 1);
    const size = termsOf(R, p) ** 2;
    return all(
      ...networks.map((network, t) => part('trained on', equals(R, seen.values[t]!, loss(R, network), t, size))),
      ...networks.map((network, t) =>
        part('not trained on', equals(R, unseen.values[t]!, loss(R, turnedRound(R, network)), t, size)),
      ),
    );
  },
});

/** How large the terms are that a gradient is made of: the residual's, times b, handed back by a layer with γ0 = γM. */
function termsOf<N>(R: Reading<N>, p: Network<N> & Contracting<N>): number {
  const room = 1 - R.approximate(R.mul(p.gamma, p.M));
  const outputs = (p.b.length * sizeOf(R, [p.b]) * sizeOf(R, p.X) * sizeOf(R, p.W) * p.W.length) / room;
  return ((sizeOf(R, [p.y]) + outputs) * (1 + sizeOf(R, [p.b]))) / room;
}

/** The network in the nearest doubles: for times that solver and definition share. */
const near = <N>(R: Arithmetic<N>, { X, W, A, b, y, gamma }: Network<N>): Network<number> => ({
  ...{ X: nearestMatrix(R, X), W: nearestMatrix(R, W), A: nearestMatrix(R, A), gamma: R.approximate(gamma) },
  ...{ b: nearestMatrix(R, [b])[0]!, y: nearestMatrix(R, [y])[0]! },
});
const square = (A: Matrix<number>): number => frobeniusSquared(doubles, A);

/** About how fast weights move by themselves, and by the targets, 1/time. */
function speedOf({ X, W, A, b, y, gamma }: Network<number>): number {
  const room = 1 - Math.min(gamma * Math.sqrt(square(A)), 0.9);
  return (square(X) * (1 + square(W) + square([b])) + Math.sqrt(square(X) * square([y]))) / room ** 2;
}

/** Twice the time in which weights move by a good part of themselves. */
const longTimes = <N>(R: Arithmetic<N>, p: Network<N>, points: number): Float64Array =>
  timesUpTo(2 / speedOf(near(R, p)), points);

/** A quarter of that time, or, where that is shorter, a sixteenth of the time in which a unit could come to its kink at the speed of the start. */
function shortTimes<N>(R: Arithmetic<N>, p: Network<N>, points: number): Float64Array {
  const network = near(R, p);
  const { X, A, gamma } = network;
  const Z = equilibrium(doubles, network);
  const gradient = gradients(doubles, network, Z);
  const room = 1 - Math.min(gamma * Math.sqrt(square(A)), 0.9);
  const speed = (gamma * Math.sqrt(square(Z) * square(gradient.A)) + Math.sqrt(square(X) * square(gradient.W))) / room;
  const margin = Math.min(...unitInputs(doubles, network).flat(2).map(Math.abs));
  const toKink = margin > 0 ? margin / (16 * speed) : Infinity;
  return timesUpTo(Math.min(1 / (4 * speedOf(network)), toKink), points);
}

const smoothFlow = exam({
  name: 'gradient flow of an implicit network up to the first kink',
  inside: networks,
  assuming: {
    ...contracting,
    H3: offKinks(unitInputs),
  },
  cases: [networkCases[0], { ...networkCases[1], W: [[1, -1]] }],
  horizon: 2,
  flow: true,
  run: ({ implicitReLU }, p, points) => ({ ...implicitReLU.flow({ ...p, times: shortTimes(doubles, p, points) }) }),
  defined: (R, p, points) => implicitFlow(R, p, shortTimes(R, p, points)),
  measure: measuredTraining,
});

const oneUnit = exam({
  name: 'gradient flow of one implicit unit on one sample',
  inside: singleUnitNetworks,
  assuming: {
    ...contracting,
    H3: {
      says: String.raw`\text{one sample, one unit}`,
      holds: (R, { N, m }) => all(atMost(R, N, 1), atMost(R, m, 1)),
    },
  },
  cases: [networkCases[0]],
  horizon: 4,
  flow: true,
  run: ({ implicitReLU }, p, points) => ({ ...implicitReLU.flow({ ...p, times: longTimes(doubles, p, points) }) }),
  defined: (R, p, points) => implicitFlow(R, p, longTimes(R, p, points)),
  measure: measuredTraining,
});

/** A number that stays what it is at the start, with the size of the terms that it is made of. */
interface Kept<N> {
  readonly value: N;
  readonly size: number;
}
const stays = <N>(R: Reading<N>, path: readonly Kept<N>[]): Finding =>
  all(...path.map(({ value, size }, t) => equals(R, value, path[0]!.value, t, size)));

/** ‖b‖² − ‖W‖_F² along a path. */
function squaresAlong<N>(R: Reading<N>, path: TrainingPath<N>, { d, m }: { readonly d: number; readonly m: number }) {
  const b = matricesAlong(path.b, 1, m);
  return matricesAlong(path.W, d, m).map((W, t): Kept<N> => {
    const [ofB, ofW] = [frobeniusSquared(R, b[t]!), frobeniusSquared(R, W)];
    return { value: R.sub(ofB, ofW), size: R.approximate(ofB) + R.approximate(ofW) };
  });
}

/** ŷ is of degree one in b, and of degree one in W: gradient flow keeps the difference of their squares. For all, an identity. */
export const flowKeepsDifference = forAll(smoothFlow, {
  id: 'implicit-relu/gf-conserved',
  where: 'not in the paper; along the gradient flow of Section 4.1',
  recorded: 'upheld',
  says: String.raw`\|b(t)\|^2-\|W(t)\|_F^2=\|b(0)\|^2-\|W(0)\|_F^2`,
  note: String.raw`$\langle W,\partial L/\partial W\rangle=r^\top Zb=\langle b,\partial L/\partial b\rangle$, whatever units are on. Looked at for short times: later on flows may slide along kinks, where they are not defined.`,
  then: (R, path, p) => stays(R, squaresAlong(R, path, p)),
});

/** The same for one unit, which may be switched off, and then rests. For all, an identity. */
export const flowKeepsDifferenceOfOneUnit = forAll(oneUnit, {
  id: 'implicit-relu/gf-conserved-one-unit',
  where: 'not in the paper; along the gradient flow of Section 4.1',
  recorded: 'upheld',
  says: String.raw`\|b\|^2-\|W\|_F^2\ \text{and}\ \|x\|^2(2a-\gamma a^2)-\gamma\sigma(x^\top w)^2\ \text{stay as they are}`,
  note: String.raw`$N=m=1$. With $\phi=\sigma(x^\top w)$ and $g$ the derivative of the loss by $\gamma za+\phi$: $\phi'=-\|x\|^2g$ and $a'=-\gamma g\phi/(1-\gamma a)$ while the unit is on, and all rest once it is off.`,
  then: (R, path, p) => {
    const W = matricesAlong(path.W, p.d, 1);
    const shared = matricesAlong(path.A, 1, 1).map(([row], t): Kept<typeof p.gamma> => {
      const [a, ofX] = [row![0]!, frobeniusSquared(R, p.X)];
      const phi = features(R, { X: p.X, W: W[t]! })[0]![0]!;
      const ofA = R.mul(ofX, R.sub(R.mul(2, a), R.mul(p.gamma, R.power(a, 2))));
      const ofPhi = R.mul(p.gamma, R.power(phi, 2));
      const terms = R.approximate(R.mul(ofX, R.add(R.mul(2, R.abs(a)), R.mul(p.gamma, R.power(a, 2)))));
      return { value: R.sub(ofA, ofPhi), size: terms + sizeOf(R, p.X) ** 2 * sizeOf(R, W[0]!) ** 2 * p.d ** 2 };
    });
    return all(part('b, W', stays(R, squaresAlong(R, path, p))), part('A, W', stays(R, shared)));
  },
});
