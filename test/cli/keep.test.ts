import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Instance } from '../../src/claim/exam';
import type { World } from '../../src/cli/commands';
import { main } from '../../src/cli/main';
import { GREEN } from '../report/fixtures/fixture';

/** A repository with the claims of the fixture, and nothing stored. */
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-keep-'));
  symlinkSync(join(GREEN, 'theorems'), join(root, 'theorems'), 'dir');
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function run(line: string, environment: World['environment'] = {}): { status: number; text: string } {
  const lines: string[] = [];
  const say = (text: string): number => lines.push(text);
  const places = { root, reports: join(root, 'reports') };
  const status = main(line.split(' '), { places, environment: { ASSAY_BUDGET: 'quick', ...environment }, say }, say);
  return { status, text: lines.join('\n') };
}

const pathOf = (id: string): string => join(root, 'cases', `${id}.json`);

function store(id: string, content: unknown): void {
  mkdirSync(dirname(pathOf(id)), { recursive: true });
  writeFileSync(pathOf(id), typeof content === 'string' ? content : JSON.stringify(content));
}

const stored = (id: string): readonly Instance[] =>
  (JSON.parse(readFileSync(pathOf(id), 'utf8')) as { instances: readonly Instance[] }).instances;

/** Two upheld claims about a number from 1/16 to 4, in a theorem file beside those of the fixture. */
function writeToy(): void {
  const repository = resolve(__dirname, '..', '..');
  rmSync(join(root, 'theorems'));
  mkdirSync(join(root, 'theorems', 'toy'), { recursive: true });
  const text = `
    import { atMost, equals } from '${repository}/src/claim/compare';
    import { exam, forAll } from '${repository}/src/claim/exam';
    import { space } from '${repository}/src/claim/space';
    import { sixteenths } from '${repository}/test/report/fixtures/numbers';
    const numbers = exam({ name: 'a number', inside: space().with('x', sixteenths), assuming: {}, cases: [] });
    const card = { where: 'nowhere', says: '', recorded: 'upheld' } as const;
    export const above = forAll(numbers, {
      ...card, id: 'toy/above-zero', toothless: 'a toy', then: (R, _, { x }) => atMost(R, R.div(1, 32), x),
    });
    export const identity = forAll(numbers, {
      ...card, id: 'toy/identity', then: (R, _, { x }) => equals(R, R.add(x, x), R.mul(2, x)),
    });`;
  writeFileSync(join(root, 'theorems', 'toy', 'numbers.ts'), text);
}

const REFUTED = 'fixture/powers-are-small';

describe('keep', () => {
  test('stores the witnesses of a refuted claim, the simplest first, as exact numbers', () => {
    expect(run(`keep ${REFUTED}`)).toEqual({
      status: 0,
      text: `cases/${REFUTED}.json: 2 cases, 2 of them new, 0 dropped`,
    });
    expect(JSON.parse(readFileSync(pathOf(REFUTED), 'utf8'))).toEqual({
      claim: REFUTED,
      schema: 1,
      // λ = 2, n = 3: 8 > 4; and the largest there are.
      instances: [{ lambda: 2, n: 3 }, { lambda: 4, n: 7 }], // prettier-ignore
    });
  });

  test("does not store the exam's own cases", () => {
    // 2ab = a² + b² at a = b = 1, which is one.
    expect(run('keep fixture/twice-product').text).toContain('0 cases, 0 of them new, 0 dropped');
    expect(existsSync(join(root, 'cases'))).toBe(false);
  });

  test('stores what an upheld claim is tightest at, and nothing for an identity, which is an equation everywhere', () => {
    writeToy();
    expect(run('keep toy/above-zero toy/identity').text).toBe(
      'cases/toy/above-zero.json: 1 case, 1 of them new, 0 dropped\n' +
        'cases/toy/identity.json: 0 cases, 0 of them new, 0 dropped',
    );
    expect(stored('toy/above-zero')).toEqual([{ x: 1 / 16 }]);
  });

  test('stores nothing twice, and the same from the same seed', () => {
    run(`keep ${REFUTED}`);
    const before = readFileSync(pathOf(REFUTED), 'utf8');
    expect(run(`keep ${REFUTED} ${REFUTED}`)).toEqual({
      status: 0,
      text: `cases/${REFUTED}.json: 2 cases, 0 of them new, 0 dropped`,
    });
    expect(readFileSync(pathOf(REFUTED), 'utf8')).toBe(before);
  });

  test('keeps what is stored already, and takes two ways to write a number for one', () => {
    store(REFUTED, { claim: REFUTED, schema: 1, instances: [{ lambda: 4, n: 7 }, { lambda: '4/1', n: 7 }, { lambda: 3, n: 5 }] }); // prettier-ignore
    expect(run(`keep ${REFUTED}`).text).toContain('3 cases, 1 of them new, 1 dropped');
    expect(stored(REFUTED)).toHaveLength(3);
    expect(stored(REFUTED)).toContainEqual({ lambda: 3, n: 5 });
  });

  test('stores no more than eight cases: those that break the claim most', () => {
    const weak = Array.from({ length: 9 }, (_, k) => ({ lambda: `${40 + k}/16`, n: 2 }));
    store(REFUTED, { claim: REFUTED, schema: 1, instances: weak });
    expect(run(`keep ${REFUTED}`).text).toContain('8 cases');
    expect(stored(REFUTED)).toContainEqual({ lambda: 4, n: 7 });
    expect(stored(REFUTED)).toContainEqual({ lambda: '48/16', n: 2 });
    expect(stored(REFUTED)).not.toContainEqual({ lambda: '40/16', n: 2 });
  });

  test('drops what no longer meets the hypotheses', () => {
    store(REFUTED, { claim: REFUTED, schema: 1, instances: [{ lambda: -1, n: 2 }] });
    expect(run(`claim ${REFUTED}`).text).toContain('no longer meets the hypotheses');
    expect(run(`keep ${REFUTED}`)).toMatchObject({ status: 0, text: expect.stringContaining('1 dropped') });
    expect(run(`claim ${REFUTED}`).status).toBe(0);
  });

  test('removes a file that would hold nothing', () => {
    const id = 'fixture/large-square';
    store(id, { claim: id, schema: 1, instances: [{ a: -1, b: 1 }] });
    // Its witness is the case of the exam.
    expect(run(`keep ${id}`).text).toContain('0 cases, 0 of them new, 1 dropped');
    expect(existsSync(pathOf(id))).toBe(false);
  });

  test('answers an unknown id before it assesses any claim, and no id with what it expects', () => {
    expect(run(`keep ${REFUTED} fixture/nothing`)).toMatchObject({
      status: 2,
      text: expect.stringContaining('there is no claim "fixture/nothing"'),
    });
    expect(existsSync(join(root, 'cases'))).toBe(false);
    expect(run('keep')).toEqual({ status: 2, text: 'expected the ids of one or more claims' });
  });
});

const good = { claim: REFUTED, schema: 1, instances: [] };

test.each([
  ['no JSON', '{"claim": ', 'is no JSON, or was cut off: '],
  ['a list', [], ': it holds no object; expected {"claim": "fixture/powers-are-small", "schema": 1, "instances": […]}'],
  ['a missing key', { claim: REFUTED, schema: 1 }, ': "instances" is missing; expected {'],
  ['an unknown key', { ...good, seed: 1 }, ': "seed" is not one of its keys; expected {'],
  ['another schema', { ...good, schema: 2 }, ': its schema is 2, and this program reads 1; expected {'],
  [
    'another claim',
    { ...good, claim: 'fixture/x' },
    ': its claim is "fixture/x", and its place is that of fixture/pow',
  ],
  ['no list', { ...good, instances: {} }, ': its instances are {}; expected {'],
  [
    'what is no instance',
    { ...good, instances: [{ lambda: 1, n: 2 }, { lambda: 1 }] },
    ': instance 2 is none of the claim: n is missing; expected an object with lambda',
  ],
])('a file of stored cases that holds %s is one error that names it and what to do', (_, content, message) => {
  store(REFUTED, content);
  const { status, text } = run(`keep ${REFUTED}`);
  expect(status).toBe(2);
  expect(text).toContain(`cases/${REFUTED}.json`);
  expect(text).toContain(message);
  expect(text).toMatch(
    /Mend it, or delete it and run "npm run keep -- fixture\/powers-are-small"|Restore it, or delete it/,
  );
  expect(text.split('\n')).toHaveLength(1);
  expect(run(`claim ${REFUTED}`)).toMatchObject({ status: 1, text: expect.stringContaining(message) });
});
