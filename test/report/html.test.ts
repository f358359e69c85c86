/** The HTML report as a file: what a browser makes of it is looked at in test/browser, by CI. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import { NothingToReport, writeHtml } from '../../src/report/html';
import { allureFolder, htmlFolder, type Places } from '../../src/report/places';
import { foreignContent, ForeignContent, selfContained } from '../../src/report/self-contained';
import { temporaryPlaces } from './fixtures/fixture';

jest.setTimeout(60_000);

/** A result as allure-jest leaves it, with one attachment. */
function leaveResult(places: Places, id: string): void {
  mkdirSync(allureFolder(places), { recursive: true });
  const uuid = id.replace('/', '-');
  const attachment = { name: 'record', source: `${uuid}-attachment.json`, type: 'application/json' };
  const labels = [{ name: 'epic', value: 'On Small Numbers' }];
  const times = { start: 1_700_000_000_000, stop: 1_700_000_000_100 };
  const result = { uuid, name: id, historyId: id, status: 'passed', stage: 'finished', labels, ...times };
  const text = JSON.stringify({ ...result, attachments: [attachment], steps: [], parameters: [], links: [] });
  writeFileSync(join(allureFolder(places), `${uuid}-result.json`), text);
  writeFileSync(join(allureFolder(places), attachment.source), '{}');
}

/** The page with everything that is packed into it in base64 unpacked beside it. */
function unpacked(page: string): string {
  const packed = [...page.matchAll(/[A-Za-z0-9+/]{40,}={0,2}/g)].map(([text]) => Buffer.from(text, 'base64'));
  return [page, ...packed.map((bytes) => bytes.toString('utf8'))].join('\n');
}

const places = temporaryPlaces();
const read = (): string => readFileSync(join(htmlFolder(places), 'index.html'), 'utf8');

beforeAll(() => {
  leaveResult(places, 'fixture/first');
  leaveResult(places, 'fixture/second');
  mkdirSync(htmlFolder(places));
  writeFileSync(join(htmlFolder(places), 'stale.js'), '');
  writeHtml(places);
});

test('the report is one page with the claims in it, and nothing stale beside it', () => {
  expect(readdirSync(htmlFolder(places))).toEqual(['index.html']);
  expect(unpacked(read())).toMatch(/"name":"fixture\/first"/);
  expect(readdirSync(places.reports).sort()).toEqual(['allure', 'allure-results']);
});

test('the report has no analytics tag, and no address that would be loaded', () => {
  expect(unpacked(read())).not.toMatch(/googletagmanager|google-analytics|gtag\(/);
  expect(foreignContent(read())).toEqual([]);
  expect(unpacked(read())).not.toMatch(/<(script|link|img)[^>]*\s(src|href)=["'](https?:)?\/\//);
  expect(unpacked(read())).not.toMatch(/@import\s+(url\()?["']?https?:|url\(["']?https?:|fetch\(["'`]https?:/);
});

test('browsers are told to load nothing that is not in the page', () => {
  expect(read()).toMatch(/<head>\s*<meta http-equiv="Content-Security-Policy" content="default-src 'none';/);
});

test('the next report shows nothing of the one before', () => {
  const others = temporaryPlacesOfTwo;
  leaveResult(others, 'fixture/before');
  writeHtml(others);
  writeFileSync(join(allureFolder(others), 'fixture-before-result.json'), '{}');
  leaveResult(others, 'fixture/after');
  writeHtml(others);
  const page = unpacked(readFileSync(join(htmlFolder(others), 'index.html'), 'utf8'));
  expect(page).toContain('fixture/after');
  expect(page).not.toContain('fixture/before');
});
const temporaryPlacesOfTwo = temporaryPlaces();

describe('the command', () => {
  const empty = temporaryPlaces();
  const report = (line: string, at: Places): { status: number; text: string } => {
    const lines: string[] = [];
    const say = (text: string): number => lines.push(text);
    return { status: main(line.split(' '), { places: at, environment: {}, say }, say), text: lines.join('\n') };
  };

  test('says where the report is', () => {
    const { status, text } = report('report', places);
    expect(status).toBe(0);
    expect(text).toMatch(/^HTML report of 2 claims: .*allure\/index\.html \(\d\.\d MB\)$/);
  });

  test('says what to run first where nothing was run', () => {
    const { status, text } = report('report', empty);
    expect(status).toBe(2);
    expect(text).toMatch(/^there are no results in .*allure-results: run `npm run validate` or `npx jest` first$/);
    expect(() => writeHtml(empty)).toThrow(NothingToReport);
    expect(existsSync(htmlFolder(empty))).toBe(false);
  });

  test('takes no arguments', () => {
    expect(report('report fixture', places)).toEqual({
      status: 2,
      text: '"fixture" is more than this command takes',
    });
  });
});

describe('a page that would load something', () => {
  const page = (body: string): string => `<html><head></head><body>${body}</body></html>`;

  test.each([
    ['a script', '<script async src="https://nowhere.example/a.js"></script>', 'https://nowhere.example/a.js'],
    ['a file beside it', '<script src="app-1.js"></script>', 'app-1.js'],
    ['a style', "<link rel='stylesheet' href='//nowhere.example/a.css'>", '//nowhere.example/a.css'],
    ['a picture', '<img src="http://nowhere.example/a.png">', 'http://nowhere.example/a.png'],
    ['a font', '<style>@font-face { src: url(https://nowhere.example/a.woff) }</style>', 'a.woff'],
    ['an analytics call', "<script>gtag('js')</script>", 'gtag('],
  ])('is refused: %s', (_what, body, named) => {
    expect(() => selfContained(page(body))).toThrow(ForeignContent);
    expect(() => selfContained(page(body))).toThrow(named);
  });

  test('is let be when all it has is in it', () => {
    const body =
      '<img src="data:image/png;base64,AA=="><style>a { b: url(#c) }</style><a href="https://a.example">a</a>';
    expect(selfContained(page(body))).toContain(body);
  });
});
