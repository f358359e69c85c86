import type { Real } from '../../numerics/arithmetic';
import { doubles } from '../../numerics/doubles';
import { toDouble } from '../../numerics/real';
import { certify } from '../certify';
import { drawsOf } from '../draw';
import type { Claim, Family, Instance } from '../exam';
import type { Examiner } from '../examiner';
import { byDefinition, evidenceOf, meetsInDoubles, observe } from '../judge';
import type { FormRecord, Witness } from '../record';
import { blamed, lookEverywhere, undecided, upheld, type Outcome, type Search } from '../search';
import type { Fields } from '../space';
import type { Tally } from '../tally';

/**
 * A claim that some constant does, or of an order: upheld with the constant written down, refuted by a family along
 * which the constant needed grows without bound, every member certified.
 */
export const searchConstant: Search = (tally, examiner, uses) => {
  const { more } = tally.claim;
  const outcome = more?.family
    ? alongFamily(tally, more.family)
    : withConstant(tally, examiner, uses, more?.constantOf ?? []);
  const fit = fitOf(tally.claim, examiner);
  return fit ? { ...outcome, formRecord: { ...outcome.formRecord, fit } } : outcome;
};

function withConstant(
  tally: Tally,
  examiner: Examiner,
  uses: Parameters<Search>[2],
  constantOf: readonly string[],
): Outcome {
  const instances = lookEverywhere(tally, examiner);
  const [worst] = [...tally.breaks].sort((a, b) => b.violation - a.violation);
  if (worst) {
    const message = `the constant written down does not do at ${JSON.stringify(worst.instance)}; another might: that refutes nothing`;
    return { ...undecided('not sufficient', message), formRecord: { constantOf } };
  }
  const outcome = blamed(tally, examiner) ?? upheld(tally, examiner, uses, instances);
  return { ...outcome, formRecord: { constantOf } };
}

function alongFamily(tally: Tally, family: Family<Fields>): Outcome {
  const { claim } = tally;
  const witnesses: Witness[] = [];
  const constants = Array.from({ length: family.members }, (_, k) => family.exceeds(k));
  const steady = constants.findIndex((constant, k) => k > 0 && toDouble(constant) <= toDouble(constants[k - 1]!));
  if (family.members < 2 || steady >= 0) {
    return undecided('not sufficient', `the constants that the family exceeds do not grow: ${constants.join(', ')}`);
  }
  for (const [k, constant] of constants.entries()) {
    const instance = claim.exam.inside.parse(family.at(k)) as Instance;
    tally.looking = instance;
    tally.instances++;
    tally.defined++;
    const witness = shortest(claim, instance, constant);
    if (!witness) {
      const message = `member ${k} of the family, ${JSON.stringify(instance)}, is not shown to need a constant above ${constant}`;
      return undecided('not sufficient', message);
    }
    witnesses.push(witness);
  }
  const { says, members } = family;
  const formRecord: FormRecord = { family: { says, members, from: constants[0]!, to: constants.at(-1)! } };
  return { verdict: 'refuted', problems: [], simplest: witnesses[0], worst: witnesses.at(-1), formRecord };
}

/** The certificate on the shortest stretch of path that doubles suggest, or on all of it. */
function shortest(claim: Claim, instance: Instance, constant: Real): Witness | undefined {
  const { exam } = claim;
  const full = exam.horizon ?? 0;
  const screened = byDefinition(evidenceOf(claim, constant).question, doubles, instance);
  const at = exam.flow === true ? full : Math.min(screened.firstBreak?.at ?? full, full);
  const witness = certify(claim, instance, at, constant);
  return witness ?? (at < full ? certify(claim, instance, full, constant) : undefined);
}

/** The slope of log(left/right) in the logarithm of the parameter that grows, by least squares over the draws. */
function fitOf(claim: Claim, examiner: Examiner): FormRecord['fit'] {
  const order = claim.more?.order;
  if (!order) return undefined;
  const { exam } = claim;
  const points: [number, number][] = [];
  for (const instance of drawsOf(exam, examiner.budget.draws, examiner.seed)) {
    if (!meetsInDoubles(exam, instance)) continue;
    const seen = observe(exam, examiner.solvers, instance);
    const { left, right } = order.sides(seen.R, seen.measures, seen.instance);
    const point: [number, number] = [Math.log(seen.instance[order.parameter] as number), Math.log(left / right)];
    if (point.every(Number.isFinite)) points.push(point);
  }
  return slopeOf(order.parameter, points);
}

function slopeOf(parameter: string, points: readonly (readonly [number, number])[]): FormRecord['fit'] {
  const n = points.length;
  const mean = (k: 0 | 1): number => points.reduce((sum, point) => sum + point[k], 0) / n;
  const [x, y] = [mean(0), mean(1)];
  const spread = points.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
  if (n < 3 || spread === 0) return undefined;
  const slope = points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0) / spread;
  const rest = points.reduce((sum, [a, b]) => sum + (b - y - slope * (a - x)) ** 2, 0);
  return { parameter, slope, error: Math.sqrt(rest / (n - 2) / spread), points: n };
}
