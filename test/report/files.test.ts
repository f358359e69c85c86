import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { canonicalJson, digestOf, jsonText, writeAtomically } from '../../src/report/files';
import { temporaryPlaces } from './fixtures/fixture';

const places = temporaryPlaces();

test('a file is written whole, with the folders above it and nothing left beside it', () => {
  const path = join(places.reports, 'a', 'b.json');
  writeAtomically(path, 'first');
  writeAtomically(path, 'second');
  expect(readFileSync(path, 'utf8')).toBe('second');
  expect(readdirSync(dirname(path))).toEqual(['b.json']);
});

test('a file that cannot be written leaves no draft in its place', () => {
  const folder = join(places.reports, 'folder');
  writeAtomically(join(folder, 'inside'), '');
  expect(() => writeAtomically(folder, 'text')).toThrow();
  expect(existsSync(join(folder, 'inside'))).toBe(true);
});

test('the digest does not depend on the order of keys', () => {
  const [a, b] = [
    { x: 1, y: { p: [1, 2], q: 'r' } },
    { y: { q: 'r', p: [1, 2] }, x: 1 },
  ];
  expect(canonicalJson(a)).toBe('{"x":1,"y":{"p":[1,2],"q":"r"}}');
  expect(digestOf(a)).toBe(digestOf(b));
});

test('the digest depends on the order of a list and on every number', () => {
  expect(digestOf([1, 2])).not.toBe(digestOf([2, 1]));
  expect(digestOf({ x: 0.1 })).not.toBe(digestOf({ x: 0.10000000000000002 }));
});

test('infinite numbers survive as words', () => {
  expect(JSON.parse(jsonText({ upper: Infinity, lower: -Infinity }))).toEqual({
    upper: 'Infinity',
    lower: '-Infinity',
  });
});
