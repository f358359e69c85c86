/**
 * Section 7: γ = 1/10 stays, θ(0) = (W(0), I, 0) is multiplied by β until (17)–(19) hold. A = βI, so γ0 = (β + C2)/10 < 1 and
 * β < 10; Z(0) = βΦ/(1 − β/10) with Φ = σ(XW(0)). Samples have length 1; s = σ_min(Φ), w = ‖W(0)‖.
 */
import { atMost, equals, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, type Finding, type Reading } from '../../src/claim/finding';
import { features } from '../../src/definitions/implicit-relu';
import {
  conditionsAt,
  constantsOf,
  exampleRadii,
  type Beginning,
  type Radii,
} from '../../src/definitions/implicit-relu-conditions';
import type { Arithmetic, Real } from '../../src/numerics/arithmetic';
import { determinant, matMul, transpose, type Matrix } from '../../src/numerics/matrix';
import { extremeSingularValues, operatorNorm } from '../../src/numerics/eigenvalues';
import { meets } from '../../oracles/network-training';
import { labelledUnitRows, shrinkingStarts, tenthStarts } from '../../generators/unit-rows';

/** 32γ²w²N‖y‖ < s³ with γ = 1/10. */
const necessary = <N>(R: Reading<N>, s: N, w: N, samples: number, Y: N, factor: Real = 32): Finding =>
  lessThan(R, R.mul(factor, '1/100', R.power(w, 2), samples, Y), R.power(s, 3));

interface Labelled<N> {
  readonly N: number;
  readonly X: Matrix<N>;
  readonly W: Matrix<N>;
  readonly labels: string;
}

/** How many labels are 1. */
const ones = ({ N, labels }: Pick<Labelled<unknown>, 'N' | 'labels'>): number => (labels === 'all' ? N : 1);

const starts = exam({
  name: 'samples of length 1 with labels 0 and 1, and first weights',
  inside: labelledUnitRows,
  assuming: {
    H1: {
      says: String.raw`\|x_i\|=1`,
      holds: (R, { X }) => all(...X.map((row) => equals(R, R.add(...row.map((x) => R.power(x, 2))), 1))),
    },
    H2: {
      says: String.raw`\sigma_{\min}(\Phi)>0,\ m\ge N`,
      holds: (R, p) => {
        const Phi = features(R, p);
        return all(atMost(R, p.N, p.m), lessThan(R, 0, determinant(R, matMul(R, Phi, transpose(Phi)))));
      },
    },
  },
  cases: [
    { d: 1, N: 1, m: 1, X: [[1]], W: [[1]], labels: 'all' },
    { d: 1, N: 1, m: 1, X: [[1]], W: [['1/4']], labels: 'all' },
  ],
});

/** Scaling with a fixed γ, by what it would imply. For all. */
export const fixedScalar = forAll(starts, {
  id: 'implicit-relu/sec7-beta',
  where: 'Section 7, experimental setups',
  recorded: 'refuted',
  corrected: ['implicit-relu/sec7-beta-smaller-scalar'],
  says: String.raw`\gamma=\tfrac1{10},\ A(0)=I,\ b(0)=0,\ \|x_i\|=1,\ y_i\in\{0,1\},\ y\ne0,\ \sigma_{\min}(\Phi(0))>0\implies\exists\,\beta,C_i>0:\ \text{(17)-(19) at }\beta\theta(0)`,
  note: String.raw`Tried by what (17) and (19) imply for all $\beta$ and $C_i$ (sec7-beta-necessary): $s^3>32\gamma^2w^2N\|y\|$. Where that fails no $\beta$ and no $C_i$
will do. Since $s\le w$ for samples of length 1, it needs $w>0.32\,N\|y\|$, which is $7155$ for the paper's $N=1000$, $\|y\|^2=500$; a $W(0)$ of
variance $\frac1m$ has norm near $1+\sqrt{784/m}$. $\gamma\beta<1$ keeps $\beta$ below 10. As the $m\ge N$ units may be off, $\sigma_{\min}(\Phi)>0$ is asked for as
well.`,
  then: (R, _none, p) => {
    const s = extremeSingularValues(R, features(R, p)).least;
    return necessary(R, s, operatorNorm(R, p.W), p.N, R.sqrt(ones(p)));
  },
});

interface Numbers<N> {
  readonly N: number;
  readonly w: N;
  readonly share: N;
  readonly beta: N;
  readonly Y: N;
}

/** At βθ(0), W of norm βw, A = βI, b = 0: Z = βΦ/(1 − γβ). */
const beginningAt = <N>(
  R: Arithmetic<N>,
  { N: samples, w, share, beta, Y }: Numbers<N>,
  radii: Pick<Radii<N>, 'gamma' | 'C1' | 'C2' | 'C3'>,
): Beginning<N> => ({
  constants: constantsOf(R, { ...radii, W: R.mul(beta, w), A: beta, b: R.of(0) }),
  alpha: R.div(R.mul(beta, share, w), R.sub(1, R.mul(radii.gamma, beta))),
  ...{ X: R.sqrt(samples), r: Y },
});

const norms = {
  says: String.raw`w>0,\ 0<s\le w,\ \beta>0,\ \|y\|\ge0`,
  holds: <N>(R: Reading<N>, { w, share, beta, Y }: Numbers<N>): Finding =>
    all(...[w, share, beta].map((x) => lessThan(R, 0, x)), atMost(R, share, 1), atMost(R, 0, Y)),
};

const tenths = exam({
  name: 'norms that meet (17) and (19) with γ = 1/10 and a multiple of the identity for A',
  inside: tenthStarts,
  assuming: {
    H1: norms,
    H2: {
      says: String.raw`C_i>0,\ \gamma_0=\tfrac1{10}(\beta+C_2)<1`,
      holds: (R, { beta, C1, C2, C3 }) =>
        all(...[C1, C2, C3].map((x) => lessThan(R, 0, x)), lessThan(R, R.add(beta, C2), 10)),
    },
    H3: {
      says: String.raw`\text{(17), (19)}`,
      holds: (R, p) => meets(R, conditionsAt(R, beginningAt(R, p, { ...p, gamma: R.of('1/10') }), '(17)', '(19)')),
    },
  },
  cases: [{ N: 1, w: 1, share: 1, beta: 9, C1: '1/8', C2: '1/2', C3: '1/64', Y: '1/64' }],
});

/** What (17) and (19) imply for γ = 1/10. For all; a claim of ours. */
export const necessaryForTenth = forAll(tenths, {
  id: 'implicit-relu/sec7-beta-necessary',
  where: 'Section 7, experimental setups; a claim of ours',
  recorded: 'upheld',
  says: String.raw`\gamma=\tfrac1{10},\ A=\beta I,\ b=0,\ \|x_i\|=1,\ \text{(17), (19)}\implies s^3>32\gamma^2w^2N\|y\|`,
  note: String.raw`$\alpha_0(1-\gamma_0)\le\beta s$. (19) gives $C_3\le\frac{\beta s(1-\gamma_0)}{4\gamma\lambda_1\sqrt N}$, because $K\ge\gamma^2\lambda_1^2/(1-\gamma_0)^2$; with it (17), where
$\lambda_0\ge\lambda_1/C_3$, gives $\beta^3s^3\ge32\gamma\lambda_1^2N\|y\|$; then $\lambda_1>\beta w$ and $\beta<1/\gamma$. Neither larger $\beta$ nor any $C_i$ helps.`,
  then: (R, _none, p) => necessary(R, R.mul(p.share, p.w), p.w, p.N, p.Y),
  mutants: {
    '64 for 32': (R, _none, p) => necessary(R, R.mul(p.share, p.w), p.w, p.N, p.Y, 64),
  },
});

/** 1 + 16(1 + w)√N‖y‖/s² + 8(2 + w)√N/s. */
const enough = <N>(R: Arithmetic<N>, { N, w, share, Y }: Numbers<N>): N => {
  const [root, s] = [R.sqrt(N), R.mul(share, w)];
  const targets = R.div(R.mul(16, R.add(1, w), root, Y), R.power(s, 2));
  return R.add(1, targets, R.div(R.mul(8, R.add(2, w), root), s));
};

const shrinking = exam({
  name: 'norms of starts scaled by a large number, γ0 = 1/2',
  inside: shrinkingStarts,
  assuming: {
    H1: norms,
    H2: {
      says: String.raw`\beta\ge1+\frac{16(1+w)\sqrt N\|y\|}{s^2}+\frac{8(2+w)\sqrt N}s`,
      holds: (R, p) => atMost(R, enough(R, p), p.beta),
    },
  },
  cases: [{ N: 1000, w: 2, share: '1/8', Y: 23, beta: 2 ** 20 }],
});

/** (17) to (19) with C_i = 1 and γ = 1/(2(β + 1)). */
const conditions = <N>(R: Reading<N>, p: Numbers<N>): Finding =>
  meets(R, conditionsAt(R, beginningAt(R, p, exampleRadii(R, p.beta)), '(17)', '(18)', '(19)'));

/** With γ that shrinks as θ(0) grows. For all. */
export const shrinkingScalar = forAll(shrinking, {
  id: 'implicit-relu/sec7-beta-smaller-scalar',
  where: 'corrects Section 7, experimental setups',
  recorded: 'upheld',
  says: String.raw`\gamma=\frac1{2(\beta+1)},\ A(0)=I,\ b(0)=0,\ C_i=1,\ \|x_i\|=1,\ \beta\ge\beta_0\implies\text{(17)-(19) at }\beta\theta(0)`,
  note: String.raw`$\beta_0=1+\frac{16(1+w)\sqrt N\|y\|}{s^2}+\frac{8(2+w)\sqrt N}s$. $\gamma$ is then far below $\frac1{10}$.`,
  then: (R, _none, p) => conditions(R, p),
  mutants: {
    'an eighth of the least β': (R, _none, p) => conditions(R, { ...p, beta: R.div(enough(R, p), 8) }),
  },
});
