import { MalformedInstance, space, type Coordinate } from '../../src/claim/space';
import { complexity, simplerCounts, simplerReals } from '../../src/claim/simpler';
import { parseReal, ratioText, toDouble } from '../../src/numerics/real';
import { rationals } from '../../src/numerics/rational';
import { randomFrom } from '../support/random';

const unit: Coordinate<'real'> = { kind: 'real', describe: 'the number drawn', decode: (u) => u };
const upToTen: Coordinate<'count'> = { kind: 'count', describe: 'up to ten', decode: (u) => Math.round(10 * u) };
const twoReals = space()
  .with('r', unit)
  .with('eta', ({ r }) => ({ ...unit, decode: (u: number) => r * u }));
const withCount = twoReals.with('n', upToTen);

describe('a space', () => {
  test('decodes a point of the cube, later coordinates depending on earlier ones', () => {
    expect(withCount.decode([0.5, 0.25, 1])).toEqual({ r: 0.5, eta: 0.125, n: 10 });
    expect(withCount.names).toEqual(['r', 'eta', 'n']);
  });

  test('decodes the first parameters alone, without asking the laws of the others', () => {
    const asked: unknown[] = [];
    const watched = withCount.with('late', (earlier) => {
      asked.push(earlier);
      return unit;
    });
    asked.length = 0;
    expect(watched.decodeFirst([0.5, 0.25, 1, 0], 2)).toEqual({ r: 0.5, eta: 0.125 });
    expect(asked).toEqual([]);
    watched.decode([0.5, 0.25, 1, 0]);
    expect(asked).toHaveLength(1);
  });

  test('takes points outside the cube for those on its boundary, and refuses points of another dimension', () => {
    expect(withCount.decode([2, -1, 0.5])).toEqual({ r: 1, eta: 0, n: 5 });
    expect(() => withCount.decode([0, 1])).toThrow('a point of this cube has 3 coordinates, got 2');
  });

  test('refuses a parameter of a name it has', () => {
    expect(() => twoReals.with('r', unit)).toThrow(/the parameter r is in this space already/);
  });

  test('hands counts on as they are and converts real numbers', () => {
    const over = withCount.over(rationals, { r: '1/3', eta: 0.5, n: 4 });
    expect([rationals.exactText(over.r), rationals.exactText(over.eta), over.n]).toEqual(['1/3', '1/2', 4]);
  });

  test('says in words how each parameter is drawn', () => {
    expect(withCount.describe).toEqual({ r: 'the number drawn', eta: 'the number drawn', n: 'up to ten' });
  });

  test('says of a range that depends on earlier parameters where it is this one, and on which it depends', () => {
    const upTo = (limit: number): Coordinate<'real'> => ({ ...unit, describe: `uniform on [0, ${limit}]` });
    const dependent = twoReals.with('x', ({ eta }) => upTo(8 * eta)).with('y', upTo(1));
    expect(dependent.describe['x']).toBe('uniform on [0, 2] at r = 0.5, eta = 0.25; the range depends on r, eta');
    expect(dependent.describe['y']).toBe('uniform on [0, 1]');
  });
});

describe('the parser of instances', () => {
  test('gives back what it accepts', () => {
    for (const instance of [
      { r: 1, eta: '-2/3', n: 0 },
      { r: '7', eta: 1e-300, n: 12 },
    ]) {
      expect(withCount.parse(instance)).toEqual(instance);
    }
  });

  test.each<[string, unknown, string]>([
    ['no object', 3, 'the instance is 3; expected an object with r (a finite number, or a fraction as "p/q")'],
    ['nothing', undefined, 'the instance is undefined; expected an object'],
    ['null', null, 'the instance is null; expected an object'],
    ['a list', [1, 2, 3], 'the instance is [1,2,3]; expected an object'],
    ['a missing parameter', { r: 1, n: 2 }, 'eta is missing; expected an object with r'],
    ['an unknown parameter', { r: 1, eta: 1, n: 2, d: 3 }, 'd is not one of its parameters; expected an object with r'],
    ['both', { eta: 1, n: 2, d: 3 }, 'r is missing; d is not one of its parameters'],
    ['NaN', { r: NaN, eta: 1, n: 2 }, 'r is NaN; expected a finite number, or a fraction as "p/q"'],
    ['infinity', { r: 1, eta: -Infinity, n: 2 }, 'eta is -Infinity; expected a finite number'],
    ['undefined', { r: undefined, eta: 1, n: 2 }, 'r is undefined; expected a finite number'],
    ['a truth value', { r: true, eta: 1, n: 2 }, 'r is true; expected a finite number'],
    ['a big integer', { r: 1n, eta: 1, n: 2 }, 'r is 1n; expected a finite number'],
    ['a decimal in words', { r: '0.5', eta: 1, n: 2 }, 'r is "0.5"; expected a finite number, or a fraction as "p/q"'],
    ['a division by zero', { r: '1/0', eta: 1, n: 2 }, 'r is "1/0"; expected a finite number'],
    ['an empty text', { r: '', eta: 1, n: 2 }, 'r is ""; expected a finite number'],
    ['half a count', { r: 1, eta: 1, n: 2.5 }, 'n is 2.5; expected a whole number ≥ 0'],
    ['a negative count', { r: 1, eta: 1, n: -1 }, 'n is -1; expected a whole number ≥ 0'],
    ['a count in words', { r: 1, eta: 1, n: '3' }, 'n is "3"; expected a whole number ≥ 0'],
    ['an infinite count', { r: 1, eta: 1, n: Infinity }, 'n is Infinity; expected a whole number ≥ 0'],
  ])('refuses %s and says what was given and what is expected', (_what, given, message) => {
    expect(() => withCount.parse(given)).toThrow(MalformedInstance);
    expect(() => withCount.parse(given)).toThrow(message);
  });
});

describe('simpler instances', () => {
  test('differ in one parameter, which is simpler, and are instances', () => {
    const instance = { r: 0.7071067811865476, eta: '355/113', n: 9 };
    const candidates = [...withCount.simpler(instance)];
    expect(candidates.length).toBeGreaterThan(20);
    for (const candidate of candidates) {
      expect(withCount.parse(candidate)).toEqual(candidate);
      const changed = withCount.names.filter((name) => candidate[name] !== instance[name]);
      expect(changed).toHaveLength(1);
      const [name] = changed as ['r' | 'eta' | 'n'];
      if (name === 'n') expect(candidate.n).toBeLessThan(instance.n);
      else expect(complexity(candidate[name])).toBeLessThan(complexity(instance[name]));
    }
  });

  test('of real numbers are simpler, finite, distinct, the simplest first, and never −0', () => {
    const random = randomFrom('simpler real numbers');
    const numbers = [
      0.3,
      -0.3,
      0.1,
      -1e-320,
      5e-324,
      1.7e308,
      -1.7e308,
      2 ** -1074 * 7,
      1e15 / 3,
      Math.PI,
      '22/7',
      '-1/3',
    ];
    for (let k = 0; k < 300; k++) numbers.push(random.signed(1e-9, 1e9));
    for (const x of numbers) {
      const candidates = simplerReals(x);
      const sizes = candidates.map(complexity);
      expect(sizes.every((size) => size < complexity(x))).toBe(true);
      expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
      expect(candidates.every((y) => Number.isFinite(toDouble(y)) && !Object.is(y, -0))).toBe(true);
      expect(new Set(candidates.map((y) => ratioText(parseReal(y)))).size).toBe(candidates.length);
    }
  });

  test('of a number hold 0, 1 and what is near it', () => {
    expect(simplerReals(0.6180339887498949)).toEqual(expect.arrayContaining([0, 1, 0.5, '3/5', 0.625]));
    expect(simplerReals(-2.9999999)).toEqual(expect.arrayContaining([0, 1, -1, -3]));
    expect(simplerReals(0)).toEqual([]);
  });

  test('of counts are the smaller ones of note', () => {
    expect(simplerCounts(17)).toEqual([0, 1, 2, 3, 4, 8, 16]);
    expect([simplerCounts(0), simplerCounts(1)]).toEqual([[], [0]]);
  });
});

test('the complexity of a number counts the bits of its fraction', () => {
  expect([0, 1, 2, '1/2', '1/3', -1].map(complexity)).toEqual([0, 3, 4, 5, 5, 3.5]);
});
