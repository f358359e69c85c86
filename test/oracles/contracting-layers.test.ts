/** Hypotheses on implicit ReLU layers, at layers that meet them and at such that do not by one number. */
import { contracting, contractingUpToLambda2, offKinks } from '../../oracles/contracting-layers';
import { unitInputs } from '../../src/definitions/implicit-relu';
import type { Real } from '../../src/numerics/arithmetic';
import { Q } from '../support/readings';

const at = (x: Real) => Q.of(x);
const row = (...entries: readonly Real[]) => [entries.map(at)];

/** One sample, one input and two units. */
const layer = (w: readonly [Real, Real], a: readonly [readonly [Real, Real], readonly [Real, Real]]) => ({
  X: row(1),
  W: row(...w),
  A: a.map((entries) => entries.map(at)),
  gamma: at('1/2'),
});

test('a layer contracts up to a norm M where ‖A‖ ≤ M and γM < 1', () => {
  const p = (A: Real, M: Real, gamma: Real) => ({ A: row(A), M: at(M), gamma: at(gamma) });
  expect(contracting.H1.holds(Q, p(-2, 2, '1/4')).breaks).toBe(0);
  expect(contracting.H1.holds(Q, p('-2049/1024', 2, '1/4')).breaks).toBeGreaterThan(0);
  expect(contracting.H2.holds(Q, p(0, 2, '511/1024'))).toMatchObject({ holds: 3, breaks: 0 });
  for (const [M, gamma] of [
    [2, '1/2'],
    [0, '1/2'],
    [2, 0],
  ] as const) {
    expect(contracting.H2.holds(Q, p(0, M, gamma)).holds).toBeLessThan(3);
  }
});

test('λ2 and γ are positive, and their product is below 1', () => {
  const found = (lambda2: Real, gamma: Real) =>
    contractingUpToLambda2.holds(Q, { lambda2: at(lambda2), gamma: at(gamma) });
  expect(found(2, '511/1024')).toMatchObject({ holds: 3, breaks: 0, equal: 0 });
  for (const [lambda2, gamma] of [
    [2, '1/2'],
    [2, '3/4'],
    [0, '1/2'],
    [2, 0],
    [-1, '1/2'],
  ] as const) {
    expect(found(lambda2, gamma).holds).toBeLessThan(3);
  }
});

test('off kinks nothing that comes to a unit is 0: neither a feature before its ReLU nor what the layer sums', () => {
  const { holds } = offKinks(unitInputs);
  const none = [
    [0, 0],
    [0, 0],
  ] as const;
  const back = [
    [0, '-1/2'],
    [0, 0],
  ] as const;
  expect(holds(Q, layer([1, 2], back))).toMatchObject({ holds: 4 });
  // A feature is 0, and so, where nothing is fed back, is the unit.
  expect(holds(Q, layer([1, 0], none))).toMatchObject({ holds: 2 });
  // z₁ = 1 takes from the second unit what its feature gives: ½·1·(−1/2) + 1/4 = 0.
  expect(holds(Q, layer([1, '1/4'], back))).toMatchObject({ holds: 3 });
});
