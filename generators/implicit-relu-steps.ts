import { space } from '../src/claim/space';
import { below, counts, logUniform, uniform } from './coordinates';
import { vector } from './matrices';

/** Initialisations of implicit ReLU networks whose constants are fractions, for claims about the step size of Theorem 4.4. */

/**
 * The example of Section 5.1 with one sample x = 1 and one unit: W(0) = A(0) = w, b(0) = 0, every C_i = 1, γ0 = 1/2. The target is
 * below w/6: from w = 6.5 on, where (19) begins to hold, that is within (17) and (18), whose bounds on it are above 0.168w.
 */
export const oneUnitStarts = space()
  .with('w', logUniform(6.5, 1024))
  .with('y', ({ w }) => below(w / 6));

/**
 * As many samples as units, up to three, none of which meets another: X, W(0) and A(0) are diagonal with the entries x, w and a,
 * and b(0) = 0. λ3 = C3 is drawn below the most that (19) allows, which it nearly reaches for one sample and small C1.
 */
export const diagonalStarts = space()
  .with('n', counts(1, 3))
  .with('x', vector('n', { entry: logUniform(1 / 4, 4), most: 3 }))
  .with('w', vector('n', { entry: logUniform(1 / 4, 64), most: 3 }))
  .with('a', vector('n', { entry: logUniform(1 / 64, 4), most: 3 }))
  .with('C1', logUniform(2 ** -20, 4))
  .with('C2', logUniform(2 ** -20, 4))
  .with('gamma', ({ a, C2 }) => below(1 / (Math.max(...a) + C2)))
  .with('C3', (p) => below(mostOutput(p)))
  .with('y', vector('n', { entry: uniform(-4, 4), most: 3 }));

/** A start of {@link diagonalStarts}, over any kind of number. */
export interface DiagonalStart<N> {
  readonly x: readonly N[];
  readonly w: readonly N[];
  readonly a: readonly N[];
  readonly C1: N;
  readonly C2: N;
  readonly C3: N;
  readonly gamma: N;
  readonly y: readonly N[];
}

/** α_0(1 − γ0)/(4√K‖X‖_F). */
function mostOutput({ x, w, a, C1, C2, gamma }: Omit<DiagonalStart<number>, 'C3' | 'y'>): number {
  const alpha = Math.min(...x.map((value, i) => (value * w[i]!) / (1 - gamma * a[i]!)));
  const left = 1 - gamma * (Math.max(...a) + C2);
  const K = 1 + ((gamma * (Math.max(...w) + C1)) / left) ** 2;
  return (alpha * left) / (4 * Math.sqrt(K) * Math.hypot(...x));
}
