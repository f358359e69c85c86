import { PLANTED } from '../../bench/planted/problems';
import { attack } from '../../src/claim/attack/attack';
import { BUDGETS } from '../../src/claim/budget';

const SEEDS = [1, 2];

/** From how many of the seeds each planted claim is seen to break. */
const found = PLANTED.map(({ name, kind, dimension, space, violation }) => {
  const seeds = SEEDS.filter((seed) => {
    const [best] = attack(violation, dimension, BUDGETS.standard.attack, seed, [], space);
    return best !== undefined && best.value > 0;
  });
  return { name, kind, breaks: seeds.length };
});

// 62 of 68 is the share aimed at, 155 in 170. With so many evaluations 0.938 of the trials succeed over the seeds 101 to 160,
// which nothing was chosen by; the seeds here are two of those that it was built with. `npm run bench:attack`.
test('the standard budget breaks at least 62 in 68 planted claims', () => {
  expect(found.reduce((sum, { breaks }) => sum + breaks, 0)).toBeGreaterThanOrEqual(62);
});

test.each([...new Set(PLANTED.map(({ kind }) => kind))])('of the kind "%s" most are broken', (kind) => {
  const ofKind = found.filter((planted) => planted.kind === kind);
  const breaks = ofKind.reduce((sum, planted) => sum + planted.breaks, 0);
  expect(breaks).toBeGreaterThan((ofKind.length * SEEDS.length) / 2);
});
