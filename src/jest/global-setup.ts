import { rmSync } from 'node:fs';
import { settingsFrom } from '../claim/budget';
import { examinerFor } from '../examiner';
import {
  allureFolder,
  counterexamplesFolder,
  htmlFolder,
  junitFile,
  picturesFolder,
  recordsFolder,
  verdictsFile,
  type Places,
} from '../report/places';

/**
 * Before any claim is looked at: stops the run with one message when a setting means nothing or the solver's module
 * cannot be used, and removes what earlier runs left, so that no report shows an old result.
 */
module.exports = function globalSetup(
  _global: unknown,
  project: { readonly globals: { readonly assay: Places } },
): void {
  const places = project.globals.assay;
  try {
    examinerFor(settingsFrom(process.env), places.root);
  } catch (error) {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n\n`);
    process.exit(2);
  }
  for (const path of [
    recordsFolder(places),
    counterexamplesFolder(places),
    picturesFolder(places),
    allureFolder(places),
    htmlFolder(places),
    junitFile(places),
    verdictsFile(places),
  ]) {
    rmSync(path, { recursive: true, force: true });
  }
};
