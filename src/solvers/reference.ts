import type { Solvers } from './interfaces';
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
};
