/** Types, lint and formatting at the same time, on as many cores as there are. Prints what each says; fails if one does. */
import { spawn } from 'node:child_process';

const CHECKS = ['tsc -p .', 'eslint .', 'prettier --check .'];

/** Runs a command of node_modules/.bin to its end: whether it succeeded. */
const check = (command) =>
  new Promise((resolve) => {
    const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
    child.on('error', (error) => (said += error.message));
    child.on('close', (code) => {
      console.log(`${code === 0 ? 'passed' : 'failed'}: ${command}`);
      if (code !== 0) console.log(said);
      resolve(code === 0);
    });
  });

const passed = await Promise.all(CHECKS.map(check));
process.exitCode = passed.every(Boolean) ? 0 : 1;
