import {
  equilibrium,
  equilibriumFor,
  features,
  fixedRows,
  gradients,
  gradientStep,
  iterates,
  loss,
  networkOf,
  preactivation,
  residual,
  transition,
  unitInputs,
  type Network,
} from '../../src/definitions/implicit-relu';
import {
  conditionsAt,
  constantsOf,
  cubeBound,
  descentBound,
  exampleRadii,
  gainOf,
  squareBounds,
  stepBounds,
} from '../../src/definitions/implicit-relu-conditions';
import { gramMatrices, linearization, printedGradients } from '../../src/definitions/implicit-relu-matrices';
import { lossSlope, networkOnLine, reversed } from '../../src/definitions/implicit-relu-lines';
import { Undetermined } from '../../src/numerics/arithmetic';
import { balls } from '../../src/numerics/ball';
import { doubles } from '../../src/numerics/doubles';
import { derivative, jets } from '../../src/numerics/jet';
import { matMul, matrixOf, type Matrix } from '../../src/numerics/matrix';
import { rationals } from '../../src/numerics/rational';
import { randomFrom } from '../support/random';

const R = rationals;
const B = balls(200);
type Fraction = ReturnType<typeof R.of>;
const text = (A: Matrix<Fraction>) => A.map((row) => row.map((x) => R.exactText(x)));

/** Entries of either sign in quarters, γ‖A‖ well below 1. */
function networkAt(seed: number, N = 3, d = 2, m = 3): Network<Fraction> {
  const random = randomFrom(`seed ${seed}`);
  const entry = () => R.of(`${random.whole(-8, 8)}/4`);
  return {
    X: matrixOf(N, d, entry),
    W: matrixOf(d, m, entry),
    A: matrixOf(m, m, entry),
    gamma: R.of('1/8'),
    b: Array.from({ length: m }, entry),
    y: Array.from({ length: N }, entry),
  };
}

const lifted = (network: Network<Fraction>) => {
  const lift = (A: Matrix<Fraction>) => A.map((row) => row.map((x) => B.of(R.exactText(x)!)));
  const { X, W, A, b, y, gamma } = network;
  return { X: lift(X), W: lift(W), A: lift(A), b: lift([b])[0]!, y: lift([y])[0]!, gamma: B.of(R.exactText(gamma)!) };
};

const over = (x: readonly (number | string)[][]) => x.map((row) => row.map((entry) => R.of(entry)));
const scalar = (w: number, a: string, b: string, y: number): Network<Fraction> => ({
  ...{ X: over([[1]]), W: over([[w]]), A: over([[a]]), gamma: R.of('1/2') },
  ...{ b: [R.of(b)], y: [R.of(y)] },
});

test('by hand: one unit that feeds back half, and one that feeds back nothing but would below zero', () => {
  expect(text(equilibrium(R, scalar(3, '1', '1', 0)))).toEqual([['6']]);
  expect(text(equilibrium(R, scalar(3, '-1', '1', 0)))).toEqual([['2']]);
  expect(text(equilibrium(R, scalar(-3, '1', '1', 0)))).toEqual([['0']]);
});

test('by hand: the gradient and a step at one unit', () => {
  // z = w/(1 − a/2) = 6, ŷ = 12, r = 2; dL/dw = r·b/(1 − a/2) = 8, dL/da = r·b·z/2/(1 − a/2) = 24, dL/db = r·z = 12.
  const network = scalar(3, '1', '2', 10);
  const gradient = gradients(R, network);
  expect([text(gradient.W), text(gradient.A), text([gradient.b])]).toEqual([[['8']], [['24']], [['12']]]);
  const next = gradientStep(R, network, R.of('1/8'));
  expect([text(next.W), text(next.A), text([next.b])]).toEqual([[['2']], [['-2']], [['1/2']]]);
});

test('the fixed point is one, exactly, and the iterates approach it', () => {
  for (let seed = 1; seed <= 30; seed++) {
    const network = networkAt(seed);
    const Z = equilibrium(R, network);
    expect(text(transition(R, network, Z))).toEqual(text(Z));
    const last = iterates(doubles, numbersOf(network), 200).at(-1)!;
    Z.flat().forEach((z, k) => expect(last.flat()[k]).toBeCloseTo(R.enclosure(z).lower, 10));
  }
});

const numbersOf = (network: Network<Fraction>): Network<number> => {
  const near = (A: Matrix<Fraction>) => A.map((row) => row.map((x) => R.enclosure(x).lower));
  const { X, W, A, b, y, gamma } = network;
  return { X: near(X), W: near(W), A: near(A), b: near([b])[0]!, y: near([y])[0]!, gamma: R.enclosure(gamma).lower };
};

test('the fixed point over balls holds the exact one, on kinks too', () => {
  const onKinks: Network<Fraction> = { ...networkAt(1), A: over([[1, 0, 0], [0, 1, 0], [0, 0, 1]]) }; // prettier-ignore
  for (const network of [onKinks, ...Array.from({ length: 20 }, (_, k) => networkAt(k + 1))]) {
    const exact = equilibrium(R, network).flat();
    const found = equilibrium(B, lifted(network)).flat();
    exact.forEach((z, k) => {
      expect(B.enclosure(found[k]!).lower).toBeLessThanOrEqual(R.enclosure(z).upper);
      expect(B.enclosure(found[k]!).upper).toBeGreaterThanOrEqual(R.enclosure(z).lower);
    });
  }
});

test('a unit that may be on either side of its kink widens the fixed point and has no slope', () => {
  const network = { ...lifted(scalar(0, '1', '1', 0)), W: [[B.around(0, 2 ** -40)]] };
  const { lower, upper } = B.enclosure(equilibrium(B, network)[0]![0]!);
  // φ in [0, 2⁻⁴⁰] and z = 2φ.
  expect(lower).toBeLessThanOrEqual(0);
  expect(upper).toBeGreaterThanOrEqual(2 ** -39);
  expect(upper).toBeLessThan(2 ** -36);
  expect(() => gradients(B, network)).toThrow(Undetermined);
});

test('without a fixed point there is none to be found', () => {
  expect(() => equilibrium(R, { ...scalar(1, '1', '1', 0), gamma: R.of(1) })).toThrow(Undetermined);
  expect(() => equilibrium(R, { ...scalar(1, '1', '1', 0), gamma: R.of(2) })).toThrow(Undetermined);
});

test('the gradient by rows is the printed one, and H is made of what moves the output', () => {
  for (let seed = 1; seed <= 10; seed++) {
    const network = networkAt(seed, 2, 2, 3);
    const [found, printed] = [gradients(R, network), printedGradients(R, network)];
    expect(text(found.W)).toEqual(text(printed.W));
    expect(text(found.A)).toEqual(text(printed.A));
    expect(text([found.b])).toEqual(text([printed.b]));
  }
});

test('the gradient is the limit of differences', () => {
  const networks = Array.from({ length: 30 }, (_, k) => numbersOf(networkAt(k + 1)));
  const offKinks = networks.filter((network) => {
    const Z = equilibrium(doubles, network);
    const inputs = [preactivation(doubles, network, Z), matMul(doubles, network.X, network.W)].flat(2);
    return inputs.every((x) => Math.abs(x) > 1e-3);
  });
  expect(offKinks.length).toBeGreaterThan(5);
  for (const network of offKinks) {
    const gradient = gradients(doubles, network);
    const h = 1e-6;
    for (const name of ['W', 'A'] as const) {
      network[name].forEach((row, i) =>
        row.forEach((_, j) => {
          const at = (by: number) => {
            const moved = network[name].map((r, k) => r.map((x, l) => (k === i && l === j ? x + by : x)));
            return loss(doubles, { ...network, [name]: moved });
          };
          expect((at(h) - at(-h)) / (2 * h)).toBeCloseTo(gradient[name][i]![j]!, 4);
        }),
      );
    }
  }
});

test('Q times its inverse is the identity, and shapes are those of the lemma', () => {
  const network = networkAt(2, 2, 3, 2);
  const at = linearization(R, network);
  expect(text(matMul(R, at.Q, at.Qinverse))).toEqual(text(over([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]))); // prettier-ignore
  const { M, Pi, H } = gramMatrices(R, network, at);
  expect([M.length, M[0]!.length, Pi.length, Pi[0]!.length, H.length, H[0]!.length]).toEqual([2, 4, 2, 6, 2, 2]);
});

test('by hand: the constants and conditions of the two theorems', () => {
  // λ1 = 2, λ2 = 4, λ3 = 1, γ0 = 1/2, K = 1 + (1/2)²/(1/2)²·(2/4)² = 5/4; λ0 = max{2/1, ½·2·1/(½·1·4) = ½, 1/1}.
  const [zero, one] = [R.of(0), R.of(1)];
  const c = constantsOf(R, { W: one, A: R.of(3), b: zero, C1: one, C2: one, C3: one, gamma: R.of('1/8') });
  expect(text([[c.lambda1, c.lambda2, c.lambda3, c.gamma0, c.K], c.lambda0])).toEqual([['2', '4', '1', '1/2', '5/4'], ['2', '1/2', '1']]); // prettier-ignore
  const sizes = { X: R.of(3), r: R.of(5) };
  expect(text([squareBounds(R, c, sizes, 4)])).toEqual([['240', '60', '120']]);
  expect(text([[cubeBound(R, c, sizes, 8), descentBound(R, c, sizes.X)]])).toEqual([['1800', '720']]);
  // λ̄ = (5/4)/(5/16 + 1)² = 320/441; 2·¼·λ̄/(16·1·9) = 10/3969.
  expect(text([stepBounds(R, c, { X: sizes.X, alpha: R.of(4) })])).toEqual([['1/4', '10/3969']]);
});

test('by hand: the bounds that each condition asks α0² or α0³ to reach', () => {
  const constants = constantsOf(R, exampleRadii(R, R.of(3)));
  // λ1 = λ2 = 4, λ3 = 1, γ = 1/8 and γ0 = 1/2, K = 2, λ0 = 4.
  expect(text([[constants.gamma0, constants.K], constants.lambda0])).toEqual([['1/2', '2'], ['4', '1', '1']]); // prettier-ignore
  const at = { constants, X: R.of(3), r: R.of(5), alpha: R.of(10) };
  const found = conditionsAt(R, at, '(19)', '(14)', '(15)', '(17)', '(18)');
  expect(found.map(({ name, bounds, reached }) => [name, ...text([bounds, [reached]])])).toEqual([
    ['(19)', ['1152'], ['100']],
    ['(14)', ['480', '120', '120'], ['100']],
    ['(15)', ['2880'], ['1000']],
    ['(17)', ['960', '240', '240'], ['100']],
    ['(18)', ['5760'], ['1000']],
  ]);
});

test('by hand: K where λ2 is 0, where the printed formula has no value', () => {
  const at = (gamma: string, lambda1: number, lambda2: number) =>
    R.exactText(gainOf(R, { gamma: R.of(gamma), lambda1: R.of(lambda1), lambda2: R.of(lambda2) }));
  expect(at('1/2', 3, 0)).toBe('13/4');
  expect(at('1/4', 3, 2)).toBe('13/4');
});

test('the network by its error has that error, whatever the targets were', () => {
  const network = networkAt(5);
  const r = [R.of(1), R.of('-3/2'), R.of(0)];
  const found = networkOf(R, { ...network, r });
  expect(text([residual(R, found, equilibrium(R, found))])).toEqual([['1', '-3/2', '0']]);
});

test('all fixed points of a row are found: one where γ‖A‖ < 1, three by hand where two units hold each other down', () => {
  for (let seed = 1; seed <= 10; seed++) {
    const network = networkAt(seed);
    const Z = equilibrium(R, network);
    fixedRows(R, network).forEach((rows, i) => {
      expect(rows.length).toBeGreaterThan(0);
      for (const z of rows) expect(text([z])).toEqual(text([Z[i]!]));
    });
  }
  const rivals = { X: over([[1]]), W: over([[1, 1]]), A: over([[0, -4], [-4, 0]]), gamma: R.of('1/2') }; // prettier-ignore
  expect(fixedRows(R, rivals).map(text)).toEqual([[['1', '0'], ['0', '1'], ['1/3', '1/3']]]); // prettier-ignore
});

test('the fixed point for features of its own is that of weights that make them', () => {
  const network = networkAt(3);
  expect(text(equilibriumFor(R, network, features(R, network)))).toEqual(text(equilibrium(R, network)));
  const { A, gamma } = scalar(0, '1', '1', 0);
  expect(text(equilibriumFor(R, { A, gamma }, over([[-3]])))).toEqual([['0']]);
});

test('what comes to the units, by hand', () => {
  // z = 6 from φ = 3, γa = 1/2; and at w = −3 nothing comes to the unit.
  expect(unitInputs(R, scalar(3, '1', '1', 0)).map(text)).toEqual([[['3']], [['6']]]);
  expect(unitInputs(R, scalar(-3, '1', '1', 0)).map(text)).toEqual([[['-3']], [['0']]]);
});

test('on a line of weights the loss has the gradient in that direction for its derivative, and its minus backwards', () => {
  const offKinks = (tried: Network<Fraction>) =>
    unitInputs(R, tried)
      .flat(2)
      .every((x) => R.sign(x) !== 0);
  const network = Array.from({ length: 50 }, (_, seed) => networkAt(seed, 2, 2, 2)).find(offKinks)!;
  const J = jets(R, 1);
  const along = { dW: over([[1, -2], [0, 3]]), dA: over([[1, 1], [0, -1]]), db: [R.of(2), R.of(-1)] }; // prettier-ignore
  const { W, A, b } = gradients(R, network);
  const pairs = [[W, along.dW], [A, along.dA], [[b], [along.db]]] as const; // prettier-ignore
  const expected = R.add(...pairs.flatMap(([G, V]) => G.flat().map((g, k) => R.mul(g, V.flat()[k]!))));
  const slope = (directions: typeof along) => derivative(J, loss(J, networkOnLine(network, directions)));
  expect(R.exactText(slope(along))).toBe(R.exactText(expected));
  const back = reversed(along, (x) => R.neg(x)) as typeof along;
  expect(R.exactText(slope(back))).toBe(R.exactText(R.neg(expected)));
  expect(R.exactText(derivative(J, loss(J, networkOnLine(network, {}))))).toBe('0');
});

test('by hand: on a kink the loss has one slope forwards and another backwards', () => {
  // z = 0 and r = −1; forwards z grows by 1/(1 − ½·1) = 2, backwards it stays.
  const network = scalar(0, '1', '1', 1);
  const slope = (dW: number) => R.exactText(lossSlope(R, network, { dW: [[R.of(dW)]] }));
  expect([slope(1), slope(-1)]).toEqual(['-2', '0']);
});
