import { coarse, counts, logUniform, uniform } from '../../generators/coordinates';
import { vector } from '../../generators/matrices';
import { orthogonal, symmetricWithEigenvalues, withSingularValues } from '../../generators/spectra';
import { drawPoints, seedFor } from '../../src/claim/draw';
import { space, type Coordinate } from '../../src/claim/space';
import type { Real } from '../../src/numerics/arithmetic';
import { determinant, identity, matMul, minus, scale, trace, transpose, type Matrix } from '../../src/numerics/matrix';
import { rationals as Q, type Fraction } from '../../src/numerics/rational';
import { parseReal, toDouble } from '../../src/numerics/real';

type MatrixLaw = Coordinate<'matrix'>;

const exact = (A: Matrix<Real>): Matrix<Fraction> => A.map((row) => row.map((x) => Q.of(x)));
const texts = (A: Matrix<Fraction>): Matrix<string> => A.map((row) => row.map((x) => Q.exactText(x)!));
const drawn = (law: MatrixLaw, shape: readonly number[], count: number, name: string): readonly Matrix<Real>[] =>
  drawPoints(law.size, count, seedFor(1, 'spectra', name)).map((cube) => law.decode(cube, shape));

/** Whether x is an eigenvalue: det(A − xI) = 0 exactly. */
const isEigenvalue = (A: Matrix<Fraction>, x: Fraction): boolean =>
  Q.sign(determinant(Q, minus(Q, A, scale(Q, x, identity(Q, A.length))))) === 0;

describe('orthogonal matrices', () => {
  const law = orthogonal('n', { most: 4 });

  test.each([1, 2, 3, 4])('of size %i times their transpose are exactly the identity, and survive JSON', (n) => {
    for (const A of drawn(law, [n], 40, `orthogonal ${n}`)) {
      expect(JSON.parse(JSON.stringify(A))).toStrictEqual(A);
      expect(texts(matMul(Q, exact(A), exact(transpose(A))))).toEqual(texts(identity(Q, n)));
    }
  });

  test('have denominators of at most 169 for each rotation', () => {
    for (const [n, rotations] of [
      [2, 1],
      [3, 3],
      [4, 6],
    ] as const) {
      // prettier-ignore
      for (const x of drawn(law, [n], 100, 'denominators').flat(2)) {
        expect(parseReal(x).denominator <= 169n ** BigInt(rotations)).toBe(true);
      }
    }
  });

  test('are the identity and signed permutations at corners and the middle of the cube', () => {
    expect(law.size).toBe(7);
    expect(law.decode([0, 0, 0, 0, 0, 0, 0], [4])).toEqual(identity({ of: (x: number) => x } as never, 4));
    for (const u of [0.5, 1]) {
      const entries = law.decode(new Array<number>(7).fill(u), [4]).flat() as number[];
      expect(entries.filter((x) => Math.abs(x) === 1)).toHaveLength(4);
      expect(entries.filter((x) => x === 0)).toHaveLength(12);
    }
    expect(() => law.decode(new Array<number>(7).fill(0), [5])).toThrow('a shape of 5, but most: 4');
  });

  const COUNT = 3000;
  /** A share of `COUNT` draws lies further from its probability only once in 1e9 times (Hoeffding). */
  const BAND = Math.sqrt(Math.log(2e9) / (2 * COUNT));

  test('have determinant 1 half the time, −1 the other half', () => {
    const signs = drawn(law, [3], COUNT, 'signs').map((A) => Q.exactText(determinant(Q, exact(A))));
    const plus = signs.filter((x) => x === '1').length / COUNT;
    expect(Math.abs(plus - 1 / 2)).toBeLessThan(BAND);
    expect(signs.every((x) => x === '1' || x === '-1')).toBe(true);
  });

  /** How often an entry of a Haar orthogonal matrix is at most x: its density is in proportion to (1 − x²)^((n−3)/2). */
  const haar: Readonly<Record<number, (x: number) => number>> = {
    2: (x) => 1 - Math.acos(x) / Math.PI,
    3: (x) => (1 + x) / 2,
    4: (x) => 1 / 2 + (x * Math.sqrt(1 - x * x) + Math.asin(x)) / Math.PI,
  };
  const clamp = (x: number): number => Math.min(1, Math.max(-1, x));

  test.each([2, 3, 4])(
    'of size %i have entries distributed as under Haar measure, up to what angles are moved',
    (n) => {
      const matrices = drawn(law, [n], COUNT, `haar ${n}`).map((A) => A.map((row) => row.map(toDouble)));
      const F = haar[n]!;
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          // An entry of the j-th column takes part in the rotations of the first j + 1 spheres, each rotation moved by 1/12;
          // the first entry in one alone.
          const rotations = Array.from({ length: j + 1 }, (_, k) => n - 1 - k).reduce((sum, x) => sum + x, 0);
          const moved = (i === 0 && j === 0 ? 1 : rotations) / 12;
          for (const x of [-0.9, -0.6, -0.3, 0, 0.3, 0.6, 0.9]) {
            const below = matrices.filter((A) => A[i]![j]! <= x).length / COUNT;
            expect(below).toBeGreaterThan(F(clamp(x - moved)) - BAND);
            expect(below).toBeLessThan(F(clamp(x + moved)) + BAND);
          }
        }
      }
    },
  );
});

describe('matrices with singular values', () => {
  const values = coarse(logUniform(1 / 16, 16));
  const law = withSingularValues('h', 'd', { values, most: [3, 3] });

  test.each([
    [1, 1],
    [2, 2],
    [3, 2],
    [2, 3],
    [3, 3],
  ])('have exactly those that were drawn (%i × %i)', (h, d) => {
    // prettier-ignore
    for (const cube of drawPoints(law.size, 25, seedFor(1, 'singular values', `${h} ${d}`))) {
      const A = law.decode(cube, [h, d]);
      expect([A.length, A[0]!.length]).toEqual([h, d]);
      expect(JSON.parse(JSON.stringify(A))).toStrictEqual(A);
      const squares = cube.slice(0, Math.min(h, d)).map((u) => Q.power(values.decode(u), 2));
      const gram = matMul(Q, exact(transpose(A)), exact(A));
      expect(squares.every((square) => isEigenvalue(gram, square))).toBe(true);
      expect(Q.exactText(trace(Q, gram))).toBe(Q.exactText(Q.add(...squares)));
    }
  });

  test('are log-uniform where they are drawn so: of one entry, every octave of its size equally often', () => {
    const COUNT = 20_000;
    const BAND = Math.sqrt(Math.log(2e9) / (2 * COUNT));
    const sizes = drawn(law, [1, 1], COUNT, 'octaves').map((A) => toDouble(A[0]![0]!));
    for (let octave = -4; octave < 4; octave++) {
      const inside = sizes.filter((x) => Math.abs(x) >= 2 ** octave && Math.abs(x) < 2 ** (octave + 1)).length / COUNT;
      // A value is moved by a sixteenth of itself at most.
      expect(Math.abs(inside - 1 / 8)).toBeLessThan(BAND + Math.log2(1 + 1 / 16) / 8);
    }
    expect(Math.abs(sizes.filter((x) => x < 0).length / COUNT - 1 / 2)).toBeLessThan(BAND);
  });

  test('take them from an earlier vector of the space, exactly', () => {
    const inside = space()
      .with('h', counts(1, 3))
      .with('d', counts(1, 3))
      .with('s', { ...vector(3, { entry: uniform(0, 1), most: 3 }), decode: () => ['1/3', '2/7', 5] })
      .with('A', (_, { s }) => withSingularValues('h', 'd', { values: s, most: [3, 3] }));
    const points = drawPoints(inside.dimension, 40, 1);
    for (const { h, d, A } of points.map((point) => inside.decode(point))) {
      const wide = h < d ? exact(A) : exact(transpose(A));
      const gram = matMul(Q, wide, transpose(wide));
      const squares = ['1/9', '4/49', '25'].slice(0, Math.min(h, d)).map((x) => Q.of(x));
      expect(squares.every((square) => isEigenvalue(gram, square))).toBe(true);
      expect(Q.exactText(trace(Q, gram))).toBe(Q.exactText(Q.add(...squares)));
    }
  });

  test('refuse fewer values than the shorter side is long', () => {
    const short = withSingularValues('h', 'd', { values: [1], most: [2, 2] });
    expect(() => short.decode(new Array<number>(short.size).fill(0), [2, 3])).toThrow('a shape of 2 × 3');
    expect(() => short.decode(new Array<number>(short.size).fill(0), [2, 2])).toThrow(
      '1 values for a matrix that has 2',
    );
  });
});

describe('symmetric matrices with eigenvalues', () => {
  const values = coarse(uniform(-4, 4));
  const law = symmetricWithEigenvalues('n', { values, most: 3 });

  test.each([1, 2, 3])('are exactly symmetric and have exactly those that were drawn (%i)', (n) => {
    for (const cube of drawPoints(law.size, 40, seedFor(1, 'eigenvalues', String(n)))) {
      const A = law.decode(cube, [n]);
      const chosen = cube.slice(0, n).map((u) => Q.of(values.decode(u)));
      expect(texts(transpose(exact(A)))).toEqual(texts(exact(A)));
      expect(chosen.every((x) => isEigenvalue(exact(A), x))).toBe(true);
      expect(Q.exactText(trace(Q, exact(A)))).toBe(Q.exactText(Q.add(...chosen)));
    }
  });

  test('of size 2 have an eigenvector in every direction equally often, up to what angles are moved', () => {
    const COUNT = 4000;
    const BAND = Math.sqrt(Math.log(2e9) / (2 * COUNT));
    // With eigenvalues 1 and 0 the matrix is x xᵀ: its first entry is cos² of a uniform angle.
    const fixed = symmetricWithEigenvalues(2, { values: [1, 0], most: 2 });
    const squares = drawn(fixed, [2], COUNT, 'directions').map((A) => toDouble(A[0]![0]!));
    for (const angle of [0.3, 0.6, 0.9, 1.2]) {
      const inside = squares.filter((x) => x >= Math.cos(angle) ** 2).length / COUNT;
      expect(inside).toBeGreaterThan((angle - 1 / 12) / (Math.PI / 2) - BAND);
      expect(inside).toBeLessThan((angle + 1 / 12) / (Math.PI / 2) + BAND);
    }
  });

  test('are described in words', () => {
    expect(law.describe).toContain('eigenvalues each uniform on [-4, 4], to 4 significant binary digits');
    expect(symmetricWithEigenvalues('n', { values: [1], most: 1 }).describe).toContain('chosen by a parameter');
  });
});
