import type { Reading } from '../src/claim/finding';
import type { Arithmetic } from '../src/numerics/arithmetic';
import { larger } from './series';

/** Any number from the one to the other: in doubles the middle. */
export function between<N>(R: Arithmetic<N>, lower: N, upper: N): N {
  return R.add(lower, R.mul(R.sub(upper, lower), R.around(0.5, 0.5)));
}

/** Whether something is so at both ends of an interval, and whether at one of them; `undefined`, not known, is a maybe. */
export interface AtEnds {
  readonly surely: boolean;
  readonly maybe: boolean;
}

export function atEnds(left: boolean | undefined, right: boolean | undefined): AtEnds {
  return { surely: left === true && right === true, maybe: left !== false || right !== false };
}

/** The sum of all gains from one value to the next: what a path increases in all, as far as its points show it. */
export function totalIncrease<N>(R: Reading<N>, values: readonly N[]): N {
  return R.add(0, ...values.slice(1).map((value, t) => larger(R, R.sub(value, values[t]!), R.of(0))));
}

/**
 * For how long something is so, given whether it is at each of the times: an interval counts where it is so at both ends,
 * and may count where it is at one. What happens and ends between two times is not seen.
 */
export function timeWhere<N>(R: Reading<N>, so: readonly (boolean | undefined)[], times: ArrayLike<number>): N {
  const pieces = so.slice(1).map((now, t) => {
    const { surely, maybe } = atEnds(so[t], now);
    const length = R.sub(times[t + 1]!, times[t]!);
    return surely ? length : maybe ? between(R, R.of(0), length) : R.of(0);
  });
  return R.add(0, ...pieces);
}

/** The integral from below: over each interval the smaller value at its ends, for values that turn at most at the times. */
export function lowerSum<N>(R: Reading<N>, values: readonly N[], times: ArrayLike<number>): N {
  const pieces = values.slice(1).map((after, t) => {
    const before = values[t] as N;
    const smaller = R.sub(R.add(before, after), larger(R, before, after));
    return R.mul(smaller, R.sub(times[t + 1]!, times[t]!));
  });
  return R.add(0, ...pieces);
}
