import { BAND, shareOf, type Numbers } from '../support/spaces';
import * as spaces from '../../generators/scalar-two-layer';

const share = (name: keyof typeof spaces, test: (instance: Numbers) => boolean): number =>
  shareOf(spaces[name], name, test);

describe('boundaries and signs', () => {
  test('step sizes come within a twentieth of their bound one time in twenty', () => {
    const near = (relative: (p: Numbers) => number) => (p: Numbers) => relative(p) > 0.95 && relative(p) < 1;
    const midpointShare = share(
      'midpointBelowBound',
      near(({ r, eta }) => (3 * eta! * r! * r!) / 2),
    );
    expect(Math.abs(midpointShare - 0.05)).toBeLessThan(BAND);
    const eulerShare = share(
      'eulerSmallStep',
      near(({ r, eta }) => 2 * eta! * r! * r!),
    );
    expect(Math.abs(eulerShare - 0.05)).toBeLessThan(BAND);
  });

  test('step sizes of any size and sign lie on both sides of 2/(3r²), log-uniformly', () => {
    const below = share('midpointAnyStep', ({ r, eta }) => Math.abs(eta!) * r! * r! < 2 / 3);
    expect(Math.abs(share('midpointAnyStep', ({ eta }) => eta! < 0) - 1 / 2)).toBeLessThan(BAND);
    expect(Math.abs(below - (Math.log2(2 / 3) + 10) / 12)).toBeLessThan(BAND);
  });

  test('points of [0, r] come within a twentieth of either end one time in twenty', () => {
    const low = share('pointOfInterval', ({ r, x }) => x! < r! / 20);
    const high = share('pointOfInterval', ({ r, x }) => x! > (19 * r!) / 20);
    for (const near of [low, high]) expect(Math.abs(near - 0.05)).toBeLessThan(BAND + 2 ** -16);
    expect(share('pointOfInterval', ({ r, x }) => x! >= 0 && x! <= r!)).toBe(1);
    const ends = [spaces.pointOfInterval.decode([0.3, 0.3, 0.3, 0]), spaces.pointOfInterval.decode([0.3, 0.3, 0.3, 1])];
    expect(ends.map(({ x, r }) => x === 0 || x === r)).toEqual([true, true]);
  });

  test.each([
    ['signalAndFeedbackAnySign', ['r', 'd']],
    ['alignedStart', ['theta0']],
    ['alignedStartAnySign', ['r', 'theta0']],
    ['alignedStartAnyFeedback', ['r', 'd', 'theta0']],
    ['twoFeedbackWeightsAndStart', ['theta0']],
    ['noSignal', ['theta0']],
    ['anyStart', ['lambda', 'd', 'w1', 'w2']],
  ] as const)('%s takes either sign of %p half the time', (name, signed) => {
    for (const parameter of signed) {
      expect(Math.abs(share(name, (p) => p[parameter]! < 0) - 0.5)).toBeLessThan(BAND);
    }
  });

  test('starts lie on both sides of the solution, as far as 64 times as large', () => {
    const beyond = share('alignedStart', ({ r, theta0 }) => theta0! > r!);
    expect(Math.abs(beyond - 0.25)).toBeLessThan(BAND);
    const far = share('alignedStart', ({ r, theta0 }) => Math.abs(theta0!) > 32 * r!);
    expect(Math.abs(far - 1 / 12)).toBeLessThan(BAND);
  });

  test('starts beyond the solution come within a twentieth of it most times, and never touch it', () => {
    const near = share('alignedStartBeyond', ({ r, theta0 }) => theta0! / r! < 1.05);
    expect(Math.abs(near - (Math.log2(0.05) + 20) / 26)).toBeLessThan(BAND);
    expect(share('alignedStartBeyond', ({ r, theta0 }) => theta0! > r!)).toBe(1);
  });

  test('two feedback weights come within a twentieth of each other most times, and never are the same', () => {
    for (const name of ['twoFeedbackWeights', 'twoFeedbackWeightsAndStart'] as const) {
      expect(share(name, ({ factor }) => factor! > 1 && factor! <= 65)).toBe(1);
      const near = share(name, ({ factor }) => factor! < 1.05);
      expect(Math.abs(near - (Math.log2(0.05) + 20) / 26)).toBeLessThan(BAND);
    }
  });

  test('cubics come within a twentieth of the threshold most times, and never touch it', () => {
    const thresholds = {
      cubicBeyondPrinted: ({ lambda }: Numbers) => -1.5 * lambda! ** 1.5,
      cubicBeyond: ({ lambda, d }: Numbers) => -1.5 * Math.cbrt((lambda! * lambda!) / d!),
    };
    for (const name of ['cubicBeyondPrinted', 'cubicBeyond'] as const) {
      const near = share(name, (p) => p['K']! / thresholds[name](p) < 1.05);
      expect(Math.abs(near - (Math.log2(0.05) + 20) / 26)).toBeLessThan(BAND);
      expect(share(name, (p) => p['K']! < thresholds[name](p))).toBe(1);
    }
  });
});
