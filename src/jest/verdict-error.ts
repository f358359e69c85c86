/** The verdict on a claim is not the recorded one, or the solver is wrong, or the claim has no teeth. */
export class VerdictAssertionError extends Error {
  override readonly name: string = 'VerdictAssertionError';
}

/** The computation could not tell. A name of its own, so that Allure shows it as broken and not as failed. */
export class UndecidedVerdict extends Error {
  override readonly name: string = 'UndecidedVerdict';
}

/** The error of a red claim: its message is what a person reads, and there is no stack trace to read past. */
export function verdictError({ undecided, message }: { readonly undecided: boolean; readonly message: string }): Error {
  const ErrorClass = undecided ? UndecidedVerdict : VerdictAssertionError;
  const error = new ErrorClass(message);
  error.stack = `${error.name}: ${error.message}`;
  return error;
}
