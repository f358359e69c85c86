import { replaceSolver } from './registry';
import type { ScalarStart, SolverName, Solvers, Times } from './interfaces';
import {
  bestFactorEuler,
  bestFactorFlow,
  factorFeedbackEuler,
  factorFeedbackFlow,
  factorGradientDescent,
  factorGradientFlow,
  FACTORS,
  type FactorCoefficients,
} from './factorization';
import { implicitFaults } from './implicit-relu-faults';
import { trainingDescent, TRAINING } from './implicit-relu-training';
import { MATRIX, type MatrixCoefficients } from './matrix-kernel';
import {
  gradientDescent,
  HALF,
  matrixFeedbackEuler,
  matrixFeedbackFlow,
  matrixGradientFlow,
  matrixMidpoint,
} from './matrix-linear';
import { DEEP, deepFlow, deepMidpoint, HALF_STEP } from './scalar-deep';
import { discreteScheme, EULER, MIDPOINT } from './scalar-discrete';
import { feedbackAlignmentFlow, FLOW, gradientFlow } from './scalar-flow';

/** A mistake someone could make in a solver, on purpose. */
export interface Fault {
  readonly solver: SolverName;
  /** What is wrong, in words. */
  readonly what: string;
  /** The solvers with this one function broken. */
  readonly inject: (solvers: Solvers) => Solvers;
}

const fault = <Name extends SolverName>(
  solver: Name,
  what: string,
  broken: Parameters<typeof replaceSolver>[2],
): Fault => ({
  solver,
  what,
  inject: (solvers) => replaceSolver(solvers, solver, broken),
});

/** What can be wrong in any solver of linear networks with matrix weights. */
const MATRIX_FAULTS: Readonly<Record<string, Partial<MatrixCoefficients>>> = {
  'wrong sign in the last layer': { lastLayer: -1 },
  'factor 2 on the first layer': { firstLayer: 2 },
  'factor 2 on the product in the error': { product: 2 },
  'Σxx left out of the error': { inputs: 'isotropic' },
};

function matrixFaults(
  solver: SolverName,
  make: (coefficients: MatrixCoefficients) => Parameters<typeof replaceSolver>[2],
): readonly Fault[] {
  return Object.entries(MATRIX_FAULTS).map(([what, change]) => fault(solver, what, make({ ...MATRIX, ...change })));
}

/** What can be wrong in any solver of low-rank factorisation, in the two that move W by its gradient, and in FA*. */
const FACTOR_FAULTS: Readonly<Record<string, Partial<FactorCoefficients>>> = {
  'wrong sign in the update of Z': { Z: -1 },
  'factor 2 on the product in the residual': { product: 2 },
  'factor 2 on the update of Z': { Z: 2 },
};
const GRADIENT_FAULTS: Readonly<Record<string, Partial<FactorCoefficients>>> = {
  ...FACTOR_FAULTS,
  'wrong sign in the update of W': { W: -1 },
};
const FEEDBACK_FAULTS: Readonly<Record<string, Partial<FactorCoefficients>>> = {
  ...GRADIENT_FAULTS,
  'every row of Z is fed back through the next row of C': { feedbackShift: 1 },
};
const BEST_FAULTS: Readonly<Record<string, Partial<FactorCoefficients>>> = {
  ...FACTOR_FAULTS,
  'W stays what is best at the start': { best: 'start' },
  'the inverse of ZᵀZ left out of W': { best: 'ZᵀY' },
  'every row of Z is fed back through the next row of C': { feedbackShift: 1 },
};
const STEP_FAULT: Readonly<Record<string, Partial<FactorCoefficients>>> = {
  'W moves by the residual of the new Z': { ofW: 'new Z' },
};

function factorFaults(
  solver: SolverName,
  faults: Readonly<Record<string, Partial<FactorCoefficients>>>,
  make: (coefficients: FactorCoefficients) => Parameters<typeof replaceSolver>[2],
): readonly Fault[] {
  return Object.entries(faults).map(([what, change]) => fault(solver, what, make({ ...FACTORS, ...change })));
}

/** The seeded faults of every solver family: a claim that no fault turns red checks nothing of the solver. */
export const FAULTS: readonly Fault[] = [
  fault('scalarFA.midpoint', 'no half step: the second layer uses the old first layer', discreteScheme(EULER)),
  fault(
    'scalarFA.midpoint',
    'the second layer uses the new first layer instead of the mean',
    discreteScheme({ ...MIDPOINT, newWeight: 1 }),
  ),
  fault('scalarFA.midpoint', 'wrong sign in the first layer', discreteScheme({ ...MIDPOINT, firstLayer: -1 })),
  fault('scalarFA.midpoint', 'wrong sign in the second layer', discreteScheme({ ...MIDPOINT, secondLayer: -1 })),
  fault('scalarFA.midpoint', 'factor 2 on the first layer', discreteScheme({ ...MIDPOINT, firstLayer: 2 })),
  fault('scalarFA.midpoint', 'factor 2 on the second layer', discreteScheme({ ...MIDPOINT, secondLayer: 2 })),
  fault(
    'scalarFA.midpoint',
    'factor 1/2 on both layers',
    discreteScheme({ ...MIDPOINT, firstLayer: 0.5, secondLayer: 0.5 }),
  ),
  fault('scalarFA.euler', 'wrong sign in the second layer', discreteScheme({ ...EULER, secondLayer: -1 })),
  fault('scalarFA.euler', 'factor 2 on the first layer', discreteScheme({ ...EULER, firstLayer: 2 })),
  fault('scalarFA.euler', 'a half step that does not belong there', discreteScheme(MIDPOINT)),
  fault('scalarFA.flow', 'wrong sign in the first layer', feedbackAlignmentFlow({ ...FLOW, firstLayer: -1 })),
  fault('scalarFA.flow', 'wrong sign in the second layer', feedbackAlignmentFlow({ ...FLOW, secondLayer: -1 })),
  fault('scalarFA.flow', 'factor 2 on the first layer', feedbackAlignmentFlow({ ...FLOW, firstLayer: 2 })),
  fault(
    'scalarFA.flow',
    'factor 1/2 on both layers',
    feedbackAlignmentFlow({ ...FLOW, firstLayer: 0.5, secondLayer: 0.5 }),
  ),
  fault('scalarFA.flow', 'factor 2 on the product in the error', feedbackAlignmentFlow({ ...FLOW, product: 2 })),
  fault('scalarGD.flow', 'wrong sign in the second layer', gradientFlow({ ...FLOW, secondLayer: -1 })),
  fault('scalarGD.flow', 'factor 2 on the first layer', gradientFlow({ ...FLOW, firstLayer: 2 })),
  fault(
    'scalarGD.flow',
    'feedback 1 in the place of the second layer: feedback alignment, not gradient descent',
    (problem) => feedbackAlignmentFlow(FLOW)({ ...(problem as ScalarStart & Times), d: 1 }),
  ),
  fault(
    'deepScalarFA.midpoint',
    'no half steps: upper layers use the old lower layers',
    deepMidpoint(DEEP, { ...HALF_STEP, newWeight: 0 }),
  ),
  fault(
    'deepScalarFA.midpoint',
    'upper layers use the new lower layers instead of the means',
    deepMidpoint(DEEP, { ...HALF_STEP, newWeight: 1 }),
  ),
  fault(
    'deepScalarFA.midpoint',
    'the mean of the products of the lower layers instead of the product of their means',
    deepMidpoint(DEEP, { ...HALF_STEP, meanOf: 'product' }),
  ),
  fault('deepScalarFA.midpoint', 'wrong sign in the last layer', deepMidpoint({ ...DEEP, lastLayer: -1 }, HALF_STEP)),
  fault('deepScalarFA.midpoint', 'factor 2 on the first layer', deepMidpoint({ ...DEEP, firstLayer: 2 }, HALF_STEP)),
  fault(
    'deepScalarFA.midpoint',
    'every layer uses the feedback weight of the next',
    deepMidpoint({ ...DEEP, feedbackShift: 1 }, HALF_STEP),
  ),
  fault('deepScalarFA.flow', 'wrong sign in the first layer', deepFlow({ ...DEEP, firstLayer: -1 })),
  fault('deepScalarFA.flow', 'factor 2 on the last layer', deepFlow({ ...DEEP, lastLayer: 2 })),
  fault('deepScalarFA.flow', 'factor 2 on the product in the error', deepFlow({ ...DEEP, product: 2 })),
  fault(
    'deepScalarFA.flow',
    'every layer uses the feedback weight of the next',
    deepFlow({ ...DEEP, feedbackShift: 1 }),
  ),
  ...matrixFaults('matrixFA.flow', matrixFeedbackFlow),
  fault('matrixFA.flow', 'feedback matrices transposed', matrixFeedbackFlow({ ...MATRIX, read: 'columns' })),
  fault(
    'matrixFA.flow',
    'transposed weights in the place of feedback matrices: gradient descent, not feedback alignment',
    matrixGradientFlow(MATRIX),
  ),
  ...matrixFaults('matrixFA.euler', matrixFeedbackEuler),
  fault('matrixFA.euler', 'feedback matrices transposed', matrixFeedbackEuler({ ...MATRIX, read: 'columns' })),
  fault('matrixFA.euler', 'a half step that does not belong there', matrixMidpoint(MATRIX, HALF)),
  ...matrixFaults('matrixFA.midpoint', (c) => matrixMidpoint(c, HALF)),
  fault('matrixFA.midpoint', 'no half steps: upper layers use the old lower layers', matrixMidpoint(MATRIX, 0)),
  fault('matrixFA.midpoint', 'upper layers use the new lower layers instead of the means', matrixMidpoint(MATRIX, 1)),
  fault(
    'matrixFA.midpoint',
    'every layer uses the feedback matrix of the next',
    matrixMidpoint({ ...MATRIX, feedbackShift: 1 }, HALF),
  ),
  ...matrixFaults('matrixGD.flow', matrixGradientFlow),
  fault('matrixGD.flow', 'weights handed down untransposed', matrixGradientFlow({ ...MATRIX, read: 'columns' })),
  ...matrixFaults('matrixGD.euler', gradientDescent),
  fault('matrixGD.euler', 'weights handed down untransposed', gradientDescent({ ...MATRIX, read: 'columns' })),
  ...factorFaults('factorFA.flow', FEEDBACK_FAULTS, factorFeedbackFlow),
  fault(
    'factorFA.flow',
    'transposed weights in the place of the feedback matrix: gradient descent, not feedback alignment',
    factorGradientFlow(FACTORS),
  ),
  ...factorFaults('factorFA.euler', { ...FEEDBACK_FAULTS, ...STEP_FAULT }, factorFeedbackEuler),
  ...factorFaults('factorFAStar.flow', BEST_FAULTS, bestFactorFlow),
  ...factorFaults('factorFAStar.euler', BEST_FAULTS, bestFactorEuler),
  ...factorFaults('factorGD.flow', GRADIENT_FAULTS, factorGradientFlow),
  ...factorFaults('factorGD.euler', { ...GRADIENT_FAULTS, ...STEP_FAULT }, factorGradientDescent),
  ...implicitFaults(fault),
  fault('implicitTraining.descend', 'wrong sign in the update of W', trainingDescent({ ...TRAINING, W: -1 })),
  fault('implicitTraining.descend', 'wrong sign in the update of b', trainingDescent({ ...TRAINING, b: -1 })),
  fault('implicitTraining.descend', 'no γ in the update of A', trainingDescent({ ...TRAINING, gammaInA: false })),
  fault(
    'implicitTraining.descend',
    'an adjoint that is not iterated',
    trainingDescent({ ...TRAINING, adjoint: 'first iterate' }),
  ),
  fault('implicitTraining.descend', 'factor 4 on all updates', trainingDescent({ ...TRAINING, W: 4, A: 4, b: 4 })),
];
