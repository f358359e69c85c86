/**
 * What Lemma 3.2 and the implicit function theorem behind it (Section 3, Appendix A.2) come to where a unit is on its kink:
 * where an entry of XW or of γZA + Φ is 0, which neither excludes. A derivative is that of the definition to one side: the
 * loss, or the fixed point, on a line of weights just right of where it starts, by germs.
 */
import { equals } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { equilibrium, residual, unitInputs, type Network } from '../../src/definitions/implicit-relu';
import { lossSlope, networkOnLine, reversed, type Directions } from '../../src/definitions/implicit-relu-lines';
import { germs } from '../../src/numerics/germ';
import { matrixDerivative } from '../../src/numerics/jet';
import { dot, matVec, plus, scale, transpose, type Matrix } from '../../src/numerics/matrix';
import { contracting, offKinks } from '../../oracles/contracting-layers';
import { equalMatrices } from '../../oracles/matrices';
import { movingCases, movingNetworks, networksOnKinks } from '../../generators/implicit-layers';

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

/** The derivative of the fixed point to one side. */
const speedOf = <N>(R: Reading<N>, network: Network<N>, along: Directions<N>): Matrix<N> => {
  const J = germs(R);
  return matrixDerivative(J, equilibrium(J, networkOnLine(network, along)));
};

const back = <N>(R: Reading<N>, along: Directions<N>): Directions<N> => reversed(along, (x) => R.neg(x));

/** The loss has one derivative along a line, forwards and backwards. */
const lossToBothSides = <N>(R: Reading<N>, network: Network<N>, along: Directions<N>): Finding =>
  equals(R, lossSlope(R, network, along), R.neg(lossSlope(R, network, back(R, along))));

/** The same of the fixed point. */
const fixedPointToBothSides = <N>(R: Reading<N>, network: Network<N>, along: Directions<N>): Finding =>
  equalMatrices(R, speedOf(R, network, along), scale(R, -1, speedOf(R, network, back(R, along))));

/** One-sided derivatives of Z, row by row, by the sets of active units: along 1 or −1 times dA, or dW. */
const ONE_SIDED = [
  'def solve(B, c):',
  '    T = [row + [x] for row, x in zip(B, c)]',
  '    for k in range(len(c)):',
  '        p = next(i for i in range(k, len(c)) if T[i][k] != 0)',
  '        T[k], T[p] = T[p], T[k]',
  '        T[k] = [x / T[k][k] for x in T[k]]',
  '        T = [row if i == k else [x - row[k]*y for x, y in zip(row, T[k])] for i, row in enumerate(T)]',
  '    return [row[-1] for row in T]',
  'def rest(phi, fixed):  # z_j is u_j, 0 or max(u_j, 0) where fixed[j] is 1, 0 or None; u = gamma z A + phi',
  '    for code in range(2**m):',
  '        on = [(code >> j) % 2 if fixed[j] is None else fixed[j] for j in range(m)]',
  '        B = [[F(int(k == j)) - on[j]*gamma*A[k][j] for k in range(m)] for j in range(m)]',
  '        z = solve(B, [on[j]*phi[j] for j in range(m)])',
  '        u = [gamma*sum(z[k]*A[k][j] for k in range(m)) + phi[j] for j in range(m)]',
  '        if all(fixed[j] is not None or (u[j] >= 0 if on[j] else u[j] <= 0) for j in range(m)): return z, u',
  'side = lambda x: 1 if x > 0 else 0 if x < 0 else None',
  'grown = lambda x, dx: dx if x > 0 else F(0) if x < 0 else max(dx, F(0))  # of max(x, 0)',
  'times = lambda x, B: [sum(a*B[k][j] for k, a in enumerate(x)) for j in range(m)]',
  'Z = [rest([max(a, F(0)) for a in times(x, W)], [None]*m) for x in X]',
  'def moved(by, sign):  # the derivative of Z to the side of sign*dA or sign*dW',
  '    rows = []',
  '    for x, (z, u) in zip(X, Z):',
  "        add = [gamma*a for a in times(z, dA)] if by == 'A' else times(x, dW)",
  '        add = [sign*a for a in add]',
  "        if by == 'W': add = [grown(a, da) for a, da in zip(times(x, W), add)]",
  '        rows.append(rest(add, [side(a) for a in u])[0])',
  '    return rows',
  'inner = lambda a, c: sum(p*q for p, q in zip(a, c))',
  'slope = lambda by, sign: sum((inner(z, b) - t)*inner(dz, b) for (z, _), dz, t in zip(Z, moved(by, sign), y))',
];

/** (8) as printed: no kinks excluded. For all. */
export const byA = forAll(anywhere, {
  id: 'implicit-relu/grad-A',
  where: 'Lemma 3.2 (8)',
  recorded: 'refuted',
  corrected: ['implicit-relu/grad-A-off-kinks'],
  says: String.raw`\|A\|\le M,\ \gamma M<1\implies\operatorname{vec}\frac{\partial L}{\partial A}=\gamma[D(I_m\otimes Z)]^\top Q^{-\top}(b^\top\otimes I_N)^\top(\hat y-y)`,
  note: String.raw`Where an entry of $\gamma ZA+\Phi$ is 0, $L$ need not have a derivative by $A$: those to both sides differ, whatever $\sigma'(0)$ is taken
to be. That is no rare place: for $A=cI$, as the paper starts (Sections 5.1 and 7), $\gamma ZA+\Phi$ is 0 wherever $XW$ is negative
(kink-init), and from the first step on $b\ne0$; and for every $A$ it is 0 in all units of a sample none of whose features is active.`,
  then: (R, _none, p) => lossToBothSides(R, p, { dA: p.dA }),
  python: [...ONE_SIDED, "left, right = slope('A', 1), -slope('A', -1)"],
});

/** (7) with no kinks excluded. For all. */
export const byW = forAll(anywhere, {
  id: 'implicit-relu/grad-W-printed',
  where: 'Lemma 3.2 (7), on kinks',
  recorded: 'refuted',
  corrected: ['implicit-relu/grad-W'],
  says: String.raw`\|A\|\le M,\ \gamma M<1\implies\operatorname{vec}\frac{\partial L}{\partial W}=[DE(I_m\otimes X)]^\top Q^{-\top}(b^\top\otimes I_N)^\top(\hat y-y)`,
  note: String.raw`As (8): where an entry of $XW$ is 0, $L$ need not have a derivative by $W$.`,
  then: (R, _none, p) => lossToBothSides(R, p, { dW: p.dW }),
  python: [...ONE_SIDED, "left, right = slope('W', 1), -slope('W', -1)"],
});

/** (9) on kinks too. For all, an identity. */
export const byB = forAll(anywhere, {
  id: 'implicit-relu/grad-b-on-kinks',
  where: 'Lemma 3.2 (9), on kinks',
  recorded: 'upheld',
  says: String.raw`\frac{\partial L}{\partial b}=Z^\top(\hat y-y)\ \text{with entries of }XW\text{ or }\gamma ZA+\Phi\text{ that are }0`,
  note: 'In the direction of the targets, one for each unit, or as many as there are.',
  then: (R, _none, p) => {
    const db = p.b.map((x, j) => p.y[j] ?? x);
    const Z = equilibrium(R, p);
    return equals(R, lossSlope(R, p, { db }), dot(R, matVec(R, transpose(Z), residual(R, p, Z)), db));
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
  then: (R, _none, p) =>
    all(
      part('by A', fixedPointToBothSides(R, p, { dA: p.dA })),
      part('by W', fixedPointToBothSides(R, p, { dW: p.dW })),
    ),
  python: [
    ...ONE_SIDED,
    'i, j = [int(word[0]) for word in part.split("[")[1:]]',
    'left, right = moved(part[3], 1)[i][j], -moved(part[3], -1)[i][j]',
  ],
});

/** Where it does apply. For all. */
export const implicitFunctionOffKinks = forAll(
  exam({
    name: 'an implicit network, off kinks',
    inside: movingNetworks,
    assuming: {
      ...contracting,
      H3: offKinks(unitInputs),
    },
    cases: [movingCases[1]],
  }),
  {
    id: 'implicit-relu/ift-off-kinks',
    where: 'corrects Section 3, Appendix A.2',
    recorded: 'upheld',
    says: String.raw`(XW)_{ij}\ne0,\ (\gamma ZA+\Phi)_{ij}\ne0\implies Z\text{ is a differentiable function of }A\text{ and }W\text{ there}`,
    note: 'Derivatives to both sides along a line agree, and along two lines at once they add up.',
    then: (R, _none, p) => {
      const both = { dA: p.dA, dW: p.dW };
      const sum = plus(R, speedOf(R, p, { dA: p.dA }), speedOf(R, p, { dW: p.dW }));
      return all(
        part('to both sides', fixedPointToBothSides(R, p, both)),
        part('sum', equalMatrices(R, speedOf(R, p, both), sum)),
      );
    },
    mutants: {
      'only by A': (R, _none, p) =>
        equalMatrices(R, speedOf(R, p, { dA: p.dA, dW: p.dW }), speedOf(R, p, { dA: p.dA })),
    },
  },
);
