/**
 * The discrete schemes with matrix weights (Sections 5.1 and 5.2), step by step on the paths of solver and definition:
 * forward Euler (18)–(19) and the midpoint scheme (24)–(25) for two layers with isotropic inputs, their diagonal entries
 * (22)–(23) and (26)–(27).
 */
import { exam, forAll, type Measures, type Path } from '../../src/claim/exam';
import { all, part, type Finding } from '../../src/claim/finding';
import {
  eulerStep,
  feedbackField,
  iterate,
  midpointStep,
  pathsOf,
  type Layers,
  type Moments,
} from '../../src/definitions/matrix-linear';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { doubles } from '../../src/numerics/doubles';
import { diagonal, identity, matMul, minus, plus, scale, transpose, type Matrix } from '../../src/numerics/matrix';
import type { MatrixFeedbackProblem, Solvers, Steps } from '../../src/solvers/interfaces';
import { equalMatrices } from '../../oracles/matrices';
import { everyStep, matricesAlong } from '../../oracles/matrix-path';
import { schemeForDiagonalLayers, schemeForTwoLayers } from '../../generators/linear-network-paths';

type Schemes = 'euler1' | 'euler2' | 'midpoint1' | 'midpoint2';

/** Both schemes by the solver. */
const bySolver = ({ matrixFA }: Solvers, problem: MatrixFeedbackProblem & Steps): Path<number, Schemes> => {
  const [euler, midpoint] = [matrixFA.euler(problem), matrixFA.midpoint(problem)];
  return {
    euler1: euler.layers[0]!,
    euler2: euler.layers[1]!,
    midpoint1: midpoint.layers[0]!,
    midpoint2: midpoint.layers[1]!,
  };
};

interface Scheme<N> {
  readonly moments: Moments<N>;
  readonly M: Matrix<N>;
  readonly start: Layers<N>;
  readonly eta: N;
}

/** Both schemes by the definition. */
const byDefinition = <N>(R: Arithmetic<N>, { moments, M, start, eta }: Scheme<N>, steps: number): Path<N, Schemes> => {
  const euler = pathsOf(iterate(start, steps, (W) => eulerStep(R, eta, W, feedbackField(R, moments, [M], W))));
  const midpoint = pathsOf(iterate(start, steps, (W) => midpointStep(R, moments, [M], eta, W)));
  return { euler1: euler.w1!, euler2: euler.w2!, midpoint1: midpoint.w1!, midpoint2: midpoint.w2! };
};

const series = <N>(path: Path<N, Schemes>): Measures<N, Schemes> => ({
  euler1: { values: path.euler1 },
  euler2: { values: path.euler2 },
  midpoint1: { values: path.midpoint1 },
  midpoint2: { values: path.midpoint2 },
});

interface Shape {
  readonly d: number;
  readonly h: number;
  readonly o: number;
}

/** What is found at every step of a scheme: the weights before and after it. */
const eachStep = <N>(
  { d, h, o }: Shape,
  path: Measures<N, Schemes>,
  scheme: 'euler' | 'midpoint',
  found: (before: Layers<N>, after: Layers<N>, at: number) => Finding,
): Finding => {
  const first = matricesAlong(path[`${scheme}1`], h, d);
  const second = matricesAlong(path[`${scheme}2`], o, h);
  return part(scheme, everyStep(first.map((W1, t) => [W1, second[t]!]), found)); // prettier-ignore
};

/** Two layers, any shapes and entries. */
const anyLayers = exam({
  name: 'Euler and midpoint schemes of two layers',
  inside: schemeForTwoLayers,
  assuming: {},
  cases: [
    { d: 1, h: 1, o: 1, Sxy: [[1]], M: [[1]], W1: [[1]], W2: [[0]], eta: '1/2' },
    {
      ...{ d: 2, h: 2, o: 1, Sxy: [[1, 2]], M: [[1], [-1]] },
      ...{ W1: [[1, 0], [2, 1]], W2: [[1, 1]], eta: '1/4' }, // prettier-ignore
    },
  ],
  horizon: 3,
  run: (solvers, { d, Sxy, M, W1, W2, eta }, steps) =>
    bySolver(solvers, { xx: identity(doubles, d), xy: Sxy, feedback: [M], start: [W1, W2], eta, steps }),
  defined: (R, { d, Sxy, M, W1, W2, eta }, steps) =>
    byDefinition(R, { moments: { xx: identity(R, d), xy: Sxy }, M, start: [W1, W2], eta }, steps),
  measure: (_R, path) => series(path),
  python: [
    'mul = lambda A, B: [[sum(a*b for a, b in zip(row, col)) for col in zip(*B)] for row in A]',
    'T = lambda A: [list(column) for column in zip(*A)]',
    'moved = lambda A, c, B: [[a + c*b for a, b in zip(r, q)] for r, q in zip(A, B)]',
    'half = F(1, 2) if part.startswith("midpoint") else F(0)',
    'V1, V2 = [W1], [W2]',
    'for t in range(horizon):',
    '    E = moved(Sxy, -1, mul(V2[t], V1[t]))',
    '    step = mul(M, E)',
    '    V1.append(moved(V1[t], eta, step))',
    '    V2.append(moved(V2[t], eta, mul(E, T(moved(V1[t], half*eta, step)))))',
  ],
});

/** Σxy − W2W1. */
const errorOf = <N>(R: Arithmetic<N>, Sxy: Matrix<N>, [W1, W2]: Layers<N>): Matrix<N> =>
  minus(R, Sxy, matMul(R, W2!, W1!));

/** A + η·B. */
const moved = <N>(R: Arithmetic<N>, A: Matrix<N>, eta: N, B: Matrix<N>): Matrix<N> => plus(R, A, scale(R, eta, B));

/** The updates of the second layer as printed. For all. */
export const secondLayerPrinted = forAll(anyLayers, {
  id: 'fa-deep-linear/eq-19-25',
  where: '(19), (25)',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/eq-19-25-old'],
  says: String.raw`W_2^{(t+1)}=W_2^{(t+1)}+\eta\,(\Sigma_{xy}-W_2^{(t)}W_1^{(t)})W_1^{(t)\top},\quad\text{and so in (25) with } W_1^{(t+1/2)}`,
  note: String.raw`The superscript on the right should be $(t)$, as in (21) and (23). As printed the update would have to vanish.`,
  then: (R, path, p) =>
    all(
      ...(['euler', 'midpoint'] as const).map((scheme) =>
        eachStep(p, path, scheme, (before, after, at) => {
          const W1 = scheme === 'euler' ? before[0]! : scale(R, '1/2', plus(R, before[0]!, after[0]!));
          const update = matMul(R, errorOf(R, p.Sxy, before), transpose(W1));
          return equalMatrices(R, after[1]!, moved(R, after[1]!, p.eta, update), { at });
        }),
      ),
    ),
  python: [
    'i, j = [int(word[0]) for word in part.split("[")[1:]]',
    't = at - 1',
    'E = moved(Sxy, -1, mul(V2[t], V1[t]))',
    'mean = moved(V1[t], half*eta, mul(M, E))',
    'left, right = V2[at][i][j], moved(V2[at], eta, mul(E, T(mean)))[i][j]',
  ],
});

/** One step of either scheme, from the weights before it. For all, an identity. */
export const secondLayerOld = forAll(anyLayers, {
  id: 'fa-deep-linear/eq-19-25-old',
  where: 'corrects (19), (25); with (18), (24)',
  recorded: 'upheld',
  says: String.raw`W_1^{(t+1)}=W_1^{(t)}+\eta ME^{(t)},\ W_2^{(t+1)}=W_2^{(t)}+\eta E^{(t)}\bar W_1^\top,\ E=\Sigma_{xy}-W_2W_1,\
\bar W_1=W_1^{(t)}\text{ (Euler), }\tfrac12(W_1^{(t)}+W_1^{(t+1)})\text{ (midpoint)}`,
  then: (R, path, p) =>
    all(
      ...(['euler', 'midpoint'] as const).map((scheme) =>
        eachStep(p, path, scheme, (before, after, at) => {
          const error = errorOf(R, p.Sxy, before);
          const W1 = scheme === 'euler' ? before[0]! : scale(R, '1/2', plus(R, before[0]!, after[0]!));
          return all(
            part('layer 1', equalMatrices(R, after[0]!, moved(R, before[0]!, p.eta, matMul(R, p.M, error)), { at })),
            part(
              'layer 2',
              equalMatrices(R, after[1]!, moved(R, before[1]!, p.eta, matMul(R, error, transpose(W1))), { at }),
            ),
          );
        }),
      ),
    ),
});

/** Diagonal layers and feedback. */
const diagonalLayers = exam({
  name: 'Euler and midpoint schemes of two diagonal layers',
  inside: schemeForDiagonalLayers,
  assuming: {},
  cases: [
    { d: 2, h: 2, o: 2, lxy: [2, 1], D: [1, '1/2'], a: [0, 0], b: [0, 0], eta: '1/4' },
    { d: 1, h: 3, o: 2, lxy: [1], D: [2, 1], a: [1, 2, 1], b: [1, 3, -1], eta: '1/8' },
  ],
  horizon: 3,
  run: (solvers, { d, h, o, lxy, D, a, b, eta }, steps) =>
    bySolver(solvers, {
      ...{ xx: identity(doubles, d), xy: diagonal(doubles, lxy, o, d), feedback: [diagonal(doubles, D, h, o)] },
      ...{ start: [diagonal(doubles, a, h, d), diagonal(doubles, b, o, h)], eta, steps },
    }),
  defined: (R, { d, h, o, lxy, D, a, b, eta }, steps) =>
    byDefinition(
      R,
      {
        moments: { xx: identity(R, d), xy: diagonal(R, lxy, o, d) },
        M: diagonal(R, D, h, o),
        start: [diagonal(R, a, h, d), diagonal(R, b, o, h)],
        eta,
      },
      steps,
    ),
  measure: (_R, path) => series(path),
});

/** Diagonal layers stay diagonal, and their entries follow the scalar schemes. For all, an identity. */
export const schemesDecouple = forAll(diagonalLayers, {
  id: 'fa-deep-linear/decoupling-22-27',
  where: 'Section 5.1 (22)-(23), Section 5.2 (26)-(27)',
  recorded: 'upheld',
  says: String.raw`W_1^{(0)},W_2^{(0)}\text{ diagonal}\implies\text{they stay so, } \theta_1^{i}\leftarrow\theta_1^{i}+\eta d^i(\lambda^i-\theta_2^i\theta_1^i),\
\theta_2^i\leftarrow\theta_2^i+\eta(\lambda^i-\theta_2^i\theta_1^i)\bar\theta_1^i\ (i\le k),\text{ the others constant}`,
  note: String.raw`$k=\min(d,h,o)$; $\bar\theta_1$ is $\theta_1^{(t)}$ for Euler and the mean of old and new for the midpoint scheme.`,
  then: (R, path, p) =>
    all(
      ...(['euler', 'midpoint'] as const).map((scheme) =>
        eachStep(p, path, scheme, ([W1, W2], [V1, V2], at) => {
          const k = Math.min(p.d, p.h, p.o);
          const entry = (A: Matrix<typeof p.eta>, i: number) => A[i]?.[i] ?? R.of(0);
          const next = Array.from({ length: p.h }, (_, i) => {
            const [x, y] = [entry(W1!, i), entry(W2!, i)];
            if (i >= k) return [x, y] as const;
            const step = R.mul(p.eta, R.sub(p.lxy[i]!, R.mul(y, x)));
            const first = R.add(x, R.mul(p.D[i]!, step));
            const mean = scheme === 'euler' ? x : R.div(R.add(x, first), 2);
            return [first, R.add(y, R.mul(step, mean))] as const;
          });
          return all(
            part('layer 1', equalMatrices(R, V1!, diagonal(R, next.map(([x]) => x), p.h, p.d), { at })), // prettier-ignore
            part('layer 2', equalMatrices(R, V2!, diagonal(R, next.map(([, y]) => y), p.o, p.h), { at })), // prettier-ignore
          );
        }),
      ),
    ),
});
