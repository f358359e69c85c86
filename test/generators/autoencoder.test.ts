import { autoencoderData, feedbackMatrices, INPUTS, startingWeights, VARIANCES } from '../../generators/autoencoder';
import { singularValues, traceNorm } from '../../src/numerics/singular-values';

const flat = (rows: readonly (readonly number[])[]): readonly number[] => rows.flat();

describe('the data of the autoencoder', () => {
  const { moments, target } = autoencoderData(1, 'signal');

  test('are the same for one seed and others for another', () => {
    expect(autoencoderData(1, 'signal')).toEqual({ moments, target });
    expect(autoencoderData(2, 'signal').moments).not.toEqual(moments);
  });

  test('have symmetric moments of five large directions and fifteen of the size of the noise', () => {
    for (let i = 0; i < INPUTS; i++)
      for (let j = 0; j < i; j++) expect(moments[i]![j]).toBeCloseTo(moments[j]![i]!, 12);
    const values = singularValues(moments);
    expect(values[4]).toBeGreaterThan(1e-2);
    // The noise has variance 1e-6; with 1000 samples in 15 directions no eigenvalue is off by half of it.
    for (const value of values.slice(5)) expect(Math.abs(value - 1e-6)).toBeLessThan(0.5e-6);
  });

  test('have moments within sampling error of the target AΛAᵀ', () => {
    // The trace of the sample moments has relative standard deviation below √(2/1000).
    const trace = (rows: readonly (readonly number[])[]): number => rows.reduce((sum, row, i) => sum + row[i]!, 0);
    expect(Math.abs(trace(moments) / trace(target) - 1)).toBeLessThan(5 * Math.sqrt(2 / 1000));
  });

  test.each(Object.keys(VARIANCES) as (keyof typeof VARIANCES)[])('mix by one matrix under the law %s', (law) => {
    const { target: other } = autoencoderData(1, law);
    const ratio = VARIANCES[law].reduce((sum, x) => sum + x, 0) / 7.75;
    const trace = (rows: readonly (readonly number[])[]): number => rows.reduce((sum, row, i) => sum + row[i]!, 0);
    // One A: column norms differ by less than a factor 2, so traces go with the variances up to that.
    expect(trace(other) / trace(target) / ratio).toBeGreaterThan(0.5);
    expect(trace(other) / trace(target) / ratio).toBeLessThan(2);
  });
});

test('weights at the start are 1e-5·U(0, 1), the same for every draw of feedback', () => {
  const weights = startingWeights(1, 3);
  expect(weights.map((rows) => [rows.length, rows[0]!.length])).toEqual([
    [20, 20],
    [20, 20],
    [20, 20],
  ]);
  const all = weights.flatMap(flat);
  expect(all.every((x) => x >= 0 && x < 1e-5)).toBe(true);
  expect(Math.abs(all.reduce((sum, x) => sum + x, 0) / all.length - 0.5e-5)).toBeLessThan(
    (5 * 1e-5) / Math.sqrt(12 * all.length),
  );
  expect(startingWeights(1, 2)).toEqual(weights.slice(0, 2));
});

test('feedback matrices are U(0, 1), one fewer than layers, others for every draw', () => {
  const [first, second] = [feedbackMatrices(1, 3, 0), feedbackMatrices(1, 3, 1)];
  expect(first).toHaveLength(2);
  expect(first).not.toEqual(second);
  const all = first.flatMap(flat);
  expect(all.every((x) => x >= 0 && x < 1)).toBe(true);
  expect(Math.abs(all.reduce((sum, x) => sum + x, 0) / all.length - 0.5)).toBeLessThan(5 / Math.sqrt(12 * all.length));
});

describe('singular values', () => {
  test('are those of matrices whose singular values are known', () => {
    expect(
      singularValues([
        [3, 0, 0],
        [0, 0, -4],
      ]),
    ).toEqual([4, 3]);
    const [c, s] = [0.6, 0.8];
    const values = singularValues([
      [2 * c, -s],
      [2 * s, c],
      [0, 0],
    ]);
    expect(values[0]).toBeCloseTo(2, 12);
    expect(values[1]).toBeCloseTo(1, 12);
  });

  test('add up to the trace norm, which is the trace of a positive matrix', () => {
    expect(
      traceNorm([
        [2, 1],
        [1, 2],
      ]),
    ).toBeCloseTo(4, 12);
    expect(
      traceNorm([
        [0, 1],
        [-1, 0],
      ]),
    ).toBeCloseTo(2, 12);
  });
});
