import { countsAt, SHARE, streamAt, witnessOfChance } from '../claim/chance';
import type { Claim, Instance } from '../claim/exam';
import { certify } from '../claim/certify';
import type { Relation, Sample, Value } from '../claim/finding';
import { hypotheses, met } from '../claim/judge';
import { brokenBox } from '../claim/forms/open-set';
import { witnessBreaks, type Grade } from '../claim/record';
import { MalformedInstance } from '../claim/space';
import { parseReal } from '../numerics/real';
import { digestOfCounterexample, type Counterexample } from '../report/counterexample';
import { byDefinitionAlone, valued } from './conclusion';
import { BadInput } from './bad-input';

/** Best first. */
const GRADES: readonly Grade[] = ['exact', 'enclosed', 'confirmed', 'chance', 'observed'];

/**
 * What is wrong with a counterexample file, by the definition alone and without any search: empty when its digest fits,
 * every hypothesis is met, the comparison comes out as it says, by no worse a certificate, and inside its enclosures.
 * Throws {@link BadInput} when its instance is no instance of the claim.
 */
export function faultsOf(file: Counterexample, claim: Claim): readonly string[] {
  const digest = digestOfCounterexample(file);
  const changed = digest === file.digest ? [] : ['its digest does not fit: the file was changed after it was written'];
  const stale = file.says === claim.says ? [] : ['the statement of the claim is not the one in the file'];
  const instance = instanceOf(file, claim);
  return [
    ...changed,
    ...stale,
    ...(file.kind === 'solver failure' ? failureFaults(claim, instance) : witnessFaults(file, claim, instance)),
  ];
}

function instanceOf(file: Counterexample, { exam }: Claim): Instance {
  try {
    return exam.inside.parse(file.instance) as Instance;
  } catch (error) {
    if (error instanceof MalformedInstance)
      throw new BadInput(`its instance does not fit the claim ${file.claim}: ${error.message}`);
    throw error;
  }
}

/** A solver's failure refutes nothing: what the definition can say is that the theorem is not to blame. */
function failureFaults(claim: Claim, instance: Instance): readonly string[] {
  const unmet = unmetNames(claim, instance);
  if (unmet.length > 0) return [`${unmet.join(', ')} not met at the instance`];
  const { outcome } = byDefinitionAlone(claim, instance);
  return outcome === 'holds'
    ? []
    : [
        `the definition does not keep the conclusion at the instance: it ${outcome === 'breaks' ? 'breaks it' : 'cannot decide it'}`,
      ];
}

function witnessFaults(file: Counterexample, claim: Claim, instance: Instance): readonly string[] {
  const expected = claim.form === 'exists' ? 'shows existence' : 'refutes';
  if (file.kind !== expected) return [`it ${file.kind}, but the claim is of the form ${claim.form}`];
  const unmet = unmetNames(claim, instance);
  if (unmet.length > 0) return [`${unmet.join(', ')} not met at the instance`];
  if (claim.form === 'chance') return chanceFaults(file, claim, instance);
  const witness = valued(() => certify(claim, instance, file.horizon, file.constant));
  if (!witness)
    return [`the definition does not ${expected === 'refutes' ? 'break' : 'show'} the conclusion at the instance`];
  const stated = file.comparison!;
  return [
    ...(GRADES.indexOf(witness.grade) > GRADES.indexOf(file.grade)
      ? [`it is ${witness.grade}, the file says ${file.grade}`]
      : []),
    ...differences('the comparison', stated, witness.sample),
    ...boxFaults(file, claim, instance),
    ...(strict(stated, witnessBreaks(claim.form)) ? [] : ['its two sides do not show what it says']),
    ...hypothesisFaults(file, witness.hypotheses),
  ];
}

/** Logarithms may be rounded differently elsewhere: far more than that for as many draws as a test makes. */
const ROUNDING = 2 ** -30;

/** The same draws made again: they have to come out as the file says, with evidence that no test may do without. */
function chanceFaults(file: Counterexample, claim: Claim, instance: Instance): readonly string[] {
  const { chance: stated, comparison, grade } = file;
  if (grade !== 'chance' || !stated) return [`it is ${grade}, but the claim is of chance: the file names no draws`];
  if (stated.stream.join() !== streamAt(claim, 'test', instance).join()) {
    return ['its draws are not from the stream that is kept for tests of this instance'];
  }
  const allowed = Math.max(...Object.values(SHARE));
  if (stated.alpha > allowed) return [`it allows an error of ${stated.alpha}, a test may have ${allowed} at most`];
  const counts = valued(() => countsAt(claim, instance, stated));
  const witness = witnessOfChance(claim, instance, counts);
  if (!witness) return [`the draws made again end with "${counts.outcome}", the file says "${stated.outcome}"`];
  const different = (['probability', 'draws', 'successes', 'ties', 'outcome'] as const).filter(
    (key) => counts[key] !== stated[key],
  );
  const { less } = counts.logEvidence;
  return [
    ...(Math.abs(less - stated.logEvidence.less) > ROUNDING * Math.abs(less)
      ? [`the logarithm of the evidence is ${less}, the file says ${stated.logEvidence.less}`]
      : []),
    ...different.map((key) => `the draws made again have ${key} ${counts[key]}, the file says ${stated[key]}`),
    ...differences('the comparison', comparison!, witness.sample),
    ...(strict(comparison!, true) ? [] : ['its two sides do not show what it says']),
    ...hypothesisFaults(file, witness.hypotheses),
  ];
}

/** A claim that holds almost surely is refuted on a box, not at a point. */
function boxFaults({ box, comparison }: Counterexample, claim: Claim, instance: Instance): readonly string[] {
  if (claim.form !== 'almost surely') return [];
  if (box === undefined) return ['a point does not refute what holds almost surely: the file names no box'];
  const proved = valued(() => brokenBox(claim, instance, comparison!.at));
  return proved !== undefined && proved >= box
    ? []
    : [`the definition does not break the conclusion on the box ${box}`];
}

function unmetNames({ exam }: Claim, instance: Instance): readonly string[] {
  const found = Object.entries(valued(() => hypotheses(exam, instance)));
  return found.filter(([name, finding]) => !met({ [name]: finding })).map(([name]) => name);
}

function hypothesisFaults(file: Counterexample, found: Readonly<Record<string, Sample>>): readonly string[] {
  const names = [...new Set([...Object.keys(file.hypotheses), ...Object.keys(found)])].sort();
  return names.flatMap((name) => {
    const [stated, computed] = [file.hypotheses[name], found[name]];
    if (!stated || !computed) return [`the file and the claim do not have the same hypotheses: ${name}`];
    return differences(name, stated, computed);
  });
}

function differences(what: string, stated: Sample, computed: Sample): readonly string[] {
  const { part, relation, at } = computed;
  if (stated.part !== part || stated.relation !== relation || stated.at !== at) {
    return [
      `${what} is "${relation}"${part === '' ? '' : ` (${part})`} at index ${at}, the file has "${stated.relation}"${stated.part === '' ? '' : ` (${stated.part})`} at ${stated.at}`,
    ];
  }
  return (['left', 'right'] as const).flatMap((side) =>
    consistent(stated[side], computed[side])
      ? []
      : [`the ${side} side of ${what} is ${said(computed[side])}, the file says ${said(stated[side])}`],
  );
}

const said = ({ lower, upper, exact }: Value): string =>
  exact ?? (lower === upper ? String(lower) : `in [${lower}, ${upper}]`);

/** Two enclosures of one number have a number in common; two exact values are the same fraction and lie in both. */
function consistent(a: Value, b: Value): boolean {
  if (a.exact !== undefined && b.exact !== undefined && a.exact !== b.exact) return false;
  return Number(a.lower) <= Number(b.upper) && Number(b.lower) <= Number(a.upper);
}

/** Whether the stated sides do not contradict what the file says they show. */
function strict({ relation, left, right, violation }: Sample, breaks: boolean): boolean {
  const sign =
    left.exact !== undefined && right.exact !== undefined ? compareExact(left.exact, right.exact) : undefined;
  if (!breaks) return sign === undefined || keeps(relation, sign);
  if (sign !== undefined) return !keeps(relation, sign);
  return Number(violation) > 0 && (relation === '=' || Number(left.upper) > Number(right.lower));
}

const keeps = (relation: Relation, sign: number): boolean =>
  relation === '=' ? sign === 0 : relation === '<' ? sign < 0 : sign <= 0;

function compareExact(a: string, b: string): number {
  const [x, y] = [parseReal(a), parseReal(b)];
  const difference = x.numerator * y.denominator - y.numerator * x.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
