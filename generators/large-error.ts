/** Ranks and sizes of Theorem 3 of the factorisation paper: how large a rank r is, and how much larger n is. */
import { space, type Coordinate } from '../src/claim/space';
import { below, counts, uniform } from './coordinates';

/** Whole numbers ≥ `from`: `from` plus a whole number that is log-uniform on {0, …, more}. */
export function countsAbove(from: number, more: number): Coordinate<'count'> {
  const excess = counts(0, more);
  return {
    kind: 'count',
    describe: `${from} plus a number that is ${excess.describe}`,
    decode: (u) => from + excess.decode(u),
  };
}

/** r ≥ 2000 and n ≥ `least`·r, both from the boundary on: at most a million ranks and a million times r beyond it. */
export const ranksAndSizes = (least: number) =>
  space()
    .with('r', countsAbove(2000, 1e6))
    .with('n', ({ r }) => countsAbove(least * r, 1e6 * r));

/** As {@link ranksAndSizes} from 2r on, n at most where 64(n − r) log r = r², rounded down. */
export const lowerThanProof = space()
  .with('r', countsAbove(2000, 1e8))
  .with('n', ({ r }) => countsUpTo(2 * r, Math.floor(r + r ** 2 / (64 * Math.log(r)))));

/** r ≥ 2000, n ≥ 2r, and a column number j from 2 to n. */
export const columnsOfA = ranksAndSizes(2).with('j', ({ n }) => countsUpTo(2, n));

/** Whole numbers from `from` to `to`: `to` less a number that is log-uniform, so that the upper end is approached. */
function countsUpTo(from: number, to: number): Coordinate<'count'> {
  const short = counts(0, to - from);
  return {
    kind: 'count',
    describe: `${to} less a number that is ${short.describe}`,
    decode: (u) => to - short.decode(u),
  };
}

/** As {@link ranksAndSizes} from 2r on, at most 22 000 ranks and 40 001 times r: tails take longer the more there are. */
export const manyColumns = space()
  .with('r', countsAbove(2000, 20_000))
  .with('n', ({ r }) => countsAbove(2 * r, 40_001 * r));

/** As {@link manyColumns}, and n > 197r. */
export const columnsFarApart = space()
  .with('r', countsAbove(2000, 1e6))
  .with('n', ({ r }) => countsAbove(197 * r + 1, 1e6 * r));

const degrees = counts(1, 20_000);

/** Degrees of freedom and a relative deviation inside (0, 1), both ends approached. */
export const chiSquareDeviations = space().with('d', degrees).with('t', below(1));

/** The same with deviations up to 4. */
export const chiSquareDeviationsFurther = space().with('d', degrees).with('t', uniform(0, 4));

/** As {@link ranksAndSizes} from 2r on, at most 4000 ranks: sums over all of them are enclosed. */
export const severalRanks = space()
  .with('r', countsAbove(2000, 2000))
  .with('n', ({ r }) => countsAbove(2 * r, 1e6 * r));

/** The same from 40001r on. */
export const severalRanksFarApart = space()
  .with('r', countsAbove(2000, 2000))
  .with('n', ({ r }) => countsAbove(40_001 * r, 1e6 * r));

/** Ranks from 20 to 60 and sizes from 20 times that on: few enough to be drawn thousands of times. */
export const fewRanks = space()
  .with('r', countsAbove(20, 40))
  .with('n', ({ r }) => countsAbove(20 * r, 1000 * r));

/** From three rows on, up to five thousand more. */
export const severalRows = space().with('n', countsAbove(3, 5000));
