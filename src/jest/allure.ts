import * as allure from 'allure-js-commons';
import { passes, type VerdictRecord } from '../claim/record';
import type { FiledClaim, Paper } from '../claims-on-disk';
import type { Written } from '../report/write';
import { oneLine } from '../report/text';

/**
 * Says to Allure what the running test is about: one result a claim, found again in the next run by the claim's id,
 * whatever the seed. A claim that could not be decided carries a tag of its own even where that is the recorded verdict.
 */
export async function describeInAllure(
  { claim, topic }: FiledClaim,
  { title }: Paper,
  record: VerdictRecord,
  written: readonly Written[],
): Promise<void> {
  await allure.historyId(claim.id);
  await allure.testCaseId(claim.id);
  await allure.epic(title);
  await allure.feature(topic);
  await allure.story(claim.id);
  await allure.suite(topic);
  await allure.tags(record.verdict, ...(passes(record) ? [] : ['red']));
  await allure.parameter('seed', String(record.seed), { excluded: true });
  await allure.parameter('budget', record.budget, { excluded: true });
  await allure.description(description(record));
  for (const { path, text } of written) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const [label, contentType] = kindOf(path, name, claim.id);
    await allure.attachment(label, text, { contentType });
  }
}

function kindOf(path: string, name: string, id: string): readonly [string, string] {
  if (name.endsWith('.py')) return [`script ${name}`, 'text/x-python'];
  const isRecord = path.includes('/records/') && id.endsWith(name.replace(/\.json$/, ''));
  return [`${isRecord ? 'record' : 'counterexample'} ${name}`, 'application/json'];
}

function description(record: VerdictRecord): string {
  const { form, says, where, verdict, recorded, note, corrected, hypotheses } = record;
  const lines = [
    `**${oneLine(where)}** (${form}): verdict **${verdict}**, recorded ${recorded}.`,
    `$$${oneLine(says)}$$`,
    ...Object.entries(hypotheses).map(([name, hypothesis]) => `- ${name}: $${oneLine(hypothesis.says)}$`),
    ...record.problems.map(({ kind, message }) => `**${kind}**: ${message}`),
    ...(note === undefined ? [] : [note]),
    ...(corrected.length === 0 ? [] : [`What does hold: ${corrected.join(', ')}`]),
  ];
  return lines.join('\n\n');
}
