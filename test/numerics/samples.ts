/** Random numbers for the tests of the arithmetics, from a seeded generator: many sizes, and the places where errors hide. */
import type { PRNG } from 'seedrandom';
import type { Ball } from '../../src/numerics/ball';

export function pick<T>(random: PRNG, choices: readonly T[]): T {
  return choices[Math.floor(random() * choices.length)]!;
}

/** Uniform on 0, 1, …, 2^bits - 1. */
export function randomBits(random: PRNG, bits: number): bigint {
  let x = 0n;
  for (let k = 0; k < bits; k += 32) x = (x << 32n) | BigInt(random.int32() >>> 0);
  return BigInt.asUintN(bits, x);
}

/** An integer of either sign whose number of bits is uniform on 0, …, bits. */
export function anySize(random: PRNG, bits: number): bigint {
  const x = randomBits(random, Math.floor(random() * (bits + 1)));
  return random() < 0.5 ? x : -x;
}

/** Uniform on -radius, …, radius, the ends included more often. */
export function within(random: PRNG, radius: bigint): bigint {
  const choice = random();
  if (choice < 0.2) return radius;
  if (choice < 0.4) return -radius;
  return (randomBits(random, radius.toString(2).length + 40) % (2n * radius + 1n)) - radius;
}

/** Numbers in units of 2^-bits: of all sizes up to 2^(bits/2), near 0 and ±1, powers of two, integers, simple fractions. */
export function middleSample(random: PRNG, bits: number): bigint {
  const one = 1n << BigInt(bits);
  const sign = random() < 0.5 ? 1n : -1n;
  const near = BigInt(Math.floor(random() * 5) - 2);
  const kind = Math.floor(random() * 7);
  if (kind === 0) return anySize(random, Math.floor(bits * 1.5));
  if (kind === 1) return near;
  if (kind === 2) return sign * one + near;
  if (kind === 3) return sign * (1n << BigInt(Math.floor(random() * bits * 1.5))) + near;
  if (kind === 4) return sign * one * BigInt(Math.floor(random() * 40));
  if (kind === 5) return (sign * one * BigInt(Math.floor(random() * 40))) / BigInt(1 + Math.floor(random() * 40));
  return sign * randomBits(random, bits + 1);
}

/** A ball with radius 0 at times, a few units, or of any size up to 2^bits units. */
export function ballSample(random: PRNG, bits: number): Ball {
  const kind = random();
  const middle = middleSample(random, bits);
  if (kind < 0.25) return { middle, radius: 0n };
  if (kind < 0.5) return { middle, radius: BigInt(Math.floor(random() * 6)) };
  const radius = anySize(random, kind < 0.75 ? bits : Math.max(1, middle.toString(2).length - 3));
  return { middle, radius: radius < 0n ? -radius : radius };
}

/** A number inside the ball, its ends included, in units 2^fine times finer. */
export function insideSample(random: PRNG, { middle, radius }: Ball, fine: number): bigint {
  return (middle << BigInt(fine)) + within(random, radius << BigInt(fine));
}

/** Whether numerator/denominator, in units of the ball, lies in it; `slack` may be added to |numerator|. */
export function contains({ middle, radius }: Ball, numerator: bigint, denominator = 1n, slack = 0n): boolean {
  const size = denominator < 0n ? -denominator : denominator;
  const offset = middle * denominator - numerator;
  return (offset < 0n ? -offset : offset) <= radius * size + slack;
}

/** A double with random bits: every exponent is as likely as any other. NaN and infinities are redrawn. */
export function anyDouble(random: PRNG): number {
  const view = new DataView(new ArrayBuffer(8));
  for (;;) {
    view.setInt32(0, random.int32());
    view.setInt32(4, random.int32());
    const x = view.getFloat64(0);
    if (Number.isFinite(x)) return x;
  }
}

/** The double next above. */
export function nextUp(x: number): number {
  if (x === 0) return Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  view.setBigInt64(0, view.getBigInt64(0) + (x > 0 ? 1n : -1n));
  return view.getFloat64(0) + 0;
}

/** Fails with what it was about; many times cheaper than `expect`, for loops of thousands. */
export function ensure(label: string, ok: boolean, ...about: unknown[]): void {
  if (!ok) throw new Error(`${label}: ${about.map(shown).join(', ')}`);
}

/** As `toBe`, for loops of thousands. */
export function ensureSame(actual: unknown, expected: unknown, ...about: unknown[]): void {
  if (!Object.is(actual, expected))
    throw new Error(`${[actual, 'is not', expected, 'for', ...about].map(shown).join(' ')}`);
}

function shown(x: unknown): string {
  return typeof x === 'object'
    ? JSON.stringify(x, (_, value) => (typeof value === 'bigint' ? `${value}n` : value))
    : String(x);
}
