/**
 * Lemma 4.3: how far the fixed points of two layers on the same samples are apart, and the lines of its proof (Appendix A.5) for
 * the iterates Z^l. ‖W_a‖, ‖W_b‖ ≤ λ1 and ‖A_a‖, ‖A_b‖ ≤ λ2, the maxima themselves among them; γ0 = γλ2 < 1 and λ2 > 0, as (16)
 * divides by it. γ0/λ2 = γ.
 */
import { atMost } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { equilibrium, features, iterates, type Layer } from '../../src/definitions/implicit-relu';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { frobeniusSquared, matMul, minus, plus, scale, transpose, type Matrix } from '../../src/numerics/matrix';
import { frobenius, operatorNorm, symmetricEigenvalues } from '../../src/numerics/eigenvalues';
import { contractingUpToLambda2 } from '../../oracles/contracting-layers';
import { equalMatrices, normAtMost } from '../../oracles/matrices';
import { layerPairs } from '../../generators/implicit-relu-points';

interface Pair<N> {
  readonly l: number;
  readonly X: Matrix<N>;
  readonly Wa: Matrix<N>;
  readonly Wb: Matrix<N>;
  readonly Aa: Matrix<N>;
  readonly Ab: Matrix<N>;
  readonly lambda1: N;
  readonly lambda2: N;
  readonly gamma: N;
}

const bothAtMost = <N>(R: Reading<N>, A: Matrix<N>, B: Matrix<N>, s: N): Finding =>
  all(normAtMost(R, A, s), normAtMost(R, B, s));

const pairs = exam({
  name: 'two implicit ReLU layers on the same samples',
  inside: layerPairs,
  assuming: {
    H1: {
      says: String.raw`\|W_a\|,\|W_b\|\le\lambda_1`,
      holds: (R, { Wa, Wb, lambda1 }) => bothAtMost(R, Wa, Wb, lambda1),
    },
    H2: {
      says: String.raw`\|A_a\|,\|A_b\|\le\lambda_2`,
      holds: (R, { Aa, Ab, lambda2 }) => bothAtMost(R, Aa, Ab, lambda2),
    },
    H3: contractingUpToLambda2,
  },
  cases: [
    { ...{ N: 1, d: 1, m: 1, l: 1, X: [[1]], Wa: [[2]], Wb: [[1]], Aa: [[1]], Ab: [[1]] }, lambda1: 2, lambda2: 1, gamma: '1/2' }, // prettier-ignore
    { ...{ N: 1, d: 1, m: 1, l: 3, X: [[1]], Wa: [[1]], Wb: [[1]], Aa: [[1]], Ab: [['15/16']] }, lambda1: 1, lambda2: 1, gamma: '1/2' }, // prettier-ignore
    {
      ...{ N: 1, d: 1, m: 2, l: 1, X: [[1]], Wa: [[3, 4]], Wb: [[3, 4]], Aa: [[1, 0], [0, 1]], Ab: [[0, 0], [0, 0]] }, // prettier-ignore
      ...{ lambda1: 5, lambda2: 1, gamma: '1/2' },
    },
  ],
});

/** In plain Python, for one sample: the features and Z^l of a layer. */
const pythonIterates = [
  'assert N == 1',
  'def features(W):',
  '    return [max(sum(X[0][k]*W[k][j] for k in range(d)), F(0)) for j in range(m)]',
  'def iterate(W, A):',
  '    z = [F(0)]*m',
  '    for _ in range(l):',
  '        z = [max(gamma*sum(z[k]*A[k][j] for k in range(m)) + phi, F(0)) for j, phi in enumerate(features(W))]',
  '    return z',
  'squares = lambda x: sum(entry*entry for entry in x)',
];

const layersOf = <N>({ X, Wa, Wb, Aa, Ab, gamma }: Pair<N>): readonly [Layer<N>, Layer<N>] => [
  { X, W: Wa, A: Aa, gamma },
  { X, W: Wb, A: Ab, gamma },
];

/** ‖A − B‖_F; 0 where no entry differs. */
const apart = <N>(R: Arithmetic<N>, A: Matrix<N>, B: Matrix<N>): N => frobenius(R, minus(R, A, B));

const roomOf = <N>(R: Arithmetic<N>, { gamma, lambda2 }: Pair<N>): N => R.sub(1, R.mul(gamma, lambda2));

/** ‖X‖_F(γλ1/(1 − γ0)^times·‖A_a − A_b‖ + share·‖W_a − W_b‖): the constant C of A.5 for once and 1. */
function stepBound<N>(R: Arithmetic<N>, p: Pair<N>, times = 1, share = 1): N {
  const [A, W] = [operatorNorm(R, minus(R, p.Aa, p.Ab)), operatorNorm(R, minus(R, p.Wa, p.Wb))];
  const factor = R.div(R.mul(p.gamma, p.lambda1), R.power(roomOf(R, p), times));
  return R.mul(frobenius(R, p.X), R.add(R.mul(factor, A), R.mul(share, W)));
}

/** Lemma 4.3. For all. */
export const lemma43 = forAll(pairs, {
  id: 'implicit-relu/lem-4.3',
  where: 'Lemma 4.3, (16)',
  recorded: 'upheld',
  says: String.raw`\|Z_a-Z_b\|\le\frac{\|X\|_F}{1-\gamma_0}\Big[\frac{\gamma_0}{1-\gamma_0}\frac{\lambda_1}{\lambda_2}\|A_a-A_b\|+\|W_a-W_b\|\Big]`,
  note: String.raw`Shown for $\|Z_a-Z_b\|_F$, which is no less. At $A_a=A_b=0$ the formula divides $\gamma_0=0$ by $\lambda_2=0$; with $\gamma$ for
$\gamma_0/\lambda_2$ it has a value there too.`,
  then: (R, _none, p) => fixedPointsWithin(R, p, stepBound(R, p)),
  mutants: {
    'the room 1 − γ0 once for A': (R, _none, p) => fixedPointsWithin(R, p, stepBound(R, p, 0)),
    'half of the part of W': (R, _none, p) => fixedPointsWithin(R, p, stepBound(R, p, 1, 1 / 2)),
  },
});

function fixedPointsWithin<N>(R: Reading<N>, p: Pair<N>, step: N): Finding {
  const [Za, Zb] = layersOf(p).map((layer) => equilibrium(R, layer));
  // Equal layers: nothing is left to compare but the fixed points themselves.
  if (R.sign(step) === 0) return equalMatrices(R, Za!, Zb!);
  return atMost(R, apart(R, Za!, Zb!), R.div(step, roomOf(R, p)));
}

/** Z^l and Z^{l+1} of both layers, and their features. */
function iteratesOf<N>(R: Arithmetic<N>, p: Pair<N>) {
  const layers = layersOf(p);
  const [a, b] = layers.map((layer) => iterates(R, layer, p.l + 1));
  const [Fa, Fb] = layers.map((layer) => features(R, layer));
  return { Za: a![p.l]!, Zb: b![p.l]!, next: [a![p.l + 1]!, b![p.l + 1]!] as const, Fa: Fa!, Fb: Fb! };
}

/** γ‖ZA − Z'B‖_F. */
const fedBack = <N>(R: Arithmetic<N>, p: Pair<N>, Z: Matrix<N>, A: Matrix<N>, other: Matrix<N>, B: Matrix<N>): N =>
  R.mul(p.gamma, apart(R, matMul(R, Z, A), matMul(R, other, B)));

/** The third line of A.5, as printed. */
function thirdLine<N>(R: Arithmetic<N>, p: Pair<N>): N {
  const { Za, Zb, Fa, Fb } = iteratesOf(R, p);
  return R.add(fedBack(R, p, Za, p.Aa, Zb, p.Ab), fedBack(R, p, Za, p.Ab, Zb, p.Ab), apart(R, Fa, Fb));
}

/** The fourth line of A.5. */
function fourthLine<N>(R: Arithmetic<N>, p: Pair<N>): N {
  const { Za, Zb, Fa, Fb } = iteratesOf(R, p);
  const first = R.mul(p.gamma, operatorNorm(R, Za), apart(R, p.Aa, p.Ab));
  return R.add(first, R.mul(p.gamma, apart(R, Za, Zb), operatorNorm(R, p.Ab)), apart(R, Fa, Fb));
}

/** The third line of A.5 bounds the first. For all. */
export const thirdLineBounds = forAll(pairs, {
  id: 'implicit-relu/a5-split',
  where: 'Appendix A.5, third line',
  recorded: 'upheld',
  says: String.raw`\|Z_a^{\ell+1}-Z_b^{\ell+1}\|_F\le\|\gamma Z_a^\ell A_a+\Phi_a-\gamma Z_b^\ell A_b-\Phi_b\|_F\le
\gamma\|Z_a^\ell A_a-Z_b^\ell A_b\|_F+\gamma\|Z_a^\ell A_b-Z_b^\ell A_b\|_F+\|\Phi_a-\Phi_b\|_F`,
  note: String.raw`Without its middle term it holds already. Meant is $Z_a^\ell A_a-Z_a^\ell A_b$ in the first: what comes of it in the fourth line is
a5-fourth-line.`,
  then: (R, _none, p) => {
    const { Za, Zb, next, Fa, Fb } = iteratesOf(R, p);
    const [left, right] = [plus(R, scale(R, p.gamma, matMul(R, Za, p.Aa)), Fa), plus(R, scale(R, p.gamma, matMul(R, Zb, p.Ab)), Fb)]; // prettier-ignore
    const second = apart(R, left, right);
    return all(
      part('rectified', atMost(R, apart(R, ...next), second)),
      part('split', atMost(R, second, thirdLine(R, p))),
    );
  },
});

/** The fourth line of A.5 bounds the third as printed. For all. */
export const fourthLineAsPrinted = forAll(pairs, {
  id: 'implicit-relu/a5-fourth-line',
  where: 'Appendix A.5, third and fourth line',
  recorded: 'refuted',
  corrected: ['implicit-relu/a5-fourth-line-shared'],
  says: String.raw`\gamma\|Z_a^\ell A_a-Z_b^\ell A_b\|_F+\gamma\|Z_a^\ell A_b-Z_b^\ell A_b\|_F\le
\gamma\|Z_a^\ell\|\|A_a-A_b\|_F+\gamma\|Z_a^\ell-Z_b^\ell\|_F\|A_b\|`,
  note: String.raw`For $A_a=A_b$ the left side counts twice what the right counts once. $\|\Phi_a-\Phi_b\|_F$ is added to both.`,
  then: (R, _none, p) => atMost(R, thirdLine(R, p), fourthLine(R, p)),
  python: [
    '# one sample, input and unit, and one iteration: Z = max(XW, 0), and norms are moduli',
    'assert N == d == m == l == 1',
    'Za, Zb = max(X[0][0]*Wa[0][0], F(0)), max(X[0][0]*Wb[0][0], F(0))',
    'a, b = Aa[0][0], Ab[0][0]',
    'left = gamma*abs(Za*a - Zb*b) + gamma*abs(Za*b - Zb*b) + abs(Za - Zb)',
    'right = gamma*abs(Za)*abs(a - b) + gamma*abs(Za - Zb)*abs(b) + abs(Za - Zb)',
  ],
});

/** The fourth line with Z_aA_b in common. For all. */
export const fourthLineShared = forAll(pairs, {
  id: 'implicit-relu/a5-fourth-line-shared',
  where: 'corrects Appendix A.5, third line',
  recorded: 'upheld',
  says: String.raw`\|\gamma Z_a^\ell A_a-\gamma Z_b^\ell A_b\|_F\le\gamma\|Z_a^\ell A_a-Z_a^\ell A_b\|_F+\gamma\|Z_a^\ell A_b-Z_b^\ell A_b\|_F
\le\gamma\|Z_a^\ell\|\|A_a-A_b\|_F+\gamma\|Z_a^\ell-Z_b^\ell\|_F\|A_b\|`,
  note: String.raw`$\|\Phi_a-\Phi_b\|_F$ is added to all three.`,
  then: (R, _none, p) => {
    const { Za, Zb, Fa, Fb } = iteratesOf(R, p);
    const features = apart(R, Fa, Fb);
    const middle = R.add(fedBack(R, p, Za, p.Aa, Za, p.Ab), fedBack(R, p, Za, p.Ab, Zb, p.Ab), features);
    return all(
      part('split', atMost(R, R.add(fedBack(R, p, Za, p.Aa, Zb, p.Ab), features), middle)),
      part('norms', atMost(R, middle, fourthLine(R, p))),
    );
  },
});

/** ‖A‖₂². */
const operatorNormSquared = <N>(R: Arithmetic<N>, A: Matrix<N>): N =>
  symmetricEigenvalues(R, A.length === 1 ? matMul(R, A, transpose(A)) : matMul(R, transpose(A), A)).greatest;

type SquaredNorm = <N>(R: Arithmetic<N>, A: Matrix<N>) => N;

/** γ‖Z_a^l‖ times a norm of A_a − A_b against γ/(1 − γ0)‖Φ_a‖_F‖A_a − A_b‖; in squares. */
function firstTerm<N>(R: Reading<N>, p: Pair<N>, ofZ: SquaredNorm, ofA: SquaredNorm, room = roomOf(R, p)): Finding {
  const { Za, Fa } = iteratesOf(R, p);
  const change = minus(R, p.Aa, p.Ab);
  const factor = R.power(R.div(p.gamma, room), 2);
  const left = R.mul(R.power(p.gamma, 2), ofZ(R, Za), ofA(R, change));
  return atMost(R, left, R.mul(factor, frobeniusSquared(R, Fa), operatorNormSquared(R, change)));
}

/** γ times a norm of Z_a^l − Z_b^l and one of A_b against γ0 and the former; in squares. */
function secondTerm<N>(R: Reading<N>, p: Pair<N>, ofZ: SquaredNorm, ofA: SquaredNorm): Finding {
  const { Za, Zb } = iteratesOf(R, p);
  const moved = R.mul(R.power(p.gamma, 2), ofZ(R, minus(R, Za, Zb)));
  return atMost(R, R.mul(moved, ofA(R, p.Ab)), R.mul(moved, R.power(p.lambda2, 2)));
}

/** The bound of the first term as printed. For all. */
export const firstTermAsPrinted = forAll(pairs, {
  id: 'implicit-relu/a5-second-term',
  where: 'Appendix A.5, after the fourth line',
  recorded: 'refuted',
  corrected: ['implicit-relu/a5-second-term-frobenius'],
  says: String.raw`\gamma\|Z_a^\ell\|\|A_a-A_b\|_F\le\gamma\frac1{1-\gamma_0}\|\Phi_a\|_F\|A_a-A_b\|`,
  note: String.raw`The Frobenius norm of $A_a-A_b$ on the left, its operator norm on the right. With one sample $\|Z_a^\ell\|=\|Z_a^\ell\|_F$, and for
$A_a-A_b=cI$ of two rows the left is $\sqrt2$ times what it may be.`,
  then: (R, _none, p) => firstTerm(R, p, operatorNormSquared, frobeniusSquared),
  python: [
    ...pythonIterates,
    'B = [[a - b for a, b in zip(*rows)] for rows in zip(Aa, Ab)]',
    'G = [[sum(x*y for x, y in zip(row, other)) for other in B] for row in B]',
    'from math import isqrt',
    'def root(q): p, s = isqrt(q.numerator), isqrt(q.denominator); assert F(p, s)**2 == q; return F(p, s)',
    'assert m <= 2',
    'trace, det = sum(G[i][i] for i in range(m)), G[0][0]*G[1][1] - G[0][1]*G[1][0] if m == 2 else F(0)',
    'norm = (trace + root(trace*trace - 4*det))/2  # the square of the norm of B: the larger eigenvalue of G',
    'left = gamma**2*squares(iterate(Wa, Aa))*sum(squares(row) for row in B)  # squared',
    'right = (gamma/(1 - gamma*lambda2))**2*squares(features(Wa))*norm',
  ],
});

/** The bound of the first term with the norms exchanged. For all. */
export const firstTermFrobenius = forAll(pairs, {
  id: 'implicit-relu/a5-second-term-frobenius',
  where: 'corrects Appendix A.5, after the fourth line',
  recorded: 'upheld',
  says: String.raw`\gamma\|Z_a^\ell\|_F\|A_a-A_b\|\le\gamma\frac1{1-\gamma_0}\|\Phi_a\|_F\|A_a-A_b\|`,
  note: String.raw`All that the proof needs, as $\|Z_a^\ell(A_a-A_b)\|_F\le\|Z_a^\ell\|_F\|A_a-A_b\|$.`,
  then: (R, _none, p) => firstTerm(R, p, frobeniusSquared, operatorNormSquared),
  mutants: {
    'without the room 1 − γ0': (R, _none, p) => firstTerm(R, p, frobeniusSquared, operatorNormSquared, R.of(1)),
  },
});

/** The bound of the second term as printed. For all. */
export const secondTermAsPrinted = forAll(pairs, {
  id: 'implicit-relu/a5-A-b-term',
  where: 'Appendix A.5, "the second term"',
  recorded: 'refuted',
  corrected: ['implicit-relu/a5-A-b-term-operator'],
  says: String.raw`\gamma\|Z_a^\ell-Z_b^\ell\|\|A_b\|_F\le\gamma_0\|Z_a^\ell-Z_b^\ell\|`,
  note: String.raw`Since $\|A_b\|\le\lambda_2$, it says; $\|A_b\|_F$ may be $\sqrt m$ times that. In the fourth line the norms stand the other way round.`,
  then: (R, _none, p) => secondTerm(R, p, operatorNormSquared, frobeniusSquared),
  python: [
    ...pythonIterates,
    'moved = gamma**2*squares([x - y for x, y in zip(iterate(Wa, Aa), iterate(Wb, Ab))])',
    'left, right = moved*sum(squares(row) for row in Ab), moved*lambda2**2  # squared',
  ],
});

/** The bound of the second term as it stands in the fourth line. For all. */
export const secondTermOperator = forAll(pairs, {
  id: 'implicit-relu/a5-A-b-term-operator',
  where: 'corrects Appendix A.5, "the second term"',
  recorded: 'upheld',
  says: String.raw`\gamma\|Z_a^\ell-Z_b^\ell\|_F\|A_b\|\le\gamma_0\|Z_a^\ell-Z_b^\ell\|_F`,
  then: (R, _none, p) => secondTerm(R, p, frobeniusSquared, operatorNormSquared),
});

/** The recursion of A.5, and the features. For all. */
export const recursion = forAll(pairs, {
  id: 'implicit-relu/a5-recursion',
  where: 'Appendix A.5',
  recorded: 'upheld',
  says: String.raw`\|Z_a^{\ell+1}-Z_b^{\ell+1}\|_F\le\gamma_0\|Z_a^\ell-Z_b^\ell\|_F+C,\quad
C=\frac{\gamma_0}{1-\gamma_0}\frac{\lambda_1}{\lambda_2}\|X\|_F\|A_a-A_b\|+\|X\|_F\|W_a-W_b\|`,
  then: (R, _none, p) => recursionWithin(R, p, stepBound(R, p)),
  mutants: {
    'without the room 1 − γ0': (R, _none, p) => recursionWithin(R, p, stepBound(R, p, 0)),
    'half of the part of W': (R, _none, p) => recursionWithin(R, p, stepBound(R, p, 1, 1 / 2)),
  },
});

function recursionWithin<N>(R: Reading<N>, p: Pair<N>, step: N): Finding {
  const { Za, Zb, next } = iteratesOf(R, p);
  return atMost(R, apart(R, ...next), R.add(R.mul(p.gamma, p.lambda2, apart(R, Za, Zb)), step));
}
