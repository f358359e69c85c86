/** Sharp inequalities, their constants strengthened by 1 to 5 in a hundred. */
import { logUniform, signedLogUniform, uniform } from '../../generators/coordinates';
import { space, type Coordinate, type Space } from '../../src/claim/space';
import { dot, excess, planted, product, sum, type Planted } from './planted';

type Reals = Readonly<Record<string, 'real'>>;

/** A space of `count` parameters x0, x1, … with the same coordinate. */
export function many(count: number, coordinate: Coordinate<'real'>): Space<Reals> {
  let all = space() as unknown as Space<Reals>;
  for (let k = 0; k < count; k++) all = all.with(`x${k}`, coordinate) as unknown as Space<Reals>;
  return all;
}

/** The values of an instance of {@link many}. */
export const numbers = (instance: object): readonly number[] => Object.values(instance) as number[];

/** The instance of {@link many} with these values. */
export const instanceOf = (values: readonly number[]): Readonly<Record<string, number>> =>
  Object.fromEntries(values.map((x, k) => [`x${k}`, x]));

const onReals = (
  name: string,
  count: number,
  coordinate: Coordinate<'real'>,
  violation: (x: readonly number[]) => number,
  witness: readonly number[],
): Planted =>
  planted('tight', name, many(count, coordinate), (instance) => violation(numbers(instance)), instanceOf(witness));

/** Numbers of different weight, so that equality lies at no corner of the cube. */
const WEIGHTS = [1, 2.7, 0.4, 5.1, 0.7, 3.3, 1.9, 0.6];
const weighed = (x: readonly number[]): readonly number[] => x.map((u, k) => u * WEIGHTS[k]!);
const even = (count: number): readonly number[] => WEIGHTS.slice(0, count).map((weight) => 1 / weight);

/** Arithmetic and geometric mean. */
const means = (x: readonly number[], constant: number): number =>
  excess(product(x) ** (1 / x.length), (constant * sum(x)) / x.length);

/** (Σ x)² ≤ constant·n·Σ x². */
const squares = (x: readonly number[], constant: number): number =>
  excess(sum(x) ** 2, constant * x.length * dot(x, x));

/** |⟨a, b⟩| ≤ constant·‖a‖‖b‖, the first half of the numbers, weighed, against the second. */
function cauchySchwarz(x: readonly number[], constant: number): number {
  const [a, b] = [weighed(x.slice(0, x.length / 2)), x.slice(x.length / 2)];
  return excess(Math.abs(dot(a, b)), constant * Math.sqrt(dot(a, a) * dot(b, b)));
}

/** ∏ xᵏ e^{−x} over k = 1, 2, …, each largest at x = k. */
function humps(x: readonly number[], constant: number): number {
  const hump = (u: number, k: number): number => u ** k * Math.exp(-u);
  return excess(product(x.map((u, k) => hump(u, k + 1))), constant * product(x.map((_, k) => hump(k + 1, k + 1))));
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(x) / x);

/** The least value of sin x/x, at tan x = x. */
const SINC_LEAST = sinc(4.493409457909064);

function hadamard(x: readonly number[], constant: number): number {
  const rows = [x.slice(0, 3), x.slice(3, 6), x.slice(6, 9)];
  const [a, b, c, d, e, f, g, h, i] = x;
  const determinant = a! * (e! * i! - f! * h!) - b! * (d! * i! - f! * g!) + c! * (d! * h! - e! * g!);
  return excess(Math.abs(determinant), constant * product(rows.map((row) => Math.hypot(...row))));
}

/** (Σ pλ)(Σ p/λ) ≤ (m + M)²/(4mM) for weights p and λ in [m, M] = [1, 16]: sharp at half the weight on either end. */
function kantorovich(x: readonly number[], constant: number): number {
  const [values, weights] = [x.slice(0, 3), x.slice(3)];
  const total = sum(weights);
  if (total === 0) return -Infinity;
  const inverse = values.map((value) => 1 / value);
  return excess(dot(weights, values) * dot(weights, inverse), (constant * total ** 2 * 17 ** 2) / 64);
}

const bernoulli = planted(
  'tight',
  'Bernoulli at x = 0',
  space().with('x', uniform(-1, 10)).with('r', uniform(2, 10)),
  ({ x, r }) => excess(1.01 * (1 + (r as number) * (x as number)), (1 + (x as number)) ** (r as number)),
  { x: 0, r: 3 },
);

export const TIGHT: readonly Planted[] = [
  onReals('means of four', 4, logUniform(0.001, 1000), (x) => means(weighed(x), 0.99), even(4)),
  onReals('means of six', 6, logUniform(0.001, 1000), (x) => means(weighed(x), 0.98), even(6)),
  onReals('Cauchy–Schwarz in five', 10, uniform(-1, 1), (x) => cauchySchwarz(x, 0.99), [
    ...even(5).map((u) => u / 4),
    0.25,
    0.25,
    0.25,
    0.25,
    0.25,
  ]),
  onReals('power means of five', 5, logUniform(0.01, 100), (x) => squares(weighed(x), 0.97), even(5)),
  onReals(
    'sums of eight sizes',
    8,
    signedLogUniform(1 / 16, 16),
    (x) => squares(weighed(x).map(Math.abs), 0.98),
    even(8).map((u, k) => (k % 3 === 1 ? -u : u)),
  ),
  onReals('x e^{−x} and its powers', 4, logUniform(0.001, 1000), (x) => humps(x, 0.98), [1, 2, 3, 4]),
  onReals(
    'the first dip of sin x/x among many',
    2,
    uniform(-40, 40),
    ([x, y]) => excess(0.98 * SINC_LEAST, sinc(x!) * sinc(y!)),
    [0, 4.4934],
  ),
  onReals('Hadamard', 9, uniform(-1, 1), (x) => hadamard(x, 0.97), [1, 0, 0, 0, 1, 0, 0, 0, 1]),
  planted(
    'tight',
    'Kantorovich',
    space()
      .with('x0', uniform(1, 16))
      .with('x1', uniform(1, 16))
      .with('x2', uniform(1, 16))
      .with('x3', uniform(0, 1))
      .with('x4', uniform(0, 1))
      .with('x5', uniform(0, 1)),
    (instance) => kantorovich(numbers(instance), 0.98),
    { x0: 1, x1: 16, x2: 1, x3: 1, x4: 1, x5: 0 },
  ),
  bernoulli,
];
