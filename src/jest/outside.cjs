const { createRequire } = require('node:module');
const { registerTypeScript } = require('./typescript.cjs');

/** Jest's own environment is found by way of jest, which brings it. */
const environment = ['@jest/core', 'jest-config', 'jest-environment-node'].reduce(
  (from, name) => createRequire(from).resolve(name),
  require.resolve('jest'),
);
const { TestEnvironment } = require(environment);

/** What jest hands to a test file by the global object of its sandbox. */
const WORDS = ['describe', 'test', 'it', 'expect', 'beforeAll', 'beforeEach', 'afterAll', 'afterEach'];
/** What `expect` compares with by identity, `expect.any(Number)` say: it has to be what the test file has. */
const KINDS = [
  'Array',
  'BigInt',
  'Boolean',
  'Date',
  'Error',
  'Function',
  'Map',
  'Number',
  'Object',
  'RegExp',
  'Set',
  'String',
];

/**
 * The environment of test files that run outside jest's sandbox, where a look at a global costs a call and every file
 * loads every package anew. Our modules are loaded anew for each file as in the sandbox; packages once for a worker.
 * Modules cannot be mocked here (`jest.mock`); functions of an object can (`jest.spyOn`).
 */
class OutsideEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    const { cacheDirectory, testEnvironmentOptions } = config.projectConfig;
    if (!new RegExp(testEnvironmentOptions.outside).test(context.testPath)) return;
    registerTypeScript(cacheDirectory);
    for (const kind of KINDS) this.global[kind] = globalThis[kind];
    /** Called by what stands in the sandbox for the test file (src/jest/outside-transform.cjs). */
    this.global.runOutside = (file, jest) => {
      for (const word of WORDS) globalThis[word] = this.global[word];
      globalThis.jest = jest;
      // Jest's knows no source maps but those of the sandbox; without it Node uses ours.
      this.prepareStackTrace = Error.prepareStackTrace;
      Error.prepareStackTrace = undefined;
      this.aside = takeOurs();
      require(file);
    };
  }

  async teardown() {
    for (const word of [...WORDS, 'jest']) Reflect.deleteProperty(globalThis, word);
    if (this.aside) {
      Error.prepareStackTrace = this.prepareStackTrace;
      takeOurs();
      Object.assign(require.cache, this.aside);
    }
    await super.teardown();
  }
}

/**
 * Takes every TypeScript module that was loaded out of the cache, and returns them: no test file finds what another left
 * behind, and the engine of the project `claims`, which may be in the same worker, finds its own modules when they are
 * put back.
 */
function takeOurs() {
  const files = Object.keys(require.cache).filter((file) => file.endsWith('.ts') && !file.includes('node_modules'));
  const taken = Object.fromEntries(files.map((file) => [file, require.cache[file]]));
  for (const file of files) Reflect.deleteProperty(require.cache, file);
  module.children.length = 0;
  return taken;
}

module.exports = OutsideEnvironment;
