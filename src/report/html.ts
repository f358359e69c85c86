import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { writeAtomically } from './files';
import { allureFolder, fromRoot, htmlFolder, type Places } from './places';
import { selfContained } from './self-contained';

/** There is nothing to make a report of. */
export class NothingToReport extends Error {
  override readonly name = 'NothingToReport';
}

/** Allure did not make the report. */
export class HtmlReportError extends Error {
  override readonly name = 'HtmlReportError';
}

/** The report that was written. */
export interface HtmlReport {
  readonly path: string;
  readonly bytes: number;
  readonly results: number;
}

const CONFIG = resolve(__dirname, '..', '..', 'allurerc.mjs');

/**
 * Makes the HTML report from `allure-results`: one page that asks nothing of the network, in a folder that holds nothing
 * else. What was there before is removed first. Throws {@link NothingToReport}, {@link HtmlReportError} and
 * ForeignContent.
 */
export function writeHtml(places: Places): HtmlReport {
  const results = countResults(places);
  if (results === 0) {
    throw new NothingToReport(
      `there are no results in ${fromRoot(places, allureFolder(places))}: run \`npm run validate\` or \`npx jest\` first`,
    );
  }
  rmSync(htmlFolder(places), { recursive: true, force: true });
  const page = selfContained(generated(places));
  const path = join(htmlFolder(places), 'index.html');
  writeAtomically(path, page);
  return { path, bytes: Buffer.byteLength(page), results };
}

/** How many results the last run left. */
export function countResults(places: Places): number {
  const folder = allureFolder(places);
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('-result.json')).length : 0;
}

/** Allure's page as Allure makes it, in a folder of its own that is removed again. */
function generated(places: Places): string {
  const draft = mkdtempSync(join(places.reports, 'allure-draft-'));
  try {
    const cli = join(dirname(require.resolve('allure')), '..', 'cli.js');
    const args = [cli, 'generate', allureFolder(places), '--config', CONFIG, '--output', draft];
    const { status, error, stdout, stderr } = spawnSync(process.execPath, args, { cwd: draft, encoding: 'utf8' });
    const index = join(draft, 'index.html');
    if (status !== 0 || !existsSync(index)) {
      const said = error?.message ?? `${stdout}${stderr}`.trim();
      throw new HtmlReportError(`allure made no report from ${fromRoot(places, allureFolder(places))}: ${said}`);
    }
    return readFileSync(index, 'utf8');
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
