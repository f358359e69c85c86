import seedrandom from 'seedrandom';
import { confirmedFlow } from '../../src/numerics/confirmed-flow';
import { integrate } from '../../src/numerics/dop853';
import { IntegrationFailed } from '../../src/numerics/ode';
import type { VectorField } from '../../src/numerics/ode';

interface Problem {
  readonly field: VectorField;
  readonly start: readonly number[];
  readonly end: number;
  readonly truth: (time: number) => number[];
}

/** A number of the grid of multiples of 1/64 in `[from, to]`, so that closed forms lose little to rounding. */
type Draw = (from: number, to: number) => number;

const families: Record<string, (draw: Draw) => Problem> = {
  exponentials(draw) {
    const [rate, start] = [draw(-4, 4), draw(0.5, 4)];
    return {
      field: (_, x, d) => (d[0] = rate * x[0]!),
      start: [start],
      end: draw(0.25, 4),
      truth: (t) => [start * Math.exp(rate * t)],
    };
  },
  'harmonic oscillators'(draw) {
    const [rate, start] = [draw(0.25, 8), draw(0.5, 3)];
    return {
      field: (_, x, d) => {
        d[0] = x[1]!;
        d[1] = -rate * rate * x[0]!;
      },
      start: [start, 0],
      end: draw(0.5, 8),
      truth: (t) => [start * Math.cos(rate * t), -start * rate * Math.sin(rate * t)],
    };
  },
  'cubic decays'(draw) {
    const start = draw(0.25, 4);
    return {
      field: (_, x, d) => (d[0] = -(x[0]! ** 3) / 2),
      start: [start],
      end: draw(0.25, 32),
      truth: (t) => [start / Math.sqrt(1 + start * start * t)],
    };
  },
  'logistic growths'(draw) {
    const [rate, start] = [draw(0.5, 4), draw(1 / 32, 31 / 32)];
    return {
      field: (_, x, d) => (d[0] = rate * x[0]! * (1 - x[0]!)),
      start: [start],
      end: draw(0.5, 8),
      truth: (t) => [start / (start + (1 - start) * Math.exp(-rate * t))],
    };
  },
  'approaches to a blow-up'(draw) {
    const start = draw(0.5, 4);
    return {
      field: (_, x, d) => (d[0] = x[0]! * x[0]!),
      start: [start],
      end: 0.9 / start,
      truth: (t) => [start / (1 - start * t)],
    };
  },
  'stiff relaxations onto the cosine'(draw) {
    const rate = draw(20, 100);
    return {
      field: (t, x, d) => (d[0] = -rate * (x[0]! - Math.cos(t)) - Math.sin(t)),
      start: [2],
      end: draw(0.25, 1),
      truth: (t) => [Math.cos(t) + Math.exp(-rate * t)],
    };
  },
  'growths at a rate that depends on the time'(draw) {
    const [rate, start] = [draw(-3, 3), draw(0.25, 2)];
    return {
      field: (t, x, d) => (d[0] = 2 * rate * t * x[0]!),
      start: [start],
      end: draw(0.5, 2),
      truth: (t) => [start * Math.exp(rate * t * t)],
    };
  },
  'spirals in and out'(draw) {
    const [growth, turn] = [draw(-1, 1), draw(1, 10)];
    return {
      field: (_, x, d) => {
        d[0] = growth * x[0]! - turn * x[1]!;
        d[1] = turn * x[0]! + growth * x[1]!;
      },
      start: [1, 0],
      end: draw(1, 4),
      truth: (t) => [Math.exp(growth * t) * Math.cos(turn * t), Math.exp(growth * t) * Math.sin(turn * t)],
    };
  },
  'starts at zero'(draw) {
    const rate = draw(-3, 3) || 1;
    return {
      field: (_, x, d) => (d[0] = 1 + rate * x[0]!),
      start: [0],
      end: draw(0.25, 2),
      truth: (t) => [Math.expm1(rate * t) / rate],
    };
  },
};

const grid = (end: number, pieces: number) => Array.from({ length: pieces + 1 }, (_, j) => (end * j) / pieces);

describe('confirmedFlow', () => {
  test.each(Object.keys(families))('its radii contain the true path on many random %s, and are small', (name) => {
    const random = seedrandom(`confirmed ${name}`);
    const draw: Draw = (from, to) => from + Math.floor(random() * ((to - from) * 64 + 1)) / 64;
    for (let round = 0; round < 30; round += 1) {
      const { field, start, end, truth } = families[name]!(draw);
      const times = grid(end, 1 + Math.floor(random() * 40));
      const { values, radii } = confirmedFlow(field, start, times);
      let largest = 0;
      times.forEach((time, j) => {
        const state = truth(time);
        largest = Math.max(largest, ...state.map(Math.abs));
        state.forEach((component, k) => {
          expect(Math.abs(values[k]![j]! - component)).toBeLessThanOrEqual(radii[k]![j]!);
          expect(radii[k]![j]).toBeLessThanOrEqual(1e-8 * largest);
        });
      });
    }
  });

  test('its radii grow with what an unstable flow makes of the errors, and still contain the true path', () => {
    const saddle: VectorField = (_, x, d) => {
      d[0] = x[1]!;
      d[1] = 3 * x[0]! + 2 * x[1]!;
    };
    const times = grid(8, 16);
    const { values, radii } = confirmedFlow(saddle, [1, -1], times);
    times.forEach((time, j) => {
      expect(Math.abs(values[0]![j]! - Math.exp(-time))).toBeLessThanOrEqual(radii[0]![j]!);
      expect(Math.abs(values[1]![j]! + Math.exp(-time))).toBeLessThanOrEqual(radii[1]![j]!);
    });
    expect(radii[0]![16]!).toBeGreaterThan(1000 * radii[0]![1]!);
    expect(radii[0]![16]!).toBeLessThan(1e-3);
  });

  test('its radii become huge, rather than wrong, where the flow is chaotic', () => {
    const lorenz: VectorField = (_, x, d) => {
      d[0] = 10 * (x[1]! - x[0]!);
      d[1] = x[0]! * (28 - x[2]!) - x[1]!;
      d[2] = x[0]! * x[1]! - (8 / 3) * x[2]!;
    };
    const { radii } = confirmedFlow(lorenz, [1, 1, 1], [0, 1, 60]);
    expect(radii[0]![1]).toBeLessThan(1e-8);
    expect(radii[0]![2]).toBeGreaterThan(1);
  });

  test('its radii start at 0, never shrink and belong to the values DOP853 gives at 1e-13', () => {
    const field: VectorField = (_, x, d) => (d[0] = -(x[0]! ** 3) / 2);
    const times = grid(8, 50);
    const { values, radii, evaluations } = confirmedFlow(field, [2], times);
    expect(radii[0]![0]).toBe(0);
    for (let j = 1; j < times.length; j += 1) expect(radii[0]![j]).toBeGreaterThanOrEqual(radii[0]![j - 1]!);
    const fine = integrate(field, [2], times, { relativeTolerance: 1e-13, absoluteTolerance: 2e-16 });
    expect(values[0]).toEqual(fine.states[0]);
    expect(evaluations).toBeGreaterThan(2 * fine.evaluations);
  });

  test('its radii see an error that a field makes in one of the three integrations only', () => {
    let calls = 0;
    const first = confirmedFlow((_, x, d) => (d[0] = -x[0]!), [1], [0, 1]);
    const faulty: VectorField = (_, x, d) => {
      calls += 1;
      d[0] = -x[0]! * (calls > first.evaluations - 100 ? 1 + 1e-6 : 1);
    };
    const { values, radii } = confirmedFlow(faulty, [1], [0, 1]);
    expect(values[0]![1]).toBe(first.values[0]![1]);
    expect(radii[0]![1]).toBeGreaterThan(1e-8);
  });

  test('a flow that stands still is confirmed to within a few tolerances, and a single time exactly', () => {
    const still: VectorField = (_, __, d) => d.fill(0);
    const { values, radii } = confirmedFlow(still, [0, 3], [0, 5]);
    expect([values[0]![1], values[1]![1]]).toEqual([0, 3]);
    expect(radii[0]![1]).toBeGreaterThan(3 * 4e-13);
    expect(radii[0]![1]).toBeLessThan(1e-11);
    expect(confirmedFlow(still, [0], [0, 5]).radii[0]![1]).toBe(0);
    expect(confirmedFlow(still, [0, 3], [2])).toEqual({
      values: [new Float64Array([0]), new Float64Array([3])],
      radii: [new Float64Array(1), new Float64Array(1)],
      evaluations: 0,
    });
  });

  test('gives only the times asked for, however close they are', () => {
    const times = [1, 1 + 2 ** -52, 1 + 2 ** -51, 2];
    const { values, radii } = confirmedFlow((_, x, d) => (d[0] = x[0]!), [1], times);
    expect(values[0]).toHaveLength(4);
    expect(radii[0]).toHaveLength(4);
    expect(Math.abs(values[0]![3]! - Math.E)).toBeLessThanOrEqual(radii[0]![3]!);
  });

  test('fails on a blow-up, on a budget run out and on times that do not increase', () => {
    const blowUp: VectorField = (_, x, d) => (d[0] = x[0]! ** 2);
    expect(() => confirmedFlow(blowUp, [1], [0, 2])).toThrow(IntegrationFailed);
    expect(() => confirmedFlow(blowUp, [1], [0, 0.9], 50)).toThrow(/budget of 50 evaluations/);
    expect(() => confirmedFlow(blowUp, [1], [0, 0.5, 0.5])).toThrow('time 2 is 0.5 after 0.5');
  });
});
