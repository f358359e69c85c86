import { existsSync } from 'node:fs';
import { settingsFrom, type Settings } from '../claim/budget';
import { passes, type VerdictRecord } from '../claim/record';
import { paperAt, surveyClaims, type Survey } from '../claims-on-disk';
import { explanation } from './explain';
import { writeAtomically } from './files';
import { countResults, writeHtml } from './html';
import {
  isFiltered,
  isSelected,
  type CaseResult,
  type Context,
  type FileResult,
  type GlobalConfig,
  type RunResult,
  type TestFile,
} from './jest-run';
import { junitXml } from './junit';
import { fromRoot, junitFile, recordFile, resultsFile, type Places } from './places';
import { progressText, tenthText, terminalLine, type Progress } from './progress';
import { settleResults } from './results';
import { countsLine, verdictTable } from './table';
import { fileReport, sortedReports, type FileReport } from './unit-tests';
import { crossProblems, merged, readRecords, writeVerdicts } from './verdicts';

/** The project of jest.config.js whose tests are claims. */
const CLAIMS = 'claims';

/** Everything that is printed at the end goes to standard output, progress to standard error. */
const say = (lines: readonly string[]): void => void process.stdout.write(lines.map((line) => `${line}\n`).join(''));

/**
 * Jest's reporter: progress while claims run, then the table of verdicts, what was refuted, and verdicts.json. Unit
 * tests fail in jest's own words. What is printed at the end is sorted by name, so that the number of workers does not
 * show.
 */
export class Reporter {
  private readonly line = terminalLine(process.stderr);
  private readonly files: FileReport[] = [];
  private progress: Progress = { expected: 0, started: 0, done: 0, red: 0, files: 0, failedFiles: 0 };
  private catalogue: Survey | undefined;
  private readonly failedWithoutVerdict: string[] = [];
  /** Theorem files that are no such thing, or cannot be loaded. */
  private readonly unusable: string[] = [];
  private duplicates: readonly string[] = [];
  private single = false;
  private error: Error | undefined;

  constructor(
    private readonly config: GlobalConfig,
    private readonly places: Places,
  ) {}

  onRunStart({ numTotalTestSuites }: { readonly numTotalTestSuites: number }): void {
    this.single = numTotalTestSuites === 1;
  }

  onTestFileStart({ context }: TestFile): void {
    if (isClaims(context) && !this.catalogue) this.loadCatalogue();
  }

  onTestCaseStart({ context }: TestFile): void {
    if (isClaims(context)) this.advance({ started: this.progress.started + 1 });
  }

  onTestCaseResult({ context }: TestFile, { status }: CaseResult): void {
    if (!isClaims(context) || status === 'pending') return;
    const { done, red } = this.progress;
    this.advance({ done: done + 1, red: red + (status === 'failed' ? 1 : 0) });
    const tenth = tenthText(this.progress);
    if (!process.stderr.isTTY && tenth !== undefined) process.stderr.write(`${tenth}\n`);
  }

  onTestResult(test: TestFile, result: FileResult): void {
    const claims = isClaims(test.context);
    const report = fileReport(
      test,
      fromRoot(this.places, test.path),
      result,
      !claims && (this.single || this.config.verbose === true),
    );
    const lost = claims ? this.withoutRecord(result) : [];
    this.failedWithoutVerdict.push(...lost.filter((id) => id.includes('/')));
    if (claims && (lost.some((id) => !id.includes('/')) || (report.failed && result.testResults.length === 0))) {
      this.unusable.push(report.file);
    }
    // A red claim is explained by its record; what jest says about the file matters where there is no record.
    if (!claims || lost.length > 0 || (report.failed && result.testResults.length === 0)) this.files.push(report);
    const { files, failedFiles } = this.progress;
    if (!claims) this.advance({ files: files + 1, failedFiles: failedFiles + (report.failed ? 1 : 0) });
  }

  onRunComplete(contexts: ReadonlySet<Context>, { wasInterrupted }: RunResult): void {
    this.line.clear();
    say(sortedReports(this.files));
    const projects = [...contexts].map(({ config }) => config.displayName?.name);
    if (projects.includes(CLAIMS)) this.concludeClaims(wasInterrupted, projects.length === 1);
  }

  /** Jest ends with an exit status other than 0 when this is an error. */
  getLastError(): Error | undefined {
    return this.error;
  }

  private concludeClaims(wasInterrupted: boolean, alone: boolean): void {
    const settings = settingsFrom(process.env);
    const records = readRecords(this.places);
    const { budget, seed, solver } = settings;
    const path = writeVerdicts(
      merged(records, { budget: budget.name, seed, solver: solver === undefined ? 'reference' : 'given' }),
      this.places,
    );
    const worthReading = records.filter((record) => record.verdict === 'refuted' || !passes(record));
    say([
      '',
      ...verdictTable(records),
      '',
      ...worthReading.flatMap((record) => [...explanation(record, this.places), '']),
    ]);
    const failed = this.failedWithoutVerdict;
    if (failed.length > 0) say([`without a verdict: ${[...failed].sort().join(', ')}`, '']);
    const problems = [
      ...this.suiteProblems(records),
      ...(wasInterrupted ? [] : this.results(records, settings, alone)),
    ];
    this.writeJunit(records, problems);
    say([countsLine(records, failed.length), `report: ${fromRoot(this.places, path)}`, this.htmlLine(alone), '']);
    if (problems.length > 0) {
      say([...problems.map((problem) => `✗ ${problem}`), '']);
      this.error = new Error(problems.join('\n'));
    }
  }

  /** The HTML report is made where every claim was looked at and nothing else; otherwise, how to get it. */
  private htmlLine(alone: boolean): string {
    const { config, places } = this;
    const whole = alone && !isFiltered(config) && !config.watch && !config.watchAll;
    if (!whole || countResults(places) === 0) return 'HTML: `npm run report` makes it from this run';
    try {
      return `HTML: ${fromRoot(places, writeHtml(places).path)}`;
    } catch (error) {
      return `no HTML report, the verdicts stand: ${(error as Error).message}`;
    }
  }

  /** What is wrong between claims. A theorem file that cannot be loaded is its own test's failure in a filtered run. */
  private suiteProblems(records: readonly VerdictRecord[]): readonly string[] {
    const { claims, broken } = this.catalogue!;
    const known =
      broken.length === 0 && this.duplicates.length === 0 ? new Set(claims.map(({ claim }) => claim.id)) : undefined;
    const unreadable = isFiltered(this.config) ? [] : broken.map(({ message }) => message);
    return [...this.duplicates, ...unreadable, ...crossProblems(records, known)];
  }

  /** RESULTS.md, written or compared when everything was run with the settings it is about. */
  private results(records: readonly VerdictRecord[], settings: Settings, alone: boolean): readonly string[] {
    const { catalogue, config, places } = this;
    if (isFiltered(config) || config.watch || config.watchAll || catalogue!.broken.length > 0) return [];
    const complete = records.length === catalogue!.claims.length && records.every(passes);
    const standard = settings.budget.name === 'standard' && settings.seed === 1 && settings.solver === undefined;
    if (!complete || !standard) return [];
    return settleResults(records, this.titles(records), resultsFile(places), alone && !config.ci ? 'write' : 'check');
  }

  private writeJunit(records: readonly VerdictRecord[], problems: readonly string[]): void {
    const unusable = isFiltered(this.config) ? this.unusable.map((file) => `${file} cannot be used`) : [];
    const judged = {
      records,
      withoutVerdict: this.failedWithoutVerdict,
      problems: [...unusable.sort(), ...problems],
      titles: this.titles(records),
    };
    writeAtomically(junitFile(this.places), junitXml(judged, this.places));
  }

  /** The papers' titles, as far as they can be read. */
  private titles(records: readonly VerdictRecord[]): ReadonlyMap<string, string> {
    const titleOf = (paper: string): string => {
      try {
        return paperAt(this.places.root, paper).title;
      } catch {
        return paper;
      }
    };
    return new Map(records.map(({ paper }) => [paper, titleOf(paper)]));
  }

  /** Titles of failed tests that left no record: of claims that came to no verdict, or of what is no claim at all. */
  private withoutRecord({ testResults }: FileResult): readonly string[] {
    const failed = testResults.filter(({ status }) => status === 'failed').map(({ title }) => title.split(' ')[0]!);
    return failed.filter((id) => !id.includes('/') || !existsSync(recordFile(this.places, id)));
  }

  private loadCatalogue(): void {
    const { config, places } = this;
    try {
      this.catalogue = surveyClaims(places.root);
    } catch (error) {
      this.catalogue = { claims: [], broken: [] };
      this.duplicates = [(error as Error).message];
    }
    const selected = this.catalogue.claims.filter(({ claim, paper, file }) =>
      isSelected(config, file, `${paper} ${claim.id} ${claim.where}`),
    );
    this.advance({ expected: selected.length });
  }

  private advance(change: Partial<Progress>): void {
    this.progress = { ...this.progress, ...change };
    this.line.show(progressText(this.progress));
  }
}

function isClaims({ config }: Context): boolean {
  return config.displayName?.name === CLAIMS;
}
