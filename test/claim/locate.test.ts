import { below, choice, counts, logUniform, signedLogUniform, uniform, upTo } from '../../generators/coordinates';
import { matrix, vector } from '../../generators/matrices';
import { locate } from '../../src/claim/attack/locate';
import { drawPoints } from '../../src/claim/draw';
import { space, type Coordinate, type Fields, type Json, type Space } from '../../src/claim/space';

/** The instance that the located point stands for. */
function found<F extends Fields>(inside: Space<F>, instance: Json<F>): Json<F> | undefined {
  const point = locate(inside, instance);
  return point && inside.decode(point);
}

const mixed = space()
  .with('r', logUniform(1 / 64, 64))
  .with('n', counts(1, 1000))
  .with('side', choice('left', 'right', 'neither'))
  .with('eta', ({ r }) => below(2 / (3 * r * r)))
  .with('x', signedLogUniform(1 / 16, 16));

test('the point of an instance that was drawn stands for it', () => {
  for (const point of drawPoints(mixed.dimension, 200, 1)) {
    const instance = mixed.decode(point);
    const { r, eta, x, ...exact } = found(mixed, instance)!;
    expect(exact).toEqual({ n: instance.n, side: instance.side });
    expect([r, eta, x].map(Number)).toEqual(
      [instance.r, instance.eta, instance.x].map((y) => expect.closeTo(y as number, 7)),
    );
  }
});

test('simple numbers are located, where ranges depend on earlier ones and where they are fractions', () => {
  const instance = { r: 1, n: 17, side: 'neither', eta: '3/5', x: '-1/3' };
  const located = found(mixed, instance)!;
  expect(located).toMatchObject({ n: 17, side: 'neither' });
  expect(Number(located.r)).toBeCloseTo(1, 9);
  expect(Number(located.eta)).toBeCloseTo(3 / 5, 9);
  expect(Number(located.x)).toBeCloseTo(-1 / 3, 9);
});

test('on a grid the nearest value is found: no more than half a step away', () => {
  const grid = space().with('x', uniform(-1, 3)).with('y', upTo(7));
  const located = found(grid, { x: '1/3', y: 2.2 })!;
  expect(Math.abs(Number(located.x) - 1 / 3)).toBeLessThanOrEqual(2 / 65536);
  expect(Math.abs(Number(located.y) - 2.2)).toBeLessThanOrEqual(3.5 / 65536);
  expect(found(grid, { x: 0, y: 0 })).toEqual({ x: 0, y: 0 });
});

test('both ends of every range are located exactly', () => {
  const ends = space().with('x', logUniform(0.1, 10)).with('y', uniform(-1, 3)).with('n', counts(2, 9));
  for (const instance of [
    { x: 0.1, y: 3, n: 2 },
    { x: 10, y: -1, n: 9 },
  ]) {
    expect(found(ends, instance)).toEqual(instance);
  }
});

test.each([
  ['beyond a range', { r: 65, n: 1, side: 'left', eta: 1e-6, x: 1 }],
  ['before a range', { r: 1 / 65, n: 1, side: 'left', eta: 1, x: 1 }],
  ['a little before a range that holds much larger numbers', { r: 1 / 64 - 1e-6, n: 1, side: 'left', eta: 1, x: 1 }],
  ['beyond a range that depends on an earlier number', { r: 1, n: 1, side: 'left', eta: 1, x: 1 }],
  ['in the gap between the signs', { r: 1, n: 1, side: 'left', eta: 0.5, x: 0 }],
  ['a count that is not drawn', { r: 1, n: 1001, side: 'left', eta: 0.5, x: 1 }],
  ['a word that is not drawn', { r: 1, n: 1, side: 'above', eta: 0.5, x: 1 }],
])('what no point stands for is not located: %s', (_, instance) => {
  expect(locate(mixed, instance)).toBeUndefined();
});

test('a number in a gap between those that are drawn is not rounded, however small the gap is about 0', () => {
  const jump: Coordinate<'real'> = { kind: 'real', describe: 'a jump', decode: (u) => (u < 0.4 ? u : 1 + u) };
  expect(locate(space().with('x', jump), { x: 1 })).toBeUndefined();
  expect(found(space().with('x', jump), { x: 1.5 })).toEqual({ x: 1.5 });
  expect(locate(space().with('x', signedLogUniform(1e-6, 1)), { x: 0 })).toBeUndefined();
});

test('a count between those that are drawn is not rounded', () => {
  const evens: Coordinate<'count'> = { kind: 'count', describe: 'even', decode: (u) => 2 * Math.floor(50_000 * u) };
  const inside = space().with('n', evens);
  expect(found(inside, { n: 31_414 })).toEqual({ n: 31_414 });
  expect(locate(inside, { n: 31_415 })).toBeUndefined();
});

test('a coordinate that is not monotone is searched over all of its axis', () => {
  const wave: Coordinate<'real'> = { kind: 'real', describe: 'a wave', decode: (u) => Math.sin(20 * u) + 2 * u };
  const inside = space().with('x', wave);
  for (const x of [0.3, -0.4, 1.7, 2.5]) expect(Number(found(inside, { x })!.x)).toBeCloseTo(x, 9);
  expect(locate(inside, { x: 3 })).toBeUndefined();
});

const entries = { entry: uniform(-1, 1), most: 3 } as const;
const shaped = space()
  .with('n', counts(1, 3))
  .with('v', vector('n', entries))
  .with('W', matrix('n', 2, { entry: logUniform(1 / 8, 8), most: [3, 2] }));

test('vectors and matrices are located, of every shape that their counts give them', () => {
  for (const point of drawPoints(shaped.dimension, 50, 2)) {
    const instance = shaped.decode(point);
    const located = found(shaped, instance)!;
    expect(located.v).toEqual(instance.v);
    expect(located.W.flat().map(Number)).toEqual(instance.W.flat().map((x) => expect.closeTo(x as number, 9)));
  }
  expect(locate(shaped, { n: 2, v: [0.5, 0], W: [[1, 1], [1, 9]] })).toBeUndefined(); // prettier-ignore
});

test('a matrix whose entries share numbers of the cube is located, or not at all', () => {
  const turned: Coordinate<'matrix'> = {
    kind: 'matrix',
    describe: 'a rotation, stretched',
    shape: [2, 2],
    size: 2,
    decode: ([u, v]) => {
      const [cos, sin, stretch] = [Math.cos(6.28 * u!), Math.sin(6.28 * u!), 1 + v!];
      return [
        [cos, -sin * stretch],
        [sin, cos * stretch],
      ];
    },
  };
  const inside = space().with('R', turned);
  const located = found(inside, { R: inside.decode([0.2, 0.7]).R })!;
  expect(located.R.flat().map(Number)).toEqual(
    inside.decode([0.2, 0.7]).R.flat().map((x) => expect.closeTo(x as number, 9)), // prettier-ignore
  );
  expect(locate(inside, { R: [[0.6, -0.8], [0.8, 0.5]] })).toBeUndefined(); // prettier-ignore
  expect(locate(inside, { R: [[1, 0], [0, 7]] })).toBeUndefined(); // prettier-ignore
});
