import { byStepSize, type StepSizes } from '../../oracles/charts';

const halving: StepSizes = { unit: 'η', upTo: 3, claimed: 1, steps: 10, errorAt: (eta) => Math.abs(1 - eta) ** 10 };
const marksOf = (change: Partial<StepSizes>): readonly (readonly [string, number])[] =>
  byStepSize({ ...halving, ...change }).marks!.map(({ label, at }) => [label, at]);

test('the true range ends where the error stops coming down to a thousandth, not where small steps are too slow', () => {
  // |1 − η|^10 > 1/1000 for η below 0.499 and from 1.501.
  expect(marksOf({})).toEqual([
    ['claimed', 1],
    ['true', expect.closeTo(1.51, 5)],
  ]);
  expect(marksOf({ claimed: 0.1 })[1]).toEqual(['true', expect.closeTo(1.51, 5)]);
});

test('there is no such end where every step size shown converges, and where none does', () => {
  expect(marksOf({ errorAt: () => 1e-9 })).toEqual([['claimed', 1]]);
  expect(marksOf({ errorAt: () => NaN })).toEqual([['claimed', 1]]);
});

test('errors that ran away or are 0 are drawn at the ends of the axis', () => {
  const [curve] = byStepSize({ ...halving, errorAt: (eta) => (eta < 1 ? 0 : eta < 2 ? Infinity : NaN) }).curves;
  expect(new Set(Array.from(curve!.y))).toEqual(new Set([1e-16, 1e4]));
});
