import type { Claim, VerdictWord } from '../claim/exam';
import type { VerdictRecord } from '../claim/record';
import { bites, STRAINS } from '../claim/teeth';
import { fromRoot, verdictsFile } from '../report/places';
import { readVerdicts } from '../report/read-verdicts';
import { aligned, byId } from '../report/table';
import { count, wrapped } from '../report/text';
import { FAULTS } from '../solvers/faults';
import { BadInput } from './bad-input';
import { catalogue } from './catalogue';
import { STATUS, type Command } from './commands';

/** Says which seeded faults the claims of the last run catch; ends with 1 when one is caught by none. */
export const teethCommand: Command = (args, { places, say }) => {
  if (args.length > 0) throw new BadInput(`"${args.join(' ')}" is more than this command takes`);
  const path = verdictsFile(places);
  const { claims: records, budget, seed } = readVerdicts(path, fromRoot(places, path));
  const { claims, broken } = catalogue(places.root);
  const faults = FAULTS.map(({ solver, what }) => `${solver}: ${what}`);
  const { lines, problems } = teethReport(
    records,
    claims.map(({ claim }) => claim),
    faults,
  );
  say(`what the last run (budget ${budget}, seed ${seed}) would have seen`);
  lines.forEach(say);
  const all = [...broken.map(({ message }) => message), ...problems];
  if (all.length > 0) ['', ...all.flatMap((problem) => wrapped(`✗ ${problem}`))].forEach(say);
  return all.length === 0 ? STATUS.good : STATUS.bad;
};

/** The verdicts that faults and mutants could overturn. */
const ASKED: readonly VerdictWord[] = ['upheld', 'reproduced'];

/** The lines to print, and what is wrong: nothing when every fault is caught and every claim has teeth or a reason. */
export interface TeethReport {
  readonly lines: readonly string[];
  readonly problems: readonly string[];
}

/**
 * Which of the `faults` (by name, as in the records) are caught by which claims, how many faults, mutants and strains
 * each claim catches, and which claims are toothless. Only claims upheld or reproduced are asked; a record counts when
 * there still is such a claim. Sorted by id, whatever the order of the records.
 */
export function teethReport(
  records: readonly VerdictRecord[],
  claims: readonly Claim[],
  faults: readonly string[],
): TeethReport {
  const cards = new Map(claims.map((claim) => [claim.id, claim]));
  const known = records.filter(({ id }) => cards.has(id)).sort(byId);
  const looked = new Set(idsOf(known));
  const asked = known.filter(({ verdict }) => ASKED.includes(verdict));
  const others = known.filter(({ verdict }) => !ASKED.includes(verdict));
  const toothless = asked.filter(({ id, teeth }) => !bites(cards.get(id)!, teeth)).map(({ id }) => cards.get(id)!);
  const uncaught = faults.filter((fault) => !asked.some(({ teeth }) => teeth.caught.includes(fault)));
  const unexplained = toothless.filter((claim) => claim.toothless === undefined);
  const lines = [
    '',
    `Seeded solver faults, and which of the ${count(asked.length, 'claim')} upheld or reproduced catch them`,
    ...faults.flatMap((fault) => ['', ...faultLines(fault, asked)]),
    '',
    ...claimTable(asked),
    ...toothlessLines(toothless),
    ...othersLines(others),
    '',
    `${count(faults.length, 'fault')}: ${faults.length - uncaught.length} caught, ${uncaught.length} not; ` +
      `${count(asked.length, 'claim')}: ${toothless.length} toothless, ${unexplained.length} of them unexplained`,
  ];
  const problems = [
    ...uncaught.map((fault) => `caught by no claim: ${fault}`),
    ...unexplained.map(({ id }) => `toothless, and its card does not say why: ${id}`),
    ...listed('in verdicts.json, but no longer in theorems/', idsOf(records.filter(({ id }) => !cards.has(id)))),
    ...listed('in theorems/, but not in verdicts.json', idsOf(claims.filter(({ id }) => !looked.has(id)))),
    ...listed('in verdicts.json, but no longer seeded', unknownFaults(asked, faults)),
  ];
  return { lines, problems };
}

function faultLines(fault: string, asked: readonly VerdictRecord[]): readonly string[] {
  const caught = asked.filter(({ teeth }) => teeth.caught.includes(fault));
  const missed = asked.filter(({ teeth }) => teeth.missed.includes(fault));
  const line = (what: string, by: readonly VerdictRecord[]): readonly string[] =>
    by.length === 0 ? [] : wrapped(`${what} ${by.length}: ${idsOf(by).join(', ')}`, '  ');
  return [
    ...wrapped(fault),
    ...(caught.length === 0 ? ['  caught by none'] : line('caught by', caught)),
    ...line('looked at and not caught by', missed),
  ];
}

const STATEMENT = 'statement: ';
const isStrain = (name: string): boolean =>
  name.startsWith(STATEMENT) && Object.hasOwn(STRAINS, name.slice(STATEMENT.length));
const isMutant = (name: string): boolean => name.startsWith(STATEMENT) && !isStrain(name);
const isFault = (name: string): boolean => !name.startsWith(STATEMENT);

function claimTable(asked: readonly VerdictRecord[]): readonly string[] {
  const header = ['claim', 'solver faults', 'mutants', 'strains'];
  const rows = asked.map((record) => [record.id, ...[isFault, isMutant, isStrain].map((kind) => tally(record, kind))]);
  return ['What each of these claims catches of what it was tried with', '', ...aligned([header, ...rows])];
}

function tally({ teeth: { caught, missed } }: VerdictRecord, kind: (name: string) => boolean): string {
  const [red, green] = [caught.filter(kind).length, missed.filter(kind).length];
  return red + green === 0 ? '' : `${red} of ${red + green}`;
}

function toothlessLines(toothless: readonly Claim[]): readonly string[] {
  if (toothless.length === 0) return [];
  const why = ({ id, toothless: reason }: Claim): readonly string[] =>
    wrapped(`${id}: ${reason === undefined ? 'unexplained' : `explained: ${reason}`}`, '  ');
  return ['', 'Toothless: nothing that was seeded turns them red', ...toothless.flatMap(why)];
}

function othersLines(others: readonly VerdictRecord[]): readonly string[] {
  const words = [...new Set(others.map(({ verdict }) => verdict))].sort();
  const of = (verdict: string): readonly string[] => idsOf(others.filter((record) => record.verdict === verdict));
  const lines = words.flatMap((word) => listed(word, of(word)).flatMap((line) => wrapped(line, '  ')));
  return lines.length === 0
    ? []
    : ['', 'Not asked, because only what is upheld or reproduced can be seen red', ...lines];
}

/** `what (2): a, b`; nothing where there are none. */
function listed(what: string, names: readonly string[]): readonly string[] {
  return names.length === 0 ? [] : [`${what} (${names.length}): ${names.join(', ')}`];
}

function unknownFaults(asked: readonly VerdictRecord[], faults: readonly string[]): readonly string[] {
  const seen = asked.flatMap(({ teeth }) => [...teeth.caught, ...teeth.missed]).filter(isFault);
  return [...new Set(seen)].filter((name) => !faults.includes(name)).sort();
}

const idsOf = (of: readonly { readonly id: string }[]): readonly string[] => of.map(({ id }) => id).sort();
