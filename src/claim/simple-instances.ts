import type { Real } from '../numerics/arithmetic';
import { extentsAt, linkedTo, type JsonValue, type Parameter } from './coordinate';
import type { Exam, Instance } from './exam';
import { meetsInDoubles } from './judge';

const SIMPLE: readonly Real[] = [1, 0, 2, 0.5, -1, 3, '1/3', 0.25, 0.75, '2/3', 1.5, -0.5, -2, 4, '5/8', 8];

/** Dimensions that simple vectors and matrices are tried in. */
const DIMENSIONS = [1, 2, 3] as const;

/** About so many instances are tried at most. */
const COMBINATIONS = 4100;

const simpleOf = new WeakMap<Exam, readonly Instance[]>();

/**
 * Instances of simple numbers and simple matrices only that meet the hypotheses, the simplest first: every combination
 * of as many values a parameter as there is room for, some thousands.
 */
export function simpleInstances(exam: Exam): readonly Instance[] {
  const known = simpleOf.get(exam);
  if (known) return known;
  const { parameters } = exam.inside;
  const many = Math.floor(COMBINATIONS ** (1 / Math.max(1, parameters.length)));
  let instances: Instance[] = [{}];
  for (const parameter of parameters) {
    instances = instances.flatMap((instance) =>
      simpleValues(parameter, parameters, instance)
        .slice(0, many)
        .map((value) => ({ ...instance, [parameter.name]: value })),
    );
  }
  const valid = instances.filter((instance) => parses(exam, instance) && meetsInDoubles(exam, instance));
  const sorted = valid
    .map((instance) => ({ instance, bits: exam.inside.complexity(instance as never) }))
    .sort((a, b) => a.bits - b.bits);
  const simple = sorted.map(({ instance }) => instance);
  simpleOf.set(exam, simple);
  return simple;
}

/** Simple values of a parameter, its shape read from the instance so far: the most promising first. */
function simpleValues(
  parameter: Parameter,
  parameters: readonly Parameter[],
  instance: Instance,
): readonly JsonValue[] {
  const { name, kind, options } = parameter;
  if (kind === 'choice') return options;
  if (kind === 'count' && linkedTo(name, parameters).length > 0) return DIMENSIONS;
  if (kind === 'real' || kind === 'count') return SIMPLE;
  const [rows, columns] = extentsAt(parameter, instance);
  return kind === 'vector' ? simpleVectors(rows!) : simpleMatrices(rows!, columns!);
}

/** Equal entries, then 1, 2, 3, …, then the first unit vector. */
function simpleVectors(length: number): readonly (readonly Real[])[] {
  const made = (entry: (k: number) => Real): readonly Real[] => Array.from({ length }, (_, k) => entry(k));
  const [ones, ...others] = SIMPLE.map((x) => made(() => x));
  return length === 1 ? [ones!, ...others] : [ones!, made((k) => k + 1), made((k) => (k === 0 ? 1 : 0)), ...others];
}

/**
 * The identity (rectangular: ones on the diagonal), zero, ones, diag(1, 2, …), a one in the corner, a one beside it, then
 * multiples of the identity.
 */
function simpleMatrices(rows: number, columns: number): readonly (readonly (readonly Real[])[])[] {
  const made = (entry: (i: number, j: number) => Real): readonly (readonly Real[])[] =>
    Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (__, j) => entry(i, j)));
  if (rows === 1 && columns === 1) return SIMPLE.map((x) => [[x]]);
  const multiple = (x: Real): readonly (readonly Real[])[] => made((i, j) => (i === j ? x : 0));
  return [
    multiple(1),
    made(() => 0),
    made(() => 1),
    made((i, j) => (i === j ? i + 1 : 0)),
    made((i, j) => (i === 0 && j === 0 ? 1 : 0)),
    made((i, j) => ((columns > 1 ? i === 0 && j === 1 : i === 1) ? 1 : 0)),
    ...SIMPLE.slice(2).map(multiple),
  ];
}

function parses(exam: Exam, instance: Instance): boolean {
  try {
    exam.inside.parse(instance);
    return true;
  } catch {
    return false;
  }
}
