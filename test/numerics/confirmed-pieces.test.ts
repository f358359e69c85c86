import { Undetermined } from '../../src/numerics/arithmetic';
import { confirmedPieces, type Pieces } from '../../src/numerics/confirmed-pieces';
import { integrate, integrateWhile } from '../../src/numerics/dop853';
import type { VectorField } from '../../src/numerics/ode';

const TOLERANCES = { relativeTolerance: 1e-12, absoluteTolerance: 1e-12 };
const twentieths = (end: number) => Array.from({ length: 21 }, (_, k) => (end * k) / 20);

/** One switch, on for x > 0; x' is one function of time where it is on, and another where it is off. */
const switched = (on: (time: number) => number, off: (time: number) => number): Pieces => ({
  field:
    ([set]) =>
    (time, _state, derivative) =>
      void (derivative[0] = set ? on(time) : off(time)),
  margins: ([set], [x]) => [set ? x! : -x!],
  outputs: (_on, [x]) => [2 * x!],
});

test('a path goes on by the other field beyond its kink, which is located', () => {
  const pieces = switched(() => -1, () => -2); // prettier-ignore
  const { values, radii, kinks } = confirmedPieces(pieces, [true], [0.33], twentieths(1));
  expect(kinks).toHaveLength(1);
  expect(kinks[0]!.time).toBeCloseTo(0.33, 12);
  twentieths(1).forEach((t, j) => {
    const x = t < 0.33 ? 0.33 - t : -2 * (t - 0.33);
    expect(Math.abs(values[0]![j]! - x)).toBeLessThanOrEqual(radii[0]![j]!);
    expect(Math.abs(values[1]![j]! - 2 * x)).toBeLessThanOrEqual(radii[1]![j]!);
    expect(radii[0]![j]!).toBeLessThan(1e-11);
  });
});

test('the two switches that are on their kinks in one place are changed together', () => {
  const one = switched(() => -1, () => -2); // prettier-ignore
  const both: Pieces = { ...one, margins: (on, [x]) => on.map((set) => (set ? x! : -x!)) };
  const { kinks } = confirmedPieces(both, [true, true], [0.5], [0, 1]);
  expect(kinks.map(({ index }) => index)).toEqual([0, 1]);
  expect(kinks[1]!.time).toBe(kinks[0]!.time);
});

test('a switch that starts on its kink is changed at once where the path leaves to the other side', () => {
  const pieces = switched(() => 3, () => 1); // prettier-ignore
  const { values, kinks } = confirmedPieces(pieces, [false], [0], [0, 1]);
  expect(kinks).toEqual([{ time: 0, index: 0 }]);
  expect(values[0]![1]).toBeCloseTo(3, 12);
});

test('a path that comes back through its kink has two', () => {
  const slope = (time: number) => 2 * (time - 1);
  const { kinks } = confirmedPieces(switched(slope, slope), [true], [0.75], [0, 2]);
  expect(kinks.map(({ time }) => Math.round(time * 1e9) / 1e9)).toEqual([0.5, 1.5]);
});

test('a path that slides, and one that may have touched a kink, are left undetermined', () => {
  const slides = switched(() => -1, () => 1); // prettier-ignore
  expect(() => confirmedPieces(slides, [true], [0.5], [0, 1])).toThrow(Undetermined);
  expect(() => confirmedPieces(slides, [true], [0.5], [0, 1])).toThrow(/slides along a kink from time 0.5/);
  // x = (t − 1.005)² + 1e-9, looked at every fiftieth.
  const slope = (time: number) => 2 * (time - 1.005);
  const grazes = switched(slope, slope);
  expect(() => confirmedPieces(grazes, [true], [1.005 ** 2 + 1e-9], [0, 2])).toThrow(
    /may have touched a kink near time 1/,
  );
  expect(confirmedPieces(grazes, [true], [1.005 ** 2 + 1e-3], [0, 2]).kinks).toEqual([]);
});

test('a field that has no value beyond the kink is followed up to there', () => {
  // x' = −1/(2√(x + 1/100)) has no value 1/100 below the kink; then on at slope 0.
  const pieces: Pieces = {
    field:
      ([set]) =>
      (_time, [x], derivative) =>
        void (derivative[0] = set ? -1 / (2 * Math.sqrt(x! + 0.01)) : 0),
    margins: ([set], [x]) => [set ? x! : -x!],
    outputs: () => [],
  };
  // (x + 1/100)^{3/2} falls at speed 3/4.
  const { kinks, values } = confirmedPieces(pieces, [true], [1], twentieths(4));
  expect(kinks[0]!.time).toBeCloseTo((4 / 3) * (1.01 ** 1.5 - 0.001), 10);
  expect(values[0]![20]).toBeCloseTo(0, 12);
});

describe('watching an integration', () => {
  const field: VectorField = (_time, [x, y], derivative) => {
    derivative[0] = y!;
    derivative[1] = -x!;
  };
  const times = twentieths(3);

  test('changes nothing of it where nothing stops it', () => {
    const { states, reached, stop } = integrateWhile(field, [0, 1], times, () => true, TOLERANCES);
    expect([reached, stop]).toEqual([21, undefined]);
    expect(states).toEqual(integrate(field, [0, 1], times, TOLERANCES).states);
  });

  test('stops within a step of where the statement ceases to hold, and gives the states of that step', () => {
    const { states, reached, stop } = integrateWhile(field, [0, 1], times, (_t, [x]) => x! <= 0.6, TOLERANCES);
    const crossing = Math.asin(0.6);
    expect(stop!.earliest).toBeLessThan(crossing);
    expect(stop!.before).toBeLessThan(crossing);
    expect(stop!.time).toBeGreaterThan(crossing);
    expect(stop!.stateAt(crossing)[0]).toBeCloseTo(0.6, 10);
    expect(times[reached - 1]!).toBeLessThanOrEqual(stop!.earliest);
    for (let t = 0; t < reached; t++) expect(states[0]![t]).toBeCloseTo(Math.sin(times[t]!), 10);
  });
});
