/** The little of jest's own types that the reporter reads. */

export interface GlobalConfig {
  readonly rootDir: string;
  readonly verbose?: boolean;
  readonly ci: boolean;
  readonly watch: boolean;
  readonly watchAll: boolean;
  readonly testNamePattern?: string | undefined;
  readonly testPathPatterns: { readonly patterns: readonly string[] };
  readonly findRelatedTests: boolean;
  readonly onlyChanged: boolean;
  readonly onlyFailures: boolean;
  readonly shard?: { readonly shardIndex: number; readonly shardCount: number } | undefined;
}

export interface Context {
  readonly config: { readonly displayName?: { readonly name: string } };
}

export interface TestFile {
  readonly path: string;
  readonly context: Context;
}

export interface CaseResult {
  readonly title: string;
  readonly ancestorTitles: readonly string[];
  readonly status: string;
  readonly failureMessages: readonly string[];
}

export interface FileResult {
  readonly testFilePath: string;
  readonly failureMessage?: string | null;
  readonly testExecError?: unknown;
  readonly testResults: readonly CaseResult[];
  readonly console?: readonly { readonly type: string; readonly message: string }[] | null;
}

export interface RunResult {
  readonly wasInterrupted: boolean;
}

/** Whether the run was asked for a part of the tests only. */
export function isFiltered(config: GlobalConfig): boolean {
  const { testNamePattern, testPathPatterns, findRelatedTests, onlyChanged, onlyFailures, shard } = config;
  const some = findRelatedTests || onlyChanged || onlyFailures || shard !== undefined;
  return some || (testNamePattern ?? '') !== '' || testPathPatterns.patterns.length > 0;
}

/** Whether a file would be run under the path patterns of the command line. */
export function isSelectedFile({ testPathPatterns: { patterns } }: GlobalConfig, file: string): boolean {
  return patterns.length === 0 || patterns.some((pattern) => new RegExp(pattern, 'i').test(file));
}

/** Whether a claim's test would be run under the patterns of the command line. */
export function isSelected(config: GlobalConfig, file: string, name: string): boolean {
  return isSelectedFile(config, file) && new RegExp(config.testNamePattern ?? '', 'i').test(name);
}
