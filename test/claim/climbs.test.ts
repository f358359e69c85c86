import { choice, counts, uniform } from '../../generators/coordinates';
import { nextCells, type Drawn } from '../../src/claim/attack/cells';
import { newClimb } from '../../src/claim/attack/climb';
import { climbs } from '../../src/claim/attack/climbs';
import { evolution } from '../../src/claim/attack/evolution';
import { fitted, gainOf, largestIn, type Quadratic } from '../../src/claim/attack/model';
import { bestOf, newSearch, type Objective, type Search } from '../../src/claim/attack/search';
import type { Point } from '../../src/claim/draw';
import { space } from '../../src/claim/space';
import { randomFrom, type Random } from '../support/random';

const many = (count: number, make: () => number): readonly number[] => Array.from({ length: count }, make);
const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, k) => sum + x * b[k]!, 0);

function randomQuadratic(random: Random, n: number): Quadratic {
  const rows = Array.from({ length: n }, () => many(n, () => random.between(-1, 1)));
  const curvature = rows.map((row, i) => row.map((x, j) => x + rows[j]![i]!));
  return { slope: many(n, () => random.between(-1, 1)), curvature };
}

describe('a fitted model', () => {
  const random = randomFrom('models');
  const points = (n: number, count: number): readonly (readonly number[])[] => [
    many(n, () => 0),
    ...Array.from({ length: count - 1 }, () => many(n, () => random.between(-1, 1))),
  ];

  test('is the quadratic itself where there are as many points as it has coefficients', () => {
    for (const n of [1, 2, 3, 5]) {
      const truth = randomQuadratic(random, n);
      const away = points(n, ((n + 1) * (n + 2)) / 2);
      // Beyond [−1, 1], so that the values are taken as they are.
      const values = away.map((d) => 5 + gainOf(truth, d));
      const { quadratic } = fitted(away, values);
      for (const d of points(n, 20)) expect(gainOf(quadratic, d)).toBeCloseTo(gainOf(truth, d), 4);
    }
  });

  test('passes through its points where there are fewer', () => {
    const truth = randomQuadratic(random, 6);
    const away = points(6, 15);
    const values = away.map((d) => 5 + gainOf(truth, d));
    const { quadratic } = fitted(away, values);
    for (const d of away) expect(gainOf(quadratic, d)).toBeCloseTo(gainOf(truth, d), 5);
  });

  test('is made on the scale on which the sides are a quadratic', () => {
    const away = points(2, 9);
    const valley = away.map(([x, y]) => (1 - (2 + x! * x! + 3 * y! * y!)) / (1 + (2 + x! * x! + 3 * y! * y!)));
    const { quadratic, scale } = fitted(away, valley);
    expect(scale(valley[1]!) - scale(valley[0]!)).toBeCloseTo(-(away[1]![0]! ** 2) - 3 * away[1]![1]! ** 2, 9);
    expect(quadratic.curvature.flat()).toEqual([-2, 0, 0, -6].map((x) => expect.closeTo(x, 4)));
    const hump = away.map(([x, y]) => Math.tanh(-x! * x! + x! * y! - 2 * y! * y! - 0.1));
    expect(fitted(away, hump).quadratic.curvature.flat()).toEqual([-2, 1, 1, -4].map((x) => expect.closeTo(x, 4)));
  });

  test('is largest in a box where a fine grid says, where it is concave', () => {
    for (let k = 0; k < 40; k++) {
      const { slope, curvature } = randomQuadratic(random, 2);
      // −CᵀC is negative definite.
      const concave = curvature.map((row) => curvature.map((other) => -dot(row, other)));
      const model = { slope, curvature: concave };
      const [low, high] = [many(2, () => random.between(-1, 0)), many(2, () => random.between(0, 1))];
      const grid = Array.from({ length: 51 * 51 }, (_, j) =>
        [j % 51, Math.floor(j / 51)].map((i, axis) => low[axis]! + (i / 50) * (high[axis]! - low[axis]!)),
      );
      const best = Math.max(...grid.map((d) => gainOf(model, d)));
      expect(gainOf(model, largestIn(model, low, high))).toBeGreaterThanOrEqual(best - 1e-6);
    }
  });
});

/** Looks of one climb until it has come within `close` of 0, the largest value. */
function looksOf(objective: Objective, start: Point, close: number): number {
  const search = newSearch(objective, start.length, 2000, 1);
  const random = randomFrom('a climb');
  const climb = newClimb(search.cell, { point: start, value: search.look(start) }, 0.1, () => random.between(0, 1));
  while (climb.best().value < -close && !climb.ended() && search.left() > 0) climb.step(search);
  return climb.best().value >= -close ? 2000 - search.left() : Infinity;
}

describe('a climb', () => {
  const away = (point: Point, target: Point): number => point.reduce((sum, u, k) => sum + (u - target[k]!) ** 2, 0);

  test('of a bowl in six parameters takes less than a third of the looks of an evolution strategy', () => {
    const bowl: Objective = (u) => -away(u, [0.3, 0.6, 0.45, 0.7, 0.2, 0.55]);
    let [looks, evolved] = [0, Infinity];
    const counted: Objective = (u) => {
      looks++;
      if (bowl(u) >= -1e-8) evolved = Math.min(evolved, looks);
      return bowl(u);
    };
    evolution(newSearch(counted, 6, 2000, 1));
    expect(evolved).toBeLessThan(Infinity);
    expect(3 * looksOf(bowl, [0.5, 0.5, 0.5, 0.5, 0.5, 0.5], 1e-8)).toBeLessThan(evolved);
  });

  test('ends exactly in a corner of the cube', () => {
    const corner = (u: Point): number => u[0]! - u[1]! + u[2]! - 2;
    expect(looksOf(corner, [0.4, 0.3, 0.6], 0)).toBeLessThan(60);
  });

  test('follows a bent valley', () => {
    const bent = ([x, y]: Point): number => -100 * (y! - x! ** 2) ** 2 - (0.9 - x!) ** 2;
    expect(looksOf(bent, [0.1, 0.8], 1e-6)).toBeLessThan(200);
  });

  test('keeps to the instances there are', () => {
    const half = (u: Point): number => (u[0]! + u[1]! > 0.9 ? -Infinity : -away(u, [0.5, 0.5]));
    expect(looksOf(half, [0.2, 0.3], 0.01)).toBeLessThan(Infinity);
  });
});

const countAndReals = space().with('n', counts(1, 20)).with('x', uniform(0, 1)).with('side', choice('left', 'right'));
const drawnFrom = countAndReals as unknown as Drawn;
const searchOf = (objective: Objective, dimension: number, evaluations: number, drawn?: Drawn): Search =>
  newSearch(objective, dimension, evaluations, 1, drawn);

describe('counts and words', () => {
  test('stay what they are while the reals are climbed', () => {
    const random = randomFrom('one cell');
    const looked: Point[] = [];
    const search = searchOf((u) => looked.push(u) / 1000, 3, 500, drawnFrom);
    const start = { point: [0.5, 0.5, 0.2], value: search.look([0.5, 0.5, 0.2]) };
    const climb = newClimb(search.cell, start, 0.2, () => random.between(0, 1));
    for (let k = 0; k < 20; k++) climb.step(search);
    expect(looked.length).toBeGreaterThan(10);
    expect(new Set(looked.map(search.cell)).size).toBe(1);
  });

  test('have climbs of their own: the best of each of twenty is found, whatever lies beside it', () => {
    const peaks = Array.from({ length: 21 }, (_, n) => (n * 0.618) % 1);
    const objective: Objective = (u) => {
      const { n, x, side } = countAndReals.decode(u);
      return -1 - Math.abs((x as number) - peaks[n]!) * (side === 'left' ? 1 : 2);
    };
    const search = searchOf(objective, 3, 1500, drawnFrom);
    climbs(search);
    const best = new Map<number, number>();
    for (const { point, value } of search.seen) {
      const { n } = countAndReals.decode(point);
      best.set(n, Math.max(best.get(n) ?? -Infinity, value));
    }
    expect(best.size).toBe(20);
    for (const value of best.values()) expect(value).toBeGreaterThan(-1.01);
  });

  test('are stepped through one by one, down and up', () => {
    const { cell } = searchOf(() => 0, 3, 0, drawnFrom);
    const point = [0.5, 0.5, 0.2];
    const { n } = countAndReals.decode(point);
    const [down, up] = nextCells(cell, point, 0).map((u) => countAndReals.decode([u, 0.5, 0.2]).n);
    expect([down, up]).toEqual([n - 1, n + 1]);
    expect(nextCells(cell, point, 1)).toEqual([]);
    expect(nextCells(cell, point, 2).map((u) => countAndReals.decode([0.5, 0.5, u]).side)).toEqual(['right']);
    expect(nextCells(cell, [1, 0.5, 0.2], 0).map((u) => countAndReals.decode([u, 0.5, 0.2]).n)).toEqual([19]);
  });
});

test('climbs end where every instance has been looked at, and where there is none', () => {
  const few = space().with('n', counts(1, 3)).with('m', counts(1, 3)) as unknown as Drawn;
  const looked = new Set<string>();
  let calls = 0;
  const all = searchOf((u) => ((calls += 1), looked.add(JSON.stringify(few.decode(u))), -calls), 2, 1500, few);
  climbs(all);
  expect(calls).toBe(looked.size);
  expect(looked.size).toBe(9);
  const none = searchOf(() => -Infinity, 2, 500);
  climbs(none);
  expect(bestOf(none.seen, 1)).toEqual([]);
});
