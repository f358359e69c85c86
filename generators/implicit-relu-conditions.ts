/**
 * The numbers that the conditions of Theorems 4.2 and 4.4 compare, without matrices: norms W, A, b of the weights and X of the
 * data, C1, C2, C3, γ0 = γ(A + C2), the residual r and α0; and data with norms in closed form.
 */
import { space } from '../src/claim/space';
import { below, beyond, coarse, counts, logUniform, orZero } from './coordinates';

const positive = coarse(logUniform(1 / 8, 8), 3);

interface Numbers {
  readonly W: number;
  readonly A: number;
  readonly b: number;
  readonly C1: number;
  readonly C2: number;
  readonly C3: number;
  readonly gamma0: number;
  readonly X: number;
}

/** λ1, λ2, λ3, λ0 and K. */
function made({ W, A, b, C1, C2, C3, gamma0 }: Numbers) {
  const [lambda1, lambda2, lambda3] = [W + C1, A + C2, b + C3];
  const lambda0 = Math.max(lambda1 / C3, (gamma0 * lambda1 * lambda3) / ((1 - gamma0) * C2 * lambda2), lambda3 / C1);
  return { lambda1, lambda3, lambda0, K: 1 + ((gamma0 * lambda1) / ((1 - gamma0) * lambda2)) ** 2 };
}

/** The least α0 that (17) and (18) allow. */
function least({ r, ...p }: Numbers & { readonly r: number }): number {
  const { lambda0, lambda3, K } = made(p);
  const left = 1 - p.gamma0;
  return Math.max(Math.sqrt((8 * lambda0 * p.X * r) / left), Math.cbrt((16 * K * lambda3 * p.X ** 2 * r) / left ** 2));
}

const rooms = space()
  .with('W', positive)
  .with('A', orZero(positive))
  .with('b', orZero(positive))
  .with('C1', positive)
  .with('C2', positive);

/** α0 beyond what (17) and (18) ask for. */
export const numbersMeeting17to18 = rooms
  .with('C3', positive)
  .with('gamma0', below(1))
  .with('X', positive)
  .with('r', positive)
  .with('alpha', (p) => beyond(least(p)));

/** The largest λ3 that (19) allows, α0 being a share of its own bound λ1‖X‖_F/(1 − γ0). */
const most = (p: Omit<Numbers, 'b' | 'C3'> & { readonly share: number }): number => {
  const { lambda1, K } = made({ ...p, b: 0, C3: 1 });
  return (p.share * lambda1) / (4 * Math.sqrt(K));
};

/** α0 = share·λ1‖X‖_F/(1 − γ0), ‖b‖ and C3 within (19), r within (17). */
export const numbersMeeting17and19 = space()
  .with('W', positive)
  .with('A', orZero(positive))
  .with('C1', positive)
  .with('C2', positive)
  .with('gamma0', below(1))
  .with('X', positive)
  .with('share', below(1))
  .with('b', (p) => orZero(below(most(p) / 2)))
  .with('C3', (p) => below(Math.max(0, most(p) - p.b)))
  .with('r', (p) => {
    const { lambda0, lambda1 } = made(p);
    const alpha = (p.share * lambda1 * p.X) / (1 - p.gamma0);
    return below((alpha ** 2 * (1 - p.gamma0)) / (8 * lambda0 * p.X));
  });

/** A number of samples, log-uniform to a million. */
export const numbersOfSamples = space().with('N', counts(1, 1_000_000));

/** N orthonormal samples, W = A = βI beyond what (17)–(19) ask for with C = 1, b = 0, γ0 = 1/2, and ‖y‖. */
export const identityStarts = space()
  .with('N', counts(1, 1_000_000))
  .with('Y', orZero(coarse(logUniform(1 / 64, 4096))))
  .with('beta', ({ N, Y }) => beyond(leastScale(N, Y)));

/** The least β with α0 = 2β(β + 1)/(β + 2) at its bounds. */
function leastScale(N: number, Y: number): number {
  const meets = (beta: number): boolean => {
    const alpha = (2 * beta * (beta + 1)) / (beta + 2);
    const bounds = [16 * (beta + 1) * Math.sqrt(N) * Y, (128 * N * Y) / alpha, 128 * N];
    return bounds.every((bound) => alpha ** 2 >= bound);
  };
  let [low, high] = [0, 1];
  while (!meets(high)) high *= 2;
  for (let k = 0; k < 40; k++) {
    const middle = (low + high) / 2;
    if (meets(middle)) high = middle;
    else low = middle;
  }
  return high;
}
