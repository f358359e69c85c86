import type { Fault } from './faults';
import { implicitDescent, layerEquilibrium, layerIterates, lossGradients } from './implicit-relu';
import { implicitFlow } from './implicit-relu-flow';
import { IMPLICIT, type ImplicitCoefficients } from './implicit-relu-kernel';
import type { SolverName } from './interfaces';
import type { replaceSolver } from './registry';

type Solver = Parameters<typeof replaceSolver>[2];
type Faults = Readonly<Record<string, Partial<ImplicitCoefficients>>>;

/** What can be wrong in the layer. */
const LAYER: Faults = {
  'half of γ in the layer': { gamma: 0.5 },
  'XW added without its ReLU': { features: 'XW' },
  'Z multiplied by the transposed A': { layer: 'Aᵀ' },
};
/** What can be wrong in the gradients. */
const GRADIENTS: Faults = {
  'wrong sign of the gradient by W': { W: -1 },
  'wrong sign of the gradient by A': { A: -1 },
  'wrong sign of the gradient by b': { b: -1 },
  'factor 2 on the gradient by W': { W: 2 },
  'factor 2 on the gradient by A': { A: 2 },
  'factor 2 on the gradient by b': { b: 2 },
  'γ left out of the gradient by A': { ofA: 'ZᵀG' },
  'D, the derivative of the layer, left out of the adjoint equation': { D: 'left out' },
  'E, the derivative of the features, left out of the gradient by W': { E: 'left out' },
  'A not transposed in the adjoint equation': { adjoint: 'A' },
};
const ONE_ITERATION: Faults = { 'one iteration for the fixed point': { iterations: 1 } };

/** The seeded faults of the solvers of implicit ReLU networks, made by `fault`. */
export function implicitFaults(fault: (solver: SolverName, what: string, broken: Solver) => Fault): readonly Fault[] {
  const all = (solver: SolverName, faults: Faults, make: (c: ImplicitCoefficients) => Solver): readonly Fault[] =>
    Object.entries(faults).map(([what, change]) => fault(solver, what, make({ ...IMPLICIT, ...change })));
  return [
    ...all('implicitReLU.iterates', { ...LAYER, 'one layer ahead': { start: 'Φ' } }, layerIterates),
    ...all('implicitReLU.equilibrium', { ...LAYER, ...ONE_ITERATION }, layerEquilibrium),
    ...all('implicitReLU.gradients', { ...GRADIENTS, ...ONE_ITERATION }, lossGradients),
    ...all('implicitReLU.descend', { ...GRADIENTS, ...ONE_ITERATION }, implicitDescent),
    ...all('implicitReLU.flow', GRADIENTS, implicitFlow),
  ];
}
