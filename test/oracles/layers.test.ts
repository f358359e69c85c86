/** What the words about layers must see: one weight off among many, a count or a sign that is not as claimed. */
import type { Reading } from '../../src/claim/finding';
import { allNonzero, allPositive, firstLayers, layersOf, powersOfFirst, productOfLayers } from '../../oracles/layers';
import { anyOf, B, D, Q } from '../support/readings';

const FIRST = [-2, -1, 0, 1, 3];

/** Three layers x, x²/2, 3x⁴ with one weight of the layer given moved by that fraction of the layer's largest. */
function layersWith<N>(R: Reading<N>, layer: number, index: number, by: number) {
  const powers = [FIRST, FIRST.map((x) => x ** 2 / 2), FIRST.map((x) => 3 * x ** 4)];
  const moved = powers.map((path, l) => {
    const size = Math.max(...path.map(Math.abs));
    return path.map((x, t) => (l === layer && t === index ? R.add(x, size * by) : R.of(x)));
  });
  return layersOf<N>({ w1: moved[0]!, w2: moved[1]!, w3: moved[2]! });
}

const found = <N>(R: Reading<N>, layer: number, index: number, by: number) =>
  powersOfFirst(R, layersWith(R, layer, index, by), [R.of(1), R.of('1/2'), R.of(3)], [1, 2, 4]);

test('layers that are powers of the first are left open by doubles and equal in balls and in exact numbers', () => {
  expect(found(D, 1, 0, 0)).toMatchObject({ breaks: 0, unresolved: 10 });
  for (const R of anyOf(Q, B)) expect(found(R, 1, 0, 0)).toMatchObject({ breaks: 0, equal: 10, unresolved: 0 });
});

test.each([
  [1, 0, 'layer 2'],
  [1, 2, 'layer 2'],
  [2, 4, 'layer 3'],
])('a weight of layer %i + 1 off by a thousandth at index %i alone is seen', (layer, index, name) => {
  for (const R of anyOf(D, Q, B)) {
    expect(found(R, layer, index, 1e-3)).toMatchObject({ breaks: 1, firstBreak: { part: name, at: index } });
  }
  expect(found(Q, layer, index, 1e-12).breaks).toBe(1);
});

test('a first layer that is off shows in every other layer', () => {
  for (const R of anyOf(D, Q, B)) expect(found(R, 0, 4, 1e-3).breaks).toBe(2);
});

test('other constants or powers are seen', () => {
  const layers = layersWith(Q, 0, 0, 0);
  const [one, half, three] = [Q.of(1), Q.of('1/2'), Q.of(3)];
  expect(powersOfFirst(Q, layers, [one, half, one], [1, 2, 4])).toMatchObject({ firstBreak: { part: 'layer 3' } });
  expect(powersOfFirst(Q, layers, [one, half, three], [1, 3, 4])).toMatchObject({ firstBreak: { part: 'layer 2' } });
});

test('the product is that of all layers, in any arithmetic', () => {
  for (const R of anyOf(D, Q, B)) {
    const { values } = productOfLayers(R, layersWith(R, 0, 0, 0));
    expect(Array.from(values, (x) => R.enclosure(x).lower)).toEqual(FIRST.map((x) => (3 * x ** 7) / 2 + 0));
  }
});

test('layers are picked out from other series by their names, the first so many', () => {
  const layers = layersWith(D, 0, 0, 0);
  const measures = { ...layers, error: { values: [1] } };
  expect(Object.keys(firstLayers(measures, 2))).toEqual(['w1', 'w2']);
  expect(firstLayers(measures, 3)).toEqual(layers);
});

test('positive and nonzero numbers are told from the others, 0 among them', () => {
  const numbers = (...xs: readonly number[]) => xs.map((x) => Q.of(x));
  expect(allPositive(Q, numbers(1, 2)).breaks).toBe(0);
  expect(allPositive(Q, numbers(1, 0, -2)).breaks).toBe(2);
  expect(allNonzero(Q, numbers(1, -2)).breaks).toBe(0);
  expect(allNonzero(Q, numbers(0, -2)).breaks).toBe(1);
});
