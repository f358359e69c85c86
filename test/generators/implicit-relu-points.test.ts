/** What the points of implicit ReLU networks promise of their draws; that they parse and reach their corners is in spaces.test.ts. */
import * as spaces from '../../generators/implicit-relu-points';
import { equilibrium, preactivation } from '../../src/definitions/implicit-relu';
import {
  constantsOf,
  cubeBound,
  descentBound,
  squareBounds,
  stepBounds,
} from '../../src/definitions/implicit-relu-conditions';
import { doubles as D } from '../../src/numerics/doubles';
import { frobeniusSquared, matMul, type Matrix } from '../../src/numerics/matrix';
import { singularValues } from '../../src/numerics/singular-values';
import { BAND, drawn, shareOf, type AnySpace } from '../support/spaces';

interface Drawn {
  readonly [name: string]: number;
}
type Name = keyof typeof spaces;
const draws = (name: Name, count = 200): readonly Drawn[] =>
  drawn(spaces[name] as unknown as AnySpace, name, count) as unknown as readonly Drawn[];
const share = (name: Name, test: (p: Drawn) => boolean): number => shareOf(spaces[name], name, test as never);
const rows = (p: Drawn, name: string) => p[name] as unknown as Matrix<number>;
const numbers = (p: Drawn, name: string) => p[name] as unknown as readonly number[];
const norm = (p: Drawn, name: string): number => singularValues(rows(p, name))[0]!;
const length = (p: Drawn, name: string): number => Math.hypot(...numbers(p, name));
const layer = (p: Drawn) => ({ X: rows(p, 'X'), W: rows(p, 'W'), A: rows(p, 'A'), gamma: p['gamma']! });

/** What each bound is a bound of. */
const bounds: Readonly<Record<string, (p: Drawn) => number>> = {
  lambda1: (p) => norm(p, 'W'),
  lambda2: (p) => Math.max(1 / 8, norm(p, 'A')),
  lambda3: (p) => length(p, 'b'),
};

test('bounds are no less than the norms, half of them less than 2⁻⁹ more, and γλ2 is below 1', () => {
  for (const p of draws('boundedPoints')) {
    for (const [name, least] of Object.entries(bounds)) expect(p[name]! / least(p)).toBeGreaterThan(1 - 2 ** -39);
    expect(p['gamma']! * p['lambda2']!).toBeLessThan(1);
    expect(p['gamma']).toBeGreaterThan(0);
  }
  for (const [name, least] of Object.entries(bounds)) {
    const near = share('boundedPoints', (p) => p[name]! <= least(p) * (1 + 2 ** -8.9));
    // The other half is as near for e in [−8, −9 + …], next to never.
    expect(Math.abs(near - 1 / 2)).toBeLessThan(BAND + 0.01);
  }
});

test('γ0 is uniform on (0, 1)', () => {
  const small = share('boundedPoints', (p) => p['gamma']! * p['lambda2']! < 1 / 4);
  expect(Math.abs(small - 1 / 4)).toBeLessThan(BAND + 2 ** -9);
});

test('the bound of one number of few digits is that number, or larger by far', () => {
  for (const p of draws('boundedPoints', 400)) {
    if (p['m'] !== 1 || p['d'] !== 1) continue;
    const ratio = p['lambda1']! / Math.abs(rows(p, 'W')[0]![0]!);
    expect(ratio === 1 || ratio > 1 + 2 ** -9).toBe(true);
  }
});

test('features have bounds of both norms', () => {
  for (const p of draws('boundedFeatures')) {
    expect(p['xi']! / Math.max(1 / 8, norm(p, 'X'))).toBeGreaterThan(1 - 2 ** -39);
    expect(p['lambda1']! / norm(p, 'W')).toBeGreaterThan(1 - 2 ** -39);
  }
});

test('step sizes lie between 2⁻¹⁰/Q1 and 4/Q1', () => {
  for (const p of draws('boundedSteps')) {
    const [radii, room] = [[p['lambda1']!, p['lambda3']!] as const, 1 - p['gamma']! * p['lambda2']!];
    const K = 1 + ((p['gamma']! * radii[0]) / room) ** 2;
    const Q1 = ((K * radii[1] ** 2 + radii[0] ** 2) * frobeniusSquared(D, rows(p, 'X'))) / room ** 2;
    expect(p['eta']! * Q1).toBeGreaterThan(2 ** -10 * 0.96);
    expect(p['eta']! * Q1).toBeLessThan(4 * 1.04);
  }
});

test('all units are active often, and not always', () => {
  const active = (p: Drawn): boolean => {
    const at = layer(p);
    const inputs = [preactivation(D, at, equilibrium(D, at)), matMul(D, at.X, at.W)];
    return inputs.flat(2).every((x) => x > 0);
  };
  const often = draws('activePoints', 1000).filter(active).length / 1000;
  expect(often).toBeGreaterThan(0.2);
  expect(often).toBeLessThan(0.7);
});

test('of two layers, one is a multiple of the other half of the time', () => {
  const multiple = (p: Drawn, a: string, b: string): boolean => {
    const [x, y] = [rows(p, a).flat(), rows(p, b).flat()];
    return x.every((u, i) => x.every((v, j) => Math.abs(u * y[j]! - v * y[i]!) <= 1e-12 * Math.abs(u * y[j]!)));
  };
  const wide = (p: Drawn): boolean => p['d']! * p['m']! > 1;
  const both = share('layerPairs', (p) => wide(p) && multiple(p, 'Wa', 'Wb'));
  expect(Math.abs(both / share('layerPairs', wide) - 1 / 2)).toBeLessThan(0.06 + BAND);
  for (const p of draws('layerPairs')) {
    const most = Math.max(norm(p, 'Wa'), norm(p, 'Wb'));
    expect(p['lambda1']! / Math.max(1 / 8, most)).toBeGreaterThan(1 - 2 ** -39);
  }
});

/** σ_min(Z) of as many as there are samples. */
const alphaOf = (p: Drawn): number => singularValues(equilibrium(D, layer(p)))[p['N']! - 1] ?? 0;
const FAR = 1e-6;

test('guarded steps are within (19) and (20) wherever samples are told apart', () => {
  const [found, good] = [draws('guardedSteps', 400), [] as Drawn[]];
  for (const p of found) {
    if (!(alphaOf(p) > FAR)) continue;
    good.push(p);
    expect(p['alpha']! / (2 * alphaOf(p))).toBeLessThan(1 + 1e-9);
    expect(length(p, 'b')).toBeLessThanOrEqual(p['lambda3']!);
    const c = constantsOf(D, {
      ...{ W: p['lambda1']!, A: p['lambda2']!, b: p['lambda3']!, C1: 0, C2: 0, C3: 0 },
      gamma: p['gamma']!,
    });
    const X = Math.sqrt(frobeniusSquared(D, rows(p, 'X')));
    expect(descentBound(D, c, X)).toBeLessThan(p['alpha']! ** 2);
    for (const most of stepBounds(D, c, { X, alpha: p['alpha']! })) expect(p['eta']!).toBeLessThan(most);
  }
  expect(good.length).toBeGreaterThan(150);
  const half = good.filter((p) => p['alpha']! > 2 * alphaOf(p) * (1 - 2 ** -7)).length / good.length;
  expect(Math.abs(half - 1 / 2)).toBeLessThan(0.2);
});

test.each(['guardedStarts', 'unguardedStarts'] as const)(
  '%s meet (17), (18) and (20), the former (19) as well',
  (name) => {
    const met = { inside: 0, near: 0, with19: 0 };
    for (const p of draws(name, 400)) {
      const alpha = alphaOf(p);
      if (!(alpha > FAR)) continue;
      met.inside++;
      const [W, A] = [norm(p, 'W'), norm(p, 'A')];
      const { C1, C2, C3, gamma } = p as Readonly<Record<'C1' | 'C2' | 'C3' | 'gamma', number>>;
      const c = constantsOf(D, { W, A, b: length(p, 'b'), C1, C2, C3, gamma });
      const sizes = { X: Math.sqrt(frobeniusSquared(D, rows(p, 'X'))), r: length(p, 'r') };
      const ratios = [
        ...squareBounds(D, c, sizes, 8).map((bound) => bound / alpha ** 2),
        cubeBound(D, c, sizes, 16) / alpha ** 3,
      ];
      expect(Math.max(...ratios)).toBeLessThanOrEqual(1);
      if (Math.max(...ratios) > 0.85) met.near++;
      for (const most of stepBounds(D, c, { X: sizes.X, alpha })) expect(p['eta']!).toBeLessThan(most);
      if (descentBound(D, c, sizes.X) <= alpha ** 2) met.with19++;
    }
    expect(met.inside).toBeGreaterThan(150);
    expect(met.near / met.inside).toBeGreaterThan(0.8);
    if (name === 'guardedStarts') expect(met.with19).toBe(met.inside);
    else expect(met.with19 / met.inside).toBeLessThan(0.9);
  },
);

test('numbers for Theorem 4.2 meet (14) and (15), half of them barely, and β stays below 1', () => {
  const worst = (p: Drawn): number => {
    const c = constantsOf(D, p as unknown as Parameters<typeof constantsOf<number>>[1]);
    const sizes = { X: Math.sqrt(frobeniusSquared(D, rows(p, 'X'))), r: p['r']! };
    const [alpha, cube] = [p['alpha']!, cubeBound(D, c, sizes, 8)];
    return Math.max(...squareBounds(D, c, sizes, 4).map((bound) => bound / alpha ** 2), cube / alpha ** 3);
  };
  const near = share('flowConditions', (p) => worst(p) > 1 - 2 ** -7);
  for (const p of draws('flowConditions')) expect(worst(p)).toBeLessThanOrEqual(1);
  expect(Math.abs(near - 1 / 2)).toBeLessThan(0.02 + BAND);
  for (const p of draws('decayFactors')) {
    expect(p['beta']).toBeGreaterThanOrEqual(0);
    expect(p['beta']).toBeLessThan(1);
  }
  const late = share('decayFactors', (p) => p['beta']! > 1 - 2 ** -10);
  expect(Math.abs(late - 1 / 2)).toBeLessThan(BAND + 0.01);
});
