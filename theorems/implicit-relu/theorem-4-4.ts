/**
 * Theorem 4.4: gradient descent on an implicit ReLU network, from a start that meets (17)–(19), with a step size below (20). With
 * α0 = σ_min(Z(0)), λ1 = ‖W(0)‖ + C1, λ2 = ‖A(0)‖ + C2, λ3 = ‖b(0)‖ + C3 and γ0 = γλ2 < 1; L is the loss ½‖ŷ − y‖². Nothing is
 * assumed of kinks, where σ'(0) = 0 is taken.
 */
import { atMost, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { rate } from '../../src/claim/forms/constructors';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { descent, equilibrium, gradientStep, loss, type Network } from '../../src/definitions/implicit-relu';
import { beginningOf, conditionsAt, stepBounds, type Training } from '../../src/definitions/implicit-relu-conditions';
import { space } from '../../src/claim/space';
import { doubles } from '../../src/numerics/doubles';
import { extremeSingularValues } from '../../src/numerics/eigenvalues';
import { Undetermined, type Arithmetic, type Real } from '../../src/numerics/arithmetic';
import { along, tail } from '../../oracles/along';
import { byStepSize } from '../../oracles/charts';
import {
  lossesAlong,
  measuredTraining,
  meets,
  staysRegular,
  staysWithin,
  type TrainingPath,
} from '../../oracles/network-training';
import { geometric } from '../../oracles/series';
import { coarse, logUniform, uniform } from '../../generators/coordinates';
import { startsAround17to20, startsMeeting17to20 } from '../../generators/implicit-relu-starts';

type Descent<N> = Training<N> & { readonly eta: N };

const STEPS = 4;

/** One unit that feeds back; one of two on a kink; and two samples, the second of which moves a unit of the first off its kink. */
const cases = [
  {
    ...{ N: 1, d: 1, m: 1, X: [[1]], W: [[16]], A: [[1]], b: [0], y: ['1/16'], gamma: '1/4' },
    ...{ C1: 1, C2: 1, C3: '1/16', eta: 2 ** -20 },
  },
  {
    ...{ N: 1, d: 1, m: 2, X: [[1]], W: [[16, -1]], A: [[1, 0], [0, 1]], b: ['1/64', '1/64'], y: ['3/8'], gamma: '1/4' }, // prettier-ignore
    ...{ C1: 1, C2: 1, C3: '1/32', eta: 2 ** -21 },
  },
  {
    ...{ N: 2, d: 2, m: 2, X: [[1, 0], [0, 1]], W: [[16, -1], [1, 16]], A: [[1, 0], [0, 1]], gamma: '1/4' }, // prettier-ignore
    ...{ b: ['1/64', '1/64'], y: ['5/16', '3/8'], C1: 1, C2: 1, C3: '1/32', eta: 2 ** -23 },
  },
] as const;

const training = exam({
  name: 'gradient descent on an implicit ReLU network from a start that meets (17) to (20)',
  inside: startsMeeting17to20,
  around: startsAround17to20,
  assuming: {
    H1: {
      says: String.raw`C_1,C_2,C_3>0,\ 0<\gamma_0<1`,
      holds: (R, p) =>
        all(...[p.C1, p.C2, p.C3, p.gamma, R.sub(1, beginningOf(R, p).constants.gamma0)].map((x) => lessThan(R, 0, x))),
    },
    // Together, for nothing that meets (17) and (19) comes near the boundary of (18): see cond-18-redundant.
    H2: {
      says: String.raw`\alpha_0^2\ge\frac8{1-\gamma_0}\lambda_0\|X\|_F\|\hat y(0)-y\|,\ \alpha_0^3\ge\Big[1+\frac{\gamma_0^2}{(1-\gamma_0)^2}\frac{\lambda_1^2}{\lambda_2^2}\Big]\frac{16\lambda_3}{(1-\gamma_0)^2}\|X\|_F^2\|\hat y(0)-y\|`,
      holds: (R, p) => meets(R, conditionsAt(R, beginningOf(R, p), '(17)', '(18)')),
    },
    H3: {
      says: String.raw`\alpha_0^2\ge\Big[1+\frac{\gamma_0^2}{(1-\gamma_0)^2}\frac{\lambda_1^2}{\lambda_2^2}\Big]\frac{16\lambda_3^2}{(1-\gamma_0)^2}\|X\|_F^2`,
      holds: (R, p) => meets(R, conditionsAt(R, beginningOf(R, p), '(19)')),
    },
    H4: {
      says: String.raw`0<\eta<\min\Big\{\frac4{\alpha_0^2},\ 2(1-\gamma_0)^2\bar\lambda\lambda_1^{-4}\lambda_3^{-2}\|X\|_F^{-2}\Big\}`,
      holds: (R, p) => {
        const at = beginningOf(R, p);
        return all(lessThan(R, 0, p.eta), ...stepBounds(R, at.constants, at).map((bound) => lessThan(R, p.eta, bound)));
      },
    },
  },
  cases,
  horizon: STEPS,
  run: ({ implicitReLU }, p, steps) => ({ ...implicitReLU.descend({ ...p, steps }) }),
  defined: (R, p, steps) => descent(R, p, p.eta, steps),
  measure: measuredTraining,
});

/** By the definition alone: steps below (20) are so short that no mistake of a solver takes the weights out of their bounds. */
const byDefinition = exam({
  name: 'the same training by its definition alone',
  inside: training.inside,
  assuming: training.assuming,
  cases,
  horizon: STEPS,
  defined: training.defined!,
  measure: training.measure!,
});

/** L(k) ≤ (1 − factor·ηα0²/4)^k L(0). */
function fallsBy<N>(R: Reading<N>, path: TrainingPath<N>, p: Descent<N>, factor: Real): Finding {
  const losses = lossesAlong(R, path, p);
  const { alpha } = beginningOf(R, p);
  const ratio = R.sub(1, R.div(R.mul(factor, p.eta, R.power(alpha, 2)), 4));
  return along(R, tail(losses), geometric(R, losses.values[0]!, ratio));
}

/** (i). For all. */
export const theorem44Norms = forAll(byDefinition, {
  id: 'implicit-relu/thm-4.4-i',
  where: 'Theorem 4.4 (i)',
  recorded: 'upheld',
  says: String.raw`\|W(k)\|\le\lambda_1,\ \|A(k)\|\le\lambda_2,\ \|b(k)\|\le\lambda_3\quad\text{for all } k`,
  then: staysWithin,
  mutants: {
    'norms as at the start': (R, path, p) => staysWithin(R, path, p, 0),
  },
});

/** (ii). For all. */
export const theorem44Regular = forAll(byDefinition, {
  id: 'implicit-relu/thm-4.4-ii',
  where: 'Theorem 4.4 (ii)',
  recorded: 'upheld',
  says: String.raw`\sigma_{\min}(Z(k))\ge\alpha_0/2\quad\text{for all } k`,
  note: String.raw`$\sigma_{\min}(Z)^2=\lambda_{\min}(ZZ^\top)$, as the proof uses it.`,
  then: (R, path, p) => staysRegular(R, path, p, '1/2'),
  mutants: {
    'α0 for its half': (R, path, p) => staysRegular(R, path, p, '1'),
  },
});

/** (iii). For all steps there are; the rate is that of every step. */
export const theorem44Rate = rate(training, {
  id: 'implicit-relu/thm-4.4-iii',
  where: 'Theorem 4.4 (iii)',
  recorded: 'upheld',
  says: String.raw`L(k)\le\Big(1-\frac{\eta\alpha_0^2}4\Big)^kL(0)`,
  note: String.raw`Where the weights hardly move and only $b$ learns, the loss falls by $(1-\eta\lambda)^2$ a step with $\lambda\ge\alpha_0^2$, an eigenvalue of $H$: the rate
claimed is about an eighth of that.`,
  then: (R, path, p) => fallsBy(R, path, p, 1),
  sharpness: (path, p) => {
    const { alpha } = beginningOf(doubles, p);
    const losses = lossesAlong({ ...doubles, resolution: 0, tiesByScale: false }, path, p).values;
    const [first, last] = [losses[0]!, losses[losses.length - 1]!];
    if (!(first > 0 && last > 0)) return undefined;
    return { measured: Math.log(first / last) / STEPS, claimed: -Math.log1p((-p.eta * alpha ** 2) / 4) };
  },
  charts: (_path, p) => {
    const at = beginningOf(doubles, p);
    const bound = Math.min(...stepBounds(doubles, at.constants, at));
    const unit = 'η, in units of the bound (20), from the first of the stored starts';
    const upTo = 3 / (at.alpha ** 2 * bound);
    return [byStepSize({ unit, upTo, claimed: 1, steps: 100, errorAt: (step) => errorLeft(p, step * bound, 100) })];
  },
  mutants: {
    'sixteen times the rate': (R, path, p) => fallsBy(R, path, p, 16),
  },
});

/** What is left of ‖ŷ − y‖ after so many steps; infinite where there is no fixed point any more. */
function errorLeft(p: Descent<number>, eta: number, steps: number): number {
  try {
    let network: Network<number> = p;
    for (let k = 0; k < steps; k++) network = gradientStep(doubles, network, eta);
    return Math.sqrt(loss(doubles, network) / loss(doubles, p));
  } catch (error) {
    if (error instanceof Undetermined) return Infinity;
    throw error;
  }
}

/** All three. For all. */
export const theorem44 = forAll(training, {
  id: 'implicit-relu/thm-4.4',
  where: 'Theorem 4.4',
  recorded: 'upheld',
  says: String.raw`(17)\text{–}(20)\ \Rightarrow\ \|W(k)\|\le\lambda_1,\|A(k)\|\le\lambda_2,\|b(k)\|\le\lambda_3,\ \sigma_{\min}(Z(k))\ge\tfrac{\alpha_0}2,\ L(k)\le(1-\tfrac{\eta\alpha_0^2}4)^kL(0)`,
  note: String.raw`The proof holds at kinks too: it bounds $\|Z(k+1)-Z(k)\|$ by Lemma 4.3 and no derivative but that of $b$ has to be right.`,
  then: (R, path, p) =>
    all(
      part('(i)', staysWithin(R, path, p)),
      part('(ii)', staysRegular(R, path, p, '1/2')),
      part('(iii)', fallsBy(R, path, p, 1)),
    ),
  mutants: {
    'sixteen times the rate': (R, path, p) => fallsBy(R, path, p, 16),
  },
});

/** The network of one unit on two samples of the same input 1, whose targets are ±w·share/256. */
const oneUnit = <N>(R: Arithmetic<N>, { w, share }: { readonly w: N; readonly share: N }): Descent<N> => {
  const [one, y] = [R.of(1), R.div(R.mul(w, share), 256)];
  return {
    ...{ X: [[one], [one]], W: [[w]], A: [[one]], b: [R.of(0)], y: [y, R.neg(y)], gamma: R.of('1/4') },
    ...{ C1: one, C2: one, C3: R.of('1/16'), eta: R.of(2 ** -25) },
  };
};

/** The constants with α0 the only singular value of Z. */
const beginningOfOne = <N>(R: Arithmetic<N>, p: Descent<N>) => ({
  ...beginningOf(R, p),
  alpha: extremeSingularValues(R, equilibrium(R, p)).least,
});

const fewerUnits = exam({
  name: 'one unit for two samples',
  inside: space()
    .with('w', coarse(logUniform(8, 64)))
    .with('share', coarse(uniform(1 / 8, 1))),
  assuming: {
    H1: {
      says: String.raw`(17)\text{–}(20)`,
      holds: (R, start) => {
        const p = oneUnit(R, start);
        const at = beginningOfOne(R, p);
        return all(
          meets(R, conditionsAt(R, at, '(17)', '(18)', '(19)')),
          ...stepBounds(R, at.constants, at).map((bound) => lessThan(R, p.eta, bound)),
        );
      },
    },
  },
  cases: [{ w: 16, share: 1 }],
});

/** (iii) where σ_min is read as the smallest of as many singular values as a matrix has: false for m < N. */
export const theorem44FewerUnits = forAll(fewerUnits, {
  id: 'implicit-relu/thm-4.4-iii-fewer-units',
  where: 'Theorem 4.4 (iii), read for m < N',
  recorded: 'refuted',
  corrected: ['implicit-relu/thm-4.4-iii'],
  says: String.raw`m<N,\ \alpha_0\text{ the smallest of the }m\text{ singular values of }Z(0):\quad L(1)\le\Big(1-\frac{\eta\alpha_0^2}4\Big)L(0)`,
  note: String.raw`The theorem says nothing of $m$ and $N$. Its proof uses $\sigma_{\min}(Z)^2=\lambda_{\min}(ZZ^\top)$, which is 0 for $m<N$: then (19) is never met. With the
smallest of the singular values that such a matrix has, all conditions can be met, and nothing converges: here two samples are the same, their targets are not, and
$L$ stays what it was.`,
  then: (R, _none, start) => {
    const p = oneUnit(R, start);
    const { alpha } = beginningOfOne(R, p);
    const ratio = R.sub(1, R.div(R.mul(p.eta, R.power(alpha, 2)), 4));
    return atMost(R, loss(R, gradientStep(R, p, p.eta)), R.mul(ratio, loss(R, p)));
  },
});
