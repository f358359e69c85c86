/** `npm run wasm`: compiles the WebAssembly kernel and writes its bytes into the module that is committed. */
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { COMPILED, compiledKernel } from './compile-kernel';

async function main(): Promise<void> {
  writeFileSync(COMPILED, await compiledKernel());
  console.log(`written: ${relative(process.cwd(), COMPILED)}`);
}

void main();
