/** What the spaces of implicit layers promise of their draws; that they parse and reach their corners is in spaces.test.ts. */
import * as spaces from '../../generators/implicit-layers';
import { equilibrium, preactivation, unitInputs } from '../../src/definitions/implicit-relu';
import { doubles } from '../../src/numerics/doubles';
import { determinant, identity, matMul, minus, scale, transpose, type Matrix } from '../../src/numerics/matrix';
import { rationals as R } from '../../src/numerics/rational';
import { singularValues } from '../../src/numerics/singular-values';
import { BAND, drawn, shareOf, type AnySpace } from '../support/spaces';

type Drawn = Readonly<Record<string, unknown>>;
type Layer = Parameters<typeof equilibrium<number>>[1] & { readonly M: number };
const draws = (name: keyof typeof spaces, count: number): readonly Drawn[] =>
  drawn(spaces[name] as unknown as AnySpace, name, count) as unknown as readonly Drawn[];
const share = (name: keyof typeof spaces, test: (p: Drawn) => boolean): number =>
  shareOf(spaces[name], name, test as never);
const exactly = (A: Matrix<number | string>) => A.map((row) => row.map((x) => R.of(x)));
const inDoubles = (name: keyof typeof spaces, p: Drawn): Drawn =>
  (spaces[name] as unknown as AnySpace).over(doubles, p as never);

const LAYERS = ['layers', 'layersAndOutputs', 'slopes', 'slopesOfTwo', 'networks', 'movingNetworks', 'networksOnKinks', 'maps'] as const; // prettier-ignore

test('norms are M or less, γM is below 1 and comes near it, and γ is below 1', () => {
  for (const name of LAYERS) {
    for (const p of draws(name, 200)) {
      const { A, M, gamma } = inDoubles(name, p) as unknown as Layer;
      expect(singularValues(A)[0]!).toBeLessThanOrEqual(M * (1 + 1e-12));
      expect(gamma).toBeGreaterThan(0);
      expect(gamma * M).toBeLessThan(1);
      expect(gamma).toBeLessThan(1);
    }
    expect(share(name, (p) => (p['gamma'] as number) * (p['M'] as number) > 0.9)).toBeGreaterThan(0.1);
  }
});

test('the norm is M itself, exactly, half of the time', () => {
  const attained = (p: Drawn): boolean => {
    const A = exactly(p['A'] as Matrix<number | string>);
    const rest = minus(R, scale(R, R.power(p['M'] as number, 2), identity(R, A.length)), matMul(R, transpose(A), A));
    return R.sign(determinant(R, rest)) === 0;
  };
  const found = draws('layers', 1000).filter(attained).length / 1000;
  expect(Math.abs(found - 1 / 2)).toBeLessThan(2 * BAND);
});

test('units are on kinks often where they may be, and off them often enough elsewhere', () => {
  const touched = (name: keyof typeof spaces) => (p: Drawn) =>
    unitInputs(doubles, inDoubles(name, p) as unknown as Layer)
      .flat(2)
      .includes(0);
  expect(share('networksOnKinks', touched('networksOnKinks'))).toBeGreaterThan(0.4);
  expect(share('movingNetworks', touched('movingNetworks'))).toBeLessThan(0.6);
});

test('slopes are 0, 1, and, one time in eight, between', () => {
  const first = (p: Drawn): number => (p['S'] as Matrix<number>)[0]![0]!;
  expect(Math.abs(share('slopes', (p) => first(p) === 1) - 1 / 2)).toBeLessThan(BAND + 1 / 64);
  expect(Math.abs(share('slopes', (p) => first(p) === 0) - 3 / 8)).toBeLessThan(BAND + 1 / 64);
});

test('a positive number below the norm, and a γ for which γAv ≥ v', () => {
  for (const p of draws('squareAndShare', 200)) {
    const Q = p['Q'] as Matrix<number>;
    if (Q.flat().some((x) => x !== 0)) expect(p['c'] as number).toBeLessThanOrEqual(singularValues(Q)[0]!);
  }
  for (const p of draws('growing', 200)) {
    const { A, v, gamma } = p as unknown as { A: Matrix<number>; v: readonly number[]; gamma: number };
    A.forEach((row, i) => {
      const image = R.mul(gamma, R.add(...row.map((a, j) => R.mul(a, v[j]!))));
      expect(R.sign(R.sub(image, v[i]!))).not.toBe(-1);
    });
  }
});

test('two Gram matrices have orthonormal axes', () => {
  for (const p of draws('twoGramMatrices', 50)) {
    for (const name of ['P', 'Q']) {
      const V = exactly(p[name] as Matrix<number | string>);
      const rest = minus(R, matMul(R, transpose(V), V), identity(R, V.length));
      expect(rest.flat().every((x) => R.sign(x) === 0)).toBe(true);
    }
  }
});

test('at the fixed point of a drawn layer the outputs are what comes to the units, cut at 0', () => {
  for (const p of draws('layers', 50)) {
    const layer = inDoubles('layers', p) as unknown as Layer;
    const Z = equilibrium(doubles, layer);
    preactivation(doubles, layer, Z).flat().forEach((x, k) => expect(Z.flat()[k]).toBeCloseTo(Math.max(0, x), 8)); // prettier-ignore
  }
});
