import type { Point } from '../draw';

/**
 * A sequence of points that fills the cube evenly, however far it is followed: the k-th is `shift`, moved k times along
 * the powers of 1/φ, φ the positive root of x^{d+1} = x + 1, modulo 1 (M. Roberts, The unreasonable effectiveness of
 * quasirandom sequences, 2018). The number of them in a box is nearer to its volume than that of independent draws.
 */
export function spread(shift: Point): (k: number) => Point {
  const root = rootFor(shift.length);
  const steps = shift.map((_, j) => root ** -(j + 1));
  return (k) => shift.map((u, j) => (u + k * steps[j]!) % 1);
}

/** The positive root of x^{d+1} = x + 1 by iteration of x ↦ (1 + x)^{1/(d+1)}, a contraction. */
function rootFor(dimension: number): number {
  let root = 2;
  for (let k = 0; k < 64; k++) root = (1 + root) ** (1 / (dimension + 1));
  return root;
}
