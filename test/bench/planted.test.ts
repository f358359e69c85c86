import { PLANTED } from '../../bench/planted/problems';
import { drawPoints } from '../../src/claim/draw';

test.each(PLANTED)('$name: the planted claim is false where its card says', ({ atWitness }) => {
  expect(atWitness()).toBeGreaterThan(0);
});

test.each(PLANTED.filter(({ kind }) => kind === 'rare'))(
  '$name: less than one uniform draw in 5000 breaks it',
  ({ dimension, violation }) => {
    const draws = 100_000;
    const broken = drawPoints(dimension, draws, 1).filter((point) => violation(point) > 0);
    expect(broken.length).toBeLessThan(draws / 5000);
  },
);

test('there are 34 planted claims, each with a name of its own', () => {
  expect(PLANTED).toHaveLength(34);
  expect(new Set(PLANTED.map(({ name }) => name)).size).toBe(34);
});

test('violations are numbers up to 1, or −∞ at no instance', () => {
  for (const { dimension, violation } of PLANTED) {
    for (const point of drawPoints(dimension, 500, 1, true)) {
      const value = violation(point);
      expect(value === -Infinity || Math.abs(value) <= 1).toBe(true);
    }
  }
});
