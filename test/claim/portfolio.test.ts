import { PLANTED } from '../../bench/planted/problems';
import { attack } from '../../src/claim/attack/attack';
import { BUDGETS } from '../../src/claim/budget';

const SEEDS = [1, 2];

/** From how many of the seeds each planted claim is seen to break. */
const found = PLANTED.map(({ name, kind, dimension, violation }) => {
  const seeds = SEEDS.filter((seed) => {
    const [best] = attack(violation, dimension, BUDGETS.standard.attack, seed);
    return best !== undefined && best.value > 0;
  });
  return { name, kind, breaks: seeds.length };
});

// Over 30 other seeds 0.90 of the trials succeed: 61 of 68, with a binomial deviation of 2.5. Less than 54 is some three
// deviations below; any single method alone finds at most 125 of 170, which is 50 of 68. `npm run bench:attack` has five seeds.
test('the standard budget breaks at least 54 in 68 planted claims', () => {
  expect(found.reduce((sum, { breaks }) => sum + breaks, 0)).toBeGreaterThanOrEqual(54);
});

test.each([...new Set(PLANTED.map(({ kind }) => kind))])('of the kind "%s" most are broken', (kind) => {
  const ofKind = found.filter((planted) => planted.kind === kind);
  const breaks = ofKind.reduce((sum, planted) => sum + planted.breaks, 0);
  expect(breaks).toBeGreaterThan((ofKind.length * SEEDS.length) / 2);
});
