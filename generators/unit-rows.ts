/** Samples of length 1 in fractions, exactly, and what Sections 5.2 and 7 of the paper on implicit networks draw with them. */
import { space, type Coordinate, type Extent } from '../src/claim/space';
import type { Real } from '../src/numerics/arithmetic';
import { shortestReal } from '../src/numerics/real';
import {
  below,
  beyond,
  choice,
  coarse,
  counts,
  logUniform,
  negativeAtTimes,
  orZero,
  signedLogUniform,
} from './coordinates';
import { matrix, refuseLarger, vector } from './matrices';

/**
 * Rows of length 1, exactly: points of the sphere by their stereographic projection (2t, 1 − |t|²)/(1 + |t|²), the entries of t
 * multiples of 1/8 near tangents of uniform angles, and a sign. In one dimension ±1.
 */
export function unitRows(rows: Extent, columns: Extent, most: readonly [number, number]): Coordinate<'matrix'> {
  return {
    kind: 'matrix',
    describe: `${rows} × ${columns}, rows of length 1 by stereographic projection of points of short fractions`,
    shape: [rows, columns],
    size: most[0] * most[1],
    decode: (cube, [r, c]) => {
      refuseLarger([r!, c!], most);
      return Array.from({ length: r! }, (_, i) => unitRow(cube.slice(i * most[1], i * most[1] + c!)));
    },
  };
}

/** The first number of the cube is the sign, the others are the point that is projected. */
function unitRow([sign, ...rest]: readonly number[]): readonly Real[] {
  const t = rest.map((u) => Math.round(8 * Math.tan((Math.PI / 2) * (0.9375 * (2 * u - 1))))); // eighths
  const square = t.reduce((sum, k) => sum + k * k, 0);
  const entries = [...t.map((k) => 16 * k), 64 - square];
  return entries.map((x) => shortestReal(`${sign! < 1 / 2 ? x : -x}/${64 + square}`));
}

/** A network whose data are of length 1, with labels 0 and 1, not all 0. */
export const labelledUnitRows = space()
  .with('d', counts(1, 3))
  .with('N', counts(1, 2))
  .with('m', ({ N }) => counts(N, 3))
  .with('X', unitRows('N', 'd', [3, 3]))
  .with('W', matrix('d', 'm', { entry: coarse(negativeAtTimes(logUniform(1 / 64, 8)), 3), most: [3, 3] }))
  .with('labels', choice('first', 'all', 'last'));

/** Norms of a start: N samples, ‖W(0)‖, σ_min(Φ(0)) as a share of it. */
const norms = space()
  .with('N', counts(1, 4096))
  .with('w', coarse(logUniform(1 / 64, 64)))
  .with('share', below(1));

interface Norms {
  readonly N: number;
  readonly w: number;
  readonly share: number;
}

/** The numbers in (17) and (19) for A = βI, b = 0, γ = 1/10. */
function tenth({ N, w, share, beta, C1, C2 }: Norms & Readonly<Record<'beta' | 'C1' | 'C2', number>>) {
  const gamma0 = (beta + C2) / 10;
  const alpha = (beta * share * w) / (1 - beta / 10);
  const lambda1 = beta * w + C1;
  const K = 1 + (lambda1 / (10 * (1 - gamma0))) ** 2;
  return { gamma0, alpha, lambda1, lambda2: beta + C2, output: (alpha * (1 - gamma0)) / (4 * Math.sqrt(K * N)) };
}

/** β, C1, C2, C3 and ‖y‖ with which (17) and (19) are met for γ = 1/10, A = βI, b = 0. */
export const tenthStarts = norms
  .with('beta', below(10))
  .with('C1', coarse(logUniform(2 ** -12, 8), 3))
  .with('C2', ({ beta }) => below(10 - beta))
  .with('C3', (p) => below(tenth(p).output))
  .with('Y', (p) => {
    const { gamma0, alpha, lambda1, lambda2 } = tenth(p);
    const middle = (gamma0 * lambda1 * p.C3) / ((1 - gamma0) * p.C2 * lambda2);
    const lambda0 = Math.max(lambda1 / p.C3, middle, p.C3 / p.C1);
    return below((alpha ** 2 * (1 - gamma0)) / (8 * lambda0 * Math.sqrt(p.N)));
  });

/** ‖y‖ and β beyond 1 + 16(1 + w)√N‖y‖/s² + 8(2 + w)√N/s with s = share·w. */
export const shrinkingStarts = norms
  .with('Y', orZero(coarse(logUniform(1 / 64, 64))))
  .with('beta', ({ N, w, share, Y }) => {
    const s = share * w;
    return beyond(1 + (16 * (1 + w) * Math.sqrt(N) * Y) / s ** 2 + (8 * (2 + w) * Math.sqrt(N)) / s);
  });

/** Rows of length 1 and no others. */
export const onlyUnitRows = space()
  .with('d', counts(1, 3))
  .with('N', counts(1, 3))
  .with('X', unitRows('N', 'd', [3, 3]));

/** As {@link onlyUnitRows}, of two or three inputs, where samples are seldom parallel. */
export const apartUnitRows = space()
  .with('d', counts(2, 3))
  .with('N', counts(1, 3))
  .with('X', unitRows('N', 'd', [3, 3]));

/** As {@link onlyUnitRows}, no more rows than columns. */
export const fewUnitRows = space()
  .with('d', counts(1, 3))
  .with('N', ({ d }) => counts(1, d))
  .with('X', unitRows('N', 'd', [3, 3]));

/** Samples of any lengths, of both signs; one sample where there is one input. */
export const anyRows = space()
  .with('d', counts(1, 3))
  .with('N', ({ d }) => counts(1, d === 1 ? 1 : 3))
  .with('X', matrix('N', 'd', { entry: coarse(signedLogUniform(1 / 8, 8), 3), most: [3, 3] }));

/** Rademacher samples: entries ±1/√d with d = 1 or 4, so that they have length 1. */
export const rademacherRows = space()
  .with('N', counts(1, 6))
  .with(
    'signs',
    vector('N', { entry: { kind: 'real', describe: '±1', decode: (u) => (u < 1 / 2 ? 1 : -1) }, most: 6 }),
  );
