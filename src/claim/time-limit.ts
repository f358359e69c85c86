import { createContext, Script } from 'node:vm';

/** Work did not end within its limit of time. */
export class TookTooLong extends Error {
  override readonly name = 'TookTooLong';

  constructor(readonly seconds: number) {
    super(`did not end within ${seconds} s`);
  }
}

/** How long a module may take to load: theorem files and solvers of others. */
export const LOADING_SECONDS = 60;

const call = new Script('work()', { filename: 'limit-of-time' });

/**
 * Does the work and returns what it returns; throws what it throws, and {@link TookTooLong} when it has not ended after
 * so many seconds, even if it is a loop that never yields. A safety net: what is decided is never decided by the clock.
 * What was interrupted ran no `finally`; its data may be half made.
 */
export function withinSeconds<T>(seconds: number, work: () => T): T {
  let result: T | undefined;
  const context = createContext({
    work: () => {
      result = work();
    },
  });
  try {
    call.runInContext(context, { timeout: Math.ceil(seconds * 1000) });
  } catch (error) {
    if ((error as { readonly code?: unknown } | null)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
      throw new TookTooLong(seconds);
    }
    throw error;
  }
  return result as T;
}
