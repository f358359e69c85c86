/** What stands in jest's sandbox for a test file that runs outside: src/jest/outside.cjs. */
const code = 'runOutside(__filename, jest);';

module.exports = { process: () => ({ code }), getCacheKey: () => code };
