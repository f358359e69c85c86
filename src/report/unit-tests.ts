import type { FileResult, TestFile } from './jest-run';

/** A test file as it is printed at the end of the run: jest's own account of its failures, and what it wrote. */
export interface FileReport {
  readonly file: string;
  readonly project: string;
  readonly failed: boolean;
  readonly text: readonly string[];
}

/** `names`: the tests one by one, each with its outcome. */
export function fileReport(test: TestFile, file: string, result: FileResult, names: boolean): FileReport {
  const project = test.context.config.displayName?.name ?? '';
  const failed = Boolean(result.failureMessage) || result.testExecError !== undefined;
  const written = (result.console ?? []).map(({ type, message }) => `  console.${type}: ${message}`);
  const text = [
    `${failed ? 'FAIL' : 'PASS'} ${project} ${file}`,
    ...(names ? result.testResults.map(({ status, title }) => `  ${SIGNS[status] ?? status} ${title}`) : []),
    ...written,
    ...(result.failureMessage ? ['', result.failureMessage.trimEnd(), ''] : []),
  ];
  return { file, project, failed, text };
}

const SIGNS: Readonly<Record<string, string>> = { passed: '✓', failed: '✕', pending: '○', todo: '✎', disabled: '○' };

/** All files in the order of their names, whatever order they ran in. */
export function sortedReports(reports: readonly FileReport[]): readonly string[] {
  return [...reports].sort((a, b) => (a.file < b.file ? -1 : 1)).flatMap(({ text }) => text);
}
