import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from '../../src/cli/commands';
import { main } from '../../src/cli/main';
import type { Counterexample } from '../../src/report/counterexample';
import { digestOf } from '../../src/report/files';
import { counterexampleFile, fromRoot, pictureFile, scriptFile } from '../../src/report/places';
import { writeCounterexamples } from '../../src/report/write';
import { reach, temporaryPlaces } from '../report/fixtures/fixture';
import * as green from '../report/fixtures/green/theorems/fixture/squares';

const places = temporaryPlaces();
const file = (id: string): string => counterexampleFile(places, id, 'simplest');
const REFUTED = file('fixture/sum-of-squares');

beforeAll(() => Object.values(green).forEach((claim) => writeCounterexamples(claim, reach(claim), places)));

/** Runs a command line: its exit status, and everything that it printed. */
function run(line: string, environment: World['environment'] = {}): { status: number; text: string } {
  const lines: string[] = [];
  const say = (text: string): number => lines.push(text);
  const status = main(line.split(' '), { places, environment, say }, say);
  return { status, text: lines.join('\n') };
}

/** A counterexample file with something changed in it; signed again unless told. */
function changed(
  change: (text: string) => string,
  options: { readonly signed: boolean; readonly of?: string },
): string {
  const path = join(places.reports, 'changed.json');
  const text = change(readFileSync(options.of ?? REFUTED, 'utf8'));
  const { digest, replay, ...said } = JSON.parse(text) as Counterexample;
  writeFileSync(path, JSON.stringify({ ...said, digest: options.signed ? digestOf(said) : digest, replay }));
  return path;
}

describe('claim', () => {
  test('prints everything about a claim, and ends well when the verdict is the recorded one', () => {
    const { status, text } = run('claim fixture/sum-of-squares', { ASSAY_BUDGET: 'quick' });
    expect(status).toBe(0);
    expect(text).toContain('verdict: refuted, as recorded');
    expect(text).toMatch(/H1: a > 0 — met by (\d+) of \1 draws/);
    expect(text).toContain('looked at: ');
    expect(text).toContain('drawn from:\n    a: uniform on the sixteenths from 1/16 to 4');
    expect(existsSync(scriptFile(places, 'fixture/sum-of-squares'))).toBe(true);
    const picture = pictureFile(places, 'fixture/sum-of-squares');
    expect(text).toContain(`picture: ${fromRoot(places, picture)}`);
    expect(readFileSync(picture, 'utf8')).toMatch(/^<svg /);
  });

  test('answers an unknown id with the nearest ones', () => {
    const { status, text } = run('claim fixture/sum-of-square');
    expect(status).toBe(2);
    expect(text).toMatch(
      /there is no claim "fixture\/sum-of-square"\. The nearest ids are:\n {2}fixture\/sum-of-squares\n/,
    );
  });

  test('answers an unknown budget with the ones there are', () => {
    expect(run('claim fixture/sum-of-squares', { ASSAY_BUDGET: 'slow' })).toEqual({
      status: 2,
      text: 'ASSAY_BUDGET is "slow": expected one of quick, standard, deep',
    });
  });

  test('answers a solver that does not exist with its path', () => {
    const { status, text } = run('claim fixture/sum-of-squares', { ASSAY_SOLVER: './nowhere.js' });
    expect(status).toBe(2);
    expect(text).toContain('the solver module ./nowhere.js does not exist');
  });
});

describe('try', () => {
  test('shows the hypotheses and the conclusion, exactly, on the numbers given', () => {
    const { status, text } = run('try fixture/sum-of-squares a=0.1 b=1/2');
    expect(status).toBe(1);
    expect(text).toContain('at a = 1/10, b = 0.5');
    expect(text).toContain('H1 (a > 0) is met: left = 0 < right = 1/10');
    expect(text).toContain('by the definition (exact): the conclusion is BROKEN');
    expect(text).toContain('left = 9/25 > right = 13/50, by 1/10');
  });

  test('ends well when the conclusion holds', () => {
    expect(run('try fixture/twice-product a=1 b=1')).toMatchObject({ status: 0 });
  });

  test('says which hypothesis is not met', () => {
    expect(run('try fixture/sum-of-squares a=-1 b=2').text).toContain('H1 (a > 0) is NOT met: left = 0 ≥ right = -1');
  });

  test.each([
    ['try fixture/sum-of-squares a=1', /b is missing; expected an object with a/],
    ['try fixture/sum-of-squares a=1 b=1 c=1', /c is not one of its parameters/],
    ['try fixture/sum-of-squares a=1 b=x', /"x" is no number/],
    ['try fixture/powers-are-small lambda=2 n=1/2', /n is 0.5; expected a whole number/],
    ['try', /expected the id of a claim/],
  ])('%s is refused', (line, message) => {
    const { status, text } = run(line);
    expect(status).toBe(2);
    expect(text).toMatch(message);
  });
});

describe('replay', () => {
  test('shows what a counterexample shows', () => {
    const { status, text } = run(`replay ${REFUTED}`);
    expect(status).toBe(1);
    expect(text).toContain('the file: refutes (exact), 0 steps');
    expect(text).toContain('left = 4 > right = 2, by 2');
  });

  test('ends well on an instance that shows existence', () => {
    expect(run(`replay ${file('fixture/large-square')}`).status).toBe(0);
  });
});

describe('verify', () => {
  test('passes every file that was written, a line each', () => {
    const paths = Object.values(green).flatMap(({ id }) => (existsSync(file(id)) ? [file(id)] : []));
    const { status, text } = run(`verify ${paths.join(' ')}`);
    expect(paths).toHaveLength(3);
    expect(text.split('\n')).toHaveLength(3);
    expect(text).toMatch(/^ok {3}.*sum-of-squares\.json: fixture\/sum-of-squares, refutes \(exact\)$/m);
    expect(status).toBe(0);
  });

  test('finds a number that was changed by the digest', () => {
    const path = changed((text) => text.replace('"a": 1', '"a": 2'), { signed: false });
    const { status, text } = run(`verify ${path}`);
    expect(status).toBe(1);
    expect(text).toContain('its digest does not fit: the file was changed after it was written');
  });

  test('finds a number that was changed by evaluating it again, though the digest was made to fit', () => {
    const path = changed((text) => text.replace('"a": 1', '"a": 2'), { signed: true });
    const { status, text } = run(`verify ${path}`);
    expect(status).toBe(1);
    expect(text).not.toContain('digest');
    expect(text).toContain('the left side of the comparison is 9, the file says 4');
  });

  test('finds a side that was changed', () => {
    const path = changed((text) => text.replace('"exact": "4"', '"exact": "5"'), { signed: true });
    expect(run(`verify ${path}`).text).toContain('the left side of the comparison is 4, the file says 5');
  });

  test('finds an instance at which a hypothesis fails', () => {
    const path = changed((text) => text.replace('"a": 1', '"a": -1'), { signed: true });
    expect(run(`verify ${path}`)).toMatchObject({
      status: 1,
      text: expect.stringContaining('H1 not met at the instance'),
    });
  });

  test('finds an instance that breaks nothing', () => {
    const of = file('fixture/powers-are-small');
    const path = changed((text) => text.replace(/"n": \d/, '"n": 0'), { signed: true, of });
    expect(run(`verify ${path}`).text).toContain('the definition does not break the conclusion at the instance');
  });

  test('lets a file claim less than it shows', () => {
    const path = changed((text) => text.replace('"grade": "exact"', '"grade": "enclosed"'), { signed: true });
    expect(run(`verify ${path}`).status).toBe(0);
  });

  test('finds a file that says more than its kind of claim can', () => {
    const path = changed((text) => text.replace('"kind": "refutes"', '"kind": "shows existence"'), { signed: true });
    expect(run(`verify ${path}`).text).toContain('but the claim is of the form for all');
  });

  test.each([
    ['a file that was cut off', (text: string) => text.slice(0, 200), /is no JSON, or was cut off/],
    ['a file that is no JSON', () => 'hello', /is no JSON, or was cut off/],
    ['a list', () => '[]', /expected a JSON object/],
    ['a file of another time', (text: string) => text.replace('"schema": 1', '"schema": 99'), /has schema 99/],
    ['a missing key', (text: string) => text.replace('"horizon": 0,', ''), /"horizon" is missing/],
    ['a key too many', (text: string) => text.replace('"horizon": 0,', '"horizon": 0, "when": 1,'), /when/],
    ['a grade that does not exist', (text: string) => text.replace('"exact",', '"sure",'), /"grade" is "sure"/],
    ['a comparison without a side', (text: string) => text.replace('"left"', '"centre"'), /"comparison" is/],
    [
      'an unknown claim',
      (text: string) => text.replace('"claim": "fixture/sum', '"claim": "fixture/product'),
      /nearest ids/,
    ],
    ['another instance', (text: string) => text.replace('"a": 1', '"c": 1'), /a is missing; c is not one/],
    ['no number', (text: string) => text.replace('"a": 1', '"a": "1/0"'), /a is "1\/0"; expected a finite number/],
  ])('says what is wrong with %s', (_, change, message) => {
    const path = join(places.reports, 'malformed.json');
    writeFileSync(path, change(readFileSync(REFUTED, 'utf8')));
    const { status, text } = run(`verify ${path}`);
    expect(text).toMatch(message);
    expect(status).toBe(2);
  });

  test('goes on after a file that cannot be read, and ends with the worst status', () => {
    const { status, text } = run(`verify ${join(places.reports, 'nowhere.json')} ${REFUTED}`);
    expect(status).toBe(2);
    expect(text).toMatch(/^BAD .*nowhere\.json cannot be read[^\n]*\nok /);
  });
});

test.each(['frob', 'claim fixture/x --fast', 'try --r=1'])('"%s" is answered with the usage', (line) => {
  const { status, text } = run(line);
  expect(status).toBe(2);
  expect(text).toContain('Usage:');
});

test('help is no error', () => {
  expect(run('help')).toMatchObject({ status: 0 });
});
