const path = require('node:path');

const places = { root: __dirname, reports: path.join(__dirname, 'reports') };

/** What every project shares: TypeScript is transformed, not type-checked (`npx tsc -p .` does that). */
const shared = {
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: path.join(__dirname, 'tsconfig.json'), diagnostics: false }] },
};

/** @type {import('jest').Config} */
module.exports = {
  reporters: [['<rootDir>/src/report/reporter.cjs', places], 'summary'],
  projects: [
    {
      ...shared,
      displayName: 'tests',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
    },
    {
      ...shared,
      displayName: 'claims',
      testMatch: ['<rootDir>/theorems/**/*.ts', '!**/paper.ts'],
      testEnvironment: 'allure-jest/node',
      testEnvironmentOptions: { resultsDir: path.join(places.reports, 'allure-results') },
      setupFilesAfterEnv: ['<rootDir>/src/jest/claims.ts'],
      globalSetup: '<rootDir>/src/jest/global-setup.ts',
      globals: { assay: places },
    },
  ],
};
