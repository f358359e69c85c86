/** The deep scalar network against steps worked out by hand, the loss's own gradient, and the two-layer definitions. */
import type { Arithmetic, Real } from '../../src/numerics/arithmetic';
import { rationals, type Fraction } from '../../src/numerics/rational';
import { byLayer, deepError, deepField, deepMidpoint, deepMidpointStep } from '../../src/definitions/scalar-deep';
import { feedbackAlignmentField, midpointFromZero } from '../../src/definitions/scalar-two-layer';
import { randomFrom, type Random } from '../support/random';

const R = rationals;
const all = (values: readonly Real[]): readonly Fraction[] => values.map((x) => R.of(x));
const texts = (values: readonly Fraction[]): readonly (string | undefined)[] => values.map((x) => R.exactText(x));
const fraction = (random: Random): Real => `${random.whole(-9, 9)}/${random.whole(1, 7)}`;

describe('the field', () => {
  test('three layers by hand', () => {
    // λ = 5, d = (2, 3), θ = (1/2, −1, 4): error 5 + 2 = 7; 2·7, 3·7·1/2, 7·(−1)·1/2.
    const field = deepField(R, { lambda: R.of(5), d: all([2, 3]) }, all(['1/2', -1, 4]));
    expect(texts(field)).toEqual(['14', '21/2', '-7/2']);
  });

  test('two layers are the two-layer network', () => {
    const random = randomFrom('two layers of the deep field');
    for (let k = 0; k < 50; k++) {
      const [lambda, d, w1, w2] = all(Array.from({ length: 4 }, () => fraction(random)));
      const deep = deepField(R, { lambda: lambda!, d: [d!] }, [w1!, w2!]);
      expect(texts(deep)).toEqual(texts(feedbackAlignmentField(R, { lambda: lambda!, d: d! }, [w1!, w2!])));
    }
  });

  test('with the later weights in the place of the feedback weights it is the gradient of the squared error', () => {
    const random = randomFrom('gradient of the deep network');
    for (let k = 0; k < 50; k++) {
      const layers = random.whole(2, 5);
      const theta = all(Array.from({ length: layers }, () => fraction(random)));
      const lambda = R.of(fraction(random));
      const later = theta.slice(0, -1).map((_, l) => R.mul(...theta.slice(l + 1)));
      const field = deepField(R, { lambda, d: later }, theta);
      // The loss is quadratic in each weight, so that a central difference is its derivative exactly, at any width.
      const loss = (l: number, shift: Real): Fraction => {
        const moved = theta.map((weight, j) => (j === l ? R.add(weight, shift) : weight));
        return R.div(R.power(deepError(R, lambda, moved), 2), 2);
      };
      const descent = theta.map((_, l) => R.sub(loss(l, '-1/2'), loss(l, '1/2')));
      expect(texts(field)).toEqual(texts(descent));
    }
  });
});

describe('the midpoint scheme', () => {
  test('three layers from zero by hand', () => {
    // λ = 16, d = (1, 1), η = 1/16. Step 1: error 16, θ1 = 1; mean 1/2, θ2 = 1/2; means 1/2 · 1/4, θ3 = 1/8.
    // Step 2: error 16 − 1/16 = 255/16, η·error = 255/256; θ1 = 511/256, mean (256 + 511)/512 = 767/512,
    // θ2 = 1/2 + 767/512 · 255/256 = 261121/131072, mean of θ2 = (65536 + 261121)/262144.
    const path = deepMidpoint(R, { lambda: R.of(16), d: all([1, 1]) }, R.of('1/16'), all([0, 0, 0]), 2);
    expect(path.map(texts)).toEqual([
      ['0', '1', '511/256'],
      ['0', '1/2', '261121/131072'],
      ['0', '1/8', R.exactText(R.add('1/8', R.mul('767/512', '326657/262144', '255/256')))],
    ]);
    // On the curve: θ2 = θ1²/2, θ3 = θ1⁴/8.
    expect(R.exactText(R.div(R.power('511/256', 4), 8))).toBe(texts(path[2]!)[2]);
  });

  test('two layers from zero are the two-layer scheme', () => {
    const random = randomFrom('two layers of the deep scheme');
    for (let k = 0; k < 30; k++) {
      const [lambda, d, eta] = all([fraction(random), fraction(random), '1/12']);
      const { w1, w2 } = midpointFromZero(R, { lambda: lambda!, d: d!, eta: eta! }, 3);
      const deep = deepMidpoint(R, { lambda: lambda!, d: [d!] }, eta!, all([0, 0]), 3);
      expect(deep.map(texts)).toEqual([texts(w1), texts(w2)]);
    }
  });

  test('takes its half steps from the layers below one by one, not from their product', () => {
    const random = randomFrom('half steps of the deep scheme');
    const step = (A: Arithmetic<Fraction>, theta: readonly Fraction[]) => {
      const system = { lambda: A.of(3), d: all([1, '1/2']) };
      return { next: deepMidpointStep(A, system, A.of('1/4'), theta), error: deepError(A, system.lambda, theta) };
    };
    for (let k = 0; k < 20; k++) {
      const theta = all(Array.from({ length: 3 }, () => fraction(random)));
      const { next, error } = step(R, theta);
      const means = [0, 1].map((j) => R.div(R.add(theta[j]!, next[j]!), 2));
      const expected = R.add(theta[2]!, R.mul('1/4', error, means[0]!, means[1]!));
      expect(R.exactText(next[2]!)).toBe(R.exactText(expected));
    }
  });

  test('no steps are the start alone', () => {
    const path = deepMidpoint(R, { lambda: R.of(1), d: all([1]) }, R.of(1), all([2, 3]), 0);
    expect(path.map(texts)).toEqual([['2'], ['3']]);
  });
});

test('layers are named from the first, w1, on', () => {
  expect(byLayer(['a', 'b', 'c'])).toEqual({ w1: 'a', w2: 'b', w3: 'c' });
});
