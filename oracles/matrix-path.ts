import type { Series } from '../src/claim/exam';
import { all, type Finding } from '../src/claim/finding';
import { matrixOf, type Matrix } from '../src/numerics/matrix';

/**
 * The matrices along a path, the start first, from a series that holds all their entries row by row, one point after the
 * other. RangeError where the series does not hold a whole number of such matrices.
 */
export function matricesAlong<N>({ values }: Series<N>, rows: number, columns: number): readonly Matrix<N>[] {
  const size = rows * columns;
  if (values.length % size !== 0) {
    throw new RangeError(`a path of ${values.length} numbers holds no whole number of ${rows}×${columns} matrices`);
  }
  return Array.from({ length: values.length / size }, (_, t) =>
    matrixOf(rows, columns, (i, j) => values[t * size + i * columns + j]!),
  );
}

/** What is found at every point from the first step on, handed the points before and after and the index of the latter. */
export function everyStep<T>(path: readonly T[], found: (before: T, after: T, at: number) => Finding): Finding {
  return all(...path.slice(1).map((after, t) => found(path[t]!, after, t + 1)));
}
