const { statSync } = require('node:fs');
const AllureEnvironment = require('allure-jest/node');
const { registerTypeScript } = require('./typescript.cjs');

/**
 * The engine, and with it every module that it has loaded: kept from one theorem file to the next of a worker, where it
 * is loaded once and runs warm. Loaded anew when a file of it was changed since (`jest --watch`).
 */
let loaded;

function engineFor(places) {
  const key = JSON.stringify(places);
  if (!loaded || loaded.key !== key || changed(loaded.times)) {
    for (const file of ours()) Reflect.deleteProperty(require.cache, file);
    const { newEngine } = require('./engine.ts');
    loaded = { key, times: new Map(), engine: newEngine(places, process.env) };
  }
  return loaded.engine;
}

/** The TypeScript files that were loaded; those of the fixtures too. */
const ours = () => Object.keys(require.cache).filter((file) => file.endsWith('.ts') && !file.includes('node_modules'));

/** Whether a file has another time on disk than when it was first seen here. */
function changed(times) {
  return ours().some((file) => {
    const { mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? { mtimeMs: 0 };
    const before = times.get(file) ?? mtimeMs;
    times.set(file, before);
    return mtimeMs !== before;
  });
}

/**
 * Allure's environment, in which a test file finds the engine, and a claim that `-t` leaves out leaves no result: it was
 * not looked at.
 */
class ClaimsEnvironment extends AllureEnvironment {
  constructor(config, context) {
    super(config, context);
    registerTypeScript(config.projectConfig.cacheDirectory);
    this.global.assayEngine = engineFor(config.projectConfig.globals.assay);
    const handle = this.handleTestEvent;
    this.handleTestEvent = (event, state) => (event.name === 'test_skip' ? undefined : handle(event, state));
  }
}

module.exports = ClaimsEnvironment;
