import {
  descent,
  equilibrium as definedEquilibrium,
  iterates as definedIterates,
  type Network,
} from '../../src/definitions/implicit-relu';
import { printedGradients } from '../../src/definitions/implicit-relu-matrices';
import { doubles } from '../../src/numerics/doubles';
import { matMul, matrixOf, transpose, type Matrix } from '../../src/numerics/matrix';
import { operatorNorm, operatorNormBounds } from '../../src/numerics/operator-norm';
import { rationals } from '../../src/numerics/rational';
import { equilibriumReport, newtonEquilibrium } from '../../src/solvers/implicit-relu-equilibrium';
import { SolverError, type ImplicitProblem } from '../../src/solvers/interfaces';
import { referenceSolvers } from '../../src/solvers/reference';
import { randomFrom, type Random } from '../support/random';

const { iterates, equilibrium, gradients, descend } = referenceSolvers.implicitReLU;
const R = rationals;

const entries = (random: Random, rows: number, columns: number): Matrix<number> =>
  matrixOf(rows, columns, () => random.whole(-16, 16) / 8);

/** Entries in eighths, γ‖A‖₂ about `q`. */
function problemOf(random: Random, q: number, N: number, d: number, m: number): ImplicitProblem {
  const A = entries(random, m, m).map((row, i) => row.map((a, j) => (a === 0 && i === j ? 1 : a)));
  const gamma = Math.round((2 ** 20 * q) / operatorNorm(Float64Array.from(A.flat()), m, m)) / 2 ** 20;
  return {
    ...{ X: entries(random, N, d), W: entries(random, d, m), A, gamma },
    ...{ b: entries(random, 1, m)[0]!, y: entries(random, 1, N)[0]! },
  };
}

const smallProblem = (random: Random, q = random.between(0.05, 0.95)): ImplicitProblem =>
  problemOf(random, q, random.whole(1, 3), random.whole(1, 3), random.whole(1, 3));

const exact = ({ X, W, A, gamma, b, y }: ImplicitProblem): Network<ReturnType<typeof R.of>> => {
  const over = (M: Matrix<number>) => M.map((row) => row.map((x) => R.of(x)));
  return { X: over(X), W: over(W), A: over(A), gamma: R.of(gamma), b: over([b])[0]!, y: over([y])[0]! };
};
const near = (x: readonly ReturnType<typeof R.of>[]): readonly number[] => x.map((value) => R.approximate(value));

const gap = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  expect(a.length).toBe(b.length);
  return Math.max(...Array.from(a, (x, k) => Math.abs(x - b[k]!)));
};
const largest = (a: ArrayLike<number>): number => Math.max(1e-3, ...Array.from(a, Math.abs));

test('the iterates are those of the definition, the first one zero', () => {
  const random = randomFrom('iterates of implicit layers');
  for (let k = 0; k < 60; k++) {
    const problem = smallProblem(random, random.between(0.1, 3));
    const { Z } = iterates({ ...problem, steps: 4 });
    const defined = definedIterates(R, exact(problem), 4).flatMap((z) => near(z.flat()));
    expect(gap(Z, defined)).toBeLessThan(1e-14 * largest(Z) * 4);
  }
});

test('by hand: iterates, fixed point, gradients and a step at one unit', () => {
  // φ = 3, γA = 1/2: 0, 3, 9/2, 21/4 → 6. ŷ = 12, r = 2; the gradients are 2·2/(1/2) = 8, 8·6/2 = 24, 2·6 = 12.
  const problem = { X: [[1]], W: [[3]], A: [[1]], gamma: 0.5, b: [2], y: [10] };
  expect(Array.from(iterates({ ...problem, steps: 3 }).Z)).toEqual([0, 3, 4.5, 5.25]);
  expect(equilibrium(problem).Z[0]).toBeCloseTo(6, 13);
  const { W, A, b } = gradients(problem);
  expect([W[0], A[0], b[0]].map((x) => Math.round(x! * 1e10) / 1e10)).toEqual([8, 24, 12]);
  const path = descend({ ...problem, eta: 0.125, steps: 1 });
  // w = 2, a = −2, b = 1/2; z = σ(−z + 2) = 1.
  expect(gap(path.W, [3, 2])).toBeLessThan(1e-12);
  expect(gap(path.A, [1, -2])).toBeLessThan(1e-12);
  expect(gap(path.b, [2, 0.5])).toBeLessThan(1e-12);
  expect(gap(path.Z, [6, 1])).toBeLessThan(1e-12);
});

test('fixed points are those of the definition, exactly, up to γ‖A‖ = 0.999, and within the bound reported', () => {
  const random = randomFrom('fixed points of implicit layers');
  for (let k = 0; k < 150; k++) {
    const problem = smallProblem(random, 1 - random.sized(1e-3, 0.9));
    const defined = near(definedEquilibrium(R, exact(problem)).flat());
    const { Z, error, q } = equilibriumReport(problem);
    expect(q).toBeLessThan(1);
    expect(gap(Z, defined)).toBeLessThan(1e-10 * largest(Z));
    expect(Math.hypot(...Z.map((z, j) => z - defined[j]!))).toBeLessThanOrEqual(error + 1e-15 * largest(Z));
    expect(error).toBeLessThan(1e-9 * largest(Z));
  }
});

test('Picard and Newton agree on layers up to the widest that Newton takes', () => {
  const random = randomFrom('two methods for implicit layers');
  for (const m of [1, 2, 3, 5, 8, 16, 24]) {
    for (let k = 0; k < 10; k++) {
      const problem = problemOf(random, random.between(0.1, 0.95), 4, 3, m);
      const { Z } = equilibrium(problem);
      expect(gap(Z, newtonEquilibrium(problem).Z)).toBeLessThan(1e-11 * largest(Z));
    }
  }
});

test('a layer that hardly contracts is finished by Newton: its iterations stay few', () => {
  const problem = { X: [[1]], W: [[1]], A: [[1]], gamma: 1 - 2 ** -30, b: [1], y: [0] };
  const { Z, iterations } = equilibriumReport(problem);
  expect(Z[0]! * 2 ** -30).toBeCloseTo(1, 6);
  expect(iterations).toBeLessThanOrEqual(4000);
});

test('the contraction seen is that of the units that are on', () => {
  expect(equilibriumReport({ X: [[1]], W: [[1]], A: [[1]], gamma: 0.5 }).contraction).toBeCloseTo(0.5, 2);
  expect(equilibriumReport({ X: [[1]], W: [[-1]], A: [[1]], gamma: 0.5 })).toMatchObject({ iterations: 1, error: 0 });
});

test('gradients are those of the printed Kronecker formulas in exact arithmetic', () => {
  const random = randomFrom('gradients of implicit layers');
  for (let k = 0; k < 60; k++) {
    const problem = smallProblem(random);
    const defined = printedGradients(R, exact(problem));
    const found = gradients(problem);
    expect(gap(found.W, near(defined.W.flat()))).toBeLessThan(1e-10 * largest(found.W));
    expect(gap(found.A, near(defined.A.flat()))).toBeLessThan(1e-10 * largest(found.A));
    expect(gap(found.b, near(defined.b))).toBeLessThan(1e-10 * largest(found.b));
  }
});

test.each([3, 24, 40])('gradients are central differences of the loss at width %i', (m) => {
  const random = randomFrom(`differences at width ${m}`);
  const problem = problemOf(random, 0.7, 4, 3, m);
  const loss = (changed: ImplicitProblem): number => {
    const { Z } = equilibrium(changed);
    const r = changed.y.map((y, i) => changed.b.reduce((sum, b, j) => sum + b * Z[i * m + j]!, 0) - y);
    return r.reduce((sum, x) => sum + x * x, 0) / 2;
  };
  const h = 1e-5;
  const moved = (of: 'W' | 'A', i: number, j: number, by: number): ImplicitProblem => ({
    ...problem,
    [of]: problem[of].map((row, p) => row.map((x, q) => (p === i && q === j ? x + by : x))),
  });
  const found = gradients(problem);
  for (const [of, rows] of [
    ['W', 3],
    ['A', m],
  ] as const) {
    // prettier-ignore
    for (let k = 0; k < 12; k++) {
      const [i, j] = [random.whole(0, rows - 1), random.whole(0, m - 1)];
      const difference = (loss(moved(of, i, j, h)) - loss(moved(of, i, j, -h))) / (2 * h);
      expect(Math.abs(found[of][i * m + j]! - difference)).toBeLessThan(1e-4 * largest(found[of]));
    }
  }
});

test('gradient descent is that of the definition', () => {
  const random = randomFrom('descent of implicit layers');
  for (let k = 0; k < 30; k++) {
    const problem = smallProblem(random, random.between(0.1, 0.7));
    const eta = random.sized(2 ** -10, 2 ** -7);
    const path = descend({ ...problem, eta, steps: 3 });
    const defined = descent(doubles, problem, eta, 3);
    for (const of of ['W', 'A', 'b', 'Z'] as const) expect(gap(path[of], defined[of])).toBeLessThan(1e-11 * largest(path[of])); // prettier-ignore
  }
});

test('a unit on its kink counts as off: σ′(0) = 0', () => {
  // The second sample's features are 0 and nothing else comes to it.
  const problem = { X: [[1], [0]], W: [[1]], A: [[1]], gamma: 0.5, b: [1], y: [0, 5] };
  const { W, A, b } = gradients(problem);
  expect(gap([W[0]!, A[0]!, b[0]!], [4, 4, 4])).toBeLessThan(1e-12);
});

test('a unit that a step switches off is exactly off from then on', () => {
  const problem = { X: [[1]], W: [[1]], A: [[1]], gamma: 0.25, b: [-4], y: [0], eta: 0.0625, steps: 2 };
  const { W, Z } = descend(problem);
  expect(W[1]).toBeCloseTo(-7 / 9, 12);
  expect([Z[1], Z[2], W[2]]).toEqual([0, 0, W[1]]);
});

const fine: ImplicitProblem = {
  ...{ X: [[1, 2]], W: [[1], [1]], A: [[1]] },
  ...{ gamma: 0.5, b: [1], y: [0] },
};
test.each<[string, Partial<ImplicitProblem>, RegExp]>([
  ['A that is not square', { A: [[1, 2]] }, /A is 1×2; expected 1×1/],
  ['W of other inputs', { W: [[1]] }, /W is 1×1; expected 2×1/],
  ['W of other units', { W: [[1, 2], [1, 2]] }, /W is 2×2; expected 2×1/], // prettier-ignore
  ['ragged X', { X: [[1, 2], [1]] }, /X is 2×2 or 1; expected 2×2/], // prettier-ignore
  ['too many weights b', { b: [1, 2] }, /b has 2 entries; expected 1/],
  ['too few targets', { y: [] }, /y has 0 entries; expected 1/],
  ['a number that is none', { A: [[NaN]] }, /A\[0\]\[0\] is NaN; expected a finite number/],
  ['γ = 0', { gamma: 0 }, /gamma is 0; expected a number above 0/],
  [
    'no fixed point',
    { A: [[3]] },
    /no fixed point found in \d+ iterations.*γ‖A‖ is 1.5(00)? ≥ 1; choose gamma below 0.333/,
  ],
  ['γ‖A‖ = 1', { A: [[2]] }, /γ‖A‖ is 1.000 ≥ 1/],
])('%s gets one clear error', (_what, change, message) => {
  const problem = { ...fine, ...change };
  expect(() => gradients(problem)).toThrow(SolverError);
  expect(() => gradients(problem)).toThrow(message);
  expect(() => descend({ ...problem, eta: 0.1, steps: 1 })).toThrow(message);
});

test('past γ‖A‖ = 1 a fixed point is still found where the iteration settles', () => {
  // A = [[0, 3], [0, 0]]: one unit feeds the other and nothing comes back.
  const problem = { X: [[1]], W: [[1, 1]], A: [[0, 3], [0, 0]], gamma: 0.5 }; // prettier-ignore
  expect(Array.from(equilibrium(problem).Z)).toEqual([1, 2.5]);
  expect(equilibriumReport(problem).error).toBe(Infinity);
});

describe('the operator norm', () => {
  const flat = (A: Matrix<number>) => Float64Array.from(A.flat());

  test('of matrices with known norms, of any shape and size of entries', () => {
    for (const size of [1e-200, 1e-3, 1, 1e150]) {
      expect(operatorNorm(flat([[3 * size, 4 * size]]), 1, 2) / size).toBeCloseTo(5, 13);
      expect(operatorNorm(flat([[3 * size], [4 * size]]), 2, 1) / size).toBeCloseTo(5, 13);
      expect(operatorNorm(flat([[2 * size, 0], [0, -3 * size]]), 2, 2) / size).toBeCloseTo(3, 13); // prettier-ignore
      // The square of the norm of [[1, 1], [0, 1]] is (3 + √5)/2.
      expect(operatorNorm(flat([[size, size], [0, size]]), 2, 2) / size).toBeCloseTo((1 + Math.sqrt(5)) / 2, 13); // prettier-ignore
    }
    expect(operatorNormBounds(new Float64Array(6), 2, 3)).toEqual({ lower: 0, upper: 0 });
  });

  test('is between its bounds for matrices with chosen singular values, and these are close', () => {
    const random = randomFrom('operator norms');
    for (let k = 0; k < 60; k++) {
      const n = random.whole(1, 30);
      // Reflections of a diagonal matrix: I − 2vvᵀ/‖v‖² on both sides.
      const reflection = (): Matrix<number> => {
        const v = Array.from({ length: n }, () => random.between(-1, 1));
        const square = v.reduce((sum, x) => sum + x * x, 0);
        return matrixOf(n, n, (i, j) => (i === j ? 1 : 0) - (2 * v[i]! * v[j]!) / square);
      };
      const sigma = Array.from({ length: n }, () => random.sized(1e-6, 1));
      const A = matMul(
        doubles,
        reflection(),
        matrixOf(n, n, (i, j) => (i === j ? sigma[i]! : 0)),
        reflection(),
      );
      const { lower, upper } = operatorNormBounds(flat(A), n, n);
      const norm = Math.max(...sigma);
      expect(lower).toBeLessThanOrEqual(norm * (1 + 1e-14));
      expect(upper).toBeGreaterThanOrEqual(norm * (1 - 1e-14));
      expect(upper - lower).toBeLessThan(1e-11 * norm);
      expect(Math.abs(lower + upper - 2 * norm)).toBeLessThan(1e-13 * norm);
      expect(operatorNorm(flat(transpose(A)), n, n)).toBeCloseTo(norm, 13);
    }
  });
});
