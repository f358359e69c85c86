/** Where a terminal's one line is drawn, and taken back. */
export interface Line {
  show(text: string): void;
  clear(): void;
}

/** The last line of a terminal, rewritten in place; on anything that is no terminal it shows nothing. */
export function terminalLine(out: NodeJS.WriteStream): Line {
  if (!out.isTTY) return { show: () => undefined, clear: () => undefined };
  return {
    show: (text) => out.write(`\r\u001B[2K${text.slice(0, Math.max(20, (out.columns || 80) - 1))}`),
    clear: () => out.write('\r\u001B[2K'),
  };
}

/** How far a run is. */
export interface Progress {
  /** Claims expected in all, as far as that can be told. */
  readonly expected: number;
  readonly started: number;
  readonly done: number;
  readonly red: number;
  /** Unit test files: done, and failed. */
  readonly files: number;
  readonly failedFiles: number;
}

/** `claims: 12 done, 2 running, 31 left; unit test files: 4 done` */
export function progressText({ expected, started, done, red, files, failedFiles }: Progress): string {
  const claims = `claims: ${done} done${mark(red, 'red')}, ${started - done} running, ${Math.max(0, expected - started)} left`;
  const units = `unit test files: ${files} done${mark(failedFiles, 'failed')}`;
  return [...(expected > 0 || started > 0 ? [claims] : []), ...(files > 0 ? [units] : [])].join('; ');
}

const mark = (n: number, word: string): string => (n === 0 ? '' : ` (${n} ${word})`);

/** Without a terminal: a line each time another tenth of a long run is done. The same whatever the order of claims. */
export function tenthText({ expected, done }: Progress): string | undefined {
  if (expected < 20 || done > expected) return undefined;
  const tenth = (n: number): number => Math.floor((10 * n) / expected);
  return tenth(done) > tenth(done - 1) ? `claims: ${done} of ${expected} done` : undefined;
}
