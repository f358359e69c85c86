import { existsSync, readFileSync } from 'node:fs';
import { settingsFrom } from '../claim/budget';
import { passes, type VerdictRecord } from '../claim/record';
import { surveyClaims, theoremFiles, type Survey } from '../claims-on-disk';
import { shardsBelow } from '../shards';
import { conclude } from './conclude';
import {
  isFiltered,
  isSelected,
  isSelectedFile,
  type CaseResult,
  type Context,
  type FileResult,
  type GlobalConfig,
  type RunResult,
  type TestFile,
} from './jest-run';
import { fromRoot, ownsResults, recordFile, type Places } from './places';
import { progressText, tenthText, terminalLine, type Progress } from './progress';
import { fileReport, sortedReports, type FileReport } from './unit-tests';
import { merged, readRecords } from './verdicts';

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
  /** Claims with nothing wrong in their record, whose test failed at what came after it. */
  private readonly failedThoughGreen: string[] = [];
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
    const broken = claims ? this.withGreenRecord(result) : [];
    this.failedWithoutVerdict.push(...lost.filter((id) => id.includes('/')));
    this.failedThoughGreen.push(...broken);
    if (claims && (lost.some((id) => !id.includes('/')) || (report.failed && result.testResults.length === 0))) {
      this.unusable.push(report.file);
    }
    // A red claim is explained by its record; what jest says about the file matters where no record explains it.
    const unexplained = lost.length > 0 || broken.length > 0 || (report.failed && result.testResults.length === 0);
    if (!claims || unexplained) this.files.push(report);
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
    const { config, duplicates, places } = this;
    const { budget, seed, solver } = settingsFrom(process.env);
    const settings = { budget: budget.name, seed, solver: solver === undefined ? 'reference' : 'given' } as const;
    const survey = this.catalogue!;
    const filtered = isFiltered(config);
    const whole = !filtered && !config.watch && !config.watchAll;
    const mode = alone && !config.ci && ownsResults(places) ? 'write' : 'check';
    // A theorem file that cannot be loaded is its own test's failure in a run of a part.
    const unreadable = filtered ? [] : survey.broken.map(({ message }) => message);
    const unusable = filtered ? this.unusable.map((file) => `${file} cannot be used`).sort() : [];
    const problems = conclude(
      {
        verdicts: merged(readRecords(places), settings),
        survey,
        withoutVerdict: this.failedWithoutVerdict,
        problems: [...duplicates, ...unreadable, ...this.failedThoughGreen.sort().map(brokenAfterwards)],
        unusable,
        idsAreKnown: survey.broken.length === 0 && duplicates.length === 0,
        results: whole && !wasInterrupted ? mode : 'leave',
        html: whole && alone,
      },
      places,
      say,
    );
    if (problems.length > 0) this.error = new Error(problems.join('\n'));
  }

  /** Titles of failed tests that left no record: of claims that came to no verdict, or of what is no claim at all. */
  private withoutRecord(result: FileResult): readonly string[] {
    return failedIds(result).filter((id) => !id.includes('/') || !existsSync(recordFile(this.places, id)));
  }

  /** Ids of failed tests whose record has nothing against the claim: what failed came after the verdict. */
  private withGreenRecord(result: FileResult): readonly string[] {
    return failedIds(result).filter((id) => {
      const path = recordFile(this.places, id);
      return id.includes('/') && existsSync(path) && passes(JSON.parse(readFileSync(path, 'utf8')) as VerdictRecord);
    });
  }

  private loadCatalogue(): void {
    const { config, places } = this;
    try {
      this.catalogue = surveyClaims(places.root);
    } catch (error) {
      this.catalogue = { claims: [], broken: [] };
      this.duplicates = [(error as Error).message];
    }
    const inShard = this.filesOfShard();
    const selected = this.catalogue.claims.filter(
      ({ claim, paper, file }) => inShard(file) && isSelected(config, file, `${paper} ${claim.id} ${claim.where}`),
    );
    this.advance({ expected: selected.length });
  }

  /** Which theorem files are this run's, where it is one shard of several. */
  private filesOfShard(): (file: string) => boolean {
    const { config, places } = this;
    if (!config.shard) return () => true;
    const { shardIndex, shardCount } = config.shard;
    const files = theoremFiles(places.root).filter((file) => isSelectedFile(config, file));
    const shards = shardsBelow(places.root, files, shardCount);
    return (file) => shards.get(file) === shardIndex;
  }

  private advance(change: Partial<Progress>): void {
    this.progress = { ...this.progress, ...change };
    this.line.show(progressText(this.progress));
  }
}

/** The first words of the titles of failed tests: ids, where the tests are claims. */
function failedIds({ testResults }: FileResult): readonly string[] {
  return testResults.filter(({ status }) => status === 'failed').map(({ title }) => title.split(' ')[0]!);
}

const brokenAfterwards = (id: string): string =>
  `${id}: the verdict is as recorded, but its test failed afterwards: see what jest says about it above`;

function isClaims({ config }: Context): boolean {
  return config.displayName?.name === CLAIMS;
}
