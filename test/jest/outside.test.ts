/** Test files that run outside jest's sandbox: what they find, and what is seen when they fail. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const folder = join(__dirname, 'fixtures', 'outside');
const bin = join(__dirname, '..', '..', 'node_modules', 'jest', 'bin', 'jest.js');
const { status, stderr } = spawnSync(process.execPath, [bin, '-c', join(folder, 'jest.config.js')], {
  encoding: 'utf8',
});

test('a file finds nothing of what another left in a module', () => {
  expect(stderr).toContain('Tests:       1 failed, 2 passed, 3 total');
});

test('what fails there is red, and shown at its line', () => {
  expect(status).toBe(1);
  expect(stderr).toMatch(/● is wrong\n[^]*Expected: 2\n +Received: 1\n[^]*second\.test\.ts:18:20\)/);
});
