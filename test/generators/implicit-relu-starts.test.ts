/** What initialisations promise of their draws, judged by the definitions; that they parse and reach their corners is in spaces.test.ts. */
import * as spaces from '../../generators/implicit-relu-starts';
import { extremeSingularValues, frobenius, operatorNorm } from '../../src/numerics/eigenvalues';
import type { Json } from '../../src/claim/space';
import { equilibrium, residual } from '../../src/definitions/implicit-relu';
import {
  constantsOf,
  cubeBound,
  descentBound,
  squareBounds,
  stepBounds,
} from '../../src/definitions/implicit-relu-conditions';
import { doubles as D } from '../../src/numerics/doubles';
import { BAND, drawn, type AnySpace } from '../support/spaces';

type Name = Extract<keyof typeof spaces, `starts${string}`>;
type Start = Json<{ W: 'matrix' }> & Readonly<Record<'N' | 'm' | 'd', number>>;

const COUNT = 1000;

/** Of every draw: the right sides of the conditions divided by the left ones, and what else is asked. */
const measured = (name: Name, times: 1 | 2) =>
  drawn(spaces[name] as unknown as AnySpace, name, COUNT).map((instance) => {
    const p = spaces.startsMeeting17to20.over(D, { eta: 1, ...instance } as never);
    const Z = equilibrium(D, p);
    const alpha = extremeSingularValues(D, Z).least;
    const sizes = { X: frobenius(D, p.X), r: Math.hypot(...residual(D, p, Z)) };
    const c = constantsOf(D, { ...p, W: operatorNorm(D, p.W), A: operatorNorm(D, p.A), b: Math.hypot(...p.b) });
    return {
      ...(instance as unknown as Start),
      first: Math.max(...squareBounds(D, c, sizes, times === 1 ? 4 : 8)) / alpha ** 2,
      second: cubeBound(D, c, sizes, times === 1 ? 8 : 16) / alpha ** 3,
      third: descentBound(D, c, sizes.X) / alpha ** 2,
      step: p.eta / Math.min(...stepBounds(D, c, { X: sizes.X, alpha })),
      gamma0: c.gamma0,
      signed: p.A.flat().some((x) => x < 0),
      still: p.b.every((x) => x === 0),
    };
  });

const share = <T>(of: readonly T[], test: (p: T) => boolean): number => of.filter(test).length / of.length;
/** Hoeffding's band of so many draws fewer than spaces.ts is made for. */
const WIDE = BAND * Math.sqrt(4000 / COUNT);

describe.each([
  ['startsMeeting14to15', 1],
  ['startsMeeting17to20', 2],
  ['startsMeeting17to18', 2],
] as const)('%s', (name, times) => {
  const draws = measured(name, times);

  test('meet both conditions on the targets, but for samples that are nearly parallel, and come near them one time in twenty', () => {
    expect(share(draws, (p) => p.first <= 1 && p.second <= 1)).toBeGreaterThan(0.99);
    const near = share(draws, (p) => Math.max(p.first, p.second) > 0.95);
    expect(Math.abs(near - 0.05)).toBeLessThan(WIDE);
    // With (19), (17) implies (18).
    for (const key of name === 'startsMeeting17to20' ? (['first'] as const) : (['first', 'second'] as const))
      expect(share(draws, (p) => p[key] > 0.9)).toBeGreaterThan(0.01);
  });

  test('reach every shape with at least as many units as samples, and take A with entries of either sign half the time', () => {
    for (const { N, m } of draws) expect(m).toBeGreaterThanOrEqual(N);
    expect(new Set(draws.map(({ N, d, m }) => `${N}${d}${m}`)).size).toBe(17);
    const wide = draws.filter(({ m }) => m > 1);
    // 1×1 matrices of drawn singular values are negative half of the time; of the others nearly all have a negative entry.
    expect(Math.abs(share(wide, (p) => p.signed) - 1 / 2)).toBeLessThan(WIDE * Math.sqrt(COUNT / wide.length) + 0.05);
    expect(Math.abs(share(draws, (p) => p.still) - 1 / 4)).toBeLessThan(WIDE);
  });

  test('have γ0 below 1 and often near it', () => {
    for (const { gamma0 } of draws) expect(gamma0).toBeLessThan(1);
    expect(share(draws, ({ gamma0 }) => gamma0 > 0.9)).toBeGreaterThan(0.04);
  });
});

test('starts for Theorem 4.4 meet (19) and (20), and come near them', () => {
  const draws = measured('startsMeeting17to20', 2).filter(({ first }) => first <= 1);
  expect(share(draws, ({ third }) => third <= 1)).toBe(1);
  expect(share(draws, ({ third }) => third > 0.95)).toBeGreaterThan(0.02);
  expect(share(draws, ({ step }) => step < 1)).toBe(1);
  expect(Math.abs(share(draws, ({ step }) => step > 0.95) - 0.05)).toBeLessThan(2 * WIDE);
});

test('where (19) is left out, it fails most times', () => {
  expect(share(measured('startsMeeting17to18', 2), ({ third }) => third > 1)).toBeGreaterThan(0.8);
});

test.each([
  ['startsAround14to15', 1],
  ['startsAround17to20', 2],
] as const)('%s lie on both sides of the conditions on the targets', (name, times) => {
  const kept = share(measured(name, times), (p) => p.first <= 1 && p.second <= 1);
  expect(Math.abs(kept - 1 / 2)).toBeLessThan(WIDE + 0.01);
});
