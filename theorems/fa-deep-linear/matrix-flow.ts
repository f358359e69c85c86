/**
 * The feedback-alignment flow with matrix weights (Section 2 (3) and (6)): diagonal weights stay diagonal and decouple into
 * scalar systems, at any point and along paths of about two of the fastest time constants.
 */
import { exam, forAll, type Series } from '../../src/claim/exam';
import { all, part } from '../../src/claim/finding';
import { timesUpTo } from '../../src/definitions/flow';
import { fastestRate, feedbackField, feedbackFlow } from '../../src/definitions/matrix-linear';
import {
  feedbackAlignmentField,
  feedbackAlignmentFlow,
  type FeedbackStart,
} from '../../src/definitions/scalar-two-layer';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { doubles } from '../../src/numerics/doubles';
import { diagonal, identity } from '../../src/numerics/matrix';
import { equalMatrices } from '../../oracles/matrices';
import { matricesAlong } from '../../oracles/matrix-path';
import { flowOfDiagonalLayers } from '../../generators/linear-network-paths';
import { twoDiagonalLayers } from '../../generators/linear-networks';

/** Diagonal moments, isotropic inputs, and diagonal layers at any point. */
const atPoint = exam({
  name: 'two diagonal layers with isotropic inputs at any point',
  inside: twoDiagonalLayers,
  assuming: {},
  cases: [
    { d: 3, o: 2, h: 1, s: [1, 1, 1], lxy: [1, 1, 1], D: [1, 2], a: [1], b: [2] },
    { d: 1, o: 3, h: 2, s: [1], lxy: [2], D: [1, 1, 1], a: [1, 5], b: [2, 4] },
    { d: 1, o: 1, h: 3, s: [1], lxy: [2], D: [1], a: [1, 5, 2], b: [2, 4, 3] },
  ],
});

/** The derivatives of diagonal layers are diagonal: (6) for i ≤ k, zero beyond. For all, an identity. */
export const decoupling = forAll(atPoint, {
  id: 'fa-deep-linear/decoupling-6',
  where: 'Section 2 (6)',
  recorded: 'upheld',
  says: String.raw`W_1,W_2,D,\Lambda_{xy}\text{ diagonal (rectangular)}\implies\dot W_1,\dot W_2\text{ diagonal: }
\dot\theta_1^i=d^i(\lambda^i-\theta_2^i\theta_1^i),\ \dot\theta_2^i=(\lambda^i-\theta_2^i\theta_1^i)\theta_1^i\ (i\le k=\min(d,h,o)),\ 0\ (i>k)`,
  note: String.raw`At any diagonal point, so that the flow cannot leave them. Isotropic inputs. Along a path: decoupling-6-flow.`,
  then: (R, _none, { d, h, o, lxy, D, a, b }) => {
    const moments = { xx: identity(R, d), xy: diagonal(R, lxy, o, d) };
    const [W1, W2] = [diagonal(R, a, h, d), diagonal(R, b, o, h)];
    const [first, second] = feedbackField(R, moments, [diagonal(R, D, h, o)], [W1, W2]);
    const scalar = Array.from({ length: Math.min(d, h, o) }, (_, i) =>
      feedbackAlignmentField(R, { lambda: lxy[i]!, d: D[i]! }, [a[i]!, b[i]!]),
    );
    return all(
      part('layer 1', equalMatrices(R, first!, diagonal(R, scalar.map(([x]) => x), h, d))), // prettier-ignore
      part('layer 2', equalMatrices(R, second!, diagonal(R, scalar.map(([, y]) => y), o, h))), // prettier-ignore
    );
  },
  mutants: {
    'the entry beyond k of the second layer moves with its signal': (R, _none, { d, h, o, lxy, D, a, b }) => {
      const moments = { xx: identity(R, d), xy: diagonal(R, lxy, o, d) };
      const [, second] = feedbackField(
        R,
        moments,
        [diagonal(R, D, h, o)],
        [diagonal(R, a, h, d), diagonal(R, b, o, h)],
      );
      const all3 = a.map((x, i) => R.mul(R.sub(lxy[i] ?? 1, R.mul(b[i]!, x)), x));
      return equalMatrices(R, second!, diagonal(R, all3, o, h));
    },
  },
});

interface Diagonals<N> {
  readonly d: number;
  readonly h: number;
  readonly o: number;
  readonly lxy: readonly N[];
  readonly D: readonly N[];
  readonly a: readonly N[];
  readonly b: readonly N[];
}

/** Moments, feedback matrix and start. */
const matricesOf = <N>(R: Arithmetic<N>, { d, h, o, lxy, D, a, b }: Diagonals<N>) => ({
  moments: { xx: identity(R, d), xy: diagonal(R, lxy, o, d) },
  M: diagonal(R, D, h, o),
  start: [diagonal(R, a, h, d), diagonal(R, b, o, h)],
});

/** The scalar systems of the first k diagonal entries, point by point: entry i at point t is number t·k + i. */
const scalarPaths = <N>(
  { d, h, o, lxy, D, a, b }: Diagonals<N>,
  flow: (start: FeedbackStart<N>) => { readonly w1: ArrayLike<N>; readonly w2: ArrayLike<N> },
): { readonly theta1: readonly N[]; readonly theta2: readonly N[] } => {
  const paths = Array.from({ length: Math.min(d, h, o) }, (_, i) =>
    flow({ lambda: lxy[i]!, d: D[i]!, w1: a[i]!, w2: b[i]! }),
  );
  const pointByPoint = (of: 'w1' | 'w2'): readonly N[] =>
    Array.from(paths[0]![of], (_, t) => paths.map((path) => path[of][t]!)).flat();
  return { theta1: pointByPoint('w1'), theta2: pointByPoint('w2') };
};

/** Diagonal layers along the flow, and the scalar systems of their first k entries beside it. */
const diagonalFlow = exam({
  name: 'feedback-alignment flow of two diagonal layers',
  inside: flowOfDiagonalLayers,
  assuming: {},
  cases: [
    { d: 2, h: 2, o: 2, lxy: [2, 1], D: [1, '1/2'], a: [0, 1], b: [0, -1] },
    { d: 1, h: 2, o: 2, lxy: [1], D: [2, 1], a: [1, 2], b: [1, 2] },
  ],
  horizon: 6,
  flow: true,
  run: ({ matrixFA, scalarFA }, p, points) => {
    const { moments, M, start } = matricesOf(doubles, p);
    const times = timesUpTo(2 / fastestRate(doubles, moments, M, start), points);
    const { layers } = matrixFA.flow({ ...moments, feedback: [M], start, times });
    return { w1: layers[0]!, w2: layers[1]!, ...scalarPaths(p, (from) => scalarFA.flow({ ...from, times })) };
  },
  defined: (R, p, points) => {
    const { moments, M, start } = matricesOf(R, p);
    const times = timesUpTo(2 / fastestRate(R, moments, M, start), points);
    const { w1, w2 } = feedbackFlow(R, moments, [M], start, times);
    return { w1: w1!, w2: w2!, ...scalarPaths(p, (from) => feedbackAlignmentFlow(R, from, times)) };
  },
  measure: (_R, { w1, w2, theta1, theta2 }) => ({
    w1: { values: w1 },
    w2: { values: w2 },
    theta1: { values: theta1 },
    theta2: { values: theta2 },
  }),
});

/** Diagonal layers stay diagonal along the flow, and follow the scalar systems. For all, an identity. */
export const decouplingFlow = forAll(diagonalFlow, {
  id: 'fa-deep-linear/decoupling-6-flow',
  where: 'Section 2 (6), along the flow',
  recorded: 'upheld',
  says: String.raw`W_1(0),W_2(0),D,\Lambda_{xy}\text{ diagonal}\implies W_1(t),W_2(t)\text{ diagonal, }(W_l(t))_{ii}=\theta_l^i(t)\ (i\le k)
\text{ of (6), constant }(i>k)`,
  then: (R, { w1, w2, theta1, theta2 }, { d, h, o, a, b }) => {
    const k = Math.min(d, h, o);
    const expected = (theta: Series<(typeof a)[0]>, start: typeof a, t: number) => [
      ...Array.from({ length: k }, (_, i) => theta.values[t * k + i]!),
      ...start.slice(k),
    ];
    const first = matricesAlong(w1, h, d).map((W, t) =>
      part('layer 1', equalMatrices(R, W, diagonal(R, expected(theta1, a, t), h, d), { at: t })),
    );
    const second = matricesAlong(w2, o, h).map((W, t) =>
      part('layer 2', equalMatrices(R, W, diagonal(R, expected(theta2, b, t), o, h), { at: t })),
    );
    return all(...first, ...second);
  },
});
