import type { MatrixProblem } from './interfaces';

/** The places of seeded faults in the solvers of linear networks with matrix weights. */
export interface MatrixCoefficients {
  /** Factor on the update of the first layer. */
  readonly firstLayer: number;
  /** Factor on the update of the last layer. */
  readonly lastLayer: number;
  /** Factor on the product of the layers inside the error. */
  readonly product: number;
  /** What is subtracted from Σxy: the product of the layers with Σxx, or alone, as if the inputs were isotropic. */
  readonly inputs: 'Σxx' | 'isotropic';
  /** Whether the matrices that hand the error down are read by rows, as they are stored, or by columns: transposed. */
  readonly read: 'rows' | 'columns';
  /** The layer's own place in the list of feedback matrices, counted from where it should be. */
  readonly feedbackShift: 0 | 1;
}

export const MATRIX: MatrixCoefficients = {
  firstLayer: 1,
  lastLayer: 1,
  product: 1,
  inputs: 'Σxx',
  read: 'rows',
  feedbackShift: 0,
};

/**
 * Room for one evaluation, made once a path. Matrices are stored by rows; a list holds one a layer, layers counted from 0,
 * layer l being W_{l+1}, of `widths[l + 1]`×`widths[l]`.
 */
export interface Workspace {
  /** d, h_1, …, h_{L−1}, o. */
  readonly widths: readonly number[];
  readonly xx: Float64Array;
  readonly xy: Float64Array;
  readonly weights: readonly Float64Array[];
  /** What is below each layer, and the whole network as the last: W_{[1:l]}, h_l×d, for l = 0 (the identity) to L. */
  readonly products: readonly Float64Array[];
  /** Σxy − W_{[1:L]}Σxx, o×d. */
  readonly error: Float64Array;
  /** What each layer is handed of the error, h_l×d. */
  readonly handed: readonly Float64Array[];
  readonly derivatives: readonly Float64Array[];
}

/** A workspace that holds the weights at the start. */
export function workspaceFor({ xx, xy, start }: MatrixProblem): Workspace {
  const widths = [xx.length, ...start.map((W) => W.length)];
  const products = widths.map((width) => new Float64Array(width * xx.length));
  xx.forEach((_row, i) => (products[0]![i * xx.length + i] = 1));
  return {
    widths,
    xx: Float64Array.from(xx.flat()),
    xy: Float64Array.from(xy.flat()),
    weights: start.map((W) => Float64Array.from(W.flat())),
    products,
    error: new Float64Array(xy.length * xx.length),
    handed: start.map((W) => new Float64Array(W.length * xx.length)),
    derivatives: start.map((W) => new Float64Array(W.flat().length)),
  };
}

/** C = A·B, or AᵀB (`first` transposed), or ABᵀ (`second`): after transposing, rows×inner times inner×columns. */
function multiply(
  C: Float64Array,
  A: Float64Array,
  B: Float64Array,
  rows: number,
  inner: number,
  columns: number,
  transposed: 'none' | 'first' | 'second' = 'none',
): void {
  const rowA = transposed === 'first' ? 1 : inner;
  const stepA = transposed === 'first' ? rows : 1;
  const stepB = transposed === 'second' ? 1 : columns;
  const columnB = transposed === 'second' ? inner : 1;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let total = 0;
      for (let k = 0; k < inner; k++) total += A[i * rowA + k * stepA]! * B[k * stepB + j * columnB]!;
      C[i * columns + j] = total;
    }
  }
}

/** W_{[1:l+1]} from W_{[1:l]} and the layer given. */
export function extendProduct({ widths, products }: Workspace, l: number, layer: Float64Array): void {
  multiply(products[l + 1]!, layer, products[l]!, widths[l + 1]!, widths[l]!, widths[0]!);
}

/** Writes all products of the weights, and the error. */
export function findError(w: Workspace, c: MatrixCoefficients): void {
  for (let l = 0; l < w.weights.length; l++) extendProduct(w, l, w.weights[l]!);
  const network = w.products[w.weights.length]!;
  const [inputs, outputs] = [w.widths[0]!, w.widths[w.weights.length]!];
  if (c.inputs === 'isotropic') w.error.set(network);
  else multiply(w.error, network, w.xx, outputs, inputs, inputs);
  for (let k = 0; k < w.error.length; k++) w.error[k] = w.xy[k]! - c.product * w.error[k]!;
}

/** Writes what each layer is handed of the error by feedback: M_lE, and the error itself for the last layer. */
export function handByFeedback(w: Workspace, c: MatrixCoefficients, feedback: readonly Float64Array[]): void {
  const [inputs, outputs] = [w.widths[0]!, w.widths[w.weights.length]!];
  for (let l = 0; l < feedback.length; l++) {
    multiply(
      w.handed[l]!,
      feedback[l]!,
      w.error,
      w.widths[l + 1]!,
      outputs,
      inputs,
      c.read === 'columns' ? 'first' : 'none',
    );
  }
  w.handed[feedback.length]!.set(w.error);
}

/** Writes what each layer is handed by backpropagation: W_{[l+1:L]}ᵀE, from the last layer down. */
export function handByWeights(w: Workspace, c: MatrixCoefficients): void {
  const last = w.weights.length - 1;
  w.handed[last]!.set(w.error);
  for (let l = last - 1; l >= 0; l--) {
    const [rows, inner] = [w.widths[l + 1]!, w.widths[l + 2]!];
    multiply(
      w.handed[l]!,
      w.weights[l + 1]!,
      w.handed[l + 1]!,
      rows,
      inner,
      w.widths[0]!,
      c.read === 'columns' ? 'none' : 'first',
    );
  }
}

/** Writes the derivative of layer l: what it is handed times the transpose of what is below it. */
export function findDerivative(w: Workspace, c: MatrixCoefficients, l: number): void {
  const derivative = w.derivatives[l]!;
  multiply(derivative, w.handed[l]!, w.products[l]!, w.widths[l + 1]!, w.widths[0]!, w.widths[l]!, 'second');
  const factor = (l === 0 ? c.firstLayer : 1) * (l === w.weights.length - 1 ? c.lastLayer : 1);
  if (factor !== 1) for (let k = 0; k < derivative.length; k++) derivative[k]! *= factor;
}
