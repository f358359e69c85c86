import { confirmedFlow } from '../../src/numerics/confirmed-flow';
import { doubles } from '../../src/numerics/doubles';
import { rationals } from '../../src/numerics/rational';
import { timesUpTo } from '../../src/definitions/flow';
import { feedbackAlignmentField, gradientField } from '../../src/definitions/scalar-two-layer';
import type { ScalarPath } from '../../src/solvers/interfaces';
import { referenceSolvers } from '../../src/solvers/reference';
import { randomFrom, type Random } from '../support/random';

const { scalarFA, scalarGD } = referenceSolvers;

/** The accuracy that the interface asks of a flow, relative to the largest weight on the path. */
const ACCURACY = 1e-9;

interface Start {
  readonly lambda: number;
  readonly d: number;
  readonly w1: number;
  readonly w2: number;
  readonly times: Float64Array;
}

/** Any signs and sizes, followed for up to 20 of the fastest time scales. */
function anyStart(random: Random): Start {
  const [lambda, d] = [random.signed(1e-2, 1e2), random.signed(1e-2, 1e2)];
  const [w1, w2] = [random.signed(1e-2, 10), random.signed(1e-2, 10)];
  const K = w2 - (w1 * w1) / (2 * d);
  const span = random.between(1, 20) / (Math.cbrt((d * lambda) ** 2) + Math.abs(d * K) + w1 * w1);
  return { lambda, d, w1, w2, times: timesUpTo(span, 12) };
}

const largest = ({ w1, w2 }: ScalarPath): number => Math.max(...Array.from(w1, Math.abs), ...Array.from(w2, Math.abs));

const worstGap = (a: ArrayLike<number>, b: ArrayLike<number>, room: ArrayLike<number> = []): number =>
  Math.max(...Array.from(a, (x, t) => Math.abs(x - b[t]!) - (room[t] ?? 0)));

describe.each([
  [
    'feedback-alignment',
    scalarFA.flow,
    ({ lambda, d }: Start) =>
      (state: readonly [number, number]) =>
        feedbackAlignmentField(doubles, { lambda, d }, state),
  ],
  [
    'gradient',
    scalarGD.flow,
    ({ lambda }: Start) =>
      (state: readonly [number, number]) =>
        gradientField(doubles, { lambda }, state),
  ],
] as const)('the %s flow', (name, solver, fieldOf) => {
  test('is the confirmed flow of the field in the definition', () => {
    const random = randomFrom(`${name} flow`);
    for (let k = 0; k < 40; k++) {
      const start = anyStart(random);
      const field = fieldOf(start);
      const path = solver(start);
      const { values, radii } = confirmedFlow(
        (_time, [x, y], derivative) => derivative.set(field([x!, y!])),
        [start.w1, start.w2],
        start.times,
      );
      const room = ACCURACY * largest(path);
      expect(worstGap(values[0]!, path.w1, radii[0])).toBeLessThanOrEqual(room);
      expect(worstGap(values[1]!, path.w2, radii[1])).toBeLessThanOrEqual(room);
    }
  });

  test('starts at the start, and one time alone gives the start alone', () => {
    const path = solver({ lambda: 1, d: 2, w1: 3, w2: -4, times: [0] });
    expect([path.w1[0], path.w2[0], path.w1.length, path.w2.length]).toEqual([3, -4, 1, 1]);
  });

  test('stands still at a solution', () => {
    const { w1, w2 } = solver({ lambda: 6, d: 5, w1: 2, w2: 3, times: timesUpTo(10, 5) });
    expect([Array.from(w1), Array.from(w2)]).toEqual([new Array(6).fill(2), new Array(6).fill(3)]);
  });

  test('does not depend on the other times asked for', () => {
    const start = anyStart(randomFrom(`${name} times`));
    const coarse = { ...start, times: [0, start.times[12]!] };
    expect(solver(coarse).w1[1]).toBe(solver(start).w1[12]);
  });
});

describe('closed forms without signal', () => {
  test('feedback alignment from the aligned start follows ±(t + θ₀⁻²)^(−1/2)', () => {
    const random = randomFrom('closed form');
    for (let k = 0; k < 40; k++) {
      const [d, theta0] = [random.sized(1 / 64, 64), random.signed(1 / 64, 64)];
      const times = timesUpTo(100 / theta0 ** 2, 20);
      const path = scalarFA.flow({ lambda: 0, d, w1: theta0, w2: theta0 ** 2 / (2 * d), times });
      const s = Array.from(times, (time) => time + theta0 ** -2);
      const room = ACCURACY * largest(path);
      expect(
        worstGap(
          path.w1,
          s.map((x) => Math.sign(theta0) / Math.sqrt(x)),
        ),
      ).toBeLessThan(room);
      expect(
        worstGap(
          path.w2,
          s.map((x) => 1 / (2 * d * x)),
        ),
      ).toBeLessThan(room);
    }
  });

  test('gradient flow from equal weights follows (2t + a⁻²)^(−1/2)', () => {
    const random = randomFrom('closed form of gradient flow');
    for (let k = 0; k < 20; k++) {
      const a = random.sized(1 / 64, 64);
      const times = timesUpTo(100 / a ** 2, 20);
      const path = scalarGD.flow({ lambda: 0, w1: a, w2: a, times });
      const exact = Array.from(times, (time) => 1 / Math.sqrt(2 * time + a ** -2));
      expect(worstGap(path.w1, exact)).toBeLessThan(ACCURACY * a);
      expect(worstGap(path.w2, exact)).toBeLessThan(ACCURACY * a);
    }
  });
});

describe('from zero weights', () => {
  test('feedback alignment is as accurate for a small signal as for a large one: the problem has no scale of its own', () => {
    // With r = (2dλ)^(1/3), w1/r and w2·2d/r² as functions of r²t are the same for all λ, d > 0.
    const times = timesUpTo(8, 16);
    const at = (r: number, d: number): ScalarPath =>
      scalarFA.flow({ lambda: r ** 3 / (2 * d), d, w1: 0, w2: 0, times: times.map((time) => time / (r * r)) });
    const unit = at(1, 0.5);
    for (const r of [1e-4, 1 / 64, 1, 64]) {
      for (const d of [1 / 64, 1, 64]) {
        const path = at(r, d);
        const room = 2 * ACCURACY * largest(path);
        expect(
          worstGap(
            path.w1,
            Array.from(unit.w1, (x) => x * r),
          ),
        ).toBeLessThan(room);
        expect(
          worstGap(
            path.w2,
            Array.from(unit.w2, (y) => (y * r * r) / (2 * d)),
          ),
        ).toBeLessThan(room);
      }
    }
  });

  test('gradient flow never leaves them', () => {
    const { w1, w2 } = scalarGD.flow({ lambda: 5, w1: 0, w2: 0, times: timesUpTo(100, 4) });
    expect([...Array.from(w1), ...Array.from(w2)]).toEqual(new Array(10).fill(0));
  });
});

describe('what the flows conserve', () => {
  test('feedback alignment: w2 − w1²/(2d)', () => {
    const random = randomFrom('invariant of feedback alignment');
    for (let k = 0; k < 60; k++) {
      const start = anyStart(random);
      const path = scalarFA.flow(start);
      const K = Array.from(path.w2, (y, t) => y - path.w1[t]! ** 2 / (2 * start.d));
      const error = ACCURACY * largest(path);
      // δK ≤ δw2 + |w1|·δw1/|d|, and δw1² below that.
      const room = error * (2 + (2 * Math.max(...Array.from(path.w1, Math.abs))) / Math.abs(start.d));
      expect(
        worstGap(
          K,
          K.map(() => K[0]!),
        ),
      ).toBeLessThan(room);
    }
  });

  test('gradient flow: w2² − w1²', () => {
    const random = randomFrom('invariant of gradient flow');
    for (let k = 0; k < 60; k++) {
      const path = scalarGD.flow(anyStart(random));
      const K = Array.from(path.w2, (y, t) => y * y - path.w1[t]! ** 2);
      expect(
        worstGap(
          K,
          K.map(() => K[0]!),
        ),
      ).toBeLessThan(5 * ACCURACY * largest(path) ** 2);
    }
  });
});

describe('fields', () => {
  const R = rationals;
  const loss = (lambda: string, x: unknown, y: unknown) =>
    R.div(R.power(R.sub(lambda, R.mul(x as never, y as never)), 2), 2);

  test('gradient flow descends the loss: in each weight the loss is a parabola, whose central difference is exact', () => {
    const random = randomFrom('finite differences');
    for (let k = 0; k < 50; k++) {
      const fraction = (): string => `${random.whole(-40, 40)}/${random.whole(1, 12)}`;
      const [lambda, x, y, h] = [fraction(), fraction(), fraction(), '1/7'];
      const [slope1, slope2] = gradientField(R, { lambda: R.of(lambda) }, [R.of(x), R.of(y)]);
      const by = (f: (step: unknown) => unknown): unknown =>
        R.div(R.sub(f(R.neg(h)) as never, f(R.of(h)) as never), R.mul(2, h));
      const first = by((step) => loss(lambda, R.add(x, step as never), y));
      const second = by((step) => loss(lambda, x, R.add(y, step as never)));
      expect(R.exactText(slope1)).toBe(R.exactText(first as never));
      expect(R.exactText(slope2)).toBe(R.exactText(second as never));
    }
  });

  test('feedback alignment is gradient flow with d in the place of w2 in the first layer', () => {
    const [lambda, d, x, y] = ['7/3', '-5/2', '4/9', '3'].map((text) => R.of(text));
    const [fa1, fa2] = feedbackAlignmentField(R, { lambda: lambda!, d: d! }, [x!, y!]);
    const [gd1, gd2] = gradientField(R, { lambda: lambda! }, [x!, y!]);
    expect(R.exactText(R.mul(fa1, y!))).toBe(R.exactText(R.mul(gd1, d!)));
    expect(R.exactText(fa2)).toBe(R.exactText(gd2));
  });
});

describe('the discrete schemes as the step size goes to 0', () => {
  const problem = { lambda: 2, d: 0.75, w1: 0.5, w2: -1 };
  const end = 1.5;
  const flow = scalarFA.flow({ ...problem, times: [0, end] });

  test.each(['euler', 'midpoint'] as const)('%s tends to the flow with order one', (name) => {
    const errors = [256, 512, 1024, 2048, 4096].map((steps) => {
      const { w1, w2 } = scalarFA[name]({ ...problem, eta: end / steps, steps });
      return Math.hypot(w1[steps]! - flow.w1[1]!, w2[steps]! - flow.w2[1]!);
    });
    // Error cη + O(η²): halving η halves it, up to a deviation that halves as well.
    const ratios = errors.slice(1).map((error, k) => errors[k]! / error);
    ratios.forEach((ratio, k) => expect(Math.abs(ratio - 2)).toBeLessThan(0.2 / 2 ** k));
  });
});
