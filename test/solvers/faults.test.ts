import { timesUpTo } from '../../src/definitions/flow';
import { FAULTS } from '../../src/solvers/faults';
import type { Solvers } from '../../src/solvers/interfaces';
import { referenceSolvers } from '../../src/solvers/reference';
import { SOLVER_NAMES } from '../../src/solvers/registry';

/** Problems away from zero weights and from the solution, one a family. */
const scheme = { lambda: 2, eta: 0.05, steps: 10, times: timesUpTo(0.5, 10) };
const twoLayers = { ...scheme, d: 0.75, w1: 0.5, w2: -1 };
/** Three layers of two inputs, two hidden units each and two outputs; no matrix is symmetric. */
const matrices = {
  eta: 0.01,
  steps: 10,
  times: timesUpTo(0.1, 10),
  xx: [
    [2, 0.5],
    [0.5, 1],
  ],
  xy: [
    [1, -2],
    [0.5, 3],
  ],
  start: [
    [
      [0.5, 1],
      [-1, 0.25],
    ],
    [
      [1, -0.5],
      [0.75, 1],
    ],
    [
      [-0.5, 1],
      [1, 0.5],
    ],
  ],
  feedback: [
    [
      [1, 0.5],
      [-0.25, 1],
    ],
    [
      [0.75, -1],
      [0.5, 1.25],
    ],
  ],
};
/** Three rows, two columns, two factors; steps of several and of one. */
const factors = {
  eta: 0.05,
  marks: [0, 1, 4],
  times: timesUpTo(0.2, 4),
  Y: [
    [1, -2],
    [0.5, 3],
    [-1, 0.75],
  ],
  Z: [
    [0.5, 1],
    [-1, 0.25],
    [0.75, 1.5],
  ],
  W: [
    [1, -0.5],
    [0.25, 1],
  ],
  C: [
    [1, 0.5],
    [-0.25, 2],
  ],
};
/** Three samples of two inputs, three units; units of the layer and of the features on and off, γ‖A‖ about 3/4. */
const network = {
  eta: 0.05,
  steps: 4,
  times: timesUpTo(0.5, 4),
  gamma: 0.5,
  X: [
    [1, -0.5],
    [0.5, 1],
    [-1, 0.25],
  ],
  W: [
    [1, 0.5, -1],
    [-0.5, 1, 0.75],
  ],
  A: [
    [0.5, -0.75, 1],
    [0.25, 0.5, -0.5],
    [-0.75, 1, 0.25],
  ],
  b: [1, -0.75, 1.5],
  y: [2, -1, 0.5],
};
/** Two inputs, one of them 0 in places, three units; steps that show in the second epoch. */
const training = {
  X: [
    [1, 0],
    [0.6, 0.8],
  ],
  y: [1, -0.5],
  unseen: { X: [[0, 1]], y: [0.25] },
  W: [
    [1, 0.5, -0.25],
    [0.5, -1, 0.75],
  ],
  A: [
    [1, 0.25, 0],
    [-0.5, 1, 0.25],
    [0, 0.5, 1],
  ],
  b: [0.5, 1, -0.75],
  ...{ gamma: 0.5, eta: 0.25, epochs: 3, every: 1, tolerance: 1e-9, mostIterations: 200, stopAbove: 1e12 },
};
const PROBLEMS: Readonly<Record<keyof Solvers, object>> = {
  scalarFA: twoLayers,
  scalarGD: twoLayers,
  deepScalarFA: { ...scheme, d: [0.75, -2, 1.5], start: [0.5, -1, 2, 1.25] },
  matrixFA: matrices,
  matrixGD: matrices,
  factorFA: factors,
  factorFAStar: factors,
  factorGD: factors,
  implicitReLU: network,
  implicitTraining: training,
};

/** Every array of the answer, one after the other. */
const answer = (solvers: Solvers, name: string): readonly number[] => {
  const [family, method] = name.split('.') as [keyof Solvers, string];
  const functions = solvers[family] as unknown as Record<string, (problem: object) => object>;
  const numbers = (part: unknown): readonly number[] =>
    part instanceof Float64Array ? Array.from(part) : Object.values(part as object).flatMap(numbers);
  return numbers(functions[method]!(PROBLEMS[family]));
};

test('every solver function has faults seeded', () => {
  expect(new Set(FAULTS.map(({ solver }) => solver))).toEqual(new Set(SOLVER_NAMES));
});

test('no two faults have the same name', () => {
  const names = FAULTS.map(({ solver, what }) => `${solver}: ${what}`);
  expect(new Set(names).size).toBe(names.length);
});

describe.each(FAULTS.map((fault) => [`${fault.solver}: ${fault.what}`, fault] as const))('%s', (_name, fault) => {
  const broken = fault.inject(referenceSolvers);

  test('changes the answer of its function by more than a hundredth', () => {
    const [good, bad] = [answer(referenceSolvers, fault.solver), answer(broken, fault.solver)];
    expect(good.length).toBeGreaterThan(0);
    expect(Math.max(...good.map((x, t) => Math.abs(x - bad[t]!)))).toBeGreaterThan(0.01);
  });

  test('leaves every other function alone', () => {
    for (const name of SOLVER_NAMES.filter((other) => other !== fault.solver)) {
      expect(answer(broken, name)).toEqual(answer(referenceSolvers, name));
    }
  });
});
