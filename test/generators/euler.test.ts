import { doubles } from '../../src/numerics/doubles';
import { rationals } from '../../src/numerics/rational';
import { eulerScheme, signalOf } from '../../generators/euler';
import * as spaces from '../../generators/euler';
import { BAND, shareOf, type Numbers } from '../support/spaces';

type SpaceName = Exclude<keyof typeof spaces, 'eulerScheme' | 'signalOf'>;

const share = (name: SpaceName, test: (instance: Numbers) => boolean): number => shareOf(spaces[name], name, test);

const signal = ({ odds }: Numbers) => signalOf(doubles, { odds: odds! });

describe('a signal drawn by odds = r/(S* − r)', () => {
  test('has the S* that Lemma 28 needs, exactly: S*³ = S*² + 2dλ', () => {
    const R = rationals;
    for (const odds of ['1', '2', '1/64', '256', '7/3']) {
      const { r, sStar, twoDLambda } = signalOf(R, { odds: R.of(odds) });
      expect(R.exactText(R.power(sStar, 3))).toBe(R.exactText(R.add(R.power(sStar, 2), twoDLambda)));
      expect(R.exactText(R.power(r, 3))).toBe(R.exactText(twoDLambda));
      expect(R.exactText(R.div(r, R.sub(sStar, r)))).toBe(odds);
    }
  });

  test('by hand: odds 1 are S* = 8/7, r = 4/7; with d = 2 and 1/η = 8, λ = 16/343 and η = 1/8', () => {
    const R = rationals;
    const { r, sStar } = signalOf(R, { odds: R.of(1) });
    expect([r, sStar].map((x) => R.exactText(x))).toEqual(['4/7', '8/7']);
    const { lambda, d, eta } = eulerScheme(R, { odds: R.of(1), d: R.of(2), inverseStep: R.of(8) });
    expect([lambda, d, eta].map((x) => R.exactText(x))).toEqual(['16/343', '2', '1/8']);
  });

  test('is small and large: r below 1/8 and above 16 as often as the law of the odds says', () => {
    // r increases with the odds; r = 1/8 at odds q/(1 − q) with q the root of q = (1 − q³)/8, and so on.
    const oddsAt = (r: number): number => {
      let [low, high] = [0, 1];
      for (let k = 0; k < 60; k++) {
        const q = (low + high) / 2;
        if (q / (1 - q ** 3) < r) low = q;
        else high = q;
      }
      return low / (1 - low);
    };
    for (const r of [1 / 8, 1, 16]) {
      const below = share('eulerBelowBound', (p) => signal(p).r < r);
      expect(Math.abs(below - (Math.log2(oddsAt(r)) + 6) / 14)).toBeLessThan(BAND);
    }
  });
});

describe('step sizes', () => {
  const first = ({ sStar }: { readonly sStar: number }): number => 2 / (3 * (sStar + 1) ** 2);
  const second = ({ twoDLambda }: { readonly twoDLambda: number }): number => 2 / (twoDLambda + 4 / 27);

  test.each(['eulerBelowBound', 'eulerBelowBoundModerate'] as const)('%s keeps both bounds, nearly reached', (name) => {
    const relative = (p: Numbers) => 1 / p['inverseStep']! / Math.min(first(signal(p)), second(signal(p)));
    expect(share(name, (p) => relative(p) < 1)).toBe(1);
    const close = share(name, (p) => relative(p) > 1 / (1 + 2 ** -4));
    expect(Math.abs(close - 16 / 26)).toBeLessThan(BAND);
  });

  test('either bound is the smaller one for some signals', () => {
    for (const name of ['eulerBelowBound', 'eulerBelowBoundModerate'] as const) {
      const smaller = share(name, (p) => second(signal(p)) < first(signal(p)));
      expect(smaller).toBeGreaterThan(0.05);
      expect(smaller).toBeLessThan(0.5);
    }
  });

  test('of a first step lie on both sides of 1/(dλ) = 2/r³, half of them on each', () => {
    const small = share('eulerFirstStep', ({ r, eta }) => eta! * r! ** 3 < 2);
    expect(Math.abs(small - 1 / 2)).toBeLessThan(BAND);
  });
});

describe('points of the region', () => {
  const P = (p: Numbers, x: number, S: number): number => signal(p).twoDLambda - x ** 3 + x * S;
  /** Rounding moves a point on the edge across it by no more than this share of the terms. */
  const slack = (p: Numbers, x: number): number => 2 ** -48 * (signal(p).twoDLambda + x ** 3);

  test.each([
    ['pointOfRegion', 'x', 'S'],
    ['pairOfRegion', 'x', 'S'],
    ['pairOfRegion', 'x2', 'S2'],
  ] as const)('%s: (%s, %s) is one, and close to the lower edge one time in twenty', (name, x, S) => {
    expect(share(name, (p) => p[S]! >= 0 && p[S]! <= p[x]! && P(p, p[x]!, p[S]!) >= -slack(p, p[x]!))).toBe(1);
    const edge = (p: Numbers): number => Math.max(0, p[x]! ** 2 - signal(p).twoDLambda / p[x]!);
    const low = share(name, (p) => p[x]! > 0 && p[S]! < edge(p) + (p[x]! - edge(p)) / 20);
    expect(Math.abs(low - 1 / 20)).toBeLessThan(BAND);
  });

  test('are as far as S*, on both sides of r', () => {
    expect(share('pointOfRegion', (p) => p['x']! > 0.95 * signal(p).sStar)).toBeGreaterThan(0.05 - BAND);
    expect(share('pointOfRegion', (p) => p['x']! < signal(p).r)).toBeGreaterThan(0.2);
    expect(share('pointOfRegion', (p) => p['x']! > signal(p).r)).toBeGreaterThan(0.2);
  });

  test('of the diagonal lie on both sides of S*, half of them on each', () => {
    const below = share('pointOfDiagonal', (p) => p['x']! < signal(p).sStar);
    expect(Math.abs(below - 1 / 2)).toBeLessThan(BAND);
  });
});

test('roots are in the order of Remark 29, all but rounding, and x is anywhere below its root', () => {
  const ordered = ({ now, next, last, x, ...p }: Numbers): boolean =>
    signal(p).r <= now! * (1 + 2 ** -50) &&
    now! <= next! &&
    next! <= last! &&
    last! <= signal(p).sStar &&
    x! >= 0 &&
    x! <= now!;
  expect(share('rootsInOrder', ordered)).toBe(1);
  const near = share('rootsInOrder', ({ now, next, ...p }) => now! - signal(p).r > 0.95 * (next! - signal(p).r));
  expect(Math.abs(near - 1 / 20)).toBeLessThan(BAND);
  expect(Math.abs(share('rootsInOrder', ({ now, x }) => x! > 0.95 * now!) - 1 / 20)).toBeLessThan(BAND);
});

describe('a step of the driven recursion', () => {
  const twoDLambda = ({ ell, alphaLimit }: Numbers): number => ell! ** 3 - ell! * alphaLimit!;

  test('starts below its root, with α in order', () => {
    const holds = (p: Numbers): boolean => {
      const { ell, alphaLimit, alpha, next, x } = p;
      const force = twoDLambda(p) - x! ** 3 + alpha! * x!;
      const slack = 2 ** -48 * ell! ** 3;
      return force >= -slack && alpha! > 0 && alpha! <= next! && next! <= alphaLimit! && x! >= 0 && x! <= ell!;
    };
    expect(share('drivenStep', holds)).toBe(1);
  });

  test('comes within a twentieth of the largest step size and of the largest x one time in twenty', () => {
    const close = share('drivenStep', ({ ell, eta }) => 3 * eta! * ell! ** 2 > 2 * 0.95);
    expect(Math.abs(close - 1 / 20)).toBeLessThan(BAND);
    expect(Math.abs(share('drivenStep', ({ ell, x }) => x! > 0.95 * ell!) - 1 / 20)).toBeLessThan(BAND);
  });
});

test('the function f is looked at with step sizes and points on both sides of 1', () => {
  for (const name of ['eta', 'alpha', 'x', 'r'] as const) {
    expect(Math.abs(share('drivenFunction', (p) => p[name]! < 1) - 1 / 2)).toBeLessThan(BAND);
  }
});

test('points far to the left are beyond √(2α), within a sixteenth of it most times', () => {
  const relative = ({ alpha, z }: Numbers): number => z! / Math.sqrt(2 * alpha!);
  expect(share('farLeft', (p) => relative(p) > 1)).toBe(1);
  expect(Math.abs(share('farLeft', (p) => relative(p) < 1 + 2 ** -4) - 16 / 26)).toBeLessThan(BAND);
});
