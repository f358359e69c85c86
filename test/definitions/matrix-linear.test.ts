/** Linear networks with matrix weights against hand calculations, the loss's own gradient, and the scalar definitions. */
import { doubles } from '../../src/numerics/doubles';
import { balls } from '../../src/numerics/ball';
import { matMul, matrixOf, scale, shapeOf, transpose, type Matrix } from '../../src/numerics/matrix';
import { rationals, type Fraction } from '../../src/numerics/rational';
import type { Real } from '../../src/numerics/arithmetic';
import {
  direct,
  lossDerivative,
  lossOn,
  meanStep,
  momentsOf,
  throughLayers,
  transposesAbove,
} from '../../src/definitions/data-set';
import { timesUpTo } from '../../src/definitions/flow';
import {
  eulerStep,
  fastestRate,
  feedbackField,
  feedbackFlow,
  gradientField,
  gradientFlow,
  iterate,
  lossAboveZero,
  midpointStep,
  pathsOf,
  productOf,
  residual,
  type Layers,
} from '../../src/definitions/matrix-linear';
import { deepField, deepMidpointStep } from '../../src/definitions/scalar-deep';
import { randomFrom, type Random } from '../support/random';

const R = rationals;
const over = (A: Matrix<Real>): Matrix<Fraction> => A.map((row) => row.map((x) => R.of(x)));
const layers = (...matrices: readonly Matrix<Real>[]): Layers<Fraction> => matrices.map(over);
const texts = (A: Matrix<Fraction>): readonly (readonly (string | undefined)[])[] =>
  A.map((row) => row.map((x) => R.exactText(x)));
const allTexts = (matrices: Layers<Fraction>) => matrices.map(texts);
const fractions = (random: Random, rows: number, columns: number): Matrix<Fraction> =>
  matrixOf(rows, columns, () => R.of(`${random.whole(-9, 9)}/${random.whole(1, 7)}`));

/** A data set and a network of two to four layers, one to three wide. */
function anyNetwork(random: Random) {
  const widths = Array.from({ length: random.whole(3, 5) }, () => random.whole(1, 3));
  const [d, o, n] = [widths[0]!, widths.at(-1)!, random.whole(1, 3)];
  const data = { X: fractions(random, d, n), Y: fractions(random, o, n) };
  const weights = widths.slice(1).map((width, l) => fractions(random, width, widths[l]!));
  const hidden = widths.slice(1, -1);
  return {
    data,
    weights,
    /** Feedback matrices from layer to layer. */
    between: hidden.map((width, l) => fractions(random, width, widths[l + 2]!)),
  };
}

describe('by hand', () => {
  // Two inputs, one neuron, two outputs: W2W1 = (3 6; −1 −2), times Σxx = (2 1; 1 1): (12 9; −4 −3).
  const moments = { xx: over([[2, 1], [1, 1]]), xy: over([[13, 9], [0, -4]]) }; // prettier-ignore
  const weights = layers([[1, 2]], [[3], [-1]]);

  test('the product, the residual and the loss', () => {
    expect(texts(productOf(R, weights, 2))).toEqual([['3', '6'], ['-1', '-2']]); // prettier-ignore
    expect(texts(productOf(R, [], 2))).toEqual([['1', '0'], ['0', '1']]); // prettier-ignore
    expect(texts(residual(R, moments, weights))).toEqual([['1', '0'], ['4', '-1']]); // prettier-ignore
    // ½(12·3 + 9·6 + 4·1 + 3·2) − (13·3 + 9·6 + 0 + 4·2) = 50 − 101.
    expect(R.exactText(lossAboveZero(R, moments, weights))).toBe('-51');
  });

  test('feedback alignment and gradient flow', () => {
    // E = (1 0; 4 −1). M = (2 1): ME = (6 −1). EW1ᵀ = (1; 2). W2ᵀE = (3 − 4, 1) = (−1 1).
    expect(allTexts(feedbackField(R, moments, layers([[2, 1]]), weights))).toEqual([[['6', '-1']], [['1'], ['2']]]);
    expect(allTexts(gradientField(R, moments, weights))).toEqual([[['-1', '1']], [['1'], ['2']]]);
  });

  test('a step of Euler and of the midpoint scheme', () => {
    // η = 1/2: W1 = (1 2) + (3 −1/2) = (4 3/2), mean (5/2 7/4); E·(5/2 7/4)ᵀ = (5/2; 10 − 7/4).
    const [M, eta] = [layers([[2, 1]]), R.of('1/2')];
    const field = feedbackField(R, moments, M, weights);
    expect(allTexts(eulerStep(R, eta, weights, field))).toEqual([[['4', '3/2']], [['7/2'], ['0']]]);
    expect(allTexts(midpointStep(R, moments, M, eta, weights))).toEqual([[['4', '3/2']], [['17/4'], ['25/8']]]);
  });

  test('the path of a layer holds its entries row by row, one point after the other', () => {
    const path = iterate(layers([[1, 2]], [[3], [4]]), 1, (W) => W.map((A) => scale(R, 10, A)));
    const { w1, w2 } = pathsOf(path);
    expect([w1, w2].map((entries) => entries!.map((x) => R.exactText(x)))).toEqual([
      ['1', '2', '10', '20'],
      ['3', '4', '30', '40'],
    ]);
  });

  test('one sample through three layers, by all three algorithms', () => {
    // x = 1, y = 4: h1 = 2, h2 = −2, ŷ = −6, e = −10. Backpropagation: δ2 = 3e = −30, δ1 = −1·δ2 = 30.
    const [data, weights3] = [{ X: over([[1]]), Y: over([[4]]) }, layers([[2]], [[-1]], [[3]])];
    const step = (backward: Parameters<typeof meanStep<Fraction>>[3]) =>
      allTexts(meanStep(R, data, weights3, backward));
    expect(step(throughLayers(R, transposesAbove(weights3)))).toEqual([[['-30']], [['60']], [['-20']]]);
    // Feedback 5 and 7: δ2 = −70, δ1 = −350. Direct feedback 5 and 7: δ2 = −70, δ1 = −50.
    expect(step(throughLayers(R, layers([[5]], [[7]])))).toEqual([[['350']], [['140']], [['-20']]]);
    expect(step(direct(R, layers([[5]], [[7]])))).toEqual([[['50']], [['140']], [['-20']]]);
  });
});

describe('on any data set and network', () => {
  const random = randomFrom('matrix networks');
  const networks = Array.from({ length: 25 }, () => anyNetwork(random));

  test('the loss is that of the second moments, up to the loss at zero weights', () => {
    for (const { data, weights } of networks) {
      const atZero = weights.map((W) => scale(R, 0, W));
      const above = R.sub(lossOn(R, data, weights), lossOn(R, data, atZero));
      expect(R.exactText(above)).toBe(R.exactText(lossAboveZero(R, momentsOf(R, data), weights)));
    }
  });

  test('gradient flow goes down the gradient, and backpropagation is a step of it', () => {
    for (const { data, weights } of networks) {
      const field = gradientField(R, momentsOf(R, data), weights);
      const down = weights.map((_W, l) => scale(R, -1, lossDerivative(R, data, weights, l)));
      expect(allTexts(field)).toEqual(allTexts(down));
      expect(allTexts(meanStep(R, data, weights, throughLayers(R, transposesAbove(weights))))).toEqual(allTexts(down));
    }
  });

  test('a step by feedback from layer to layer is one of the flow by the products', () => {
    for (const { data, weights, between } of networks) {
      const products = between.map((M, l) => between.slice(l + 1).reduce((A, B) => matMul(R, A, B), M));
      const step = meanStep(R, data, weights, throughLayers(R, between));
      expect(allTexts(step)).toEqual(allTexts(feedbackField(R, momentsOf(R, data), products, weights)));
      expect(allTexts(step)).toEqual(allTexts(meanStep(R, data, weights, direct(R, products))));
    }
  });
});

describe('of one input, neuron and output', () => {
  test('is the deep scalar network, its field and its midpoint scheme', () => {
    const random = randomFrom('one by one matrices');
    for (let k = 0; k < 30; k++) {
      const depth = random.whole(2, 5);
      const some = (count: number) => fractions(random, 1, count)[0]!;
      const [theta, d, [lambda, eta]] = [some(depth), some(depth - 1), some(2)];
      const one = (xs: readonly Fraction[]): Layers<Fraction> => xs.map((x) => [[x]]);
      const moments = { xx: over([[1]]), xy: [[lambda!]] };
      const system = { lambda: lambda!, d };
      expect(allTexts(feedbackField(R, moments, one(d), one(theta)))).toEqual(
        allTexts(one(deepField(R, system, theta))),
      );
      expect(allTexts(midpointStep(R, moments, one(d), eta!, one(theta)))).toEqual(
        allTexts(one(deepMidpointStep(R, system, eta!, theta))),
      );
    }
  });
});

describe('three inputs, one neuron, one output, at rest', () => {
  test('the rates of isotropy-wlog are those at which perturbations die out', () => {
    const random = randomFrom('rates at rest');
    for (let k = 0; k < 30; k++) {
      const [[s1, s2, s3, lambda, m, w2]] = [
        Array.from({ length: 6 }, () => R.of(`${random.whole(1, 9)}/${random.whole(1, 5)}`)),
      ];
      const moments = { xx: [[s1!, R.of(0), R.of(0)], [R.of(0), s2!, R.of(0)], [R.of(0), R.of(0), s3!]], xy: [[lambda!, R.of(0), R.of(0)]] }; // prettier-ignore
      const w1 = R.div(lambda!, R.mul(s1!, w2!));
      const field = (by: readonly Fraction[], step: Real) =>
        feedbackField(
          R,
          moments,
          [[[m!]]],
          [[[w1, R.of(0), R.of(0)].map((x, i) => R.add(x, R.mul(step, by[i]!)))], [[R.add(w2!, R.mul(step, by[3]!))]]],
        ).flatMap((W) => W.flat());
      // The field is a cubic polynomial along a line: two central differences give its derivative exactly.
      const derivative = (by: readonly Fraction[]): readonly Fraction[] => {
        const slope = (h: number) => field(by, h).map((x, i) => R.div(R.sub(x, field(by, -h)[i]!), 2 * h));
        const [near, far] = [slope(1), slope(2)];
        return near.map((x, i) => R.div(R.sub(R.mul(4, x), far[i]!), 3));
      };
      const [zero, one] = [R.of(0), R.of(1)];
      const aligned = R.add(R.mul(w1, w1), R.mul(m!, w2!));
      const modes: readonly [readonly Fraction[], Fraction][] = [
        [[m!, zero, zero, w1], R.mul(aligned, s1!)],
        [[zero, one, zero, zero], R.mul(m!, w2!, s2!)],
        [[zero, zero, one, zero], R.mul(m!, w2!, s3!)],
      ];
      for (const [mode, rate] of modes) {
        const expected = mode.map((x) => R.exactText(R.neg(R.mul(rate, x))));
        expect(derivative(mode).map((x) => R.exactText(x))).toEqual(expected);
      }
    }
  });
});

describe('flows', () => {
  const B = balls(192);
  const ball = (A: Matrix<number>) => A.map((row) => row.map((x) => B.of(x)));
  const moments = { xx: ball([[2, 1], [1, 1]]), xy: ball([[1, 0]]) }; // prettier-ignore
  const [M, start] = [[ball([[1], [-2]])], [ball([[1, 0], [0.5, 1]]), ball([[0.25, 1]])]]; // prettier-ignore

  test('start at the start, and one time alone gives it exactly', () => {
    const { w1, w2 } = feedbackFlow(B, moments, M, start, [0]);
    expect([...w1!, ...w2!].map((x) => B.exactText(x))).toEqual(['1', '0', '1/2', '1', '1/4', '1']);
  });

  test('have the derivative of their fields, by a central difference over a short time', () => {
    // Over times 0, h, 2h the difference is off by h²/6 of the third derivative, some hundreds here.
    const h = 1e-4;
    for (const [flow, field] of [
      [
        feedbackFlow(B, moments, M, start, timesUpTo(2 * h, 2)),
        (W: Layers<number>) => feedbackField(doubles, inDoubles, [[[1], [-2]]], W),
      ],
      [
        gradientFlow(B, moments, start, timesUpTo(2 * h, 2)),
        (W: Layers<number>) => gradientField(doubles, inDoubles, W),
      ],
    ] as const) {
      // prettier-ignore
      const values = [flow.w1!, flow.w2!].map((entries) => entries.map((x) => B.enclosure(x).lower));
      const at = (t: number): Layers<number> => values.map((entries, l) => {
        const [rows, columns] = shapeOf(start[l]!);
        return matrixOf(rows, columns, (i, j) => entries[t * rows * columns + i * columns + j]!);
      }); // prettier-ignore
      const slope = field(at(1)).flat(2);
      const [before, after] = [at(0).flat(2), at(2).flat(2)];
      slope.forEach((x, k) => expect(Math.abs((after[k]! - before[k]!) / (2 * h) - x)).toBeLessThan(1000 * h * h));
    }
  });

  const inDoubles = { xx: [[2, 1], [1, 1]], xy: [[1, 0]] }; // prettier-ignore

  test('are timed alike over doubles and balls, and slower for smaller matrices', () => {
    const [A, W] = [[[1], [-2]], [[[1, 0], [0.5, 1]], [[0.25, 1]]]]; // prettier-ignore
    const rate = fastestRate(doubles, inDoubles, A, W);
    expect(fastestRate(B, moments, M[0]!, start)).toBe(rate);
    // Largest entries 2, 1, 2, 1 and 1: 2·(2·1 + 1) + 2^{2/3}.
    expect(rate).toBeCloseTo(6 + 2 ** (2 / 3), 12);
    const half = (X: Matrix<number>) => scale(doubles, 0.5, X);
    expect(fastestRate(doubles, { ...inDoubles, xx: half(inDoubles.xx) }, half(A), W.map(half))).toBeLessThan(rate);
  });
});

test('feedback that is the transposed second layer is gradient flow', () => {
  const random = randomFrom('transposed feedback');
  const [xx, xy, W1, W2] = [
    fractions(random, 2, 2),
    fractions(random, 3, 2),
    fractions(random, 2, 2),
    fractions(random, 3, 2),
  ];
  const moments = { xx, xy };
  expect(allTexts(feedbackField(R, moments, [transpose(W2)], [W1, W2]))).toEqual(
    allTexts(gradientField(R, moments, [W1, W2])),
  );
});
