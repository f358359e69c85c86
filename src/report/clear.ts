import { mkdirSync, rmSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import { UnknownSetting } from '../claim/budget';
import {
  allureFolder,
  counterexamplesFolder,
  htmlFolder,
  junitFile,
  picturesFolder,
  recordsFolder,
  verdictsFile,
  type Places,
} from './places';

/**
 * Makes the folder of the reports ready for a run: it exists, and what earlier runs left there is gone, so that no
 * report shows an old result. Files of other names stay. Throws UnknownSetting when ASSAY_REPORTS names the repository,
 * a folder above it, or what is no folder.
 */
export function clearReports(places: Places): void {
  const { root, reports } = places;
  const inside = relative(reports, root);
  if (!isAbsolute(inside) && inside.split(sep)[0] !== '..') {
    throw new UnknownSetting(`ASSAY_REPORTS is ${reports}, which holds the repository: expected a folder for reports`);
  }
  try {
    mkdirSync(reports, { recursive: true });
  } catch (error) {
    const why = (error as Error).message;
    throw new UnknownSetting(`ASSAY_REPORTS is ${reports}, which is no folder and cannot be made one: ${why}`);
  }
  for (const path of [
    recordsFolder(places),
    counterexamplesFolder(places),
    allureFolder(places),
    htmlFolder(places),
    picturesFolder(places),
    junitFile(places),
    verdictsFile(places),
  ]) {
    rmSync(path, { recursive: true, force: true });
  }
}
