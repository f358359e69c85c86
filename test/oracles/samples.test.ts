import { clearlyBelow, everyRun, numbersOf, runsOf, sampleOf, someRun } from '../../oracles/samples';
import { normals, take, uniformStream } from '../../generators/streams';
import { D, seriesOf } from '../support/readings';

describe('a sample', () => {
  test('has the mean and the standard deviation of its numbers', () => {
    expect(sampleOf([1, 2, 3, 6])).toEqual({ mean: 3, deviation: Math.sqrt(14 / 3), size: 4 });
    expect(sampleOf([5])).toEqual({ mean: 5, deviation: 0, size: 1 });
    expect(() => sampleOf([])).toThrow('a sample of no runs: expected at least one');
  });
});

describe('clearly below', () => {
  const low = { mean: 1, deviation: 1, size: 100 };

  test.each([
    ['holds for means six standard errors apart', 1 + 6 * Math.SQRT2 * 0.1, { holds: 1 }],
    ['is unresolved for means four standard errors apart', 1 + 4 * Math.SQRT2 * 0.1, { unresolved: 1 }],
    ['breaks for means six standard errors apart the other way', 1 - 6 * Math.SQRT2 * 0.1, { breaks: 1 }],
  ])('%s', (_what, mean, outcome) => {
    expect(clearlyBelow(D, low, { ...low, mean })).toMatchObject(outcome);
  });

  test('never holds, nor breaks, for samples of one law, in a thousand tries', () => {
    const normal = normals(uniformStream(1, 'one law'));
    const outcomes = Array.from({ length: 1000 }, () =>
      clearlyBelow(D, sampleOf(take(normal, 20)), sampleOf(take(normal, 20))),
    );
    expect(outcomes.filter(({ unresolved }) => unresolved === 0)).toEqual([]);
  });

  test('compares single runs by their numbers', () => {
    expect(clearlyBelow(D, sampleOf([1]), sampleOf([2])).holds).toBe(1);
    expect(clearlyBelow(D, sampleOf([2]), sampleOf([1])).breaks).toBe(1);
  });
});

test('every run has to show it; some run has to show it', () => {
  expect(everyRun(D, [true, true]).holds).toBe(1);
  expect(everyRun(D, [true, false]).breaks).toBe(1);
  expect(someRun(D, [false, true]).holds).toBe(1);
  expect(someRun(D, [false, false]).breaks).toBe(1);
});

test('a path of several runs is cut into them', () => {
  const path = seriesOf(D, [1, 2, 3, 4, 5, 6]);
  expect(numbersOf(D, path)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(runsOf(D, path, 2)).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
});
