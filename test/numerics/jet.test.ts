/** Jets against derivatives known in closed form, against finite differences, and against the rules of calculus in fractions. */
import { NotRepresentable, OutOfDomain, type Arithmetic, type Real } from '../../src/numerics/arithmetic';
import { balls, type Ball } from '../../src/numerics/ball';
import { doubles } from '../../src/numerics/doubles';
import { constantMatrix, derivative, jets, matrixDerivative, onFlow, onLine, type Jet } from '../../src/numerics/jet';
import { inverse, matMul, matrixOf, scale, trace, determinant, type Matrix } from '../../src/numerics/matrix';
import { rationals, type Fraction } from '../../src/numerics/rational';
import { randomFrom } from '../support/random';

const Q = rationals;
const B = balls(256);
const JQ = jets(Q, 3);
const random = randomFrom('jets');
const fraction = (): Fraction => Q.of(`${random.whole(-9, 9)}/${random.whole(1, 9)}`);
/** Not 0. */
const divisor = (): Fraction => Q.of(`${random.pick([-1, 1]) * random.whole(1, 9)}/${random.whole(1, 9)}`);
const jet = (first = fraction()): Jet<Fraction> => [first, fraction(), fraction(), fraction()];
const texts = (a: Jet<Fraction>): readonly string[] => [0, 1, 2, 3].map((k) => Q.exactText(derivative(JQ, a, k))!);

/** x + t. */
const variable = <N>(R: Arithmetic<N>, x: Real): Jet<N> => [R.of(x), R.of(1)];

/** Functions of one variable, and their first two derivatives by hand. */
type Formula = <N>(R: Arithmetic<N>, x: N) => N;
const FUNCTIONS: readonly (readonly [name: string, f: Formula, first: Formula, second: Formula])[] = [
  ['x³', (R, x) => R.power(x, 3), (R, x) => R.mul(3, R.power(x, 2)), (R, x) => R.mul(6, x)],
  ['x⁻²', (R, x) => R.power(x, -2), (R, x) => R.mul(-2, R.power(x, -3)), (R, x) => R.mul(6, R.power(x, -4))],
  ['√x', (R, x) => R.sqrt(x), (R, x) => R.div(1, R.mul(2, R.sqrt(x))), (R, x) => R.div(-1, R.mul(4, x, R.sqrt(x)))],
  [
    '∛x',
    (R, x) => R.cbrt(x),
    (R, x) => R.div(R.cbrt(x), R.mul(3, x)),
    (R, x) => R.div(R.mul(-2, R.cbrt(x)), R.mul(9, R.power(x, 2))),
  ],
  [
    'x^(5/2)',
    (R, x) => R.rationalPower(x, 5, 2),
    (R, x) => R.mul('5/2', x, R.sqrt(x)),
    (R, x) => R.mul('15/4', R.sqrt(x)),
  ],
  ['exp x', (R, x) => R.exp(x), (R, x) => R.exp(x), (R, x) => R.exp(x)],
  ['log x', (R, x) => R.log(x), (R, x) => R.div(1, x), (R, x) => R.neg(R.power(x, -2))],
  [
    'atan x',
    (R, x) => R.atan(x),
    (R, x) => R.div(1, R.add(1, R.power(x, 2))),
    (R, x) => R.div(R.mul(-2, x), R.power(R.add(1, R.power(x, 2)), 2)),
  ],
  [
    'exp(−x²)/x',
    (R, x) => R.div(R.exp(R.neg(R.power(x, 2))), x),
    (R, x) => R.mul(R.neg(R.exp(R.neg(R.power(x, 2)))), R.add(2, R.power(x, -2))),
    (R, x) => R.mul(R.exp(R.neg(R.power(x, 2))), R.add(R.mul(4, x), R.div(2, x), R.mul(2, R.power(x, -3)))),
  ],
];

describe.each(FUNCTIONS)('%s', (_name, f, first, second) => {
  const POINTS = ['1/3', 1, '7/2'];

  test('has the value and the derivatives known, in balls', () => {
    const J = jets(B, 2);
    for (const x of POINTS) {
      const found = f(J, variable<Ball>(B, x));
      for (const [k, formula] of [f, first, second].entries()) {
        const difference = B.sub(derivative(J, found, k), formula(B, B.of(x)));
        expect(B.sign(difference) ?? 0).toBe(0);
        const { lower, upper } = B.enclosure(difference);
        expect(upper - lower).toBeLessThan(2 ** -200);
      }
    }
  });

  test('has derivatives that finite differences come close to', () => {
    const J = jets(doubles, 2);
    for (const x of [0.4, 1, 3]) {
      const at = (y: number): number => f(doubles, y);
      const h = 1e-4;
      const found = f(J, variable(doubles, x));
      const size = Math.abs(at(x)) + Math.abs(first(doubles, x)) + Math.abs(second(doubles, x)) + 1;
      // Central differences: h²f‴/6 and h²f⁗/12, below 1000h² of these sizes here, and rounding of a few 2⁻⁵³/h².
      expect(Math.abs((at(x + h) - at(x - h)) / (2 * h) - derivative(J, found, 1))).toBeLessThan(1e-5 * size);
      expect(Math.abs((at(x + h) - 2 * at(x) + at(x - h)) / h ** 2 - derivative(J, found, 2))).toBeLessThan(
        1e-5 * size,
      );
    }
  });
});

describe('the rules of calculus, exactly', () => {
  test('a product has the derivatives of Leibniz', () => {
    for (let k = 0; k < 50; k++) {
      const [a, b] = [jet(), jet()];
      const [f, g] = [a, b].map((x) => [0, 1, 2, 3].map((i) => derivative(JQ, x, i)));
      const expected = [
        Q.mul(f![0]!, g![0]!),
        Q.add(Q.mul(f![1]!, g![0]!), Q.mul(f![0]!, g![1]!)),
        Q.add(Q.mul(f![2]!, g![0]!), Q.mul(2, f![1]!, g![1]!), Q.mul(f![0]!, g![2]!)),
        Q.add(Q.mul(f![3]!, g![0]!), Q.mul(3, f![2]!, g![1]!), Q.mul(3, f![1]!, g![2]!), Q.mul(f![0]!, g![3]!)),
      ];
      expect(texts(JQ.mul(a, b))).toEqual(expected.map((x) => Q.exactText(x)));
    }
  });

  test('a quotient times its divisor is what was divided, and powers are products', () => {
    for (let k = 0; k < 50; k++) {
      const [a, b] = [jet(), jet(divisor())];
      expect(texts(JQ.mul(JQ.div(a, b), b))).toEqual(texts(a));
      expect(texts(JQ.power(b, 3))).toEqual(texts(JQ.mul(b, b, b)));
      expect(texts(JQ.mul(JQ.power(b, -2), b, b))).toEqual(['1', '0', '0', '0']);
      expect(texts(JQ.power(a, 0))).toEqual(['1', '0', '0', '0']);
    }
  });

  test('the chain rule: f(g(t)) has the derivative f′(g)g′', () => {
    const J = jets(B, 1);
    for (const [, f, first] of FUNCTIONS) {
      const inner: Jet<Ball> = [B.of('3/2'), B.of('-5/7')];
      const difference = B.sub(derivative(J, f(J, inner)), B.mul(first(B, inner[0]!), inner[1]!));
      expect(B.sign(difference) ?? 0).toBe(0);
    }
  });

  test('sums, differences, negatives and moduli go term by term, short jets being constant beyond their end', () => {
    const [a, b] = [jet(Q.of(-2)), jet()];
    expect(texts(JQ.sub(JQ.add(a, b, 3), JQ.add(b, '3')))).toEqual(texts(a));
    expect(texts(JQ.abs(a))).toEqual(texts(JQ.neg(a)));
    expect(texts(JQ.add(JQ.of('1/2'), a.slice(0, 2)))).toEqual(texts([Q.of('-3/2'), a[1]!]));
    expect(texts(JQ.add())).toEqual(['0', '0', '0', '0']);
    expect(texts(JQ.mul())).toEqual(['1', '0', '0', '0']);
  });
});

describe('matrices', () => {
  const square = (n: number): Matrix<Fraction> => matrixOf(n, n, fraction);
  const invertible = (n: number): Matrix<Fraction> =>
    matrixOf(n, n, (i, j) => (i === j ? Q.add(fraction(), 40) : fraction()));
  const read = (A: Matrix<Fraction>) => A.map((row) => row.map((x) => Q.exactText(x)));

  test('the inverse has the derivative −A⁻¹VA⁻¹, and second derivative 2A⁻¹VA⁻¹VA⁻¹, in the direction V', () => {
    const J = jets(Q, 2);
    for (const n of [1, 2, 3]) {
      const [A, V] = [invertible(n), square(n)];
      const found = inverse(J, onLine(A, V));
      const I = inverse(Q, A);
      expect(read(matrixDerivative(J, found))).toEqual(read(scale(Q, -1, matMul(Q, I, V, I))));
      expect(read(matrixDerivative(J, found, 2))).toEqual(read(scale(Q, 2, matMul(Q, I, V, I, V, I))));
    }
  });

  test('the determinant has the derivative det(A) tr(A⁻¹V)', () => {
    const J = jets(Q, 1);
    const [A, V] = [invertible(3), square(3)];
    const expected = Q.mul(determinant(Q, A), trace(Q, matMul(Q, inverse(Q, A), V)));
    expect(Q.exactText(derivative(J, determinant(J, onLine(A, V))))).toBe(Q.exactText(expected));
  });

  test('a singular matrix gives over doubles what IEEE gives, and is refused over fractions', () => {
    const singular = [[1, 1], [1, 1]]; // prettier-ignore
    expect(() => inverse(jets(doubles, 1), constantMatrix(singular))).not.toThrow();
    const exact = singular.map((row) => row.map((x) => Q.of(x)));
    expect(() => inverse(jets(Q, 1), constantMatrix(exact))).toThrow(OutOfDomain);
  });
});

describe('along a flow', () => {
  test('x′ = x² has x″ = 2x³ and x‴ = 6x⁴', () => {
    const [path] = onFlow(JQ, [[[Q.of('2/3')]]], ([X]) => [[[JQ.power(X![0]![0]!, 2)]]]);
    expect(texts(path![0]![0]!)).toEqual(['2/3', '4/9', '16/27', '32/27']);
  });

  test('two matrices that drive each other: X′ = Y, Y′ = −X has X″ = −X', () => {
    const [X, Y] = [matrixOf(2, 2, fraction), matrixOf(2, 2, fraction)];
    const [path] = onFlow(JQ, [X, Y], ([A, C]) => [C!, scale(JQ, -1, A!)]);
    const same = (A: Matrix<Fraction>, C: Matrix<Fraction>) =>
      expect(A.flat().map((x) => Q.exactText(x))).toEqual(C.flat().map((x) => Q.exactText(x)));
    same(matrixDerivative(JQ, path!, 0), X);
    same(matrixDerivative(JQ, path!, 1), Y);
    same(matrixDerivative(JQ, path!, 2), scale(Q, -1, X));
    same(matrixDerivative(JQ, path!, 3), scale(Q, -1, Y));
  });
});

describe('what jets refuse', () => {
  test('orders that are none, and derivatives beyond the order', () => {
    for (const order of [-1, 1.5, NaN]) expect(() => jets(Q, order)).toThrow('expected 0, 1, 2, …');
    expect(() => derivative(JQ, jet(), 4)).toThrow('use jets of more');
  });

  test('a modulus and a root at 0, which have no derivative there', () => {
    expect(() => JQ.abs([Q.of(0), Q.of(1)])).toThrow(NotRepresentable);
    expect(() => JQ.sqrt([Q.of(0), Q.of(1)])).toThrow(OutOfDomain);
  });

  test('to be read as exact numbers: sign and enclosure are those of the value', () => {
    const a: Jet<Fraction> = [Q.of('-1/2'), Q.of(5)];
    expect([JQ.sign(a), JQ.approximate(a), JQ.exactText(a)]).toEqual([-1, -0.5, undefined]);
    expect(JQ.enclosure(a)).toEqual({ lower: -0.5, upper: -0.5 });
  });
});
