import { counts, uniform } from '../../generators/coordinates';
import { attack } from '../../src/claim/attack/attack';
import type { Drawn } from '../../src/claim/attack/cells';
import { locate } from '../../src/claim/attack/locate';
import { neighbours } from '../../src/claim/attack/neighbours';
import { scan } from '../../src/claim/attack/scan';
import { bestOf, newSearch, plateau, type Objective } from '../../src/claim/attack/search';
import { spread } from '../../src/claim/attack/spread';
import type { Point } from '../../src/claim/draw';
import { space } from '../../src/claim/space';
import { randomFrom } from '../support/random';

const twoCounts = space().with('n', counts(1, 1000)).with('m', counts(1, 1000));
const drawn = twoCounts as unknown as Drawn;

test('an instance is looked at once, however many points stand for it', () => {
  const looked: string[] = [];
  const objective: Objective = (u) => looked.push(JSON.stringify(twoCounts.decode(u)));
  attack(objective, 2, 1500, 1, [], drawn);
  expect(new Set(looked).size).toBe(looked.length);
  expect(looked.length).toBeGreaterThan(1000);
});

test.each([
  [6, 6],
  [64, 8],
  [4, 350],
])('an attack on the %d × %d instances of a space ends, though what is known costs nothing', (n, m) => {
  const few = space().with('n', counts(1, n)).with('m', counts(1, m));
  let [asked, calls] = [0, 0];
  // A neighbouring cell is found by sixty halvings, and each cell has two along each axis.
  const most = 250 * 1500;
  const decodeFirst = (point: Point, count: number): unknown => {
    if ((asked += 1) > most) throw new Error(`more than ${most} points were decoded`);
    return few.decodeFirst(point, count);
  };
  attack(() => (calls += 1), 2, 1500, 1, [], { ...few, decodeFirst } as unknown as Drawn);
  expect(asked).toBeGreaterThan(0);
  expect(calls).toBeGreaterThan(0.9 * n * m);
  expect(calls).toBeLessThanOrEqual(n * m);
});

test('neighbouring counts are climbed two at a time, where a single step leaves the instances', () => {
  const objective: Objective = (u) => {
    const { n, m } = twoCounts.decode(u);
    return n + m === 100 ? n * m : -Infinity;
  };
  const search = newSearch(objective, 2, 400, 1, drawn);
  for (const start of [
    { n: 80, m: 20 },
    { n: 85, m: 15 },
    { n: 90, m: 10 },
  ]) {
    search.look(locate(twoCounts, start)!);
  }
  neighbours(search);
  expect(bestOf(search.seen, 1)[0]!.value).toBe(2500);
});

test('no neighbours are looked at where all parameters are real, or nothing leads anywhere', () => {
  const reals = newSearch(([x]) => x!, 2, 100, 1, space().with('x', uniform(0, 1)).with('y', uniform(0, 1)) as never);
  const level = newSearch(() => -1, 2, 100, 1, drawn);
  for (const search of [reals, level]) {
    [0.1, 0.5, 0.9].forEach((u) => search.look([u, u]));
    const left = search.left();
    neighbours(search);
    expect(search.left()).toBe(left);
  }
});

test('a plateau is where the best is no better than half of what was seen', () => {
  const found = (...values: readonly number[]) => values.map((value, k) => ({ point: [k], value }));
  expect(plateau([])).toBe(true);
  expect(plateau(found(-1, -1, -1))).toBe(true);
  expect(plateau(found(-1, -1, -1, 0))).toBe(false);
  expect(plateau(found(0, 0, -1))).toBe(true);
});

test('a scan puts together what was found apart', () => {
  // A needle in each coordinate, all of them below a hundredth wide: none is hit by an even scan but by luck.
  const needles = [0.123456, 0.654321, 0.333777];
  const objective: Objective = (u) => u.filter((x, k) => Math.abs(x - needles[k]!) < 1e-6).length;
  const search = newSearch(objective, 3, 200, 1);
  const random = randomFrom('apart');
  needles.forEach((x, k) => search.look([0, 1, 2].map((j) => (j === k ? x : random.between(0, 1)))));
  for (let k = 0; k < 30; k++) search.look([0, 1, 2].map(() => random.between(0, 1)));
  scan(search);
  expect(bestOf(search.seen, 1)[0]!.value).toBe(3);
});

describe('the spread sequence', () => {
  const pointAt = spread([0.1, 0.7, 0.4]);
  const points = Array.from({ length: 4096 }, (_, k) => pointAt(k));
  const share = (inside: (point: Point) => boolean): number => points.filter(inside).length / points.length;

  test('stays in the cube', () => {
    expect(points.flat().every((u) => u >= 0 && u < 1)).toBe(true);
  });

  test('has the volume of boxes nearer than independent draws have', () => {
    const random = randomFrom('boxes');
    const errors = Array.from({ length: 200 }, () => {
      const low = [0, 1, 2].map(() => random.between(0, 0.7));
      const high = low.map((u) => u + random.between(0, 0.3));
      const volume = low.reduce((product, u, k) => product * (high[k]! - u), 1);
      const error = share((point) => point.every((u, k) => u >= low[k]! && u < high[k]!)) - volume;
      return error ** 2 / ((volume * (1 - volume)) / points.length);
    });
    // Squared errors over their variance: of independent draws the mean is 1 and its deviation 0.1, √(2/200).
    expect(errors.reduce((sum, x) => sum + x, 0) / errors.length).toBeLessThan(0.7);
  });

  test('has every coordinate everywhere', () => {
    for (const k of [0, 1, 2]) {
      for (let cell = 0; cell < 64; cell++) {
        expect(share((point) => Math.floor(64 * point[k]!) === cell)).toBeGreaterThan(0.5 / 64);
      }
    }
  });
});
