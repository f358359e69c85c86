import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UnknownSetting } from '../../src/claim/budget';
import { clearReports } from '../../src/report/clear';
import { ownsResults, placesIn, resultsFile, verdictsFile, type Places } from '../../src/report/places';
import { temporaryPlaces } from './fixtures/fixture';

const ROOT = join(__dirname, '..', '..');
const { reports: folder } = temporaryPlaces();

/** What jest.config.js tells jest, under an environment. */
function configured(reports: string | undefined): Places {
  const settings = { ...process.env };
  if (reports === undefined) delete process.env['ASSAY_REPORTS'];
  else process.env['ASSAY_REPORTS'] = reports;
  try {
    let config: { readonly reporters: readonly [readonly [string, Places]]; readonly projects: readonly object[] };
    jest.isolateModules(() => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      config = require('../../jest.config.js') as typeof config;
    });
    const claims = config!.projects[1] as {
      readonly globals: { readonly assay: Places };
      readonly testEnvironmentOptions: { readonly resultsDir: string };
    };
    const [[, places]] = config!.reporters;
    expect(claims.globals.assay).toEqual(places);
    expect(claims.testEnvironmentOptions.resultsDir).toBe(join(places.reports, 'allure-results'));
    return places;
  } finally {
    process.env = settings;
  }
}

test('reports go to reports/, or to the folder of ASSAY_REPORTS seen from the root; jest and the commands agree', () => {
  expect(placesIn(ROOT, undefined).reports).toBe(join(ROOT, 'reports'));
  expect(placesIn(ROOT, 'reports/shard-1').reports).toBe(join(ROOT, 'reports', 'shard-1'));
  expect(placesIn(ROOT, folder).reports).toBe(folder);
  for (const setting of [undefined, 'reports/shard-1', folder]) {
    expect(configured(setting)).toEqual(placesIn(ROOT, setting));
  }
});

test('RESULTS.md stays where it is, and only a run that writes beside it owns it', () => {
  expect(resultsFile(placesIn(ROOT, folder))).toBe(join(ROOT, 'reports', 'RESULTS.md'));
  expect(ownsResults(placesIn(ROOT, undefined))).toBe(true);
  expect(ownsResults(placesIn(ROOT, 'reports'))).toBe(true);
  expect(ownsResults(placesIn(ROOT, folder))).toBe(false);
});

test('a run begins with nothing of earlier runs, makes its folder, and leaves files of other names', () => {
  const reports = join(folder, 'new', 'folder');
  const places: Places = { root: ROOT, reports };
  clearReports(places);
  expect(readdirSync(reports)).toEqual([]);
  for (const name of ['records/p/a.json', 'counterexamples/p/a.json', 'pictures/p/a.svg', 'allure/index.html']) {
    mkdirSync(dirname(join(reports, name)), { recursive: true });
    writeFileSync(join(reports, name), '');
  }
  for (const name of ['verdicts.json', 'junit.xml', 'RESULTS.md', 'README.md']) writeFileSync(join(reports, name), '');
  mkdirSync(join(reports, 'shard-1'));
  clearReports(places);
  expect(readdirSync(reports).sort()).toEqual(['README.md', 'RESULTS.md', 'shard-1']);
});

test.each(['the repository', 'a folder above it'])('%s is no folder for reports', (what) => {
  const root = join(folder, 'above', 'repository');
  const reports = what === 'the repository' ? root : dirname(root);
  mkdirSync(root, { recursive: true });
  const places = { root, reports };
  writeFileSync(verdictsFile(places), '');
  expect(() => clearReports(places)).toThrow(UnknownSetting);
  expect(() => clearReports(places)).toThrow(`ASSAY_REPORTS is ${reports}, which holds the repository`);
  expect(existsSync(verdictsFile(places))).toBe(true);
});

test('a folder inside the repository, or beside it with a similar name, is one', () => {
  const root = join(folder, 'repository');
  for (const reports of [join(root, 'reports'), join(root, '..hidden'), `${root}-reports`]) {
    clearReports({ root, reports });
    expect(existsSync(reports)).toBe(true);
  }
});

test('a file is no folder for reports', () => {
  const reports = join(folder, 'file');
  writeFileSync(reports, '');
  expect(() => clearReports({ root: ROOT, reports })).toThrow(UnknownSetting);
  expect(() => clearReports({ root: ROOT, reports })).toThrow(/is no folder and cannot be made one: EEXIST/);
});
