import { flowWithKinks, implicitFlow } from '../../src/definitions/implicit-relu-flow';
import { timesUpTo } from '../../src/definitions/flow';
import { Undetermined } from '../../src/numerics/arithmetic';
import { balls } from '../../src/numerics/ball';
import { doubles } from '../../src/numerics/doubles';
import { matrixOf } from '../../src/numerics/matrix';
import { operatorNorm } from '../../src/numerics/operator-norm';
import { locateKinks } from '../../src/solvers/implicit-relu-flow';
import { NoPath, type ImplicitProblem } from '../../src/solvers/interfaces';
import { referenceSolvers } from '../../src/solvers/reference';
import { randomFrom, type Random } from '../support/random';

const { flow, equilibrium, descend } = referenceSolvers.implicitReLU;
const R = balls(160);
const ARRAYS = ['W', 'A', 'b', 'Z'] as const;

const over = ({ X, W, A, gamma, b, y }: ImplicitProblem) => {
  const matrix = (M: readonly (readonly number[])[]) => M.map((row) => row.map((x) => R.of(x)));
  return { X: matrix(X), W: matrix(W), A: matrix(A), gamma: R.of(gamma), b: matrix([b])[0]!, y: matrix([y])[0]! };
};
const largest = (a: ArrayLike<number>): number => Math.max(1e-3, ...Array.from(a, Math.abs));

function anyProblem(random: Random): ImplicitProblem {
  const entries = (rows: number, columns: number) => matrixOf(rows, columns, () => random.whole(-16, 16) / 8);
  const [N, d, m] = [random.whole(1, 3), random.whole(1, 3), random.whole(1, 3)];
  const A = entries(m, m);
  const gamma = random.between(0.1, 0.8) / (operatorNorm(Float64Array.from(A.flat()), m, m) || 1);
  return { X: entries(N, d), W: entries(d, m), A, gamma, b: entries(1, m)[0]!, y: entries(1, N)[0]!.map((y) => 3 * y) };
}

/**
 * One unit, one sample x = 1. While it is on, b² − w² and a − γa²/2 − γw²/2 are kept, and dt = −dw(1 − γa)/(rb), so that the
 * time at which w reaches 0 is an integral over w.
 */
const falling = { X: [[1]], W: [[0.5]], A: [[0.25]], gamma: 0.5, b: [1.25], y: [-1] };

function byQuadrature() {
  const { gamma } = falling;
  const [w0, a0, b0, y] = [0.5, 0.25, 1.25, -1];
  const kept = a0 - (gamma * a0 ** 2) / 2 - (gamma * w0 ** 2) / 2;
  const at = (w: number) => {
    const a = (1 - Math.sqrt(1 - 2 * gamma * (kept + (gamma * w * w) / 2))) / gamma;
    return { a, b: Math.sqrt(b0 ** 2 - w0 ** 2 + w * w) };
  };
  const slowness = (w: number) => {
    const { a, b } = at(w);
    return (1 - gamma * a) / (((w * b) / (1 - gamma * a) - y) * b);
  };
  const pieces = 2000;
  let time = 0;
  for (let k = 0; k < pieces; k++) {
    const [left, right] = [(w0 * k) / pieces, (w0 * (k + 1)) / pieces];
    time += ((right - left) * (slowness(left) + 4 * slowness((left + right) / 2) + slowness(right))) / 6;
  }
  return { time, ...at(0) };
}

test('by hand: a unit that falls to its kink is off from then on, and rests', () => {
  const { time, a, b } = byQuadrature();
  const times = timesUpTo(2, 10);
  const kinks = locateKinks({ ...falling, times });
  expect(kinks.map(({ of, sample, unit, on }) => [of, sample, unit, on])).toEqual([
    ['features', 0, 0, false],
    ['layer', 0, 0, false],
  ]);
  for (const kink of kinks) expect(Math.abs(kink.time - time)).toBeLessThan(1e-10);
  const path = flow({ ...falling, times });
  expect(path.W[10]).toBeCloseTo(0, 11);
  expect(path.A[10]).toBeCloseTo(a, 10);
  expect(path.b[10]).toBeCloseTo(b, 10);
  expect(path.Z[10]).toBe(0);
  const defined = flowWithKinks(R, over(falling), times);
  expect(defined.kinks.map(({ of, sample, unit, on }) => [of, sample, unit, on])).toHaveLength(2);
  expect(Math.abs(defined.kinks[0]!.time - time)).toBeLessThan(1e-10);
});

test('by hand: beyond its kink another sample is on', () => {
  // At w = 0 the sample x = −1 takes over, whose target drives w on.
  const problem = { ...falling, X: [[1], [-1]], y: [-1, 1] };
  const times = timesUpTo(2, 10);
  const kinks = locateKinks({ ...problem, times });
  expect(kinks.map(({ of, sample, on }) => [of, sample, on])).toEqual([
    ['features', 0, false],
    ['features', 1, true],
    ['layer', 0, false],
    ['layer', 1, true],
  ]);
  // Up to there the second sample is off, and the first is alone.
  expect(Math.abs(kinks[0]!.time - byQuadrature().time)).toBeLessThan(1e-10);
  const { W, Z } = flow({ ...problem, times });
  expect(W[10]!).toBeLessThan(-0.1);
  expect(Z[20]).toBe(0);
  expect(Z[21]!).toBeGreaterThan(0.1);
});

/** Unit 1 of the layer on sample 1: nothing comes to it until A₀₁ grows, by sample 0. */
const leaving = {
  ...{ X: [[1, 0], [0, 1]], W: [[1, 1], [1, -1]], A: [[0, 0], [0, 0]], gamma: 0.5 }, // prettier-ignore
  ...{ b: [1, 1], y: [4, 4] },
};

test('a unit that starts on its kink is switched at once where the weights move it to the other side', () => {
  const times = timesUpTo(0.1, 4);
  const [first] = locateKinks({ ...leaving, times });
  expect(first).toEqual({ time: 0, of: 'layer', sample: 1, unit: 1, on: true });
  expect(flowWithKinks(R, over(leaving), times).kinks[0]).toEqual(first);
  const { Z } = flow({ ...leaving, times });
  expect(Z[3]).toBe(0);
  expect(Z[4 * 4 + 3]!).toBeGreaterThan(0);
});

test('a path that slides along a kink is refused, and left undetermined by the definition', () => {
  // Both samples drive |w| down: w > 0 by the first, w < 0 by the second; neither wants w = 0 to be left.
  const problem = { ...falling, X: [[1], [-1]], y: [-1, 2], b: [1.25], W: [[0.5]] };
  const slides = { ...problem, y: [-1, -1] };
  const times = timesUpTo(2, 10);
  expect(() => flow({ ...slides, times })).toThrow(NoPath);
  expect(() => flow({ ...slides, times })).toThrow(/slides along a kink from time 0\.\d+/);
  expect(() => implicitFlow(R, over(slides), times)).toThrow(Undetermined);
  expect(() => flow({ ...problem, times })).not.toThrow();
});

test('paths and kinks are those of the definition', () => {
  const random = randomFrom('flows of implicit networks');
  const times = timesUpTo(1, 5);
  let [compared, kinked] = [0, 0];
  const passing = { ...falling, X: [[1], [-1]], y: [-1, 1] };
  const drawn = Array.from({ length: 10 }, () => anyProblem(random));
  for (const problem of [falling, passing, leaving, ...drawn]) {
    let defined: ReturnType<typeof flowWithKinks<ReturnType<typeof R.of>>>;
    try {
      defined = flowWithKinks(R, over(problem), times);
    } catch (error) {
      expect(error).toBeInstanceOf(Undetermined);
      if (/slides/.test(String(error))) expect(() => flow({ ...problem, times })).toThrow(NoPath);
      continue;
    }
    const path = flow({ ...problem, times });
    const names = (kinks: ReturnType<typeof locateKinks>) => kinks.map(({ of, sample, unit, on }) => ({ of, sample, unit, on })); // prettier-ignore
    expect(names(locateKinks({ ...problem, times }))).toEqual(names(defined.kinks));
    for (const of of ARRAYS) {
      expect(path[of].length).toBe(defined.paths[of].length);
      defined.paths[of].forEach((x, j) => {
        const { lower, upper } = R.enclosure(x);
        const room = 1e-9 * largest(path[of]);
        expect(path[of][j]!).toBeGreaterThan(lower - room);
        expect(path[of][j]!).toBeLessThan(upper + room);
        expect(upper - lower).toBeLessThan(1e-6 * largest(path[of]));
      });
    }
    compared++;
    if (defined.kinks.length > 0) kinked++;
  }
  expect(compared).toBeGreaterThan(6);
  expect(kinked).toBeGreaterThanOrEqual(3);
});

test('the fixed points along the path are those of its weights', () => {
  const random = randomFrom('fixed points along flows');
  const problem = { ...anyProblem(random), ...falling };
  const path = flow({ ...problem, times: timesUpTo(0.2, 4) });
  for (let t = 0; t <= 4; t++) {
    const there = { ...problem, W: [[path.W[t]!]], A: [[path.A[t]!]] };
    expect(Math.abs(equilibrium(there).Z[0]! - path.Z[t]!)).toBeLessThan(1e-12);
  }
});

test('is what gradient descent tends to: half the step, half the difference', () => {
  const problem = anyProblem(randomFrom('descent to flow 3'));
  const end = 0.05;
  const target = flow({ ...problem, times: [0, end] });
  const off = (steps: number): number => {
    const { W } = descend({ ...problem, eta: end / steps, steps });
    const size = target.W.length / 2;
    return Math.hypot(...Array.from({ length: size }, (_, k) => W[steps * size + k]! - target.W[size + k]!));
  };
  expect(off(400) / off(200)).toBeCloseTo(0.5, 1);
  expect(off(400)).toBeGreaterThan(0);
});

test('a network too wide for elimination flows too, as two copies of a narrow one', () => {
  // 26 units that feed nothing but themselves, with the weights of one: outputs and gradients are those of one, shared.
  const one = { X: [[1], [0.5]], W: [[1]], A: [[0.5]], gamma: 0.5, b: [1], y: [2, 0.25] };
  const m = 26;
  const wide = {
    ...one,
    W: [Array.from({ length: m }, (_, j) => (j === 0 ? 1 : -1))],
    A: matrixOf(m, m, (i, j) => (i === 0 && j === 0 ? 0.5 : 0)),
    b: Array.from({ length: m }, (_, j) => (j === 0 ? 1 : 0)),
  };
  const times = timesUpTo(1, 2);
  const [narrow, other] = [flow({ ...one, times }), flow({ ...wide, times })];
  for (let t = 0; t <= 2; t++) {
    expect(Math.abs(other.W[t * m]! - narrow.W[t]!)).toBeLessThan(1e-9);
    expect(Math.abs(other.A[t * m * m]! - narrow.A[t]!)).toBeLessThan(1e-9);
  }
});

test('one point is the start', () => {
  const { W, Z } = flow({ ...falling, times: [0] });
  expect(W[0]).toBe(0.5);
  expect(Z[0]).toBeCloseTo(0.5 / (1 - 0.125), 13);
  expect(implicitFlow(doubles, falling, [0]).W).toEqual([0.5]);
});
