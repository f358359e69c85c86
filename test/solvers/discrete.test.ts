import type { Arithmetic } from '../../src/numerics/arithmetic';
import { balls } from '../../src/numerics/ball';
import { dyadics, type Dyadic } from '../../src/numerics/dyadic';
import { rationals } from '../../src/numerics/rational';
import { eulerFromZero, midpointFromZero, type WeightPath } from '../../src/definitions/scalar-two-layer';
import type { FeedbackProblem, ScalarPath, Steps } from '../../src/solvers/interfaces';
import { referenceSolvers } from '../../src/solvers/reference';
import { randomFrom, type Random } from '../support/random';

const { euler, midpoint } = referenceSolvers.scalarFA;

/** Half an ulp of 1: what one rounding costs, relative to its result. */
const U = 2 ** -53;
/** Exact for sums and products of doubles, and much faster than fractions in lowest terms. */
const R = dyadics;

type Problem = FeedbackProblem & Steps;
type Scheme = 'Euler' | 'midpoint';

/** Any problem whose path stays bounded for a few steps: the step is at most a few times the fastest time scale. */
function anyProblem(random: Random, steps: number): Problem {
  const [lambda, d] = [random.signed(1e-3, 1e3), random.signed(1e-2, 1e2)];
  const [w1, w2] = [random.signed(1e-3, 30), random.signed(1e-3, 30)];
  const speed = Math.cbrt((d * lambda) ** 2) + Math.abs(d * w2) + w1 * w1;
  return { lambda, d, w1, w2, steps, eta: random.sized(1e-4, 1) / speed };
}

/** One step as the paper writes it, exactly, from a point of the path; the new first layer is the path's own. */
function exactStep(scheme: Scheme, { lambda, d, eta }: Problem, { w1, w2 }: ScalarPath, t: number) {
  const [x, y, next] = [w1[t]!, w2[t]!, w1[t + 1]!];
  const error = R.sub(lambda, R.mul(y, x));
  const along = scheme === 'Euler' ? R.of(x) : R.div(R.add(next, x), 2);
  return { w1: R.add(x, R.mul(eta, d, error)), w2: R.add(y, R.mul(eta, error, along)) };
}

const distanceTo = (exact: Dyadic, x: number): number => R.enclosure(R.abs(R.sub(exact, x))).upper;

/**
 * Rounding of one step: the product in the error, the error itself, the step size times d, the update and the sum are
 * rounded once each, so the first layer is off by at most 5 U (|x| + η|d|(|λ| + |xy|)) up to terms in U²; the second
 * layer the same way with the mean of the first in the place of d, rounded once more.
 */
function worstDefect(scheme: Scheme, problem: Problem, path: ScalarPath): number {
  const { lambda, d, eta } = problem;
  let worst = 0;
  for (let t = 0; t < problem.steps; t++) {
    const [x, y, next] = [path.w1[t]!, path.w2[t]!, path.w1[t + 1]!];
    const exact = exactStep(scheme, problem, path, t);
    const size = eta * (Math.abs(lambda) + Math.abs(x * y));
    const first = Math.abs(x) + Math.abs(d) * size;
    const second = Math.abs(y) + Math.max(Math.abs(x), Math.abs(next)) * size;
    worst = Math.max(worst, distanceTo(exact.w1, next) / first, distanceTo(exact.w2, path.w2[t + 1]!) / second);
  }
  return worst / U;
}

describe.each([
  ['Euler', euler],
  ['midpoint', midpoint],
] as const)('the %s kernel', (scheme, solver) => {
  test('makes every step as the paper writes it, up to six roundings', () => {
    const random = randomFrom(`local defect of ${scheme}`);
    for (let k = 0; k < 400; k++) {
      const problem = anyProblem(random, 8);
      expect(worstDefect(scheme, problem, solver(problem))).toBeLessThan(6);
    }
  });

  test('starts at the start and returns one point more than there are steps', () => {
    const path = solver({ lambda: 1, d: 2, eta: 0.1, steps: 5, w1: 3, w2: -4 });
    expect([path.w1.length, path.w2.length, path.w1[0], path.w2[0]]).toEqual([6, 6, 3, -4]);
    const still = solver({ lambda: 1, d: 2, eta: 0.1, steps: 0, w1: 3, w2: -4 });
    expect([...Array.from(still.w1), ...Array.from(still.w2)]).toEqual([3, -4]);
  });

  test('stands still at a solution', () => {
    const path = solver({ lambda: 6, d: 5, eta: 0.25, steps: 10, w1: 2, w2: 3 });
    expect(Array.from(path.w1)).toEqual(Array.from({ length: 11 }, () => 2));
    expect(Array.from(path.w2)).toEqual(Array.from({ length: 11 }, () => 3));
  });

  test('leaves the doubles without an error when the step size is far too large', () => {
    const path = solver({ lambda: 10, d: 10, eta: 10, steps: 50, w1: 0, w2: 0 });
    expect(Number.isFinite(path.w1[50]!)).toBe(false);
  });
});

describe.each([
  ['Euler', euler, eulerFromZero],
  ['midpoint', midpoint, midpointFromZero],
] as const)('the %s kernel and the definition from zero weights', (scheme, solver, definition) => {
  const path = <N>(A: Arithmetic<N>, { lambda, d, eta }: Problem, steps: number): WeightPath<N> =>
    definition(A, { lambda: A.of(lambda), d: A.of(d), eta: A.of(eta) }, steps);

  /** Problems from zero weights below the step-size bound 2/(3r²): the path settles and forgets its rounding. */
  const settling = (random: Random, steps: number): Problem => {
    const [r, d] = [random.sized(1 / 16, 16), random.sized(1 / 16, 16)];
    return { lambda: r ** 3 / (2 * d), d, eta: (random.between(0.05, 0.95) * 2) / (3 * r * r), steps, w1: 0, w2: 0 };
  };

  test('agree step by step in exact numbers', () => {
    const random = randomFrom(`exact numbers for ${scheme}`);
    for (let k = 0; k < 60; k++) {
      const problem = settling(random, 4);
      const { w1, w2 } = solver(problem);
      const exact = path(dyadics, problem, 4);
      // Each step rounds at most twelve times and none of these four is expanded by more than 4 by the next.
      for (let t = 0; t <= 4; t++) {
        const room = 12 * U * (4 ** t - 1);
        expect(distanceTo(exact.w1[t]!, w1[t]!)).toBeLessThanOrEqual(room * R.enclosure(R.abs(exact.w1[4]!)).upper * 2);
        expect(distanceTo(exact.w2[t]!, w2[t]!)).toBeLessThanOrEqual(room * R.enclosure(R.abs(exact.w2[4]!)).upper * 2);
      }
    }
  });

  test('agree over 100 steps, enclosed in balls', () => {
    const random = randomFrom(`balls for ${scheme}`);
    const B = balls(400);
    for (let k = 0; k < 20; k++) {
      const problem = settling(random, 100);
      const { w1, w2 } = solver(problem);
      const defined = path(B, problem, 100);
      const off = (a: readonly unknown[], b: ArrayLike<number>): number =>
        Math.max(...a.map((x, t) => B.enclosure(B.abs(B.sub(x as never, b[t]!))).upper));
      // The step contracts in the long run, so the rounding of 100 steps adds up to no more than its sum: 100 · 12 U.
      expect(off(defined.w1, w1)).toBeLessThan(1200 * U * Math.max(...Array.from(w1, Math.abs)));
      expect(off(defined.w2, w2)).toBeLessThan(1200 * U * Math.max(...Array.from(w2, Math.abs)));
    }
  });
});

describe('what the midpoint scheme conserves', () => {
  test('w2 − w1²/(2d) stays exactly 0 in the definition', () => {
    const Q = rationals;
    const path = midpointFromZero(Q, { lambda: Q.of('7/3'), d: Q.of('-5/4'), eta: Q.of('1/6') }, 6);
    for (let t = 0; t <= 6; t++) {
      const K = Q.sub(path.w2[t]!, Q.div(Q.mul(path.w1[t]!, path.w1[t]!), '-5/2'));
      expect(Q.exactText(K)).toBe('0');
    }
  });

  test('Euler does not conserve it', () => {
    const { w1, w2 } = eulerFromZero(R, { lambda: R.of(1), d: R.of(1), eta: R.of('1/2') }, 2);
    expect(R.exactText(R.sub(w2[2]!, R.div(R.mul(w1[2]!, w1[2]!), 2)))).not.toBe('0');
  });

  test('the kernel keeps it up to the rounding of its steps', () => {
    const random = randomFrom('midpoint invariant');
    for (let k = 0; k < 200; k++) {
      const problem = anyProblem(random, 30);
      const { w1, w2 } = midpoint(problem);
      if (!Array.from(w2).every(Number.isFinite)) continue;
      /** w2·2d − w1²: without a division, which could not be exact. */
      const K = (t: number): Dyadic => R.sub(R.mul(2, problem.d, w2[t]!), R.mul(w1[t]!, w1[t]!));
      let room = 0;
      for (let t = 0; t < 30; t++) {
        const [x, y, next] = [Math.abs(w1[t]!), Math.abs(w2[t]!), Math.abs(w1[t + 1]!)];
        const size = problem.eta * (Math.abs(problem.lambda) + x * y);
        const first = 6 * U * (x + Math.abs(problem.d) * size);
        room += 6 * U * (y + Math.max(x, next) * size) + (Math.max(x, next) / Math.abs(problem.d)) * first;
      }
      expect(R.enclosure(R.abs(R.sub(K(30), K(0)))).upper).toBeLessThanOrEqual(2 * Math.abs(problem.d) * room);
    }
  });
});
