import { settingsFrom } from '../claim/budget';
import { examinerFor } from '../examiner';
import { clearReports } from '../report/clear';
import type { Places } from '../report/places';

/**
 * Before any claim is looked at: stops the run with one message when a setting means nothing or the solver's module
 * cannot be used, and removes what earlier runs left.
 */
module.exports = function globalSetup(
  _global: unknown,
  project: { readonly globals: { readonly assay: Places } },
): void {
  const places = project.globals.assay;
  try {
    examinerFor(settingsFrom(process.env), places.root);
    clearReports(places);
  } catch (error) {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n\n`);
    process.exit(2);
  }
};
