import type { Real } from '../numerics/arithmetic';
import { linkedTo, type JsonValue, type Parameter } from './coordinate';
import { complexity, simplerCounts, simplerReals } from './simpler';
import { complexityOfRows, simplerEntries, simplerStructures, type Rows } from './simpler-matrices';

type AnyInstance = Readonly<Record<string, JsonValue>>;

/** How hard the instance is to write down: the sum over its parameters, in bits or so. */
export function complexityOf(parameters: readonly Parameter[], instance: AnyInstance): number {
  return parameters.reduce((sum, parameter) => sum + complexityOfValue(parameter, instance[parameter.name]!), 0);
}

function complexityOfValue({ kind, options }: Parameter, value: JsonValue): number {
  if (kind === 'choice') return options.indexOf(value as string);
  const rows = rowsOf(value);
  return rows ? complexityOfRows(rows) : complexity(value as Real);
}

/**
 * Simpler instances: those with a dimension less, then those with a vector or matrix of simpler structure, then those
 * with one number or choice simpler, parameter by parameter; of each the simplest first. All differ from the instance
 * in one parameter, or in one count and what it links.
 */
export function* simplerInstances(parameters: readonly Parameter[], instance: AnyInstance): Iterable<AnyInstance> {
  for (const { name, kind } of parameters) {
    const linked = kind === 'count' ? linkedTo(name, parameters) : [];
    if (linked.length > 0) yield* inLessDimensions(name, linked, instance);
  }
  const changed = (name: string, value: JsonValue): AnyInstance => ({ ...instance, [name]: value });
  for (const { name } of parameters) {
    const value = instance[name]!;
    const rows = rowsOf(value);
    for (const simpler of rows ? simplerStructures(rows) : []) yield changed(name, likeValue(value, simpler));
  }
  for (const parameter of parameters) {
    for (const value of simplerValues(parameter, parameters, instance)) yield changed(parameter.name, value);
  }
}

/** So many indices are tried to be dropped alone. */
const DROPPED = 8;

/** Some of the indices that a count runs over, kept in all vectors and matrices that it links: the fewest first. */
function* inLessDimensions(count: string, linked: readonly Parameter[], instance: AnyInstance): Iterable<AnyInstance> {
  const n = instance[count] as number;
  const indices = Array.from({ length: n }, (_, k) => k);
  const fewer = simplerCounts(n).filter((k) => k >= 1);
  const kept = [
    ...fewer.map((k) => indices.slice(0, k)),
    ...indices.slice(0, Math.min(n - 1, DROPPED)).map((dropped) => indices.filter((k) => k !== dropped)),
  ];
  for (const some of kept) {
    const smaller = linked.map((parameter) => [parameter.name, restricted(parameter, count, some, instance)]);
    yield { ...instance, [count]: some.length, ...(Object.fromEntries(smaller) as AnyInstance) };
  }
}

function restricted({ name, kind, shape }: Parameter, count: string, kept: readonly number[], instance: AnyInstance) {
  const of = <T>(list: readonly T[], extent: number): readonly T[] =>
    shape[extent] === count ? kept.map((k) => list[k]!) : list;
  if (kind === 'vector') return of(instance[name] as readonly Real[], 0);
  return of(instance[name] as Rows, 0).map((row) => of(row, 1));
}

function* simplerValues(
  { name, kind, options }: Parameter,
  parameters: readonly Parameter[],
  instance: AnyInstance,
): Iterable<JsonValue> {
  const value = instance[name]!;
  const rows = rowsOf(value);
  if (rows) for (const simpler of simplerEntries(rows)) yield likeValue(value, simpler);
  else if (kind === 'choice') yield* options.slice(0, options.indexOf(value as string));
  else if (kind === 'real') yield* simplerReals(value as Real);
  else if (linkedTo(name, parameters).length === 0) yield* simplerCounts(value as number);
}

/** The rows of a matrix; a vector is one row. `undefined` for a single value. */
function rowsOf(value: JsonValue): Rows | undefined {
  if (typeof value !== 'object') return undefined;
  return typeof value[0] === 'object' ? (value as Rows) : [value as readonly Real[]];
}

/** Rows as a vector where the value they come from is one. */
const likeValue = (value: JsonValue, rows: Rows): JsonValue =>
  typeof value === 'object' && typeof value[0] === 'object' ? rows : rows[0]!;
