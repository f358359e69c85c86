import type { Coordinate } from '../../src/claim/space';
import { scaleFor, scaleForSides } from '../../src/report/axis-scale';
import { logUniform, signedLogUniform, uniform } from '../../generators/coordinates';

describe('the scale of an axis', () => {
  const drawn = ({ decode }: Coordinate<'real'>): number[] => Array.from({ length: 101 }, (_, k) => decode(k / 100));

  test('follows from how a parameter is drawn', () => {
    expect(scaleFor(drawn(logUniform(1 / 64, 64)))).toBe('log');
    expect(scaleFor(drawn(signedLogUniform(1 / 64, 64)))).toBe('symmetric');
    expect(scaleFor(drawn(signedLogUniform(1 / 64, 64)).map((x) => -Math.abs(x)))).toBe('symmetric');
    expect(scaleFor(drawn(uniform(0, 1)))).toBe('linear');
    expect(scaleFor(drawn(uniform(-5, 5)))).toBe('linear');
    expect(scaleFor(drawn(logUniform(1, 4)))).toBe('linear');
    expect(scaleFor([])).toBe('linear');
  });

  test('is logarithmic for positive sides, and for decaying ones that reach 0', () => {
    expect(scaleForSides([1, 2], [2, 2])).toBe('log');
    expect(scaleForSides([1, 1e-4, 0], [1, 0.1, 0.01])).toBe('log');
    expect(scaleForSides([0, 0.5, 0.7], [1, 1, 1])).toBe('linear');
    expect(scaleForSides([0, 0, 0], [1, 1e-9, 1])).not.toBe('log');
    expect(scaleForSides([-1, 2], [2, 2])).toBe('linear');
  });

  test('stays linear where a path passes 0, and is symmetric where it swings ever wider', () => {
    const steps = Array.from({ length: 60 }, (_, t) => t);
    const passing = steps.map((t) => Math.tanh((t - 30) / 3));
    expect(Math.min(...passing.map(Math.abs))).toBe(0);
    expect(scaleForSides(passing, passing)).toBe('linear');
    const swinging = steps.map((t) => (-1.5) ** t);
    expect(scaleForSides(swinging, swinging)).toBe('symmetric');
  });
});
