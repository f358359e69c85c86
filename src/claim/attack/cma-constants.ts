/** The constants of CMA-ES for a dimension and a population: Hansen's tutorial, Table 1, with positive weights only. */
export interface Constants {
  /** Of the better half, the best first; their sum is 1. */
  readonly weights: readonly number[];
  /** 1/Σ w²: how many points the mean is made of (μ_eff). */
  readonly mass: number;
  /** c_σ and d_σ. */
  readonly stepRate: number;
  readonly damping: number;
  /** c_c, c_1 and c_μ. */
  readonly shapeRate: number;
  readonly pathRate: number;
  readonly parentsRate: number;
  /** The expected length of a standard normal vector. */
  readonly expected: number;
}

/** λ = 4 + ⌊3 ln n⌋. */
export const usualPopulation = (dimension: number): number => 4 + Math.floor(3 * Math.log(dimension));

export function constantsOf(n: number, population: number): Constants {
  const raw = Array.from({ length: population >> 1 }, (_, k) => Math.log((population + 1) / 2) - Math.log(k + 1));
  const total = raw.reduce((sum, w) => sum + w, 0);
  const weights = raw.map((w) => w / total);
  const mass = 1 / weights.reduce((sum, w) => sum + w * w, 0);
  const stepRate = (mass + 2) / (n + mass + 5);
  const pathRate = 2 / ((n + 1.3) ** 2 + mass);
  return {
    weights,
    mass,
    stepRate,
    damping: 1 + 2 * Math.max(0, Math.sqrt((mass - 1) / (n + 1)) - 1) + stepRate,
    shapeRate: (4 + mass / n) / (n + 4 + (2 * mass) / n),
    pathRate,
    parentsRate: Math.min(1 - pathRate, (2 * (mass - 2 + 1 / mass)) / ((n + 2) ** 2 + mass)),
    expected: Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n)),
  };
}
