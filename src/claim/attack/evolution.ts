import seedrandom from 'seedrandom';
import type { Point } from '../draw';
import { newRun, type Run } from './cma';
import { usualPopulation } from './cma-constants';
import { bestOf, portion, type Find, type Search } from './search';

/** This share is kept for the run that came furthest. */
const RESUMED = 1 / 4;
/** Starts are this far apart, times the square root of the dimension. */
const APART = 0.1;

/**
 * Evolution strategies with covariance adaptation, one after the other: each begins at the best point seen that is away
 * from the earlier beginnings, and ends when it brings nothing more. Long steps and a population that doubles take turns
 * with short steps and the usual population (after N. Hansen, Benchmarking a BI-population CMA-ES, GECCO 2009). The
 * last quarter of the budget goes on with the run that came furthest.
 */
export function evolution(search: Search): void {
  const { dimension } = search;
  if (dimension === 0) {
    search.look([]);
    return;
  }
  const random = seedrandom(`evolution ${search.seed}`);
  const gaussian = normal(random);
  const drawn = [...search.seen];
  const begun: Point[] = [];
  const early = portion(search, Math.ceil(search.left() * (1 - RESUMED)));
  let furthest: Run | undefined;
  // Points already known cost nothing: the count of generations ends what the budget would not.
  let generations = search.left();
  const carryOn = (run: Run, within: Search, stop: () => boolean): void => {
    while (within.left() > 0 && !stop() && generations-- > 0) run.generation(within);
    if (!furthest || run.best() > furthest.best()) furthest = run;
  };
  const restart = (within: Search): void => {
    const wide = begun.length % 2 === 0;
    const mean = nextStart(drawn, begun) ?? Array.from({ length: dimension }, random);
    const population = usualPopulation(dimension) * (wide ? 2 ** (begun.length / 2) : 1);
    begun.push(mean);
    const run = newRun({ mean, step: wide ? 0.25 : 0.08, population }, gaussian);
    carryOn(run, within, () => run.stalled() || run.ended());
  };
  while (early.left() > 0 && generations > 0) restart(early);
  const last = furthest;
  if (last) carryOn(last, search, () => last.ended());
  while (search.left() > 0 && generations > 0) restart(search);
}

/** The best point that is not next to an earlier beginning. */
function nextStart(drawn: readonly Find[], begun: readonly Point[]): Point | undefined {
  const near = (point: Point, start: Point): boolean =>
    Math.hypot(...point.map((u, k) => u - start[k]!)) < APART * Math.sqrt(point.length);
  return bestOf(
    drawn.filter(({ point }) => !begun.some((start) => near(point, start))),
    1,
  )[0]?.point;
}

/** Standard normal numbers by Marsaglia's polar method. */
function normal(random: () => number): () => number {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    for (;;) {
      const [x, y] = [2 * random() - 1, 2 * random() - 1];
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(square)) / square);
      spare = y * scale;
      return x * scale;
    }
  };
}
