import { SolverError, type Rows, type SolverName } from './interfaces';

/** What the problems of all families have in common: how many points are wanted, and of how many layers. */
export interface AnyProblem {
  readonly steps?: number;
  readonly times?: ArrayLike<number>;
  readonly marks?: ArrayLike<number>;
  readonly start?: readonly (number | Rows)[];
  readonly Y?: Rows;
  readonly Z?: Rows;
  readonly X?: Rows;
  readonly A?: Rows;
}

/** An array that an answer has to hold: where in the answer it is, and how many numbers are in it. */
export interface ExpectedArray {
  /** Property names and indices from the answer on: `['w1']`, `['layers', 2]`. */
  readonly at: readonly (string | number)[];
  readonly length: number;
}

const points = ({ times, marks, steps }: AnyProblem): number => (times ?? marks)?.length ?? steps! + 1;

const twoLayers = (problem: AnyProblem): readonly ExpectedArray[] =>
  ['w1', 'w2'].map((name) => ({ at: [name], length: points(problem) }));

const everyLayer = (problem: AnyProblem): readonly ExpectedArray[] =>
  problem.start!.map((_weight, layer) => ({ at: ['layers', layer], length: points(problem) }));

const everyEntry = (problem: AnyProblem): readonly ExpectedArray[] =>
  (problem.start as readonly Rows[]).map((W, layer) => ({
    at: ['layers', layer],
    length: points(problem) * W.length * W[0]!.length,
  }));

/** Z of n×r and W of r×m at every point. */
const bothFactors = (problem: AnyProblem): readonly ExpectedArray[] => {
  const { Y, Z } = problem as { readonly Y: Rows; readonly Z: Rows };
  const [n, m, r] = [Y.length, Y[0]!.length, Z[0]!.length];
  return [
    { at: ['Z'], length: points(problem) * n * r },
    { at: ['W'], length: points(problem) * r * m },
  ];
};

/** Of an implicit network: Z of N×m, weights W of d×m, A of m×m and b of m, at so many points. */
const network = (names: readonly ('W' | 'A' | 'b' | 'Z')[], many: (problem: AnyProblem) => number) => {
  return (problem: AnyProblem): readonly ExpectedArray[] => {
    const { X, A } = problem as { readonly X: Rows; readonly A: Rows };
    const [N, d, m] = [X.length, X[0]!.length, A.length];
    const lengths = { W: d * m, A: m * m, b: m, Z: N * m };
    return names.map((name) => ({ at: [name], length: many(problem) * lengths[name] }));
  };
};

/** Losses and iterations of every epoch, the rest of every so many. */
const trainingRecord = (problem: AnyProblem): readonly ExpectedArray[] => {
  const { epochs, every } = problem as { readonly epochs: number; readonly every: number };
  const marks = Math.floor(epochs / every) + 1;
  const lengths = { loss: epochs + 1, iterations: epochs + 1, unseenLoss: marks, operatorNorm: marks };
  return Object.entries(lengths).map(([name, length]) => ({ at: [name], length }));
};

/** The arrays in the answer of every solver function, for a problem: a new function says here what it returns. */
const ANSWERS: Readonly<Record<SolverName, (problem: AnyProblem) => readonly ExpectedArray[]>> = {
  'scalarFA.flow': twoLayers,
  'scalarFA.euler': twoLayers,
  'scalarFA.midpoint': twoLayers,
  'scalarGD.flow': twoLayers,
  'deepScalarFA.flow': everyLayer,
  'deepScalarFA.midpoint': everyLayer,
  'matrixFA.flow': everyEntry,
  'matrixFA.euler': everyEntry,
  'matrixFA.midpoint': everyEntry,
  'matrixGD.flow': everyEntry,
  'matrixGD.euler': everyEntry,
  'factorFA.flow': bothFactors,
  'factorFA.euler': bothFactors,
  'factorFAStar.flow': bothFactors,
  'factorFAStar.euler': bothFactors,
  'factorGD.flow': bothFactors,
  'factorGD.euler': bothFactors,
  'implicitReLU.iterates': network(['Z'], points),
  'implicitReLU.equilibrium': network(['Z'], () => 1),
  'implicitReLU.gradients': network(['W', 'A', 'b'], () => 1),
  'implicitReLU.descend': network(['W', 'A', 'b', 'Z'], points),
  'implicitReLU.flow': network(['W', 'A', 'b', 'Z'], points),
  'implicitTraining.descend': trainingRecord,
};

/**
 * Returns when the answer of a solver function to a problem holds every array it should, of the right length and of
 * finite numbers. Throws {@link SolverError} that names the function, the array and what is there instead.
 */
export function checkAnswer(name: SolverName, problem: AnyProblem, answer: unknown): void {
  for (const { at, length } of ANSWERS[name](problem)) {
    const label = at.map((key, k) => (typeof key === 'number' ? `[${key}]` : k === 0 ? key : `.${key}`)).join('');
    const values = at.reduce<unknown>((inside, key) => (inside as Record<string, unknown> | null)?.[key], answer);
    checkArray(name, label, length, values as ArrayLike<unknown> | null | undefined);
  }
}

function checkArray(
  name: SolverName,
  label: string,
  length: number,
  values: ArrayLike<unknown> | null | undefined,
): void {
  if (values === undefined || values === null || values.length !== length) {
    const got = values === undefined || values === null ? String(values) : `${values.length} numbers`;
    throw new SolverError(
      `${name} returned ${got} for ${label}; expected an array of ${length} numbers, the start first`,
    );
  }
  for (let t = 0; t < length; t++) {
    const value = values[t];
    if (typeof value === 'number' && Number.isFinite(value)) continue;
    const got = typeof value === 'string' ? JSON.stringify(value) : String(value);
    throw new SolverError(`${name} returned ${got} as ${label}[${t}]; expected a finite number`);
  }
}
