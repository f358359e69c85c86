import type { Solvers } from './interfaces';
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
};
