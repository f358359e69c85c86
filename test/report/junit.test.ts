import type { VerdictRecord } from '../../src/claim/record';
import { explanation } from '../../src/report/explain';
import { junitXml, type Judged } from '../../src/report/junit';
import { escaped } from '../../src/report/xml';
import { elements, parseXml, type Element } from '../support/xml';
import { reach, temporaryPlaces } from './fixtures/fixture';
import * as green from './fixtures/green/theorems/fixture/squares';

const places = temporaryPlaces();
const records = Object.values(green).map(reach);
const refuted = records.find(({ verdict }) => verdict === 'refuted')!;
/** A red claim of another paper, with all that XML is particular about. */
const red: VerdictRecord = {
  ...refuted,
  id: 'another/red',
  paper: 'another',
  where: 'Theorem 1 & "2" <b>\n\u0007',
  says: String.raw`a < b \implies \text{]]>} & 'c'`,
  recorded: 'upheld',
  problems: [{ kind: 'toothless', message: '\u001B[31mnothing\u001B[0m \uD800 would be seen' }],
};

const xml = (given: Partial<Judged> = {}): string =>
  junitXml({ records, withoutVerdict: [], problems: [], titles: new Map(), ...given }, places);
const read = (given: Partial<Judged> = {}): Element => parseXml(xml(given));
const named = (inside: Element, name: string): Element =>
  elements(inside, 'testcase').find(({ attributes }) => attributes['name']!.startsWith(name))!;

test('a suite a paper, a case a claim, sorted', () => {
  const whole = read({ records: [...records, red], titles: new Map([['fixture', 'On Small Numbers']]) });
  const suites = elements(whole, 'testsuite');
  expect(suites.map(({ attributes }) => attributes['name'])).toEqual(['another', 'On Small Numbers']);
  expect(elements(suites[1]!, 'testcase').map(({ attributes }) => attributes['name']!.split(' ')[0])).toEqual([
    'large-square',
    'powers-are-small',
    'sum-of-squares',
    'twice-product',
  ]);
  expect(whole.attributes).toMatchObject({ tests: '5', failures: '1', errors: '0' });
  expect(suites[1]!.attributes).toMatchObject({ package: 'fixture', tests: '4', failures: '0', errors: '0' });
});

test('a refuted claim that is recorded as such passes, and its witness is there to read', () => {
  const found = named(read(), refuted.id.split('/')[1]!);
  expect(elements(found, 'failure')).toEqual([]);
  expect(elements(found, 'system-out')[0]!.text).toMatch(/^verdict: refuted, as recorded\nsimplest witness \(exact\)/);
});

test('a red claim fails with its explanation, whatever signs are in it', () => {
  const found = named(read({ records: [red] }), 'red');
  const [failure] = elements(found, 'failure');
  expect(found.attributes).toMatchObject({ classname: 'another', name: 'red Theorem 1 & "2" <b> \uFFFD' });
  expect(failure!.attributes).toEqual({ type: 'toothless', message: 'refuted, recorded: upheld — RED' });
  expect(failure!.text).toContain(String.raw`a < b \implies \text{]]>} & 'c'`);
  expect(failure!.text).toContain('\uFFFD[31mnothing\uFFFD[0m \uFFFD would be seen');
  expect(failure!.text.split('\n')).toHaveLength(explanation(red, places).length);
});

test('times are in seconds, and two runs differ in nothing else', () => {
  const slower = records.map((record) => ({ ...record, seconds: 1.25 }));
  const suites = elements(read({ records: slower }), 'testsuite');
  expect(suites[0]!.attributes['time']).toBe('5.000');
  expect(named(suites[0]!, 'large').attributes['time']).toBe('1.250');
  const timeless = (text: string): string => text.replace(/ time="[\d.]+"/g, '');
  expect(timeless(xml({ records: [...slower].reverse() }))).toBe(timeless(xml()));
});

test('a claim without a verdict, and what is wrong with no one claim, are errors', () => {
  const whole = read({ withoutVerdict: ['fixture/lost', 'new/lost'], problems: ['a.ts <cannot> be loaded\nat all'] });
  expect(whole.attributes).toMatchObject({ tests: '7', failures: '0', errors: '3' });
  expect(elements(whole, 'testsuite').map(({ attributes }) => attributes['name'])).toEqual([
    'fixture',
    'new',
    'the run as a whole',
  ]);
  expect(elements(named(whole, 'problem 1'), 'error')[0]!.attributes['message']).toBe(
    'a.ts <cannot> be loaded\nat all',
  );
});

test('no claims are well-formed too', () => {
  expect(read({ records: [] }).attributes).toMatchObject({ tests: '0', time: '0.000' });
});

test('every character can be written', () => {
  const all = Array.from({ length: 0x11000 }, (_, k) => String.fromCodePoint(k)).join('');
  const { text } = parseXml(`<a>${escaped(all)}</a>`);
  expect(text).toHaveLength(all.length);
  expect(text).toContain("&'()*+,-./0123456789:;<=>?@");
});

test.each(['<a>', '<a></b>', '<a>&</a>', '<a b="<"/>', '<a b="1" b="2"/>', '<a/><b/>', '<a>\u0007</a>', '<a>]]></a>'])(
  'the reader refuses %j',
  (text) => {
    expect(() => parseXml(text)).toThrow();
  },
);
