/**
 * Forward Euler for the scalar two-layer linear network from zero weights (Section 5.1 and Appendix D.2):
 * x_{t+1} = x_t + ηd(λ − x_t y_t), y_{t+1} = y_t + η(λ − x_t y_t)x_t. Instances are drawn by r = (2dλ)^{1/3}.
 */
import { lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part } from '../../src/claim/finding';
import { eulerFromZero, startAtZero } from '../../src/definitions/scalar-two-layer';
import { doubles } from '../../src/numerics/doubles';
import { head, identical, tail } from '../../oracles/along';
import { cancelling, map, squaredVariation, zip } from '../../oracles/series';
import { eulerSmallStep, signal } from '../../generators/scalar-two-layer';

/** Zero weights, a step size small enough for the path to stay bounded. */
const fromZero = exam({
  name: 'forward Euler from zero',
  inside: eulerSmallStep,
  assuming: {
    H1: {
      says: String.raw`d > 0,\ \lambda > 0,\ \eta > 0`,
      holds: (R, { r, d, eta }) => all(lessThan(R, 0, d), lessThan(R, 0, r), lessThan(R, 0, eta)),
    },
  },
  cases: [
    { r: 1, d: '1/2', eta: '1/2' },
    { r: 2, d: 3, eta: '1/10' },
  ],
  horizon: 60,
  run: ({ scalarFA }, { r, d, eta }, steps) =>
    scalarFA.euler({ ...startAtZero(doubles, signal(doubles, { r, d }), d), eta, steps }),
  defined: (R, { r, d, eta }, steps) => eulerFromZero(R, { lambda: signal(R, { r, d }), d, eta }, steps),
  measure: (_R, { w1, w2 }) => ({ w1: { values: w1 }, w2: { values: w2 } }),
});

/** The two layers reduce to a recursion in x and the squared steps so far. For all, an identity. */
export const recursion = forAll(fromZero, {
  id: 'fa-deep-linear/recursion-143-144',
  where: '(142)-(144)',
  recorded: 'upheld',
  says: String.raw`y_t=\tfrac{x_t^2-S_t}{2d},\quad x_{t+1}=x_t+\tfrac{\eta}{2}(2d\lambda-x_t^3+x_tS_t),\quad S_t=\sum_{j\le t}(x_j-x_{j-1})^2`,
  note: 'Algebra: it holds at every step size. Instances stay where the path is bounded.',
  then: (R, { w1, w2 }, { r, d, eta }) => {
    const S = squaredVariation(R, w1);
    const second = zip(w1, S, (x, s) => R.div(R.sub(R.mul(x, x), s), R.mul(2, d)));
    const force = zip(w1, S, (x, s) => R.add(R.power(r, 3), R.neg(R.power(x, 3)), R.mul(x, s)));
    const next = zip(w1, force, (x, f) => R.add(x, R.mul(R.div(eta, 2), f)));
    const squares = map(w1, (x) => R.div(R.mul(x, x), R.mul(2, d)));
    return all(
      part('second layer', identical(R, w2, cancelling(R, second, squares))),
      part('first layer', identical(R, tail(w1), head(next))),
    );
  },
});
