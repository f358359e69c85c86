import { CORNERS, COUNTS, MIXTURES, SCALES } from './discrete';
import { RARE, RIDGES } from './hidden';
import type { Planted } from './planted';
import { TIGHT } from './tight';

/**
 * Claims known to be false, of every kind that we know to be hard to break. Written down before the attack that is
 * measured on them, and kept whether it finds them or not.
 */
export const PLANTED: readonly Planted[] = [
  ...TIGHT,
  ...RIDGES,
  ...RARE,
  ...CORNERS,
  ...COUNTS,
  ...MIXTURES,
  ...SCALES,
];
