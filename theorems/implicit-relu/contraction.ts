/**
 * The transition T(Z) = σ(γZA + Φ) as a contraction (Section 3, after Lemma 3.1), what is left of that at γ‖A‖ = 1 and beyond,
 * and what training does to it. Norms of outputs are Frobenius norms, compared by their squares.
 */
import { atMost, lessThan } from '../../src/claim/compare';
import { exam, exists, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { gradientStep, transition, type Layer, type Network } from '../../src/definitions/implicit-relu';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { dot, frobeniusSquared, identity, matVec, minus, scale, type Matrix } from '../../src/numerics/matrix';
import { contracting } from '../../oracles/contracting-layers';
import { equalMatrices } from '../../oracles/matrices';
import { growing, layersAndOutputs, oneUnit, twoRivals } from '../../generators/implicit-layers';

const twoOutputs = exam({
  name: 'an implicit layer and two outputs',
  inside: layersAndOutputs,
  assuming: contracting,
  cases: [
    { N: 1, d: 1, m: 1, X: [[1]], W: [[1]], M: 1, A: [[1]], gamma: '1/2', Z: [[1]], Y: [[2]] },
    { N: 1, d: 1, m: 2, X: [[1]], W: [[8, 8]], M: 1, A: [[0, 1], [-1, 0]], gamma: '15/16', Z: [[1, -2]], Y: [[0, 3]] }, // prettier-ignore
  ],
});

/** The distance of the images against a factor times the distance. */
const shrinks = <N>(R: Reading<N>, layer: Layer<N>, [Z, Y]: readonly [Matrix<N>, Matrix<N>], square: N): Finding => {
  const apart = (A: Matrix<N>, B: Matrix<N>): N => frobeniusSquared(R, minus(R, A, B));
  return atMost(R, apart(transition(R, layer, Z), transition(R, layer, Y)), R.mul(square, apart(Z, Y)));
};

/** After Lemma 3.1. For all; attained at A = MI by outputs with active units. */
export const contraction = forAll(twoOutputs, {
  id: 'implicit-relu/contraction-need-gamma-lt-1',
  where: 'Section 3, after Lemma 3.1',
  recorded: 'upheld',
  says: String.raw`\gamma\|A\|\le\gamma_0<1\implies\|T(Z)-T(Y)\|_F\le\gamma_0\|Z-Y\|_F\ \text{for all }Z,Y`,
  note: String.raw`For outputs of either sign. At $\gamma\|A\|=1$ there may be no fixed point or infinitely many (none-beyond-one, many-at-one), beyond it
also several (several-beyond-one): nothing weaker than $\gamma\|A\|<1$ in terms of the norm will do. It is not necessary: a strictly triangular
$A$ of any norm has one fixed point.`,
  then: (R, _none, { Z, Y, ...p }) => shrinks(R, p, [Z, Y], R.power(R.mul(p.gamma, p.M), 2)),
});

const nonnegative = exam({
  name: 'a nonnegative layer that does not contract',
  inside: growing,
  assuming: {
    H1: { says: String.raw`A,\Phi,Z\ge0`, holds: (R, { A, Phi, Z }) => all(...[A, Phi, Z].flat(2).map((x) => atMost(R, 0, x))) }, // prettier-ignore
    H2: { says: 'v>0', holds: (R, { v }) => all(...v.map((x) => lessThan(R, 0, x))) },
    H3: {
      says: String.raw`\gamma Av\ge v`,
      holds: (R, { A, v, gamma }) =>
        all(...matVec(R, scale(R, gamma, A), v).map((x, i) => part(`entry ${i}`, atMost(R, v[i]!, x)))),
    },
  },
  cases: [
    { N: 1, m: 1, A: [[2]], v: [1], Phi: [[1]], Z: [[3]], gamma: '1/2' },
    { N: 1, m: 2, A: [[0, 1], [1, 0]], v: [1, 1], Phi: [[1, 0]], Z: [[0, 2]], gamma: 1 }, // prettier-ignore
  ],
});

/** At γ‖A‖ = 1 and beyond: no fixed point. For all; attained. */
export const none = forAll(nonnegative, {
  id: 'implicit-relu/none-beyond-one',
  where: 'around Lemma 3.1',
  recorded: 'upheld',
  says: String.raw`A\ge0,\ \gamma Av\ge v>0\implies(T(Z)-Z)v\ge\Phi v\ \text{for all }Z\ge0,\ \text{so that no }Z=T(Z)\text{ where a row of }\Phi\text{ is not }0`,
  note: String.raw`With one unit: $\gamma a\ge1$ and $\varphi>0$. A symmetric $A>0$ with $\gamma\|A\|=1$ has such a $v$. Fixed points are nonnegative.`,
  tight: true,
  then: (R, _none, { N: samples, A, gamma, v, Phi, Z }) => {
    // Φ = σ(XW) for X = I and W = Φ.
    const layer = { X: identity(R, samples), W: Phi, A, gamma };
    const gained = minus(R, transition(R, layer, Z), Z);
    return all(...gained.map((row, i) => atMost(R, dot(R, Phi[i]!, v), dot(R, row, v))));
  },
});

const rivals = exam({
  name: 'two units that hold each other down',
  inside: twoRivals,
  assuming: {},
  cases: [
    { gamma: '1/2', c: 4, p: 1, q: 1 },
    { gamma: '1/2', c: 2, p: 1, q: 1 },
  ],
});

const heldDown = <N>(R: Arithmetic<N>, p: Record<'gamma' | 'c' | 'p' | 'q', N>): Layer<N> => ({
  ...{ X: [[R.of(1)]], W: [[p.p, p.q]], A: [[R.of(0), R.neg(p.c)], [R.neg(p.c), R.of(0)]], gamma: p.gamma }, // prettier-ignore
});

/** At γ‖A‖ = 1: a continuum. Exists. */
export const many = exists(rivals, {
  id: 'implicit-relu/many-at-one',
  where: 'around Lemma 3.1',
  recorded: 'upheld',
  says: String.raw`\exists\,A,\Phi>0:\ \gamma\|A\|=1\text{ and }(s\varphi,(1-s)\varphi)=T(s\varphi,(1-s)\varphi)\text{ for all }s\in[0,1]`,
  note: String.raw`$\gamma A=\begin{pmatrix}0&-1\\-1&0\end{pmatrix}$, $\Phi=(\varphi,\varphi)$. $T$ is affine on the segment, so that its two ends decide.`,
  then: (R, _none, p) => {
    const layer = heldDown(R, p);
    const zero = R.of(0);
    const ends = [[p.p, zero], [zero, p.p]].map((z) => equalMatrices(R, transition(R, layer, [z]), [z])); // prettier-ignore
    return all(part('γ‖A‖ = 1', equalMatrices(R, [[R.mul(p.gamma, p.c)]], [[R.of(1)]])), part('ends', all(...ends)));
  },
  mutants: {
    'with γ‖A‖ < 1': (R, _none, p) => {
      const zero = R.of(0);
      const z = [[p.p, zero]];
      return all(
        lessThan(R, R.mul(p.gamma, p.c), 1),
        equalMatrices(R, transition(R, heldDown(R, p), z), z),
        lessThan(R, 0, p.q),
      );
    },
  },
});

/** Beyond γ‖A‖ = 1: several. Exists. */
export const several = exists(rivals, {
  id: 'implicit-relu/several-beyond-one',
  where: 'around Lemma 3.1',
  recorded: 'upheld',
  says: String.raw`\exists\,A,\Phi>0:\ \gamma\|A\|>1\text{ and }Z=T(Z)\text{ for three }Z`,
  note: String.raw`$\gamma A=\begin{pmatrix}0&-2\\-2&0\end{pmatrix}$, $\Phi=(1,1)$: $Z=(1,0)$, $(0,1)$ and $(\frac13,\frac13)$.`,
  then: (R, _none, p) => {
    const layer = heldDown(R, p);
    const zero = R.of(0);
    const both = R.div(p.p, R.add(1, R.mul(p.gamma, p.c)));
    const points = [[p.p, zero], [zero, p.q], [both, both]]; // prettier-ignore
    return all(
      part('γ‖A‖ > 1', lessThan(R, 1, R.mul(p.gamma, p.c))),
      ...points.map((z) => equalMatrices(R, transition(R, layer, [z]), [z])),
    );
  },
  mutants: {
    'with γ‖A‖ ≤ 1': (R, _none, p) => {
      const z = [[p.p, R.of(0)], [R.of(0), p.q]]; // prettier-ignore
      return all(
        lessThan(R, R.mul(p.gamma, p.c), 1),
        ...z.map((row) => equalMatrices(R, transition(R, heldDown(R, p), [row]), [row])),
      );
    },
  },
});

const scalar = exam({
  name: 'a step of gradient descent with one sample and one unit',
  inside: oneUnit,
  assuming: {
    H1: { says: 'w,b>0', holds: (R, { w, b }) => all(lessThan(R, 0, w), lessThan(R, 0, b)) },
    H2: {
      says: String.raw`\gamma,\eta>0,\ \gamma|a|<1`,
      holds: (R, { gamma, gamma0, eta }) =>
        all(lessThan(R, 0, gamma), lessThan(R, 0, eta), lessThan(R, R.abs(gamma0), 1)),
    },
    H3: { says: String.raw`k\ge1`, holds: (R, { k }) => atMost(R, 1, k) },
  },
  cases: [{ w: 1, b: 1, gamma: '1/2', gamma0: '1/2', eta: '1/2', k: 1 }],
});

interface OneUnit<N> {
  readonly w: N;
  readonly b: N;
  readonly gamma: N;
  readonly gamma0: N;
  readonly eta: N;
  readonly k: N;
}

/** y = ŷ + k(1 − γa)²/(ηγ²zb), with γa = γ0 and z = w/(1 − γa). */
const farTarget = <N>(R: Arithmetic<N>, { w, b, gamma, gamma0, eta, k }: OneUnit<N>): Network<N> => {
  const room = R.sub(1, gamma0);
  const z = R.div(w, room);
  const y = R.add(R.mul(z, b), R.div(R.mul(k, R.power(room, 2)), R.mul(eta, R.power(gamma, 2), z, b)));
  return { X: [[R.of(1)]], W: [[w]], A: [[R.div(gamma0, gamma)]], gamma, b: [b], y: [y] };
};

/** After the step: features above 0, and γa ≥ 1. */
const lost = <N>(R: Reading<N>, p: OneUnit<N>, atLeast: 1 | 2 = 1): Finding => {
  const { W, A } = gradientStep(R, farTarget(R, p), p.eta);
  return all(
    part('Φ after the step', lessThan(R, 0, W[0]![0]!)),
    part('γA after the step', atMost(R, atLeast, R.mul(p.gamma, A[0]![0]!))),
  );
};

/** After Lemma 3.1. Exists. */
export const fixedGamma = exists(scalar, {
  id: 'implicit-relu/fixed-gamma-not-enough',
  where: 'Section 3, after Lemma 3.1',
  recorded: 'upheld',
  says: String.raw`\exists\,X,W,A,b,y,\gamma,\eta:\ \gamma\|A(0)\|<1,\text{ and after a step of gradient descent there is no }Z=T(Z)`,
  note: String.raw`One sample, one unit: $\varphi>0$ and $\gamma a\ge1$ after the step, where there is no fixed point (none-beyond-one). No small step
prevents it: fixed-gamma-any-step.`,
  then: (R, _none, p) => lost(R, p),
  python: [
    'assert w > 0 and b > 0 and gamma > 0 and eta > 0 and abs(gamma0) < 1 and part.startswith("γA")',
    'a, z = gamma0/gamma, w/(1 - gamma0)',
    'y = z*b + k*(1 - gamma0)**2/(eta*gamma**2*z*b)',
    'g = (z*b - y)*b/(1 - gamma0)  # the derivative of the loss by what comes to the unit',
    'assert w - eta*g > 0  # so phi > 0 after the step',
    'left, right = F(1), gamma*(a - eta*gamma*z*g)',
  ],
  mutants: {
    'for a target that is met': (R, _none, p) => {
      const network = farTarget(R, p);
      const met = { ...network, y: [R.div(R.mul(p.w, p.b), R.sub(1, p.gamma0))] };
      return atMost(R, 1, R.mul(p.gamma, gradientStep(R, met, p.eta).A[0]![0]!));
    },
  },
});

/** For every γ, start and step size. For all; attained at k = 1. */
export const anyStep = forAll(scalar, {
  id: 'implicit-relu/fixed-gamma-any-step',
  where: 'sharpens Section 3, after Lemma 3.1',
  recorded: 'upheld',
  says: String.raw`y\ge zb+\frac{(1-\gamma a)^2}{\eta\gamma^2zb},\ z=\frac{w}{1-\gamma a},\ w,b>0,\ x=1\implies\varphi>0\text{ and }\gamma a\ge1\text{ after a step}`,
  note: String.raw`So every $\gamma$ with $\gamma\|A(0)\|<1$ fails for some targets at every step size.`,
  tight: true,
  then: (R, _none, p) => lost(R, p),
  mutants: { 'γa ≥ 2': (R, _none, p) => lost(R, p, 2) },
});
