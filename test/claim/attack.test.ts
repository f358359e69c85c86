import { attack, type Objective } from '../../src/claim/attack/attack';
import type { Point } from '../../src/claim/draw';
import { randomFrom } from '../support/random';

/** What is said below is of the methods, to the last digit. */
const EVALUATIONS = 1500;

/** Every point with coordinates from `values`. */
const grid = (dimension: number, values: readonly number[]): readonly Point[] =>
  dimension === 0 ? [[]] : grid(dimension - 1, values).flatMap((point) => values.map((u) => [...point, u]));

const needleAt =
  (target: Point): Objective =>
  (point) =>
    point.every((u, k) => u === target[k]) ? 1 : 0;

const bestOf = (objective: Objective, dimension: number, evaluations = EVALUATIONS, seed = 1): number =>
  attack(objective, dimension, evaluations, seed)[0]!.value;

test('a maximum at any single corner of six parameters is found, even where nothing leads there', () => {
  for (const corner of grid(6, [0, 1])) expect(bestOf(needleAt(corner), 6)).toBe(1);
});

test('a maximum at any point of ends and middles of three parameters is found, even where nothing leads there', () => {
  for (const point of grid(3, [0, 0.5, 1])) expect(bestOf(needleAt(point), 3)).toBe(1);
});

test('a sharp peak at any simple numbers is climbed to the finest step of the search', () => {
  const random = randomFrom('sharp peaks');
  for (let k = 0; k < 20; k++) {
    const target = Array.from({ length: 4 }, () => random.whole(0, 16) / 16);
    const cone: Objective = (point) => -point.reduce((sum, u, j) => sum + Math.abs(u - target[j]!), 0);
    // Each of the four coordinates ends within the last step, 2⁻²³, of its best.
    expect(bestOf(cone, 4)).toBeGreaterThanOrEqual(-4 * 2 ** -23);
  }
});

test('a smooth optimum inside is approached to the finest step of the search', () => {
  const random = randomFrom('smooth optima');
  for (let k = 0; k < 20; k++) {
    const target = Array.from({ length: 3 }, () => random.between(0.05, 0.95));
    const bowl: Objective = (point) => -point.reduce((sum, u, j) => sum + (u - target[j]!) ** 2, 0);
    // Each coordinate ends within the last step, 2⁻²³, of its best.
    expect(bestOf(bowl, 3)).toBeGreaterThan(-3 * 2 ** -46);
  }
});

test('the end of a narrow smooth ridge is found', () => {
  // Ten times as steep across the diagonal as along it, the top at (0.9, 0.9).
  const ridge: Objective = ([x, y]) => 1 - 100 * (x! - y!) ** 2 - (x! + y! - 1.8) ** 2;
  expect(bestOf(ridge, 2)).toBeGreaterThan(1 - 1e-3);
});

test('a narrow peak that a slope leads to is found among slopes that lead away', () => {
  const peak: Objective = ([x, y]) => {
    const far = Math.hypot(x! - 0.3, y! - 0.7);
    return far < 0.02 ? 2 - far : -far / 10 + Math.abs(x! - 0.3) / 40;
  };
  expect(bestOf(peak, 2)).toBeGreaterThan(1.99);
});

test('the same seed looks at the same points, another seed at others', () => {
  const looked = (seed: number): Point[] => {
    const points: Point[] = [];
    attack((point) => points.push(point) % 7, 3, 200, seed);
    return points;
  };
  expect(looked(5)).toEqual(looked(5));
  expect(looked(5)).not.toEqual(looked(6));
});

test('never takes more evaluations than it was given', () => {
  for (const evaluations of [0, 1, 3, 10, 64, 200]) {
    for (const dimension of [0, 1, 2, 8, 30]) {
      let calls = 0;
      attack(() => -(calls += 1), dimension, evaluations, 1);
      expect(calls).toBeLessThanOrEqual(evaluations);
    }
  }
});

test('stays in the cube', () => {
  const inside = (point: Point): boolean => point.length === 4 && point.every((u) => u >= 0 && u <= 1);
  const seen: boolean[] = [];
  attack((point) => seen.push(inside(point)), 4, 400, 1);
  expect(seen.every(Boolean)).toBe(true);
});

test('returns a few points, the best first, and none that is no instance', () => {
  const half: Objective = ([x, y]) => (x! > 0.5 ? -Infinity : x! + y!);
  const finds = attack(half, 2, 400, 1);
  expect(finds.length).toBeGreaterThan(1);
  expect(finds.every(({ point }) => point[0]! <= 0.5)).toBe(true);
  const values = finds.map(({ value }) => value);
  expect(values).toEqual([...values].sort((a, b) => b - a));
  expect(attack(() => -Infinity, 2, 400, 1)).toEqual([]);
});
