import * as allure from 'allure-js-commons';
import type { AllureEntry } from './allure-entry';

/** Says to Allure what the running test is about. */
export async function describeInAllure(entry: AllureEntry): Promise<void> {
  await allure.displayName(entry.name);
  await allure.historyId(entry.id);
  await allure.testCaseId(entry.id);
  await allure.epic(entry.epic);
  await allure.feature(entry.topic);
  await allure.story(entry.id);
  await allure.suite(entry.topic);
  await allure.tags(...entry.tags);
  await allure.parameter('seed', entry.seed, { excluded: true });
  await allure.parameter('budget', entry.budget, { excluded: true });
  await allure.description(entry.description);
  for (const { label, text, contentType } of entry.attachments) await allure.attachment(label, text, { contentType });
}
