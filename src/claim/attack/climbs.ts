import seedrandom from 'seedrandom';
import { newClimb, type Climb } from './climb';
import { peak } from './peaks';
import { portion, type Find, type Search } from './search';
import { spread } from './spread';

/** This share is kept for the climb that came furthest. */
const RESUMED = 1 / 5;
/** Points drawn afresh where what is known shows no peak to begin at. */
const FRESH = 32;
/** The longest and the shortest reach that a climb begins with, and the peak's width in units of it and of √dimension. */
const WIDE = 1 / 5;
const NARROW = 1 / 100;
const WIDTH = 4;
/** Less progress than this share of what the best value is away from 0, where a claim breaks, is none. */
const PROGRESS = 1 / 20;

/**
 * Climbs, one after the other: each begins at the best {@link peak} of the draws, of those in its own cell, that no
 * earlier climb has explained, and pauses when it brings nothing more. So each value of a count has a climb of its own.
 * Where the draws show no peak, more are drawn. The last fifth of the budget goes on with the climb that came furthest.
 */
export function climbs(search: Search): void {
  const { dimension } = search;
  // With fewer looks than this there is no model of so many parameters.
  if (dimension === 0 || search.left() < 4 * dimension) return;
  const random = seedrandom(`climbs ${search.seed}`);
  const pointAt = spread(Array.from({ length: dimension }, random));
  const drawn = [...search.seen];
  const made: Climb[] = [];
  const cellOf = remembered(({ point }: Find) => search.cell(point));
  // Points already known cost nothing: this ends what the budget would not.
  let patience = search.left();
  let fresh = 0;
  const drawMore = (within: Search): void => {
    for (const end = fresh + FRESH; fresh < end; fresh++, patience--) {
      const [point, before] = [pointAt(fresh), search.seen.length];
      const value = within.look(point);
      if (search.seen.length > before) drawn.push({ point, value });
    }
  };
  const goOn = (climb: Climb, within: Search, stop: () => boolean): void => {
    while (within.left() > 0 && !climb.ended() && !stop() && patience-- > 0) climb.step(within);
  };
  const begin = (within: Search): void => {
    const ends = made.map((climb) => climb.best());
    const start = peak(drawn, ends, cellOf);
    if (!start) {
      drawMore(within);
      return;
    }
    const reach = Math.min(WIDE, Math.max(NARROW, start.width / (WIDTH * Math.sqrt(dimension))));
    const climb = newClimb(search.cell, { point: start.point, value: search.look(start.point) }, reach, random);
    made.push(climb);
    goOn(climb, within, stalling(climb, 6 + 2 * dimension));
  };
  const early = portion(search, Math.ceil(search.left() * (1 - RESUMED)));
  while (early.left() > 0 && patience-- > 0) begin(early);
  const [furthest] = [...made].sort((a, b) => b.best().value - a.best().value);
  if (furthest) goOn(furthest, search, () => false);
  while (search.left() > 0 && patience-- > 0) begin(search);
}

/** Whether the last so many steps brought next to nothing; to be asked before every step. */
function stalling(climb: Climb, steps: number): () => boolean {
  const history: number[] = [];
  return () => {
    history.push(climb.best().value);
    const [now, before] = [history.at(-1)!, history.at(-1 - steps)];
    return before !== undefined && !(now - before > PROGRESS * Math.abs(now));
  };
}

/** The function, each value computed once. */
function remembered<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = compute(key);
    known.set(key, value);
    return value;
  };
}
