import type { Sample } from '../../src/claim/finding';
import { decimal, excessText, instanceText, sampleText, valueText, wrapped } from '../../src/report/text';

const sample = (left: number, right: number, more: Partial<Sample> = {}): Sample => ({
  part: '',
  relation: '≤',
  at: 0,
  left: { lower: left, upper: left },
  right: { lower: right, upper: right },
  violation: 0,
  ...more,
});

test.each([
  [0, '0'],
  [-0.5, '−0.5'],
  [1 / 3, '0.333333'],
  [1.5e-155, '1.5e−155'],
  [16384, '16384'],
  [2.5e12, '2.5e12'],
  [Infinity, '∞'],
])('%p is printed as %s', (x, text) => {
  expect(decimal(x)).toBe(text);
});

test('a short fraction is printed as it is, a long one in decimals', () => {
  expect(valueText({ lower: 0.4865, upper: 0.48650000000000004, exact: '973/2000' })).toBe('973/2000');
  expect(valueText({ lower: 0.5, upper: 0.5, exact: `${'1'.repeat(30)}/${'2'.repeat(30)}` })).toBe('0.5');
});

test('a loose enclosure is printed as one', () => {
  expect(valueText({ lower: 0, upper: 5e-324 })).toBe('[0, 5e−324]');
});

test('two sides that agree to six digits are printed with as many as tell them apart', () => {
  expect(sampleText(sample(2, 2.00000001), false)).toBe('left = 2 ≤ right = 2.00000001');
});

test('a broken comparison is printed with the sign turned, its index and its part', () => {
  const text = sampleText(sample(3, 1, { at: 4, part: 'increasing' }), true);
  expect(text).toBe('left = 3 > right = 1 at index 4 (increasing)');
  expect(sampleText(sample(1, 1, { relation: '<' }), true)).toBe('left = 1 ≥ right = 1');
  expect(sampleText(sample(1, 2, { relation: '=' }), true)).toBe('left = 1 ≠ right = 2');
});

test('the excess is exact where both sides are', () => {
  const exact = { left: { lower: 1.5, upper: 1.5, exact: '3/2' }, right: { lower: 1, upper: 1, exact: '1' } };
  expect(excessText(sample(0, 0, exact))).toBe('by 1/2; left/right is about 1.5');
  expect(excessText(sample(0.5, -0.25))).toBe('by about 0.75');
});

test('doubles in an instance are printed in full', () => {
  expect(instanceText({ r: 0.9008654826235047, eta: '3/5' })).toBe('r = 0.9008654826235047, eta = 3/5');
});

test('text is broken between words, the first line indented and the others two further', () => {
  expect(wrapped('one two three four', '', 9)).toEqual(['one two', '  three', '  four']);
  expect(wrapped('one  two\n three', '  ', 13)).toEqual(['  one two', '    three']);
  expect(wrapped('exactly nine', '', 12)).toEqual(['exactly nine']);
});

test('a word that is longer than a line stays whole, and nothing is lost', () => {
  expect(wrapped('a incomprehensibly b', '', 5)).toEqual(['a', '  incomprehensibly', '  b']);
  expect(wrapped('', '  ')).toEqual(['  ']);
});
