/** `npm run bench`: cases per second of the engine's hot path, and of the peer's. */
import { resolve } from 'node:path';
import { optionsFrom, USAGE, UsageError, type Options } from './options';
import { PeerError, runPeer } from './peer';
import type { Workload } from './workload';
import { WORKLOADS } from './workloads';

/** One benchmark's line of `--json`. */
interface Result {
  readonly name: string;
  readonly casesPerSecond: number;
  readonly peerCasesPerSecond: number | null;
  readonly ratio: number | null;
}

/** The median of cases per second over the repetitions, after one to warm up. */
function rateOf(workload: Workload, options: Options): number {
  const cases = options.cases ?? workload.cases;
  workload.run(cases, 0);
  const rates = Array.from({ length: options.repetitions }, (_, k) => {
    const started = performance.now();
    workload.run(cases, k + 1);
    return (1000 * cases) / (performance.now() - started);
  }).sort((a, b) => a - b);
  const middle = rates.length >> 1;
  return rates.length % 2 === 1 ? rates[middle]! : (rates[middle - 1]! + rates[middle]!) / 2;
}

function measure(options: Options): readonly Result[] {
  const names = WORKLOADS.map(({ name }) => name);
  const peers = options.peers === undefined ? undefined : runPeer(options.peers, names);
  return WORKLOADS.map((workload) => {
    const { name } = workload;
    const casesPerSecond = rateOf(workload, options);
    const peer = peers?.get(name) ?? null;
    return { name, casesPerSecond, peerCasesPerSecond: peer, ratio: peer === null ? null : casesPerSecond / peer };
  });
}

/** Whole from ten on, three digits below. */
const rounded = (rate: number): string => (rate < 10 ? rate.toPrecision(3) : String(Math.round(rate)));

function line({ name, casesPerSecond, peerCasesPerSecond, ratio }: Result): string {
  const ours = `${name.padEnd(17)} ${rounded(casesPerSecond).padStart(8)} cases/s`;
  if (peerCasesPerSecond === null || ratio === null) return ours;
  return `${ours}   peer ${rounded(peerCasesPerSecond).padStart(6)} cases/s   ${ratio.toFixed(1)} times`;
}

function main(words: readonly string[]): number {
  try {
    const options = optionsFrom(words, resolve(__dirname, '..'));
    const results = measure(options);
    console.log(options.json ? JSON.stringify(results, undefined, 2) : results.map(line).join('\n'));
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${error.message}\n\n${USAGE}`);
      return 2;
    }
    if (error instanceof PeerError) {
      console.error(error.message);
      return 1;
    }
    throw error;
  }
}

process.exitCode = main(process.argv.slice(2));
