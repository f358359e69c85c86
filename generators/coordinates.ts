import type { Coordinate } from '../src/claim/space';

/** Numbers of every size: 2^e with e uniform over [log2 from, log2 to]. Both ends are reached. `0 < from < to`. */
export function logUniform(from: number, to: number): Coordinate<'real'> {
  const octaves = Math.log2(to / from);
  return {
    kind: 'real',
    describe: `log-uniform on [${from}, ${to}]`,
    // A product, so that the middle of [x/64, 64x] is x to the last bit.
    decode: (u) => (u === 1 ? to : u === 0 ? from : Math.min(to, Math.max(from, from * 2 ** (u * octaves)))),
  };
}

/** Either sign, every size: −to … −from and from … to, log-uniform in size; `u < 1/2` is the negative half. */
export function signedLogUniform(from: number, to: number): Coordinate<'real'> {
  const size = logUniform(from, to);
  return {
    kind: 'real',
    describe: `± log-uniform on [${from}, ${to}]`,
    decode: (u) => (u < 0.5 ? -size.decode(1 - 2 * u) : size.decode(2 * u - 1)),
  };
}

/** Uniform on the dyadic grid of 2^16 cells over [from, to], both ends and, where it is inside, 0 included. */
export function uniform(from: number, to: number): Coordinate<'real'> {
  const zero = from < 0 && to > 0 ? onGrid(-from / (to - from)) : undefined;
  const decode = (u: number): number => {
    const cell = onGrid(u);
    if (cell === 0 || cell === 1) return cell === 0 ? from : to;
    return cell === zero ? 0 : from + cell * (to - from);
  };
  return { kind: 'real', describe: `uniform on [${from}, ${to}]`, decode };
}

/**
 * A positive number below `limit`: uniform on the open interval, down to 2⁻²⁰ of it from either end, so that the
 * boundary is approached and never touched.
 */
export function below(limit: number): Coordinate<'real'> {
  const edge = 2 ** -20;
  return {
    kind: 'real',
    describe: 'uniform from 0 to its limit, ends excluded by 2⁻²⁰ of it',
    decode: (u) => limit * (edge + u * (1 - 2 * edge)),
  };
}

/**
 * Beyond `limit` on its side of 0: limit·(1 + 2^e) with e uniform over [−20, 6], so that the boundary is approached at
 * every scale and never touched.
 */
export function beyond(limit: number): Coordinate<'real'> {
  return {
    kind: 'real',
    describe: 'its limit times 1 + 2^e, e uniform on [−20, 6]',
    decode: (u) => limit * (1 + 2 ** (26 * u - 20)),
  };
}

/**
 * Between two limits: uniform on the open interval, down to 2⁻²⁰ of its length from either end, so that both boundaries
 * are approached and, rounding aside, never touched. `low ≤ high`; the limit itself where they are one.
 */
export function uniformBetween(low: number, high: number): Coordinate<'real'> {
  const edge = 2 ** -20;
  const decode = (u: number): number => low + (high - low) * (edge + u * (1 - 2 * edge));
  return {
    kind: 'real',
    describe: 'uniform between its limits, ends excluded by 2⁻²⁰ of their distance',
    decode: (u) => Math.min(high, Math.max(low, decode(u))),
  };
}

/** Uniform on the dyadic grid of 2^16 cells over [0, limit], both ends included. */
export function upTo(limit: number): Coordinate<'real'> {
  return { kind: 'real', describe: 'uniform from 0 to its limit, ends included', decode: (u) => limit * onGrid(u) };
}

/**
 * The same numbers rounded to so many significant binary digits: products of them stay short fractions. Each moves by
 * at most 2^−digits of itself.
 */
export function coarse(fine: Coordinate<'real'>, digits = 4): Coordinate<'real'> {
  const round = (x: number): number => {
    if (x === 0) return 0;
    const unit = 2 ** (Math.floor(Math.log2(Math.abs(x))) - digits + 1);
    return Math.round(x / unit) * unit;
  };
  return {
    kind: 'real',
    describe: `${fine.describe}, to ${digits} significant binary digits`,
    decode: (u) => round(fine.decode(u)),
  };
}

/** One time in four 0, else as the coordinate: where a hypothesis x ≠ 0 can fail. */
export function orZero(coordinate: Coordinate<'real'>): Coordinate<'real'> {
  return {
    kind: 'real',
    describe: `0 one time in four, else ${coordinate.describe}`,
    decode: (u) => (u < 1 / 4 ? 0 : coordinate.decode((u - 1 / 4) / (3 / 4))),
  };
}

/** One time in four the negative of it: where a hypothesis x > 0 can fail while others hold. */
export function negativeAtTimes(coordinate: Coordinate<'real'>): Coordinate<'real'> {
  return {
    kind: 'real',
    describe: `negative one time in four: ${coordinate.describe}`,
    decode: (u) => (u < 1 / 4 ? -coordinate.decode(1 - 4 * u) : coordinate.decode((u - 1 / 4) / (3 / 4))),
  };
}

/** A whole number from `from` to `to`, log-uniform, both ends included. */
export function counts(from: number, to: number): Coordinate<'count'> {
  const [low, high] = [Math.log2(from + 1), Math.log2(to + 2)];
  return {
    kind: 'count',
    describe: `whole, log-uniform on {${from}, …, ${to}}`,
    decode: (u) => Math.min(to, Math.max(from, Math.floor(2 ** (low + u * (high - low)) - 1))),
  };
}

/** One of some words, each as likely; the simplest first. */
export function choice(...options: readonly string[]): Coordinate<'choice'> {
  if (options.length === 0) throw new RangeError('a choice of nothing: give it one option or more');
  return {
    kind: 'choice',
    describe: `one of ${options.join(', ')}, each as likely`,
    options,
    decode: (u) => options[Math.min(options.length - 1, Math.floor(u * options.length))]!,
  };
}

const onGrid = (u: number): number => Math.round(u * 65536) / 65536;
