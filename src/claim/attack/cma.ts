import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Point } from '../draw';
import { constantsOf, type Constants } from './cma-constants';
import type { Find, Search } from './search';

/** One run of the evolution strategy. */
export interface Run {
  /** How many points a generation looks at. */
  readonly population: number;
  /** One generation: looks at `population` points. */
  generation(search: Search): void;
  /** The best that the run has seen, if any of it was an instance. */
  best(): Find | undefined;
  /** Whether the last generations brought less than a twentieth of what the best value is away from 0. */
  stalled(): boolean;
  /** Whether the distribution has shrunk to a point, or become degenerate. */
  ended(): boolean;
}

/** Where a run begins: its mean, its step in units of the cube, and how many points a generation has. */
export interface Start {
  readonly mean: Point;
  readonly step: number;
  readonly population: number;
}

interface Candidate {
  readonly point: Point;
  /** (point − mean)/step. */
  readonly away: readonly number[];
  readonly value: number;
}

/** The distribution that points are drawn from, N(mean, step²·C), and its paths. */
interface State {
  mean: number[];
  step: number;
  covariance: number[][];
  /** C = B diag(scales²) Bᵀ. */
  axes: readonly (readonly number[])[];
  scales: readonly number[];
  stepPath: number[];
  shapePath: number[];
  age: number;
}

/** Less progress than this share of what the best value is away from 0, where a claim breaks, is none. */
const PROGRESS = 1 / 20;
/** Shorter steps than this are none. */
const SHORTEST = 1e-11;
const WORST_CONDITION = 1e14;
/** Longer steps than this leave the cube nearly always. */
const LONGEST = 1;

/**
 * CMA-ES: N. Hansen, The CMA evolution strategy: a tutorial (arXiv:1604.00772v2), its default constants,
 * with negative weights for the worse half. Maximises. What differs:
 * - Points outside are moved to the nearest point of the cube, and the distribution learns from the point that was
 *   looked at. Not reflected: claims are often tightest exactly at the end of a range, which a reflected point misses.
 * - A point that is no instance has no weight; a generation without an instance only halves the step.
 * - On a plateau (the best quarter of a generation ties) the step grows, as counts and grids decode to plateaus.
 */
export function newRun({ mean, step, population }: Start, gaussian: () => number): Run {
  const constants = constantsOf(mean.length, population);
  const state = stateAt(mean, step);
  const history: number[] = [];
  // A covariance takes about n² evaluations to be learnt, and brings little before.
  const patience = 4 + Math.ceil((3 * mean.length ** 2) / population);
  let best: Find | undefined;
  return {
    population,
    best: () => best,
    stalled: () => {
      const [now, before] = [history.at(-1), history.at(-1 - patience)];
      if (now === undefined || before === undefined) return false;
      return !(now - before > PROGRESS * Math.abs(now));
    },
    ended: () => {
      const [least, most] = [Math.min(...state.scales), Math.max(...state.scales)];
      return !(state.step * most > SHORTEST) || !(most < least * Math.sqrt(WORST_CONDITION));
    },
    generation: (search) => {
      const candidates = Array.from({ length: population }, () => candidate(state, search, gaussian));
      candidates.sort((a, b) => (a.value === b.value ? 0 : b.value - a.value));
      const { point, value } = candidates[0]!;
      if (value > (best?.value ?? -Infinity)) best = { point, value };
      history.push(best?.value ?? -Infinity);
      learn(state, constants, candidates);
    },
  };
}

function stateAt(mean: Point, step: number): State {
  const n = mean.length;
  const identity = mean.map((_, i) => mean.map((__, j) => (i === j ? 1 : 0)));
  const zero = (): number[] => new Array<number>(n).fill(0);
  return {
    mean: [...mean],
    step,
    covariance: identity,
    axes: identity.map((row) => [...row]),
    scales: mean.map(() => 1),
    stepPath: zero(),
    shapePath: zero(),
    age: 0,
  };
}

function candidate({ mean, step, axes, scales }: State, search: Search, gaussian: () => number): Candidate {
  const z = scales.map((scale) => scale * gaussian());
  const point = mean.map((m, i) => Math.min(1, Math.max(0, m + step * dot(axes[i]!, z))));
  const away = point.map((u, i) => (u - mean[i]!) / step);
  return { point, away, value: search.look(point) };
}

/** Moves and shapes the distribution after a generation, its candidates sorted, the best first. */
function learn(state: State, constants: Constants, candidates: readonly Candidate[]): void {
  const instances = candidates.filter(({ value }) => value > -Infinity);
  const parents = instances.slice(0, constants.weights.length);
  state.age++;
  if (parents.length === 0) {
    state.step /= 2;
    return;
  }
  const all = constants.weights.slice(0, parents.length);
  const total = all.reduce((sum, w) => sum + w, 0);
  const weights = all.map((w) => w / total);
  const { stepRate, shapeRate, mass, expected, damping } = constants;
  const move = state.mean.map((_, i) => weights.reduce((sum, w, k) => sum + w * parents[k]!.away[i]!, 0));
  state.mean = state.mean.map((m, i) => Math.min(1, Math.max(0, m + state.step * move[i]!)));
  const whitened = white(state, move);
  const stepGain = Math.sqrt(stepRate * (2 - stepRate) * mass);
  state.stepPath = state.stepPath.map((p, i) => (1 - stepRate) * p + stepGain * whitened[i]!);
  const length = Math.hypot(...state.stepPath);
  const settled = Math.sqrt(1 - (1 - stepRate) ** (2 * state.age));
  const steady = length / settled / expected < 1.4 + 2 / (move.length + 1);
  const shapeGain = steady ? Math.sqrt(shapeRate * (2 - shapeRate) * mass) : 0;
  state.shapePath = state.shapePath.map((p, i) => (1 - shapeRate) * p + shapeGain * move[i]!);
  shape(state, constants, steady, [...weighed(weights, parents), ...opposed(state, constants, instances)]);
  state.step *= Math.exp(Math.min(1, (stepRate / damping) * (length / expected - 1)));
  const quarter = candidates[Math.ceil(candidates.length / 4)]!.value;
  if (candidates[0]!.value === quarter) state.step *= Math.exp(0.2 + stepRate / damping);
  state.step = Math.min(LONGEST, state.step);
}

interface Weighed {
  readonly weight: number;
  readonly away: readonly number[];
}

const weighed = (weights: readonly number[], parents: readonly Candidate[]): readonly Weighed[] =>
  weights.map((weight, k) => ({ weight, away: parents[k]!.away }));

/** The worst of a generation that is all instances, their steps scaled to the expected length (equation 46). */
function opposed(state: State, { against, weights }: Constants, instances: readonly Candidate[]): readonly Weighed[] {
  if (instances.length < weights.length + against.length) return [];
  return instances.slice(weights.length).map(({ away }, k) => {
    const length = Math.hypot(...white(state, away));
    const scale = length > 0 ? Math.sqrt(away.length) / length : 0;
    return { weight: against[k]!, away: away.map((u) => scale * u) };
  });
}

/** The covariance: what is remembered, the path, and the steps of the parents; then its axes. */
function shape(
  state: State,
  { shapeRate, pathRate, parentsRate }: Constants,
  steady: boolean,
  steps: readonly Weighed[],
): void {
  const { shapePath: path, covariance } = state;
  const lost = steady ? 0 : pathRate * shapeRate * (2 - shapeRate);
  const kept = 1 + lost - pathRate - parentsRate * steps.reduce((sum, { weight }) => sum + weight, 0);
  state.covariance = covariance.map((row, i) =>
    row.map((c, j) => {
      const spread = steps.reduce((sum, { weight, away }) => sum + weight * away[i]! * away[j]!, 0);
      return kept * c + pathRate * path[i]! * path[j]! + parentsRate * spread;
    }),
  );
  const { eigenvectorMatrix, realEigenvalues } = new EigenvalueDecomposition(new Matrix(state.covariance), {
    assumeSymmetric: true,
  });
  state.axes = eigenvectorMatrix.to2DArray();
  state.scales = realEigenvalues.map((value) => Math.sqrt(Math.max(0, value)));
}

/** C^{−1/2}·v. */
function white({ axes, scales }: State, v: readonly number[]): readonly number[] {
  const along = scales.map((scale, k) => axes.reduce((sum, row, i) => sum + row[k]! * v[i]!, 0) / scale);
  return axes.map((row) => dot(row, along));
}

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, k) => sum + x * b[k]!, 0);
