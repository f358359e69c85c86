/** The constants of CMA-ES for a dimension and a population: Hansen's tutorial, Table 1. */
export interface Constants {
  /** Of the better half, the best first; their sum is 1. */
  readonly weights: readonly number[];
  /** Of the worse half, the worst last: negative, for the covariance alone. */
  readonly against: readonly number[];
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
  const raw = Array.from({ length: population }, (_, k) => Math.log((population + 1) / 2) - Math.log(k + 1));
  const half = population >> 1;
  const [better, worse] = [raw.slice(0, half), raw.slice(half).map((w) => Math.min(0, w))];
  const weights = better.map((w) => w / sum(better));
  const mass = 1 / sum(weights.map((w) => w * w));
  const stepRate = (mass + 2) / (n + mass + 5);
  const pathRate = 2 / ((n + 1.3) ** 2 + mass);
  const parentsRate = Math.min(1 - pathRate, (2 * (1 / 4 + mass - 2 + 1 / mass)) / ((n + 2) ** 2 + mass));
  return {
    weights,
    against: worse.map((w) => (w * againstMass(n, mass, worse, pathRate, parentsRate)) / -sum(worse)),
    mass,
    stepRate,
    damping: 1 + 2 * Math.max(0, Math.sqrt((mass - 1) / (n + 1)) - 1) + stepRate,
    shapeRate: (4 + mass / n) / (n + 4 + (2 * mass) / n),
    pathRate,
    parentsRate,
    expected: Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n)),
  };
}

/** The size of all negative weights together: the least of α_μ⁻, α_μeff⁻ and α_posdef⁻ (equations 50 to 53). */
function againstMass(n: number, mass: number, worse: readonly number[], pathRate: number, parentsRate: number): number {
  const worseMass = sum(worse) ** 2 / sum(worse.map((w) => w * w));
  const stable = 1 + pathRate / parentsRate;
  const balanced = 1 + (2 * worseMass) / (mass + 2);
  const definite = (1 - pathRate - parentsRate) / (n * parentsRate);
  return Math.min(stable, balanced, definite);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, x) => total + x, 0);
