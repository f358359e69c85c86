import { diagonalStarts, oneUnitStarts, type DiagonalStart } from '../../generators/implicit-relu-steps';
import { BAND, drawn as drawnFrom, type AnySpace } from '../support/spaces';

const COUNT = 4000;

describe('starts with one sample and one unit', () => {
  const drawn = drawnFrom(oneUnitStarts as unknown as AnySpace, 'oneUnitStarts', COUNT) as unknown as readonly {
    readonly w: number;
    readonly y: number;
  }[];

  test('meet (17), (18) and (19) with C_i = 1 and γ0 = 1/2', () => {
    for (const { w, y } of drawn) {
      const Z = w / (1 - w / (2 * (w + 1)));
      // λ0 = λ1 = w + 1 is the largest of λ1, λ1/(1·λ1) and 1; K = 2.
      expect(16 * (w + 1) * y).toBeLessThanOrEqual(Z ** 2);
      expect(2 * 16 * 4 * y).toBeLessThanOrEqual(Z ** 3);
      expect(16 * 2 * 4).toBeLessThanOrEqual(Z ** 2);
      expect(y).toBeGreaterThan(0);
    }
  });

  test('are log-uniform in w and uniform in y against its limit', () => {
    expect(Math.abs(drawn.filter(({ w }) => w < Math.sqrt(6.5 * 1024)).length / drawn.length - 0.5)).toBeLessThan(BAND);
    expect(Math.abs(drawn.filter(({ w, y }) => y < w / 12).length / drawn.length - 0.5)).toBeLessThan(BAND);
  });
});

describe('diagonal starts', () => {
  type Start = DiagonalStart<number> & { readonly n: number };
  const drawn = drawnFrom(
    diagonalStarts as unknown as AnySpace,
    'diagonalStarts',
    COUNT,
  ) as unknown as readonly Start[];

  /** What (19) asks of α_0², divided by α_0². */
  const share = ({ x, w, a, C1, C2, C3, gamma }: Start): number => {
    const gamma0 = gamma * (Math.max(...a) + C2);
    const K = 1 + (gamma * (Math.max(...w) + C1)) ** 2 / (1 - gamma0) ** 2;
    const alpha = Math.min(...x.map((value, i) => (value * w[i]!) / (1 - gamma * a[i]!)));
    const X = x.reduce((sum, value) => sum + value ** 2, 0);
    return (16 * K * C3 ** 2 * X) / ((1 - gamma0) ** 2 * alpha ** 2);
  };

  test('meet (19) with γ0 < 1, and come near both boundaries', () => {
    const shares = drawn.map(share);
    expect(Math.max(...shares)).toBeLessThan(1);
    expect(Math.max(...shares)).toBeGreaterThan(0.99);
    const scalars = drawn.map(({ gamma, a, C2 }) => gamma * (Math.max(...a) + C2));
    expect(Math.max(...scalars)).toBeLessThan(1);
    expect(Math.max(...scalars)).toBeGreaterThan(0.99);
    expect(Math.abs(scalars.filter((gamma0) => gamma0 < 0.5).length / drawn.length - 0.5)).toBeLessThan(BAND);
  });

  test('have one to three samples, each one time in ten or more, of as many numbers as they say', () => {
    for (const n of [1, 2, 3]) {
      const some = drawn.filter((start) => start.n === n);
      expect(some.length / drawn.length).toBeGreaterThan(0.1);
      for (const { x, w, a, y } of some) expect([x.length, w.length, a.length, y.length]).toEqual([n, n, n, n]);
    }
  });
});
