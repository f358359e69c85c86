/** Jest loads reporters as they are: this one is TypeScript. */
require('tsx/cjs/api').register();

module.exports = require('./reporter.ts').Reporter;
