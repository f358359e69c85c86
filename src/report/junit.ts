import { passes, type VerdictRecord } from '../claim/record';
import { evidence, explanation, verdictText } from './explain';
import type { Places } from './places';
import { byId } from './table';
import { oneLine } from './text';
import { escaped } from './xml';

/** What a JUnit report is made of. */
export interface Judged {
  readonly records: readonly VerdictRecord[];
  /** Ids of claims whose test failed before there was a verdict. */
  readonly withoutVerdict: readonly string[];
  /** What is wrong with no one claim: between claims, or with a theorem file. A suite of its own, where there is any. */
  readonly problems: readonly string[];
  /** The papers' titles, by the name of their folder. */
  readonly titles: ReadonlyMap<string, string>;
}

/**
 * The verdicts as JUnit XML: a suite a paper, a case a claim, a failure with its explanation for each red one, an error
 * for each that came to no verdict. Sorted by id; two runs with the same settings differ in times alone.
 */
export function junitXml({ records, withoutVerdict, problems, titles }: Judged, places: Places): string {
  const sorted = [...records].sort(byId);
  const paperOf = (id: string): string => id.slice(0, id.indexOf('/'));
  const papers = [...new Set([...sorted.map(({ paper }) => paper), ...withoutVerdict.map(paperOf)])].sort();
  const suites = papers.map((paper) => {
    const judged = sorted.filter((record) => record.paper === paper);
    const lost = withoutVerdict.filter((id) => paperOf(id) === paper).sort();
    return suite(titles.get(paper) ?? paper, paper, judged, lost, places);
  });
  const counts = totals(sorted, [...withoutVerdict, ...problems]);
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites${attributes({ name: 'assay', ...counts })}>`];
  return `${[...lines, ...suites.flat(), ...runSuite(problems), '</testsuites>'].join('\n')}\n`;
}

function suite(
  title: string,
  paper: string,
  judged: readonly VerdictRecord[],
  lost: readonly string[],
  places: Places,
): readonly string[] {
  const settings = judged[0] && { budget: judged[0].budget, seed: judged[0].seed };
  return [
    `  <testsuite${attributes({ name: title, package: paper, ...totals(judged, lost) })}>`,
    ...(settings ? ['    <properties>', ...Object.entries(settings).map(property), '    </properties>'] : []),
    ...judged.flatMap((record) => judgedCase(record, places)),
    ...lost.flatMap((id) => errorCase(paper, nameOf(id), 'the claim came to no verdict: see what jest prints')),
    '  </testsuite>',
  ];
}

function runSuite(problems: readonly string[]): readonly string[] {
  if (problems.length === 0) return [];
  return [
    `  <testsuite${attributes({ name: 'the run as a whole', ...totals([], problems) })}>`,
    ...problems.flatMap((problem, k) => errorCase('run', `problem ${k + 1}`, problem)),
    '  </testsuite>',
  ];
}

function errorCase(classname: string, name: string, message: string): readonly string[] {
  return [
    `    <testcase${attributes({ classname, name, time: seconds(0) })}>`,
    `      <error${attributes({ type: 'error', message })}/>`,
    '    </testcase>',
  ];
}

function judgedCase(record: VerdictRecord, places: Places): readonly string[] {
  const { id, paper, where } = record;
  const name = `${nameOf(id)} ${oneLine(where)}`;
  const found = [`verdict: ${verdictText(record)}`, ...evidence(record, places)];
  const kept = passes(record) ? [] : [failure(record, places)];
  return [
    `    <testcase${attributes({ classname: paper, name, time: seconds(record.seconds) })}>`,
    ...kept,
    `      <system-out>${escaped(found.join('\n'))}</system-out>`,
    '    </testcase>',
  ];
}

function failure(record: VerdictRecord, places: Places): string {
  const type = record.problems[0]?.kind ?? 'verdict';
  const text = explanation(record, places).join('\n');
  return `      <failure${attributes({ type, message: verdictText(record) })}>${escaped(text)}</failure>`;
}

function totals(records: readonly VerdictRecord[], errors: readonly string[]): Attributes {
  return {
    tests: records.length + errors.length,
    failures: records.filter((record) => !passes(record)).length,
    errors: errors.length,
    skipped: 0,
    time: seconds(records.reduce((sum, record) => sum + record.seconds, 0)),
  };
}

type Attributes = Readonly<Record<string, string | number>>;

const nameOf = (id: string): string => id.slice(id.indexOf('/') + 1);
const seconds = (time: number): string => time.toFixed(3);
const property = ([name, value]: [string, string | number]): string =>
  `      <property${attributes({ name, value })}/>`;

function attributes(given: Attributes): string {
  return Object.entries(given)
    .map(([name, value]) => ` ${name}="${escaped(String(value)).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`)
    .join('');
}
