import { readFileSync } from 'node:fs';
import { SCHEMA } from '../claim/record';
import { isReal } from '../numerics/real';
import type { Counterexample } from '../report/counterexample';
import { BadInput } from './bad-input';

/** No file asks for more draws than this to be made again. */
const MOST_DRAWS = 1e8;

type Check = (value: unknown) => boolean;

const isObject: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText: Check = (value) => typeof value === 'string';
const isIndex: Check = (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const oneOf =
  (...words: readonly unknown[]): Check =>
  (value) =>
    words.includes(value);
const isBound: Check = (value) => typeof value === 'number' || oneOf('Infinity', '-Infinity')(value);
const isEnclosure: Check = (value) => fits(value, { lower: isBound, upper: isBound }, { exact: isText });
const isSample: Check = (value) =>
  fits(value, {
    part: isText,
    relation: oneOf('≤', '<', '='),
    at: isIndex,
    left: isEnclosure,
    right: isEnclosure,
    violation: isBound,
  });

const isShare: Check = (value) => typeof value === 'number' && value > 0 && value < 1;
const isNumber: Check = (value) => typeof value === 'number';
const isChance: Check = (value) =>
  fits(value, {
    probability: isShare,
    seed: isIndex,
    stream: (names) => Array.isArray(names) && names.every(isText),
    alpha: isShare,
    most: (most) => isIndex(most) && (most as number) <= MOST_DRAWS,
    draws: isIndex,
    successes: isIndex,
    ties: isIndex,
    logEvidence: (evidence) => fits(evidence, { atLeast: isNumber, less: isNumber }),
    outcome: oneOf('at least', 'less', 'undecided'),
  });

const REQUIRED: Readonly<Record<string, Check>> = {
  claim: isText,
  paper: isText,
  where: isText,
  says: isText,
  form: isText,
  kind: oneOf('refutes', 'shows existence', 'solver failure'),
  instance: isObject,
  horizon: isIndex,
  grade: oneOf('exact', 'enclosed', 'confirmed', 'chance', 'observed'),
  hypotheses: (value) => isObject(value) && Object.values(value as object).every(isSample),
  digest: isText,
  replay: isText,
};
const OPTIONAL: Readonly<Record<string, Check>> = {
  comparison: isSample,
  what: isText,
  constant: isReal,
  box: isShare,
  chance: isChance,
};

/** Reads a counterexample file. Throws {@link BadInput} that says what is wrong with it. */
export function readCounterexample(path: string): Counterexample {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new BadInput(`${path} cannot be read: ${(error as Error).message}`);
  }
  return parseCounterexample(text, path);
}

/** The counterexample that a text holds; `path` is for the messages of {@link BadInput}. */
export function parseCounterexample(text: string, path: string): Counterexample {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new BadInput(`${path} is no JSON, or was cut off: ${(error as Error).message}`);
  }
  if (!isObject(value)) throw new BadInput(`${path} holds no counterexample: expected a JSON object`);
  const file = value as Readonly<Record<string, unknown>>;
  if (file['schema'] !== SCHEMA) {
    throw new BadInput(`${path} has schema ${JSON.stringify(file['schema'])}: this program reads schema ${SCHEMA}`);
  }
  for (const [key, check] of Object.entries(REQUIRED)) {
    if (!(key in file)) throw new BadInput(`${path} is no counterexample file: "${key}" is missing`);
    if (!check(file[key])) throw new BadInput(`${path}: "${key}" is ${shortly(file[key])}, which cannot be`);
  }
  for (const [key, check] of Object.entries(OPTIONAL)) {
    if (key in file && !check(file[key]))
      throw new BadInput(`${path}: "${key}" is ${shortly(file[key])}, which cannot be`);
  }
  const unknown = Object.keys(file).filter((key) => key !== 'schema' && !(key in REQUIRED) && !(key in OPTIONAL));
  if (unknown.length > 0) throw new BadInput(`${path} has keys that no counterexample file has: ${unknown.join(', ')}`);
  if (file['kind'] !== 'solver failure' && !('comparison' in file))
    throw new BadInput(`${path}: "comparison" is missing`);
  if ((file['grade'] === 'chance') !== 'chance' in file)
    throw new BadInput(`${path}: the grade is "chance" where the file has draws under "chance", and only there`);
  return value as unknown as Counterexample;
}

function fits(
  value: unknown,
  required: Readonly<Record<string, Check>>,
  optional: Readonly<Record<string, Check>> = {},
): boolean {
  if (!isObject(value)) return false;
  const given = value as Readonly<Record<string, unknown>>;
  const present = Object.entries(required).every(([key, check]) => check(given[key]));
  return present && Object.entries(given).every(([key, x]) => key in required || optional[key]?.(x) === true);
}

function shortly(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
