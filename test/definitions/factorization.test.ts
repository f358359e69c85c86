import {
  bestFactorField,
  bestFactorFlow,
  bestFactorStep,
  bestRight,
  factorStep,
  feedbackFactorField,
  feedbackFactorFlow,
  gradientFactorField,
  gradientFactorFlow,
  gram,
  remainder,
} from '../../src/definitions/factorization';
import { feedbackField, gradientField } from '../../src/definitions/matrix-linear';
import { OutOfDomain } from '../../src/numerics/arithmetic';
import { balls } from '../../src/numerics/ball';
import { doubles } from '../../src/numerics/doubles';
import { frobeniusSquared, identity, matMul, matrixOf, minus, transpose, zeros, type Matrix } from '../../src/numerics/matrix'; // prettier-ignore
import { rationals } from '../../src/numerics/rational';
import { randomFrom } from '../support/random';

const R = rationals;
const exactly = (A: Matrix<number>) => A.map((row) => row.map((x) => R.of(x)));
const asNumbers = (A: Matrix<ReturnType<typeof R.of>>) => A.map((row) => row.map((x) => R.enclosure(x).lower));

/** Z is orthogonal to its second column: ZᵀZ = diag(1, 4). */
const Y = exactly([[3, 1], [2, 4], [5, 6]]); // prettier-ignore
const Z = exactly([[1, 0], [0, 2], [0, 0]]); // prettier-ignore
const C = exactly([[1, 0], [2, 1]]); // prettier-ignore

test('by hand: the best W and the residual', () => {
  const W = bestRight(R, Y, Z);
  expect(asNumbers(W)).toEqual([[3, 1], [1, 2]]); // prettier-ignore
  expect(asNumbers(remainder(R, Y, { Z, W }))).toEqual([[0, 0], [0, 0], [5, 6]]); // prettier-ignore
  const residual = bestFactorField(R, { Y, C }, Z);
  expect(asNumbers(residual)).toEqual([[0, 0], [0, 0], [5, 16]]); // prettier-ignore
});

test('by hand: the fields of feedback alignment and of gradient descent, and a step of each kind', () => {
  const factors = { Z, W: identity(R, 2) };
  // Y − Z = [[2, 1], [2, 2], [5, 6]].
  expect(asNumbers(feedbackFactorField(R, { Y, C }, factors).Z)).toEqual([[2, 5], [2, 6], [5, 16]]); // prettier-ignore
  expect(asNumbers(feedbackFactorField(R, { Y, C }, factors).W)).toEqual([[2, 1], [4, 4]]); // prettier-ignore
  expect(asNumbers(gradientFactorField(R, Y, factors).Z)).toEqual([[2, 1], [2, 2], [5, 6]]); // prettier-ignore
  const step = factorStep(R, factors, feedbackFactorField(R, { Y, C }, factors), R.of('1/2'), R.of('1/4'));
  expect(asNumbers(step.W)).toEqual([[1.5, 0.25], [1, 2]]); // prettier-ignore
  expect(asNumbers(step.Z)).toEqual([[2, 2.5], [1, 5], [2.5, 8]]); // prettier-ignore
  expect(asNumbers(bestFactorStep(R, { Y, C }, Z, R.of(0)).W)).toEqual([[3, 1], [1, 2]]); // prettier-ignore
});

test('the best W does not exist for a Z with columns that depend on each other', () => {
  expect(() => bestRight(R, Y, exactly([[1, 2], [2, 4], [0, 0]]))).toThrow(OutOfDomain); // prettier-ignore
});

const anyMatrix = (random: ReturnType<typeof randomFrom>, rows: number, columns: number): Matrix<number> =>
  matrixOf(rows, columns, () => random.between(-1, 1));

test('transposed, feedback alignment is that of a two-layer network with isotropic inputs', () => {
  const random = randomFrom('factorisation as a network');
  for (let k = 0; k < 20; k++) {
    const [n, m, r] = [random.whole(1, 4), random.whole(1, 4), random.whole(1, 3)];
    const target = { Y: anyMatrix(random, n, m), C: anyMatrix(random, r, m) };
    const factors = { Z: anyMatrix(random, n, r), W: anyMatrix(random, r, m) };
    const field = feedbackFactorField(doubles, target, factors);
    const moments = { xx: identity(doubles, n), xy: transpose(target.Y) };
    const layers = [transpose(factors.Z), transpose(factors.W)];
    const network = feedbackField(doubles, moments, [target.C], layers);
    const gradient = gradientFactorField(doubles, target.Y, factors);
    const descent = gradientField(doubles, moments, layers);
    const gap = (A: Matrix<number>, B: Matrix<number>): number => frobeniusSquared(doubles, minus(doubles, A, B));
    expect(gap(transpose(field.Z), network[0]!)).toBeLessThan(1e-28);
    expect(gap(transpose(field.W), network[1]!)).toBeLessThan(1e-28);
    expect(gap(transpose(gradient.Z), descent[0]!)).toBeLessThan(1e-28);
    expect(gap(transpose(gradient.W), descent[1]!)).toBeLessThan(1e-28);
  }
});

test('with one factor, FA* turns Z towards YCᵀ: its cosine is a hyperbolic tangent', () => {
  // Y = (0, 1)ᵀ, C = 1, Z = (1, 0)ᵀ: Z(t) = (1/cosh t, tanh t)ᵀ.
  const B = balls(128);
  const over = (A: Matrix<number>) => A.map((row) => row.map((x) => B.of(x)));
  const path = bestFactorFlow(B, { Y: over([[0], [1]]), C: over([[1]]) }, over([[1], [0]]), [0, 1, 2]);
  [1, 2].forEach((t) => {
    const { lower, upper } = B.enclosure(path.Z[2 * t + 1]!);
    expect(lower).toBeLessThanOrEqual(Math.tanh(t) + 1e-15);
    expect(upper).toBeGreaterThanOrEqual(Math.tanh(t) - 1e-15);
    expect(upper - lower).toBeLessThan(1e-9);
    expect(B.enclosure(path.W[t]!).lower).toBeCloseTo(Math.tanh(t), 9);
  });
});

test('FA* keeps ZᵀZ, gradient descent ZᵀZ − WWᵀ, feedback alignment ZᵀZ − CWᵀ − WCᵀ', () => {
  const random = randomFrom('what factorisation conserves');
  const [n, m, r] = [3, 2, 2];
  const target = { Y: anyMatrix(random, n, m), C: anyMatrix(random, r, m) };
  const start = { Z: anyMatrix(random, n, r), W: anyMatrix(random, r, m) };
  const times = [0, 0.5, 1];
  const at = (entries: readonly number[], t: number, rows: number, columns: number) =>
    matrixOf(rows, columns, (i, j) => entries[(t * rows + i) * columns + j]!);
  const kept = (quantity: (t: number) => Matrix<number>): void =>
    [1, 2].forEach((t) =>
      expect(frobeniusSquared(doubles, minus(doubles, quantity(t), quantity(0)))).toBeLessThan(1e-18),
    );
  const best = bestFactorFlow(doubles, target, start.Z, times);
  kept((t) => gram(doubles, at(best.Z, t, n, r)));
  const descent = gradientFactorFlow(doubles, target.Y, start, times);
  kept((t) => {
    const W = at(descent.W, t, r, m);
    return minus(doubles, gram(doubles, at(descent.Z, t, n, r)), matMul(doubles, W, transpose(W)));
  });
  const feedback = feedbackFactorFlow(doubles, target, start, times);
  kept((t) => {
    const P = matMul(doubles, at(feedback.W, t, r, m), transpose(target.C));
    return minus(doubles, minus(doubles, gram(doubles, at(feedback.Z, t, n, r)), P), transpose(P));
  });
});

test('a factorisation without error is at rest', () => {
  const [left, right] = [exactly([[1], [2]]), exactly([[3, -1]])];
  const target = { Y: matMul(R, left, right), C: exactly([[1, 5]]) };
  const field = feedbackFactorField(R, target, { Z: left, W: right });
  expect(asNumbers(field.Z)).toEqual(asNumbers(zeros(R, 2, 1)));
  expect(asNumbers(field.W)).toEqual(asNumbers(zeros(R, 1, 2)));
  expect(asNumbers(bestFactorField(R, target, left))).toEqual([[0], [0]]);
});
