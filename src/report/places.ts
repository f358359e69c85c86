import { dirname, join, relative, resolve, sep } from 'node:path';

/** Where everything that a run writes goes, under one folder (`reports` in this repository). */
export interface Places {
  readonly root: string;
  readonly reports: string;
  /** RESULTS.md, where it is not in the folder of the reports. */
  readonly results?: string;
}

/**
 * The places of the repository at `root`: its folder `reports`, or the one that ASSAY_REPORTS names (`folder`, seen from
 * the root). RESULTS.md stays where it is. jest.config.js says the same.
 */
export function placesIn(root: string, folder: string | undefined): Places {
  return { root, reports: resolve(root, folder ?? 'reports'), results: join(root, 'reports', 'RESULTS.md') };
}

export const recordsFolder = ({ reports }: Places): string => join(reports, 'records');
export const counterexamplesFolder = ({ reports }: Places): string => join(reports, 'counterexamples');
export const picturesFolder = ({ reports }: Places): string => join(reports, 'pictures');
export const allureFolder = ({ reports }: Places): string => join(reports, 'allure-results');
export const htmlFolder = ({ reports }: Places): string => join(reports, 'allure');
export const verdictsFile = ({ reports }: Places): string => join(reports, 'verdicts.json');
export const junitFile = ({ reports }: Places): string => join(reports, 'junit.xml');
export const resultsFile = ({ reports, results }: Places): string => results ?? join(reports, 'RESULTS.md');

/** Whether a run may write RESULTS.md: only one that writes beside it. One that reports elsewhere changes no file of git. */
export const ownsResults = (places: Places): boolean => dirname(resultsFile(places)) === places.reports;

/** `records/<paper>/<claim>.json` */
export const recordFile = (places: Places, id: string): string => join(recordsFolder(places), `${id}.json`);

/** What a counterexample file is about: the simplest witness, the worst one, or the solver's failure. */
export type Which = 'simplest' | 'worst' | 'solver';

const SUFFIX: Readonly<Record<Which, string>> = { simplest: '', worst: '.worst', solver: '.solver' };

/** `counterexamples/<paper>/<claim>.json`, `….worst.json`, `….solver.json` */
export function counterexampleFile(places: Places, id: string, which: Which): string {
  return join(counterexamplesFolder(places), `${id}${SUFFIX[which]}.json`);
}

/** The script in plain Python beside an exact counterexample. */
export function scriptFile(places: Places, id: string): string {
  return join(counterexamplesFolder(places), `${id}.py`);
}

/** `pictures/<paper>/<claim>.svg` */
export const pictureFile = (places: Places, id: string): string => join(picturesFolder(places), `${id}.svg`);

/** A path as it is typed from the root of the repository, with forward slashes. */
export function fromRoot({ root }: Places, path: string): string {
  return relative(root, path).split(sep).join('/');
}

/** The line that replays a counterexample file. */
export function replayLine(places: Places, file: string): string {
  return `npm run replay -- ${fromRoot(places, file)}`;
}
