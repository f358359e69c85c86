import { passes } from '../claim/record';
import { clearReports } from '../report/clear';
import { conclude } from '../report/conclude';
import { copiesOf, isDestination, readPart, unionOf, writeUnion, type Part } from '../report/merge';
import { ownsResults } from '../report/places';
import { count } from '../report/text';
import { BadInput } from './bad-input';
import { catalogue } from './catalogue';
import { STATUS, type Command, type World } from './commands';

/** Writes the union of several shards' reports, and ends as the run of all their claims would have ended. */
export const mergeCommand: Command = (folders, { places, environment, say }) => {
  const [first, ...others] = folders.map(readPart);
  if (!first) throw new BadInput('expected the folders that shards wrote their reports to');
  const parts: [Part, ...Part[]] = [first, ...others];
  const destination = parts.find((part) => isDestination(part, places));
  if (destination) {
    throw new BadInput(
      `${destination.reports} is where the union is written: move it aside, or let shards write elsewhere with ASSAY_REPORTS`,
    );
  }
  const union = unionOf(parts);
  const survey = catalogue(places.root);
  const files = copiesOf(union, parts, places);
  clearReports(places);
  writeUnion(union, files, places);
  const { claims: records } = union.verdicts;
  const ids = new Set(survey.claims.map(({ claim }) => claim.id));
  const missing = [...ids].filter((id) => !union.owners.has(id));
  const problems = conclude(
    {
      verdicts: union.verdicts,
      survey,
      withoutVerdict: missing,
      problems: [
        ...survey.broken.map(({ message }) => message),
        ...(survey.broken.length > 0 ? [] : strangers(records.filter(({ id }) => !ids.has(id)))),
        ...(missing.length === 0
          ? []
          : [`${count(missing.length, 'claim')} of theorems/ in none of the folders: was a shard left out?`]),
      ],
      unusable: [],
      idsAreKnown: survey.broken.length === 0,
      results: isContinuousIntegration(environment) || !ownsResults(places) ? 'check' : 'write',
      html: true,
    },
    places,
    (lines) => lines.forEach(say),
  );
  return problems.length === 0 && records.every(passes) ? STATUS.good : STATUS.bad;
};

const strangers = (records: readonly { readonly id: string }[]): readonly string[] =>
  records.map(({ id }) => `${id} is in the folders, but there is no such claim in theorems/`);

/** As jest tells it: there, RESULTS.md is compared and never written. */
function isContinuousIntegration({ CI }: World['environment']): boolean {
  return CI !== undefined && CI !== '' && CI !== 'false';
}
