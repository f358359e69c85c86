import {
  bestFactorField,
  bestFactorStep,
  bestRight,
  factorStep,
  feedbackFactorField,
  gradientFactorField,
  type Factors,
} from '../../src/definitions/factorization';
import { timesUpTo } from '../../src/definitions/flow';
import { doubles } from '../../src/numerics/doubles';
import { frobeniusSquared, identity, matMul, matrixOf, minus, transpose, type Matrix } from '../../src/numerics/matrix';
import { SolverError, type FactorPath, type FeedbackFactorProblem } from '../../src/solvers/interfaces';
import { referenceSolvers } from '../../src/solvers/reference';
import { randomFrom, type Random } from '../support/random';

const { factorFA, factorFAStar, factorGD, matrixFA, matrixGD } = referenceSolvers;

const ACCURACY = 1e-9;

const entries = (random: Random, rows: number, columns: number): Matrix<number> =>
  matrixOf(rows, columns, () => random.between(-1, 1));

function anyProblem(random: Random, n = random.whole(1, 4), m = random.whole(1, 4)): FeedbackFactorProblem {
  const r = random.whole(1, Math.min(n, 3));
  return { Y: entries(random, n, m), Z: entries(random, n, r), W: entries(random, r, m), C: entries(random, r, m) };
}

const at = ({ Z, W }: FactorPath, problem: FeedbackFactorProblem, t: number): Factors<number> => {
  const [n, r, m] = [problem.Z.length, problem.W.length, problem.W[0]!.length];
  return {
    Z: matrixOf(n, r, (i, j) => Z[(t * n + i) * r + j]!),
    W: matrixOf(r, m, (i, j) => W[(t * r + i) * m + j]!),
  };
};

const gap = (a: Factors<number>, b: Factors<number>): number =>
  Math.max(...(['Z', 'W'] as const).flatMap((of) => minus(doubles, a[of], b[of]).flat().map(Math.abs)));

const largest = ({ Z, W }: FactorPath): number => Math.max(1, ...Array.from(Z, Math.abs), ...Array.from(W, Math.abs));

const ALGORITHMS = {
  factorFA: {
    solver: factorFA,
    field: (p: FeedbackFactorProblem, x: Factors<number>) => feedbackFactorField(doubles, p, x),
  },
  factorGD: {
    solver: factorGD,
    field: (p: FeedbackFactorProblem, x: Factors<number>) => gradientFactorField(doubles, p.Y, x),
  },
};

describe.each(Object.entries(ALGORITHMS))('%s', (name, { solver, field }) => {
  test('makes every step as the definition does, with a step size of its own for W', () => {
    const random = randomFrom(`steps of ${name}`);
    for (let k = 0; k < 40; k++) {
      const problem = anyProblem(random);
      const [eta, etaW] = [random.sized(1e-3, 0.2), random.sized(1e-3, 0.2)];
      const path = solver.euler({ ...problem, eta, etaW, marks: [0, 1, 2, 3] });
      expect(at(path, problem, 0)).toEqual({ Z: problem.Z, W: problem.W });
      for (let t = 0; t < 3; t++) {
        const before = at(path, problem, t);
        const expected = factorStep(doubles, before, field(problem, before), eta, etaW);
        expect(gap(at(path, problem, t + 1), expected)).toBeLessThan(1e-14 * largest(path) ** 3);
      }
    }
  });

  test('moves by its field: central differences of the flow, for any shapes', () => {
    const random = randomFrom(`field of ${name}`);
    for (let k = 0; k < 20; k++) {
      const problem = anyProblem(random);
      const step = 1e-3;
      const path = solver.flow({ ...problem, times: [0, 0.5 - step, 0.5, 0.5 + step] });
      const [left, right] = [at(path, problem, 1), at(path, problem, 3)];
      const slope = {
        Z: minus(doubles, right.Z, left.Z).map((row) => row.map((x) => x / (2 * step))),
        W: minus(doubles, right.W, left.W).map((row) => row.map((x) => x / (2 * step))),
      };
      expect(gap(slope, field(problem, at(path, problem, 2)))).toBeLessThan(1e-3 * largest(path) ** 4);
    }
  });
});

test('both flows are those of a two-layer network with isotropic inputs, transposed', () => {
  const random = randomFrom('flows of factors as of a network');
  for (let k = 0; k < 12; k++) {
    const problem = anyProblem(random);
    const times = timesUpTo(1, 4);
    const [n, m, r] = [problem.Z.length, problem.W[0]!.length, problem.W.length];
    const network = {
      ...{ xx: identity(doubles, n), xy: transpose(problem.Y), feedback: [problem.C], times },
      start: [transpose(problem.Z), transpose(problem.W)],
    };
    const both = [
      [factorFA.flow({ ...problem, times }), matrixFA.flow(network)],
      [factorGD.flow({ ...problem, times }), matrixGD.flow(network)],
    ] as const;
    for (const [factors, { layers }] of both) {
      for (let t = 0; t < times.length; t++) {
        const expected = {
          Z: matrixOf(n, r, (i, j) => layers[0]![(t * r + j) * n + i]!),
          W: matrixOf(r, m, (i, j) => layers[1]![(t * m + j) * r + i]!),
        };
        expect(gap(at(factors, problem, t), expected)).toBeLessThan(2 * ACCURACY * largest(factors));
      }
    }
  }
});

describe('factorFAStar', () => {
  test('makes every step as the definition does, W following Z', () => {
    const random = randomFrom('steps of FA*');
    for (let k = 0; k < 40; k++) {
      const problem = anyProblem(random);
      const eta = random.sized(1e-3, 0.2);
      const path = factorFAStar.euler({ ...problem, eta, marks: [0, 1, 2] });
      expect(at(path, problem, 0).Z).toEqual(problem.Z);
      for (let t = 0; t < 2; t++) {
        const before = at(path, problem, t);
        // The inverse of ZᵀZ magnifies rounding by the square of the condition of Z.
        const room = 1e-13 * largest(path) ** 3 * frobeniusSquared(doubles, bestRight(doubles, identity(doubles, before.Z.length), before.Z)); // prettier-ignore
        expect(gap(at(path, problem, t + 1), bestFactorStep(doubles, problem, before.Z, eta))).toBeLessThan(
          Math.max(1e-13, room),
        );
      }
    }
  });

  test('keeps ZᵀZ along its flow, and W is the best for Z', () => {
    const random = randomFrom('invariant of FA*');
    for (let k = 0; k < 12; k++) {
      const problem = anyProblem(random);
      const path = factorFAStar.flow({ ...problem, times: timesUpTo(3, 6) });
      const square = (t: number) => {
        const { Z } = at(path, problem, t);
        return matMul(doubles, transpose(Z), Z);
      };
      for (let t = 0; t <= 6; t++) {
        const { Z, W } = at(path, problem, t);
        expect(frobeniusSquared(doubles, minus(doubles, square(t), square(0)))).toBeLessThan((1e-8 * largest(path) ** 2) ** 2); // prettier-ignore
        const normal = matMul(doubles, transpose(Z), minus(doubles, problem.Y, matMul(doubles, Z, W)));
        expect(frobeniusSquared(doubles, normal)).toBeLessThan((1e-8 * largest(path)) ** 2);
      }
    }
  });

  test('turns one factor towards YCᵀ as a hyperbolic tangent', () => {
    const path = factorFAStar.flow({ Y: [[0], [1]], C: [[1]], Z: [[1], [0]], times: timesUpTo(3, 3) });
    [0, 1, 2, 3].forEach((t) => {
      expect(path.Z[2 * t]).toBeCloseTo(1 / Math.cosh(t), 9);
      expect(path.Z[2 * t + 1]).toBeCloseTo(Math.tanh(t), 9);
      expect(path.W[t]).toBeCloseTo(Math.tanh(t), 9);
    });
  });

  test('ends at the stationary point AB with A = YCᵀ and B the best for A', () => {
    const random = randomFrom('where FA* ends');
    const problem = { ...anyProblem(random, 4, 4), Z: entries(random, 4, 2), C: entries(random, 2, 4) };
    const path = factorFAStar.flow({ ...problem, times: [0, 4000] });
    const { Z, W } = at(path, { ...problem, W: problem.C }, 1);
    const A = matMul(doubles, problem.Y, transpose(problem.C));
    const expected = matMul(doubles, A, bestRight(doubles, problem.Y, A));
    expect(frobeniusSquared(doubles, minus(doubles, matMul(doubles, Z, W), expected))).toBeLessThan(1e-12);
    expect(frobeniusSquared(doubles, bestFactorField(doubles, problem, Z))).toBeLessThan(1e-12);
  });

  test.each([
    ['two columns that depend on each other', [[1, 2], [2, 4], [3, 6]]], // prettier-ignore
    ['zeros', [[0], [0], [0]]], // prettier-ignore
    ['more columns than rows', [[1, 0, 0, 1], [0, 1, 0, 1], [0, 0, 1, 1]]], // prettier-ignore
    ['columns that depend on each other in decimals', [[0.1, 0.3], [0.7, 2.1], [0.9, 2.7]]], // prettier-ignore
  ])('refuses %s with an error that says what to do', (_what, Z) => {
    const r = Z[0]!.length;
    const problem = { Y: [[1], [2], [4]], Z, C: matrixOf(r, 1, () => 1) };
    expect(() => factorFAStar.flow({ ...problem, times: [0, 1] })).toThrow(SolverError);
    expect(() => factorFAStar.euler({ ...problem, eta: 0.1, marks: [0, 1] })).toThrow(
      new RegExp(`3×${r} and not of full column rank.*linearly independent`),
    );
  });
});

describe('many steps at once', () => {
  test.each(['factorFA', 'factorFAStar'] as const)('%s ends where single steps end', (name) => {
    const random = randomFrom(`stretches of ${name}`);
    for (let k = 0; k < 6; k++) {
      const [n, m, r] = [random.whole(16, 24), random.whole(16, 24), random.whole(1, 4)];
      const problem = {
        ...{ Y: entries(random, n, m), Z: entries(random, n, r), W: entries(random, r, m), C: entries(random, r, m) },
        ...{ eta: 0.01 },
      };
      const steps = 60;
      const { euler } = referenceSolvers[name];
      const single = euler({ ...problem, marks: Array.from({ length: steps + 1 }, (_, t) => t) });
      const long = euler({ ...problem, marks: [0, 20, steps] });
      expect(gap(at(long, problem, 2), at(single, problem, steps))).toBeLessThan(1e-11 * largest(single));
      expect(gap(at(long, problem, 1), at(single, problem, 20))).toBeLessThan(1e-11 * largest(single));
    }
  });

  test('W has a step size of its own there too', () => {
    const random = randomFrom('step sizes of stretches');
    const problem = { Y: entries(random, 16, 16), Z: entries(random, 16, 2), W: entries(random, 2, 16), C: entries(random, 2, 16) }; // prettier-ignore
    const [single, long] = [Array.from({ length: 21 }, (_, t) => t), [0, 20]].map((marks) =>
      factorFA.euler({ ...problem, eta: 0.01, etaW: 0.05, marks }),
    );
    expect(gap(at(long!, problem, 1), at(single!, problem, 20))).toBeLessThan(1e-12 * largest(single!));
  });
});

test('a flow from zero factors is as accurate as from large ones', () => {
  // Scalars: Z' = c(y − ZW), W' = Z(y − ZW) with cubic r³ = 2cy.
  const path = factorFA.flow({ Y: [[1e-6]], Z: [[0]], W: [[0]], C: [[1]], times: [0, 8e4] });
  expect(Math.abs(path.Z[1]! / Math.cbrt(2e-6) - 1)).toBeLessThan(1e-5);
});
