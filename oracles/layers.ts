import type { Series } from '../src/claim/exam';
import { all, part, type Finding, type Reading } from '../src/claim/finding';
import { identical } from './along';
import { cancelling, map } from './series';

/** A layer claimed to be a power of the first one. */
export interface PowerLaw<N> {
  /** What the part of the conclusion is called. */
  readonly name: string;
  readonly path: Series<N>;
  readonly constant: N;
  readonly power: number;
}

/**
 * Every layer is, all along the path, its constant times its power of the first layer. Layers are sums of what they
 * gained, so they are compared to within what their start was worth.
 */
export function powersOf<N>(R: Reading<N>, first: Series<N>, layers: readonly PowerLaw<N>[]): Finding {
  return all(
    ...layers.map(({ name, path, constant, power }) => {
      const expected = map(first, (x) => R.mul(constant, R.power(x, power)));
      const start = path.values[0]!;
      return part(
        name,
        identical(
          R,
          path,
          cancelling(
            R,
            expected,
            map(path, () => start),
          ),
        ),
      );
    }),
  );
}
