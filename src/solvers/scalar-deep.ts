import { integrate } from '../numerics/dop853';
import type { VectorField } from '../numerics/ode';
import type { DeepFeedbackProblem, LayersPath, Steps, Times } from './interfaces';

/**
 * The places of seeded faults in the solvers of the deep scalar linear network; multiplying by an exact 1 changes no bit.
 */
export interface DeepCoefficients {
  /** Factor on the update of the first layer. */
  readonly firstLayer: number;
  /** Factor on the update of the last layer. */
  readonly lastLayer: number;
  /** Factor on the product inside the error. */
  readonly product: number;
  /** The layer's own place in the list of feedback weights, counted from where it should be. */
  readonly feedbackShift: 0 | 1;
}

export const DEEP: DeepCoefficients = { firstLayer: 1, lastLayer: 1, product: 1, feedbackShift: 0 };

/** How the lower layers enter the midpoint scheme's update. */
export interface HalfStep {
  /** Weight of the new weights in the mean. */
  readonly newWeight: number;
  /** What the mean is taken of: every lower layer, or their product. */
  readonly meanOf: 'layers' | 'product';
}

export const HALF_STEP: HalfStep = { newWeight: 0.5, meanOf: 'layers' };

/** Local tolerance of the integrator, relative to each weight; the global error stays below 1e-9 of its largest size. */
const TOLERANCE = 1e-12;

/** The feedback weight of every layer with its factor, the last one's being 1. */
function slopes(c: DeepCoefficients, d: readonly number[], layers: number): Float64Array {
  const all = Float64Array.from({ length: layers }, (_, l) => d[l + c.feedbackShift] ?? 1);
  all[0]! *= c.firstLayer;
  all[layers - 1]! *= c.lastLayer;
  return all;
}

function productOf(weights: ArrayLike<number>): number {
  let product = 1;
  for (let l = 0; l < weights.length; l++) product *= weights[l]!;
  return product;
}

/** The feedback-alignment flow (10), (77)–(81) by DOP853, at the times asked for. */
export function deepFlow(c: DeepCoefficients): (problem: DeepFeedbackProblem & Times) => LayersPath {
  return ({ lambda, d, start, times }) => {
    const slope = slopes(c, d, start.length);
    const field: VectorField = (_time, state, derivative) => {
      let update = lambda - c.product * productOf(state);
      for (let l = 0; l < slope.length; l++) {
        derivative[l] = slope[l]! * update;
        update *= state[l]!;
      }
    };
    const size = Math.max(...start.map(Math.abs)) || reachOf(lambda, d);
    const options = { relativeTolerance: TOLERANCE, absoluteTolerance: TOLERANCE * 1e-3 * size };
    return { layers: integrate(field, start, times, options).states };
  };
}

/** The size of the first layer at the solution from zero weights, where the start itself says nothing about sizes. */
function reachOf(lambda: number, d: readonly number[]): number {
  let [constant, product] = [1, 1];
  for (let l = 1; l <= d.length; l++) {
    constant = ((d[l] ?? 1) / d[0]!) * (product / 2 ** l);
    product *= constant;
  }
  return Math.abs(lambda / product) ** (1 / (2 ** (d.length + 1) - 1)) || 1;
}

/**
 * The midpoint scheme (128)–(132). Returns `steps + 1` points of every layer. Diverging step sizes give infinities and
 * NaN, not errors.
 */
export function deepMidpoint(
  c: DeepCoefficients,
  { newWeight, meanOf }: HalfStep,
): (problem: DeepFeedbackProblem & Steps) => LayersPath {
  return ({ lambda, d, start, eta, steps }) => {
    const slope = slopes(c, d, start.length);
    const layers = start.map((weight) => new Float64Array(steps + 1).fill(weight, 0, 1));
    const weights = Float64Array.from(start);
    for (let t = 1; t <= steps; t++) {
      const step = eta * (lambda - c.product * productOf(weights));
      let [means, before, after] = [1, 1, 1];
      for (let l = 0; l < slope.length; l++) {
        const old = weights[l]!;
        const lower = meanOf === 'layers' ? means : before + newWeight * (after - before);
        const next = old + slope[l]! * lower * step;
        means *= old + newWeight * (next - old);
        before *= old;
        after *= next;
        weights[l] = next;
        layers[l]![t] = next;
      }
    }
    return { layers };
  };
}
