import { assess } from '../../../src/claim/assess';
import { atMost } from '../../../src/claim/compare';
import { exam } from '../../../src/claim/exam';
import { experiment } from '../../../src/claim/forms/constructors';
import { space } from '../../../src/claim/space';
import { BUDGETS } from '../../../src/claim/budget';
import { referenceSolvers } from '../../../src/solvers/reference';
import { guarded, replaceSolver } from '../../../src/solvers/registry';
import { SolverError } from '../../../src/solvers/interfaces';
import { counts } from '../../../generators/coordinates';
import { examinerOf } from '../../support/toys';

/** One step of the midpoint scheme from weights that the seed stands for: printed settings with seeds 1, 2 and 3. */
const settings = exam({
  name: 'one step, printed settings',
  inside: space().with('seed', counts(1, 100)),
  assuming: {},
  cases: [{ seed: 1 }, { seed: 2 }, { seed: 3 }],
  horizon: 1,
  run: ({ scalarFA }, { seed }, steps) =>
    scalarFA.midpoint({ lambda: 1, d: 1, w1: 0, w2: 0, eta: 1 / (10 * seed), steps }),
  measure: (_R, { w1 }) => ({ w1: { values: w1 } }),
});

const seen = (bound: number) =>
  experiment(settings, {
    id: 'toy/experiment',
    where: 'Figure 0',
    says: `w_1 \\le ${bound} \\text{ after one step}`,
    recorded: 'reproduced',
    then: (R, { w1 }) => atMost(R, w1.values[1]!, bound, 1),
    mutants: { 'a tenth of it': (R, { w1 }) => atMost(R, w1.values[1]!, bound / 10, 1) },
  });

const solvers = guarded(referenceSolvers);
const faulty = guarded(replaceSolver(referenceSolvers, 'scalarFA.midpoint', () => ({ w1: [0, 9], w2: [0, 9] })));
const faults = [{ solver: 'scalarFA.midpoint', what: 'answers 9', solvers: faulty }] as const;

describe('an experiment', () => {
  test('is reproduced when it is seen with every seed that the budget tries, and faults would have been seen', () => {
    const record = assess(seen(0.2), examinerOf({ solvers, faults, budget: BUDGETS.standard }));
    expect(record).toMatchObject({ verdict: 'reproduced', problems: [], formRecord: { seeds: { seen: 2, tried: 2 } } });
    expect(record.teeth.caught).toEqual(['scalarFA.midpoint: answers 9', 'statement: a tenth of it']);
  });

  test('is not reproduced when it is seen with none', () => {
    const record = assess(seen(0.01), examinerOf({ solvers, budget: BUDGETS.standard }));
    expect(record).toMatchObject({ verdict: 'not reproduced', problems: [], simplest: { grade: 'observed' } });
  });

  test('is undecided when the seeds disagree', () => {
    const record = assess(seen(0.06), examinerOf({ solvers, budget: BUDGETS.standard }));
    expect(record).toMatchObject({ verdict: 'undecided', problems: [{ kind: 'unresolved' }] });
    expect(record.problems[0]!.message).toBe('seen with 1 of 2 seeds, not seen with 1, too close to tell with 0');
  });

  test('says so when its solver gives no answer', () => {
    const silent = replaceSolver(referenceSolvers, 'scalarFA.midpoint', () => {
      throw new SolverError('no answer today');
    });
    const record = assess(seen(0.2), examinerOf({ solvers: guarded(silent) }));
    expect(record).toMatchObject({ verdict: 'undecided', problems: [{ kind: 'solver wrong' }] });
  });

  test('is refused without printed settings', () => {
    const nothing = { ...settings, cases: [] };
    expect(() => experiment(nothing, { ...seen(1), recorded: 'reproduced' })).toThrow('needs its printed settings');
  });
});
