import { measuredTraining, meets } from '../../oracles/network-training';
import { Q } from '../support/readings';

const condition = (name: string, bounds: readonly number[], reached: number) => ({
  ...{ name, bounds: bounds.map((bound) => Q.of(bound)), reached: Q.of(reached) },
});

test('a start meets a condition where each of its bounds is reached, and a break names the condition', () => {
  expect(meets(Q, [condition('(17)', [1, 2], 3), condition('(18)', [4], 4)])).toMatchObject({ holds: 2, equal: 1 });
  expect(meets(Q, [condition('(17)', [1, 2], 3), condition('(18)', [4], 3)])).toMatchObject({
    ...{ holds: 2, breaks: 1, firstBreak: { part: '(18)' } },
  });
  expect(meets(Q, [condition('(17)', [1, 4, 2], 3)])).toMatchObject({ holds: 2, breaks: 1 });
});

test('so many times the bounds are asked for, not of what has to reach them', () => {
  const found = (times: string) => meets(Q, [condition('(14)', [4, 1], 9)], times);
  expect(found('9/4')).toMatchObject({ holds: 1, equal: 1, breaks: 0 });
  expect(found('17/8')).toMatchObject({ holds: 2, breaks: 0 });
  expect(found('19/8')).toMatchObject({ holds: 1, breaks: 1 });
});

test('a path is measured by all that is in it, each array under its own name', () => {
  const path = { W: [1], A: [2], b: [3], Z: [4] };
  const { W, A, b, Z } = measuredTraining(Q, path);
  expect([W, A, b, Z].map(({ values }) => values)).toEqual([[1], [2], [3], [4]]);
});
