import { assess } from '../../../src/claim/assess';
import { TookTooLong, withinSeconds } from '../../../src/claim/time-limit';
import { exam } from '../../../src/claim/exam';
import { along } from '../../../oracles/along';
import { constant } from '../../../oracles/series';
import { atMost } from '../../../src/claim/compare';
import { guarded, replaceSolver, runningSolver } from '../../../src/solvers/registry';
import { referenceSolvers } from '../../../src/solvers/reference';
import { claimOn, claimOver, examinerOf, oneNumber, SMALL } from '../../support/toys';

const impatient = { ...SMALL, seconds: 0.2 };

const forEver = (): never => {
  for (;;);
};

describe('work within a limit of time', () => {
  test('returns what it returns and throws what it throws', () => {
    expect(withinSeconds(5, () => 42)).toBe(42);
    expect(() =>
      withinSeconds(5, () => {
        throw new RangeError('its own');
      }),
    ).toThrow(new RangeError('its own'));
  });

  test('is stopped even where it never yields, and from inside other work', () => {
    expect(() => withinSeconds(0.05, forEver)).toThrow(TookTooLong);
    expect(
      withinSeconds(5, () =>
        ((): string => {
          try {
            return withinSeconds(0.05, forEver);
          } catch (error) {
            return (error as Error).message;
          }
        })(),
      ),
    ).toBe('did not end within 0.05 s');
  });
});

describe('a loop without end', () => {
  test("in a claim ends as that claim's error, with what was seen until then", () => {
    let looked = 0;
    const claim = claimOver(oneNumber, { then: (R, _, { x }) => (++looked > 20 ? forEver() : atMost(R, x, 100)) });
    const record = assess(claim, examinerOf({ budget: impatient }));
    expect(record).toMatchObject({ verdict: 'undecided', problems: [{ kind: 'endless' }] });
    expect(record.problems[0]!.message).toMatch(
      /^the claim, its definition or a word that it uses did not end within 0\.2 s at \{"x":.*\}: look for a loop/,
    );
    expect(record.instances).toBeGreaterThan(5);
  });

  test('in a solver is blamed on the solver, with the instance, and the function is not asked again', () => {
    const solvers = guarded(replaceSolver(referenceSolvers, 'scalarGD.flow', forEver));
    const on = exam({
      name: 'a solver that hangs',
      inside: oneNumber,
      assuming: {},
      cases: [{ x: 1 }],
      horizon: 2,
      run: ({ scalarGD }, { x }) => scalarGD.flow({ lambda: 1, w1: x, w2: 0, times: [0, 1, 2] }),
      defined: (R, { x }) => ({ w1: [x, x, x], w2: [R.of(0), R.of(0), R.of(0)] }),
      measure: (_R, { w1 }) => ({ w1: { values: w1 } }),
    });
    const claim = claimOn(on, { then: (R, { w1 }) => along(R, w1, constant(R, 100)) });
    const examiner = examinerOf({ budget: impatient, solvers, running: runningSolver });
    const record = assess(claim, examiner);
    expect(record).toMatchObject({
      verdict: 'undecided',
      problems: [{ kind: 'solver wrong' }],
      solverFailure: { what: 'scalarGD.flow did not answer within 0.2 s' },
    });
    const again = assess(claim, { ...examiner, budget: SMALL });
    expect(again.solverFailure!.what).toBe('scalarGD.flow did not end on an earlier problem, and is not asked again');
  });
});
