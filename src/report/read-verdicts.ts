import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCHEMA } from '../claim/record';
import type { Verdicts } from './verdicts';

/** There is no verdicts.json, or it is not what a run writes. */
export class UnusableVerdicts extends Error {
  override readonly name = 'UnusableVerdicts';
}

/** What to do about a file that is of no use, unless told. */
const RUN_FIRST = 'run `npm run validate` first';

/**
 * What a run wrote to verdicts.json, looked at by its JSON Schema before it is believed. `shown`: the path as messages
 * name it; `advice`: what they say to do. Throws {@link UnusableVerdicts} when the file does not exist, cannot be read, was cut off, has another
 * schema number or shape, or names a claim twice.
 */
export function readVerdicts(path: string, shown: string = path, advice: string = RUN_FIRST): Verdicts {
  if (!existsSync(path)) throw new UnusableVerdicts(`${shown} does not exist: ${advice}`);
  const value = parsed(path, shown, advice);
  const schema = typeof value === 'object' && value !== null ? (value as Partial<Verdicts>).schema : undefined;
  if (schema !== undefined && schema !== SCHEMA) {
    throw new UnusableVerdicts(
      `${shown} has schema ${JSON.stringify(schema)}, and this program reads schema ${SCHEMA}: ${advice}`,
    );
  }
  const isVerdicts = validator();
  if (!isVerdicts(value)) {
    throw new UnusableVerdicts(
      `${shown} is not what a run writes (${fault(isVerdicts.errors![0]!, value)}): ${advice}`,
    );
  }
  const verdicts = value as Verdicts;
  const twice = verdicts.claims.find(({ id }, k) => verdicts.claims.findIndex((other) => other.id === id) !== k);
  if (twice) throw new UnusableVerdicts(`${shown} is not what a run writes (${twice.id} is there twice): ${advice}`);
  return verdicts;
}

function parsed(path: string, shown: string, advice: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch (error) {
    const what = error instanceof SyntaxError ? 'is no JSON, or was cut off' : 'cannot be read';
    throw new UnusableVerdicts(`${shown} ${what} (${(error as Error).message}): ${advice}`);
  }
}

function validator(): ValidateFunction {
  const ajv = new Ajv({ strictTypes: false });
  const schema = (name: string): object => JSON.parse(readFileSync(join(__dirname, name), 'utf8')) as object;
  ajv.addSchema(schema('counterexample.schema.json'));
  return ajv.compile(schema('verdicts.schema.json'));
}

/** What the schema has against it, in one line: where (a claim by its id), and what. */
function fault({ instancePath, message, params }: ErrorObject, value: unknown): string {
  const [, index, rest] = /^\/claims\/(\d+)(.*)$/.exec(instancePath) ?? [];
  const id = (value as Partial<Verdicts> | null)?.claims?.[Number(index)]?.id;
  const where = index === undefined || typeof id !== 'string' ? instancePath : `${id}${rest}`;
  const extra = (params as { readonly additionalProperty?: string }).additionalProperty;
  return `${where === '' ? 'it' : where} ${message}${extra === undefined ? '' : `: ${extra}`}`;
}
