import { atMost, lessThan } from '../src/claim/compare';
import { all, part, type Finding, type Reading } from '../src/claim/finding';
import type { Real } from '../src/numerics/arithmetic';
import { determinant, identity, minus, scale, shapeOf, trace, type Matrix } from '../src/numerics/matrix';

/**
 * Re λ ≥ c, or > c where `strictly`, for every eigenvalue λ of a real matrix of up to three rows: by the criterion of Routh
 * and Hurwitz for det(sI + A − cI), without a root. RangeError for other matrices.
 */
export function eigenvaluesFrom<N>(R: Reading<N>, A: Matrix<N>, c: N | Real, { strictly = false } = {}): Finding {
  const [n, columns] = shapeOf(A);
  if (n !== columns || n > 3)
    throw new RangeError(`the eigenvalues of a ${n}×${columns} matrix: expected 1, 2 or 3 rows`);
  const below = strictly ? lessThan : atMost;
  if (n === 1) return part('eigenvalue', below(R, c, A[0]![0]!));
  const B = minus(R, A, scale(R, c, identity(R, n)));
  const [first, last] = [trace(R, B), determinant(R, B)];
  const sum = part('sum', below(R, 0, first));
  const product = part('product', below(R, 0, last));
  if (n === 2) return all(sum, product);
  const pairs = [[0, 1], [0, 2], [1, 2]] as const; // prettier-ignore
  const second = R.add(...pairs.map(([i, j]) => R.sub(R.mul(B[i]![i]!, B[j]![j]!), R.mul(B[i]![j]!, B[j]![i]!))));
  return all(
    sum,
    part('sum of products of two', below(R, 0, second)),
    product,
    part('sums of two', below(R, last, R.mul(first, second))),
  );
}
