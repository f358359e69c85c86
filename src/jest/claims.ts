/**
 * Turns a theorem file, which is data, into tests: one a claim. Jest runs this in place of the theorem file
 * (`setupFilesAfterEnv` of the project `claims`), which the engine loads outside the sandbox.
 */
import { describeInAllure } from './allure';
import type { ClaimTest, Engine } from './engine';
import { verdictError } from './verdict-error';

declare global {
  /** Set by the environment of the project `claims`. */
  var assayEngine: Engine;
}

/** A safety net only: budgets are counts, and a deep one may take minutes on one claim. */
jest.setTimeout(60 * 60 * 1000);

const engine = globalThis.assayEngine;
const found = engine.testsOf(expect.getState().testPath!);

async function run(one: ClaimTest): Promise<void> {
  const { entry, red } = one.judge();
  await describeInAllure(entry);
  if (red) throw verdictError(red);
}

if (found.wrong !== undefined) {
  test('the theorem file follows the rules', () => {
    const error = new Error(found.wrong);
    error.stack = found.wrong;
    throw error;
  });
} else {
  describe(found.paper, () => {
    beforeAll(() => engine.checkCanary());
    for (const one of found.tests) test(one.name, () => run(one));
  });
}
