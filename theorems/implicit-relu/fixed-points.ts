/**
 * Well-posedness of the forward pass (Lemma 3.1, Appendix A.1): Z⁰ = 0, Z^{l+1} = σ(γZ^lA + Φ), Φ = σ(XW), with ‖A‖ ≤ M and
 * γ0 = γM < 1. Norms of matrices of outputs are Frobenius norms, and compared by their squares: no root is left, and all is
 * rational.
 */
import { atMost, equals, lessThan } from '../../src/claim/compare';
import { exam, forAll, type Measures } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { limit } from '../../src/claim/forms/constructors';
import {
  equilibrium,
  features,
  fixedRows,
  iterates,
  transition,
  type Layer,
} from '../../src/definitions/implicit-relu';
import { frobeniusSquared, minus, zeros, type Matrix } from '../../src/numerics/matrix';
import { contracting, type Contracting } from '../../oracles/contracting-layers';
import { equalMatrices } from '../../oracles/matrices';
import { matricesAlong } from '../../oracles/matrix-path';
import { layers } from '../../generators/implicit-layers';

type Bounded<N> = Layer<N> & Contracting<N>;
type Shaped<N> = Bounded<N> & { readonly N: number; readonly m: number };

const one = { N: 1, d: 1, m: 1, X: [[1]], W: [[1]], M: 1, A: [[1]], gamma: '1/2' } as const;

const fixedPoints = exam({
  name: 'the iterates of an implicit layer',
  inside: layers,
  assuming: contracting,
  cases: [
    one,
    { ...one, W: [[-1]] },
    { ...one, A: [[-1]] },
    { N: 2, d: 1, m: 2, X: [[1], [-1]], W: [[1, 2]], M: 2, A: [[0, -2], [-2, 0]], gamma: '1/4' }, // prettier-ignore
    { N: 1, d: 1, m: 2, X: [[1]], W: [[1, -1]], M: 1, A: [[1, 0], [0, 1]], gamma: '31/32' }, // prettier-ignore
  ],
  horizon: 4,
  run: ({ implicitReLU }, layer, steps) => ({
    Z: implicitReLU.iterates({ ...layer, steps }).Z,
    limit: implicitReLU.equilibrium(layer).Z,
  }),
  defined: (R, layer, steps) => ({
    Z: iterates(R, layer, steps).flatMap((Z) => Z.flat()),
    limit: equilibrium(R, layer).flat(),
  }),
  measure: (_R, { Z, limit: rest }) => ({ Z: { values: Z }, limit: { values: rest } }),
});

/** The same by the definition alone: a solver whose outputs are too small would keep these bounds. */
const byDefinition = exam({
  name: 'the iterates of an implicit layer, by their definition',
  inside: layers,
  assuming: contracting,
  cases: fixedPoints.cases,
  horizon: fixedPoints.horizon!,
  defined: fixedPoints.defined!,
  measure: fixedPoints.measure!,
  python: [
    'def step(Z):',
    '    relu = lambda x: max(x, F(0))',
    '    phi = lambda i, j: relu(sum(X[i][k]*W[k][j] for k in range(d)))',
    '    return [[relu(gamma*sum(Z[i][k]*A[k][j] for k in range(m)) + phi(i, j)) for j in range(m)] for i in range(N)]',
    'Z = [[[F(0)]*m for _ in range(N)]]',
    'for _ in range(horizon): Z.append(step(Z[-1]))',
    'change = lambda l: sum((Z[l][i][j] - Z[l - 1][i][j])**2 for i in range(N) for j in range(m))',
  ],
});

type Paths<N> = Measures<N, 'Z' | 'limit'>;

const outputs = <N>({ Z }: Paths<N>, { N, m }: Shaped<N>): readonly Matrix<N>[] => matricesAlong(Z, N, m);
const rest = <N>({ limit: at }: Paths<N>, { N, m }: Shaped<N>): Matrix<N> => matricesAlong(at, N, m)[0]!;

/** γ0^l/(1 − γ0)·‖Φ‖, squared. */
const envelope = <N>(R: Reading<N>, p: Bounded<N>, l: number): N => {
  const gamma0 = R.mul(p.gamma, p.M);
  return R.div(R.mul(R.power(gamma0, 2 * l), squares(R, features(R, p))), R.power(R.sub(1, gamma0), 2));
};

const squares = frobeniusSquared;
const apart = <N>(R: Reading<N>, A: Matrix<N>, B: Matrix<N>): N => squares(R, minus(R, A, B));

/** Z is a fixed point, and every row of one is that of Z. */
const theOnly = <N>(R: Reading<N>, p: Layer<N>, Z: Matrix<N>): Finding => {
  const others = fixedRows(R, p).flatMap((rows, i) => rows.map((z) => equalMatrices(R, [Z[i]!], [z])));
  return all(part('Z = σ(γZA + Φ)', equalMatrices(R, transition(R, p, Z), Z)), part('no other', all(...others)));
};

/** What the iterates are. For all; a claim of ours, so that a solver's answer for it. */
export const transitions = forAll(fixedPoints, {
  id: 'implicit-relu/iterates-step',
  where: '(1); a claim of ours',
  recorded: 'upheld',
  says: String.raw`Z^0=0,\ Z^{\ell+1}=\sigma(\gamma Z^\ell A+\Phi)`,
  then: (R, path, p) => {
    const [first, ...later] = outputs(path, p);
    const next = later.map((Z, l) => equalMatrices(R, Z, transition(R, p, l === 0 ? first! : later[l - 1]!), { at: l + 1 })); // prettier-ignore
    return all(equalMatrices(R, first!, zeros(R, p.N, p.m), { at: 0 }), ...next);
  },
});

/** Lemma 3.1. A limit, with the envelope of A.1. */
export const wellPosed = limit(fixedPoints, {
  id: 'implicit-relu/lem-3.1-exist',
  where: 'Lemma 3.1',
  recorded: 'upheld',
  says: String.raw`\|A\|\le M,\ \gamma_0=\gamma M<1\implies Z=\sigma(\gamma ZA+\Phi)\text{ has exactly one solution, and }Z^\ell\to Z`,
  note: String.raw`All fixed points are found: row by row, each of the $2^m$ sets of units that may be active leaves linear equations. That $Z^\ell\to Z$ follows
from $\|Z^\ell-Z\|_F\le\gamma_0^\ell\|\Phi\|_F/(1-\gamma_0)$, checked at every $\ell$. The lemma holds for every real $\Phi$, of either sign.`,
  then: (R, path, p) => {
    const Z = rest(path, p);
    const near = outputs(path, p).map((Zl, l) => atMost(R, apart(R, Zl, Z), envelope(R, p, l), l));
    return all(theOnly(R, p, Z), part('‖Z^l − Z‖²', all(...near)));
  },
});

/** Lemma 3.1, of the iterates. For all. */
export const boundOfIterates = forAll(byDefinition, {
  id: 'implicit-relu/lem-3.1-bound-iterates',
  where: 'Lemma 3.1',
  recorded: 'upheld',
  says: String.raw`\|Z^\ell\|_F\le\frac1{1-\gamma_0}\|\Phi\|_F\ \text{for all }\ell`,
  note: String.raw`For $A=MI$, $\|Z^\ell\|_F=(1-\gamma_0^\ell)\|\Phi\|_F/(1-\gamma_0)$: no smaller constant does for all $\ell$.`,
  then: (R, path, p) => all(...outputs(path, p).map((Z, l) => atMost(R, squares(R, Z), envelope(R, p, 0), l))),
  mutants: {
    '1 for 1/(1 − γ0)': (R, path, p) =>
      all(...outputs(path, p).map((Z, l) => atMost(R, squares(R, Z), squares(R, features(R, p)), l))),
  },
});

/** Lemma 3.1, of the fixed point. For all; attained at A = MI. */
export const boundOfLimit = forAll(byDefinition, {
  id: 'implicit-relu/lem-3.1-bound-limit',
  where: 'Lemma 3.1',
  recorded: 'upheld',
  says: String.raw`\|Z\|_F\le\frac1{1-\gamma_0}\|\Phi\|_F`,
  note: 'Equality for A = MI.',
  then: (R, path, p) => atMost(R, squares(R, rest(path, p)), envelope(R, p, 0)),
});

/** The first display as printed, strict. For all. */
export const changesStrictly = forAll(byDefinition, {
  id: 'implicit-relu/a1-display',
  where: 'Appendix A.1, first display, last line',
  recorded: 'refuted',
  corrected: ['implicit-relu/a1-display-at-most'],
  says: String.raw`\|Z^{\ell+1}-Z^\ell\|_F<\gamma_0\|Z^\ell-Z^{\ell-1}\|_F`,
  note: String.raw`Both sides are equal where $Z^\ell=Z^{\ell-1}$, as without an active feature, or from some $\ell$ on where $A$ is strictly triangular, and, for
$A=MI$, at every $\ell$. Nothing depends on it: what follows is stated with $\le$.`,
  then: (R, path, p) => changes(R, outputs(path, p), p, lessThan),
  python: ['left, right = change(at), (gamma*M)**2*change(at - 1)'],
});

/** With ≤. For all; attained at A = MI. */
export const changes31 = forAll(byDefinition, {
  id: 'implicit-relu/a1-display-at-most',
  where: 'corrects Appendix A.1, first display',
  recorded: 'upheld',
  says: String.raw`\|Z^{\ell+1}-Z^\ell\|_F\le\gamma_0\|Z^\ell-Z^{\ell-1}\|_F`,
  then: (R, path, p) => changes(R, outputs(path, p), p, atMost),
});

/** ‖Z^{l+1} − Z^l‖² against γ0²‖Z^l − Z^{l−1}‖², at the step l + 1. */
function changes<N>(
  R: Reading<N>,
  Z: readonly Matrix<N>[],
  { gamma, M }: Bounded<N>,
  relation: typeof atMost,
): Finding {
  const gain = R.power(R.mul(gamma, M), 2);
  const found = Z.slice(2).map((next, k) =>
    relation(R, apart(R, next, Z[k + 1]!), R.mul(gain, apart(R, Z[k + 1]!, Z[k]!)), k + 2),
  );
  // Of a path that is cut before there is anything to compare, that nothing differs from nothing.
  return found.length > 0 ? all(...found) : equals(R, 0, 0);
}

/** What is left after many steps. For all; attained at A = MI. */
export const geometric = forAll(byDefinition, {
  id: 'implicit-relu/a1-geometric',
  where: 'Appendix A.1',
  recorded: 'upheld',
  says: String.raw`\|Z^{\ell+1}-Z^\ell\|_F\le\gamma_0^\ell\|\Phi\|_F`,
  note: 'Equality for A = MI, and at ℓ = 0, where Z¹ = Φ.',
  then: (R, path, p) => shrinking(R, outputs(path, p), p, 0),
  mutants: { 'γ0^{l+1} for γ0^l': (R, path, p) => shrinking(R, outputs(path, p), p, 1) },
});

function shrinking<N>(R: Reading<N>, Z: readonly Matrix<N>[], p: Bounded<N>, more: number): Finding {
  const first = squares(R, features(R, p));
  const gamma0 = R.mul(p.gamma, p.M);
  const found = Z.slice(1).map((next, l) =>
    atMost(R, apart(R, next, Z[l]!), R.mul(R.power(gamma0, 2 * (l + more)), first), l + 1),
  );
  return found.length > 0 ? all(...found) : equals(R, 0, 0);
}

/** Iterates and the limit from one of them. For all. */
export const cauchy = forAll(fixedPoints, {
  id: 'implicit-relu/a1-cauchy',
  where: 'Appendix A.1',
  recorded: 'upheld',
  says: String.raw`p\le q\implies\|Z^p-Z^q\|_F\le\frac{\gamma_0^p}{1-\gamma_0}\|\Phi\|_F,\quad \|Z^\ell-Z\|_F\le\frac{\gamma_0^\ell}{1-\gamma_0}\|\Phi\|_F`,
  note: 'Attained by the limit at A = MI; by p and q nearly so, for q far from p.',
  then: (R, path, p) => {
    const Z = outputs(path, p);
    const pairs = Z.flatMap((A, k) => Z.slice(k).map((B) => atMost(R, apart(R, A, B), envelope(R, p, k), k)));
    const toLimit = Z.map((A, l) => atMost(R, apart(R, A, rest(path, p)), envelope(R, p, l), l));
    return all(part('p ≤ q', all(...pairs)), part('from the limit', all(...toLimit)));
  },
  mutants: {
    'without 1/(1 − γ0)': (R, path, p) => {
      const factor = R.power(R.sub(1, R.mul(p.gamma, p.M)), 2);
      return all(
        ...outputs(path, p).map((A, l) => atMost(R, apart(R, A, rest(path, p)), R.mul(factor, envelope(R, p, l)), l)),
      );
    },
  },
});
