import { space } from '../src/claim/space';
import { orthonormalize } from '../src/numerics/orthonormal';
import { counts, logUniform } from './coordinates';
import { normals, take, uniformStream } from './streams';

/** What the experiments on low-rank factorisation are run with (Appendix F): sizes, step size, number of steps, seed. */
export const figureSettings = space()
  .with('n', counts(4, 500))
  .with('r', counts(1, 99))
  .with('eta', logUniform(1e-6, 1))
  .with('steps', counts(2, 2000))
  .with('seed', counts(1, 1000));

type Rows = readonly (readonly number[])[];

/** A rows×columns matrix of independent normal numbers of standard deviation `scale`, from a stream of its own. */
export function normalMatrix(seed: number, name: string, rows: number, columns: number, scale = 1): Rows {
  const entries = take(normals(uniformStream(seed, 'factorization', name)), rows * columns, scale);
  return cutRows(entries, columns);
}

/** The same with its columns made orthonormal: rows ≥ columns. */
export function orthonormalMatrix(seed: number, name: string, rows: number, columns: number): Rows {
  const entries = take(normals(uniformStream(seed, 'factorization', name)), rows * columns);
  orthonormalize(entries, rows, columns);
  return cutRows(entries, columns);
}

/** The square matrix with these numbers on its diagonal: Y in the bases of its singular vectors. */
export function diagonalRows(values: readonly number[]): Rows {
  return values.map((value, i) => values.map((_, j) => (i === j ? value : 0)));
}

function cutRows(entries: Float64Array, columns: number): Rows {
  return Array.from({ length: entries.length / columns }, (_, i) =>
    Array.from(entries.subarray(i * columns, (i + 1) * columns)),
  );
}
