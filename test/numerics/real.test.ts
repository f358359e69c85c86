import seedrandom from 'seedrandom';
import {
  bitLength,
  integerRoot,
  isReal,
  parseReal,
  ratioText,
  roundDown,
  roundScaledDown,
  roundScaledUp,
  roundUp,
  toDouble,
} from '../../src/numerics/real';
import { anyDouble, anySize, ensure, ensureSame, nextUp, randomBits } from './samples';

const MALFORMED = [
  '',
  ' ',
  'abc',
  '0.5',
  '1e3',
  '1/0',
  '1/-0',
  '1/',
  '/2',
  '1//2',
  ' 1',
  '1 ',
  '--1',
  '0x10',
  '1/2/3',
  '∞',
];
const NASTY_DOUBLES = [0, 1, -1, 0.1, 2 ** 53, 2 ** 53 - 1, Number.MAX_VALUE, Number.MIN_VALUE, 2 ** -1022]
  .concat([2 ** -1022 - Number.MIN_VALUE, 2 ** 1023, 1e-300, 1e300, 0.5 + 2 ** -53, 2 ** -500, 2 ** -501])
  .flatMap((x) => [x, -x]);

/** mantissa·2^exponent read off the bits of a double: an independent way to its exact value. */
function decode(x: number): { mantissa: bigint; exponent: number } {
  const bits = new BigUint64Array(new Float64Array([x]).buffer)[0]!;
  const field = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & ((1n << 52n) - 1n);
  const mantissa = field === 0 ? fraction : fraction | (1n << 52n);
  return { mantissa: bits >> 63n === 1n ? -mantissa : mantissa, exponent: Math.max(field, 1) - 1075 };
}

function compare(x: number, numerator: bigint, denominator: bigint): number {
  if (!Number.isFinite(x)) return x;
  const { mantissa, exponent } = decode(x);
  const left = (mantissa << BigInt(Math.max(exponent, 0))) * denominator;
  const right = numerator << BigInt(Math.max(-exponent, 0));
  return left < right ? -1 : left > right ? 1 : 0;
}

describe('reading reals', () => {
  test('a double is read exactly and in lowest terms', () => {
    const random = seedrandom('parse');
    const doubles = NASTY_DOUBLES.concat(Array.from({ length: 3000 }, () => anyDouble(random)));
    for (const x of doubles) {
      const { numerator, denominator } = parseReal(x);
      ensureSame(compare(x, numerator, denominator), 0, x);
      ensure('lowest terms', denominator === 1n || (numerator & 1n) === 1n, x);
      ensureSame(denominator & (denominator - 1n), 0n, x);
    }
  });

  test('a string is read as the fraction it spells, signs and common factors removed', () => {
    const cases = {
      '7': '7',
      '-7': '-7',
      '+7': '7',
      '6/4': '3/2',
      '-6/4': '-3/2',
      '6/-4': '-3/2',
      '0/9': '0',
      '-0': '0',
    };
    for (const [text, expected] of Object.entries(cases)) expect(ratioText(parseReal(text))).toBe(expected);
    const long = `${10n ** 400n + 1n}/${10n ** 399n}`;
    expect(ratioText(parseReal(long))).toBe(long);
  });

  test('what is no real number is refused with what was given and what was expected', () => {
    for (const text of MALFORMED) {
      expect(() => parseReal(text)).toThrow(RangeError);
      expect(() => parseReal(text)).toThrow(`"${text}"; expected a finite double, or a string "p" or "p/q"`);
    }
    for (const x of [NaN, Infinity, -Infinity]) expect(() => parseReal(x)).toThrow(`${x}; expected a finite double`);
    for (const x of [null, undefined, {}, true, 1n]) expect(() => parseReal(x as never)).toThrow(TypeError);
  });

  test('isReal says whether parseReal accepts', () => {
    for (const x of [...MALFORMED, NaN, Infinity, null, undefined, {}, [], true, 1n]) expect(isReal(x)).toBe(false);
    for (const x of [0, -0, 1e-320, '1', '-1/3', '+4/6', '6/-4', '007']) expect(isReal(x)).toBe(true);
  });
});

describe('rounding to doubles', () => {
  test('toDouble of a decimal fraction is what JavaScript parses the decimal string to', () => {
    const random = seedrandom('decimal');
    for (let k = 0; k < 3000; k += 1) {
      const digits = anySize(random, 90);
      const exponent = Math.floor(random() * 680) - 350;
      const [p, q] = exponent >= 0 ? [digits * 10n ** BigInt(exponent), 1n] : [digits, 10n ** BigInt(-exponent)];
      const text = `${digits}e${exponent}`;
      ensureSame(toDouble(`${p}/${q}`), Number(text), text);
    }
  });

  test('toDouble returns every double from its exact fraction', () => {
    const random = seedrandom('double');
    for (let k = 0; k < 3000; k += 1) {
      const x = anyDouble(random);
      ensureSame(toDouble(ratioText(parseReal(x))), x);
      ensureSame(toDouble(x), x);
    }
  });

  test('toDouble rounds the middle between two doubles to the even one, and anything off it to the nearer', () => {
    const random = seedrandom('ties');
    const low = [0, Number.MIN_VALUE, 2 ** -1022 - Number.MIN_VALUE, 1, 2 - 2 ** -52, Number.MAX_VALUE];
    const unit = 1n << 1200n;
    for (const x of low.concat(Array.from({ length: 600 }, () => Math.abs(anyDouble(random))))) {
      const above = nextUp(x);
      const { mantissa, exponent } = decode(x);
      const tie = (2n * mantissa + 1n) << BigInt(exponent - 1 + 1200);
      const even = (mantissa & 1n) === 0n ? x : above;
      ensureSame(toDouble(`${tie}/${unit}`), even, x);
      ensureSame(toDouble(`${tie - 1n}/${unit}`), x);
      ensureSame(toDouble(`${tie + 1n}/${unit}`), above);
      ensureSame(toDouble(`${-tie + 1n}/${unit}`), -x);
    }
  });

  test('toDouble overflows and underflows where IEEE 754 does', () => {
    const largest = BigInt(Number.MAX_VALUE);
    const halfUlp = 1n << 970n;
    expect(toDouble(`${largest + halfUlp - 1n}`)).toBe(Number.MAX_VALUE);
    expect(toDouble(`${largest + halfUlp}`)).toBe(Infinity);
    expect(toDouble(`${-largest - halfUlp}`)).toBe(-Infinity);
    expect(toDouble(`1/${1n << 1075n}`)).toBe(0);
    expect(toDouble(`${(1n << 100n) + 1n}/${1n << 1175n}`)).toBe(Number.MIN_VALUE);
    expect(toDouble(`1/${1n << 100000n}`)).toBe(0);
    expect(() => toDouble(NaN)).toThrow(RangeError);
  });

  test('directed roundings bracket a fraction by the same or by adjacent doubles', () => {
    const random = seedrandom('directed');
    for (let k = 0; k < 4000; k += 1) {
      const numerator = anySize(random, k % 3 === 0 ? 1300 : 200);
      const denominator = 1n + randomBits(random, Math.floor(random() * (k % 3 === 1 ? 1300 : 200)));
      const [lower, upper] = [roundDown(numerator, denominator), roundUp(numerator, denominator)];
      const [below, above] = [compare(lower, numerator, denominator), compare(upper, numerator, denominator)];
      ensure('bracket', below <= 0 && above >= 0, numerator, denominator);
      if (below === 0 || above === 0) ensureSame(upper, lower);
      else if (lower === -Infinity) ensureSame(upper, -Number.MAX_VALUE);
      else ensureSame(upper + 0, nextUp(lower));
      const nearest = toDouble(`${numerator}/${denominator}`);
      ensure('nearest', nearest === lower || nearest === upper, numerator, denominator);
    }
  });

  test('directed roundings of scaled integers agree with those of fractions', () => {
    const random = seedrandom('scaled');
    for (let k = 0; k < 3000; k += 1) {
      const mantissa = anySize(random, 300);
      const exponent = Math.floor(random() * 2600) - 1400;
      const [p, q] = exponent < 0 ? [mantissa, 1n << BigInt(-exponent)] : [mantissa << BigInt(exponent), 1n];
      ensureSame(roundScaledDown(mantissa, exponent), roundDown(p, q), mantissa, exponent);
      ensureSame(roundScaledUp(mantissa, exponent), roundUp(p, q), mantissa, exponent);
    }
  });

  test('a denominator that is not positive is refused', () => {
    for (const q of [0n, -1n]) expect(() => roundDown(1n, q)).toThrow(RangeError);
  });
});

describe('integers', () => {
  test('the bit length is the number of binary digits', () => {
    const random = seedrandom('bits');
    for (let k = 0; k < 2000; k += 1) {
      const x = anySize(random, 200);
      ensureSame(bitLength(x), x === 0n ? 0 : x.toString(2).replace('-', '').length, x);
    }
  });

  test('the integer root is the floor of the root', () => {
    const random = seedrandom('roots');
    for (let k = 0; k < 6000; k += 1) {
      const order = k % 2 === 0 ? 2 : 1 + Math.floor(random() * 12);
      const base = randomBits(random, Math.floor(random() * 150));
      const near = base ** BigInt(order) + BigInt(Math.floor(random() * 3) - 1);
      const x = k % 5 === 0 ? randomBits(random, Math.floor(random() * 2000)) : near < 0n ? 0n : near;
      const root = integerRoot(x, order);
      ensure('floor', root ** BigInt(order) <= x && (root + 1n) ** BigInt(order) > x, x, order);
    }
  });
});
