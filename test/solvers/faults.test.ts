import { timesUpTo } from '../../src/definitions/flow';
import { FAULTS } from '../../src/solvers/faults';
import type { ScalarPath, Solvers } from '../../src/solvers/interfaces';
import { referenceSolvers } from '../../src/solvers/reference';
import { SOLVER_NAMES } from '../../src/solvers/registry';

/** A problem for every function, away from zero weights and from the solution. */
const problem = { lambda: 2, d: 0.75, w1: 0.5, w2: -1, eta: 0.05, steps: 10, times: timesUpTo(0.5, 10) };

const answer = (solvers: Solvers, name: string): ScalarPath => {
  const [family, method] = name.split('.') as [keyof Solvers, string];
  return (solvers[family] as unknown as Record<string, (p: typeof problem) => ScalarPath>)[method]!(problem);
};

test('every solver function has faults seeded', () => {
  expect(new Set(FAULTS.map(({ solver }) => solver))).toEqual(new Set(SOLVER_NAMES));
});

test('no two faults have the same name', () => {
  const names = FAULTS.map(({ solver, what }) => `${solver}: ${what}`);
  expect(new Set(names).size).toBe(names.length);
});

describe.each(FAULTS.map((fault) => [`${fault.solver}: ${fault.what}`, fault] as const))('%s', (_name, fault) => {
  const broken = fault.inject(referenceSolvers);

  test('changes the answer of its function by more than a hundredth', () => {
    const [good, bad] = [answer(referenceSolvers, fault.solver), answer(broken, fault.solver)];
    const gaps = Array.from(good.w1, (x, t) => Math.max(Math.abs(x - bad.w1[t]!), Math.abs(good.w2[t]! - bad.w2[t]!)));
    expect(Math.max(...gaps)).toBeGreaterThan(0.01);
  });

  test('leaves every other function alone', () => {
    for (const name of SOLVER_NAMES.filter((other) => other !== fault.solver)) {
      expect(answer(broken, name)).toEqual(answer(referenceSolvers, name));
    }
  });
});
