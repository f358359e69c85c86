import { Undetermined } from '../../src/numerics/arithmetic';
import { balls } from '../../src/numerics/ball';
import { germs } from '../../src/numerics/germ';
import { derivative } from '../../src/numerics/jet';
import { rationals as R } from '../../src/numerics/rational';
import { relu } from '../../src/definitions/implicit-relu';

const G = germs(R);
const line = (value: string, slope: string) => [R.of(value), R.of(slope)];

test('a germ has the sign of the function just right of 0', () => {
  expect(G.sign(line('1', '-5'))).toBe(1);
  expect(G.sign(line('-1/7', '5'))).toBe(-1);
  expect(G.sign(line('0', '2'))).toBe(1);
  expect(G.sign(line('0', '-2'))).toBe(-1);
  expect(G.sign(line('0', '0'))).toBe(0);
  expect(G.sign([R.of(0)])).toBe(0);
  expect(G.sign(0)).toBe(0);
});

test('max(x, 0) is differentiated to one side: on its kink too', () => {
  const slope = (value: string, by: string) => R.exactText(derivative(G, relu(G, line(value, by))));
  expect(slope('1', '3')).toBe('3');
  expect(slope('-1', '3')).toBe('0');
  expect(slope('0', '3')).toBe('3');
  expect(slope('0', '-3')).toBe('0');
});

test('a sign that balls do not tell is asked for in vain', () => {
  const B = balls(64);
  const germ = germs(B);
  expect(() => germ.sign([B.around(0, 1), B.of(1)])).toThrow(Undetermined);
  expect(() => germ.sign([B.of(0), B.around(0, 1)])).toThrow(Undetermined);
  expect(germ.sign([B.of(1), B.around(0, 1)])).toBe(1);
});
