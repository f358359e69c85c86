import { attack } from '../../src/claim/attack/attack';
import { evolution } from '../../src/claim/attack/evolution';
import { bestOf, newSearch, type Objective, type Search } from '../../src/claim/attack/search';
import type { Point } from '../../src/claim/draw';

/** The evolution strategy alone. */
function evolved(objective: Objective, dimension: number, evaluations: number, seed = 1): Search {
  const search = newSearch(objective, dimension, evaluations, seed);
  evolution(search);
  return search;
}

const best = (search: Search): number => bestOf(search.seen, 1)[0]!.value;

/** Reflected across a hyperplane that leans in every direction: curvatures from 1 to 10⁴ along no axis of the cube. */
function turnedQuadratic(point: Point): number {
  const away = point.map((u, k) => u - 0.3 - 0.07 * k);
  const normal = away.map((_, k) => k + 1);
  const square = normal.reduce((sum, n) => sum + n * n, 0);
  const along = away.reduce((sum, u, k) => sum + u * normal[k]!, 0) / square;
  const turned = away.map((u, k) => u - 2 * along * normal[k]!);
  return turned.reduce((sum, u, k) => sum + 10 ** ((4 * k) / (turned.length - 1)) * u * u, 0);
}

test('a turned quadratic of condition 10⁴ in six parameters is solved to 10⁻⁶ within 3000 evaluations', () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    expect(best(evolved((point) => -turnedQuadratic(point), 6, 3000, seed))).toBeGreaterThan(-1e-6);
  }
});

test('an optimum at the ends of the ranges is hit exactly', () => {
  expect(best(evolved(([x, y, z]) => x! - y! + z! - 2, 3, 600))).toBe(0);
});

test('a maximum is climbed to where all but a hundredth of the cube is no instance', () => {
  const hemmedIn: Objective = ([x, y]) => (x! + y! < 1.86 ? -Infinity : -Math.hypot(x! - 0.91, y! - 0.97));
  expect(best(evolved(hemmedIn, 2, 1500))).toBeGreaterThan(-1e-3);
});

test('steps of a staircase do not stop it', () => {
  const stairs: Objective = (point) => -point.reduce((sum, u) => sum + Math.floor(20 * Math.abs(u - 0.37)), -1);
  expect(best(evolved(stairs, 4, 1500))).toBe(1);
});

test('where nothing is an instance, and where all is equal, it ends within its budget', () => {
  for (const value of [-Infinity, NaN, -1, 0, 1]) {
    for (const dimension of [0, 1, 2, 6]) {
      let calls = 0;
      evolved(() => ((calls += 1), value), dimension, 500);
      expect(calls).toBeGreaterThan(0);
      expect(calls).toBeLessThanOrEqual(500);
    }
  }
});

test('the whole budget of the attack is spent, and no more, where there are enough points to look at', () => {
  for (const evaluations of [100, 200, 1500]) {
    let calls = 0;
    attack((point) => ((calls += 1), Math.sin(1000 * point[0]!) - 2), 3, evaluations, 1);
    expect(calls).toBeLessThanOrEqual(evaluations);
    expect(calls).toBeGreaterThan(0.9 * evaluations);
  }
});

test('seeds are looked at first, and count', () => {
  const looked: Point[] = [];
  const seeds = [
    [0.123, 0.456],
    [0.789, 0.321],
  ];
  attack((point) => -looked.push(point), 2, 50, 1, seeds);
  expect(looked.slice(0, 2)).toEqual(seeds);
  expect(looked.length).toBeLessThanOrEqual(50);
});
