/**
 * Initialisations of implicit ReLU networks that meet the conditions of Theorem 4.2, (14)–(15), or of Theorem 4.4,
 * (17)–(20), made and not sought. For every X, W, A with σ_min(Z(0)) > 0 there are some: λ3 = ‖b(0)‖ + C3 is chosen below what
 * (19) leaves, then y within what the others leave of ŷ(0), then η. Laws look at doubles; what they draw is exact, and the
 * conditions are met with room to spare for rounding. N, d, m up to 3 with m ≥ N; A has entries of either sign half the time.
 */
import { space, type Coordinate } from '../src/claim/space';
import { below, coarse, counts, logUniform, orZero, signedLogUniform, uniform } from './coordinates';
import { matrix } from './matrices';
import { extremes, fixedPoint, lengthOf, rectified, type Layer, type Numbers, type Rows } from './small-layers';

const sizes = coarse(logUniform(1 / 8, 8));

/** The layer with the room that is given to W and A. */
interface Roomy extends Layer {
  readonly C1: number;
  readonly C2: number;
}

/** What the conditions are about that is made of the layer, C1 and C2. */
interface Range extends Pick<Roomy, 'C1' | 'C2'> {
  readonly Z: Rows;
  /** σ_min(Z) and ‖X‖_F. */
  readonly alpha: number;
  readonly X: number;
  readonly lambda1: number;
  readonly lambda2: number;
  readonly gamma0: number;
  readonly K: number;
}

/** Several laws of one draw ask for the same. */
const known = new WeakMap<Rows, Range & Pick<Layer, 'gamma'>>();

function rangeOf(p: Roomy): Range {
  const last = known.get(p.A);
  if (last?.gamma === p.gamma && last.C1 === p.C1 && last.C2 === p.C2) return last;
  const Z = fixedPoint(p);
  const [lambda1, lambda2] = [extremes(p.W).greatest + p.C1, extremes(p.A).greatest + p.C2];
  const gamma0 = p.gamma * lambda2;
  const K = 1 + ((p.gamma * lambda1) / (1 - gamma0)) ** 2;
  const X = lengthOf(p.X.flat());
  const range = { Z, lambda1, lambda2, gamma0, K, alpha: extremes(Z).least, X, C1: p.C1, C2: p.C2, gamma: p.gamma };
  known.set(p.A, range);
  return range;
}

/** 0 for what has no value: nothing is allowed where σ_min(Z) is 0. */
const positiveOrZero = (x: number): number => (x > 0 ? x : 0);

/** The largest λ3 that (19) allows. */
const mostOutput = ({ alpha, gamma0, K, X }: Range): number => (alpha * (1 - gamma0)) / (4 * Math.sqrt(K) * X);

/** The largest ‖ŷ(0) − y‖ that (14) and (15) allow for `times` = 1, (17) and (18) for `times` = 2. */
function mostResidual(range: Range, b: Numbers, C3: number, times: number): number {
  const { alpha, gamma0, K, X, lambda1, lambda2, C1, C2 } = range;
  const lambda3 = lengthOf(b) + C3;
  const lambda0 = Math.max(lambda1 / C3, (gamma0 * lambda1 * lambda3) / ((1 - gamma0) * C2 * lambda2), lambda3 / C1);
  const first = (alpha ** 2 * (1 - gamma0)) / (4 * times * lambda0 * X);
  const second = (alpha ** 3 * (1 - gamma0) ** 2) / (8 * times * K * lambda3 * X ** 2);
  return positiveOrZero(Math.min(first, second));
}

/** The bound of (20). */
function stepSizeBound({ alpha, gamma0, K, X, lambda1 }: Range, b: Numbers, C3: number): number {
  const lambda3 = lengthOf(b) + C3;
  const bar = K / (K / lambda1 ** 2 + 1 / lambda3 ** 2) ** 2;
  const second = (2 * (1 - gamma0) ** 2 * bar) / (lambda1 ** 4 * lambda3 ** 2 * X ** 2);
  return positiveOrZero(Math.min(4 / alpha ** 2, second));
}

/** Down to so many binary digits. */
const floored = (x: number, digits = 8): number => {
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

const weights = matrix('d', 'm', { entry: coarse(signedLogUniform(1 / 2, 32)), most: [3, 3] });

/** Which entries are negative: columns by the first bits, rows by the next. */
const signed = (W: Rows, signs: number): Rows => {
  const columns = W[0]!.length;
  return W.map((row, i) => row.map((x, j) => ((((signs >> j) ^ (signs >> (columns + i))) & 1) === 1 ? -x : x)));
};

/**
 * W of independent entries, large against X so that λ3 need not be small, whose rows and columns change sign until the rows of Φ
 * are far from dependent; if they never are, drawn anew, at most twice; then the best of these.
 */
export const featureWeights = (X: Rows): Coordinate<'matrix'> => ({
  ...weights,
  describe: `${weights.describe}; of the signs of its rows and columns, and of two draws, the first for which Φ has a least singular value of 1/64 of the largest`,
  decode: (cube, shape) => {
    let best: { readonly quality: number; readonly W: Rows } | undefined;
    for (let draw = 0; draw < 2; draw++) {
      const moved = draw === 0 ? cube : cube.map((u) => (u + draw * 0.618034) % 1);
      const W = weights.decode(moved, shape) as Rows;
      for (let signs = 0; signs < 2 ** (shape[0]! + shape[1]!); signs++) {
        const turned = signed(W, signs);
        const { least, greatest } = extremes(rectified(X, turned));
        const quality = greatest > 0 ? least / greatest : 0;
        if (best === undefined || quality > best.quality) best = { quality, W: turned };
        if (quality >= INDEPENDENT) return turned;
      }
    }
    return best!.W;
  },
});

/** Half the time c·uuᵀ with positive entries, of norm c‖u‖²; else independent entries of either sign. */
const layerWeights: Coordinate<'matrix'> = (() => {
  const law = matrix('m', 'm', { entry: coarse(signedLogUniform(1 / 8, 8)), most: [3, 3] });
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
const scalar = (p: Omit<Roomy, 'gamma'>): Coordinate<'real'> => ({
  kind: 'real',
  describe: 'γ0/(‖A‖ + C2), γ0 uniform from 0 to 63/64, halved until σ_min(Z) is at least an eighth of σ_min(Φ)',
  decode: (u) => {
    const least = extremes(rectified(p.X, p.W)).least / 8;
    let gamma = floored((2 ** -10 + (63 / 64 - 2 ** -9) * u) / (extremes(p.A).greatest + p.C2), 10);
    while (gamma > 2 ** -30 && extremes(fixedPoint({ ...p, gamma })).least < least) gamma /= 2;
    return gamma;
  },
});

/** A direction, nearly uniform: independent normal entries by the quantiles of a logistic law, divided by their length. */
function directionAt(cube: readonly number[], n: number): Numbers {
  const entries = cube.slice(0, n).map((u) => Math.log((u + 2 ** -20) / (1 - u + 2 ** -20)));
  const length = lengthOf(entries);
  return length > 0 ? entries.map((x) => x / length) : entries.map((_, i) => (i === 0 ? 1 : 0));
}

/** Multiples of a power of two, 2⁻¹⁰ or less of the length that the vector is meant to have. */
const onGrid = (x: number, length: number): number => {
  const unit = 2 ** (Math.floor(Math.log2(length)) - 10);
  return Math.round(x / unit) * unit + 0;
};

/** A vector of a length that is made of the first number of the cube. */
const vectorOfLength = (extent: string, describe: string, length: (u: number) => number): Coordinate<'vector'> => ({
  kind: 'vector',
  describe: `of any direction, its length ${describe}`,
  shape: [extent],
  size: 4,
  decode: ([u, ...cube], [n]) => {
    const most = length(u!);
    return directionAt(cube, n!).map((x) => (most > 0 ? onGrid(x * most, most) : 0));
  },
});

const anyLength = orZero(sizes);
const shareOfLength = orZero(uniform(0, 3 / 4));
const shareOfRoom = uniform(1 / 4, 1 - 2 ** -6);
const ofWhat19Allows = `${shareOfLength.describe}, of what (19) allows for λ3`;

/** b(0): of any length, or up to 3/4 of what (19) allows. */
const outputs = (range: Range | undefined): Coordinate<'vector'> =>
  range === undefined
    ? vectorOfLength('m', anyLength.describe, anyLength.decode)
    : vectorOfLength('m', ofWhat19Allows, (u) => shareOfLength.decode(u) * mostOutput(range));

/** C3: of any size, or a part of what (19) leaves, which it nearly fails to where that is the most. */
const outputRoom = (range: Range | undefined, b: Numbers): Coordinate<'real'> =>
  range === undefined
    ? sizes
    : {
        kind: 'real',
        describe: 'from 1/4 to 63/64 of what (19) leaves of λ3',
        decode: (u) => floored(shareOfRoom.decode(u) * (mostOutput(range) - lengthOf(b))),
      };

/** ŷ(0) − r0, with r0 of any direction and of a length against the most that is allowed. */
const targets = (
  range: Range,
  p: { readonly b: Numbers; readonly C3: number },
  times: number,
  reach: Coordinate<'real'>,
): Coordinate<'vector'> => ({
  // prettier-ignore
  kind: 'vector',
  describe: `ŷ(0) and a vector of any direction, its length ${reach.describe}, of the most that the conditions allow`,
  shape: ['N'],
  size: 4,
  decode: ([u, ...cube], [n]) => {
    const most = reach.decode(u!) * mostResidual(range, p.b, p.C3, times);
    const predicted = range.Z.map((row) => row.reduce((sum, z, j) => sum + z * p.b[j]!, 0));
    return directionAt(cube, n!).map((x, i) => onGrid(predicted[i]! - x * most, most > 0 ? most : 1));
  },
});

/** A layer with C1, C2 and γ. */
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
    .with('b', (p) => outputs(within19 ? rangeOf(p) : undefined))
    .with('C3', (p) => outputRoom(within19 ? rangeOf(p) : undefined, p.b))
    .with('y', (p) => targets(rangeOf(p), p, times, reach));

/** Almost to the boundary: rounding moves y by 2⁻¹⁰ of its distance from ŷ(0). */
const within = below(1 - 2 ** -8);
const around = logUniform(1 / 16, 16);

/** Instances that meet (14) and (15): N, d, m, X, W, A, γ, b, y and C1, C2, C3. */
export const startsMeeting14to15 = starts(1, false, within);

/** As {@link startsMeeting14to15}, ‖ŷ(0) − y‖ from 1/16 to 16 times the most that (14) and (15) allow. */
export const startsAround14to15 = starts(1, false, around);

/** As {@link startsMeeting14to15}, but (17), (18) and (19), with a step size below (20). */
export const startsMeeting17to20 = starts(2, true, within).with('eta', (p) =>
  below(stepSizeBound(rangeOf(p), p.b, p.C3)),
);

/** As {@link startsMeeting17to20}, ‖ŷ(0) − y‖ from 1/16 to 16 times the most that (17) and (18) allow. */
export const startsAround17to20 = starts(2, true, around).with('eta', (p) =>
  below(stepSizeBound(rangeOf(p), p.b, p.C3)),
);

/** As {@link startsMeeting17to20}, (19) left out: λ3 is of any size. */
export const startsMeeting17to18 = starts(2, false, within).with('eta', (p) =>
  below(stepSizeBound(rangeOf(p), p.b, p.C3)),
);
