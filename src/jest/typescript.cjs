const { createHash, randomUUID } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { version } = require('typescript/package.json');

/**
 * Lets this process require our TypeScript, outside jest's sandbox. What TypeScript makes of a file is kept in the folder
 * `cache`, by content. Not by tsx: it gives every function its name each time the function is made, and looks every import up
 * each time it is used, which costs the claims one sixth of their time.
 */
function registerTypeScript(cache) {
  const folder = join(cache, 'assay');
  mkdirSync(folder, { recursive: true });
  process.setSourceMapsEnabled(true);
  require.extensions['.ts'] = (module, file) => module._compile(compiled(file, folder), file);
}

function compiled(file, folder) {
  const source = readFileSync(file, 'utf8');
  const kept = join(folder, createHash('sha256').update([version, file, source].join('\0')).digest('hex'));
  try {
    return readFileSync(kept, 'utf8');
  } catch {
    const code = transpiled(source, file);
    // Under another name first: other workers may be reading.
    const draft = `${kept}.${randomUUID()}`;
    writeFileSync(draft, code);
    renameSync(draft, kept);
    return code;
  }
}

function transpiled(source, fileName) {
  const { transpileModule, ModuleKind, ScriptTarget } = require('typescript');
  const compilerOptions = {
    module: ModuleKind.CommonJS,
    target: ScriptTarget.ES2022,
    esModuleInterop: true,
    inlineSourceMap: true,
    inlineSources: true,
  };
  return transpileModule(source, { fileName, compilerOptions }).outputText;
}

module.exports = { registerTypeScript };
