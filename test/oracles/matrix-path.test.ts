/** Matrices along a path, read from a solver's flat arrays. */
import { everyStep, matricesAlong } from '../../oracles/matrix-path';
import { equals } from '../../src/claim/compare';
import { B, D, Q, seriesOf } from '../support/readings';

describe('matrices along a path', () => {
  test('are read row by row, one point after the other, from typed arrays and lists', () => {
    const values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
    const expected = [
      [[1, 2, 3], [4, 5, 6]],
      [[7, 8, 9], [10, 11, 12]],
    ]; // prettier-ignore
    expect(matricesAlong({ values }, 2, 3)).toEqual(expected);
    expect(matricesAlong({ values: Float64Array.from(values) }, 2, 3)).toEqual(expected);
    expect(matricesAlong({ values }, 3, 1).map((A) => A[0]![0])).toEqual([1, 4, 7, 10]);
    const fractions = matricesAlong(seriesOf(Q, ['1/3', '2/3']), 1, 1);
    expect(fractions.map((A) => Q.exactText(A[0]![0]!))).toEqual(['1/3', '2/3']);
  });

  test('of another shape are refused', () => {
    expect(() => matricesAlong({ values: [1, 2, 3] }, 2, 1)).toThrow(
      'a path of 3 numbers holds no whole number of 2×1 matrices',
    );
  });
});

describe('every step', () => {
  test('is handed what is before and after it, and its index', () => {
    const seen: [string, string, number][] = [];
    everyStep(['a', 'b', 'c'], (before, after, at) => {
      seen.push([before, after, at]);
      return equals(D, 0, 0);
    });
    expect(seen).toEqual([
      ['a', 'b', 1],
      ['b', 'c', 2],
    ]);
  });

  test('is found wrong at the step that is', () => {
    const doubling = (path: readonly number[]) =>
      everyStep(path, (before, after, at) => equals(B, B.of(after), B.of(2 * before), at));
    expect(doubling([1, 2, 4, 8])).toMatchObject({ breaks: 0, equal: 3 });
    expect(doubling([1, 2, 5, 10])).toMatchObject({ breaks: 1, equal: 2, firstBreak: { at: 2 } });
  });

  test('of a start alone finds nothing', () => {
    expect(everyStep([1], () => equals(D, 0, 1))).toMatchObject({ breaks: 0, holds: 0, unresolved: 0 });
  });
});
