/**
 * What is timed: properties of the peer (Hypothesis over NumPy and SciPy) by its names, the same ranges, the same steps and
 * sample times, the same checks with the same tolerances at every step. Instances are drawn as the engine draws them and
 * run through the solvers that the claims look at. Our flow solvers work at a tolerance of 1e-12, the peer at 1e-9 relative
 * and 1e-12 absolute. Those of matrices are in factorization-workloads.ts, that of implicit
 * networks in implicit-workload.ts.
 */
import { uniform } from '../generators/coordinates';
import { geometric, product } from '../oracles/series';
import type { Reading } from '../src/claim/finding';
import { drawPoints } from '../src/claim/draw';
import { space, type Fields, type Over, type Space } from '../src/claim/space';
import { doubles } from '../src/numerics/doubles';
import { referenceSolvers } from '../src/solvers/reference';
import { FACTORIZATION } from './factorization-workloads';
import { implicitBound } from './implicit-workload';
import type { Workload } from './workload';

const STEPS = 1000;
const SAMPLES = 101;
const TIME_CONSTANTS = 12;

const R: Reading<number> = { ...doubles, resolution: 2 ** -64, tiesByScale: false };
const { scalarFA } = referenceSolvers;

function workload<F extends Fields>(
  name: string,
  cases: number,
  inside: Space<F>,
  holds: (instance: Over<number, F>) => boolean,
): Workload {
  const run = (count: number, seed: number): void => {
    for (const point of drawPoints(inside.dimension, count, seed)) {
      const instance = inside.decode(point);
      if (!holds(inside.over(doubles, instance))) throw new Error(`${name} fails at ${JSON.stringify(instance)}`);
    }
  };
  return { name, cases, run };
}

const signalAndFeedback = space().with('lambda', uniform(0.1, 10)).with('d', uniform(0.1, 10));

/** 1000 midpoint steps from zero weights, the bound of Theorem 22 checked at every step. */
const midpointRate = workload(
  'midpoint-rate',
  5000,
  signalAndFeedback.with('share', uniform(0.01, 0.99)),
  ({ lambda, d, share }) => {
    const r2 = (2 * d * lambda) ** (2 / 3);
    const eta = (share * 2) / (3 * r2);
    const ratio = 1 - (eta / 2) * r2;
    const { w1, w2 } = scalarFA.midpoint({ lambda, d, eta, steps: STEPS, w1: 0, w2: 0 });
    const bound = geometric(R, 3 * lambda, ratio)(STEPS + 1, 0);
    return errorWithin(w1, w2, lambda, bound);
  },
);

/** Looks at every step with the peer's tolerances. */
function errorWithin(w1: ArrayLike<number>, w2: ArrayLike<number>, lambda: number, bound: ArrayLike<number>): boolean {
  const slack = 1e-12 * lambda;
  for (let t = 0; t <= STEPS; t++) {
    if (!(Math.abs(w1[t]! * w2[t]! - lambda) <= bound[t]! * (1 + 1e-9) + slack)) return false;
  }
  return true;
}

/** The flow from the aligned start for twelve time constants: the product is monotone and ends at the signal. */
const scalarFlow = workload(
  'scalar-flow',
  1500,
  signalAndFeedback.with('theta0', uniform(-5, 5)),
  ({ lambda, d, theta0 }) => {
    const r2 = (2 * d * lambda) ** (2 / 3);
    const end = TIME_CONSTANTS / (1.5 * r2);
    const times = Float64Array.from({ length: SAMPLES }, (_, k) => (end * k) / (SAMPLES - 1));
    const { w1, w2 } = scalarFA.flow({ lambda, d, w1: theta0, w2: theta0 ** 2 / (2 * d), times });
    const p = product(R, { values: w1 }, { values: w2 });
    const last = p.values[SAMPLES - 1]!;
    if (!(Math.abs(last - lambda) < 1e-3 * (1 + lambda + Math.abs(theta0) ** 3))) return false;
    return monotone(p.values);
  },
);

/** Up or down all the way, within the peer's tolerance. */
function monotone(values: ArrayLike<number>): boolean {
  let largest = 0;
  let [rises, falls] = [0, 0];
  for (let t = 0; t < values.length; t++) {
    largest = Math.max(largest, Math.abs(values[t]!));
    if (t === 0) continue;
    rises = Math.max(rises, values[t]! - values[t - 1]!);
    falls = Math.max(falls, values[t - 1]! - values[t]!);
  }
  return Math.min(rises, falls) <= 1e-7 * (1 + largest);
}

export const WORKLOADS: readonly Workload[] = [midpointRate, scalarFlow, ...FACTORIZATION, implicitBound];
