import seedrandom from 'seedrandom';
import { newRun, type Run } from './cma';
import { usualPopulation } from './cma-constants';
import { peak } from './peaks';
import { portion, type Find, type Search } from './search';

/** This share is kept for the run that came furthest. */
const RESUMED = 1 / 4;
/** Of so many runs one is wide. */
const TURNS = 4;
/** Points drawn afresh where what is known shows no peak to begin at. */
const FRESH = 32;
/** So many points are asked for at most, for each evaluation that there is to spend. */
const PATIENCE = 4;
/** The step of a wide run, and the longest and shortest of a local one. */
const WIDE = 0.25;
const NARROW = 0.02;

/**
 * Evolution strategies with covariance adaptation, one after the other: each begins at the best {@link peak} of the
 * draws that no earlier run has explained, and pauses when it brings nothing more. One run in four has long steps, and
 * twice the population of the last such; the others have steps as long as their peak is wide (after N. Hansen,
 * Benchmarking a BI-population CMA-ES, GECCO 2009). Where the draws show no peak there is nothing to climb, and more are
 * drawn. The last quarter of the budget goes on with the run that came furthest.
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
  const runs: Run[] = [];
  const early = portion(search, Math.ceil(search.left() * (1 - RESUMED)));
  // Points already known cost nothing: this many points end what the budget would not, where a space has few instances.
  let patience = PATIENCE * search.left();
  const goOn = (run: Run, within: Search, stop: () => boolean): void => {
    while (within.left() > 0 && !stop() && patience > 0) {
      run.generation(within);
      patience -= run.population;
    }
  };
  const drawMore = (within: Search): void => {
    for (let k = 0; k < FRESH; k++, patience--) {
      const [point, before] = [Array.from({ length: dimension }, random), search.seen.length];
      const value = within.look(point);
      if (search.seen.length > before) drawn.push({ point, value });
    }
  };
  const restart = (within: Search): void => {
    const start = peak(drawn, found(runs));
    if (!start) {
      drawMore(within);
      return;
    }
    const wide = runs.length % TURNS === 0;
    const population = usualPopulation(dimension) * (wide ? 2 ** (runs.length / TURNS) : 1);
    const local = Math.min(WIDE, Math.max(NARROW, start.width / (2 * Math.sqrt(dimension))));
    const run = newRun({ mean: start.point, step: wide ? WIDE : local, population }, gaussian);
    runs.push(run);
    goOn(run, within, () => run.stalled() || run.ended());
  };
  while (early.left() > 0 && patience > 0) restart(early);
  const furthest = furthestOf(runs);
  if (furthest) goOn(furthest, search, () => furthest.ended());
  while (search.left() > 0 && patience > 0) restart(search);
}

/** The best of every run. */
const found = (runs: readonly Run[]): readonly Find[] => runs.flatMap((run) => run.best() ?? []);

const furthestOf = (runs: readonly Run[]): Run | undefined =>
  [...runs].sort((a, b) => (b.best()?.value ?? -Infinity) - (a.best()?.value ?? -Infinity))[0];

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
