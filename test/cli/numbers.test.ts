import { BadInput, nearest } from '../../src/cli/bad-input';
import { typedInstance, typedNumber } from '../../src/cli/numbers';

test.each([
  ['3', 3],
  ['-2', -2],
  ['+4', 4],
  ['1/2', 0.5],
  ['6/10', '3/5'],
  ['0.1', '1/10'],
  ['.25', 0.25],
  ['-1.5', -1.5],
  ['2.', 2],
  ['1e-3', '1/1000'],
  ['25e-2', 0.25],
  ['1.2e2', 120],
  ['9007199254740993', '9007199254740993'],
  [`1${'0'.repeat(400)}`, `1${'0'.repeat(400)}`],
])('%s means exactly %p', (text, number) => {
  expect(typedNumber(text)).toBe(number);
});

test.each(['', 'x', '1/0', '1.2.3', '0x10', 'Infinity', '1/2/3', '.', 'e5', '1e99999'])('"%s" is no number', (text) => {
  expect(() => typedNumber(text)).toThrow(BadInput);
});

test('parameters are typed as name=number, each once', () => {
  expect(typedInstance(['r=1', 'd=1/2', 'eta=0.1'])).toEqual({ r: 1, d: 0.5, eta: '1/10' });
  expect(() => typedInstance(['r'])).toThrow('"r" is no parameter: write name=number');
  expect(() => typedInstance(['r=1', 'r=2'])).toThrow('r is given twice');
});

test('the nearest names come first', () => {
  const known = ['fa-deep-linear/thm-9', 'fa-deep-linear/thm-22', 'fa-deep-linear/lemma-19', 'other/cor-1'];
  expect(nearest('fa-deep-linear/thm9', known)[0]).toBe('fa-deep-linear/thm-9');
  expect(nearest('thm-22', known)[0]).toBe('fa-deep-linear/thm-22');
});
