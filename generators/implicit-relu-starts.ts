/**
 * Initialisations of implicit ReLU networks that meet the conditions of Theorem 4.2, (14)–(15), or of Theorem 4.4,
 * (17)–(20), made and not sought. For every X, W, A with σ_min(Z(0)) > 0 there are some: λ3 = ‖b(0)‖ + C3 is chosen below what
 * (19) leaves, then y within what the others leave of ŷ(0), then η. Laws look at doubles; what they draw is exact, and the
 * conditions are met with room to spare for rounding. N, d, m up to 3 with m ≥ N; A has entries of either sign half the time.
 */
import { space, type Coordinate } from '../src/claim/space';
import type { Real } from '../src/numerics/arithmetic';
import { doubles as D } from '../src/numerics/doubles';
import { frobeniusSquared, matVec, type Matrix } from '../src/numerics/matrix';
import { rationals } from '../src/numerics/rational';
import { toDouble } from '../src/numerics/real';
import { singularValues } from '../src/numerics/singular-values';
import { below, coarse, counts, logUniform, orZero, signedLogUniform, uniform } from './coordinates';
import { asJson, matrix } from './matrices';
import { orthogonal, withSingularValues } from './spectra';

type Rows = Matrix<number>;

const sizes = coarse(logUniform(1 / 8, 8));
/** Of W, which is large against X where λ3 need not be small. */
const scales = coarse(logUniform(1 / 2, 32));

/** The layer at the start, in doubles. */
interface Start {
  readonly X: Rows;
  readonly W: Rows;
  readonly A: Rows;
  readonly gamma: number;
}

/** The layer with the room that is given to W and A. */
interface Constants extends Start {
  readonly C1: number;
  readonly C2: number;
}

const norm = (A: Rows): number => singularValues(A)[0]!;
const size = (A: Rows): number => Math.sqrt(frobeniusSquared(D, A));
const features = (X: Rows, W: Rows): Rows =>
  X.map((row) =>
    W[0]!.map((_, j) =>
      Math.max(
        0,
        row.reduce((sum, x, k) => sum + x * W[k]![j]!, 0),
      ),
    ),
  );

/** The least of as many singular values as there are rows: 0 where there are fewer columns. */
function leastSingularValue(Z: Rows): number {
  return Z.length > Z[0]!.length ? 0 : singularValues(Z).at(-1)!;
}

/** One draw asks for the same fixed point in several laws. */
const known = new WeakMap<Rows, { readonly gamma: number; readonly Z: Rows }>();

/** The fixed point, by the iteration, which contracts by γ‖A‖ < 1. */
function fixedPoint({ X, W, A, gamma }: Start): Rows {
  const last = known.get(A);
  if (last?.gamma === gamma) return last.Z;
  const Z = features(X, W).map((phi) => {
    let z: readonly number[] = phi;
    for (let k = 0; k < 4000; k++) {
      const now = z;
      z = phi.map((p, j) => Math.max(0, p + gamma * now.reduce((sum, x, i) => sum + x * A[i]![j]!, 0)));
      if (z.every((x, j) => Math.abs(x - now[j]!) <= 2 ** -52 * x)) break;
    }
    return z;
  });
  known.set(A, { gamma, Z });
  return Z;
}

/** What the conditions leave: all made of the layer, C1 and C2. */
function rangeOf(p: Constants) {
  const Z = fixedPoint(p);
  const [lambda1, lambda2] = [norm(p.W) + p.C1, norm(p.A) + p.C2];
  const gamma0 = p.gamma * lambda2;
  const K = 1 + ((p.gamma * lambda1) / (1 - gamma0)) ** 2;
  return { Z, lambda1, lambda2, gamma0, K, alpha: leastSingularValue(Z), X: size(p.X), C1: p.C1, C2: p.C2 };
}

/** The largest λ3 that (19) allows. */
function mostOutput(p: Constants): number {
  const { alpha, gamma0, K, X } = rangeOf(p);
  return (alpha * (1 - gamma0)) / (4 * Math.sqrt(K) * X);
}

/** The largest ‖ŷ(0) − y‖ that (14) and (15) allow for `times` = 1, (17) and (18) for `times` = 2. */
function mostResidual(p: Constants & { readonly b: readonly number[]; readonly C3: number }, times: number): number {
  const { alpha, gamma0, K, X, lambda1, lambda2, C1, C2 } = rangeOf(p);
  const lambda3 = Math.hypot(...p.b) + p.C3;
  const lambda0 = Math.max(lambda1 / p.C3, (gamma0 * lambda1 * lambda3) / ((1 - gamma0) * C2 * lambda2), lambda3 / C1);
  const first = (alpha ** 2 * (1 - gamma0)) / (4 * times * lambda0 * X);
  const second = (alpha ** 3 * (1 - gamma0) ** 2) / (8 * times * K * lambda3 * X ** 2);
  return positiveOrZero(Math.min(first, second));
}

/** The bound of (20). */
function stepSizeBound(p: Constants & { readonly b: readonly number[]; readonly C3: number }): number {
  const { alpha, gamma0, K, X, lambda1 } = rangeOf(p);
  const lambda3 = Math.hypot(...p.b) + p.C3;
  const bar = K / (K / lambda1 ** 2 + 1 / lambda3 ** 2) ** 2;
  return positiveOrZero(
    Math.min(4 / alpha ** 2, (2 * (1 - gamma0) ** 2 * bar) / (lambda1 ** 4 * lambda3 ** 2 * X ** 2)),
  );
}

/** 0 for what has no value: nothing is allowed where σ_min(Z) is 0. */
const positiveOrZero = (x: number): number => (x > 0 ? x : 0);

/** Down to so many binary digits. */
const floored = (x: number, digits = 10): number => {
  if (!(x > 0)) return 0;
  const unit = 2 ** (Math.floor(Math.log2(x)) - digits + 1);
  return Math.floor(x / unit) * unit;
};

/** Samples: with one input and two samples, of either sign, without which no W gives Φ two independent rows. */
export const samples: Coordinate<'matrix'> = (() => {
  const law = matrix('N', 'd', { entry: coarse(signedLogUniform(1 / 8, 8)), most: [3, 3] });
  return {
    ...law,
    describe: `${law.describe}; two samples of one input differ in sign`,
    decode: (cube, shape) => {
      const X = law.decode(cube, shape) as Rows;
      return shape[1] === 1 && shape[0] === 2 ? [X[0]!, [-Math.sign(X[0]![0]!) * Math.abs(X[1]![0]!)]] : X;
    },
  };
})();

/** How far from dependent the rows of Φ have to be: the least singular value against the largest. */
const INDEPENDENT = 1 / 64;

/**
 * W with drawn singular values, whose rows and columns change sign until the rows of Φ are far from dependent; if they never are,
 * drawn anew, at most eight times; then the best of these.
 */
export const featureWeights = (X: Rows): Coordinate<'matrix'> => {
  const law = withSingularValues('d', 'm', { values: scales, most: [3, 3] });
  return {
    ...law,
    describe: `${law.describe}; of its signs and of eight draws the first for which Φ has a least singular value of 1/64 of the largest`,
    decode: (cube, shape) => {
      let best:
        { readonly quality: number; readonly W: readonly (readonly Real[])[]; readonly signs: number } | undefined;
      for (let draw = 0; draw < 8; draw++) {
        const W = law.decode(cube.map((u) => (draw === 0 ? u : (u + draw * 0.618034) % 1)), shape); // prettier-ignore
        const near = W.map((row) => row.map(toDouble));
        for (let signs = 0; signs < 2 ** (shape[0]! + shape[1]!); signs++) {
          const quality = independence(features(X, flip(near, signs)));
          if (best === undefined || quality > best.quality) best = { quality, W, signs };
          if (quality >= INDEPENDENT) return flip(W, signs);
        }
      }
      return flip(best!.W, best!.signs);
    },
  };
};

/** The least singular value of as many as there are rows, divided by the largest. */
function independence(Phi: Rows): number {
  const values = singularValues(Phi);
  return Phi.length > Phi[0]!.length || values[0] === 0 ? 0 : values.at(-1)! / values[0]!;
}

/** Rows and columns with the signs that the bits of a number say. */
function flip<T extends Real>(W: readonly (readonly T[])[], signs: number): readonly (readonly T[])[] {
  const columns = W[0]!.length;
  const negative = (i: number, j: number): boolean => (((signs >> j) ^ (signs >> (columns + i))) & 1) === 1;
  return W.map((row, i) => row.map((x, j) => (negative(i, j) ? (negated(x) as T) : x)));
}

const negated = (x: Real): Real => (typeof x === 'number' ? 0 - x : x.startsWith('-') ? x.slice(1) : `-${x}`);

/** Half the time c·uuᵀ with positive entries, of norm c‖u‖²; else with drawn singular values, of entries of either sign. */
const layerWeights: Coordinate<'matrix'> = (() => {
  const law = withSingularValues('m', 'm', { values: sizes, most: [3, 3] });
  const share = coarse(logUniform(1 / 4, 1), 3);
  return {
    ...law,
    describe: `half the time c·uuᵀ, c ${sizes.describe}, u of entries ${share.describe}; else ${law.describe}`,
    size: 1 + law.size,
    decode: ([half, ...cube], shape) => {
      if (half! >= 1 / 2) return law.decode(cube, shape);
      const c = sizes.decode(cube[0]!);
      const u = cube.slice(1, 1 + shape[0]!).map((v) => share.decode(v));
      return u.map((x) => u.map((y) => c * x * y));
    },
  };
})();

/** γ with γ0 = γ(‖A‖ + C2) uniform up to 63/64, halved until σ_min(Z) is at least an eighth of what it is for γ = 0. */
const scalar = (p: Omit<Constants, 'gamma'>): Coordinate<'real'> => ({
  kind: 'real',
  describe: 'γ0/(‖A‖ + C2), γ0 uniform from 0 to 63/64, halved until σ_min(Z) is at least an eighth of σ_min(Φ)',
  decode: (u) => {
    const least = leastSingularValue(features(p.X, p.W)) / 8;
    let gamma = floored((below(63 / 64).decode(u) + 2 ** -10) / (norm(p.A) + p.C2));
    while (gamma > 2 ** -30 && leastSingularValue(fixedPoint({ ...p, gamma })) < least) gamma /= 2;
    return gamma;
  },
});

/** A rational unit vector times a length, which is the first number of the cube; exact. */
const vectorOfLength = (extent: string, length: Coordinate<'real'>): Coordinate<'vector'> => {
  const law = orthogonal(extent, { most: 3 });
  return {
    kind: 'vector',
    describe: `a unit vector, near uniform, times a length: ${length.describe}`,
    shape: [extent],
    size: 1 + law.size,
    decode: ([u, ...cube], [n]) => {
      const c = length.decode(u!);
      return asJson([law.decode(cube, [n!, n!])[0]!.map((x) => rationals.mul(c, x))])[0]!;
    },
  };
};

const mapped = (law: Coordinate<'real'>, describe: string, to: (x: number) => number): Coordinate<'real'> => ({
  kind: 'real',
  describe,
  decode: (u) => to(law.decode(u)),
});

/** λ3 free; or so that (19) is met, which it nearly fails to where C3 is close to the most it can be. */
const outputLength = (p: Constants | undefined): Coordinate<'real'> =>
  p === undefined
    ? orZero(sizes)
    : mapped(orZero(uniform(0, 3 / 4)), '0 one time in four, else up to 3/4 of what (19) allows for λ3', (share) =>
        floored(share * mostOutput(p), 6),
      );
const outputRoom = (p: (Constants & { readonly b: readonly number[] }) | undefined): Coordinate<'real'> =>
  p === undefined
    ? sizes
    : mapped(uniform(1 / 4, 1 - 2 ** -6), 'from 1/4 to 1 of what (19) leaves of λ3', (share) =>
        floored(share * (mostOutput(p) - Math.hypot(...p.b))),
      );

/** ŷ(0) − r0, with r0 of a length against the most that is allowed. Its numbers are multiples of a power of two. */
const targets = (
  p: Constants & { readonly b: readonly number[]; readonly C3: number },
  times: number,
  reach: Coordinate<'real'>,
): Coordinate<'vector'> => {
  const law = vectorOfLength('N', reach);
  return {
    ...law,
    describe: `ŷ(0) less ${law.describe}, of the most that the conditions allow`,
    decode: (cube, shape) => {
      const most = mostResidual(p, times);
      const predicted = matVec(D, fixedPoint(p), p.b);
      const unit = 2 ** Math.floor(Math.log2(most > 0 ? reach.decode(cube[0]!) * most : 1) - 14);
      return law.decode(cube, shape).map((x, i) => Math.round((predicted[i]! - toDouble(x) * most) / unit) * unit + 0);
    },
  };
};

/** A layer: samples, W and A of known norms, C1, C2 and γ. */
const layers = space()
  .with('d', counts(1, 3))
  .with('N', ({ d }) => counts(1, Math.min(3, 2 * d)))
  .with('m', ({ N }) => counts(N, 3))
  .with('X', samples)
  .with('W', ({ X }) => featureWeights(X))
  .with('A', layerWeights)
  .with('C1', sizes)
  .with('C2', sizes)
  .with('gamma', (p) => scalar(p));

/** `times`: 1 for (14)–(15), 2 for (17)–(18); λ3 within (19) or free; `reach`: ‖ŷ(0) − y‖ against the most allowed. */
const starts = (times: 1 | 2, within19: boolean, reach: Coordinate<'real'>) =>
  layers
    .with('b', (p) => vectorOfLength('m', outputLength(within19 ? p : undefined)))
    .with('C3', (p) => outputRoom(within19 ? p : undefined))
    .with('y', (p) => targets(p, times, reach));

/** Almost to the boundary: rounding moves y by 2⁻¹³ of its distance from ŷ(0). */
const within = mapped(below(1 - 2 ** -9), 'uniform from 0 to 1, the upper end excluded by 2⁻⁹', (share) => share);
const around = logUniform(1 / 16, 16);

/** Instances that meet (14) and (15): N, d, m, X, W, A, γ, b, y and C1, C2, C3. */
export const startsMeeting14to15 = starts(1, false, within);

/** As {@link startsMeeting14to15}, ‖ŷ(0) − y‖ from 1/16 to 16 times the most that (14) and (15) allow. */
export const startsAround14to15 = starts(1, false, around);

/** As {@link startsMeeting14to15}, but (17), (18) and (19), with a step size below (20). */
export const startsMeeting17to20 = starts(2, true, within).with('eta', (p) => below(stepSizeBound(p)));

/** As {@link startsMeeting17to20}, ‖ŷ(0) − y‖ from 1/16 to 16 times the most that (17) and (18) allow. */
export const startsAround17to20 = starts(2, true, around).with('eta', (p) => below(stepSizeBound(p)));

/** As {@link startsMeeting17to20}, (19) left out: λ3 is of any size. */
export const startsMeeting17to18 = starts(2, false, within).with('eta', (p) => below(stepSizeBound(p)));
