import { atMost, equals, lessThan, magnitude } from '../src/claim/compare';
import { all, NOTHING, part, type Finding, type Reading } from '../src/claim/finding';
import type { Real } from '../src/numerics/arithmetic';
import { matMul, matVec, scale, shapeOf, transpose, zeros, type Matrix } from '../src/numerics/matrix';
import { shortVectors } from './top-vector';

/** Where along a path matrices are compared, and how large the numbers were that were subtracted on the way to them. */
export interface Where {
  /** The step; entries are then told apart by their part. Without a path: the index of the entry, row by row. */
  readonly at?: number;
  /** Where it is larger than the largest entry, which an entry is measured against anyway. */
  readonly scale?: number;
}

/** A = B, one comparison an entry. RangeError unless they have one shape. */
export function equalMatrices<N>(R: Reading<N>, A: Matrix<N>, B: Matrix<N>, where: Where = {}): Finding {
  const [[rows, columns], shape] = [shapeOf(A), shapeOf(B)];
  if (rows !== shape[0] || columns !== shape[1]) {
    throw new RangeError(`a ${rows}×${columns} matrix is compared with a ${shape[0]}×${shape[1]} one`);
  }
  return entriesEqual(R, A, B, () => true, { ...where, scale: Math.max(largest(R, B), where.scale ?? 0) });
}

/** A = Aᵀ, one comparison for every entry above the diagonal. RangeError unless A is square. */
export function symmetric<N>(R: Reading<N>, A: Matrix<N>, where: Where = {}): Finding {
  square(A);
  return entriesEqual(R, A, transpose(A), (i, j) => i < j, where);
}

/** Zero off the diagonal, square or not; one comparison an entry there. */
export function diagonalMatrix<N>(R: Reading<N>, A: Matrix<N>, where: Where = {}): Finding {
  return entriesEqual(R, A, zeros(R, ...shapeOf(A)), (i, j) => i !== j, where);
}

function entriesEqual<N>(
  R: Reading<N>,
  A: Matrix<N>,
  B: Matrix<N>,
  looked: (i: number, j: number) => boolean,
  { at, scale = 0 }: Where,
): Finding {
  const size = Math.max(scale, largest(R, A));
  const found = A.flatMap((row, i) =>
    row.flatMap((a, j) => {
      if (!looked(i, j)) return [];
      return [part(`entry [${i}][${j}]`, equals(R, a, B[i]![j]!, at ?? i * row.length + j, size))];
    }),
  );
  // A hypothesis or conclusion has a comparison to show: of no entry, that nothing differs from nothing.
  return found.length > 0 ? all(...found) : equals(R, 0, 0, at);
}

/**
 * A symmetric matrix is positive definite: every pivot of A = LDLᵀ is positive, so what elimination has subtracted from a
 * number on the diagonal is less than that number. The lower triangle is looked at; that A is symmetric is not asked.
 * Stops at the first pivot that is not certainly positive. RangeError unless A is square.
 */
export function positiveDefinite<N>(R: Reading<N>, A: Matrix<N>, { at = 0 }: Pick<Where, 'at'> = {}): Finding {
  const n = square(A);
  const found: Finding[] = [];
  let gone = zeros(R, n);
  for (let k = 0; k < n; k++) {
    const before = gone;
    const pivot = lessThan(R, before[k]![k]!, A[k]![k]!, at);
    found.push(part(`pivot ${k + 1}`, pivot));
    if (pivot.holds === 0) break;
    const left = A.map((row, i) => R.sub(row[k]!, before[i]![k]!));
    gone = eliminated(R, before, (i) => i > k, left, left[k]!);
  }
  return all(...found);
}

/** A symmetric matrix is positive semidefinite: as for {@link operatorNormAtMost}, of −A against 0. RangeError unless A is square. */
export function positiveSemidefinite<N>(R: Reading<N>, A: Matrix<N>, { at = 0 }: Pick<Where, 'at'> = {}): Finding {
  square(A);
  return atMostIdentity(R, scale(R, -1, A), R.of(0), at);
}

/** Of full rank: the Gram matrix of the shorter side's vectors is positive definite. */
export function fullRank<N>(R: Reading<N>, A: Matrix<N>, where: Pick<Where, 'at'> = {}): Finding {
  const [rows, columns] = shapeOf(A);
  const short = rows <= columns ? A : transpose(A);
  return positiveDefinite(R, matMul(R, short, transpose(short)), where);
}

/** As many independent columns as there are columns: AᵀA is positive definite. */
export function fullColumnRank<N>(R: Reading<N>, A: Matrix<N>, where: Pick<Where, 'at'> = {}): Finding {
  return positiveDefinite(R, matMul(R, transpose(A), A), where);
}

/** The matrix with left_i·left_j/pivot added to the entries of the variables that elimination has not come to. */
function eliminated<N>(
  R: Reading<N>,
  T: Matrix<N>,
  ahead: (i: number) => boolean,
  left: readonly N[],
  pivot: N,
): Matrix<N> {
  const product = (i: number, j: number): N => (i === j ? R.power(left[i]!, 2) : R.mul(left[i]!, left[j]!));
  return T.map((row, i) => row.map((t, j) => (ahead(i) && ahead(j) ? R.add(t, R.div(product(i, j), pivot)) : t)));
}

/**
 * ‖A‖₂ ≤ s. Broken where one vector x, found in doubles, has ‖Ax‖² > s²‖x‖². Kept where s²I − AᵀA is positive
 * semidefinite: elimination with the largest pivot first never finds more than s² in a diagonal place of what is
 * subtracted. Where everything that is left is zero to resolution, it has to be so row by row (Gershgorin). Over doubles
 * ties are unresolved.
 */
export function operatorNormAtMost<N>(
  R: Reading<N>,
  A: Matrix<N>,
  s: N | Real,
  { at = 0 }: Pick<Where, 'at'> = {},
): Finding {
  const sign = R.sign(s) === 1 ? NOTHING : part('s ≥ 0', atMost(R, 0, s, at));
  return sign.breaks > 0 ? sign : all(sign, operatorNormSquaredAtMost(R, A, R.power(s, 2), { at }));
}

/** ‖A‖₂² ≤ bound, as {@link operatorNormAtMost}: for bounds whose square has a value where they have none. */
export function operatorNormSquaredAtMost<N>(
  R: Reading<N>,
  A: Matrix<N>,
  bound: N,
  { at = 0 }: Pick<Where, 'at'> = {},
): Finding {
  let along: Finding = NOTHING;
  for (const x of shortVectors(R, A)) {
    along = part('along a vector', atMost(R, ...stretch(R, A, x, bound), at));
    if (along.breaks > 0) return along;
  }
  const [rows, columns] = shapeOf(A);
  const gram = rows < columns ? matMul(R, A, transpose(A)) : matMul(R, transpose(A), A);
  return all(along, part('in all directions', atMostIdentity(R, gram, bound, at)));
}

/**
 * ‖A‖₂ ≤ s, as a hypothesis that is asked of every draw: with at most two rows or columns in closed form, by the diagonal and the
 * determinant of s²I − G, G the Gram matrix of the shorter side; otherwise {@link operatorNormAtMost}.
 */
export function normAtMost<N>(R: Reading<N>, A: Matrix<N>, s: N | Real, { at = 0 }: Pick<Where, 'at'> = {}): Finding {
  const [rows, columns] = shapeOf(A);
  if (Math.min(rows, columns) > 2) return operatorNormAtMost(R, A, s, { at });
  const short = rows <= columns ? A : transpose(A);
  const squares = short.map((x) => R.add(...x.map((entry) => R.power(entry, 2))));
  const bound = R.power(s, 2);
  const found = [atMost(R, 0, s, at), ...squares.map((square) => atMost(R, square, bound, at))];
  const [x, y] = short;
  if (y === undefined || found.some(({ breaks }) => breaks > 0)) return all(...found);
  const inner = R.add(...x!.map((entry, k) => R.mul(entry, y[k]!)));
  const room = R.mul(R.sub(bound, squares[0]!), R.sub(bound, squares[1]!));
  return all(...found, part('determinant', atMost(R, R.power(inner, 2), room, at)));
}

/**
 * ‖A‖₂ ≥ s, shown by a vector x of real numbers: s²‖x‖² ≤ ‖Ax‖². That it fails shows nothing but that the vector is the
 * wrong one. RangeError for a vector of zeros.
 */
export function operatorNormAtLeast<N>(
  R: Reading<N>,
  A: Matrix<N>,
  s: N | Real,
  vector: readonly (N | Real)[],
  { at = 0 }: Pick<Where, 'at'> = {},
): Finding {
  const sign = R.sign(s);
  if (sign === -1 || sign === 0) return atMost(R, s, 0, at);
  const x = vector.map((entry) => R.of(entry));
  if (x.every((entry) => R.sign(entry) === 0)) throw new RangeError('a vector of zeros shows nothing about a norm');
  const [image, own] = stretch(R, A, x, R.power(s, 2));
  return atMost(R, own, image, at);
}

/** ‖Ax‖² and bound·‖x‖². */
function stretch<N>(R: Reading<N>, A: Matrix<N>, x: readonly (N | Real)[], bound: N): readonly [N, N] {
  const squares = (y: readonly N[]): N => R.add(...y.map((entry) => R.power(entry, 2)));
  const converted = x.map((entry) => R.of(entry));
  return [squares(matVec(R, A, converted)), R.mul(bound, squares(converted))];
}

/** G ⪯ bound·I for a symmetric G. */
function atMostIdentity<N>(R: Reading<N>, G: Matrix<N>, bound: N, at: number): Finding {
  const found: Finding[] = [];
  let T = G;
  let rest = G.map((_, i) => i);
  while (rest.length > 0) {
    const now = T;
    const least = (a: number, b: number): number => (middle(R, now[b]![b]!) < middle(R, now[a]![a]!) ? b : a);
    const k = rest.reduce(least);
    const pivot = atMost(R, now[k]![k]!, bound, at);
    if (pivot.holds === 0) return all(...found, pivot, ...(pivot.equal > 0 ? rowsLeft(R, now, rest, bound, at) : []));
    found.push(pivot);
    const others = rest.filter((i) => i !== k);
    const column = now.map((row) => row[k]!);
    T = eliminated(R, now, (i) => others.includes(i), column, R.sub(bound, column[k]!));
    rest = others;
  }
  return all(...found);
}

/**
 * The largest diagonal entry left of bound·I − T is zero: the rest is positive semidefinite exactly when all of it is
 * zero, which is when no row has more than `bound` in modulus. To resolution that is enough; a row with more breaks the
 * bound only where the zero is exact.
 */
function rowsLeft<N>(R: Reading<N>, T: Matrix<N>, rest: readonly number[], bound: N, at: number): readonly Finding[] {
  const exact = R.kind === 'rational' || R.kind === 'dyadic';
  return rest.map((i) => {
    const sizes = rest.map((j) => (i === j ? T[i]![i]! : R.abs(T[i]![j]!)));
    const found = atMost(R, R.add(...sizes), bound, at);
    return exact || found.breaks === 0 ? found : { ...NOTHING, unresolved: 1, unresolvedAt: [at, at] };
  });
}

/** The product of the largest moduli of entries: how large the terms are that cancel in a product of these matrices. */
export function sizeOf<N>(R: Reading<N>, ...factors: readonly Matrix<N>[]): number {
  return factors.reduce((size, A) => size * largest(R, A), 1);
}

function largest<N>(R: Reading<N>, A: Matrix<N>): number {
  return Math.max(...A.flatMap((row) => row.map((a) => magnitude(R, a))));
}

function middle<N>(R: Reading<N>, x: N): number {
  const { lower, upper } = R.enclosure(x);
  return lower / 2 + upper / 2;
}

function square(A: Matrix<unknown>): number {
  const [rows, columns] = shapeOf(A);
  if (rows === columns) return rows;
  throw new RangeError(`a ${rows}×${columns} matrix: expected a square one`);
}
