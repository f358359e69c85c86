/**
 * The arithmetics against mathjs BigNumber. At DIGITS decimal digits its results are off by a few units of the last one,
 * relatively: a slack of |truth|·10^(5 - DIGITS), which each comparison checks to be under a hundredth of a unit of the
 * ball at hand (or of its radius), is all that is allowed for it.
 */
import type { BigNumber } from 'mathjs' with { 'resolution-mode': 'import' };
import { createRequire } from 'node:module';
import seedrandom from 'seedrandom';
import { type Arithmetic, NotRepresentable } from '../../src/numerics/arithmetic';
import { type Ball, balls } from '../../src/numerics/ball';
import { doubles } from '../../src/numerics/doubles';
import { dyadics } from '../../src/numerics/dyadic';
import { rationals } from '../../src/numerics/rational';
import { contains, ensure, middleSample, pick, randomBits } from './samples';

type MathJs = typeof import('mathjs', { with: { 'resolution-mode': 'import' } });

const DIGITS = 110;
const PRECISIONS = [64, 128, 256];
/** Arguments are multiples of 2^-ARGUMENT_BITS, truths are compared in units of 2^-TRUTH_BITS. */
const ARGUMENT_BITS = 272;
const TRUTH_BITS = 320;

const { create, all } = createRequire(__filename)('mathjs') as MathJs;
const math = create(all!, { number: 'BigNumber', precision: DIGITS });
const ARGUMENT_UNIT = big(1n << BigInt(ARGUMENT_BITS));
const TRUTH_UNIT = big(1n << BigInt(TRUTH_BITS));

function big(x: bigint): BigNumber {
  return math.bignumber(x.toString());
}

/** The argument as a BigNumber: rounded, too, which changes the truths here by no more than the slack. */
function argument(x: bigint): BigNumber {
  return big(x).div(ARGUMENT_UNIT);
}

interface Truth {
  readonly value: bigint;
  readonly slack: bigint;
}

function truthOf(x: BigNumber): Truth {
  const value = BigInt(x.times(TRUTH_UNIT).round().toFixed());
  return { value, slack: (value < 0n ? -value : value) / 10n ** BigInt(DIGITS - 5) + 1n };
}

function holds(ball: Ball, { value, slack }: Truth, bits: number): boolean {
  const unit = 1n << BigInt(TRUTH_BITS - bits);
  if (slack * 100n > unit * (ball.radius + 1n)) throw new Error('mathjs is not precise enough for this case');
  return contains(ball, value, unit, slack);
}

/** Balls of `bits` that contain `x`, in its interior or at an end: tight ones, some of radius 0, and wide ones. */
function ballsAbout(random: seedrandom.PRNG, x: bigint, bits: number): Ball[] {
  const drop = BigInt(ARGUMENT_BITS - bits);
  const floor = x >> drop;
  const tight = { middle: floor, radius: floor << drop === x ? 0n : 1n };
  const size = x < 0n ? -floor : floor;
  const radii = [
    BigInt(Math.floor(random() * 5)),
    randomBits(random, Math.floor(random() * bits)),
    size / 3n,
    size / 2000n,
  ];
  return [tight].concat(
    radii.flatMap((r) => [
      { middle: floor + r, radius: r + tight.radius },
      { middle: floor - r, radius: r + tight.radius },
      { middle: floor + r / 2n, radius: r + tight.radius },
    ]),
  );
}

/** An argument on the grid of some precision, so that balls of that precision can be the point itself, or off it. */
function argumentSample(random: seedrandom.PRNG, limit: number): bigint {
  const bits = pick(random, [...PRECISIONS, ARGUMENT_BITS]);
  const x = middleSample(random, bits) % (BigInt(limit) << BigInt(bits));
  return x << BigInt(ARGUMENT_BITS - bits);
}

type Unary = (f: Arithmetic<Ball>, x: Ball) => Ball;

/** Compares on `count` arguments, some 13 balls each; returns how many truths a dropped radius would have missed. */
function compare(count: number, arguments_: () => bigint, truth: (x: BigNumber) => BigNumber, operation: Unary): void {
  const random = seedrandom('balls');
  let [compared, missed] = [0, 0];
  for (let k = 0; k < count; k += 1) {
    const x = arguments_();
    const expected = truthOf(truth(argument(x)));
    for (const bits of PRECISIONS) {
      for (const ball of ballsAbout(random, x, bits)) {
        if (operation === logOf && ball.middle <= ball.radius) continue;
        const result = operation(balls(bits), ball);
        compared += 1;
        if (!holds({ middle: result.middle, radius: 0n }, { ...expected, slack: 1n }, bits)) missed += 1;
        if (!holds(result, expected, bits)) throw new Error(`${bits} bits: ${ball.middle} +- ${ball.radius}, x = ${x}`);
      }
    }
  }
  expect(compared).toBeGreaterThan(20 * count);
  expect(missed).toBeGreaterThan(0.5 * compared);
}

const logOf: Unary = (f, x) => f.log(x);

describe('balls contain what mathjs finds at 110 digits', () => {
  test('exp', () => {
    const random = seedrandom('exp');
    compare(
      300,
      () => argumentSample(random, 50),
      (x) => x.exp(),
      (f, x) => f.exp(x),
    );
  });

  test('log', () => {
    const random = seedrandom('log');
    const positive = (): bigint => {
      const x = argumentSample(random, 1 << 30);
      return x > 0n ? x : 1n - x;
    };
    compare(300, positive, (x) => x.ln(), logOf);
  });

  test('atan', () => {
    const random = seedrandom('atan');
    compare(
      150,
      () => argumentSample(random, 1 << 30),
      (x) => x.atan(),
      (f, x) => f.atan(x),
    );
  });

  test('pi', () => {
    const truth = truthOf(math.bignumber('0').acos().times(2));
    for (let bits = 16; bits <= 300; bits += 1) {
      expect([bits, holds(balls(bits).pi(), truth, bits)]).toEqual([bits, true]);
      expect(holds({ middle: balls(bits).pi().middle, radius: 0n }, { ...truth, slack: 1n }, bits)).toBe(false);
    }
  });

  test('cube roots, and square roots of sizes', () => {
    const random = seedrandom('roots');
    const next = (): bigint => argumentSample(random, 1 << 30) | 1n;
    compare(
      150,
      next,
      (x) => x.cbrt(),
      (f, x) => f.cbrt(x),
    );
    compare(
      150,
      next,
      (x) => x.abs().sqrt(),
      (f, x) => f.sqrt(f.abs(x)),
    );
  });

  test('squares, reciprocals of numbers away from 0, and fractional powers', () => {
    const random = seedrandom('powers');
    const next = (): bigint => argumentSample(random, 1 << 30) | 1n;
    compare(
      150,
      next,
      (x) => x.times(x),
      (f, x) => f.power(x, 2),
    );
    compare(
      150,
      next,
      (x) => math.bignumber(1).div(x.times(x).plus(1)),
      (f, x) => f.div(1, f.add(f.power(x, 2), 1)),
    );
    compare(
      150,
      next,
      (x) => x.cbrt().pow(4),
      (f, x) => f.rationalPower(x, 4, 3),
    );
  });

  test('sums, differences and products of two', () => {
    const random = seedrandom('pairs');
    for (let k = 0; k < 2000; k += 1) {
      const [x, y] = [argumentSample(random, 1 << 20), argumentSample(random, 1 << 20)];
      const [a, b] = [argument(x), argument(y)];
      const truths = [a.plus(b), a.minus(b), a.times(b)].map(truthOf);
      for (const bits of PRECISIONS) {
        const f = balls(bits);
        const [p, q] = [pick(random, ballsAbout(random, x, bits)), pick(random, ballsAbout(random, y, bits))];
        const results = [f.add(p, q), f.sub(p, q), f.mul(p, q)];
        results.forEach((ball, i) => ensure('truth', holds(ball, truths[i]!, bits), bits, x, y, ball));
      }
    }
  });
});

describe('the other arithmetics agree with mathjs', () => {
  const operations = [
    {
      ours: <N>(f: Arithmetic<N>, x: string, y: string) => f.add(x, y, 1),
      theirs: (a: BigNumber, b: BigNumber) => a.plus(b).plus(1),
    },
    {
      ours: <N>(f: Arithmetic<N>, x: string, y: string) => f.sub(f.mul(x, y), x),
      theirs: (a: BigNumber, b: BigNumber) => a.times(b).minus(a),
    },
    {
      ours: <N>(f: Arithmetic<N>, x: string, y: string) => f.div(x, y),
      theirs: (a: BigNumber, b: BigNumber) => a.div(b),
    },
    { ours: <N>(f: Arithmetic<N>, x: string) => f.power(x, 3), theirs: (a: BigNumber) => a.pow(3) },
    { ours: <N>(f: Arithmetic<N>, x: string) => f.power(x, -2), theirs: (a: BigNumber) => a.pow(-2) },
  ];

  /** The value of an exact text to DIGITS digits. */
  function valueOf(text: string): BigNumber {
    const [p, q] = text.split('/');
    return math.bignumber(p!).div(math.bignumber(q ?? '1'));
  }

  function same(a: BigNumber, b: BigNumber, tolerance: string): boolean {
    return a.minus(b).abs().lte(b.abs().times(tolerance));
  }

  test('rational and dyadic numbers to the last digits, doubles to theirs', () => {
    const random = seedrandom('others');
    let dyadicResults = 0;
    for (let k = 0; k < 500; k += 1) {
      const top = (): bigint => 1n + randomBits(random, 1 + Math.floor(random() * 90));
      const bottom = (): bigint => (random() < 0.5 ? 1n << BigInt(k % 60) : 1n + randomBits(random, 30));
      const [x, y] = [`-${top()}/${bottom()}`, `${top()}/${bottom()}`];
      for (const { ours, theirs } of operations) {
        const truth = theirs(valueOf(x), valueOf(y));
        ensure('rational', same(valueOf(rationals.exactText(ours(rationals, x, y))!), truth, '1e-80'), x, y);
        if (same(math.bignumber(ours(doubles, x, y)), truth, '1e-14') === false)
          expect(truth.abs().lt(1e20)).toBe(true);
        try {
          ensure('dyadic', same(valueOf(dyadics.exactText(ours(dyadics, x, y))!), truth, '1e-80'), x, y);
          dyadicResults += 1;
        } catch (error) {
          if (!(error instanceof NotRepresentable)) throw error;
        }
      }
    }
    expect(dyadicResults).toBeGreaterThan(400);
  });
});
