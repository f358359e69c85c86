/**
 * Opens the HTML report from disk as a reader would, and fails when the claims are not in it, or when it asks for
 * anything that is not in its one file. `npx tsx test/browser/report.ts [folder for pictures]`, after a run and
 * `npm run report`. CHROMIUM is the browser's path where it is not /usr/bin/chromium.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { VerdictRecord } from '../../src/claim/record';
import { htmlFolder, verdictsFile, type Places } from '../../src/report/places';
import { oneLine } from '../../src/report/text';
import type { Verdicts } from '../../src/report/verdicts';
import { withPage, type Page } from './chromium';

const root = resolve(__dirname, '..', '..');
const places: Places = { root, reports: join(root, 'reports') };
const [pictures] = process.argv.slice(2);

const byTestId = (id: string): string => `document.querySelectorAll('[data-testid="${id}"]')`;

function demand(condition: boolean, otherwise: string): void {
  if (!condition) throw new Error(otherwise);
}

async function main(): Promise<void> {
  const { claims } = JSON.parse(readFileSync(verdictsFile(places), 'utf8')) as Verdicts;
  await withPage(seesRequests);
  await withPage(async (page) => {
    await page.open(pathToFileURL(join(htmlFolder(places), 'index.html')).href);
    await showsEveryClaim(page, claims);
    await keep(page, 'claims.png');
    await showsOneClaim(page, claims.find(({ simplest }) => simplest !== undefined) ?? claims[0]!);
    await keep(page, 'claim.png');
    asksNothing(page);
  });
  console.log(`the HTML report shows ${claims.length} claims and asks nothing of the network`);
}

/** The check itself is checked: a request that a page makes is seen, although it cannot be answered. */
async function seesRequests(page: Page): Promise<void> {
  await page.open('data:text/html,<img src="http://nowhere.invalid/pixel.png">');
  demand(
    page.requests.some((url) => url.startsWith('http://nowhere.invalid/')),
    'the browser does not report the requests of a page: nothing can be said',
  );
}

async function showsEveryClaim(page: Page, claims: readonly VerdictRecord[]): Promise<void> {
  const unfold = `[...${byTestId('tree-section')}].filter((e) => !e.dataset.open).map((e) => {
    e.dataset.open = 'yes';
    e.click();
  }).length`;
  await page.until(`${byTestId('tree-section')}.length > 0`);
  while ((await page.evaluate<number>(unfold)) > 0) await new Promise((resolve) => setTimeout(resolve, 500));
  const shown = await page.evaluate<string[]>(`[...${byTestId('tree-leaf-title')}].map((e) => e.innerText)`);
  const missing = claims.filter(({ id, verdict }) => !shown.some((text) => text.startsWith(`${id} · ${verdict} `)));
  demand(missing.length === 0, `not in the list of claims: ${missing.map(({ id }) => id).join(', ')}`);
  demand(shown.length === claims.length, `the list has ${shown.length} lines for ${claims.length} claims`);
}

async function showsOneClaim(page: Page, { id, says, verdict, simplest }: VerdictRecord): Promise<void> {
  const leaf = `[...${byTestId('tree-leaf')}].find((e) => e.innerText.includes(${JSON.stringify(`${id} · `)}))`;
  await page.evaluate(`void ${leaf}.click()`);
  await page.until(`${byTestId('test-result-description-frame')}.length === 1`);
  const described = `${byTestId('test-result-description-frame')}[0].contentDocument.body.innerText`;
  await page.until(`${described}.includes(${JSON.stringify(oneLine(says))})`);
  demand((await page.evaluate<string>(described)).includes(`: ${verdict}, `), `the page of ${id} has no verdict`);
  await showsItsPicture(page, id);
  const attachments = byTestId('test-result-attachment-header');
  await page.evaluate(`${attachments}.forEach((e) => e.querySelector('button').click())`);
  await page.until(`document.body.innerText.includes('"id": ${JSON.stringify(id)}')`);
  if (simplest) await page.until(`document.body.innerText.includes('"digest": ')`);
}

/** Opens the picture alone: it has to be drawn on the page, as large as it is, and not offered to be downloaded. */
async function showsItsPicture(page: Page, id: string): Promise<void> {
  const name = JSON.stringify(`picture ${id.slice(id.indexOf('/') + 1)}.svg`);
  const header = `[...${byTestId('test-result-attachment-header')}].find((e) => e.innerText.includes(${name}))`;
  await page.until(`${header} !== undefined`);
  await page.evaluate(`void ${header}.querySelector('button').click()`);
  const images = `[...${header}.parentElement.querySelectorAll('img')]`;
  await page.until(
    `${images}.some((e) => e.complete && e.naturalWidth === 960 && e.getBoundingClientRect().width > 400)`,
  );
  await page.evaluate(`${header}.scrollIntoView()`);
  await keep(page, 'picture.png');
  await page.evaluate(`void ${header}.querySelector('button').click()`);
}

function asksNothing({ requests, complaints }: Page): void {
  const [own, ...others] = requests;
  const foreign = others.filter((url) => !/^(data|blob):/.test(url));
  demand(own?.startsWith('file:') === true, `the first request is ${String(own)}`);
  demand(foreign.length === 0, `the report asks for ${foreign.join(', ')}`);
  demand(complaints.length === 0, `the browser complains: ${complaints.join('; ')}`);
}

async function keep(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  writeFileSync(join(pictures, name), await page.picture());
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
