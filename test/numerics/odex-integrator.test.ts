import seedrandom from 'seedrandom';
import { integrate } from '../../src/numerics/dop853';
import { IntegrationFailed } from '../../src/numerics/ode';
import type { IntegrationOptions, VectorField } from '../../src/numerics/ode';
import { integrateByExtrapolation } from '../../src/numerics/odex-integrator';

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
const blowUp: VectorField = (_, x, d) => {
  d[0] = x[0]! ** 2;
};
const vanDerPol =
  (damping: number): VectorField =>
  (_, x, d) => {
    d[0] = x[1]!;
    d[1] = damping * (1 - x[0]! ** 2) * x[1]! - x[0]!;
  };

function largestError(states: Float64Array, times: readonly number[], truth: (time: number) => number): number {
  return Math.max(...times.map((time, j) => Math.abs(states[j]! - truth(time))));
}

describe('integrateByExtrapolation', () => {
  const closedForms: [string, VectorField, number[], number, (time: number) => number][] = [
    ['the exponential', growth, [1], 5, (t) => Math.exp(t)],
    ['the harmonic oscillator', oscillator, [1, 0], 20, (t) => Math.cos(t)],
    ["x' = -x³/2", (_, x, d) => (d[0] = -(x[0]! ** 3) / 2), [2], 50, (t) => (t + 0.25) ** -0.5],
    [
      'the logistic equation',
      (_, x, d) => (d[0] = x[0]! * (1 - x[0]!)),
      [1 / 64],
      12,
      (t) => 1 / (1 + 63 * Math.exp(-t)),
    ],
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
      const { states } = integrateByExtrapolation(field, start, times, tolerances(tolerance));
      expect(largestError(states[0]!, times, truth)).toBeLessThan(100 * tolerance * size);
    }
  });

  test.each([0.5, 2, 8])('agrees with DOP853 on the oscillator of van der Pol with damping %d', (damping) => {
    const times = grid(0, 10, 201);
    const ours = integrate(vanDerPol(damping), [2, 0], times, tolerances(1e-13)).states;
    const theirs = integrateByExtrapolation(vanDerPol(damping), [2, 0], times, tolerances(1e-13)).states;
    const scale = Math.max(...ours[1]!.map(Math.abs));
    for (let k = 0; k < 2; k += 1) {
      for (let j = 0; j < times.length; j += 1) {
        expect(Math.abs(ours[k]![j]! - theirs[k]![j]!)).toBeLessThan(1e-10 * scale);
      }
    }
  });

  test('agrees with DOP853 on many random fields of degree three', () => {
    const random = seedrandom('fields of degree three');
    for (let round = 0; round < 60; round += 1) {
      const [a, b, c] = Array.from({ length: 3 }, () => 4 * random() - 2);
      const field: VectorField = (t, x, d) => {
        d[0] = a! * x[1]! - x[0]! ** 3 + Math.cos(b! * t);
        d[1] = c! * x[0]! * x[1]! - x[1]! ** 3;
      };
      const start = [2 * random() - 1, 2 * random() - 1];
      const times = grid(0, 5, 41);
      const ours = integrate(field, start, times, tolerances(1e-12)).states;
      const theirs = integrateByExtrapolation(field, start, times, tolerances(1e-12)).states;
      ours.forEach((component, k) => {
        component.forEach((value, j) => expect(Math.abs(value - theirs[k]![j]!)).toBeLessThan(1e-9));
      });
    }
  });

  test('is unmoved by where the clock starts, however short the span', () => {
    const late: VectorField = (t, _, d) => (d[0] = Math.cos(t - 1024));
    const times = grid(1024, 1027, 31);
    const { states } = integrateByExtrapolation(late, [0], times, tolerances(1e-12));
    expect(largestError(states[0]!, times, (t) => Math.sin(t - 1024))).toBeLessThan(1e-11);
    const short = [100, 100 + 2 ** -46, 100 + 2 ** -44];
    const [after] = integrateByExtrapolation(growth, [2 ** 20], short, tolerances(1e-12)).states;
    expect(Math.abs(after![1]! - 2 ** 20 - 2 ** -26)).toBeLessThanOrEqual(2 ** -31);
    expect(Math.abs(after![2]! - 2 ** 20 - 2 ** -24)).toBeLessThanOrEqual(2 ** -31);
  });

  test('leaves a component that starts and stays at 0 there, with no absolute tolerance', () => {
    const options = { relativeTolerance: 1e-9, absoluteTolerance: 0 };
    const field: VectorField = (_, x, d) => {
      d[0] = x[0]! * x[1]!;
      d[1] = -x[1]!;
    };
    const { states } = integrateByExtrapolation(field, [0, 1], grid(0, 3, 7), options);
    expect(states[0]).toEqual(new Float64Array(7));
    expect(Math.abs(states[1]![6]! - Math.exp(-3))).toBeLessThan(1e-8);
    expect(integrateByExtrapolation((_, __, d) => (d[0] = 1), [0], [0, 2], options).states[0]![1]).toBeCloseTo(2, 12);
    expect(integrateByExtrapolation((_, __, d) => (d[0] = 0), [5], [0, 1e9], options).states[0]![1]).toBe(5);
  });

  test('gives the start alone at a single time, without an evaluation', () => {
    const { times, states, evaluations } = integrateByExtrapolation(growth, [3], [7], tolerances(1e-9));
    expect([times[0], states[0]![0], evaluations]).toEqual([7, 3, 0]);
  });

  test('takes many more steps than odex allows by itself', () => {
    const relaxing: VectorField = (_, x, d) => (d[0] = 1 - x[0]!);
    const { states, evaluations } = integrateByExtrapolation(relaxing, [2], [0, 60_000], tolerances(1e-2));
    expect(states[0]![1]).toBeCloseTo(1, 1);
    expect(evaluations).toBeGreaterThan(100_000);
  });

  test('counts exactly the evaluations it makes and stays within the budget', () => {
    let calls = 0;
    const counted: VectorField = (_, x, d) => {
      calls += 1;
      d[0] = x[0]!;
    };
    expect(integrateByExtrapolation(counted, [1], grid(0, 5, 9), tolerances(1e-9)).evaluations).toBe(calls);
    calls = 0;
    expect(() => integrateByExtrapolation(counted, [1], [0, 1e6], tolerances(1e-9, { maxEvaluations: 500 }))).toThrow(
      /budget of 500 evaluations ran out after time \d/,
    );
    expect(calls).toBe(500);
  });

  test('fails at the blow-up, naming the time reached', () => {
    let message = '';
    try {
      integrateByExtrapolation(blowUp, [1], [5, 7], tolerances(1e-9));
    } catch (error) {
      expect(error).toBeInstanceOf(IntegrationFailed);
      message = (error as Error).message;
    }
    expect(Number(/after time ([\d.]+)/.exec(message)![1])).toBeCloseTo(6, 4);
  });

  test('fails where the derivative stops being finite, and at the start if it is not finite there', () => {
    const falling: VectorField = (_, x, d) => (d[0] = -1 / (2 * Math.sqrt(x[0]!)));
    expect(() => integrateByExtrapolation(falling, [1], [0, 2], tolerances(1e-9))).toThrow(IntegrationFailed);
    expect(() => integrateByExtrapolation((_, __, d) => (d[0] = NaN), [1], [0, 2], tolerances(1e-9))).toThrow(
      IntegrationFailed,
    );
    const lateNaN: VectorField = (t, _, d) => (d[0] = t > 0 ? NaN : 1);
    expect(() => integrateByExtrapolation(lateNaN, [1], [0, 2], tolerances(1e-9))).toThrow(IntegrationFailed);
    const squashed: VectorField = (t, x, d) => (d[0] = t > 1 && t < 1.5 ? Infinity : Math.tanh(x[0]!));
    expect(() => integrateByExtrapolation(squashed, [1], [0, 2], tolerances(1e-3))).toThrow(IntegrationFailed);
  });

  test('repeats a step in which any one derivative is infinite, even where the field makes a finite one of that', () => {
    for (let infinite = 2; infinite < 60; infinite += 1) {
      let call = 0;
      const field: VectorField = (_, x, d) => {
        call += 1;
        d[0] = call === infinite ? Infinity : Math.tanh(x[0]!);
      };
      const { states } = integrateByExtrapolation(field, [1], [0, 1], tolerances(1e-9));
      expect(Math.abs(states[0]![1]! - Math.asinh(Math.E * Math.sinh(1)))).toBeLessThan(1e-8);
    }
  });

  test('gives up on a field that is nothing but noise', () => {
    const random = seedrandom('noise');
    const noise: VectorField = (_, __, d) => (d[0] = (random() - 0.5) * 1e20);
    const options = tolerances(1e-9, { maxEvaluations: 20_000 });
    for (const from of [0, 1])
      expect(() => integrateByExtrapolation(noise, [1], [from, 2], options)).toThrow(IntegrationFailed);
    const late: VectorField = (t, _, d) => (d[0] = t < 1 ? 1 : (random() - 0.5) * 1e20);
    expect(() => integrateByExtrapolation(late, [1], [0, 2], options)).toThrow(
      /no step within tolerance after time (1|0\.99999)/,
    );
  });

  test('reaches the last time, whatever it is', () => {
    const random = seedrandom('last times');
    for (let round = 0; round < 300; round += 1) {
      const [from, span] = [random(), 3 * random()];
      const { states } = integrateByExtrapolation(growth, [1], [from, from + span], tolerances(1e-9));
      expect(Math.abs(states[0]![1]! / Math.exp(span) - 1)).toBeLessThan(1e-7);
    }
  });

  test('shortens a step that would leave the domain of the field', () => {
    const root: VectorField = (_, x, d) => (d[0] = -Math.sqrt(x[0]! - 1e-6));
    const time = 1.99;
    const truth = 1e-6 + (Math.sqrt(1 - 1e-6) - time / 2) ** 2;
    expect(integrateByExtrapolation(root, [1], [0, time], tolerances(1e-9)).states[0]![1]! / truth).toBeCloseTo(1, 3);
    let refusals = 0;
    const steep: VectorField = (_, x, d) => {
      if (x[0]! < 0) refusals += 1;
      d[0] = x[0]! < 0 ? NaN : -1e6 * (x[0]! - 1e-3);
    };
    const [end] = integrateByExtrapolation(steep, [1], [0, 1e-4], tolerances(1e-9)).states.map((states) => states[1]);
    expect(refusals).toBeGreaterThan(0);
    expect(end).toBeCloseTo(1e-3, 10);
  });

  test.each<[string, number[], number[], Partial<IntegrationOptions>]>([
    ['an empty start', [], [0, 1], {}],
    ['no times', [1], [], {}],
    ['a duplicate time', [1], [0, 1, 1], {}],
    ['a time that is not a number', [1], [0, NaN, 1], {}],
    ['a relative tolerance of 0', [1], [0, 1], { relativeTolerance: 0 }],
    ['an absolute tolerance that is not a number', [1], [0, 1], { absoluteTolerance: NaN }],
  ])('refuses %s', (_, start, times, options) => {
    expect(() => integrateByExtrapolation(growth, start, times, tolerances(1e-9, options))).toThrow(RangeError);
  });
});
