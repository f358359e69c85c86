const path = require('node:path');

/** A path of this repository; absolute, so that a configuration elsewhere can build on this one. */
const here = (...names) => path.join(__dirname, ...names);

/** What `placesIn` of src/report/places.ts says. */
const places = {
  root: __dirname,
  reports: path.resolve(__dirname, process.env.ASSAY_REPORTS || 'reports'),
  results: here('reports', 'RESULTS.md'),
};

/** What every project shares: TypeScript is transformed, not type-checked (`npx tsc -p .` does that). */
const shared = {
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: here('tsconfig.json'), diagnostics: false }] },
  /** Jest runs a file in a context of its own, where looking up a global is slow: these are handed to each module. */
  sandboxInjectedGlobals: 'BigInt Math Number Float64Array Array'.split(' '),
};

/**
 * Tests of what only calculates, and mocks no module: they run outside jest's sandbox (docs/decisions.md, "Tests of numbers
 * outside the sandbox").
 */
const outside = '/test/(numerics|definitions|solvers|claim|generators|oracles|theorems|bench/planted).*\\.test\\.ts$';

/** @type {import('jest').Config} */
module.exports = {
  /** Jest leaves one core idle unless told; on two cores that would be one worker. */
  maxWorkers: '100%',
  /** Shards of equal time, not of equal numbers of files. */
  testSequencer: here('src/jest/jest-sequencer.cjs'),
  reporters: [[here('src/report/jest-reporter.cjs'), places], 'summary'],
  projects: [
    {
      ...shared,
      displayName: 'tests',
      transform: { [outside]: here('src/jest/outside-transform.cjs'), ...shared.transform },
      testEnvironment: here('src/jest/outside.cjs'),
      testEnvironmentOptions: { outside },
      testMatch: ['<rootDir>/test/**/*.test.ts', '!**/fixtures/**'],
    },
    {
      ...shared,
      displayName: 'claims',
      /** The engine loads theorem files outside the sandbox, once for a worker: docs/decisions.md, "One engine a worker". */
      transform: { '/theorems/.+\\.ts$': here('src/jest/nothing.cjs'), ...shared.transform },
      testMatch: ['<rootDir>/theorems/**/*.ts', '!**/paper.ts'],
      testEnvironment: here('src/jest/environment.cjs'),
      testEnvironmentOptions: { resultsDir: path.join(places.reports, 'allure-results') },
      setupFilesAfterEnv: [here('src/jest/claims.ts')],
      globalSetup: here('src/jest/global-setup.ts'),
      globals: { assay: places },
    },
  ],
};
