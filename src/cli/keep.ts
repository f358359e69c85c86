import { assess } from '../claim/assess';
import { settingsFrom } from '../claim/budget';
import type { Claim, Instance } from '../claim/exam';
import type { Examiner } from '../claim/examiner';
import { hypotheses, met } from '../claim/judge';
import { passes, type VerdictRecord } from '../claim/record';
import { violationOn } from '../claim/search';
import { examinerFor } from '../examiner';
import { parseReal, ratioText } from '../numerics/real';
import { canonicalJson } from '../report/files';
import { count } from '../report/text';
import { readStoredCases, storedCasesFile, writeStoredCases } from '../stored-cases';
import { BadInput } from './bad-input';
import { catalogue, claimNamed } from './catalogue';
import { STATUS, type Command, type World } from './commands';

/** Of each claim no more are stored: those that break it most, or come closest. */
const MOST = 8;

/**
 * Assesses claims and stores what was found on each beside what is stored already, so that later runs look at it first:
 * the tightest instance, the witnesses, and what the solver failed on.
 */
export const keepCommand: Command = (ids, { places, environment, say }) => {
  if (ids.length === 0) throw new BadInput('expected the ids of one or more claims');
  const examiner = examinerFor(settingsFrom(environment), places.root);
  const known = catalogue(places.root);
  const claims = [...new Set(ids)].map((id) => claimNamed(known, id));
  return Math.max(...claims.map((claim) => keep(claim, examiner, places.root, say)));
};

function keep(claim: Claim, examiner: Examiner, root: string, say: World['say']): number {
  if (claim.form === 'experiment' || claim.more?.family) {
    say(`${claim.id}: its verdict is reached on the instances that its file names, nothing else is looked at`);
    return STATUS.good;
  }
  if (claim.form === 'chance') {
    say(`${claim.id}: its instances are tested on random draws, nothing is stored but the cases that its file names`);
    return STATUS.good;
  }
  const before = readStoredCases(root, claim);
  const valid = before.filter((instance) => met(hypotheses(claim.exam, instance)));
  const record = assess(claim, { ...examiner, stored: () => valid });
  const after = worthKeeping(claim, examiner, [...valid, ...findsOf(record)]);
  const known = new Set(before.map((instance) => textOf(claim, instance)));
  const added = after.filter((instance) => !known.has(textOf(claim, instance))).length;
  const dropped = before.length + added - after.length;
  if (canonicalJson(after) !== canonicalJson(before)) writeStoredCases(root, claim.id, after);
  say(`${storedCasesFile(claim.id)}: ${count(after.length, 'case')}, ${added} of them new, ${dropped} dropped`);
  if (passes(record)) return STATUS.good;
  const problems = record.problems.map(({ message }) => `; ${message}`).join('');
  say(`${claim.id}: ${record.verdict}, recorded as ${record.recorded}${problems}`);
  return STATUS.bad;
}

/** What a search found. Where an identity is tightest says nothing: it is an equation everywhere. */
function findsOf({ tightest, simplest, worst, solverFailure }: VerdictRecord): readonly Instance[] {
  const closest = tightest && tightest.sample.relation !== '=' ? [tightest] : [];
  return [...closest, simplest, worst, solverFailure].flatMap((found) => (found ? [found.instance] : []));
}

/** Without duplicates and the exam's own cases; the most violating, in an order that only depends on them. */
function worthKeeping(claim: Claim, { solvers }: Examiner, instances: readonly Instance[]): readonly Instance[] {
  const { inside, cases } = claim.exam;
  const own = new Set(cases.map((instance) => textOf(claim, inside.parse(instance) as Instance)));
  const distinct = new Map(instances.map((instance) => [textOf(claim, instance), instance]));
  const ranked = [...distinct]
    .filter(([text]) => !own.has(text))
    .map(([text, instance]) => ({ text, instance, violation: violationOn(claim, solvers, instance) }))
    .sort((a, b) => b.violation - a.violation || (a.text < b.text ? -1 : 1));
  const bits = ({ instance }: { readonly instance: Instance }): number => inside.complexity(instance as never);
  return ranked
    .slice(0, MOST)
    .sort((a, b) => bits(a) - bits(b) || (a.text < b.text ? -1 : 1))
    .map(({ instance }) => instance);
}

/** The same text for the same numbers, however they are written. */
function textOf({ exam }: Claim, instance: Instance): string {
  return canonicalJson(exam.inside.mapReals(instance as never, (x) => ratioText(parseReal(x))));
}
