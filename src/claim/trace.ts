import type { Enclosure } from '../numerics/arithmetic';
import type { Solvers } from '../solvers/interfaces';
import type { Claim, Instance, Measures } from './exam';
import type { BothSides, Finding, Reading } from './finding';
import { bySolver, decide, evidenceOf, questionOf, type Question } from './judge';
import type { Witness } from './record';

/** What a claim looks at on one instance, number by number. */
export interface Trace {
  /** What was found, `sides` aside. */
  readonly finding: Finding;
  /** Both sides of every comparison, in the order in which they are made. */
  readonly sides: readonly BothSides[];
  /** The series that are measured along the path. */
  readonly measures: Readonly<Record<string, Track>>;
}

/** A series along the path. */
export interface Track {
  readonly from: number;
  readonly values: readonly Enclosure[];
}

/** The conclusion by the definition, at the bits that decide it, with all it looks at. Throws what the definition throws. */
export function traceByDefinition(claim: Claim, instance: Instance): Trace {
  return traced(questionOf(claim), (question) => decide(question, instance));
}

/** The same for what a witness shows, which for limits, rates and constants is not the conclusion itself; along all of its path. */
export function traceOfWitness(claim: Claim, { instance, constant }: Witness): Trace {
  return traced(evidenceOf(claim, constant).question, (question) => decide(question, instance));
}

/** The conclusion on the solver's path, in doubles, with all it looks at. Throws what the solver throws. */
export function traceBySolver(claim: Claim, solvers: Solvers, instance: Instance): Trace {
  return traced(questionOf(claim), (question) => bySolver(question, solvers, instance));
}

/** The measures are kept as they come by: of several attempts at more and more bits, the last. */
function traced(asked: Question, judge: (question: Question) => Finding): Trace {
  let measures: Trace['measures'] = {};
  const question: Question = {
    ...asked,
    sides: true,
    then: (R, measured, p) => {
      measures = tracks(R, measured);
      return asked.then(R, measured, p);
    },
  };
  const { sides = [], ...finding } = judge(question);
  return { finding, sides, measures };
}

function tracks<N>(R: Reading<N>, measured: Measures<N, string>): Trace['measures'] {
  const track = ([name, { values, from = 0 }]: [string, Measures<N, string>[string]]): [string, Track] => [
    name,
    { from, values: Array.from(values, (x) => R.enclosure(x)) },
  ];
  return Object.fromEntries(Object.entries(measured).map(track));
}
