/**
 * The inductions of the proofs of Theorems 4.2 and 4.4 (Appendices A.4 and A.6), as what they are made of: numbers. ‖W(0)‖, ‖A(0)‖,
 * ‖b(0)‖, C1, C2, C3, γ, α0, r = ‖ŷ(0) − y‖ with (14) and (15), the matrix X, and q = e^(−α0²t/4). Integrals from 0 to t of the bounds
 * of A.4 with ‖ŷ(s) − y‖ ≤ e^(−α0²s/4)r are those bounds at s = 0 times 4(1 − q)/α0².
 */
import { atMost, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { conditionsAt, constantsOf, type Beginning, type Radii } from '../../src/definitions/implicit-relu-conditions';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { frobeniusSquared, type Matrix } from '../../src/numerics/matrix';
import { extremeSingularValues, frobenius } from '../../src/numerics/eigenvalues';
import { meets } from '../../oracles/network-training';
import { decayFactors, flowConditions } from '../../generators/implicit-relu-points';

interface Numbers<N> extends Radii<N> {
  readonly X: Matrix<N>;
  readonly alpha: N;
  readonly r: N;
  readonly q: N;
}

const beginningOf = <N>(R: Arithmetic<N>, p: Numbers<N>): Beginning<N> => ({
  constants: constantsOf(R, p),
  ...{ X: frobenius(R, p.X), r: p.r, alpha: p.alpha },
});

const conditions = exam({
  name: 'numbers that meet the conditions of Theorem 4.2',
  inside: flowConditions,
  assuming: {
    H1: {
      says: String.raw`C_1,C_2,C_3,\alpha_0,\gamma>0,\ \gamma_0<1,\ \|W(0)\|,\|A(0)\|,\|b(0)\|,r\ge0`,
      holds: (R, p) => {
        const positive = [p.C1, p.C2, p.C3, p.alpha, p.gamma].map((x) => lessThan(R, 0, x));
        const others = [p.W, p.A, p.b, p.r].map((x) => atMost(R, 0, x));
        return all(...positive, ...others, lessThan(R, constantsOf(R, p).gamma0, 1));
      },
    },
    H2: {
      says: String.raw`\alpha_0^2\ge\frac4{1-\gamma_0}\lambda_0\|X\|_Fr`,
      holds: (R, p) => meets(R, conditionsAt(R, beginningOf(R, p), '(14)')),
    },
    H3: {
      says: String.raw`\alpha_0^3\ge K\frac{8\lambda_3}{(1-\gamma_0)^2}\|X\|_F^2r`,
      holds: (R, p) => meets(R, conditionsAt(R, beginningOf(R, p), '(15)')),
    },
    H4: { says: String.raw`0<q=e^{-\alpha_0^2t/4}\le1`, holds: (R, { q }) => all(lessThan(R, 0, q), atMost(R, q, 1)) },
  },
  cases: [
    // (14) is an equality.
    {
      ...{ N: 1, d: 1, X: [['1/4']], W: 1, A: 0, b: 0, C1: 1, C2: 1, C3: 1 },
      ...{ gamma: '1/2', alpha: 4, r: 4, q: '1/1024' },
    },
    {
      ...{ N: 2, d: 2, X: [[1, 0], [0, 1]], W: 1, A: 0, b: 0, C1: 1, C2: 1, C3: 1 }, // prettier-ignore
      ...{ gamma: '1/2', alpha: 32, r: 1, q: '1/4' },
    },
  ],
});

/** 4(1 − q)/α0²·r: the integral of e^(−α0²s/4)r. */
const integral = <N>(R: Arithmetic<N>, { alpha, r, q }: Numbers<N>): N =>
  R.div(R.mul(4, R.sub(1, q), r), R.power(alpha, 2));

/** What A.4 bounds ‖dvec(Z)/dt‖ by, without ‖X‖² and e^(−α0²t/4)r. */
function speedOfZ<N>(R: Arithmetic<N>, p: Numbers<N>): N {
  const { gamma0, K, lambda3 } = constantsOf(R, p);
  return R.div(R.mul(K, lambda3), R.power(R.sub(1, gamma0), 2));
}

/** The bounds of how far b, W, A and Z have come at t, against C3, C1, C2 and α0/2. */
function roomLeft<N>(R: Reading<N>, p: Numbers<N>): Finding {
  const { lambda1, lambda3, gamma0 } = constantsOf(R, p);
  const left = R.sub(1, gamma0);
  const once = R.div(R.mul(integral(R, p), frobenius(R, p.X)), left);
  const forA = R.div(R.mul(p.gamma, lambda1, lambda3, once), left);
  const forZ = R.mul(speedOfZ(R, p), frobeniusSquared(R, p.X), integral(R, p));
  return all(
    part('b', lessThan(R, R.mul(lambda1, once), p.C3)),
    part('W', lessThan(R, R.mul(lambda3, once), p.C1)),
    part('A', lessThan(R, forA, p.C2)),
    part('Z', lessThan(R, forZ, R.div(p.alpha, 2))),
  );
}

/** The step of the induction in A.4. For all. */
export const inductionStep = forAll(conditions, {
  id: 'implicit-relu/a4-induction',
  where: 'Appendix A.4',
  recorded: 'upheld',
  says: String.raw`\text{(iii) on }[0,t]\text{ and the bounds of (i)}\implies\|b(t)-b(0)\|<C_3,\ \|W(t)-W(0)\|<C_1,\ \|A(t)-A(0)\|<C_2,\
\|Z(t)-Z(0)\|<\tfrac{\alpha_0}2`,
  note: String.raw`Assumed up to and with $t$ and concluded at $t$, (i)–(iii) would lead nowhere: a step that only repeats $\le$ holds of $g(t)=t$ and $g\le1$
too. What carries the proof on is that the step ends with $<$: at every finite time the integrals are short of their limits by the share $q>0$, so that (i) and (ii)
last beyond $t$ by continuity, and (iii) with (ii). That is what is looked at. That $L$ has the derivative $-(\hat y-y)^\top H(\hat y-y)$, on kinks too, is another matter.`,
  then: (R, _none, p) => roomLeft(R, p),
  mutants: {
    'after infinite time': (R, _none, p) => roomLeft(R, { ...p, q: R.of(0) }),
    'with twice the error that (14) and (15) allow': (R, _none, p) => roomLeft(R, { ...p, r: R.mul(2, p.r) }),
  },
});

/** The last two bounds of ‖Z(t) − Z(0)‖, with ‖X‖² as printed. For all. */
export const motionBound = forAll(conditions, {
  id: 'implicit-relu/a4-dZ-bound',
  where: 'Appendix A.4',
  recorded: 'refuted',
  corrected: ['implicit-relu/a4-dZ-bound-frobenius'],
  says: String.raw`\int_0^tK\frac{\lambda_3}{(1-\gamma_0)^2}\|X\|_F^2e^{-\alpha_0^2s/4}r\,ds\le K\frac{4\lambda_3}{\alpha_0^2(1-\gamma_0)^2}\|X\|^2r`,
  note: String.raw`The integral of the display before it, which has $\|X\|_F^2$, is bounded with the operator norm: false as soon as $\|X\|_F^2(1-q)>\|X\|^2$. $\|X\|$ alone is
enough for $\partial Z/\partial W$, but not for $\partial Z/\partial A$, as $\|\Phi\|\le\lambda_1\|X\|$ is false (a6-38). Read as a step of the proof. Whether
$\|Z(t)-Z(0)\|$ itself can exceed the printed bound under (14) and (15) is open here; $\|\hat y-y\|$ falls four times as fast as (iii) says at first, so that more than
a few samples would be needed.`,
  then: (R, _none, p) => {
    const { greatest } = extremeSingularValues(R, p.X);
    const left = R.mul(speedOfZ(R, p), frobeniusSquared(R, p.X), integral(R, p));
    return atMost(R, left, R.mul(speedOfZ(R, p), R.power(greatest, 2), integral(R, { ...p, q: R.of(0) })));
  },
});

/** The last two bounds of ‖Z(t) − Z(0)‖, with ‖X‖_F². For all. */
export const motionBoundFrobenius = forAll(conditions, {
  id: 'implicit-relu/a4-dZ-bound-frobenius',
  where: 'corrects Appendix A.4',
  recorded: 'upheld',
  says: String.raw`\int_0^tK\frac{\lambda_3}{(1-\gamma_0)^2}\|X\|_F^2e^{-\alpha_0^2s/4}r\,ds\le K\frac{4\lambda_3}{\alpha_0^2(1-\gamma_0)^2}\|X\|_F^2r\le\frac{\alpha_0}2`,
  then: (R, _none, p) => {
    const factor = R.mul(speedOfZ(R, p), frobeniusSquared(R, p.X));
    const whole = R.mul(factor, integral(R, { ...p, q: R.of(0) }));
    return all(
      part('integral', atMost(R, R.mul(factor, integral(R, p)), whole)),
      part('by (15)', atMost(R, whole, R.div(p.alpha, 2))),
    );
  },
  mutants: {
    'with half of the error that (15) allows for': (R, _none, p) =>
      atMost(
        R,
        R.mul(2, speedOfZ(R, p), frobeniusSquared(R, p.X), integral(R, { ...p, q: R.of(0) })),
        R.div(p.alpha, 2),
      ),
  },
});

const decay = exam({
  name: 'step sizes up to 4/α0², by β',
  inside: decayFactors,
  assuming: {
    H1: {
      says: String.raw`\alpha_0>0,\ 0\le\beta<1,\ \eta=4(1-\beta^2)/\alpha_0^2`,
      holds: (R, { alpha, beta }) => all(lessThan(R, 0, alpha), atMost(R, 0, beta), lessThan(R, beta, 1)),
    },
  },
  cases: [{ k: 3, alpha: 2, beta: '1/2' }],
});

/** Sums of powers of β. For all. */
export const sumOfPowers = forAll(decay, {
  id: 'implicit-relu/a6-beta',
  where: 'Appendix A.6',
  recorded: 'upheld',
  says: String.raw`\beta=\sqrt{1-\eta\alpha_0^2/4},\ 0<\eta\le4/\alpha_0^2\implies\eta\sum_{s=0}^k\beta^s\le\frac{\eta}{1-\beta}\le\frac8{\alpha_0^2}`,
  note: String.raw`$\frac\eta{1-\beta}=\frac{4(1+\beta)}{\alpha_0^2}$. The bound is approached as $\eta\to0$. Instances are drawn by $\beta$, so that $\eta$ is a fraction.`,
  then: (R, _none, p) => powersAtMost(R, p, 8),
  mutants: {
    '7 for 8': (R, _none, p) => powersAtMost(R, p, 7),
  },
});

interface Decay<N> {
  readonly k: number;
  readonly alpha: N;
  readonly beta: N;
}

function powersAtMost<N>(R: Reading<N>, { k, alpha, beta }: Decay<N>, eight: number): Finding {
  const eta = R.div(R.mul(4, R.sub(1, R.power(beta, 2))), R.power(alpha, 2));
  const middle = R.div(eta, R.sub(1, beta));
  const powers = Array.from({ length: k + 1 }, (_, s) => R.power(beta, s));
  return all(
    part('sum', atMost(R, R.mul(eta, R.add(...powers)), middle)),
    part('constant', atMost(R, middle, R.div(eight, R.power(alpha, 2)))),
  );
}
