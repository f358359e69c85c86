import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { claimsOf, loadClaims, paperAt, surveyClaims, theoremFiles } from '../../src/claims-on-disk';
import { GREEN, temporaryPlaces } from './fixtures/fixture';
import { sumOfSquares, twiceProduct } from './fixtures/green/theorems/fixture/squares';

const file = join(GREEN, 'theorems', 'fixture', 'squares.ts');
const { reports: root } = temporaryPlaces();
const write = (name: string, text: string): void => {
  mkdirSync(join(root, 'theorems', 'fixture'), { recursive: true });
  writeFileSync(join(root, 'theorems', 'fixture', name), text);
};
const claim = (id: string): string => `exports.one = { type: 'claim', id: '${id}' };`;

test('the claims of a folder are found by loading its files', () => {
  expect(theoremFiles(GREEN)).toEqual(['theorems/fixture/squares.ts']);
  expect(loadClaims(GREEN).map(({ claim: { id } }) => id)).toEqual([
    'fixture/large-square',
    'fixture/powers-are-small',
    'fixture/sum-of-squares',
    'fixture/twice-product',
  ]);
  expect(loadClaims(GREEN)[0]).toMatchObject({
    paper: 'fixture',
    topic: 'squares',
    file: 'theorems/fixture/squares.ts',
  });
});

test('a file without a claim says what to do', () => {
  expect(() => claimsOf({ number: 1 }, GREEN, file)).toThrow(/squares\.ts exports no claim: export at least one/);
});

test('two claims of one id in a file are refused', () => {
  const exports = { sumOfSquares, other: { ...twiceProduct, id: sumOfSquares.id } };
  expect(() => claimsOf(exports, GREEN, file)).toThrow('the claim id fixture/sum-of-squares is used twice in');
});

test('a claim exported under two names is one claim', () => {
  expect(claimsOf({ a: sumOfSquares, b: sumOfSquares }, GREEN, file)).toHaveLength(1);
});

test('a claim of another paper is refused', () => {
  expect(() => claimsOf({ a: { ...sumOfSquares, id: 'other/x' } }, GREEN, file)).toThrow(
    /has to begin with "fixture\/"/,
  );
});

test('a file that cannot be loaded does not hide the others', () => {
  write('broken.ts', 'throw new Error("no such thing");');
  write('fine.ts', claim('fixture/fine'));
  const { claims, broken } = surveyClaims(root);
  expect(claims.map(({ claim: { id } }) => id)).toEqual(['fixture/fine']);
  expect(broken.map(({ message }) => message)).toEqual([
    'theorems/fixture/broken.ts cannot be loaded: Error: no such thing',
  ]);
  expect(() => loadClaims(root)).toThrow('no such thing');
});

test('one id in two files is refused', () => {
  write('again.ts', claim('fixture/fine'));
  expect(() => surveyClaims(root)).toThrow('in theorems/fixture/again.ts and in theorems/fixture/fine.ts');
});

test('a paper without a description goes by the name of its folder', () => {
  expect(paperAt(GREEN, 'fixture').title).toBe('On Small Numbers');
  expect(paperAt(root, 'fixture').title).toBe('fixture');
});
