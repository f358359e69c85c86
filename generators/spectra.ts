/** Orthogonal matrices in rational numbers, exactly orthogonal, and matrices with chosen singular values or eigenvalues. */
import type { Coordinate, Extent } from '../src/claim/space';
import type { Real } from '../src/numerics/arithmetic';
import { diagonal, matMul, matrixOf, transpose, type Matrix } from '../src/numerics/matrix';
import { rationals, type Fraction } from '../src/numerics/rational';
import { asJson, refuseLarger, type MostOf } from './matrices';

/** Values chosen by an earlier parameter, exactly, or drawn: independent, each from the coordinate. */
export type Values = readonly Real[] | Coordinate<'real'>;

/** Where singular values or eigenvalues come from, and the largest shape that the cube has numbers for. */
export interface SpectrumLaw<Most> {
  readonly values: Values;
  readonly most: Most;
}

/**
 * An orthogonal n×n matrix of rational entries, exactly orthogonal; determinant 1 and −1 half the time each. A product of
 * n(n−1)/2 rotations of two neighbouring axes, their angles those of Haar measure (T. W. Anderson, I. Olkin,
 * L. G. Underhill, Generation of random orthogonal matrices, SIAM J. Sci. Stat. Comput. 8 (1987) 625–629), each moved
 * by at most 1/12 to a rotation with cosine and sine (1 − t²)/(1 + t²) and 2t/(1 + t²), t in twelfths: denominators are
 * products of n(n−1)/2 numbers up to 169. The identity lies at the corner 0 of the cube.
 */
export function orthogonal(n: Extent, { most }: { readonly most: number }): Coordinate<'matrix'> {
  return {
    kind: 'matrix',
    describe: `${n} × ${n} and orthogonal, near Haar measure, with rational entries`,
    shape: [n, n],
    size: anglesOf(most),
    decode: (cube, [size]) => {
      refuseLarger([size!], [most]);
      return asJson(orthogonalAt(size!, cube));
    },
  };
}

/** U S Vᵀ, exactly, with singular values (the first min(rows, columns) of `values`) in S; U and V as {@link orthogonal}. */
export function withSingularValues(
  rows: Extent,
  columns: Extent,
  { values, most }: SpectrumLaw<MostOf>,
): Coordinate<'matrix'> {
  const drawn = numbersFor(values, Math.min(...most));
  return {
    kind: 'matrix',
    describe: `${rows} × ${columns}, orthogonal factors near Haar measure, singular values ${wording(values)}`,
    shape: [rows, columns],
    size: drawn + anglesOf(most[0]) + anglesOf(most[1]),
    decode: (cube, [r, c]) => {
      refuseLarger([r!, c!], most);
      const S = diagonal(rationals, spectrum(values, Math.min(r!, c!), cube), r!, c!);
      const U = orthogonalAt(r!, cube.slice(drawn));
      const V = orthogonalAt(c!, cube.slice(drawn + anglesOf(most[0])));
      return asJson(matMul(rationals, U, S, transpose(V)));
    },
  };
}

/** Q Λ Qᵀ, exactly, with the first n of `values` in Λ; Q as {@link orthogonal}. Positive definite for positive values. */
export function symmetricWithEigenvalues(n: Extent, { values, most }: SpectrumLaw<number>): Coordinate<'matrix'> {
  const drawn = numbersFor(values, most);
  return {
    kind: 'matrix',
    describe: `${n} × ${n} and symmetric, eigenvectors near Haar measure, eigenvalues ${wording(values)}`,
    shape: [n, n],
    size: drawn + anglesOf(most),
    decode: (cube, [size]) => {
      refuseLarger([size!], [most]);
      const Q = orthogonalAt(size!, cube.slice(drawn));
      return asJson(matMul(rationals, Q, diagonal(rationals, spectrum(values, size!, cube)), transpose(Q)));
    },
  };
}

const isDrawn = (values: Values): values is Coordinate<'real'> => 'decode' in values;

const numbersFor = (values: Values, most: number): number => (isDrawn(values) ? most : 0);

const wording = (values: Values): string => (isDrawn(values) ? `each ${values.describe}` : 'chosen by a parameter');

function spectrum(values: Values, count: number, cube: readonly number[]): readonly Real[] {
  if (isDrawn(values)) return cube.slice(0, count).map((u) => values.decode(u));
  if (values.length >= count) return values.slice(0, count);
  throw new RangeError(
    `${values.length} values for a matrix that has ${count}: give as many as the shorter side is long`,
  );
}

/** Numbers of the cube for an orthogonal matrix: a sign, and an angle for each pair of axes. */
const anglesOf = (n: number): number => 1 + (n * (n - 1)) / 2;

/**
 * By the subgroup algorithm: a smaller orthogonal matrix, which keeps the first axis, and then rotations that take that
 * axis to a point of the sphere in spherical coordinates.
 */
function orthogonalAt(n: number, cube: readonly number[]): Matrix<Fraction> {
  let Q: Matrix<Fraction> = [[rationals.of(cube[0]! < 1 / 2 ? 1 : -1)]];
  for (let k = 2; k <= n; k++) {
    const angles = cube.slice(anglesOf(k - 1), anglesOf(k));
    const smaller = Q;
    Q = matrixOf(k, k, (i, j) => (i > 0 && j > 0 ? smaller[i - 1]![j - 1]! : rationals.of(i === j ? 1 : 0)));
    for (const [j, u] of angles.entries()) {
      const last = j === k - 2;
      Q = rotated(Q, j, last ? 2 * Math.PI * u : sinePowerQuantile(k - 2 - j, u));
    }
  }
  return Q;
}

/** The matrix after the axes `axis` and `axis` + 1 have been turned by nearly `angle`. */
function rotated(A: Matrix<Fraction>, axis: number, angle: number): Matrix<Fraction> {
  const [c, s] = rationalRotation(angle);
  const [x, y] = [A[axis]!, A[axis + 1]!];
  const mixed = (a: Fraction, b: Fraction): readonly Fraction[] =>
    x.map((entry, j) => rationals.add(rationals.mul(a, entry), rationals.mul(b, y[j]!)));
  return A.map((row, i) => (i === axis ? mixed(c, rationals.neg(s)) : i === axis + 1 ? mixed(s, c) : row));
}

/** Cosine and sine of a multiple of a quarter turn and an angle of at most an eighth whose half has a tangent in twelfths. */
function rationalRotation(angle: number): readonly [Fraction, Fraction] {
  const quarters = Math.round(angle / (Math.PI / 2));
  const t = Math.round(12 * Math.tan((angle - quarters * (Math.PI / 2)) / 2));
  let [c, s] = [144 - t * t, 24 * t];
  for (let k = 0; k < quarters; k++) [c, s] = [-s, c];
  return [rationals.div(c, 144 + t * t), rationals.div(s, 144 + t * t)];
}

/** The angle in [0, π] below which a share `u` of the density in proportion to sinᵐ lies; m ≥ 1. */
function sinePowerQuantile(m: number, u: number): number {
  if (m === 1) return Math.acos(1 - 2 * u);
  const total = sinePowerIntegral(m, Math.PI);
  let [low, high] = [0, Math.PI];
  for (let k = 0; k < 50; k++) {
    const middle = (low + high) / 2;
    if (sinePowerIntegral(m, middle) < u * total) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** ∫ sinᵐ from 0 to θ, by its reduction formula. */
function sinePowerIntegral(m: number, theta: number): number {
  if (m === 0) return theta;
  if (m === 1) return 1 - Math.cos(theta);
  const [sine, cosine] = [Math.sin(theta), Math.cos(theta)];
  return ((m - 1) * sinePowerIntegral(m - 2, theta) - sine ** (m - 1) * cosine) / m;
}
