import { chartOfRuns, curvesOf, endsOf, falling, fallingTo, joinedRuns } from '../../oracles/training-curves';
import { D, seriesOf } from '../support/readings';

const record = (first: number) => ({
  loss: Float64Array.of(first, first + 1),
  unseenLoss: [first + 2],
  operatorNorm: [first + 3],
  iterations: [first + 4, first + 5],
});

test('runs are joined one after the other, each number under its own name', () => {
  const path = joinedRuns([record(10), record(20)]);
  expect(path).toEqual({ loss: [10, 11, 20, 21], unseen: [12, 22], norm: [13, 23], iterations: [14, 15, 24, 25] });
  const { loss, unseen, norm, iterations } = curvesOf(D, path);
  expect([loss, unseen, norm, iterations].map(({ values }) => values)).toEqual(Object.values(path));
});

test('the ends of runs are their last numbers', () => {
  expect(endsOf(D, seriesOf(D, [1, 2, 3, 4, 5, 6]), 2)).toEqual([3, 6]);
  expect(endsOf(D, seriesOf(D, [1, 2, 3, 4, 5, 6]), 3)).toEqual([2, 4, 6]);
});

test('falling to a share is below that share of the number before, and at the share it is not', () => {
  expect(fallingTo(1 / 2, [8, 4, 1, 0.75])).toEqual([false, true, false]);
  expect(fallingTo(1 / 2, [8])).toEqual([]);
});

test('falling is below the number before, and as large as it is not', () => {
  expect(falling([3, 2, 2, 1, 4])).toEqual([true, false, true, false]);
  expect(falling([3])).toEqual([]);
});

test('a chart has a curve for each run, at the epochs of its numbers', () => {
  expect(chartOfRuns('loss', [3, 2, 5, 4], ['a', 'b'], { every: 10, log: true })).toEqual({
    ...{ x: 'epoch', y: 'loss', log: true },
    curves: [
      { name: 'a', x: [0, 10], y: [3, 2] },
      { name: 'b', x: [0, 10], y: [5, 4] },
    ],
  });
  expect(chartOfRuns('loss', [3, 2], ['a'], { log: false }).curves[0]!.x).toEqual([0, 1]);
});
