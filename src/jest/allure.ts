import * as allure from 'allure-js-commons';
import { passes, type VerdictRecord } from '../claim/record';
import type { FiledClaim, Paper } from '../claims-on-disk';
import { evidence, search, verdictText } from '../report/explain';
import type { Places } from '../report/places';
import { oneLine } from '../report/text';
import type { Written } from '../report/write';

/**
 * Says to Allure what the running test is about: one result a claim, found again in the next run by the claim's id,
 * whatever the seed. A claim that could not be decided carries a tag of its own even where that is the recorded verdict.
 */
export async function describeInAllure(
  { claim, topic }: FiledClaim,
  { title }: Paper,
  record: VerdictRecord,
  written: readonly Written[],
  places: Places,
): Promise<void> {
  await allure.displayName(`${claim.id} · ${record.verdict} · ${oneLine(claim.where)}`);
  await allure.historyId(claim.id);
  await allure.testCaseId(claim.id);
  await allure.epic(title);
  await allure.feature(topic);
  await allure.story(claim.id);
  await allure.suite(topic);
  await allure.tags(record.verdict, ...(passes(record) ? [] : ['red']));
  await allure.parameter('seed', String(record.seed), { excluded: true });
  await allure.parameter('budget', record.budget, { excluded: true });
  await allure.description(descriptionOf(record, places));
  for (const { path, text } of written) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const [label, contentType] = kindOf(path, name, claim.id);
    await allure.attachment(label, text, { contentType });
  }
}

/** The script is plain text to Allure, which shows that on the page and leaves every other kind to be downloaded. */
function kindOf(path: string, name: string, id: string): readonly [string, string] {
  if (name.endsWith('.py')) return [`script ${name}`, 'text/plain'];
  if (name.endsWith('.svg')) return [`picture ${name}`, 'image/svg+xml'];
  const isRecord = path.includes('/records/') && id.endsWith(name.replace(/\.json$/, ''));
  return [`${isRecord ? 'record' : 'counterexample'} ${name}`, 'application/json'];
}

/** What a claim's page says, in Markdown. Formulas are LaTeX as code: Allure sets none, and would take them apart. */
export function descriptionOf(record: VerdictRecord, places: Places): string {
  const { form, says, where, note, corrected, hypotheses } = record;
  const found = evidence(record, places);
  const assumed = Object.entries(hypotheses).map(([name, met]) => `- ${name}: ${code(oneLine(met.says))}`);
  const sections = [
    `**${oneLine(where)}** (${form}): **${verdictText(record)}**`,
    block('latex', oneLine(says)),
    assumed.join('\n'),
    ...record.problems.map(({ kind, message }) => `**${kind}**: ${formulasAsCode(message)}`),
    found.length === 0 ? '' : block('text', found.join('\n')),
    corrected.length === 0 ? '' : `What does hold: ${corrected.map(code).join(', ')}`,
    note === undefined ? '' : formulasAsCode(oneLine(note)),
    block('text', search(record).join('\n')),
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

const block = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``;
const code = (text: string): string => `\`${text}\``;
const formulasAsCode = (text: string): string => text.replace(/\$([^$]+)\$/g, (_all, formula: string) => code(formula));
