/**
 * Theorem 4.2: gradient flow of an implicit ReLU network from a start that meets (14) and (15), with α0 = σ_min(Z(0)), λ1 = ‖W(0)‖
 * + C1, λ2 = ‖A(0)‖ + C2, λ3 = ‖b(0)‖ + C3 and γ0 = γλ2 < 1; L is the loss ½‖ŷ − y‖². The path is integrated from kink to kink. It is
 * followed up to 2/α0² or so, or 16/‖Z(0)‖_F² where that comes first.
 */
import { lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { rate } from '../../src/claim/forms/constructors';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { timesUpTo } from '../../src/definitions/flow';
import { equilibrium } from '../../src/definitions/implicit-relu';
import { beginningOf, conditionsAt, leastOfRows, type Training } from '../../src/definitions/implicit-relu-conditions';
import { implicitFlow } from '../../src/definitions/implicit-relu-flow';
import type { Arithmetic, Real } from '../../src/numerics/arithmetic';
import { doubles } from '../../src/numerics/doubles';
import { frobeniusSquared } from '../../src/numerics/matrix';
import { along, tail } from '../../oracles/along';
import {
  lossesAlong,
  measuredTraining,
  meets,
  staysRegular,
  staysWithin,
  type TrainingPath,
} from '../../oracles/network-training';
import { exponential, lateRate, timesOf } from '../../oracles/series';
import { startsMeeting14to15 } from '../../generators/implicit-relu-starts';

const training = exam({
  name: 'gradient flow of an implicit ReLU network from a start that meets (14) and (15)',
  inside: startsMeeting14to15,
  assuming: {
    H1: {
      says: String.raw`C_1,C_2,C_3>0,\ 0<\gamma_0<1`,
      holds: (R, p) => {
        const room = R.sub(1, beginningOf(R, p).constants.gamma0);
        return all(...[p.C1, p.C2, p.C3, p.gamma, room].map((x) => lessThan(R, 0, x)));
      },
    },
    H2: {
      says: String.raw`\alpha_0^2\ge\frac4{1-\gamma_0}\lambda_0\|X\|_F\|\hat y(0)-y\|`,
      holds: (R, p) => meets(R, conditionsAt(R, beginningOf(R, p), '(14)')),
    },
    H3: {
      says: String.raw`\alpha_0^3\ge\Big[1+\frac{\gamma_0^2}{(1-\gamma_0)^2}\frac{\lambda_1^2}{\lambda_2^2}\Big]\frac{8\lambda_3}{(1-\gamma_0)^2}\|X\|_F^2\|\hat y(0)-y\|`,
      holds: (R, p) => meets(R, conditionsAt(R, beginningOf(R, p), '(15)')),
    },
  },
  cases: [
    // z = w/(1 − γa) = 4, ŷ = 0, and y = 1/8: λ0 = 4.
    { ...{ N: 1, d: 1, m: 1, X: [[1]], W: [[3]], A: [[1]], b: [0], y: ['1/8'], gamma: '1/4' }, C1: 1, C2: 1, C3: 1 },
    {
      ...{ N: 2, d: 2, m: 2, X: [[1, 0], [0, 1]], W: [[8, 1], [0, 8]], A: [[1, 0], [0, -1]], gamma: '1/4' }, // prettier-ignore
      ...{ b: ['1/4', '-1/4'], y: ['5/2', '-13/8'], C1: 2, C2: 1, C3: 1 },
    },
  ],
  horizon: 10,
  flow: true,
  run: ({ implicitReLU }, p, points) => ({ ...implicitReLU.flow({ ...p, times: pathTimes(doubles, p, points) }) }),
  defined: (R, p, points) => implicitFlow(R, p, pathTimes(R, p, points)),
  measure: (R, path, p) => ({
    ...measuredTraining(R, path),
    times: timesOf(R, pathTimes(R, p, path.Z.length / (p.N * p.m) - 1)),
  }),
});

/** The same times, whatever the arithmetic: their end is a power of two. */
function pathTimes<N>(R: Arithmetic<N>, p: Training<N>, points: number): Float64Array {
  const Z = equilibrium(R, p).map((row) => row.map((z) => R.approximate(z)));
  const end = Math.min(2 / leastOfRows(doubles, Z) ** 2, 16 / frobeniusSquared(doubles, Z));
  return timesUpTo(2 ** Math.round(Math.log2(end)), points);
}

/** L(t) ≤ e^{−factor·α0²t/2} L(0). */
function decays<N>(
  R: Reading<N>,
  path: TrainingPath<N> & { readonly times: TrainingPath<N>['Z'] },
  p: Training<N>,
  factor: Real,
): Finding {
  const losses = lossesAlong(R, path, p);
  const speed = R.div(R.mul(factor, R.power(beginningOf(R, p).alpha, 2)), 2);
  return along(R, tail(losses), exponential(R, losses.values[0]!, speed, path.times));
}

/** (i). For all. */
export const theorem42Norms = forAll(training, {
  id: 'implicit-relu/thm-4.2-i',
  where: 'Theorem 4.2 (i)',
  recorded: 'upheld',
  says: String.raw`\|W(t)\|\le\lambda_1,\ \|A(t)\|\le\lambda_2,\ \|b(t)\|\le\lambda_3\quad\text{for all } t\ge0`,
  then: staysWithin,
  mutants: {
    'norms as at the start': (R, path, p) => staysWithin(R, path, p, 0),
  },
});

/** (ii). For all. */
export const theorem42Regular = forAll(training, {
  id: 'implicit-relu/thm-4.2-ii',
  where: 'Theorem 4.2 (ii)',
  recorded: 'upheld',
  says: String.raw`\sigma_{\min}(Z(t))\ge\alpha_0/2\quad\text{for all } t\ge0`,
  note: String.raw`$\sigma_{\min}(Z)^2=\lambda_{\min}(ZZ^\top)$, as the proof uses it.`,
  then: (R, path, p) => staysRegular(R, path, p, '1/2'),
  mutants: {
    'α0 for its half': (R, path, p) => staysRegular(R, path, p, '1'),
  },
});

/** (iii). An envelope along the path. */
export const theorem42Rate = rate(training, {
  id: 'implicit-relu/thm-4.2-iii',
  where: 'Theorem 4.2 (iii)',
  recorded: 'upheld',
  says: String.raw`L(t)\le e^{-\alpha_0^2t/2}L(0)`,
  note: String.raw`Where the weights hardly move and only $b$ learns, $L$ falls at the rate $2\lambda_{\min}(H)\ge2\alpha_0^2$: four times what is claimed.`,
  then: (R, path, p) => decays(R, path, p, 1),
  sharpness: (path, p) => {
    const losses = lossesAlong({ ...doubles, resolution: 0, tiesByScale: false }, path, p);
    const measured = lateRate(losses, path.times);
    return measured === undefined ? undefined : { measured, claimed: beginningOf(doubles, p).alpha ** 2 / 2 };
  },
  mutants: {
    'eight times the rate': (R, path, p) => decays(R, path, p, 8),
  },
});

/** All three. For all. */
export const theorem42 = forAll(training, {
  id: 'implicit-relu/thm-4.2',
  where: 'Theorem 4.2',
  recorded: 'upheld',
  says: String.raw`(14),(15)\ \Rightarrow\ \|W(t)\|\le\lambda_1,\|A(t)\|\le\lambda_2,\|b(t)\|\le\lambda_3,\ \sigma_{\min}(Z(t))\ge\tfrac{\alpha_0}2,\ L(t)\le e^{-\alpha_0^2t/2}L(0)`,
  note: String.raw`Where the flow passes a kink it goes on with that unit switched; the proof, which differentiates $Z$, says nothing of kinks. A path that would slide along one
is left open.`,
  then: (R, path, p) =>
    all(
      part('(i)', staysWithin(R, path, p)),
      part('(ii)', staysRegular(R, path, p, '1/2')),
      part('(iii)', decays(R, path, p, 1)),
    ),
  mutants: {
    'eight times the rate': (R, path, p) => decays(R, path, p, 8),
  },
});
