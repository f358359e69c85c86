import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** The peer cannot be run, or did not answer as expected. */
export class PeerError extends Error {
  override readonly name = 'PeerError';
}

const PYTHONS = ['/usr/bin/python3', 'python3'];
const PACKAGES = ['numpy', 'scipy', 'hypothesis'];

/** The peer's cases per second by name, from one run of its file. Throws {@link PeerError}. */
export function runPeer(file: string, names: readonly string[]): ReadonlyMap<string, number> {
  if (!existsSync(file)) throw new PeerError(`the peer's file ${file} does not exist: give its path after --peers`);
  const { status, stdout, stderr, error } = spawnSync(python(), [file, ...names], { encoding: 'utf8' });
  if (error || status !== 0) throw new PeerError(`the peer failed: ${error?.message ?? stderr.trim()}`);
  const rates = new Map<string, number>();
  for (const line of stdout.split('\n').filter((text) => text.startsWith('{'))) {
    const { name, cases_per_second: rate } = JSON.parse(line) as { name: string; cases_per_second: number };
    rates.set(name, rate);
  }
  const missing = names.filter((name) => !(rates.get(name)! > 0));
  if (missing.length > 0) throw new PeerError(`the peer gave no rate for ${missing.join(', ')}:\n${stdout.trim()}`);
  return rates;
}

/** The first Python that has what the peer imports. */
function python(): string {
  const found = PYTHONS.find((name) => spawnSync(name, ['-c', `import ${PACKAGES.join(', ')}`]).status === 0);
  if (found !== undefined) return found;
  throw new PeerError(
    `none of ${PYTHONS.join(', ')} has ${PACKAGES.join(', ')}: install them (Debian: python3-numpy, python3-scipy, python3-hypothesis), or leave --peers out`,
  );
}
