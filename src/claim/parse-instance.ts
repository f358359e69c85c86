import { isReal } from '../numerics/real';
import { extentsAt, linkedTo, type JsonValue, type Kind, type Parameter } from './coordinate';

/** The file that holds an instance, or the numbers typed in, are not an instance of the space. */
export class MalformedInstance extends Error {
  override readonly name = 'MalformedInstance';
}

const REAL = 'a finite number, or a fraction as "p/q"';
const COUNT = 'a whole number ≥ 0';

/**
 * The instance that a value is, vectors and matrices of the shape that its own counts say. Throws
 * {@link MalformedInstance}, which says what was given and what was expected.
 */
export function parseInstance(parameters: readonly Parameter[], value: unknown): Readonly<Record<string, JsonValue>> {
  const expected = `an object with ${parameters.map((parameter) => `${parameter.name} (${wording(parameter)})`).join(', ')}`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new MalformedInstance(`the instance is ${shown(value)}; expected ${expected}`);
  }
  const given = value as Record<string, unknown>;
  const names = parameters.map(({ name }) => name);
  const faults = [
    ...names.filter((name) => !(name in given)).map((name) => `${name} is missing`),
    ...Object.keys(given)
      .filter((name) => !names.includes(name))
      .map((name) => `${name} is not one of its parameters`),
  ];
  if (faults.length > 0) throw new MalformedInstance(`${faults.join('; ')}; expected ${expected}`);
  const instance: Record<string, JsonValue> = {};
  for (const parameter of parameters) {
    const fault = faultOf(parameter, given[parameter.name], instance, parameters);
    if (fault !== undefined) throw new MalformedInstance(fault);
    instance[parameter.name] = given[parameter.name] as JsonValue;
  }
  return instance;
}

type FaultOf = (
  parameter: Parameter,
  x: unknown,
  earlier: Readonly<Record<string, JsonValue>>,
  parameters: readonly Parameter[],
) => string | undefined;

/** What is wrong with one value, if anything. */
const faultOf: FaultOf = (parameter, x, earlier, parameters) => {
  const { name, kind } = parameter;
  if (kind === 'vector' || kind === 'matrix') return shapeFault(parameter, x, earlier);
  if (!FITS[kind](x, parameter)) return `${name} is ${shown(x)}; expected ${wording(parameter)}`;
  const linked = kind === 'count' && x === 0 ? linkedTo(name, parameters) : [];
  if (linked.length === 0) return undefined;
  return `${name} is 0; expected a whole number ≥ 1, as it is an extent of ${linked.map((p) => p.name).join(', ')}`;
};

const FITS: Readonly<Record<'real' | 'count' | 'choice', (x: unknown, parameter: Parameter) => boolean>> = {
  real: isReal,
  count: (x) => typeof x === 'number' && Number.isSafeInteger(x) && x >= 0,
  choice: (x, { options }) => typeof x === 'string' && options.includes(x),
};

/** What is wrong with a vector or matrix: no lists, another shape than its counts say, or an entry that is no number. */
function shapeFault(
  parameter: Parameter,
  x: unknown,
  earlier: Readonly<Record<string, JsonValue>>,
): string | undefined {
  const { name, kind, shape } = parameter;
  const extents = extentsAt(parameter, earlier);
  const named = shape.flatMap((extent, k) => (typeof extent === 'string' ? [`${extent} = ${extents[k]}`] : []));
  const because = named.length > 0 ? ` (${[...new Set(named)].join(', ')})` : '';
  const expected =
    kind === 'vector'
      ? `a list of ${extents[0]} numbers${because}`
      : `a list of ${extents[0]} rows of ${extents[1]} numbers${because}`;
  if (!Array.isArray(x)) return `${name} is ${shown(x)}; expected ${expected}`;
  if (kind === 'vector') {
    if (x.length !== extents[0]) return `${name} has ${x.length} entries; expected ${expected}`;
    return entryFault(name, x);
  }
  if (x.length !== extents[0]) return `${name} has ${x.length} rows; expected ${expected}`;
  for (const [i, row] of x.entries()) {
    if (!Array.isArray(row)) return `${name}[${i}] is ${shown(row)}; expected ${expected}`;
    if (row.length !== extents[1]) return `${name}[${i}] has ${row.length} entries; expected ${expected}`;
    const fault = entryFault(`${name}[${i}]`, row);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function entryFault(name: string, entries: readonly unknown[]): string | undefined {
  const k = entries.findIndex((entry) => !isReal(entry));
  return k < 0 ? undefined : `${name}[${k}] is ${shown(entries[k])}; expected ${REAL}`;
}

const LONGEST = 80;

/** As JSON, but for the numbers that JSON has no word for; cut off where it is long. */
function shown(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? 'undefined');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

const WORDING: Readonly<Record<Kind, (parameter: Parameter) => string>> = {
  real: () => REAL,
  count: () => COUNT,
  choice: ({ options }) => `one of ${options.join(', ')}`,
  vector: ({ shape }) => `a list of ${shape[0]} numbers`,
  matrix: ({ shape }) => `a list of ${shape[0]} rows of ${shape[1]} numbers`,
};

const wording = (parameter: Parameter): string => WORDING[parameter.kind](parameter);
