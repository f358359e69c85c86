/** Spaces with choices, vectors and matrices whose shapes are named by counts. */
import { choice, counts, uniform } from '../../generators/coordinates';
import { matrix, vector } from '../../generators/matrices';
import { drawPoints } from '../../src/claim/draw';
import { MalformedInstance, space } from '../../src/claim/space';
import { balls } from '../../src/numerics/ball';
import { rationals } from '../../src/numerics/rational';

const entry = uniform(-2, 2);
const layers = space()
  .with('h', counts(1, 3))
  .with('d', counts(1, 2))
  .with('W', matrix('h', 'd', { entry, most: [3, 2] }))
  .with('s', vector('d', { entry, most: 2 }))
  .with('rule', choice('exact', 'aligned'))
  .with('eta', uniform(0, 1));

/** h = 2, d = 2, then the entries of W row by row in a grid of 3 × 2, of s, the rule and eta. */
const POINT = [0.5, 1, 0, 0.25, 0.5, 0.75, 1, 1, 0.125, 1, 0.75, 0.5];

describe('a space with vectors and matrices', () => {
  test('has as many dimensions as its parameters use numbers of the cube', () => {
    expect(layers.dimension).toBe(2 + 6 + 2 + 1 + 1);
    expect(layers.parameters.map(({ name, size }) => [name, size])).toEqual([
      ['h', 1],
      ['d', 1],
      ['W', 6],
      ['s', 2],
      ['rule', 1],
      ['eta', 1],
    ]);
    expect(space().dimension).toBe(0);
  });

  test('decodes each parameter from its own numbers, in the shape that the counts say', () => {
    expect(layers.decode(POINT)).toEqual({
      h: 2,
      d: 2,
      W: [
        [-2, -1],
        [0, 1],
      ],
      s: [-1.5, 2],
      rule: 'aligned',
      eta: 0.5,
    });
  });

  test('leaves the numbers of entries outside the shape unused: the others do not move', () => {
    const [few, many] = [layers.decode([0, 0, ...POINT.slice(2)]), layers.decode([1, 1, ...POINT.slice(2)])];
    expect([few.h, few.d, few.W, few.s]).toEqual([1, 1, [[-2]], [-1.5]]);
    expect([many.h, many.W]).toEqual([3, [[-2, -1], [0, 1], [2, 2]]]); // prettier-ignore
    expect([few.rule, few.eta]).toEqual([many.rule, many.eta]);
  });

  test('refuses points of another dimension', () => {
    expect(() => layers.decode(POINT.slice(1))).toThrow('a point of this cube has 12 coordinates, got 11');
  });

  test('decodes to instances that survive JSON and its own parser exactly', () => {
    for (const point of drawPoints(layers.dimension, 300, 1)) {
      const instance = layers.decode(point);
      expect(layers.parse(JSON.parse(JSON.stringify(instance)))).toStrictEqual(instance);
    }
  });

  test('hands on entries in the arithmetic asked for, counts and choices as they are', () => {
    const instance = { h: 1, d: 2, W: [['1/3', 0.5]], s: [2, '1/7'], rule: 'exact', eta: 0 };
    const over = layers.over(rationals, instance);
    expect(over.W.map((row) => row.map((x) => rationals.exactText(x)))).toEqual([['1/3', '1/2']]);
    expect(over.s.map((x) => rationals.exactText(x))).toEqual(['2', '1/7']);
    expect([over.h, over.d, over.rule]).toEqual([1, 2, 'exact']);
    const R = balls(64);
    expect(R.enclosure(layers.over(R, instance).W[0]![0]!).lower).toBeCloseTo(1 / 3, 15);
  });

  test('lets a law look at the earlier parameters, in doubles and exactly', () => {
    const seen: unknown[] = [];
    const third = { ...vector('d', { entry, most: 2 }), decode: () => ['1/3', '2/3'] };
    const inside = space()
      .with('d', counts(2, 2))
      .with('s', third)
      .with('A', ({ s }, exactly) => {
        seen.push([s, exactly.s]);
        return matrix('d', 'd', { entry: uniform(0, s[1]!), most: [2, 2] });
      });
    expect(inside.decode([0, 0, 0, 0, 1, 0, 1]).A).toEqual([[0, 2 / 3], [0, 2 / 3]]); // prettier-ignore
    expect(seen.at(-1)).toEqual([[1 / 3, 2 / 3], ['1/3', '2/3']]); // prettier-ignore
  });

  test('takes fixed numbers for extents', () => {
    const fixed = space()
      .with('h', counts(2, 2))
      .with('M', matrix('h', 1, { entry, most: [2, 1] }));
    expect(fixed.decode([0, 0, 1])).toEqual({ h: 2, M: [[-2], [2]] });
  });

  test.each([
    ['a name that is no count', 'eta', 'an extent of M is "eta": expected a whole number ≥ 1, or the name of an'],
    ['a name that comes later', 'k', 'or the name of an earlier count (h, d)'],
    ['zero', 0, 'an extent of M is 0: expected a whole number ≥ 1'],
    ['half', 0.5, 'an extent of M is 0.5'],
  ])('refuses a shape with %s', (_what, extent, message) => {
    expect(() => layers.with('M', matrix(extent, 'd', { entry, most: [1, 2] }))).toThrow(message);
  });

  test('says so when there is no count to name', () => {
    expect(() => space().with('s', vector('d', { entry, most: 2 }))).toThrow(
      'an earlier count, of which there is none',
    );
  });

  test('refuses a shape that its cube has no numbers for, and one with nothing in it', () => {
    const tooLarge = space()
      .with('d', counts(1, 3))
      .with('s', vector('d', { entry, most: 2 }));
    expect(() => tooLarge.decode([1, 0, 0])).toThrow('a shape of 3, but most: 2: raise most, or lower the counts');
    const empty = space()
      .with('d', counts(0, 3))
      .with('A', matrix(2, 'd', { entry, most: [2, 3] }));
    expect(() => empty.decode([0, 0, 0, 0, 0, 0, 0])).toThrow('A is 2 × 0: draw the counts of its shape from 1');
  });

  test('refuses a law whose shape changes with the earlier parameters', () => {
    const inside = space()
      .with('d', counts(1, 3))
      .with('s', ({ d }) => vector(d, { entry, most: 3 }));
    expect(() => inside.decode([1, 0, 0, 0])).toThrow('s changes its shape or size with the earlier parameters');
  });

  test('refuses options that could be taken for numbers or would have to be quoted', () => {
    for (const word of ['1', 'two words', '', '-x', 'a/b']) {
      expect(() => space().with('rule', choice('fine', word))).toThrow(
        `an option of rule is "${word}": expected letters`,
      );
    }
  });
});

describe('the parser of instances with vectors and matrices', () => {
  const good = { h: 2, d: 1, W: [[1], ['-2/3']], s: [0.5], rule: 'exact', eta: 0 };

  test('gives back what it accepts', () => {
    expect(layers.parse(good)).toEqual(good);
  });

  const shape = 'expected a list of 2 rows of 1 numbers (h = 2, d = 1)';
  const real = 'expected a finite number, or a fraction as "p/q"';
  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['a number for a matrix', { W: 1 }, `W is 1; ${shape}`],
    ['a vector for a matrix', { W: [1, 2] }, `W[0] is 1; ${shape}`],
    ['too few rows', { W: [[1]] }, `W has 1 rows; ${shape}`],
    ['too many rows', { W: [[1], [2], [3]] }, `W has 3 rows; ${shape}`],
    ['rows of different length', { W: [[1], [2, 3]] }, `W[1] has 2 entries; ${shape}`],
    ['nothing in a row', { W: [[], []] }, `W[0] has 0 entries; ${shape}`],
    ['nothing at all', { W: [] }, `W has 0 rows; ${shape}`],
    ['an entry that is NaN', { W: [[1], [NaN]] }, `W[1][0] is NaN; ${real}`],
    ['an entry that is missing', { W: [[1], [undefined]] }, `W[1][0] is undefined; ${real}`],
    ['an entry in words', { W: [['0.5'], [1]] }, `W[0][0] is "0.5"; ${real}`],
    ['a list as entry', { W: [[[1]], [1]] }, `W[0][0] is [1]; ${real}`],
    ['an object for a vector', { s: { 0: 1 } }, 's is {"0":1}; expected a list of 1 numbers (d = 1)'],
    ['a longer vector', { s: [1, 2] }, 's has 2 entries; expected a list of 1 numbers (d = 1)'],
    ['an infinite entry of a vector', { s: [Infinity] }, `s[0] is Infinity; ${real}`],
    ['another word', { rule: 'Exact' }, 'rule is "Exact"; expected one of exact, aligned'],
    ['a number for a word', { rule: 0 }, 'rule is 0; expected one of exact, aligned'],
    [
      'a count of zero that is an extent',
      { h: 0, W: [] },
      'h is 0; expected a whole number ≥ 1, as it is an extent of W',
    ],
    ['a count that does not fit', { h: 3 }, 'W has 2 rows; expected a list of 3 rows of 1 numbers (h = 3, d = 1)'],
  ])('refuses %s and says where, what was given and what is expected', (_what, changes, message) => {
    expect(() => layers.parse({ ...good, ...changes })).toThrow(MalformedInstance);
    expect(() => layers.parse({ ...good, ...changes })).toThrow(message);
  });

  test('says in words what is missing, and cuts long values short', () => {
    expect(() => layers.parse({})).toThrow('W (a list of h rows of d numbers), s (a list of d numbers), rule (one of');
    const long = { ...good, s: 'x'.repeat(1000) };
    expect(() => layers.parse(long)).toThrow(/^s is "x{79}…; expected a list/);
  });

  test('reads the counts first, in whatever order the parameters come', () => {
    const { W, ...others } = good;
    expect(layers.parse({ W, ...others })).toEqual(good);
  });
});
