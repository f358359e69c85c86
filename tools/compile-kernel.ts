import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import wabt from 'wabt';

const NUMERICS = join(__dirname, '..', 'src', 'numerics');

/** The kernel as WebAssembly text, and the module that holds its bytes. */
export const SOURCE = join(NUMERICS, 'simd-product.wat');
export const COMPILED = join(NUMERICS, 'simd-product-bytes.ts');

/** The text of {@link COMPILED}: the bytes of what {@link SOURCE} compiles to. Throws wabt's error, with line and column, where it does not. */
export async function compiledKernel(): Promise<string> {
  const { parseWat } = await wabt();
  const parsed = parseWat('simd-product.wat', readFileSync(SOURCE, 'utf8'), { simd: true, bulk_memory: true });
  try {
    parsed.validate();
    const base64 = Buffer.from(parsed.toBinary({}).buffer).toString('base64');
    const lines = base64.match(/.{1,100}/g)!.map((line) => `  '${line}'`);
    return [
      '/** simd-product.wat compiled, in base64. Written by `npm run wasm`: change that file, not this one. */',
      'export const KERNEL_BYTES =',
      `${lines.join(' +\n')};\n`,
    ].join('\n');
  } finally {
    parsed.destroy();
  }
}
