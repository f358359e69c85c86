import { readFileSync } from 'node:fs';
import { COMPILED, compiledKernel } from '../../tools/compile-kernel';

test('the committed bytes of the kernel are those that its text compiles to', async () => {
  expect(readFileSync(COMPILED, 'utf8')).toBe(await compiledKernel());
});
