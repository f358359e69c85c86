/** A solver that is wrong is blamed for it, and the theorem is not. */
import { join } from 'node:path';
import { assess } from '../../src/claim/assess';
import { BUDGETS } from '../../src/claim/budget';
import { exam, exists, type Claim, type Exam } from '../../src/claim/exam';
import { part } from '../../src/claim/finding';
import { over } from '../../src/claim/judge';
import { passes } from '../../src/claim/record';
import { loadClaims } from '../../src/claims-on-disk';
import { midpointFromZero } from '../../src/definitions/scalar-two-layer';
import { doubles } from '../../src/numerics/doubles';
import { FAULTS } from '../../src/solvers/faults';
import { Undetermined } from '../../src/numerics/arithmetic';
import { NoPath, type FeedbackProblem, type ScalarPath, type Solvers, type Steps } from '../../src/solvers/interfaces';
import { referenceSolvers } from '../../src/solvers/reference';
import { guarded, replaceSolver, SOLVER_NAMES } from '../../src/solvers/registry';
import { identical } from '../../oracles/along';
import { map } from '../../oracles/series';
import { signalAndFeedback } from '../../generators/scalar-two-layer';
import { claimOn, examinerOf, kinds } from '../support/toys';

/** Six midpoint steps of size 1/(2r²) from zero: the second layer stays at w1²/(2d). */
const sixSteps = exam({
  name: 'six midpoint steps',
  inside: signalAndFeedback,
  assuming: {},
  cases: [{ r: 1, d: '1/2' }],
  horizon: 6,
  run: ({ scalarFA }, { r, d }, steps) =>
    scalarFA.midpoint({ lambda: r ** 3 / (2 * d), d, eta: 1 / (2 * r * r), steps, w1: 0, w2: 0 }),
  defined: (R, { r, d }, steps) => {
    const lambda = R.div(R.power(r, 3), R.mul(2, d));
    return midpointFromZero(R, { lambda, d, eta: R.div(1, R.mul(2, r, r)) }, steps);
  },
  measure: (_R, { w1, w2 }) => ({ w1: { values: w1 }, w2: { values: w2 } }),
});

const parabola: Claim = claimOn(sixSteps, {
  then: (R, { w1, w2 }, { d }) =>
    identical(
      R,
      w2,
      map(w1, (x) => R.div(R.mul(x, x), R.mul(2, d))),
    ),
});

const witness: Claim = exists(sixSteps, {
  id: 'toy/exists',
  where: 'nowhere',
  says: '',
  recorded: 'upheld',
  then: (R, { w1, w2 }, { d }) =>
    part(
      'parabola',
      identical(
        R,
        w2,
        map(w1, (x) => R.div(R.mul(x, x), R.mul(2, d))),
      ),
    ),
});

type Problem = FeedbackProblem & Steps;
const right = referenceSolvers.scalarFA.midpoint;

const solversWith = (midpointSolver: (problem: Problem) => unknown): Solvers =>
  guarded(replaceSolver(referenceSolvers, 'scalarFA.midpoint', midpointSolver as never));

const judged = (claim: Claim, midpointSolver: (problem: Problem) => unknown, replaced = true) =>
  assess(claim, examinerOf({ solvers: solversWith(midpointSolver), replaced: replaced ? ['scalarFA.midpoint'] : [] }));

/** The right path with one number changed. */
const changed =
  (change: (path: { w1: number[]; w2: number[] }, problem: Problem) => void) =>
  (problem: Problem): ScalarPath => {
    const { w1, w2 } = right(problem);
    const path = { w1: Array.from(w1), w2: Array.from(w2) };
    change(path, problem);
    return path;
  };

describe('a solver', () => {
  test('that is right passes, when its faults are seen', () => {
    const faults = FAULTS.filter(({ solver }) => solver === 'scalarFA.midpoint').map(({ solver, what, inject }) => ({
      solver,
      what,
      solvers: guarded(inject(referenceSolvers)),
    }));
    const record = assess(parabola, examinerOf({ solvers: guarded(referenceSolvers), faults }));
    expect(record).toMatchObject({ verdict: 'upheld', problems: [], solver: 'reference' });
    expect(record.teeth.caught.filter((name) => name.startsWith('scalarFA.midpoint: ')).length).toBeGreaterThan(3);
  });

  test('that is off by a thousandth at one step is blamed, on numbers a person can check', () => {
    const record = judged(
      parabola,
      changed(({ w2 }) => (w2[3]! *= 1.001)),
    );
    expect(record).toMatchObject({ verdict: 'undecided', solver: 'given' });
    expect(record.problems).toEqual([
      { kind: 'solver wrong', message: expect.stringContaining('the solver, not the theorem, is wrong: at {"r":') },
    ]);
    expect(record.solverFailure).toMatchObject({ instance: { r: 1, d: 1 }, sample: { at: 3 } });
    expect(passes(record)).toBe(false);
  });

  test('that is wrong on large numbers only is blamed there', () => {
    const record = judged(
      parabola,
      changed(({ w2 }, { d }) => {
        if (d > 8) w2[6]! *= 1.01;
      }),
    );
    expect(kinds(record)).toEqual(['solver wrong']);
    expect(Number(record.solverFailure!.instance['d'])).toBeGreaterThan(8);
  });

  test.each<[string, (problem: Problem) => unknown, RegExp]>([
    ['returns NaN', changed(({ w1 }) => (w1[2] = NaN)), /scalarFA\.midpoint returned NaN as w1\[2\]/],
    ['returns too few points', changed(({ w2 }) => w2.pop()), /scalarFA\.midpoint returned 6 numbers for w2/],
    ['returns nothing', () => undefined, /scalarFA\.midpoint returned undefined for w1/],
    [
      'throws',
      () => {
        throw new Error('out of memory');
      },
      /scalarFA\.midpoint threw: out of memory/,
    ],
  ])('that %s is reported with the input, by claims for all and of existence', (_what, solver, message) => {
    for (const claim of [parabola, witness]) {
      const record = judged(claim, solver);
      expect(record.verdict).toBe('undecided');
      expect(kinds(record)).toEqual(['solver wrong']);
      expect(record.problems[0]!.message).toMatch(message);
      expect(record.problems[0]!.message).toContain(JSON.stringify(record.solverFailure!.instance));
      expect(record.solverFailure!.instance).toHaveProperty('r');
    }
  });

  test('that throws on some inputs only is reported with one of them', () => {
    const record = judged(parabola, (problem) => {
      if (problem.d > 1) throw new Error('too large for me');
      return right(problem);
    });
    expect(kinds(record)).toEqual(['solver wrong']);
    expect(Number(record.solverFailure!.instance['d'])).toBeGreaterThan(1);
  });

  test('that is right is not blamed for a theorem that is false', () => {
    const wrongParabola = claimOn(sixSteps, {
      recorded: 'refuted',
      then: (R, { w1, w2 }, { d }) =>
        identical(
          R,
          w2,
          map(w1, (x) => R.div(R.mul(x, x), d)),
        ),
    });
    const record = judged(wrongParabola, right);
    expect(record).toMatchObject({ verdict: 'refuted', problems: [], simplest: { grade: 'exact' } });
    expect(record.solverFailure).toBeUndefined();
  });
});

describe('the claims of the papers', () => {
  const claims = loadClaims(join(__dirname, '..', '..'))
    .map(({ claim }) => claim)
    .filter(({ form, exam: { run } }) => run !== undefined && form !== 'experiment');
  const budget = { ...BUDGETS.quick, draws: 4, attack: 0, simplify: 0, teeth: 0 };
  const look = (claim: Claim, solvers: Solvers, draws = budget.draws) =>
    assess(claim, examinerOf({ solvers, budget: { ...budget, draws } }));

  /** The solver functions that an exam calls on its first case. */
  const usedBy = (exam: Exam): ReadonlySet<string> => {
    const used = new Set<string>();
    const watched = SOLVER_NAMES.reduce((solvers, name) => {
      const [family, method] = name.split('.') as [keyof Solvers, string];
      const solver = (referenceSolvers[family] as unknown as Record<string, (problem: object) => never>)[method]!;
      return replaceSolver(solvers, name, (problem: object) => {
        used.add(name);
        return solver(problem);
      });
    }, referenceSolvers);
    exam.run!(watched, over(exam, doubles, exam.cases[0]!), exam.horizon ?? 0);
    return used;
  };
  const uses = new Map([...new Set(claims.map(({ exam }) => exam))].map((exam) => [exam, usedBy(exam)]));
  const about = (name: string, recorded: string): readonly Claim[] =>
    claims.filter((claim) => claim.recorded === recorded && uses.get(claim.exam)!.has(name));

  test('look at every solver function', () => {
    expect(new Set([...uses.values()].flatMap((names) => [...names]))).toEqual(new Set(SOLVER_NAMES));
  });

  test('blame none of our own solvers', () => {
    const solvers = guarded(referenceSolvers);
    for (const claim of claims)
      expect({ id: claim.id, kinds: kinds(look(claim, solvers)) }).not.toMatchObject({ kinds: ['solver wrong'] });
  });

  test.each(FAULTS.map((fault) => [`${fault.solver} with a fault (${fault.what})`, fault] as const))(
    'blame %s, at least one of them',
    (_name, { solver, inject }) => {
      const solvers = guarded(inject(referenceSolvers));
      // A few draws do for most faults; where they do not, more of them.
      const blamed = [budget.draws, 60].some((draws) =>
        about(solver, 'upheld').some((claim) => kinds(look(claim, solvers, draws)).includes('solver wrong')),
      );
      expect(blamed).toBe(true);
    },
  );

  test.each([...new Set(FAULTS.map(({ solver }) => solver))])('stay refuted when %s has a fault', (name) => {
    const solvers = guarded(FAULTS.find(({ solver }) => solver === name)!.inject(referenceSolvers));
    for (const claim of about(name, 'refuted'))
      expect(look(claim, solvers)).toMatchObject({ id: claim.id, verdict: 'refuted' });
  });
});

describe('a solver that says there is no path', () => {
  const solvers = replaceSolver(referenceSolvers, 'scalarFA.midpoint', () => {
    throw new NoPath('the path ends here');
  });

  test('is wrong where the definition has one', () => {
    const record = assess(parabola, examinerOf({ solvers: guarded(solvers) }));
    expect(record).toMatchObject({
      verdict: 'undecided',
      solverFailure: { what: 'scalarFA.midpoint: the path ends here' },
    });
    expect(kinds(record)).toContain('solver wrong');
  });

  test('is not blamed where the definition has none, and what is claimed there stays open', () => {
    const nowhere = exam({
      ...sixSteps,
      name: 'no path',
      defined: () => {
        throw new Undetermined('the path ends here');
      },
    });
    const claim = claimOn(nowhere as unknown as typeof sixSteps, { then: parabola.then as never });
    const record = assess(claim, examinerOf({ solvers: guarded(solvers) }));
    expect(record.solverFailure).toBeUndefined();
    expect(kinds(record)).toContain('unresolved');
  });
});
