import { lessThan, magnitude } from '../src/claim/compare';
import type { Measures, Path, Series } from '../src/claim/exam';
import { all, part, type Finding, type Reading } from '../src/claim/finding';
import { identical } from './along';
import { map, product } from './series';

/** w1, w2, …: the first layer first. */
export type LayerName = `w${number}`;

/** The layers of a deep network along a path, by name. */
export type Layers<N> = Measures<N, LayerName>;

/** The layers of a path as series. */
export function layersOf<N>(path: Path<N, LayerName>): Layers<N> {
  return Object.fromEntries(Object.entries(path).map(([name, values]) => [name, { values }]));
}

/** The first so many layers among the measures of an exam that have other series as well. */
export function firstLayers<N>(measures: Layers<N>, count: number): Layers<N> {
  const names = Array.from({ length: count }, (_, l): LayerName => `w${l + 1}`);
  return Object.fromEntries(names.map((name) => [name, measures[name]!]));
}

/** The product of all layers: what a deep scalar linear network computes. */
export function productOfLayers<N>(R: Reading<N>, layers: Layers<N>): Series<N> {
  return Object.values<Series<N>>(layers).reduce((below, layer) => product(R, below, layer));
}

/**
 * Every layer is, all along the path, its constant times its power of the first one; `constants` and `powers` begin with
 * those of the first layer. A layer is the sum of what it gained, so the numbers subtracted on the way are of its largest
 * size on the path.
 */
export function powersOfFirst<N>(
  R: Reading<N>,
  layers: Layers<N>,
  constants: readonly N[],
  powers: readonly number[],
): Finding {
  const [first, ...others] = Object.values<Series<N>>(layers);
  const law = (layer: Series<N>, k: number): Finding => {
    const expected = map(first!, (x) => R.mul(constants[k + 1]!, R.power(x, powers[k + 1]!)));
    return part(`layer ${k + 2}`, identical(R, layer, { ...expected, scale: largest(R, layer) }));
  };
  return all(...others.map(law));
}

/** The largest size on the path, at every point of it. */
function largest<N>(R: Reading<N>, { values }: Series<N>): ArrayLike<number> {
  const size = Array.from(values).reduce((sum, x) => Math.max(sum, magnitude(R, x)), 0);
  return new Float64Array(values.length).fill(size);
}

/** Every number is positive. */
export function allPositive<N>(R: Reading<N>, numbers: readonly N[]): Finding {
  return all(...numbers.map((x) => lessThan(R, 0, x)));
}

/** Every number is different from 0. */
export function allNonzero<N>(R: Reading<N>, numbers: readonly N[]): Finding {
  return all(...numbers.map((x) => lessThan(R, 0, R.abs(x))));
}
