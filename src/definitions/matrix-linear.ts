import type { Arithmetic } from '../numerics/arithmetic';
import { identity, matMul, minus, plus, scale, shapeOf, transpose, type Matrix } from '../numerics/matrix';
import { flowPath, nearest } from './flow';

/**
 * The linear network of L layers with matrix weights, ŷ = W_L⋯W_1x, as the paper on deep linear networks defines it, over
 * any kind of number. Layers are counted from the input; lists hold the first layer first. W_l is h_l×h_{l−1} with
 * h_0 = d inputs and h_L = o outputs. Short and literal on purpose: these lines are what a theorem is judged by.
 */

/** Second moments of inputs and targets: xx = E[xxᵀ], d×d, and xy = E[yxᵀ], o×d. */
export interface Moments<N> {
  readonly xx: Matrix<N>;
  readonly xy: Matrix<N>;
}

/** Weights or derivatives of all layers, the first layer first. */
export type Layers<N> = readonly Matrix<N>[];

/** W_{[1:l]} = W_l⋯W_1, h_l×d; for no layers the identity of the d inputs. */
export function productOf<N>(R: Arithmetic<N>, layers: Layers<N>, inputs: number): Matrix<N> {
  const [first, ...others] = layers;
  return first ? others.reduce((product, W) => matMul(R, W, product), first) : identity(R, inputs);
}

/** Σxy − W_{[1:L]}Σxx, o×d: minus the derivative of the loss by the product of the layers. */
export function residual<N>(R: Arithmetic<N>, { xx, xy }: Moments<N>, weights: Layers<N>): Matrix<N> {
  return minus(R, xy, matMul(R, productOf(R, weights, xx.length), xx));
}

/** ½E‖y − ŷ‖² − ½E‖y‖², which depends on the second moments alone: ½ tr(PΣxxPᵀ) − tr(ΣxyPᵀ) with P = W_{[1:L]}. */
export function lossAboveZero<N>(R: Arithmetic<N>, moments: Moments<N>, weights: Layers<N>): N {
  const P = productOf(R, weights, moments.xx.length);
  const quadratic = inner(R, matMul(R, P, moments.xx), P);
  return R.sub(R.div(quadratic, 2), inner(R, moments.xy, P));
}

/** tr(AᵀB), the sum of the products of entries. */
export function inner<N>(R: Arithmetic<N>, A: Matrix<N>, B: Matrix<N>): N {
  return R.add(...A.flatMap((row, i) => row.map((a, j) => R.mul(a, B[i]![j]!))));
}

/**
 * The feedback-alignment flow (8): W_l' = M_l(Σxy − W_{[1:L]}Σxx)W_{[1:l−1]}ᵀ with M_L = I. `feedback` holds M_1, …,
 * M_{L−1}, h_l×o.
 */
export function feedbackField<N>(
  R: Arithmetic<N>,
  moments: Moments<N>,
  feedback: Layers<N>,
  weights: Layers<N>,
): Layers<N> {
  const error = residual(R, moments, weights);
  return weights.map((_W, l) => {
    const through = feedback[l] ? matMul(R, feedback[l], error) : error;
    return l === 0 ? through : matMul(R, through, transpose(productOf(R, weights.slice(0, l), moments.xx.length)));
  });
}

/** The gradient flow of the loss: as {@link feedbackField} with M_l = W_{[l+1:L]}ᵀ. */
export function gradientField<N>(R: Arithmetic<N>, moments: Moments<N>, weights: Layers<N>): Layers<N> {
  const above = weights.slice(1).map((_W, l) => transpose(productOf(R, weights.slice(l + 1), shapeOf(weights[l]!)[0])));
  return feedbackField(R, moments, above, weights);
}

/** Forward Euler, (18)–(19) and for more layers alike: every layer moves by η times `field` at the old weights. */
export function eulerStep<N>(R: Arithmetic<N>, eta: N, weights: Layers<N>, field: Layers<N>): Layers<N> {
  return weights.map((W, l) => plus(R, W, scale(R, eta, field[l]!)));
}

/**
 * The midpoint scheme (24)–(25), for more layers as (28): the layers below enter the update of a layer by the means of
 * their old and new weights, one mean a layer; the error is that of the old weights.
 */
export function midpointStep<N>(
  R: Arithmetic<N>,
  moments: Moments<N>,
  feedback: Layers<N>,
  eta: N,
  weights: Layers<N>,
): Layers<N> {
  const error = residual(R, moments, weights);
  const next: Matrix<N>[] = [];
  let means = identity(R, moments.xx.length);
  weights.forEach((W, l) => {
    const through = feedback[l] ? matMul(R, feedback[l], error) : error;
    next.push(plus(R, W, scale(R, eta, matMul(R, through, transpose(means)))));
    means = matMul(R, scale(R, '1/2', plus(R, W, next[l]!)), means);
  });
  return next;
}

/** The weights at the start and after each of `steps` steps. */
export function iterate<N>(
  start: Layers<N>,
  steps: number,
  step: (weights: Layers<N>) => Layers<N>,
): readonly Layers<N>[] {
  const path = [start];
  for (let t = 0; t < steps; t++) path.push(step(path[t]!));
  return path;
}

/** Paths by the names w1, w2, … of their layers: every entry of a layer, row by row, at one time after the other. */
export type LayerPaths<N> = Readonly<Record<`w${number}`, readonly N[]>>;

/** The weights along a path as an exam wants them: entry k of a layer of `size` entries after t steps is at t·size + k. */
export function pathsOf<N>(path: readonly Layers<N>[]): LayerPaths<N> {
  return Object.fromEntries(path[0]!.map((_W, l) => [`w${l + 1}`, path.flatMap((weights) => weights[l]!.flat())]));
}

/** The feedback-alignment flow from `start` at `times`, confirmed by two integrators (see {@link flowPath}). */
export function feedbackFlow<N>(
  R: Arithmetic<N>,
  moments: Moments<N>,
  feedback: Layers<N>,
  start: Layers<N>,
  times: ArrayLike<number>,
): LayerPaths<N> {
  const [near, matrices] = [nearestMoments(R, moments), feedback.map((M) => nearestMatrix(R, M))];
  return matrixFlow(R, (D, weights) => feedbackField(D, near, matrices, weights), start, times);
}

/** The gradient flow from `start` at `times`, confirmed by two integrators. */
export function gradientFlow<N>(
  R: Arithmetic<N>,
  moments: Moments<N>,
  start: Layers<N>,
  times: ArrayLike<number>,
): LayerPaths<N> {
  const near = nearestMoments(R, moments);
  return matrixFlow(R, (D, weights) => gradientField(D, near, weights), start, times);
}

type Field = (R: Arithmetic<number>, weights: Layers<number>) => Layers<number>;

function matrixFlow<N>(R: Arithmetic<N>, field: Field, start: Layers<N>, times: ArrayLike<number>): LayerPaths<N> {
  const shapes = start.map(shapeOf);
  const components = flowPath(R, (D, state) => entriesOf(field(D, layersOf(state, shapes))), entriesOf(start), times);
  const at = (t: number): readonly N[] => components.map((component) => component[t]!);
  return pathsOf(Array.from(times, (_time, t) => layersOf(at(t), shapes)));
}

/** All entries, row by row, one matrix after the other. */
function entriesOf<N>(matrices: Layers<N>): readonly N[] {
  const entries: N[] = [];
  for (const W of matrices) for (const row of W) entries.push(...row);
  return entries;
}

/** The matrices of these shapes that a list of all their entries holds: the way back from {@link entriesOf}. */
function layersOf<N>(entries: readonly N[], shapes: readonly (readonly [number, number])[]): Layers<N> {
  let next = 0;
  return shapes.map(([rows, columns]) => {
    const W: (readonly N[])[] = [];
    for (let i = 0; i < rows; i++) W.push(entries.slice(next, (next += columns)));
    return W;
  });
}

const nearestMoments = <N>(R: Arithmetic<N>, { xx, xy }: Moments<N>): Moments<number> => ({
  xx: nearestMatrix(R, xx),
  xy: nearestMatrix(R, xy),
});

/** The doubles nearest the entries: what an integrator is handed. */
const nearestMatrix = <N>(R: Arithmetic<N>, A: Matrix<N>): Matrix<number> =>
  A.map((row) => row.map((x) => nearest(R, x)));

/**
 * About how fast two layers move one another at the start, from the largest entries of all matrices, in doubles: a flow
 * followed for a few times the inverse has moved, and takes few steps. The same for a solver and for the definition.
 */
export function fastestRate<N>(R: Arithmetic<N>, moments: Moments<N>, M: Matrix<N>, [W1, W2]: Layers<N>): number {
  const size = (A: Matrix<N>): number => Math.max(...nearestMatrix(R, A).flat().map(Math.abs));
  const [inputs, feedback] = [size(moments.xx), size(M)];
  return inputs * (feedback * size(W2!) + size(W1!) ** 2) + (feedback * size(moments.xy)) ** (2 / 3);
}
