import { join, relative, sep } from 'node:path';

/** Where everything that a run writes goes, under one folder (`reports` in this repository). */
export interface Places {
  readonly root: string;
  readonly reports: string;
}

export const recordsFolder = ({ reports }: Places): string => join(reports, 'records');
export const counterexamplesFolder = ({ reports }: Places): string => join(reports, 'counterexamples');
export const picturesFolder = ({ reports }: Places): string => join(reports, 'pictures');
export const allureFolder = ({ reports }: Places): string => join(reports, 'allure-results');
export const htmlFolder = ({ reports }: Places): string => join(reports, 'allure');
export const verdictsFile = ({ reports }: Places): string => join(reports, 'verdicts.json');
export const junitFile = ({ reports }: Places): string => join(reports, 'junit.xml');
export const resultsFile = ({ reports }: Places): string => join(reports, 'RESULTS.md');

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
