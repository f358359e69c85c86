import { doubles } from '../numerics/doubles';
import { IntegrationFailed } from '../numerics/ode';
import { isRefusal } from '../numerics/arithmetic';
import type { Budget } from './budget';
import { horizonFor } from './certify';
import { drawPoints, seedFor } from './draw';
import type { Claim, Instance } from './exam';
import type { Sample } from './finding';
import { byDefinition, decide, hypotheses, met, questionOf } from './judge';
import type { Need } from './record';

/**
 * Whether each hypothesis of an upheld claim is needed: instances of the wider space `around` that meet all the others
 * and not this one are put to the definition. A break shows that it is needed; none found shows nothing but that.
 * Empty for a claim whose exam has no wider space.
 */
export function needs(claim: Claim, budget: Budget, seed: number): Readonly<Record<string, Need>> {
  const { around, assuming, name } = claim.exam;
  if (!around) return {};
  const points = drawPoints(around.dimension, budget.draws, seedFor(seed, 'around', name));
  const instances = points.map((point) => {
    const instance = around.decode(point) as Instance;
    return { instance, found: hypotheses(claim.exam, instance) };
  });
  const needOf = (dropped: string): Need => {
    const without = instances.filter(({ found }) => {
      const others = Object.fromEntries(Object.entries(found).filter(([other]) => other !== dropped));
      return met(others) && found[dropped]!.breaks > 0;
    });
    return search(
      claim,
      without.slice(0, budget.teeth).map(({ instance }) => instance),
    );
  };
  return Object.fromEntries(Object.keys(assuming).map((hypothesis) => [hypothesis, needOf(hypothesis)]));
}

function search(claim: Claim, instances: readonly Instance[]): Need {
  let undecided = 0;
  for (const [k, instance] of instances.entries()) {
    const sample = breakOn(claim, instance);
    if (sample === 'undecided') undecided++;
    else if (sample) return { status: 'needed', tried: k + 1, witness: { instance, sample } };
  }
  const status = instances.length === 0 ? 'not tried' : undecided > 0 ? 'undecided' : 'no witness found';
  return { status, tried: instances.length };
}

/** The definition's break, at the earliest point where it shows in doubles: outside its hypotheses a path may blow up. */
function breakOn(claim: Claim, instance: Instance): Sample | 'undecided' | undefined {
  const question = questionOf(claim);
  try {
    const { firstBreak } = byDefinition(question, doubles, instance);
    if (!firstBreak) return undefined;
    const decided = decide(question, instance, horizonFor(claim.exam, firstBreak.at));
    return decided.worst && decided.breaks > 0 ? decided.worst : 'undecided';
  } catch (error) {
    if (isRefusal(error) || error instanceof IntegrationFailed) return 'undecided';
    throw error;
  }
}
