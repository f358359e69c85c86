import { passes, type VerdictRecord } from '../claim/record';
import { paperAt, type Survey } from '../claims-on-disk';
import { falseAlarmProblems, falseAlarmText } from './chance-text';
import { explanation } from './explain';
import { writeAtomically } from './files';
import { countResults, writeHtml } from './html';
import { junitXml } from './junit';
import { fromRoot, junitFile, resultsFile, type Places } from './places';
import { settleResults } from './results';
import { countsLine, verdictTable } from './table';
import { crossProblems, writeVerdicts, type Verdicts } from './verdicts';

/** What looking at claims ended with: one run, or the union of several. */
export interface Finished {
  readonly verdicts: Verdicts;
  /** The claims there are on disk. */
  readonly survey: Survey;
  /** Ids of claims that were to be looked at and came to no verdict. */
  readonly withoutVerdict: readonly string[];
  /** What is wrong with no one claim, as far as it is known before the claims are compared with each other. */
  readonly problems: readonly string[];
  /** The same, for JUnit alone: elsewhere it is told by others. */
  readonly unusable: readonly string[];
  /** Whether the ids on disk can be told: all files are readable, and no id is used twice. */
  readonly idsAreKnown: boolean;
  /** What to do with RESULTS.md when every claim was looked at with the settings it is about. */
  readonly results: 'write' | 'check' | 'leave';
  /** Whether the HTML report is made now. */
  readonly html: boolean;
}

/**
 * Ends a run: writes verdicts.json, junit.xml and, where told, RESULTS.md and the HTML report, and says the table of
 * verdicts, what was refuted or is red, the counts and where the report is. Returns what is wrong between claims or with
 * the run as a whole: the run fails for these as for a red claim.
 */
export function conclude(run: Finished, places: Places, say: (lines: readonly string[]) => void): readonly string[] {
  const { verdicts, withoutVerdict } = run;
  const records = verdicts.claims;
  const path = writeVerdicts(verdicts, places);
  const worthReading = records.filter((record) => record.verdict === 'refuted' || !passes(record));
  say(['', ...verdictTable(records), '', ...worthReading.flatMap((record) => [...explanation(record, places), ''])]);
  if (withoutVerdict.length > 0) say([`without a verdict: ${[...withoutVerdict].sort().join(', ')}`, '']);
  const known = run.idsAreKnown ? new Set(run.survey.claims.map(({ claim }) => claim.id)) : undefined;
  const problems = [
    ...run.problems,
    ...crossProblems(records, known),
    ...falseAlarmProblems(records),
    ...settled(run, places),
  ];
  const judged = { records, withoutVerdict, problems: [...run.unusable, ...problems], titles: titles(records, places) };
  writeAtomically(junitFile(places), junitXml(judged, places));
  const counts = countsLine(records, withoutVerdict.length);
  const chance = falseAlarmText(records);
  say([
    counts,
    ...(chance === '' ? [] : [chance]),
    `report: ${fromRoot(places, path)}`,
    htmlLine(run.html, places),
    '',
  ]);
  if (problems.length > 0) say([...problems.map((problem) => `✗ ${problem}`), '']);
  return problems;
}

/** RESULTS.md, written or compared when every claim there is was looked at with the settings it is about. */
function settled({ verdicts, survey, results }: Finished, places: Places): readonly string[] {
  const { claims: records, budget, seed, solver } = verdicts;
  const complete = survey.broken.length === 0 && records.length === survey.claims.length && records.every(passes);
  const standard = budget === 'standard' && seed === 1 && solver === 'reference';
  if (results === 'leave' || !complete || !standard) return [];
  return settleResults(records, titles(records, places), resultsFile(places), results);
}

/** Makes the HTML report, or says how to get it. */
function htmlLine(now: boolean, places: Places): string {
  if (!now || countResults(places) === 0) return 'HTML: `npm run report` makes it from this run';
  try {
    return `HTML: ${fromRoot(places, writeHtml(places).path)}`;
  } catch (error) {
    return `no HTML report, the verdicts stand: ${(error as Error).message}`;
  }
}

/** The papers' titles, as far as they can be read. */
function titles(records: readonly VerdictRecord[], { root }: Places): ReadonlyMap<string, string> {
  const titleOf = (paper: string): string => {
    try {
      return paperAt(root, paper).title;
    } catch {
      return paper;
    }
  };
  return new Map(records.map(({ paper }) => [paper, titleOf(paper)]));
}
