import seedrandom from 'seedrandom';
import { integrate, integrateUntil } from '../../src/numerics/dop853';
import { IntegrationFailed } from '../../src/numerics/ode';
import type { IntegrationOptions, VectorField } from '../../src/numerics/ode';

const tolerances = (relativeTolerance: number, rest: Partial<IntegrationOptions> = {}): IntegrationOptions => ({
  relativeTolerance,
  absoluteTolerance: relativeTolerance * 1e-3,
  ...rest,
});

const grid = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, j) => (j === count - 1 ? to : from + ((to - from) * j) / (count - 1)));

const growth: VectorField = (_, x, d) => {
  d[0] = x[0]!;
};
const oscillator: VectorField = (_, x, d) => {
  d[0] = x[1]!;
  d[1] = -x[0]!;
};
const cubicDecay: VectorField = (_, x, d) => {
  d[0] = -(x[0]! ** 3) / 2;
};
const logistic: VectorField = (_, x, d) => {
  d[0] = x[0]! * (1 - x[0]!);
};
const blowUp: VectorField = (_, x, d) => {
  d[0] = x[0]! ** 2;
};

function largestError(states: Float64Array, times: readonly number[], truth: (time: number) => number): number {
  return Math.max(...times.map((time, j) => Math.abs(states[j]! - truth(time))));
}

describe('integrate', () => {
  const closedForms: [string, VectorField, number[], number, (time: number) => number][] = [
    ['the exponential', growth, [1], 5, (t) => Math.exp(t)],
    ['the harmonic oscillator', oscillator, [1, 0], 20, (t) => Math.cos(t)],
    ["x' = -x³/2", cubicDecay, [2], 50, (t) => (t + 0.25) ** -0.5],
    ['the logistic equation', logistic, [1 / 64], 12, (t) => 1 / (1 + 63 * Math.exp(-t))],
    ["x' = x² until shortly before it blows up", blowUp, [1], 0.99, (t) => 1 / (1 - t)],
    [
      'a stiff relaxation onto the cosine',
      (t, x, d) => (d[0] = -100 * (x[0]! - Math.cos(t)) - Math.sin(t)),
      [2],
      5,
      (t) => Math.cos(t) + Math.exp(-100 * t),
    ],
  ];

  test.each(closedForms)('follows %s to the tolerance, between steps as well', (_, field, start, end, truth) => {
    const times = grid(0, end, 138);
    const size = Math.max(...times.map((time) => Math.abs(truth(time))));
    for (const tolerance of [1e-6, 1e-9, 1e-12]) {
      const { states } = integrate(field, start, times, tolerances(tolerance));
      expect(largestError(states[0]!, times, truth)).toBeLessThan(100 * tolerance * size);
    }
  });

  test('needs steps in proportion to the eighth root of the tolerance, so that the order is 8', () => {
    const evaluations = [1e-6, 1e-12].map((tolerance) => {
      return integrate(oscillator, [1, 0], [0, 200], tolerances(tolerance)).evaluations;
    });
    const order = Math.log(1e6) / Math.log(evaluations[1]! / evaluations[0]!);
    expect(order).toBeGreaterThan(7.5);
    expect(order).toBeLessThan(8.8);
  });

  test('errs in proportion to the eighth power of the steps it takes', () => {
    const [coarse, fine] = [1e-6, 1e-10].map((tolerance) => {
      const { states, evaluations } = integrate(oscillator, [1, 0], [0, 200], tolerances(tolerance));
      return { error: Math.hypot(states[0]![1]! - Math.cos(200), states[1]![1]! + Math.sin(200)), evaluations };
    });
    const order = Math.log(coarse!.error / fine!.error) / Math.log(fine!.evaluations / coarse!.evaluations);
    expect(order).toBeGreaterThan(7.3);
    expect(order).toBeLessThan(9.5);
  });

  test('gives the same end whatever times are asked for in between', () => {
    const sparse = integrate(oscillator, [1, 0], [0, 10], tolerances(1e-9));
    const dense = integrate(oscillator, [1, 0], grid(0, 10, 1001), tolerances(1e-9));
    expect(dense.states.map((component) => component[1000])).toEqual(sparse.states.map((component) => component[1]));
    expect(dense.evaluations).toBeGreaterThan(sparse.evaluations);
    expect(dense.evaluations).toBeLessThan(1.3 * sparse.evaluations);
  });

  test('keeps the energy of a pendulum and the invariant of Lotka and Volterra', () => {
    const pendulum: VectorField = (_, x, d) => {
      d[0] = x[1]!;
      d[1] = -Math.sin(x[0]!);
    };
    const [angle, speed] = integrate(pendulum, [2, 0], grid(0, 100, 301), tolerances(1e-12)).states;
    for (let j = 0; j < 301; j += 1) {
      expect(Math.abs(speed![j]! ** 2 / 2 - Math.cos(angle![j]!) + Math.cos(2))).toBeLessThan(1e-10);
    }
    const hunt: VectorField = (_, x, d) => {
      d[0] = x[0]! * (1 - x[1]!);
      d[1] = x[1]! * (x[0]! - 1);
    };
    const invariant = (x: number, y: number) => x - Math.log(x) + y - Math.log(y);
    const [prey, hunters] = integrate(hunt, [3, 1], grid(0, 50, 301), tolerances(1e-12)).states;
    for (let j = 0; j < 301; j += 1) {
      expect(Math.abs(invariant(prey![j]!, hunters![j]!) - invariant(3, 1))).toBeLessThan(1e-10);
    }
  });

  test('is unmoved by where the clock starts', () => {
    const late: VectorField = (t, _, d) => (d[0] = Math.cos(t - 1024));
    const times = grid(1024, 1027, 31);
    const { states } = integrate(late, [0], times, tolerances(1e-12));
    expect(largestError(states[0]!, times, (t) => Math.sin(t - 1024))).toBeLessThan(1e-11);
  });

  test('leaves a component that starts and stays at 0 there, with no absolute tolerance', () => {
    const options = { relativeTolerance: 1e-9, absoluteTolerance: 0 };
    const field: VectorField = (_, x, d) => {
      d[0] = x[0]! * x[1]!;
      d[1] = -x[1]!;
    };
    const { states } = integrate(field, [0, 1], grid(0, 3, 7), options);
    expect(states[0]).toEqual(new Float64Array(7));
    expect(Math.abs(states[1]![6]! - Math.exp(-3))).toBeLessThan(1e-9);
    expect(integrate((_, __, d) => (d[0] = 1), [0], [0, 2], options).states[0]![1]).toBeCloseTo(2, 12);
    expect(integrate((_, __, d) => (d[0] = 0), [5], [0, 1e9], options).states[0]![1]).toBe(5);
  });

  test('gives the start alone at a single time, without an evaluation', () => {
    const { times, states, evaluations } = integrate(growth, [3], [7], tolerances(1e-9));
    expect([times[0], states[0]![0], evaluations]).toEqual([7, 3, 0]);
  });

  test('counts exactly the evaluations it makes and stays within the budget', () => {
    let calls = 0;
    const counted: VectorField = (_, x, d) => {
      calls += 1;
      d[0] = x[0]!;
    };
    expect(integrate(counted, [1], grid(0, 5, 9), tolerances(1e-9)).evaluations).toBe(calls);
    calls = 0;
    expect(() => integrate(counted, [1], [0, 1e6], tolerances(1e-9, { maxEvaluations: 500 }))).toThrow(
      /budget of 500 evaluations ran out at time \d/,
    );
    expect(calls).toBeLessThanOrEqual(500);
    expect(calls).toBeGreaterThan(480);
  });

  test('fails at the blow-up, naming the time reached', () => {
    let message = '';
    try {
      integrate(blowUp, [1], [0, 2], tolerances(1e-9));
    } catch (error) {
      expect(error).toBeInstanceOf(IntegrationFailed);
      message = (error as Error).message;
    }
    expect(Number(/after time ([\d.]+)/.exec(message)![1])).toBeCloseTo(1, 6);
  });

  test('fails where the derivative stops being finite, and at the start if it is not finite there', () => {
    const falling: VectorField = (_, x, d) => (d[0] = -1 / (2 * Math.sqrt(x[0]!)));
    expect(() => integrate(falling, [1], [0, 2], tolerances(1e-9))).toThrow(IntegrationFailed);
    expect(() => integrate((_, __, d) => (d[0] = NaN), [1], [0, 2], tolerances(1e-9))).toThrow(
      /not finite at the start, time 0/,
    );
    const lateNaN: VectorField = (t, _, d) => (d[0] = t > 0 ? NaN : 1);
    expect(() => integrate(lateNaN, [1], [0, 2], tolerances(1e-9))).toThrow(IntegrationFailed);
    const squashed: VectorField = (t, x, d) => (d[0] = t > 1 && t < 1.5 ? Infinity : Math.tanh(x[0]!));
    expect(() => integrate(squashed, [1], [0, 2], tolerances(1e-3))).toThrow(IntegrationFailed);
  });

  test('repeats a step in which any one derivative is infinite, even where the field makes a finite one of that', () => {
    for (let infinite = 2; infinite < 44; infinite += 1) {
      let call = 0;
      const field: VectorField = (_, x, d) => {
        call += 1;
        d[0] = call === infinite ? Infinity : Math.tanh(x[0]!);
      };
      const { states } = integrate(field, [1], [0, 1], tolerances(1e-9));
      expect(Math.abs(states[0]![1]! - Math.asinh(Math.E * Math.sinh(1)))).toBeLessThan(1e-8);
    }
  });

  test('gives up on a field that is nothing but noise', () => {
    const random = seedrandom('noise');
    const noise: VectorField = (_, __, d) => (d[0] = (random() - 0.5) * 1e20);
    const options = tolerances(1e-9, { maxEvaluations: 20_000 });
    for (const from of [0, 1]) expect(() => integrate(noise, [1], [from, 2], options)).toThrow(IntegrationFailed);
    const late: VectorField = (t, _, d) => (d[0] = t < 1 ? 1 : (random() - 0.5) * 1e20);
    expect(() => integrate(late, [1], [0, 2], options)).toThrow(/no step within tolerance after time (1|0\.99999)/);
  });

  test('shortens a step that would leave the domain of the field', () => {
    const root: VectorField = (_, x, d) => (d[0] = -Math.sqrt(x[0]! - 1e-6));
    const time = 1.99;
    const truth = 1e-6 + (Math.sqrt(1 - 1e-6) - time / 2) ** 2;
    expect(integrate(root, [1], [0, time], tolerances(1e-6)).states[0]![1]! / truth).toBeCloseTo(1, 3);
  });

  test.each<[string, number[], number[], Partial<IntegrationOptions>]>([
    ['an empty start', [], [0, 1], {}],
    ['a start that is not finite', [1, NaN], [0, 1], {}],
    ['no times', [1], [], {}],
    ['a duplicate time', [1], [0, 1, 1], {}],
    ['a decreasing time', [1], [0, 1, 0.5], {}],
    ['a time that is not a number', [1], [0, NaN, 1], {}],
    ['an infinite time', [1], [0, Infinity], {}],
    ['a span past the doubles', [1], [-1.7e308, 1.7e308], {}],
    ['a relative tolerance of 0', [1], [0, 1], { relativeTolerance: 0 }],
    ['a relative tolerance that is not a number', [1], [0, 1], { relativeTolerance: NaN }],
    ['a negative absolute tolerance', [1], [0, 1], { absoluteTolerance: -1e-9 }],
    ['an absolute tolerance that is not a number', [1], [0, 1], { absoluteTolerance: NaN }],
    ['a budget of nothing', [1], [0, 1], { maxEvaluations: 0 }],
  ])('refuses %s', (_, start, times, options) => {
    expect(() => integrate(growth, start, times, tolerances(1e-9, options))).toThrow(RangeError);
  });
});

describe('integrateUntil', () => {
  const position = (_: number, state: Float64Array) => state[0]!;

  test('finds where the harmonic oscillator first crosses zero', () => {
    const found = integrateUntil(oscillator, [1, 0], 0, 10, position, tolerances(1e-13))!;
    expect(Math.abs(found.time - Math.PI / 2)).toBeLessThan(1e-12);
    expect(Math.abs(found.state[0]!)).toBeLessThan(1e-15);
    expect(found.state[0]).toBeLessThanOrEqual(0);
    expect(found.state[1]).toBeCloseTo(-1, 12);
  });

  test('finds the first crossing of many random levels by many random oscillators', () => {
    const random = seedrandom('crossings of levels');
    for (let round = 0; round < 60; round += 1) {
      const [rate, level] = [0.5 + 4 * random(), 1.8 * random() - 0.9];
      const field: VectorField = (_, x, d) => {
        d[0] = x[1]!;
        d[1] = -rate * rate * x[0]!;
      };
      const event = (_: number, state: Float64Array) => state[0]! - level;
      const found = integrateUntil(field, [1, 0], 0, 20, event, tolerances(1e-12))!;
      expect(Math.abs(found.time - Math.acos(level) / rate)).toBeLessThan(1e-10);
    }
  });

  test('finds none where there is none before the end', () => {
    expect(integrateUntil(oscillator, [1, 0], 0, 1.5, position, tolerances(1e-9))).toBeUndefined();
  });

  test('an event that starts at zero is found at its next change of sign', () => {
    const found = integrateUntil(oscillator, [0, 1], 0, 10, position, tolerances(1e-13))!;
    expect(Math.abs(found.time - Math.PI)).toBeLessThan(1e-11);
  });

  test('an event of the time alone is found to the last digit', () => {
    const found = integrateUntil(growth, [1], 0, 3, (time) => time - 2 ** 0.5, tolerances(1e-6))!;
    expect(found.time).toBe(2 ** 0.5);
    expect(found.state[0]! / Math.exp(2 ** 0.5)).toBeCloseTo(1, 5);
  });

  test('fails on an event that is not a number, and on a blow-up before the event', () => {
    expect(() => integrateUntil(growth, [1], 0, 3, () => NaN, tolerances(1e-6))).toThrow(IntegrationFailed);
    expect(() => integrateUntil(blowUp, [1], 0, 3, (time) => time - 2, tolerances(1e-6))).toThrow(IntegrationFailed);
    expect(() => integrateUntil(growth, [1], 3, 0, position, tolerances(1e-6))).toThrow(RangeError);
  });
});
