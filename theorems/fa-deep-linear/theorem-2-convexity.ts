/**
 * Signs of derivatives in the proof of Theorem 2 (Appendix A.2): on the aligned parabola θ2 = θ1²/(2d) the flow obeys
 * θ1' = (r³ − θ1³)/2, r = (2dλ)^{1/3}. The start θ₀ is any point of the parabola, which no path leaves, and no path crosses
 * r: so the statements are checked at a point. Instances are drawn by r: λ = r³/(2d).
 */
import { equals, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Reading } from '../../src/claim/finding';
import { feedbackAlignmentField, startAligned } from '../../src/definitions/scalar-two-layer';
import { slopeAtZero } from '../../oracles/closed-form';
import { alignedStartAnyFeedback, alignedStartBeyond, signal } from '../../generators/scalar-two-layer';

interface Point<N> {
  readonly r: N;
  readonly d: N;
  readonly theta0: N;
}

/** Any point of the aligned parabola but the solution; d and λ of either sign (Remark 13). */
const anyPoint = exam({
  name: 'a point of the aligned parabola, for derivatives',
  inside: alignedStartAnyFeedback,
  assuming: {
    H1: { says: String.raw`d \ne 0,\ \lambda \ne 0`, holds: (R, { r, d }) => lessThan(R, 0, R.abs(R.mul(r, d))) },
    H2: { says: String.raw`\theta_0 \ne r`, holds: (R, { r, theta0 }) => lessThan(R, 0, R.abs(R.sub(theta0, r))) },
  },
  cases: [
    { r: 1, d: '1/2', theta0: 0 },
    { r: -1, d: '1/2', theta0: 2 },
    { r: 2, d: -1, theta0: 3 },
    { r: -3, d: -2, theta0: -4 },
  ],
});

/** Derivatives along the flow at a point of the parabola, by the field (35)–(36) alone: exact for polynomials. */
const derivatives = <N>(R: Reading<N>, p: Point<N>) => {
  const lambda = signal(R, p);
  type State = readonly [N, N];
  const field = (state: State): State => feedbackAlignmentField(R, { lambda, d: p.d }, state);
  const { w1, w2 } = startAligned(R, lambda, p.d, p.theta0);
  const velocity = field([w1, w2]);
  const alongFlow = (g: (state: State) => N): N =>
    slopeAtZero(R, (h) => g([R.add(w1, R.mul(h, velocity[0])), R.add(w2, R.mul(h, velocity[1]))]));
  return {
    first: velocity[0],
    second: velocity[1],
    first2: alongFlow((state) => field(state)[0]),
    second2: alongFlow((state) => field(state)[1]),
    product: alongFlow(([x, y]) => R.mul(x, y)),
    product2: alongFlow((state) => {
      const [fx, fy] = field(state);
      return R.add(R.mul(fx, state[1]), R.mul(state[0], fy));
    }),
  };
};

/** The first layer moves towards r. For all. */
export const lemma12 = forAll(anyPoint, {
  id: 'fa-deep-linear/lemma-12',
  where: 'Lemma 12',
  recorded: 'upheld',
  says: String.raw`\dot\theta_1<0 \text{ if } \theta_0>r,\quad \dot\theta_1>0 \text{ if } \theta_0<r`,
  note: String.raw`At every point of the aligned parabola, so all along a path, which cannot cross the rest point. Signs of
$d$ and $\lambda$ are free, as in Remark 13.`,
  then: (R, _none, p) => lessThan(R, 0, R.mul(R.sub(p.r, p.theta0), derivatives(R, p).first)),
  mutants: {
    'towards the double of r': (R, _none, p) =>
      lessThan(R, 0, R.mul(R.sub(R.mul(2, p.r), p.theta0), derivatives(R, p).first)),
    'from zero': (R, _none, p) => lessThan(R, 0, R.mul(p.theta0, derivatives(R, p).first)),
  },
});

/** The first and second derivatives of both layers. For all, identities. */
export const derivatives51 = forAll(anyPoint, {
  id: 'fa-deep-linear/eq-51',
  where: '(50)-(51)',
  recorded: 'upheld',
  says: String.raw`\dot\theta_1=\tfrac12(r^3-\theta_1^3),\ \dot\theta_2=\tfrac1d\theta_1\dot\theta_1,\ \ddot\theta_1=\tfrac34\theta_1^2(\theta_1^3-r^3),\ \ddot\theta_2=\tfrac1d(\dot\theta_1^2+\theta_1\ddot\theta_1)`,
  note: 'Against the derivatives of the field (35)-(36) along itself, which are exact differences of polynomials.',
  then: (R, _none, p) => {
    const { r, d, theta0: x } = p;
    const { first, second, first2, second2 } = derivatives(R, p);
    const fall = R.sub(R.power(r, 3), R.power(x, 3));
    const bend = R.mul('-3/4', R.power(x, 2), fall);
    return all(
      part('first', equals(R, first, R.div(fall, 2))),
      part('second', equals(R, second, R.div(R.mul(x, first), d))),
      part('first, twice', equals(R, first2, bend)),
      part('second, twice', equals(R, second2, R.div(R.add(R.power(first, 2), R.mul(x, bend)), d))),
    );
  },
  mutants: {
    '3/2 for 3/4': (R, _none, p) =>
      equals(
        R,
        derivatives(R, p).first2,
        R.mul('3/2', R.power(p.theta0, 2), R.sub(R.power(p.theta0, 3), R.power(p.r, 3))),
      ),
  },
});

/** A point of the aligned parabola to the right of the solution, d and λ > 0. */
const beyondSolution = exam({
  name: 'a point of the aligned parabola beyond the solution',
  inside: alignedStartBeyond,
  around: alignedStartAnyFeedback,
  assuming: {
    H1: { says: String.raw`d > 0,\ \lambda > 0`, holds: (R, { r, d }) => all(lessThan(R, 0, d), lessThan(R, 0, r)) },
    H2: { says: String.raw`\theta_0 > r`, holds: (R, { r, theta0 }) => lessThan(R, r, theta0) },
  },
  cases: [
    { r: 1, d: '1/2', theta0: 2 },
    { r: 1, d: 3, theta0: '1025/1024' },
  ],
});

/** From beyond the solution everything falls and is convex. For all. */
export const convexBeyond = forAll(beyondSolution, {
  id: 'fa-deep-linear/convexity-theta0-gt-r',
  where: 'Appendix A.2, after (51)',
  recorded: 'upheld',
  says: String.raw`\theta_0>r \implies \theta_1,\ \theta_2,\ \theta_2\theta_1 \text{ strictly decreasing and strictly convex}`,
  note: String.raw`The signs of the first and second derivatives at every point beyond $r$, where a path from there stays.`,
  then: (R, _none, p) => {
    const { first, second, product: moves, first2, second2, product2 } = derivatives(R, p);
    return all(
      ...Object.entries({ first, second, product: moves }).map(([name, x]) =>
        part(`${name} decreases`, lessThan(R, x, 0)),
      ),
      ...Object.entries({ first: first2, second: second2, product: product2 }).map(([name, x]) =>
        part(`${name} is convex`, lessThan(R, 0, x)),
      ),
    );
  },
  mutants: {
    concave: (R, _none, p) => lessThan(R, derivatives(R, p).first2, 0),
    'the second layer grows': (R, _none, p) => lessThan(R, 0, derivatives(R, p).second),
  },
});
