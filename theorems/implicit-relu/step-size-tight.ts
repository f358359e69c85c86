/**
 * Section 7.3 calls the step size of Theorem 4.4 tight, because training is lost with steps ten times longer than 1/N. What the
 * theorem allows is (20). It is compared here with steps that do lower the loss, where the theorem's conditions are met. With
 * b(0) = 0 only the output layer moves in the first step, so that the residual is multiplied by I − ηZ(0)Z(0)ᵀ.
 */
import { atMost, equals, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Reading } from '../../src/claim/finding';
import { someConstant } from '../../src/claim/forms/constructors';
import { equilibrium, gradientStep, loss, type Network } from '../../src/definitions/implicit-relu';
import {
  conditionsAt,
  constantsOf,
  descentBound,
  exampleRadii,
  stepBounds,
  type Beginning,
  type Constants,
} from '../../src/definitions/implicit-relu-conditions';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { diagonal } from '../../src/numerics/matrix';
import { meets } from '../../oracles/network-training';
import { diagonalStarts, oneUnitStarts, type DiagonalStart } from '../../generators/implicit-relu-steps';

interface OneUnit<N> {
  readonly w: N;
  readonly y: N;
}

/** One sample, one unit, C_i = 1, γ0 = 1/2: what the conditions are made of; Z(0) = w/(1 − γw) with γ = 1/(2(w + 1)). */
const beginningOf = <N>(R: Arithmetic<N>, { w, y }: OneUnit<N>): Beginning<N> & { readonly gamma: N } => {
  const radii = exampleRadii(R, w);
  const Z = R.div(w, R.sub(1, R.mul(radii.gamma, w)));
  return { constants: constantsOf(R, radii), alpha: Z, X: R.of(1), r: y, gamma: radii.gamma };
};

/** The step that takes the loss to 0 at once: 1/Z(0)². */
const bestStep = <N>(R: Arithmetic<N>, p: OneUnit<N>): N => R.div(1, R.power(beginningOf(R, p).alpha, 2));

/** ŷ(1), by the definition of gradient descent. */
const predictionAfter = <N>(R: Arithmetic<N>, p: OneUnit<N>): N => {
  const { gamma } = beginningOf(R, p);
  const start: Network<N> = { X: [[R.of(1)]], W: [[p.w]], A: [[p.w]], b: [R.of(0)], y: [p.y], gamma };
  const next = gradientStep(R, start, bestStep(R, p));
  return R.mul(equilibrium(R, next)[0]![0]!, next.b[0]!);
};

const oneUnit = exam({
  name: 'the example of Section 5.1 with one sample and one unit',
  inside: oneUnitStarts,
  assuming: {
    H1: {
      says: String.raw`y>0,\ \text{(17), (18) and (19)}`,
      holds: (R, p) => all(lessThan(R, 0, p.y), meets(R, conditionsAt(R, beginningOf(R, p), '(17)', '(18)', '(19)'))),
    },
    H2: {
      says: String.raw`\hat y(1)=y \text{ with } \eta=1/Z(0)^2,\text{ so that the loss falls to }0\text{ and stays}`,
      holds: (R, p) => equals(R, predictionAfter(R, p), p.y),
    },
  },
  cases: [
    { w: 8, y: 1 },
    { w: 64, y: 1 },
  ],
});

/** Longer steps than (20) are of no use, up to a constant. Some constant. */
export const tight = someConstant(oneUnit, {
  id: 'implicit-relu/step-size-tight',
  where: 'Section 7.3',
  recorded: 'refuted',
  corrected: ['implicit-relu/step-size-tight-eighteenth'],
  says: String.raw`\exists C:\ \text{under (17)–(19), a step with which the loss never rises is at most }C\text{ times the bound (20)}`,
  note: String.raw`Read of the theorem as it is stated. That $10/N$ fails where $1/N$ does not (fig3-eta) says something about $1/N$, which (20) does not give: with
unit rows and $b(0)=0$, (17) and (19) ask for $\alpha_0^3\ge32\lambda_1\|X\|_F^2\|y\|$ whatever the $C_i$, and $\alpha_0\le\|W(0)\|/(1-\gamma)$, so that $\|W(0)\|$ would have to be some
700 at $N=1000$; it is near 2. Along the family, the example of Section 5.1 itself with $w=8\cdot2^k$, the step $1/Z(0)^2=(w+2)^2/(2w(w+1))^2$ takes
the loss to 0, and (20) allows $1/((w+1)^2+2)^2$, less than $4/w^2$ of it.`,
  within: (R, _measures, p, C) => {
    const at = beginningOf(R, p);
    return all(...stepBounds(R, at.constants, at).map((bound) => atMost(R, bestStep(R, p), R.mul(C, bound))));
  },
  family: {
    says: 'the step that takes the loss to 0 is more than w²/4 times the bound (20), w = 8·2^k',
    members: 8,
    at: (k) => ({ w: 8 * 2 ** k, y: 1 }),
    exceeds: (k) => 16 * 4 ** k,
  },
});

/** The largest, by the signs of differences. */
const largest = <N>(R: Arithmetic<N>, values: readonly N[]): N =>
  values.reduce((most, x) => (R.sign(R.sub(x, most)) === 1 ? x : most));

const sumOfSquares = <N>(R: Arithmetic<N>, values: readonly N[]): N =>
  values.reduce((sum, x) => R.add(sum, R.power(x, 2)), R.of(0));

const constantsAt = <N>(R: Arithmetic<N>, { w, a, C1, C2, C3, gamma }: DiagonalStart<N>): Constants<N> =>
  constantsOf(R, { W: largest(R, w), A: largest(R, a), b: R.of(0), C1, C2, C3, gamma });

/** Z(0) is diagonal with the entries xw/(1 − γa). */
const outputs = <N>(R: Arithmetic<N>, { x, w, a, gamma }: DiagonalStart<N>): readonly N[] =>
  x.map((value, i) => R.div(R.mul(value, w[i]!), R.sub(1, R.mul(gamma, a[i]!))));

/** The second of the two bounds in (20). */
const bound20 = <N>(R: Arithmetic<N>, p: DiagonalStart<N>): N => {
  const one = R.of(1);
  return R.div(stepBounds(R, constantsAt(R, p), { X: one, alpha: one })[1], sumOfSquares(R, p.x));
};

const networkOf = <N>(R: Arithmetic<N>, { x, w, a, gamma, y }: DiagonalStart<N>): Network<N> => ({
  ...{ X: diagonal(R, x), W: diagonal(R, w), A: diagonal(R, a) },
  ...{ gamma, b: y.map(() => R.of(0)), y },
});

const positive = <N>(R: Reading<N>, values: readonly N[]) => all(...values.map((x) => lessThan(R, 0, x)));

const diagonals = exam({
  name: 'as many samples as units, which do not meet',
  inside: diagonalStarts,
  assuming: {
    H1: {
      says: String.raw`x_i,w_i,a_i,C_1,C_2,C_3>0,\ 0<\gamma_0<1`,
      holds: (R, p) =>
        all(positive(R, [...p.x, ...p.w, ...p.a, p.C1, p.C2, p.C3, p.gamma]), lessThan(R, constantsAt(R, p).gamma0, 1)),
    },
    H2: { says: String.raw`y\ne0`, holds: (R, { y }) => lessThan(R, 0, sumOfSquares(R, y)) },
    H19: {
      says: '(19)',
      holds: (R, p) => {
        const most = R.mul(descentBound(R, constantsAt(R, p), R.of(1)), sumOfSquares(R, p.x));
        return all(...outputs(R, p).map((z) => atMost(R, most, R.power(z, 2))));
      },
    },
  },
  cases: [
    { n: 1, x: [1], w: [32], a: [1], C1: 1, C2: 1, C3: 1, gamma: '1/64', y: [1] },
    { n: 2, x: [1, 2], w: [64, 32], a: [1, '1/2'], C1: '1/1024', C2: '1/1024', C3: 2, gamma: '1/1024', y: [1, -1] },
  ],
});

/** Eighteen times the bound (20), and more, is a step that lowers the loss. For all. */
export const eighteenth = forAll(diagonals, {
  id: 'implicit-relu/step-size-tight-eighteenth',
  where: 'corrects Section 7.3',
  recorded: 'upheld',
  says: String.raw`\text{under (19) } \tfrac{289}{16}\,\eta \le \frac{2}{\|Z(0)\|^2} \text{ for the second bound }\eta\text{ of (20); with } b(0)=0 \text{ a step of } 18\eta \text{ lowers the loss}`,
  note: String.raw`By (19), $t=\lambda_1^2/(K\lambda_3^2)\ge16$, as $\alpha_0\le\|Z(0)\|\le\lambda_1\|X\|_F/(1-\gamma_0)$. The bound is
$\frac{2(1-\gamma_0)^2}{\lambda_1^2\|X\|_F^2}\cdot\frac{t}{(1+t)^2}$, so at most $\frac{16}{289}\cdot\frac2{\|Z(0)\|^2}$, nearly attained by one sample. Steps below $2/\|Z(0)\|^2$ shorten
each component of the residual. Looked at with diagonal $X$, $W(0)$ and $A(0)$, where all this is in fractions.`,
  then: (R, _measures, p) => {
    const eta = bound20(R, p);
    const norm = largest(R, outputs(R, p));
    const start = networkOf(R, p);
    return all(
      part('below', atMost(R, R.mul(R.div(289, 16), eta), R.div(2, R.power(norm, 2)))),
      part('falls', lessThan(R, loss(R, gradientStep(R, start, R.mul(18, eta))), loss(R, start))),
    );
  },
  mutants: {
    'twenty times': (R, _measures, p) =>
      atMost(R, R.mul(20, bound20(R, p)), R.div(2, R.power(largest(R, outputs(R, p)), 2))),
  },
});
