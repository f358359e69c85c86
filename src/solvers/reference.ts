import {
  bestFactorEuler,
  bestFactorFlow,
  factorFeedbackEuler,
  factorFeedbackFlow,
  factorGradientDescent,
  factorGradientFlow,
  FACTORS,
} from './factorization';
import { implicitDescent, layerEquilibrium, layerIterates, lossGradients } from './implicit-relu';
import { implicitFlow } from './implicit-relu-flow';
import { IMPLICIT } from './implicit-relu-kernel';
import { trainingDescent, TRAINING } from './implicit-relu-training';
import type { Solvers } from './interfaces';
import { MATRIX } from './matrix-kernel';
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

/** Our own solvers. */
export const referenceSolvers: Solvers = {
  scalarFA: {
    flow: feedbackAlignmentFlow(FLOW),
    euler: discreteScheme(EULER),
    midpoint: discreteScheme(MIDPOINT),
  },
  scalarGD: { flow: gradientFlow(FLOW) },
  deepScalarFA: { flow: deepFlow(DEEP), midpoint: deepMidpoint(DEEP, HALF_STEP) },
  matrixFA: {
    flow: matrixFeedbackFlow(MATRIX),
    euler: matrixFeedbackEuler(MATRIX),
    midpoint: matrixMidpoint(MATRIX, HALF),
  },
  matrixGD: { flow: matrixGradientFlow(MATRIX), euler: gradientDescent(MATRIX) },
  factorFA: { flow: factorFeedbackFlow(FACTORS), euler: factorFeedbackEuler(FACTORS) },
  factorFAStar: { flow: bestFactorFlow(FACTORS), euler: bestFactorEuler(FACTORS) },
  factorGD: { flow: factorGradientFlow(FACTORS), euler: factorGradientDescent(FACTORS) },
  implicitReLU: {
    iterates: layerIterates(IMPLICIT),
    equilibrium: layerEquilibrium(IMPLICIT),
    gradients: lossGradients(IMPLICIT),
    descend: implicitDescent(IMPLICIT),
    flow: implicitFlow(IMPLICIT),
  },
  implicitTraining: { descend: trainingDescent(TRAINING) },
};
