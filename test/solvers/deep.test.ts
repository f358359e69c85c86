import { confirmedFlow } from '../../src/numerics/confirmed-flow';
import { balls } from '../../src/numerics/ball';
import { doubles } from '../../src/numerics/doubles';
import { dyadics } from '../../src/numerics/dyadic';
import { timesUpTo } from '../../src/definitions/flow';
import { deepField, deepMidpoint, deepMidpointStep } from '../../src/definitions/scalar-deep';
import type { DeepFeedbackProblem, LayersPath, Steps, Times } from '../../src/solvers/interfaces';
import { referenceSolvers } from '../../src/solvers/reference';
import { randomFrom, type Random } from '../support/random';

const { deepScalarFA, scalarFA } = referenceSolvers;

/** Half an ulp of 1: what one rounding costs, relative to its result. */
const U = 2 ** -53;
/** What the interface asks of a flow, relative to the largest size that each weight has on the path. */
const ACCURACY = 1e-9;

const largest = (values: ArrayLike<number>): number => Math.max(...Array.from(values, Math.abs));

/** Two to five layers of any signs, about 1 in size. */
function anyProblem(random: Random): DeepFeedbackProblem {
  const layers = random.whole(2, 5);
  const some = (count: number): number[] => Array.from({ length: count }, () => random.signed(0.4, 2.5));
  return { lambda: random.signed(0.1, 10), d: some(layers - 1), start: some(layers) };
}

/** How fast the weights can move at the start: what a step or a span is measured by. */
function pace({ lambda, d, start }: DeepFeedbackProblem): number {
  const product = start.reduce((a, b) => a * b, 1);
  let below = 1;
  const speeds = start.map((weight, l) => {
    const speed = (Math.abs(d[l] ?? 1) * below * (Math.abs(lambda) + Math.abs(product))) / Math.abs(weight);
    below *= Math.abs(weight);
    return speed;
  });
  return Math.max(...speeds);
}

describe('the midpoint kernel', () => {
  /** How far one step is off, in units of U and of the numbers that were added up in it. */
  function defect(problem: DeepFeedbackProblem & Steps, { layers }: LayersPath, t: number): number {
    const R = dyadics;
    const before = layers.map((path) => R.of(path[t]!));
    const system = { lambda: R.of(problem.lambda), d: problem.d.map((x) => R.of(x)) };
    const exact = deepMidpointStep(R, system, R.of(problem.eta), before);
    const product = layers.reduce((a, path) => a * path[t]!, 1);
    let lower = Math.abs(problem.eta) * (Math.abs(problem.lambda) + Math.abs(product));
    const off = layers.map((path, l) => {
      const size = Math.abs(path[t]!) + Math.abs(problem.d[l] ?? 1) * lower;
      lower *= Math.max(Math.abs(path[t]!), Math.abs(path[t + 1]!)) + size;
      return R.enclosure(R.abs(R.sub(exact[l]!, path[t + 1]!))).upper / size;
    });
    return Math.max(...off) / U;
  }

  test('makes every step as the definition does, up to a few roundings a layer', () => {
    const random = randomFrom('local defect of the deep midpoint kernel');
    for (let k = 0; k < 200; k++) {
      const any = anyProblem(random);
      const problem = { ...any, eta: random.sized(1e-4, 1) / pace(any), steps: 3 };
      const path = deepScalarFA.midpoint(problem);
      // The product in the error rounds four times at most; a layer's own update six times, and hands that on.
      for (let t = 0; t < 3; t++) expect(defect(problem, path, t)).toBeLessThan(6 * any.start.length);
    }
  });

  test('agrees with the definition over 60 steps from zero, enclosed in balls of 400 bits', () => {
    const random = randomFrom('deep midpoint kernel in balls');
    const B = balls(400);
    for (let k = 0; k < 20; k++) {
      const layers = random.whole(2, 5);
      const d = Array.from({ length: layers - 1 }, () => random.sized(0.5, 2));
      const start = new Array<number>(layers).fill(0);
      const [lambda, eta] = [random.sized(0.5, 2), random.sized(0.02, 0.1)];
      const path = deepScalarFA.midpoint({ lambda, d, start, eta, steps: 60 });
      const system = { lambda: B.of(lambda), d: d.map((x) => B.of(x)) };
      const defined = deepMidpoint(
        B,
        system,
        B.of(eta),
        start.map((x) => B.of(x)),
        60,
      );
      defined.forEach((exact, l) => {
        const gaps = exact.map((x, t) => B.enclosure(B.abs(B.sub(x, path.layers[l]![t]!))).upper);
        // Sixty steps of a few roundings each, the first layer's handed on 2^{l} times as large to the layers above.
        expect(Math.max(...gaps)).toBeLessThan(60 * 40 * 2 ** l * U * largest(path.layers[l]!));
      });
    }
  });

  test('with two layers is the two-layer kernel, up to rounding', () => {
    const random = randomFrom('two layers of the deep midpoint kernel');
    for (let k = 0; k < 50; k++) {
      const [lambda, d, w1, w2] = [random.signed(0.1, 10), random.signed(0.4, 2.5), random.signed(0.1, 2), 0.5];
      const eta = 0.05 / (Math.cbrt((d * lambda) ** 2) + Math.abs(d) + w1 * w1);
      const deep = deepScalarFA.midpoint({ lambda, d: [d], start: [w1, w2], eta, steps: 30 });
      const two = scalarFA.midpoint({ lambda, d, w1, w2, eta, steps: 30 });
      [two.w1, two.w2].forEach((path, l) => {
        const gaps = Array.from(path, (x, t) => Math.abs(x - deep.layers[l]![t]!));
        expect(Math.max(...gaps)).toBeLessThan(30 * 20 * U * largest(path));
      });
    }
  });
});

describe('the flow', () => {
  const flowOf = (random: Random): DeepFeedbackProblem & Times => {
    const any = anyProblem(random);
    return { ...any, times: timesUpTo(random.between(0.5, 4) / pace(any), 12) };
  };

  test('is the confirmed flow of the field in the definition', () => {
    const random = randomFrom('deep flow');
    for (let k = 0; k < 30; k++) {
      const problem = flowOf(random);
      const { values, radii } = confirmedFlow(
        (_time, state, derivative) => derivative.set(deepField(doubles, problem, Array.from(state))),
        problem.start,
        problem.times,
      );
      deepScalarFA.flow(problem).layers.forEach((path, l) => {
        const gaps = Array.from(path, (x, t) => Math.abs(x - values[l]![t]!) - radii[l]![t]!);
        expect(Math.max(...gaps)).toBeLessThan(ACCURACY * largest(path));
      });
    }
  });

  test('with two layers is the two-layer flow', () => {
    const random = randomFrom('two layers of the deep flow');
    for (let k = 0; k < 30; k++) {
      const [lambda, d, w1, w2] = [random.signed(0.1, 10), random.signed(0.4, 2.5), random.signed(0.1, 2), 0.5];
      const times = timesUpTo(5 / (Math.cbrt((d * lambda) ** 2) + Math.abs(d) + w1 * w1), 10);
      const deep = deepScalarFA.flow({ lambda, d: [d], start: [w1, w2], times });
      const two = scalarFA.flow({ lambda, d, w1, w2, times });
      [two.w1, two.w2].forEach((path, l) => {
        const gaps = Array.from(path, (x, t) => Math.abs(x - deep.layers[l]![t]!));
        expect(Math.max(...gaps)).toBeLessThan(2 * ACCURACY * largest(path));
      });
    }
  });

  test('from zero weights climbs to the solution on its curve, layer by layer', () => {
    // Three layers, d = 1: θ2 = θ1²/2, θ3 = θ1⁴/8, K = 1/16, so λ = 8 is solved by θ1 = 128^{1/7} = 2.
    const { layers } = deepScalarFA.flow({ lambda: 8, d: [1, 1], start: [0, 0, 0], times: timesUpTo(8, 4) });
    const end = layers.map((path) => path[4]!);
    [2, 2, 2].forEach((limit, l) => expect(Math.abs(end[l]! - limit)).toBeLessThan(ACCURACY * 4));
  });
});

describe.each([
  ['flow', (problem: DeepFeedbackProblem) => deepScalarFA.flow({ ...problem, times: timesUpTo(1, 5) })],
  ['midpoint', (problem: DeepFeedbackProblem) => deepScalarFA.midpoint({ ...problem, eta: 0.125, steps: 5 })],
])('both solvers: %s', (_name, solver) => {
  test('start at the start and return one array a layer', () => {
    const { layers } = solver({ lambda: 1, d: [1, 2, 3], start: [0.5, -1, 2, 0.25] });
    expect(layers.map((path) => [path.length, path[0]])).toEqual([
      [6, 0.5],
      [6, -1],
      [6, 2],
      [6, 0.25],
    ]);
  });

  test('stand still at a solution', () => {
    const { layers } = solver({ lambda: 6, d: [5, 7], start: [2, 3, 1] });
    expect(layers.map((path) => Array.from(path))).toEqual([2, 3, 1].map((x) => new Array<number>(6).fill(x)));
  });
});
