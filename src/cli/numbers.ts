import type { Instance } from '../claim/exam';
import type { JsonValue, Parameter } from '../claim/space';
import type { Real } from '../numerics/arithmetic';
import { isReal, lowestTerms, ratioText, shortestReal } from '../numerics/real';
import { BadInput } from './bad-input';

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$|^([+-]?)\.(\d+)(?:[eE]([+-]?\d{1,4}))?$/;

/**
 * A number as typed by a person, exactly: `3`, `-2`, `3/5`, and decimals, of which 0.1 is one tenth and not the double
 * next to it. As a JSON number where that has the same value, as "p/q" otherwise. Throws {@link BadInput}.
 */
export function typedNumber(text: string): Real {
  if (isReal(text)) return shortestReal(text);
  const match = DECIMAL.exec(text);
  if (!match) throw new BadInput(`"${text}" is no number: expected one like 3, -2, 3/5, 0.25 or 1e-3`);
  const [sign, whole, fraction, exponent] = [
    match[1] ?? match[5],
    match[2] ?? '',
    match[3] ?? match[6] ?? '',
    match[4] ?? match[7],
  ];
  const power = Number(exponent ?? 0) - fraction.length;
  const digits = BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n);
  const scale = 10n ** BigInt(Math.abs(power));
  return shortestReal(
    ratioText(power < 0 ? lowestTerms(digits, scale) : { numerator: digits * scale, denominator: 1n }),
  );
}

/**
 * `name=value` arguments as an instance, yet to be parsed by a space of these parameters: numbers, lists of numbers and
 * lists of rows such as `[[1,0],[0,1/2]]`, and a word as it stands where the parameter is a choice. Throws
 * {@link BadInput}.
 */
export function typedInstance(args: readonly string[], parameters: readonly Parameter[] = []): Instance {
  const words = new Set(parameters.filter(({ kind }) => kind === 'choice').map(({ name }) => name));
  const instance: Record<string, JsonValue> = {};
  for (const arg of args) {
    const [, name, value] = /^([^=]+)=(.*)$/.exec(arg) ?? [];
    if (name === undefined || value === undefined) {
      throw new BadInput(`"${arg}" is no parameter: write name=number, for example eta=1/2 or W=[[1,0],[0,1/2]]`);
    }
    if (Object.hasOwn(instance, name)) throw new BadInput(`${name} is given twice`);
    instance[name] = words.has(name) ? value : typedValue(value);
  }
  return instance;
}

function typedValue(text: string): JsonValue {
  if (!/^\s*\[/.test(text)) return typedNumber(text);
  let lists: Nested;
  try {
    lists = JSON.parse(text.replace(/[^[\],\s]+/g, (number) => JSON.stringify(number))) as Nested;
  } catch {
    throw new BadInput(`"${text}" is no list: expected one like [1,1/2], or of rows, like [[1,0],[0,1/2]]`);
  }
  return numbersIn(lists) as JsonValue;
}

/** What JSON makes of lists whose numbers are quoted. */
type Nested = string | readonly Nested[];
type Numbers = Real | readonly Numbers[];

const numbersIn = (nested: Nested): Numbers =>
  typeof nested === 'string' ? typedNumber(nested) : nested.map(numbersIn);
