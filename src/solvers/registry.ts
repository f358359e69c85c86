import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkAnswer, type AnyProblem } from './answers';
import type { SolverName, Solvers } from './interfaces';
import { NoPath, SolverError } from './interfaces';
import { referenceSolvers } from './reference';

type AnySolver = (problem: never) => object;
type Family = Readonly<Record<string, AnySolver>>;

/** All solver functions by name, as `family.function`. */
export const SOLVER_NAMES: readonly SolverName[] = Object.entries(referenceSolvers).flatMap(([family, functions]) =>
  Object.keys(functions as object).map((name) => `${family}.${name}` as SolverName),
);

/** The solvers with one function replaced. */
export function replaceSolver(solvers: Solvers, name: SolverName, replacement: AnySolver): Solvers {
  const [family, method] = name.split('.') as [keyof Solvers, string];
  return { ...solvers, [family]: { ...solvers[family], [method]: replacement } };
}

const FAMILIES: readonly string[] = Object.keys(referenceSolvers);

/** What a family exports: every property of a plain object; of a class instance, which may have more, the solvers. */
function methodsOf(name: string, family: unknown): readonly string[] {
  if (typeof family !== 'object' || family === null) return [];
  if (Object.getPrototypeOf(family) === Object.prototype) return Object.keys(family);
  const solvers = SOLVER_NAMES.map((solver) => solver.split('.') as [string, string]);
  return solvers.filter(([owner, method]) => owner === name && method in family).map(([, method]) => method);
}

/** The solvers in use, and which of their functions came from the module given. */
export interface Registry {
  readonly solvers: Solvers;
  readonly replaced: readonly SolverName[];
}

/**
 * Our solvers, or, where the module at `path` (resolved against `from`) exports `{ family: { function } }` of the same
 * names, its functions in their place. Throws {@link SolverError} for a module that cannot be loaded, exports a family
 * or function that does not exist, or nothing at all.
 */
export function loadSolvers(path: string | undefined, from: string): Registry {
  if (path === undefined) return { solvers: referenceSolvers, replaced: [] };
  const given = moduleAt(path, from);
  let solvers: Solvers = referenceSolvers;
  const replaced: SolverName[] = [];
  for (const [family, functions] of Object.entries(given)) {
    for (const method of methodsOf(family, functions)) {
      const name = `${family}.${method}` as SolverName;
      const solver = (functions as Family)[method]!;
      if (!SOLVER_NAMES.includes(name) || typeof solver !== 'function') {
        throw new SolverError(
          `${path} exports ${name} (${typeof solver}); expected functions named ${SOLVER_NAMES.join(', ')}`,
        );
      }
      solvers = replaceSolver(solvers, name, solver.bind(functions));
      replaced.push(name);
    }
    if (!FAMILIES.includes(family)) {
      throw new SolverError(
        `${path} exports ${family} (${typeof functions}); expected objects named ${FAMILIES.join(', ')}`,
      );
    }
  }
  if (replaced.length === 0) {
    throw new SolverError(
      `${path} exports no solver: export an object per family with any of ${SOLVER_NAMES.join(', ')}, ` +
        `for example "exports.scalarFA = { midpoint(problem) { … } }"`,
    );
  }
  return { solvers, replaced };
}

function moduleAt(path: string, from: string): Readonly<Record<string, unknown>> {
  const file = resolve(from, path);
  if (!existsSync(file)) {
    throw new SolverError(
      `the solver module ${path} does not exist: give the path of a .js, .cjs or .ts file, seen from ${from}`,
    );
  }
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const loaded: unknown = require(file);
    if (typeof loaded === 'object' && loaded !== null) return named(loaded as Readonly<Record<string, unknown>>);
    throw new TypeError(`it exports ${typeof loaded}, not an object`);
  } catch (error) {
    throw new SolverError(
      `the solver module ${path} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** What a module exports by name, its default export's properties among them. */
function named(exported: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const main = exported['default'];
  const all = typeof main === 'object' && main !== null ? { ...main, ...exported } : exported;
  return Object.fromEntries(Object.entries(all).filter(([name]) => name !== 'default' && name !== '__esModule'));
}

/**
 * The solvers with every answer looked at before it is used: a path has the arrays of its function, each with the right
 * number of finite numbers. Throws {@link SolverError} that names the function and says what came back.
 */
export function guarded(solvers: Solvers): Solvers {
  return SOLVER_NAMES.reduce((result, name) => {
    const [family, method] = name.split('.') as [keyof Solvers, string];
    const solver = (solvers[family] as unknown as Record<string, (problem: AnyProblem) => unknown>)[method]!;
    return replaceSolver(result, name, ((problem: AnyProblem) => checked(name, solver, problem)) as never);
  }, solvers);
}

/** The function that has been called and has not returned. Stopping a loop from outside runs no `finally`. */
let running: SolverName | undefined;

/** Functions that were stopped: each is given one chance in a process, so that one loop costs its limit of time once. */
const endless = new Set<SolverName>();

/** Which solver function has been called and has not returned: where time was lost, when it was. */
export function runningSolver(): SolverName | undefined {
  return running;
}

function checked(name: SolverName, solver: (problem: AnyProblem) => unknown, problem: AnyProblem): object {
  let answer: unknown;
  if (running !== undefined) endless.add(running);
  running = undefined;
  if (endless.has(name)) throw new SolverError(`${name} did not end on an earlier problem, and is not asked again`);
  running = name;
  try {
    answer = solver(problem);
  } catch (error) {
    if (error instanceof Error && error.name === 'NoPath') throw new NoPath(`${name}: ${error.message}`);
    throw new SolverError(`${name} threw: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    running = undefined;
  }
  checkAnswer(name, problem, answer);
  return answer as object;
}
