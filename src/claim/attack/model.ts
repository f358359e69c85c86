/** A model of the objective near a point, as a function of how far away from it: value + slope·d + ½ dᵀ·curvature·d. */
export interface Quadratic {
  readonly slope: readonly number[];
  readonly curvature: readonly (readonly number[])[];
}

/** A model, and the scale on which it is one: what the values were turned into before it was fitted. */
export interface Model {
  readonly quadratic: Quadratic;
  readonly scale: (value: number) => number;
}

/** Added to the diagonal of the kernel: keeps points that nearly coincide from spoiling the model. */
const RIDGE = 1e-9;
/** No closer to ±1 than this, where the ratio of the sides is infinite or 0. */
const EDGE = 1e-9;
/** Rounds of the coordinate ascent in a box. */
const ROUNDS = 300;

/**
 * Violations in [−1, 1], as they are; as the logarithm of the ratio of the sides, left/right = (1 + v)/(1 − v); and as
 * −right/left. Humps are quadratic on the second, valleys on the third.
 */
const SCALES: readonly ((violation: number) => number)[] = [
  (v) => v,
  (v) => Math.atanh(Math.min(1 - EDGE, Math.max(EDGE - 1, v))),
  (v) => -(1 - v) / Math.max(EDGE, 1 + v),
];

/**
 * The quadratic with least curvature (in the sense of Frobenius) among those that pass through the values at `away`, but
 * for a little ridge: kernel regression with the kernel 1 + x·y + ½(x·y)². On the scale on which each value is best
 * predicted from all others; values outside [−1, 1] are no violations and stay as they are. `away` should be of the
 * size of 1, the first the point itself, 0; it may hold fewer points than a quadratic has coefficients.
 */
export function fitted(away: readonly (readonly number[])[], values: readonly number[]): Model {
  const inverse = inverseOf(kernelOf(away));
  const scales = values.every((value) => Math.abs(value) <= 1) ? SCALES : SCALES.slice(0, 1);
  const fits = scales.map((scale) => {
    const scaled = values.map(scale);
    const gains = scaled.map((x) => x - scaled[0]!);
    const weights = inverse.map((row) => dot(row, gains));
    // What the model of all other points is wrong by at each point, without fitting it again.
    const wrong = weights.reduce((sum, weight, i) => sum + (weight / inverse[i]![i]!) ** 2, 0);
    const [middle, spread] = [mean(scaled), (sum: number, x: number): number => sum + (x - middle) ** 2];
    return { scale, weights, error: wrong / scaled.reduce(spread, 0) };
  });
  const { weights, scale } = fits.reduce((best, fit) => (fit.error < best.error ? fit : best));
  return { quadratic: quadraticOf(away, weights), scale };
}

function quadraticOf(away: readonly (readonly number[])[], weights: readonly number[]): Quadratic {
  const slope = away[0]!.map(() => 0);
  const curvature = slope.map(() => slope.map(() => 0));
  for (let k = 0; k < away.length; k++) {
    const point = away[k]!;
    for (let i = 0; i < point.length; i++) {
      const [weighed, row] = [weights[k]! * point[i]!, curvature[i]!];
      slope[i]! += weighed;
      for (let j = 0; j < point.length; j++) row[j]! += weighed * point[j]!;
    }
  }
  return { slope, curvature };
}

/** What the model says is gained by going `d` from the point. */
export function gainOf({ slope, curvature }: Quadratic, d: readonly number[]): number {
  return d.reduce((sum, x, k) => sum + x * (slope[k]! + dot(curvature[k]!, d) / 2), 0);
}

/**
 * Where in a box around 0 the quadratic is largest, as far as coordinate ascent sees, from 0 and from the corner that the
 * slope shows to. Along an axis on which it is flat it stays at 0.
 */
export function largestIn(quadratic: Quadratic, low: readonly number[], high: readonly number[]): readonly number[] {
  const { slope } = quadratic;
  const corner = slope.map((s, k) => (s > 0 ? high[k]! : s < 0 ? low[k]! : 0));
  const starts = [slope.map(() => 0), corner];
  const [a, b] = starts.map((start) => ascended(quadratic, low, high, start));
  return gainOf(quadratic, a!) >= gainOf(quadratic, b!) ? a! : b!;
}

function ascended(
  { slope, curvature }: Quadratic,
  low: readonly number[],
  high: readonly number[],
  start: readonly number[],
): readonly number[] {
  const d = [...start];
  for (let round = 0; round < ROUNDS; round++) {
    let moved = 0;
    for (let k = 0; k < d.length; k++) {
      const bend = curvature[k]![k]!;
      const rise = slope[k]! + dot(curvature[k]!, d) - bend * d[k]!;
      const next = largestOnLine(rise, bend, low[k]!, high[k]!) ?? d[k]!;
      moved = Math.max(moved, Math.abs(next - d[k]!));
      d[k] = next;
    }
    if (moved < 1e-6) break;
  }
  return d;
}

/** Where rise·x + ½ bend·x² is largest between `low` and `high`; `undefined` where it is flat. */
function largestOnLine(rise: number, bend: number, low: number, high: number): number | undefined {
  if (rise === 0 && bend === 0) return undefined;
  if (bend < 0) return Math.min(high, Math.max(low, -rise / bend));
  return rise * high + (bend * high ** 2) / 2 >= rise * low + (bend * low ** 2) / 2 ? high : low;
}

type Rows = readonly Float64Array[];

function kernelOf(away: readonly (readonly number[])[]): Rows {
  const kernel = away.map(() => new Float64Array(away.length));
  for (let i = 0; i < away.length; i++) {
    for (let j = 0; j <= i; j++) {
      const product = dot(away[i]!, away[j]!);
      kernel[i]![j] = kernel[j]![i] = 1 + product + product ** 2 / 2 + (i === j ? RIDGE : 0);
    }
  }
  return kernel;
}

/** The inverse of a symmetric positive definite matrix K, which is overwritten, by Cholesky's decomposition K = L·Lᵀ. */
function inverseOf(kernel: Rows): Rows {
  const size = kernel.length;
  for (let i = 0; i < size; i++) {
    const row = kernel[i]!;
    for (let j = 0; j <= i; j++) {
      const other = kernel[j]!;
      let rest = row[j]!;
      for (let k = 0; k < j; k++) rest -= row[k]! * other[k]!;
      row[j] = i === j ? Math.sqrt(Math.max(RIDGE ** 2, rest)) : rest / other[j]!;
    }
  }
  const lower = inverseOfLower(kernel);
  const inverse = kernel.map(() => new Float64Array(size));
  for (let k = 0; k < size; k++) {
    const row = lower[k]!;
    for (let i = 0; i <= k; i++) for (let j = 0; j <= i; j++) inverse[i]![j]! += row[i]! * row[j]!;
  }
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) inverse[j]![i] = inverse[i]![j]!;
  return inverse;
}

function inverseOfLower(factor: Rows): Rows {
  const inverse = factor.map(() => new Float64Array(factor.length));
  for (let i = 0; i < factor.length; i++) {
    const [row, given] = [inverse[i]!, factor[i]!];
    for (let k = 0; k < i; k++) {
      const [share, other] = [given[k]! / given[i]!, inverse[k]!];
      for (let j = 0; j <= k; j++) row[j]! -= share * other[j]!;
    }
    row[i] = 1 / given[i]!;
  }
  return inverse;
}

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}
