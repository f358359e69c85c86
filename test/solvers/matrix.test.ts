import { confirmedFlow } from '../../src/numerics/confirmed-flow';
import { doubles } from '../../src/numerics/doubles';
import { dyadics } from '../../src/numerics/dyadic';
import { matMul, matrixOf, minus, plus, transpose, type Matrix } from '../../src/numerics/matrix';
import { timesUpTo } from '../../src/definitions/flow';
import {
  eulerStep,
  feedbackField,
  gradientField,
  lossAboveZero,
  midpointStep,
  type Layers,
} from '../../src/definitions/matrix-linear';
import type { LayersPath, MatrixFeedbackProblem, Steps, Times } from '../../src/solvers/interfaces';
import { referenceSolvers } from '../../src/solvers/reference';
import { randomFrom, type Random } from '../support/random';

const { matrixFA, matrixGD, scalarFA, scalarGD, deepScalarFA } = referenceSolvers;

/** Half an ulp of 1: what one rounding costs, relative to its result. */
const U = 2 ** -53;
/** The accuracy that the interface asks of a flow, relative to the largest weight on the path. */
const ACCURACY = 1e-9;

const entries = (random: Random, rows: number, columns: number): Matrix<number> =>
  matrixOf(rows, columns, () => random.between(-1, 1));

/** Two to four layers of one to four units, moments of as many random samples as inputs and more. */
function anyProblem(random: Random): MatrixFeedbackProblem {
  const widths = Array.from({ length: random.whole(3, 5) }, () => random.whole(1, 4));
  const [d, o] = [widths[0]!, widths.at(-1)!];
  const samples = entries(random, d, d + 2);
  return {
    xx: matMul(doubles, samples, transpose(samples)),
    xy: entries(random, o, d),
    start: widths.slice(1).map((width, l) => entries(random, width, widths[l]!)),
    feedback: widths.slice(1, -1).map((width) => entries(random, width, o)),
  };
}

/** The weights of all layers at point t. */
const at = ({ layers }: LayersPath, { start }: MatrixFeedbackProblem, t: number): Layers<number> =>
  start.map((W, l) => {
    const columns = W[0]!.length;
    return matrixOf(W.length, columns, (i, j) => layers[l]![(t * W.length + i) * columns + j]!);
  });

const largest = ({ layers }: LayersPath): number => Math.max(...layers.flatMap((layer) => Array.from(layer, Math.abs)));

const gap = (a: Layers<number>, b: Layers<number>): number =>
  Math.max(...a.flatMap((W, l) => minus(doubles, W, b[l]!).flatMap((row) => row.map(Math.abs))));

const SCHEMES = {
  'matrixFA.euler': matrixFA.euler,
  'matrixFA.midpoint': matrixFA.midpoint,
  'matrixGD.euler': matrixGD.euler,
} as const;

/** A step by the definition, in exact numbers, from the doubles before it. */
function exactStep(
  scheme: keyof typeof SCHEMES,
  problem: MatrixFeedbackProblem & Steps,
  before: Layers<number>,
): Layers<number> {
  const R = dyadics;
  const over = (A: Matrix<number>) => A.map((row) => row.map((x) => R.of(x)));
  const [moments, W, eta] = [{ xx: over(problem.xx), xy: over(problem.xy) }, before.map(over), R.of(problem.eta)];
  const M = problem.feedback.map(over);
  const after =
    scheme === 'matrixFA.midpoint'
      ? midpointStep(R, moments, M, eta, W)
      : eulerStep(
          R,
          eta,
          W,
          scheme === 'matrixFA.euler' ? feedbackField(R, moments, M, W) : gradientField(R, moments, W),
        );
  return after.map((A) => A.map((row) => row.map((x) => R.enclosure(x).lower)));
}

describe.each(Object.entries(SCHEMES) as [keyof typeof SCHEMES, (typeof SCHEMES)[keyof typeof SCHEMES]][])(
  '%s',
  (name, solver) => {
    test('makes every step as the definition does, up to rounding, for any depth and widths', () => {
      const random = randomFrom(`steps of ${name}`);
      for (let k = 0; k < 60; k++) {
        const problem = { ...anyProblem(random), eta: random.sized(1e-3, 0.1), steps: 3 };
        const path = solver(problem);
        for (let t = 0; t < 3; t++) {
          // Products of up to nine matrices, of up to six terms an entry, of numbers up to about ten.
          const expected = exactStep(name, problem, at(path, problem, t));
          expect(gap(at(path, problem, t + 1), expected)).toBeLessThan(2000 * U * Math.max(1, largest(path)) ** 3);
        }
      }
    });

    test('starts at the start, which no steps leave alone, and keeps it as it is', () => {
      const problem = { ...anyProblem(randomFrom(`start of ${name}`)), eta: 0.1 };
      const given = JSON.stringify(problem);
      expect(at(solver({ ...problem, steps: 0 }), problem, 0)).toEqual(problem.start);
      expect(at(solver({ ...problem, steps: 4 }), problem, 0)).toEqual(problem.start);
      expect(solver({ ...problem, steps: 0 }).layers.map(({ length }) => length)).toEqual(
        problem.start.map((W) => W.length * W[0]!.length),
      );
      expect(JSON.stringify(problem)).toBe(given);
    });
  },
);

const FLOWS = { 'matrixFA.flow': matrixFA.flow, 'matrixGD.flow': matrixGD.flow } as const;

const fieldOf = (name: keyof typeof FLOWS, { xx, xy, feedback }: MatrixFeedbackProblem, W: Layers<number>) =>
  name === 'matrixFA.flow' ? feedbackField(doubles, { xx, xy }, feedback, W) : gradientField(doubles, { xx, xy }, W);

describe.each(Object.entries(FLOWS) as [keyof typeof FLOWS, (typeof FLOWS)[keyof typeof FLOWS]][])(
  '%s',
  (name, solver) => {
    const flowOf = (random: Random): MatrixFeedbackProblem & Times => {
      const problem = anyProblem(random);
      return { ...problem, times: timesUpTo(random.between(0.2, 2), 5) };
    };

    test('is the confirmed flow of the field in the definition, for any depth and widths', () => {
      const random = randomFrom(`confirmed ${name}`);
      for (let k = 0; k < 12; k++) {
        const problem = flowOf(random);
        const path = solver(problem);
        const flat = (state: Float64Array): Layers<number> => {
          let next = 0;
          return problem.start.map((W) => W.map((row) => Array.from(state.subarray(next, (next += row.length)))));
        };
        const { values, radii } = confirmedFlow(
          (_time, state, derivative) => derivative.set(fieldOf(name, problem, flat(state)).flat(2)),
          problem.start.flat(2),
          problem.times,
        );
        const room = ACCURACY * largest(path);
        for (let t = 0; t < problem.times.length; t++) {
          const reached = at(path, problem, t).flat(2);
          reached.forEach((x, i) => expect(Math.abs(x - values[i]![t]!)).toBeLessThanOrEqual(room + radii[i]![t]!));
        }
      }
    });

    test('starts at the start, and one time alone gives the start alone', () => {
      const problem = flowOf(randomFrom(`start of ${name}`));
      expect(at(solver(problem), problem, 0)).toEqual(problem.start);
      expect(solver({ ...problem, times: [0] }).layers.map(({ length }) => length)).toEqual(
        problem.start.map((W) => W.length * W[0]!.length),
      );
    });

    test('does not depend on the other times asked for', () => {
      const problem = flowOf(randomFrom(`times of ${name}`));
      const ends = { ...problem, times: [0, problem.times[5]!] };
      expect(at(solver(ends), problem, 1)).toEqual(at(solver(problem), problem, 5));
    });

    test('is as accurate from zero or small weights as from large ones', () => {
      // From zero feedback alignment moves and gradient flow does not; the scale of the problem is that of the signal.
      const problem = { xx: [[1]], xy: [[1e-6]], feedback: [[[1]]], start: [[[0]], [[0]]], times: timesUpTo(8e4, 8) };
      const path = solver(problem);
      if (name === 'matrixGD.flow') expect(largest(path)).toBe(0);
      else {
        // w1' = (r³ − w1³)/2 with r³ = 2·10⁻⁶, followed for 8/r²·1.27: at its end within e^{−15} of r.
        const r = Math.cbrt(2e-6);
        expect(Math.abs(path.layers[0]![8]! - r)).toBeLessThan(1e-5 * r);
        const scalar = scalarFA.flow({ lambda: 1e-6, d: 1, w1: 0, w2: 0, times: problem.times });
        Array.from(scalar.w1, (x, t) => expect(Math.abs(x - path.layers[0]![t]!)).toBeLessThan(2 * ACCURACY * r));
      }
    });
  },
);

describe('of one unit a layer', () => {
  const one = (x: number): Matrix<number> => [[x]];

  test('the discrete schemes are the scalar ones', () => {
    const random = randomFrom('one by one');
    for (let k = 0; k < 20; k++) {
      const [lambda, d1, d2] = [random.signed(0.5, 2), random.signed(0.5, 2), random.signed(0.5, 2)];
      const start = [random.signed(0.5, 2), random.signed(0.5, 2), random.signed(0.5, 2)];
      const shared = { eta: 0.02, steps: 20 };
      const deep = matrixFA.midpoint({
        ...{ ...shared, xx: one(1), xy: one(lambda), feedback: [one(d1), one(d2)], start: start.map(one) },
      });
      const scalar = deepScalarFA.midpoint({ ...shared, lambda, d: [d1, d2], start });
      deep.layers.forEach((layer, l) =>
        Array.from(layer, (x, t) => expect(Math.abs(x - scalar.layers[l]![t]!)).toBeLessThan(1e-12)),
      );
      const [w1, w2] = start;
      const euler = matrixFA.euler({
        ...{ ...shared, xx: one(1), xy: one(lambda), feedback: [one(d1)], start: [one(w1!), one(w2!)] },
      });
      const two = scalarFA.euler({ ...shared, lambda, d: d1, w1: w1!, w2: w2! });
      Array.from(two.w2, (x, t) => expect(Math.abs(x - euler.layers[1]![t]!)).toBeLessThan(1e-12));
    }
  });

  test('the gradient flow is the scalar one', () => {
    const times = timesUpTo(2, 6);
    const path = matrixGD.flow({ xx: one(1), xy: one(2), start: [one(0.5), one(-1)], times });
    const scalar = scalarGD.flow({ lambda: 2, w1: 0.5, w2: -1, times });
    Array.from(scalar.w1, (x, t) => expect(Math.abs(x - path.layers[0]![t]!)).toBeLessThan(2 * ACCURACY));
  });
});

describe('diagonal problems', () => {
  test('stay exactly diagonal, and each entry follows the scalar flow', () => {
    const times = timesUpTo(2, 6);
    const [lambda, d, a, b] = [[2, -1], [1, 0.5], [0.5, 1], [0.25, 1]]; // prettier-ignore
    const on = (xs: readonly number[]) => matrixOf(2, 2, (i, j) => (i === j ? xs[i]! : 0));
    const problem = { xx: on([1, 1]), xy: on(lambda), feedback: [on(d)], start: [on(a), on(b)], times };
    const path = matrixFA.flow(problem);
    for (const i of [0, 1]) {
      const scalar = scalarFA.flow({ lambda: lambda[i]!, d: d[i]!, w1: a[i]!, w2: b[i]!, times });
      for (let t = 0; t < times.length; t++) {
        const [W1, W2] = at(path, problem, t);
        expect([W1![i]![1 - i], W2![i]![1 - i]]).toEqual([0, 0]);
        expect(Math.abs(W1![i]![i]! - scalar.w1[t]!)).toBeLessThan(4 * ACCURACY);
        expect(Math.abs(W2![i]![i]! - scalar.w2[t]!)).toBeLessThan(4 * ACCURACY);
      }
    }
  });
});

describe('what is conserved', () => {
  const problem = { ...anyProblem(randomFrom('conserved quantities of four layers')), times: timesUpTo(1, 4) };
  const square = (A: Matrix<number>) => matMul(doubles, A, transpose(A));

  test('gradient flow keeps the difference of neighbouring layers balanced, at any depth', () => {
    const path = matrixGD.flow(problem);
    const balance = (t: number): Layers<number> => {
      const W = at(path, problem, t);
      return W.slice(1).map((upper, l) => minus(doubles, square(transpose(upper)), square(W[l]!)));
    };
    for (let t = 1; t < 5; t++)
      expect(gap(balance(t), balance(0))).toBeLessThan(1e-8 * Math.max(1, largest(path)) ** 2);
  });

  test('feedback alignment of two layers keeps M W2 + its transpose − W1 W1ᵀ', () => {
    const random = randomFrom('conserved by feedback alignment');
    const samples = entries(random, 3, 5);
    const two = {
      xx: square(samples),
      xy: entries(random, 2, 3),
      feedback: [entries(random, 4, 2)],
      start: [entries(random, 4, 3), entries(random, 2, 4)],
      times: timesUpTo(1, 4),
    };
    const path = matrixFA.flow(two);
    const kept = (t: number): Layers<number> => {
      const [W1, W2] = at(path, two, t);
      const P = matMul(doubles, two.feedback[0]!, W2!);
      return [minus(doubles, plus(doubles, P, transpose(P)), square(W1!))];
    };
    for (let t = 1; t < 5; t++) expect(gap(kept(t), kept(0))).toBeLessThan(1e-8 * Math.max(1, largest(path)) ** 2);
  });

  test('gradient flow lowers the loss at every point', () => {
    const path = matrixGD.flow(problem);
    const losses = [0, 1, 2, 3, 4].map((t) => lossAboveZero(doubles, problem, at(path, problem, t)));
    losses.slice(1).forEach((loss, t) => expect(loss).toBeLessThan(losses[t]!));
  });
});
