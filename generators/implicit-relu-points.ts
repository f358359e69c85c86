/**
 * Points at which the inequalities of Section 4 and Appendices A.4–A.6 are looked at: samples X, weights W, A, b, the error
 * r = ŷ − y (every r is that of some targets), γ, and bounds λ1, λ2, λ3 of the norms of the weights, γλ2 < 1. Up to two
 * samples, inputs and units, entries of few binary digits. Half of the bounds are the norms themselves, up to 2⁻⁹ of them.
 */
import { space, type Coordinate, type Extent } from '../src/claim/space';
import { doubles as D } from '../src/numerics/doubles';
import { frobeniusSquared, scale, type Matrix } from '../src/numerics/matrix';
import { singularValues } from '../src/numerics/singular-values';
import { below, coarse, counts, logUniform, negativeAtTimes, orZero, signedLogUniform } from './coordinates';
import { matrix, vector, type MostOf } from './matrices';

type Rows = Matrix<number>;

const MOST: MostOf = [2, 2];
const sizes = logUniform(1 / 8, 8);
const signed = coarse(signedLogUniform(1 / 8, 8));
/** Three of four positive: so that units are active more often than not. */
const mostlyPositive = coarse(negativeAtTimes(sizes));
const box = (rows: Extent, columns: Extent, entry = signed, most = MOST): Coordinate<'matrix'> =>
  matrix(rows, columns, { entry, most });
const list = (length: Extent, entry = signed): Coordinate<'vector'> => vector(length, { entry, most: 2 });

const norm = (...As: readonly Rows[]): number => Math.max(...As.map((A) => singularValues(A)[0]!));
const frobenius = (A: Rows): number => Math.sqrt(frobeniusSquared(D, A));
const length = (x: readonly number[]): number => Math.hypot(...x);

/** To so many binary digits, down or up; what is within 2⁻⁴⁰ of such a number is taken for it. */
const rounded = (x: number, to: (x: number) => number, digits = 10): number => {
  if (!(x > 0)) return 0;
  const unit = 2 ** (Math.floor(Math.log2(x)) - digits + 1);
  return to(x / unit) * unit;
};
const floored = (x: number, digits = 10): number => rounded(x, (q) => Math.floor(q * (1 + 2 ** -40)), digits);
const raised = (x: number): number => rounded(x, (q) => Math.ceil(q * (1 - 2 ** -40)));

/** A bound of something: half the time itself, else 1 + 2^e times it, e uniform on [−8, 2]; of 0 the same of 1/8. */
const boundOf = (least: number): Coordinate<'real'> => ({
  kind: 'real',
  describe:
    'half the time the norm, up to 2⁻⁹ of it, else 1 + 2^e times it, e uniform on [−8, 2]; of the norm 0 as of 1/8',
  decode: (u) => raised(Math.max(least, 1 / 8) * (u < 1 / 2 ? 1 : 1 + 2 ** (20 * u - 18))),
});

/** 1 − γ0, γλ1/(1 − γ0) and K. */
function gainsOf({ gamma, lambda1, lambda2 }: Readonly<Record<'gamma' | 'lambda1' | 'lambda2', number>>) {
  const room = 1 - gamma * lambda2;
  const gain = (gamma * lambda1) / room;
  return { room, gain, K: 1 + gain ** 2 };
}

/** γ with γ0 = γλ2 uniform on (0, 1), rounded down. */
const scalarBelow = (lambda2: number): Coordinate<'real'> => ({
  kind: 'real',
  describe: 'γ0/λ2, γ0 uniform on (0, 1), to ten binary digits',
  decode: (u) => floored((2 ** -10 + below(1).decode(u) * (1 - 2 ** -9)) / lambda2),
});

const shapes = space().with('N', counts(1, 2)).with('d', counts(1, 2)).with('m', counts(1, 2));

/** Samples and weights of features. */
const inputs = shapes.with('X', box('N', 'd')).with('W', box('d', 'm'));

/** Weights, bounds of their norms, γ and r. */
export const boundedPoints = inputs
  .with('A', box('m', 'm', orZero(signed)))
  .with('b', list('m'))
  .with('r', list('N'))
  .with('lambda1', ({ W }) => boundOf(norm(W)))
  .with('lambda2', ({ A }) => boundOf(norm(A)))
  .with('lambda3', ({ b }) => boundOf(length(b)))
  .with('gamma', ({ lambda2 }) => scalarBelow(lambda2));

/** As {@link boundedPoints}, with a step size from 2⁻¹⁰ to 4 times 1/Q1, with which the norms need not stay within the bounds. */
export const boundedSteps = boundedPoints.with('eta', (p) => {
  const { room, K } = gainsOf(p);
  const Q1 = (K * p.lambda3 ** 2 + p.lambda1 ** 2) * (frobenius(p.X) / room) ** 2;
  return coarse(logUniform(2 ** -10 / Q1, 4 / Q1));
});

/** Samples, weights of a layer, and a product of two bounds: ‖X‖ ≤ ξ, ‖W‖ ≤ λ1. */
export const boundedFeatures = inputs
  .with('xi', ({ X }) => boundOf(norm(X)))
  .with('lambda1', ({ W }) => boundOf(norm(W)));

/** Mostly positive samples and weights, so that often all units are active; ‖A‖ ≤ M, γM < 1. */
export const activePoints = shapes
  .with('X', box('N', 'd', mostlyPositive))
  .with('W', box('d', 'm', mostlyPositive))
  .with('A', box('m', 'm', orZero(signed)))
  .with('b', list('m'))
  .with('M', ({ A }) => boundOf(norm(A)))
  .with('gamma', ({ M }) => scalarBelow(M));

/** A matrix of its own, or, half the time, c times another of its shape, c in eighths from −1 to 1. */
const beside = (other: Rows, own: Coordinate<'matrix'>): Coordinate<'matrix'> => ({
  ...own,
  describe: `half the time c times the other, c in eighths on [−1, 1], else ${own.describe}`,
  size: 1 + own.size,
  decode: ([u, ...cube], shape) =>
    u! < 1 / 2
      ? scale(D, Math.round(32 * u! - 8) / 8, other).map((row) => row.map((x) => x + 0))
      : own.decode(cube, shape),
});

/** Two layers on the same samples, bounds of the norms of both, γ and a number l of iterations. */
export const layerPairs = shapes
  .with('l', counts(0, 3))
  .with('X', box('N', 'd'))
  .with('Wa', box('d', 'm'))
  .with('Wb', ({ Wa }) => beside(Wa, box('d', 'm')))
  .with('Aa', box('m', 'm', orZero(signed)))
  .with('Ab', ({ Aa }) => beside(Aa, box('m', 'm', orZero(signed))))
  .with('lambda1', ({ Wa, Wb }) => boundOf(norm(Wa, Wb)))
  .with('lambda2', ({ Aa, Ab }) => boundOf(norm(Aa, Ab)))
  .with('gamma', ({ lambda2 }) => scalarBelow(lambda2));

interface Drawn {
  readonly X: Rows;
  readonly W: Rows;
  readonly A: Rows;
  readonly gamma: number;
}

/** Several laws of one draw ask for the same. */
const known = new WeakMap<Rows, { readonly gamma: number; readonly least: number }>();

/** The least of as many singular values of the fixed point as there are samples. */
function leastSingularValue(p: Drawn): number {
  const last = known.get(p.A);
  if (last?.gamma === p.gamma) return last.least;
  const least = computedLeast(p);
  known.set(p.A, { gamma: p.gamma, least });
  return least;
}

function computedLeast({ X, W, A, gamma }: Drawn): number {
  if (X.length > A.length) return 0;
  const Z = X.map((x) => {
    const phi = W[0]!.map((_, j) => Math.max(0, x.reduce((sum, entry, k) => sum + entry * W[k]![j]!, 0))); // prettier-ignore
    let z: readonly number[] = phi;
    for (let k = 0; k < 4000; k++) {
      const now = z;
      z = phi.map((p, j) => Math.max(0, p + gamma * now.reduce((sum, entry, i) => sum + entry * A[i]![j]!, 0)));
      if (z.every((entry, j) => Math.abs(entry - now[j]!) <= 2 ** -52 * entry)) break;
    }
    return z;
  });
  return singularValues(Z).at(-1)!;
}

/** A drawn vector, of a length no more than its limit, and seven eighths of it or more. */
const shortened = (extent: Extent, most: number): Coordinate<'vector'> => {
  const law = list(extent);
  return {
    ...law,
    describe: `${law.describe}, times the number of four binary digits that takes its length to its limit or less`,
    decode: (cube, shape) => {
      const x = law.decode(cube, shape) as readonly number[];
      const factor = floored(most / length(x), 4);
      return x.map((entry) => entry * factor + 0);
    },
  };
};

interface Wide extends Drawn {
  readonly lambda1: number;
  readonly lambda2: number;
  readonly alpha: number;
}

/** What (19) allows for λ3, and for a λ3 what (20) allows for η. */
const mostOutput = (p: Wide): number => {
  const { room, K } = gainsOf(p);
  return (p.alpha * room) / (4 * Math.sqrt(K) * frobenius(p.X));
};
const mostStep = (p: Wide & { readonly lambda3: number }): number => {
  const { room, K } = gainsOf(p);
  const [Q1, Q2] = [K * p.lambda3 ** 2 + p.lambda1 ** 2, K * p.lambda3 ** 2].map(
    (x) => x! * (frobenius(p.X) / room) ** 2,
  );
  return Math.min(4 / p.alpha ** 2, (2 * Q2!) / Q1! ** 2);
};

/** How long r may be for ‖W‖, ‖A‖ and ‖b‖ to stay within their bounds after a step, by (39), (41) and (42). */
const mostError = (
  p: Wide & { readonly b: readonly number[]; readonly lambda3: number; readonly eta: number },
): number => {
  const room = 1 - p.gamma * p.lambda2;
  const per = p.eta * frobenius(p.X);
  const limits = [
    ((p.lambda1 - norm(p.W)) * room) / (per * p.lambda3),
    ((p.lambda2 - norm(p.A)) * room ** 2) / (per * p.gamma * p.lambda1 * p.lambda3),
    ((p.lambda3 - length(p.b)) * room) / (per * p.lambda1),
  ];
  return Math.min(1024, Math.max(2 ** -20, Math.min(...limits)));
};

/** Of a limit: half the time nearly all of it, else log-uniform. */
const shareOf = (limit: number, from: number): Coordinate<'real'> => ({
  kind: 'real',
  describe: `half the time its limit, less up to 2⁻⁸ of it, else log-uniform on [${from}, 1] of its limit`,
  decode: (u) =>
    floored(Math.max(limit, 2 ** -100) * (1 - 2 ** -9) * (u < 1 / 2 ? 1 : logUniform(from, 1).decode(2 * u - 1))),
});

/** A layer of at least as many units, and inputs, as samples, without its γ. */
const wideLayers = space()
  .with('N', counts(1, 2))
  .with('d', ({ N }) => counts(N, 2))
  .with('m', ({ N }) => counts(N, 2))
  .with('X', box('N', 'd', mostlyPositive))
  .with('W', box('d', 'm', mostlyPositive))
  .with('A', box('m', 'm', orZero(signed)));

/**
 * Points of at least as many units as samples, with α at most 2σ_min(Z), λ3 within (19), η below (20), and an error with which the
 * norms stay within their bounds after the step.
 */
export const guardedSteps = wideLayers
  .with('lambda1', ({ W }) => boundOf(norm(W)))
  .with('lambda2', ({ A }) => boundOf(norm(A)))
  .with('gamma', ({ lambda2 }) => scalarBelow(lambda2))
  .with('alpha', (p) => shareOf(2 * leastSingularValue(p), 1 / 4))
  .with('lambda3', (p) => shareOf(mostOutput(p), 1 / 16))
  .with('b', (p) => shortened('m', p.lambda3))
  .with('eta', (p) => shareOf(mostStep(p), 2 ** -6))
  .with('r', (p) => shortened('N', mostError(p)));

/** What a start is, for its error. */
interface Roomy extends Pick<Wide, 'X' | 'gamma' | 'lambda1' | 'lambda2' | 'alpha'> {
  readonly lambda3: number;
  readonly C: readonly [number, number, number];
}

/** What (14) and (15) allow for ‖r‖ with `times` = 1, (17) and (18) with `times` = 2. */
function mostStartError(p: Roomy, times: 1 | 2): number {
  const { room, gain, K } = gainsOf(p);
  const lambda0 = Math.max(p.lambda1 / p.C[2], (gain * p.lambda3) / p.C[1], p.lambda3 / p.C[0]);
  const x = frobenius(p.X);
  const first = (p.alpha ** 2 * room) / (4 * times * lambda0 * x);
  return Math.min(first, (p.alpha ** 3 * room ** 2) / (8 * times * K * p.lambda3 * x ** 2));
}

/** A layer of at least as many units as samples, with room C1, C2 for its weights and γ(‖A‖ + C2) < 1. */
const startLayers = wideLayers
  .with('C1', coarse(sizes))
  .with('C2', coarse(sizes))
  .with('gamma', ({ A, C2 }) => scalarBelow((norm(A) + C2) * (1 + 2 ** -9)));

type Layer = Drawn & { readonly C1: number; readonly C2: number };
const wideOf = (p: Layer): Wide => ({
  ...p,
  ...{ lambda1: norm(p.W) + p.C1, lambda2: norm(p.A) + p.C2, alpha: leastSingularValue(p) },
});
const stepOf = (p: Layer & { readonly b: readonly number[]; readonly C3: number }) => ({
  ...wideOf(p),
  ...{ lambda3: length(p.b) + p.C3, C: [p.C1, p.C2, p.C3] as const },
});

/** Starts that meet (17)–(20): ‖b‖ + C3, r and η are chosen below what the conditions leave. */
export const guardedStarts = startLayers
  .with('b', (p) => shortened('m', mostOutput(wideOf(p)) / 2))
  .with('C3', (p) => shareOf(mostOutput(wideOf(p)) - length(p.b), 1 / 16))
  .with('r', (p) => shortened('N', mostStartError(stepOf(p), 2) * (1 - 2 ** -9)))
  .with('eta', (p) => shareOf(mostStep(stepOf(p)), 2 ** -6));

/** As {@link guardedStarts} without (19): b and C3 are of any size. */
export const unguardedStarts = startLayers
  .with('b', list('m'))
  .with('C3', coarse(sizes))
  .with('r', (p) => shortened('N', mostStartError(stepOf(p), 2) * (1 - 2 ** -9)))
  .with('eta', (p) => shareOf(mostStep(stepOf(p)), 2 ** -6));

/** Numbers for the conditions of Theorem 4.2, X with them, an error within (14) and (15), and q = e^(−α0²t/4) for a time t. */
export const flowConditions = space()
  .with('N', counts(1, 2))
  .with('d', counts(1, 2))
  .with('X', box('N', 'd'))
  .with('W', coarse(sizes))
  .with('A', orZero(coarse(sizes)))
  .with('b', orZero(coarse(sizes)))
  .with('C1', coarse(sizes))
  .with('C2', coarse(sizes))
  .with('C3', coarse(sizes))
  .with('gamma', ({ A, C2 }) => scalarBelow(A + C2))
  .with('alpha', coarse(logUniform(1 / 64, 64)))
  .with('r', (p) => {
    const [lambda1, lambda2, lambda3] = [p.W + p.C1, p.A + p.C2, p.b + p.C3];
    return shareOf(mostStartError({ ...p, lambda1, lambda2, lambda3, C: [p.C1, p.C2, p.C3] }, 1), 1 / 16);
  })
  .with('q', coarse(logUniform(2 ** -16, 1), 10));

/** A number of steps, α0, and β from 0 to 1 − 2⁻²⁰, which with α0 tells the step size. */
export const decayFactors = space()
  .with('k', counts(0, 12))
  .with('alpha', coarse(logUniform(1 / 64, 64)))
  .with('beta', {
    kind: 'real',
    describe: '1 − 2^−e, e uniform on [0, 20], to 24 binary digits after the point',
    decode: (u) => 1 - Math.round(2 ** (24 - 20 * u)) * 2 ** -24,
  });
