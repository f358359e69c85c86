/** Corners of six parameters, small integers among counts, mixtures of counts and reals, and optima far from 1. */
import { counts, logUniform, signedLogUniform, uniform } from '../../generators/coordinates';
import { space } from '../../src/claim/space';
import { excess, planted, product, sum, type Planted } from './planted';
import { instanceOf, many, numbers } from './tight';

const SIGNS = [1, -1, -1, 1, -1, 1];

const atCorner = (name: string, violation: (x: readonly number[]) => number, witness: readonly number[]): Planted =>
  planted('corner', name, many(6, uniform(-1, 1)), (x) => violation(numbers(x)), instanceOf(witness));

/** How many of the six are at the end that matters. */
const placed = (x: readonly number[]): number => x.filter((u, k) => u === SIGNS[k]).length;

export const CORNERS: readonly Planted[] = [
  atCorner('a linear form at its corner', (x) => excess(sum(x.map((u, k) => u * SIGNS[k]!)), 0.99 * 6), SIGNS),
  atCorner('one corner that nothing leads to', (x) => (placed(x) === 6 ? 1 : -1), SIGNS),
  atCorner(
    'one corner that everything leads away from',
    (x) => {
      const near = sum(x.map((u, k) => u * SIGNS[k]!)) / 6;
      return placed(x) === 6 ? 0.5 : -0.5 - near / 4;
    },
    SIGNS,
  ),
  atCorner('the corners of one parity', (x) => excess(-product(x), 0.99), [1, 1, 1, -1, -1, -1]),
];

const simple = (name: string, target: readonly number[]): Planted =>
  planted(
    'counts',
    name,
    many(target.length, uniform(0, 1)),
    (x) => (numbers(x).every((u, k) => u === target[k]) ? 1 : -1),
    instanceOf(target),
  );

export const COUNTS: readonly Planted[] = [
  planted(
    'counts',
    'n = 7 alone, at an x of its own',
    space().with('n', counts(1, 100)).with('x', uniform(0, 1)),
    ({ n, x }) => (n === 7 ? excess(0.02, Math.abs((x as number) - 0.6)) : -0.9 - (x as number) / 20),
    { n: 7, x: 0.6 },
  ),
  planted(
    'counts',
    'three small counts, and nothing leads there',
    space().with('n', counts(1, 30)).with('m', counts(1, 30)).with('k', counts(1, 30)),
    ({ n, m, k }) => (n === 2 && m === 3 && k === 5 ? 1 : -1),
    { n: 2, m: 3, k: 5 },
  ),
  simple('quarters of two', [0.25, 0.75]),
  simple('halves and ends of four', [0.5, 1, 0, 0.5]),
  planted(
    'counts',
    'the product of two counts with a given sum',
    space().with('n', counts(1, 1000)).with('m', counts(1, 1000)),
    ({ n, m }) => (n + m > 100 ? -Infinity : excess(n * m, 2499)),
    { n: 50, m: 50 },
  ),
  planted(
    'counts',
    'n² − 2m² = 1',
    space().with('n', counts(4, 1000)).with('m', counts(3, 1000)),
    ({ n, m }) => excess(0.5, Math.abs(n * n - 2 * m * m - 1)),
    { n: 17, m: 12 },
  ),
];

const fraction = (x: number): number => x - Math.floor(x);

/** For each n a hump of its own place; only the sixth is too high. */
function sixth(n: number, x: number, y: number): number {
  const away = (x - fraction(n * 0.618)) ** 2 + (y - fraction(n * 0.414)) ** 2;
  return excess((n === 6 ? 1.02 : 0.95) * Math.exp(-40 * away), 1);
}

/** |T_n(x)| on and beyond [−1, 1], by its recursion. */
function chebyshev(n: number, x: number): number {
  let [now, before] = [x, 1];
  for (let k = 1; k < n; k++) [now, before] = [2 * x * now - before, now];
  return Math.abs(now);
}

export const MIXTURES: readonly Planted[] = [
  planted(
    'mixture',
    'the sixth hump of twenty',
    space().with('n', counts(1, 20)).with('x', uniform(0, 1)).with('y', uniform(0, 1)),
    ({ n, x, y }) => sixth(n, x as number, y as number),
    { n: 6, x: fraction(6 * 0.618), y: fraction(6 * 0.414) },
  ),
  planted(
    'mixture',
    'an odd power, opposite signs and a size',
    space()
      .with('n', counts(1, 20))
      .with('x', signedLogUniform(1 / 32, 128))
      .with('y', signedLogUniform(1 / 32, 128)),
    (instance) => {
      const [n, x, y] = [instance.n, instance.x as number, instance.y as number];
      return excess(-3 * (x * y) ** n, 0.99 * (Math.abs(x) ** (3 * n) + Math.abs(y) ** (3 * n) + 1));
    },
    { n: 1, x: -1, y: 1 },
  ),
  planted(
    'mixture',
    'eight extremes of a polynomial, one of them on a slope',
    space().with('n', counts(2, 40)).with('x', uniform(-1, 1)).with('y', uniform(0, 1)),
    (instance) => {
      const { n } = instance;
      const [x, y] = [instance.x as number, instance.y as number];
      return n > 12
        ? -Infinity
        : excess(chebyshev(n, x) * Math.exp(-30 * ((x - 0.5) ** 2 + (y - 0.3) ** 2)), n === 9 ? 0.97 : 1.01);
    },
    { n: 9, x: 0.5, y: 0.3 },
  ),
];

/** 1/cosh of how many powers of e each number is away from its place: at most 1. */
const sizes = (x: readonly number[], at: readonly number[]): number =>
  product(x.map((u, k) => 1 / Math.cosh(Math.log(u / at[k]!))));

const scaled = (name: string, at: readonly number[], constant: number): Planted =>
  planted(
    'scale',
    name,
    many(at.length, logUniform(1e-6, 1e6)),
    (x) => excess(sizes(numbers(x), at), constant),
    instanceOf(at),
  );

export const SCALES: readonly Planted[] = [scaled('four sizes far apart', [2e3, 1e-3, 3e-2, 4e4], 0.98)];
