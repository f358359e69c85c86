import { drawPoints, drawsOf, seedFor, type Point } from '../../src/claim/draw';
import { exam, type Exam } from '../../src/claim/exam';
import { space, type Coordinate } from '../../src/claim/space';

const unit: Coordinate<'real'> = { kind: 'real', describe: 'the number drawn', decode: (u) => u };

const named = (name: string): Exam => {
  const spec = exam({ name, inside: space().with('x', unit).with('y', unit), assuming: {}, cases: [] });
  return spec as unknown as Exam;
};

/** Half the width of a band that a share of `count` draws leaves with probability 1e-9 at most (Hoeffding). */
const band = (count: number): number => Math.sqrt(Math.log(2e9) / (2 * count));

describe('drawn points', () => {
  test('are in the cube, as many as asked for', () => {
    const points = drawPoints(3, 500, 1);
    expect(points).toHaveLength(500);
    expect(points.every((point) => point.length === 3 && point.every((u) => u >= 0 && u <= 1))).toBe(true);
    expect(drawPoints(0, 3, 1)).toEqual([[], [], []]);
  });

  test('fall into every tenth of every coordinate equally often, and below 1e-6 hardly ever', () => {
    const count = 20_000;
    const points = drawPoints(2, count, seedFor(1, 'uniform'));
    for (const k of [0, 1]) {
      for (let cell = 0; cell < 10; cell++) {
        const share = points.filter((point) => Math.floor(point[k]! * 10) === cell).length / count;
        expect(Math.abs(share - 0.1)).toBeLessThan(band(count));
      }
      // Each draw is below 1e-6 with probability 1e-6: fifteen of 20 000 would be seen once in 1e37 times.
      expect(points.filter((point) => point[k]! < 1e-6).length).toBeLessThan(15);
    }
  });

  test('have coordinates that know nothing of each other', () => {
    const count = 20_000;
    const points = drawPoints(2, count, seedFor(1, 'independent'));
    const both = points.filter(([x, y]) => x! < 0.5 && y! < 0.5).length / count;
    expect(Math.abs(both - 0.25)).toBeLessThan(band(count));
  });

  test('with a bias come to the ends of the cube exactly, in all coordinates at once and in some', () => {
    const points = drawPoints(2, 400, 1, true);
    const ends = (point: Point): number => point.filter((u) => u < 1e-6 || u > 1 - 1e-6).length;
    expect(points.filter((point) => ends(point) === 2).length).toBeGreaterThan(10);
    expect(points.filter((point) => ends(point) === 0).length).toBeGreaterThan(10);
    expect(points.some((point) => point.includes(0) || point.includes(1))).toBe(true);
  });

  test('are the same for the same seed and others for another', () => {
    expect(drawPoints(2, 20, 7)).toEqual(drawPoints(2, 20, 7));
    expect(drawPoints(2, 20, 7)).not.toEqual(drawPoints(2, 20, 8));
  });
});

describe('seeds', () => {
  test('depend on the suite seed and every word, and on nothing else', () => {
    const seeds = [seedFor(1, 'a', 'b'), seedFor(2, 'a', 'b'), seedFor(1, 'a'), seedFor(1, 'b', 'a'), seedFor(1, 'ab')];
    expect(new Set(seeds).size).toBe(5);
    expect(seedFor(1, 'a', 'b')).toBe(seeds[0]);
  });

  test('are 32-bit integers', () => {
    for (let k = 0; k < 100; k++) expect(Object.is(seedFor(k, 'x') | 0, seedFor(k, 'x'))).toBe(true);
  });
});

describe('the draws of an exam', () => {
  test('are the same objects at every call, so that paths are computed once', () => {
    const one = named('one');
    expect(drawsOf(one, 5, 1)).toBe(drawsOf(one, 5, 1));
  });

  test('are named after the exam, not the order in which exams come', () => {
    const [first, second] = [named('first'), named('second')];
    const before = drawsOf(first, 10, 1);
    drawsOf(second, 10, 1);
    expect(drawsOf(named('first'), 10, 1)).toEqual(before);
    expect(drawsOf(second, 10, 1)).not.toEqual(before);
  });

  test('change with the seed', () => {
    expect(drawsOf(named('one'), 10, 2)).not.toEqual(drawsOf(named('one'), 10, 1));
  });
});
