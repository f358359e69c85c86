import { passes, type VerdictRecord } from '../claim/record';
import type { FiledClaim, Paper } from '../claims-on-disk';
import { evidence, search, verdictText } from '../report/explain';
import type { Places } from '../report/places';
import { oneLine } from '../report/text';
import type { Written } from '../report/write';

/** What Allure is told about a claim. */
export interface AllureEntry {
  readonly id: string;
  readonly name: string;
  readonly epic: string;
  readonly topic: string;
  readonly tags: readonly string[];
  readonly seed: string;
  readonly budget: string;
  /** In Markdown. */
  readonly description: string;
  readonly attachments: readonly { readonly label: string; readonly contentType: string; readonly text: string }[];
}

/**
 * One result a claim, found again in the next run by the claim's id, whatever the seed. A claim that could not be decided
 * carries a tag of its own even where that is the recorded verdict.
 */
export function allureEntry(
  { claim, topic }: FiledClaim,
  { title }: Paper,
  record: VerdictRecord,
  written: readonly Written[],
  places: Places,
): AllureEntry {
  return {
    id: claim.id,
    name: `${claim.id} · ${record.verdict} · ${oneLine(claim.where)}`,
    epic: title,
    topic,
    tags: [record.verdict, ...(passes(record) ? [] : ['red'])],
    seed: String(record.seed),
    budget: record.budget,
    description: descriptionOf(record, places),
    attachments: written.map(({ path, text }) => {
      const [label, contentType] = kindOf(path, path.slice(path.lastIndexOf('/') + 1), claim.id);
      return { label, contentType, text };
    }),
  };
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
