/** Jest loads reporters as they are: this one is TypeScript. */
const { require: requireTypeScript } = require('tsx/cjs/api');

module.exports = requireTypeScript('./reporter.ts', __filename).Reporter;
