import { singularValues } from '../../src/numerics/singular-values';
import { operatorNorm } from '../../src/solvers/implicit-relu-forward';
import { TRAINING, trainingDescent, type TrainingCoefficients } from '../../src/solvers/implicit-relu-training';
import type { ImplicitTrainingProblem } from '../../src/solvers/interfaces';
import { referenceSolvers } from '../../src/solvers/reference';
import { implicitStart } from '../../generators/implicit-training';
import { teacherSamples } from '../../generators/digits';

const { descend } = referenceSolvers.implicitTraining;
type Rows = readonly (readonly number[])[];

/** Nine inputs of twenty numbers, one of them black in places, five units, A off the identity. */
const small = (): ImplicitTrainingProblem => {
  const { unseen, ...samples } = teacherSamples(3, 9);
  const { W, A, b } = implicitStart(3, 20, 5);
  return {
    ...samples,
    X: samples.X.map((row, i) => (i === 0 ? row.map((x, j) => (j < 6 ? 0 : x)) : row)),
    unseen: { X: unseen.X.slice(0, 4), y: unseen.y.slice(0, 4) },
    W: W.map((row) => row.map((x) => 2 * x)),
    A: A.map((row, i) => row.map((x, j) => x + (((3 * i + 2 * j) % 5) - 2) / 8)),
    b: b.map((_, j) => (j - 1.5) / 4),
    ...{ gamma: 0.4, eta: 0.05, epochs: 3, every: 2, tolerance: 1e-13, mostIterations: 400, stopAbove: 1e12 },
  };
};

/** Outputs by applying the layer 200 times, entry by entry. */
function outputs(X: Rows, W: Rows, A: Rows, gamma: number): Rows {
  const Phi = X.map((x) =>
    A.map((_, j) =>
      Math.max(
        0,
        dot(
          x,
          W.map((row) => row[j]!),
        ),
      ),
    ),
  );
  let Z: Rows = Phi.map((row) => row.map(() => 0));
  for (let l = 0; l < 200; l++) {
    Z = Z.map((z, i) =>
      Phi[i]!.map((phi, j) =>
        Math.max(
          0,
          gamma *
            dot(
              z,
              A.map((row) => row[j]!),
            ) +
            phi,
        ),
      ),
    );
  }
  return Z;
}

const dot = (x: readonly number[], y: readonly number[]): number => x.reduce((sum, value, k) => sum + value * y[k]!, 0);

const lossOf = (X: Rows, y: readonly number[], W: Rows, A: Rows, b: readonly number[], gamma: number): number =>
  outputs(X, W, A, gamma).reduce((sum, z, i) => sum + (dot(z, b) - y[i]!) ** 2 / 2, 0);

/** One step of gradient descent, the derivatives by central differences. */
function stepByDifferences({ X, y, gamma, eta }: ImplicitTrainingProblem, weights: readonly Rows[]): readonly Rows[] {
  const h = 1e-5;
  const loss = ([W, A, b]: readonly Rows[]): number => lossOf(X, y, W!, A!, b![0]!, gamma);
  const moved = (which: number, i: number, j: number, by: number): readonly Rows[] =>
    weights.map((rows, k) =>
      k === which ? rows.map((row, r) => row.map((x, c) => x + (r === i && c === j ? by : 0))) : rows,
    );
  return weights.map((rows, k) =>
    rows.map((row, i) => row.map((x, j) => x - (eta * (loss(moved(k, i, j, h)) - loss(moved(k, i, j, -h)))) / (2 * h))),
  );
}

test('training moves by the gradient of the loss, as differences of losses give it', () => {
  const problem = small();
  const record = descend(problem);
  let weights: readonly Rows[] = [problem.W, problem.A, [problem.b]];
  for (let epoch = 0; epoch <= problem.epochs; epoch++) {
    const [W, A, b] = weights as readonly [Rows, Rows, Rows];
    const seen = lossOf(problem.X, problem.y, W, A, b[0]!, problem.gamma);
    expect(Math.abs(record.loss[epoch]! / seen - 1)).toBeLessThan(1e-7);
    if (epoch % 2 === 0) {
      const unseen = lossOf(problem.unseen.X, problem.unseen.y, W, A, b[0]!, problem.gamma);
      expect(Math.abs(record.unseenLoss[epoch / 2]! / unseen - 1)).toBeLessThan(1e-7);
      expect(Math.abs(record.operatorNorm[epoch / 2]! / singularValues(A)[0]! - 1)).toBeLessThan(1e-2);
    }
    weights = stepByDifferences(problem, weights);
  }
});

test.each<[string, Partial<TrainingCoefficients>]>([
  ['wrong sign in the update of W', { W: -1 }],
  ['an adjoint that is not iterated', { adjoint: 'first iterate' }],
])('%s shows in the losses, a thousand times more than rounding', (_what, change) => {
  const problem = small();
  const [right, wrong] = [TRAINING, { ...TRAINING, ...change }].map((c) => trainingDescent(c)(problem).loss);
  expect(Math.abs(wrong![problem.epochs]! / right![problem.epochs]! - 1)).toBeGreaterThan(1e-4);
});

test('nothing unseen has the loss 0', () => {
  const { unseenLoss } = descend({ ...small(), unseen: { X: [], y: [] } });
  expect(Array.from(unseenLoss)).toEqual([0, 0]);
});

test('it learns: the losses of 200 epochs fall by more than half', () => {
  const { loss } = descend({ ...small(), epochs: 200 });
  expect(loss[200]).toBeLessThan(loss[0]! / 2);
});

test('from A = I the layer is applied until γ^l‖Φ‖_F is at most the tolerance', () => {
  const { X, y, unseen } = teacherSamples(4, 30);
  const start = implicitStart(4, 20, 12);
  const Phi = outputs(X, start.W, start.A, 0);
  const norm = Math.hypot(...Phi.flat());
  for (const gamma of [0.1, 0.3, 0.5, 0.8]) {
    const problem = { X, y, unseen, ...start, gamma, eta: 0, epochs: 0, every: 1 };
    const { iterations } = descend({ ...problem, tolerance: 1e-2, mostIterations: 100, stopAbove: 1e12 });
    // Z^{l+1} − Z^l = γ^lΦ, and Z^{l+1} is the (l + 1)-th application.
    expect(iterations[0]).toBe(1 + Math.ceil(Math.log(norm / 1e-2) / Math.log(1 / gamma)));
  }
});

test('the iteration ends after the most that are allowed', () => {
  const { iterations } = descend({ ...small(), epochs: 0, tolerance: 0, mostIterations: 7 });
  expect(Array.from(iterations)).toEqual([7]);
});

test('a loss above the limit ends training, and the record stays finite', () => {
  const problem = { ...small(), eta: 50, epochs: 30, stopAbove: 1e6, mostIterations: 60 };
  const { loss, iterations, unseenLoss, operatorNorm: norms } = descend(problem);
  expect([loss.length, iterations.length, unseenLoss.length, norms.length]).toEqual([31, 31, 16, 16]);
  expect([loss, iterations, unseenLoss, norms].flatMap((values) => Array.from(values)).every(Number.isFinite)).toBe(
    true,
  );
  const ended = Array.from(loss).indexOf(1e6);
  expect(ended).toBeGreaterThan(0);
  expect(
    Array.from(loss)
      .slice(ended)
      .every((x) => x === 1e6),
  ).toBe(true);
  expect(iterations[30]).toBe(60);
});

test('the same problem gives the same record, and is left as it was', () => {
  const [problem, other] = [small(), small()];
  expect(descend(problem)).toEqual(descend(problem));
  expect(problem).toEqual(other);
});

test('the operator norm is the largest singular value where it stands out, and never above it', () => {
  const A = [
    [3, 1, 0],
    [-1, 0.5, 2],
    [0, 0.25, -1],
  ];
  const norm = operatorNorm(Float64Array.from(A.flat()), Float64Array.of(1, 0.5, 0.25), 60);
  expect(norm).toBeCloseTo(singularValues(A)[0]!, 9);
  expect(operatorNorm(Float64Array.from(A.flat()), Float64Array.of(1, 0.5, 0.25), 1)).toBeLessThan(norm);
  expect(operatorNorm(new Float64Array(9), Float64Array.of(1, 0, 0), 5)).toBe(0);
});
