/** Narrow ridges, and violations on less than one draw in 5000. */
import { uniform } from '../../generators/coordinates';
import { distance, dot, excess, planted, sum, type Kind, type Planted } from './planted';
import { instanceOf, many, numbers } from './tight';

const onReals = (
  kind: Kind,
  name: string,
  [from, to]: readonly [number, number],
  violation: (x: readonly number[]) => number,
  witness: readonly number[],
): Planted =>
  planted(
    kind,
    name,
    many(witness.length, uniform(from, to)),
    (instance) => violation(numbers(instance)),
    instanceOf(witness),
  );

/** The reflection across the hyperplane of a vector that leans in every direction: turns axes into no axes. */
function turned(x: readonly number[]): readonly number[] {
  const normal = x.map((_, k) => k + 1);
  const scale = (2 * dot(normal, x)) / dot(normal, normal);
  return x.map((value, k) => value - scale * normal[k]!);
}

/** A turned quadratic, its curvatures from 1 to 10⁴ in equal ratios, least at `at`. */
function quadratic(x: readonly number[], at: readonly number[]): number {
  const away = turned(x.map((value, k) => value - at[k]!));
  return sum(away.map((value, k) => 10 ** ((4 * k) / (x.length - 1)) * value * value));
}

const ridge = (name: string, at: readonly number[]): Planted =>
  onReals('ridge', name, [-1, 1], (x) => excess(1, 0.99 + quadratic(x, at)), at);

const rosenbrock = (x: readonly number[]): number =>
  sum(x.slice(1).map((next, k) => 100 * (next - x[k]! ** 2) ** 2 + (1 - x[k]!) ** 2));

const rastrigin = (x: readonly number[]): number => sum(x.map((u) => u * u + 10 * (1 - Math.cos(2 * Math.PI * u))));

/** A wide hump that stays below 1, and elsewhere a narrow one that does not. */
function decoy(x: readonly number[]): number {
  const wide = 0.9 * Math.exp(-(distance(x, [0.75, 0.7, 0.3]) ** 2) / 0.1);
  const narrow = 1.1 * Math.exp(-(distance(x, [0.23, 0.31, 0.77]) ** 2) / 0.008);
  return excess(Math.max(wide, narrow), 1);
}

/** No instance but in the hundredth of the cube next to one corner; there, a small ball. */
const hemmedIn = (x: readonly number[]): number =>
  sum(x) < 2.6 ? -Infinity : excess(0.03, distance(x, [0.93, 0.88, 0.9]));

/** Instances are four numbers in order; false where the three gaps are nearly equal and nearly 0.17. */
function inOrder(x: readonly number[]): number {
  const gaps = x.slice(1).map((next, k) => next - x[k]!);
  return gaps.some((gap) => gap <= 0) ? -Infinity : excess(0.02, distance(gaps, [0.17, 0.17, 0.17]));
}

export const RIDGES: readonly Planted[] = [
  ridge('turned ridge in 2', [0.37, -0.21]),
  ridge('turned ridge in 4', [0.37, -0.21, 0.13, 0.58]),
  ridge('turned ridge in 6', [0.37, -0.21, 0.13, 0.58, -0.44, 0.07]),
  onReals('ridge', 'bent ridge in 3', [-2.1, 2.3], (x) => excess(1, 0.99 + rosenbrock(x)), [1, 1, 1]),
];

export const RARE: readonly Planted[] = [
  onReals('rare', 'small ball beside a decoy', [0, 1], decoy, [0.23, 0.31, 0.77]),
  onReals(
    'rare',
    'thin shell',
    [0, 1],
    (x) => excess(1e-4, Math.abs(distance(x, [0.55, 0.45, 0.4, 0.6]) - 0.3)),
    [0.85, 0.45, 0.4, 0.6],
  ),
  onReals('rare', 'small ball where few points are instances', [0, 1], hemmedIn, [0.93, 0.88, 0.9]),
  onReals('rare', 'equal gaps of four numbers in order', [0, 1], inOrder, [0.2, 0.37, 0.54, 0.71]),
  onReals('rare', 'one valley of a hundred', [-4.3, 5.7], (x) => excess(0.5, rastrigin(x)), [0.01, 0]),
  onReals('rare', 'one valley of a thousand', [-4.3, 5.7], (x) => excess(0.5, rastrigin(x)), [0.01, 0, 0]),
];
